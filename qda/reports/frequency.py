"""How often each code occurs: passages, characters, sources, persons, cases and coders."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.model.spans import CODER, CONSENSUS, ROW
from qda.reports.counting import Codings, base_characters
from qda.reports.manifest import manifest
from qda.reports.report import Cell, Evidence, Report, Table, cell_name
from qda.reports.scope import Scope, look_up
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.model.selection import Selection
    from qda.model.spans import Passage, Segment
    from qda.store import Study

MEASURES = ("passages", "characters", "share", "sources", "persons", "cases", "coders")


@dataclass(slots=True)
class Figures:
    """The figures of one code in the making."""

    passages: int = 0
    characters: int = 0
    sources: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)
    coders: set[int] = field(default_factory=set)
    unknown: int = 0
    rows: list[int] = field(default_factory=list)

    def cells(self, base: int) -> tuple[Cell, ...]:
        """The figures in the order of the columns; the share is null where there is no text."""
        return (
            self.passages,
            self.characters,
            self.characters / base if base else None,
            len(self.sources),
            len(self.persons),
            len(self.cases),
            len(self.coders),
        )


def frequency(study: Study, selection: Selection) -> Report:
    """How often each selected code occurs, by itself and with its subcodes."""
    scope = look_up(study, selection)
    base = base_characters(study, scope)
    own, below, subjects, codings = _count(study, scope)
    columns = ("code", *MEASURES, *(f"{name}_with_subcodes" for name in MEASURES))
    rows = tuple((code.path, *own[code.key].cells(base), *below[code.key].cells(base)) for code in scope.codes)
    return Report(
        name="frequency",
        title=f"Frequency of codes: {scope.whose}{scope.cases_said(subjects.case_names)}",
        unit="passages",
        table=Table(columns, rows),
        notes=(*_notes(scope, base, own, subjects), *codings.notes(), *scope.notes),
        manifest=manifest(study, scope, "frequency"),
        evidence=lambda: _evidence(study, scope),
        view=_view(columns, rows),
    )


def _count(
    study: Study, scope: Scope, *, evidence: bool = False
) -> tuple[dict[int, Figures], dict[int, Figures], Subjects, Codings]:
    """The figures of each code, own and with subcodes."""
    roll_up = scope.selection.roll_up
    codings = Codings(study, scope, besides=scope.descendants if roll_up else frozenset())
    subjects = Subjects(study, scope)
    measure = _measure(subjects, codings, evidence=evidence)
    own = {code.key: Figures() for code in scope.codes}
    below = {code.key: Figures() for code in scope.codes}
    for source, segments in codings.sources():
        coders = {segment[CODER] for listed in segments.values() for segment in listed}
        for code, listed in segments.items():
            if code in own and not (roll_up and scope.tree.children.get(code)):
                measure(own[code], source, codings.passages(source, listed), coders)
        for code, listed in with_subcodes(scope, segments):
            measure((own if roll_up else below)[code], source, codings.passages(source, listed), coders)
    below.update({code: own[code] for code in own if roll_up or not scope.tree.children.get(code)})
    return own, below, subjects, codings


def with_subcodes(scope: Scope, segments: dict[int, list[Segment]]) -> Iterator[tuple[int, list[Segment]]]:
    """For each parent that has something below it in a source: all these segments, in order."""
    gathered: dict[int, list[list[Segment]]] = {}
    parents = scope.parents
    for code, listed in segments.items():
        for key in parents.get(code, ()):
            gathered.setdefault(key, []).append(listed)
    for key, lists in gathered.items():
        yield key, lists[0] if len(lists) == 1 else sorted(segment for listed in lists for segment in listed)


def _measure(
    subjects: Subjects, codings: Codings, *, evidence: bool
) -> Callable[[Figures, int, list[Passage], set[int]], None]:
    """The function that adds the passages of a source, and those who coded it, to a code's figures."""
    no_cases = not subjects.case_names
    recorders = codings.study.counts.recorders()

    def add(figures: Figures, source: int, found: list[Passage], coders: set[int]) -> None:
        if not found:
            return
        figures.passages += len(found)
        figures.sources.add(source)
        hear = subjects.hearer(source)
        heard = Counter(hear(start, end) for start, end, _ in found)
        for persons, times in heard.items():
            if persons is None:
                figures.unknown += times
            else:
                figures.persons |= persons
            figures.cases |= {source} if no_cases else subjects.cases(source, persons)
        figures.characters += codings.without(source).characters((start, end) for start, end, _ in found)
        if CONSENSUS in coders:
            figures.coders.update(recorders.get(segment[ROW], 0) for _, _, segments in found for segment in segments)
        elif len(coders) == 1:
            figures.coders |= coders
        else:
            figures.coders.update(segment[CODER] for _, _, segments in found for segment in segments)
        if evidence:
            figures.rows.extend(segment[ROW] for _, _, segments in found for segment in segments)

    return add


def _notes(scope: Scope, base: int, own: dict[int, Figures], subjects: Subjects) -> tuple[str, ...]:
    notes = [
        f"Base: {base} characters in {len(scope.sources)} sources; share is a code's characters of these.",
        "A passage is one coder's overlapping segments of a code, merged over coders; segments that only touch"
        " stay apart. 'With subcodes' merges the passages of the code and its subcodes.",
    ]
    if subjects.case_names:
        notes.append(f"Cases are of the kind '{scope.case_kind}' ({len(subjects.case_names)} in all).")
    unknown = sum(figures.unknown for figures in own.values())
    if unknown:
        notes.append(
            f"The person is unknown for {unknown} passages (sources without turns and without exactly one person)."
        )
    if scope.selection.roll_up:
        notes.append("Subcodes are merged into their parents (rolled up), never added.")
    return (*notes, *subjects.case_notes(scope.case_kind))


def _view(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """The table for reading: columns with subcodes only where they differ from the code's own."""
    size = len(MEASURES)
    shown = [
        number
        for number in range(len(columns))
        if number <= size or any(row[number] != row[number - size] for row in rows)
    ]
    return Table(tuple(columns[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in rows))


def _evidence(study: Study, scope: Scope) -> Evidence:
    """The codings behind each row, one list for the columns that share it."""
    own, below, *_ = _count(study, scope, evidence=True)
    ids = study.counts.ids(row for figures in (*own.values(), *below.values()) for row in figures.rows)
    found: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    names = [source.name for source in scope.sources]
    for code in scope.codes:
        for figures, column in ((own, "passages"), (below, "passages_with_subcodes")):
            cell = cell_name(code.path, column)
            found[cell] = sorted(ids[row] for row in figures[code.key].rows)
            if not found[cell]:
                read[cell] = names
    return Evidence(found, read)

"""How often each code occurs: passages, characters, sources, persons, cases and coders."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.model.spans import CODER, CONSENSUS, ROW, START, extents
from qda.reports.counting import Codings, base_characters
from qda.reports.manifest import manifest
from qda.reports.report import Cell, Evidence, Report, Table, cell_name
from qda.reports.scope import Scope, look_up
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qda.model.selection import Selection
    from qda.model.spans import Segment, Stretches
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
        notes=(*_notes(scope, base, (own, below), subjects, codings), *codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "frequency"),
        evidence=lambda: _evidence(study, scope),
        view=_view(columns, rows),
    )


def _count(
    study: Study, scope: Scope, *, evidence: bool = False
) -> tuple[dict[int, Figures], dict[int, Figures], Subjects, Codings]:
    """The figures of each code, own and with subcodes."""
    roll_up = scope.selection.roll_up
    subjects = Subjects(study, scope)
    codings = Codings(study, scope, subjects=subjects, besides=scope.descendants if roll_up else frozenset())
    own = {code.key: Figures() for code in scope.codes}
    below = {code.key: Figures() for code in scope.codes}
    recorders = study.counts.recorders()
    for source, by_code in codings.sources():
        for figures, listed in _in_source(scope, own, below, by_code):
            segments = codings.kept(source, listed)
            if segments:
                _measure(figures, source, segments, subjects, codings.without(source))
                _credit(figures, segments, recorders)
                if evidence:
                    figures.rows.extend(segment[ROW] for segment in segments)
    below.update({code: own[code] for code in own if roll_up or not scope.tree.children.get(code)})
    return own, below, subjects, codings


def with_subcodes(scope: Scope, segments: dict[int, list[Segment]]) -> Iterable[tuple[int, list[Segment]]]:
    """For each parent that has something below it in a source: all these segments, in order of start."""
    gathered: dict[int, list[Segment]] = {}
    parents = scope.parents
    for code, listed in segments.items():
        for key in parents.get(code, ()):
            gathered.setdefault(key, []).extend(listed)
    for listed in gathered.values():
        listed.sort(key=itemgetter(START))
    return gathered.items()


def _in_source(
    scope: Scope, own: dict[int, Figures], below: dict[int, Figures], by_code: dict[int, list[Segment]]
) -> Iterator[tuple[Figures, list[Segment]]]:
    """The segments of one source with the figures that they go into."""
    roll_up = scope.selection.roll_up
    for code, listed in by_code.items():
        if code in own and not (roll_up and scope.tree.children.get(code)):
            yield own[code], listed
    for code, listed in with_subcodes(scope, by_code):
        yield (own if roll_up else below)[code], listed


def _measure(figures: Figures, source: int, segments: list[Segment], subjects: Subjects, without: Stretches) -> None:
    """Add what the passages of one code in one source are, and whose words they hold."""
    found = extents(segments)
    figures.passages += len(found)
    figures.characters += without.characters(found)
    figures.sources.add(source)
    for persons in {extent[2] for extent in found}:
        if persons is None:  # then all of them are: it is the source that has no turns
            figures.unknown += len(found)
        else:
            figures.persons |= persons
        figures.cases |= subjects.cases(source, persons) if subjects.case_names else {source}


def _credit(figures: Figures, segments: list[Segment], recorders: dict[int, int]) -> None:
    """Add who gave the code; for the consensus, who recorded it."""
    coders = {segment[CODER] for segment in segments}
    if CONSENSUS in coders:
        coders = {recorders.get(segment[ROW], 0) for segment in segments}
    figures.coders |= coders


def _notes(
    scope: Scope,
    base: int,
    counted: tuple[dict[int, Figures], dict[int, Figures]],
    subjects: Subjects,
    codings: Codings,
) -> tuple[str, ...]:
    """Base and rules, as far as they bear on a figure."""
    own, below = counted
    whole = ", whoever speaks there" if scope.selection.where else ""
    merged = (
        " 'With subcodes' merges the passages of the code and its subcodes."
        if any(own[code].cells(1) != below[code].cells(1) for code in own)
        else ""
    )
    notes = [
        f"Base: {many(base, 'character')} in {many(len(scope.sources), 'source')}{whole};"
        " share is a code's characters of these.",
        "A passage is one coder's overlapping segments of a code, merged over coders; segments that only touch"
        f" stay apart.{merged}",
    ]
    if subjects.case_names and any(figures.cases for figures in below.values()):
        notes.append(subjects.cases_said(scope, codings.where))
    unknown = sum(figures.unknown for figures in own.values())
    if unknown:
        notes.append(
            f"The person is unknown for {many(unknown, 'passage')}"
            " (sources without turns and without exactly one person)."
        )
    return (*notes, *scope.rolled_up(), *subjects.case_notes(scope.case_kind))


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

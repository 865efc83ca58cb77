"""Codes crossed by families of codes and attributes: every cell of the frame with its zeros, and distinct margins."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.nouns import many
from qda.model.spans import START
from qda.reports.canonical import FAMILY
from qda.reports.cells import Cell, Cells, Key, Share
from qda.reports.compared import compared_by
from qda.reports.counting import Codings
from qda.reports.families import Family
from qda.reports.manifest import manifest
from qda.reports.narrow_view import numbered
from qda.reports.report import Cell as Figure
from qda.reports.report import Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.selection import Selection
    from qda.model.spans import Segment
    from qda.reports.scope import Scope
    from qda.store import Study

ALL = "(all)"
MOST = 3
EVERY_CODE = 0  # the key under which the passages of all counted codes together stand
MEASURES = ("passages", "sources", "persons", "cases")


class Crossed(NamedTuple):
    """A finished count: the cells, margins among them, and the values of each thing that is crossed, in order."""

    cells: Cells
    by: tuple[Values | Family, ...]
    frame: tuple[tuple[str, ...], ...]
    codes: tuple[tuple[int, str], ...]
    subjects: Subjects
    codings: Codings


class WithMargins(Cells):
    """Cells in which a passage also counts, once, where one or more of the things it is crossed by are left open."""

    def _count(self, code: int, source: int, shares: list[Share], times: int, segments: Sequence[Segment]) -> None:
        found: dict[Key, tuple[set[int], set[int]]] = {}
        for key, persons, cases in shares:
            for wide in product(*((value, ALL) for value in key)):
                who, whose = found.setdefault(wide, (set(), set()))
                who |= persons
                whose |= cases
        margins = [Share(key, frozenset(who), frozenset(whose)) for key, (who, whose) in found.items()]
        super()._count(code, source, margins, times, segments)


def crosstab(study: Study, selection: Selection) -> Report:
    """Passages of the selected codes, by which codes of one to three other families (or values) they meet.

    Raises:
        UsageError: Nothing, or more than three things, are given to cross by.
        QdaError: They are not there.
    """
    if not 1 <= len(selection.by) <= MOST:
        raise UsageError(f"say what to cross the codes by: --by PATH of a family of codes, once to {MOST} times")
    tree = study.codebook.tree()
    wanted = (f"{FAMILY}{name}" if tree.seek(name) else name for name in selection.by)
    scope = look_up(study, replace(selection, by=tuple(wanted)))
    found = _crossed(study, scope)
    rows = tuple(_row(found, code, key) for code in found.codes for key in product(*found.frame))
    names = _names(found)
    view, lead = _view(found, rows)
    return Report(
        name="crosstab",
        title=f"Crosstab of {_said(scope)} by {' and '.join(by.name for by in found.by)}: {scope.whose}"
        f"{scope.cases_said(found.subjects.case_names)}",
        unit="passages",
        table=Table(("code", *names, *MEASURES, "share_of_code"), rows),
        notes=(*_notes(scope, found), *found.codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "crosstab"),
        evidence=lambda: _evidence(study, scope, found.codes),
        view=view,
        lead=lead,
        described={
            name: f"the {'code' if isinstance(by, Family) else 'value'} of {by.name}; {MISSING} where there is none,"
            f" {ALL} for all of them, each passage once"
            for name, by in zip(names, found.by, strict=True)
        },
    )


def _said(scope: Scope) -> str:
    named = scope.selection.codes
    return " and ".join(named) if 1 <= len(named) <= MOST else "codes"


def _names(found: Crossed) -> tuple[str, ...]:
    return ("value", *(f"value{number}" for number in range(2, len(found.by) + 1)))


def _crossed(study: Study, scope: Scope, *, evidence: bool = False) -> Crossed:
    """Count everything once, source by source."""
    subjects = Subjects(study, scope)
    by = tuple(compared_by(study, scope, subjects, name) for name in scope.selection.by)
    families = frozenset[int]().union(*(one.codes for one in by if isinstance(one, Family)))
    roll_up = scope.selection.roll_up
    codings = Codings(study, scope, subjects=subjects, besides=families | scope.descendants)
    cells = WithMargins(codings, subjects, by, evidence=evidence)
    below = {code.key: scope.tree.below(code.key) if roll_up else (code.key,) for code in scope.codes}
    counted = {key for keys in below.values() for key in keys}
    for source, segments in codings.sources():
        for code, keys in below.items():
            listed = _gathered(segments, keys)
            if listed:
                cells.add(code, source, listed, segments)
        together = _gathered(segments, counted)
        if together:
            cells.add(EVERY_CODE, source, together, segments)
    frame = tuple(_values(one, cells, place) for place, one in enumerate(by))
    heads = {code.key for code in scope.codes if scope.tree.children.get(code.key)}
    shown = [(code.key, code.path) for code in scope.codes if code.key not in heads or cells.totals.get(code.key)]
    return Crossed(cells, by, frame, (*shown, (EVERY_CODE, ALL)), subjects, codings)


def _gathered(segments: dict[int, list[Segment]], codes: Sequence[int] | set[int]) -> list[Segment]:
    """The segments of several codes of a source, in order of start."""
    lists = [segments[code] for code in codes if code in segments]
    return lists[0] if len(lists) == 1 else sorted((one for listed in lists for one in listed), key=itemgetter(START))


def _values(by: Values | Family, cells: Cells, place: int) -> tuple[str, ...]:
    """The values of one thing that is crossed by: all of them, the missing one where it occurs, and the margin."""
    known = by.paths if isinstance(by, Family) else by.known()
    missing = any(key[place] == MISSING for _, key in cells.cells)
    return (*known, *((MISSING,) if missing else ()), ALL)


def _row(found: Crossed, code: tuple[int, str], key: Key) -> tuple[Figure, ...]:
    cell = found.cells.cells.get((code[0], key), Cell())
    total = _total(found, code[0])
    share = cell.passages / total if total else None
    return (code[1], *key, cell.passages, len(cell.sources), len(cell.persons), len(cell.cases), share)


def _total(found: Crossed, code: int) -> int:
    """The passages of a code, each once."""
    cell = found.cells.cells.get((code, (ALL,) * len(found.by)))
    return cell.passages if cell is not None else 0


def _view(found: Crossed, rows: tuple[tuple[Figure, ...], ...]) -> tuple[Table, tuple[str, ...]]:
    """The table for reading: the last family as columns; names without that of their family."""
    across, beside = found.frame[-1], found.frame[:-1]
    by = found.by
    at = 1 + len(by)
    lines: list[tuple[Figure, ...]] = []
    for number in range(0, len(rows), len(across)):
        part = rows[number : number + len(across)]
        short = (_short(one, str(part[0][1 + place])) for place, one in enumerate(by[:-1]))
        lines.append((part[0][0], *short, *(row[at] for row in part)))
    heads = ("code", *(one.name for one in by[: len(beside)]))
    return numbered(Table((*heads, *(_short(by[-1], value) for value in across)), tuple(lines)), len(heads))


def _short(by: Values | Family, value: str) -> str:
    return value.removeprefix(f"{by.name}/") if isinstance(by, Family) else value


def _notes(scope: Scope, found: Crossed) -> tuple[str, ...]:
    """What a cell and a margin count, and by how much the cells exceed the margin."""
    families = [by for by in found.by if isinstance(by, Family)]
    reach = "in the turn of which" if scope.selection.by_within == "turn" else "on words of which"
    total = _total(found, EVERY_CODE)
    inner = [values[:-1] for values in found.frame]
    cells = [found.cells.cells.get((key, value)) for key, _ in found.codes[:-1] for value in product(*inner)]
    added = sum(cell.passages for cell in cells if cell is not None)
    empty = sum(cell is None for cell in cells)
    notes = [
        f"Base: {many(total, 'passage')} in {many(len(scope.sources), 'source')};"
        f" {empty} of {many(len(cells), 'cell')} empty."
    ]
    if families:
        notes.append(
            f"A cell: passages of the row's code {reach} the same coder put the code of"
            f" {'the other family' if len(families) == 1 else 'each other family'}; {MISSING}: none of the codes shown."
        )
    more = (
        f"{added - total} more, because a passage can meet several codes and passages of several codes can overlap"
        if added > total
        else "no more"
    )
    notes.append(
        f"{ALL} counts each passage once, overlapping passages of several codes as one: {total}. The cells add up to"
        f" {added}, {more}."
    )
    if found.cells.levels:
        notes.append(f"Values stand on: {', '.join(sorted(found.cells.levels))}.")
    return (*notes, *scope.rolled_up(), *found.subjects.case_notes(scope.case_kind))


def _evidence(study: Study, scope: Scope, codes: tuple[tuple[int, str], ...]) -> Evidence:
    """The codings behind each cell: those that make its passages; of the codes of the row."""
    found = _crossed(study, scope, evidence=True)
    ids = study.counts.ids({row for cell in found.cells.cells.values() for row in cell.rows})
    names = [source.name for source in scope.sources]
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for code, path in codes:
        for key in product(*found.frame):
            cell, name = found.cells.cells.get((code, key)), cell_name(path, *key)
            codings[name] = sorted({ids[row] for row in cell.rows}) if cell is not None else []
            if not codings[name]:
                read[name] = names
    return Evidence(codings, read)

"""Counting a comparison: cells and columns, and the figures of each code and value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.reports.canonical import FAMILY
from qda.reports.cells import Cell, Cells, Column, Key, columns
from qda.reports.counting import Codings
from qda.reports.families import Family
from qda.reports.frequency import with_subcodes
from qda.reports.states import FOUND, UNASKED, States
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from qda.reports.narrowing import Where
    from qda.reports.report import Cell as Figure
    from qda.reports.scope import Scope
    from qda.store import Study

PER = 10_000

FIGURES = ("passages", "sources", "persons", "cases", "base", "share", "state")
MORE = (
    *("base_found", "cases_asked_not_done", "cases_not_asked", "cases_unknown", "cases_in_value", "words_in_value"),
    *("per_case", "per_10000_words", "distinct_passages", "base_found_own", "share_own"),
)
SUBCODES = ("passages", "sources", "persons", "cases", "per_case", "per_10000_words", "distinct_passages")
ALL_FIGURES = (*FIGURES, *MORE, *(f"{name}_with_subcodes" for name in SUBCODES))


class Counted(NamedTuple):
    """A finished count.

    Cells are those of the codes themselves, with their selected subcodes, and with all that are present.
    """

    own: Cells
    below: Cells
    present: Cells
    columns: dict[Key, Column]
    states: States
    subjects: Subjects
    by: tuple[Values | Family, ...]
    words: dict[Key, int]
    notes: tuple[str, ...]
    roll_up: bool


def unit(counted: Counted, scope: Scope) -> str:
    """What bases are counted in: cases of the report's kind, or sources where there are none."""
    if not counted.subjects.case_names:
        return "sources (there are no cases)"
    return f"cases of the kind '{scope.case_kind}'"


def count(study: Study, scope: Scope, *, evidence: bool = False) -> Counted:
    """Count everything once, source by source."""
    subjects = Subjects(study, scope)
    by = tuple(compared_by(study, scope, subjects, name) for name in scope.selection.by)
    families = frozenset[int]().union(*(one.codes for one in by if isinstance(one, Family)))
    codings = Codings(study, scope, subjects=subjects, besides=families | scope.descendants)
    own, below, present = (Cells(codings, subjects, by, evidence=evidence) for _ in range(3))
    wanted = {code.key for code in scope.codes}
    whole = scope.descendants <= wanted
    roll_up = scope.selection.roll_up
    for source, segments in codings.sources():
        for code, listed in segments.items():
            if code in wanted and not (roll_up and scope.tree.children.get(code)):
                own.add(code, source, listed, segments)
        for code, listed in with_subcodes(scope, segments):
            present.add(code, source, listed, segments)
        if not (whole or roll_up):
            for code, listed in with_subcodes(scope, {key: segments[key] for key in segments if key in wanted}):
                below.add(code, source, listed, segments)
    if whole and not roll_up:
        below = present
    if roll_up:
        own.cells.update(present.cells)
        own.totals.update(present.totals)
    read = _columns(subjects, scope, by, (own, present), codings.where)
    spoken = {key: words(subjects, column) for key, column in read.items()}
    notes = (*codings.notes(), *subjects.case_notes(scope.case_kind))
    states = States(study, scope, subjects)
    return Counted(own, below, present, read, states, subjects, by, spoken, notes, roll_up)


def _columns(
    subjects: Subjects,
    scope: Scope,
    by: tuple[Values | Family, ...],
    counted: tuple[Cells, Cells],
    where: Where | None,
) -> dict[Key, Column]:
    """All columns: of the values that the sources carry, and those that only passages made."""
    filled: dict[Key, set[int]] = {}
    for (_, key), cell in (pair for cells in counted for pair in cells.cells.items()):
        filled.setdefault(key, set()).update(cell.sources)
    found = {
        key: column
        for key, column in columns(subjects, iter(sorted(scope.source_keys)), by, where).items()
        if key in filled or not any(isinstance(one, Family) and v == MISSING for one, v in zip(by, key, strict=True))
    }
    for key, sources in filled.items():
        found.setdefault(key, Column(sources=sources))
    return found


def compared_by(study: Study, scope: Scope, subjects: Subjects, name: str) -> Values | Family:
    """An attribute, or else a family of codes."""
    code = scope.tree.find(name.removeprefix(FAMILY))
    known = {row[0] for row in study.attributes.all()} | {"kind", "language", "date"}
    if code is not None and name not in known:
        return Family(Codings(study, scope), subjects, code, within=scope.selection.by_within)
    return Values(study, subjects, name)


def both(counted: Counted, code: int, key: Key) -> tuple[Cell, Cell]:
    """A code's own cell and the one with subcodes; a code without subcodes has one for both."""
    own = counted.own.cells.get((code, key), Cell())
    alone = counted.roll_up or not counted.states.has_subcodes(code)
    return own, own if alone else counted.below.cells.get((code, key), Cell())


def figures_of(counted: Counted, code: int, key: Key) -> tuple[Figure, ...]:
    """The figures of one code and value, in the order of the columns."""
    own, below = both(counted, code, key)
    present = counted.present.cells.get((code, key), Cell())
    column = counted.columns[key]
    codes = (code, *family_codes(counted, key))
    base = base_of(counted, column, code, key)
    found_own, found = len(own.cases & base), len(below.cases & base)
    cases, spoken = len(column.cases), counted.words[key]
    distinct_own, distinct_below = distinct(counted, code)
    return (
        *(own.passages, len(own.sources), len(own.persons), len(own.cases)),
        *(len(base), _ratio(found, len(base)), _state(counted, (own, below, present), column, codes)),
        *(found, *_beside(counted, column, codes, base), cases, spoken),
        *(_ratio(own.passages, cases), _ratio(own.passages * PER, spoken), distinct_own),
        *(found_own, _ratio(found_own, len(base))),
        *(below.passages, len(below.sources), len(below.persons), len(below.cases)),
        *(_ratio(below.passages, cases), _ratio(below.passages * PER, spoken), distinct_below),
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def distinct(counted: Counted, code: int) -> tuple[int, int]:
    """The passages of a code, each once, whatever the columns add up to; alone, and with its subcodes."""
    own = counted.own.totals.get(code, 0)
    alone = counted.roll_up or not counted.states.has_subcodes(code)
    return own, own if alone else counted.below.totals.get(code, 0)


def base_of(counted: Counted, column: Column, code: int, key: Key) -> set[int]:
    """The cases of a column that were asked about a code and are done."""
    codes = (code, *family_codes(counted, key))
    return {case for case, sources in column.cases.items() if counted.states.in_base(sources, codes)}


def family_codes(counted: Counted, key: Key) -> tuple[int, ...]:
    """The codes of the families that stand in a column's values: they too must have been in the codebook."""
    return tuple(
        by.keys[value] for by, value in zip(counted.by, key, strict=True) if isinstance(by, Family) and value != MISSING
    )


def _state(counted: Counted, cells: tuple[Cell, ...], column: Column, codes: tuple[int, ...]) -> str:
    """The state of a cell; what stands under a code that is not selected with it is found all the same."""
    found = [cell for cell in cells if cell.passages]
    if found:
        sources = column.sources.union(*(cell.sources for cell in found))
        return UNASKED if counted.states.unasked(sources, codes[0]) else FOUND
    return counted.states.of_cell(column.sources, codes)


def _beside(counted: Counted, column: Column, codes: tuple[int, ...], base: set[int]) -> tuple[int, int, int]:
    """The cases outside the base: asked but not done, not asked, unknown."""
    not_done = not_asked = unknown = 0
    for case, sources in column.cases.items():
        asked = {counted.states.asked(source, codes[0]) for source in sources}
        if case in base:
            continue
        if True in asked:
            not_done += 1
        elif None in asked:
            unknown += 1
        else:
            not_asked += 1
    return not_done, not_asked, unknown


def words(subjects: Subjects, column: Column) -> int:
    """The words of respondents in a column; of the whole text where a source has no turns."""
    total = 0
    for source in column.sources:
        spoken = subjects.words(source, column.persons.get(source) or None)
        total += subjects.text_words(source) if spoken is None else spoken
    return total

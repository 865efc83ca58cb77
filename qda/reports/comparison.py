"""Codes by values of one or two attributes (or of a family of codes), with why a cell is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.reports.cells import Cell, Cells, Column, Key, columns
from qda.reports.counting import Codings
from qda.reports.families import Family
from qda.reports.frequency import with_subcodes
from qda.reports.manifest import manifest
from qda.reports.report import Cell as Figure
from qda.reports.report import Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.states import FOUND, UNASKED, States
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.reports.scope import Scope
    from qda.store import Study

SMALL = 5
PER = 10_000

_MORE = (
    *("cases_asked_not_done", "cases_not_asked", "cases_unknown", "cases_in_value"),
    *("per_case", "per_10000_words", "passages_with_subcodes", "sources_with_subcodes"),
    *("persons_with_subcodes", "cases_with_subcodes"),
)


class Counted(NamedTuple):
    """A finished count: own cells, cells with subcodes, the columns, and what reads their states."""

    own: Cells
    below: Cells
    columns: dict[Key, Column]
    states: States
    subjects: Subjects
    by: tuple[Values | Family, ...]


def comparison(study: Study, selection: Selection) -> Report:
    """Each selected code by the values of `--by`.

    Raises:
        QdaError: Nothing, or more than two things, are given to compare by, or they are not there.
    """
    if not 1 <= len(selection.by) <= 2:
        raise QdaError("say what to compare by: --by ATTRIBUTE, once or twice")
    scope = look_up(study, selection)
    counted = _count(study, scope)
    keys = sorted(counted.columns, key=_missing_last)
    names = ("value", "value2")[: len(selection.by)]
    figures = ("passages", "sources", "persons", "cases", "base", "share", "state")
    rows = tuple(
        (code.path, *key, *_row(study, counted, code.key, key)) for code in scope.codes for key in keys
    )
    return Report(
        name="comparison",
        title=f"{_compared(counted)}: {scope.whose}",
        unit=f"passages; base and share in {_unit(counted, scope)}",
        table=Table(("code", *names, *figures, *_MORE), rows),
        notes=_notes(study, scope, counted, keys),
        manifest=manifest(study, scope, "comparison"),
        evidence=lambda: _evidence(study, scope, keys),
        view=_view(scope, counted, keys, rows),
    )


def _missing_last(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple((value == MISSING, value) for value in key)


def _compared(counted: Counted) -> str:
    return "Codes by " + " and ".join(by.name for by in counted.by)


def _unit(counted: Counted, scope: Scope) -> str:
    if not counted.subjects.case_names:
        return "sources (there are no cases)"
    return f"cases of the kind '{scope.case_kind}'"


def _count(study: Study, scope: Scope) -> Counted:
    """Count everything once, source by source."""
    subjects = Subjects(study, scope)
    by = tuple(_by(study, scope, subjects, name) for name in scope.selection.by)
    families = frozenset[int]().union(*(one.codes for one in by if isinstance(one, Family)))
    codings = Codings(study, scope, besides=families)
    own, below = Cells(codings, subjects, by), Cells(codings, subjects, by)
    wanted = {code.key for code in scope.codes}
    for source, segments in codings.sources():
        for code, listed in segments.items():
            if code in wanted:
                own.add(code, source, codings.passages(source, listed), segments)
        for code, listed in with_subcodes(scope, {k: v for k, v in segments.items() if k in wanted}):
            below.add(code, source, codings.passages(source, listed), segments)
    read = columns(subjects, iter(sorted(scope.source_keys)), by)
    for _, key in (*own.cells, *below.cells):
        read.setdefault(key, Column())
    return Counted(own, below, read, States(study, scope, subjects), subjects, by)


def _by(study: Study, scope: Scope, subjects: Subjects, name: str) -> Values | Family:
    """An attribute, or else a family of codes."""
    code = scope.tree.find(name)
    known = {row[0] for row in study.attributes.all()} | {"kind", "language", "date"}
    if code is not None and name not in known:
        return Family(Codings(study, scope), subjects, code, within=scope.selection.by_within)
    return Values(study, subjects, name)


def _both(counted: Counted, code: int, key: Key) -> tuple[Cell, Cell]:
    """A code's own cell and the one with subcodes; a code without subcodes has one for both."""
    own = counted.own.cells.get((code, key), Cell())
    return own, counted.below.cells.get((code, key), own)


def _row(study: Study, counted: Counted, code: int, key: Key) -> tuple[Figure, ...]:
    own, below = _both(counted, code, key)
    column = counted.columns[key]
    codes = (code, *_family_codes(counted, key))
    states = counted.states
    base = {case for case, sources in column.cases.items() if states.in_base(sources, codes)}
    share = len(below.cases & base) / len(base) if base else None
    beside = _beside(counted, column, codes, base)
    words = _words(study, counted, column)
    return (
        *(own.passages, len(own.sources), len(own.persons), len(own.cases)),
        *(len(base), share, _state(counted, below, column, codes)),
        *beside,
        len(column.cases),
        own.passages / len(column.cases) if column.cases else None,
        own.passages * PER / words if words else None,
        *(below.passages, len(below.sources), len(below.persons), len(below.cases)),
    )


def _family_codes(counted: Counted, key: Key) -> tuple[int, ...]:
    """The codes of the families that stand in a column's values: they too must have been in the codebook."""
    return tuple(
        by.keys[value]
        for by, value in zip(counted.by, key, strict=True)
        if isinstance(by, Family) and value != MISSING
    )


def _state(counted: Counted, cell: Cell, column: Column, codes: tuple[int, ...]) -> str:
    if cell.passages:
        return UNASKED if counted.states.unasked(column.sources, codes[0]) else FOUND
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


def _words(study: Study, counted: Counted, column: Column) -> int:
    """The words of respondents in a column; of the whole text where a source has no turns."""
    total = 0
    for source in column.sources:
        spoken = counted.subjects.words(source, column.persons.get(source) or None)
        total += counted.subjects.text_words(study, source) if spoken is None else spoken
    return total


def _notes(study: Study, scope: Scope, counted: Counted, keys: list[Key]) -> tuple[str, ...]:
    unit = _unit(counted, scope)
    notes = [
        f"Base: {unit} that were asked and are done; share is n of these in which the code (with its subcodes)"
        " is found.",
        "In the table for reading: passages, then cases of the base (or cases found, where the base is empty);"
        " * found though nobody was asked.",
        "'none found' stands only where every source was asked, is done, and was done under a codebook that had"
        " the code.",
    ]
    if counted.own.levels or counted.below.levels:
        levels = sorted({*counted.own.levels, *counted.below.levels})
        notes.append(f"Values stand on: {', '.join(levels)}.")
    notes += _beyond(scope, counted, keys)
    notes += _comparability(scope, counted, keys)
    return (*notes, *_inherited(scope, counted), *scope.notes)


def _beyond(scope: Scope, counted: Counted, keys: list[Key]) -> list[str]:
    """How far the cells of a code exceed its passages, where some count under several values."""
    found = []
    for code in scope.codes:
        total = counted.own.totals.get(code.key, 0)
        added = sum(
            counted.own.cells[code.key, key].passages for key in keys if (code.key, key) in counted.own.cells
        )
        if added != total:
            found.append(f"{code.path} {total} (cells add to {added})")
    if not found:
        return []
    return [f"Some passages count under several values; distinct passages: {'; '.join(found)}."]


def _comparability(scope: Scope, counted: Counted, keys: list[Key]) -> list[str]:
    notes = []
    small = ["/".join(key) for key in keys if len(counted.columns[key].cases) < SMALL]
    if small:
        notes.append(f"Under {SMALL} {_unit(counted, scope)}: {', '.join(small)}; compare with care.")
    by_source = counted.subjects.coders_by_source
    voices = {
        "/".join(key): sum(len(by_source.get(source, ())) for source in counted.columns[key].sources)
        / len(counted.columns[key].sources)
        for key in keys
        if counted.columns[key].sources
    }
    if voices and max(voices.values()) - min(voices.values()) > 1e-9:
        said = ", ".join(f"{name} {count:.2f}" for name, count in voices.items())
        notes.append(
            f"Coders per source differ between columns, so more may have been found in some: {said}."
        )
    return notes


def _inherited(scope: Scope, counted: Counted) -> list[str]:
    """A note where a value of a whole source stands for passages of different persons."""
    if "source" not in counted.own.levels:
        return []
    several = [s.name for s in scope.sources if len(counted.subjects.everybody(s.key)) > 1]
    if not several:
        return []
    return [f"In {', '.join(several)} the value of the whole source stands for several persons."]


def _view(scope: Scope, counted: Counted, keys: list[Key], rows: tuple[tuple[Figure, ...], ...]) -> Table:
    """The table for reading: codes by values; a number where something was found, else why not."""
    width = len(counted.by)
    lines: list[tuple[Figure, ...]] = []
    for number, code in enumerate(scope.codes):
        part = rows[number * len(keys) : (number + 1) * len(keys)]
        cells = [_shown(row[1 + width :]) for row in part]
        lines.append((code.path, *cells, counted.own.totals.get(code.key, 0)))
    return Table(("code", *(" / ".join(key) for key in keys), "distinct"), tuple(lines))


def _shown(figures: tuple[Figure, ...]) -> str:
    passages, base, share, state = figures[0], figures[4], figures[5], figures[6]
    below, cases = (figures[7 + _MORE.index(f"{name}_with_subcodes")] for name in ("passages", "cases"))
    if not below:
        return str(state)
    text = f"{passages}{'*' if state == UNASKED else ''}"
    if passages != below:
        text += f", with subcodes {below}"
    if base and isinstance(base, int) and isinstance(share, float):
        return f"{text} [{round(share * base)} of {base}]"
    return f"{text} [{cases}]"


def _evidence(study: Study, scope: Scope, keys: list[Key]) -> Evidence:
    counted = _count(study, scope)
    names = {source.key: source.name for source in scope.sources}
    both = {(code.key, key): _both(counted, code.key, key) for code in scope.codes for key in keys}
    ids = study.counts.ids({row for cells in both.values() for cell in cells for row in cell.rows})
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for code in scope.codes:
        for key in keys:
            own, below = both[code.key, key]
            cell = cell_name(code.path, *key)
            codings[cell] = sorted({ids[row] for row in own.rows})
            if below.rows != own.rows:
                codings[cell_name(code.path, *key, "with subcodes")] = sorted(
                    {ids[row] for row in below.rows}
                )
            if not own.rows:
                read[cell] = sorted(names[source] for source in counted.columns[key].sources)
    return Evidence(codings, read)

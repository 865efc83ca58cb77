"""Codes by values of one or two attributes (or of a family of codes), with why a cell is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.reports.compared import MORE, Counted, both, count, figures_of, unit
from qda.reports.difference import TEST_COLUMNS, test_columns
from qda.reports.manifest import manifest
from qda.reports.report import Cell as Figure
from qda.reports.report import Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.states import NOT_ASKED, NOT_YET, UNASKED, UNKNOWN
from qda.reports.values import MISSING

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.reports.cells import Key
    from qda.reports.scope import Scope
    from qda.store import Study

SMALL = 5
# A state is that of the source of which least is known; beside a base it holds for a part of the sources only.
_PARTLY = {NOT_ASKED: "partly not asked", NOT_YET: "partly not yet coded", UNKNOWN: "coverage partly unknown"}


def comparison(study: Study, selection: Selection, *, test: bool = False) -> Report:
    """Each selected code by the values of `--by`.

    Args:
        study: The study.
        selection: What is counted, and what it is compared by.
        test: Whether to test if the share of cases differs between values.

    Raises:
        QdaError: Nothing, or more than two things, are given to compare by, or they are not there; or a test
            is asked for where none is allowed.
    """
    if not 1 <= len(selection.by) <= 2:
        raise UsageError("say what to compare by: --by ATTRIBUTE, once or twice")
    scope = look_up(study, selection)
    counted = count(study, scope)
    keys = sorted(counted.columns, key=_missing_last)
    names = ("value", "value2")[: len(selection.by)]
    figures = ("passages", "sources", "persons", "cases", "base", "share", "state")
    lines = [(code.path, *key, *figures_of(counted, code.key, key)) for code in scope.codes for key in keys]
    more: tuple[str, ...] = MORE
    notes = _notes(scope, counted, keys)
    if test:
        tested, said = test_columns(scope, counted, keys)
        lines = [(*line, *tested[str(line[0])]) for line in lines]
        more, notes = (*MORE, *TEST_COLUMNS), (*said, *notes)
    rows = tuple(lines)
    return Report(
        name="comparison",
        title=f"{_compared(counted)}: {scope.whose}{scope.cases_said(counted.subjects.case_names)}",
        unit=f"passages; base and share in {unit(counted, scope)}",
        table=Table(("code", *names, *figures, *more), rows),
        notes=notes,
        manifest=manifest(study, scope, "comparison", ["--test"] if test else []),
        evidence=lambda: _evidence(study, scope, keys),
        view=_view(scope, counted, keys, rows, tested=test),
    )


def _missing_last(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple((value == MISSING, value) for value in key)


def _compared(counted: Counted) -> str:
    return "Codes by " + " and ".join(by.name for by in counted.by)


def _notes(scope: Scope, counted: Counted, keys: list[Key]) -> tuple[str, ...]:
    base = unit(counted, scope)
    notes = [
        f"Base: {base} that were asked and are done; share is n of these in which the code (with its subcodes)"
        " is found.",
        "In the table for reading: passages, then cases of the base (or cases found, where the base is empty);"
        " * found though nobody was asked.",
        "'none found' stands only where every source was asked, is done, and was done under a codebook that had"
        " the code.",
    ]
    if scope.selection.roll_up:
        notes.append("Subcodes are merged into their parents (rolled up), never added.")
    if counted.own.levels or counted.below.levels:
        levels = sorted({*counted.own.levels, *counted.below.levels})
        notes.append(f"Values stand on: {', '.join(levels)}.")
    notes += _beyond(scope, counted, keys)
    notes += _comparability(scope, counted, keys)
    return (*notes, *_inherited(scope, counted), *counted.notes, *scope.notes)


def _beyond(scope: Scope, counted: Counted, keys: list[Key]) -> list[str]:
    """How far the cells of a code exceed its passages, where some count under several values."""
    found = []
    for code in scope.codes:
        total = counted.own.totals.get(code.key, 0)
        added = sum(counted.own.cells[code.key, key].passages for key in keys if (code.key, key) in counted.own.cells)
        if added != total:
            found.append(f"{code.path} {total} (cells add to {added})")
    if not found:
        return []
    return [f"Some passages count under several values; distinct passages: {'; '.join(found)}."]


def _comparability(scope: Scope, counted: Counted, keys: list[Key]) -> list[str]:
    notes = []
    small = ["/".join(key) for key in keys if len(counted.columns[key].cases) < SMALL]
    if small:
        notes.append(f"Under {SMALL} {unit(counted, scope)}: {', '.join(small)}; compare with care.")
    by_source = counted.subjects.coders_by_source
    voices = {
        "/".join(key): sum(len(by_source.get(source, ())) for source in counted.columns[key].sources)
        / len(counted.columns[key].sources)
        for key in keys
        if counted.columns[key].sources
    }
    if voices and max(voices.values()) - min(voices.values()) > 1e-9:
        said = ", ".join(f"{name} {count:.2f}" for name, count in voices.items())
        notes.append(f"Coders per source differ between columns, so more may have been found in some: {said}.")
    return notes


def _inherited(scope: Scope, counted: Counted) -> list[str]:
    """A note where a value of a whole source stands for passages of different persons."""
    names = scope.source_names
    several = [names[source] for source, persons in sorted(counted.own.inherited.items()) if len(persons) > 1]
    if not several:
        return []
    return [f"In {', '.join(several)} the value of the whole source stands for several persons."]


def _view(
    scope: Scope, counted: Counted, keys: list[Key], rows: tuple[tuple[Figure, ...], ...], *, tested: bool
) -> Table:
    """The table for reading: codes by values; a number where something was found, else why not."""
    width = len(counted.by)
    lines: list[tuple[Figure, ...]] = []
    for number, code in enumerate(scope.codes):
        part = rows[number * len(keys) : (number + 1) * len(keys)]
        cells = [_shown(row[1 + width :]) for row in part]
        of_test = [_rounded(figure) for figure in part[0][-len(TEST_COLUMNS) :]] if tested and part else []
        lines.append((code.path, *cells, _distinct(counted, code.key), *of_test))
    more = ("p", "p (Holm)", "V") if tested and keys else ()
    return Table(("code", *(" / ".join(key) for key in keys), "distinct", *more), tuple(lines))


def _distinct(counted: Counted, code: int) -> Figure:
    """The passages of a code, each once, whatever the columns add up to; with its subcodes where that is more."""
    own = counted.own.totals.get(code, 0)
    below = counted.below.totals.get(code, own) if not counted.roll_up else own
    return own if below == own else f"{own}, with subcodes {below}"


def _rounded(figure: Figure) -> Figure:
    return f"{figure:.3f}" if isinstance(figure, float) else figure


def _shown(figures: tuple[Figure, ...]) -> str:
    passages, base, share, state = figures[0], figures[4], figures[5], figures[6]
    below, cases = (figures[7 + MORE.index(f"{name}_with_subcodes")] for name in ("passages", "cases"))
    if not below:
        return f"{_PARTLY.get(str(state), state)} [0 of {base}]" if base else str(state)
    text = f"{passages}{'*' if state == UNASKED else ''}"
    if passages != below:
        text += f", with subcodes {below}"
    if base and isinstance(base, int) and isinstance(share, float):
        return f"{text} [{round(share * base)} of {base}]"
    return f"{text} [{cases}]"


def _evidence(study: Study, scope: Scope, keys: list[Key]) -> Evidence:
    counted = count(study, scope, evidence=True)
    names = {source.key: source.name for source in scope.sources}
    cells = {(code.key, key): both(counted, code.key, key) for code in scope.codes for key in keys}
    ids = study.counts.ids({row for pair in cells.values() for cell in pair for row in cell.rows})
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for code in scope.codes:
        for key in keys:
            own, below = cells[code.key, key]
            cell = cell_name(code.path, *key)
            codings[cell] = sorted({ids[row] for row in own.rows})
            if below.rows != own.rows:
                codings[cell_name(code.path, *key, "with subcodes")] = sorted({ids[row] for row in below.rows})
            if not own.rows:
                read[cell] = sorted(names[source] for source in counted.columns[key].sources)
    return Evidence(codings, read)

"""The notes of a comparison: base, rules and warnings, each only where it bears on a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.compared import ALL_FIGURES, Counted, distinct, unit
from qda.reports.scope import listed
from qda.reports.states import NONE_FOUND, UNASKED
from qda.reports.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.cells import Key
    from qda.reports.report import Cell as Figure
    from qda.reports.scope import Scope

SMALL = 5


def notes_of(scope: Scope, counted: Counted, keys: list[Key], rows: Sequence[tuple[Figure, ...]]) -> tuple[str, ...]:
    """All notes; `rows` hold the figures of each cell, in the order of `ALL_FIGURES`."""
    notes = [*_reading(scope, counted, rows), *scope.rolled_up()]
    if counted.own.levels or counted.below.levels:
        levels = sorted({*counted.own.levels, *counted.below.levels})
        notes.append(f"Values stand on: {', '.join(levels)}.")
    notes += [*_beyond(scope, counted, keys), *_crossing(scope, counted, keys)]
    notes += [*_comparability(scope, counted, keys), *_inherited(scope, counted)]
    return (*notes, *counted.notes, *scope.notes, *scope.pooled)


def _reading(scope: Scope, counted: Counted, rows: Sequence[tuple[Figure, ...]]) -> Iterator[str]:
    """What the base is, and how a cell of the table for reading is read."""
    states, bases, found = (
        [row[ALL_FIGURES.index(name)] for row in rows] for name in ("state", "base", "passages_with_subcodes")
    )
    yield (
        f"Base: {unit(counted, scope)}{scope.others_said} that were asked and are done; share is n of these in which"
        " the code or a subcode is found."
    )
    empty = any(figure and not base for figure, base in zip(found, bases, strict=True))
    yield (
        "In the table for reading: passages, then cases of the base"
        f"{' (or cases found, where the base is empty)' if empty else ''}"
        f"{'; * found though nobody was asked' if UNASKED in states else ''}."
    )
    if NONE_FOUND in states:
        yield (
            "'none found' stands only where every source was asked, is done, and was done under a codebook that had"
            " the code."
        )


def _beyond(scope: Scope, counted: Counted, keys: list[Key]) -> Iterator[str]:
    """In how many rows cells add up to more than the distinct passages, because some count under several values."""
    more = 0
    for code in scope.codes:
        totals = distinct(counted, code.key)
        for cells, total in zip((counted.own, counted.below), totals, strict=True):
            if sum(cells.cells[code.key, key].passages for key in keys if (code.key, key) in cells.cells) > total:
                more += 1
                break
    if more:
        yield (
            "Some passages count under several values, so the cells of"
            f" {more} of {many(len(scope.codes), 'code')} add up to more than the distinct passages beside them."
        )


def _crossing(scope: Scope, counted: Counted, keys: list[Key]) -> Iterator[str]:
    """Which cases stand in several columns, because their members or their own values differ.

    A family of codes has every case in every column, and says so by being one: such columns are left out here.
    """
    plain = [number for number, by in enumerate(counted.by) if isinstance(by, Values)]
    values: dict[int, dict[str, None]] = {}
    for key in keys if plain else ():
        for case in counted.columns[key].cases:
            values.setdefault(case, {})[" / ".join(key[number] for number in plain)] = None
    crossing = {case: found for case, found in values.items() if len(found) > 1}
    if crossing:
        names = counted.subjects.case_names or scope.source_names
        said = sorted(f"{names[case]} ({', '.join(found)})" for case, found in crossing.items())
        what = "cases" if counted.subjects.case_names else "sources"
        yield (
            f"{what.capitalize()} in several columns: {listed(said)}; so {what} and bases of the columns add up to more"
            f" than the distinct total, {len(values)}."
        )


def _comparability(scope: Scope, counted: Counted, keys: list[Key]) -> Iterator[str]:
    small = ["/".join(key) for key in keys if len(counted.columns[key].cases) < SMALL]
    if small:
        yield f"Under {SMALL} {unit(counted, scope)}: {', '.join(small)}; compare with care."
    voices = {
        "/".join(key): sum(scope.voices.get(source, 0) for source in counted.columns[key].sources)
        / len(counted.columns[key].sources)
        for key in keys
        if counted.columns[key].sources
    }
    if voices and max(voices.values()) - min(voices.values()) > 1e-9:
        said = ", ".join(f"{name} {count:.2f}" for name, count in voices.items())
        yield f"Coders per source differ between columns, so more may have been found in some: {said}."


def _inherited(scope: Scope, counted: Counted) -> Iterator[str]:
    """A note where a value of a whole source stands for passages of different persons."""
    names = scope.source_names
    several = [names[source] for source, persons in sorted(counted.own.inherited.items()) if len(persons) > 1]
    if several:
        yield f"In {', '.join(several)} the value of the whole source stands for several persons."

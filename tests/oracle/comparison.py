"""Codes compared over the values of one or two attributes or code families."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from .cooccurrence import Rule
from .passages import codings_of, own_passages, passages
from .states import FOUND, NONE_FOUND, case_state, cell_state, nobody_asked
from .subjects import (
    MISSING,
    cases_of_subject,
    subjects_of,
    subjects_of_source,
    values_of,
)
from .world import case_kind, chosen_codes, chosen_sources, family, path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .passages import Passage
    from .world import Code, Selection, World

Values = tuple[str, ...]
Wanted = tuple["str | None", ...]


@dataclass(frozen=True)
class CellFigures:
    """`share` is of `cases_in_base` (cases found that were asked and done) in the base."""

    passages: int
    sources: int
    persons: int
    cases: int
    cases_in_base: int
    share: Fraction | None
    evidence: frozenset[str]


@dataclass(frozen=True)
class Cell:
    """One code under one value (or pair); `beside` counts the cases outside the base by their state."""

    own: CellFigures
    with_subcodes: CellFigures
    base: int
    beside: Mapping[str, int]
    state: str
    unasked: bool
    levels: frozenset[str]
    sources: frozenset[str]


@dataclass(frozen=True)
class Comparison:
    """The cells by code and values, and each code's distinct total over all values."""

    cells: dict[tuple[Code, Values], Cell]
    totals: dict[Code, Cell]


@dataclass(frozen=True)
class Placed:
    """A passage, or a whole source (passage None), as it stands under values for one subject."""

    source: str
    person: str | None
    cases: frozenset[str]
    values: tuple[str | None, ...]
    levels: frozenset[str]
    passage: Passage | None = None


@dataclass(frozen=True)
class Plan:
    """What is compared by what: a string is an attribute, a tuple a code family."""

    world: World
    sel: Selection
    by: Sequence[str | Code]
    by_within: str
    pool: bool
    family_top: bool = True


def comparison(
    world: World,
    sel: Selection,
    by: Sequence[str | Code],
    kind: str | None = None,
    *,
    by_within: str = "overlap",
    pool: bool = False,
    family_top: bool = True,
) -> Comparison:
    """Each selected code under each value, or pair of values, that occurs."""
    plan = Plan(world, replace(sel, cases=kind or sel.cases), by, by_within, pool, family_top)
    units = _units(plan)
    codes = chosen_codes(world, sel)
    own = {code: _placed(plan, code, with_subcodes=sel.roll_up) for code in codes}
    merged = {code: _placed(plan, code, with_subcodes=True) for code in codes}
    everywhere = [*units, *(one for code in codes for one in (*own[code], *merged[code]))]
    values = list(product(*(_columns(plan, number, everywhere) for number in range(len(by)))))
    anything: Wanted = tuple(None for _ in by)
    return Comparison(
        cells={
            (code, at): _cell(plan, code, at, units, own[code], merged[code], _sources(everywhere, at))
            for code in codes
            for at in values
        },
        totals={
            code: _cell(plan, code, anything, units, own[code], merged[code], _sources(everywhere, anything))
            for code in codes
        },
    )


def _sources(everywhere: list[Placed], wanted: Wanted) -> frozenset[str]:
    """The sources of a column: those that carry the values; where none does, those of the passages that stand there."""
    fitting = [one for one in everywhere if _fits(one.values, wanted)]
    carrying = [one for one in fitting if one.passage is None]
    return frozenset(one.source for one in carrying or fitting)


def _units(plan: Plan) -> list[Placed]:
    """Every selected source, for each of its subjects, under each of the subject's values."""
    return [
        placed
        for source in chosen_sources(plan.world, plan.sel)
        for person in subjects_of_source(plan.world, source, plan.sel.roles)
        for placed in _place(plan, source, person, None)
    ]


def _placed(plan: Plan, code: Code, *, with_subcodes: bool) -> list[Placed]:
    """Every passage of the code, for each of its subjects, under each of the subject's values."""
    codings = codings_of(plan.world, plan.sel, code, with_subcodes=with_subcodes)
    return [
        placed
        for passage in passages(plan.world, codings)
        for person in subjects_of(plan.world, passage, plan.sel.roles)
        for placed in _place(plan, passage.source, person, passage)
    ]


def _place(plan: Plan, source: str, person: str | None, passage: Passage | None) -> list[Placed]:
    kind = case_kind(plan.world, plan.sel)
    cases = cases_of_subject(plan.world, source, person, kind)
    found = [_values(plan, one, source, person, passage) for one in plan.by]
    levels = frozenset(level for _, level in found if level is not None)
    placed = []
    for values in product(*(values for values, _ in found)):
        lenders = [
            _lenders(plan.world, cases, one, value)
            for one, value, (_, level) in zip(plan.by, values, found, strict=True)
            if level == "case"
        ]
        having = cases.intersection(*lenders)
        if having or not lenders:
            placed.append(Placed(source, person, having, values, levels, passage))
    return placed


def _lenders(world: World, cases: frozenset[str], by: str | Code, value: str | None) -> frozenset[str]:
    """The cases that have this value of the attribute."""
    name = str(by).removeprefix("case.")
    return frozenset(case for case in cases if value in world.cases[case].attributes.get(name, []))


def _values(
    plan: Plan, by: str | Code, source: str, person: str | None, passage: Passage | None
) -> tuple[frozenset[str | None], str | None]:
    """The values for one subject; a whole source may stand under every code of a family (None)."""
    if isinstance(by, str):
        values, level = values_of(plan.world, source, person, by, case_kind(plan.world, plan.sel))
        return frozenset(values), level
    if passage is None:
        return frozenset({None}), None
    return frozenset(_family_codes(plan, by, passage)) or frozenset({MISSING}), None


def _compared(plan: Plan, top: Code) -> list[Code]:
    """The codes of a family that are values: all, or those below the top where there are any."""
    codes = family(plan.world, top)
    return codes if plan.family_top else codes[1:] or codes


def _family_codes(plan: Plan, top: Code, passage: Passage) -> set[str]:
    """The codes of the family that meet the passage (or its turn) within one coder, or pooled."""
    rule = Rule(plan.world, plan.sel, plan.by_within, plan.pool)
    found = set()
    for code in _compared(plan, top):
        others = own_passages(plan.world, codings_of(plan.world, plan.sel, code, with_subcodes=False))
        if any(rule.meet(part, other) for part in passage.parts for other in others):
            found.add(path(code))
    return found


def _columns(plan: Plan, number: int, everywhere: list[Placed]) -> list[str]:
    """The values that occur, all codes of a family included; (missing) last, where it occurs."""
    by = plan.by[number]
    codes = [] if isinstance(by, str) else [path(code) for code in _compared(plan, by)]
    occurring = [value for one in everywhere if (value := one.values[number]) is not None]
    named = dict.fromkeys(value for value in [*codes, *occurring] if value != MISSING)
    return [*named, MISSING] if MISSING in occurring else list(named)


def _fits(values: tuple[str | None, ...], wanted: Wanted) -> bool:
    return all(one == two or one is None or two is None for one, two in zip(values, wanted, strict=True))


def _cell(
    plan: Plan,
    code: Code,
    wanted: Wanted,
    units: list[Placed],
    own: list[Placed],
    merged: list[Placed],
    column: frozenset[str],
) -> Cell:
    here = [one for one in units if _fits(one.values, wanted)]
    mine = [one for one in own if _fits(one.values, wanted)]
    below = [one for one in merged if _fits(one.values, wanted)]
    needed = _family_needed(plan, wanted)
    states = _case_states(plan, code, here, needed)
    base = frozenset(case for case, state in states.items() if state == NONE_FOUND)
    found = [*mine, *below]
    sources = column | {one.source for one in found}
    return Cell(
        own=_figures(mine, base),
        with_subcodes=_figures(below if plan.sel.subcodes else mine, base),
        base=len(base),
        beside=dict(Counter(state for state in states.values() if state != NONE_FOUND)),
        state=FOUND if found else cell_state(plan.world, plan.sel, code, sources, needed),
        unasked=bool(found) and nobody_asked(plan.world, code, sources),
        levels=frozenset(level for one in [*here, *found] for level in one.levels),
        sources=sources,
    )


def _family_needed(plan: Plan, wanted: Wanted) -> set[Code]:
    """The family's codes among the values: who read without them could not have found the pair."""
    return {
        code
        for by, value in zip(plan.by, wanted, strict=True)
        if not isinstance(by, str)
        for code in _compared(plan, by)
        if path(code) == value
    }


def _case_states(plan: Plan, code: Code, here: list[Placed], needed: set[Code]) -> dict[str, str]:
    """The state of each case of the cell, over the sources in which it stands there."""
    cases = {case for one in here for case in one.cases}
    return {
        case: case_state(plan.world, plan.sel, code, {one.source for one in here if case in one.cases}, needed)
        for case in cases
    }


def _figures(placed: list[Placed], base: frozenset[str]) -> CellFigures:
    found = {one.passage for one in placed if one.passage is not None}
    cases = {case for one in placed for case in one.cases}
    return CellFigures(
        passages=len(found),
        sources=len({one.source for one in placed}),
        persons=len({one.person for one in placed if one.person is not None}),
        cases=len(cases),
        cases_in_base=len(cases & base),
        share=Fraction(len(cases & base), len(base)) if base else None,
        evidence=frozenset(coding for passage in found for coding in passage.codings),
    )

"""Codes crossed by families and attributes, passage by passage."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from .comparison import Plan, _place
from .passages import codings_of, passages
from .subjects import subjects_of
from .world import chosen_codes, family, path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .comparison import Placed
    from .passages import Passage
    from .world import Code, CodingData, Selection, World

ALL = "(all)"


class Crossing(NamedTuple):
    """One cell of the frame."""

    passages: int
    sources: int
    persons: int
    cases: int
    evidence: frozenset[str]


def crosstab(
    world: World, sel: Selection, by: Sequence[str | Code], *, by_within: str
) -> dict[tuple[str, ...], Crossing]:
    """Every cell that holds anything: path of the code (or all), then a value (or all) of each thing crossed by."""
    plan = Plan(world, sel, by, by_within, pool=False, family_top=False)
    found: dict[tuple[str, ...], list[Placed]] = {}
    codes = chosen_codes(world, sel)
    for code in codes:
        codings = codings_of(world, sel, code, with_subcodes=sel.roll_up)
        _put(plan, path(code), passages(world, codings), found)
    reach = {one for code in codes for one in (family(world, code) if sel.roll_up else [code])}
    # All codes together: their codings are taken for those of one code.
    alike = [one for code in sorted(reach) for one in codings_of(world, sel, code, with_subcodes=False)]
    _put(plan, ALL, passages(world, [_renamed(one, codes[0]) for one in alike]) if alike else [], found)
    return {key: _crossing(placed) for key, placed in found.items()}


def _renamed(coding: CodingData, code: Code) -> CodingData:
    return replace(coding, code=code)


def _put(plan: Plan, name: str, listed: list[Passage], found: dict[tuple[str, ...], list[Placed]]) -> None:
    for passage in listed:
        for person in subjects_of(plan.world, passage, plan.sel.roles):
            for placed in _place(plan, passage.source, person, passage):
                for key in product(*((str(value), ALL) for value in placed.values)):
                    found.setdefault((name, *key), []).append(placed)


def _crossing(placed: list[Placed]) -> Crossing:
    listed = {one.passage for one in placed if one.passage is not None}
    return Crossing(
        len(listed),
        len({one.source for one in placed}),
        len({one.person for one in placed if one.person is not None}),
        len({case for one in placed for case in one.cases}),
        frozenset(coding for passage in listed for coding in passage.codings),
    )

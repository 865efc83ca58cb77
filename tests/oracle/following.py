"""Codes near each other by characters or turns, in either direction or in one, character by character."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .passages import codings_of, merged_passages, own_passages
from .subjects import turns_of
from .world import chosen_codes, is_data

if TYPE_CHECKING:
    from .passages import Passage
    from .world import Code, Selection, World


class Nearness(NamedTuple):
    """At most so many characters or turns apart (None: anywhere in the source); which comes first may matter."""

    most: int | None
    turns: bool
    follows: bool


def near(
    world: World, sel: Selection, how: Nearness, *, pool: bool
) -> dict[tuple[Code, Code], list[tuple[Passage, Passage]]]:
    """The pairs of merged passages of each two codes that are near; pooled coders speak as one."""
    codes = chosen_codes(world, sel)
    whole = {
        code: merged_passages(own_passages(world, codings_of(world, sel, code, with_subcodes=sel.roll_up)))
        for code in codes
    }
    return {
        (a, b): [
            (one, two)
            for one in whole[a]
            for two in whole[b]
            if one.source == two.source and any(_meet(world, how, *pair) for pair in _parts(one, two, pool=pool))
        ]
        for a in codes
        for b in codes
        if a != b
    }


def _parts(one: Passage, two: Passage, *, pool: bool) -> list[tuple[Passage, Passage]]:
    if pool:
        return [(one, two)]
    return [(mine, theirs) for mine in one.parts for theirs in two.parts if mine.voices == theirs.voices]


def _meet(world: World, how: Nearness, one: Passage, two: Passage) -> bool:
    if not (one.data and two.data):
        return False
    if how.follows and min(two.characters) <= max(one.characters):
        return False
    if how.turns:
        numbers = [{turn.number for turn in turns_of(world, part)} for part in (one, two)]
        if not all(numbers):
            return False
        first, second = sorted(numbers, key=min)
        return how.most is None or min(second) - max(first) <= how.most
    first_one, second_one = sorted((one, two), key=lambda part: min(part.characters))
    between = range(max(first_one.characters) + 1, min(second_one.characters))
    gap = sum(is_data(world.sources[one.source], place) for place in between)
    return how.most is None or gap <= how.most

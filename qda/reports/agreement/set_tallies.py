"""The tallies of agreement on sets of codes: how pairs of coders differ, and which sets there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from qda.reports.agreement.patterns import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.patterns import Patterns

Key = TypeVar("Key")

Meeting = tuple[int, int, int, int]
"""Coders present, codes that two of them share, codes that either has, and thirds of MASI's M."""


@dataclass(frozen=True)
class SetTally:
    """One source (or a sum of them): observed distances and the sets that stand in pairs.

    `apart` counts the characters where a pair of coders has different sets, by how they differ;
    `equal` the pairs with equal sets by number of coders; `units` the characters by number of coders; `sets` how
    often a coder has a set.
    """

    apart: Counter[Meeting]
    equal: Counter[int]
    units: Counter[int]
    sets: Counter[int]


def tally(patterns: Patterns) -> SetTally:
    """The tally of one source; patterns with fewer than two coders have no pair and stay out."""
    apart: defaultdict[Meeting, int] = defaultdict(int)
    equal: defaultdict[int, int] = defaultdict(int)
    units: defaultdict[int, int] = defaultdict(int)
    sets: defaultdict[int, int] = defaultdict(int)
    for pattern, size in patterns.items():
        present = pattern if MISSING not in pattern else tuple([one for one in pattern if one != MISSING])
        number = len(present)
        if number < 2:
            continue
        units[number] += size
        if present.count(present[0]) == number:
            equal[number] += size * number * (number - 1) // 2
            sets[present[0]] += size * number
            continue
        for one in present:
            sets[one] += size
        for one, other in combinations(present, 2):
            if one == other:
                equal[number] += size
                continue
            both = one & other
            thirds = 0 if not both else 2 if both in (one, other) else 1
            apart[number, both.bit_count(), (one | other).bit_count(), thirds] += size
    return SetTally(Counter(apart), Counter(equal), Counter(units), Counter(sets))


def sum_of(tallies: Sequence[SetTally]) -> SetTally:
    """Tallies added."""
    found = SetTally(Counter(), Counter(), Counter(), Counter())
    for one in tallies:
        add(found, one, 1)
    return found


def add(found: SetTally, one: SetTally, times: int) -> None:
    """Add a tally to one in the making, so many times."""
    if times:
        found.apart.update({key: number * times for key, number in one.apart.items()})
        found.equal.update({key: number * times for key, number in one.equal.items()})
        found.units.update({key: number * times for key, number in one.units.items()})
        found.sets.update({key: number * times for key, number in one.sets.items()})


def less(whole: Counter[Key], gone: Counter[Key]) -> Counter[Key]:
    """What is left of counts; what is nought is gone."""
    left = whole.copy()
    for key, number in gone.items():
        left[key] -= number
        if not left[key]:
            del left[key]
    return left

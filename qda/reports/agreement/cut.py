"""One code on units that were cut beforehand (turns, sentences): which of them each coder coded, by a rule."""

from __future__ import annotations

from bisect import bisect_right
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.reports.agreement.table import Table
from qda.reports.agreement.votes import Votes, votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.spans import Span
    from qda.reports.agreement.coded import CodedSource

RULES: Final = ("any", "majority")
"""`any`: the coder coded at least one character of the unit; `majority`: more than half of its characters."""


class Units(NamedTuple):
    """The units of a source that have characters, in order and apart."""

    spans: Sequence[Span]
    ends: Sequence[int]


def units_of(source: CodedSource, unit: str) -> Units:
    """The units of a source; those without a counted character are left out."""
    spans = [span for span in source.units.get(unit, ()) if span[0] < span[1]]
    return Units(spans, [end for _, end in spans])


def covered(spans: Sequence[Span], units: Units) -> dict[int, int]:
    """How many characters of each unit, by its number, the spans cover; units they do not touch are absent."""
    found: dict[int, int] = {}
    for start, end in spans:
        number = bisect_right(units.ends, start)
        while number < len(units.spans) and units.spans[number][0] < end:
            first, last = units.spans[number]
            found[number] = found.get(number, 0) + min(end, last) - max(start, first)
            number += 1
    return found


def coded_units(spans: Sequence[Span], units: Units) -> dict[str, frozenset[int]]:
    """The numbers of the units that count as coded, by rule."""
    parts = covered(spans, units)
    more = [unit for unit, part in parts.items() if 2 * part > units.spans[unit][1] - units.spans[unit][0]]
    return {"any": frozenset(parts), "majority": frozenset(more)}


Coded = dict[int, dict[str, frozenset[int]]]
"""By coder and rule the coded units of one code in one source."""


def coded_by(source: CodedSource, coders: Sequence[int], code: int, units: Units) -> Coded:
    """Which units the coders who are done with a source coded."""
    found: Coded = {}
    for coder in coders:
        mine = source.coders.get(coder)
        if mine is not None:
            found[coder] = coded_units(mine[code], units) if code in mine else _NOTHING
    return found


_NOTHING: Final = {rule: frozenset[int]() for rule in RULES}


def unit_votes(coded: Coded, rule: str, units: Units, coders: int) -> Votes:
    """The tally of one code in one source for all coders."""
    sets = [by_rule[rule] for by_rule in coded.values()]
    used = sum(map(len, sets))
    apart = sum([len(one ^ other) for one, other in combinations(sets, 2)]) if used else 0
    return votes(len(sets), coders, len(units.spans), used, apart)


def unit_table(coded: Coded, pair: tuple[int, int], rule: str, units: Units) -> Table:
    """The table of one code in one source for two coders."""
    one, other = coded[pair[0]][rule], coded[pair[1]][rule]
    both = len(one & other)
    return Table(both, len(one) - both, len(other) - both, len(units.spans) - len(one | other))

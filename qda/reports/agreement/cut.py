"""One code on units that were cut beforehand (turns, sentences): which of them each coder coded, by a rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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

    starts: Sequence[int]
    ends: Sequence[int]


def units_of(source: CodedSource, unit: str) -> Units:
    """The units of a source; those without a counted character are left out."""
    spans = [span for span in source.units.get(unit, ()) if span[0] < span[1]]
    return Units([start for start, _ in spans], [end for _, end in spans])


def coded_units(spans: Sequence[Span], units: Units) -> dict[str, frozenset[int]]:
    """The numbers of the units that the spans, which are apart, make count as coded, by rule."""
    touched: list[int] = []
    more: list[int] = []
    parts: dict[int, int] = {}
    for start, end in spans:
        first, beyond = bisect_right(units.ends, start), bisect_left(units.starts, end)
        if first >= beyond:
            continue
        touched += range(first, beyond)
        more += range(first + 1, beyond - 1)  # wholly inside
        last = beyond - 1
        parts[first] = parts.get(first, 0) + min(end, units.ends[first]) - max(start, units.starts[first])
        if last > first:
            parts[last] = parts.get(last, 0) + min(end, units.ends[last]) - units.starts[last]
    more += [unit for unit, part in parts.items() if 2 * part > units.ends[unit] - units.starts[unit]]
    return {"any": frozenset(touched), "majority": frozenset(more)}


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
    return votes(len(sets), coders, len(units.ends), used, apart)


def unit_table(coded: Coded, pair: tuple[int, int], rule: str, units: Units) -> Table:
    """The table of one code in one source for two coders."""
    one, other = coded[pair[0]][rule], coded[pair[1]][rule]
    both = len(one & other)
    return Table(both, len(one) - both, len(other) - both, len(units.ends) - len(one | other))


def decisions(coded: Sequence[Coded], pair: tuple[int, int], rule: str) -> tuple[int, int]:
    """Of two coders in one source: the units that both gave a code, and those that each gave it, over the codes."""
    first, second = pair
    both = each = 0
    for by_coder in coded:
        one, other = by_coder[first][rule], by_coder[second][rule]
        each += len(one) + len(other)
        if one and other:
            both += len(one & other)
    return both, each

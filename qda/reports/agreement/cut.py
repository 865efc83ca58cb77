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


def coded_units(spans: Sequence[Span], units: Units) -> tuple[int, int]:
    """The units that the spans, which are apart, make count as coded: the bits of a number for each of `RULES`."""
    starts, ends = units.starts, units.ends
    touched = more = 0
    parts: dict[int, int] = {}
    for start, end in spans:
        first, beyond = bisect_right(ends, start), bisect_left(starts, end)
        if first >= beyond:
            continue
        run = ((1 << beyond - first) - 1) << first
        touched |= run
        last = beyond - 1
        if start > starts[first]:
            run &= ~(1 << first)
            parts[first] = parts.get(first, 0) + (min(ends[first], end)) - start
        elif end < ends[first]:
            parts[first] = parts.get(first, 0) + end - starts[first]
        if end < ends[last]:
            run &= ~(1 << last)
            if last > first:
                parts[last] = parts.get(last, 0) + end - starts[last]
        more |= run
    for unit, part in parts.items():
        if 2 * part > ends[unit] - starts[unit]:
            more |= 1 << unit
    return touched, more


Coded = dict[int, tuple[int, int]]
"""By coder the coded units of one code in one source, by rule."""


def coded_by(source: CodedSource, coders: Sequence[int], code: int, units: Units) -> Coded:
    """Which units the coders who are done with a source coded."""
    found: Coded = {}
    for coder in coders:
        mine = source.coders.get(coder)
        if mine is not None:
            found[coder] = coded_units(mine[code], units) if code in mine else _NOTHING
    return found


_NOTHING: Final = (0, 0)


def unit_votes(coded: Coded, rule: str, units: Units, coders: int) -> Votes:
    """The tally of one code in one source for all coders."""
    place = RULES.index(rule)
    bits = [by_rule[place] for by_rule in coded.values()]
    used = sum([one.bit_count() for one in bits])
    apart = sum([(one ^ other).bit_count() for one, other in combinations(bits, 2)]) if used else 0
    return votes(len(bits), coders, len(units.ends), used, apart)


def unit_table(coded: Coded, pair: tuple[int, int], rule: str, units: Units) -> Table:
    """The table of one code in one source for two coders, in units."""
    place = RULES.index(rule)
    one, other = coded[pair[0]][place], coded[pair[1]][place]
    both, first, second = (one & other).bit_count(), one.bit_count(), other.bit_count()
    return Table(both, first - both, second - both, len(units.ends) - first - second + both)


def decisions(coded: Sequence[Coded], rule: str, units: Units) -> dict[int, int]:
    """By coder the decisions to put a code on a unit of one source, over all codes: the bits of one number."""
    place = RULES.index(rule)
    width = len(units.ends) // 8 + 1
    coders = coded[0] if coded else ()
    return {
        coder: int.from_bytes(b"".join([one[coder][place].to_bytes(width, "little") for one in coded]), "little")
        for coder in coders
    }


def numbers(bits: int) -> list[int]:
    """The numbers of the units whose bits are set."""
    return [place for place in range(bits.bit_length()) if bits >> place & 1]

"""Units that were cut beforehand (turns, sentences): which of them passages make count as coded, by a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qda.reports.agreement.lines import line_of, meetings
from qda.reports.agreement.votes import Votes, votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.coded import CodedSource
    from qda.reports.agreement.lines import Line, Numbers

RULES: Final = ("any", "majority")
"""`any`: the coder coded at least one character of the unit; `majority`: more than half of its characters."""

Coded = dict[str, "Numbers"]
"""By rule the places, in order, of the coded units among those of all sources."""


def units_of(sources: Sequence[CodedSource], unit: str) -> Line:
    """The units of all sources; those without a counted character are left out."""
    spans = [[span for span in source.units.get(unit, ()) if span[0] < span[1]] for source in sources]
    return line_of(spans, [source.length for source in sources])


def coded_units(passages: Line, units: Line) -> Coded:
    """The units that passages make count as coded, for each of `RULES`."""
    import numpy as np

    mine, touched = meetings(passages, units)
    parts = np.minimum(passages.ends[mine], units.ends[touched]) - np.maximum(
        passages.starts[mine], units.starts[touched]
    )
    some, begins = np.unique(touched, return_index=True)
    characters = np.add.reduceat(parts, begins) if len(some) else parts
    return {"any": some, "majority": some[2 * characters > (units.ends - units.starts)[some]]}


def unit_votes(coded: Sequence[Numbers], units: Line, present: Sequence[int]) -> list[Votes]:
    """The tallies of one code in each source for all coders, from the units that each coded.

    Args:
        coded: The places of the coded units, for each coder.
        units: The units of all sources.
        present: How many of the coders are done with each source.
    """
    import numpy as np

    size = len(coded)
    places, times = np.unique(np.concatenate(coded), return_counts=True) if coded else (np.arange(0),) * 2
    used = units.sums(times, places).tolist()
    others = np.array(present, dtype=np.int64)[units.source[places]] - times
    apart = units.sums(times * others, places).tolist()
    columns = zip(present, units.sizes.tolist(), used, apart, strict=True)
    return [votes(coders, size, *numbers) if coders else (0, 0, 0) * size for coders, *numbers in columns]


def decisions(coded: Sequence[Numbers], units: Line) -> Numbers:
    """The decisions to put a code on a unit, over all codes: in order, each as a number of its own."""
    import numpy as np

    width = len(units.starts)
    return np.concatenate([np.arange(0), *[places + number * width for number, places in enumerate(coded)]])


def decided(one: Numbers, other: Numbers, units: Line) -> tuple[list[int], list[int]]:
    """For each source the decisions that two coders both made, and those that each made, added."""
    import numpy as np

    at = np.searchsorted(one, other)
    both = other[one[np.minimum(at, len(one) - 1)] == other] if len(one) else one
    counts = [units.held(made % len(units.starts)) for made in (both, one, other)]
    return counts[0].tolist(), (counts[1] + counts[2]).tolist()

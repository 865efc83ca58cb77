"""What a query finds in one source for one voice, a coder or the consensus: a pure function of spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from qda.model.query.parts import AnyCode, Both, Code, Condition, Either, Near, Not, finds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qda.model.query.parts import Part
    from qda.model.spans import Span


@dataclass(frozen=True, slots=True)
class Ground:
    """One source as one voice coded it.

    `passages` gives those of a code (merged for each code by itself), in order and in code points of the text;
    `data` how many characters before a place are data; `turns` the first and last turn of which a span holds data,
    None where it holds none; `holds` whether a condition is true of a span.
    """

    passages: Callable[[Code | AnyCode], Sequence[Span]]
    data: Callable[[int], int]
    turns: Callable[[Span], Span | None]
    holds: Callable[[Condition, Span], bool]


def find(part: Part, ground: Ground) -> list[Span]:
    """The passages that a part finds, as spans of code points in order; they may overlap."""
    if isinstance(part, Code | AnyCode):
        return sorted({span for span in ground.passages(part) if ground.data(span[0]) < ground.data(span[1])})
    if isinstance(part, Either):
        return sorted({span for one in part.parts for span in find(one, ground)})
    if isinstance(part, Near):
        return _near(part, ground)
    if not isinstance(part, Both):
        raise TypeError(part)  # a condition finds nothing; the parser lets none stand here
    first, *others = [find(one, ground) for one in part.parts if finds(one)]
    for other in others:
        first = _shared(first, other, ground)
    for one in part.parts:
        if first and not finds(one):
            test = _test(one, ground)
            first = [span for span in first if test(span)]
    return first


def _test(part: Part, ground: Ground) -> Callable[[Span], bool]:
    """Whether what a part says is true of a span; of passages: whether the span shares data with one."""
    if finds(part):
        return Among(_in_data(find(part, ground), ground)).meets_in(ground)
    if isinstance(part, Not):
        denied = _test(part.part, ground)
        return lambda span: not denied(span)
    if isinstance(part, Condition):
        return lambda span: ground.holds(part, span)
    tests = [_test(one, ground) for one in (part.parts if isinstance(part, Both | Either) else ())]
    joined = all if isinstance(part, Both) else any
    return lambda span: joined(test(span) for test in tests)


def _in_data(spans: Iterable[Span], ground: Ground) -> list[Span]:
    """Spans counted in characters that are data."""
    return [(ground.data(start), ground.data(end)) for start, end in spans]


class Among:
    """Spans among which one is looked for that reaches into another span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def any(self, latest: int, earliest: int) -> bool:
        """Whether a span begins at `latest` at the latest and ends at `earliest` at the earliest."""
        place = bisect_right(self._starts, latest)
        return place > 0 and self._reach[place - 1] >= earliest

    def meets_in(self, ground: Ground) -> Callable[[Span], bool]:
        """The test whether a span shares a character that is data with one of these."""
        return lambda span: self.any(ground.data(span[1]) - 1, ground.data(span[0]) + 1)


def _shared(one: Sequence[Span], other: Sequence[Span], ground: Ground) -> list[Span]:
    """The words that a span of each share, for every two that share any data."""
    starts = [start for start, _ in other]
    reach = list(accumulate((end for _, end in other), max))
    found = set()
    for start, end in one:
        place = bisect_left(starts, end) - 1
        while place >= 0 and reach[place] > start:
            common = max(start, other[place][0]), min(end, other[place][1])
            if common[0] < common[1] and ground.data(common[0]) < ground.data(common[1]):
                found.add(common)
            place -= 1
    return sorted(found)


def _near(part: Near, ground: Ground) -> list[Span]:
    """The passages of one part that are near one of the other, or (negated) are not.

    Where no turn is known of a passage, nobody knows what is within turns of it: it is not found either way.
    """
    one, other = find(part.one, ground), find(part.other, ground)
    if part.turns:
        placed = [(span, place) for span in one if (place := ground.turns(span)) is not None]
        among = Among(place for span in other if (place := ground.turns(span)) is not None)
    else:
        placed = list(zip(one, _in_data(one, ground), strict=True))
        among = Among(_in_data(other, ground))
    return [
        span for span, (first, last) in placed if among.any(last + part.most, first - part.most) is not part.negated
    ]

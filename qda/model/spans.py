"""Arithmetic on half-open spans of code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]


Heard = frozenset[int] | None
"""The keys of the persons whose words are heard; None where that is unknown or was not asked for."""

# Hundreds of thousands of these are made and read in a report: plain tuples take a third of the time of named ones.
Segment = tuple[int, int, int, int, int, Heard]
"""A coding as it is counted: start, end, coder's key, row in the study, code's key, and who is heard in it."""

Extent = tuple[int, int, Heard]
"""Where a passage starts and ends, and who is heard in it."""

Passage = tuple[int, int, list[Segment]]
"""Overlapping segments of one code, merged: where the first starts, where the last ends, and the segments."""

START: Final = 0
CODER: Final = 2
ROW: Final = 3
CODE: Final = 4
HEARD: Final = 5
CONSENSUS = 0  # the key under which the consensus speaks, as one voice


def in_order(segment: Segment) -> tuple[int, int, int]:
    """The order in which segments are counted: by code, start and end."""
    return segment[CODE], segment[START], segment[1]


def passages(segments: Iterable[Segment]) -> list[Passage]:
    """Merge segments that share a character; those that only touch stay apart.

    Merging one coder's overlapping segments first and then the passages of several coders gives the same: in
    both a passage is a connected piece of segments that overlap.

    Args:
        segments: In order of start.
    """
    merged: list[Passage] = []
    start = reach = -1
    inside: list[Segment] = []
    for segment in segments:
        if segment[0] < reach:
            inside.append(segment)
            if segment[1] > reach:  # noqa: PLR1730 - a call of max costs more than the merge
                reach = segment[1]
        else:
            if inside:
                merged.append((start, reach, inside))
            start, reach = segment[0], segment[1]
            inside = [segment]
    if inside:
        merged.append((start, reach, inside))
    return merged


def extents(segments: Iterable[Segment]) -> list[Extent]:
    """Where the `passages` of segments start and end, and who is heard in them; quicker than the passages."""
    found: list[Extent] = []
    start = reach = -1
    heard: Heard = None
    for first, last, _, _, _, persons in segments:
        if first < reach:
            if last > reach:  # noqa: PLR1730 - a call of max costs more than the merge
                reach = last
            if persons is not heard and persons:
                heard = heard | persons if heard else persons
        else:
            if reach >= 0:
                found.append((start, reach, heard))
            start, reach, heard = first, last, persons
    if reach >= 0:
        found.append((start, reach, heard))
    return found


def heard_in(segments: Iterable[Segment]) -> Heard:
    """Who is heard in a passage, by its segments; in one source all or none of them are known."""
    heard: Heard = None
    for segment in segments:
        persons = segment[HEARD]
        heard = persons if heard is None or persons is None else heard | persons
    return heard


def merge_overlapping(spans: Iterable[Span]) -> list[Span]:
    """Merge spans, in order of start, that share a character."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def covered(spans: Iterable[Span]) -> int:
    """How many characters lie in at least one of the spans, which come in order of start."""
    total, reach = 0, 0
    for start, end in spans:
        if end > reach:
            total += end - max(start, reach)
            reach = end
    return total


def intersect(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The stretches that lie in both lists; each list is in order and without overlap."""
    found: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


class Stretches:
    """Stretches of a source, in order and apart, against which spans are measured."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [span[0] for span in spans]
        self._ends = [span[1] for span in spans]

    def inside(self, start: int, end: int) -> int:
        """How many characters of a span lie in the stretches."""
        if not self.spans:
            return 0
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return sum(min(end, self._ends[number]) - max(start, self._starts[number]) for number in range(first, last))

    def characters(self, spans: Sequence[tuple[int, int, *tuple[Any, ...]]]) -> int:
        """How many characters of spans (extents, passages) lie outside the stretches, span by span."""
        if self.spans:
            return sum(self.outside(span[0], span[1]) for span in spans)
        return sum([span[1] - span[0] for span in spans])

    def outside(self, start: int, end: int) -> int:
        """How many characters of a span lie outside the stretches."""
        return end - start - self.inside(start, end)

    def swallow(self, start: int, end: int) -> bool:
        """Whether a span lies wholly inside the stretches."""
        return bool(self.spans) and self.outside(start, end) == 0

"""Arithmetic on half-open spans of code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]


# Hundreds of thousands of these are made and read in a report: plain tuples take a third of the time of named ones.
Segment = tuple[int, int, int, int, int, int]
"""A coding as it is counted: start, end, coder's key, row in the study, source's and code's key."""

Passage = tuple[int, int, list[Segment]]
"""Overlapping segments of one code, merged: where the first starts, where the last ends, and the segments."""

CODER, ROW = 2, 3
CONSENSUS = 0  # the key under which the consensus speaks, as one voice


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

    def characters(self, spans: Iterable[Span]) -> int:
        """How many characters of some spans lie outside the stretches, span by span."""
        if self.spans:
            return sum(self.outside(start, end) for start, end in spans)
        return sum([end - start for start, end in spans])

    def outside(self, start: int, end: int) -> int:
        """How many characters of a span lie outside the stretches."""
        return end - start - self.inside(start, end)

    def swallow(self, start: int, end: int) -> bool:
        """Whether a span lies wholly inside the stretches."""
        return bool(self.spans) and self.outside(start, end) == 0

"""The text of a source that is compared: what is left out is cut away, and what remains runs on without holes."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.spans import Span


class Compared:
    """The compared text of one source."""

    def __init__(self, length: int, out: Iterable[Span]) -> None:
        merged: list[Span] = []
        for start, end in sorted((max(0, start), min(length, end)) for start, end in out):
            if start < end and merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            elif start < end:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]
        self._before = [0, *accumulate(end - start for start, end in merged)]
        self._cuts = [start - before for start, before in zip(self._starts, self._before, strict=False)]
        self.whole = not merged
        self.length = length - self._before[-1]

    def place(self, at: int) -> int:
        """Where a place of the stored text is in the compared text."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return at
        return at - self._before[number + 1] + max(0, self._ends[number] - at)

    def spans(self, spans: Sequence[Span]) -> list[Span]:
        """Spans of the stored text in the compared text; what lies wholly in what is left out is gone."""
        if self.whole:
            return list(spans)
        placed = [(self.place(start), self.place(end)) for start, end in spans]
        return [span for span in placed if span[0] < span[1]]

    def stored(self, start: int, end: int) -> Span:
        """Where a span of the compared text begins and ends in the stored text; it may run over what is left out."""
        if self.whole:
            return start, end
        return self._stored(start), self._stored(end - 1) + 1

    def _stored(self, at: int) -> int:
        """Where a character of the compared text stands in the stored text."""
        return at + self._before[bisect_right(self._cuts, at)]


def outside(spans: Iterable[Span], length: int) -> list[Span]:
    """What of a text lies in none of the spans, which come in order of start."""
    found, reach = [], 0
    for start, end in spans:
        if start > reach:
            found.append((reach, start))
        reach = max(reach, end)
    return [*found, (reach, length)] if reach < length else found

"""The codings of an open text, found by place: what overlaps a line, what starts next, and in which lane it runs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qda.model.nouns import Coding

BLOCK = 1024


class Spans:
    """Codings by place. Each runs in a lane beside the text: the first that is free over its whole length."""

    def __init__(self, codings: Iterable[Coding] = ()) -> None:
        self._by_key: dict[int, Coding] = {}
        self._blocks: dict[int, list[int]] = {}
        self._lanes: dict[int, int] = {}
        self._starts: list[tuple[int, int]] = []
        self._whose: Counter[tuple[int, str]] = Counter()
        self._load(sorted(codings, key=lambda one: (one.start, -one.end, one.key)))

    def _load(self, codings: list[Coding]) -> None:
        """Take in many codings in order of start: lanes by the ends of those that run already."""
        ends: list[int] = []
        lanes, blocks = self._lanes, self._blocks
        for coding in codings:
            key, start, end = coding.key, coding.start, coding.end
            for lane, taken in enumerate(ends):
                if taken <= start:
                    ends[lane] = end
                    break
            else:
                lane = len(ends)
                ends.append(end)
            lanes[key] = lane
            for block in range(start // BLOCK, (end - 1) // BLOCK + 1):
                if block in blocks:
                    blocks[block].append(key)
                else:
                    blocks[block] = [key]
        self._by_key = {one.key: one for one in codings}
        self._starts = sorted((one.start, one.key) for one in codings)
        self._whose = Counter((one.coder, one.layer) for one in codings)

    def __len__(self) -> int:
        return len(self._by_key)

    def of(self, coder: int | None) -> int:
        """How many are a coder's own, the consensus apart."""
        return 0 if coder is None else self._whose[coder, "independent"]

    def agreed(self) -> int:
        """How many stand in the consensus."""
        return sum(count for (_, layer), count in self._whose.items() if layer == "consensus")

    def all(self) -> Iterator[Coding]:
        """All codings, in order of start."""
        return (self._by_key[key] for _, key in self._starts)

    def get(self, key: int) -> Coding | None:
        """A coding by its key."""
        return self._by_key.get(key)

    def lane(self, key: int) -> int:
        """The lane in which a coding runs, 0 next to the text."""
        return self._lanes[key]

    def add(self, coding: Coding) -> None:
        """Take a coding in."""
        taken = {self._lanes[other.key] for other in self.over(coding.start, coding.end)}
        self._lanes[coding.key] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        self._by_key[coding.key] = coding
        for block in _blocks(coding):
            self._blocks.setdefault(block, []).append(coding.key)
        insort(self._starts, (coding.start, coding.key))
        self._whose[coding.coder, coding.layer] += 1

    def remove(self, key: int) -> tuple[int, int]:
        """Take a coding out; returns where it was, `(0, 0)` if it was not there."""
        coding = self._by_key.pop(key, None)
        if coding is None:
            return 0, 0
        for block in _blocks(coding):
            self._blocks[block].remove(key)
        del self._starts[bisect_left(self._starts, (coding.start, key))]
        del self._lanes[key]
        self._whose[coding.coder, coding.layer] -= 1
        return coding.start, coding.end

    def over(self, start: int, end: int) -> list[Coding]:
        """The codings that share a character with a stretch, in order of start; the longer of two first."""
        keys = {
            key
            for block in range(start // BLOCK, max(end - 1, start) // BLOCK + 1)
            for key in self._blocks.get(block, ())
        }
        found = [self._by_key[key] for key in keys]
        return sorted(
            (one for one in found if one.start < end and start < one.end),
            key=lambda one: (one.start, -one.end, one.key),
        )

    def at(self, place: int) -> list[Coding]:
        """The codings on one character."""
        return self.over(place, place + 1)

    def after(self, place: int) -> int | None:
        """Where the next coding starts behind a place."""
        at = bisect_right(self._starts, (place, 1 << 62))
        return self._starts[at][0] if at < len(self._starts) else None

    def before(self, place: int) -> int | None:
        """Where the coding before a place starts."""
        at = bisect_left(self._starts, (place, -1))
        return self._starts[at - 1][0] if at else None


def _blocks(coding: Coding) -> range:
    return range(coding.start // BLOCK, (coding.end - 1) // BLOCK + 1)

"""Which stretches of a translation say what which stretches of its original say; and carrying places across."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.spans import Span


class Pair(NamedTuple):
    """A stretch of a translation and the stretch of its original that says the same, in code points."""

    start: int
    end: int
    first: int
    last: int

    @property
    def turned(self) -> Pair:
        """The pair as seen from the original."""
        return Pair(self.first, self.last, self.start, self.end)


class Counterpart(NamedTuple):
    """The words in another language: in which source and where they stand, what they are, and whose language it is."""

    source: str
    start: int
    end: int
    text: str
    said: str


class Alignment:
    """Pairs that share no character on either side, and the way across them in one direction."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.pairs = sorted(pairs)
        self._starts = [pair.start for pair in self.pairs]
        self._ends = [pair.end for pair in self.pairs]
        there = {pair: number for number, pair in enumerate(sorted(self.pairs, key=lambda one: one.first))}
        self._order = [there[pair] for pair in self.pairs]

    @property
    def turned(self) -> Alignment:
        """The way back."""
        return Alignment(pair.turned for pair in self.pairs)

    def carry(self, start: int, end: int) -> list[Span]:
        """Where the words of a span are said on the other side: all of each stretch that is aligned with one of its.

        Stretches that follow one another on the other side are one; a span that touches no pair is nowhere there.
        """
        first, beyond = bisect_right(self._ends, start), bisect_left(self._starts, end)
        found: list[Span] = []
        before = -2
        for order, number in sorted((self._order[number], number) for number in range(first, beyond)):
            pair = self.pairs[number]
            if order == before + 1:
                found[-1] = (found[-1][0], pair.last)
            else:
                found.append((pair.first, pair.last))
            before = order
        return found


def joined(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs in order of their start; those that share a character on either side become one."""
    found = sorted({pair for pair in pairs if pair.start < pair.end and pair.first < pair.last})
    while True:
        before = len(found)
        found = _merged(pair.turned for pair in _merged(pair.turned for pair in found))
        if len(found) == before:
            return found


def _merged(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs of which no two share a character on the side of their start."""
    found: list[Pair] = []
    for pair in sorted(pairs):
        if found and pair.start < found[-1].end:
            last = found[-1]
            found[-1] = Pair(
                last.start, max(last.end, pair.end), min(last.first, pair.first), max(last.last, pair.last)
            )
        else:
            found.append(pair)
    return found


def to_words(pairs: Iterable[Pair]) -> str:
    """Pairs as they are kept: a line each, with four numbers."""
    return "\n".join(" ".join(map(str, pair)) for pair in pairs)


def from_words(words: str) -> list[Pair]:
    """Pairs from how they are kept."""
    return [Pair(*map(int, line.split())) for line in words.splitlines()]


def parts_of(words: str, units: Sequence[Span]) -> Span:
    """The stretch of the parts that a user numbers: `3`, or `3 to 5` (also `3-5`), counted from 1.

    Raises:
        QdaError: It is no such number, or there is no such part.
    """
    ends = [one.strip() for one in re.split("-|–|to", words)]
    if len(ends) > 2 or not all(one.isascii() and one.isdigit() and len(one) < 10 for one in ends):
        raise QdaError(f"'{words}' is no part; write its number, or the first and the last, as 3 to 5")
    low, high = int(ends[0]), int(ends[-1])
    if not 1 <= low <= high <= len(units):
        raise QdaError(f"there is no part {words}; there are {len(units)}")
    return units[low - 1][0], units[high - 1][1]


def numbered(span: Span, units: Sequence[Span]) -> str:
    """The numbers of the parts that share a character with a span, as `3` or `3 to 5`; empty where none does.

    Spreadsheets take `3-5` for a day in May.
    """
    found = [number for number, unit in enumerate(units, start=1) if unit[0] < span[1] and span[0] < unit[1]]
    if not found:
        return ""
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"

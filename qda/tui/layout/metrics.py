"""Line counts of all pieces of a text at one width: exact where measured, estimated elsewhere."""

from __future__ import annotations

from array import array
from itertools import accumulate

from qda.tui.layout.measure import BREAK, DASHES, measure
from qda.tui.layout.pieces import Pieces
from qda.tui.layout.wrap import wrap_measured, wrap_plain

KEPT = 256  # pieces whose line starts are remembered
_SAMPLES, _SAMPLE = 12, 256  # pieces, and code points of each, that the estimate of cells is made from


class Metrics:
    """Knows how many lines begin in each piece, and where."""

    def __init__(self, text: str, width: int, tab: int) -> None:
        self.text = text
        self.pieces = Pieces(text)
        self._tab = tab
        self._dashes = "".join(dash for dash in DASHES if dash in text)
        size = 0 if 0 not in self.pieces.plain else len(text)
        self.after = array("I", bytes(4 * size))  # cells from the piece's start up to the end of each cluster
        self.flags = bytearray(size)
        self._measured = bytearray(self.pieces.plain)
        self._cells_each = self._guess()
        self._widest = tab if "\t" in text and tab > 2 else 2  # cells that a code point takes at most
        self.resize(width)

    def resize(self, width: int) -> None:
        """Count all lines anew at a width in cells; measures are kept."""
        self.width = width
        pieces = self.pieces
        size = len(pieces)
        self.exact = bytearray(size)
        self.counts = array("I", [1]) * size
        self._starts: dict[int, array[int]] = {}
        self._used: dict[int, int] = {}  # cells in use at the end of pieces that others continue
        self._firsts: array[int] | None = None
        edges = pieces.starts
        short = width // self._widest
        for number, plain in enumerate(pieces.plain):
            length = edges[number + 1] - edges[number]
            if plain:
                if length > width:
                    self.counts[number] += len(self._wrap(number))
                self.exact[number] = 1
            elif length <= short and pieces.alone(number):
                self.exact[number] = 1  # one line, whatever stands in it
            elif self._measured[number] and (pieces.begins(number) or self.exact[number - 1]):
                self._settle_one(number)
            else:
                self.counts[number] = self._estimate(number)

    @property
    def firsts(self) -> array[int]:
        """For each piece the number of the first line that begins in it; at the end the number of all lines."""
        if self._firsts is None:
            self._firsts = array("I", accumulate(self.counts, initial=0))
        return self._firsts

    def settle(self, number: int) -> None:
        """Make a piece exact, and what its paragraph has before it."""
        first = number
        while not self.exact[first] and not self.pieces.begins(first):
            first -= 1
        for piece in range(first, number + 1):
            if not self.exact[piece]:
                self._settle_one(piece)

    def unsettled(self, start: int) -> int:
        """The first piece from `start` on that is not exact, or -1."""
        return self.exact.find(0, start)

    def starts(self, number: int) -> array[int]:
        """Offsets of the lines that begin in a piece, which is made exact."""
        self.settle(number)
        if number not in self._starts:
            self.need(number)
            found = self._wrap(number)
            if self.pieces.begins(number):
                found.insert(0, self.pieces.starts[number])
            self._remember(number, found)
        return self._starts[number]

    def line_end(self, number: int) -> tuple[int, bool]:
        """The offset where the last line that begins in a piece ends, and whether its paragraph ends there."""
        while number + 1 < len(self.pieces) and not self.pieces.begins(number + 1):
            number += 1
            starts = self.starts(number)
            if starts:
                return starts[0], False
        return self.pieces.end(number), True

    def need(self, number: int) -> None:
        """Measure a piece, if it is not plain and was not measured before."""
        if self._measured[number]:
            return
        start, end = self.pieces.starts[number], self.pieces.end(number)
        if start < end:
            self.after[start:end], self.flags[start:end] = measure(self.text[start:end], self._tab)
            if not self.pieces.begins(number):
                self.flags[start] = BREAK  # pieces are cut where a line may begin
        self._measured[number] = 1

    def _settle_one(self, number: int) -> None:
        """Make a piece exact; what its paragraph has before it is exact."""
        self.need(number)
        starts = self._wrap(number)
        count = len(starts) + self.pieces.begins(number)
        if count != self.counts[number]:
            self.counts[number] = count
            self._firsts = None
        self.exact[number] = 1

    def _wrap(self, number: int) -> list[int]:
        """Starts of the lines of a piece, a paragraph's first one left out."""
        pieces = self.pieces
        start, end = pieces.starts[number], pieces.end(number)
        if pieces.plain[number]:
            return wrap_plain(self.text, start, end, self.width, self._dashes)
        used = None if pieces.begins(number) else self._used[number - 1]
        found, self_used = wrap_measured(self.after, self.flags, (start, end), self.width, used)
        if number + 1 < len(pieces) and not pieces.begins(number + 1):
            self._used[number] = self_used
        return found

    def _remember(self, number: int, starts: list[int]) -> None:
        if len(self._starts) >= KEPT:
            self._starts.clear()
        self._starts[number] = array("I", starts)

    def _guess(self) -> float:
        """Cells that a code point takes on average in pieces that are not plain, from a few samples."""
        uneven = [number for number, plain in enumerate(self.pieces.plain) if not plain]
        cells = points = 0
        for number in uneven[:: max(1, len(uneven) // _SAMPLES)]:
            start = self.pieces.starts[number]
            sample = self.text[start : min(start + _SAMPLE, self.pieces.end(number))]
            if sample:
                cells += measure(sample, self._tab)[0][-1]
                points += len(sample)
        return cells / points if points else 1.0

    def _estimate(self, number: int) -> int:
        """Lines that a piece takes, by its length."""
        length = self.pieces.end(number) - self.pieces.starts[number]
        return max(1, round(length * self._cells_each / max(1, self.width - 2)))

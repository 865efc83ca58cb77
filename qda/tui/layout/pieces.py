"""The paragraphs of a text, cut into pieces that are measured and wrapped one at a time."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import accumulate

from qda.tui.layout.classes import codes
from qda.tui.layout.clusters import boundaries

LONGEST = 4096  # code points of a piece that must be measured; plain paragraphs stay whole

# What takes one cell a code point in every terminal, never joins its neighbour and is painted as it is.
_PLAIN = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0386\u0388-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u0482\u048a-\u052f\u0531-\u0556\u0561-\u0586\u05be\u05d0-\u05ea\u05f3\u05f4\u060c\u061b\u061f\u0620-\u064a"
    "\u0660-\u066f\u0671-\u06d5\u06ee-\u06ff\u10d0-\u10f0\u1e00-\u1eff\u2010-\u2015\u2018-\u201f\u2022\u2026"
    "\u2032\u2033\u2039\u203a\u20ac"
)
_BREAKERS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_NOT_PLAIN = re.compile(f"[^{_PLAIN}{_BREAKERS}]")
_ENDING = re.compile(f"[{_BREAKERS}]")
# Where a long paragraph may be cut without changing a cluster or a line: after a space, or between ideographs.
_CUT = re.compile(rb".*(?:[ _](?=[aKpq.IowXxGg])|[Ic](?=[Io]))", re.DOTALL)
_NEAR = 256  # code points before the longest length in which a place to cut is looked for first


class Pieces:
    """Where pieces begin and end (offsets in code points), and which of them are plain."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = text.splitlines(keepends=True)
        if not pieces or _ENDING.match(pieces[-1][-1]):
            pieces.append("")
        self.starts = array("I", accumulate(map(len, pieces), initial=0))
        self.continues: array[int] = array("I")  # numbers of the pieces that go on with their paragraph
        self.plain = bytearray(b"\1" * len(pieces))
        self._whole = (0, -1)  # first and last piece of the paragraph asked for last
        self._find_uneven()

    def __len__(self) -> int:
        return len(self.plain)

    def _find_uneven(self) -> None:
        """Mark paragraphs that need measuring and cut the long ones."""
        text, starts = self.text, self.starts
        long: list[int] = []
        found = _NOT_PLAIN.search(text)
        while found:
            number = bisect_right(starts, found.start()) - 1
            self.plain[number] = 0
            if starts[number + 1] - starts[number] > LONGEST:
                long.append(number)
            found = _NOT_PLAIN.search(text, starts[number + 1])
        for number in reversed(long):
            cuts = self._cuts(number)
            starts[number + 1 : number + 1] = cuts
            self.plain[number + 1 : number + 1] = bytes(len(cuts))
        self._number_continued(long)

    def _cuts(self, number: int) -> array[int]:
        cuts = array("I")
        place, end = self.starts[number], self.end(number)
        while end - place > LONGEST:
            place += _cut(self.text[place : place + LONGEST + 1])
            cuts.append(place)
        return cuts

    def _number_continued(self, long: list[int]) -> None:
        """After cutting, a piece goes on with its paragraph if no line end stands before it."""
        if long:
            text = self.text
            following = zip(range(1, len(self)), self.starts[1:], strict=False)
            self.continues.extend(at for at, start in following if not _ENDING.match(text[start - 1]))

    def at(self, offset: int) -> int:
        """The number of the piece in which an offset (0 to the text's length) stands."""
        return min(bisect_right(self.starts, offset), len(self)) - 1

    def begins(self, number: int) -> bool:
        """Whether a piece begins a paragraph."""
        place = bisect_right(self.continues, number)
        return place == 0 or self.continues[place - 1] != number

    def alone(self, number: int) -> bool:
        """Whether a piece is a whole paragraph."""
        return not self.continues or (self.begins(number) and self.begins(number + 1))

    def paragraph(self, number: int) -> int:
        """The number of the paragraph that a piece belongs to."""
        return number - bisect_right(self.continues, number)

    def end(self, number: int) -> int:
        """The offset at which the text of a piece ends, its line end left out."""
        end = self.starts[number + 1]
        if number + 1 < len(self) and (not self.continues or self.begins(number + 1)):
            return end - (2 if self.text[end - 2 : end] == "\r\n" else 1)
        return end

    def whole(self, number: int) -> tuple[int, int]:
        """Offsets of the whole paragraph that a piece belongs to, its line end left out."""
        first, last = self._whole
        if not first <= number <= last:
            first = last = number
            while not self.begins(first):
                first -= 1
            while last + 1 < len(self) and not self.begins(last + 1):
                last += 1
            self._whole = first, last
        return self.starts[first], self.end(last)


def _cut(text: str) -> int:
    """Where to cut off the head of a text of one code point more than the longest piece."""
    for first in (LONGEST - _NEAR, 0):
        found = _CUT.match(codes(text[first:]))
        if found:
            return first + found.end()
    return boundaries(text)[-2] or LONGEST

"""Finding words in folded texts, with their places in the original; without making strings of whole texts.

Texts are searched as UTF-8, because making a string of 40,000 characters takes longer than searching them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING
from unicodedata import combining

from qda.model.folding import COLUMNS, SHY, fold

if TYPE_CHECKING:
    from array import array

    from qda.model.folding import Folded

    Span = tuple[int, int]

_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")  # one at which a text may have broken a line
_SPACE = re.compile(rf"[\s{SHY}]+")
_NEAR = 64  # more bytes than the marks on one letter take


def find_folded(text: str, folded: Folded, query: str) -> list[Span]:
    """All places of a query in a text, as original half-open spans, one after another without overlap.

    A hyphen in the query also finds the hyphen at which the text broke a line.
    """
    found = Wanted(query).find(text.encode(), folded.text.encode(), folded.marks)
    return [(start, end) for start, end, _ in found]


class Wanted:
    """Words that are searched for, folded once for all texts."""

    def __init__(self, query: str) -> None:
        self._text = fold(query).text
        parts = [part.encode() for part in _HYPHEN.split(self._text)]
        self._words = self._text.encode()
        self._longest = max(parts, key=len)
        self._broken = re.compile(b"-?".join(map(re.escape, parts))) if len(parts) > 1 else None

    def may_be_in(self, folded: bytes) -> bool:
        """Whether it is worth looking into a folded text; quickly told."""
        return bool(self._words) and self._longest in folded

    def find(self, text: bytes, folded: bytes, marks: array[int]) -> list[tuple[int, int, str]]:
        """All places in a text with the words that stand there, one after another without overlap."""
        drift = Drift(text, folded, marks)
        spans: list[tuple[int, int, str]] = []
        at = reach = 0
        while True:
            start, end = self._next(folded, at)
            if start < 0:
                return spans
            found = None if drift.splits(start) or drift.splits(end) else drift.span(start, end)
            if found and found[0] >= reach and (folded[start:end] == self._words or self._is_said(found[2])):
                spans.append(found)
                at, reach = end, found[1]
            else:
                at = start + 1

    def _next(self, folded: bytes, at: int) -> Span:
        if not self._words:
            return -1, -1
        if self._broken is not None:
            found = self._broken.search(folded, at)
            return found.span() if found else (-1, -1)
        start = folded.find(self._words, at)
        return start, start + len(self._words)

    def _is_said(self, words: str) -> bool:
        """Whether a text that broke lines at some hyphens has all the hyphens of the query."""
        return fold(_SPACE.sub("", words)).text == "".join(self._text.split())


class Drift:
    """A folded text beside its original, both in UTF-8, and how places of one lead to places of the other."""

    def __init__(self, text: bytes, folded: bytes, marks: array[int]) -> None:
        self._text = text
        self._folded = folded
        self._marks = marks
        self._size = len(marks) // COLUMNS

    def splits(self, place: int) -> bool:
        """Whether a place lies between the halves of one letter that grew in folding (`ß` became `ss`)."""
        marks, size = self._marks, self._size
        number = self._mark(place)
        if not number or marks[2 * size + number] != place:
            return False
        grown = marks[number] - marks[number - 1]
        return marks[size + number] - marks[size + number - 1] < grown

    def span(self, start: int, end: int) -> tuple[int, int, str]:
        """The original place of a stretch of the folded text, with the marks on its last letter, and its words."""
        first, first_byte = self._original(start)
        size = end - start
        plain = self._text[first_byte : first_byte + size + 1]  # with what follows, which may be a mark
        if plain.isascii() and plain[:size].lower() == self._folded[start:end]:
            return first, first + size, plain[:size].decode()
        last = end - 1
        while self._folded[last] & 0xC0 == 0x80:  # not the first byte of a character
            last -= 1
        after, after_byte = self._original(last)
        tail = self._text[after_byte : after_byte + _NEAR].decode("utf-8", "ignore")
        marks = 1
        while marks < len(tail) and combining(tail[marks]):
            marks += 1
        words = self._text[first_byte:after_byte].decode() + tail[:marks]
        return first, after + marks, words

    def _mark(self, place: int) -> int:
        return bisect_right(self._marks, place, 2 * self._size, 3 * self._size) - 2 * self._size - 1

    def _original(self, place: int) -> Span:
        """Where a character of the folded text stands in the original, in characters and in bytes."""
        marks, size = self._marks, self._size
        number = self._mark(place)
        there, there_byte = marks[size + number], marks[3 * size + number]
        between = self._folded[marks[2 * size + number] : place]
        count = len(between) if between.isascii() else len(between.decode())
        near = self._text[there_byte : there_byte + 4 * count]
        if near[:count].isascii():
            return there + count, there_byte + count
        return there + count, there_byte + len(near.decode("utf-8", "ignore")[:count].encode())

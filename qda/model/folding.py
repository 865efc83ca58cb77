"""Folded text for searching: sees through case, line breaks, line-end hyphens and spelling of accents.

A fold never changes the stored text; it carries a map back to the original code points. Folded are: case
(`str.casefold`), runs of white space to one space, a hyphen at a line's end between letters, soft hyphens (with
the line's end behind them), decomposed accents (NFC), typographic quotes and apostrophes.
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SHY = "\u00ad"
RULES = 2  # a higher number says that texts are folded, or maps written, otherwise than before
COLUMNS = 4
_STEP = 512  # at most so many characters lie between two marks of the map
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"'}


class Folded(NamedTuple):
    """A folded text with its map: `marks` holds the places where the two drift apart.

    These are four columns of equal length, one behind another: places in the folded text, the original places
    that belong to them, and the same two counted in bytes of UTF-8. Between two marks both texts advance together
    by code points (not by bytes). One number more, at the end, says by which rules the text was folded.
    """

    text: str
    marks: array[int]

    def original(self, place: int) -> int:
        """The original place of the character at a place of the folded text."""
        size = len(self.marks) // COLUMNS
        number = bisect_right(self.marks, place, 0, size) - 1
        return self.marks[size + number] + place - self.marks[number]


def marks_to_bytes(marks: array[int]) -> bytes:
    """The map as bytes, little end first on every machine."""
    if sys.byteorder == "big":
        marks = array("I", marks)
        marks.byteswap()
    return marks.tobytes()


def marks_from_bytes(data: bytes) -> array[int]:
    """The map from its bytes."""
    marks = array("I")
    marks.frombytes(data)
    if sys.byteorder == "big":
        marks.byteswap()
    return marks


def rules_of(data: bytes) -> int:
    """The number of the rules by which a stored map was written, 0 where it is none; only `RULES` can be read."""
    if data and len(data) % 8 == 0:
        return 1
    return int.from_bytes(data[-4:], "little") if len(data) % (4 * COLUMNS) == 4 else 0


def is_current(data: bytes) -> bool:
    """Whether a stored map can be read; else its text has to be folded anew."""
    return rules_of(data) == RULES


def fold(text: str) -> Folded:
    """Fold a text: most of it needs only a change of case, and what lies between is looked at."""
    made = _Folding()
    if text.isascii() and text.isprintable() and "  " not in text:
        made.take(text.strip(), len(text) - len(text.lstrip()))
        return made.folded(text)
    # Long patterns, which most commands never need.
    from qda.model.odd_letters import LOOK, LOOK_FOR_SPACES, end_of_gap, end_of_odd

    at = len(text) - len(text.lstrip())  # everything before this is folded
    last = len(text.rstrip())
    look = (LOOK_FOR_SPACES if "  " in text else LOOK).search
    found = look(text, at, last)
    while found:
        start = found.start()
        if text[start].isspace() or text[start] == SHY:
            end = end_of_gap(text, start, last)
            while start > at and text[start - 1] == " ":
                start -= 1
            made.take(text[at:start], at)
            made.leave_out(text[start:end], text[end : end + 1], start)
            at = end
        else:
            end = end_of_odd(text, start, last)
            if start > at and not text[start - 1].isspace():
                start -= 1
            if not _is_steady(text[start:end]):
                made.take(text[at:start], at)
                for place, letter in _letters(text[start:end], start):
                    made.take_letter(letter, place)
                at = end
        found = look(text, end, last)
    made.take(text[at:last], at)
    return made.folded(text)


def _is_steady(text: str) -> bool:
    """Whether folding leaves each character of some odd ones in its place."""
    return len(text.casefold()) == len(text) and unicodedata.is_normalized("NFC", text)


def _letters(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Letters with the marks that stand on them, and their places."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start + at, text[at:end]
        at = end


class _Folding:
    """A folded text in the making: its parts, and the places where it and the original drift apart."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0  # characters of folded text so far
        self._space = -1  # where a space stands before the next part, -1 for none
        self._here: list[int] = [0]
        self._there: list[int] = [0]

    def take(self, text: str, start: int) -> None:
        """Text that needs only a change of case."""
        if not text:
            return
        self._enter(start)
        if len(text) > _STEP:
            for step in range(_STEP, len(text), _STEP):
                self._here.append(self._size + step)
                self._there.append(start + step)
        self._parts.append(text.casefold())
        self._size += len(text)

    def take_letter(self, letter: str, start: int) -> None:
        """A letter that may grow, or shrink with its marks."""
        folded = unicodedata.normalize("NFC", letter).casefold()
        self._enter(start)
        for number in range(1, len(folded)):
            self._mark(self._size + number, start if len(folded) > len(letter) else start + number)
        self._parts.append(folded)
        self._size += len(folded)

    def leave_out(self, text: str, after: str, start: int) -> None:
        """White space and soft hyphens: they become a space, or nothing within a word."""
        if self._size and not self._joins(text, after):
            self._space = start + len(text) - len(text.lstrip(SHY))

    def _joins(self, text: str, after: str) -> bool:
        """Whether a word goes on behind white space; then the hyphen that broke it is taken away."""
        if not text.strip(SHY):
            return True
        if text.count("\n") != 1 or not after.isalpha():
            return False
        before = "".join(self._parts[-2:])[-2:]
        if not (len(before) > 1 and before[0].isalpha() and before[1] == "-"):
            return text[0] == SHY and before[-1:].isalpha()
        self._parts[-1] = self._parts[-1][:-1]
        self._size -= 1
        if not self._parts[-1]:
            self._parts.pop()
        return True

    def _enter(self, start: int) -> None:
        """Begin a part, with a space before it where one was left."""
        if self._space >= 0:
            self._mark(self._size, self._space)
            self._parts.append(" ")
            self._size += 1
            self._space = -1
        self._mark(self._size, start)

    def _mark(self, here: int, there: int) -> None:
        """Note a place, if the two texts drift apart there or the last one lies far back."""
        if there - here != self._there[-1] - self._here[-1] or here - self._here[-1] > _STEP:
            self._here.append(here)
            self._there.append(there)

    def folded(self, original: str) -> Folded:
        """The whole."""
        text = "".join(self._parts).replace("\n", " ")
        if not text.isascii():
            for fancy, plain in _QUOTES.items():
                text = text.replace(fancy, plain)
        columns = (self._here, self._there, _in_bytes(text, self._here), _in_bytes(original, self._there))
        return Folded(text, array("I", [*columns[0], *columns[1], *columns[2], *columns[3], RULES]))


def _in_bytes(text: str, places: list[int]) -> list[int]:
    """Places of a text, in order, counted in bytes of UTF-8."""
    if text.isascii():
        return places
    found, at, size = [], 0, 0
    for place in places:
        size += len(text[at:place].encode())
        at = place
        found.append(size)
    return found

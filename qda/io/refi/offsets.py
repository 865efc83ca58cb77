"""How a tool counts places in a text, and the way between its counting and ours.

Here a place is a number of code points in the text with LF line ends and without byte order mark. Tools count code
points, units of UTF-16 or bytes of UTF-8; a CRLF is one sign or two for them; the byte order mark is one, or none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from qda.errors import UsageError

POINTS, UTF16, BYTES = "code points", "UTF-16 units", "bytes"
_WORDS = {
    **dict.fromkeys(("codepoints", "code-points", "points", "characters"), POINTS),
    **dict.fromkeys(("utf16", "utf-16", "units"), UTF16),
    **dict.fromkeys(("utf8", "utf-8", "bytes"), BYTES),
}
_SPECIAL = {
    POINTS: re.compile("(?!)"),
    UTF16: re.compile("[\U00010000-\U0010ffff]"),
    BYTES: re.compile("[^\x00-\x7f]"),
}
_EXTRA = {POINTS: 0, UTF16: 1}


class Convention(NamedTuple):
    """The unit of places, how many units a CRLF has, and how many the byte order mark."""

    unit: str
    crlf: int
    bom: int

    def said(self) -> str:
        """In words."""
        marks = "counted" if self.bom else "not counted"
        return f"{self.unit}, CRLF counted as {self.crlf}, byte order mark {marks}"


ALL = tuple(Convention(unit, crlf, bom) for unit in (POINTS, UTF16, BYTES) for crlf in (2, 1) for bom in (0, 1))


class Raw(NamedTuple):
    """A text as it stands in a file: with its line ends, without the byte order mark that it may have had."""

    text: str
    bom: bool

    @property
    def plain(self) -> str:
        """The text as it is stored here."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in self.text else self.text


class Ruler:
    """Turns places of a convention into ours, and back, for one text."""

    def __init__(self, raw: Raw, convention: Convention) -> None:
        self._shift = _bom_units(raw, convention)
        text = raw.plain
        self._length = len(text)
        extras: dict[int, int] = {}
        special = _SPECIAL[convention.unit]
        for found in special.finditer(text):
            extras[found.start()] = _EXTRA.get(convention.unit) or len(found[0].encode()) - 1
        if convention.crlf == 2 and "\r\n" in raw.text:
            for at in _line_ends(raw.text):
                extras[at] = extras.get(at, 0) + 1
        self._at = sorted(extras)
        self._sums = [0, *accumulate(extras[at] for at in self._at)]
        self._begins = [at + before for at, before in zip(self._at, self._sums, strict=False)]

    @property
    def units(self) -> int:
        """How long the whole text is in the convention's units."""
        return self._shift + self._length + self._sums[-1]

    @property
    def signature(self) -> tuple[object, ...]:
        """What tells two rulers apart: those with the same one turn every place into the same."""
        return self._shift, tuple(self._at), tuple(self._sums)

    def ours(self, place: int) -> int | None:
        """A place of the convention as ours; None where it lies outside the text or inside a character."""
        place -= self._shift
        if place < 0:
            return 0 if place + self._shift == 0 else None
        number = bisect_left(self._begins, place)
        if number and place < self._begins[number - 1] + 1 + self._sums[number] - self._sums[number - 1]:
            return None
        found = place - self._sums[number]
        return found if found <= self._length else None

    def theirs(self, place: int) -> int:
        """Our place as one of the convention."""
        return self._shift + place + self._sums[bisect_left(self._at, place)]


def _bom_units(raw: Raw, convention: Convention) -> int:
    if not (raw.bom and convention.bom):
        return 0
    return 3 if convention.unit == BYTES else 1


def _line_ends(text: str) -> list[int]:
    """Where the CRLF of a text stand once all line ends are LF."""
    return [found.start() - number for number, found in enumerate(re.finditer("\r\n", text))]


def parse_convention(words: str) -> Convention | None:
    """The convention of `--offsets`, None for `auto`.

    Raises:
        UsageError: It is not well formed.
    """
    if words == "auto":
        return None
    unit, crlf, bom = POINTS, 2, 0
    for word in words.casefold().split(","):
        if word in _WORDS:
            unit = _WORDS[word]
        elif word in ("crlf1", "crlf2"):
            crlf = int(word[-1])
        elif word in ("bom", "nobom"):
            bom = int(word == "bom")
        else:
            known = "codepoints, utf16 or bytes, then crlf1 or crlf2, bom or nobom"
            raise UsageError(f"--offsets is auto, or words joined by commas: {known}; not '{word}'")
    return Convention(unit, crlf, bom)

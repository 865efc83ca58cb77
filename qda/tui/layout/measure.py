"""Measures of one piece of text: cells up to each code point, and where its lines may break."""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache
from itertools import accumulate

from qda.tui.layout.classes import codes
from qda.tui.layout.clusters import joined
from qda.tui.layout.display import CELLS

BREAK, SPACE = 1, 2  # flags: a line may begin here; a space that may hang at a line's end
DASHES = "-\u2010\u2013\u2014"  # a line may end after one between two letters

_SPACES = b" _tz"
_OTHER = ord(".")
_DASH = re.compile(f"[{DASHES}](?=\\w)")
_ALL = bytes(range(256))


def _table(*groups: tuple[bytes, int]) -> bytes:
    """A table for `bytes.translate` that gives each letter the value of the last group it stands in."""
    table = bytearray(256)
    for letters, value in groups:
        for letter in letters:
            table[letter] = value
    return bytes(table)


# A line may begin between two letters whose bits below have one in common:
# 1 wide after words or what closes them, 2 words or what opens them after wide, 4 after a space, 8 after a
# space that marks do not join.
_BEFORE = _table((b"aKp", 1), (b"Ic", 3), (b" _", 4), (b"tz", 12))
_BEHIND = _table((_ALL, 12), (b"EeNZS", 8), (b"aKq", 14), (b"Io", 15), (_SPACES, 0))
_HANGS = _table((_SPACES, SPACE))
_TO_ONE = _table((_ALL, BREAK), (b"\0", 0))
_WIDE = b"IcowGgX_"


@cache
def _widths(tab: int) -> bytes:
    return _table((_ALL, 1), (_WIDE, 2), (b"t", tab))


def measure(text: str, tab: int) -> tuple[array[int], bytearray]:
    """Cells (1 number a code point: cells up to and with its cluster) and flags of a piece of text.

    All code points of a cluster bear the same number, so a cluster begins where the number grows.
    """
    letters = codes(text)
    widths = bytearray(letters.translate(_widths(tab)))
    heads, tails = bytearray(letters), bytearray(letters)
    for start, end in joined(letters):
        widths[start] = CELLS[text[start:end]]
        if end - start > 1:
            widths[start + 1 : end] = bytes(end - start - 1)
            if letters[start] in _SPACES:
                heads[start] = _OTHER  # a mark stands on it: no longer a space
            tails[end - 1] = heads[start]  # the cluster ends as what it began as
    flags = _flags(heads, tails)
    for found in _DASH.finditer(text):
        if _worded(text, found.start()) and text[found.end()].isalpha():
            flags[found.end()] = BREAK
    return array("I", accumulate(widths)), flags


def _flags(heads: bytearray, tails: bytearray) -> bytearray:
    """Breaks and spaces by code point; the breaks by one `and` over all neighbours at once."""
    before = int.from_bytes(b"\0" + tails[:-1].translate(_BEFORE), "big")
    behind = int.from_bytes(heads.translate(_BEHIND), "big")
    size = len(heads)
    breaks = int.from_bytes((before & behind).to_bytes(size, "big").translate(_TO_ONE), "big")
    hangs = int.from_bytes(heads.translate(_HANGS), "big")
    return bytearray((breaks | hangs).to_bytes(size, "big"))


def _worded(text: str, end: int) -> bool:
    """Whether the text up to an offset ends in a letter, with marks on it or not."""
    while end and unicodedata.category(text[end - 1]).startswith("M"):
        end -= 1
    return text[end - 1 : end].isalpha()

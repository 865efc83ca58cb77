"""Bidirectional classes of UAX #9, one letter for each code point, and the stretches they are worked in.

Letters: L R, A (AL), E (EN), + (ES), T (ET), N (AN), C (CS), M (NSM), b (BN), B, S, w (WS), o (ON);
brackets that pair: ( and ); explicit codes: l (LRE) r (RLE) h (LRO) k (RLO) P (PDF); isolates: i (LRI)
j (RLI) f (FSI) p (PDI).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import regex  # type: ignore[import-untyped]

from qda.tui.layout.mirrors import BRACKETS, CLOSING

EMBEDDINGS = "lrhk"
ISOLATES = "ijf"
REMOVED = frozenset("lrhkPb")  # what rule X9 takes out
NEUTRAL = frozenset("wSoB()ijfp")

_LETTERS = "LRAE+TNCMbBSwolrhkPijfp"
_NAMES = "L R AL EN ES ET AN CS NSM BN B S WS ON LRE RLE LRO RLO PDF LRI RLI FSI PDI"
_CLASS = regex.compile("|".join(rf"(\p{{bc={name}}})" for name in _NAMES.split()))
_STRONG = regex.compile(r"(\p{bc=L})|[\p{bc=R}\p{bc=AL}]")
# A sieve: no right-to-left sign lies outside these stretches.
_SUSPECT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\u2068\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# Neighbours that every rule treats alike are worked as one stretch. What stands between two letters of
# one kind always takes their direction, so it goes with them (brackets and numbers after Arabic do not).
_STRETCH = re.compile(
    r"L(?:[LEMwo+TCb]*L)?M*|R(?:[RMwo+TCb]*R)?M*|A(?:[AMwo+TCb]*A)?M*|E+|T+|N+|M+|b+|w+|o+|S+|.", re.DOTALL
)


class _Table(dict[int, str]):
    """Letters by code point, made when first asked for; `str.translate` reads it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in BRACKETS:
            letter = "("
        elif char in CLOSING:
            letter = ")"
        else:
            found = _CLASS.match(char)
            letter = _LETTERS[found.lastindex - 1] if found and found.lastindex else "L"
        self[code] = letter
        return letter


_TABLE = _Table()


class Stretch(NamedTuple):
    """A run of code points of one class: offsets in the paragraph."""

    letter: str
    start: int
    end: int


def needs_order(text: str) -> bool:
    """Whether anything in the text can make its visual order differ from its stored order."""
    return _SUSPECT.search(text) is not None


def letters(text: str) -> str:
    """The bidirectional class of each code point, as the letters above."""
    return text.translate(_TABLE)


def stretches(classes: str) -> list[Stretch]:
    """The paragraph's stretches in order, each code point in one."""
    return [Stretch(found[0][0], *found.span()) for found in _STRETCH.finditer(classes)]


def first_level(text: str) -> int:
    """The level told by the first letter of a text without isolates: 1 if it runs from right to left, else 0."""
    found = _STRONG.search(text)
    return int(found is not None and found.lastindex is None)

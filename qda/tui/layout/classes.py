"""One letter for each code point: what it does to clusters (UAX #29), how wide it is, where lines may break.

`codes(text)` turns a text into a string of such letters, so that whole paragraphs are judged by the speed
of `re` and `bytes.translate`. Letters:

    a  letter or digit, one cell      C  control of one cell              L V T  conjoining jamo
    .  other sign of one cell         t  tab                              G g    syllables LV, LVT
    p  one cell, closes or ends       q  one cell, opens
    (space)  a space of one cell      z  zero-width space                 x X    pictograph of one or two cells
    _  a space of two cells           E  extends, counts in conjuncts     K      consonant of a conjunct
    I  ideograph or kana              e  extends, else                    R      regional indicator
    c  wide, not at a line's start    N  linker (virama)                  P      prepends
    o  wide, not at a line's end      Z  zero-width joiner                S      spacing mark
    w  other sign of two cells
"""

from __future__ import annotations

import regex  # type: ignore[import-untyped]

from qda.tui.layout.display import CELLS

_JOINING = "CZNEePSRLVTGg"
# In the order of _JOINING; the first that matches counts.
_CLUSTER_CLASS = regex.compile(
    r"([\p{gcb=Control}\r\n])|(\p{gcb=ZWJ})|(\p{InCB=Linker})|((?=\p{gcb=Extend})\p{InCB=Extend})|(\p{gcb=Extend})"
    r"|(\p{gcb=Prepend})|(\p{gcb=SpacingMark})|(\p{Regional_Indicator})"
    r"|(\p{gcb=L})|(\p{gcb=V})|(\p{gcb=T})|(\p{gcb=LV})|(\p{gcb=LVT})",
)
_PICTURE = regex.compile(r"\p{Extended_Pictographic}")
_CONSONANT = regex.compile(r"\p{InCB=Consonant}")
# Spaces after which a line may end; those that glue are left out.
_SPACE = regex.compile(r"[ \u1680\u2000-\u2006\u2008-\u200A\u205F]")
_IDEOGRAPH = regex.compile(r"\p{lb=ID}")
_NOT_FIRST = regex.compile(r"[\p{lb=CJ}\p{lb=NS}\p{lb=CL}\p{lb=CP}\p{lb=EX}\p{lb=IS}]")
_NOT_LAST = regex.compile(r"\p{lb=OP}")
_SPECIAL = {"\t": "t", "\u200b": "z", "\u3000": "_"}


class _Codes(dict[int, int]):
    """Letters by code point, made when first asked for; `str.translate` reads it."""

    def __missing__(self, code: int) -> int:
        letter = self[code] = ord(letter_of(chr(code)))
        return letter


def letter_of(char: str) -> str:
    """The letter of one code point, as listed above."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    found = _CLUSTER_CLASS.match(char)
    if found and found.lastindex:
        return _JOINING[found.lastindex - 1]
    wide = CELLS[char] > 1
    if _PICTURE.match(char):
        return "X" if wide else "x"
    return _wide(char) if wide else _narrow(char)


def _narrow(char: str) -> str:
    if _CONSONANT.match(char):
        return "K"
    if _SPACE.match(char):
        return " "
    if char.isalnum():
        return "a"
    return "p" if _NOT_FIRST.match(char) else "q" if _NOT_LAST.match(char) else "."


def _wide(char: str) -> str:
    for letter, pattern in (("I", _IDEOGRAPH), ("c", _NOT_FIRST), ("o", _NOT_LAST)):
        if pattern.match(char):
            return letter
    return "w"


_TABLE = _Codes()


def codes(text: str) -> bytes:
    """One letter (byte) for each code point of the text."""
    return text.translate(_TABLE).encode("latin-1")

"""How names are looked for: one pattern of many words, by what ends a word in the script of each."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CASED = "a-zªµºß-öø-ևა-ჿᲀ-῿"
"""Letters of scripts that have small ones: Latin, Greek, Cyrillic, Armenian, Georgian."""
_JOINED = "֐-ۿ"
"""Hebrew and Arabic, where `and`, `to` and the article are written on a name, in up to two letters."""
_OWN = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t"}


def name_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of some folded words, the longest first; None where there are none.

    A word of Latin letters begins and ends where no such letter and no digit stands; an `s` and a number may follow.
    Arabic and Hebrew words may have two letters before them. In scripts without spaces a name stands anywhere.
    """
    kinds: dict[str, list[str]] = {"cased": [], "joined": [], "other": []}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if word:
            kinds[_kind(word)].append(re.escape(word))
    patterns = [_WHERE[kind].format("|".join(found)) for kind, found in kinds.items() if found]
    return re.compile("|".join(patterns)) if patterns else None


_WHERE = {
    "cased": rf"(?<![{_CASED}\d])(?:{{}})(?=s?\d{{{{0,3}}}}(?![{_CASED}\d]))",
    "joined": "(?:{1}|(?<={1}[{0}])|(?<={1}[{0}][{0}]))(?:{{}})(?![{0}])".format(_JOINED, f"(?<![{_JOINED}])"),
    "other": "(?:{})",
}


def _kind(word: str) -> str:
    if re.match(f"[{_CASED}]", word):
        return "cased"
    return "joined" if re.match(f"[{_JOINED}]", word) else "other"


def without_accents(folded: str) -> str:
    """A folded text with its letters bare, each in its place: `Ólafsdóttir` as somebody types it elsewhere."""
    return folded if folded.isascii() else folded.translate(_bare())


@cache
def _bare() -> dict[int, str]:
    found = {ord(letter): plain for letter, plain in _OWN.items()}
    found |= {0xFF41 + number: chr(ord("a") + number) for number in range(26)}  # of full width
    for number in (*range(0xC0, 0x700), *range(0x1E00, 0x2000)):
        parts = unicodedata.normalize("NFD", chr(number))
        if len(parts) > 1:
            found[number] = parts[0]
    return found

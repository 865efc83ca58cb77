"""Text of a page in fewer bytes: its most frequent words and tags, each as one sign.

A page that must be the same bytes on every machine cannot be compressed by zlib, whose versions differ in what they
write. The signs are those from U+00A1 to U+1FFF, two or three bytes each; the ones that occur in a text have a sign of
their own, so that every sign in packed text stands for an entry of the list.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST, LONGER, LAST = 0xA1, 0x800, 0x1FFF
"""The first sign, the first of three bytes, the last."""

_WORDS = re.compile(r"\w+\W?|\W")
_OWN = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")


class Packing:
    """What is packed how, learnt from all texts of a page; a text is given in pieces, of which tags stay whole."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        counted = Counter[str]()
        for pieces in texts:
            counted.update(_tokens(pieces))
        letters = sorted({letter for token in counted for letter in _OWN.findall(token)})
        saved = [
            (times * (len(token.encode()) - 2), token) for token, times in counted.items() if times > 1 < len(token)
        ]
        saved.sort(key=lambda one: (-one[0], one[1]))
        short = max(0, LONGER - FIRST - len(letters))
        best = [token for _, token in saved[:short]]
        rest = [token for gain, token in saved[short:] if gain - counted[token] > len(token.encode()) + 3]
        self.entries = [*letters, *best, *rest][: LAST - FIRST + 1]
        """What the signs stand for, in order."""
        self._sign = {entry: chr(FIRST + place) for place, entry in enumerate(self.entries)}
        self._letters = str.maketrans({letter: self._sign[letter] for letter in letters})

    def pack(self, pieces: Iterable[str]) -> str:
        """A text in signs; whoever puts the entries in their place has it again."""
        sign, letters = self._sign, self._letters
        return "".join([sign.get(token) or token.translate(letters) for token in _tokens(pieces)])


def _tokens(pieces: Iterable[str]) -> Iterator[str]:
    """Words with what follows them, and tags; nothing but a tag begins with `<`."""
    for piece in pieces:
        if piece[:1] == "<":
            yield piece
        else:
            yield from _WORDS.findall(piece)


def unpacked(page: str) -> str:
    """The texts that are packed in a page, as a browser writes them out."""
    found = re.search(r'<script type="application/json" id="packing">(.*?)</script>', page, re.DOTALL)
    if not found:
        return ""
    entries = {FIRST + place: entry for place, entry in enumerate(json.loads(found[1]))}
    packed = re.findall(r'<script type="text/plain">(.*?)</script>', page, re.DOTALL)
    return "\n".join(text.translate(entries) for text in packed)

"""Grapheme clusters after UAX #29, found in the letters of `classes`."""

from __future__ import annotations

import re
from operator import methodcaller
from typing import TYPE_CHECKING

from qda.tui.layout.classes import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYLLABLE = rb"L*+(?:V++|GV*+|g)T*+|L++|T++"
_PICTURES = rb"[xX](?:[EeN]*+Z[xX])*+"
_CONJUNCT = rb"K(?:[EZ]*+N[EZN]*+K)*+"
_BODY = rb"(?:" + rb"|".join((_SYLLABLE, rb"RR?", _PICTURES, _CONJUNCT, rb"[^CtzEeNZSP]")) + rb")"
_AFTER = rb"[EeNZS]"
_CLUSTER = rb"(?:P*+" + _BODY + _AFTER + rb"*+|P++" + _AFTER + rb"*+|" + _AFTER + rb"++)"
# Only where something may join; every other code point is a cluster by itself.
_JOINED = re.compile(rb"(?=[EeNZSPRLVT]|[^CtzP][EeNZSVT])" + _CLUSTER)
_SPAN = methodcaller("span")
_JOINERS = re.compile(rb"[EeNZSPRLVT]")


def joined(letters: bytes) -> Iterator[tuple[int, int]]:
    """Clusters (start, end) that need a look of their own: of several code points, or of one that joins."""
    if not _JOINERS.search(letters):
        return iter(())
    return map(_SPAN, _JOINED.finditer(letters))


def boundaries(text: str) -> list[int]:
    """Every cluster's start in the text, and the text's length."""
    inside = bytearray(len(text))
    for start, end in joined(codes(text)):
        inside[start + 1 : end] = b"\1" * (end - start - 1)
    return [place for place, hidden in enumerate(inside) if not hidden] + [len(text)]

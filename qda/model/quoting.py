"""Edited quotations: what was left out or put in is marked, and all other words are the speaker's, in their order."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[[^\[\]]*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.")


def edit_problem(original: str, edited: str) -> str:
    """What is wrong with an edited quotation, in words; nothing where each change in it is marked.

    Marks are square brackets around what was put in, and `…`, `...`, `[…]` where something was left out. Between marks
    the words stand in the original, letter for letter but for white space, in the same order.
    """
    whole = " ".join(original.split())
    pieces = [" ".join(piece.split()) for piece in _MARK.split(edited)]
    if len(pieces) == 1:
        return "nothing in it is marked as edited; put what was changed into [ ], and […] where words were left out"
    at = 0
    for piece in filter(None, pieces):
        found = whole.find(piece, at)
        if found < 0:
            return f"the words '{_short(piece)}' do not stand so in the original; put what was changed into [ ]"
        at = found + len(piece)
    return "" if any(pieces) else "no word of the original is left in it; quote it as translated, or not at all"


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"

"""Where an end of a span comes to stand when a key moves it: by word, or with Shift by character."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qda.tui.coding.cursor import Cursor


def moved_end(cursor: Cursor, name: str, place: int, *, end: bool) -> int:
    """Where a key takes the end, or else the start, of a span that stands at a place; the cursor is used for it."""
    layout = cursor.layout
    if name in ("shift+left", "H"):
        return layout.previous_cluster(place)
    if name in ("shift+right", "L"):
        return layout.next_cluster(place)
    cursor.at = place
    if name in ("left", "h", "b"):
        found = cursor.word_back()
        word = cursor.word_at(found) if end else None
        if word is not None and word[1] >= place:
            cursor.at = found
            word = cursor.word_at(cursor.word_back())
        return word[1] if word is not None else found
    if name in ("right", "l", "w"):
        if not end:
            return cursor.word()
        word = cursor.word_at(place) or cursor.word_at(cursor.word())
        return word[1] if word is not None else place
    return place

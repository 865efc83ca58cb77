"""Bidirectional levels of lines, kept for the paragraphs that were looked at last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.tui.layout.bidi import Levels, paragraph
from qda.tui.layout.bidi_classes import first_level, needs_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.tui.layout.pieces import Pieces

KEPT = 128  # resolved stretches of text
WHOLE = 8192  # code points up to which a paragraph is resolved as a whole
BLOCK = 4096  # of a longer one, this much is resolved at a time ...
AROUND = 1024  # ... with this much on either side, to see what leads up to it

# Embeddings and isolates reach across any distance: with them, paragraphs are resolved as a whole up to this length.
WHOLE_EXPLICIT = 32_768
_EXPLICIT = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Order:
    """Tells the levels of any line of a text."""

    def __init__(self, pieces: Pieces, labels: Mapping[int, int] | None = None) -> None:
        """`labels`: for paragraphs that begin with a speaker's label, where the words behind it begin."""
        self._labels = labels or {}
        self._text = pieces.text
        self._pieces = pieces
        self._needed = needs_order(pieces.text)
        self._windows: dict[tuple[int, int], Levels] = {}
        self._paragraphs: dict[tuple[int, int], tuple[bool, int | None]] = {}

    def line(self, piece: int, start: int, end: int) -> tuple[int, bytes] | None:
        """The paragraph's level and a level for each code point of a line; None if all runs left to right."""
        if not self._needed:
            return None
        first, last = self._pieces.whole(piece)
        if (first, last) not in self._paragraphs:
            self._paragraphs[first, last] = self._look(first, last)
        needed, base = self._paragraphs[first, last]
        if not needed:
            return None
        if base is None:
            window = first, last
        else:
            block = first + (start - first) // BLOCK * BLOCK
            window = max(first, block - AROUND), min(last, max(block + BLOCK, end) + AROUND)
        found = self._resolved(window, base)
        return found.base, found.line(start - window[0], end - window[0])

    def _look(self, first: int, last: int) -> tuple[bool, int | None]:
        """Whether a paragraph needs ordering, and its level if it is to be resolved in blocks."""
        if len(self._paragraphs) > KEPT:
            self._paragraphs.clear()
        text = self._text[first:last]
        needed = needs_order(text)
        most = WHOLE_EXPLICIT if _EXPLICIT.search(text) else WHOLE
        if not needed or len(text) <= most:
            return needed, None
        return True, first_level(
            self._text[self._labels.get(first, first) : last]
        )  # isolates before the first letter are not skipped in so long a one

    def _resolved(self, window: tuple[int, int], base: int | None) -> Levels:
        if window not in self._windows:
            if len(self._windows) > KEPT:
                self._windows.clear()
            # A label in Latin letters does not decide in which direction its speaker speaks.
            body = self._labels.get(window[0])
            if base is None and body is not None:
                base = first_level(self._text[body : window[1]])
            self._windows[window] = paragraph(self._text[window[0] : window[1]], base)
        return self._windows[window]

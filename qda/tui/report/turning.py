"""Lines with right-to-left words, put into the order in which they stand on the screen."""

from __future__ import annotations

import re
from itertools import pairwise

from rich.text import Text

from qda.tui.layout import bidi
from qda.tui.layout.clusters import boundaries
from qda.tui.layout.mirrors import MIRROR

_TURNING = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


def turned(line: Text) -> Text:
    """A line as a screen that orders nothing by itself must get it; most lines stay as they are."""
    words = line.plain
    if not _TURNING.search(words):
        return line
    levels = bidi.paragraph(words).line(0, len(words))
    edges = boundaries(words)
    pieces = list(pairwise(edges))
    order = bidi.visual(bytes(levels[start] for start, _ in pieces))
    made = Text()
    for number in order:
        start, end = pieces[number]
        piece = line[start:end]
        if levels[start] & 1 and piece.plain in MIRROR:
            piece.plain = MIRROR[piece.plain]
        made.append_text(piece)
    return made

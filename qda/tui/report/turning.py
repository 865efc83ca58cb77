"""Lines with right-to-left words, put into the order in which they stand on the screen."""

from __future__ import annotations

import re
from itertools import pairwise

from rich.text import Text

from qda.tui.layout import bidi
from qda.tui.layout.clusters import boundaries
from qda.tui.layout.display import FORMS
from qda.tui.layout.mirrors import MIRROR

# Pictures, what joins and tones them, and marks: what terminals give different widths.
_WIDE = re.compile("[\u0300-\u036f\u0590-\u1fff\u200b-\u200f\u2028-\u202e\u2066-\u2069\u2600-\u27bf\u3000-\U0010ffff]")
_TURNING = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


def turned(line: Text) -> Text:
    """A line as a screen that orders nothing by itself must get it; most lines stay as they are."""
    words = line.plain
    if not _TURNING.search(words):
        return agreed(line)
    levels = bidi.paragraph(words).line(0, len(words))
    edges = boundaries(words)
    pieces = list(pairwise(edges))
    order = bidi.visual(bytes(levels[start] for start, _ in pieces))
    made = Text()
    for number in order:
        start, end = pieces[number]
        piece = line[start:end]
        mirrored = levels[start] & 1 and piece.plain in MIRROR
        piece.plain = MIRROR[piece.plain] if mirrored else FORMS[piece.plain]
        made.append_text(piece)
    return made


def as_read(words: Text, order: str) -> Text:
    """Some lines as the screen must get them, each by itself."""
    one = agreed if order == "terminal" else turned
    return Text("\n").join(one(line) for line in words.split("\n", allow_blank=True))


def agreed(line: Text) -> Text:
    """A line in signs whose width terminals agree on; most lines stay as they are."""
    words = line.plain
    if words.isascii() or not _WIDE.search(words):
        return line
    made = Text()
    for start, end in pairwise(boundaries(words)):
        piece = line[start:end]
        piece.plain = FORMS[piece.plain]
        made.append_text(piece)
    return made

"""Names and labels on one line: painted as the text is, in signs whose width terminals agree on, and in its order."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Literal

from qda.tui.layout.clusters import boundaries
from qda.tui.layout.core import TextLayout
from qda.tui.layout.display import CELLS

Arranged = Literal["screen", "terminal"]  # who puts right-to-left words into order
_ENDLESS = 1 << 20


@lru_cache(maxsize=4096)
def on_one_line(text: str, width: int | None = None, order: Arranged = "screen") -> str:
    """What to paint for a short text, in at most `width` cells; where it is cut, its reader comes upon a `…`."""
    if text.isascii() and text.isprintable() and (width is None or len(text) <= width):
        return text
    text = " ".join(text.replace("\t", " ").splitlines())
    if width is not None:
        text = _cut(text, width)
    return TextLayout(text, _ENDLESS, order=order).map(0).text


def _cut(text: str, width: int) -> str:
    """As many clusters as there is room for, behind them `…` if there are more."""
    used = kept = 0
    for start, end in pairwise(boundaries(text)):
        used += CELLS[text[start:end]]
        if used <= width - 1:
            kept = end
    if used <= width:
        return text
    return f"{text[:kept]}…" if width > 0 else ""

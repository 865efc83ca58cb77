"""The clusters of one line: their widths and painted forms, and their visual order."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from qda.tui.layout.bidi import visual
from qda.tui.layout.display import FORMS
from qda.tui.layout.linemap import Columns
from qda.tui.layout.mirrors import MIRROR

if TYPE_CHECKING:
    from collections.abc import Sequence
_FACING = frozenset(MIRROR)


def columns_of(text: str, edges: Sequence[int], width: int, hangs: int) -> Columns:
    """Clusters of a line in the stored order, offsets counted from the line's start.

    `edges`: for each code point the cells from the line's start up to the end of its cluster. From the offset
    `hangs` on there are only spaces; what of them lies beyond `width` cells becomes one glyph of no width.
    """
    starts = [0] if edges else []
    starts += [at for at, (one, other) in enumerate(pairwise(edges), 1) if one != other]
    ends = [*starts[1:], len(edges)]
    grown = [edges[start] for start in starts]
    widths = [grown[0], *(other - one for one, other in pairwise(grown))] if grown else []
    texts = [FORMS[text[start:end]] for start, end in zip(starts, ends, strict=True)]
    if "\t" in text:
        for at, start in enumerate(starts):
            if text[start] == "\t":
                texts[at] = " " * widths[at]
    return _finished(Columns(starts, ends, widths, texts, []), width, hangs)


def plain_columns(text: str, width: int) -> Columns:
    """The same for a line of one cell a code point."""
    size = len(text)
    columns = Columns(list(range(size)), list(range(1, size + 1)), [1] * size, list(text), [])
    return _finished(columns, width, len(text.rstrip(" ")))


def _finished(columns: Columns, width: int, hangs: int) -> Columns:
    if sum(columns.widths) > width:
        _hang(columns, width, bisect_left(columns.starts, hangs))
    columns.order = list(range(len(columns.starts)))
    return columns


def _hang(columns: Columns, width: int, place: int) -> None:
    """Cut the spaces from `place` on at the edge, and join those beyond it."""
    widths = columns.widths
    room = width - sum(widths[:place])
    while place < len(widths) and widths[place] <= room:
        room -= widths[place]
        place += 1
    if place < len(widths) and room > 0:
        widths[place], columns.texts[place] = room, " " * room
        place += 1
    if place < len(widths):
        end = columns.ends[-1]
        del columns.starts[place + 1 :]
        columns.ends[place:], columns.widths[place:], columns.texts[place:] = [end], [0], [""]


def put_in_order(columns: Columns, levels: bytes) -> None:
    """Put the clusters of a line into visual order by the levels of its code points, brackets mirrored."""
    mine = bytes([levels[start] for start in columns.starts])
    if not any(mine):
        return
    places = visual(mine)
    texts = columns.texts
    if not _FACING.isdisjoint("".join(texts)):
        texts = [_mirrored(text) if level & 1 else text for text, level in zip(texts, mine, strict=True)]
    columns.texts = [texts[at] for at in places]
    columns.starts = [columns.starts[at] for at in places]
    columns.ends = [columns.ends[at] for at in places]
    columns.widths = [columns.widths[at] for at in places]
    columns.order = places


def _mirrored(form: str) -> str:
    """The painted form of a cluster in right-to-left text."""
    return MIRROR[form[0]] + form[1:] if form and form[0] in MIRROR else form

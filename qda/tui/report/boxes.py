"""How the boxes of a table are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from qda.tui.layout import on_one_line
from qda.tui.report.cutting import tail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.tui.layout import Arranged
    from qda.tui.report.sheet import Box
    from qda.tui.theme import Paint


def lead(parts: list[Segment], x: int, ground: Style) -> None:
    """Fill a line up to a place."""
    used = sum(cell_len(part.text) for part in parts)
    if used < x:
        parts.append(Segment(" " * (x - used), ground))


def boxed(
    box: Box, size: int, *, here: bool, ground: Style, paint: Paint, order: Arranged = "screen"
) -> Sequence[Segment]:
    """A box as wide as its column."""
    style = ground + Style(color=None if box.sign else box.colour or None, bgcolor=box.ground or None)
    sign = Style.combine([style, Style(color=box.colour or None)])
    if here:
        style = sign = Style(color=paint.cursor_text, bgcolor=paint.cursor, bold=True)
    bar = [Segment(box.bar.sign, ground + Style(color=box.bar.colour))] if box.bar else []
    bar += [Segment(box.sign, sign)] if box.sign else []
    room = size - sum(cell_len(part.text) for part in bar)
    text = on_one_line(tail(box.text, room) if box.path else box.text, max(room, 0), order)
    space = Segment(" " * (room - cell_len(text)), style if here or box.ground else ground)
    return [*bar, space, Segment(text, style)] if box.right else [*bar, Segment(text, style), space]

"""How the boxes of a table are painted, and how words are cut to a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.tui.report.sheet import Box
    from qda.tui.theme import Paint


def lead(parts: list[Segment], x: int, ground: Style) -> None:
    """Fill a line up to a place."""
    used = sum(cell_len(part.text) for part in parts)
    if used < x:
        parts.append(Segment(" " * (x - used), ground))


def boxed(box: Box, size: int, *, here: bool, ground: Style, paint: Paint) -> Sequence[Segment]:
    """A box as wide as its column."""
    style = ground + Style(color=None if box.sign else box.colour or None, bgcolor=box.ground or None)
    sign = Style.combine([style, Style(color=box.colour or None)])
    if here:
        style = sign = Style(color=paint.cursor_text, bgcolor=paint.cursor, bold=True)
    bar = [Segment("▌", ground + Style(color=box.bar))] if box.bar else []
    bar += [Segment(box.sign, sign)] if box.sign else []
    room = size - sum(cell_len(part.text) for part in bar)
    text = tail(box.text, room) if box.path else fit(box.text, room)
    space = Segment(" " * (room - cell_len(text)), style if here or box.ground else ground)
    return [*bar, space, Segment(text, style)] if box.right else [*bar, Segment(text, style), space]


def fit(text: str, width: int) -> str:
    """A text cut to a width."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def tail(path: str, width: int) -> str:
    """A path cut to a width at its beginning: its end tells codes apart."""
    if cell_len(path) <= width:
        return path
    parts = path.split("/")
    while len(parts) > 1 and cell_len("/".join(parts)) + 2 > width:
        parts.pop(0)
    return fit(f"…/{'/'.join(parts)}", width)

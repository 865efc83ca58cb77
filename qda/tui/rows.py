"""A list of any length, whose rows are made when they come into sight; one of them is under the cursor."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qda.tui.layout import on_one_line
from qda.tui.layout.clusters import boundaries
from qda.tui.layout.display import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual import events

GUTTER, MARGIN = 2, 1
_RIGHT_TO_LEFT = ("R", "AL", "AN")
HERE = "❯ "
# What a terminal would obey: controls, halves of characters, ends of lines, and turns of the reading direction.
_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class Rows(ScrollView, can_focus=False, inherit_bindings=False):
    """The list; `draw` makes the lines of a row from its number, its width, and whether the cursor is on it."""

    DEFAULT_CSS = """
    Rows {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background;
        scrollbar-color: $quiet 50%; scrollbar-background: $background; scrollbar-color-hover: $primary;
    }
    Window Rows { background: $panel; scrollbar-background: $panel; }
    Rows > .rows--cursor { background: $primary 35%; color: $foreground; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor"}
    ALLOW_SELECT = False

    class Moved(Message):
        """The cursor is on another row."""

    class Clicked(Message):
        """A row was clicked at a cell of it, counted from behind the cursor's mark; twice chooses it."""

        def __init__(self, cell: int, *, twice: bool) -> None:
            super().__init__()
            self.cell, self.twice = cell, twice

    def __init__(self, draw: Callable[[int, int, bool], Sequence[Text]], *, tall: int = 1) -> None:
        super().__init__()
        self._draw, self._tall = draw, tall
        self.count = 0
        self.at = 0

    def fill(self, count: int, at: int) -> None:
        """Show so many rows, with the cursor on one of them."""
        self.count, self.at = count, -1
        self.virtual_size = Size(self.room(), count * self._tall)
        self.go(at)
        self.refresh()

    def go(self, to: int) -> None:
        """Put the cursor on a row, the nearest where there is none such, and show it."""
        before, self.at = self.at, min(max(to, 0), max(self.count - 1, 0))
        if self.at != before:
            self.reveal()
            self.refresh()
            self.post_message(self.Moved())

    def room(self) -> int:
        """How wide the rows are, the mark of the cursor included."""
        return self.scrollable_content_region.width

    def page(self) -> int:
        """How many rows there is room for."""
        return max(self.size.height // self._tall, 1)

    def reveal(self) -> None:
        """Scroll until the cursor is in sight."""
        top, height, first = self.scroll_offset.y, max(self.size.height, self._tall), self.at * self._tall
        wanted = min(max(top, first + self._tall - height), first)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.room(), self.count * self._tall)
        self.reveal()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of a row."""
        row, part = divmod(y + self.scroll_offset.y, self._tall)
        base, width = self.rich_style, self.room()
        if row >= self.count or width <= GUTTER + MARGIN:
            return Strip.blank(width, base)
        here = row == self.at
        if here:
            base = self.get_component_rich_style("rows--cursor")
        inside = width - GUTTER - MARGIN
        lines = self._draw(row, inside, here)
        text = Text(HERE if here and part == 0 else " " * GUTTER, end="", no_wrap=True)
        if part < len(lines):
            line = lines[part]
            line.truncate(inside, overflow="ellipsis")
            text.append_text(line)
        strip = Strip(text.render(self.app.console, end=""))
        return strip.apply_style(base).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on what is clicked."""
        place = event.get_content_offset(self)
        row = self.count if place is None else (place.y + self.scroll_offset.y) // self._tall
        if place is not None and row < self.count:
            event.stop()
            self.go(row)
            self.post_message(self.Clicked(place.x - GUTTER, twice=event.chain == 2))


def one_line(words: str, order: str = "screen") -> str:
    """A name in one line, in the order in which it is read and in signs whose width terminals agree on."""
    return on_one_line(" ".join(words.split()), None, "terminal" if order == "terminal" else "screen")


def plain(words: str) -> str:
    """Words without signs that a terminal would obey or misplace; their lines stay."""
    words = _OBEYED.sub("·", words.expandtabs(4))
    if words.isascii():
        return words
    return "".join(sign if sign == "\n" else FORMS[sign] for sign in clusters(words))


def clusters(words: str) -> Iterator[str]:
    """The characters of some words as a reader counts them."""
    return (words[start:end] for start, end in pairwise(boundaries(words)))


def readable(words: str, width: int, order: str) -> str:
    """Words of any language, in lines of a width that are ordered as they are read on the screen."""
    if order == "terminal" or not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in words):
        return plain(words)
    return "\n".join(_lines(words, width))


def one_row(words: str, width: int, order: str) -> str:
    """As much of some words as one line holds, ordered as they are read on the screen."""
    words = " ".join(words[: 4 * width].split())
    if order == "terminal" or not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in words):
        return plain(words)
    first, *more = _lines(words, max(width - 1, 2))
    return f"…{first}" if more else first


def _lines(words: str, width: int) -> list[str]:
    from qda.tui.layout import TextLayout

    layout = TextLayout(words, max(width, 2))
    layout.settle(0, 0, len(words))
    maps = (layout.map(number) for number in range(layout.line_count))
    return [f"{' ' * line.x}{line.text}".rstrip() for line in maps]


def spread(left: Text, right: Text, width: int) -> Text:
    """Two texts in one line, the second at its end; the first gives way."""
    room = max(width - right.cell_len - 1, 1)
    left.truncate(room, overflow="ellipsis", pad=True)
    return Text.assemble(left, " ", right)


def loud(colour: str, *, here: bool) -> Style:
    """A quiet or family colour for words, which on the row of the cursor give way to those that read best there."""
    return Style() if here else Style(color=colour)

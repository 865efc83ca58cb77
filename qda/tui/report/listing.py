"""A list of things of different heights, painted line by line: only what is in view is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from qda.tui.report.turning import agreed, turned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.text import Text
    from textual import events

    from qda.tui.theme import Paint

LONGEST = 40  # lines of one paragraph at most


class Part(NamedTuple):
    """A paragraph of a thing: its words, how far from the left, in how many lines at most, whether it is a heading."""

    text: Text
    indent: int = 0
    most: int = 1
    heading: bool = False


class Draw(Protocol):
    """What gives the paragraphs of a thing; it is told whether that is the chosen one."""

    def __call__(self, at: int, /, *, here: bool) -> list[Part]: ...  # noqa: D102 - said above


def _nothing(_at: int, /, *, here: bool) -> list[Part]:
    del here
    return []


class Line(NamedTuple):
    """A painted line and the thing that it belongs to."""

    strip: Strip
    at: int


class Listing(Widget):
    """Things one below the other, one of them chosen."""

    DEFAULT_CSS = "Listing { height: 1fr; }"
    ALLOW_SELECT = False

    class Moved(Message):
        """Another thing is chosen."""

    class Clicked(Message):
        """The chosen thing was clicked once."""

    class Opened(Message):
        """The chosen thing is to be opened."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.at = 0
        self.count = 0
        self.screen_order = True
        self._draw: Draw = _nothing
        self._top = 0
        self._lines: list[Line] = []
        self._paint: Paint | None = None
        self._raised = ""

    def show(self, count: int, draw: Draw, paint: Paint, raised: str, *, at: int = 0) -> None:
        """Show so many things; `draw` gives the paragraphs of one, and is told whether it is the chosen one."""
        self.count, self._draw, self._paint, self._raised = count, draw, paint, raised
        self.at = min(max(at, 0), max(count - 1, 0))
        self._top = min(self._top, self.at)
        self.settle()

    def move(self, by: int) -> None:
        """Choose another thing."""
        self.at = min(max(self.at + by, 0), max(self.count - 1, 0))
        self.settle()
        self.post_message(self.Moved())

    @property
    def page(self) -> int:
        """How many things are about to be seen at once."""
        return max(len({line.at for line in self._lines}) - 1, 1)

    def settle(self) -> None:
        """Bring the chosen thing into view and put the lines together."""
        height = self.size.height
        if height < 1:
            return
        first, room = self.at, height - self._height(self.at)
        while first > 0 and room >= (above := self._height(first - 1)):
            first, room = first - 1, room - above
        self._top = min(max(self._top, first), self.at)
        self._lines = []
        for at in range(self._top, self.count):
            self._lines += self._lines_of(at)
            if len(self._lines) >= height:
                break
        self.refresh()

    def _height(self, at: int) -> int:
        return sum(1 for _ in self._texts_of(at))

    def _texts_of(self, at: int) -> Iterator[tuple[Part, Text]]:
        """The lines of one thing as words, each with its paragraph."""
        width = self.size.width - 3
        if 0 <= at < self.count and width > 8:
            for part in self._draw(at, here=at == self.at):
                for text in wrapped(part, width, self.app.console):
                    yield part, text

    def _lines_of(self, at: int) -> Iterator[Line]:
        """The lines of one thing as they are painted."""
        paint, width = self._paint, self.size.width - 1
        if paint is None:
            return
        for part, text in self._texts_of(at):
            marked = at == self.at and not part.heading
            ground = Style(color=paint.text, bgcolor=self._raised if marked or part.heading else paint.ground)
            shown = turned(text) if self.screen_order else agreed(text)
            words = ground + self.app.console.get_style(text.style)
            pieces = [Segment("▌" if marked else " ", ground + Style(color=paint.cursor))]
            pieces.append(Segment(" " * part.indent, ground))
            pieces += [
                Segment(piece.text, words + (piece.style or Style()))
                for piece in shown.render(self.app.console)
                if piece.text
            ]
            yield Line(Strip(pieces).adjust_cell_length(width, ground), at)

    def on_resize(self) -> None:
        """Wrap anew."""
        self.settle()

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked; clicked twice, it is opened."""
        if 0 <= event.y < len(self._lines):
            event.stop()
            at = self._lines[event.y].at
            self.move(at - self.at)
            self.post_message(self.Opened() if event.chain == 2 else self.Clicked())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.move(-1)

    def render_line(self, y: int) -> Strip:
        """A line of what was put together, with a part of the scroll bar."""
        paint, width = self._paint, self.size.width
        if paint is None:
            return Strip.blank(width, Style())
        ground = Style(color=paint.quiet, bgcolor=paint.ground)
        strip = self._lines[y].strip if y < len(self._lines) else Strip.blank(width - 1, ground)
        return Strip([*strip, Segment(self._thumb(y), ground)], width)

    def _thumb(self, y: int) -> str:
        seen = len({line.at for line in self._lines})
        if not self.count or seen >= self.count:
            return " "
        height = self.size.height
        size = max(height * seen // self.count, 1)
        start = (height - size) * self.at // max(self.count - 1, 1)
        return "┃" if start <= y < start + size else "│"


def wrapped(part: Part, width: int, console: Console) -> list[Text]:
    """The lines of a paragraph; what goes beyond its most lines is cut off."""
    room, most = max(width - part.indent, 8), min(part.most, LONGEST)
    text = part.text
    if len(text) > room * most * 2:
        text = text[: room * most * 2]
    text.end = ""
    lines = list(text.wrap(console, room))
    if len(lines) > most:
        lines = lines[:most]
        lines[-1].truncate(room - 1)
        lines[-1].append("…")
    return lines

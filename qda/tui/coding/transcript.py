"""The widget that shows a transcript: only the lines on the screen are laid out and painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qda.tui.coding.painting import Columns, Look, Painter, columns
from qda.tui.lines import Lines, from_rail, rail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.geometry import Region

    from qda.tui.coding.cursor import Cursor
    from qda.tui.layout import TextLayout
    from qda.tui.workspace import OpenSource

KEEP = 3  # lines that stay visible above and below the cursor
REFINE_SECONDS = 0.004
AGAIN_SECONDS = 0.5


class Listener(Protocol):
    """Who is told what the mouse does in the text."""

    def pressed(self, place: tuple[int, int], *, extend: bool, times: int) -> None:
        """A button went down on a character (its start and end), for the `times`th time in a row."""

    def dragged(self, place: tuple[int, int]) -> None:
        """The mouse was moved to a character with the button down."""

    def pointed(self, coding: int) -> None:
        """Somebody clicked on a coding beside the text."""


class Transcript(ScrollView, Lines, can_focus=True):
    """A transcript with its margin, stripes and names; it paints what it is told and reports the mouse."""

    DEFAULT_CSS = "Transcript { width: 1fr; height: 1fr; scrollbar-size-vertical: 0; }"
    ALLOW_SELECT = False

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._listener = listener
        self._strips: LRUCache[tuple[int, bool], Strip] = LRUCache(512)
        self._opened: OpenSource | None = None
        self._cursor: Cursor | None = None
        self._labels = False
        self._pressed = False
        self._press = (-1, -1, 0.0, 0)
        self._marked = range(0)  # the lines beside which the bar at the edge stands
        self._on_rail = False
        self._wrapped = 0  # the width for which it is wrapped
        self.widest = 100
        self.painter: Painter | None = None
        self.layout_of_text: TextLayout | None = None

    def show(self, opened: OpenSource, cursor: Cursor, look: Look, layout: TextLayout, *, labels: bool) -> None:
        """Show a text; the layout has the width of the words that `look` says."""
        self._opened, self._cursor, self._labels = opened, cursor, labels
        self.layout_of_text = layout
        self.painter = Painter(layout, opened.turns, opened.spans, look, labels=labels)
        self._fit()

    def columns_for(self, width: int) -> Columns:
        """How the width of the widget is shared out."""
        turns = self._opened.turns if self._opened else []
        return columns(max(width - 1, 4), turns, labels=self._labels, widest=self.widest)

    def fit(self, widest: str) -> None:
        """Wrap anew for a widest line, and paint everything."""
        self.widest = int(widest)
        self._wrap(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew, and keep the line of the cursor where it was on the screen."""
        if event.size.width == self._wrapped:
            self.reveal()
        else:
            self._wrap(event.size.width)

    def _wrap(self, width: int) -> None:
        if self.painter is None or self._cursor is None or self.layout_of_text is None or not width:
            return
        self._wrapped = width
        before = self.layout_of_text.line_of(self._cursor.at) - self.scroll_offset.y
        self.painter.look.columns = self.columns_for(width)
        self.layout_of_text.resize(self.painter.look.columns.words)
        self._fit()
        line = self.layout_of_text.line_of(self._cursor.at)
        self.scroll_to(y=max(line - min(before, max(self.size.height - KEEP, 0)), 0), animate=False, immediate=True)
        self.reveal()

    def _fit(self) -> None:
        self._strips.clear()
        self._know_height()
        self.refresh()

    def _know_height(self) -> None:
        """Let it be scrolled as far as there are lines now; that lays the screen out, so only where it matters."""
        layout = self.layout_of_text
        if layout is not None and self.virtual_size.height != layout.line_count:
            self.virtual_size = Size(1, layout.line_count)

    def refine(self) -> bool:
        """Measure more of the lines that were only estimated; returns whether there are more."""
        layout, cursor = self.layout_of_text, self._cursor
        if layout is None or cursor is None:
            return False
        top = layout.line(min(self.scroll_offset.y, layout.line_count - 1)).start
        step = layout.refine(REFINE_SECONDS, top)
        if step.shift or (step.done and layout.line_count != self.virtual_size.height):
            self._fit()
        if step.shift:
            self.scroll_to(y=self.scroll_offset.y + step.shift, animate=False, immediate=True)
        return not step.done

    # --- painting ---------------------------------------------------------------------------------------

    def line_at(self, number: int, width: int) -> Strip:
        """One line, with the bar at the right edge."""
        layout, painter = self.layout_of_text, self.painter
        if painter is None or layout is None or number >= layout.line_count:
            return Strip.blank(width, self.rich_style)
        marked = number in self._marked
        strip = self._strips.get((number, marked))
        if strip is None:
            segments = painter.line(number, width - 1)
            strip = Strip([*segments, painter.rail(marked=marked)], max(width, sum(painter.look.columns) + 3))
            self._strips[number, marked] = strip = strip.crop(0, width)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        total = self.layout_of_text.line_count if self.layout_of_text is not None else 0
        self._marked = rail(self.scroll_offset.y, self.size.height, total)
        return super().render_lines(crop)

    def repaint(self, stretches: Iterable[tuple[int, int]] = (), *, everything: bool = False) -> None:
        """Paint the lines of some stretches anew, or all."""
        layout = self.layout_of_text
        if layout is None:
            return
        if everything:
            self._strips.clear()
            self.refresh()
            return
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        for start, end in stretches:
            first, last = layout.line_of(start), layout.line_of(max(start, end - 1))
            for known in [one for one in self._strips.keys() if first <= one[0] <= last + 1]:  # noqa: SIM118 - no dict
                self._strips.discard(known)
            first, last = max(first, top), min(last + 1, bottom)
            if first <= last:
                self.refresh_lines(first, last - first + 1)

    def reveal(self, *, centre: bool = False, anyway: bool = False) -> None:
        """Scroll so far that the cursor can be seen with some lines around it; `anyway` even if it can be."""
        layout, cursor = self.layout_of_text, self._cursor
        if layout is None or cursor is None or not self.size.height:
            return
        top, height = self.scroll_offset.y, self.size.height
        # Around a place that was only estimated, lines are counted before they are shown.
        line = layout.line_of(cursor.at) if layout.exact else layout.settle(cursor.at, height, height)
        keep = min(KEEP, max((height - 1) // 2, 0))
        if centre and (anyway or not top + keep <= line < top + height - keep):
            target = line - height // 3
        else:
            target = min(max(top, line - height + 1 + keep), line - keep)
        target = max(0, min(target, layout.line_count - height))
        if target != top:
            self._know_height()
            self.scroll_to(y=target, animate=False, immediate=True)

    def rooms(self, stretch: tuple[int, int]) -> tuple[int, int]:
        """How many lines of the widget are above and below a stretch of the text; fewer than none: it sticks out."""
        layout, top, height = self.layout_of_text, self.scroll_offset.y, self.size.height
        if layout is None:
            return 0, height
        first, last = layout.line_of(stretch[0]), layout.line_of(max(stretch[0], stretch[1] - 1))
        return first - top, top + height - 1 - last

    def to_top(self, place: int) -> None:
        """Scroll until the line of a place is the first, as far as the text goes."""
        layout = self.layout_of_text
        if layout is not None:
            line = layout.settle(place, self.size.height, self.size.height)
            self._know_height()
            top = max(0, min(line, layout.line_count - self.size.height))
            self.scroll_to(y=top, animate=False, immediate=True)

    # --- the mouse --------------------------------------------------------------------------------------

    def place_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The character under a cell of the widget, None outside the words; behind the end of a text line its end.

        Behind a line that goes on it is the line's last character. Before a line it is the line's start, as long as
        nothing.
        """
        layout = self.layout_of_text
        if self.painter is None or layout is None:
            return None
        number = min(max(y + self.scroll_offset.y, 0), layout.line_count - 1)
        parts = self.painter.look.columns
        inside = x - parts.margin
        if inside > parts.words:
            return None
        line_map = layout.map(number)
        (start, end), line = line_map.at(max(inside, 0)), line_map.line
        if start == line.end and not line.last:
            return layout.previous_cluster(start), start
        first, width = line_map.x_of(start)
        return (start, end if first <= inside < first + width or not width else start)

    def coding_at(self, x: int, y: int) -> int | None:
        """The coding whose stripe or name stands in a cell."""
        layout, painter = self.layout_of_text, self.painter
        number = y + self.scroll_offset.y
        if painter is None or layout is None or not 0 <= number < layout.line_count:
            return None
        parts, line = painter.look.columns, layout.line(number)
        lane = x - parts.margin - parts.words - 1
        end = line.end + 1 if line.last else line.end
        shown = [one for one in painter.spans.over(line.start, end) if painter.look.visible(one)]
        if 0 <= lane < parts.lanes:
            return next((one.key for one in shown if painter.spans.lane(one.key) == lane), None)
        return next((one.key for one in shown if one.start >= line.start), None) if lane >= parts.lanes else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the mouse points, choose the coding there, or take the bar at the edge."""
        if event.x == self.size.width - 1:
            self._on_rail = True
            self.capture_mouse()
            self._follow_rail(event.y)
            event.stop()
            return
        place = self.place_at(event.x, event.y)
        if place is not None:
            self._pressed = True
            self.capture_mouse()
            self._listener.pressed(place, extend=event.shift, times=self._times(event))
        elif (coding := self.coding_at(event.x, event.y)) is not None:
            self._listener.pointed(coding)
        event.stop()

    def _follow_rail(self, row: int) -> None:
        self._know_height()
        total = self.virtual_size.height
        if total > self.size.height:
            self.scroll_to(y=from_rail(row, self.size.height, total), animate=False, immediate=True)

    def _times(self, event: events.MouseDown) -> int:
        """How many times in a row this cell was pressed."""
        again = self._press[:2] == (event.x, event.y) and event.time - self._press[2] < AGAIN_SECONDS
        self._press = (event.x, event.y, event.time, self._press[3] + 1 if again else 1)
        return self._press[3]

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection while the button is down, and scroll at the edges."""
        if self._on_rail:
            self._follow_rail(event.y)
            event.stop()
            return
        if not self._pressed or (event.x, event.y) == self._press[:2]:
            return
        self._press = (-1, -1, 0.0, 0)  # the mouse has left the cell: what follows is no click there
        if event.y < 0:
            self.scroll_to(y=max(self.scroll_offset.y - 1, 0), animate=False, immediate=True)
        elif event.y >= self.size.height:
            self.scroll_to(y=self.scroll_offset.y + 1, animate=False, immediate=True)
        limit = self.columns_for(self.size.width)
        row = min(max(event.y, 0), self.size.height - 1)
        place = self.place_at(min(event.x, limit.margin + limit.words), row)
        if place is not None:
            self._listener.dragged(place)
        event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection."""
        if self._pressed or self._on_rail:
            self._pressed = self._on_rail = False
            self.release_mouse()
            event.stop()

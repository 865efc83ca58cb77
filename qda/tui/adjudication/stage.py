"""The widget that shows a place in its text: each line of the words, and below it what each coder has there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qda.tui.adjudication.bars import pieces
from qda.tui.layout import on_one_line
from qda.tui.lines import Lines, from_rail, rail

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Region

    from qda.tui.adjudication.scene import Row, Scene, Span
    from qda.tui.theme import Paint

ABOVE = 2  # lines of context that stay above a place
MOST_LABEL = 14


class Stage(ScrollView, Lines, can_focus=False, inherit_bindings=False):
    """Shows a scene; the mouse is reported in offsets of the stored text."""

    DEFAULT_CSS = "Stage { width: 1fr; height: 1fr; scrollbar-size-vertical: 0; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    ALLOW_SELECT = False

    class Pressed(Message):
        """The mouse went down on a character, or was moved to one with its button down."""

        def __init__(self, span: Span, *, dragged: bool) -> None:
            super().__init__()
            self.span, self.dragged = span, dragged

    class Pointed(Message):
        """A lane was clicked twice."""

        def __init__(self, lane: int) -> None:
            super().__init__()
            self.lane = lane

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self._paint: Paint | None = None
        self._no_colour = False
        self._rows: list[Row] = []
        self._margin = 0
        self._marked = range(0)
        self._pressed = self._on_rail = False

    def show(self, scene: Scene | None, paint: Paint, *, no_colour: bool, stay: bool = False) -> None:
        """Show a scene from the place on, or scrolled as it is where it is to `stay`."""
        self.scene, self._paint, self._no_colour = scene, paint, no_colour
        self._arrange()
        if not stay:
            self.to_place()

    def on_resize(self) -> None:
        """Wrap anew, and show again what was shown."""
        self._arrange()
        if self.scene is not None and self.scene.chosen is not None:
            self.reveal()
        else:
            self.to_place()

    def _arrange(self) -> None:
        self._rows, self._margin = [], 0
        if self.scene is not None and self.size.width > 1:
            self._margin = min(self.scene.margin, MOST_LABEL, self.size.width // 3) + 1
            self.scene.resize(self.size.width - self._margin - 2)
            self._rows = self.scene.rows()
        self.virtual_size = Size(1, len(self._rows))
        self.refresh()

    def to_place(self) -> None:
        """Scroll to where the place begins, with some lines above it."""
        if self.scene is not None and self._rows:
            line = max(self.scene.layout.line_of(self.scene.place[0]) - ABOVE, 0)
            self._scroll(next(at for at, row in enumerate(self._rows) if row.line == line))

    def reveal(self) -> None:
        """Scroll so far that the end of the new span can be seen that is moved."""
        if self.scene is None or self.scene.chosen is None or not self._rows:
            return
        start, end = self.scene.chosen
        line = self.scene.layout.line_of(end - 1 if self.scene.at_end else start)
        rows = [at for at, row in enumerate(self._rows) if row.line == line]
        top, height = self.scroll_offset.y, self.size.height
        self._scroll(min(max(top, rows[-1] + 1 - height), rows[0]))

    def scroll_by(self, rows: int) -> None:
        """Read on, or back."""
        self._scroll(self.scroll_offset.y + rows)

    def _scroll(self, top: int) -> None:
        top = max(0, min(top, len(self._rows) - self.size.height))
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.refresh()

    # --- painting ---------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        self._marked = rail(self.scroll_offset.y, self.size.height, len(self._rows))
        return super().render_lines(crop)

    def line_at(self, number: int, width: int) -> Strip:
        """One row, with the bar at the right edge."""
        paint, scene = self._paint, self.scene
        if paint is None or scene is None or number >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[number]
        quiet = Style(color=paint.quiet, bgcolor=paint.ground)
        segments = self._words(scene, row, paint) if row.lane is None else self._lane(scene, row, paint)
        strip = Strip(segments).adjust_cell_length(width - 1, quiet)
        return Strip([*strip, Segment("┃" if number in self._marked else " ", quiet)], width)

    def _label(self, words: str, style: Style) -> Segment:
        room = self._margin - 1
        return Segment(set_cell_size(on_one_line(words, room), room) + " ", style)

    def _words(self, scene: Scene, row: Row, paint: Paint) -> list[Segment]:
        line_map = scene.layout.map(row.line)
        line = line_map.line
        low, high = scene.base + line.start, scene.base + line.end + 1
        turn = next((turn for turn in scene.turns if low <= turn.start < high), None)
        quiet = Style(color=paint.quiet, bgcolor=paint.ground)
        number = f"{turn.number:>{self._margin - 1}}" if turn is not None else ""
        overlays = self._overlays(scene, paint, line.start, line.end + 1)
        edges = sorted({edge for start, end, _ in overlays for edge in (start, end)})
        segments = [self._label(number, quiet), Segment(" " * line_map.x, quiet)]
        for place, text in line_map.runs(edges):
            styles = [style for start, end, style in overlays if start <= place < end]
            segments.append(Segment(text, styles[-1] if styles else quiet))
        return segments

    def _overlays(self, scene: Scene, paint: Paint, low: int, high: int) -> list[tuple[int, int, Style]]:
        """What lies over the words of a line, the strongest last."""
        said = [(turn.start - scene.base, turn.body - scene.base) for turn in scene.turns if turn.body > turn.start]
        found = [(*scene.place, Style(color=paint.text, bgcolor=paint.ground, bold=True))]
        found += [(*span, Style(color=paint.speaker, bgcolor=paint.ground, bold=True)) for span in said]
        if scene.chosen is not None:
            start, end = scene.chosen
            ground = Style(color=paint.text, bgcolor=paint.selection, bold=True, reverse=self._no_colour)
            here = (
                (scene.layout.previous_cluster(end), end) if scene.at_end else (start, scene.layout.next_cluster(start))
            )
            cursor = Style(color=paint.cursor_text, bgcolor=paint.cursor, bold=True, underline=self._no_colour)
            found += [(start, end, ground), (*here, cursor)]
        return [one for one in found if one[0] < high and low < one[1]]

    def _lane(self, scene: Scene, row: Row, paint: Paint) -> list[Segment]:
        lane, line_map = scene.lanes[row.lane or 0], scene.layout.map(row.line)
        plain, x = Style(color=paint.text, bgcolor=paint.ground), 0
        segments = [self._label(lane.label, plain)]
        for piece in pieces(line_map, lane.strokes, scene.layout.width, scene.order):
            segments.append(Segment(" " * (piece.x - x), plain))
            segments.append(Segment(piece.text, Style(color=piece.colour, bgcolor=paint.ground)))
            x = piece.x + cell_len(piece.text)
        return segments

    # --- the mouse --------------------------------------------------------------------------------------

    def _span_at(self, x: int, y: int) -> Span | None:
        """The character under a cell, in offsets of the stored text; None beside the words."""
        number = y + self.scroll_offset.y
        if self.scene is None or not 0 <= number < len(self._rows) or x < self._margin:
            return None
        row = self._rows[number]
        start, end = self.scene.layout.map(row.line).at(x - self._margin)
        return self.scene.base + start, self.scene.base + end

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to point at words, or take the bar at the edge."""
        event.stop()
        self.capture_mouse()
        if event.x == self.size.width - 1:
            self._on_rail = True
            self._scroll(from_rail(event.y, self.size.height, max(len(self._rows), 1)))
            return
        self._pressed = True
        self._report(event, dragged=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on pointing while the button is down."""
        if self._on_rail:
            self._scroll(from_rail(event.y, self.size.height, max(len(self._rows), 1)))
        elif self._pressed:
            self._report(event, dragged=True)

    def on_mouse_up(self) -> None:
        """Point no more."""
        self._pressed = self._on_rail = False
        self.release_mouse()

    def _report(self, event: events.MouseEvent, *, dragged: bool) -> None:
        row = event.y + self.scroll_offset.y
        span = self._span_at(event.x, event.y)
        if span is not None and span[0] < span[1] and self._rows[row].lane is None:
            self.post_message(self.Pressed(span, dragged=dragged))

    def on_click(self, event: events.Click) -> None:
        """A lane that is clicked twice is taken."""
        row = event.y + self.scroll_offset.y
        lane = self._rows[row].lane if 0 <= row < len(self._rows) else None
        if event.chain == 2 and lane is not None:
            self.post_message(self.Pointed(lane))

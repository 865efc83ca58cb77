"""A table that is painted line by line, whatever its size: a cell is chosen by keys or by the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from qda.tui.layout import on_one_line
from qda.tui.report.boxes import boxed, lead
from qda.tui.report.sheet import MEASURED

if TYPE_CHECKING:
    from textual import events

    from qda.tui.layout import Arranged
    from qda.tui.report.sheet import Sheet
    from qda.tui.report.state import Spot
    from qda.tui.theme import Paint

GAP, WIDEST, NARROWEST = 2, 44, 18


class Grid(Widget):
    """A sheet with a cell that is chosen; the screen moves it, the mouse too."""

    DEFAULT_CSS = "Grid { height: 1fr; }"
    ALLOW_SELECT = False

    class Moved(Message):
        """Another cell is chosen."""

    class Opened(Message):
        """The chosen cell is to be opened."""

    class Headed(Message):
        """The heading of a column was clicked."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self.row = self.column = 0
        self.sorted: tuple[int, bool] | None = None
        self._top = self._left = 0
        self._wanted: list[int] = []
        self._paint: Paint | None = None
        self._raised = ""
        self.order: Arranged = "screen"

    def show(self, sheet: Sheet | None, look: tuple[Paint, str], at: Spot) -> None:
        """Show a sheet as it was sorted, with the cell chosen in which one was, as near as there is one."""
        self.sheet, (self._paint, self._raised) = sheet, look
        self.sorted = None
        self._top = self._left = 0
        self.row, self.column = 0, 0
        if sheet is not None:
            self._wanted = [self._measure(column) for column in range(len(sheet.columns))]
            if at.sort is not None and at.sort[0] in sheet.columns:
                self.sorted = sheet.columns.index(at.sort[0]), at.sort[1]
                sheet.sort(self.sorted[0], down=at.sort[1])
            self._find(at.row, at.column)
        self.settle()

    def _find(self, label: str, column: str | None) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.row = next((at for at, row in enumerate(sheet.order) if sheet.label(row) == label), 0)
        first = min(sheet.frozen, len(sheet.columns) - 1)
        self.column = sheet.columns.index(column) if column is not None and column in sheet.columns else first

    def _measure(self, column: int) -> int:
        sheet = self.sheet
        if sheet is None:
            return 0
        boxes = (sheet.box(row, column) for row in sheet.order[:MEASURED])
        widths = (cell_len(on_one_line(box.text)) + bool(box.bar) + cell_len(box.sign) for box in boxes)
        return max(cell_len(sheet.heading(column)) + 1, max(widths, default=0))

    # --- moving -----------------------------------------------------------------------------------------

    @property
    def here(self) -> tuple[int, int] | None:
        """The chosen cell as row and column of the sheet."""
        if self.sheet is None or not self.sheet.order:
            return None
        return self.sheet.order[self.row], self.column

    def move(self, down: int = 0, right: int = 0) -> None:
        """Choose a cell so many rows and columns from this one."""
        if self.sheet is None:
            return
        self.row = min(max(self.row + down, 0), max(len(self.sheet.order) - 1, 0))
        self.column = min(max(self.column + right, 0), len(self.sheet.columns) - 1)
        self.settle()
        self.post_message(self.Moved())

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(self.size.height - 1, 1)

    def settle(self) -> None:
        """Bring the chosen cell into view."""
        sheet = self.sheet
        if sheet is None:
            self.refresh()
            return
        self._top = max(min(self._top, self.row, max(len(sheet.order) - self.page, 0)), self.row - self.page + 1, 0)
        self._left = max(self._left, sheet.frozen)
        if self.column < self._left and self.column >= sheet.frozen:
            self._left = self.column
        while self.column > self._left and not self._in_view(self.column):
            self._left += 1
        self.refresh()

    def _in_view(self, column: int) -> bool:
        return any(at == column and whole for at, _, _, whole in self._placed())

    def _width(self, column: int) -> int:
        """The width of a column: the first ones leave room for the others, long ones are cut."""
        sheet, width = self.sheet, self._wanted[column]
        if sheet is None:
            return width
        if sheet.frozen - 1 <= column < sheet.frozen:
            rest = sum(self._wanted) - width + GAP * len(self._wanted)
            return min(width, max(self.size.width - rest, NARROWEST, self.size.width * 2 // 5))
        if sheet.columns[column] in ("text", ""):
            return width if not sheet.columns[column] else min(width, max(WIDEST, self.size.width // 2))
        return min(width, WIDEST)

    def _placed(self) -> list[tuple[int, int, int, bool]]:
        """The columns in view: which, where, how wide, and whether whole."""
        sheet, room = self.sheet, self.size.width - 1
        if sheet is None:
            return []
        columns = [*range(sheet.frozen), *range(max(self._left, sheet.frozen), len(sheet.columns))]
        placed, x = [], 1
        for column in columns:
            width = self._width(column)
            if x >= room or (room - x < 3 and width > 3):
                break
            placed.append((column, x, min(width, room - x), width <= room - x))
            x += width + GAP
        return placed

    # --- the mouse --------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Choose a cell, twice opens it; a heading sorts."""
        column = next((at for at, x, width, _ in self._placed() if x <= event.x < x + width + GAP), None)
        if self.sheet is None or column is None:
            return
        event.stop()
        if event.y == 0:
            self.post_message(self.Headed(column))
        elif self._top + event.y - 1 < len(self.sheet.order):
            self.row, self.column = self._top + event.y - 1, column
            self.move()
            if event.chain == 2:
                self.post_message(self.Opened())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.move(down=3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.move(down=-3)

    def on_resize(self) -> None:
        """Keep the chosen cell in view."""
        self.settle()

    # --- painting ---------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The headings, then a row."""
        sheet, paint, width = self.sheet, self._paint, self.size.width
        if sheet is None or paint is None:
            return Strip.blank(width, Style())
        if y == 0:
            return self._heading(sheet, paint, width)
        at = self._top + y - 1
        if at >= len(sheet.order):
            return Strip.blank(width, Style(bgcolor=paint.ground))
        return self._line(sheet, paint, at, width)

    def _heading(self, sheet: Sheet, paint: Paint, width: int) -> Strip:
        ground = Style(color=paint.quiet, bgcolor=self._raised)
        parts: list[Segment] = []
        for column, x, size, _ in self._placed():
            sign = ("▼" if self.sorted[1] else "▲") if self.sorted and self.sorted[0] == column else ""
            words = on_one_line(sheet.heading(column), max(size - len(sign), 0), self.order).rstrip() + sign
            space = " " * (size - cell_len(words))
            right = sheet.order and sheet.box(sheet.order[0], column).right
            style = Style(color=paint.text, bgcolor=self._raised, bold=True) if column == self.column else ground
            lead(parts, x, ground)
            parts.append(Segment(space + words if right else words + space, style))
        placed = self._placed()
        more = "›" if placed and (placed[-1][0] < len(sheet.columns) - 1 or not placed[-1][3]) else " "
        if self._left > sheet.frozen:
            parts[:0] = [Segment("‹", ground)]
            parts[1:2] = []
        return Strip([*Strip(parts).adjust_cell_length(width - 1, ground), Segment(more, ground)], width)

    def _line(self, sheet: Sheet, paint: Paint, at: int, width: int) -> Strip:
        row, chosen = sheet.order[at], at == self.row
        ground = Style(color=paint.text, bgcolor=self._raised if chosen else paint.ground)
        parts: list[Segment] = []
        for column, x, size, _ in self._placed():
            lead(parts, x, ground)
            box = sheet.box(row, column)
            here = chosen and column == self.column
            parts += boxed(box, size, here=here, ground=ground, paint=paint, order=self.order)
        strip = Strip(parts).adjust_cell_length(width - 1, ground)
        return Strip([*strip, self._thumb(at, len(sheet.order), paint)], width)

    def _thumb(self, at: int, rows: int, paint: Paint) -> Segment:
        """The part of a scroll bar that stands beside a row."""
        page, y = self.page, at - self._top
        if rows <= page:
            return Segment(" ", Style(bgcolor=paint.ground))
        start = self._top * page // rows
        inside = start <= y <= start + max(page * page // rows, 1)
        return Segment("┃" if inside else "│", Style(color=paint.quiet, bgcolor=paint.ground, dim=not inside))

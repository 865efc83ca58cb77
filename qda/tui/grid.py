"""A table of any length: painted line by line as it is looked at, with a cursor, a fixed first column and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qda.tui.sheet import GOOD, QUIET, STRONG, WARN, Sheet, fit

if TYPE_CHECKING:
    from textual import events

    from qda.tui.layout import Arranged

GUTTER, GAP = 2, 2


class Grid(ScrollView, can_focus=True, inherit_bindings=False):
    """The table; the screen that holds it moves the cursor and fills it."""

    DEFAULT_CSS = """
    Grid {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background;
        scrollbar-color: $panel-lighten-2; scrollbar-background: $background; scrollbar-color-hover: $primary;
    }
    Grid > .grid--head { background: $surface; color: $foreground; text-style: bold; }
    Grid > .grid--over { background: $surface; color: $quiet; }
    Grid > .grid--plain { background: $background; color: $foreground; }
    Grid > .grid--line { background: $panel; color: $foreground; }
    Grid > .grid--cursor { background: $primary 35%; color: $foreground; text-style: bold; }
    Grid > .grid--quiet { color: $quiet; }
    Grid > .grid--good { color: $success; }
    Grid > .grid--warn { color: $warning; }
    Grid > .grid--strong { color: $accent; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"grid--{name}" for name in ("head", "over", "plain", "line", "cursor", QUIET, GOOD, WARN, STRONG))
    }

    class Moved(Message):
        """The cursor is elsewhere."""

    class Chosen(Message):
        """The cell under the cursor was clicked once more."""

    class HeadClicked(Message):
        """The name of the current column was clicked once more."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.row = self.column = 0
        self._left = 1

    # --- what is shown ----------------------------------------------------------------------------------

    def show(self, sheet: Sheet, row: int | None = None, column: int | None = None) -> None:
        """Show a table, with the cursor where it was or in a place."""
        self.sheet = sheet
        self.virtual_size = Size(self.size.width, sheet.rows + self.head_height)
        self.move_to(self.row if row is None else row, self.column if column is None else column)
        self.refresh()

    @property
    def head_height(self) -> int:
        """How many lines the names of the columns take."""
        return int(self.sheet.head) + any(column.over for column in self.sheet.columns)

    def move_to(self, row: int, column: int | None = None) -> None:
        """Put the cursor somewhere, and show that place."""
        before = self.row, self.column
        self.row = min(max(row, 0), max(self.sheet.rows - 1, 0))
        wanted = self.column if column is None else column
        self.column = min(max(wanted, 0), max(len(self.sheet.columns) - 1, 0))
        self.reveal()
        if before != (self.row, self.column):
            self.refresh()
        self.post_message(self.Moved())

    @property
    def across(self) -> int:
        """The cells from side to side, without the bar that scrolls."""
        return self.scrollable_content_region.width

    def page(self) -> int:
        """How many rows there is room for."""
        return max(self.size.height - self.head_height, 1)

    def reveal(self) -> None:
        """Scroll until the cursor can be seen."""
        top, room = self.scroll_offset.y, self.page()
        wanted = min(max(top, self.row - room + 1), self.row)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)
        self._left = min(self._left, max(self.column, 1))
        while self._left < self.column and self.column not in [at for at, _ in self._visible()]:
            self._left += 1

    @property
    def order(self) -> Arranged:
        """Who puts right-to-left words into order."""
        from qda.tui.app import QdaApp

        terminal = isinstance(self.app, QdaApp) and self.app.preferences.order == "terminal"
        return "terminal" if terminal else "screen"

    def on_resize(self) -> None:
        """Fit the columns and keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self.sheet.rows + self.head_height)
        self._left = 1
        self.reveal()
        self.refresh()

    def _widths(self) -> list[int]:
        """The width of every column: the first gives way where there is little room, one may take what is left."""
        columns = self.sheet.columns
        widths = [column.width for column in columns]
        if self.sheet.sorted and cell_len(columns[self.sheet.sorted[0]].name) >= widths[self.sheet.sorted[0]]:
            widths[self.sheet.sorted[0]] += 1  # for the arrow
        spare = self.across - GUTTER - sum(widths) - GAP * max(len(widths) - 1, 0)
        if spare < 0 and widths:
            widths[0] = min(widths[0], max(widths[0] + spare, self.across // 3, 12))
        for at, column in enumerate(columns):
            if column.grow and spare > 0:
                widths[at] += spare
                break
        return widths

    def _visible(self) -> list[tuple[int, int]]:
        """The columns that are seen, each whole, with their widths; one that fits nowhere is cut."""
        widths, left = self._widths(), self.across - GUTTER
        found: list[tuple[int, int]] = []
        for at in [0, *range(self._left, len(widths))][: len(widths)]:
            if left <= 0 or (widths[at] > left and at > self._left):
                break
            found.append((at, min(widths[at], left)))
            left -= widths[at] + GAP
        return found

    # --- painting ---------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line: names of columns, or a row."""
        if not self.sheet.columns or self.across <= 0:
            return Strip.blank(self.across, self._style("plain"))
        if y < self.head_height:
            return self._head_line(over=y == 0 and self.head_height > 1)
        row = y - self.head_height + self.scroll_offset.y
        if row >= self.sheet.rows:
            return Strip.blank(self.across, self._style("plain"))
        return self._row_line(row)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"grid--{name}")

    def _tone(self, name: str) -> Style:
        return Style(color=self.get_component_rich_style(f"grid--{name}", partial=True).color)

    def _head_line(self, *, over: bool) -> Strip:
        base, seen = self._style("over" if over else "head"), self._visible()
        before = "‹ " if self._left > 1 and not over else "  "
        segments = [Segment(before, base)]
        for at, width in seen:
            column = self.sheet.columns[at]
            words = column.over if over else column.name
            if not over and self.sheet.sorted and self.sheet.sorted[0] == at:
                words = fit(words, min(width - 1, cell_len(words)), right=False, order=self.order)
                words += "▼" if self.sheet.sorted[1] else "▲"
            fitted = fit(words, width, right=column.right, order=self.order)
            name = fitted.strip()
            lead = len(fitted) - len(fitted.lstrip())
            here = base + Style(underline=not over and at == self.column)
            rest = fitted[lead + len(name) :] + " " * GAP
            segments += [Segment(fitted[:lead], base), Segment(name, here), Segment(rest, base)]
        strip = Strip(segments).adjust_cell_length(self.across, base)
        if not over and seen and seen[-1][0] < len(self.sheet.columns) - 1:
            strip = Strip([*strip.crop(0, self.across - 1), Segment("›", base)])
        return strip

    def _row_line(self, row: int) -> Strip:
        sheet, here = self.sheet, row == self.row
        base = self._style(("line" if sheet.cells else "cursor") if here else "plain")
        mark = ("▸" if here else " ") + ("✓" if row in sheet.marks else " ")
        segments = [Segment(mark, base)]
        for at, width in self._visible():
            cell = sheet.cell(row, at)
            words, tone = (cell, "") if isinstance(cell, str) else cell
            style = base
            if here and sheet.cells and at == self.column:
                style = self._style("cursor") + Style(reverse=self.app.no_color)
            elif tone and (sheet.cells or not here):  # on the cursor's own ground only the plain tone reads well
                style = base + self._tone(tone)
            fitted = fit(words, width, right=sheet.columns[at].right, order=self.order)
            segments += [Segment(fitted, style), Segment(" " * GAP, base)]
        return Strip(segments).adjust_cell_length(self.across, base)

    # --- mouse ------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to what is clicked; clicked once more it is chosen."""
        place = event.get_content_offset(self)
        column = self._column_at(place.x) if place is not None else None
        if place is None or column is None:
            return
        if place.y < self.head_height:
            self.move_to(self.row, column)
            self.post_message(self.HeadClicked())
            return
        row = place.y - self.head_height + self.scroll_offset.y
        if row >= self.sheet.rows:
            return
        again = row == self.row and (column == self.column or not self.sheet.cells)
        self.move_to(row, column)
        if again:
            self.post_message(self.Chosen())

    def _column_at(self, x: int) -> int | None:
        end = GUTTER
        for at, width in self._visible():
            end += width + GAP
            if x < end:
                return at
        return None

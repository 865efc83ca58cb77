"""Widgets that paint each line themselves, without the borders, paddings and scroll bars that others have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Lines(Widget):
    """Its lines go to the screen as they are, which takes a third of the time."""

    def line_at(self, number: int, width: int) -> Strip:
        """One line, of exactly that width: the first of the widget where it does not scroll is 0."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line of what can be seen."""
        return self.line_at(y + self.scroll_offset.y, self.size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region; without colours where the app wants none."""
        top, width = self.scroll_offset.y, self.size.width
        strips = [self.line_at(top + y, width) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, self.background_colors[1]) for strip in strips]
        first, last = crop.column_span
        return strips if (first, last) == (0, width) else [strip.crop(first, last) for strip in strips]


def rail(top: int, height: int, total: int) -> range:
    """The lines beside which the bar at the edge stands, by the line at the top; none where all can be seen."""
    if total <= height:
        return range(0)
    size = max(1, height * height // total)
    first = top + round(top * (height - size) / (total - height))
    return range(first, first + size)


def from_rail(row: int, height: int, total: int) -> int:
    """The line that is put at the top when somebody takes the bar to a row."""
    size = max(1, height * height // total)
    return max(0, round((row - size // 2) * (total - height) / max(height - size, 1)))

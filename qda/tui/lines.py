"""Widgets that paint each line themselves, without the borders, paddings and filters that others have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Lines(Widget):
    """Its `render_line` gives whole lines; they go to the screen as they are, which takes a third of the time."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region; without colours where the app wants none."""
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, self.background_colors[1]) for strip in strips]
        first, last = crop.column_span
        return strips if (first, last) == (0, self.region.width) else [strip.crop(first, last) for strip in strips]

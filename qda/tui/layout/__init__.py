"""Text layout for the coding screen: wrapping, widths, bidirectional order; no widgets.

    layout = TextLayout(text, width=80, order="screen", tab=4, flush=True)
    for number in range(top, top + height):
        line = layout.line(number)          # start, end, paragraph, first, last
        glyphs = layout.map(number)         # the line's one map between offsets and cells
        paint(glyphs.x, glyphs.text)        # or glyph by glyph: glyphs.glyphs
        tint(glyphs.cells(start, end))      # cells that a coding covers
    start, end = glyphs.at(mouse_x)         # the cluster under a cell
    x, width = glyphs.x_of(cursor)          # the cells of the cursor

Offsets are code points of the stored text, which never changes; clusters are never split. What is painted is
`Glyph.text`: `rich.cells.cell_len` of it is the glyph's width, and no control character is in it.

A line's spaces may hang beyond its last cell. All of them are one glyph of width 0; `x_of` puts them, like the
line's end, in the cell `end_x` just beyond the line (left of it in a right-to-left paragraph).

Paragraphs that cannot be wrapped by counting code points are measured when they come into view; until then
their lines are estimated. A viewer holds the offset at its top, not a line number, and
  * calls `settle(top_offset, before, after)` before painting: the result is the line number of that offset,
    and the lines around it are exact;
  * calls `refine(0.004, anchor=top_offset)` when idle, until `.done`, and adds `.shift` to its scroll position;
  * after `resize(width)` asks `settle` or `line_of` for its offset again.
"""

from qda.tui.layout.core import Refined, TextLayout
from qda.tui.layout.linemap import Glyph, Line, LineMap
from qda.tui.layout.oneline import Arranged, on_one_line

__all__ = ["Arranged", "Glyph", "Line", "LineMap", "Refined", "TextLayout", "on_one_line"]

"""The layout of a text: lines by number, their maps, and movement by clusters and lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from qda.tui.layout.build import columns_of, plain_columns, put_in_order
from qda.tui.layout.linemap import Line, LineMap, MixedMap, PlainMap
from qda.tui.layout.measure import SPACE
from qda.tui.layout.metrics import Metrics
from qda.tui.layout.order import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

AHEAD = 64  # lines made exact at once when a reader comes to a place that is only estimated
KEPT = 512  # maps
WIDEST_TAB = 16


@dataclass(frozen=True, slots=True)
class Refined:
    """What a step of refining did: whether all lines are exact now, and by how many lines the anchor moved."""

    done: bool
    shift: int


class TextLayout:
    """A text wrapped to a width in terminal cells; see the package's docstring."""

    def __init__(
        self,
        text: str,
        width: int,
        *,
        order: Literal["screen", "terminal"] = "screen",
        tab: int = 4,
        flush: bool = False,
        labels: Mapping[int, int] | None = None,
    ) -> None:
        """Wrap `text` to `width` cells (at least 2).

        `order`: "screen" puts right-to-left text into visual order here; "terminal" leaves that to the terminal.
        `tab`: cells of a tab. `flush`: lines of right-to-left paragraphs end at the right edge.
        `labels`: where paragraphs begin with a speaker's label, and where the words begin that decide their direction.
        """
        self.text = text
        self._metrics = Metrics(text, _checked(width), max(1, min(tab, WIDEST_TAB)))
        self._pieces = self._metrics.pieces
        self._order = Order(self._pieces, labels) if order == "screen" else None
        self._flush = flush
        self._maps: dict[int, LineMap] = {}

    @property
    def width(self) -> int:
        """Cells that the text is wrapped to."""
        return self._metrics.width

    def resize(self, width: int) -> None:
        """Wrap to another width; line numbers change, offsets do not."""
        if width != self.width:
            self._maps.clear()
            self._metrics.resize(_checked(width))

    # Lines

    @property
    def line_count(self) -> int:
        """The number of lines; an estimate until `exact`."""
        return self._metrics.firsts[-1]

    @property
    def exact(self) -> bool:
        """Whether all lines are counted, none estimated."""
        return self._metrics.unsettled(0) < 0

    def line(self, number: int) -> Line:
        """A line by its number.

        What was only estimated there is made exact first. That can change the numbers of later lines, never
        of earlier ones, so lines read downwards fit together.
        """
        number = range(self.line_count)[number]
        metrics = self._metrics
        while True:
            firsts = metrics.firsts
            piece = min(bisect_right(firsts, number), len(self._pieces)) - 1
            if not metrics.exact[piece]:
                self._settle_down(piece, AHEAD)
                number = min(number, self.line_count - 1)
                continue
            return self._line(piece, number - firsts[piece])

    def _line(self, piece: int, place: int) -> Line:
        """The line that begins in a piece as its `place`th."""
        starts = self._metrics.starts(piece)
        first = place == 0 and self._pieces.begins(piece)
        if place + 1 < len(starts):
            end, last = starts[place + 1], False
        else:
            end, last = self._metrics.line_end(piece)
        return Line(starts[place], end, self._pieces.paragraph(piece), first, last)

    def line_of(self, offset: int) -> int:
        """The number of the line in which an offset stands (a line end belongs to its line)."""
        offset = self._clamped(offset)
        piece = self._pieces.at(offset)
        starts = self._metrics.starts(piece)
        return self._metrics.firsts[piece] + bisect_right(starts, offset) - 1

    def settle(self, offset: int, before: int, after: int) -> int:
        """Make lines around an offset exact: `before` above and `after` below its line. Returns its line's number.

        A viewer calls this before it paints, with the offset at its top as the anchor.
        """
        piece = self._pieces.at(self._clamped(offset))
        self._metrics.settle(piece)
        self._settle_down(piece, after + self._metrics.counts[piece] + 1)
        above = piece
        while before > 0 and above > 0:
            above -= 1
            self._metrics.settle(above)
            before -= self._metrics.counts[above]
        return self.line_of(offset)

    def _settle_down(self, piece: int, lines: int) -> None:
        while lines > 0 and piece < len(self._pieces):
            self._metrics.settle(piece)
            lines -= self._metrics.counts[piece]
            piece += 1

    def refine(self, seconds: float, anchor: int = 0) -> Refined:
        """Make exact what time allows, at least one piece.

        A viewer adds `shift` to its scroll position: the line of the offset `anchor` then stays where it is.
        """
        metrics = self._metrics
        piece = metrics.unsettled(0)
        if piece < 0:
            return Refined(done=True, shift=0)
        until = perf_counter() + seconds
        before = self.line_of(anchor)
        while piece >= 0:
            metrics.settle(piece)
            piece = metrics.unsettled(piece)
            if perf_counter() > until:
                break
        return Refined(done=piece < 0, shift=self.line_of(anchor) - before)

    # Maps

    def map(self, number: int) -> LineMap:
        """The map of a line by its number."""
        return self.map_of(self.line(number))

    def map_of(self, line: Line) -> LineMap:
        """The map of a line."""
        found = self._maps.get(line.start)
        if found is None:
            if len(self._maps) >= KEPT:
                self._maps.clear()
            found = self._maps[line.start] = self._make(line)
        return found

    def _make(self, line: Line) -> LineMap:
        start, end = line.start, line.end
        piece = self._pieces.at(start)
        text = self.text[start:end]
        ordered = self._order.line(piece, start, end) if self._order else None
        plain = self._pieces.plain[piece]
        if plain and ordered is None:
            return PlainMap(line, text, self.width)
        if plain:
            columns = plain_columns(text, self.width)
        else:
            hangs = len(self._metrics.flags[start:end].rstrip(bytes((SPACE,))))
            columns = columns_of(text, self._edges(start, end), self.width, hangs)
        base = 0
        if ordered is not None:
            base, levels = ordered
            put_in_order(columns, levels)
        x = max(0, self.width - sum(columns.widths)) if base and self._flush else 0
        return MixedMap(line, columns, x, right_to_left=bool(base))

    def _edges(self, start: int, end: int) -> list[int]:
        """Cells from a line's start up to the end of each code point's cluster."""
        after, found = self._metrics.after, []
        done = 0
        while start < end:
            piece = self._pieces.at(start)
            self._metrics.need(piece)
            first, stop = self._pieces.starts[piece], min(end, self._pieces.end(piece))
            shift = done - (after[start - 1] if start > first else 0)
            found += [edge + shift for edge in after[start:stop]]
            start, done = stop, found[-1]
        return found

    # Movement

    def _clamped(self, offset: int) -> int:
        return min(max(offset, 0), len(self.text))

    def snap(self, offset: int) -> int:
        """The start of the cluster in which an offset stands."""
        offset = self._clamped(offset)
        piece = self._pieces.at(offset)
        start, end = self._pieces.starts[piece], self._pieces.end(piece)
        if offset >= end or self._pieces.plain[piece]:
            return min(offset, end)
        self._metrics.need(piece)
        after = self._metrics.after
        return bisect_left(after, after[offset], start, offset)

    def next_cluster(self, offset: int) -> int:
        """The offset behind the cluster at an offset; a line end is one cluster."""
        offset = self._clamped(offset)
        piece = self._pieces.at(offset)
        end = self._pieces.end(piece)
        if offset >= end:
            return self._pieces.starts[piece + 1]
        if self._pieces.plain[piece]:
            return offset + 1
        self._metrics.need(piece)
        after = self._metrics.after
        return bisect_right(after, after[offset], offset, end)

    def previous_cluster(self, offset: int) -> int:
        """The start of the cluster before an offset."""
        return self.snap(self._clamped(offset) - 1)

    def vertical(self, offset: int, lines: int, goal_x: int) -> int:
        """The offset reached by going `lines` down (negative: up), as near as possible to the cell `goal_x`.

        It stays in the line it reaches; the first and the last line are not left.
        """
        number = self.settle(offset, max(0, -lines), max(0, lines)) + lines
        number = min(max(number, 0), self.line_count - 1)
        line = self.line(number)
        place = self.map_of(line).at(goal_x)[0]
        return self.previous_cluster(place) if place == line.end and not line.last else place


def _checked(width: int) -> int:
    if width < 2:
        raise ValueError(f"a width of {width} cells is too narrow: at least 2")
    return width

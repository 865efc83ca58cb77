"""The one map between stored offsets and screen cells of a line: painting, clicks, arrows and selection use it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """A line on the screen: offsets in code points of the stored text, its line end left out."""

    start: int
    end: int
    paragraph: int  # number of its paragraph
    first: bool  # first line of its paragraph
    last: bool  # last line of its paragraph


class Glyph(NamedTuple):
    """One painted cluster."""

    x: int  # first cell
    width: int  # cells; 0 only for the spaces that hang beyond the edge
    start: int  # offsets of the cluster
    end: int
    text: str  # what to paint: exactly `width` cells


class LineMap(ABC):
    """Glyphs of a line in visual order, and the ways between offsets and cells."""

    def __init__(self, line: Line, x: int, width: int, *, right_to_left: bool) -> None:
        self.line = line
        self.x = x  # the first cell of the line
        self.width = width  # cells that are painted
        self.right_to_left = right_to_left  # direction of the paragraph

    @cached_property
    @abstractmethod
    def glyphs(self) -> tuple[Glyph, ...]:
        """All glyphs from left to right."""

    @cached_property
    @abstractmethod
    def text(self) -> str:
        """What to paint, `width` cells from cell `x`."""

    @abstractmethod
    def runs(self, edges: list[int]) -> list[tuple[int, str]]:
        """The same in pieces from left to right, cut at sorted offsets: an offset in each, and what to paint."""

    @property
    def end_x(self) -> int:
        """The cell in which a cursor stands behind the line's last character."""
        return self.x - 1 if self.right_to_left else self.x + self.width

    @abstractmethod
    def x_of(self, offset: int) -> tuple[int, int]:
        """First cell and width of the cluster at an offset; at the line's end `end_x` and 0."""

    @abstractmethod
    def at(self, x: int) -> tuple[int, int]:
        """Start and end of the cluster under a cell.

        Beyond the line's end: the hanging spaces, or the end twice. Beyond its beginning: the cluster there.
        """

    @abstractmethod
    def cells(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches of cells (first, one past the last), from left to right, that offsets start to end cover."""

    @abstractmethod
    def left(self, offset: int) -> tuple[int, int] | None:
        """The cluster on the screen left of that at an offset, or None at the line's left edge."""

    @abstractmethod
    def right(self, offset: int) -> tuple[int, int] | None:
        """The cluster on the screen right of that at an offset, or None at the line's right edge."""


class PlainMap(LineMap):
    """A line of one cell a code point, from left to right."""

    def __init__(self, line: Line, stored: str, width: int) -> None:
        """`stored` is the line's text, `width` the cells there are; only spaces may stand beyond them."""
        super().__init__(line, 0, min(len(stored), width), right_to_left=False)
        self._stored = stored
        self._hang = line.start + self.width  # where spaces begin to hang

    @cached_property
    def glyphs(self) -> tuple[Glyph, ...]:
        """All glyphs from left to right."""
        start = self.line.start
        found = [Glyph(x, 1, start + x, start + x + 1, char) for x, char in enumerate(self.text)]
        if self._hang < self.line.end:
            found.append(Glyph(self.width, 0, self._hang, self.line.end, ""))
        return tuple(found)

    @cached_property
    def text(self) -> str:
        """What to paint, `width` cells from cell `x`."""
        return self._stored[: self.width]

    def runs(self, edges: list[int]) -> list[tuple[int, str]]:
        """What to paint in pieces, as told in `LineMap`."""
        start = self.line.start
        cuts = [edge - start for edge in edges if 0 < edge - start < self.width]
        return [(start + one, self.text[one:other]) for one, other in pairwise((0, *cuts, self.width)) if one < other]

    def x_of(self, offset: int) -> tuple[int, int]:
        """First cell and width of the cluster at an offset; at the line's end `end_x` and 0."""
        x = max(0, offset - self.line.start)
        return (x, 1) if x < self.width else (self.width, 0)

    def at(self, x: int) -> tuple[int, int]:
        """Start and end of the cluster under a cell, as told in `LineMap`."""
        if x >= self.width:
            return self._hang, self.line.end
        start = self.line.start + max(0, x)
        return start, start + 1

    def cells(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches of cells that offsets start to end cover."""
        x0, x1 = max(0, start - self.line.start), min(self.width, end - self.line.start)
        return [(x0, x1)] if x0 < x1 else []

    def left(self, offset: int) -> tuple[int, int] | None:
        """The cluster on the screen left of that at an offset, or None at the line's left edge."""
        x = self.x_of(offset)[0]
        return self.at(x - 1) if x > 0 else None

    def right(self, offset: int) -> tuple[int, int] | None:
        """The cluster on the screen right of that at an offset, or None at the line's right edge."""
        x = self.x_of(offset)[0] + 1
        return self.at(x) if x < self.width or (x == self.width and self._hang < self.line.end) else None


@dataclass(slots=True)
class Columns:
    """A line's clusters in visual order, one entry a cluster in each list."""

    starts: list[int]
    ends: list[int]
    widths: list[int]
    texts: list[str]
    order: list[int]  # for each place on the screen, the number of the cluster in the stored text


class MixedMap(LineMap):
    """A line of any clusters in any order."""

    def __init__(self, line: Line, columns: Columns, x: int, *, right_to_left: bool) -> None:
        """`columns` are in visual order, with offsets counted from the line's start; `x` is the first cell."""
        super().__init__(line, x, sum(columns.widths), right_to_left=right_to_left)
        columns.starts = [line.start + start for start in columns.starts]
        columns.ends = [line.start + end for end in columns.ends]
        self._columns = columns
        self._xs = list(accumulate(columns.widths, initial=x))

    @cached_property
    def _places(self) -> list[int]:
        """For each cluster of the stored text, its place on the screen."""
        places = [0] * len(self._columns.order)
        for place, number in enumerate(self._columns.order):
            places[number] = place
        return places

    @cached_property
    def _stored(self) -> list[int]:
        """Starts of the clusters in the stored order."""
        return sorted(self._columns.starts)

    @cached_property
    def glyphs(self) -> tuple[Glyph, ...]:
        """All glyphs from left to right."""
        columns = self._columns
        return tuple(map(Glyph, self._xs, columns.widths, columns.starts, columns.ends, columns.texts))

    @cached_property
    def text(self) -> str:
        """What to paint, `width` cells from cell `x`."""
        return "".join(self._columns.texts)

    def runs(self, edges: list[int]) -> list[tuple[int, str]]:
        """What to paint in pieces, as told in `LineMap`."""
        starts, texts = self._columns.starts, self._columns.texts
        line = self.line
        cuts = [edge for edge in edges if line.start < edge < line.end]
        if not cuts:
            return [(line.start, self.text)] if starts else []
        found: list[tuple[int, str]] = []
        first, last = 0, len(starts)
        while first < last:
            stretch = bisect_right(cuts, starts[first])
            low = cuts[stretch - 1] if stretch else line.start
            high = cuts[stretch] if stretch < len(cuts) else line.end + 1
            end = first + 1
            while end < last and low <= starts[end] < high:
                end += 1
            found.append((starts[first], "".join(texts[first:end])))
            first = end
        return found

    def _place(self, offset: int) -> int:
        """The place on the screen of the cluster at an offset; the clusters' number at the line's end."""
        if offset >= self.line.end:
            return len(self._stored)
        return self._places[max(0, bisect_right(self._stored, offset) - 1)]

    def x_of(self, offset: int) -> tuple[int, int]:
        """First cell and width of the cluster at an offset; at the line's end `end_x` and 0."""
        place = self._place(offset)
        width = self._columns.widths[place] if place < len(self._stored) else 0
        return (self._xs[place], width) if width else (self.end_x, 0)

    def at(self, x: int) -> tuple[int, int]:
        """Start and end of the cluster under a cell, as told in `LineMap`."""
        beyond = x < self.x if self.right_to_left else x >= self.x + self.width
        if beyond or not self.width:
            return self._behind()
        x = min(max(x, self.x), self.x + self.width - 1)
        return self._span(bisect_right(self._xs, x) - 1)

    def _span(self, place: int) -> tuple[int, int]:
        return self._columns.starts[place], self._columns.ends[place]

    def _behind(self) -> tuple[int, int]:
        """The spaces that hang at the line's end, or the end twice."""
        if self._stored:
            edge = 0 if self.right_to_left else len(self._stored) - 1
            if not self._columns.widths[edge]:
                return self._span(edge)
        return self.line.end, self.line.end

    def cells(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches of cells that offsets start to end cover, neighbours as one."""
        found: list[tuple[int, int]] = []
        columns = self._columns
        for at, (first, last) in enumerate(zip(columns.starts, columns.ends, strict=True)):
            if first < end and start < last and columns.widths[at] and start < end:
                x0, x1 = self._xs[at], self._xs[at + 1]
                if found and found[-1][1] == x0:
                    x0 = found.pop()[0]
                found.append((x0, x1))
        return found

    def left(self, offset: int) -> tuple[int, int] | None:
        """The cluster on the screen left of that at an offset, or None at the line's left edge."""
        place = self._place(offset)
        if offset >= self.line.end and self.right_to_left:
            return None
        return self._span(place - 1) if place > 0 else None

    def right(self, offset: int) -> tuple[int, int] | None:
        """The cluster on the screen right of that at an offset, or None at the line's right edge."""
        place = -1 if offset >= self.line.end and self.right_to_left else self._place(offset)
        return self._span(place + 1) if place + 1 < len(self._stored) else None

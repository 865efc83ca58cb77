"""A place in its context: the words around it, and below each line who has which code on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qda.tui.layout import TextLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Turn
    from qda.tui.adjudication.bars import Lane
    from qda.tui.layout import Arranged

AROUND = 1000  # characters before and behind a place that can be read
Span = tuple[int, int]


class Row(NamedTuple):
    """A row of the scene: a line of the text, or what a lane has below it."""

    line: int
    lane: int | None = None


def window(text: str, span: Span) -> Span:
    """The stretch of a text around a place, from a line end to another where one is near, else between words."""
    start, end = span
    low = text.rfind("\n", 0, max(0, start - AROUND)) + 1
    if start - low > 2 * AROUND:
        low = text.find(" ", start - AROUND, start) + 1 or start - AROUND
    high = text.find("\n", end + AROUND)
    high = len(text) if high < 0 else high
    if high - end > 2 * AROUND:
        high = text.rfind(" ", end, end + AROUND)
        high = end + AROUND if high < 0 else high
    return low, high


@dataclass
class Scene:
    """What is shown of one place; offsets within are those of the window, `base` is where it begins in the text."""

    text: str
    base: int
    place: Span
    turns: Sequence[Turn]
    lanes: Sequence[Lane] = ()
    order: Arranged = "screen"
    margin: int = 4  # cells of the widest label
    chosen: Span | None = None  # the words of a new span
    at_end: bool = True  # which end of it is moved
    layout: TextLayout = field(init=False)

    def __post_init__(self) -> None:
        said = {turn.start - self.base: turn.body - self.base for turn in self.turns if turn.start < turn.body}
        self.layout = TextLayout(self.text, 60, order=self.order, flush=True, labels=said)

    def resize(self, width: int) -> None:
        """Wrap to a width; all lines are counted."""
        self.layout.resize(max(width, 2))
        self.layout.settle(0, 0, len(self.text) + 1)

    def rows(self) -> list[Row]:
        """The lines, each with the lanes that have something on it; those of lanes without words are left out."""
        found = []
        for number in range(self.layout.line_count):
            found.append(Row(number))
            line_map = self.layout.map(number)
            for at, lane in enumerate(self.lanes):
                if any(line_map.cells(stroke.start, stroke.end) for stroke in lane.strokes):
                    found.append(Row(number, at))
        return found


def scene(text: str, span: Span, turns: Sequence[Turn], order: Arranged) -> Scene:
    """The scene of a place of a text, without lanes yet."""
    low, high = window(text, span)
    near = [turn for turn in turns if low <= turn.start and turn.body <= high]
    return Scene(text[low:high], low, (span[0] - low, span[1] - low), near, order=order)

"""Painting lines of a transcript: margin, words, lanes of codings, and the names of those that start."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from qda.tui.layout import on_one_line
from qda.tui.layout.linemap import PlainMap
from qda.tui.theme import tint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.model.nouns import Coding, Turn
    from qda.tui.coding.spans import Spans
    from qda.tui.layout import Arranged, Line, LineMap, TextLayout
    from qda.tui.theme import Paint

Span = tuple[int, int]
TEXT_AT_LEAST = 24
MEMO, BOOKMARK, EDITED = "✎", "◆", "~"


class Columns(NamedTuple):
    """How wide the parts of a line are, in cells: margin, words, lanes, names of codings."""

    margin: int
    words: int
    lanes: int
    names: int


def columns(width: int, turns: list[Turn], *, labels: bool, widest: int = 100) -> Columns:
    """Share a width out: words get the most, but no line longer than people read with ease."""
    number = max(len(str(turns[-1].number)) if turns else 1, 2)
    margin = number + 3 + (min(10, max((len(turn.label or "") for turn in turns), default=0)) + 1 if labels else 0)
    lanes = 3 if width < 90 else 5 if width < 130 else 8
    names = 12 if width < 90 else 18 if width < 130 else 28
    words = width - margin - lanes - names - 2
    if words < TEXT_AT_LEAST:
        names, lanes = 0, min(lanes, 2)
        words = max(2, width - margin - lanes - 2)
    return Columns(margin, min(words, widest), lanes, names)


def aside(stretches: Sequence[Span], length: int) -> list[Span]:
    """What lies outside of the stretches that are assigned, in a text of a length; nothing where all of it is."""
    if not stretches:
        return []
    edges = [0, *(edge for stretch in stretches for edge in stretch), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


@dataclass
class Look:
    """What decides how a line looks, beside the text itself."""

    paint: Paint
    colours: Mapping[int, str]
    columns: Columns
    colour_of: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    coders: Mapping[int, str] = field(default_factory=dict)
    focus: frozenset[int] = frozenset()
    me: int | None = None
    others: bool = True
    chosen: int | None = None
    selection: Span | None = None
    cursor: int | None = None
    hits: list[Span] = field(default_factory=list)
    not_data: list[Span] = field(default_factory=list)
    confidential: list[Span] = field(default_factory=list)
    aside: list[Span] = field(default_factory=list)  # what is not assigned, where only stretches are
    bookmarks: frozenset[int] = frozenset()
    memos: tuple[int, ...] = ()  # where they begin, in order
    commented: frozenset[int] = frozenset()
    no_colour: bool = False
    order: Arranged = "screen"

    def visible(self, coding: Coding) -> bool:
        """Whether a coding is shown: those of others can be hidden."""
        return self.others or (coding.coder == self.me and coding.layer == "independent")


class Painter:
    """Paints the lines of one open text."""

    def __init__(self, layout: TextLayout, turns: list[Turn], spans: Spans, look: Look, *, labels: bool) -> None:
        self.layout = layout
        self.spans = spans
        self.look = look
        self._labels = labels
        self._turns = turns

    def line(self, number: int, width: int) -> list[Segment]:
        """One line of the screen, as wide as that or wider."""
        line = self.layout.line(number)
        end = self.layout.line(number + 1).start if number + 1 < self.layout.line_count else line.end + 1
        shown = [one for one in self.spans.over(line.start, max(end, line.start + 1)) if self.look.visible(one)]
        return [
            *self._margin(line, end),
            *self._words(number, line, shown),
            *self._lanes(line, end, shown),
            *self._names(line, shown),
            Segment(" " * (width - sum(self.look.columns) - 2), _style(self.look.paint.quiet, self.look.paint.ground)),
        ]

    def rail(self, *, marked: bool) -> Segment:
        """The cell at the right edge: a bar beside the lines that tell how far down in the text they stand."""
        return Segment("┃" if marked else " ", _style(self.look.paint.quiet, self.look.paint.ground))

    def _margin(self, line: Line, end: int) -> list[Segment]:
        look, width = self.look, self.look.columns.margin
        turn = self._turn_at(line, end)
        text = ""
        if turn is not None:
            room = self._label_width()
            said = on_one_line(turn.label or "", room, look.order)
            label = f" {set_cell_size(said, room)}" if self._labels else ""
            text = f"{turn.number:>{width - 3 - (len(label) and self._label_width() + 1)}}{label}"
        marked = any(line.start <= place < end for place in look.bookmarks)
        following = bisect_left(look.memos, line.start)
        noted = following < len(look.memos) and look.memos[following] < end
        signs = f"{MEMO if noted else ' '}{BOOKMARK if marked else ' '}"
        return [
            Segment(set_cell_size(text, width - 3), _style(look.paint.quiet, look.paint.ground)),
            Segment(signs, _style(look.paint.cursor, look.paint.ground, bold=True)),
        ]

    def _label_width(self) -> int:
        number = max(len(str(self._turns[-1].number)) if self._turns else 1, 2)
        return self.look.columns.margin - number - 4

    def _turn_at(self, line: Line, end: int) -> Turn | None:
        return next((turn for turn in self._turns_over(line.start, end) if line.start <= turn.start), None)

    def _words(self, number: int, line: Line, shown: list[Coding]) -> list[Segment]:
        """The words with a cell on either side, in which the cursor can stand."""
        look, width = self.look, self.look.columns.words
        line_map = self.layout.map(number)
        overlays = self._overlays(line, shown)
        if not isinstance(line_map, PlainMap):  # what begins inside a cluster is seen on the whole of it
            first, snap = line.start, self.layout.snap
            overlays = [(snap(start) if start > first else start, end, what) for start, end, what in overlays]
        edges = sorted({edge for start, end, _ in overlays for edge in (start, end)})
        ground = _style(look.paint.text, look.paint.ground)
        segments = [Segment(" " * (line_map.x + 1), ground)]
        used = line_map.x + line_map.width
        segments += [Segment(text, self._style_at(place, overlays)) for place, text in line_map.runs(edges)]
        if self._cursor_behind(number, line_map):
            cell = Segment(" ", _style(look.paint.cursor_text, look.paint.cursor, reverse=look.no_colour))
            if line_map.right_to_left:
                segments[:1] = [Segment(" " * line_map.x, ground), cell]
            else:
                segments.append(cell)
                used += 1
        return [*segments, Segment(" " * (width + 1 - used), ground)]

    def _cursor_behind(self, number: int, line_map: LineMap) -> bool:
        """Whether the cursor stands behind the last cell of a line: at its end, or on spaces that hang there."""
        cursor, line = self.look.cursor, line_map.line
        if cursor is None or not line.start <= cursor <= line.end or line_map.x_of(cursor)[1]:
            return False
        return self.layout.line_of(cursor) == number

    def _overlays(self, line: Line, shown: list[Coding]) -> list[tuple[int, int, str]]:
        """What lies over the words of a line, the strongest last: start, end, what."""
        look, end = self.look, line.end + 1
        found: list[tuple[int, int, str]] = []
        labelled = (turn for turn in self._turns_over(line.start, end) if turn.body > turn.start)
        found += [(turn.start, turn.body, "label") for turn in labelled]
        found += [(start, stop, "not data") for start, stop in look.not_data if start < end and line.start < stop]
        found += [
            (start, stop, "confidential") for start, stop in look.confidential if start < end and line.start < stop
        ]
        found += [(start, stop, "aside") for start, stop in look.aside if start < end and line.start < stop]
        for coding in shown:
            if coding.code in look.focus:
                found.append((coding.start, coding.end, f"tint {look.colour_of.get(coding.code, look.paint.text)}"))
            if coding.key == look.chosen:
                found.append((coding.start, coding.end, "chosen"))
        first = bisect_right(look.hits, line.start, key=lambda hit: hit[1])
        found += [(*hit, "hit") for hit in islice(look.hits, first, bisect_left(look.hits, (end, 0)))]
        if look.selection is not None and look.selection[0] < end and line.start < look.selection[1]:
            found.append((*look.selection, "selection"))
        if look.cursor is not None and line.start <= look.cursor < line.end:
            found.append((look.cursor, self.layout.next_cluster(look.cursor), "cursor"))
        return found

    def _turns_over(self, start: int, end: int) -> Iterable[Turn]:
        at = max(0, bisect_right(self._turns, start, key=lambda turn: turn.start) - 1)
        while at < len(self._turns) and self._turns[at].start < end:
            yield self._turns[at]
            at += 1

    def _style_at(self, place: int, overlays: list[tuple[int, int, str]]) -> Style:
        paint = self.look.paint
        colour, ground = paint.text, paint.ground
        bold = underline = italic = reverse = False
        strike = _is_struck(place, overlays)
        for start, end, what in overlays:
            if not start <= place < end or what == "confidential":
                continue
            if what == "label":
                colour, bold = paint.speaker, True
            elif what == "not data":
                colour, italic = paint.not_data, True
            elif what == "aside":
                colour = paint.quiet
            elif what.startswith("tint "):
                ground, underline = tint(what[5:], paint.ground), underline or self.look.no_colour
            elif what == "chosen":
                underline = True
            elif what == "hit":
                ground, bold = paint.hit, True
            elif what == "cursor":
                return _style(paint.cursor_text, paint.cursor, bold=True, reverse=self.look.no_colour, strike=strike)
            else:
                ground, reverse = paint.selection, self.look.no_colour
        return _style(colour, ground, bold=bold, underline=underline, italic=italic, reverse=reverse, strike=strike)

    def _lanes(self, line: Line, end: int, shown: list[Coding]) -> list[Segment]:
        look = self.look
        cells: list[tuple[str, Style | None]] = [(" ", None)] * look.columns.lanes
        for coding in shown:
            lane = self.spans.lane(coding.key)
            if lane < look.columns.lanes:
                chosen = coding.key == look.chosen
                sign = _SIGNS[chosen][(coding.start >= line.start, coding.end <= end)]
                colour = look.colour_of.get(coding.code, look.paint.plain_family)
                if cells[lane][1] is not None:  # one ends in the line where another begins
                    sign = "┣" if chosen else "├"
                cells[lane] = (sign, _style(colour, look.paint.ground, bold=chosen))
        blank = _style(look.paint.quiet, look.paint.ground)
        runs = groupby(cells, key=lambda cell: cell[1])
        return [Segment("".join(sign for sign, _ in run), style or blank) for style, run in runs]

    def _names(self, line: Line, shown: list[Coding]) -> list[Segment]:
        look, room = self.look, self.look.columns.names
        ground = _style(look.paint.quiet, look.paint.ground)
        if room <= 0:
            return [Segment(" ", ground)]
        starting = [one for one in shown if one.start >= line.start or line.start == 0]
        starting.sort(key=lambda one: one.coder != look.me)
        segments = [Segment(" ", ground)]
        for at, coding in enumerate(starting):
            mark = self._mark(coding)
            name = f"{on_one_line(look.names.get(coding.code, '?'), None, look.order)}{mark}"
            more = len(starting) - at - 1
            tail = f" +{more}" if more else ""
            if at and room < cell_len(name) + 2 + len(tail):
                left = f" +{more + 1}"
                segments.append(Segment(left[:room], ground))
                room -= min(len(left), room)
                break
            lead = ", " if at else ""
            size = room - len(tail) - len(lead)
            if cell_len(name) > size:
                mark = mark if cell_len(mark) < size else ""
                name = on_one_line(look.names.get(coding.code, "?"), max(size - cell_len(mark), 0), look.order) + mark
            name = f"{lead}{name}"
            colour = look.colour_of.get(coding.code, look.paint.plain_family)
            segments.append(Segment(name, _style(colour, look.paint.ground, bold=coding.key == look.chosen)))
            room -= cell_len(name)
        return [*segments, Segment(" " * max(room, 0), ground)]

    def _mark(self, coding: Coding) -> str:
        """Behind the name of a coding: signs for a comment and an edited text, and whose it is if not one's own."""
        look = self.look
        mark = f" {MEMO}" if coding.key in look.commented else ""
        mark += f" {EDITED}" if coding.anchor else ""
        if coding.layer == "consensus":
            return f"{mark} ="
        if coding.coder != look.me:
            return f"{mark} ·{on_one_line(look.coders.get(coding.coder, '?')[:2], None, look.order)}"
        return mark


# What stands in a lane, by whether the coding starts and whether it ends in the line; heavy for the chosen one.
_SIGNS = {
    False: {(True, True): "▪", (True, False): "┌", (False, True): "└", (False, False): "│"},
    True: {(True, True): "■", (True, False): "┏", (False, True): "┗", (False, False): "┃"},
}


def _is_struck(place: int, overlays: list[tuple[int, int, str]]) -> bool:
    """Whether a place is confidential."""
    return any(what == "confidential" and start <= place < end for start, end, what in overlays)


@lru_cache(maxsize=2048)
def _style(
    colour: str,
    ground: str,
    *,
    bold: bool = False,
    underline: bool = False,
    italic: bool = False,
    reverse: bool = False,
    strike: bool = False,
) -> Style:
    return Style(
        color=colour,
        bgcolor=ground,
        bold=bold,
        underline=underline,
        italic=italic,
        reverse=reverse,
        strike=strike,
    )

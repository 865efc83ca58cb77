"""An oracle for the coding screen that knows only what is painted: which cells hold which sign, in which colours.

Cells are read from the strips of the running app; how wide a sign is says the table here. Which place of the
stored text a cell shows follows from the texts of `painted_texts`, in which every sign occurs once in a
paragraph. Nothing of `qda.tui.layout` is asked.
"""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from painted_texts import PARAGRAPHS, Paragraph, plain_key
from textual import events
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.geometry import Region

from qda.model.transcript import SpokenTurn, Transcript
from qda.store import Study
from qda.tui.app import QdaApp
from qda.tui.coding.screen import CodingScreen
from qda.tui.theme import PAINTS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import RenderableType
    from rich.style import Style
    from textual.pilot import Pilot
    from textual.screen import Screen

Span = tuple[int, int]
Cell = tuple[int, int]  # line of the text, column of the screen
PAINT = PAINTS["qda-dark"]
VIRAMA, SARA_AM = "\u094d", "\u0e33"


# --- what terminals do with text ----------------------------------------------------------------------------


def width_of(char: str) -> int:
    """Cells that a terminal gives to a code point, after Markus Kuhn's wcwidth."""
    code = ord(char)
    if unicodedata.category(char) in {"Mn", "Me", "Cf"} or 0x1160 <= code <= 0x11FF:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _joins(before: str, char: str) -> bool:
    """Whether a sign of the texts goes on with a code point."""
    if not width_of(char) or char == SARA_AM or unicodedata.category(char) == "Mc":
        return True
    if 0x1F1E6 <= ord(char) <= 0x1F1FF:
        return len(before) == 1 and 0x1F1E6 <= ord(before) <= 0x1F1FF
    return before[-1:] == VIRAMA


@lru_cache(maxsize=4096)
def signs(text: str) -> tuple[tuple[str, int], ...]:
    """The signs of a painted text with their widths."""
    found: list[str] = []
    for char in text:
        if found and _joins(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return tuple((sign, sum(map(width_of, sign))) for sign in found)


class Sign(NamedTuple):
    """A painted sign: its first cell, its width, what it is, its style."""

    x: int
    width: int
    text: str
    style: Style | None

    @property
    def ground(self) -> str:
        """The colour behind it, `#rrggbb`."""
        colour = self.style.bgcolor if self.style is not None else None
        return colour.get_truecolor().hex if colour is not None else ""

    @property
    def colour(self) -> str:
        """Its own colour, `#rrggbb`."""
        colour = self.style.color if self.style is not None else None
        return colour.get_truecolor().hex if colour is not None else ""


Row = list[Sign]


def row_of(segments: Iterable[tuple[str, Style | None, object]]) -> Row:
    """The signs of one line of the screen."""
    found, x = [], 0
    for text, style, _ in segments:
        for sign, width in signs(text):
            found.append(Sign(x, width, sign, style))
            x += width
    return found


# --- a study and its app ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    """Paragraphs under each other, an empty line now and then."""

    paragraphs: tuple[Paragraph, ...] = PARAGRAPHS
    gaps: int = 5  # an empty line after so many paragraphs

    @cached_property
    def parts(self) -> tuple[Paragraph | None, ...]:
        """The paragraphs, None for an empty line."""
        found: list[Paragraph | None] = []
        for at, paragraph in enumerate(self.paragraphs, 1):
            found += [paragraph] if at % self.gaps else [paragraph, None]
        return tuple(found)

    @cached_property
    def text(self) -> str:
        """The stored text."""
        return "\n".join(part.text if part else "" for part in self.parts)

    def place(self, name: str) -> int:
        """Where a paragraph starts."""
        start = 0
        for part in self.parts:
            if part is not None and part.name == name:
                return start
            start += len(part.text if part else "") + 1
        raise KeyError(name)

    def spans(self, name: str) -> list[Span]:
        """Offsets of a paragraph's clusters."""
        part = next(part for part in self.paragraphs if part.name == name)
        return part.spans(self.place(name))


def make_study(folder: Path, document: Document, turns: tuple[SpokenTurn, ...] = ()) -> Path:
    """A study with the text, and a few codes whose names are as hard as the text."""
    text = document.text
    with Study.create(folder, coder="anna") as study:
        study.sources.add(Transcript("text", "txt", text.encode(), text, "utf-8", turns), speakers={})
        for name in ("trust", "fear", "باوەڕ", "👨\u200d👩\u200d👧 kin", "e\u0301cole हिन्दी", "עברית (אב) cd"):
            study.codebook.add(name)
    return folder


@dataclass
class Desk:
    """The running app with its coding screen, used and read from outside."""

    app: QdaApp
    pilot: Pilot[None]
    document: Document
    mirrored: bool = True  # the screen itself puts right-to-left lines into order
    lines: list[Painted] = field(default_factory=list)
    clock: float = 0.0

    @property
    def screen(self) -> CodingScreen:
        """The coding screen."""
        assert isinstance(self.app.screen, CodingScreen)
        return self.app.screen

    @property
    def words(self) -> range:
        """The columns in which the text may stand."""
        parts = self.screen.look.columns
        left = self.screen.transcript.region.x + parts.margin
        return range(left, left + parts.words)

    @property
    def rows(self) -> range:
        """The rows of the screen in which the text stands."""
        region = self.screen.transcript.region
        return range(region.y, region.bottom)

    @property
    def top(self) -> int:
        """The number of the painted line in the first row of the text."""
        return int(self.screen.transcript.scroll_offset.y)

    def painted(self) -> list[Row]:
        """All rows of the screen."""
        strips = self.screen._compositor.render_strips()
        return [row_of(strip) for strip in strips]

    def cells_where(self, fits: Callable[[Sign], bool], rows: list[Row] | None = None) -> set[Cell]:
        """The cells of the words in which something fits what is painted."""
        around = range(self.words.start - 1, self.words.stop + 1)
        rows = self.painted() if rows is None else rows
        return {
            (self.top + y - self.rows.start, sign.x + more)
            for y in self.rows
            for sign in rows[y]
            if sign.x in around and fits(sign)
            for more in range(sign.width)
        }

    def cells_with(self, ground: str, rows: list[Row] | None = None) -> set[Cell]:
        """The cells of the words with a colour behind them."""
        return self.cells_where(lambda sign: sign.ground == ground, rows)

    def cursor_cells(self) -> set[Cell]:
        """The cells that are painted as the cursor; read quickly, it is asked often."""
        found = set()
        strips = self.screen._compositor.render_strips()
        for y in self.rows:
            for segment in strips[y]:
                if segment.style is not None and Sign(0, 1, "", segment.style).ground == PAINT.cursor:
                    marked = [one for one in row_of(strips[y]) if one.ground == PAINT.cursor]
                    number = self.top + y - self.rows.start
                    found |= {(number, one.x + more) for one in marked for more in range(one.width)}
                    break
        return found

    # --- hands ----------------------------------------------------------------------------------------------

    async def key(self, *names: str) -> None:
        """Press keys; a name of one character writes it."""
        for name in names:
            character = name if len(name) == 1 else None
            await self.app._take(events.Key(name, character))

    async def mouse(self, kind: type[events.MouseEvent], x: int, y: int, *, shift: bool = False) -> None:
        """Let the mouse do something at a cell of the screen."""
        widget = self.app.mouse_captured
        region = widget.region if widget is not None else None
        if widget is None or region is None:
            widget, region = self.screen.get_widget_at(x, y)
        event = kind(
            widget, x - region.x, y - region.y, 0, 0, 1, shift, False, False, screen_x=x, screen_y=y, style=None
        )
        event._set_forwarded()
        event.time = self.clock = self.clock + 0.01
        await widget._dispatch_message(event)

    async def click(self, x: int, y: int, times: int = 1) -> None:
        """Click once or several times in a row, long after what was clicked before."""
        self.clock += 10
        for _ in range(times):
            await self.mouse(events.MouseDown, x, y)
            await self.mouse(events.MouseUp, x, y)

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at a cell, move to another, let go."""
        self.clock += 10
        await self.mouse(events.MouseDown, *start)
        await self.mouse(events.MouseMove, *end)
        await self.mouse(events.MouseUp, *end)

    def put(self, place: int) -> None:
        """Put the cursor at a place of the text."""
        self.screen.travel(lambda: self.screen.cursor.go(place))

    def scroll(self, line: int) -> None:
        """Scroll as the wheel does."""
        self.screen.transcript.scroll_to(y=line, animate=False, immediate=True)

    async def settle(self) -> None:
        """Wait until all lines are counted."""
        for _ in range(200):
            await self.pilot.pause(0.005)
            if not self.screen.transcript.refine():
                break
        await self.pilot.pause()

    # --- the whole text as it is painted ----------------------------------------------------------------------

    def read(self) -> None:
        """Read all painted lines from the first to the last, and find out what they show."""
        before, numbers = self.top, range(0)
        found: list[Row] = []
        self.scroll(0)
        while True:
            rows = self.painted()
            page = [rows[y] for y in self.rows]
            fresh = page[len(found) - self.top :]
            found += fresh
            self.scroll(self.top + len(page))
            if not fresh or len(found) == self.top + len(page):
                break
        assert not numbers
        self.scroll(before)
        self.lines = list(recognised(found, self.words, self.document, mirrored=self.mirrored))

    def shown(self) -> Iterator[tuple[int, Painted]]:
        """The lines on the screen: row and line."""
        for y in self.rows:
            if self.top + y - self.rows.start < len(self.lines):
                yield y, self.lines[self.top + y - self.rows.start]

    def turned(self, line: Painted) -> bool:
        """Whether a line is painted from right to left."""
        return self.mirrored and line.paragraph is not None and line.paragraph.right

    def line_of(self, offset: int) -> int:
        """The number of the painted line that shows a character."""
        return next(number for number, line in enumerate(self.lines) if line.start <= offset < line.end)

    def unsure_cells(self, number: int) -> set[Cell]:
        """The blank cells of a line of which the picture does not tell what they show, and the one behind it."""
        line = self.lines[number]
        edge = line.left - 1 if self.turned(line) else line.right
        return {(number, x) for x in (*line.unsure, edge)}

    def cells_of(self, start: int, end: int) -> set[Cell]:
        """The cells (line, column) in which some of the stored text was painted."""
        return {
            (number, x)
            for number, line in enumerate(self.lines)
            for span, cells in line.cells.items()
            if span[0] < end and start < span[1]
            for x in cells
        }


@dataclass(frozen=True)
class Painted:
    """One painted line: for each cluster of the stored text in it the cells that show it."""

    paragraph: Paragraph | None
    start: int  # of the stored text in it
    end: int
    cells: dict[Span, range]
    unsure: dict[int, frozenset[Span]]  # blank cells that may show one of several blanks
    last: bool  # the last line of its paragraph
    tail: int = 0  # code points of its last cluster

    @property
    def at(self) -> dict[int, Span]:
        """The cluster in each column."""
        return {x: span for span, cells in self.cells.items() for x in cells}

    @property
    def left(self) -> int:
        """The first column that is painted."""
        return min((cells.start for cells in self.cells.values()), default=0)

    @property
    def right(self) -> int:
        """One past the last column that is painted."""
        return max((cells.stop for cells in self.cells.values()), default=0)

    @property
    def behind(self) -> int:
        """Where the cursor stands behind the line: at the paragraph's end, or on the last cluster before a wrap."""
        if self.paragraph is None or self.last:
            return self.end
        return self.end - self.tail

    def in_sight(self) -> list[tuple[Span, range]]:
        """Clusters with their cells, from left to right."""
        return sorted(self.cells.items(), key=lambda item: item[1].start)


def recognised(rows: list[Row], words: range, document: Document, *, mirrored: bool) -> Iterator[Painted]:
    """What each painted row shows: every cluster of every paragraph is painted once, or this fails."""
    parts = list(document.parts)
    waiting: dict[str, int] = {}  # number of the cluster by its picture
    part: Paragraph | None = None
    spans: list[Span] = []
    place = 0  # where the part starts
    done = 0  # clusters that were painted, or may have been left out as blanks
    for number, row in enumerate(rows):
        signs_here = [sign for sign in row if sign.x in words]
        inked = [sign for sign in signs_here if sign.text != " "]
        if not waiting:
            place = spans[-1][1] + 1 if spans else place + (number > 0)
            if not parts:
                assert not inked, f"line {number} stands below the text"
                continue
            part = parts.pop(0)
            spans = part.spans(place) if part else []
            keys = part.keys(mirrored=mirrored) if part else []
            waiting = {key: at for at, key in enumerate(keys) if key != " "}
            assert len(waiting) == sum(key != " " for key in keys)
            done = 0
        if part is None:
            assert not inked, f"line {number} should be empty"
            yield Painted(None, place, place, {}, {}, last=True)
            continue
        numbers = [waiting.pop(plain_key(sign.text)) for sign in inked]
        assert numbers, f"line {number} should not be empty"
        cells = {at: range(sign.x, sign.x + sign.width) for at, sign in zip(numbers, inked, strict=True)}
        stop = min((at for key, at in waiting.items() if key.strip()), default=len(spans))  # where the next line starts
        assert max(numbers) < stop
        for key in [key for key, at in waiting.items() if at < stop]:
            del waiting[key]  # a blank that was left out at the end of the line
        blanks = [at for at in range(done, stop) if at not in cells]
        unsure = _place_blanks(cells, blanks, signs_here, part)
        while stop < len(spans) and stop - 1 not in cells and stop - 1 not in blanks:
            stop -= 1
        start, end = spans[done][0], spans[stop - 1][1]
        done = stop
        yield Painted(
            part,
            start,
            end,
            {spans[at]: found for at, found in cells.items()},
            {x: frozenset(spans[at] for at in ats) for x, ats in unsure.items()},
            last=not waiting,
            tail=end - spans[stop - 1][0],
        )
    assert not waiting
    assert not parts


def _place_blanks(cells: dict[int, range], blanks: list[int], row: Row, part: Paragraph) -> dict[int, frozenset[int]]:
    """Add the blanks between the painted signs to `cells`, each between its neighbours in the stored text.

    In a mixed line that is not sure: what is painted there may be any of its blanks.
    """
    left, right = min(run.start for run in cells.values()), max(run.stop for run in cells.values())
    runs: list[range] = []
    for sign in row:
        if sign.text == " " and left <= sign.x < right:  # neighbours are one blank: a tab is wide
            go_on = runs and runs[-1].stop == sign.x
            runs.append(range(runs.pop().start if go_on else sign.x, sign.x + sign.width))
    if not part.pure:
        return {x: frozenset(blanks) for run in runs for x in run}
    at = {x: number for number, run in cells.items() for x in run}
    for run in runs:
        beside = {at[run.start - 1], at[run.stop]}
        (number,) = (one for one in blanks if {one - 1, one + 1} == beside)
        cells[number] = run
    return {}


class Memory:
    """What a terminal shows after all that the app has written to it: a sign and its colours for each cell."""

    def __init__(self, app: QdaApp) -> None:
        self._console = app.console
        self._show = app._display
        self.cells: dict[Cell, tuple[str, str]] = {}
        app._display = self._take  # type: ignore[method-assign, assignment]

    def _take(self, screen: Screen[Any], update: RenderableType | None) -> None:
        if isinstance(update, CompositorUpdate):
            self.cells |= _written(update.render_segments(self._console))
        self._show(screen, update)

    async def differences(self, desk: Desk) -> list[Cell]:
        """The cells that go on showing something else than the app would paint there now."""
        found: list[Cell] = []
        for _ in range(100):  # on a busy machine the last paint may be late
            await desk.pilot.pause(0.03)
            found = self._different(desk)
            if not found:
                break
        return found

    def _different(self, desk: Desk) -> list[Cell]:
        strips = desk.screen._compositor.render_strips()
        region = Region(0, 0, desk.app.size.width, desk.app.size.height)
        now = _written(LayoutUpdate([[strip] for strip in strips], region).render_segments(self._console))
        return [cell for cell, shown in now.items() if self.cells.get(cell) != shown]


def _written(sequences: str) -> dict[Cell, tuple[str, str]]:
    """Cells (row, column) with signs and colours that some output of the app writes."""
    found: dict[Cell, tuple[str, str]] = {}
    row = column = 0
    colours = ""
    for part in re.split(r"(\x1b\[[0-9;]*[A-Za-z]|\n)", sequences):
        if part.startswith("\x1b["):
            if part[-1] == "H":
                row, column = (int(number) - 1 for number in part[2:-1].split(";"))
            else:
                assert part[-1] == "m"
                colours = "" if part in {"\x1b[0m", "\x1b[m"} else part
        elif part == "\n":
            row, column = row + 1, 0
        else:
            for sign, width in signs(part):
                found[row, column] = sign, colours
                found |= {(row, column + more): ("", colours) for more in range(1, width)}
                column += width
    return found


def at_desk(
    folder: Path,
    journey: Callable[[Desk], Awaitable[None]],
    size: tuple[int, int],
    *,
    document: Document | None = None,
    order: str = "screen",
    turns: tuple[SpokenTurn, ...] = (),
    before: Callable[[Study, Document], None] | None = None,
) -> None:
    """Open the text on a screen of a size, read it, and go on a journey."""
    document = document or Document()
    study_folder = make_study(folder / "study", document, turns)
    config = folder / "config"
    config.mkdir()
    settings = {"order": order, "guided": True, "coder": "anna"}
    (config / "screen.json").write_text(json.dumps(settings), encoding="utf-8")

    async def go() -> None:
        with Study.open(study_folder, "anna") as study:
            if before is not None:
                before(study, document)
            app = QdaApp(study)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                desk = Desk(app, pilot, document, mirrored=order == "screen")
                with app._context():
                    await desk.settle()
                    desk.read()
                    await journey(desk)
            assert app.return_code in (None, 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QDA_TRACEBACK", "1")
        patch.setenv("QDA_CONFIG", str(config))
        asyncio.run(go())


def wrong(found: Sequence[str], tested: int) -> None:
    """Fail if any cell was wrong, and say which."""
    assert tested
    assert not found, f"{len(found)} of {tested} wrong:\n" + "\n".join(found[:400])

"""The codebook beside a transcript: its tree, with the number of codings of each code."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qda.tui.layout import on_one_line
from qda.tui.lines import Lines, from_rail, rail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from qda.tui.layout import Arranged
    from qda.tui.theme import Paint
    from qda.tui.workspace import Workspace


class Row(NamedTuple):
    """What is shown of a code; two that are equal look the same."""

    depth: int
    name: str
    codings: int
    recent: int
    here: bool
    colour: str
    paint: Paint
    order: Arranged


class CodesPane(ScrollView, Lines, can_focus=False):
    """The codes as a tree, each with its colour and how many codings it has in the study."""

    DEFAULT_CSS = "CodesPane { width: 28; height: 1fr; scrollbar-size-vertical: 0; }"
    ALLOW_SELECT = False

    class Clicked(Message):
        """Somebody clicked on a code."""

        def __init__(self, code: int) -> None:
            super().__init__()
            self.code = code

    def __init__(self) -> None:
        super().__init__()
        self._codes: list[int] = []
        self._rows: list[Row] = []
        self._here: frozenset[int] = frozenset()
        self._paint: Paint | None = None
        self.order: Arranged = "screen"

    def show(self, workspace: Workspace, paint: Paint, colours: Mapping[int, str], counts: Mapping[int, int]) -> None:
        """Show the codebook as it is now; what looks as before is not painted anew."""
        tree = workspace.tree
        codes = [code for code in tree.codes if not code.retired]
        recent = {code: number for number, code in enumerate(workspace.recent, start=1)}
        rows = [
            Row(
                *(len(tree.above(code.key)) - 1, code.entry.name, counts.get(code.key, 0), recent.get(code.key, 0)),
                *(code.key in self._here, colours.get(code.key, paint.plain_family), paint, self.order),
            )
            for code in codes
        ]
        before, self._rows, self._paint = self._rows, rows, paint
        self._codes = [code.key for code in codes]
        if len(before) != len(rows) or not rows:
            self.virtual_size = Size(1, max(len(rows), 1))
            self.refresh()
        for number, (old, new) in enumerate(zip(before, rows, strict=False)):
            if old != new:
                self.refresh_line(number)

    def mark(self, here: frozenset[int]) -> None:
        """Mark the codes under the cursor."""
        changed, self._here = here ^ self._here, here
        for number, code in enumerate(self._codes if changed else ()):
            if code in changed:
                self._rows[number] = self._rows[number]._replace(here=code in here)
                self.refresh_line(number)

    def line_at(self, number: int, width: int) -> Strip:
        """One code, with a bar at the right edge where there are more codes than can be seen."""
        paint = self._paint
        if number < len(self._rows):
            marked = number in rail(self.scroll_offset.y, self.size.height, len(self._rows))
            return _painted(self._rows[number], width, marked=marked)
        said = " No codes yet: press c." if paint is not None and not number else ""
        style = Style(color=paint.quiet, bgcolor=paint.ground) if paint is not None else Style()
        return Strip([Segment(set_cell_size(said, width), style)], width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Say which code was clicked."""
        row = event.y + self.scroll_offset.y
        if event.x == self.size.width - 1 and len(self._rows) > self.size.height:
            row = len(self._rows)
            self.scroll_to(y=from_rail(event.y, self.size.height, len(self._rows)), animate=False, immediate=True)
        if 0 <= row < len(self._codes):
            self.post_message(self.Clicked(self._codes[row]))
        event.stop()


@lru_cache(maxsize=512)
def _painted(row: Row, width: int, *, marked: bool) -> Strip:
    paint = row.paint
    back = paint.selection if row.here else paint.ground
    name = Style(color=paint.text, bgcolor=back, bold=not row.depth or row.here)
    quiet = Style(color=paint.quiet, bgcolor=back)
    count = f" {row.codings}" if row.codings else ""
    lead = f"{row.recent or ' '} {'  ' * row.depth}"
    room = max(width - cell_len(lead) - 1 - len(count) - 1, 1)
    said = on_one_line(row.name, room, row.order)
    return Strip(
        [
            Segment(lead, quiet),
            Segment("▌", Style(color=row.colour, bgcolor=back)),
            Segment(set_cell_size(said, room), name),
            Segment(f"{count}{'┃' if marked else ' '}", quiet),
        ],
        width,
    )

"""What the screens that are a table share: a grid, a line to type in, words about the cursor, moves, a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import Static

from qda.model.nouns import many
from qda.tui.actions import ACTIONS
from qda.tui.askline import AskLine
from qda.tui.direct import DirectScreen, name_of
from qda.tui.grid import Grid
from qda.tui.listing import Listing, Row, next_sort
from qda.tui.place import PlaceScreen
from qda.tui.report.turning import as_read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual import events
    from textual.app import ComposeResult

    from qda.tui.listing import Sort

LOOK_AROUND_SECONDS = 2.0
_WHILE_TYPING = ("up", "down", "pageup", "pagedown")


class TablePlace(PlaceScreen, DirectScreen):
    """A place with a table; it takes its keys itself, each when the one before is done."""

    DEFAULT_CSS = """
    TablePlace > .about {
        height: 4; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis;
    }
    TablePlace > .status { height: auto; max-height: 3; }
    TablePlace > .empty { height: 1fr; padding: 1 2; display: none; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "Grid"

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid()
        self.ask_line = AskLine(self.grid)
        self.about, self.empty = Static("", classes="about"), Static("", classes="empty")
        self.listing = Listing((), ())
        self.wanted = ""
        self.sort: Sort | None = None
        self._seen = 0

    def body(self) -> ComposeResult:
        """The table, what is known of its row, and a line to type in."""
        yield self.grid
        yield self.empty
        yield self.about
        yield self.ask_line

    def arrive(self) -> None:
        """Show the study, and look now and then whether others changed it."""
        self.show()
        self.set_interval(LOOK_AROUND_SECONDS, self._look_around)

    def on_resize(self) -> None:
        """Show the keys that there is room for."""
        self.hint()

    def on_screen_resume(self) -> None:
        """Show what changed while something else was shown."""
        self._look_around()

    def _look_around(self) -> None:
        if self._seen and self.app.screen is self and not self.ask_line.is_open and self._seen != self._last_change():
            self.show()

    def _last_change(self) -> int:
        return self.workspace.study.coding_edits.last_change() + 1

    def show(self) -> None:
        """Read the study and fill the table."""
        self._seen = self._last_change()
        self.listing = self.load()
        self.refill()

    def load(self) -> Listing:
        """Read the study."""
        raise NotImplementedError

    def refill(self) -> None:
        """Fill the table from what was read, as filter and sorting want it; the cursor stays on what it was on."""
        at = self.current()
        self.listing.arrange(self.wanted, self.sort)
        self.grid.show(self.listing.sheet(self.ticked()), self.listing.place(at.key if at else None, self.grid.row))
        self.show_empty("" if self.listing.rows else self.nothing())
        wanted = f"what has '{self.wanted}' in it" if self.wanted.strip() else ""
        self.show_narrowed(wanted, f"{len(self.listing.shown)} of {len(self.listing.rows)}")
        self.show_head()

    def ticked(self) -> Collection[int]:
        """The keys of the rows that are ticked."""
        return ()

    def nothing(self) -> str:
        """What to do where there is nothing to show."""
        return ""

    def show_head(self) -> None:
        """Say what is shown, and how many."""

    def counted(self, noun: str) -> str:
        """How many rows are shown, of how many."""
        shown_rows, rows = len(self.listing.shown), len(self.listing.rows)
        few = f"{shown_rows} of " if shown_rows != rows else ""
        return f"{few}{many(rows, noun)}"

    def current(self) -> Row | None:
        """The row under the cursor."""
        shown_rows = self.listing.shown
        return shown_rows[self.grid.row] if self.grid.row < len(shown_rows) else None

    def tell(self) -> Text:
        """What is known of the row or cell of the cursor."""
        raise NotImplementedError

    def show_empty(self, words: str) -> None:
        """Say what to do where there is nothing to show; with no words the table stands there."""
        self.empty.display = bool(words)
        self.grid.display = self.about.display = not words
        self.empty.update(Text(words, style=self.qda.paint.text))

    # --- keys -------------------------------------------------------------------------------------------

    async def take_key(self, event: events.Key) -> bool:
        """Give a key to the line in which one types, else do what it stands for here."""
        if self.ask_line.is_open and await self.ask_line.take_key(event):
            return True
        name = name_of(event)
        action = next((one for one in ACTIONS if one.place == self.place and name in one.keys), None)
        if self.ask_line.is_open and not (self.ask_line.follows and name in _WHILE_TYPING):
            return name in _WHILE_TYPING
        if action is None:
            return False
        self.action_act(action.name)
        return True

    def change(self, act: Callable[[], object], said: str = "") -> bool:
        """Change the study, show it anew, and say what was done, or that it was so already."""
        before = self.workspace.study.changed
        done = super().change(act, said)
        if done and said and self.workspace.study.changed == before:
            self.say("nothing was changed: it was so already")
        return done

    def do_up(self) -> None:
        """A row up."""
        self.grid.move_to(self.grid.row - 1)

    def do_down(self) -> None:
        """A row down."""
        self.grid.move_to(self.grid.row + 1)

    def do_left(self) -> None:
        """A column left."""
        self.grid.move_to(self.grid.row, self.grid.column - 1)

    def do_right(self) -> None:
        """A column right."""
        self.grid.move_to(self.grid.row, self.grid.column + 1)

    def do_page_up(self) -> None:
        """A page up."""
        self.grid.move_to(self.grid.row - self.grid.page())

    def do_page_down(self) -> None:
        """A page down."""
        self.grid.move_to(self.grid.row + self.grid.page())

    def do_top(self) -> None:
        """To the first row."""
        self.grid.move_to(0)

    def do_bottom(self) -> None:
        """To the last row."""
        self.grid.move_to(self.grid.sheet.rows - 1)

    def do_line_start(self) -> None:
        """To the first column."""
        self.grid.move_to(self.grid.row, 0)

    def do_line_end(self) -> None:
        """To the last column."""
        self.grid.move_to(self.grid.row, len(self.grid.sheet.columns) - 1)

    def do_filter(self) -> None:
        """Show only the rows that have what is typed in them."""
        self.ask_line.ask("show only", self.wanted, lambda _typed: True, change=self._narrow)

    def _narrow(self, typed: str) -> None:
        if typed != self.wanted:
            self.wanted = typed
            self.refill()

    def action_back(self) -> None:
        """Show all rows again; else back to the screen below."""
        if self.wanted:
            self._narrow("")
            self.hint()
            return
        super().action_back()

    def do_sort(self) -> None:
        """Sort by the column of the cursor; again from the end; again as it was."""
        self.sort = next_sort(self.sort, self.grid.column)
        self.refill()

    # --- cursor and mouse -------------------------------------------------------------------------------

    def on_grid_moved(self) -> None:
        """Follow the cursor."""
        self.about.update(as_read(self.tell(), self.order))

    def on_grid_chosen(self) -> None:
        """A second click is Enter."""
        if not self.ask_line.is_open:
            action = next(one for one in ACTIONS if one.place == self.place and "enter" in one.keys)
            self.action_act(action.name)

    def on_grid_head_clicked(self) -> None:
        """The name of a column sorts."""
        self.do_sort()

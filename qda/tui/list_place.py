"""What the screens share that are a list with everything about its current row beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from qda.tui.actions import ACTIONS
from qda.tui.askline import AskLine
from qda.tui.direct import DirectScreen, name_of
from qda.tui.place import PlaceScreen
from qda.tui.rows import Rows, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual import events
    from textual.app import ComposeResult

LOOK_AROUND_SECONDS = 2.0
BESIDE = 100  # from this width on there is room for two panes side by side
_WHILE_TYPING = ("up", "down", "pageup", "pagedown")


class ListPlace(PlaceScreen, DirectScreen):
    """A place with a list, a pane about the row under the cursor, and a filter; it takes its keys itself."""

    DEFAULT_CSS = """
    ListPlace > .panes { layout: horizontal; height: 1fr; }
    ListPlace > .panes > .list { width: 6fr; height: 1fr; }
    ListPlace > .panes > .list > .names { height: 1; background: $panel; color: $foreground; }
    ListPlace > .panes > .about {
        width: 5fr; height: 1fr; background: $surface; padding: 0 2; scrollbar-size-vertical: 1;
        scrollbar-color: $quiet 50%; scrollbar-background: $surface;
    }
    ListPlace.narrow > .panes { layout: vertical; }
    ListPlace.narrow > .panes > .list { width: 1fr; }
    ListPlace.narrow > .panes > .about { width: 1fr; height: 9; border-top: solid $quiet 50%; padding: 0 1; }
    ListPlace > .nothing { height: 1fr; padding: 1 2; display: none; }
    ListPlace > .status { height: auto; max-height: 3; }
    """
    AUTO_FOCUS: ClassVar[str | None] = ""
    tall: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(self.draw, tall=self.tall)
        self.names, self.words, self.nothing = Static(""), Static(""), Static("", classes="nothing")
        self.names.add_class("names")
        self.about = VerticalScroll(self.words, classes="about", can_focus=False)
        self.panes = Container(classes="panes")
        self.ask_line = AskLine(self.rows)
        self.wanted = ""
        self._seen = -1

    def body(self) -> ComposeResult:
        """The list, what is known of its row, and a line to type in."""
        with self.panes:
            with Vertical(classes="list"):
                yield self.names
                yield self.rows
            yield self.about
        yield self.nothing
        yield self.ask_line

    def on_mount(self, event: events.Mount | None = None) -> None:
        """Show the study, and look now and then whether others changed it."""
        super().on_mount()
        if event is not None:
            event.prevent_default()  # else Textual calls the handler above once more
        self.set_class(self.app.size.width < BESIDE, "narrow")
        self.show()
        self.set_interval(LOOK_AROUND_SECONDS, self._look_around)

    def on_resize(self, event: events.Resize) -> None:
        """Put the panes beside each other where there is room."""
        self.set_class(event.size.width < BESIDE, "narrow")
        self.call_after_refresh(self.fit)

    def fit(self) -> None:
        """Fit what depends on how wide the panes are."""
        self.words.update(self.tell())

    def readable(self, words: str) -> str:
        """Words as they are read in the pane about the row."""
        width = self.about.scrollable_content_region.width
        return readable(words, width if width > 1 else 40, self.qda.preferences.order)

    def on_screen_resume(self) -> None:
        """Show what changed while something else was shown."""
        self._look_around()

    def _look_around(self) -> None:
        if self._seen >= 0 and self.app.screen is self and self._seen != self._last_change():
            self.attempt(self._renew)

    def _renew(self) -> None:
        self.workspace.refresh()
        self.show()

    def _last_change(self) -> int:
        return self.workspace.study.coding_edits.last_change()

    def show(self) -> None:
        """Read the study and fill the list."""
        self._seen = self._last_change()
        self.refill()

    def refill(self) -> None:
        """Fill the list from what was read, as the filter wants it."""
        raise NotImplementedError

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """The lines of a row."""
        raise NotImplementedError

    def tell(self) -> Text:
        """Everything about the row under the cursor."""
        raise NotImplementedError

    def show_nothing(self, words: Text | None) -> None:
        """Say what to do where there is nothing to list; with no words the list stands there."""
        self.nothing.display = words is not None
        self.panes.display = words is None
        self.nothing.update(words or "")

    # --- keys -------------------------------------------------------------------------------------------

    async def take_key(self, event: events.Key) -> bool:
        """Give a key to the line in which one types, else do what it stands for here."""
        name = name_of(event)
        if self.ask_line.is_open and name not in _WHILE_TYPING:
            return await self.ask_line.take_key(event)
        action = next((one for one in ACTIONS if one.place == self.place and name in one.keys), None)
        if action is None:
            return False
        self.action_act(action.name)
        return True

    def do_up(self) -> None:
        """A row up."""
        self.rows.go(self.rows.at - 1)

    def do_down(self) -> None:
        """A row down."""
        self.rows.go(self.rows.at + 1)

    def do_page_up(self) -> None:
        """A page up."""
        self.rows.go(self.rows.at - self.rows.page())

    def do_page_down(self) -> None:
        """A page down."""
        self.rows.go(self.rows.at + self.rows.page())

    def do_top(self) -> None:
        """To the first row."""
        self.rows.go(0)

    def do_bottom(self) -> None:
        """To the last row."""
        self.rows.go(self.rows.count - 1)

    def do_read_down(self) -> None:
        """Scroll what is known of the row."""
        self.about.scroll_relative(y=3, animate=False)

    def do_read_up(self) -> None:
        """Scroll it back."""
        self.about.scroll_relative(y=-3, animate=False)

    def do_about(self) -> None:
        """Show what is known of the row, or leave its room to the list."""
        self.about.display = not self.about.display

    def do_filter(self) -> None:
        """Show only the rows that fit what is typed."""
        self.ask_line.ask("show only", self.wanted, lambda _typed: True, change=self.narrow)

    def narrow(self, typed: str) -> None:
        """Show only what fits."""
        if typed != self.wanted:
            self.wanted = typed
            self.refill()

    def action_back(self) -> None:
        """Show all rows again; else back to the screen below."""
        if self.wanted:
            self.narrow("")
            self.hint()
            return
        super().action_back()

    # --- cursor and mouse -------------------------------------------------------------------------------

    def on_rows_moved(self) -> None:
        """Follow the cursor."""
        self.follow()

    def follow(self) -> None:
        """Show what is known of the row under the cursor."""
        self.words.update(self.tell())
        self.about.scroll_to(y=0, animate=False)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """Follow the mouse."""
        event.stop()
        self.clicked(event.cell, twice=event.twice)

    def clicked(self, cell: int, *, twice: bool) -> None:
        """A row was clicked at a cell; twice is Enter."""
        del cell
        if twice:
            self.action_act("open")
        else:
            self.hint()

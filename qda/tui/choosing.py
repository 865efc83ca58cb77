"""A window in which one picks from a list while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from qda.tui.fuzzy import folded
from qda.tui.grid import Grid
from qda.tui.sheet import QUIET, STRONG, Column, Sheet
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.app import ComposeResult

    from qda.tui.sheet import Cell


class Option(NamedTuple):
    """Something to pick: its name, and a quiet word about it."""

    name: str
    note: str = ""


_COLUMNS = (Column("", 30, grow=True), Column("", 26))


class Chooser(Window[list[Option]]):
    """A list to pick from while one types; with ticks where several may be picked, with a new name where one may."""

    DEFAULT_CSS = (
        WINDOW.format(name="Chooser")
        + """
    Chooser > .box { height: auto; }
    Chooser Input { height: 1; border: none; padding: 0 1; background: $surface; margin: 1 0; }
    Chooser Input:focus { border: none; }
    Chooser Grid { height: 12; max-height: 60%; }
    Chooser .keys { color: $quiet; margin-top: 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("tab", "tick", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        ticked: Collection[Option] | None = None,
        new: str = "",
    ) -> None:
        super().__init__()
        self._title, self._options, self._new = title, options, new
        self._several = ticked is not None
        self._ticked = dict.fromkeys(ticked or ())
        self._words = [folded(f"{option.name} {option.note}") for option in options]
        self._found: list[Option] = []
        self._typed = ""
        self._grid = Grid()

    def compose(self) -> ComposeResult:
        """What is asked, what is typed, the list, and the keys."""
        with Vertical(classes="box"):
            yield Label(Text(self._title, style="bold"))
            yield Input(placeholder="type to find", compact=True)
            self._grid.can_focus = False
            yield self._grid
            keys = "↑↓ choose · Tab ticks · Enter saves" if self._several else "↑↓ choose · Enter picks"
            yield Label(f"{keys} · Esc gives up", classes="keys")

    def on_mount(self) -> None:
        """Begin with the whole list."""
        self._fill()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what fits."""
        self._typed = event.value.strip()
        self._grid.row = 0
        self._fill()

    def _fill(self) -> None:
        wanted = folded(self._typed).split()
        pairs = zip(self._options, self._words, strict=True)
        fitting = [option for option, words in pairs if all(word in words for word in wanted)]
        exact = [option for option in fitting if folded(option.name) == folded(self._typed)]
        self._found = sorted(fitting, key=lambda option: self._rank(option.name))
        if self._new and self._typed and not exact:
            self._found.append(Option(self._typed, self._new))
        columns = (Column("", 1), *_COLUMNS) if self._several else _COLUMNS
        self._grid.show(Sheet(columns, len(self._found), self._cell, head=False), column=0)

    def _rank(self, name: str) -> int:
        """The name itself first, then names that begin so, then the others as they were given."""
        found, typed = folded(name), folded(self._typed)
        return 0 if found == typed else 2 - found.startswith(typed)

    def _cell(self, row: int, column: int) -> Cell:
        option = self._found[row]
        parts: list[Cell] = [option.name, (option.note, QUIET)]
        if self._several:
            parts.insert(0, ("✓" if option in self._ticked else "·", STRONG))
        return parts[column]

    def action_step(self, by: int) -> None:
        """Move in the list."""
        self._grid.move_to(self._grid.row + by)

    def action_tick(self) -> None:
        """Tick what is under the cursor, or take the tick away."""
        if self._several and self._found:
            option = self._found[self._grid.row]
            if option in self._ticked:
                del self._ticked[option]
            else:
                self._ticked[option] = None
            self._grid.refresh()

    def on_click(self, event: events.Click) -> None:
        """Tick or pick what is clicked."""
        if event.widget is self._grid and event.get_content_offset(self._grid) is not None:
            self.call_later(self.action_tick if self._several else self.on_input_submitted)

    def on_input_submitted(self) -> None:
        """Answer with what is ticked, or with what is under the cursor."""
        if self._several:
            self.dismiss(list(self._ticked))
        elif self._found:
            self.dismiss([self._found[self._grid.row]])

"""The speakers of all files that are about to come in, in one table: who is one, and in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from qda.model.nouns import ROLES, many
from qda.tui.grid import Grid
from qda.tui.sheet import GOOD, QUIET, Column, Sheet, wide
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from qda.io.incoming import Heard
    from qda.tui.sheet import Cell


class Confirmed(NamedTuple):
    """The labels that are speakers, each with its role."""

    roles: dict[str, str]

    @property
    def labels(self) -> frozenset[str] | str:
        """What the reader of transcripts takes for speakers."""
        return frozenset(self.roles) or "no"


class SpeakersWindow(Window[Confirmed]):
    """Space says whether a label is a speaker, r gives another role; Enter imports."""

    DEFAULT_CSS = (
        WINDOW.format(name="SpeakersWindow")
        + """
    SpeakersWindow > .box { width: 92; height: auto; }
    SpeakersWindow Grid { height: 14; max-height: 60%; margin: 1 0; }
    SpeakersWindow .quiet { color: $quiet; width: 100%; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("space", "tick", show=False),
        Binding("r", "role", show=False),
        Binding("asterisk", "all", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, labels: Mapping[str, Heard], roles: Mapping[str, str], files: int) -> None:
        super().__init__()
        self._labels, self._roles, self._files = list(labels.items()), dict(roles), files
        self._taken = {label for label, heard in labels.items() if heard.sure}
        self._grid = Grid()

    def compose(self) -> ComposeResult:
        """The question, the labels, the keys."""
        with Vertical(classes="box"):
            yield Label(Text(f"Who speaks in {many(self._files, 'file')}?", style="bold"))
            yield Label("A label that is no speaker stays as it is in the text.", classes="quiet")
            yield self._grid
            yield Label(
                "Space speaker or not · r another role · * all · Enter imports · Esc imports nothing",
                classes="quiet",
            )

    def on_mount(self) -> None:
        """Show the labels."""
        width = wide("label", (label for label, _ in self._labels), 30)
        columns = [Column("label", width, grow=True), Column("times", 6, right=True), Column("files", 6, right=True)]
        columns += [Column("speaker", 8), Column("as", max(map(len, ROLES)))]
        self._grid.show(Sheet(columns, len(self._labels), self._cell), column=0)
        self._grid.focus()

    def _cell(self, row: int, column: int) -> Cell:
        label, heard = self._labels[row]
        taken = label in self._taken
        cells: list[Cell] = [label, str(heard.times), str(heard.files)]
        cells += [("● yes", GOOD) if taken else ("· no", QUIET)]
        cells += [self._roles[label] if taken else ("text", QUIET)]
        return cells[column]

    def action_step(self, by: int) -> None:
        """Move in the list."""
        self._grid.move_to(self._grid.row + by)

    def action_tick(self) -> None:
        """A speaker, or a word of the text."""
        self._taken ^= {self._labels[self._grid.row][0]}
        self._grid.refresh()

    def action_all(self) -> None:
        """All are speakers, or none is."""
        labels = {label for label, _ in self._labels}
        self._taken = set() if self._taken == labels else labels
        self._grid.refresh()

    def action_role(self) -> None:
        """The next role; who gets one is a speaker."""
        label = self._labels[self._grid.row][0]
        if label in self._taken:
            self._roles[label] = ROLES[(ROLES.index(self._roles[label]) + 1) % len(ROLES)]
        self._taken.add(label)
        self._grid.refresh()

    def on_grid_chosen(self) -> None:
        """A second click is Space."""
        self.action_tick()

    def action_take(self) -> None:
        """Import with these."""
        self.dismiss(Confirmed({label: self._roles[label] for label, _ in self._labels if label in self._taken}))

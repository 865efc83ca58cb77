"""A window of who speaks where: how many turns, and for whom they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from qda.errors import QdaError
from qda.store.speaking import Voice, speak_for, voices
from qda.tui.choosing import Chooser, Option
from qda.tui.grid import Grid
from qda.tui.sheet import QUIET, STRONG, Column, Sheet, wide
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.app import ComposeResult

    from qda.tui.sheet import Cell

NOBODY = Option("nobody else", "the turns count for who speaks")
_EMPTY = """
Nobody's label was recognised here, so there are no turns. `qda source edit --speakers` finds more of them.
"""


class VoicesWindow(Window[None]):
    """Who speaks in some sources; Enter says for whom, and u takes that back."""

    DEFAULT_CSS = (
        WINDOW.format(name="VoicesWindow")
        + """
    VoicesWindow > .box { height: auto; }
    VoicesWindow > .box { width: 104; }
    VoicesWindow Grid { height: 12; max-height: 60%; margin-top: 1; }
    VoicesWindow .said { height: auto; margin-top: 1; }
    VoicesWindow .keys { color: $quiet; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("enter", "choose", show=False),
        Binding("u,ctrl+z", "take_back", show=False),
        Binding("U,ctrl+y", "do_again", show=False),
    ]

    def __init__(self, title: str, sources: Collection[int], person: int | None = None) -> None:
        super().__init__()
        self._title, self._sources, self._person = title, sources, person
        self._grid, self._said = Grid(), Static("", classes="said")
        self._voices: list[Voice] = []
        self._names: dict[int, str] = {}
        self._roles: dict[int, str] = {}
        self._source_names: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """Whose voices, the voices, what was done, and the keys."""
        with Vertical(classes="box"):
            yield Label(Text(f"Who speaks: {self._title}", style="bold"))
            yield self._grid
            yield self._said
            yield Label("Enter says for whom they speak · u undo · Esc closes", classes="keys")

    def on_mount(self) -> None:
        """Show the voices, the cursor on the person who was asked about."""
        self._show()
        at = next((row for row, voice in enumerate(self._voices) if voice.person == self._person), 0)
        self._grid.move_to(at)
        self._grid.focus()

    def _show(self) -> None:
        study = self.qda.study
        persons = study.persons.all()
        self._names = {person.key: person.name for person in persons}
        self._roles = {person.key: person.role for person in persons}
        self._source_names = {key: name for name, key in study.sources.names().items()}
        one = next(iter(self._sources)) if len(self._sources) == 1 else None
        self._voices = [voice for voice in voices(study, one) if voice.source in self._sources]
        sheet = Sheet((), len(self._voices), self._cell)
        named = ["label", "person", "role", "turns", "words", "speaks for"]
        named += [] if one is not None else ["source"]
        for at, name in enumerate(named):
            width = wide(name, (_words(self._cell(row, at)) for row in range(sheet.rows)))
            sheet.columns = [*sheet.columns, Column(name, width, right=name in ("turns", "words"))]
        self._grid.show(sheet, column=0)
        if not self._voices:
            self._said.update(Text(_EMPTY.strip()))

    def _cell(self, row: int, column: int) -> Cell:
        voice = self._voices[row]
        cells: list[Cell] = [voice.label or "", self._names.get(voice.person or 0, "(nobody)")]
        cells += [self._roles.get(voice.person or 0, ""), str(voice.turns), str(voice.words)]
        cells.append((self._names[voice.speaks_for], STRONG) if voice.speaks_for in self._names else ("·", QUIET))
        cells.append(self._source_names[voice.source])
        return cells[column]

    def action_step(self, by: int) -> None:
        """Move in the list."""
        self._grid.move_to(self._grid.row + by)

    def on_grid_chosen(self) -> None:
        """A second click is Enter."""
        self.action_choose()

    def action_choose(self) -> None:
        """Ask for whom the turns under the cursor count."""
        if not self._voices:
            return
        voice = self._voices[self._grid.row]
        if voice.person is None:
            self._say("nobody has this label yet; 'qda persons import' names who speaks", error=True)
            return
        here = {one.person for one in self._voices if one.source == voice.source} - {voice.person, None}
        ordered = sorted(self._names.keys() - {voice.person}, key=lambda key: (key not in here, self._names[key]))
        notes = {key: self._roles[key] + (", speaks here" if key in here else "") for key in ordered}
        options = [NOBODY, *(Option(self._names[key], notes[key]) for key in ordered)]
        who, where = self._names[voice.person], self._source_names[voice.source]
        chooser = Chooser(f"For whom does {who} speak in {where}?", options, new="a new person")

        def chosen(found: list[Option] | None) -> None:
            if found:
                whom = "" if found[0] == NOBODY else found[0].name
                self._do(lambda: speak_for(self.qda.study, where, who, whom), "saved — u takes it back")

        self.app.push_screen(chooser, chosen)

    def action_take_back(self) -> None:
        """Take back the last action."""
        self._do(self.qda.study.changes.undo, "taken back")

    def action_do_again(self) -> None:
        """Do it again."""
        self._do(self.qda.study.changes.redo, "done again")

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            self.qda.workspace.do(act)
        except QdaError as error:
            self._say(str(error), error=True)
            return
        self._show()
        self._say(said)

    def _say(self, words: str, *, error: bool = False) -> None:
        self._said.update(Text(words, style=f"bold {self.qda.error_colour if error else self.qda.paint.text}"))


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]

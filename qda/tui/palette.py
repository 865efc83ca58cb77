"""Everything that can be done in the whole product, found by a few letters: with its key, and the place where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from qda.reports.registry import REPORTS
from qda.tui.actions import ACTIONS, keys_said
from qda.tui.fuzzy import folded
from qda.tui.guide import place_of
from qda.tui.report.kinds import kind_of
from qda.tui.rows import Rows, loud, spread
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen

    from qda.tui.action import Action

# The places as the palette names them, with the key that leads there.
PLACES = {
    "coding": "Coding, F2",
    "sources": "Sources, F3",
    "codebook": "Codebook, F4",
    "memos": "Memos, F5",
    "claims": "Claims, F11",
    "registers": "Registers, F6",
    "reports": "Reports, F7",
    "search": "Search, F8",
    "history": "History, F9",
    "rounds": "Rounds, Ctrl+R",
    "adjudication": "Adjudication, Ctrl+D",
    "rereads": "To be read again, Ctrl+G",
    "everywhere": "everywhere",
}
_KEYS = 13
# What an action is looked for by, beside its own words.
_ALSO = {
    ("reports", "choose_report"): " ".join(kind_of(name).title for name in REPORTS),
    ("sources", "take_in"): "survey transcript document Word PDF recording codebook",
    ("coding", "confidential"): "sensitive",
}


class PaletteWindow(Window[None]):
    """What fits is listed while one types, that of this place first; Enter does it, where need be in its own place."""

    DEFAULT_CSS = (
        WINDOW.format(name="PaletteWindow")
        + """
    PaletteWindow > Vertical { width: 92; height: 24; }
    PaletteWindow Input { height: 1; border: none; padding: 0 1; background: $surface; margin: 1 0; }
    PaletteWindow Input:focus { border: none; }
    PaletteWindow #none { height: auto; display: none; }
    PaletteWindow .keys { color: $quiet; margin-top: 1; }
    """
    )
    AUTO_FOCUS: ClassVar[str | None] = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
    ]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._screen, self._place = screen, place_of(screen)
        near = (self._place, "everywhere")
        self._all = sorted(ACTIONS, key=lambda action: (action.place not in near, action.place == "everywhere"))
        self._found: Sequence[Action] = ()
        self._rows, self._none = Rows(self._draw), Static("", id="none", markup=False)

    def compose(self) -> ComposeResult:
        """A line to type in, what fits, and how it is done."""
        with Vertical():
            yield Label(Text("What do you want to do?", style="bold"))
            yield Input(placeholder="type a few letters: code, merge, export, undo", compact=True)
            yield self._rows
            yield self._none
            yield Label("↑↓ choose · Enter does it, and goes where it is done · Esc gives up", classes="keys")

    def on_mount(self) -> None:
        """Begin with everything."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        wanted = folded(typed).split()
        found = [action for action in self._all if all(word in _said(action) for word in wanted)]
        if wanted:  # a word that begins so goes before one that only holds it; the place keeps its order within
            title = " ".join(wanted)
            found.sort(key=lambda action: (folded(action.title) != title, not _begins(action, wanted)))
        self._found = found
        self._rows.fill(len(found), 0)
        self._none.display = not found
        self._none.update(
            f"Nothing on the screen is called '{typed.strip()}'. Fewer letters find more; Esc gives up."
            " What only commands do, such as pseudonyms, is in the list that 'qda --help' prints in a shell."
        )

    def _draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        action, paint = self._found[row], self.qda.paint
        keys = keys_said(action, 2)
        far = action.place not in (self._place, "everywhere")
        where = Text(PLACES[action.place] if far else "", loud(paint.quiet, here=here))
        name = Text.assemble(
            (keys + " " * max(_KEYS - cell_len(keys), 1), loud(paint.speaker, here=here)), action.title
        )
        return [spread(name, where, width)]

    def action_step(self, by: int) -> None:
        """Move in the list while the typing goes on."""
        self._rows.go(self._rows.at + by)

    def on_rows_clicked(self) -> None:
        """Do what is clicked."""
        self.on_input_submitted()

    def on_input_submitted(self) -> None:
        """Do the chosen action; one of another place is done there."""
        if self._found and self.is_current:
            app, screen, action = self.qda, self._screen, self._found[self._rows.at]
            self.dismiss()
            app.call_next(app.do_action, action, screen)


def _begins(action: Action, wanted: Sequence[str]) -> bool:
    """Whether all typed letters begin a word of an action."""
    said = f" {_said(action)}"
    return all(f" {word}" in said for word in wanted)


def _said(action: Action) -> str:
    """The words by which an action is found."""
    also = _ALSO.get((action.place, action.name), "")
    return folded(f"{action.title} {action.hint} {action.group} {action.name.replace('_', ' ')} {action.place} {also}")

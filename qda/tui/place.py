"""What the screens beside the coding screen share: a head, a body, a status line, keys from the one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.screen import Screen
from textual.widgets import Static

from qda.errors import QdaError
from qda.tui.actions import ACTIONS, keys_said
from qda.tui.report.turning import as_read
from qda.tui.rows import one_line, one_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.app import ComposeResult

    from qda.tui.action import Action
    from qda.tui.app import QdaApp
    from qda.tui.layout import Arranged
    from qda.tui.workspace import Workspace


class PlaceScreen(Screen[None]):
    """A screen of its own place: `place` names it in the table of actions, whose names are methods `do_NAME`."""

    place: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    DEFAULT_CSS = """
    PlaceScreen > .head { height: 1; background: $panel; }
    PlaceScreen > .narrowed { height: 1; background: $accent; color: $background; text-style: bold; display: none; }
    PlaceScreen > .status { height: 1; background: $panel; dock: bottom; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._head, self._status = Static("", classes="head"), Static("", classes="status")
        self._narrowed = Static("", classes="narrowed")
        for action in ACTIONS:
            if action.place == self.place:
                for key in action.keys:
                    self._bindings.bind(_name(key), f"act('{action.name}')", action.title, show=False)
        self._bindings.bind("escape", "back", "back to where you came from", show=False)

    @property
    def qda(self) -> QdaApp:
        """The app, with its own type."""
        from qda.tui.app import QdaApp

        assert isinstance(self.app, QdaApp)  # noqa: S101 - for the type; no other app makes this screen
        return self.app

    @property
    def workspace(self) -> Workspace:
        """The open study."""
        return self.qda.workspace

    def compose(self) -> ComposeResult:
        """Head, what is left out where something is, body, status."""
        yield self._head
        yield self._narrowed
        yield from self.body()
        yield self._status

    def body(self) -> ComposeResult:
        """What stands between head and status."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the heading and the keys, then what there is."""
        self.head(self.heading)
        self.hint()
        self.arrive()

    def arrive(self) -> None:
        """What a screen does when it is shown first (Textual calls the `on_mount` of every class, one's own first)."""

    def take_answer(self, event: events.Key) -> bool:  # noqa: ARG002 - a place that asks looks at it
        """Take a key as the answer to a question in the status line; returns whether there was one."""
        return False

    def come_back(self) -> None:
        """Show what was shown when a text was opened from here; called on the way back from it."""

    def head(self, words: str, more: str = "") -> None:
        """Say what is shown."""
        paint = self.qda.paint
        study = self.workspace.study
        shown_words = ((" qda ", f"bold {paint.cursor}"), (f"{study.title} › ", paint.quiet), (words, "bold"))
        self._head.update(as_read(Text.assemble(*shown_words, (f"   {more}", paint.quiet)), self.order))

    def show_narrowed(self, words: str, found: str = "", clear: str = "Esc shows all") -> None:
        """Say below the head that not everything is shown, what is, and how all is shown again; no words: all is."""
        order = self.qda.preferences.order
        said = f" ONLY {one_row(words, max(self.app.size.width // 2, 20), order)}: {found} · {clear}"
        self._narrowed.update(Text(said, no_wrap=True, overflow="ellipsis"))
        self._narrowed.display = bool(words)

    def hint(self) -> None:
        """Show as many keys of this place as there is room for, and always the way back and to help."""
        paint, room = self.qda.paint, self.app.size.width - 19
        text = Text(" ", style=paint.quiet)
        for action in self.offered():
            key = keys_said(action, 1)
            room -= cell_len(f"{key} {action.hint}  ")
            if room >= 0:
                text.append(key, style=f"bold {paint.text}").append(f" {action.hint}  ")
        for key, words in (("Esc", " back  "), ("?", " help")):
            text.append(key, style=f"bold {paint.text}").append(words)
        self._status.update(text)

    def offered(self) -> Iterator[Action]:
        """The actions of this place that have a hint."""
        return (action for action in ACTIONS if action.place == self.place and action.hint)

    def say(self, words: str, *, error: bool = False) -> None:
        """Say something in the status line."""
        colour = self.qda.error_colour if error else self.qda.paint.text
        self._status.update(as_read(Text(f" {words}", style=f"bold {colour}"), self.order))

    @property
    def order(self) -> Arranged:
        """Who puts right-to-left words into order: this screen, or the terminal."""
        return "terminal" if self.qda.preferences.order == "terminal" else "screen"

    def one_line(self, words: str) -> str:
        """A name in one line, as it is read on the screen."""
        return one_line(words, self.order)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; what is refused is said in one sentence. Returns whether it was done."""
        try:
            act()
        except QdaError as error:
            self.say(str(error), error=True)
            return False
        return True

    def change(self, act: Callable[[], object], said: str = "") -> bool:
        """Change the study, show it anew, and say what was done."""
        done = self.attempt(lambda: self.workspace.do(act))
        if done:
            self.show()
            if said:
                self.say(f"{said} — u takes it back")
        return done

    def show(self) -> None:
        """Show the study as it is now; called after every change."""

    def action_act(self, name: str) -> None:
        """Do what a key stands for."""
        self.hint()
        self.attempt(getattr(self, f"do_{name}"))

    def do_undo(self) -> None:
        """Take back the last action of this coder."""
        taken: list[str] = []
        if self.change(lambda: taken.append(self.workspace.study.changes.undo())):
            self.say(f"taken back: {taken[0]}")

    def do_redo(self) -> None:
        """Do again what was taken back."""
        done: list[str] = []
        if self.change(lambda: done.append(self.workspace.study.changes.redo())):
            self.say(f"done again: {done[0]}")

    def action_back(self) -> None:
        """Back to the screen below."""
        if len(self.app.screen_stack) > 2:  # the lowest is Textual's own, empty one
            self.dismiss()


def _name(key: str) -> str:
    """The name by which Textual knows a key that is given as its character."""
    from textual.keys import _character_to_key

    return _character_to_key(key) if len(key) == 1 else key

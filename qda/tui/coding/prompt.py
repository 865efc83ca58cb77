"""One line in which something short is typed: words to find, a turn, a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from qda.tui.layout import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from qda.tui.layout import Arranged
    from qda.tui.theme import Paint


class Prompt(Static):
    """A question with its answer in the making. Keys come from the screen, in the order in which they were typed."""

    DEFAULT_CSS = "Prompt { layer: above; dock: bottom; height: 1; display: none; padding: 0 1; background: $panel; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("")
        self.order: Arranged = "screen"
        self.question = ""
        self.typed = ""
        self._then: Callable[[str], None] | None = None
        self._while: Callable[[str], None] | None = None
        self._paint: Paint | None = None

    @property
    def is_open(self) -> bool:
        """Whether it takes the keys."""
        return bool(self.display)

    def open(
        self,
        question: str,
        then: Callable[[str], None],
        paint: Paint,
        *,
        typed: str = "",
        while_typing: Callable[[str], None] | None = None,
    ) -> None:
        """Ask; `then` gets the answer when Enter is pressed, `while_typing` each of its stages."""
        self.question, self._then, self._while, self._paint = question, then, while_typing, paint
        self.typed = typed
        self.display = True
        self._show()

    def key(self, event: events.Key) -> None:
        """Take a key."""
        if event.key == "escape":
            self.display = False
            return
        if event.key == "enter":
            self.display = False
            if self._then is not None:
                self._then(self.typed)
            return
        if event.key == "backspace":
            self.typed = self.typed[:-1]
        elif event.key in ("ctrl+u", "ctrl+w"):
            self.typed = "" if event.key == "ctrl+u" else self.typed.rstrip().rpartition(" ")[0]
        elif event.character is not None and event.is_printable:
            self.typed += event.character
        else:
            return
        self._show()
        if self._while is not None:
            self._while(self.typed)

    def _show(self) -> None:
        paint = self._paint
        if paint is not None:
            shown = Text.assemble(
                (f"{self.question} ", paint.quiet),
                (on_one_line(self.typed, None, self.order), paint.text),
                ("▏", paint.cursor),
                ("  Enter · Esc gives up", paint.quiet),
            )
            self.update(shown, layout=False)

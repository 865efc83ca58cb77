"""A window with words to read at leisure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from textual.app import ComposeResult


class WordsWindow(Window[None]):
    """A title and words below it; Esc closes."""

    DEFAULT_CSS = WINDOW.format(name="WordsWindow") + (
        "WordsWindow > Vertical { width: 96; } WordsWindow .title { text-style: bold; margin: 0 0 1 0; }"
        " WordsWindow VerticalScroll { height: auto; max-height: 24; }"
        " WordsWindow .keys { color: $quiet; margin: 1 0 0 0; }"
    )

    def __init__(self, title: str, body: str) -> None:
        super().__init__()
        self._title, self._body = title, body

    def compose(self) -> ComposeResult:
        """The title, the words, the key."""
        with Vertical():
            yield Label(self._title, classes="title", markup=False)
            with VerticalScroll() as scroll:
                scroll.can_focus = True
                yield Static(self._body, markup=False)
            yield Label("↑↓ scroll · Esc closes", classes="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

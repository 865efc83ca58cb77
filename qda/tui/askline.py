"""A line under a table in which one types: a filter, or the value of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Input, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget


def _nothing(_typed: str) -> None:
    """Nothing follows."""


class AskLine(Horizontal):
    """Hidden until something is asked; Enter answers, Esc gives up, Tab answers and goes on."""

    DEFAULT_CSS = """
    AskLine { height: 1; display: none; background: $panel; }
    AskLine Label { color: $accent; text-style: bold; padding: 0 1; max-width: 50%; height: 1; }
    AskLine Input { border: none; height: 1; padding: 0; width: 1fr; background: $surface; }
    AskLine Input:focus { border: none; }
    """

    def __init__(self, back: Widget) -> None:
        super().__init__()
        self._back = back
        self._label, self._input = Label("", markup=False), Input(compact=True, select_on_focus=False)
        self._answer: Callable[[str], bool] = lambda _typed: True
        self._change: Callable[[str], None] = _nothing
        self._then: Callable[[], None] | None = None
        self._before = ""

    def compose(self) -> ComposeResult:
        """What is asked, and the answer."""
        yield self._label
        yield self._input

    def ask(
        self,
        label: str,
        typed: str,
        answer: Callable[[str], bool],
        *,
        change: Callable[[str], None] = _nothing,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Ask; `answer` returns whether it was taken, `change` follows each letter, `then` comes after Tab."""
        self._answer, self._change, self._then, self._before = answer, change, then, typed
        self._label.update(label)
        with self._input.prevent(Input.Changed):
            self._input.value = typed
        self._input.cursor_position = len(typed)
        self.display = True
        self.screen.set_focus(self._input)

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return bool(self.display)

    @property
    def follows(self) -> bool:
        """Whether the table follows each letter, so that one may move in it while one types."""
        return self._change is not _nothing

    def close(self) -> None:
        """Ask no more."""
        self.display = False
        self.screen.set_focus(self._back)

    async def take_key(self, event: events.Key) -> bool:
        """Take a key at once, so that what is typed ahead comes in its order; False leaves it to the screen."""
        if event.key == "enter":
            self._finish()
        elif event.key == "escape":
            self._change(self._before)
            self.close()
        elif event.key == "tab":
            if self._finish() and self._then is not None:
                self._then()
        elif event.is_printable and event.character is not None:
            self._input.replace(event.character, *self._input.selection)
        else:
            return await self._edit(event.key)
        return True

    async def _edit(self, key: str) -> bool:
        """Move or delete in what is typed, as the input itself would."""
        table = self._input._bindings.key_to_bindings  # noqa: SLF001 - there is no other door to its keys
        known = [binding for binding in table.get(key, ()) if not binding.action.startswith(("scroll", "page"))]
        for binding in known:
            await self.app.run_action(binding.action, self._input)
        return bool(known)

    def _finish(self) -> bool:
        if not self._answer(self._input.value):
            return False
        self.close()
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        if self.is_open:
            self._change(event.value)

"""A window with fields to write in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from qda.errors import QdaError
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

Value = TypeVar("Value")


class WritingWindow(Window[bool], Generic[Value]):
    """Fields to write in: Ctrl+S hands all of them to `save`; what that refuses is said, and nothing typed is lost."""

    DEFAULT_CSS = (
        WINDOW.format(name="WritingWindow")
        + """
    WritingWindow > Vertical { width: 100; height: 90%; }
    WritingWindow .title { text-style: bold; width: 100%; margin-bottom: 1; }
    WritingWindow .problem { color: $error; text-style: bold; height: auto; display: none; }
    WritingWindow .keys { color: $quiet; margin-top: 1; }
    WritingWindow TextArea { padding: 0 1; background: $surface; }
    WritingWindow TextArea:focus { background: $background; }
    WritingWindow TextArea .text-area--placeholder, WritingWindow Input > .input--placeholder { color: $quiet; }
    WritingWindow VerticalScroll {
        scrollbar-size-vertical: 1; scrollbar-color: $quiet 50%; scrollbar-background: $panel;
    }
    WritingWindow Input { padding: 0 1; background: $surface; }
    WritingWindow Input:focus { background: $background; }
    WritingWindow Select { margin-bottom: 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", priority=True)]

    def __init__(self, title: str, save: Callable[[Value], object]) -> None:
        super().__init__()
        self._title, self._save = title, save
        self._first: Value | None = None
        self._warned = False

    def compose(self) -> ComposeResult:
        """Title, fields, what was refused, keys."""
        with Vertical():
            yield Label(Text(self._title), classes="title")
            yield from self.fields()
            yield Static("", classes="problem")
            yield Label("Ctrl+S saves all · Tab next field · Esc gives up", classes="keys")

    def fields(self) -> ComposeResult:
        """The fields."""
        raise NotImplementedError

    def gather(self) -> Value:
        """What stands in the fields.

        Raises:
            QdaError: Something in them makes no sense.
        """
        raise NotImplementedError

    def on_mount(self) -> None:
        """Remember what stood there first."""
        self._first = self.gather()

    def action_save(self) -> None:
        """Save all fields at once."""
        try:
            self._save(self.gather())
        except QdaError as error:
            self._say(str(error))
            return
        self.dismiss(True)

    def action_close(self) -> None:
        """Close; where something was written, only when asked twice."""
        if self._warned or not self._is_changed():
            self.dismiss(False)
            return
        self._warned = True
        self._say("what you wrote is not saved yet: Ctrl+S saves it, Esc once more gives it up")

    def _is_changed(self) -> bool:
        try:
            return self.gather() != self._first
        except QdaError:
            return True

    def _say(self, words: str) -> None:
        problem = self.query_one(".problem", Static)
        problem.update(Text(words))
        problem.display = True

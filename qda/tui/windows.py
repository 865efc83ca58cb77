"""Small windows over a screen: a code's definition, an editor for memos and comments, a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static, TextArea

from qda.errors import QdaError
from qda.model.nouns import many
from qda.tui.rows import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from qda.model.nouns import Coding
    from qda.model.tree import Code
    from qda.tui.app import QdaApp
    from qda.tui.layout import Arranged

Answer = TypeVar("Answer")

WINDOW = """
{name} {{ align: center middle; background: $background 60%; }}
{name} > Vertical, {name} > VerticalScroll {{
    width: 72; max-width: 96%; height: auto; max-height: 90%; background: $panel; padding: 1 2;
}}
{name} Button {{ width: auto; min-width: 0; padding: 0 1; margin-top: 1; }}
{name} TextArea {{ padding: 0 1; background: $surface; }}
{name} TextArea:focus {{ background: $background; }}
"""


class Window(ModalScreen[Answer]):
    """A window that Esc closes without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close")]

    @property
    def qda(self) -> QdaApp:
        """The app, with its own type."""
        from qda.tui.app import QdaApp

        assert isinstance(self.app, QdaApp)  # noqa: S101 - for the type; no other app opens windows
        return self.app

    @property
    def order(self) -> Arranged:
        """Who puts right-to-left words into order: this screen, or the terminal."""
        return "terminal" if self.qda.preferences.order == "terminal" else "screen"

    def one_line(self, words: str) -> str:
        """A name in one line, as it is read on the screen."""
        return one_line(words, self.order)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer; a second answer, such as of Enter held down, closes nothing below."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss()


class CodeWindow(Window[None]):
    """Everything that the codebook says of a code."""

    DEFAULT_CSS = WINDOW.format(name="CodeWindow")

    def __init__(self, code: Code) -> None:
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        """The fields that are filled."""
        with VerticalScroll():
            yield Static(describe(self._code, self.qda.paint.quiet))
            yield Static("Esc closes", classes="quiet")


def describe(code: Code, quiet: str) -> Text:
    """What the codebook says of a code, field by field."""
    entry = code.entry
    text = Text(code.path, style="bold")
    text.append("\n")
    fields = (
        ("definition", entry.definition),
        ("include", entry.include),
        ("exclude", entry.exclude),
        ("example", entry.example),
        ("labels", ", ".join(f"{language}: {label}" for language, label in entry.labels.items())),
        ("aliases", ", ".join(entry.aliases)),
        ("origin", entry.origin),
    )
    if not any(value for _, value in fields):
        text.append("\nNothing is written about this code yet: F4, then e, describes it.", style=quiet)
    for name, value in fields:
        if value:
            text.append(f"\n{name}\n", style=quiet)
            text.append(f"{value}\n")
    return text


class MemoWindow(Window[bool]):
    """An editor for a memo on words, a turn or a source, or a comment on a coding; answers whether it was saved."""

    DEFAULT_CSS = WINDOW.format(name="MemoWindow") + (
        "MemoWindow TextArea { height: 10; margin-bottom: 1; }"
        " MemoWindow Input { margin: 1 0; padding: 0 1; background: $surface; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", priority=True)]

    def __init__(
        self, source: str = "", stretch: tuple[int, int] | None = None, coding: Coding | None = None, code: str = ""
    ) -> None:
        super().__init__()
        self._source, self._stretch, self._coding, self._code_path = source, stretch, coding, code

    def compose(self) -> ComposeResult:
        """A title, the words, and how to save."""
        with Vertical():
            yield Label(self._about())
            if self._coding is None:
                yield Input(placeholder="title (may be empty)", id="title", compact=True)
            yield TextArea("", id="body", compact=True)
            yield Label("Ctrl+S saves · Esc gives up")

    def _about(self) -> str:
        if self._coding is not None:
            return "Comment on this coding"
        if self._code_path:
            return f"Memo on the code {self._code_path}"
        if self._stretch is not None:
            return f"Memo on {many(self._stretch[1] - self._stretch[0], 'character')} of {self._source}"
        return f"Memo on {self._source}" if self._source else "Memo on the study"

    def on_mount(self) -> None:
        """Begin with the words."""
        self.set_focus(self.query_one("#body", TextArea))

    def action_save(self) -> None:
        """Write the memo into the study."""
        body = self.query_one("#body", TextArea).text.strip()
        titles = self.query("#title").results(Input)
        title = next((one.value.strip() for one in titles), "")
        if not body and not title:
            self.notify("there are no words in it yet", severity="warning")
            return
        try:
            self.qda.workspace.write_memo(title, body, self._target())
        except QdaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.dismiss(True)

    def _target(self) -> tuple[str, str, tuple[int, int] | None]:
        if self._coding is not None:
            return "coding", self._coding.uid, None
        if self._code_path:
            return "code", self._code_path, None
        if self._stretch is not None:
            return "segment", self._source, self._stretch
        return ("source", self._source, None) if self._source else ("study", "", None)


class Question(Window[str]):
    """A question with a line to answer in; the answer is what was typed."""

    DEFAULT_CSS = WINDOW.format(name="Question") + "Question Input { margin: 1 0; padding: 0 1; background: $surface; }"

    def __init__(self, question: str, typed: str = "", *, said: str = "") -> None:
        super().__init__()
        self._question, self._typed, self._said = question, typed, said

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical():
            yield Label(self._question, markup=False)
            if self._said:
                yield Static(self._said, markup=False)
            yield Input(self._typed, compact=True)
            yield Label("Enter answers · Esc gives up")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(event.value)


class Confirm(Window[bool]):
    """What is about to happen, and whether it should."""

    DEFAULT_CSS = WINDOW.format(name="Confirm")

    def __init__(self, question: str, said: str, yes: str) -> None:
        super().__init__()
        self._question, self._said, self._yes = question, said, yes

    def compose(self) -> ComposeResult:
        """What would change, and two buttons."""
        with Vertical():
            yield Label(self._question, markup=False)
            with VerticalScroll():
                yield Static(self._said, markup=False)
            yield Button(self._yes, variant="primary", id="yes", compact=True)
            yield Button("Esc: leave it as it is", id="no", compact=True)

    def on_mount(self) -> None:
        """Let Enter say yes."""
        self.set_focus(self.query_one("#yes", Button))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")


class WhoWindow(Question):
    """Who codes; asked once on each computer."""

    DEFAULT_CSS = WINDOW.format(name="WhoWindow")

    def __init__(self, name: str) -> None:
        said = "Every coding is signed with this name. It is kept for you on this computer; --coder NAME overrides it."
        super().__init__("Who codes?", name, said=said)

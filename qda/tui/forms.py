"""Windows in which one fills in fields, or reads what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from qda.errors import QdaError
from qda.tui.windows import WINDOW, Confirm, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.suggester import Suggester

Values = dict[str, str]


class Field(NamedTuple):
    """A line of a form; `choices` are offered while one types, and complete what is typed where they are `only`."""

    name: str
    value: str = ""
    choices: Sequence[str] = ()
    hint: str = ""
    only: bool = False
    suggester: Suggester | None = None


class Form(Window[Values]):
    """Fields with a name each; Enter hands them to `act`, and what that refuses is said under them."""

    DEFAULT_CSS = (
        WINDOW.format(name="Form")
        + """
    Form > .box { height: auto; }
    Form Horizontal { height: 1; margin-top: 1; }
    Form Horizontal Label { width: 14; color: $quiet; }
    Form Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    Form Input:focus { border: none; background: $background; }
    Form .hint { color: $quiet; padding-left: 14; height: auto; }
    Form .said { color: $quiet; height: auto; }
    Form .problem { color: $error; text-style: bold; height: auto; margin-top: 1; display: none; }
    Form .keys { color: $quiet; width: 100%; margin-top: 1; }
    """
    )

    def __init__(
        self, title: str, fields: Sequence[Field], act: Callable[[Values], object], said: str = "", does: str = "saves"
    ) -> None:
        super().__init__()
        self._does = does
        self._title, self._fields, self._act, self._said = title, fields, act, said

    def compose(self) -> ComposeResult:
        """The title, the fields, and what was refused."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Label(Text(self._title, style="bold"))
            if self._said:
                yield Static(Text(self._said), classes="said")
            for number, field in enumerate(self._fields):
                with Horizontal():
                    yield Label(field.name)
                    suggester = field.suggester or SuggestFromList(field.choices, case_sensitive=False)
                    yield Input(field.value, id=f"field{number}", suggester=suggester, compact=True)
                if said := ", ".join((*field.choices, *([field.hint] if field.hint else ()))):
                    yield Static(Text(said), classes="hint")
            yield Static("", classes="problem")
            several = " · Tab next" if len(self._fields) > 1 else ""
            yield Label(f"Enter {self._does}{several} · → takes what is offered · Esc gives up", classes="keys")

    def on_input_submitted(self) -> None:
        """Do it with what was filled in."""
        values = {}
        for number, field in enumerate(self._fields):
            typed = self.query_one(f"#field{number}", Input).value.strip()
            values[field.name] = _completed(typed, field)
        try:
            self._act(values)
        except QdaError as error:
            problem = self.query_one(".problem", Static)
            problem.update(Text(str(error)))
            problem.display = True
            return
        self.dismiss(values)


def _completed(typed: str, field: Field) -> str:
    """What was typed, or the only choice that begins so where it must be one of them."""
    begun = [choice for choice in field.choices if choice.casefold().startswith(typed.casefold())]
    return begun[0] if field.only and typed and len(begun) == 1 else typed


class Sure(Confirm):
    """A question that Enter answers with yes, Esc with no."""

    DEFAULT_CSS = """
    Sure > Vertical { height: auto; }
    Sure VerticalScroll { height: auto; max-height: 12; margin: 1 0; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "#yes"


class Reading(Window[None]):
    """Something to read; Esc or Enter closes it."""

    DEFAULT_CSS = (
        WINDOW.format(name="Reading")
        + "Reading > .box { height: auto; } Reading .keys { color: $quiet; margin-top: 1; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", show=False)]

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._title, self._words = title, words

    def compose(self) -> ComposeResult:
        """The title and the words."""
        with VerticalScroll(classes="box"):
            yield Label(Text(self._title, style="bold"))
            yield Static(Text(self._words))
            yield Label("Esc closes", classes="keys")

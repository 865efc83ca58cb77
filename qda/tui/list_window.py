"""Windows over a place: a list to choose from, a list to pick a code from while one types, a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from qda.tui.fuzzy import Finder
from qda.tui.rows import Rows, loud
from qda.tui.theme import Bar
from qda.tui.windows import WINDOW, Confirm, Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from qda.model.tree import Code

Answer = TypeVar("Answer")
TOP = 0  # the answer that puts a code at the top; keys of codes begin with 1


class ListWindow(Window[Answer]):
    """A list in a window; Enter or a double click chooses."""

    DEFAULT_CSS = (
        WINDOW.format(name="ListWindow")
        + """
    ListWindow > Vertical { width: 120; height: 90%; }
    ListWindow .title { text-style: bold; height: auto; max-height: 2; width: 100%; margin-bottom: 1; }
    ListWindow .keys { color: $quiet; height: 1; margin-top: 1; }
    ListWindow .whole { height: auto; margin-top: 1; max-height: 40%; background: $surface; padding: 0 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "step(-9999999)", show=False),
        Binding("end,G", "step(9999999)", show=False),
        Binding("enter", "choose", show=False),
    ]
    keys: ClassVar[str] = "↑↓ move · Enter chooses · Esc closes"
    tall: ClassVar[int] = 1

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title_text = title
        self.rows = Rows(self.draw, tall=self.tall)
        self.whole = Static("", classes="whole")

    def compose(self) -> ComposeResult:
        """Title, list, what is said of the row, keys."""
        with Vertical():
            yield Label(Text(self.title_text), classes="title")
            yield self.rows
            yield self.whole
            yield Label(self.keys, classes="keys")

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """The lines of a row."""
        raise NotImplementedError

    def action_step(self, by: int) -> None:
        """Move in the list."""
        self.rows.go(self.rows.at + by)

    def action_page(self, by: int) -> None:
        """Move by a page."""
        self.rows.go(self.rows.at + by * self.rows.page())

    def action_choose(self) -> None:
        """Do what Enter does here."""

    def tell(self) -> None:
        """Say more about the row under the cursor."""

    def on_rows_moved(self) -> None:
        """Follow the cursor."""
        self.tell()

    def on_resize(self) -> None:
        """Fit what is said to the window."""
        self.call_after_refresh(self.tell)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """Follow the mouse."""
        self.clicked(twice=event.twice)

    def clicked(self, *, twice: bool) -> None:
        """A row was clicked; twice is Enter."""
        if twice:
            self.action_choose()


class PickCode(Window[int]):
    """A code, found by a few letters of its name; or the top of the codebook, where that is an answer."""

    DEFAULT_CSS = (
        WINDOW.format(name="PickCode")
        + """
    PickCode > Vertical { width: 72; height: 20; }
    PickCode Input { height: 1; border: none; padding: 0 1; background: $surface; margin: 1 0; }
    PickCode Input:focus { border: none; }
    PickCode .keys { color: $quiet; margin-top: 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
    ]

    def __init__(self, title: str, codes: Sequence[Code], bars: Mapping[int, Bar], *, top: bool = False) -> None:
        super().__init__()
        self._title, self._bars, self._top = title, bars, top
        self._finder = Finder(codes)
        self._found: list[Code | None] = []
        self._rows = Rows(self._draw)

    def compose(self) -> ComposeResult:
        """What is asked, what is typed, the codes that fit."""
        with Vertical():
            yield Label(Text(self._title, style="bold"))
            yield Input(placeholder="type a few letters", compact=True)
            yield self._rows
            yield Label("↑↓ move · Enter picks · Esc gives up", classes="keys")

    def on_mount(self) -> None:
        """Begin with all codes."""
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what fits."""
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        self._found = [one.code for one in self._finder.find(typed)]
        if self._top and not typed.strip():
            self._found.insert(0, None)
        self._rows.fill(len(self._found), 0)

    def _draw(self, row: int, _width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        code = self._found[row]
        if code is None:
            return [Text("at the top of the codebook")]
        parent = self.one_line(code.path.rpartition("/")[0])
        paint = self.qda.paint
        bar = self._bars.get(code.key, Bar("▌", paint.plain_family))
        where = (f"  {parent}" if parent else "", loud(paint.quiet, here=here))
        return [Text.assemble((bar.sign, bar.colour), self.one_line(code.entry.name), where)]

    def action_step(self, by: int) -> None:
        """Move in the list."""
        self._rows.go(self._rows.at + by)

    def on_input_submitted(self) -> None:
        """Answer with the code under the cursor."""
        if self._found:
            code = self._found[self._rows.at]
            self.dismiss(TOP if code is None else code.key)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """Twice is Enter."""
        if event.twice:
            self.on_input_submitted()


class Deciding(Confirm):
    """What is about to happen; Enter does it."""

    DEFAULT_CSS = """
    Deciding > Vertical { width: 80; height: auto; }
    Deciding Label { width: 100%; text-style: bold; margin-bottom: 1; }
    Deciding VerticalScroll { height: auto; max-height: 12; margin-bottom: 1; }
    """
    AUTO_FOCUS = "#yes"

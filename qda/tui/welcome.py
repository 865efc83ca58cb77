"""The first screens: a folder without a study, a study without sources, and the question who codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qda.tui import preferences
from qda.tui.place import PlaceScreen
from qda.tui.theme import themes

if TYPE_CHECKING:
    from textual.app import ComposeResult

SAMPLE, NEW, NOTHING = "sample", "new", "nothing"

_START = """\
[b]qda[/b]: interviews, codes, and figures that open their excerpts

There is no study in this folder yet.
"""
_CHOICES = {
    SAMPLE: "Look at a sample study (invented interviews, made in the folder qda-demo)",
    NEW: "Begin a study of my own in this folder",
    NOTHING: "Leave",
}


class StartApp(App[str]):
    """Asks what to do in a folder without a study; its result is one of `SAMPLE`, `NEW` and `NOTHING`."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    StartApp Static { padding: 1 2 0 2; } StartApp OptionList { margin: 1 2; height: auto; border: none; }
    """
    BINDINGS: ClassVar = [("escape", "leave", "leave"), ("q", "leave", "leave"), ("ctrl+q", "leave", "leave")]

    def __init__(self) -> None:
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = preferences.load().theme

    def compose(self) -> ComposeResult:
        """Three choices."""
        yield Static(_START)
        yield OptionList(*(Option(said, id=name) for name, said in _CHOICES.items()))
        yield Static("↑↓ choose · Enter takes it · Esc leaves. Nothing is written before you choose.")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice."""
        self.exit(str(event.option.id))

    def action_leave(self) -> None:
        """Do nothing."""
        self.exit(NOTHING)


class WelcomeScreen(PlaceScreen):
    """A study in which there is nothing to code yet: what to do first."""

    place: ClassVar[str] = "welcome"
    heading: ClassVar[str] = "A new study"
    BINDINGS: ClassVar = [("a", "take_in", "import")]

    def body(self) -> ComposeResult:
        """The first steps."""
        with VerticalScroll():
            yield Static(_first_steps(self.qda.paint.quiet, self.qda.paint.text), id="steps")

    def arrive(self) -> None:
        """Say the first steps, and open the first source as soon as there is one."""
        self.set_interval(1.0, self._look)

    async def action_take_in(self) -> None:
        """Import a file or a folder, from the list of sources."""
        await self.qda.go_to_place("sources")
        self.qda.screen.action_act("take_in")  # type: ignore[attr-defined] # the list of sources

    def on_screen_resume(self) -> None:
        """Look again when somebody comes back from importing."""
        self._look()

    def _look(self) -> None:
        name = self.workspace.first_source()
        if name is not None and self.qda.screen is self and not self.workspace.opening:
            self.qda.open_source(name)


def _first_steps(quiet: str, plain: str) -> Text:
    steps = (
        ("1  Take transcripts in", "a and the path of a file or folder: Word, PDF, LibreOffice, text, ..."),
        ("2  Take a codebook in", "a and the path of a YAML file. Or begin without one: codes are made"),
        ("", "while you code."),
        ("3  Code", "S selects a sentence, c gives it a code; a name that is new makes a code."),
        ("", "F12 leads through a first coding, as soon as there is a text."),
        ("", "? shows the keys of every place, Ctrl+P finds everything by name."),
    )
    text = Text("\n This study has no sources yet.\n", style=f"bold {plain}")
    for title, words in steps:
        text.append(f"\n {title}\n" if title else "", style=f"bold {plain}")
        text.append(f"    {words}\n", style=quiet)
    text.append("\n As soon as a source is here, this screen shows it.\n", style=quiet)
    return text

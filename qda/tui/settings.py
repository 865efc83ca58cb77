"""Settings of the screen: theme, set of colours, right-to-left order, widest line; they hold at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qda.tui.place import PlaceScreen
from qda.tui.preferences import CHOICES

if TYPE_CHECKING:
    from textual.app import ComposeResult

# Each setting: what it is, and what each choice means.
SETTINGS = {
    "theme": ("Theme", {"qda-dark": "dark", "qda-light": "light"}),
    "colours": (
        "Colours of code families",
        {"standard": "seven hues, safe for the colour-blind", "strong": "blue, orange and greys, for few hues"},
    ),
    "order": (
        "Right-to-left lines are put in order by",
        {"screen": "this screen (most terminals)", "terminal": "the terminal itself (one that knows bidi)"},
    ),
    "width": ("Widest line of text", {"80": "80 characters", "100": "100 characters", "120": "120 characters"}),
}


class SettingsScreen(PlaceScreen):
    """One line for each setting; Enter takes the next choice."""

    place: ClassVar[str] = "settings"
    heading: ClassVar[str] = "Settings of this screen"
    DEFAULT_CSS = """
    SettingsScreen OptionList {
        border: none; padding: 1 1 !important; height: 1fr; max-height: 100%; background: $background;
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = "OptionList"

    def body(self) -> ComposeResult:
        """The settings with what is chosen."""
        yield OptionList(compact=True)

    def arrive(self) -> None:
        """Show the settings."""
        self.head(self.heading, "kept for you on this computer, not in the study")
        self.show()
        self.say("Enter or a click takes the next choice; Esc goes back")

    def show(self) -> None:
        """Show what is chosen."""
        listed, paint = self.query_one(OptionList), self.qda.paint
        at = listed.highlighted or 0
        listed.clear_options()
        for name, (title, said) in SETTINGS.items():
            value = getattr(self.qda.preferences, name)
            words = Text.assemble((f"{title}: ", paint.text), (said[value], f"bold {paint.speaker}"))
            listed.add_option(Option(words, id=name))
        listed.highlighted = at

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the next choice."""
        name = str(event.option.id)
        choices = CHOICES[name]
        value = getattr(self.qda.preferences, name)
        setattr(self.qda.preferences, name, choices[(choices.index(value) + 1) % len(choices)])
        self.qda.preferences.save()
        self.qda.apply_preferences()
        self.show()
        self.head(self.heading, "kept for you on this computer, not in the study")

"""Help that teaches: the keys of a place, everything that can be done by name, and a guided first coding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from qda.tui.actions import Action, of_place, shown
from qda.tui.fuzzy import folded
from qda.tui.windows import WINDOW, Window

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.screen import Screen

    from qda.tui.theme import Paint


def place_of(screen: Screen[Any]) -> str:
    """The name of a screen's place in the table of actions."""
    return str(getattr(screen, "place", "") or "")


class HelpWindow(Window[None]):
    """The keys of the place that one is in, by group, and those that work everywhere."""

    DEFAULT_CSS = WINDOW.format(name="HelpWindow") + "HelpWindow > VerticalScroll { width: 96; }"

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._place = place_of(screen)

    def compose(self) -> ComposeResult:
        """The keys."""
        with VerticalScroll() as scroll:
            scroll.can_focus = True
            yield Static(keys_of(self._place, self.qda.paint))

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()


def keys_of(place: str, paint: Paint) -> Text:
    """The actions of a place with their keys, group by group."""
    text = Text(f"Keys{f' of {place}' if place else ''}\n", style="bold")
    text.append("Ctrl+P finds any of these by name. Esc closes.\n", style=paint.quiet)
    group = ""
    for action in of_place(place):
        if action.group != group:
            group = action.group
            text.append(f"\n{group}\n", style=f"bold {paint.speaker}")
        keys = "1-9" if action.name == "recent" else "  ".join(shown(key) for key in action.keys)
        text.append(f"  {keys:<16}", style=f"bold {paint.text}")
        text.append(f" {action.title}\n")
    return text


class PaletteWindow(Window[None]):
    """Everything that can be done here, found by typing a few letters."""

    DEFAULT_CSS = WINDOW.format(name="PaletteWindow") + "PaletteWindow OptionList { height: auto; max-height: 16; }"
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._screen = screen
        self._actions = of_place(place_of(screen))

    def compose(self) -> ComposeResult:
        """A line to type in, and what fits."""
        with Vertical():
            yield Input(placeholder="what do you want to do?")
            yield OptionList(*self._options(""))

    def _options(self, typed: str) -> list[Option]:
        wanted = folded(typed).split()
        return [
            Option(self._said(action), id=action.name)
            for action in self._actions
            if all(word in folded(f"{action.title} {action.group} {action.hint} {action.name}") for word in wanted)
        ]

    def _said(self, action: Action) -> Text:
        keys = "1-9" if action.name == "recent" else ", ".join(shown(key) for key in action.keys)
        return Text.assemble(action.title, (f"  {keys}", self.qda.paint.quiet))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(self._options(event.value))
        if listed.option_count:
            listed.highlighted = 0

    async def on_input_submitted(self) -> None:
        """Do the chosen action."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            await self._do(str(listed.get_option_at_index(listed.highlighted).id))

    def on_key(self, event: Any) -> None:
        """Move in the list while the typing goes on."""
        listed = self.query_one(OptionList)
        if event.key in ("up", "down"):
            listed.action_cursor_up() if event.key == "up" else listed.action_cursor_down()
            event.stop()
            event.prevent_default()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was clicked."""
        await self._do(str(event.option.id))

    async def _do(self, name: str) -> None:
        action = next(action for action in self._actions if action.name == name)
        app, screen = self.qda, self._screen
        self.dismiss()
        if action.place == "everywhere":
            app.call_later(app.perform, name)
        else:
            app.call_later(_perform, screen, name)


def _perform(screen: Any, name: str) -> None:
    if hasattr(screen, "perform"):
        screen.perform(name)
    else:
        screen.action_act(name)

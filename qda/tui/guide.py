"""Help that teaches: the keys of a place, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from qda.tui.actions import keys_said, of_place
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
        keys = keys_said(action)
        text.append(f"  {keys:<16}", style=f"bold {paint.text}")
        text.append(f" {action.title}\n")
    return text

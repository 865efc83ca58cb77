"""The ways between the screens: from every place to every other, into a text, and back to where it was opened from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from qda.tui.actions import EVERYWHERE, shown
from qda.tui.place import PlaceScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from qda.store import Study
    from qda.tui.action import Action
    from qda.tui.app import QdaApp
    from qda.tui.workspace import Workspace

# The screens of the places, imported when somebody first goes there.
SCREENS = {
    "sources": ("qda.tui.sources", "SourcesScreen"),
    "codebook": ("qda.tui.codebook", "CodebookScreen"),
    "memos": ("qda.tui.memos", "MemosScreen"),
    "claims": ("qda.tui.claims", "ClaimsScreen"),
    "registers": ("qda.tui.registers", "RegistersScreen"),
    "reports": ("qda.tui.reports", "ReportsScreen"),
    "search": ("qda.tui.search", "SearchScreen"),
    "history": ("qda.tui.history", "HistoryScreen"),
    "rounds": ("qda.tui.rounds", "RoundsScreen"),
    "adjudication": ("qda.tui.adjudication.screen", "AdjudicationScreen"),
    "rereads": ("qda.tui.rereads", "RereadsScreen"),
    "settings": ("qda.tui.settings", "SettingsScreen"),
}
_KEYS = {action.name: shown(action.keys[0]) for action in EVERYWHERE}


class Going(App[None]):
    """An app that knows its places."""

    study: Study
    workspace: Workspace

    async def perform(self, name: str) -> None:
        """Do an action of everywhere by its name."""
        place = name.removeprefix("show_")
        if place in SCREENS:
            await self.go_to_place(place)
        else:
            await getattr(self, f"do_{name}")()

    async def do_action(self, action: Action, screen: Any) -> None:
        """Do an action of any place, from a screen: in its own place, where one goes first if it is another."""
        if action.place == "everywhere":
            await self.perform(action.name)
            return
        if getattr(screen, "place", "") != action.place:
            await self.go_to_place(action.place)
            screen = self.screen
        if getattr(screen, "place", "") != action.place:
            self.notify("there is no text to do that in yet: F3 shows how transcripts come in", severity="error")
        elif hasattr(screen, "perform"):
            screen.perform(action.name)
        else:
            screen.action_act(action.name)

    async def go_to_place(self, place: str) -> None:
        """Show a place by its name in the table of actions; nothing happens where it is shown already."""
        if getattr(self.screen, "place", "") == place:
            return
        if place == "coding":
            await self.do_show_coding()
            return
        module, name = SCREENS[place]
        await self.go_to(getattr(import_module(module), name)())

    async def go_to(self, screen: Screen[Any]) -> None:
        """Show a screen in the place of the one that is shown; back is Esc or F2."""
        self.workspace.came_from = ""
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.push_screen(screen)

    async def do_show_coding(self) -> None:
        """Back to the transcript."""
        from qda.tui.coding.screen import CodingScreen

        while not isinstance(self.screen, CodingScreen) and len(self.screen_stack) > 2:
            await self.pop_screen()

    async def do_show_palette(self) -> None:
        """Everything that can be done, by name."""
        from qda.tui.palette import PaletteWindow

        await self.push_screen(PaletteWindow(self.screen))

    async def do_show_help(self) -> None:
        """The keys of this place."""
        from qda.tui.guide import HelpWindow

        await self.push_screen(HelpWindow(self.screen))

    async def do_leave(self) -> None:
        """End; everything is saved."""
        self.remember_place()
        self.exit()

    def remember_place(self) -> None:
        """Note where this coder is, for the next start."""
        from qda.tui.coding.screen import CodingScreen

        for screen in self.screen_stack:
            if isinstance(screen, CodingScreen) and self.study.sources.by_key(screen.opened.source.key) is not None:
                self.workspace.leave_at(screen.opened.source.name, screen.cursor.at)

    # --- texts ------------------------------------------------------------------------------------------

    async def show_source(
        self, name: str, place: int = 0, *, said: str = "", coding: str = "", came_from: str = ""
    ) -> None:
        """Show a source at a place, or at a coding (its id), which is then the chosen one.

        `came_from` is the place from which it is opened, to which Esc leads back.
        """
        from qda.tui.coding.screen import CodingScreen

        self.study.sources.get(name)  # one that is not there is refused before anything is left
        self.remember_place()
        self.workspace.opening = True  # what is passed on the way there opens nothing itself
        try:
            while len(self.screen_stack) > 1:
                await self.pop_screen()
        finally:
            self.workspace.opening = False
        screen = CodingScreen(cast("QdaApp", self), name, place)
        found = next((one for one in screen.opened.spans.all() if one.uid == coding), None) if coding else None
        if found is not None or came_from:
            screen.cursor.go(found.start if found is not None else place)
            screen.look.chosen = found.key if found is not None else None
        await self.push_screen(screen)
        self.remember_place()  # so that the next start opens this text after a crash too
        self.workspace.came_from = came_from
        if came_from:
            back = f"Esc leads back to the {came_from} ({_KEYS[f'show_{came_from}']})"
            screen.say(f"{said} {back}" if said else back)
        elif said:
            screen.say(said)

    def open_source(self, name: str, place: int = 0, *, said: str = "", coding: str = "", came_from: str = "") -> None:
        """Show a source at a place or a coding, from a place that cannot wait; before the next key is taken."""
        self.call_next(lambda: self.show_source(name, place, said=said, coding=coding, came_from=came_from))

    async def go_back(self) -> bool:
        """From a text back to the place from which it was opened; returns whether there was one."""
        place, self.workspace.came_from = self.workspace.came_from, ""
        if place:
            await self.go_to_place(place)
            if isinstance(self.screen, PlaceScreen):
                self.screen.come_back()
        return bool(place)

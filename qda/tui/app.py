"""The app: one study, its colours, its start and end, and the keys of everywhere."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from qda.errors import QdaError
from qda.tui import preferences
from qda.tui.actions import EVERYWHERE
from qda.tui.direct import DirectScreen, name_of
from qda.tui.escape import quicken
from qda.tui.going import Going
from qda.tui.keyboard import Keyboard
from qda.tui.place import PlaceScreen
from qda.tui.theme import PAINTS, Bar, family_colours, family_marks, themes
from qda.tui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.events import Key
    from textual.filter import LineFilter

    from qda.model.nouns import Coding
    from qda.model.tree import Code, CodeTree
    from qda.store import Study
    from qda.tui.theme import Paint

_ANYWHERE = {key: action for action in EVERYWHERE for key in action.keys}


class QdaApp(Going, Keyboard):
    """The screens of an open study."""

    ENABLE_COMMAND_PALETTE = False
    INHERIT_BINDINGS: ClassVar[bool] = False
    ESCAPE_TO_MINIMIZE = False
    TITLE = "qda"

    def __init__(self, study: Study, *, ask_who: bool = False) -> None:
        super().__init__()
        self.study = study
        self._ask_who = ask_who
        self.workspace = Workspace(study)
        self.preferences = preferences.load()
        for theme in themes():
            self.register_theme(theme)
        self.theme = self.preferences.theme

    # --- colours ----------------------------------------------------------------------------------------

    @property
    def paint(self) -> Paint:
        """The colours of the theme."""
        return PAINTS[self.preferences.theme]

    def apply_preferences(self) -> None:
        """Show what is preferred now."""
        from qda.tui.coding.screen import CodingScreen

        self.theme = self.preferences.theme
        for screen in self.screen_stack:
            if isinstance(screen, CodingScreen):
                screen.redress()

    @property
    def error_colour(self) -> str:
        """The colour of what is refused."""
        return str(self.current_theme.error)

    @property
    def no_colour(self) -> bool:
        """Whether nothing may be said by colour alone."""
        return self.no_color

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to colours before they are painted: nothing, they are exact; NO_COLOR takes them away."""
        return super().get_line_filters() if self.no_colour else ()

    def colours(self, tree: CodeTree) -> Mapping[int, str]:
        """The colour of each family: of the codes at the top of the codebook."""
        roots = [code.key for code in tree.codes if code.parent is None]
        return family_colours(roots, self.preferences.colours, self.preferences.theme)

    def bars(self, tree: CodeTree) -> Mapping[int, Bar]:
        """What stands before the names of each family's codes, by the code at its top: its mark and its hue."""
        roots = [code.key for code in tree.codes if code.parent is None]
        marks, colours = family_marks(roots), self.colours(tree)
        return {key: Bar(marks[key], colours[key]) for key in roots}

    # --- start ------------------------------------------------------------------------------------------

    def on_ready(self) -> None:
        """Clear up again, now that the first paint is done; and leave the terminal as it was if we are asked to end."""
        gc.enable()
        with contextlib.suppress(NotImplementedError):  # Windows has no such signals
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: self.call_later(self.do_leave))

    async def on_mount(self) -> None:
        """Open where the coder left off, or say what to do first."""
        if self._ask_who:
            if self.preferences.coder:
                self.study.coder = self.preferences.coder
            else:
                from qda.tui.windows import WhoWindow

                await self.push_screen(WhoWindow(self.study.coder), self._who_codes)
                return
        await self.begin()

    async def _who_codes(self, name: str | None) -> None:
        """Let somebody code who has said who that is."""
        if name and name.strip():
            self.study.coder = self.preferences.coder = name.strip()
            self.preferences.save()
        await self.begin()

    async def begin(self) -> None:
        """Open where the coder left off, or say what to do first."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        name = self.first_source()
        if name is None:
            from qda.tui.welcome import WelcomeScreen

            await self.push_screen(WelcomeScreen())
            return
        await self.show_source(name, self.workspace.left_at(name))

    def first_source(self) -> str | None:
        """The source in which this coder worked last, else the first that is not done, else the first."""
        return self.workspace.first_source()

    # --- keys -------------------------------------------------------------------------------------------

    async def _take(self, event: Key) -> bool:
        """Give a key to the screen that is shown, else do what it stands for everywhere."""
        screen = self.screen
        try:
            if isinstance(screen, PlaceScreen) and screen.take_answer(event):
                return True
            if isinstance(screen, DirectScreen) and await screen.take_key(event):
                return True
            if isinstance(screen, ModalScreen):
                return False  # what is being written in a window is not left by a slip of the finger
            action = _ANYWHERE.get(name_of(event), _ANYWHERE.get(event.key))
            typing = event.character is not None and event.is_printable and not isinstance(screen, DirectScreen)
            if action is None or typing:
                return False
            await self.perform(action.name)
        except QdaError as error:
            self.notify(str(error), severity="error", markup=False)
        return True

    # --- windows ----------------------------------------------------------------------------------------

    def show_code(self, code: Code) -> None:
        """Show everything that the codebook says of a code."""
        from qda.tui.windows import CodeWindow

        self.push_screen(CodeWindow(code))

    def write_memo(self, source: str, stretch: tuple[int, int] | None) -> None:
        """Open the editor for a memo."""
        from qda.tui.windows import MemoWindow

        self.push_screen(MemoWindow(source=source, stretch=stretch))

    def write_comment(self, coding: Coding) -> None:
        """Open the editor for a comment on a coding."""
        from qda.tui.windows import MemoWindow

        self.push_screen(MemoWindow(coding=coding))

    def _handle_exception(self, error: Exception) -> None:
        """End in one sentence when something unforeseen happens; all that was painted is saved."""
        if os.environ.get("QDA_TRACEBACK"):
            super()._handle_exception(error)
            return
        self._return_code = 1
        self.exit(
            return_code=1,
            message=f"qda: something unforeseen happened ({type(error).__name__}: {error}); all that you did is saved."
            " Start with QDA_TRACEBACK=1 to see more.",
        )


def run(study: Study, *, ask_who: bool = False) -> int:
    """Show a study until its user leaves; returns the exit status."""
    quicken()
    gc.freeze()  # what is imported stays; looking through it again and again takes time from the first paint
    gc.disable()
    app = QdaApp(study, ask_who=ask_who)
    app.run()
    return app.return_code or 0

"""The coding screen: what stands where, what is done behind the first paint, and which key does what."""

from __future__ import annotations

import gc
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from qda.errors import QdaError
from qda.tui.actions import by_key
from qda.tui.coding.adjusting import Adjusting
from qda.tui.coding.cursor import MOVES
from qda.tui.coding.finding import Finding
from qda.tui.coding.looking import Looking
from qda.tui.coding.noting import Noting
from qda.tui.coding.revising import Revising
from qda.tui.direct import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from qda.tui.app import QdaApp
    from qda.tui.coding.codes_pane import CodesPane

KEYS = by_key("coding")
LOOK_AROUND_SECONDS = 0.5
SLICE_SECONDS = 0.004
_NO_MORE = {"coding": "no coding begins behind this place", "coding_back": "no coding begins before this place"}


class Panes(Horizontal):
    """The panes side by side; they cover all of it."""

    BLANK = True


class CodingScreen(Finding, Revising, Adjusting, Looking, Noting):
    """A transcript with its codings, and everything that a coder does with it."""

    DEFAULT_CSS = """
    CodingScreen { layers: base above; }
    CodingScreen > .head { height: 1; background: $panel; }
    CodingScreen > .status { height: 1; background: $panel; }
    """
    AUTO_FOCUS: ClassVar[str | None] = None
    BLANK = True
    place: ClassVar[str] = "coding"

    def __init__(self, app: QdaApp, name: str, place: int = 0) -> None:
        super().__init__(app, name, place)
        self._begun = False
        self._sliced: Iterator[bool] = iter(())

    # --- what stands where ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, panes with the text between them, a line to ask in, status; the picker above all."""
        yield self.head
        with Panes():
            yield self.codes
            yield self.transcript
            yield self.details
        yield self.guide
        yield self.prompt
        yield self.status
        yield self.picker

    def on_mount(self) -> None:
        """Show the text; everything that can wait is done behind the first paint."""
        self.fit_panes(self.app.size.width)
        self.dress()
        self.transcript.widest = int(self.preferences.width)
        self.transcript.show(self.opened, self.cursor, self.look, self.layout_of_text, labels=self.labels)
        self.show_status()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._begun = True
        self.transcript.reveal(centre=True, anyway=True)
        self.moved()
        self.set_timer(0.01, self._later)
        self.set_interval(LOOK_AROUND_SECONDS, self.look_around)

    def _offer_guide(self) -> None:
        """Guide somebody who has never coded here; once."""
        if not self.preferences.guided and self.workspace.study.coder:
            self.preferences.guided = True
            self.preferences.save()
            self.guide.begin()

    def _later(self) -> None:
        """What is not needed for the first look at the text: counts, the picker's list, sentences, exact lines."""
        self.picker.prepare(self.workspace.tree)
        self.show_codes()
        self.note_memos()
        self._offer_guide()
        self._sliced = chain(self._counted(), self.slices())
        self.set_timer(0.001, self._slice)

    def _counted(self) -> Iterator[bool]:
        yield from self.workspace.count_slowly()
        self.show_codes()

    def _slice(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        more = self.transcript.refine()
        while (found := next(self._sliced, None)) is not None and perf_counter() < until:
            pass
        if found is not None or more:
            self.set_timer(0.001, self._slice)
        else:
            gc.freeze()  # thousands of codings need not be looked through for garbage between two keys

    def on_resize(self, event: events.Resize) -> None:
        """Show as many panes as there is room for."""
        self.fit_panes(event.size.width)
        if self.picker.is_open:
            self.call_after_refresh(self.place_picker)

    def redress(self) -> None:
        """Take everything anew that a setting or another screen may have changed."""
        if self.preferences.order != self.order:
            self.reopen("")
            return
        self.dress()
        self.picker.prepare(self.workspace.tree)
        self.transcript.fit(self.preferences.width)
        self.show_codes()
        self.note_memos()
        self.moved()

    def on_screen_suspend(self) -> None:
        """Whoever looks at another screen has learnt the last thing that the guide teaches."""
        self.guide.did("show_help")

    def on_screen_resume(self) -> None:
        """Show what was changed on other screens."""
        if self._begun and self.qda.screen is self:
            if self.workspace.current is not self.opened or self.workspace.stale:
                self.reopen("")
                return
            self.redress()

    # --- keys -------------------------------------------------------------------------------------------

    async def take_key(self, event: events.Key) -> bool:
        """Give a key to what is open, else do what it stands for."""
        try:
            if event.key == "ctrl+q":
                return False  # one leaves from everywhere
            if self.picker.is_open:
                self.picker.key(event)
                return True
            if self.prompt.is_open:
                self.prompt.key(event)
                return True
            name = name_of(event)
            if self.adjusting is not None:
                self.adjust_key(name)
                return True
            return self._act(name)
        except QdaError as error:
            self.say(self.painted(str(error)), error=True)
            return True

    def _act(self, name: str) -> bool:
        extend = name.startswith("shift+") and name.removeprefix("shift+") in KEYS
        action = KEYS.get(name.removeprefix("shift+") if extend else name)
        if action is None or action.place != "coding":
            return False
        self.said = None
        if action.name in MOVES:
            before = self.cursor.at
            self.travel(lambda: self.cursor.move(action.name, extend=extend))
            if self.cursor.at == before and action.name in _NO_MORE:
                self.say(_NO_MORE[action.name])
        elif action.name in ("left", "right"):
            self.travel(lambda: self.cursor.side(-1 if action.name == "left" else 1, extend=extend))
        elif action.name in ("up", "down", "page_up", "page_down"):
            page = max(self.transcript.size.height - 2, 1) if action.name.startswith("page") else 1
            by = -page if action.name.endswith("up") else page
            self.travel(lambda: self.cursor.vertical(by, extend=extend))
        elif action.name == "recent":
            self.do_recent(int(name))
        else:
            getattr(self, f"do_{action.name}")()
        self.guide.did(action.name)
        return True

    def perform(self, name: str) -> None:
        """Do an action by its name, as the palette does."""
        action = next(action for action in KEYS.values() if action.name == name)
        try:
            self._act(action.keys[0])
        except QdaError as error:
            self.say(self.painted(str(error)), error=True)

    def on_codes_pane_clicked(self, message: CodesPane.Clicked) -> None:
        """Put a code on the selection; without one, tint the code."""
        if self.picker.is_open or self.prompt.is_open:
            return
        if self.cursor.selection is not None:
            self.attempt(lambda: self.put_codes([message.code]))
        else:
            self.do_focus(message.code)

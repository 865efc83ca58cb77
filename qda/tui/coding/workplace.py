"""What every deed of the coding screen works with: the open text, the cursor, what is chosen, the widgets."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from qda.errors import QdaError
from qda.tui.coding.codes_pane import CodesPane
from qda.tui.coding.cursor import Cursor
from qda.tui.coding.guided import Guide
from qda.tui.coding.painting import Look, columns
from qda.tui.coding.picker import Picker
from qda.tui.coding.place_pane import DetailPane
from qda.tui.coding.prompt import Prompt
from qda.tui.coding.transcript import Transcript
from qda.tui.direct import DirectScreen
from qda.tui.layout import TextLayout, on_one_line

if TYPE_CHECKING:
    from textual.timer import Timer

    from qda.model.nouns import Coding
    from qda.tui.app import QdaApp
    from qda.tui.layout import Arranged
    from qda.tui.workspace import Workspace

QUOTED = 32  # cells of the words that a message quotes


class Workplace(DirectScreen):
    """A source that is open, with all that stands on its screen; the classes built on it do things with it."""

    def __init__(self, app: QdaApp, name: str, place: int = 0) -> None:
        super().__init__()
        gc.unfreeze()  # what the source before took may go
        self.workspace: Workspace = app.workspace
        self.preferences = app.preferences
        self.opened = self.workspace.open(name)
        self.look = Look(app.paint, {}, columns(80, self.opened.turns, labels=False))
        self.labels = any(turn.body == turn.start and turn.label for turn in self.opened.turns)
        self.order: Arranged = "terminal" if self.preferences.order == "terminal" else "screen"
        self.look.order = self.order
        said = {turn.start: turn.body for turn in self.opened.turns if turn.start < turn.body}
        self.layout_of_text = TextLayout(self.opened.text, 60, order=self.order, flush=True, labels=said)
        self.cursor = Cursor(self.layout_of_text, self.opened.turns, self.opened.spans)
        self.cursor.go(place or (self.opened.turns[0].body if self.opened.turns else 0))
        self.cursor.shown = self.look.visible
        self._make_widgets()
        self.panes: dict[str, bool | None] = {"codes": None, "detail": None}
        self.said: tuple[str, bool] | None = None
        self.found: list[tuple[int, int]] = []
        self.adjusting: tuple[int, bool] | None = None
        self._shown = (Text(), Text())
        self._said_lines = 1
        self._detail_timer: Timer | None = None

    def _make_widgets(self) -> None:
        self.transcript = Transcript(self)
        self.codes, self.details = CodesPane(), DetailPane("")
        self.head, self.status = Static("", classes="head"), Static("", classes="status")
        self.picker, self.prompt, self.guide = Picker(), Prompt(), Guide()
        self.codes.order = self.picker.order = self.prompt.order = self.order

    @property
    def qda(self) -> QdaApp:
        """The app, with its own type."""
        from qda.tui.app import QdaApp

        assert isinstance(self.app, QdaApp)  # noqa: S101 - for the type; no other app makes this screen
        return self.app

    # --- what the mouse does; the transcript tells ------------------------------------------------------

    def pressed(self, place: tuple[int, int], *, extend: bool, times: int) -> None:
        """Follow a button that goes down."""
        raise NotImplementedError

    def dragged(self, place: tuple[int, int]) -> None:
        """Follow the mouse with its button down."""
        raise NotImplementedError

    def pointed(self, coding: int) -> None:
        """Follow a click beside the text."""
        raise NotImplementedError

    # --- what is chosen ---------------------------------------------------------------------------------

    def here(self) -> list[Coding]:
        """The codings under the cursor that are shown."""
        return [one for one in self.opened.spans.at(self.cursor.at) if self.look.visible(one)]

    def chosen(self) -> Coding:
        """The coding that keys work on.

        Raises:
            QdaError: There is none under the cursor.
        """
        coding = self.opened.spans.get(self.look.chosen) if self.look.chosen is not None else None
        if coding is None:
            raise QdaError("there is no coding under the cursor; ] goes to the next one")
        return coding

    def target(self) -> tuple[int, int]:
        """The words that a code goes on: the selection, without it the sentence under the cursor.

        Raises:
            QdaError: There are no words.
        """
        start, end = self.cursor.selection or self._sentence()
        text = self.opened.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
        if start >= end:
            raise QdaError("there are no words here: select some with S, v or the mouse")
        return start, end

    def _sentence(self) -> tuple[int, int]:
        self.complete_sentences()
        return self.cursor.sentence_at(self.cursor.at)

    def complete_sentences(self) -> None:
        """Have all sentences now."""
        if self.opened.sentences is None:
            for _ in self.workspace.find_sentences():
                pass
        self.cursor.sentences = self.opened.sentences or []

    # --- how it is called on one line -------------------------------------------------------------------

    def name_of(self, code: int) -> str:
        """The name of a code, as it is painted within a sentence."""
        return self.painted(self.look.names.get(code, "?"))

    def quoted(self, start: int, end: int, width: int = QUOTED) -> str:
        """The first words of a stretch in quotation marks, as they are painted within a sentence."""
        words = " ".join(self.opened.text[start : min(end, start + 8 * QUOTED)].split())
        return f"“{self.painted(words, width)}”"

    def painted(self, words: str, width: int | None = None) -> str:
        """Words of anybody as they are painted on one line."""
        return on_one_line(words, width, self.order)

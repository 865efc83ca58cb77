"""A guided first coding: one thing to do at a time, until a first code stands on words."""

from __future__ import annotations

from typing import NamedTuple

from rich.text import Text
from textual.widgets import Static


class Step(NamedTuple):
    """What to do, and the actions by any of which it is done."""

    words: str
    done_by: tuple[str, ...]


STEPS = (
    Step("Press } to go to the next turn, { to go back.", ("turn", "turn_back")),
    Step("Press S to select the sentence under the cursor; S again takes the next one too.", ("select_sentence",)),
    Step("Press c, type a few letters of a code (or a new name), then Enter.", ("coded",)),
    Step("The code is saved, and stands beside the text. u takes it back, U does it again.", ("undo", "redo")),
    Step("S and then a number puts a recent code on the next sentence: S 1.", ("recent", "coded")),
    Step(
        "That is all it takes. ? shows every key of this place, F7 the reports. Esc closes this guide.", ("show_help",)
    ),
)


class Guide(Static):
    """What to do next, in a line or two; Esc closes it."""

    DEFAULT_CSS = "Guide { height: auto; max-height: 3; display: none; background: $primary-muted; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("")
        self._at = -1

    @property
    def is_open(self) -> bool:
        """Whether somebody is being guided."""
        return self._at >= 0

    def begin(self) -> None:
        """Show the first step."""
        self._go(0)

    def did(self, action: str) -> None:
        """Go on when what was asked for was done."""
        if self.is_open and action in STEPS[self._at].done_by:
            self._go(self._at + 1)

    def end(self) -> None:
        """Show it no more."""
        self._go(len(STEPS))

    def _go(self, step: int) -> None:
        self._at = step if step < len(STEPS) else -1
        self.display = self.is_open
        if self.is_open:
            words = Text.assemble((f" {step + 1} of {len(STEPS)} ", "bold reverse"), f" {STEPS[step].words}")
            self.update(words)

"""What stands around the text of the coding screen: colours and names, panes, head, status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.tui.coding.lines_around import head, status
from qda.tui.coding.painting import aside
from qda.tui.coding.place_pane import Here, detail
from qda.tui.coding.workplace import Workplace

if TYPE_CHECKING:
    from rich.text import Text
    from textual.widgets import Static

    from qda.model.alignment import Counterpart

WIDE, WIDER = 100, 130
MOST_SAID = 4  # lines of the status


class Showing(Workplace):
    """Shows what is known; nothing is changed here."""

    def fit_panes(self, width: int) -> None:
        """Show the panes that fit, or that were asked for."""
        for name, pane, least in (("codes", self.codes, WIDE), ("detail", self.details, WIDER)):
            wanted = self.panes[name]
            pane.display = width >= least if wanted is None else wanted

    def dress(self) -> None:
        """Take colours and names from the codebook and the theme."""
        app, look, tree = self.qda, self.look, self.workspace.tree
        look.paint, look.no_colour = app.paint, app.no_colour
        look.colours = app.colours(tree)
        look.colour_of = {code.key: look.colours[tree.above(code.key)[-1]] for code in tree.codes}
        look.names = {code.key: code.entry.name for code in tree.codes}
        look.coders, look.me = self.workspace.coder_names, self.workspace.me
        look.not_data = self.opened.not_data
        look.confidential = self.opened.confidential
        look.aside = aside(self.opened.round.stretches if self.opened.round else (), len(self.opened.text))
        look.bookmarks = frozenset(self.workspace.bookmarks())

    def show_codes(self) -> None:
        """Show the codebook with its counts."""
        self.codes.show(self.workspace, self.look.paint, self.look.colour_of, self.workspace.known_counts)

    def show_detail(self) -> None:
        """Show what is known of the place under the cursor."""
        if not self.details.display:
            return
        place = self.cursor.at
        turn = self.cursor.turn_at(place)
        person = self.workspace.speaker(turn) if turn is not None else ""
        stretch = self.cursor.selection or (place, place + 1)
        others = self.in_other_languages()
        known = Here(self.here(), self.look.chosen, turn, person, stretch, self.workspace.memos(), others)
        self.details.update(detail(self.workspace, self.look, known), layout=False)

    def in_other_languages(self) -> tuple[Counterpart, ...]:
        """What says the same as the selection, or the place of the cursor, in translations or the original."""
        from qda.reports.beside import Beside

        start, end = self.cursor.selection or (self.cursor.at, self.cursor.at + 1)
        return Beside(self.workspace.study).of(self.opened.source.key, start, end)

    def show_status(self) -> None:
        """Show where the cursor is, what can be done there, or what was just done."""
        words = status(self, self.said, error=self.qda.error_colour)
        self._make_room(words)
        self._shown = (
            _renewed(self.status, words, self._shown[0]),
            _renewed(self.head, head(self, self.app.size.width), self._shown[1]),
        )

    def _make_room(self, words: Text) -> None:
        """Give what is said as many lines as it needs to be read to its end."""
        lines = 1
        if self.said is not None and words.cell_len > self.app.size.width > 0:
            lines = min(len(words.wrap(self.app.console, self.app.size.width)), MOST_SAID)
        if lines != self._said_lines:
            self._said_lines = self.status.styles.height = lines

    def say(self, words: str, *, error: bool = False) -> None:
        """Say something in the status line until the next key."""
        self.said = (words, error)
        self.show_status()


def _renewed(line: Static, text: Text, before: Text) -> Text:
    """Show a text in a line that showed another; painting what is there already is the dearest part of a key."""
    if text != before or text.style != before.style:
        line.update(text, layout=False)
    return text

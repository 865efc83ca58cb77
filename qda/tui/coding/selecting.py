"""Selecting: characters, sentences, turns, the words of a coding; choosing among codings; giving up."""

from __future__ import annotations

from qda.errors import QdaError
from qda.tui.coding.following import Following


class Selecting(Following):
    """What is selected and what is chosen."""

    def do_mark(self) -> None:
        """Begin or end a selection."""
        self.travel(self.cursor.mark)

    def do_cancel(self) -> None:
        """Give up one thing: the selection, the guide, the marks of what was found; else go back where one was."""
        cursor = self.cursor
        if cursor.selection is not None or cursor.marking:
            self.travel(cursor.clear)
        elif self.guide.is_open:
            self.guide.end()
            self.say("the guide is closed; F12 brings it back")
        elif self.look.hits:
            self.mark_hits([])
            self.say("the marks are taken away")
        elif self.workspace.came_from:
            self.qda.call_next(self.qda.go_back)
        else:
            self.say("nothing is selected; F2 to F11 go to other places")

    def mark_hits(self, hits: list[tuple[int, int]]) -> None:
        """Mark what was found in the text."""
        self.found = hits
        self.look.hits = hits
        self.transcript.repaint(everything=True)

    def do_select_sentence(self) -> None:
        """Select the sentence here."""
        self.complete_sentences()
        self.travel(lambda: self.cursor.select_unit("sentence"))

    def do_select_turn(self) -> None:
        """Select the turn here."""
        self.travel(lambda: self.cursor.select_unit("turn"))

    def do_select_coding(self) -> None:
        """Select the words of the chosen coding."""
        coding = self.chosen()
        self.travel(lambda: self.cursor.select(coding.start, coding.end))

    def do_next_here(self) -> None:
        """Choose another of the codings under the cursor."""
        keys = [one.key for one in self.here()]
        if not keys:
            raise QdaError("there is no coding under the cursor; ] goes to the next one")
        at = keys.index(self.look.chosen) if self.look.chosen in keys else -1
        before = self.opened.spans.get(self.look.chosen) if self.look.chosen is not None else None
        self.look.chosen = keys[(at + 1) % len(keys)]
        coding = self.chosen()
        self.transcript.repaint([(one.start, one.end) for one in (before, coding) if one is not None])
        self.moved()
        if len(keys) == 1:
            self.say(f"{self.name_of(coding.code)} is the only coding here")

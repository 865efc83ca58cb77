"""Finding places of the text: words, sentences that are not coded yet, turns, times, bookmarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.finding import find_folded
from qda.tui.coding.selecting import Selecting

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIME = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})")


class Finding(Selecting):
    """Where the cursor goes by a question or a mark."""

    # --- words ------------------------------------------------------------------------------------------

    def do_find(self) -> None:
        """Ask for words, and go to them while they are typed."""
        origin = self.cursor.at

        def look(typed: str, shortest: int = 2) -> None:
            # A single letter of ours is everywhere; a Chinese one takes three bytes and is worth looking for.
            self.mark_hits(self._hits(typed) if len(typed.encode()) >= shortest else [])
            following = [hit for hit in self.found if hit[0] >= origin] or self.found
            if following:
                self.travel(lambda: self.cursor.go(following[0][0]), centre=True)

        def then(typed: str) -> None:
            look(typed, 1)
            if not typed.strip():
                self.say("nothing was typed, nothing is looked for")
            elif not self.found:
                self.say(f"“{self.painted(typed, 32)}” is not in this text; F8 searches all sources")
            else:
                self.say(f"{len(self.found)} found; n the next, N the one before, Esc takes the marks away")

        self.prompt.open("find:", then, self.look.paint, while_typing=look)

    def _hits(self, typed: str) -> list[tuple[int, int]]:
        if not typed.strip():
            return []
        return find_folded(self.opened.text, self.workspace.folded(), typed)

    def do_find_next(self) -> None:
        """Go to the next place that was found."""
        self._to_hit(1)

    def do_find_back(self) -> None:
        """Go to the place found before."""
        self._to_hit(-1)

    def _to_hit(self, step: int) -> None:
        if not self.found:
            raise QdaError("nothing was looked for yet, or nothing found: / finds words in this text")
        at = self.cursor.at
        if step > 0:
            hit = next((one for one in self.found if one[0] > at), self.found[0])
        else:
            hit = next((one for one in reversed(self.found) if one[0] < at), self.found[-1])
        self.travel(lambda: self.cursor.go(hit[0]), centre=True)
        self.say(f"{self.found.index(hit) + 1} of {len(self.found)}")

    # --- sentences --------------------------------------------------------------------------------------

    def do_uncoded(self) -> None:
        """Go to the next sentence without a coding of one's own; questions are passed over."""
        self.complete_sentences()
        me = self.workspace.me
        asking = self.workspace.interviewers()
        for start, end in self.cursor.sentences:
            if start <= self.cursor.at or any(a < end and start < b for a, b in self.opened.not_data):
                continue
            turn = self.cursor.turn_at(start)
            if turn is not None and turn.person in asking:
                continue
            if not any(one.coder == me for one in self.opened.spans.over(start, end)):
                self.travel(lambda: self.cursor.go(start), centre=True)  # noqa: B023 - called at once
                return
        self.say("behind this place every sentence has a code of yours")

    def slices(self) -> Iterator[bool]:
        """Find the sentences a stretch at a time, so that no key has to wait."""
        yield from self.workspace.find_sentences()
        if self.opened.sentences is not None:
            self.cursor.sentences = self.opened.sentences

    # --- turns and times --------------------------------------------------------------------------------

    def do_go_to(self) -> None:
        """Ask for a turn or a time, and go there."""

        def then(typed: str) -> None:
            if not typed.strip():
                self.say("nothing was typed; this is where you were")
                return
            place = self._place_of(typed.strip())
            self.travel(lambda: self.cursor.go(place), centre=True)

        self.prompt.open("turn number, or time such as 12:30:", then, self.look.paint)

    def _place_of(self, typed: str) -> int:
        time = _TIME.fullmatch(typed)
        if time:
            hours, minutes, seconds = (int(part or 0) for part in time.groups())
            wanted = ((hours * 60 + minutes) * 60 + seconds) * 1000
            timed = [turn for turn in self.opened.turns if turn.time_ms is not None]
            if not timed:
                raise QdaError("this text has no time stamps")
            before = [turn for turn in timed if turn.time_ms is not None and turn.time_ms <= wanted]
            return (before or timed)[-1 if before else 0].body
        found = [turn for turn in self.opened.turns if str(turn.number) == typed]
        if not found:
            raise QdaError(f"there is no turn '{typed}' in this text")
        return found[0].body

    # --- bookmarks --------------------------------------------------------------------------------------

    def do_bookmark(self) -> None:
        """Set or take away a bookmark."""
        self.workspace.toggle_bookmark(self.cursor.at)
        marks = self.workspace.bookmarks()
        self.look.bookmarks = frozenset(marks)
        self.transcript.repaint([(self.cursor.at, self.cursor.at + 1)])
        self.say("bookmark set; ' goes to the next one" if self.cursor.at in marks else "bookmark taken away")

    def do_next_bookmark(self) -> None:
        """Go to the next bookmark, after the last to the first."""
        marks = sorted(self.workspace.bookmarks())
        if not marks:
            raise QdaError("there is no bookmark in this text yet; B sets one")
        place = next((mark for mark in marks if mark > self.cursor.at), marks[0])
        self.travel(lambda: self.cursor.go(place), centre=True)
        self.say(f"bookmark {marks.index(place) + 1} of {len(marks)}")

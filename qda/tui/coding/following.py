"""Following the cursor and the mouse, and taking in what others do in the study meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.tui.coding.showing import Showing

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.tui.workspace import News

Span = tuple[int, int]
DETAIL_SECONDS = 0.08


class Following(Showing):
    """Moves the cursor and paints what that changes; changes the study and paints what is new."""

    # --- the cursor -------------------------------------------------------------------------------------

    def travel(self, go: object, *, centre: bool = False, follow: bool = True) -> None:
        """Move the cursor and paint what that changes: its old and new line, and what was or is selected.

        Where the mouse leads, the text does not `follow`: no line may slip away from under it.
        """
        look, before = self.look, self.cursor.at
        selected = self.look.selection
        if callable(go):
            go()
        dirty = [(before, before + 1), (self.cursor.at, self.cursor.at + 1)]
        look.cursor, look.selection = self.cursor.at, self.cursor.selection
        if selected != look.selection:
            dirty += _difference(selected, look.selection)
        if follow:
            self.transcript.reveal(centre=centre)
        self.transcript.repaint(dirty)
        self.moved()

    def moved(self) -> None:
        """Follow the cursor: the chosen coding, the panes, the status line."""
        look = self.look
        look.cursor, look.selection = self.cursor.at, self.cursor.selection
        here = self.here()
        chosen = look.chosen if any(one.key == look.chosen for one in here) else None
        if chosen is None and here:
            chosen = min(here, key=lambda one: (one.end - one.start, one.coder != look.me)).key
        if chosen != look.chosen:
            before, look.chosen = look.chosen, chosen
            for key in (before, chosen):
                coding = self.opened.spans.get(key) if key is not None else None
                if coding is not None:
                    self.transcript.repaint([(coding.start, coding.end)])
        self.codes.mark(frozenset(one.code for one in here))
        self.show_status()
        if self.details.display:
            if self._detail_timer is not None:
                self._detail_timer.stop()
            self._detail_timer = self.set_timer(DETAIL_SECONDS, self.show_detail)

    # --- the mouse --------------------------------------------------------------------------------------

    def pressed(self, place: Span, *, extend: bool, times: int) -> None:
        """Follow the mouse: a place, a word, a sentence, a turn."""
        if self.picker.is_open or self.prompt.is_open:
            return
        self.said = None
        if times == 2 and (word := self.cursor.word_at(place[0])) is not None:
            self.travel(lambda: self.cursor.select(*word), follow=False)
        elif times >= 3:
            self.cursor.at = place[0]
            self.cursor.clear()
            self.complete_sentences()
            self.travel(lambda: self.cursor.select_unit("sentence" if times == 3 else "turn"), follow=False)
        elif extend:
            self.travel(lambda: self.cursor.reach(place), follow=False)
        else:
            self.cursor.marking = False
            self.travel(lambda: self.cursor.press(place), follow=False)

    def dragged(self, place: Span) -> None:
        """Select from where the mouse was pressed to what is under it now."""
        if self.picker.is_open or self.prompt.is_open:
            return
        self.travel(lambda: self.cursor.reach(place), follow=False)

    def pointed(self, coding: int) -> None:
        """Choose a coding by its stripe."""
        if self.picker.is_open or self.prompt.is_open:
            return
        found = self.opened.spans.get(coding)
        if found is not None:
            self.look.chosen = coding
            self.travel(lambda: self.cursor.go(found.start))
            self.look.chosen = coding
            self.transcript.repaint([(found.start, found.end)])
            self.show_detail()

    # --- the study --------------------------------------------------------------------------------------

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; what is refused is said in the status line."""
        try:
            act()
        except QdaError as error:
            self.say(self.painted(str(error)), error=True)

    def change(self, act: Callable[[], object]) -> None:
        """Change the study and paint what is new."""
        self.take_in(self.workspace.do(act))

    def look_around(self) -> None:
        """Take in what others did meanwhile."""
        if self.qda.screen is self:
            self.attempt(lambda: self.take_in(self.workspace.refresh()))
            self._show_newest()

    def take_in(self, news: News) -> None:
        """Paint what is new."""
        if news.text:
            self._show_newest()
            return
        if news.codebook:
            self.dress()
            self.picker.prepare(self.workspace.tree)
            self.transcript.repaint(everything=True)
        if news.memos:
            self.note_memos()
        if news.stretches or news.codebook:
            self.look.coders, self.look.me = self.workspace.coder_names, self.workspace.me
            self.look.not_data = self.opened.not_data
            self.look.confidential = self.opened.confidential
            self.transcript.repaint(news.stretches)
            self.show_codes()
        if news.stretches or news.codebook or news.memos:
            self.moved()

    def _show_newest(self) -> None:
        """Show a text anew that was changed; not while a list or a question takes the keys, or they would be commands.

        What is picked or answered there is refused by the study, for it is meant for the text that is shown.
        """
        if self.workspace.stale and not (self.picker.is_open or self.prompt.is_open or self.adjusting is not None):
            self.reopen("The text of this source was changed; this is the new one.")

    def note_memos(self) -> None:
        """Know where memos begin, and which codings have comments; paint these lines anew."""
        look, before = self.look, (self.look.memos, self.look.commented)
        spans = self.opened.spans
        memos = self.workspace.memos()
        uids = {memo.target for memo in memos if memo.target_kind == "coding"}
        commented = [one for one in spans.all() if one.uid in uids] if uids else []
        starts = {memo.start for memo in memos if memo.target_kind == "segment" and memo.start is not None}
        look.commented = frozenset(one.key for one in commented)
        look.memos = tuple(sorted(starts | {one.start for one in commented}))
        changed = set(before[0]) ^ set(look.memos)
        changed |= {one.start for key in before[1] ^ look.commented if (one := spans.get(key)) is not None}
        self.transcript.repaint([(place, place + 1) for place in changed])

    def reopen(self, said: str) -> None:
        """Show the source anew."""
        source = self.workspace.study.sources.by_key(self.opened.source.key)
        if source is None:
            self.qda.call_later(self.qda.begin)
        else:
            self.qda.open_source(source.name, self.cursor.at, said=said, came_from=self.workspace.came_from)


def _difference(one: Span | None, other: Span | None) -> list[Span]:
    """The stretches that belong to one of two selections only."""
    if one is None or other is None or one[1] <= other[0] or other[1] <= one[0]:
        return [span for span in (one, other) if span is not None]
    edges = [sorted((one[0], other[0])), sorted((one[1], other[1]))]
    return [(start, end + 1) for start, end in edges if start != end]

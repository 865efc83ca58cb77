"""Putting codes on words: by name, by number, again, in the words themselves; new codes are made with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.paths import join_path
from qda.store.coding_edits import Place
from qda.tui.coding.following import Following, Span
from qda.tui.coding.workplace import QUOTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.model.nouns import Coding
    from qda.tui.coding.picker import Picked

IN_VIVO_LONGEST = 60
PICKER_LEAST, PICKER_MOST = 8, 16  # rows


class Applying(Following):
    """Codes on the selection, or on the sentence under the cursor."""

    _about: Span = (0, 1)  # what the list of codes is open for

    # --- the list of codes ------------------------------------------------------------------------------

    def do_pick(self) -> None:
        """Open the list of codes for the selection, or the sentence here."""
        start, end = self.target()
        self.open_picker(f"Code {self.quoted(start, end)}", self._put_picked, (start, end))

    def open_picker(self, title: str, then: Callable[[Picked], None], about: Span, *, several: bool = True) -> None:
        """Open the list of codes beside the words that it is about."""
        look = (self.look.paint, self.look.colour_of)
        there = frozenset(one.code for one in self.own_over(about))
        self.picker.open(title, then, self.workspace, look=look, there=there, several=several)
        self._about = about
        self.place_picker()

    def place_picker(self) -> None:
        """Put the list of codes where it leaves the words in sight that it is about."""
        about = self._about
        region, left = self.transcript.region, self.transcript.region.x + self.look.columns.margin
        above, below = self.transcript.rooms(about)
        if max(above, below) < PICKER_LEAST or min(above, below) < 0:
            self.transcript.to_top(about[0])
            above, below = self.transcript.rooms(about)
        above, below = max(above, 0), max(below, 0)
        if below >= min(PICKER_MOST, above):
            height = min(max(below, min(PICKER_LEAST, region.height)), PICKER_MOST)
            top = min(region.bottom - below, region.bottom - height)
        else:
            height = min(above, PICKER_MOST)
            top = region.y + above - height
        self.picker.stand(left, top, height, self.app.size.width)

    def _put_picked(self, picked: Picked) -> None:
        self.put_codes(list(picked.codes), new=picked.new)

    # --- putting ----------------------------------------------------------------------------------------

    def put_codes(self, codes: list[int], place: Span | None = None, *, new: str = "", found: str = "open") -> None:
        """Put codes on the selection, or on a stretch; one more, that is `new`, is made in the same action."""
        start, end = place or self.target()
        source, edits = self.opened.source, self.workspace.study.coding_edits
        at = Place(source.key, source.revision_key, start, end)
        made: list[int] = []
        chosen, before = self.cursor.selection, self.own_over((start, end))
        self.change(lambda: made.extend(edits.apply(at, codes, new=new, found=found)))
        code = self.workspace.tree.find(new) if new else None
        codes = list(dict.fromkeys([*codes, *([code.key] if code is not None else [])]))
        self.workspace.used(codes)
        self.travel(self.cursor.clear)
        if chosen is not None:
            self._to_last_sentence(start, end)
        if made and self.cursor.at in range(start, end):
            self.look.chosen = made[-1]
            self.transcript.repaint([(start, end)])
        self.show_codes()
        self.guide.did("coded")
        self.say(self._said_of(codes, (start, end), before))

    def own_over(self, span: Span) -> list[Coding]:
        """The coder's own codings that share a character with a stretch."""
        me = self.workspace.me
        return [one for one in self.opened.spans.over(*span) if one.coder == me and one.layer == "independent"]

    def _said_of(self, codes: list[int], span: Span, before: list[Coding]) -> str:
        """What was done, and what was coded so before: a code that overlaps itself is one passage in all counts."""
        there = {one.code for one in before if (one.start, one.end) == span}
        partly = [code for code in codes if code not in there and any(one.code == code for one in before)]
        fresh = ", ".join(self.name_of(code) for code in codes if code not in there)
        quoted = self.quoted(*span, QUOTED // 2) if partly else self.quoted(*span)
        parts = [f"{fresh} on {quoted}"] if fresh else []
        if there & set(codes):
            already = ", ".join(self.name_of(code) for code in codes if code in there)
            parts.append(f"already coded {already} {'here' if fresh else f'on {quoted}: nothing changed'}")
        if partly:
            already = ", ".join(self.name_of(code) for code in partly)
            parts.append(f"partly already coded {already}: counts as one passage")
        return " · ".join(parts) + (" — u takes it back" if fresh else "")

    def _to_last_sentence(self, start: int, end: int) -> None:
        """Stand in the last sentence that was coded, so that the next one is the next."""
        inside = [sentence[0] for sentence in self.cursor.sentences if start <= sentence[0] < end]
        if inside and inside[-1] != self.cursor.at:
            self.travel(lambda: self.cursor.go(inside[-1]))

    def do_recent(self, number: int) -> None:
        """Put a recent code on the selection."""
        if number > len(self.workspace.recent):
            raise QdaError("there is no recent code with this number yet; c picks one by name")
        self.put_codes([self.workspace.recent[number - 1]])

    def do_repeat(self) -> None:
        """Put the last codes on this selection too."""
        if not self.workspace.last_codes:
            raise QdaError("there is nothing to repeat yet; c picks a code by name")
        self.put_codes(self.workspace.last_codes)

    def do_in_vivo(self) -> None:
        """Make a code of the selected words."""
        if self.cursor.selection is None:
            raise QdaError("select the words first, with v or the mouse; i makes a code of them")
        start, end = self.target()
        words = " ".join(self.opened.text[start:end].split())
        if len(words) > IN_VIVO_LONGEST:
            raise QdaError(f"an in-vivo code is a few words, at most {IN_VIVO_LONGEST} characters; select fewer")
        self.put_codes([], (start, end), new=join_path([words]), found="in-vivo")

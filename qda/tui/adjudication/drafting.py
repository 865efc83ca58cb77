"""A new span for a place: its ends are moved on the text, by keys or with the mouse, until it is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.tui.adjudication.bars import Stroke, lanes
from qda.tui.adjudication.places import PlacesView
from qda.tui.coding.cursor import Cursor
from qda.tui.coding.ends import moved_end
from qda.tui.coding.spans import Spans
from qda.tui.direct import name_of
from qda.tui.list_window import PickCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from qda.model.tree import Code
    from qda.reports.adjudication.worklist import Item
    from qda.tui.adjudication.bars import Lane
    from qda.tui.adjudication.scene import Span
    from qda.tui.adjudication.stage import Stage

_NEW = "new"


@dataclass(frozen=True)
class Draft:
    """A new span with its code (None: not said yet), in offsets of the stored text, and which end is moved.

    `place` is the id of the place that it is made for, `kept` are spans before it that get the same code.
    """

    place: str
    start: int
    end: int
    code: int | None
    at_end: bool = True
    kept: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans that are taken."""
        return (*self.kept, (self.start, self.end))


class Drafting(PlacesView):
    """Makes a new span of a place."""

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self._pressed_on: Span = (0, 0)

    def take_draft(self, item: Item, draft: Draft) -> None:
        """Decide on a place by a new span."""
        raise NotImplementedError

    # --- what is shown ----------------------------------------------------------------------------------

    def follow(self) -> None:
        """Follow the cursor; a span of another place is none of this one."""
        if self.draft is not None and (self.here is None or self.here.id != self.draft.place):
            self.draft = None
        super().follow()
        if self.draft is not None:
            self._redraw()

    def lanes(self, item: Item, base: int) -> list[Lane]:
        """What the coders gave, and the new span."""
        draft = self.draft
        if draft is None:
            return super().lanes(item, base)
        code = self.workspace.code(draft.code) if draft.code is not None else None
        name = code.entry.name if code is not None else "?"
        strokes = [Stroke(start - base, end - base, name, self.qda.paint.text) for start, end in draft.spans]
        return [*super().lanes(item, base), *lanes(_NEW, strokes)]

    def _redraw(self) -> None:
        """Show the span as it is now, and where its end is."""
        item, before, draft = self.here, self.stage.scene, self.draft
        if item is None or before is None:
            return
        before.lanes = self.lanes(item, before.base)
        before.chosen = None if draft is None else (draft.start - before.base, draft.end - before.base)
        before.at_end = draft is None or draft.at_end
        self.stage.show(before, self.qda.paint, no_colour=self.qda.no_colour, stay=True)
        if draft is not None:
            self.stage.reveal()
            self._say_draft(draft)

    def _say_draft(self, draft: Draft) -> None:
        code = self.workspace.code(draft.code) if draft.code is not None else None
        which = "end" if draft.at_end else "start"
        name = f" of {self.one_line(code.entry.name)}" if code is not None else ""
        self.say(f"{which}{name}: ←→ word, Shift character, Tab other end, c code, + one more, Enter takes it, Esc")

    # --- keys -------------------------------------------------------------------------------------------

    def do_adjust(self) -> None:
        """Begin a new span on the words that anybody marked, or on those that were taken."""
        item = self.item()
        taken = self.taken(item)
        codes = {one.code for one in taken} or item.place.codes
        spans = [(one.start, one.end) for one in taken] or [(item.place.start, item.place.end)]
        self._begin(item, spans[0], next(iter(codes)) if len(codes) == 1 else None)

    def do_code(self) -> None:
        """Another code: it is picked, then its words are chosen."""
        item = self.item()
        taken = [(one.start, one.end) for one in self.taken(item)]
        span = taken[0] if taken else (item.place.start, item.place.end)
        self.pick(item, lambda code: self._begin(item, span, code))

    def _begin(self, item: Item, span: Span, code: int | None) -> None:
        self._change(Draft(item.id, *span, code))

    def pick(self, item: Item, then: Callable[[int], None]) -> None:
        """Ask for a code; those that are at stake come first."""
        tree = self.workspace.tree
        codes = sorted(tree.codes, key=lambda code: code.key not in item.place.codes)
        families = self.qda.bars(tree)
        bars = {code.key: families[tree.above(code.key)[-1]] for code in codes}

        def picked(code: int | None) -> None:
            if code is not None:
                then(code)
            elif self.draft is not None:
                self._say_draft(self.draft)

        self.app.push_screen(PickCode("Which code do the words get?", self._usable(codes), bars), picked)

    def _usable(self, codes: list[Code]) -> list[Code]:
        return [code for code in codes if not code.retired]

    async def take_key(self, event: events.Key) -> bool:
        """While ends are moved, keys go there."""
        if self.draft is None or self.ask_line.is_open:
            return await super().take_key(event)
        name = name_of(event)
        if name == "ctrl+q":
            return False  # one leaves from everywhere
        self.attempt(lambda: self._draft_key(name))
        return True

    def _draft_key(self, name: str) -> None:
        draft, item = self.draft, self.item()
        if draft is None:
            return
        if name == "escape":
            self.draft = None
            self._redraw()
            self.say("the place is as it was")
        elif name == "enter":
            self._take(item, draft)
        elif name == "tab":
            self._change(replace(draft, at_end=not draft.at_end))
        elif name == "c":
            self.pick(item, lambda code: self._change(replace(draft, code=code)))
        elif name == "+":
            self._one_more(draft)
        elif name.isdecimal() and 0 < int(name) <= len(item.coders):
            self._ends_of(item, draft, int(name))
        else:
            self._move(draft, name)

    def _change(self, draft: Draft) -> None:
        self.draft = draft
        self._redraw()

    def _one_more(self, draft: Draft) -> None:
        """Keep the span, and begin another on the word behind it."""
        shown = self.stage.scene
        if shown is None:
            return
        cursor = Cursor(shown.layout, (), Spans())
        cursor.at = draft.end - shown.base
        start = cursor.at if cursor.word_at(cursor.at) else cursor.word()
        word = cursor.word_at(start)
        if word is None:
            raise QdaError("there are no words behind this span")
        low, high = (place + shown.base for place in word)
        self._change(replace(draft, start=low, end=high, at_end=True, kept=draft.spans))

    def _take(self, item: Item, draft: Draft) -> None:
        if draft.code is None:
            self.pick(item, lambda code: self._take(item, replace(draft, code=code)))
            return
        self.draft = None
        self.take_draft(item, draft)

    def _ends_of(self, item: Item, draft: Draft, digit: int) -> None:
        coder = item.coders[digit - 1]
        marks = item.place.of(coder)
        if not marks or self.work is None:
            name = self.work.coder_names[coder] if self.work is not None else ""
            raise QdaError(f"{name} has nothing here whose ends could be taken")
        mine = next((one for one in marks if one.code == draft.code), marks[0])
        self._change(replace(draft, start=mine.start, end=mine.end))

    def _move(self, draft: Draft, name: str) -> None:
        shown = self.stage.scene
        if shown is None:
            return
        cursor = Cursor(shown.layout, (), Spans())
        place = (draft.end if draft.at_end else draft.start) - shown.base
        to = moved_end(cursor, name, place, end=draft.at_end) + shown.base
        moved = replace(draft, end=to) if draft.at_end else replace(draft, start=to)
        if moved.start < moved.end:
            self._change(moved)

    # --- the mouse --------------------------------------------------------------------------------------

    def on_stage_pressed(self, event: Stage.Pressed) -> None:
        """Move the nearer end to what is clicked; drag to choose other words."""
        event.stop()
        item, (start, end) = self.here, event.span
        if item is None or self.ask_line.is_open:
            return
        if event.dragged:
            self._drag(item, start, end)
            return
        self._pressed_on = event.span
        draft = self.draft
        if draft is None:
            return
        if abs(end - draft.end) <= abs(start - draft.start) and end > draft.start:
            self._change(replace(draft, end=end, at_end=True))
        elif start < draft.end:
            self._change(replace(draft, start=start, at_end=False))

    def _drag(self, item: Item, start: int, end: int) -> None:
        first = self._pressed_on
        if (start, end) == first:
            return
        low, high = min(first[0], start), max(first[1], end)
        codes = item.place.codes
        code = self.draft.code if self.draft is not None else next(iter(codes)) if len(codes) == 1 else None
        self._change(Draft(item.id, low, high, code, at_end=end == high))

"""Moving the ends of a coding."""

from __future__ import annotations

from qda.tui.coding.ends import moved_end
from qda.tui.coding.following import Following


class Adjusting(Following):
    """While the ends of a coding are moved, keys go here."""

    def do_adjust(self) -> None:
        """Begin to move the ends of the chosen coding."""
        coding = self.chosen()
        self.adjusting = (coding.key, True)
        self.travel(lambda: self.cursor.select(coding.start, coding.end))
        self._say_adjusting()

    def _say_adjusting(self) -> None:
        if self.adjusting is not None:
            coding = self.opened.spans.get(self.adjusting[0])
            name = f" of {self.name_of(coding.code)}" if coding is not None else ""
            end = "end" if self.adjusting[1] else "start"
            self.say(f"{end}{name}: ←→ word, Shift character, Tab other end, Enter saves, Esc")

    def adjust_key(self, name: str) -> None:
        """Take a key while the ends of a coding are moved."""
        if self.adjusting is None:
            return
        key, end = self.adjusting
        if name == "tab":
            self.adjusting = (key, not end)
        elif name in ("escape", "enter"):
            self._end_adjusting(key, save=name == "enter")
            return
        else:
            self._move_end(name, end=end)
        self._say_adjusting()

    def _end_adjusting(self, key: int, *, save: bool) -> None:
        self.adjusting = None
        chosen, before = self.cursor.selection, self.opened.spans.get(key)
        self.travel(self.cursor.clear)
        name = self.name_of(before.code) if before is not None else "the coding"
        if save and chosen is not None and (before is None or chosen != (before.start, before.end)):
            self.change(lambda: self.workspace.study.coding_edits.move(key, *chosen))
            self.travel(lambda: self.cursor.go(chosen[0]))
            self.look.chosen = key
            self.moved()
            self.transcript.repaint([chosen])
            self.say(f"{name} is on {self.quoted(*chosen)} now — u takes it back")
        else:
            self.say(f"{name} is as it was")

    def _move_end(self, name: str, *, end: bool) -> None:
        chosen = self.cursor.selection
        if chosen is None:
            return
        start, stop = chosen
        place = moved_end(self.cursor, name, stop if end else start, end=end)
        start, stop = (start, place) if end else (place, stop)
        if start < stop:
            self.travel(lambda: self.cursor.select(start, stop))
            self.travel(lambda: self.cursor.go(stop if end else start, keep=True))

"""Where the coder is in a text, and what is selected: moving by character, word, line, sentence, turn and coding."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.model.nouns import Coding, Turn
    from qda.tui.coding.spans import Spans
    from qda.tui.layout import TextLayout

Span = tuple[int, int]
# Letters with the marks on them and the signs that join or part them without a picture; hyphens and the like inside.
_LETTERS = r"(?!\p{M})\w[\w\p{M}\xad\u200c\u200d]*"
_WORD = regex.compile(rf"{_LETTERS}(?:['’\-\u05be\u05f3\u05f4]{_LETTERS})*")


class Cursor:
    """A place in a text, the other end of a selection, and the column that moving up and down aims at."""

    def __init__(self, layout: TextLayout, turns: Sequence[Turn], spans: Spans) -> None:
        self.layout = layout
        self.at = 0
        self.anchor: int | None = None
        self.marking = False
        self.sentences: Sequence[Span] = ()
        self._turns = turns
        self.spans = spans
        self.shown: Callable[[Coding], bool] = lambda _: True  # whether a coding can be gone to
        self._goal: int | None = None
        self._whole: Span | None = None  # a selection of whole units: both ends stand, wherever the cursor is
        self._from: Span | None = None  # what was under the mouse when its button went down
        self._back = False  # whether what is whole was selected from its end

    @property
    def selection(self) -> Span | None:
        """What is selected; None where nothing is. While marking, the character under the cursor belongs to it."""
        if self._whole is not None:
            return self._whole
        if self.anchor is None:
            return None
        low, high = sorted((self.anchor, self.at))
        end = self.layout.next_cluster(high) if self.marking else high
        return (low, end) if low < end else None

    def clear(self) -> None:
        """Select nothing."""
        self.anchor = self._whole = self._from = None
        self.marking = False

    def mark(self) -> None:
        """Begin a selection here, or end the one that was begun."""
        if self.marking:
            self.clear()
        else:
            self.clear()
            self.anchor, self.marking = self.at, True

    def select(self, start: int, end: int) -> None:
        """Select a stretch; the cursor goes to its start."""
        self.clear()
        self._whole, self._back = (start, end), False
        self.go(start, keep=True)

    def press(self, span: Span) -> None:
        """Go to what is under the mouse, a character or the end of a line; from there it may be dragged."""
        self.go(span[0])
        self._from = span

    def reach(self, span: Span) -> None:
        """Select from where the mouse was pressed to what is under it now, both included.

        Without that, from what is selected, or from the character under the cursor.
        """
        origin = self._from or self._whole or self._origin()
        self.clear()
        self._from, self._back = origin, span[0] < origin[0]
        low, high = min(origin[0], span[0]), max(origin[1], span[1])
        self._whole = (low, high) if low < high else None
        self.go(span[0], keep=True)

    def _origin(self) -> Span:
        if self.anchor is not None and not self.marking:
            return self.anchor, self.anchor
        start = self.at if self.anchor is None else self.anchor
        return start, self.layout.next_cluster(start)

    def go(self, place: int, *, extend: bool = False, keep: bool = False) -> None:
        """Go to a place; with `extend` the selection reaches there, with `keep` it stays as it is."""
        if not keep:
            self._hold(extend=extend)
        self.at = self.layout.snap(min(max(place, 0), len(self.layout.text)))
        self._goal = None

    def _hold(self, *, extend: bool) -> None:
        self._from = None
        if self._whole is not None:
            fixed, free = reversed(self._whole) if self._back else self._whole
            self.anchor = fixed if extend else None
            if extend:
                self.at = free
            self._whole = None
        if extend and self.anchor is None:
            self.anchor = self.at
        elif not extend and not self.marking:
            self.anchor = None

    def move(self, how: str, *, extend: bool = False) -> None:
        """Move by a unit: `left`, `word_back`, `sentence`, `turn_back`, `coding`, ...; see `MOVES`."""
        self._hold(extend=extend)
        place = self._end_of_word() if how == "word" and self.marking else MOVES[how](self)
        self.at = self.layout.snap(min(max(place, 0), len(self.layout.text)))
        self._goal = None

    def vertical(self, lines: int, *, extend: bool = False) -> None:
        """Move up or down by lines, keeping the column that the movement began in."""
        self._hold(extend=extend)
        if self._goal is None:
            number = self.layout.line_of(self.at)
            self._goal = self.layout.map(number).x_of(self.at)[0]
        self.at = self.layout.vertical(self.at, lines, self._goal)

    def side(self, step: int, *, extend: bool = False) -> None:
        """Move to the character that stands on the screen's left (-1) or right (1)."""
        self._hold(extend=extend)
        number = self.layout.line_of(self.at)
        line_map = self.layout.map(number)
        found = line_map.left(self.at) if step < 0 else line_map.right(self.at)
        if found is not None:
            self.at = found[0]
        else:
            self._over_edge(number, forward=(step > 0) != line_map.right_to_left)
        self._goal = None

    def _over_edge(self, number: int, *, forward: bool) -> None:
        """Go on at the start of the next line, or on the last character of the one before."""
        layout = self.layout
        if forward:
            self.at = layout.line(number + 1).start if number + 1 < layout.line_count else len(layout.text)
        elif number > 0:
            line = layout.line(number - 1)
            self.at = layout.previous_cluster(line.end) if line.end > line.start else line.start

    # --- units ------------------------------------------------------------------------------------------

    def word(self) -> int:
        """Where the next word starts."""
        text = self.layout.text
        inside = _WORD.match(text, self.at)
        found = _WORD.search(text, inside.end() if inside else self.at)
        return found.start() if found else len(text)

    def _end_of_word(self) -> int:
        """The last character of the word that the cursor is in, or from there of the next one."""
        text = self.layout.text
        for found in _WORD.finditer(text, max(0, self.at - 200)):
            last = self.layout.previous_cluster(found.end())
            if last > self.at:
                return last
        return self.at

    def word_back(self) -> int:
        """Where the word starts that the cursor is in, or the one before."""
        start = max(0, self.at - 200)
        found = [match.start() for match in _WORD.finditer(self.layout.text, start, self.at)]
        return found[-1] if found else start

    def word_at(self, place: int) -> Span | None:
        """The word at a place."""
        for match in _WORD.finditer(self.layout.text, max(0, place - 100), place + 100):
            start, end = match.span()
            if start <= place < end:
                return start, end
        return None

    def sentence_at(self, place: int) -> Span:
        """The sentence at a place; between two the next one."""
        return _unit_at(self.sentences, place) or (place, place)

    def turn_at(self, place: int) -> Turn | None:
        """The turn in which a place lies."""
        at = bisect_right(self._turns, place, key=lambda turn: turn.start) - 1
        return self._turns[at] if at >= 0 and place < self._turns[at].end else None

    def turn_words(self, turn: Turn) -> Span:
        """What is said in a turn, without the label and the white space behind."""
        words = self.layout.text[turn.body : turn.end]
        start = turn.body + len(words) - len(words.lstrip())
        return start, max(start, turn.body + len(words.rstrip()))

    def units(self, kind: str) -> list[Span]:
        """The sentences, or what is said in each turn; paragraphs where there are no turns."""
        if kind == "sentence":
            return list(self.sentences)
        if self._turns:
            return [self.turn_words(turn) for turn in self._turns]
        return [match.span() for match in re.finditer(r"\S(?:.*\S)?", self.layout.text)]

    def select_unit(self, kind: str) -> None:
        """Select the sentence or turn here; if just that is selected, the next one too."""
        units = self.units(kind)
        if not units:
            return
        chosen = self.selection
        if chosen is not None and any(unit[1] == chosen[1] for unit in units) and self._whole is not None:
            following = next((unit for unit in units if unit[0] >= chosen[1]), None)
            if following is not None:
                self._whole = (chosen[0], following[1])
            return
        unit = _unit_at(units, self.at) or units[-1]
        self.select(*unit)

    def next_start(self, units: Sequence[Span]) -> int:
        """Where the next of some units starts; without one the end of the text."""
        at = bisect_right(units, self.at, key=lambda unit: unit[0])
        return units[at][0] if at < len(units) else len(self.layout.text)

    def start_before(self, units: Sequence[Span]) -> int:
        """Where the unit starts that the cursor is in, or from its start the one before."""
        at = bisect_right(units, self.at - 1, key=lambda unit: unit[0]) - 1
        return units[at][0] if at >= 0 else 0

    def turn_units(self) -> list[Span]:
        """The turns without their labels; paragraphs where there are no turns."""
        return [(turn.body, turn.end) for turn in self._turns] or self.units("turn")

    def next_coding(self, *, back: bool = False) -> int:
        """Where the next coding that is shown starts, or the one before; without one, here."""
        seek = self.spans.before if back else self.spans.after
        found = seek(self.at)
        while found is not None and not any(one.start == found and self.shown(one) for one in self.spans.at(found)):
            found = seek(found)
        return self.at if found is None else found

    def edge(self, *, end: bool) -> int:
        """The start or end of the line on the screen; where a line goes on, its end is its last character."""
        line = self.layout.line(self.layout.line_of(self.at))
        if end and not line.last and (self.anchor is None or self.marking):
            return self.layout.previous_cluster(line.end)
        return line.end if end else line.start


def _unit_at(units: Sequence[Span], place: int) -> Span | None:
    """The unit that holds a place, else the next one."""
    at = bisect_right(units, place, key=lambda unit: unit[0]) - 1
    if at >= 0 and place < units[at][1]:
        return units[at]
    return units[at + 1] if at + 1 < len(units) else None


MOVES: dict[str, Callable[[Cursor], int]] = {
    "word": Cursor.word,
    "word_back": Cursor.word_back,
    "sentence": lambda cursor: cursor.next_start(cursor.sentences),
    "sentence_back": lambda cursor: cursor.start_before(cursor.sentences),
    "turn": lambda cursor: cursor.next_start(cursor.turn_units()),
    "turn_back": lambda cursor: cursor.start_before(cursor.turn_units()),
    "coding": lambda cursor: cursor.next_coding(),
    "coding_back": lambda cursor: cursor.next_coding(back=True),
    "line_start": lambda cursor: cursor.edge(end=False),
    "line_end": lambda cursor: cursor.edge(end=True),
    "top": lambda _: 0,
    "bottom": lambda cursor: len(cursor.layout.text),
}

"""The words around hits: who speaks, what stands before and after, and the word, sentence or turn they lie in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qda.language.sentences import sentences
from qda.model.markup import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Source, Turn
    from qda.reports.search import Hit
    from qda.store import Study
    from qda.tui.report.counting import Door

REACHES = {
    "words": "the words as they were found",
    "word": "whole words",
    "sentence": "whole sentences",
    "turn": "whole turns",
}
_KEPT = 8
_WORD = re.compile(r"[\w'’\-\u00ad]")
_SPACE = re.compile(r"\s+")

Span = tuple[int, int]


class Opened(NamedTuple):
    """A source with its text and its turns."""

    source: Source
    text: str
    turns: list[Turn]
    starts: list[int]

    def turn_at(self, place: int) -> Turn | None:
        """The turn in which a place lies."""
        at = bisect_right(self.starts, place) - 1
        return self.turns[at] if at >= 0 and place < self.turns[at].end else None

    def turns_in(self, start: int, end: int) -> list[Turn]:
        """The turns that share a character with a stretch."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, end - 1)
        return [turn for turn in self.turns[first:last] if turn.end > start]


class Passages:
    """The texts of sources as they are looked at; the last few are kept."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._opened: dict[str, Opened] = {}
        self._names: dict[int, str] | None = None
        self._sentences: dict[tuple[str, int], list[Span]] = {}

    def source(self, name: str) -> Opened:
        """A source with its text."""
        known = self._opened.pop(name, None)
        if known is None:
            source = self._study.sources.get(name)
            turns = self._study.sources.turns(source.revision_key)
            known = Opened(source, self._study.sources.text(source.key), turns, [turn.start for turn in turns])
            while len(self._opened) >= _KEPT:
                self._opened.pop(next(iter(self._opened)))
        self._opened[name] = known
        return known

    def speaker(self, turn: Turn) -> str:
        """Who speaks in a turn, and for whom."""
        if self._names is None:
            self._names = {person.key: person.name for person in self._study.persons.all()}
        said = self._names.get(turn.person or 0, turn.label or "")
        other = self._names.get(turn.speaks_for or 0)
        return f"{said} for {other}" if other else said

    def around(self, hit: Hit, room: int) -> tuple[str, str, str]:
        """What stands before a hit, the hit, and what stands after it, within its turn and so many characters."""
        opened = self.source(hit.source)
        turn = opened.turn_at(hit.start)
        first, last = (turn.body, max(turn.end, hit.end)) if turn else (0, len(opened.text))
        before = _SPACE.sub(" ", opened.text[max(first, hit.start - 3 * room) : hit.start])
        after = _SPACE.sub(" ", opened.text[hit.end : min(last, hit.end + 3 * room)]).rstrip()
        found = _SPACE.sub(" ", opened.text[hit.start : hit.end])
        rest = max(room - len(found), 16)
        left = max(rest // 3, rest - len(after))
        if len(before) > left:
            before = "…" + before[len(before) - left :].partition(" ")[2]
        return visible(before.lstrip()), visible(found), visible(after)

    def reach(self, hit: Hit, how: str) -> Span:
        """What a hit stands for: its words, or the whole words, sentences or turn that they lie in."""
        opened = self.source(hit.source)
        if how == "word":
            return _whole_words(opened.text, hit.start, hit.end)
        turn = opened.turn_at(hit.start)
        if how == "turn" and turn is not None:
            return turn.body, max(turn.end, hit.end)
        if how == "sentence":
            found = [span for span in self._sentences_at(opened, hit) if span[0] < hit.end and hit.start < span[1]]
            if found:
                return min(found[0][0], hit.start), max(found[-1][1], hit.end)
        return hit.start, hit.end

    def _sentences_at(self, opened: Opened, hit: Hit) -> list[Span]:
        """The sentences of the turn in which a hit lies, or of the text between turns."""
        turn = opened.turn_at(hit.start)
        if turn is not None:
            start, end = min(turn.body, hit.start), turn.end
        else:
            at = bisect_right(opened.starts, hit.start)
            start = opened.turns[at - 1].end if at else 0
            end = opened.starts[at] if at < len(opened.starts) else len(opened.text)
        known = self._sentences.get((opened.source.name, start))
        if known is None:
            known = sentences(opened.text, start, end, opened.source.language)
            self._sentences[opened.source.name, start] = known
        return known


def _whole_words(text: str, start: int, end: int) -> Span:
    """A stretch with the rest of the words that it begins and ends in."""
    while start > 0 and _WORD.match(text[start]) and _WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and _WORD.match(text[end - 1]) and _WORD.match(text[end]):
        end += 1
    return start, end


class Segment(NamedTuple):
    """A stretch that is to be coded, with its words: they must still be there when it is."""

    source: str
    start: int
    end: int
    text: str


class Plan(NamedTuple):
    """The segments that hits stand for, and how many of them carry the code already."""

    segments: list[Segment]
    there: int


def plan(door: Door, hits: Sequence[Hit], code: int | None) -> dict[str, Plan]:
    """What would be coded for each reach."""
    with door.open() as study, study.database.reading():
        passages = Passages(study)
        me = study.coders.key(study.coder) if study.coder else None
        names = {source.key: source.name for source in study.sources.all()}
        there = {
            (names[one.source], one.start, one.end)
            for one in study.codings.all()
            if one.code == code and one.coder == me and one.layer == "independent"
        }
        plans: dict[str, Plan] = {}
        for how in REACHES:
            places = dict.fromkeys((hit.source, *passages.reach(hit, how)) for hit in hits)
            found = [Segment(*place, passages.source(place[0]).text[place[1] : place[2]]) for place in places]
            plans[how] = Plan(found, sum(place in there for place in places))
        return plans

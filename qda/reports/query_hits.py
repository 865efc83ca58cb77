"""What a query finds: its passages, merged over coders, with what is coded on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.model.spans import CODE, CODER
from qda.reports.counting import counted_segments
from qda.reports.querying import Sought
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.selection import Selection
    from qda.model.spans import Segment, Span
    from qda.reports.scope import Scope
    from qda.store import Study


class Found(NamedTuple):
    """A passage that a query finds: where it stands, who found it there, and which codes share words with it."""

    source: str
    start: int
    end: int
    turn: int | None
    speaker: str
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    text: str


class Outcome(NamedTuple):
    """What a query finds: the query as it is read, its passages, whose codings were looked at, and notes."""

    said: str
    passages: tuple[Found, ...]
    whose: str
    notes: tuple[str, ...]


def run_query(study: Study, selection: Selection) -> Outcome:
    """The passages that the query of a selection finds, by source and place.

    Raises:
        QdaError: The query is wrong, or the selection names something that is not there.
    """
    scope = look_up(study, selection)
    sought, subjects = Sought(study, scope), Subjects(study, scope)
    names, texts = scope.source_names, dict(study.counts.texts())
    found = [
        one
        for source, segments in counted_segments(study, scope)
        for one in _in_source(scope, subjects, names[source], source, texts[source], _Here(sought, source, segments))
    ]
    found.sort(key=lambda one: (one.source, one.start, one.end))
    notes = (*(note for note in scope.notes if note != sought.asked.note), *sought.notes())
    return Outcome(sought.asked.said, tuple(found), scope.whose, notes)


def count_query(study: Study, selection: Selection) -> tuple[int, int]:
    """How many passages the query of a selection finds, and in how many sources.

    Raises:
        QdaError: The query is wrong, or the selection names something that is not there.
    """
    scope = look_up(study, selection)
    sought = Sought(study, scope)
    counts = [len(merged(sought.places(source, segments))) for source, segments in counted_segments(study, scope)]
    return sum(counts), sum(map(bool, counts))


def merged(places: dict[int, list[Span]]) -> list[tuple[int, int, frozenset[int]]]:
    """The places of all voices as passages: those that share a character are one; with the voices in each."""
    found: list[tuple[int, int, frozenset[int]]] = []
    for start, end, voice in sorted((*span, voice) for voice, spans in places.items() for span in spans):
        if found and start < found[-1][1]:
            first, last, voices = found[-1]
            found[-1] = first, max(last, end), voices | {voice}
        else:
            found.append((start, end, frozenset((voice,))))
    return found


class _Here:
    """One source: what the query finds in it, and the codings that count there."""

    def __init__(self, sought: Sought, source: int, segments: list[Segment]) -> None:
        self.passages = merged(sought.places(source, segments))
        self._segments = segments
        self._data = sought.data(source)

    def codes(self, start: int, end: int, voices: frozenset[int]) -> set[int]:
        """The codes of some voices that share data with a passage."""
        first, last = self._data(start), self._data(end)
        return {
            one[CODE]
            for one in self._segments
            if one[CODER] in voices and self._data(one[0]) < last and first < self._data(one[1])
        }


def _in_source(scope: Scope, subjects: Subjects, name: str, source: int, text: str, here: _Here) -> Iterator[Found]:
    if not here.passages:
        return
    places = subjects.places(source, [one[:2] for one in here.passages])
    for (start, end, voices), (turn, speaker) in zip(here.passages, places, strict=True):
        on = here.codes(start, end, voices)
        yield Found(
            *(name, start, end, turn, speaker),
            tuple(scope.coder_names.get(voice, "consensus") for voice in sorted(voices)),
            tuple(code.path for code in scope.tree.codes if code.key in on),
            text[start:end],
        )

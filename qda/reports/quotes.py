"""The quotes behind figures: codings with their words, each source's text around them, and who speaks there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import id_of
from qda.model.selection import Selection
from qda.model.spans import merge_overlapping
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qda.model.nouns import Source
    from qda.model.spans import Span
    from qda.reports.scope import Scope
    from qda.reports.subjects import Voices
    from qda.store import Study

    Row = tuple[bytes, int, int, int, int, int, int]

REACH = 400
"""How many characters of the turns around a coding are shown on either side of it, at most."""


class Quote(NamedTuple):
    """A coding: its id, its code by path, its place in code points, who coded it, its first turn, who speaks."""

    id: str
    code: str
    start: int
    end: int
    coder: str
    turn: int | None
    speaker: str


class Turn(NamedTuple):
    """A turn: its place in code points, its number, and who speaks."""

    start: int
    end: int
    number: int
    speaker: str


class Quoted(NamedTuple):
    """A source of which words are quoted: its quotes in order of place, and the stretches of its text around them.

    Stretches are in order and apart; every quote lies in one of them. Of what is no data they hold only what is
    within a quote.
    """

    source: Source
    text: str
    quotes: tuple[Quote, ...]
    stretches: tuple[Span, ...]
    turns: tuple[Turn, ...]


def quotes_of(study: Study, ids: Collection[str]) -> list[Quoted]:
    """What is quoted by codings with these ids, by source in order of name; ids that are not there are left out.

    The current coder's view holds: what a blind round hides is not there.
    """
    scope = look_up(study, Selection())
    subjects = Subjects(study, scope)
    hidden = study.not_data.by_source()
    wanted = set(ids)
    found: dict[int, list[Row]] = {}
    for row in study.counts.quoted():
        if id_of(row[0]) in wanted:
            found.setdefault(row[1], []).append(row)
    texts = {key: text for key, text in study.counts.texts() if key in found}
    quoted = []
    for source in sorted(study.sources.all(), key=lambda one: one.name):
        if source.key in found:
            quotes = _quotes(scope, subjects, source.key, found[source.key])
            text, voices = texts[source.key], subjects.voices(source.key)
            stretches = _stretches(text, voices, quotes, hidden.get(source.key, ()))
            quoted.append(Quoted(source, text, quotes, stretches, _turns(subjects, voices)))
    return quoted


def _quotes(scope: Scope, subjects: Subjects, source: int, rows: list[Row]) -> tuple[Quote, ...]:
    """The quotes of a source by place, then in the order of the codebook, of coders and of ids."""
    order = {code.key: number for number, code in enumerate(scope.tree.codes)}
    rows.sort(key=lambda row: (row[2], row[3], order[row[4]], row[6], row[5], row[0]))
    places = subjects.places(source, [(row[2], row[3]) for row in rows])
    return tuple(
        Quote(
            id_of(uid),
            scope.tree.by_key[code].path,
            start,
            end,
            "consensus" if layer else scope.coder_names.get(coder, ""),
            *place,
        )
        for (uid, _, start, end, code, coder, layer), place in zip(rows, places, strict=True)
    )


def _turns(subjects: Subjects, voices: Voices) -> tuple[Turn, ...]:
    names = (subjects.names.get(speaker or 0, "") for speaker in voices.speakers)
    return tuple(map(Turn, voices.starts, voices.ends, voices.numbers, names))


def _stretches(text: str, voices: Voices, quotes: Sequence[Quote], hidden: Iterable[Span]) -> tuple[Span, ...]:
    """The quotes with the turns around them, merged; what is no data is cut out where nobody coded it."""
    around = merge_overlapping(sorted(_around(text, voices, quote) for quote in quotes))
    spans = sorted({*_without(around, hidden), *((quote.start, quote.end) for quote in quotes)})
    joined = merge_overlapping((start, end + 1) for start, end in spans)  # those that touch are one, too
    return tuple((start, end - 1) for start, end in joined)


def _without(spans: Iterable[Span], hidden: Iterable[Span]) -> list[Span]:
    """What of spans, in order and apart, lies in no hidden stretch."""
    found = []
    cuts = merge_overlapping(sorted(hidden))
    for start, end in spans:
        at = start
        for first, last in cuts:
            if first < end and last > at:
                if first > at:
                    found.append((at, first))
                at = last
        if at < end:
            found.append((at, end))
    return found


def _around(text: str, voices: Voices, quote: Quote) -> Span:
    """A quote with its turns and one on either side, no further than `REACH`, and no word cut."""
    low, high = max(quote.start - REACH, 0), min(quote.end + REACH, len(text))
    turns = voices.between(quote.start, quote.end)
    if voices.starts:
        first = turns.start - 1 if turns else bisect_left(voices.starts, quote.start) - 1
        last = turns.stop if turns else bisect_right(voices.ends, quote.end)
        low = max(low, voices.starts[max(first, 0)]) if first >= 0 else low
        high = min(high, voices.ends[last]) if last < len(voices.ends) else high
    low, high = min(low, quote.start), max(high, quote.end)
    while low and low < quote.start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > quote.end and not text[high].isspace():
        high -= 1
    return low, high

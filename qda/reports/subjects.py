"""Whose words a passage holds: its persons, their cases, and the values of attributes that they carry."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import inf
from re import finditer
from typing import TYPE_CHECKING, Any

from qda.model.nouns import many
from qda.model.spans import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qda.model.spans import Heard, Segment, Span
    from qda.reports.narrowing import Where
    from qda.reports.scope import Scope
    from qda.store import Study

EMPTY: frozenset[int] = frozenset()


@dataclass(slots=True)
class Voices:
    """The turns of one source: where they start and end, their numbers, words and persons."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    numbers: Sequence[int] = ()
    words: Sequence[int] = ()
    persons: Sequence[frozenset[int]] = ()
    speakers: Sequence[int | None] = ()
    attached: frozenset[int] = EMPTY

    def between(self, start: int, end: int) -> range:
        """The places, in the lists, of the turns that share a character with a span."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def of_data(self, start: int, end: int, without: Stretches) -> list[int]:
        """The places of the turns of which a span holds data; what is no data brings in no turn."""
        return [
            place
            for place in self.between(start, end)
            if not without.swallow(max(start, self.starts[place]), min(end, self.ends[place]))
        ]

    def between_all(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[Iterator[int], Iterator[int]]:
        """For each of many spans the first and one past the last place of `between`; the loops run in C."""
        return map(bisect_right, repeat(self.ends), starts), map(bisect_left, repeat(self.starts), ends)

    def heard(self, starts: list[int], ends: list[int]) -> list[frozenset[int] | None]:
        """The subjects in each of many spans; the loops run in C, because a report looks up hundreds of thousands."""
        turns = [turn for turn in zip(self.starts, self.ends, self.persons, strict=True) if turn[2]]
        if not turns:
            return [EMPTY] * len(starts)
        from_, to, persons = zip(*turns, strict=True)
        first_places = map(bisect_right, repeat(to), starts)
        if len(set(persons)) == 1:
            alone, begins = persons[0], (*from_, inf)
            return [alone if begins[first] < end else EMPTY for first, end in zip(first_places, ends, strict=True)]
        places = zip(first_places, map(bisect_left, repeat(from_), ends), strict=True)
        return [persons[first] if last - first == 1 else EMPTY.union(*persons[first:last]) for first, last in places]


class Subjects:
    """Persons and cases of passages; only persons of the selected roles are subjects.

    A passage's persons are those who speak, or are spoken for, in the turns that it shares a character with.
    A source without turns has its person as subject if it has exactly one of these roles.
    """

    def __init__(self, study: Study, scope: Scope) -> None:
        self._study = study
        persons = study.persons.all()
        self.names = {person.key: person.name for person in persons}
        self.roles = {person.key: person.role for person in persons}
        self._wanted = frozenset(person.key for person in persons if person.role in scope.selection.roles)
        self._voices: dict[int, Voices] = {}
        self._attached = self._read_attached(study)
        self._everybody: dict[int, frozenset[int]] = {}
        self._hidden = {source: Stretches(spans) for source, spans in study.not_data.by_source().items()}
        self.ambiguous: dict[tuple[str, str], frozenset[int]] = {}
        self._text_words: dict[int, int] = {}
        self._sources = {key: name for name, key in study.sources.names().items()}
        self._read_cases(study, scope.case_kind)

    def voices(self, source: int) -> Voices:
        """The turns of a source, read when they are first asked for."""
        known = self._voices.get(source)
        if known is None:
            known = self._voices[source] = self._read_turns(source)
        return known

    def places(self, source: int, spans: Sequence[Span]) -> Iterator[tuple[int | None, str]]:
        """For each span of a source its first turn, and who speaks in all of its turns."""
        voices = self.voices(source)
        names = [self.names.get(speaker or 0, "") for speaker in voices.speakers]

        @cache
        def place(first: int, beyond: int) -> tuple[int | None, str]:
            if first >= beyond:
                return None, ""
            said = dict.fromkeys(names[first:beyond])
            return voices.numbers[first], "; ".join(name for name in said if name)

        return map(place, *voices.between_all(*zip(*spans, strict=True)))

    def _read_turns(self, source: int) -> Voices:
        attached = self._attached.get(source, EMPTY)
        turns = self._study.counts.turns(source)
        if not turns:
            return Voices(attached=attached)
        starts, ends, numbers, words, speakers, spoken_for = zip(*turns, strict=True)
        if source in self._hidden:
            bodies = self._study.counts.bodies(source)
            words = tuple(map(_of_data, bodies, ends, words, repeat(self._text(source)), repeat(self._hidden[source])))
        heard = {pair: self._wanted.intersection(pair) for pair in set(zip(speakers, spoken_for, strict=True))}
        persons = [heard[pair] for pair in zip(speakers, spoken_for, strict=True)]
        return Voices(starts, ends, numbers, words, persons, speakers, attached)

    def _read_attached(self, study: Study) -> dict[int, frozenset[int]]:
        """The subjects who take part in a source beside its turns."""
        found: dict[int, frozenset[int]] = {}
        for source, person in study.counts.participants():
            if person in self._wanted:
                found[source] = found.get(source, EMPTY) | {person}
        return found

    def _read_cases(self, study: Study, kind: str) -> None:
        self.case_names = {case.key: case.name for case in study.cases.all() if case.kind == kind}
        self._cases_of: dict[int, frozenset[int]] = {}
        for case, member, _ in study.cases.members():
            if case in self.case_names:
                self._cases_of[member] = self._cases_of.get(member, EMPTY) | {case}

    def persons(self, source: int, start: int, end: int) -> frozenset[int] | None:
        """The persons whose words a span holds; None where that is unknown."""
        return self.heard(source, ((start, end),))[0]

    def heard(self, source: int, spans: Sequence[tuple[int, int, *tuple[Any, ...]]]) -> list[Heard]:
        """The persons whose words each span of a source holds; None where that is unknown.

        Args:
            source: The key of the source.
            spans: Anything that begins with its start and end: spans, segments, passages.
        """
        voices = self.voices(source)
        if not voices.starts:
            alone = voices.attached if len(voices.attached) == 1 else None
            return [alone] * len(spans)
        hidden = self._hidden.get(source)
        if hidden is not None:
            return [_heard_in_data(voices, hidden, span[0], span[1]) for span in spans]
        return voices.heard([span[0] for span in spans], [span[1] for span in spans])

    def hear(self, source: int, segments: list[Segment]) -> list[Segment]:
        """The segments of a source with who is heard in each."""
        everyone = self.heard(source, segments)
        return [
            (start, end, coder, row, code, persons)
            for (start, end, coder, row, code, _), persons in zip(segments, everyone, strict=True)
        ]

    def has_turns(self, source: int) -> bool:
        """Whether anybody's turns were recognised in a source."""
        return bool(self.voices(source).starts)

    def everybody(self, source: int) -> frozenset[int]:
        """All subjects of a source, speaking or taking part."""
        known = self._everybody.get(source)
        if known is None:
            voices = self.voices(source)
            known = self._everybody[source] = voices.attached.union(*voices.persons)
        return known

    def cases(self, source: int, persons: frozenset[int] | None) -> frozenset[int]:
        """The cases of a passage: those of each of its persons, else of its source."""
        if not persons:
            return self._of(source, self._sources.get(source, ""))
        return EMPTY.union(*(self.cases_of_person(person, source) for person in persons))

    def cases_of_person(self, person: int, source: int) -> frozenset[int]:
        """The cases of a person, else of the source in which he or she speaks."""
        return self._of(person, self.names.get(person, "")) or self._of(source, self._sources.get(source, ""))

    def _of(self, member: int, name: str) -> frozenset[int]:
        """The cases of a person or source; several of one kind are remembered as ambiguous."""
        found = self._cases_of.get(member, EMPTY)
        if len(found) > 1 and name:
            self.ambiguous[name, ", ".join(sorted(self.case_names[case] for case in found))] = found
        return found

    def case_notes(self, kind: str) -> list[str]:
        """Which persons and sources belong to several cases of one kind."""
        if not self.ambiguous:
            return []
        said = "; ".join(f"{name} ({cases})" for name, cases in sorted(self.ambiguous))
        return [f"Of several cases of the kind '{kind}', and counted under each: {said}."]

    def known(self, source: int) -> frozenset[int]:
        """The subjects of a source whose words can be told: nobody's where several have no turns."""
        everybody = self.everybody(source)
        return everybody if self.has_turns(source) or len(everybody) == 1 else EMPTY

    def cases_said(self, scope: Scope, where: Where | None) -> str:
        """A note on the kind of the cases, and how many of them could have said something in the selected sources."""
        found: set[int] = set()
        for source in scope.source_keys:
            for person in self.known(source) or (0,):
                if where is None or where.fits(source, person or None):
                    found |= self._cases_of.get(person, EMPTY) or self._cases_of.get(source, EMPTY)
        number = f"{len(found)} in {many(len(scope.sources), 'source')}"
        return f"Cases are of the kind '{scope.case_kind}'{scope.others_said}: {number}."

    def words(self, source: int, persons: Iterable[int] | None = None) -> int | None:
        """How many words that are data the subjects (or some of them) speak in a source; None where it has no turns."""
        voices = self.voices(source)
        if not voices.starts:
            return None
        wanted = None if persons is None else frozenset(persons)
        return sum(
            words
            for words, heard in zip(voices.words, voices.persons, strict=True)
            if heard and (wanted is None or heard & wanted)
        )

    def text_words(self, source: int) -> int:
        """The words of a source's whole text that are data."""
        if not self._text_words:
            self._text_words = self._study.counts.text_words()
            for key in self._text_words.keys() & self._hidden.keys():
                text = self._text(key)
                self._text_words[key] = _of_data(0, len(text), self._text_words[key], text, self._hidden[key])
        return self._text_words.get(source, 0)

    def _text(self, source: int) -> str:
        return self._study.sources.text(source, bare=True)


def _of_data(start: int, end: int, words: int, text: str, hidden: Stretches) -> int:
    """How many of the words of a span are data, if only by a letter; they are looked at only where some are not."""
    if not hidden.inside(start, end):
        return words
    return sum(not hidden.swallow(start + one.start(), start + one.end()) for one in finditer(r"\S+", text[start:end]))


def _heard_in_data(voices: Voices, hidden: Stretches, start: int, end: int) -> frozenset[int]:
    """The persons of a span by those of its words that are data."""
    return EMPTY.union(*(voices.persons[place] for place in voices.of_data(start, end, hidden)))

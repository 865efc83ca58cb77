"""Whose words a passage holds: its persons, their cases, and the values of attributes that they carry."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.model.spans import Stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qda.reports.scope import Scope
    from qda.store import Study

EMPTY: frozenset[int] = frozenset()


@dataclass(slots=True)
class Voices:
    """The turns of one source: where they start and end, their numbers, words and persons."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    persons: list[frozenset[int]] = field(default_factory=list)
    speakers: list[int | None] = field(default_factory=list)
    attached: frozenset[int] = EMPTY

    def between(self, start: int, end: int) -> range:
        """The places, in the lists, of the turns that share a character with a span."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


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
        self._wanted = {person.key for person in persons if person.role in scope.selection.roles}
        self.voices: dict[int, Voices] = {}
        self._hidden = {source: Stretches(spans) for source, spans in study.not_data.by_source().items()}
        self.ambiguous: dict[tuple[str, str], frozenset[int]] = {}
        self.coders_by_source = study.counts.independent_coders()
        self._text_words: dict[int, int] = {}
        self._sources = {key: name for name, key in study.sources.names().items()}
        self._read_turns(study)
        self._read_cases(study, scope.case_kind)

    def _read_turns(self, study: Study) -> None:
        sets: dict[tuple[int | None, int | None], frozenset[int]] = {}
        wanted = self._wanted
        voices = Voices()
        at = -1
        for source, number, start, end, words, person, speaks_for in study.counts.turns():
            if source != at:
                voices = self.voices[source] = Voices()
                at = source
            heard = sets.get((person, speaks_for))
            if heard is None:
                heard = frozenset(key for key in (person, speaks_for) if key in wanted)
                sets[person, speaks_for] = heard
            voices.starts.append(start)
            voices.ends.append(end)
            voices.numbers.append(number)
            voices.words.append(words)
            voices.persons.append(heard)
            voices.speakers.append(person)
        for source, person in study.counts.participants():
            voices = self.voices.setdefault(source, Voices())
            if person in wanted:
                voices.attached |= {person}

    def _read_cases(self, study: Study, kind: str) -> None:
        self.case_names = {case.key: case.name for case in study.cases.all() if case.kind == kind}
        self._cases_of: dict[int, frozenset[int]] = {}
        for case, member, _ in study.cases.members():
            if case in self.case_names:
                self._cases_of[member] = self._cases_of.get(member, EMPTY) | {case}

    def persons(self, source: int, start: int, end: int) -> frozenset[int] | None:
        """The persons whose words a span holds; None where that is unknown."""
        return self.hearer(source)(start, end)

    def hearer(self, source: int) -> Callable[[int, int], frozenset[int] | None]:
        """The function that gives the persons of a span of one source; for many spans of it."""
        voices = self.voices.get(source, Voices())
        if not voices.starts:
            alone = voices.attached if len(voices.attached) == 1 else None
            return lambda _start, _end: alone
        starts, ends, persons = voices.starts, voices.ends, voices.persons
        hidden = self._hidden.get(source)

        def heard_in_data(start: int, end: int) -> frozenset[int]:
            places = voices.between(start, end)
            shared = ((max(start, starts[i]), min(end, ends[i]), persons[i]) for i in places)
            return EMPTY.union(*(who for first, last, who in shared if hidden and not hidden.swallow(first, last)))

        if hidden is not None:
            return heard_in_data

        def heard(start: int, end: int) -> frozenset[int]:
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            if last - first == 1:
                return persons[first]
            return EMPTY.union(*persons[first:last])

        return heard

    def has_turns(self, source: int) -> bool:
        """Whether anybody's turns were recognised in a source."""
        return bool(self.voices.get(source, Voices()).starts)

    def everybody(self, source: int) -> frozenset[int]:
        """All subjects of a source, speaking or taking part."""
        voices = self.voices.get(source)
        if voices is None:
            return EMPTY
        return voices.attached.union(*voices.persons)

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

    def cases_of_source(self, source: int) -> frozenset[int]:
        """The cases that a source takes part in, by its subjects or by itself."""
        found = self._cases_of.get(source, EMPTY)
        for person in self.everybody(source):
            found |= self._cases_of.get(person, EMPTY)
        return found

    def words(self, source: int, persons: Iterable[int] | None = None) -> int | None:
        """How many words the subjects (or some of them) speak in a source; None where it has no turns."""
        voices = self.voices.get(source)
        if voices is None or not voices.starts:
            return None
        wanted = None if persons is None else frozenset(persons)
        return sum(
            words
            for words, heard in zip(voices.words, voices.persons, strict=True)
            if heard and (wanted is None or heard & wanted)
        )

    def text_words(self, source: int) -> int:
        """The words of a source's whole text."""
        if not self._text_words:
            self._text_words = self._study.counts.text_words()
        return self._text_words.get(source, 0)

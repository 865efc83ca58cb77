"""Tables about people and what is compared: persons, cases, who belongs to what, attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import TARGETS
from qda.reports.study_tables.parts import Row, StudyTable, text, yes_no

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.nouns import Case, Person, Source
    from qda.reports.study_tables.taken import Taken


def _persons(taken: Taken) -> Iterator[Row]:
    for one in taken.persons:
        yield one.uid, one.name, one.label or None, one.role, one.home is None


def _participants(taken: Taken) -> Iterator[Row]:
    sources = {one.key: one for one in taken.sources}
    for key, found in taken.study.persons.sources_of().items():
        person = taken.person_by_key[key]
        for source in sorted(found, key=lambda one: sources[one].name):
            yield sources[source].uid, sources[source].name, person.uid, person.name


def _cases(taken: Taken) -> Iterator[Row]:
    for one in taken.cases:
        yield one.uid, one.name, one.kind


def _members(taken: Taken) -> Iterator[Row]:
    cases = {one.key: one for one in taken.cases}
    known = {source.key: (source.uid, source.name) for source in taken.sources}
    known |= {person.key: (person.uid, person.name) for person in taken.persons}
    for case, member, kind in taken.study.cases.members():
        yield cases[case].uid, cases[case].name, kind, *known[member]


def _attributes(taken: Taken) -> Iterator[Row]:
    types = {(name, target): kind for name, target, kind in taken.study.attributes.all()}
    things: dict[str, Sequence[Source | Person | Case]] = {
        "source": taken.sources,
        "person": taken.persons,
        "case": taken.cases,
    }
    for target in TARGETS:
        values = taken.study.attributes.of(target)
        for one in things[target]:
            for name, words in values.get(one.key, {}).items():
                for word in words:
                    yield target, one.uid, one.name, name, types.get((name, target), "text"), word


PERSONS = StudyTable(
    "persons",
    "one person who speaks",
    (
        text("id", "the id of the person"),
        text("name", "the name in the study"),
        text("label", "the label under which they speak in a text"),
        text("role", "respondent, interviewer, interpreter or other"),
        yes_no("shared", "whether it was confirmed that the person is the same in several sources"),
    ),
    _persons,
)
PARTICIPANTS = StudyTable(
    "participants",
    "one person in one source",
    (
        text("source_id", "the id of the source", refers="sources.id"),
        text("source", "the source, by its name"),
        text("person_id", "the id of the person", refers="persons.id"),
        text("person", "the person"),
    ),
    _participants,
    ("source_id", "person_id"),
)
CASES = StudyTable(
    "cases",
    "one of the things that are compared",
    (
        text("id", "the id of the case"),
        text("name", "its name"),
        text("kind", "its kind, as organisation or country pair"),
    ),
    _cases,
)
MEMBERS = StudyTable(
    "case_members",
    "one source or person that belongs to a case",
    (
        text("case_id", "the id of the case", refers="cases.id"),
        text("case", "the case"),
        text("kind", "source or person"),
        text("member_id", "the id of the source or person"),
        text("member", "its name"),
    ),
    _members,
    ("case_id", "member_id"),
)
ATTRIBUTES = StudyTable(
    "attributes",
    "one value that is known of a source, person or case; several values of one attribute are several rows",
    (
        text("about", "source, person or case"),
        text("id", "the id of that source, person or case"),
        text("name", "its name"),
        text("attribute", "the attribute; kind, language and date are those of sources"),
        text("type", "what its values are: text, number, date or choice"),
        text("value", "the value, as it was entered"),
    ),
    _attributes,
    ("id", "attribute", "value"),
)

"""The register of persons: who speaks behind which label of which source, in which role, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.io.transcripts.roles import role_of
from qda.model.nouns import ROLES
from qda.store.persons import PersonRow

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.model.nouns import Person
    from qda.store import Study


def parse_persons(text: str, file: str) -> list[PersonRow]:
    """Read a register of persons: `person`, and `role`, `source`, `label`, `speaks_for` where known.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    advice = "what is known of persons comes in with 'qda attributes import'"
    lines = read_register(text, file, ("person",), ("role", "source", "label", "speaks_for"), advice)
    return [
        PersonRow(
            line["person"],
            line.choice("role", ROLES),
            line["source"],
            line["label"],
            line["speaks_for"],
            line.number,
        )
        for line in lines
    ]


def persons_table(study: Study) -> Grid:
    """All persons: a row for each label of each source; then those who have no label, or no source.

    An interpreter who speaks for nobody else speaks for himself: an empty cell would leave it to be guessed.
    """
    persons = {person.key: person for person in study.persons.all()}
    names = {key: person.name for key, person in persons.items()}
    unlabelled = {(source, person) for person, sources in study.persons.sources_of().items() for source in sources}
    places: list[tuple[int, str, str, str]] = []
    for source in study.sources.all():
        labels: dict[tuple[int, str, int | None], None] = {}
        for turn in study.sources.turns(source.revision_key):
            if turn.person is not None and turn.label is not None:
                labels[turn.person, turn.label, turn.speaks_for] = None
        for person, label, speaks_for in labels:
            whom = names[speaks_for] if speaks_for else _own(persons[person], label)
            places.append((person, source.name, label, whom))
            unlabelled -= {(source.key, person), (source.key, speaks_for or 0)}
        places += [(key, source.name, "", "") for key in persons if (source.key, key) in unlabelled]
    placed = {place[0] for place in places}
    places += [(key, "", "", "") for key in persons if key not in placed]
    rows = [(names[key], persons[key].role, *place) for key, *place in places]
    return ("person", "role", "source", "label", "speaks_for"), rows


def _own(person: Person, label: str) -> str:
    return person.name if "interpreter" in (person.role, role_of(label)) else ""

"""The persons who speak: local to their source until somebody confirms that they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import Person, id_of, plain_name
from qda.store.base import Names, Nouns, composed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.transcript import Speaker, SpokenTurn
    from qda.store.change import Change


class PersonRow(NamedTuple):
    """What a register says of a person: who, in which role, behind which label of which source, for whom."""

    person: str
    role: str = ""
    source: str = ""
    label: str = ""
    speaks_for: str = ""
    line: int = 0


class Persons(Nouns):
    """The people of the study."""

    def all(self) -> list[Person]:
        """All persons by name."""
        rows = self.database.rows(
            "SELECT p.key, e.uid, p.name, p.label, p.role, p.home FROM live_person p JOIN entity e ON e.key = p.key"
            " ORDER BY p.name"
        )
        return [Person(row[0], id_of(row[1]), *row[2:]) for row in rows]

    def find(self, name: str) -> int:
        """The key of a person by name, or by a label that only one person has.

        Raises:
            QdaError: Nobody, or several, are called so.
        """
        key: int | None = self.database.one("SELECT key FROM live_person WHERE name = ?", (name,))
        return self._find_alike(name) if key is None else key

    def _find_alike(self, name: str) -> int:
        known = self.known()
        if (key := known.find(name)) is not None:
            return key
        rows = self.database.rows("SELECT key, name, label FROM live_person ORDER BY name")
        labelled = [row for row in rows if row[2] == name]
        labelled = labelled or [row for row in rows if plain_name(row[2]) == plain_name(name)]
        if len(labelled) > 1:
            names = ", ".join(f"'{row[1]}'" for row in labelled[:5])
            raise QdaError(f"several persons are called '{name}': {names}; write the name in full")
        return int(labelled[0][0]) if labelled else known.get(name)

    def known(self) -> Names:
        """The names of all persons, to be looked up."""
        names = dict(self.database.rows("SELECT name, key FROM live_person"))
        return Names("person", self.real_names("person") | names)

    def sources_of(self) -> dict[int, list[int]]:
        """The sources in which each person speaks, is spoken for or takes part, as keys in order of name."""
        found: dict[int, list[int]] = {}
        for person, source in self.database.rows(
            """
            SELECT DISTINCT x.person, x.source FROM (
                SELECT t.person AS person, r.source AS source
                FROM live_turn t JOIN live_revision r ON r.key = t.revision WHERE t.person IS NOT NULL
                UNION SELECT t.speaks_for, r.source
                FROM live_turn t JOIN live_revision r ON r.key = t.revision WHERE t.speaks_for IS NOT NULL
                UNION SELECT person, source FROM live_participant
            ) x JOIN live_source s ON s.key = x.source ORDER BY s.name
            """
        ):
            found.setdefault(person, []).append(source)
        return found

    def add_speakers(
        self,
        change: Change,
        source: int,
        source_name: str,
        turns: Sequence[SpokenTurn],
        speakers: Mapping[str, Speaker],
    ) -> dict[str, int]:
        """One person for each label of a new source; returns their keys by case-folded label."""
        labels = {turn.label.casefold(): turn.label for turn in reversed(turns) if turn.label is not None}
        ordered = sorted(labels, key=lambda label: labels[label])
        keys = change.new_keys("person", len(ordered))
        taken = {composed(row[0]) for row in self.database.rows("SELECT name FROM live_person")} if ordered else set()
        rows = []
        for key, folded in zip(keys, ordered, strict=True):
            label = labels[folded]
            speaker = speakers.get(label)
            generic = speaker is None or speaker.generic
            name = label if not generic and composed(label) not in taken else f"{source_name}/{label}"
            name = _free(name, taken)
            taken.add(composed(name))
            rows.append((key, name, label, speaker.role if speaker else "respondent", source))
        change.insert("person", rows)
        return dict(zip(ordered, keys, strict=True))

    def import_rows(self, rows: Sequence[PersonRow], summary: str) -> int:
        """Enter a register of persons; a person named for several sources is shared by that.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        from qda.store.person_register import PersonRegister

        with self.study.action("persons", summary) as change:
            PersonRegister(self.study, change, rows).enter()
        return len({row.person for row in rows})

    def replace(self, change: Change, old: int, new: int) -> bool:
        """Let a person who was only a label become another: turns, membership and values follow.

        Somebody who still speaks or takes part elsewhere stays. Returns whether the person is gone.
        """
        still = self.database.one(
            "SELECT 1 FROM live_turn WHERE person = ? UNION SELECT 1 FROM live_participant WHERE person = ?",
            (old, old),
        )
        if still:
            return False
        change.repoint("turn", "speaks_for", old, new)
        marked = (("sensitive", "target"), ("pseudonym", "target"))
        for table, column in (("member", "member"), ("value", "target"), ("memo", "target"), *marked):
            change.repoint(table, column, old, new)
        change.close("person", "key = ?", (old,))
        return True

    def merge(self, name: str, into: str) -> None:
        """Confirm that two persons are one: all turns, cases and values of the first go to the second."""
        with self.study.action("persons", f"merged {name} into {into}") as change:
            old, new = self.find(name), self.find(into)
            if old == new:
                raise QdaError(f"'{name}' and '{into}' are the same person already")
            change.repoint("turn", "person", old, new)
            change.repoint("participant", "person", old, new)
            change.edit("person", "key = ?", (new,), home=None)
            self.replace(change, old, new)


def _free(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while composed(free) in taken:
        free = f"{name} ({number})"
        number += 1
    return free

"""Entering a register of persons, line by line: who is not known, and lines that contradict, are refused."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import ROLES
from qda.store.base import Names, at_line, check_plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from qda.model.nouns import Source
    from qda.store.change import Change
    from qda.store.persons import PersonRow
    from qda.store.study import Study


class PersonRegister:
    """The lines of one register on their way into the study, and what those before have said."""

    def __init__(self, study: Study, change: Change, rows: Sequence[PersonRow]) -> None:
        self._study = study
        self._database = study.database
        self._change = change
        self._rows = rows
        self._names = study.persons.known()
        first = {row.person: number for number, row in reversed([*enumerate(rows)])}
        self._in_file = Names("person", first)
        self._before = dict(self._database.rows("SELECT key, name FROM live_person"))
        self._became: dict[str, int] = {}
        self._said: dict[Hashable, tuple[Hashable, str, int]] = {}

    def enter(self) -> None:
        """Enter all lines.

        Raises:
            QdaError: A line is wrong; the sentence names it.
        """
        for row in self._rows:
            try:
                self._enter(row)
            except QdaError as error:
                raise at_line(row.line, error) from None

    def _enter(self, row: PersonRow) -> None:
        if row.role and row.role not in ROLES:
            raise QdaError(f"the role '{row.role}' is not one of {', '.join(ROLES)}")
        if (row.label or row.speaks_for) and not row.source:
            raise QdaError("a label or 'speaks_for' needs the source in which it stands")
        if row.speaks_for and not row.label:
            raise QdaError("'speaks_for' needs the label of the turns that count for somebody else")
        source = self._study.sources.get(row.source) if row.source else None
        person = self._make(row, source)
        if row.role:
            self._say(("role", person), row.role, f"the role {row.role}", row, f"'{row.person}' has")
        if source is None:
            return
        if row.label:
            self._speak(row, source, person)
        else:
            self._take_part(source.key, person)

    def _say(self, what: Hashable, value: Hashable, words: str, row: PersonRow, whose: str) -> None:
        """Remember what a line says, and refuse it where a line before says something else."""
        before, said, line = self._said.setdefault(what, (value, words, row.line))
        if before != value:
            place = f" in line {line}" if line else " before"
            raise QdaError(f"{whose} {words} here and {said}{place}; keep one of them")

    def _make(self, row: PersonRow, source: Source | None) -> int:
        """The person of a line, made if new; a role given replaces the one that was guessed."""
        key, home = self._names.find(row.person), source.key if source else None
        if key is None:
            check_plain(row.person, "person")
            key = self._change.new_key("person")
            self._names.add(row.person, key)
            self._change.insert("person", [(key, row.person, row.label or row.person, row.role or "respondent", home)])
            return key
        if row.role:
            self._change.edit("person", "key = ?", (key,), role=row.role)
        if home is not None:  # who is heard in a second source is at home in none
            self._change.edit("person", "key = ? AND home IS NOT NULL AND home <> ?", (key, home), home=None)
        return key

    def _take_part(self, source: int, person: int) -> None:
        known = self._database.one("SELECT 1 FROM live_participant WHERE source = ? AND person = ?", (source, person))
        if not known:
            self._change.insert("participant", [(source, person)])

    def _speak(self, row: PersonRow, source: Source, person: int) -> None:
        """Let the turns under a label be a person's; somebody who was only that label becomes that person."""
        labels = self._labels(source.revision_key, row.label)
        if not labels:
            raise QdaError(f"nobody is labelled '{row.label}' in the source '{row.source}'")
        label, whose = (source.key, row.label.casefold()), f"the label '{row.label}' of '{row.source}' is"
        self._say(("person", label), person, f"that of '{row.person}'", row, whose)
        fields: dict[str, int | None] = {"person": person}
        if row.speaks_for:
            whom = self._speaks_for(row, source)
            self._say(("for", label), whom, f"for '{row.speaks_for}'", row, whose)
            fields["speaks_for"] = None if whom == person else whom
        where = f"revision = ? AND label IN ({','.join('?' * len(labels))})"
        values = (source.revision_key, *labels)
        found = self._database.rows(f"SELECT DISTINCT person FROM live_turn WHERE {where}", values)
        self._change.edit("turn", where, values, **fields)
        for (old,) in found:
            if old not in (None, person) and self._study.persons.replace(self._change, old, person):
                self._names.forget(old)
                self._became[self._before.get(old, "")] = person

    def _labels(self, revision: int, label: str) -> list[str]:
        """The labels of a revision that are this one, whatever their case."""
        rows = self._database.rows(
            "SELECT DISTINCT label FROM live_turn WHERE revision = ? AND label IS NOT NULL ORDER BY label", (revision,)
        )
        return [row[0] for row in rows if row[0].casefold() == label.casefold()]

    def _speaks_for(self, row: PersonRow, source: Source) -> int:
        """Who is meant by a name: somebody of the study or of this register, or a label of the source."""
        name = row.speaks_for
        for find in (self._names.find, self._later, self._became.get):
            if (key := find(name)) is not None:
                return key
        where = "SELECT DISTINCT person FROM live_turn WHERE revision = ? AND label = ? AND person IS NOT NULL"
        labels = self._labels(source.revision_key, name)
        found = {key for one in labels for (key,) in self._database.rows(where, (source.revision_key, one))}
        return found.pop() if len(found) == 1 else self._nobody(name)

    def _later(self, name: str) -> int | None:
        """Somebody who comes in a later line, made as that says; a source that it names wrongly is refused there."""
        if (number := self._in_file.find(name)) is None:
            return None
        source = None
        with contextlib.suppress(QdaError):
            source = self._study.sources.get(self._rows[number].source)
        return self._make(self._rows[number], source)

    def _nobody(self, name: str) -> int:
        """Refuse a name that is neither in the study nor in the register, with the nearest of both."""
        everybody = self._study.persons.known()
        for row in self._rows:
            if everybody.is_free(row.person):
                everybody.add(row.person, 0)
        return everybody.get(name)

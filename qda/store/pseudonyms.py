"""Pseudonyms: what persons, sources and cases are called in what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.confidential import TARGETS, Pseudonym
from qda.model.naming import needles
from qda.model.nouns import plain_name
from qda.store.base import Nouns, at_line, check_plain
from qda.store.codings import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.store.change import Change


class PseudonymRow(NamedTuple):
    """What a person, source or case (`kind`) with a name is to be called; an empty pseudonym takes it away."""

    kind: str
    name: str
    pseudonym: str
    line: int = 0


class Pseudonyms(Nouns):
    """The pseudonyms of the study."""

    def all(self) -> list[Pseudonym]:
        """All pseudonyms: of persons, of sources, of cases, each by name."""
        rows = self.database.rows(
            "SELECT y.target, e.kind, coalesce(p.name, s.name, c.name), y.name, coalesce(k.name, ''), y.at"
            " FROM live_pseudonym y JOIN entity e ON e.key = y.target LEFT JOIN live_person p ON p.key = y.target"
            " LEFT JOIN live_source s ON s.key = y.target LEFT JOIN live_case c ON c.key = y.target"
            " LEFT JOIN live_coder k ON k.key = y.coder"
        )
        return sorted((Pseudonym(*row) for row in rows), key=lambda one: (TARGETS.index(one.kind), one.name))

    def by_key(self) -> dict[int, str]:
        """The pseudonyms by the keys of persons, sources and cases."""
        return {one.key: one.pseudonym for one in self.all()}

    def set(self, rows: Sequence[PseudonymRow], summary: str) -> int:
        """Give pseudonyms, or take them away, all or none; returns how many changed.

        Raises:
            QdaError: Nobody is called so, a pseudonym cannot be used, or it is a name of somebody else.
        """
        with self.study.action("pseudonym", summary) as change:
            me = self.study.coders.make(change, [self.study.coder])[self.study.coder] if self.study.coder else None
            done = sum(self._set(change, row, me) for row in rows)
            self._refuse_twice(rows)
            return done

    def _set(self, change: Change, row: PseudonymRow, me: int | None) -> bool:
        try:
            key = self.find(row.kind, row.name)
            word = row.pseudonym.strip()
            if not word:
                return bool(change.close("pseudonym", "target = ?", (key,)))
            check_plain(word, "pseudonym")
            self._refuse_name(key, word)
        except QdaError as error:
            raise at_line(row.line, error) from None
        if self.database.one("SELECT 1 FROM live_pseudonym WHERE target = ? AND name = ?", (key, word)):
            return False
        return change.put("pseudonym", (key, word, me, now()))

    def find(self, kind: str, name: str) -> int:
        """The key of a person, source or case; without a kind of the first of these that is called so.

        Raises:
            QdaError: Nothing is called so.
        """
        finders = {
            "person": self.study.persons.find,
            "source": lambda words: self.study.sources.get(words).key,
            "case": self.study.cases.find,
        }
        problems = []
        for one in (kind,) if kind else TARGETS:
            try:
                return finders[one](name)
            except QdaError as error:
                problems.append(error)
        raise problems[0] if kind else QdaError(f"no person, source or case is called '{name}'")

    def _refuse_name(self, key: int, word: str) -> None:
        """Refuse a pseudonym that would give a name away: one of a person of the study, unless it is their own."""
        own = self.database.one(
            "SELECT name FROM live_person WHERE key = :key UNION SELECT name FROM live_source WHERE key = :key"
            " UNION SELECT name FROM live_case WHERE key = :key",
            {"key": key},
        )
        if own == word:
            return
        said = needles([word])
        for (name,) in self.database.rows("SELECT name FROM live_person ORDER BY name"):
            common = sorted(said & needles([name.rpartition("/")[2]]))
            if common:
                raise QdaError(f"'{word}' cannot be a pseudonym: '{common[0]}' is in the name of '{name}'")

    def _refuse_twice(self, rows: Sequence[PseudonymRow]) -> None:
        """Refuse one pseudonym for two persons, sources or cases."""
        lines = {plain_name(row.pseudonym): row.line for row in rows}
        known: dict[tuple[str, str], str] = {}
        for one in self.all():
            other = known.setdefault((one.kind, plain_name(one.pseudonym)), one.name)
            if other != one.name:
                problem = f"'{one.name}' and '{other}' cannot both be called '{one.pseudonym}'"
                raise at_line(lines.get(plain_name(one.pseudonym), 0), problem)

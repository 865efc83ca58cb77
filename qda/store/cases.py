"""The cases that are compared: their kinds, and the persons and sources that they gather."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import Case, id_of
from qda.store.base import Names, Nouns, at_line, check_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.store.change import Change


class CaseRow(NamedTuple):
    """What a register says of a case: its kind and some of its members."""

    case: str
    kind: str = ""
    persons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    line: int = 0


class Cases(Nouns):
    """The cases of the study."""

    def all(self) -> list[Case]:
        """All cases by kind and name."""
        rows = self.database.rows(
            "SELECT c.key, e.uid, c.name, c.kind FROM live_case c JOIN entity e ON e.key = c.key"
            " ORDER BY c.kind, c.name"
        )
        return [Case(row[0], id_of(row[1]), *row[2:]) for row in rows]

    def kinds(self) -> list[str]:
        """The kinds of cases, the one entered first in front."""
        return [row[0] for row in self.database.rows("SELECT kind FROM live_case GROUP BY kind ORDER BY min(key)")]

    def members(self) -> list[tuple[int, int, str]]:
        """Every membership: the case, the member, and whether that is a `person` or a `source`."""
        return self.database.rows(
            "SELECT m.case_, m.member, e.kind FROM live_member m JOIN entity e ON e.key = m.member"
            " ORDER BY m.case_, m.member"
        )

    def find(self, name: str) -> int:
        """The key of a case by name.

        Raises:
            QdaError: There is none.
        """
        return self.known().get(name)

    def known(self) -> Names:
        """The names of all cases, to be looked up."""
        names = dict(self.database.rows("SELECT name, key FROM live_case"))
        return Names("case", self.real_names("case") | names)

    def import_rows(self, rows: Sequence[CaseRow], summary: str) -> int:
        """Enter a register of cases; members are added to those that a case has.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        with self.study.action("cases", summary) as change:
            names = self.known()
            for row in rows:
                try:
                    self._enter(change, names, row)
                except QdaError as error:
                    raise at_line(row.line, error) from None
        return len({row.case for row in rows})

    def _enter(self, change: Change, names: Names, row: CaseRow) -> None:
        key = names.find(row.case)
        if key is None:
            check_plain(row.case, "case")
            key = change.new_key("case")
            names.add(row.case, key)
            change.insert("case", [(key, row.case, row.kind or "case")])
        else:
            kind = self.database.one("SELECT kind FROM live_case WHERE key = ?", (key,))
            if row.kind and row.kind != kind:
                raise QdaError(f"the case '{row.case}' is of the kind '{kind}' already, not '{row.kind}'")
        members = [self.study.persons.find(name) for name in row.persons]
        members += [self.study.sources.get(name).key for name in row.sources]
        for member in members:
            known = self.database.one("SELECT 1 FROM live_member WHERE case_ = ? AND member = ?", (key, member))
            if not known:
                change.insert("member", [(key, member)])

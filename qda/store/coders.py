"""Who codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import Coder, id_of, plain_name
from qda.store.base import Names, Nouns, at_line
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.store.change import Change


class Coders(Nouns):
    """The coders of the study, in the order in which they came."""

    def all(self) -> list[Coder]:
        """All coders, the first in front."""
        rows = self.database.rows(
            "SELECT c.key, e.uid, c.name FROM live_coder c JOIN entity e ON e.key = c.key ORDER BY c.key"
        )
        return [Coder(key, id_of(uid), name) for key, uid, name in rows]

    def key(self, name: str) -> int | None:
        """The key of a coder, None for somebody who is not here."""
        key: int | None = self.database.one("SELECT key FROM live_coder WHERE name = ?", (name,))
        return self.known().find(name) if key is None else key

    def known(self) -> Names:
        """The names of all coders, to be looked up."""
        names = dict(self.database.rows("SELECT name, key FROM live_coder"))
        return Names("coder", self.real_names("coder") | names)

    def ever(self, name: str) -> int | None:
        """The key of a coder who is here, else of one who was, such as until his first action was taken back."""
        key = self.key(name)
        return self.former(name) if key is None else key

    def former(self, name: str) -> int | None:
        """The key of a coder who was here and is gone, None where there was none; the name as it stands goes first."""
        gone = self.database.rows(
            "SELECT name, key FROM main.coder WHERE key NOT IN (SELECT key FROM live_coder) ORDER BY row"
        )
        same = [key for known, key in gone if known == name]
        alike = [key for known, key in gone if plain_name(known) == plain_name(name)]
        found = same or alike
        return int(found[-1]) if found else None

    def find(self, name: str) -> int:
        """The key of a coder.

        Raises:
            QdaError: Nobody is called so.
        """
        key = self.key(name)
        return self.known().get(name) if key is None else key

    def make(self, change: Change, names: Iterable[str]) -> dict[str, int]:
        """Keys of coders by name; those who are new are made."""
        return self.make_from(change, ((name, 0) for name in names))

    def make_from(self, change: Change, named: Iterable[tuple[str, int]]) -> dict[str, int]:
        """Keys of coders by name; those who are new are made.

        Args:
            change: The action.
            named: Names with the lines of the file that name them.

        Raises:
            QdaError: A name cannot be used; the sentence says in which line.
        """
        known = self.known()
        lines: dict[str, int] = {}
        for name, line in named:
            lines.setdefault(name, line)
        keys: dict[str, int] = {}
        fresh: dict[str, list[str]] = {}
        for name, line in lines.items():
            try:
                key = known.find(name)
                if key is None:
                    check_name(name)
            except QdaError as error:
                raise at_line(line, error) from None
            if key is None:
                fresh.setdefault(plain_name(name), []).append(name)
            else:
                keys[name] = key
        made = [self.former(names[0]) or change.new_key("coder") for names in fresh.values()]
        change.insert("coder", ((key, names[0]) for key, names in zip(made, fresh.values(), strict=True)))
        return keys | {name: key for key, names in zip(made, fresh.values(), strict=True) for name in names}

    def bring_back(self, change: Change, key: int) -> None:
        """Let a coder who went with an action come back with it."""
        if not self.database.one("SELECT 1 FROM live_coder WHERE key = ?", (key,)):
            row = self.database.rows("SELECT key, name FROM main.coder WHERE key = ? ORDER BY row DESC LIMIT 1", (key,))
            change.insert("coder", row)

    def let_go(self, change: Change, key: int, action: int) -> None:
        """Let a coder who came in with an action go when it is taken back, unless something of the study needs him."""
        came = self.database.one(
            "SELECT 1 FROM live_coder WHERE key = :key AND born IN (SELECT number FROM change"
            " WHERE undoes = :action OR (number = :action - 1 AND kind = 'coder' AND coder IS NULL))",
            {"key": key, "action": action},
        )
        needed = any(
            self.database.one(f"SELECT 1 FROM live_{table.name} WHERE coder = ? LIMIT 1", (key,))
            for table in TABLES.values()
            if "coder" in table.references
        )
        if came and not needed:
            change.close("coder", "key = ?", (key,))


def check_name(name: str) -> None:
    """Refuse a coder's name that could not be written in a report.

    Raises:
        QdaError: It is empty, has spaces around it, a line break or the sign `|`.
    """
    if not name or name != name.strip() or not name.isprintable() or "|" in name:
        raise QdaError(f"'{name}' cannot be a coder's name; use letters, digits and spaces between them")

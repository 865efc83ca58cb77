"""Who codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import Coder, id_of, plain_name
from qda.store.base import Names, Nouns, at_line

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
        return Names("coder", dict(self.database.rows("SELECT name, key FROM live_coder")))

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
        made = change.new_keys("coder", len(fresh))
        change.insert("coder", ((key, names[0]) for key, names in zip(made, fresh.values(), strict=True)))
        return keys | {name: key for key, names in zip(made, fresh.values(), strict=True) for name in names}


def check_name(name: str) -> None:
    """Refuse a coder's name that could not be written in a report.

    Raises:
        QdaError: It is empty, has spaces around it, a line break or the sign `|`.
    """
    if not name or name != name.strip() or not name.isprintable() or "|" in name:
        raise QdaError(f"'{name}' cannot be a coder's name; use letters, digits and spaces between them")

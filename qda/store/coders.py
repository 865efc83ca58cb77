"""Who codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import Coder, id_of
from qda.store.base import Nouns, at_line

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
        return key

    def find(self, name: str) -> int:
        """The key of a coder.

        Raises:
            QdaError: Nobody is called so.
        """
        key = self.key(name)
        if key is None:
            raise QdaError(f"there is no coder named '{name}'{self.near(name, 'SELECT name FROM live_coder')}")
        return key

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
        keys = {coder.name: coder.key for coder in self.all()}
        fresh: dict[str, int] = {}
        for name, line in named:
            if name not in keys and name not in fresh:
                try:
                    check_name(name)
                except QdaError as error:
                    raise QdaError(at_line(line, error)) from None
                fresh[name] = line
        made = change.new_keys("coder", len(fresh))
        change.insert("coder", zip(made, fresh, strict=True))
        return keys | dict(zip(fresh, made, strict=True))


def check_name(name: str) -> None:
    """Refuse a coder's name that could not be written in a report.

    Raises:
        QdaError: It is empty, has spaces around it, a line break or the sign `|`.
    """
    if not name or name != name.strip() or not name.isprintable() or "|" in name:
        raise QdaError(f"'{name}' cannot be a coder's name; use letters, digits and spaces between them")

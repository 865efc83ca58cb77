"""What the nouns of a study share: the study they belong to and how a name that is not there is refused."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

from qda.errors import QdaError, WrongLinesError
from qda.model.nouns import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.store.database import Database
    from qda.store.study import Study


class Nouns:
    """One kind of thing in a study, as an attribute of it."""

    def __init__(self, study: Study) -> None:
        self.study = study

    @property
    def database(self) -> Database:
        """The file in which the study lies."""
        return self.study.database

    def real_names(self, table: str) -> dict[str, int]:
        """The keys of a table's things by their real names, where the study is seen as if they had others; else none.

        For looking something up that somebody of the team names; they must not go out.
        """
        if self.study.outside.profile == "internal":
            return {}
        return dict(self.database.rows(f'SELECT name, key FROM main."{table}" WHERE died IS NULL'))


class Names:
    """The names of one kind of thing: found as they stand, else whatever their case and the writing of accents.

    A Mac writes the names of files with accents apart, and nobody types them so.
    """

    def __init__(self, what: str, keys: Mapping[str, int]) -> None:
        self._what = what
        self._keys: dict[str, int] = {}
        self._alike: dict[str, list[str]] = {}
        for name, key in keys.items():
            self.add(name, key)

    def add(self, name: str, key: int) -> None:
        """Take in the name of something new."""
        self._keys[name] = key
        self._alike.setdefault(plain_name(name), []).append(name)

    def forget(self, key: int) -> None:
        """Forget something that is gone."""
        for name in [one for one, known in self._keys.items() if known == key]:
            del self._keys[name]
            self._alike[plain_name(name)].remove(name)

    def find(self, name: str) -> int | None:
        """The key of the thing with a name, None where there is none.

        Raises:
            QdaError: Several have it, but for case or accents.
        """
        if name in self._keys:
            return self._keys[name]
        alike = self._alike.get(plain_name(name), [])
        if len(alike) > 1:
            raise QdaError(f"several {self._what}s are called '{name}': {_listed(alike)}; write the name as it stands")
        return self._keys[alike[0]] if alike else None

    def get(self, name: str, line: int = 0) -> int:
        """The key of the thing with a name; `line` is that of the file that names it.

        Raises:
            QdaError: There is none, or several have it; the sentence names the nearest.
        """
        try:
            key = self.find(name)
        except QdaError as error:
            raise at_line(line, error) from None
        if key is None:
            raise at_line(line, f"there is no {self._what} named '{name}'{self._near(name)}")
        return key

    def is_free(self, name: str) -> bool:
        """Whether nothing has a name that looks the same; capitals tell names apart."""
        return all(composed(name) != composed(other) for other in self._alike.get(plain_name(name), ()))

    def _near(self, name: str) -> str:
        """Words for somebody who mistyped: ` (did you mean …?)`, ` (there are none yet)` or nothing."""
        if not self._keys:
            return " (there are none yet)"
        close = difflib.get_close_matches(name, self._keys, n=1)
        return f" (did you mean '{close[0]}'?)" if close else ""


def composed(name: str) -> str:
    """A name with its accents written in one way."""
    return unicodedata.normalize("NFC", name)


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names[:5])


def at_line(line: int, problem: object) -> QdaError:
    """The error for a problem, with the line of the file that it stands in where it came from a file."""
    return WrongLinesError([(line, str(problem))]) if line else QdaError(str(problem))


def check_plain(name: str, what: str) -> None:
    """Refuse a name that could not be written in one line of a list.

    Raises:
        QdaError: It is empty, or has a line break or another sign that cannot be seen in it.
    """
    if not name or any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in name):
        raise QdaError(f"{name!r} cannot be the name of a {what}: it is empty, or has a line break in it")

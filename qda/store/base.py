"""What the nouns of a study share: the study they belong to and how a name that is not there is refused."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    def near(self, name: str, query: str, values: Sequence[Any] = ()) -> str:
        """Words for somebody who mistyped: ` (did you mean …?)`, ` (there are none yet)` or nothing."""
        names = [row[0] for row in self.database.rows(query, values)]
        if not names:
            return " (there are none yet)"
        close = difflib.get_close_matches(name, names, n=1)
        return f" (did you mean '{close[0]}'?)" if close else ""


def at_line(line: int, problem: object) -> str:
    """A problem with the line of the file that it stands in, where it came from a file."""
    return f"line {line}: {problem}" if line else str(problem)


def check_plain(name: str, what: str) -> None:
    """Refuse a name that could not be written in one line of a list.

    Raises:
        QdaError: It is empty, or has a line break or another sign that cannot be seen in it.
    """
    if not name or any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in name):
        raise QdaError(f"{name!r} cannot be the name of a {what}: it is empty, or has a line break in it")

"""Databases of other tools, read and never written: their tables by name, whatever version of the tool made them."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MAGIC = b"SQLite format 3\0"
_LARGEST_VALUE = 500_000_000
_DAMAGED = "the database is damaged and cannot be read; nothing was taken in"


def is_database(file: Path) -> bool:
    """Whether a file begins as a database of SQLite does."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


class Foreign:
    """The tables of a database of another tool; a column that a version lacks reads as None everywhere."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self._connection = connection
        self._columns: dict[str, dict[str, str]] = {}
        with _explained(file):
            # Views and virtual tables could do more than hold data.
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            ).fetchall()
            for (name,) in names:
                found = connection.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
                self._columns[name.casefold()] = {column[1].casefold(): column[1] for column in found}

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is a table with all of some columns."""
        found = self._columns.get(table.casefold())
        return found is not None and all(column.casefold() in found for column in columns)

    def rows(
        self, table: str, columns: Sequence[str], order: Sequence[str] = (), where: Mapping[str, object] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a table, none where there is no such table.

        Args:
            table: Its name.
            columns: Which columns; None stands for those that the table lacks.
            order: The columns by which to sort, as far as they are there; then as they were entered.
            where: Values that columns must have; a column that the table lacks does not narrow.

        Raises:
            BadFileError: The database is damaged.
        """
        known = self._columns.get(table.casefold())
        if known is None:
            return
        wanted = ", ".join(_quoted(known[c.casefold()]) if c.casefold() in known else "NULL" for c in columns) or "NULL"
        given = {column: value for column, value in (where or {}).items() if column.casefold() in known}
        narrowed = " AND ".join(f"{_quoted(known[column.casefold()])} = ?" for column in given)
        sorted_by = ", ".join(_quoted(known[column.casefold()]) for column in order if column.casefold() in known)
        query = f"SELECT {wanted} FROM {_quoted(table)}"
        query += f" WHERE {narrowed}" if narrowed else ""
        query += f" ORDER BY {sorted_by}" if sorted_by else ""
        with _explained(self.file):
            yield from self._connection.execute(query, tuple(given.values()))


@contextlib.contextmanager
def open_foreign(file: Path) -> Iterator[Foreign]:
    """Open a database of another tool for reading only; the file and its folder stay untouched.

    Where a log lies beside it, which holds what the tool wrote last, a copy is read.

    Raises:
        BadFileError: It is no database, damaged, or cannot be read.
    """
    with contextlib.ExitStack() as stack:
        logs = [log for log in map(file.with_name, (file.name + "-wal", file.name + "-journal")) if _holds(log)]
        place, options = file, "mode=ro&immutable=1"
        if logs:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qda-")))
            place, options = folder / file.name, "mode=rw"
            try:
                for one in (file, *logs):
                    shutil.copyfile(one, folder / one.name)
            except OSError as error:
                raise BadFileError(str(file), f"it cannot be read ({error.strerror})") from None
        with _explained(file):
            address = f"{place.resolve().as_uri()}?{options}"
            connection = stack.enter_context(contextlib.closing(sqlite3.connect(address, uri=True)))
            connection.text_factory = _text
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
            for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
                connection.execute(f"PRAGMA {pragma}")
        yield Foreign(file, connection)


def words_in(data: bytes) -> Iterator[str]:
    """All texts that lie in a database, one by one; in the file itself they lie in pieces and without gaps."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        connection.text_factory = _text
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f"SELECT * FROM {_quoted(table)}"):
                yield from (value for value in row if isinstance(value, str))


def words(value: object) -> str:
    """A value as text, empty for nothing."""
    if isinstance(value, bytes):
        return _text(value)
    return "" if value is None else str(value)


def whole(value: object) -> int | None:
    """A value as a whole number, None where it is none; some tools keep places as text or with a decimal point."""
    try:
        number = float(value) if isinstance(value, str | int | float) else None
        return int(number) if number is not None and number == int(number) else None
    except (ValueError, OverflowError):
        return None


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeError) as error:  # damaged names are no text
        raise BadFileError(str(file), _DAMAGED) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _holds(log: Path) -> bool:
    try:
        return log.stat().st_size > 0
    except OSError:
        return False

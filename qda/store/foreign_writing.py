"""Databases for other tools, written new in one go: their own tables, and rows that stream into them."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


class Sink(Protocol):
    """Where rows go: into a new database, or nowhere."""

    def add(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        """Take rows of a table."""


class Nowhere:
    """Takes what would be written and writes nothing: so one learns what would go."""

    def add(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:  # noqa: ARG002
        """Use up the rows."""
        deque(rows, maxlen=0)


class NewDatabase:
    """A database of another tool on its way; nothing of it counts before all of it is written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        """Add rows to a table, as they come.

        Args:
            table: Its name, as the tool has it.
            columns: The columns that are given, parted by commas; the others stay empty.
            rows: Values of these columns.

        Raises:
            OSError: The disk is full, or the file cannot be written.
        """
        marks = ", ".join("?" * (columns.count(",") + 1))
        with _explained():
            self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


@contextlib.contextmanager
def new_database(file: Path, statements: Iterable[str]) -> Iterator[NewDatabase]:
    """Make a database of another tool.

    Args:
        file: Where; nothing may be there.
        statements: What makes its empty tables.

    Raises:
        OSError: Something is there, the disk is full, or the file cannot be written.
    """
    file.open("xb").close()
    with _explained(), contextlib.closing(sqlite3.connect(file)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        for statement in statements:
            connection.execute(statement)
        connection.execute("BEGIN")
        yield NewDatabase(connection)
        connection.commit()


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error

"""One open study file: its version, its transactions and its queries."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING, Any

from qda.errors import StudyError
from qda.store import place, view
from qda.store.opening import connect, make_file, read_only, set_journal
from qda.store.schema import APPLICATION_ID, SCHEMA_VERSION, create_statements
from qda.store.sentences import HALF, explained, has_no_room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_SHORTEST = 512  # no page of SQLite is shorter


class Database:
    """An open study file, and who works in it.

    `notices` are sentences that the user should read, such as that the study lies on a network drive; `why` says, of
    a study that is open for reading only, why that is so.
    `new_uid` gives the identities of new things: random, unless a study must come out the same each time.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection, *, writable: bool) -> None:
        self.file = file
        self.connection = connection
        self.writable = writable
        self.why = "the file or its folder is read-only"
        self.notices: list[str] = []
        self.uids: dict[int, bytes] = {}
        self._data_version = 0
        self.new_uid: Callable[[], bytes] = lambda: os.urandom(16)

    @classmethod
    def create(cls, file: Path) -> Database:
        """Make an empty study file, readable by its owner only.

        A file without anything in it, such as is left where this was broken off, is taken over.

        Raises:
            StudyError: There is a study already, or the folder cannot be written.
        """
        fresh = make_file(file)
        try:
            with explained(file):
                database = cls._connect(file, writable=True)
                try:
                    made = database._fill()  # noqa: SLF001 - its own
                except BaseException:
                    database.close()
                    raise
        except BaseException as error:
            if fresh:
                for ending in ("", "-wal", "-shm", "-journal"):
                    file.with_name(file.name + ending).unlink(missing_ok=True)
            elif isinstance(error.__cause__, sqlite3.DatabaseError):
                raise StudyError(f"{file}: a file is here already that is no study; nothing was made") from None
            raise
        if not made:
            database.close()
            raise StudyError(f"{file}: a study is here already; nothing was made")
        return database

    def _fill(self) -> bool:
        """Make the tables of a study, unless there is anything in the file; of two processes one does."""
        if not self._is_empty():
            return False
        self.settle()
        with self.writing() as connection:
            empty = self._is_empty()
            for statement in create_statements() if empty else ():
                connection.execute(statement)
        view.make(self.connection)
        return empty

    def _is_empty(self) -> bool:
        """Whether there is nothing in the file; SQLite says so of a file of a few letters too."""
        if 0 < self.file.stat().st_size < _SHORTEST:
            return False
        return not self.one("SELECT count(*) FROM sqlite_master") and not self.one("PRAGMA application_id")

    @classmethod
    def open(cls, file: Path, *, write: bool = True) -> Database:
        """Open a study file of this version, or bring an older one up to it, which only `write` can do.

        Raises:
            StudyError: It is no study, it is damaged, or a newer version made it.
        """
        if not write:
            return cls._open_to_read(file)
        writable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
        try:
            return cls._open(file, writable=writable)
        except StudyError as error:
            if not (writable and has_no_room(error.__cause__)):
                raise
            with contextlib.suppress(StudyError):
                database = cls._open(file, writable=False)
                database.why = "the disk is full, or refuses to write"
                return database
            raise

    @classmethod
    def _open_to_read(cls, file: Path) -> Database:
        older = cls.look(file)
        version = older.check_version()
        older.close()
        if version < SCHEMA_VERSION:
            raise StudyError(f"{file}: an older qda made this study; any command, as 'qda sources', brings it up first")
        database = cls._open(file, writable=False)
        database.why = "it was opened only for reading"
        return database

    @classmethod
    def _open(cls, file: Path, *, writable: bool) -> Database:
        from qda.store.migrate import migrate

        with explained(file):
            database = cls._connect(file, writable=writable)
            try:
                version = database.check_version()
                database.settle()
                if version < SCHEMA_VERSION:
                    migrate(database, version)
                view.make(database.connection)
            except BaseException:
                database.close()
                raise
        return database

    @classmethod
    def look(cls, file: Path) -> Database:
        """Open a study file only for reading, and as it is: an older one is not brought up.

        Raises:
            StudyError: It is no study, it is damaged, or a newer version made it.
        """
        with explained(file):
            database = cls._connect(file, writable=False)
            try:
                database.check_version()
            except BaseException:
                database.close()
                raise
        return database

    @classmethod
    def _connect(cls, file: Path, *, writable: bool) -> Database:
        connection = connect(file, "mode=rw") if writable else read_only(file)
        return cls(file, connection, writable=writable)

    def settle(self) -> None:
        """Set how the file is written, once it is known to be a study; a file that is none stays untouched."""
        shared = place.shared_place(self.file)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.execute("PRAGMA temp_store = MEMORY")
        if self.writable:
            self.connection.execute("PRAGMA secure_delete = ON")
            self.connection.execute("PRAGMA synchronous = FULL")
            set_journal(self.connection, "delete" if shared else "wal")
        if shared:
            self.notices.append(
                f"this study lies on {shared}: let only one person work in it at a time, and keep backups"
            )

    def check_version(self) -> int:
        """The schema of the study.

        Raises:
            StudyError: The file is no study, or a newer version made it.
        """
        application = self.one("PRAGMA application_id")
        version = int(self.one("PRAGMA user_version"))
        if application != APPLICATION_ID and self._is_empty():
            raise StudyError(f"{self.file}: this is not a study of qda: it is empty; 'qda init' makes one of it")
        if application != APPLICATION_ID:
            raise StudyError(f"{self.file}: this is not a study of qda")
        if version > SCHEMA_VERSION:
            raise StudyError(
                f"{self.file}: a newer qda made this study (schema {version}, this one reads up to"
                f" {SCHEMA_VERSION}); install the newer version to open it"
            )
        return version

    def close(self) -> None:
        """Close the file; the last process to leave folds the write-ahead log into it."""
        self.connection.close()

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a query.

        Raises:
            StudyError: A text that is asked for holds half a character.
        """
        return self._query(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """The first column of the first row, None where there is no row."""
        row = self._query(sql, values).fetchone()
        return row[0] if row else None

    def _query(self, sql: str, values: Sequence[Any] | Mapping[str, Any]) -> sqlite3.Cursor:
        try:
            return self.connection.execute(sql, values)
        except UnicodeEncodeError:
            raise StudyError(HALF) from None

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """One moment of the study for several queries: what other processes write or restore meanwhile stays out."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            self._forget_if_changed()
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that waits its turn; whatever is raised inside leaves the study as it was.

        Raises:
            StudyError: The study cannot be written.
        """
        if not self.writable:
            raise StudyError(f"{self.file}: this study cannot be written here ({self.why})")
        with explained(self.file):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._forget_if_changed()
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                self.uids.clear()  # what was refused gave out keys that somebody else gets now
                with contextlib.suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def _forget_if_changed(self) -> None:
        """Forget what was remembered of a file that another process has changed, or restored."""
        version = self.one("PRAGMA data_version")
        if version != self._data_version:
            self._data_version = version
            self.uids.clear()

"""The file of a study on the disk: making it, and connections that write to it or only read it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from qda.errors import StudyError
from qda.store.schema import APPLICATION_ID
from qda.store.sentences import BUSY_SECONDS, has_no_room

_ID_AT = 68  # where the header of a database says which program it is of


def refuse_study(file: Path) -> None:
    """Refuse to make a study where one is, before anything is made or written.

    Raises:
        StudyError: There is a study, or a file that cannot be looked into.
    """
    try:
        with file.open("rb") as content:
            head = content.read(_ID_AT + 4)
    except PermissionError:
        with contextlib.suppress(OSError):
            if file.is_file():
                problem = "a file is here already, which you may not read; nothing was made"
                raise StudyError(f"{file}: {problem}") from None
    except OSError:
        return
    else:
        if head[_ID_AT:] == APPLICATION_ID.to_bytes(4, "big"):
            raise StudyError(f"{file}: a study is here already; nothing was made")


def make_file(file: Path) -> bool:
    """Make a file that only its owner can read; returns False where there is one.

    Raises:
        StudyError: It cannot be made, or something else than a file is there.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not file.is_file():
            raise StudyError(f"{file}: a study is here already; nothing was made") from None
        return False
    except OSError as error:
        raise StudyError(f"{file}: cannot be made here ({error.strerror}); choose another folder") from None
    return True


def connect(file: Path, options: str) -> sqlite3.Connection:
    """A connection to a file that is there, which waits while others write."""
    address = f"{file.resolve().as_uri()}?{options}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def read_only(file: Path) -> sqlite3.Connection:
    """A connection that cannot write.

    A study without its write-ahead log, in which nobody works, is opened so only as a file that never changes.
    Somebody may begin to work in it, so what is read is a copy of one moment.
    """
    while _rests(file):
        before = file.stat()
        copy = _copy(file)
        after = file.stat()
        if _rests(file) and (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino):
            return copy
        copy.close()
    connection = connect(file, "mode=ro")
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        connection.close()
        if not has_no_room(error):
            raise
        try:
            return _copy_with_log(file)
        except OSError:  # there is no such file, it may not be read, or there is no room for a copy either
            raise error from None
    return connection


def _copy_with_log(file: Path) -> sqlite3.Connection:
    """A copy of a study whose last process broke off, with what stands in its log, where its folder takes no file."""
    if os.access(file, os.W_OK) and os.access(file.parent, os.W_OK):
        return _copy(file, "mode=rw")
    with tempfile.TemporaryDirectory(prefix="qda-") as folder:
        for ending in ("", "-wal"):
            shutil.copyfile(file.with_name(file.name + ending), Path(folder, file.name + ending))
        return _copy(Path(folder, file.name), "mode=rw")


def _copy(file: Path, options: str = "mode=ro&immutable=1") -> sqlite3.Connection:
    """A copy that SQLite keeps in a file of its own once it is large; where there is no room for that, in memory."""
    try:
        return _copied(file, options, "")
    except sqlite3.OperationalError:
        return _copied(file, options, ":memory:")


def _copied(file: Path, options: str, place: str) -> sqlite3.Connection:
    copy = sqlite3.connect(place, isolation_level=None)
    try:
        with contextlib.closing(connect(file, options)) as source:
            source.execute("PRAGMA locking_mode = EXCLUSIVE")  # then nothing is needed beside the file
            source.backup(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _rests(file: Path) -> bool:
    """Whether a file is written by a write-ahead log, and that is not there or has nothing in it."""
    try:
        with file.open("rb") as content:
            by_log = content.read(20)[18:19] == b"\x02"
    except OSError:
        return False
    log = file.with_name(f"{file.name}-wal")
    return by_log and not (log.exists() and log.stat().st_size)


def set_journal(connection: sqlite3.Connection, wanted: str) -> None:
    """Change the journal only where needed: asking takes no lock, changing does."""
    current = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if current != wanted:
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA journal_mode = {wanted}")

"""Consistent copies of a study while others work, and bringing one back."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from qda.errors import StudyError
from qda.store.database import Database, explained
from qda.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from pathlib import Path


def write_backup(database: Database, target: Path) -> None:
    """Copy the study, as it is at one moment, into a new file that only its owner can read.

    Raises:
        StudyError: The file exists already or cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise StudyError(f"{target}: exists already; name another file for the backup") from None
    except OSError as error:
        raise StudyError(f"{target}: cannot be written ({error.strerror})") from None
    try:
        with explained(target):
            copy = sqlite3.connect(target)
            try:
                database.connection.backup(copy)
                copy.execute("PRAGMA journal_mode = delete")
            finally:
                copy.close()
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def restore_backup(database: Database, backup: Path) -> None:
    """Put a backup in the place of the study, in one step that other processes see whole.

    Raises:
        StudyError: The backup is no study of this version or older, or is damaged.
    """
    from qda.store.migrate import migrate

    if not backup.is_file():
        raise StudyError(f"{backup}: there is no such file")
    if not database.writable:
        raise StudyError(f"{database.file}: this study cannot be written here")
    source = Database.look(backup)
    try:
        with explained(backup):
            found = source.one("PRAGMA integrity_check")
            version = source.check_version()
        if found != "ok":
            raise StudyError(f"{backup}: the backup is damaged ({found})")
        with explained(database.file):
            source.connection.backup(database.connection)
    finally:
        source.close()
    database.uids.clear()
    if version < SCHEMA_VERSION:
        migrate(database, version)

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


def check_backup(backup: Path) -> int:
    """Prove that a backup can be restored; returns its schema.

    Raises:
        StudyError: It is no study of this version or older, or is damaged.
    """
    if not backup.is_file():
        raise StudyError(f"{backup}: there is no such file")
    source = Database.look(backup)
    try:
        with explained(backup):
            found = source.one("PRAGMA integrity_check")
            version = source.check_version()
    finally:
        source.close()
    if found != "ok":
        raise StudyError(f"{backup}: the backup is damaged; choose another one")
    return version


def restore_backup(file: Path, backup: Path, kept: Path) -> None:
    """Put a backup in the place of a study, in one step that other processes see whole.

    What was there is kept: as a backup, or, where it is too damaged for that, moved aside as it is.

    Raises:
        StudyError: The backup cannot be restored, or the study cannot be written; nothing has changed.
    """
    from qda.store.migrate import migrate

    if file.exists() and backup.exists() and file.samefile(backup):
        raise StudyError(f"{backup}: this is the study itself; name a backup")
    version = check_backup(backup)
    _keep(file, kept)
    target = Database.open(file) if file.exists() else Database.create(file)
    source = Database.look(backup)
    try:
        with explained(file):
            source.connection.backup(target.connection)
        if version < SCHEMA_VERSION:
            migrate(target, version)
    finally:
        source.close()
        target.close()


def _keep(file: Path, kept: Path) -> None:
    """Keep what is in the place of the study."""
    try:
        study = Database.open(file)
        try:
            if not study.writable:
                raise StudyError(f"{file}: this study cannot be written here (the file or its folder is read-only)")
            if study.one("PRAGMA integrity_check") == "ok":
                write_backup(study, kept)
                return
        finally:
            study.close()
    except StudyError:
        if not os.access(file.parent, os.W_OK):
            raise
    except sqlite3.DatabaseError:
        pass
    kept.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", "-wal", "-shm"):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))

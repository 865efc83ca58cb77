"""Consistent copies of a study while others work, and bringing one back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from qda.errors import StudyError
from qda.store.database import Database
from qda.store.schema import SCHEMA_VERSION
from qda.store.sentences import explained

if TYPE_CHECKING:
    from pathlib import Path


def write_backup(database: Database, target: Path) -> None:
    """Copy the study, as it is at one moment, into a new file that only its owner can read.

    Raises:
        StudyError: The file exists already or cannot be written.
    """
    _make_folder(target)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        problem = "this is a folder; name a file in it" if target.is_dir() else "exists already; name another file"
        raise StudyError(f"{target}: {problem} for the backup") from None
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


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise StudyError(f"{target}: {target.parent} is no folder; name a file in a folder") from None
    except OSError as error:
        raise StudyError(f"{target}: cannot be written ({error.strerror})") from None


def check_backup(backup: Path) -> int:
    """Prove that a backup can be restored; returns its schema.

    Raises:
        StudyError: It is no study of this version or older, or is damaged.
    """
    if backup.is_dir():
        raise StudyError(f"{backup}: this is a folder; name the backup in it")
    if not backup.is_file():
        raise StudyError(f"{backup}: there is no such file")
    try:
        source = Database.look(backup)
        try:
            with explained(backup):
                found = source.one("PRAGMA integrity_check")
                version = source.check_version()
        finally:
            source.close()
    except StudyError as error:
        if type(error.__cause__) is sqlite3.DatabaseError:  # it says to restore a backup
            raise StudyError(f"{backup}: this is not a study of qda, or the backup is damaged; name another") from None
        raise
    if found != "ok":
        raise StudyError(f"{backup}: the backup is damaged; name another")
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
    if not file.exists():
        return
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        raise StudyError(f"{file}: this study cannot be written here (the file or its folder is read-only)")
    study = _sound(file)
    if study is not None:
        with contextlib.closing(study):
            write_backup(study, kept)
        return
    if kept.exists():
        raise StudyError(f"{kept}: exists already; the damaged study is not moved over it; nothing was changed")
    _make_folder(kept)
    for ending in ("", "-wal", "-shm"):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))


def _sound(file: Path) -> Database | None:
    """The study in a file, None where it is too damaged to be copied (or no study at all).

    Raises:
        StudyError: It cannot be read just now, which says nothing about it.
    """
    study = None
    try:
        study = Database.open(file)
        with explained(file):
            if study.one("PRAGMA integrity_check") == "ok":
                return study
    except StudyError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):  # locked, no room; damage is no such error
            raise
    if study is not None:
        study.close()
    return None

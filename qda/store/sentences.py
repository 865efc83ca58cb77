"""What SQLite refuses, as one sentence for the user."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from qda.errors import QdaError, StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 120.0

HALF = "a text holds half a character (a lone surrogate); write it anew; nothing was changed"
_SENTENCES = {
    "not a database": "this is not a study of qda, or the file is damaged; restore a backup with 'qda restore'",
    "malformed": "the file is damaged; restore a backup with 'qda restore'",
    "disk is full": "the disk is full; nothing was changed; make room and try again",
    "disk I/O error": "the disk refused to read or write (is it full?); nothing was changed",
    "readonly": "this study cannot be written here (the file or its folder is read-only)",
    "unable to open": "the study cannot be opened (does the folder exist, and may you read it?)",
    "locked": f"another program has been writing for more than {BUSY_SECONDS:.0f} seconds; try again",
    "interrupted": "stopped; nothing was changed",
}
_NO_ROOM = ("disk is full", "disk I/O error", "unable to open")


@contextlib.contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence for the user."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, file) from error
    except UnicodeEncodeError:
        raise StudyError(HALF) from None


def explain(error: sqlite3.Error, file: Path | str) -> QdaError:
    """The sentence for an error of SQLite."""
    words = str(error)
    for part, sentence in _SENTENCES.items():
        if part in words:
            return StudyError(f"{file}: {sentence}")
    return StudyError(f"{file}: the study could not be read or written ({words}); run 'qda check'")


def has_no_room(error: BaseException | None) -> bool:
    """Whether a study could not be opened because nothing can be written beside it."""
    return isinstance(error, sqlite3.OperationalError) and any(part in str(error) for part in _NO_ROOM)

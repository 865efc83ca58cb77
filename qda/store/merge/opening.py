"""Opening the file that is to be merged, and finding what both studies started from."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError, StudyError
from qda.store.backup import write_backup
from qda.store.database import Database
from qda.store.merge.snapshot import MERGED
from qda.store.sentences import explained

if TYPE_CHECKING:
    from collections.abc import Iterator


class Base(NamedTuple):
    """What both started from: a state of one of the two files, as it stood after a change."""

    database: Database
    number: int


@contextlib.contextmanager
def opened(file: Path, study: Path) -> Iterator[Database]:
    """A copy of the file in a folder of its own, brought up to this version; the file itself is never written.

    Raises:
        StudyError: There is no such file, it is no study or damaged, or it is the study itself.
    """
    if file.is_dir():
        raise StudyError(f"{file}: this is a folder; name the study's file in it")
    if not file.is_file():
        raise StudyError(f"{file}: there is no such file")
    if file.samefile(study):
        raise StudyError(f"{file}: this is the study itself; name a copy of it, or a hand-out")
    with tempfile.TemporaryDirectory(prefix="qda-merge-") as folder:
        place = Path(folder) / "copy.db"
        looked = Database.look(file)
        try:
            with explained(file):
                if looked.one("PRAGMA integrity_check") != "ok":
                    raise StudyError(f"{file}: the file is damaged; nothing was merged")
                write_backup(looked, place)
        finally:
            looked.close()
        copy = Database.open(place)
        try:
            yield copy
        finally:
            copy.close()


def find_base(study: Database, copy: Database) -> Base:
    """The latest moment that is known to both.

    That is a change of the copy that the study has too, or has merged; or, where the copy has merged the study since,
    what the study was then.
    """
    known = {uid for (uid,) in study.rows("SELECT uid FROM change")} | taken(study)
    number = max((n for n, uid in copy.rows("SELECT number, uid FROM change") if uid in known), default=0)
    numbers = dict(study.rows("SELECT uid, number FROM change"))
    back = [
        (born, numbers[uid])
        for born, value in copy.rows("SELECT born, value FROM main.setting WHERE name = ?", (MERGED,))
        for uid in map(bytes.fromhex, value.split())
        if uid in numbers and born > number
    ]
    return Base(study, max(mine for _, mine in back)) if back else Base(copy, number)


def split(study: Database, copy: Database) -> int:
    """The last change of the copy that the study itself has."""
    known = {uid for (uid,) in study.rows("SELECT uid FROM change")}
    return max((n for n, uid in copy.rows("SELECT number, uid FROM change") if uid in known), default=0)


def taken(database: Database) -> set[bytes]:
    """The last change of each copy that was merged."""
    value = database.one("SELECT value FROM main.setting WHERE died IS NULL AND name = ?", (MERGED,))
    return set(map(bytes.fromhex, (value or "").split()))


def refuse_stranger(study: Database, copy: Database, file: Path) -> None:
    """Refuse a file that has no source and no code in common with the study.

    Raises:
        QdaError: It has none.
    """
    kinds = "SELECT uid FROM entity WHERE kind IN ('source', 'code')"
    ours = set(study.rows(kinds))
    if not ours.isdisjoint(copy.rows(kinds)) or split(study, copy):
        return
    raise QdaError(
        f"{file}: this is no copy of the study: they have no source and no code in common; --anyway takes in what is"
        " in it all the same"
    )

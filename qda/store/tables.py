"""Every table of the study as CSV, for spreadsheets and statistics; what the current coder may not see stays out."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from qda.errors import StudyError
from qda.model.confidential import INTERNAL
from qda.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.store.study import Study

_OWN = ("setting", "sensitive", "pseudonym", "leak", "translation")
"""What is nobody's but the team's: settings, what is confidential and why, and who translated."""


def write_tables(study: Study, folder: Path) -> list[Path]:
    """Write one CSV file for each table that has rows; keys join the tables.

    Raises:
        StudyError: The folder cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in _tables(study):
            file = folder / f"{name}.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                columns = [column for column in rows[0] if column not in ("row", "born")]
                writer.writerow(columns)
                writer.writerows([_plain(row[column]) for column in columns] for row in rows)
            written.append(file)
    except OSError as error:
        raise StudyError(f"{folder}: cannot be written ({error.strerror})") from None
    return written


def _tables(study: Study) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every table that has rows; seen from outside, only what may go out."""
    from sqlite_utils import Database

    tables = Database(study.database.connection)
    left_out = () if study.outside.profile == INTERNAL else _OWN
    cited = {one.key: {"words": one.words, "wording": one.wording} for one in study.claims.citations()}
    for name in TABLES:
        rows = [] if name in left_out else list(tables.query(f"SELECT * FROM live_{name} ORDER BY row"))
        if name == "citation":
            rows = [row | cited[row["key"]] for row in rows]
        if rows:
            yield name, rows


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value

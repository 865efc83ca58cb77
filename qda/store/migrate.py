"""Bringing an older study up to this version: numbered steps, one transaction, on a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import StudyError
from qda.store.schema import SCHEMA_VERSION, table_statements

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from qda.store.database import Database


def _rounds(connection: sqlite3.Connection) -> None:
    """Rounds with their assignments and submissions; codes that are proposed in them."""
    connection.execute("ALTER TABLE code ADD COLUMN proposer INTEGER REFERENCES entity (key)")
    connection.execute("DROP INDEX code_unique_0")
    connection.execute(
        "CREATE UNIQUE INDEX code_unique_0 ON code (coalesce(parent, 0), name, coalesce(proposer, 0))"
        " WHERE died IS NULL"
    )
    _make(connection, ("round", "assignment", "submission"))


# The tables that came with schema 3.
_THIRD: tuple[str, ...] = (
    *("decision", "decided", "outcome", "reread", "summary", "judgement", "claim", "claim_code", "citation", "query"),
)


def _findings(connection: sqlite3.Connection) -> None:
    """Decisions on disagreements, and what is written from codings."""
    _make(connection, _THIRD)


# The tables that came with schema 4.
_FOURTH: tuple[str, ...] = (
    *("fact", "dataset", "recoding", "rule", "translation", "frame", "frame_unit", "sensitive", "pseudonym", "leak"),
)


def _publishing(connection: sqlite3.Connection) -> None:
    """What belongs to publishing and to other material: see the tables."""
    _make(connection, _FOURTH)


def _make(connection: sqlite3.Connection, names: tuple[str, ...]) -> None:
    for name in names:
        for statement in table_statements(name):
            connection.execute(statement)


# The step at key N brings a study from schema N to schema N + 1.
STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _rounds, 2: _findings, 3: _publishing}


def migrate(
    database: Database,
    version: int,
    steps: dict[int, Callable[[sqlite3.Connection], None]] = STEPS,
    target: int = SCHEMA_VERSION,
) -> None:
    """Take the steps from `version` to the target in one transaction, after a backup beside the study.

    Raises:
        StudyError: A step is missing, or the study cannot be written.
    """
    from qda.store.backup import write_backup

    missing = [number for number in range(version, target) if number not in steps]
    if missing:
        raise StudyError(f"{database.file}: this study is of an unknown older version (schema {version})")
    kept = database.file.with_name(f"{database.file.stem}-schema-{version}.db")
    number = 2
    while kept.exists():
        kept = database.file.with_name(f"{database.file.stem}-schema-{version}-{number}.db")
        number += 1
    write_backup(database, kept)
    with database.writing() as connection:
        current = int(database.one("PRAGMA user_version"))
        for number in range(current, target):
            steps[number](connection)
        connection.execute(f"PRAGMA user_version = {target}")
    database.notices.append(f"the study was brought to schema {target}; the old file is kept as {kept.name}")

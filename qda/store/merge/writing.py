"""Writing what a merge decided, inside its change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.store.merge.snapshot import IDENTITY, REFERENCES
from qda.store.schema import TABLES
from qda.store.view import BLIND

if TYPE_CHECKING:
    from qda.store.change import Change
    from qda.store.database import Database
    from qda.store.merge.sides import Sides
    from qda.store.merge.snapshot import Ident, Row
    from qda.store.study import Study


def write(study: Study, copy: Database, change: Change, sides: Sides) -> None:
    """Close the rows that go or change, and open those that come."""
    before_tree = study.codebook.tree()
    keys = _keys(study, change, sides)
    _write_texts(study, copy, sides)
    for table in TABLES:
        before, final = sides.before[table], sides.final[table]
        opened: list[Ident] = [here for here, row in final.items() if before.get(here) != row]
        closed: list[Ident] = [here for here, row in before.items() if final.get(here) != row]
        for here in closed:
            _close(change, table, keys, here)
        fresh = _versioned(study, change, sides, table, [final[here] for here in opened], opened)
        change.insert(table, [values for row in fresh for values in _values(table, row, keys)])
        if table == "code" and (opened or closed):
            if not study.database.one(BLIND):
                study.rounds.publish(change)
            study.codebook.let_names_go_before(change, before_tree)


def _keys(study: Study, change: Change, sides: Sides) -> dict[bytes | None, int | None]:
    """The study's keys of all things that are there or come in."""
    keys: dict[bytes | None, int | None] = {
        None: None,
        **dict(study.database.rows("SELECT uid, key FROM entity")),
    }
    for table, columns in REFERENCES.items():
        if "key" in columns:
            uids = [here[0] for here in sides.final[table] if here[0] not in keys]
            keys.update(zip(uids, change.new_keys(table, len(uids), uids), strict=True))
    return keys


def _close(change: Change, table: str, keys: dict[bytes | None, int | None], here: Ident) -> None:
    columns = IDENTITY[table]
    values = [keys[value] if c in REFERENCES[table] else value for c, value in zip(columns, here, strict=True)]
    change.close(table, " AND ".join(f"{column} IS ?" for column in columns), values)


def _values(table: str, row: Row, keys: dict[bytes | None, int | None]) -> list[list[Any]]:
    """A row as the table has it; the values of an attribute are a row each."""
    listed = row["value"] if table == "value" else (None,)
    made = []
    for value in listed:
        single = {**row, "value": value} if table == "value" else row
        made.append([keys[single[c]] if c in REFERENCES[table] else single[c] for c in TABLES[table].names])
    return made


def _versioned(
    study: Study, change: Change, sides: Sides, table: str, rows: list[Row], idents: list[Ident]
) -> list[Row]:
    """Rows whose version of the codebook the study does not have name its newest instead."""
    if table not in ("progress", "reread", "round"):
        return rows
    newest = study.codebook.version() + change.makes_version()
    return [
        {**row, "version": newest} if (table, here) in sides.taken and row["version"] > sides.version else row
        for row, here in zip(rows, idents, strict=True)
    ]


def _write_texts(study: Study, copy: Database, sides: Sides) -> None:
    """Texts and originals of what comes in; the fold is made anew."""
    fresh = [row for here, row in sides.final["revision"].items() if here not in sides.before["revision"]]
    others = [row for here, row in sides.final["source"].items() if here not in sides.before["source"]]
    for row in fresh:
        body = str(copy.one("SELECT body FROM text WHERE sha256 = ?", (row["text"],)))
        study.sources.keep(_original(copy, row["original"]), body)
    others += [row for here, row in sides.final["dataset"].items() if here not in sides.before["dataset"]]
    for row in others:
        if not study.database.one("SELECT 1 FROM original WHERE sha256 = ?", (row["original"],)):
            kept = _original(copy, row["original"])
            study.database.connection.execute("INSERT INTO original VALUES (?, ?)", (row["original"], kept))


def _original(copy: Database, sha: bytes) -> bytes:
    kept = copy.one("SELECT bytes FROM original WHERE sha256 = ?", (sha,))
    if kept is None:
        return str(copy.one("SELECT body FROM text WHERE sha256 = ?", (sha,))).encode()
    return bytes(kept)

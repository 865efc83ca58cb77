"""What a study holds at a moment, by uids, so that two files can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.store.schema import TABLES, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.store.database import Database

Row = dict[str, Any]
Ident = tuple[Any, ...]
Rows = dict[str, dict[Ident, Row]]
"""By table and identity; references are uids. All values of one attribute of one thing are one row."""

IDENTITY = {name: table.identity for name, table in TABLES.items()} | {"value": ("target", "attribute")}
REFERENCES = {name: tuple(c.name for c in table.columns if c.type == "ref") for name, table in TABLES.items()}
MERGED = "merged"
"""The setting that names the last change of each copy that was merged."""


def snapshot(database: Database, number: int | None = None) -> Rows:
    """The rows that live, or that stood after a change; whatever the current coder may see."""
    uids = dict(database.rows("SELECT key, uid FROM entity"))
    found: Rows = {}
    where = "died IS NULL" if number is None else "born <= :number AND (died IS NULL OR died > :number)"
    for name, table in TABLES.items():
        columns, references = table.names, REFERENCES[name]
        query = f"SELECT {', '.join(columns)} FROM main.{quoted(name)} WHERE {where} ORDER BY row"
        rows: dict[Ident, Row] = {}
        for values in database.rows(query, {"number": number}):
            row = dict(zip(columns, values, strict=True))
            for column in references:
                row[column] = uids.get(row[column])
            _put(rows, name, row)
        found[name] = rows
    found["setting"].pop((MERGED,), None)
    return found


def _put(rows: dict[Ident, Row], table: str, row: Row) -> None:
    here = ident(table, row)
    if table == "value":
        values = (*rows.get(here, {"value": ()})["value"], row["value"])
        row = {**row, "value": tuple(sorted(values))}
    rows[here] = row


def ident(table: str, row: Row) -> Ident:
    """What a row is known by."""
    return tuple([row[column] for column in IDENTITY[table]])


def rename(rows: Rows, names: Mapping[bytes, bytes]) -> None:
    """Let things have other uids; where two become one, the row that had the uid before stays."""
    if not names:
        return
    for table, found in rows.items():
        kept: dict[Ident, Row] = {}
        moved: list[Row] = []
        for here, row in found.items():
            if any(row[column] in names for column in REFERENCES[table]):
                moved.append({c: names.get(v, v) if c in REFERENCES[table] else v for c, v in row.items()})
            else:
                kept[here] = row
        for row in moved:
            kept.setdefault(ident(table, row), row)
        rows[table] = kept


def same(one: Row | None, other: Row | None, version: int) -> bool:
    """Whether two rows say the same, whenever they were written; later versions of the codebook are not compared."""
    if one is None or other is None:
        return one is other
    return one == other or _plain(one, version) == _plain(other, version)


def _plain(row: Row, version: int) -> Row:
    plain = {column: value for column, value in row.items() if column != "at"}
    if "version" in plain:
        plain["version"] = min(plain["version"], version + 1)
    return plain

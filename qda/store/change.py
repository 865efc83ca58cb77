"""One action in the making: every row that it opens or closes, and its line in the change log."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError
from qda.store import digest
from qda.store.schema import TABLES, Table, quoted
from qda.store.view import BLIND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qda.store.database import Database

_CHUNK = 500

FROZEN = (
    "the codebook is frozen until the blind round is revealed; a new code can be made, which is your own proposal"
    " until then"
)


class Change:
    """An action inside a write transaction.

    Rows of versioned tables are opened with `insert`, closed with `close` and changed with `edit`; nothing
    is overwritten. The state hash follows each of them.
    """

    def __init__(self, database: Database, number: int) -> None:
        self.database = database
        self.number = number
        self.touched: set[str] = set()
        self._deltas: dict[str, int] = {}

    def new_keys(self, kind: str, count: int, uids: Sequence[bytes | None] | None = None) -> list[int]:
        """Keys for entities of a kind; an entity that was here before (by its uid) keeps its key."""
        connection = self.database.connection
        first = (self.database.one("SELECT max(key) FROM entity") or 0) + 1
        made = [uid or self.database.new_uid() for uid in (uids or [None] * count)]
        known = self._known([uid for uid in (uids or ()) if uid])
        keys = [known.get(uid, first + number) for number, uid in enumerate(made)]
        fresh = [(key, kind, uid) for key, uid in zip(keys, made, strict=True) if uid not in known]
        connection.executemany("INSERT INTO entity (key, kind, uid) VALUES (?, ?, ?)", fresh)
        self.database.uids.update(zip(keys, made, strict=True))
        return keys

    def new_key(self, kind: str, uid: bytes | None = None) -> int:
        """The key of one new entity."""
        return self.new_keys(kind, 1, [uid])[0]

    def _known(self, uids: list[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for part in _chunks(uids):
            marks = ",".join("?" * len(part))
            found.update(self.database.rows(f"SELECT uid, key FROM entity WHERE uid IN ({marks})", part))
        return found

    def insert(self, table_name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Open rows, given as values in the order of the table's columns."""
        table = TABLES[table_name]
        rows = list(rows)
        if not rows:
            return
        columns = ", ".join((*table.names, "born"))
        marks = ", ".join("?" * (len(table.names) + 1))
        self.database.connection.executemany(
            f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})",
            ((*row, self.number) for row in rows),
        )
        self._count(table, rows, +1)

    def close(self, table_name: str, where: str, values: Sequence[Any] = ()) -> int:
        """Close the live rows that match a condition; returns how many."""
        table = TABLES[table_name]
        name = quoted(table.name)
        found = self.database.rows(
            f"SELECT row, born, {', '.join(table.names)} FROM {name} WHERE died IS NULL AND ({where})", values
        )
        own = [(row[0],) for row in found if row[1] == self.number]
        others = [(self.number, row[0]) for row in found if row[1] != self.number]
        self.database.connection.executemany(f"DELETE FROM {name} WHERE row = ?", own)
        self.database.connection.executemany(f"UPDATE {name} SET died = ? WHERE row = ?", others)
        self._count(table, [row[2:] for row in found], -1)
        return len(found)

    def edit(self, table_name: str, where: str, values: Sequence[Any], **changes: Any) -> int:
        """Close the live rows that match and open them with changed columns; returns how many changed."""
        table = TABLES[table_name]
        names = table.names
        found = self.database.rows(
            f"SELECT row, {', '.join(names)} FROM {quoted(table.name)} WHERE died IS NULL AND ({where})",
            values,
        )
        changed = []
        for row, *old in found:
            new = [changes.get(name, value) for name, value in zip(names, old, strict=True)]
            if new != old:
                changed.append((row, new))
        for part in _chunks(changed):
            marks = ",".join("?" * len(part))
            self.close(table_name, f"row IN ({marks})", [row for row, _ in part])
        self.insert(table_name, [new for _, new in changed])
        return len(changed)

    def put(self, table_name: str, row: Sequence[Any]) -> bool:
        """Let a row stand in the place of the live one of the same identity; returns whether that differed."""
        table = TABLES[table_name]
        same = " AND ".join(f"{name} IS ?" for name in table.identity)
        values = [row[table.names.index(name)] for name in table.identity]
        names = ", ".join(table.names)
        found = self.database.rows(f"SELECT {names} FROM live_{table.name} WHERE {same}", values)
        if found and list(found[0]) == list(row):
            return False
        self.close(table_name, same, values)
        self.insert(table_name, [row])
        return True

    def repoint(self, table_name: str, column: str, old: int, new: int) -> None:
        """Let rows that refer to one entity refer to another; one that would stand twice is closed."""
        table = TABLES[table_name]
        at = table.names.index(column)
        identity = [table.names.index(name) for name in table.identity]
        names = ", ".join(table.names)
        found = self.database.rows(f"SELECT {names} FROM live_{table.name} WHERE {column} = ?", (old,))
        same = " AND ".join(f"{name} IS ?" for name in table.identity)
        moved = []
        for row in found:
            changed = [*row[:at], new, *row[at + 1 :]]
            twin = self.database.one(f"SELECT 1 FROM live_{table.name} WHERE {same}", [changed[i] for i in identity])
            if not twin or column not in table.identity:
                moved.append(changed)
        self.close(table_name, f"{column} = ?", (old,))
        self.insert(table_name, moved)

    def _count(self, table: Table, rows: Sequence[Sequence[Any]], sign: int) -> None:
        """Follow the state hash: references stand in it as uids."""
        if not rows:
            return
        self.touched.add(table.name)
        total = digest.rows_sum(table.name, self.contents(table, rows))
        self._deltas[table.name] = self._deltas.get(table.name, 0) + sign * total

    def contents(self, table: Table, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[digest.Value, ...]]:
        """Rows as they stand in the state hash."""
        return contents(self.database, table, rows)

    def finish(self) -> None:
        """Write the state and, where the codebook changed, its new version."""
        connection = self.database.connection
        for name, delta in self._deltas.items():
            before = self.database.one("SELECT sum FROM state WHERE name = ?", (name,))
            connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, digest.add(before, delta)))
        if self.makes_version():
            if self.database.one(f"SELECT 1 FROM ({BLIND})"):
                raise QdaError(FROZEN)
            connection.execute(
                "INSERT INTO codebook_version SELECT coalesce(max(number), 0) + 1, ? FROM codebook_version",
                (self.number,),
            )

    def makes_version(self) -> bool:
        """Whether codes changed that are no private proposals of somebody in a blind round."""
        if "code" not in self.touched:
            return False
        touched = "SELECT 1 FROM main.code WHERE (born = ? OR died = ?) AND proposer IS NULL"
        return bool(self.database.one(touched, (self.number, self.number)))

    def summarise(self, summary: str) -> None:
        """Say in the log what the action did, once that is known."""
        self.database.connection.execute("UPDATE change SET summary = ? WHERE number = ?", (summary, self.number))


def contents(database: Database, table: Table, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[digest.Value, ...]]:
    """Rows of a table as they stand in the state hash: entities by uid, without columns outside the state."""
    columns = list(zip(table.columns, zip(*rows, strict=True), strict=bool(rows)))
    _load_uids(database, {key for column, keys in columns if column.type == "ref" for key in keys})
    uid_of = database.uids.get
    hashed = [map(uid_of, values) if column.type == "ref" else values for column, values in columns if column.hashed]
    return zip(*hashed, strict=True)


def _load_uids(database: Database, keys: set[Any]) -> None:
    missing = [key for key in keys if key is not None and key not in database.uids]
    for part in _chunks(missing):
        marks = ",".join("?" * len(part))
        database.uids.update(database.rows(f"SELECT key, uid FROM entity WHERE key IN ({marks})", part))


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def begin(database: Database, coder: int | None, kind: str, summary: str) -> Change:
    """Write the line of a new action into the log, inside a transaction."""
    number = (database.one("SELECT max(number) FROM change") or 0) + 1
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    database.connection.execute(
        "INSERT INTO change (number, uid, coder, at, kind, summary) VALUES (?, ?, ?, ?, ?, ?)",
        (number, database.new_uid(), coder, at, kind, summary),
    )
    return Change(database, number)


class _Nothing(Exception):  # noqa: N818 - no error: an action that changed nothing
    """Takes the line of an action back that touched nothing."""


@contextlib.contextmanager
def action(database: Database, coder: Callable[[], int | None], kind: str, summary: str) -> Iterator[Change]:
    """One action: a transaction with its line in the log; one that touches nothing leaves no trace.

    `coder` gives the key of who acts; it is called inside the transaction, so that somebody who is new comes in
    together with his first action or not at all.
    """
    with contextlib.suppress(_Nothing), database.writing():
        change = begin(database, coder(), kind, summary)
        yield change
        if not change.touched:
            raise _Nothing
        change.finish()

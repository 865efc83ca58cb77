"""Undo and redo from the change log: what an action closed opens again, what it opened closes.

Both are changes themselves. They are refused when a later action that still stands has touched the same
rows, builds on what would go, or has taken away what would be needed.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from qda.errors import ConflictError
from qda.store.schema import TABLES, Table, quoted

if TYPE_CHECKING:
    from qda.store.change import Change
    from qda.store.database import Database

# An undo or redo is no action of its own.
_ACTION = "kind NOT IN ('undo', 'redo')"
_REFERRERS = [(table, column) for table in TABLES.values() for column in table.references]


def last_done(database: Database, coder: int) -> int | None:
    """The coder's own last action that stands."""
    number: int | None = database.one(
        f"SELECT max(number) FROM change WHERE coder = ? AND {_ACTION} AND undone = 0", (coder,)
    )
    return number


def last_undone(database: Database, coder: int) -> int | None:
    """The coder's action to redo: the one undone last, unless a new action has been taken since."""
    number: int | None = database.one(
        f"""
        SELECT undoes FROM change u
        WHERE u.coder = :me AND u.undoes IS NOT NULL AND u.kind = 'undo'
          AND u.number = (SELECT max(number) FROM change WHERE undoes = u.undoes)
          AND u.number > coalesce((SELECT max(number) FROM change WHERE coder = :me AND {_ACTION}), 0)
        ORDER BY u.number DESC LIMIT 1
        """,
        {"me": coder},
    )
    return number


def reverse(change: Change, target: int, *, redo: bool) -> None:
    """Take an action back, or take it again, inside the transaction of `change`.

    Raises:
        ConflictError: A later action stands in the way; the sentence names it.
    """
    database = change.database
    for table in TABLES.values():
        _refuse_later(database, table, target, redo=redo)
    for table in TABLES.values():
        _swap(change, table, target, redo=redo)
    for table, column in _REFERRERS:
        _refuse_dangling(database, table, column, change.number)
    database.connection.execute("UPDATE change SET undone = ? WHERE number = ?", (0 if redo else 1, target))


def _refuse_later(database: Database, table: Table, target: int, *, redo: bool) -> None:
    """Refuse when an action after the target that still stands touched one of the target's rows."""
    if not database.one(f"SELECT 1 FROM change WHERE number > ? AND {_ACTION} AND undone = 0 LIMIT 1", (target,)):
        return
    name = quoted(table.name)
    same = " AND ".join(f"later.{column} IS mine.{column}" for column in table.identity)
    for mine in ("born", "died"):
        for later in ("born", "died"):
            number = database.one(
                f"""
                SELECT max(c.number) FROM {name} mine JOIN {name} later ON {same}
                JOIN change c ON c.number = later.{later}
                WHERE mine.{mine} = ? AND later.{later} > ? AND c.{_ACTION} AND c.undone = 0
                """,
                (target, target),
            )
            if number is not None:
                raise _conflict(database, number, "touched the same", redo=redo)


def _swap(change: Change, table: Table, target: int, *, redo: bool) -> None:
    """Close what lives of the target's rows and open copies of what stood before (redo: after) it."""
    database = change.database
    name = quoted(table.name)
    identity = ", ".join(table.identity)
    columns = ", ".join(table.names)
    back = "born" if redo else "died"
    opened = database.rows(f"SELECT {columns} FROM {name} WHERE {back} = ?", (target,))
    touched = database.one(f"SELECT 1 FROM {name} WHERE born = ? OR died = ? LIMIT 1", (target, target))
    if not touched:
        return
    mine = " UNION ".join(f"SELECT {identity} FROM {name} WHERE {column} = ?" for column in ("born", "died"))
    change.close(table.name, f"({identity}) IN ({mine})", (target, target))
    try:
        change.insert(table.name, opened)
    except sqlite3.IntegrityError:
        raise ConflictError(
            f"this cannot be {'redone' if redo else 'undone'}: a later change uses the same name or place"
            f" ({table.name.replace('_', ' ')}); undo or rename that first"
        ) from None


def _refuse_dangling(database: Database, table: Table, column: str, number: int) -> None:
    """Refuse when a live row now refers to something that this very change closed, or opens without it."""
    name = quoted(table.name)
    for kind, target in TABLES.items():
        if target.identity != ("key",):
            continue
        gone = database.rows(
            f"""
            SELECT max(r.born) FROM {quoted(kind)} t JOIN {name} r ON r.{column} = t.key AND r.died IS NULL
            WHERE t.died = ? AND NOT EXISTS (SELECT 1 FROM {quoted(kind)} l WHERE l.key = t.key AND l.died IS NULL)
            """,
            (number,),
        )
        if gone[0][0] is not None:
            raise _conflict(database, gone[0][0], "builds on", redo=False)
    lost = database.rows(
        f"""
        SELECT e.kind, r.{column} FROM {name} r JOIN entity e ON e.key = r.{column} WHERE r.born = ?
        GROUP BY r.{column}
        """,
        (number,),
    )
    for kind, key in lost:
        live = database.one(f"SELECT 1 FROM {quoted(kind)} WHERE key = ? AND died IS NULL", (key,))
        if not live:
            closed = database.one(f"SELECT max(died) FROM {quoted(kind)} WHERE key = ?", (key,))
            raise _conflict(database, closed, f"took away the {kind} of", redo=False)


def _conflict(database: Database, number: int, words: str, *, redo: bool) -> ConflictError:
    row = database.rows(
        """
        SELECT c.number, c.summary, (SELECT name FROM coder WHERE key = c.coder ORDER BY row DESC LIMIT 1)
        FROM change c WHERE c.number = (SELECT coalesce(undoes, number) FROM change WHERE number = ?)
        """,
        (number,),
    )[0]
    who: Any = row[2] or "nobody named"
    return ConflictError(
        f"this cannot be {'redone' if redo else 'undone'}: change {row[0]} ({row[1]}, by {who}) {words} it;"
        " undo that one first"
    )

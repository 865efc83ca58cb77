"""Undo and redo from the change log: what an action closed opens again, what it opened closes.

Both are changes themselves. They are refused when a later action that still stands has touched the same
rows, builds on what would go, or has taken away what would be needed.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from typing import TYPE_CHECKING, Any

from qda.errors import ConflictError
from qda.store.schema import TABLES, Table, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    touched = [table for table in TABLES.values() if _touched(database, table, target)]
    for table in touched:
        _refuse_changed(database, table, target, redo=redo)
    for table in touched:
        _swap(change, table, target, redo=redo)
    for table, column in _REFERRERS:
        _refuse_dangling(database, table, column, change.number, redo=redo)
    _refuse_older_text(database, change.number, redo=redo)
    if "coder" in change.touched:
        _refuse_working_coder(database, change.number, target, redo=redo)
    if "code" in change.touched:
        _refuse_broken_tree(database, redo=redo)
    database.connection.execute("UPDATE change SET undone = ? WHERE number = ?", (0 if redo else 1, target))


def _touched(database: Database, table: Table, target: int) -> bool:
    name = quoted(table.name)
    return bool(database.one(f"SELECT 1 FROM {name} WHERE born = ? OR died = ? LIMIT 1", (target, target)))


def _mine(table: Table) -> str:
    """The identities of the rows that an action (`:target`) opened or closed."""
    name, identity = quoted(table.name), ", ".join(table.identity)
    return " UNION ".join(f"SELECT {identity} FROM {name} WHERE {column} = :target" for column in ("born", "died"))


def _refuse_changed(database: Database, table: Table, target: int, *, redo: bool) -> None:
    """Refuse unless the target's rows stand as it left them (for a redo: as it found them)."""
    name, columns, identity = quoted(table.name), ", ".join(table.names), ", ".join(table.identity)
    expected = f"SELECT {columns} FROM {name} WHERE {'died' if redo else 'born'} = :target"
    living = f"SELECT {columns} FROM {name} WHERE died IS NULL AND ({identity}) IN ({_mine(table)})"
    values = {"target": target}
    same = not any(
        database.one(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1", values)
        for one, other in ((expected, living), (living, expected))
    )
    if same:
        return
    own = ", ".join(f"r.{column}" for column in table.identity)
    number = database.one(
        f"""
        SELECT max(c.number) FROM {name} r JOIN change c ON c.number IN (r.born, r.died)
        WHERE ({own}) IN ({_mine(table)}) AND c.number > :target AND c.undoes IS NOT :target
        """,
        values,
    )
    raise _conflict(database, number or target, "touched the same", redo=redo)


def _refuse_older_text(database: Database, number: int, *, redo: bool) -> None:
    """Refuse to open or close rows on a text that a later edit has replaced: their places are those of that text."""
    for table, lost in (("coding", " AND r.anchor < 2"), ("memo", ""), ("not_data", ""), ("turn", "")):
        edit = database.one(
            f"""
            SELECT max(newer.born) FROM {table} r JOIN live_revision mine ON mine.key = r.revision
            JOIN live_revision newer ON newer.source = mine.source AND newer.number > mine.number
            WHERE (r.born = :number OR r.died = :number) AND newer.born <> :number{lost}
            """,
            {"number": number},
        )
        if edit is not None:
            raise _conflict(database, edit, "gave the source another text after", redo=redo)


def _refuse_working_coder(database: Database, number: int, target: int, *, redo: bool) -> None:
    """Refuse to take a coder away who has acted since."""
    acted = database.one(
        "SELECT max(c.number) FROM coder k JOIN change c ON c.coder = k.key WHERE k.died = ? AND c.number > ?"
        " AND NOT EXISTS (SELECT 1 FROM live_coder l WHERE l.key = k.key)",
        (number, target),
    )
    if acted is not None:
        raise _conflict(database, acted, "was done by a coder who came in with", redo=redo)


def _refuse_broken_tree(database: Database, *, redo: bool) -> None:
    """Refuse to leave codes that stand under each other, or siblings that people would confuse."""
    problem = next(tree_problems(database), None)
    if problem:
        raise ConflictError(f"this cannot be {'redone' if redo else 'undone'}: {problem}; undo later changes first")


def tree_problems(database: Database) -> Iterator[str]:
    """What is wrong with the tree of codes, one sentence each."""
    rows = database.rows("SELECT key, parent, name FROM live_code ORDER BY key")
    parents = {key: parent for key, parent, _ in rows}
    names: dict[tuple[int | None, str], str] = {}
    for key, parent, name in rows:
        plain = unicodedata.normalize("NFC", name).casefold()
        if (parent, plain) in names:
            yield f"two codes beside each other would be called '{name}'"
        names[parent, plain] = name
        seen, at = {key}, parent
        while at is not None and at in parents:
            if at in seen:
                yield f"the code '{name}' would stand under itself"
                break
            seen.add(at)
            at = parents[at]


def _swap(change: Change, table: Table, target: int, *, redo: bool) -> None:
    """Close what lives of the target's rows and open copies of what stood before (redo: after) it."""
    database = change.database
    name = quoted(table.name)
    identity = ", ".join(table.identity)
    columns = ", ".join(table.names)
    back = "born" if redo else "died"
    opened = database.rows(f"SELECT {columns} FROM {name} WHERE {back} = ?", (target,))
    mine = " UNION ".join(f"SELECT {identity} FROM {name} WHERE {column} = ?" for column in ("born", "died"))
    change.close(table.name, f"({identity}) IN ({mine})", (target, target))
    try:
        change.insert(table.name, opened)
    except sqlite3.IntegrityError:
        raise ConflictError(
            f"this cannot be {'redone' if redo else 'undone'}: a later change uses the same name or place"
            f" ({table.name.replace('_', ' ')}); undo or rename that first"
        ) from None


def _refuse_dangling(database: Database, table: Table, column: str, number: int, *, redo: bool) -> None:
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
            raise _conflict(database, gone[0][0], "builds on", redo=redo)
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
            raise _conflict(database, closed, f"took away the {kind} of", redo=redo)


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

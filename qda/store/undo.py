"""Undo and redo from the change log: what an action closed opens again, what it opened closes.

Both are changes themselves. They are refused when a later action that still stands has touched the same
rows, builds on what would go, or has taken away what would be needed.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from qda.store.conflicts import conflict, holder, last_touched, since
from qda.store.schema import TABLES, Table, quoted
from qda.store.tree_rules import tree_problems

if TYPE_CHECKING:
    from qda.store.change import Change
    from qda.store.database import Database

# An undo or redo is no action of its own.
_ACTION = "kind NOT IN ('undo', 'redo')"
# The log line of an action that needs several: it goes with the line before it.
CONTINUED = "continued"
# Columns refer to the kind that they are called after, else to this one, or (`target`, `member`) to several.
_MEANT = {
    "parent": "code",
    "speaks_for": "person",
    "home": "source",
    "case_": "case",
    "member": "several",
    "whose": "coder",
    "under": "claim",
}
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


def lines_of(database: Database, number: int) -> list[int]:
    """The lines of the action to which a line of the change log belongs; most have but one."""
    kinds = dict(
        database.rows("SELECT number, kind FROM change WHERE number BETWEEN ? AND ?", (number - 99, number + 99))
    )
    first = number
    while kinds.get(first) == CONTINUED and first - 1 in kinds:
        first -= 1
    last = first
    while kinds.get(last + 1) == CONTINUED:
        last += 1
    return list(range(first, last + 1))


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
        _refuse_dangling(change, table, column, redo=redo)
    _refuse_older_text(change, target, redo=redo)
    if "coder" in change.touched:
        _refuse_working_coder(database, change.number, redo=redo)
    if "code" in change.touched:
        _refuse_broken_tree(database, change.number, redo=redo)
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
    if not same:
        number = last_touched(database, table, _mine(table), target)
        raise conflict(database, number or target, "touched the same things", redo=redo)


def _refuse_older_text(change: Change, target: int, *, redo: bool) -> None:
    """Refuse to open or close rows on a text that a later edit has replaced: their places are those of that text.

    An edit that stood when the action was done is no obstacle: the action touched the older text knowingly.
    """
    database, number = change.database, change.number
    for table in sorted(change.touched & {"coding", "decision", "memo", "not_data", "sensitive", "turn"}):
        lost = " AND r.anchor < 2" if table in ("coding", "sensitive") else ""
        edit = database.one(
            f"""
            SELECT max(newer.born) FROM {table} r JOIN live_revision mine ON mine.key = r.revision
            JOIN live_revision newer ON newer.source = mine.source AND newer.number > mine.number
            WHERE (r.born = :number OR r.died = :number) AND newer.born <> :number{lost} AND NOT EXISTS (
                SELECT 1 FROM revision v
                WHERE v.key = newer.key AND v.born < :target AND (v.died IS NULL OR v.died > :target)
            )
            """,
            {"number": number, "target": target},
        )
        if edit is not None:
            raise conflict(database, edit, "gave the source another text after it", redo=redo)


def _refuse_working_coder(database: Database, number: int, *, redo: bool) -> None:
    """Refuse to take a coder away who has done something that stands."""
    acted = database.one(
        f"SELECT max(c.number) FROM coder k JOIN change c ON c.coder = k.key WHERE k.died = ? AND {_ACTION}"
        " AND c.undone = 0 AND NOT EXISTS (SELECT 1 FROM live_coder l WHERE l.key = k.key)",
        (number,),
    )
    if acted is not None:
        words, advice = "was done by a coder who came in with it", "so it stays; take back by hand what should go"
        raise conflict(database, acted, words, redo=redo, advice=advice)


def _refuse_broken_tree(database: Database, number: int, *, redo: bool) -> None:
    """Refuse to leave codes that stand under each other, or siblings that people would confuse."""
    rows = {key: (row, born) for key, row, born in database.rows("SELECT key, row, born FROM live_code")}
    for problem in tree_problems(database):
        others = [key for key in problem.codes if rows[key][1] != number]
        if len(others) < len(problem.codes):  # else it was there before
            later = [since(database, TABLES["code"], rows[key][0], problem.codes[key]) for key in others]
            words = f"stands in the way, for {problem.sentence}"
            raise conflict(database, max(later, default=number), words, redo=redo)


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
        number = holder(database, table, target, change.number, redo=redo)
        if number is None:
            raise
        raise conflict(database, number, "gave the same name or place to something else", redo=redo) from None


def _refuse_dangling(change: Change, table: Table, column: str, *, redo: bool) -> None:
    """Refuse when a live row now refers to something that this very change closed, or opens without it."""
    database, number = change.database, change.number
    name = quoted(table.name)
    meant = _MEANT.get(column, column)
    for kind in sorted(change.touched):
        if TABLES[kind].identity != ("key",) or (meant in TABLES and meant != kind):
            continue
        gone = database.one(
            f"""
            SELECT r.row FROM {quoted(kind)} t JOIN {name} r ON r.{column} = t.key AND r.died IS NULL
            WHERE t.died = ? AND NOT EXISTS (SELECT 1 FROM {quoted(kind)} l WHERE l.key = t.key AND l.died IS NULL)
            ORDER BY r.born DESC LIMIT 1
            """,
            (number,),
        )
        if gone is not None:
            raise conflict(database, since(database, table, gone, column), "builds on it", redo=redo)
    if table.name not in change.touched:
        return
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
            raise conflict(database, closed, f"took away the {kind} that it needs", redo=redo)

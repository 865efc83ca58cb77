"""Which later change stands in the way of an undo or redo, and the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import ConflictError
from qda.store.schema import Table, quoted

if TYPE_CHECKING:
    from qda.store.database import Database


def conflict(database: Database, number: int, words: str, *, redo: bool, advice: str = "") -> ConflictError:
    """The error that names a change: an undo goes by the action that it took back, which may be done again."""
    action, summary, who, undone = database.rows(
        """
        SELECT c.number, c.summary, (SELECT name FROM coder WHERE key = c.coder ORDER BY row DESC LIMIT 1), c.undone
        FROM change c WHERE c.number = (SELECT coalesce(undoes, number) FROM change WHERE number = ?)
        """,
        (number,),
    )[0]
    if not database.one("SELECT 1 FROM seen_change WHERE number = ?", (number,)):
        why = "what is hidden in a blind round builds on it; reveal the round first"
        return ConflictError(f"this cannot be {'redone' if redo else 'undone'}: {why}")
    named = f"{'the undo of ' if undone else ''}change {action} ({summary}, by {who or 'nobody named'})"
    advice = advice or f"{'redo' if undone else 'undo'} that one first"
    return ConflictError(f"this cannot be {'redone' if redo else 'undone'}: {named} {words}; {advice}")


def last_touched(database: Database, table: Table, mine: str, target: int) -> int | None:
    """The last change that left a mark on rows of an action (`mine` selects their identities) since it was done.

    What was done since and undone again left none, nor did what was undone since and done again.
    """
    identity = ", ".join(f"r.{column}" for column in table.identity)
    number: int | None = database.one(
        f"""
        SELECT max(c.number) FROM {quoted(table.name)} r JOIN change c ON c.number IN (r.born, r.died)
        JOIN change a ON a.number = coalesce(c.undoes, c.number)
        WHERE ({identity}) IN ({mine}) AND c.number > :since AND (a.number > :since) <> a.undone
        """,
        {"target": target, "since": last_step(database, target)},
    )
    return number


def last_step(database: Database, target: int) -> int:
    """The change by which an action was done, undone or redone last."""
    return int(database.one("SELECT max(number) FROM change WHERE number = ? OR undoes = ?", (target, target)))


def since(database: Database, table: Table, row: int, columns: str) -> int:
    """The change since which the thing of a live row has been there with what the row holds in some columns."""
    identity, name = ", ".join(table.identity), quoted(table.name)
    newest, *earlier = database.rows(
        f"SELECT born, died, {columns} FROM {name} WHERE ({identity}) IN (SELECT {identity} FROM {name} WHERE row = ?)"
        " ORDER BY row DESC",
        (row,),
    )
    number, _, *held = newest
    for born, died, *before in earlier:
        if died != number or before != held:
            break
        number = born
    return int(number)


def holder(database: Database, table: Table, target: int, number: int, *, redo: bool) -> int | None:
    """The change since which something else has the name or place of a row that an action opens again."""
    name = quoted(table.name)
    for columns, standing in table.places:
        row = database.one(
            f"SELECT row FROM {name} WHERE {standing} AND born <> ? AND ({columns}) IN"
            f" (SELECT {columns} FROM {name} WHERE {'born' if redo else 'died'} = ?)",
            (number, target),
        )
        if row is not None:
            return since(database, table, row, columns)
    return None

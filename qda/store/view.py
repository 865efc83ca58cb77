"""The one view of what the current coder may see; every read of the study goes through it.

For each versioned table T the connection has a temporary view `live_T` of its live rows. It guards against
accident, not intent: whoever opens the file with other tools sees everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.store.schema import COUNTED, TABLES, quoted

if TYPE_CHECKING:
    import sqlite3


def make(connection: sqlite3.Connection) -> None:
    """Make the views; until there are blind rounds every coder may see all."""
    for table in TABLES.values():
        connection.execute(f"DROP VIEW IF EXISTS temp.live_{table.name}")
        columns = ", ".join(("row", *table.names, "born"))
        connection.execute(
            f"CREATE TEMP VIEW live_{table.name} AS SELECT {columns} FROM main.{quoted(table.name)} WHERE died IS NULL"
        )
    connection.execute("DROP VIEW IF EXISTS temp.counted_coding")
    connection.execute(
        "CREATE TEMP VIEW counted_coding AS SELECT row, key, source, revision, code, coder, start, end, layer,"
        f" weight, origin, at, anchor FROM main.coding WHERE {COUNTED}"
    )
    connection.execute("DROP VIEW IF EXISTS temp.known_coder")
    connection.execute(  # also those who are gone, for the log names them
        "CREATE TEMP VIEW known_coder AS SELECT key, name FROM main.coder"
        " WHERE row IN (SELECT max(row) FROM main.coder GROUP BY key)"
    )
    connection.execute("DROP VIEW IF EXISTS temp.seen_change")
    connection.execute(
        "CREATE TEMP VIEW seen_change AS SELECT number, uid, coder, at, kind, summary, undoes, undone FROM main.change"
    )

"""The one view of what the current coder may see; every read of the study goes through it.

For each versioned table T the connection has a temporary view `live_T` of its live rows, without what a blind
round hides from this coder. What is hidden follows from the rounds as they stand, so that a reveal by another
process shows at once, and from who looks, which stands in a temporary table beside the views: they are made once.
It guards against accident, not intent: whoever opens the file with other tools sees all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.store.schema import COUNTED, TABLES, quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

# Each is one uncorrelated query, which SQLite answers once for a statement; without blind rounds they are empty.
BLIND = "SELECT key FROM main.round WHERE died IS NULL AND blind = 1 AND revealed = 0"
VEILED = f"SELECT source FROM main.assignment WHERE died IS NULL AND round IN ({BLIND})"
BLINDED = f"SELECT coder FROM main.assignment WHERE died IS NULL AND round IN ({BLIND})"
_BEGUN = f"SELECT min(born) FROM main.round WHERE key IN ({BLIND})"
_ME = "(SELECT key FROM temp.looking)"


_MONTH = "substr({}, 1, 7)"
_CALLED = "coalesce((SELECT o.name FROM temp.called_outside o WHERE o.key = t.key), t.name)"
_SPEAKS = "coalesce((SELECT o.name FROM temp.called_outside o WHERE o.key = t.{0}), t.label)"
_SIGNED = (
    "coalesce((SELECT o.name FROM temp.called_outside o JOIN main.coder k ON k.key = o.key WHERE k.died IS NULL"
    " AND k.name = t.{0}), t.{0})"
)
"""Who did something, as somebody wrote it: a coder has the coder's number."""
_DATED = (
    "CASE WHEN (SELECT a.type FROM main.attribute a WHERE a.key = t.attribute AND a.died IS NULL) = 'date'"
    f" THEN {_MONTH.format('t.value')} ELSE t.value END"
)
_NAMED = dict.fromkeys((("source", "name"), ("person", "name"), ("case", "name"), ("coder", "name")), _CALLED) | {
    ("person", "label"): _SPEAKS.format("key"),
    ("turn", "label"): _SPEAKS.format("person"),
    ("citation", "worded_by"): _SIGNED.format("worded_by"),
    ("translation", "translator"): _SIGNED.format("translator"),
    ("fact", "rater"): _SIGNED.format("rater"),
}
_DATES = {("source", "date"): _MONTH.format("t.date"), ("value", "value"): _DATED} | {
    (table.name, "at"): _MONTH.format("t.at") for table in TABLES.values() if "at" in table.names
}


def make(connection: sqlite3.Connection) -> None:
    """Make the views, as somebody who is no coder sees the study."""
    connection.execute("CREATE TEMP TABLE looking (key INTEGER NOT NULL)")
    connection.execute("INSERT INTO temp.looking VALUES (0)")
    _make(connection, {})


def call(connection: sqlite3.Connection, names: Mapping[int, str], *, months: bool = False) -> None:
    """Make the views anew, so that things have other names.

    Args:
        connection: That of the study.
        names: What persons, sources, cases and coders are called, by key; none: all as they are.
        months: Whether dates are those of months.
    """
    connection.execute("DROP TABLE IF EXISTS temp.called_outside")
    for (name,) in connection.execute("SELECT name FROM temp.sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f"DROP VIEW temp.{name}")
    connection.execute("CREATE TEMP TABLE called_outside (key INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    connection.executemany("INSERT INTO temp.called_outside VALUES (?, ?)", sorted(names.items()))
    _make(connection, (_NAMED if names else {}) | (_DATES if months else {}))


def _make(connection: sqlite3.Connection, other: Mapping[tuple[str, str], str]) -> None:
    """Make the views; `other` says what stands in the place of single columns."""
    hidden = _hidden(_ME)
    for table in TABLES.values():
        said = (f"{other.get((table.name, name), name)} AS {name}" for name in table.names)
        columns = ", ".join(("row", *said, "born"))
        seen = f" AND ({hidden[table.name]})" if table.name in hidden else ""
        _view(
            connection,
            f"live_{table.name}",
            f"SELECT {columns} FROM main.{quoted(table.name)} t WHERE died IS NULL{seen}",
        )
    _view(
        connection,
        "counted_coding",
        "SELECT row, key, source, revision, code, coder, start, end, layer, weight, origin,"
        f" {other.get(('coding', 'at'), 'at')} AS at, anchor"
        f" FROM main.coding t WHERE {COUNTED} AND ({hidden['coding']})",
    )
    _view(  # also those who are gone, for the log names them
        connection,
        "known_coder",
        f"SELECT key, {other.get(('coder', 'name'), 'name')} AS name FROM main.coder t"
        " WHERE row IN (SELECT max(row) FROM main.coder GROUP BY key)",
    )
    for name in ("code", "coding", "claim", "citation"):
        _view(connection, f"past_{name}", f"SELECT * FROM main.{name} t WHERE {hidden[name]}")
    _view(
        connection,
        "seen_change",
        f"SELECT number, uid, coder, at, kind, summary, undoes, undone FROM main.change c WHERE {_seen_change(_ME)}",
    )


def look_as(connection: sqlite3.Connection, me: int) -> None:
    """Show the study as the coder with a key sees it (0: somebody who is no coder)."""
    connection.execute("UPDATE temp.looking SET key = ?", (me,))


def _view(connection: sqlite3.Connection, name: str, query: str) -> None:
    connection.execute(f"CREATE TEMP VIEW {name} AS {query}")


def _hidden(me: str) -> dict[str, str]:
    """For tables with rows of single coders: the condition under which a row `t` is seen."""
    own = f"NOT EXISTS ({BLIND}) OR coder = {me}"  # asked first, it costs next to nothing where no round is blind
    about = (
        "coalesce((SELECT v.source FROM main.revision v WHERE v.key = t.revision),"
        " (SELECT c.source FROM main.coding c WHERE c.key = t.target), t.target, 0)"
    )
    by = f"SELECT key FROM main.decision WHERE died IS NULL AND (coder = {me} OR source NOT IN ({VEILED}))"
    others = f"SELECT key FROM main.claim t WHERE died IS NULL AND coder <> {me} AND {_fresh('claim')}"
    return {
        "coding": f"{own} OR source NOT IN ({VEILED})",
        "decision": f"{own} OR source NOT IN ({VEILED})",
        "decided": f"NOT EXISTS ({BLIND}) OR decision IN ({by})",
        "outcome": f"NOT EXISTS ({BLIND}) OR decision IN ({by})",
        "memo": f"{own} OR NOT ({about} IN ({VEILED}) OR (coder IN ({BLINDED}) AND born >= ({_BEGUN})))",
        "summary": own,  # of a case, whatever of it is in the round
        "judgement": own,
        "progress": f"{own} OR source NOT IN ({VEILED})",
        "reread": f"{own} OR source NOT IN ({VEILED})",
        "claim": f"{own} OR NOT {_fresh('claim')}",
        "claim_code": f"claim NOT IN ({others})",
        "citation": f"({own} OR NOT (source IN ({VEILED}) OR {_fresh('citation')})) AND claim NOT IN ({others})",
        "query": f"{own} OR NOT {_fresh('query')}",
        "fact": f"{own} OR NOT {_fresh('fact')}",
        "sensitive": f"{own} OR NOT {_fresh('sensitive')}",
        "leak": f"{own} OR NOT {_fresh('leak')}",
        "code": f"proposer IS NULL OR proposer = {me}",
    }


def _fresh(table: str) -> str:
    """The condition under which a row `t` came in during a blind round, by one of its coders; edits do not count."""
    return f"(coder IN ({BLINDED}) AND (SELECT min(f.born) FROM main.{table} f WHERE f.key = t.key) >= ({_BEGUN}))"


def _seen_change(me: str) -> str:
    """The condition under which a change `c` is seen: not what others did in a blind round, nor to its sources."""
    touched = f"x.coder IS NOT {me} AND (x.born = c.number OR x.died = c.number)"
    return (
        f"coder IS {me} OR NOT EXISTS ({BLIND}) OR NOT ("
        f"(c.coder IN ({BLINDED}) AND c.number > ({_BEGUN}) AND c.kind <> 'round')"
        " OR c.kind IN ('merge', 'continued', 'summary', 'state')"
        f" OR EXISTS (SELECT 1 FROM main.coding x WHERE {touched} AND x.source IN ({VEILED}))"
        f" OR EXISTS (SELECT 1 FROM main.decision x WHERE {touched} AND x.source IN ({VEILED}))"
        f" OR EXISTS (SELECT 1 FROM main.progress x WHERE {touched} AND x.source IN ({VEILED}))"
        f" OR EXISTS (SELECT 1 FROM main.reread x WHERE {touched} AND x.source IN ({VEILED}))"
        f" OR EXISTS (SELECT 1 FROM main.citation x WHERE {touched} AND x.source IN ({VEILED})))"
    )

"""The physical limit of each operation: the least that Python and SQLite can do it in, on the same machine.

No validation, no versions, no tables, no rules: a floor, not a product. Each runs in a process of its own,
as `limits.main()` with its name, so that the start of Python counts where the whole command is meant. What
is imported stands inside the functions for the same reason.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from corpus import Corpus

ADDED = 300
_SCHEMA = """
CREATE TABLE source (key INTEGER PRIMARY KEY, name TEXT, country TEXT, body TEXT);
CREATE TABLE code (key INTEGER PRIMARY KEY, path TEXT);
CREATE TABLE coding (
    key INTEGER PRIMARY KEY, source INTEGER, coder INTEGER, code INTEGER, start INTEGER, end INTEGER,
    born INTEGER, died INTEGER
);
"""
_INDEXES = """
CREATE INDEX coding_place ON coding (source, coder, start, end, code);
CREATE INDEX coding_code ON coding (source, code);
CREATE INDEX coding_born ON coding (born);
"""


def make_floor(corpus: Corpus, file: Path) -> None:
    """The corpus in a database with just the tables and indexes that the limits need."""
    import csv
    import json

    connection = _connect(str(file))
    connection.executescript(_SCHEMA)
    with corpus.attributes.open(encoding="utf-8", newline="") as stream:
        countries = {row["source"]: row["country"] for row in csv.DictReader(stream)}
    sources = {name: key for key, name in enumerate(countries, start=1)}
    texts = (
        (key, name, countries[name], (corpus.transcripts / f"{name}.txt").read_text(encoding="utf-8"))
        for name, key in sources.items()
    )
    connection.executemany("INSERT INTO source VALUES (?, ?, ?, ?)", texts)
    codes: dict[str, int] = {}
    coders: dict[str, int] = {}
    rows = []
    with corpus.codings_file.open(encoding="ascii") as lines:
        for line in map(json.loads, lines):
            code = codes.setdefault(line["code"], len(codes) + 1)
            coder = coders.setdefault(line["coder"], len(coders) + 1)
            rows.append((sources[line["source"]], coder, code, line["start"], line["end"], 1))
    connection.executemany(_INSERT_CODING, rows)
    connection.executemany("INSERT INTO code VALUES (?, ?)", ((key, path) for path, key in codes.items()))
    connection.executescript(f"{_INDEXES} ANALYZE;")
    connection.close()


_INSERT_CODING = "INSERT INTO coding (source, coder, code, start, end, born) VALUES (?, ?, ?, ?, ?, ?)"


def _connect(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def start() -> None:
    """Python with what every command needs."""
    import argparse

    argparse.ArgumentParser()


def frequency(file: str) -> int:
    """How many codings each code has."""
    rows = sqlite3.connect(file).execute("SELECT code, count(*) FROM coding GROUP BY code").fetchall()
    return sum(row[1] for row in rows)


def cooccurrence(file: str) -> int:
    """How many pairs of one coder's segments of two codes overlap, by an index range for each segment."""
    rows = sqlite3.connect(file).execute(
        """
        SELECT min(a.code, b.code), max(a.code, b.code), count(*) FROM coding a CROSS JOIN coding b
        ON b.source = a.source AND b.coder = a.coder AND b.start >= a.start AND b.start < a.end
        WHERE b.code <> a.code AND (b.start > a.start OR b.key > a.key) GROUP BY 1, 2
        """
    )
    return sum(row[2] for row in rows)


def cooccurrence_dense(file: str) -> int:
    """The same by numpy, which is faster where many segments lie on each other."""
    import numpy as np

    query = "SELECT source * 64 + coder, start, end, code FROM coding ORDER BY source, coder, start, key"
    rows = np.array(sqlite3.connect(file).execute(query).fetchall(), dtype=np.int64)
    place = rows[:, 0] * (1 << 32) + rows[:, 1]
    reach = np.searchsorted(place, rows[:, 0] * (1 << 32) + rows[:, 2])
    code, number = rows[:, 3], np.arange(len(rows))
    counts = reach - number - 1
    found = np.zeros((int(code.max()) + 1) ** 2, dtype=np.int64)
    for first in range(0, len(rows), 50_000):
        part = slice(first, first + 50_000)
        mine = np.repeat(number[part], counts[part])
        begins = np.cumsum(counts[part]) - counts[part]
        theirs = mine + 1 + np.arange(len(mine)) - np.repeat(begins, counts[part])
        one, other = code[mine], code[theirs]
        pairs = (np.minimum(one, other) * (code.max() + 1) + np.maximum(one, other))[one != other]
        found += np.bincount(pairs, minlength=len(found))
    return int(found.sum())


def comparison(file: str) -> Callable[[], int]:
    """How many codings each code has in each country, counted by source before countries are joined."""
    connection = sqlite3.connect(file)
    return lambda: sum(
        row[2]
        for row in connection.execute(
            """
            SELECT g.code, s.country, sum(g.number) FROM
            (SELECT source, code, count(*) AS number FROM coding GROUP BY source, code) g
            JOIN source s ON s.key = g.source GROUP BY g.code, s.country
            """
        )
    )


def excerpts(file: str) -> Callable[[], int]:
    """Every coding as a quotation with its place, sliced from the text, in the order of the sources."""
    connection = sqlite3.connect(file)

    def work() -> int:
        paths = dict(connection.execute("SELECT key, path FROM code"))
        texts = {key: (name, body) for key, name, body in connection.execute("SELECT key, name, body FROM source")}
        parts = []
        for source, coder, start_, end, code in connection.execute(
            "SELECT source, coder, start, end, code FROM coding ORDER BY source, coder, start"
        ):
            name, body = texts[source]
            quoted = body[start_:end].replace("\n", "\n> ")
            parts.append(f"> {quoted}\n\n— {name}, characters {start_}-{end}, {paths[code]}, {coder}\n")
        return len("\n".join(parts).encode())

    return work


def search(file: str, phrase: str) -> Callable[[], int]:
    """How many texts hold a phrase, whatever the case of ASCII letters; no places."""
    connection = sqlite3.connect(file)
    count = "SELECT count(*) FROM source WHERE body LIKE ?"
    return lambda: int(connection.execute(count, (f"%{phrase}%",)).fetchone()[0])


def read_texts(folder: str, file: str) -> Callable[[], int]:
    """Texts read, hashed and put into a table, in one transaction."""
    import hashlib
    from pathlib import Path

    connection = _connect(file)
    connection.execute("CREATE TABLE text (sha256 BLOB PRIMARY KEY, name TEXT, body TEXT)")

    def work() -> int:
        rows = []
        for path in sorted(Path(folder).iterdir()):
            data = path.read_bytes()
            rows.append((hashlib.sha256(data).digest(), path.stem, data.decode("utf-8")))
        connection.executemany("INSERT INTO text VALUES (?, ?, ?)", rows)
        connection.commit()
        return len(rows)

    return work


def read_codings(lines_file: str, file: str) -> int:
    """Codings from JSON lines put into a table with three indexes, in one transaction."""
    import json

    connection = _connect(file)
    connection.executescript(_SCHEMA + _INDEXES)
    keys: dict[str, int] = {}
    with open(lines_file, encoding="ascii") as lines:  # noqa: PTH123 - pathlib costs more than the rest of the start
        rows = [
            (
                *(keys.setdefault(line[name], len(keys) + 1) for name in ("source", "coder", "code")),
                *(line["start"], line["end"], 1),
            )
            for line in map(json.loads, lines)
        ]
    connection.executemany(_INSERT_CODING, rows)
    connection.commit()
    return len(rows)


def undo(file: str) -> int:
    """Every coding marked as taken back, in one transaction."""
    connection = _connect(file)
    number = connection.execute("UPDATE coding SET died = 2 WHERE born = 1").rowcount
    connection.commit()
    return number


def add(file: str) -> Callable[[int], object]:
    """One coding put into the table and made durable."""
    connection = _connect(file)

    def work(number: int) -> None:
        connection.execute(_INSERT_CODING, (1, 1, 1, number, number + 50, 2))
        connection.commit()

    return work


_WHOLE: dict[str, Callable[..., Any]] = {
    "start": start,
    "frequency": frequency,
    "cooccurrence": cooccurrence,
    "cooccurrence_dense": cooccurrence_dense,
    "read_codings": read_codings,
    "undo": undo,
}
_PARTS: dict[str, Callable[..., Callable[[], int]]] = {
    "comparison": comparison,
    "excerpts": excerpts,
    "search": search,
    "read_texts": read_texts,
}


def main() -> None:
    """Do what the first word names, with the other words."""
    name, *words = sys.argv[1:]
    if name in _WHOLE:
        _WHOLE[name](*words)
    elif name in _PARTS:
        from measure import print_cost

        print_cost(_PARTS[name](*words))
    else:
        from measure import print_times

        print_times(add(*words), ADDED)

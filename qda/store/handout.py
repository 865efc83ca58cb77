"""A hand-out: a study file of its own with what one coder needs for a round, and nothing of anybody else's work.

It is built anew, row by row, never made by deleting from a copy. Everything keeps its uid, and the change by which
it was made has the uid of the study's newest change: so it is known what it started with when it comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.errors import QdaError, StudyError
from qda.model.nouns import many
from qda.store.change import begin
from qda.store.database import Database
from qda.store.schema import TABLES, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from qda.model.rounds import Round
    from qda.store.change import Change
    from qda.store.study import Study

Rows = dict[str, list[dict[str, Any]]]

KIND = "hand-out"
_OWN_SETTING = "coder"


def is_hand_out(database: Database) -> bool:
    """Whether a study file was handed out for a round."""
    return bool(database.one("SELECT 1 FROM change WHERE kind = ?", (KIND,)))


def hand_out(study: Study, name: str, coder: str, file: Path) -> str:
    """Write the hand-out of a round for one of its coders into a new file; returns in words what is in it.

    Raises:
        QdaError: There is no such round, nothing of it is assigned to the coder, or it is handed in or revealed.
        StudyError: The file exists already or cannot be written.
    """
    if file.exists():
        raise StudyError(f"{file}: exists already; name another file for the hand-out")
    with study.database.reading():
        one, me = study.rounds.get(name), study.coders.find(coder)
        _refuse(study, one, me, coder)
        rows = _gather(study, one, me)
        made = Database.create(file)
        try:
            with made.writing():
                _Writer(study.database, made, rows).write(f"round {one.name} for {coder}")
        except BaseException:
            made.close()
            file.unlink(missing_ok=True)
            raise
        made.close()
    codings = many(len(rows["coding"]), "coding")
    return f"{many(len(rows['source']), 'source')}, {many(len(rows['code']), 'code')} and {codings} of {coder}"


def _refuse(study: Study, one: Round, me: int, coder: str) -> None:
    if one.revealed:
        raise QdaError(f"the round '{one.name}' is revealed already; there is nothing to hand out")
    if me not in {each.coder for each in study.rounds.assignments(one.key)}:
        raise QdaError(f"nothing of the round '{one.name}' is assigned to {coder}")
    if me in study.rounds.submitted(one.key):
        raise QdaError(f"{coder} has handed in the round '{one.name}' already")


def _gather(study: Study, one: Round, me: int) -> Rows:
    """The rows that go along, read from the tables themselves: whoever hands out need not see them."""
    rows: Rows = {name: [] for name in TABLES}

    def take(table: str, where: str, *values: object, wanted: Callable[[dict[str, Any]], bool] | None = None) -> None:
        names = TABLES[table].names
        found = study.database.rows(
            f"SELECT {', '.join(names)} FROM main.{quoted(table)} WHERE died IS NULL AND ({where}) ORDER BY row", values
        )
        made = [dict(zip(names, row, strict=True)) for row in found]
        rows[table] = [row for row in made if wanted is None or wanted(row)]

    def keys(table: str, column: str = "key") -> set[Any]:
        return {row[column] for row in rows[table]}

    take("round", "key = ?", one.key)
    take("assignment", "round = ? AND coder = ?", one.key, me)
    take("coder", "key IN (?, ?)", me, one.gold)
    take("code", "proposer IS NULL OR proposer = ?", me)
    take("setting", "name NOT IN (?, ?)", _OWN_SETTING, "merged")
    name = next(row["name"] for row in rows["coder"] if row["key"] == me)
    rows["setting"].append({"name": _OWN_SETTING, "value": name})
    sources = keys("assignment", "source")
    current = set(study.sources.current_revisions().values()) | keys("assignment", "revision")
    take("source", "1", wanted=lambda row: row["key"] in sources)
    take("revision", "1", wanted=lambda row: row["source"] in sources and row["key"] in current)
    texts = keys("revision")
    for table in ("turn", "not_data"):
        take(table, "1", wanted=lambda row: row["revision"] in texts)
    take("participant", "1", wanted=lambda row: row["source"] in sources)
    speaking = keys("turn", "person") | keys("turn", "speaks_for") | keys("participant", "person")
    take("person", "1", wanted=lambda row: row["key"] in speaking)
    for row in rows["person"]:
        row["home"] = row["home"] if row["home"] in sources else None
    take("value", "1", wanted=lambda row: row["target"] in sources | speaking)
    valued = keys("value", "attribute")
    take("attribute", "1", wanted=lambda row: row["key"] in valued)
    take("progress", "coder = ? AND layer = 0", me, wanted=lambda row: row["source"] in sources)
    take("reread", "coder = ?", me, wanted=lambda row: row["source"] in sources and row["code"] in keys("code"))
    take("coding", "coder = ? AND layer = 0", me, wanted=lambda row: row["revision"] in texts)
    things = {None} | sources | speaking | keys("code") | keys("coding")
    take("memo", "coder = ?", me, wanted=lambda row: row["target"] in things and row["revision"] in texts | {None})
    take("query", "coder = ?", me)
    take(
        "translation",
        "1",
        wanted=lambda row: {row["source"], row["original"]} <= sources and {row["revision"], row["of"]} <= texts,
    )
    _take_marks(rows, take, sources | speaking, texts)
    return rows


def _take_marks(rows: Rows, take: Callable[..., None], things: set[Any], texts: set[Any]) -> None:
    """What is confidential goes along, and pseudonyms, whoever set them: they hold for what is made of the hand-out."""
    take("sensitive", "1", wanted=lambda row: row["target"] in things and row["revision"] in texts | {None})
    take("pseudonym", "1", wanted=lambda row: row["target"] in things)
    known = {row["key"] for row in rows["coder"]}
    for row in (*rows["sensitive"], *rows["pseudonym"]):
        row["coder"] = row["coder"] if row["coder"] in known else None


class _Writer:
    """Writes the rows into the new file: under keys of their own, so that no gap tells how much others have done."""

    def __init__(self, old: Database, new: Database, rows: Rows) -> None:
        self.old, self.new, self.rows = old, new, rows

    def write(self, summary: str) -> None:
        """Write everything: the versions of the codebook as changes of their own, then the rest as one."""
        self._texts()
        keyed = {row["key"] for found in self.rows.values() for row in found if "key" in row}
        uids = dict(self.old.rows("SELECT key, uid FROM entity"))
        kinds = dict(self.old.rows("SELECT key, kind FROM entity"))
        self.keys: dict[Any, Any] = {key: number for number, key in enumerate(sorted(keyed), start=1)} | {None: None}
        self.new.connection.executemany(
            "INSERT INTO entity (key, kind, uid) VALUES (?, ?, ?)",
            [(self.keys[key], kinds[key], uids[key]) for key in sorted(keyed)],
        )
        later = self._versions()
        newest, at = self.old.rows("SELECT uid, at FROM change ORDER BY number DESC LIMIT 1")[0]
        change = begin(self.new, None, KIND, summary)
        self.new.connection.execute("UPDATE change SET uid = ?, at = ? WHERE number = ?", (newest, at, change.number))
        for table in TABLES:
            self._insert(change, table, later if table == "code" else self.rows[table])
        change.finish()

    def _insert(self, change: Change, table: str, rows: Collection[dict[str, Any]]) -> None:
        columns = TABLES[table].columns
        change.insert(
            table,
            [[self.keys[row[c.name]] if c.type == "ref" else row[c.name] for c in columns] for row in rows],
        )

    def _versions(self) -> list[dict[str, Any]]:
        """Each version of the codebook with the codes that came in with it and stayed, as they are today.

        Returns:
            The codes that are in no version: proposals.
        """
        versions = self.old.rows(
            "SELECT v.number, v.change, c.at FROM codebook_version v JOIN change c ON c.number = v.change"
            " ORDER BY v.number"
        )
        shared = [row for row in self.rows["code"] if row["proposer"] is None]
        first = _first_versions(self.old, [row[:2] for row in versions], {row["key"] for row in shared})
        for number, _, at in versions:
            change = begin(self.new, None, "codebook", f"codebook version {number}")
            self.new.connection.execute("UPDATE change SET at = ? WHERE number = ?", (at, change.number))
            self._insert(change, "code", [row for row in shared if first.get(row["key"]) == number])
            change.finish()
            self.new.connection.execute("INSERT OR IGNORE INTO codebook_version VALUES (?, ?)", (number, change.number))
        return [row for row in self.rows["code"] if row["key"] not in first]

    def _texts(self) -> None:
        """The texts and originals that the rows name."""
        texts = {row["text"] for row in self.rows["revision"]}
        for sha in sorted(texts):
            row = self.old.rows("SELECT * FROM text WHERE sha256 = ?", (sha,))[0]
            self.new.connection.execute(f"INSERT INTO text VALUES ({', '.join('?' * len(row))})", row)
        originals = {row["original"] for table in ("source", "revision") for row in self.rows[table]}
        for sha in sorted(originals):
            kept = self.old.one("SELECT bytes FROM original WHERE sha256 = ?", (sha,))
            if kept is None and sha not in texts:  # it is an older text, which does not go along as such
                kept = str(self.old.one("SELECT body FROM text WHERE sha256 = ?", (sha,))).encode()
            self.new.connection.execute("INSERT INTO original VALUES (?, ?)", (sha, kept))


def _first_versions(database: Database, versions: list[Any], codes: set[int]) -> dict[int, int]:
    """The version since which each code has been in the codebook without a break."""
    first: dict[int, int] = {}
    left = set(codes)
    for number, change in reversed(versions):
        there = "SELECT key FROM main.code WHERE born <= ? AND (died IS NULL OR died > ?) AND proposer IS NULL"
        left &= {key for (key,) in database.rows(there, (change, change))}
        first |= dict.fromkeys(left, number)
    return first

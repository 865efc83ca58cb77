"""Proving that a study is sound: the file, hashes, places, the state, and that nothing dangles."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

from qda.model.nouns import id_of
from qda.model.quoting import edit_problem
from qda.store import digest
from qda.store.change import contents
from qda.store.schema import TABLES, quoted
from qda.store.tree_rules import tree_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.store.study import Study


def check_study(study: Study, progress: Callable[[str], None]) -> list[str]:
    """Everything that is wrong in the file, one sentence each; an empty list means that it is sound.

    `progress` is told what is being looked at.
    """
    steps = {
        "texts and originals": _texts,
        "places of codings": _places,
        "links between things": _links,
        "quotes of claims": _quotes,
        "facts": _facts,
        "datasets": _datasets,
        "the codebook": _tree,
        "the state": _state,
        "searching": _folds,
    }
    problems: list[str] = []
    try:
        with study.database.reading():
            progress("the database")
            problems.extend(_damage(study))
            if problems:
                return problems  # nothing that stands in a damaged file can be relied on
            for name, step in steps.items():
                progress(name)
                problems.extend(step(study))
    except sqlite3.DatabaseError as error:
        problems.append(f"the database is damaged: {error}; restore a backup")
    return problems


def _damage(study: Study) -> Iterator[str]:
    for (found,) in study.database.rows("PRAGMA integrity_check(10)"):
        if found != "ok":
            yield f"the database is damaged: {found}; restore a backup"


def _texts(study: Study) -> Iterator[str]:
    for sha, body, characters in study.database.connection.execute("SELECT sha256, body, characters FROM text"):
        if hashlib.sha256(body.encode("utf-8")).digest() != sha:
            yield f"the text {sha.hex()[:12]} is not what its hash says"
        if len(body) != characters:
            yield f"the text {sha.hex()[:12]} has {len(body)} characters, not {characters}"
    for sha, kept in study.database.connection.execute("SELECT sha256, bytes FROM original"):
        if kept is None:
            if not study.database.one("SELECT 1 FROM text WHERE sha256 = ?", (sha,)):
                yield f"the original {sha.hex()[:12]} is missing"
        elif hashlib.sha256(kept).digest() != sha:
            yield f"the original {sha.hex()[:12]} is not what its hash says"
    missing = study.database.rows("SELECT key FROM live_revision r WHERE r.text NOT IN (SELECT sha256 FROM text)")
    for (key,) in missing:
        yield f"the text of revision {key} is missing"


def _places(study: Study) -> Iterator[str]:
    for table in ("coding", "memo", "not_data", "turn", "decision", "citation", "sensitive"):
        count = study.database.one(
            f"SELECT count(*) FROM live_{table} c JOIN revision r ON r.key = c.revision"
            " JOIN text t ON t.sha256 = r.text WHERE NOT (0 <= c.start AND c.start <= c.end AND c.end <= t.characters)"
        )
        if count:
            yield f"{count} rows of {table} do not lie in their text"
    empty = study.database.one("SELECT count(*) FROM live_coding WHERE start >= end")
    if empty:
        yield f"{empty} codings are empty"
    elsewhere = study.database.one(
        "SELECT count(*) FROM counted_coding c JOIN live_revision r ON r.key = c.revision"
        " WHERE r.source <> c.source OR r.number < (SELECT max(number) FROM live_revision WHERE source = c.source)"
    )
    if elsewhere:
        yield f"{elsewhere} codings belong to an older text of their source"


def _quotes(study: Study) -> Iterator[str]:
    """Citations whose words do not stand, letter for letter, at their place, and edits that are not marked."""
    texts: dict[bytes, str] = {}
    rows = study.database.rows(
        "SELECT e.uid, s.name, r.text, c.start, c.end, c.words, c.quoted, c.wording, c.anchor"
        " FROM live_citation c JOIN entity e ON e.key = c.key JOIN live_source s ON s.key = c.source"
        " JOIN live_revision r ON r.key = c.revision ORDER BY c.row"
    )
    for uid, name, sha, start, end, words, how, wording, anchor in rows:
        if sha not in texts:
            texts[sha] = str(study.database.one("SELECT body FROM text WHERE sha256 = ?", (sha,)) or "")
        place = f"the citation {id_of(uid)} ({name} {start}-{end})"
        if texts[sha][start:end] != words:
            yield f"{place} is not verbatim: its words do not stand there"
        elif how == "edited" and not anchor and (problem := edit_problem(words, wording)):
            yield f"{place} is not quoted as it says: {problem}"
    strays = study.database.one(
        "SELECT count(*) FROM live_citation c JOIN live_revision r ON r.key = c.revision"
        " WHERE r.source <> c.source OR (c.anchor < 2 AND r.number <"
        " (SELECT max(number) FROM live_revision WHERE source = c.source))"
    )
    if strays:
        yield f"{strays} citations belong to an older text of their source"


def _facts(study: Study) -> Iterator[str]:
    """Facts that do not fit their measure."""
    yield from study.facts.problems()


def _datasets(study: Study) -> Iterator[str]:
    """Datasets that are not what was taken in."""
    yield from study.datasets.problems()


def _links(study: Study) -> Iterator[str]:
    for name, row, target, _ in study.database.rows("PRAGMA foreign_key_check"):
        yield f"row {row} of {name} refers to nothing in {target}"
    for table in TABLES.values():
        for column in table.references:
            dangling = study.database.rows(
                f"SELECT e.kind, count(*) FROM live_{table.name} t JOIN entity e ON e.key = t.{column} WHERE "
                + " AND ".join(
                    f"NOT (e.kind = '{kind}' AND EXISTS (SELECT 1 FROM {quoted(kind)} x"
                    f" WHERE x.key = e.key AND x.died IS NULL))"
                    for kind, other in TABLES.items()
                    if other.identity == ("key",)
                )
                + " GROUP BY e.kind"
            )
            for kind, count in dangling:
                yield f"{count} rows of {table.name} refer to a {kind} that is gone"


def _tree(study: Study) -> Iterator[str]:
    for problem in tree_problems(study.database):
        yield f"the codebook is broken: {problem.sentence}"


def _state(study: Study) -> Iterator[str]:
    kept = dict(study.database.rows("SELECT name, sum FROM state"))
    for table in TABLES.values():
        rows = study.database.rows(f"SELECT {', '.join(table.names)} FROM {quoted(table.name)} WHERE died IS NULL")
        found = digest.rows_sum(table.name, contents(study.database, table, rows))
        if found != int.from_bytes(kept.get(table.name, b""), "big"):
            yield f"the table {table.name} was changed behind the change log"


def _folds(study: Study) -> Iterator[str]:
    from qda.model.folding import RULES, fold, marks_to_bytes, rules_of

    for sha, body, folded, marks in study.database.connection.execute("SELECT sha256, body, folded, map FROM text"):
        if 0 < rules_of(marks) < RULES:
            continue  # made by an older version, and made anew in each search
        fresh = fold(body)
        if fresh.text != folded or marks_to_bytes(fresh.marks) != marks:
            yield f"the search text of {sha.hex()[:12]} is out of date"

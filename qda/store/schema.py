"""What a study's file holds: the tables, their versions' columns and their indexes."""

from __future__ import annotations

from typing import NamedTuple

APPLICATION_ID = 0x51444153  # "QDAS"
SCHEMA_VERSION = 4

# A coding counts while it is live and its words are still in the text (0 in place, 1 to be reviewed, 2 lost).
COUNTED = "died IS NULL AND anchor < 2"

_SQL_TYPES = {"ref": "INTEGER", "int": "INTEGER", "text": "TEXT", "real": "REAL", "blob": "BLOB"}


class Column(NamedTuple):
    """A column of a versioned table; a `ref` holds an entity's key, an unhashed one is no part of the state."""

    name: str
    type: str
    null: bool
    hashed: bool


class Table(NamedTuple):
    """A versioned table: its columns, the columns that name the same thing over its versions, and indexes.

    No two live rows are alike in a set of columns of `unique`, no two that count are in those of `same`.
    """

    name: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    unique: tuple[str, ...]
    same: str
    indexes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in the order in which rows are given."""
        return tuple(column.name for column in self.columns)

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The columns in which no two rows may be alike, each with the condition under which a row counts."""
        counted = ((self.same, COUNTED),) if self.same else ()
        return (*((columns, "died IS NULL") for columns in self.unique), *counted)

    @property
    def references(self) -> tuple[str, ...]:
        """The columns that hold another entity's key."""
        return tuple(c.name for c in self.columns if c.type == "ref" and c.name != "key")


def _table(
    name: str,
    *columns: str,
    identity: str = "key",
    unique: tuple[str, ...] = (),
    same: str = "",
    indexes: tuple[str, ...] = (),
) -> Table:
    """A table from words: `name type`, `?` behind the type for null, `!` for a column outside the state."""
    made = []
    for words in columns:
        column, kind = words.split()
        made.append(Column(column, kind.rstrip("?!"), "?" in kind, "!" not in kind))
    return Table(name, tuple(made), tuple(identity.split()), unique, same, indexes)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("setting", "name text", "value text", identity="name"),
        _table("coder", "key ref", "name text", unique=("name",)),
        _table(
            "source",
            *("key ref", "name text", "kind text", "language text", "date text"),
            *("format text", "encoding text?", "original blob"),
            unique=("name",),
        ),
        _table(
            "revision",
            *("key ref", "source ref", "number int", "text blob", "original blob"),
            unique=("source, number",),
        ),
        _table(
            "turn",
            *("revision ref", "number int", "start int", "body int", "end int"),
            *("words int", "label text?", "time_ms int?", "person ref?", "speaks_for ref?"),
            identity="revision number",
        ),
        _table(
            "person",
            *("key ref", "name text", "label text", "role text", "home ref?"),
            unique=("name",),
        ),
        _table("participant", "source ref", "person ref", identity="source person"),
        _table("case", "key ref", "name text", "kind text", unique=("name",)),
        _table("member", "case_ ref", "member ref", identity="case_ member"),
        _table("attribute", "key ref", "name text", "target text", "type text", unique=("name, target",)),
        _table("value", "target ref", "attribute ref", "value text", identity="target attribute value"),
        _table(
            "code",
            *("key ref", "parent ref?", "position int", "name text", "definition text", "include text"),
            *("exclude text", "example text", "labels text", "aliases text", "origin text", "ordinal int"),
            *("exclusive text", "moment text", "outside int", "patterns text", "extra text", "retired int"),
            # Whoever proposed a code in a blind round, until it is revealed; others do not see it.
            "proposer ref?!",
            unique=("coalesce(parent, 0), name, coalesce(proposer, 0)",),
        ),
        _table(
            "coding",
            *("key ref", "source ref", "revision ref", "code ref", "coder ref", "start int", "end int"),
            *("layer int", "weight real?", "origin text", "at text!", "anchor int"),
            same="source, code, start, end, coder, layer",
            # SQLite before 3.42 calls an index covering only if it holds the columns of its own condition.
            indexes=(
                "INDEX coding_count ON coding (source, code, start, end, coder, layer, anchor, died) WHERE {counted}",
            ),
        ),
        _table(
            "memo",
            *("key ref", "kind text", "title text", "body text", "coder ref", "at text!"),
            *("target ref?", "revision ref?", "start int?", "end int?"),
            indexes=("INDEX memo_target ON memo (target) WHERE died IS NULL",),
        ),
        # What the team wrote of a case (or source) on a theme, with signs of what that rests on.
        _table(
            "summary",
            *("key ref", "target ref", "code ref", "body text", "basis text", "coder ref", "at text!"),
            indexes=("INDEX summary_cell ON summary (target, code) WHERE died IS NULL",),
        ),
        # What somebody says by hand of a code at some values, beside what is counted there.
        _table(
            "judgement",
            *("key ref", "code ref", "cell text", "state text", "reason text", "coder ref", "at text!"),
        ),
        _table("not_data", "key ref", "revision ref", "start int", "end int", "reason text"),
        _table(
            "progress",
            *("source ref", "coder ref", "layer int", "state text", "version int"),
            identity="source coder layer",
        ),
        # A source that was done, and was read again for a code as the codebook had it in a version.
        _table("reread", "source ref", "code ref", "coder ref", "version int", identity="source code coder"),
        _table("coverage", "source ref", "code ref", "asked int", identity="source code"),
        _table(
            "round",
            *("key ref", "name text", "blind int", "revealed int", "gold ref?", "stat text", "unit text"),
            *("rule text", "threshold real?", "seed text", "strata text", "version int", "at text!"),
            unique=("name",),
        ),
        # A coder's part of a round: a whole source, or a stretch of its text in that revision.
        _table(
            "assignment",
            *("round ref", "source ref", "revision ref", "coder ref", "whole int", "start int", "end int"),
            identity="round source coder start",
        ),
        _table("submission", "round ref", "coder ref", "at text!", identity="round coder"),
        # What was decided on a place where coders are apart: whose was taken, by which rule for ends, by whom, why.
        _table(
            "decision",
            *("key ref", "round ref?", "source ref", "revision ref", "start int", "end int", "take text"),
            *("whose ref?", "ends text", "mode text", "reason text", "coder ref", "at text!"),
        ),
        _table("decided", "decision ref", "code ref", identity="decision code"),
        _table(
            "outcome",
            *("decision ref", "coding ref"),
            identity="decision coding",
            indexes=("INDEX outcome_coding ON outcome (coding) WHERE died IS NULL",),
        ),
        _table(
            "claim",
            *("key ref", "text text", "kind text", "state text", "because text", "rule text", "grade text"),
            *("reason text", "scope text", "under ref?", "position int", "coder ref", "at text!"),
            indexes=("INDEX claim_under ON claim (under) WHERE died IS NULL",),
        ),
        # The codes that a claim speaks about; the rest of its scope stands in the claim itself.
        _table("claim_code", "claim ref", "code ref", identity="claim code"),
        # A segment that is cited for or against a claim; `words` are those that it had then.
        _table(
            "citation",
            *("key ref", "claim ref", "source ref", "revision ref", "start int", "end int", "words text"),
            *("stance text", "role text", "quoted text", "wording text", "worded_by text"),
            *("coder ref", "at text!", "anchor int"),
            indexes=("INDEX citation_claim ON citation (claim) WHERE died IS NULL",),
        ),
        _table("query", "key ref", "name text", "text text", "coder ref", "at text!", unique=("name",)),
        # A figure or rating from elsewhere about a case (`target`), or about who carries a value of an attribute.
        _table(
            "fact",
            *("key ref", "target ref?", "attribute text", "held text", "measure text", "type text", "levels text"),
            *("unit text", "value text", "period text", "rater text", "origin text", "note text"),
            *("coder ref", "at text!"),
            indexes=("INDEX fact_target ON fact (target) WHERE died IS NULL",),
        ),
        # A table of others, never a part of what is coded; its bytes are an `original`.
        _table(
            "dataset",
            *("key ref", "name text", "original blob", "encoding text", "delimiter text", "rows int", "columns text"),
            *("origin text", "note text", "coder ref", "at text!"),
            unique=("name",),
        ),
        # What is changed in a column when a dataset is read, in the order of `number`; `hits` rows when it was made.
        _table(
            "recoding",
            *("key ref", "dataset ref", "number int", "column_ text", "was text?", "becomes text", "where_ text"),
            *("hits int", "reason text", "coder ref", "at text!"),
            indexes=("INDEX recoding_dataset ON recoding (dataset) WHERE died IS NULL",),
        ),
        _table("rule", "key ref", "dataset ref", "words text", "coder ref", "at text!"),
        # A source that is the translation of another; the pairs of stretches are of these revisions of the two.
        _table(
            "translation",
            *("source ref", "original ref", "translator text", "method text", "revision ref", "of ref", "pairs text"),
            identity="source",
            indexes=("INDEX translation_original ON translation (original) WHERE died IS NULL",),
        ),
        # A version of the frame, and the units that were asked in it, each with how it responded.
        _table("frame", "key ref", "name text", "since text", "note text", unique=("name",)),
        _table(
            "frame_unit",
            *("key ref", "frame ref", "name text", "status text", "reason text", "case_name text"),
            unique=("frame, name",),
        ),
        # What is confidential: a source, a person, or with a revision a segment of a source's text.
        _table(
            "sensitive",
            *("key ref", "target ref", "revision ref?", "start int?", "end int?", "how text", "reason text"),
            *("coder ref?", "at text!", "anchor int"),
        ),
        # What a person, source or case is called in what goes out.
        _table("pseudonym", "target ref", "name text", "coder ref?", "at text!", identity="target"),
        # A name that may go out with the words around it; without these anywhere.
        _table("leak", "key ref", "name text", "words text", "reason text", "coder ref?", "at text!"),
    )
}

_UNVERSIONED = """
CREATE TABLE entity (key INTEGER PRIMARY KEY, kind TEXT NOT NULL, uid BLOB NOT NULL UNIQUE);
CREATE TABLE change (
    number INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, coder INTEGER REFERENCES entity (key), at TEXT NOT NULL,
    kind TEXT NOT NULL, summary TEXT NOT NULL, undoes INTEGER REFERENCES change (number),
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX change_coder ON change (coder, number);
CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE text (
    sha256 BLOB PRIMARY KEY, characters INTEGER NOT NULL, words INTEGER NOT NULL, body TEXT NOT NULL,
    folded TEXT NOT NULL, map BLOB NOT NULL
);
CREATE TABLE original (sha256 BLOB PRIMARY KEY, bytes BLOB);
CREATE TABLE state (name TEXT PRIMARY KEY, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE sentence (text BLOB NOT NULL, rules TEXT NOT NULL, spans BLOB NOT NULL, PRIMARY KEY (text, rules));
CREATE TABLE desk (
    number INTEGER PRIMARY KEY, coder TEXT NOT NULL, source INTEGER NOT NULL, kind TEXT NOT NULL, place INTEGER NOT NULL
);
CREATE INDEX desk_place ON desk (coder, source, kind);
CREATE TABLE codebook_version (number INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (number));
"""


def quoted(name: str) -> str:
    """A table's name as SQL wants it (`case` is a word of SQL)."""
    return f'"{name}"' if name == "case" else name


def create_statements() -> list[str]:
    """The statements that make an empty study of this version."""
    statements = [part.strip() for part in _UNVERSIONED.split(";") if part.strip()]
    for name in TABLES:
        statements += table_statements(name)
    statements.append(f"PRAGMA application_id = {APPLICATION_ID}")
    statements.append(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return statements


def table_statements(table_name: str) -> list[str]:
    """The statements that make one versioned table with its indexes."""
    table = TABLES[table_name]
    columns = ["row INTEGER PRIMARY KEY"]
    for column in table.columns:
        words = [column.name, _SQL_TYPES[column.type]]
        if not column.null:
            words.append("NOT NULL")
        if column.type == "ref":
            words.append("REFERENCES entity (key)")
        columns.append(" ".join(words))
    columns.append("born INTEGER NOT NULL REFERENCES change (number)")
    columns.append("died INTEGER REFERENCES change (number)")
    name = quoted(table.name)
    identity = ", ".join(table.identity)
    statements = [
        f"CREATE TABLE {name} ({', '.join(columns)})",
        f"CREATE UNIQUE INDEX {table.name}_live ON {name} ({identity}) WHERE died IS NULL",
        f"CREATE INDEX {table.name}_past ON {name} ({identity}) WHERE died IS NOT NULL",
        f"CREATE INDEX {table.name}_born ON {name} (born)",
        f"CREATE INDEX {table.name}_died ON {name} (died) WHERE died IS NOT NULL",
    ]
    statements += [
        f"CREATE UNIQUE INDEX {table.name}_unique_{number} ON {name} ({columns_sql}) WHERE died IS NULL"
        for number, columns_sql in enumerate(table.unique)
    ]
    if table.same:
        statements.append(f"CREATE UNIQUE INDEX {table.name}_same ON {name} ({table.same}) WHERE {COUNTED}")
    statements += [f"CREATE {index.format(counted=COUNTED)}" for index in table.indexes]
    return statements

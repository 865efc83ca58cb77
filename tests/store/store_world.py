"""What the tests of the store share: documents, whole-file snapshots, and a second opinion on the state hash.

Nothing here uses the code under test for what it proves: the state hash is worked out from the raw rows, and
which columns hold references is read from the foreign keys in the file.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.model.claims import CitationRow, ClaimRow, parse_scope
from qda.model.codebook import Codebook, CodeEntry
from qda.model.dataset.recoding import Recoding
from qda.model.decisions import Ruling, Taken
from qda.model.facts import FactRow, Measure
from qda.model.frames import Unit
from qda.model.rounds import Part, Terms
from qda.model.summaries import Basis
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.check import check_study
from qda.store.coding_lines import CodingRow
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.pseudonyms import PseudonymRow
from qda.store.sensitive import SensitiveRow
from qda.store.summaries import SummaryRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.store.arrivals import Added
    from qda.store.database import Database

Row = tuple[Any, ...]

VERSIONED = (
    *("setting", "coder", "source", "revision", "turn", "person", "participant", "case", "member"),
    *(
        "attribute",
        "value",
        "code",
        "coding",
        "memo",
        "summary",
        "judgement",
        "fact",
        "dataset",
        "recoding",
        "rule",
        "frame",
        "frame_unit",
        "not_data",
        "progress",
        "coverage",
        "reread",
        "round",
        "assignment",
        "submission",
        "claim",
        "claim_code",
        "citation",
    ),
    *("decision", "decided", "outcome", "query", "sensitive", "pseudonym", "leak", "translation"),
)
NO_STATE = {
    ("coding", "at"),
    ("memo", "at"),
    ("summary", "at"),
    ("judgement", "at"),
    ("fact", "at"),
    ("dataset", "at"),
    ("recoding", "at"),
    ("rule", "at"),
    ("code", "proposer"),
    ("round", "at"),
    ("submission", "at"),
    ("decision", "at"),
    ("claim", "at"),
    ("citation", "at"),
    ("query", "at"),
    ("sensitive", "at"),
    ("pseudonym", "at"),
    ("leak", "at"),
}
ENGLISH = "The return was voluntary. Nobody asked me. We talked for hours about going home."


# --- documents ----------------------------------------------------------------------------------------------


def document(text: str = ENGLISH, name: str = "t", ending: str = "txt", original: bytes | None = None) -> Transcript:
    """A document without turns."""
    return Transcript(name, ending, text.encode() if original is None else original, text, "utf-8")


def spoken(name: str, *said: tuple[str, str]) -> Transcript:
    """A transcript of labels and what was said, a line each."""
    text, turns = "", []
    for label, words in said:
        start = len(text)
        text += f"{label}: {words}\n"
        turns.append(SpokenTurn(start, start + len(label) + 2, len(text) - 1, label))
    return Transcript(name, "txt", text.encode(), text, "utf-8", tuple(turns))


def speakers(transcript: Transcript, **roles: str) -> dict[str, Speaker]:
    """Speakers for each label: interviewers called `I`, respondents otherwise; `R1` and the like name nobody."""
    labels = {turn.label for turn in transcript.turns if turn.label is not None}
    return {
        label: Speaker(
            label,
            roles.get(label, "interviewer" if label == "I" else "respondent"),
            generic=label == "I" or label[1:].isdigit(),
        )
        for label in labels
    }


def add(study: Study, transcript: Transcript | None = None, **options: Any) -> Added:
    """Add a document to a study with the speakers that its labels suggest."""
    transcript = transcript or document()
    return study.sources.add(transcript, speakers=speakers(transcript), **options)


def coding(line: int, code: str, start: int, end: int, *, coder: str = "anna", **more: Any) -> CodingRow:
    """A line of codings on the source `t`."""
    return CodingRow(line, more.pop("source", "t"), code, coder, start, end, **more)


INTERVIEW = spoken(
    "u",
    ("I", "Why did you return, and who decided?"),
    ("Amal", "Nobody asked me. The police came at night."),
    ("Tolk", "She says that nobody asked her."),
    ("I", "When was that?"),
    ("Amal", "Two years ago, in the winter."),
)
BOOK = Codebook(
    "book",
    {"made by": "us"},
    (
        CodeEntry("trust", "Relying on somebody", children=(CodeEntry("police"), CodeEntry("a/b"))),
        CodeEntry("fear", labels={"nl": "angst"}, aliases=("angst",), ordinal=True, exclusive="text"),
        CodeEntry("old"),
    ),
)


# --- studies ------------------------------------------------------------------------------------------------


def seed(database: Database, word: str = "seed") -> None:
    """Let new things get identities that follow from a word."""
    count = 0

    def next_uid() -> bytes:
        nonlocal count
        count += 1
        return hashlib.sha256(f"{word} {count}".encode()).digest()[:16]

    database.new_uid = next_uid


def new_folder() -> Path:
    """A new folder."""
    return Path(tempfile.mkdtemp(prefix="qda-"))


def make(folder: Path, coder: str = "anna") -> Study:
    """A study with one source `t` and the codes `a`, `a/b` and `c`, whose coder is known."""
    study = Study.create(folder, coder=coder)
    add(study)
    for path in ("a", "a/b", "c"):
        study.codebook.add(path)
    return study


def rich(folder: Path, word: str = "rich") -> Study:
    """A study with something of everything, the same each time but for the moments."""
    study = Study.create(folder, coder="anna")
    seed(study.database, word)
    add(study, document(ENGLISH, "t"))
    add(study, INTERVIEW)
    study.codebook.import_codebook(BOOK, "the codebook", "book.yaml")
    study.codebook.retire("old")
    study.codings.import_rows(
        [
            coding(1, "trust", 0, 25, memo="Why voluntary?", weight=0.5),
            coding(2, "trust/police", 26, 42, coder="bram"),
            coding(3, "fear", 11, 40, source="u", origin="rule"),
            coding(4, "fear", 11, 40, source="u", layer="consensus"),
        ],
        "codings",
    )
    study.persons.import_rows(
        [
            PersonRow("Sara", "interviewer", "u", "I"),
            PersonRow("Tolk", "interpreter", "u", "Tolk", "Amal"),
            PersonRow("Guard", "other", "t"),
        ],
        "persons",
    )
    study.cases.import_rows([CaseRow("Shelter", "organisation", ("Amal",), ("t",))], "cases")
    columns = {"country": "", "year": "number"}
    for target, name in (("source", "u"), ("person", "Amal"), ("case", "Shelter")):
        row = AttributeRow(name, {"country": ("Iraq", "Syria"), "year": ("2024",)}, 1)
        study.attributes.import_rows(target, columns, [row], f"values of a {target}")
    study.sources.describe("u", language="nl", date="2024-05")
    study.memos.import_rows(
        [
            MemoRow("About all of it."),
            MemoRow("A pause.", "segment", "u", "method", "Pause", 5, 11),
            MemoRow("A hard word.", "code", "trust/police", coder="bram"),
            MemoRow("She was tired.", "person", "Amal"),
        ],
        "memos",
    )
    study.not_data.import_rows([NotDataRow("u", 0, 2, "head")], "not data")
    study.progress.import_rows(
        [ProgressRow("t", "anna", "done", "1"), ProgressRow("u", "bram", "in progress")], "progress"
    )
    study.coverage.import_rows([CoverageRow("u", "fear", asked=False)], "coverage")
    study.codebook.describe("fear", definition="Being afraid.")
    shelter, fear = study.cases.find("Shelter"), study.codebook.get("fear").key
    study.summaries.write([SummaryRow(shelter, fear, "She was afraid.", Basis("sign", ()))], "summed up")
    study.judgements.set(fear, '[["country","Iraq"]]', "not firmly established", "One person.", "said")
    rating = FactRow("case=Shelter", Measure("size", "scale", ("small", "large")), "small", rater="expert")
    figure = FactRow("country=Iraq", Measure("returned", "percent"), "20 %", origin="external, a report")
    study.facts.enter([rating, figure], "facts")
    study.datasets.add("register", b"id,outcome\n1,other\n2,gone\n", "utf-8", origin="external, a register")
    study.dataset_rules.keep("register", ["id unique"])
    study.datasets.recode("register", Recoding("outcome", "other", "granted"), "They were granted.")
    study.frames.enter("2024", "2024-05", "", [Unit("Shelter", "in"), Unit("Office", "refused", "no time")], "frame")
    study.rereads.mark(["t"], ["fear"])
    letter = study.sources.get("t")
    part = Part(letter.key, letter.revision_key, whole=True, start=0, end=0)
    study.rounds.make("pilot", ("anna", "bram"), [part], Terms(blind=False))
    study.rounds.submit("pilot")
    spoken_of = study.sources.get("u")
    where = (None, spoken_of.key, spoken_of.revision_key, 11, 40)
    ruling = Ruling(b"the place of it!", *where, frozenset((fear,)), "span", (Taken(11, 40, fear),), reason="Hm.")
    study.decisions.decide([ruling], "decided")
    study.queries.save("afraid", "fear AND NOT trust")
    study.sensitive.mark([SensitiveRow("t", start=4, end=10, reason="asked for it")], "a word of t is confidential")
    study.pseudonyms.set([PseudonymRow("source", "t", "the first talk")], "pseudonym of t")
    study.leaks.allow([("return", "the return was")], "no name")
    study.settings.set("language", "en")
    cited = (
        CitationRow("t", 26, 42, role="resident"),
        CitationRow("u", 5, 20, "against", quoted="translated", wording="Another wording.", by="Bram"),
    )
    scope = parse_scope(["code trust", "code fear", "where country=Iraq"])
    study.claims.add(ClaimRow("Nobody is asked.", "respondent-said", scope=scope, citations=cited))
    study.claims.add(ClaimRow("Nobody is asked twice.", under="Nobody is asked."))
    study.memos.add(MemoRow("Is it so?", "claim", "Nobody is asked."))
    study.translations.link("t", "u", translator="Bo", method="by hand")
    return study


def another(study: Study, coder: str) -> Study:
    """The same study as another process sees it, through a connection of its own; its coder is known."""
    other = Study.open(study.folder, coder="")
    other.coder = ""
    with other.action("coders", f"{coder} comes in") as change:
        other.coders.make(change, [coder])
    other.coder = coder
    return other


def problems(study: Study) -> list[str]:
    """What `qda check` finds wrong."""
    return check_study(study, lambda _: None)


def paths(study: Study) -> list[str]:
    """The paths of all codes, in order of the codebook."""
    return [code.path for code in study.codebook.tree().codes]


@contextlib.contextmanager
def before_writing(study: Study, act: Callable[[], Any]) -> Iterator[None]:
    """Let another process act at the last moment before the next transaction of a study begins."""
    begin, left = study.database.writing, [act]

    @contextlib.contextmanager
    def waits() -> Iterator[Any]:
        if left:
            left.pop()()
        with begin() as connection:
            yield connection

    study.database.writing = waits  # type: ignore[method-assign]
    try:
        yield
    finally:
        study.database.writing = begin  # type: ignore[method-assign]


# --- what is in the file ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Snapshot:
    """All rows of versioned tables by table and row (with born and died), the log, and the state hash."""

    rows: dict[tuple[str, int], Row]
    log: list[Row]
    state: str

    def live(self) -> dict[str, list[Row]]:
        """The content of live rows by table, in an order of its own."""
        found: dict[str, list[Row]] = {}
        for (table, _), row in self.rows.items():
            if row[-1] is None:
                found.setdefault(table, []).append(row[:-2])
        return {table: sorted(rows, key=repr) for table, rows in found.items()}

    def as_of(self, number: int) -> dict[str, list[Row]]:
        """The content of the rows that stood after a change."""
        found: dict[str, list[Row]] = {}
        for (table, _), row in self.rows.items():
            *content, born, died = row
            if born <= number and (died is None or died > number):
                found.setdefault(table, []).append(tuple(content))
        return {table: sorted(rows, key=repr) for table, rows in found.items()}


def snapshot(study: Study) -> Snapshot:
    """Everything that an action could change."""
    rows = {}
    for table in VERSIONED:
        for number, *row in study.database.rows(f'SELECT * FROM main."{table}"'):
            rows[table, number] = tuple(row)
    log = study.database.rows("SELECT * FROM change ORDER BY number")
    return Snapshot(rows, log, study.state_hash())


def state_from_scratch(study: Study) -> str:
    """The state hash as the design describes it, worked out from the rows."""
    uids = dict(study.database.rows("SELECT key, uid FROM entity"))
    joined = hashlib.sha256()
    for table in sorted(VERSIONED):
        names = [row[1] for row in study.database.rows(f'PRAGMA table_info("{table}")')]
        refs = {row[3] for row in study.database.rows(f'PRAGMA foreign_key_list("{table}")') if row[2] == "entity"}
        total = 0
        for row in study.database.rows(f'SELECT * FROM main."{table}" WHERE died IS NULL'):
            content = [
                uids[value] if name in refs and value is not None else value
                for name, value in zip(names, row, strict=True)
                if name not in ("row", "born", "died") and (table, name) not in NO_STATE
            ]
            total += int.from_bytes(hashlib.sha256(ascii((table, *content)).encode()).digest(), "big")
        if total % (1 << 256):
            joined.update(table.encode() + b"\0" + (total % (1 << 256)).to_bytes(32, "big"))
    return joined.hexdigest()

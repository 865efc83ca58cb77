"""`qda round`, and a blind round attacked through every command: two worlds that differ only in what is hidden."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from cli_world import ROOT, copy_study, done, qda

from qda.cli.main import COMMANDS
from qda.render.docx import document_text
from qda.reports.registry import NEED_BY, REPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES = ("no_official", "nl_return_counsellor")
HERE = tuple(word for source in SOURCES for word in ("--source", source))
CODE = "strategy/rule_creation"


@pytest.fixture
def blind(demo: Path) -> Path:
    """The sample study, in which Anna and Bram code two sources blindly."""
    done("claims", "add", "Known before.", "--scope", f"code {CODE}", study=demo, coder="Lead")
    named = [word for source in SOURCES for word in ("--source", source)]
    for coder in ("Anna", "Bram"):
        done("progress", "set", SOURCES[1], "done", study=demo, coder=coder)
    done("code", "add", "late", "--definition", "Came after they were done.", study=demo)
    done("round", "new", "first", "--for", "Anna", "--for", "Bram", *named, study=demo, coder="Lead")
    return demo


def work(study: Path, *, source: str = SOURCES[0]) -> None:
    """What Anna does in the round, with words that stand nowhere else."""
    done("codings", "add", source, CODE, "100", "190", study=study)
    done("code", "add", "zebra", "--definition", "Zebras.", study=study)
    done("codings", "add", source, "zebra", "200", "290", study=study)
    done("memos", "add", "A zebra crossing.", "--source", source, study=study)
    done("states", "set", CODE, "host_country=NO", "--reason", "A zebra, once.", study=study)
    done("summaries", "write", "NO official", CODE, "A zebra, they said.", study=study)
    done("progress", "set", source, "in progress", study=study)
    done("reread", "done", SOURCES[1], study=study)
    done("claims", "add", "A zebra finding.", "--scope", "code zebra", study=study)
    done("claims", "cite", "zebra", source, "100", "190", study=study)
    done("claims", "cite", "before", source, "200", "290", "--against", study=study)
    done("query", "save", "zebras", "zebra", study=study)
    done("facts", "add", "case=NO official", "stripes", "zebra", "--rater", "Anna", study=study)
    done("sensitive", "add", source, "200", "290", "--reason", "a zebra", study=study)
    done("leaks", "allow", "zebra", "--everywhere", study=study)


def all_that_is_read(study: Path, coder: str, only: Sequence[str] = ()) -> dict[str, str]:
    """What a coder gets out of a study, by (only these) commands; hashes of the state and moments are left out."""
    commands: list[tuple[str, ...]] = [
        *((noun, "--format", "json") for noun in ("sources", "codes", "coders", "persons", "cases", "memos")),
        ("claims", "--format", "json"),
        ("claims", "show", "before"),
        ("claims", "export", "-"),
        *((noun, "--format", "json") for noun in ("attributes", "progress", "coverage", "not-data", "settings")),
        *(("report", name, "--evidence", "--format", "json") for name in REPORTS),
        ("report", "claims", "--format", "md"),
        ("report", "all", "--by", "host_country", *HERE, "--format", "html"),  # with what only pages say
        *(("report", "frequency", "--coder", name, "--format", "json") for name in ("Anna", "Bram")),
        ("report", "frequency", "--layer", "independent", "--format", "json"),
        ("codings", "export", "-"),
        ("codings", "export", "-", "--coder", "Anna"),
        ("memos", "export", "-"),
        ("summaries", "--format", "json"),
        ("states", "--format", "json"),
        ("summaries", "export", "-"),
        ("facts", "--format", "json"),
        ("facts", "export", "-"),
        ("facts", "count"),
        ("translation", "--format", "json"),
        ("translation", "show", SOURCES[0], "--format", "json"),
        ("frame", "--format", "json"),
        ("frame", "report"),
        ("progress", "export", "-"),
        ("codebook", "export", "-"),
        ("search", "vrijwillig", "--format", "json"),
        ("search", "a", "--coder", "Anna", "--format", "json"),
        ("export", "markdown", "-o", "-"),
        ("export", "tagged", "-o", "-"),
        *(("export", form, "--dry-run", "--format", "json") for form in ("refi", "qdc", "webanno")),
        ("reread", "list", "--all", "--format", "json"),
        ("reread", "progress", "--format", "json"),
        ("query", "--format", "json"),
        *((noun, "--format", "json") for noun in ("sensitive", "leaks", "pseudonyms")),
        ("query", "run", "*", "--format", "json"),
        ("query", "run", "zebras"),
        ("report", "frequency", "--query", "* WITHIN 2 turns OF *", "--format", "json"),
        ("search", "a", "--query", "* AND coder = Anna", "--format", "json"),
        ("round", "show", "first"),
        ("round", "list"),
        ("round", "disagreements", "first", "--format", "json"),
        ("round", "disagreements", "-", "--format", "json"),
        ("check",),
        ("verify", str(ROOT / "exports" / "frequency.md")),
        ("history", "--format", "json"),
        ("codebook", "history", "--format", "json"),
    ]
    found = {}
    for words in commands:
        if only and " ".join(words) not in only:
            continue
        if words[0] == "report" and words[1] in NEED_BY:
            words = (*words, "--by", "host_country")  # noqa: PLW2901
        result = qda(*words, study=study, coder=coder)
        said = re.sub(r"[0-9a-f]{16,64}", "HASH", result.out + result.err)
        said = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "MOMENT", said)
        found[" ".join(words)] = f"{result.code}\n{said}"
    found["workbook"] = all_in_a_workbook(study, coder)
    return found | all_in_files(study, coder)


def all_in_files(study: Path, coder: str) -> dict[str, str]:
    """All that stands in the projects that are written for other tools, one by one, and in Word documents."""
    found = {}
    with TemporaryDirectory() as folder:
        for form, name in (("qualcoder", "p.qda"), ("taguette", "p.sqlite3")):
            said = done("export", form, "-o", f"{folder}/{name}", study=study, coder=coder).err
            found[f"export {form}"] = said.replace(folder, "FOLDER")
        for words in (("report", "excerpts", *HERE), ("export", "docx", *SOURCES)):
            done(*words, "-o", f"{folder}/d.docx", study=study, coder=coder)
            text = document_text((Path(folder) / "d.docx").read_bytes())
            found[f"{words[0]} docx"] = re.sub(r"[0-9a-f]{16,64}", "HASH", text)
        # The package has the tables, the annotations and the REFI-QDA project in it.
        (Path(folder) / "m.yaml").write_text("title: A study")  # else the name of its folder, which differs
        named = ("--metadata", f"{folder}/m.yaml")
        done("export", "deposit", "-o", f"{folder}/d.zip", *named, study=study, coder=coder)
        with ZipFile(f"{folder}/d.zip") as packed, ZipFile(packed.open("project.qdpx")) as project:
            names = [name for name in packed.namelist() if not name.endswith((".qdpx", "sha256.txt"))]
            found["deposit"] = "".join(packed.read(name).decode() for name in names)
            found["deposit"] += project.read("project.qde").decode()
        for name in ("p.qda/data.qda", "p.sqlite3"):
            with closing(sqlite3.connect(f"{folder}/{name}")) as tables:
                found[name] = "\n".join(tables.iterdump())
    return found


def all_in_a_workbook(study: Path, coder: str) -> str:
    """All that stands in a workbook of a report, with the evidence; hashes of the state are left out."""
    with TemporaryDirectory() as folder:
        file = f"{folder}/all.xlsx"
        done("report", "frequency", *HERE, "-o", file, study=study, coder=coder)
        with ZipFile(file) as packed:
            words = "".join(packed.read(name).decode() for name in packed.namelist())
    return re.sub(r"[0-9a-f]{16,64}", "HASH", words)


@pytest.mark.long
def test_nothing_that_is_read_shows_what_a_blind_round_hides(blind: Path, tmp_path: Path) -> None:
    done("translation", "link", SOURCES[0], "iranian_returnee", study=blind, coder="Lead")
    without = copy_study(blind, tmp_path / "without")
    work(blind)
    for coder in ("Bram", "Lead"):
        there, absent = all_that_is_read(blind, coder), all_that_is_read(without, coder)
        assert {words: said for words, said in there.items() if said != absent[words]} == {}
    seen = all_that_is_read(blind, "Anna", ("codings export -", "codes --format json"))
    assert "zebra" in seen["codings export -"] + seen["codes --format json"]


def test_reports_say_that_something_is_hidden(blind: Path) -> None:
    said = "Hidden until the blind round is revealed: what others than you coded in"
    for name in ("frequency", "cooccurrence", "excerpts", "comparison --by host_country"):
        notes = done("report", *name.split(), "--format", "json", study=blind, coder="Bram").json["notes"]
        assert [note for note in notes if note.startswith(said) and all(source in note for source in SOURCES)]
        there = ("--source", "iranian_returnee")
        notes = done("report", *name.split(), *there, "--format", "json", study=blind, coder="Bram").json["notes"]
        assert not [note for note in notes if note.startswith(said)]


def test_after_the_reveal_everybody_sees_all(blind: Path) -> None:
    work(blind)
    for coder in ("Anna", "Bram"):
        done("round", "submit", "first", study=blind, coder=coder)
    done("round", "reveal", "first", study=blind, coder="Lead")
    pages = " ".join(("report", "all", "--by", "host_country", *HERE, "--format", "html"))
    only = ("codings export -", "memos --format json", "claims --format json", "claims export -")
    seen = all_that_is_read(blind, "Bram", (*only, pages))
    assert "zebra" in seen["codings export -"]
    assert "zebra" in seen[pages]
    assert all("zebra" in seen[name] for name in ("workbook", "deposit", "p.qda/data.qda", "p.sqlite3"))
    assert all("zebra" in seen[name] for name in ("report docx", "export docx"))
    assert "A zebra crossing." in seen["memos --format json"]
    assert "A zebra finding." in seen["claims --format json"]
    assert f"— {SOURCES[0]}, characters 200-290" in seen["claims export -"]


def test_every_command_is_known_here() -> None:
    """A new command must be attacked too."""
    elsewhere = {
        "demo",
        "init",
        "import",
        "survey",
        "source",
        "code",
        "undo",
        "redo",
        "backup",
        "restore",
        "agreement",
        "merge",
    }
    attacked = {"sources", "codes", "coders", "persons", "cases", "memos", "attributes", "progress", "coverage"}
    attacked |= {"not-data", "settings", "report", "codings", "search", "export", "round", "check", "history"}
    attacked |= {"verify", "codebook", "reread", "claims", "query", "summaries", "states", "facts", "dataset"}
    attacked |= {"translation", "survey", "frame"}
    attacked |= {"sensitive", "leaks", "pseudonyms"}
    assert set(COMMANDS) == elsewhere | attacked


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("new first --for Anna", "two coders at least"),
        ("new first --for Anna --for Bram --source nowhere", "there is no source named 'nowhere'"),
        ("new first --for Anna --for Bram --number 0", "--number is at least 1"),
        ("new first --for Anna --for Bram --number 2 --share 10", "give one of them"),
        ("new first --for Anna --for Bram --share 101", "at most 100"),
        ("new first --for Anna --for Bram --by host_country", "--by goes with --number"),
        ("new first --for Anna --for Bram --number 2 --by nothing", "there is no attribute named 'nothing'"),
        ("new first --for Anna --for Bram --unit word", "--unit is one of"),
        ("new first --for Anna --for Bram --stat kappa --unit turn", "--stat for the unit turn is one of"),
        ("new first --for Anna --for Bram --rule any", "--rule is any or majority"),
        ("new first --for Anna --for Bram --threshold high", "--threshold is a number"),
        ("new first --for Anna --for Bram --threshold nan", "--threshold is a number"),
        ("new first --for Anna --for Bram --gold Nobody", "there is no coder named 'Nobody'"),
        ("show nothing", "there is no round named 'nothing'"),
        ("submit nothing", "there is no round named 'nothing'"),
        ("reveal nothing", "there is no round named 'nothing'"),
        ("judge nothing", "there is no round named 'nothing'"),
    ],
)
def test_what_is_refused_changes_nothing(demo: Path, words: str, said: str) -> None:
    before = done("history", "--format", "json", study=demo).out
    result = qda("round", *words.split(), study=demo)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert done("history", "--format", "json", study=demo).out == before


def test_the_same_seed_draws_the_same_from_each_stratum(demo: Path, tmp_path: Path) -> None:
    other = copy_study(demo, tmp_path / "other")
    words = ("round", "new", "r", "--for", "Anna", "--for", "Bram", "--number", "4", "--by", "host_country")
    drawn = []
    for study, seed in ((demo, "7"), (other, "7")):
        done(*words, "--seed", seed, study=study)
        drawn.append([row["source"] for row in done("round", "show", "r", "--format", "json", study=study).json])
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 4


def test_stretches_are_assigned_by_whole_turns(demo: Path) -> None:
    words = ("--source", SOURCES[0], "--stretches", "1500", "--number", "2")
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", *words, study=demo)
    rows = done("round", "show", "r", "--format", "json", study=demo).json
    starts = {turn["start"] for turn in done("source", "turns", SOURCES[0], "--format", "json", study=demo).json} | {0}
    assert len(rows) == 4
    assert all(row["start"] in starts and row["end"] - row["start"] >= 750 for row in rows)

"""`qda query`, and `--query` wherever something is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path


def test_a_query_is_tried_saved_renamed_changed_and_removed(study: Path) -> None:
    assert done("query", study=study).err == "No query is saved yet; save one with 'qda query save NAME QUERY'.\n"
    found = done("query", "run", "trust AND country = NL", "--format", "json", study=study)
    assert [(row["source"], row["codes"], row["coders"]) for row in found.json] == [
        ("alfa", ["trust/high"], ["Anna"]),
        ("alfa", ["trust/low"], ["Anna", "Bram"]),
        ("alfa", ["trust/high"], ["Anna"]),
    ]
    assert found.json[0]["text"] == "My brother."
    first, *_, last = found.err.splitlines()
    assert (first, last) == ("query: trust AND country = NL", "3 passages in 1 source; codings of Anna, Bram")
    done("query", "save", "leaning", "high OR low", study=study)
    assert [row["query"] for row in done("query", "--format", "json", study=study).json] == ["trust/high OR trust/low"]
    refused = qda("query", "save", "leaning", "time", study=study)
    assert (refused.code, "with --replace" in refused.err) == (1, True)
    done("query", "save", "leaning", "time", "--replace", study=study, coder="Bram")
    done("query", "rename", "leaning", "when", study=study)
    rows = done("query", "list", "--format", "json", study=study).json
    assert [(row["name"], row["query"], row["coder"]) for row in rows] == [("when", "time", "Bram")]
    done("query", "remove", "when", study=study)
    assert done("query", "list", "--format", "json", study=study).json == []
    assert done("undo", study=study).err == "Taken back: removed the query when\n"
    assert done("check", study=study).code == 0


def test_every_door_takes_a_query(study: Path) -> None:
    done("query", "save", "low", "trust/low", study=study)
    for report in ("frequency", "cooccurrence", "excerpts", "saturation", "timeline"):
        found = done("report", report, "--query", "low", "--format", "json", study=study).json
        assert "Only codings on words of the query 'low': trust/low." in found["notes"]
        assert found["manifest"]["command"].endswith("--query low")
    by = ("--by", "country", "--format", "json")
    rows = done("report", "comparison", "--query", "low", *by, study=study).json["rows"]
    assert {row["code"] for row in rows if row["passages"]} == {"trust/low"}
    assert len(done("codings", "export", "-", "--query", "low", study=study).out.splitlines()) == 2
    assert "> did not trust the office" in done("export", "markdown", "--query", "low", "-o", "-", study=study).out
    hits = done("search", "office", "--query", "low", "--format", "json", study=study).json
    assert [hit["text"] for hit in hits] == ["office"]
    assert done("search", "office", "--query", "low AND coder = Bram", "--code", "low", study=study).code == 0
    said = done("report", "all", "--query", "low", study=study)
    assert "agreement is left out, for it takes no --query" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "run", "trust AND (low"), "at character 11 ('('): this bracket is not closed"),
        (("query", "run", "trust AND nobody"), "at character 11 ('nobody'): there is no code 'nobody'"),
        (("query", "save", "x", "not low"), "'not' is written NOT, in capitals"),
        (("query", "save", "x AND y", "low"), "cannot be the name of a query"),
        (("query", "rename", "x", "y"), "there is no query named 'x'"),
        (("query", "remove", "x"), "there is no query named 'x'"),
        (("report", "frequency", "--query", "low AND"), "at its end: a code"),
        (("report", "agreement", "--query", "low"), "takes no --query"),
        (("search", "office", "--query", "x"), "there is no saved query and no code 'x'"),
    ],
)
def test_what_is_refused(study: Path, words: tuple[str, ...], said: str) -> None:
    before = done("history", study=study).out
    result = qda(*words, study=study)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert done("history", study=study).out == before


def test_check_says_which_query_holds_no_more(study: Path) -> None:
    done("code", "add", "gone", study=study)
    done("query", "save", "lost", "gone OR low", study=study)
    done("code", "remove", "gone", study=study)
    said = done("check", study=study).err
    assert "note: the query 'lost' finds nothing any more: the query is wrong at character 1 ('gone')" in said

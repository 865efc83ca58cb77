"""What the lists hold: names of columns as the design promises them, and numbers that agree with each other."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from cli_world import ALFA, CODINGS, done, qda

if TYPE_CHECKING:
    from pathlib import Path


def test_sources(study: Path, world: Path) -> None:
    found = {one["name"]: one for one in done("sources", "--format", "json", study=study).json}
    assert list(found) == ["alfa", "beta", "gamma"]
    for name, one in found.items():
        data = (world / "in" / f"{name}.txt").read_bytes()
        assert one["sha256"] == one["text_sha256"] == hashlib.sha256(data).hexdigest()
        assert one["characters"] == len(data.decode())
        assert one["codings"] == sum(coding[0] == name for coding in CODINGS)
    assert {name: one["turns"] for name, one in found.items()} == {"alfa": 6, "beta": 5, "gamma": 0}
    assert {name: one["persons"] for name, one in found.items()} == {"alfa": 2, "beta": 2, "gamma": 0}
    assert {name: one["kind"] for name, one in found.items()} == {
        "alfa": "transcript", "beta": "transcript", "gamma": "notes",
    }  # fmt: skip
    assert {name: one["language"] for name, one in found.items()} == {"alfa": "en", "beta": "no", "gamma": "en"}


def test_the_text_is_what_came(study: Path) -> None:
    assert done("source", "text", "alfa", study=study).out == ALFA


def test_turns(study: Path) -> None:
    turns = done("source", "turns", "alfa", "--format", "json", study=study).json
    assert list(turns[0]) == ["turn", "start", "end", "label", "time_ms", "person", "role", "speaks_for"]
    assert [one["turn"] for one in turns] == [1, 2, 3, 4, 5, 6]
    assert [one["label"] for one in turns] == ["I", "R1"] * 3
    assert [one["person"] for one in turns] == ["Ida", "Tove"] * 3
    assert ALFA[turns[3]["start"] : turns[3]["end"]] == "R1: My brother. I did not trust the office at all."


def test_codes(study: Path) -> None:
    found = done("codes", "--format", "json", study=study).json
    assert [one["path"] for one in found] == ["trust", "trust/low", "trust/high", "time", "time/before", "place"]
    assert [one["name"] for one in found] == ["trust", "low", "high", "time", "before", "place"]
    assert [one["parent"] for one in found] == [None, "trust", "trust", None, "time", None]
    assert found[0]["definition"] == "Somebody relies on somebody."
    assert [one["codings"] for one in found] == [1, 2, 3, 0, 2, 2]


def test_a_retired_code_says_so_as_a_truth_value(study: Path) -> None:
    done("code", "retire", "place", study=study)
    assert [one["retired"] for one in done("codes", "--format", "json", study=study).json] == [False] * 5 + [True]


def test_coders(study: Path) -> None:
    found = done("coders", "--format", "json", study=study).json
    assert [(one["name"], one["codings"]) for one in found] == [("Anna", 7), ("Bram", 3)]


def test_persons_and_cases(study: Path) -> None:
    found = {one["name"]: one for one in done("persons", "--format", "json", study=study).json}
    assert list(found) == ["Ida", "Tove"]
    assert found["Tove"]["role"] == "respondent"
    assert found["Ida"]["role"] == "interviewer"
    assert found["Tove"]["sources"] == ["alfa", "beta"]
    assert found["Tove"]["age"] == "41"
    cases = {one["name"]: one for one in done("cases", "--format", "json", study=study).json}
    assert cases["Tove"]["kind"] == "respondent"
    assert cases["Tove"]["persons"] == ["Tove"]
    assert cases["Office"]["sources"] == ["alfa", "gamma"]


def test_memos(study: Path) -> None:
    done("memos", "add", "On a code.", "--code", "trust/low", "--type", "theoretical", "--title", "T", study=study)
    done("memos", "add", "On the study.", study=study, coder="Bram")
    found = done("memos", "--format", "json", study=study).json
    assert list(found[0]) == ["at", "coder", "type", "about", "target", "start", "end", "title", "text", "id"]
    said = [(one["coder"], one["type"], one["about"], one["target"], one["text"]) for one in found]
    assert said == [
        ("Anna", "case", "case", "Tove", "Warm voice."),
        ("Anna", "theoretical", "code", "trust/low", "On a code."),
        ("Bram", "analytic", "study", "", "On the study."),
    ]


def test_registers(study: Path) -> None:
    states = done("progress", "--format", "json", study=study).json
    assert [(one["source"], one["coder"], one["state"]) for one in states] == [
        ("alfa", "Anna", "done"), ("alfa", "Bram", "done"), ("beta", "Anna", "in progress"),
    ]  # fmt: skip
    asked = done("coverage", "--format", "json", study=study).json
    assert [(one["source"], one["code"], one["asked"]) for one in asked] == [
        ("alfa", "trust", "yes"), ("beta", "trust", "no"),
    ]  # fmt: skip
    assert [one["reason"] for one in done("not-data", "--format", "json", study=study).json] == ["page head"] * 2


def test_history_names_who_did_what(study: Path) -> None:
    done("code", "add", "fresh", study=study, coder="Bram")
    last = done("history", "--format", "json", "--last", "1", study=study).json
    assert len(last) == 1
    assert last[0]["coder"] == "Bram"
    assert last[0]["summary"] == "new code fresh"
    numbers = [one["change"] for one in done("history", "--format", "json", study=study).json]
    assert numbers == sorted(numbers, reverse=True)


def test_the_sample_agrees_with_itself(sample: Path) -> None:
    sources = done("sources", "--format", "json", study=sample).json
    codes = done("codes", "--format", "json", study=sample).json
    coders = done("coders", "--format", "json", study=sample).json
    lines = [json.loads(line) for line in done("codings", "export", study=sample).out.splitlines()]
    for counted in (sources, codes, coders):
        assert sum(one["codings"] for one in counted) == len(lines) == 1408
    assert len(sources) == 16


def test_no_changes_asked_for_is_not_no_changes_made(study: Path) -> None:
    assert "Nothing has been done" not in qda("history", "--last", "0", study=study).err


@pytest.mark.parametrize("words", ["persons", "cases", "memos", "attributes", "progress", "coverage", "not-data"])
def test_what_can_be_done_is_listed(words: str) -> None:
    shown = done(words, "--help").out
    assert [f"    {action} " in shown for action in ("list", "import", "export")] == [True] * 3
    assert "Without an action: the list" in shown


@pytest.mark.parametrize("words", ["persons", "cases", "memos", "attributes", "progress", "coverage", "not-data"])
def test_a_list_can_be_asked_for_by_its_name(study: Path, words: str) -> None:
    assert done(words, "list", "--format", "csv", study=study).out == done(words, "--format", "csv", study=study).out


@pytest.mark.parametrize(
    ("words", "named"),
    [("codings", "import, export"), ("report", "frequency, cooccurrence"), ("export", "markdown, docx")],
)
def test_where_the_next_word_is_missing_it_is_said_which_there_are(study: Path, words: str, named: str) -> None:
    said = qda(words, study=study)
    assert said.code == 2
    assert named in said.err
    assert f"see 'qda {words} --help'" in said.err


def test_truth_values_in_csv_are_those_of_json(study: Path) -> None:
    done("code", "retire", "place", study=study)
    found = [line.split(",")[-2] for line in done("codes", "--format", "csv", study=study).out.splitlines()]
    assert found == ["retired", *["false"] * 5, "true"]


def test_progress_has_the_columns_of_the_list_in_a_file_and_what_finds_the_version_elsewhere(study: Path) -> None:
    listed = done("progress", "--format", "csv", study=study).out.splitlines()
    written = done("progress", "export", "-", study=study).out.splitlines()
    assert listed[0] == "source,coder,state,version,layer"
    assert written[0] == "source,coder,state,version,layer,codes,lacks"
    assert [line.rsplit(",", 2)[0] for line in written[1:]] == listed[1:]


def test_one_thing_is_not_things(study: Path, tmp_path: Path) -> None:
    assert done("search", "winter", study=study).err == "1 hit in 1 source.\n"
    one = b"source,start,end\nalfa,0,3\n"
    assert done("not-data", "import", "-", study=study, stdin=one).err == "1 stretch is marked as no data\n"
    assert done("persons", "import", "-", study=study, stdin=b"person\nNew\n").err == "1 person is entered\n"
    done("export", "markdown", "--code", "trust", "--no-subcodes", study=study)
    assert "- 1 coding in 1 of 3 sources." in (study / "exports" / "excerpts.md").read_text(encoding="utf-8")

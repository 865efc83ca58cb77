"""`qda reread`: what is listed, what marks it, and how comparison and agreement count it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def changed(study: Path) -> Path:
    """The small study, in which `alfa` was done by Anna and Bram before `duty` came and `trust/low` was changed."""
    done("code", "add", "duty", study=study)
    done("code", "describe", "trust/low", "--definition", "Hardly any.", study=study)
    return study


def states(study: Path, code: str) -> dict[str, str]:
    words = ("--by", "country", "--code", code, "--source", "alfa", "--format", "json")
    rows = done("report", "comparison", *words, study=study).json["rows"]
    return {row["value"]: row["state"] for row in rows}


def test_the_list_its_progress_and_the_marks(changed: Path) -> None:
    rows = done("reread", "--format", "json", study=changed).json
    assert [(row["coder"], row["code"], row["changed"]) for row in rows] == [
        ("Anna", "trust/low", "definition"),
        ("Anna", "duty", "new code"),
        ("Bram", "trust/low", "definition"),
        ("Bram", "duty", "new code"),
    ]
    assert {row["source"] for row in rows} == {"alfa"}
    assert all(row["done_under"] < row["changed_in"] for row in rows)
    assert done("reread", "done", "alfa", "--code", "duty", study=changed).err == "1 source read again by Anna\n"
    only = ("--coder", "Anna", "--format", "json")
    assert [row["code"] for row in done("reread", "list", *only, study=changed).json] == ["trust/low"]
    listed = done("reread", "list", "--all", "--code", "duty", "--format", "json", study=changed).json
    assert [(row["coder"], row["state"]) for row in listed] == [("Anna", "read again"), ("Bram", "to be read again")]
    assert done("reread", "progress", *only, study=changed).json == [
        {"coder": "Anna", "code": "trust/low", "read_again": 0, "of": 1},
        {"coder": "Anna", "code": "duty", "read_again": 1, "of": 1},
    ]
    done("reread", "done", "alfa", study=changed)
    assert done("reread", *only, study=changed).json == []
    said = done("reread", "done", "alfa", study=changed).err
    assert "Nothing was changed" in said
    done("undo", study=changed)
    assert [row["code"] for row in done("reread", *only, study=changed).json] == ["trust/low"]
    done("check", study=changed)


def test_comparison_says_none_found_only_after_reading_again(changed: Path) -> None:
    done("coverage", "import", "-", stdin=b"source,code,asked\nalfa,duty,yes\n", study=changed)
    assert states(changed, "duty")["NL"] == "not yet coded"
    done("reread", "done", "alfa", "--code", "duty", study=changed)
    assert states(changed, "duty")["NL"] == "not yet coded"  # Bram was done before it, too
    done("reread", "done", "alfa", "--code", "duty", study=changed, coder="Bram")
    assert states(changed, "duty")["NL"] == "none found"


def test_agreement_counts_a_code_for_which_both_have_read_again(changed: Path) -> None:
    for coder in ("Anna", "Bram"):
        done("codings", "add", "alfa", "duty", "10", "30", study=changed, coder=coder)
    words = ("report", "agreement", "--source", "alfa", "--code", "duty", "--unit", "char", "--format", "json")

    def notes() -> str:
        return " ".join(done(*words, study=changed).json["notes"])

    lacking = "Codes that the codebook did not have yet when a source was done are out there"
    assert f"{lacking}: duty in alfa (Anna), alfa (Bram)" in notes()
    done("reread", "done", "alfa", study=changed)
    assert f"{lacking}: duty in alfa (Bram)" in notes()
    done("reread", "done", "alfa", study=changed, coder="Bram")
    assert lacking not in notes()
    rows = done(*words, study=changed).json["rows"]
    value = next(row["value"] for row in rows if row["stat"] == "percent" and row["code"] == "duty")
    assert value == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("done nowhere", "there is no source named 'nowhere'"),
        ("done beta", "Anna is not done with 'beta'"),
        ("done alfa --code nothing", "there is no code 'nothing'"),
        ("list --coder Nobody", "there is no coder named 'Nobody'"),
        ("done", "required"),
    ],
)
def test_what_is_refused_changes_nothing(changed: Path, words: str, said: str) -> None:
    before = done("history", "--format", "json", study=changed).out
    result = qda("reread", *words.split(), study=changed)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert done("history", "--format", "json", study=changed).out == before

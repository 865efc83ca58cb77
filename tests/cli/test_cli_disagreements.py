"""`qda report agreement --disagreements`: each place where coders are apart, its kind, words and codings."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import done, qda
from test_cli_agreement import make

if TYPE_CHECKING:
    from pathlib import Path

# Of each kind one, by hand: ends apart by a few, another code, one in two, two in one, only Anna, only Bram.
CODED = [
    *(("t", "x", "Anna", 0, 20), ("t", "x", "Bram", 0, 24)),
    *(("t", "x", "Anna", 40, 60), ("t", "y", "Bram", 40, 60)),
    *(("t", "x", "Anna", 100, 140), ("t", "x", "Bram", 100, 120), ("t", "x", "Bram", 122, 140)),
    *(("t", "y", "Anna", 200, 220), ("t", "y", "Anna", 220, 240), ("t", "y", "Bram", 200, 240)),
    ("t", "x", "Anna", 300, 310),
    ("t", "y", "Bram", 320, 330),
    *(("t", "x", "Anna", 400, 410), ("t", "x", "Bram", 400, 410)),
]
EXPECTED = [
    ("boundary", 0, 24, "x 0-20", "x 0-24"),
    ("different code", 40, 60, "x 40-60", "y 40-60"),
    ("split", 100, 140, "x 100-140", "x 100-120; x 122-140"),
    ("merged", 200, 240, "y 200-220; y 220-240", "y 200-240"),
    ("missed", 300, 310, "x 300-310", ""),
    ("extra", 320, 330, "", "y 320-330"),
]
LIST = ("report", "agreement", "--disagreements")


def listed(study: Path, *words: str) -> dict[str, Any]:
    made: dict[str, Any] = done(*LIST, *words, "--format", "json", study=study).json
    return made


def ids(study: Path) -> dict[tuple[str, int, int], str]:
    lines = done("codings", "export", "-", study=study).out.splitlines()
    return {(one["coder"], one["start"], one["end"]): one["id"] for one in map(json.loads, lines)}


def test_every_kind_is_listed_with_its_words_and_its_codings(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 500}, CODED)
    made = listed(study, "--evidence")
    text = ("words and " * 500)[:500]
    kept = [(row["kind"], row["start"], row["end"], row["first"], row["second"]) for row in made["rows"]]
    assert kept == EXPECTED
    known = ids(study)
    for row in made["rows"]:
        assert row["text"] == text[row["start"] : row["end"]]
        assert row["before"] == text[max(0, row["start"] - 40) : row["start"]]
        assert row["after"] == text[row["end"] : row["end"] + 40]
        assert row["coders"] == "Anna|Bram"
    behind = list(made["evidence"].values())
    assert behind[0] == sorted([known["Anna", 0, 20], known["Bram", 0, 24]])
    assert behind[3] == sorted([known["Anna", 200, 220], known["Anna", 220, 240], known["Bram", 200, 240]])
    assert behind[4] == [known["Anna", 300, 310]]
    assert all(behind)
    assert "--disagreements" in made["manifest"]["command"]


def test_offsets_are_those_of_the_stored_text_though_something_is_left_out(tmp_path: Path) -> None:
    study = make(tmp_path, {"t": 500}, [("t", "x", "Anna", 90, 130), ("t", "x", "Bram", 200, 210)])
    done("not-data", "add", "t", "20", "50", "--reason", "page head", study=study)
    done("not-data", "add", "t", "100", "120", "--reason", "page head", study=study)
    kept = [(row["kind"], row["start"], row["end"]) for row in listed(study)["rows"]]
    assert kept == [("missed", 90, 130), ("extra", 200, 210)]


def test_csv_has_all_of_them_and_the_report_the_longest(tmp_path: Path) -> None:
    coded = [("t", "x", "Anna", at, at + 10 + at // 100) for at in range(0, 2000, 100)]
    study = make(tmp_path, {"t": 2100}, [*coded, ("t", "y", "Bram", 5, 6)])
    rows = list(csv.DictReader(io.StringIO(done(*LIST, "--format", "csv", "--evidence", study=study).out)))
    assert len(rows) == 21
    assert all(row["evidence"] for row in rows)
    told = done("report", "agreement", study=study).out
    assert "9 more places; 'qda report agreement --disagreements' lists all" in told
    assert told.index("x 1900-1929") < told.index("x 1800-1828")
    made = done("report", "agreement", "--parts", "--format", "json", study=study).json
    parts = {part["heading"]: part for part in made["parts"]}
    assert parts["Kinds of disagreement"]["rows"] == [
        {
            "kind": "missed",
            "which is": "only the first coder has it",
            "places": 20,
            "characters": sum(10 + number for number in range(20)),
        },
        {"kind": "extra", "which is": "only the second coder has it", "places": 1, "characters": 1},
    ]
    assert made["lead"][0].startswith("Of the text")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--disagreements --stat kappa", "has no use for --stat"),
        ("--disagreements --overlap 0.5", "has no use for --overlap"),
        ("--parts --format md", "--parts goes with --format json"),
    ],
)
def test_what_does_not_go_together_is_refused(study: Path, words: str, said: str) -> None:
    result = qda("report", "agreement", *words.split(), study=study)
    assert result.code == 2
    assert said in result.err
    assert result.err.count("\n") == 1

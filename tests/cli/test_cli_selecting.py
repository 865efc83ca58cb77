"""How codes are named in commands, and that one selection has one manifest however it is written."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest
from cli_world import done, everything, qda

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "trust\\qx/high"
SENTENCE = "a backslash stands before 'q' in the path 'trust\\qx/high'; in names write \\\\ for a backslash, \\/"


def test_a_backslash_that_stands_alone_in_a_path_is_refused_wherever_paths_come_in(study: Path) -> None:
    """Else `trust\\qx` would be taken for `trustqx`."""
    coding = {"source": "alfa", "code": WRONG, "coder": "Anna", "start": 0, "end": 4}
    memo = {"text": "x", "target": {"code": WRONG}}
    untouched = everything(study)
    for words, stdin in (
        (["report", "frequency", "--code", WRONG], ""),
        (["codings", "export", "-", "--code", WRONG], ""),
        (["search", "trust", "--code", WRONG], ""),
        (["code", "add", WRONG], ""),
        (["code", "move", "place", WRONG], ""),
        (["codings", "add", "alfa", WRONG, "0", "4"], ""),
        (["memos", "add", "x", "--code", WRONG], ""),
        (["codings", "import", "-"], json.dumps(coding)),
        (["codings", "import", "-", "--create-codes"], json.dumps(coding)),
        (["memos", "import", "-"], json.dumps(memo)),
        (["coverage", "import", "-"], f"source,code,asked\nalfa,{WRONG},yes\n"),
    ):
        result = qda(*words, study=study, stdin=stdin.encode())
        assert (result.code, result.out) == (1, "")
        assert SENTENCE in result.err
        assert result.err.count("\n") == 1
    assert everything(study) == untouched


def test_a_name_that_one_code_has_names_it_in_every_command(study: Path) -> None:
    by_path = done("report", "frequency", "--code", "trust/high", "--format", "json", study=study).out
    assert done("report", "frequency", "--code", "High", "--format", "json", study=study).out == by_path
    assert done("search", "lady", "--code", "high", study=study).out
    exported = done("codings", "export", "-", "--code", "high", study=study).out
    assert exported == done("codings", "export", "-", "--code", "trust/high", study=study).out
    done("codings", "add", "alfa", "high", "0", "4", study=study)
    done("memos", "add", "Why?", "--code", "high", study=study)
    done("code", "rename", "high", "tall", study=study)
    paths = [one["path"] for one in done("codes", "--format", "json", study=study).json]
    assert "trust/tall" in paths
    assert "trust/high" not in paths


def test_a_name_that_several_codes_have_is_refused_with_their_paths(study: Path) -> None:
    done("code", "add", "place/high", study=study)
    untouched = everything(study)
    for words in (["report", "frequency", "--code", "high"], ["code", "remove", "high"]):
        result = qda(*words, study=study)
        assert result.code == 1
        assert "there is no code 'high' ('trust/high' and 'place/high' are called so; write the path)" in result.err
    assert everything(study) == untouched


def test_a_path_goes_before_a_name_further_down(study: Path) -> None:
    done("code", "add", "high", study=study)
    found = done("report", "frequency", "--code", "high", "--format", "json", study=study).json
    assert [row["code"] for row in found["rows"]] == ["high"]


def test_files_name_codes_by_their_path_only(study: Path) -> None:
    """A file outlives the codebook of today, in which a name may still be the only one."""
    untouched = everything(study)
    result = qda("coverage", "import", "-", study=study, stdin=b"source,code,asked\nalfa,high,yes\n")
    assert result.code == 1
    assert "2: there is no code 'high' (did you mean 'trust/high'?)" in result.err
    assert everything(study) == untouched


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("frequency --code trust --code place", "frequency --code PLACE --code trust --code trust/high --code trust"),
        ("frequency --coder Anna --coder Bram", "frequency --coder bram --coder ANNA --coder Bram"),
        ("frequency --coder Anna", "frequency --coder Anna --layer independent"),
        ("frequency", "frequency --layer final"),
        ("frequency --source alfa --source beta", "frequency --source BETA --source alfa --source beta"),
        ("frequency --kind notes --kind transcript", "frequency --kind transcript --kind notes --kind transcript"),
        ("frequency --roles respondent,other", "frequency --roles other,respondent,other"),
        (
            "frequency --where country=NO --where kind=transcript",
            "frequency --where Kind=transcript --where COUNTRY=NO",
        ),
        ("cooccurrence --within 50", "cooccurrence --within 050"),
        ("cooccurrence --code trust/high --code trust/low", "cooccurrence --code low --code HIGH"),
        ("comparison --by country", "comparison --by COUNTRY"),
        ("comparison --by trust", "comparison --by Trust"),
    ],
)
def test_one_selection_has_the_same_bytes_however_it_is_written(study: Path, one: str, other: str) -> None:
    written = [done("report", *shlex.split(words), "--format", "json", study=study).out for words in (one, other)]
    assert written[0] == written[1]
    command = shlex.split(json.loads(written[0])["manifest"]["command"])
    assert done(*command[1:], "--format", "json", study=study).out == written[0]


def test_a_subcode_that_is_named_alone_stays_beside_its_parent(study: Path) -> None:
    words = ["report", "frequency", "--no-subcodes", "--code", "trust/high", "--code", "trust", "--format", "json"]
    found = done(*words, study=study).json
    assert [row["code"] for row in found["rows"]] == ["trust", "trust/high"]
    assert found["manifest"]["command"].endswith("--code trust --code trust/high --no-subcodes")

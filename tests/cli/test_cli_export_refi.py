"""`qda export` for other tools: what is written, what is said to stay, and what is refused."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from cli_world import check_sentence, done, qda

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("source", "code", "coder", "start", "end", "text", "memo", "at")


def test_a_study_goes_out_and_comes_in_elsewhere(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.qdpx"
    said = done("export", "refi", "--for", "nvivo", "-o", file, study=demo).err
    assert "codings (1408)" in said
    assert "persons (30): stay in the study" in said
    assert "sources/" in " ".join(zipfile.ZipFile(file).namelist())
    done("init", tmp_path / "new", coder=None)
    assert "1408 new codings" in done("import", file, study=tmp_path / "new").err
    assert codings(tmp_path / "new") == codings(demo)


def codings(study: Path) -> list[tuple[str, ...]]:
    """What REFI-QDA carries of each coding."""
    lines = map(json.loads, done("codings", "export", "-", study=study).out.splitlines())
    return [tuple(str(one.get(name)) for name in ("id", *NAMES)) for one in lines]


def test_a_dry_run_writes_nothing_and_lists_all(demo: Path, tmp_path: Path) -> None:
    rows = done("export", "refi", "--dry-run", "--format", "json", "-o", tmp_path / "x.qdpx", study=demo).json
    assert {"what": "codings", "number": 1408, "becomes": "goes"} in rows
    assert "stretches that are no data" in {row["what"] for row in rows}
    assert not (tmp_path / "x.qdpx").exists()
    rows = done("export", "qdc", "--dry-run", "--format", "json", study=demo).json
    assert {row["what"] for row in rows} >= {"codes", "codes with aliases", "memos on codes"}
    assert not list(demo.glob("exports/*.qd*"))


def test_without_a_name_they_go_to_the_exports(demo: Path) -> None:
    done("export", "refi", study=demo)
    done("export", "qdc", study=demo)
    assert sorted(file.name for file in demo.glob("exports/*.qd*")) == ["demo.qdc", "demo.qdpx"]


def test_somebody_in_a_blind_round_writes_only_what_they_may_see(demo: Path, tmp_path: Path) -> None:
    before = done("export", "refi", "--dry-run", "--format", "json", study=demo).json
    done("round", "new", "r", "--for", "Anna", "--for", "Bram", "--source", "no_official", study=demo, coder="Lead")
    own = len(done("codings", "export", "-", study=demo, coder="Bram").out.splitlines())
    file = tmp_path / "bram.qdpx"
    done("export", "refi", "-o", file, study=demo, coder="Bram")
    assert zipfile.ZipFile(file).read("project.qde").count(b"<Coding ") == own < before[3]["number"]


def test_a_study_goes_out_for_three_more_tools_and_comes_in_elsewhere(demo: Path, tmp_path: Path) -> None:
    for form, file in (("qualcoder", "out.qda"), ("taguette", "out.sqlite3")):
        before = done("export", form, "--dry-run", "--format", "json", "-o", tmp_path / file, study=demo).json
        assert not (tmp_path / file).exists()
        said = done("export", form, "-o", tmp_path / file, study=demo).err
        assert all(f"{row['what']} ({row['number']})" in said for row in before)
        assert "1408 new codings" in done("import", tmp_path / file, "--dry-run", study=empty(tmp_path / form)).err
    file = tmp_path / "out.jsonld"
    assert "codings (1408)" in done("export", "webanno", "-o", file, study=demo).err
    assert "1408 here already" in done("import", file, "--dry-run", study=demo).err


def empty(folder: Path) -> Path:
    done("init", folder, coder=None)
    return folder


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("qualcoder --for nvivo", 2, "unrecognized arguments"),
        ("taguette --persons", 2, "unrecognized arguments"),
        ("webanno --layer consensus --coder Anna", 2, "nobody's own coding"),
        ("taguette -o study.db", 1, "nothing is written over it"),
        ("qualcoder -o codebooks", 1, "nothing is written over it"),
        ("qualcoder -o nowhere/x.qda", 1, "its folder does not exist"),
        ("taguette -o nowhere/x", 1, "its folder does not exist"),
        ("refi --for nobody", 2, "--for is one of generic, nvivo, atlas, maxqda, qualcoder"),
        ("refi --line-ends mac", 2, "--line-ends is lf or crlf"),
        ("refi --offsets utf8,bom", 2, "--offsets cannot count one"),
        ("refi --offsets letters", 2, "--offsets is auto, or words"),
        ("refi --layer final", 2, "--layer is independent or consensus here"),
        ("refi --layer consensus --coder Anna", 2, "nobody's own coding"),
        ("refi --coder Nobody", 1, "Nobody"),
        ("refi -o -", 2, "- is no name of one"),
        ("refi -o nowhere/x.qdpx", 1, "its folder does not exist"),
        ("qdc --for nvivo", 2, "unrecognized arguments"),
    ],
)
def test_what_is_refused(demo: Path, words: str, code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)
    result = qda("export", *words.split(), study=demo)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    check_sentence(result.err)

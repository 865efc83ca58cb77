"""`qda round hand-out` and `qda merge`, as a team lead and a coder use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import check_sentence, copy_study, done, everything, on_terminal, qda

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def blind(study: Path) -> Path:
    done("round", "new", "first", "--for", "Anna", "--for", "Bram", "--source", "alfa", study=study, coder="Lead")
    return study


def test_a_hand_out_goes_and_comes_back(blind: Path, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    said = done("round", "hand-out", "first", "--coder", "Bram", "-o", file, study=blind, coder="Lead")
    assert f"{file} holds 1 source, 6 codes and 2 codings of Bram" in said.err
    done("codings", "add", "alfa", "place", "0", "9", study=file, coder=None)
    done("code", "add", "zebra", study=file, coder=None)
    done("round", "submit", "first", study=file, coder=None)
    assert "All is sound" in done("check", study=file, coder=None).err
    before = everything(blind)
    looked = done("merge", file, "--dry-run", study=blind, coder="Lead")
    assert "Nothing was changed" in looked.err
    assert everything(blind) == before
    merged = done("merge", file, "--format", "json", study=blind, coder="Lead")
    assert "1 coding of Bram, hidden until the round is revealed" in merged.err
    assert "zebra" not in merged.out + merged.err
    assert {row["what"]: row["new"] for row in merged.json} == {"code": 1, "coding": 1, "submission": 1}
    after = everything(blind)
    assert "Nothing new." in done("merge", file, study=blind, coder="Lead").err
    assert everything(blind) == after
    done("undo", study=blind, coder="Lead")
    assert "0 of 2 handed in" in done("round", "list", study=blind).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("round hand-out nothing --coder Bram -o out.db", "there is no round named 'nothing'"),
        ("round hand-out first --coder Nobody -o out.db", "there is no coder named 'Nobody'"),
        ("round hand-out first --coder Bram -o study/study.db", "exists already"),
        ("round hand-out first --coder Bram -o nowhere/out.db", "cannot be written"),
        ("round hand-out first --coder Bram -o -", "a hand-out is a file"),
        ("merge nothing.db", "there is no such file"),
        ("merge study", "this is a folder"),
        ("merge study/study.db", "this is the study itself"),
        ("merge text.txt", "this is not a study"),
        ("merge text.txt --codebook both", "both"),
    ],
)
def test_what_is_refused_changes_nothing(blind: Path, tmp_path: Path, words: str, said: str) -> None:
    (tmp_path / "text.txt").write_text("Only words. " * 100)
    before = everything(blind)
    result = qda(*words.split(), study=blind, coder="Lead")
    assert result.code in (1, 2)
    assert said in result.err
    check_sentence(result.err)
    assert everything(blind) == before
    assert not (tmp_path / "out.db").exists()


@pytest.fixture
def both(study: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A study and a copy that define a code in two ways."""
    copy = copy_study(study, tmp_path / "copy") / "study.db"
    done("code", "describe", "place", "--definition", "Ours.", study=study)
    done("code", "describe", "place", "--definition", "Theirs.", study=copy, coder="Bram")
    return study, copy


def definition(study: Path) -> str:
    return str(
        next(row["definition"] for row in done("codes", "--format", "json", study=study).json if row["path"] == "place")
    )


def test_codes_in_conflict_are_listed_where_nobody_is_there(both: tuple[Path, Path]) -> None:
    study, copy = both
    before = everything(study)
    result = qda("merge", copy, study=study)
    assert result.code == 1
    assert "'place' was changed on both sides (definition: 'Ours.' here, 'Theirs.' in the copy)" in result.err
    assert "1 code to be decided: say --codebook ours or theirs" in result.err
    assert everything(study) == before
    assert "to be decided: 'place'" in done("merge", copy, "--dry-run", study=study).err
    done("merge", copy, "--codebook", "theirs", study=study)
    assert definition(study) == "Theirs."


@pytest.mark.parametrize(
    ("typed", "wanted", "code"), [(["x\n", "t\n"], "Theirs.", 0), (["o\n"], "Ours.", 0), (["q\n"], "Ours.", 1)]
)
def test_codes_in_conflict_are_asked_for(
    both: tuple[Path, Path], tmp_path: Path, typed: list[str], wanted: str, code: int
) -> None:
    study, copy = both
    status, shown = on_terminal("--study", study, "--coder", "Anna", "merge", copy, cwd=tmp_path, typed=typed)
    assert status == code, shown
    assert "'o' keeps ours" in shown
    assert definition(study) == wanted

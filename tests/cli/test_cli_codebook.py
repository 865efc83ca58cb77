"""Codebooks in and out: byte-stable, comments kept, strings as typed, checked by place, compared, with versions."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
from cli_world import CODEBOOK, STRINGS, done, everything, qda

if TYPE_CHECKING:
    from pathlib import Path

FULL = """codebook: Everything
x: {owner: us}
codes:
- name: level
  definition: How much.
  include: All of it.
  exclude: None of it.
  example: '"Well", she said.'
  labels:
    nl: niveau
    'no': nivå
  aliases: [old level, degree]
  origin: in-vivo
  ordinal: true
  exclusive: case_moment
  moment: date
  x: {note: keep}
  children:
  - name: low
  - name: high
    patterns: [lots of, 'so very']
  - name: unclear
    outside: true
- name: 'a: b # c'
  definition: "two\\nlines"
- name: 𝄞 עברית
"""


@pytest.fixture
def new(tmp_path: Path) -> Path:
    done("init", tmp_path / "new")
    return tmp_path / "new"


def codes(study: Path) -> dict[str, dict[str, Any]]:
    return {one["path"]: one for one in done("codes", "--format", "json", study=study).json}


@pytest.mark.parametrize("book", [CODEBOOK, STRINGS, FULL], ids=["small", "strings", "full"])
def test_out_and_in_is_the_same(new: Path, tmp_path: Path, book: str) -> None:
    file, again = tmp_path / "b.yaml", tmp_path / "again"
    file.write_text(book, encoding="utf-8")
    done("codebook", "import", file, study=new)
    first = done("codebook", "export", "-", study=new).out
    assert done("codebook", "export", "-", study=new).out == first
    (tmp_path / "out.yaml").write_text(first, encoding="utf-8")
    done("init", again)
    done("codebook", "import", tmp_path / "out.yaml", study=again)
    assert done("codebook", "export", "-", study=again).out == first
    assert done("codebook", "diff", tmp_path / "out.yaml", "--format", "json", study=new).json == []
    untouched = everything(new)
    done("codebook", "import", file, study=new)
    assert {name: one for name, one in everything(new).items() if name != "table setting"} == {
        name: one for name, one in untouched.items() if name != "table setting"
    }


def test_strings_stay_what_was_typed(new: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(STRINGS, encoding="utf-8")
    done("codebook", "import", tmp_path / "b.yaml", study=new)
    found = codes(new)
    assert list(found) == ["NO", "and\\/or"]
    assert found["NO"]["definition"] == "1:30"
    assert found["NO"]["aliases"] == ["yes", "null", "007", "~"]
    written = done("codebook", "export", "-", study=new).out
    (tmp_path / "out.yaml").write_text(written, encoding="utf-8")
    import yaml

    loaded = yaml.safe_load(written)["codes"][0]  # as any other program reads it
    assert loaded["name"] == "NO"
    assert loaded["definition"] == "1:30"
    assert loaded["example"] == "2024-10-07"
    assert loaded["aliases"] == ["yes", "null", "007", "~"]
    assert loaded["labels"] == {"no": "nei", "nl": "1e3"}


def test_comments_of_a_file_are_kept(study: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.yaml"
    file.write_text(CODEBOOK, encoding="utf-8")
    done("code", "add", "trust/middle", study=study)
    done("codebook", "export", file, study=study)
    written = file.read_text(encoding="utf-8")
    assert "# The codebook of the small study; this comment must stay." in written
    assert "# the good end" in written
    assert "middle" in written
    done("codebook", "export", file, study=study)
    assert file.read_text(encoding="utf-8") == written
    assert done("codebook", "diff", file, "--format", "json", study=study).json == []


def test_a_file_that_is_no_codebook_needs_force(study: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all\n", encoding="utf-8")
    assert qda("codebook", "export", file, study=study).code == 1
    assert file.read_text(encoding="utf-8") == "Dear all\n"
    done("codebook", "export", file, "--force", study=study)
    assert file.read_text(encoding="utf-8") == done("codebook", "export", "-", study=study).out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_codebooks_in_other_encodings(new: Path, tmp_path: Path, encoding: str, line_end: str) -> None:
    book = "codes:\n- name: café\n  definition: |\n    één\n    twee\n".replace("\n", line_end)
    (tmp_path / "b.yaml").write_bytes(book.encode(encoding))
    done("codebook", "import", tmp_path / "b.yaml", study=new)
    assert codes(new)["café"]["definition"] == "één\ntwee\n"


def test_a_codebook_comes_from_standard_input(new: Path) -> None:
    done("codebook", "import", "-", study=new, stdin=CODEBOOK.encode())
    assert list(codes(new)) == ["trust", "trust/low", "trust/high", "time", "time/before", "place"]
    done("codebook", "check", "-", study=new, stdin=CODEBOOK.encode())
    assert done("codebook", "diff", "-", study=new, stdin=CODEBOOK.encode(), coder=None).code == 0
    bad = qda("codebook", "check", "-", study=new, stdin=b"codes:\n- nme: a\n")
    assert bad.code == 1
    assert "standard input:2:3" in bad.err


def test_check_needs_no_study(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(CODEBOOK, encoding="utf-8")
    result = done("codebook", "check", tmp_path / "b.yaml")
    assert result.out == ""
    assert "6 codes" in result.err
    assert list(tmp_path.iterdir()) == [tmp_path / "b.yaml"]


def test_a_codebook_adds_and_changes_and_takes_nothing_away(study: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("codes:\n- name: trust\n  definition: New.\n- name: fresh\n", encoding="utf-8")
    result = done("codebook", "import", tmp_path / "b.yaml", study=study)
    assert "1 new code, 1 changed" in result.err
    found = codes(study)
    assert set(found) == {"trust", "trust/low", "trust/high", "time", "time/before", "place", "fresh"}
    assert found["trust"]["definition"] == "New."
    done("undo", study=study)
    assert codes(study)["trust"]["definition"] == "Somebody relies on somebody."


def test_diff_says_what_differs(study: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(CODEBOOK, encoding="utf-8")
    assert done("codebook", "diff", "1", "--format", "json", study=study).json == []
    done("code", "describe", "trust", "--definition", "Other words.", study=study)
    done("code", "add", "fresh", study=study)
    for old in (tmp_path / "b.yaml", "1"):
        found = done("codebook", "diff", old, "--format", "json", study=study).json
        assert list(found[0]) == ["change", "path", "field", "old", "new"]
        changed = next(one for one in found if one["field"] == "definition")
        assert changed["path"] == "trust"
        assert changed["old"] == "Somebody relies on somebody."
        assert changed["new"] == "Other words."
        assert any(one["path"] == "fresh" for one in found)


def test_each_change_makes_a_version_that_can_be_written(study: Path) -> None:
    first = done("codebook", "export", "-", study=study).out
    done("code", "rename", "place", "room", study=study, coder="Bram")
    versions = done("codebook", "history", "--format", "json", study=study).json
    assert [one["version"] for one in versions] in ([1, 2], [2, 1])
    assert {one["coder"] for one in versions} == {"Anna", "Bram"}
    assert done("codebook", "export", "-", "--version", "1", study=study).out == first
    assert done("codebook", "export", "-", "--version", "2", study=study).out != first


# --- one code at a time ------------------------------------------------------------------------------------


def test_a_code_keeps_its_codings_through_everything(study: Path) -> None:
    before = codes(study)["trust/low"]
    done("code", "rename", "trust/low", "little", study=study)
    done("code", "move", "trust/little", "time", study=study)
    after = codes(study)["time/little"]
    assert after["codings"] == before["codings"] == 2
    assert after["id"] == before["id"]
    assert "low" in after["aliases"]
    done("code", "merge", "time/little", "place", study=study)
    assert codes(study)["place"]["codings"] == 4
    for _ in range(3):
        done("undo", study=study)
    assert codes(study)["trust/low"] == before


def test_a_retired_code_still_counts(study: Path) -> None:
    done("code", "retire", "trust", study=study)
    rows = done("report", "frequency", "--format", "json", study=study).json["rows"]
    assert next(row for row in rows if row["code"] == "trust/low")["passages"] == 1
    done("code", "bring-back", "trust", study=study)


def test_a_code_with_a_slash_in_its_name(study: Path) -> None:
    done("code", "add", "trust/and\\/or", study=study)
    assert codes(study)["trust/and\\/or"]["name"] == "and/or"
    done("codings", "add", "alfa", "trust/and\\/or", "0", "5", study=study)
    assert "trust/and\\\\/or" in done("codings", "export", "--code", "trust/and\\/or", study=study).out


def test_names_of_siblings_differ_by_more_than_case(study: Path, tmp_path: Path) -> None:
    """What comes in by one door can go out by another."""
    qda("code", "add", "Trust", study=study)
    qda("code", "add", "trust/LOW", study=study)
    written = tmp_path / "b.yaml"
    done("codebook", "export", written, study=study)
    done("codebook", "check", written)


@pytest.mark.parametrize(
    "steps",
    [
        ["rename trust faith", "rename place trust"],
        ["add trust/place", "merge trust/place time"],
        ["add time/high", "merge time/high trust/low"],
        ["move trust/low ''", "add trust/low"],
        ["rename place room", "add trust/place", "move trust/place ''"],
    ],
    ids=lambda steps: ", then ".join(steps) if isinstance(steps, list) else None,
)
def test_what_stands_in_the_study_can_be_written_and_read(study: Path, tmp_path: Path, steps: list[str]) -> None:
    """Former names are kept as aliases, and an alias must not be the name of a sibling."""
    for step in steps:
        qda("code", *shlex.split(step), study=study)  # a step may well be refused
    done("codebook", "export", tmp_path / "b.yaml", study=study)
    done("codebook", "check", tmp_path / "b.yaml")
    done("codebook", "import", tmp_path / "b.yaml", study=study)
    assert done("codebook", "diff", tmp_path / "b.yaml", "--format", "json", study=study).json == []


def test_a_codebook_that_names_a_former_name_makes_no_twin(study: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("codes:\n- name: place\n", encoding="utf-8")
    done("code", "rename", "place", "room", study=study)
    qda("codebook", "import", tmp_path / "b.yaml", study=study)
    done("codebook", "export", tmp_path / "out.yaml", study=study)
    done("codebook", "check", tmp_path / "out.yaml")


def test_what_stands_under_x_belongs_to_its_version(new: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("codebook: One\nx: {owner: us}\ncodes:\n- name: a\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("x: {reader: them}\ncodes:\n- name: b\n", encoding="utf-8")
    done("codebook", "import", tmp_path / "a.yaml", study=new)
    first = done("codebook", "export", "-", study=new).out
    assert done("codebook", "diff", "1", study=new).err == "Nothing differs.\n"
    done("codebook", "import", tmp_path / "b.yaml", study=new)
    assert done("codebook", "export", "-", "--version", "1", study=new).out == first
    found = done("codebook", "diff", "1", "--format", "json", study=new).json
    assert {"change": "changed", "path": "", "field": "x.reader", "old": "", "new": "them"} in found
    assert [one["path"] for one in found] == ["", "b"]

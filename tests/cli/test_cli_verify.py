"""`qda verify`: a written report that still holds, one that does not, and files that are none."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

CODE = "actor/iom"
FORMS = ("html", "md", "json", "csv", "docx", "xlsx")


def passages(study: Path) -> dict[str, int]:
    rows = done("report", "frequency", "--format", "json", study=study).json["rows"]
    return {row["code"]: row["passages"] for row in rows}


@pytest.fixture
def reports(demo: Path, tmp_path: Path) -> dict[str, Path]:
    """The frequency report of the sample in every form."""
    files = {form: tmp_path / f"f.{form}" for form in FORMS}
    for form, file in files.items():
        done("report", "frequency", "--code", "actor", "--format", form, "-o", str(file), study=demo)
    return files


@pytest.mark.parametrize("form", FORMS)
def test_a_report_holds_until_a_figure_changes(demo: Path, reports: dict[str, Path], form: str) -> None:
    said = done("verify", str(reports[form]), study=demo)
    assert (said.out, " holds: " in said.err) == ("", True)
    before = passages(demo)[CODE]
    done("codings", "add", "no_official", CODE, "0", "9", study=demo)
    assert passages(demo)[CODE] == before + 1
    result = qda("verify", str(reports[form]), study=demo)
    assert result.code == 1
    assert f"{CODE} | passages: {before} -> {before + 1}\n" in result.out
    assert "does not hold any more" in result.err
    assert not [line for line in result.out.splitlines() if line.startswith("actor/lawyer")]
    done("undo", study=demo)
    assert qda("verify", str(reports[form]), study=demo).code == 0


def test_a_coding_in_the_place_of_another_changes_no_figure_but_its_evidence(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    done("codings", "add", "no_official", CODE, "0", "9", study=demo)
    words = ("report", "frequency", "--code", CODE, "--format", "json", "--evidence", "-o", str(file))
    done(*words, study=demo)
    done("undo", study=demo)
    done("codings", "add", "no_official", CODE, "0", "9", study=demo)
    result = qda("verify", str(file), study=demo)
    assert result.code == 1
    changed = [line.split(":")[0] for line in result.out.splitlines()]
    assert changed == [f"{CODE}|passages | codings", f"{CODE}|passages_with_subcodes | codings"]


def test_rows_that_came_and_went_and_a_changed_file(demo: Path, reports: dict[str, Path]) -> None:
    text = reports["md"].read_text(encoding="utf-8")
    row = next(line for line in text.split("\n") if "actor/lawyer" in line)
    reports["md"].write_text(text.replace(f"{row}\n", ""), encoding="utf-8")
    assert qda("verify", str(reports["md"]), study=demo).out == "actor/lawyer: (not there) -> (new)\n"
    book = reports["html"].with_name("book.html")
    done("report", "all", "--code", "actor", "--by", "host_country", "-o", str(book), study=demo)
    done("code", "add", "actor/penguin", "--definition", "Birds.", study=demo)
    said = qda("verify", str(book), study=demo)
    assert said.code == 1
    assert "actor/penguin: (not there) -> (new)" in said.out


def test_a_figure_that_was_changed_by_hand_in_a_part_of_a_workbook_is_found(demo: Path, tmp_path: Path) -> None:
    file, changed = tmp_path / "s.xlsx", tmp_path / "changed.xlsx"
    done("report", "spectrum", "--code", "agency_level", "-o", file, study=demo)
    with zipfile.ZipFile(file) as book, zipfile.ZipFile(changed, "w") as other:
        for name in book.namelist():
            content = book.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                level = content.index("cases at each level")
                figure = content.index("<v>", content.index("coerced_compliance", level)) + 3
                content = f"{content[:figure]}7{content[figure:]}"
            other.writestr(name, content)
    assert qda("verify", file, study=demo).code == 0
    result = qda("verify", changed, study=demo)
    assert (result.code, result.out) == (1, "coerced_compliance | after_arrival: 70 -> 0\n")


@pytest.mark.parametrize("form", FORMS[:5])
def test_a_code_of_any_name_is_found_again(demo: Path, tmp_path: Path, form: str) -> None:
    odd, file = r"odd|na`me *x* [a](b) <i>", tmp_path / f"f.{form}"
    done("code", "add", odd, "--definition", "Signs.", study=demo)
    done("codings", "add", "no_official", odd, "10", "60", study=demo)
    done("report", "frequency", "--code", odd, "--format", form, "-o", str(file), study=demo)
    assert " holds: " in done("verify", str(file), study=demo).err
    done("codings", "add", "no_official", odd, "70", "90", study=demo)
    assert f"{odd} | passages: 1 -> 2" in qda("verify", str(file), study=demo).out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("notes.md", "# Notes\n", "no command that made it stands in it"),
        ("f.json", "{}", "it is JSON, but no report"),
        ("f.json", '{"a": ', "it is no JSON"),
        ("f.csv", "a,b\n1,2\n", "no command that made it stands in it"),
        ("f.html", "<!doctype html><p>Hello", "no command that made it stands in it"),
        ("f.docx", "PK\x03\x04", "this workbook is damaged or protected"),
        ("f.md", "Made anew by `rm -r x`;\n", "'rm -r x' makes no report"),
        ("f.md", "Made anew by `qda report nothing`;\n", "there is no report 'nothing'"),
    ],
)
def test_what_is_no_report_is_said(demo: Path, tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = qda("verify", str(tmp_path / name), study=demo)
    assert result.code in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1

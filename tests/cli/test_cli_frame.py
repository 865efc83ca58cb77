"""`qda frame`: who was asked, in versions, and who is missing by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import copy_study, done, qda

if TYPE_CHECKING:
    from pathlib import Path

IN = ["Afghanistan", "Algeria", "Angola", "Armenia", "Azerbaijan", "Burundi", "China", "Congo", "Egypt", "Ethiopia"]
IN += ["Georgia", "Ghana", "Guinea", "India", "Iran", "Iraq", "Kenya", "Mali", "Morocco", "Nigeria", "Pakistan"]
IN += ["Rwanda", "Senegal"]
REFUSED = ["Somalia", "Sudan"]
SILENT = ["Sierra Leone", "Suriname", "Syria", "Tunisia", "Vietnam"]
STAYED = IN[:21] + IN[22:] + REFUSED + SILENT  # without Rwanda


def table(*groups: tuple[str, list[str]]) -> str:
    return "unit,status\n" + "".join(f"{unit},{status}\n" for status, units in groups for unit in units)


def test_a_frame_with_non_response_and_a_change(tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("init", study, coder="Lead")
    before = [unit for unit in IN if unit != "Rwanda"]
    (tmp_path / "posts.csv").write_text(
        table(("In", before), ("refused", REFUSED), ("no answer", [*SILENT, "Eritrea", "Liberia", "Nepal"])), "utf-8"
    )
    assert qda("frame", "report", study=study).code == 1
    said = done("frame", "import", tmp_path / "posts.csv", "--version", "2013", study=study, coder="Lead").err
    assert "32 new units, 0 changed, 0 taken out" in said
    coverage = done("report", "coverage", "--format", "json", study=study).json["notes"]
    assert "frame '2013': 22 of 32 units asked are in (68.8 %); missing: Eritrea, Liberia, Nepal," in " ".join(coverage)
    change = ("--out", "Eritrea", "Liberia", "Nepal", "--in", "Rwanda", "Servië", "Turkije", "--since", "2014-10")
    assert (
        "32 units are in" in done("frame", "change", "--version", "late 2014", *change, study=study, coder="Lead").err
    )
    done("frame", "set", "rwanda", "in", study=study, coder="Lead")
    done("frame", "set", "Somalia", "refused", "--reason", "no time", study=study, coder="Lead")
    shown = done("frame", "report", study=study).out
    missing = "Servië, Sierra Leone, Somalia, Sudan, Suriname, Syria, Tunisia, Turkije, Vietnam"
    assert f"frame 'late 2014': 23 of 32 units asked are in (71.9 %); missing: {missing}." in shown
    assert "Against the frame '2013' since 2014-10: out Eritrea, Liberia, Nepal; in Rwanda, Servië, Turkije.\n" in shown
    rows = done("frame", "report", "--format", "json", study=study).json
    assert [(row["status"], row["units"], row["missing"]) for row in rows] == [
        ("in", 23, ""),
        ("no answer", 7, "Servië, Sierra Leone, Suriname, Syria, Tunisia, Turkije, Vietnam"),
        ("refused", 2, "Somalia (no time), Sudan"),
    ]
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    versions = done("frame", "versions", "--format", "json", study=study).json
    assert [(row["version"], row["asked"], row["in"]) for row in versions] == [("2013", 32, 22), ("late 2014", 32, 23)]
    assert [row["unit"] for row in done("frame", "--version", "2013", "--format", "json", study=study).json] == sorted(
        [*STAYED, "Eritrea", "Liberia", "Nepal"]
    )
    out = done("frame", "export", "-", study=study).out
    (tmp_path / "again.csv").write_text(out, "utf-8")
    again = done("frame", "import", tmp_path / "again.csv", "--version", "late 2014", study=study, coder="Lead").err
    assert "0 new units, 0 changed, 0 taken out" in again
    assert "Nothing was changed" in again
    done("check", study=study)
    for _ in range(3):
        done("undo", study=study, coder="Lead")
    assert [row["version"] for row in done("frame", "versions", "--format", "json", study=study).json] == ["2013"]
    done("check", study=study)


def test_frames_of_two_copies_are_merged(tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("init", study, coder="Lead")
    copy = copy_study(study, tmp_path / "copy")
    (tmp_path / "a.csv").write_text("unit,status\nBamako,in\nDakar,no answer\n", "utf-8")
    (tmp_path / "b.csv").write_text("unit,status\nBamako,in\nAccra,refused\n", "utf-8")
    done("frame", "import", tmp_path / "a.csv", "--version", "2013", study=study, coder="Lead")
    done("frame", "import", tmp_path / "b.csv", "--version", "2013", study=copy, coder="Anna")
    done("merge", copy / "study.db", study=study, coder="Lead")
    rows = done("frame", "--format", "json", study=study).json
    assert [(row["unit"], row["status"]) for row in rows] == [
        ("Accra", "refused"),
        ("Bamako", "in"),
        ("Dakar", "no answer"),
    ]
    done("check", study=study)


def test_answers_that_came_in_are_looked_for_among_the_cases(tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("init", study, coder="Lead")
    (tmp_path / "q.csv").write_text("post,hard\nBamako,The waiting.\n", "utf-8")
    asked = ("--id", "post", "--open", "hard", "--name", "{id}")
    done("survey", "import", tmp_path / "q.csv", *asked, study=study, coder="Lead")
    (tmp_path / "f.csv").write_text("unit,status,case\nBamako,in,\nThe post in Mali,in,Bamako\nDakar,in,\n", "utf-8")
    done("frame", "import", tmp_path / "f.csv", "--version", "1", study=study, coder="Lead")
    shown = done("frame", "report", study=study).out
    assert "3 of 3 units asked are in (100.0 %); none is missing." in shown
    assert "In, but without a case of the name in the study: Dakar." in shown


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("unit,status\nA,in\nA,in\n", ":3: the unit 'A' stands in line 2 already"),
        ("unit,status\nA,\n", ":2: the cell under 'status' is empty"),
        ("unit\nA\n", "the column 'status' is missing"),
        ("unit,status,colour\nA,in,red\n", "the column 'colour' is unknown here"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str, problem: str) -> None:
    done("init", tmp_path / "s", coder="Lead")
    (tmp_path / "f.csv").write_text(content, "utf-8")
    result = qda("frame", "import", tmp_path / "f.csv", "--version", "1", study=tmp_path / "s", coder="Lead")
    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert problem in result.err
    assert done("frame", "versions", "--format", "json", study=tmp_path / "s").json == []

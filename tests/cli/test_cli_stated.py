"""What a team states of its material is held against the registers: totals, and the dates of fieldwork."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

    from cli_world import Result

DATES = {"a": "2021-07-01", "b": "2021-10-31", "c": "2021-05-14", "d": "2021-06", "e": "2021", "f": ""}


def notes(study: Path) -> list[str]:
    result: Result = done("check", study=study)
    return [line.removeprefix("note: ") for line in result.err.splitlines() if line.startswith("note: ")]


def test_a_register_that_adds_up_and_one_that_does_not(tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("init", study, coder="Lead")
    groups = (("returnee", "Iraq", 9), ("returnee", "Nigeria", 7), ("official", "", 15), ("counsellor", "", 10))
    named = [(kind, country, f"{kind}{country}{n}") for kind, country, times in groups for n in range(times)]
    named += [("expert", "", f"expert{n}") for n in range(9)]
    (tmp_path / "cases.csv").write_text("case,kind\n" + "".join(f"{name},{kind}\n" for kind, _, name in named), "utf-8")
    values = "case,country\n" + "".join(f"{name},{country}\n" for _, country, name in named if country)
    (tmp_path / "values.csv").write_text(values, "utf-8")
    done("cases", "import", tmp_path / "cases.csv", study=study, coder="Lead")
    done("attributes", "import", tmp_path / "values.csv", study=study, coder="Lead")
    totals = "cases kind=returnee, country=Iraq: 9; cases kind=returnee, country=nigeria: 7; cases kind=official: 15;"
    totals += "cases kind=counsellor: 10; cases kind=expert: 9; cases: 50"
    done("settings", "totals", totals, study=study, coder="Lead")
    assert notes(study) == []
    done(
        "settings", "totals", totals.replace("expert: 9", "expert: 8 (report, p. 4; note 2)"), study=study, coder="Lead"
    )
    assert notes(study) == [
        "cases with kind=expert: stated 8 (report, p. 4; note 2), registered 9:"
        " expert0, expert1, expert2, expert3, expert4, expert5, expert6, expert7, expert8"
    ]


def test_respondents_are_named_with_where_they_speak(tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("init", study, coder="Lead")
    for number in range(7):
        words = f"I: How was it?\n\nR1: It was hard for me, the {number}th.\n\nI: And?\n\nR2: Not for me.\n"
        (tmp_path / f"t{number}.txt").write_text(words, "utf-8")
        done("import", tmp_path / f"t{number}.txt", study=study, coder="Lead")
    done("settings", "totals", "persons role=respondent: 13 (000:108); sources: 7", study=study, coder="Lead")
    (note,) = notes(study)
    assert note.startswith(
        "persons with role=respondent: stated 13 (000:108), registered 14: t0/R1 (t0), t0/R2 (t0), t1/R1 (t1),"
    )
    assert "t0/I" not in note


def test_sources_outside_the_fieldwork_are_said_and_not_changed(tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("init", study, coder="Lead")
    for name, date in DATES.items():
        (tmp_path / f"{name}.txt").write_text(f"Notes of {name}.\n", "utf-8")
        kind = "letter" if name == "d" else "notes"
        done("import", tmp_path / f"{name}.txt", "--date", date, "--kind", kind, study=study, coder="Lead")
    before = done("sources", "--format", "json", study=study).out
    done("settings", "fieldwork", "2021-07..2021-10", study=study, coder="Lead")
    assert notes(study) == [
        "the source 'c' is dated 2021-05-14, outside the fieldwork 2021-07..2021-10",
        "the source 'd' is dated 2021-06, outside the fieldwork 2021-07..2021-10",
        "1 source is without a date, so nothing can be said of fieldwork there",
    ]
    done("settings", "fieldwork", "kind=notes: 2021-05 to 2021-06-30; kind=notes: 2021-10-31..2021", study=study)
    assert notes(study)[0] == (
        "the source 'a' is dated 2021-07-01, outside the fieldwork 2021-05..2021-06-30 or 2021-10-31..2021"
    )
    assert len(notes(study)) == 2
    assert done("sources", "--format", "json", study=study).out == before


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("totals", "13 respondents", "a stated total is sources, persons, cases"),
        ("totals", "codes: 13", "a stated total is sources, persons, cases"),
        ("totals", "persons role: 13", "conditions are as kind=returnee, country=Iraq; not 'role'"),
        ("fieldwork", "summer 2021", "fieldwork is as 2021-07..2021-10"),
        ("fieldwork", "2021-10..2021-07", "ends before it begins"),
        ("fieldwork", "2021-13..2022", "fieldwork is as 2021-07..2021-10"),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path: Path, name: str, value: str, problem: str) -> None:
    done("init", tmp_path / "s", coder="Lead")
    result = qda("settings", name, value, study=tmp_path / "s")
    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert problem in result.err

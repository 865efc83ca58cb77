"""`qda survey`: respondents come in as sources, persons and cases; a grown table adds the new ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from cli_world import done, qda

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "nr,country,weeks,What was hardest?,What helped?,Who? [Family],Who? [Office],day,mail"
ROWS = (
    'R1,Iraq,3,"Waiting: we were told nothing 🚢, at all.","My sister\nand the lady of the office.",1,1,2021-07-02,a',
    "R2,Nigeria,12,They moved us three times within one year.,,no,yes,2021-08-11 10:30,b",
    "R3,Iraq,-99,,Nobody helped us in all that time there.,,x,2021-05-03,c",
)
ASKED = ("--id", "nr", "--open", "What was hardest?", "What helped?", "--closed", "country", "weeks")
ASKED += ("--multiple", "Who?", "--dated", "day", "--missing", "-99")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    done("init", tmp_path / "s", coder="Lead")
    file = tmp_path / "asked.csv"
    file.write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    return file


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study in which nothing is; only to be refused."""
    folder = tmp_path_factory.mktemp("empty") / "s"
    done("init", folder, coder="Lead")
    return folder


def values(study: Path, name: str) -> dict[str, object]:
    listed = done("cases", "--format", "json", study=study).json
    return {key: value for key, value in next(row for row in listed if row["name"] == name).items() if key != "id"}


def test_respondents_come_in_whole_as_one_action(table: Path, tmp_path: Path) -> None:
    study = tmp_path / "s"
    columns = done("survey", "columns", table, "--missing", "-99", "--format", "json", study=study)
    assert {row["column"]: row["proposal"] for row in columns.json} == {
        "nr": "id",
        "country": "closed",
        "weeks": "closed",
        "What was hardest?": "open",
        "What helped?": "open",
        "Who? [Family]": "multiple",
        "Who? [Office]": "multiple",
        "day": "closed",
        "mail": "?",
    }
    assert (
        "--id nr --open 'What was hardest?' 'What helped?' --closed country weeks day --multiple 'Who?'" in columns.err
    )
    assert "Left out, unless you add them: mail.\n" in columns.err
    before = done("sources", "--format", "json", study=study).json
    shown = done("survey", "import", table, *ASKED, "--dry-run", "--format", "json", study=study).json
    assert [(row["name"], row["what"], row["answers"]) for row in shown] == [
        ("asked R1", "new", 2),
        ("asked R2", "new", 1),
        ("asked R3", "new", 1),
    ]
    assert before == done("sources", "--format", "json", study=study).json == []
    assert "3 respondents came in" in done("survey", "import", table, *ASKED, study=study, coder="Lead").err
    sources = done("sources", "--format", "json", study=study).json
    assert [(row["name"], row["kind"], row["date"], row["turns"]) for row in sources] == [
        ("asked R1", "survey", "2021-07-02", 4),
        ("asked R2", "survey", "2021-08-11", 3),
        ("asked R3", "survey", "2021-05-03", 3),
    ]
    first = values(study, "asked R1")
    assert first == {
        "name": "asked R1",
        "kind": "respondent",
        "persons": ["asked R1"],
        "sources": ["asked R1"],
        "country": "Iraq",
        "weeks": "3",
        "Who?": "Family|Office",
    }
    assert values(study, "asked R3")["weeks"] == ""
    assert values(study, "asked R3")["Who?"] == "Office"
    with closing(sqlite3.connect(study / "study.db")) as connection:
        text = connection.execute("SELECT body FROM text WHERE body LIKE '%sister%'").fetchone()[0]
        kept = [row[0].decode() for row in connection.execute("SELECT bytes FROM original")]
    assert text == (
        "What was hardest?\nWaiting: we were told nothing 🚢, at all.\n\nWhat helped?\nMy sister\n"
        "and the lady of the office."
    )
    assert not any('"mail"' in one for one in kept)  # columns that nobody asked for stay out
    people = {row["name"]: row["role"] for row in done("persons", "--format", "json", study=study).json}
    assert people == {
        "asked R1": "respondent",
        "asked R2": "respondent",
        "asked R3": "respondent",
        "asked questionnaire": "interviewer",
    }
    assert len(done("search", "told nothing", "--format", "json", study=study).json) == 1
    assert done("search", "hardest", "--format", "json", study=study).json == []  # questions are no data
    done("check", study=study)
    done("undo", study=study, coder="Lead")
    assert done("sources", "--format", "json", study=study).json == []
    assert done("cases", "--format", "json", study=study).json == []
    done("redo", study=study, coder="Lead")
    done("check", study=study)


def test_a_grown_table_adds_who_is_new_and_says_what_changed(table: Path, tmp_path: Path) -> None:
    study = tmp_path / "s"
    done("survey", "import", table, *ASKED, study=study, coder="Lead")
    changed = (ROWS[0].replace("Iraq", "Iran"), ROWS[2], "R4,Mali,1,We came here to work and to learn.,,,,,d")
    table.write_text("\n".join([HEADER, *changed]) + "\n", "utf-8")
    said = done("survey", "import", table, *ASKED, study=study, coder="Lead").err
    assert "1 respondent came in, 2 others are here already" in said
    assert "asked R1: 'country' is 'Iran' now; the study keeps 'Iraq'" in said
    assert "not in the table any more: 'asked R2'" in said
    assert "weeks" not in said
    assert values(study, "asked R1")["country"] == "Iraq"
    assert [row["name"] for row in done("sources", "--format", "json", study=study).json] == [
        *("asked R1", "asked R2", "asked R3", "asked R4")
    ]
    assert "Nothing was changed" in done("survey", "import", table, *ASKED, study=study, coder="Lead").err
    done("check", study=study)


def test_spss_and_excel_say_the_same(tmp_path: Path) -> None:
    import pandas as pd
    import pyreadstat
    import xlsxwriter

    study = tmp_path / "s"
    done("init", study, coder="Lead")
    frame = pd.DataFrame({"nr": [1.0, 2.0], "q1": ["Het wachten, é", ""], "sex": [1.0, 9.0], "age": [33.0, 99.0]})
    frame["when"] = [date(2021, 7, 2), date(2021, 8, 3)]
    labels = {"q1": "What was hardest?", "sex": "Sex"}
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "spss.sav"),
        column_labels=labels,
        variable_value_labels={"sex": {1: "woman", 9: "no answer"}},
        missing_ranges={"sex": [9], "age": [99]},
    )
    with xlsxwriter.Workbook(tmp_path / "excel.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(
            (("nr", "q1", "sex", "age"), (1, "Het wachten, é", "woman", 33.0), (2, "", "", ""))
        ):
            sheet.write_row(row, 0, cells)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write(0, 4, "when")
        sheet.write_datetime(1, 4, date(2021, 7, 2), day)
        sheet.write_datetime(2, 4, date(2021, 8, 3), day)
    asked = ("--id", "nr", "--open", "q1", "--closed", "sex", "age", "--dated", "when")
    for file in ("spss.sav", "excel.xlsx"):
        done("survey", "import", tmp_path / file, *asked, "--name", file[:5] + " {id}", study=study, coder="Lead")
    found = [(row["name"], row["sex"], row["age"]) for row in done("cases", "--format", "json", study=study).json]
    assert found == [
        ("excel 1", "woman", "33"),
        ("excel 2", "", ""),
        ("spss. 1", "woman", "33"),
        ("spss. 2", "", ""),
    ]
    sources = done("sources", "--format", "json", study=study).json
    assert [row["date"] for row in sources] == ["2021-07-02", "2021-08-03"] * 2
    assert [row["characters"] for row in sources] == [
        len("q1\nHet wachten, é"),
        2,
        len("What was hardest?\nHet wachten, é"),
        17,
    ]
    types = {row["name"]: row["type"] for row in done("attributes", "--format", "json", study=study).json}
    assert types == {"sex": "choice", "age": "number"}


@pytest.mark.parametrize(
    ("words", "content", "code", "problem"),
    [
        ((), None, 2, "say --id (which column names the respondents)"),
        (("--id", "nr"), None, 2, "say --open (which columns are open questions)"),
        (("--id", "number", "--open", "What helped?"), None, 2, "the table has no column 'number'"),
        (("--id", "nr", "--open", "nr"), None, 2, "the column 'nr' is named twice"),
        ((*ASKED, "--name", "all"), None, 2, "--name needs {id}"),
        (("--id", "country", "--open", "What helped?"), None, 1, ":5: the respondent 'Iraq' stands in line 2 already"),
        ((*ASKED[:5], "--dated", "country"), None, 1, ":2: 'Iraq' is no date"),
        ((*ASKED[:5], "--multiple", "Why"), None, 2, "no column's name begins with 'Why'"),
        (ASKED, HEADER + "\n", 1, "there are no respondents in it"),
        (ASKED, HEADER + "\nR1,Iraq\n", 1, "too few cells"),
        (ASKED, HEADER + "\n,Iraq,1,a,b,,,,\n", 1, ":2: this respondent has no name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_comes_in(
    empty: Path, words: tuple[str, ...], content: str | None, code: int, problem: str
) -> None:
    table = empty.parent / "asked.csv"
    table.write_text("\n".join([HEADER, *ROWS]) + "\n" if content is None else content, "utf-8")
    result = qda("survey", "import", table, *words, study=empty, coder="Lead")
    assert (result.code, len(result.err.splitlines())) == (code, 1)
    assert problem in result.err
    assert done("sources", "--format", "json", study=empty).json == []


def test_files_that_are_no_tables(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data, problem in (
        ("a.sav", b"$FL2" + b"\0" * 50, "this SPSS file is damaged, or is none"),
        ("a.xlsx", b"PK\x03\x04rubbish", "the archive is damaged"),
        ("a.txt", b"text", "a survey table is .csv, .xlsx or .sav"),
        ("none.csv", None, "there is no such file"),
    ):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        result = qda("survey", "columns", tmp_path / name, study=empty)
        assert (result.code, len(result.err.splitlines())) == (1, 1)
        assert problem in result.err
    with monkeypatch.context() as dying:
        dying.setattr("qda.io.surveys.apart._CHILD", "import os; os.abort()")  # as the library does of some files
        result = qda("survey", "columns", tmp_path / "a.sav", study=empty)
    assert (result.code, "this SPSS file is damaged" in result.err) == (1, True)
    told = qda("import", tmp_path / "a.sav", study=empty)
    assert "'qda survey columns FILE'" in told.err

"""`qda report joint`: facts and figures of datasets beside themes, each marked with its origin, in every form."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from cli_world import copy_study, done, qda

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "about,measure,value,type,levels,unit,period,rater,origin,note\n"
# Twenty countries by how far they work together on forced returns, as experts see it.
COUNTRIES = ("NL", "NO", *(f"country {letter}" for letter in "ABCDEFGHIJKLMNOPQR"))
NOTE = "current state, not 2017-23"
REGISTER = "id,land,outcome\n1,NL,returned\n2,NL,gone\n3,NL,other\n4,NO,returned\n5,SE,gone\n6,,returned\n"


@pytest.fixture(scope="module")
def joined(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with ratings of twenty countries, two figures of NL, one of a case, and a register."""
    study = copy_study(world / "study", tmp_path_factory.mktemp("joint") / "study")
    rows = [
        f'country={country},cooperation,{number % 3 + 1},scale,1|2|3,,,country experts,external,"{NOTE}"'
        for number, country in enumerate(COUNTRIES)
    ]
    rows += [
        'country=NL,cooperative,20 %,percent,,,2017-23,,"external, 001:2184",',
        'country=NL,model A,3.229*,number,,,,,"external, 001:2373",no odds of these interviews',
        'case=Tove,years abroad,3,number,,years,,,"external, file",',
    ]
    done("facts", "import", "-", study=study, stdin=(HEAD + "\n".join(rows)).encode())
    (study / "register.csv").write_text(REGISTER, "utf-8")
    done("dataset", "import", study / "register.csv", "--origin", "external, registry", study=study)
    return study


def joint(study: Path, words: str) -> tuple[dict[tuple[str, str], dict[str, Any]], dict[str, Any]]:
    """The cells by row and column, and the whole report."""
    report = done("report", "joint", *shlex.split(words), "--evidence", "--format", "json", study=study).json
    return {(row[report["columns"][0]], row["column"]): row for row in report["rows"]}, report


def test_facts_figures_and_themes_stand_in_one_row(joined: Path) -> None:
    words = "--by country --code trust --code place --figure 'register: outcome=returned by land' --quote"
    cells, report = joint(joined, words)
    assert {row for row, _ in cells} == {*COUNTRIES}
    fact = cells["NL", "cooperative"]
    assert (fact["figure"], fact["period"], fact["origin"]) == ("20 %", "2017-23", "external, 001:2184")
    assert cells["NL", "model A"]["figure"] == "3.229*"
    assert cells["NO", "model A"]["state"] == "no fact entered"
    rating = cells["country R", "cooperation"]
    assert (rating["figure"], rating["rater"], rating["note"]) == ("2", "country experts", NOTE)
    figure = cells["NL", "register: outcome=returned"]
    assert (figure["n"], figure["of"], figure["figure"]) == (1, 3, "1 of 3 (33 %)")
    assert cells["country A", "register: outcome=returned"]["state"] == "not in the dataset"
    trust = {row: cells[row, "trust"] for row in COUNTRIES}
    assert [trust["NL"][name] for name in ("passages", "n", "of")] == [3, 1, 1]
    assert [trust["NO"][name] for name in ("passages", "n", "of")] == [2, 1, 1]
    assert trust["country R"]["state"] == "no source"
    assert trust["NL"]["quotation"] == "“My brother.” (Tove, alfa)"
    assert len(report["evidence"]["NL|theme|trust"]) == 4
    assert set(report["evidence"]) == {f"{row}|theme|{code}" for row in COUNTRIES for code in ("trust", "place")}
    assert any(NOTE in note for note in report["notes"])
    assert any("1 about cases" in note for note in report["notes"])


def test_it_reads_as_a_table_with_marks_and_counts_of_levels(joined: Path) -> None:
    words = (
        "--by",
        "country",
        "--code",
        "trust",
        "--fact",
        "cooperative",
        "--fact",
        "model A",
        "--fact",
        "cooperation",
    )
    told = done("report", "joint", *words, study=joined).out
    row = next(line for line in told.splitlines() if line.startswith("NL "))
    assert row.split()[1:] == [
        *("1", "[external", "1]", "20", "%", "[external", "2]", "3.229*", "[external", "3]", "3", "(1", "of", "1)"),
    ]
    assert "cooperation: 1 7, 2 7, 3 6; 20 ratings of 20 of the rows." in told
    assert f"[external 1]: external, rated by country experts; {NOTE}" in told
    assert "[external 2]: external, 001:2184, 2017-23" in told
    assert "[external 3]: external, 001:2373; no odds of these interviews" in told


def test_rows_are_cases_where_nothing_sets_them_apart(joined: Path) -> None:
    cells, report = joint(joined, "--code trust --code time")
    assert {row for row, _ in cells} == {"Tove"}
    assert (cells["Tove", "years abroad"]["figure"], cells["Tove", "years abroad"]["unit"]) == ("3", "years")
    assert (cells["Tove", "trust"]["passages"], cells["Tove", "time"]["passages"]) == (5, 1)
    assert any("values of country (--by country shows them)" in note for note in report["notes"])


def test_every_form_has_it_and_a_written_one_holds_until_a_fact_changes(joined: Path, tmp_path: Path) -> None:
    study = copy_study(joined, tmp_path / "study")
    words = ("report", "joint", "--by", "country", "--figure", "register by land", "--code", "trust")
    for form in ("md", "csv", "html", "xlsx"):
        done(*words, "--format", form, "-o", tmp_path / f"joint.{form}", study=study)
    page = (tmp_path / "joint.html").read_text("utf-8")
    assert "external 1" in page
    assert "My brother." in page
    with ZipFile(tmp_path / "joint.xlsx") as packed:
        assert any(b"3.229*" in packed.read(name) for name in packed.namelist())
    assert "3.229* [external" in (tmp_path / "joint.md").read_text("utf-8").replace("\\", "")
    assert "holds" in done("verify", tmp_path / "joint.html", study=study).err
    done("facts", "add", "country=NL", "model A", "3.3*", "--origin", "external, 001:2373", study=study)
    assert qda("verify", tmp_path / "joint.html", study=study).code == 1
    manifest = joint(study, "--fact cooperation --by country --quote")[1]["manifest"]
    assert manifest["command"] == "qda report joint --fact cooperation --quote --by country"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--fact nope", "there are no facts of a measure 'nope' (there are: cooperation, cooperative, model A"),
        ("--figure register", "a figure of a dataset is written DATASET: COLUMN=VALUE by COLUMN"),
        ("--figure 'regster by land'", "there is no dataset named 'regster' (did you mean 'register'?)"),
        ("--figure 'register: outcom=x by land'", "there is no column named 'outcom'"),
        ("--by country --by kind", "rows are cases, or the values of one attribute"),
    ],
)
def test_what_is_not_there_is_refused(joined: Path, words: str, said: str) -> None:
    result = qda("report", "joint", *shlex.split(words), study=joined)
    assert result.code in (1, 2)
    assert said in result.err


def test_in_public_a_theme_of_few_cases_is_withheld_and_facts_stay(joined: Path) -> None:
    words = "--by country --code trust --fact 'model A' --quote --profile public"
    cells, report = joint(joined, words)
    assert cells["NL", "model A"]["figure"] == "3.229*"
    assert [cells["NL", "trust"][name] for name in ("passages", "n", "state", "quotation")] == [
        *(None, None, "withheld", None),
    ]
    assert "NL|theme|trust" not in report["evidence"]
    told = done("report", "joint", *shlex.split(words), study=joined).out
    assert "withheld" in next(line for line in told.splitlines() if line.startswith("NL "))
    assert "brother" not in told


@pytest.mark.parametrize("form", ["table", "md", "csv", "json", "html", "xlsx", "docx"])
def test_rows_without_any_column_are_no_crash(tmp_path: Path, form: str) -> None:
    study = tmp_path / "study"
    done("init", study)
    done("cases", "import", "-", study=study, stdin=b"case,kind\nTove,family\nPer,other\n")
    done("facts", "add", "case=Tove", "goal", "3", "--origin", "external, file", study=study)
    file = tmp_path / f"j.{form}"
    for report in ("joint", "framework"):
        done("report", report, "--cases", "other", "--format", form, "-o", file, study=study)

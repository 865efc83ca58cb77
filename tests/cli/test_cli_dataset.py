"""`qda dataset`: exact counts, rules, recodings that are logged and undone, crosstabs, and what is refused."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from cli_world import copy_study, done, qda

from qda.store import Study

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 117_813
# Eleven cases: one left before it came, one id twice, a value without a name, and `other` that was asylum granted.
CASES = """id;nationality;entry;exit;outcome;reason;age
001;Iraqi;2019-01-02;2019-05-01;other;asylum granted;31
002;Iraqi;2019-02-01;2019-01-31;absconded;;44
003;Iraqi;2019-03-01;2020-01-01;cooperative return;;19
004;Nigerian;2019-03-01;2020-01-01;other;asylum granted;27
005;Nigerian;2019-03-01;;other;moved;27
006;Nigerian;2019-03-01;2020-06-01;absconded;;135
007;"";2019-03-01;2020-06-01;absconded;;NA
008;Iraqi;2019-03-01;2020-06-01;absconded;;20
008;Iraqi;2019-04-01;2020-06-01;absconded;;21
010;Iraqi;2019-04-01;2020-06-01;cooperative retrun;;22
011;Iraqi;2019-04-01;2020-06-01;absconded;;23
"""
RULES = """# what must hold
exit not before entry
id unique
outcome one of absconded|cooperative return|other|status granted
age from 0 to 120
nationality present
"""


@pytest.fixture(scope="module")
def begun(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with the dataset of eleven cases, whose lines end as on Windows; only to be read."""
    folder = copy_study(world / "study", tmp_path_factory.mktemp("dataset") / "study")
    (folder / "cases.csv").write_bytes(CASES.replace("\n", "\r\n").encode())
    (folder / "rules.txt").write_text(RULES, "utf-8")
    done("dataset", "import", folder / "cases.csv", "--origin", "external, register", study=folder)
    return folder


def crosstab(study: Path, *words: str) -> dict[tuple[str, str], tuple[int, float]]:
    rows = done("dataset", "crosstab", "cases", "nationality", "outcome", *words, "--format", "json", study=study).json
    return {(row["nationality"], row["outcome"]): (row["rows"], row["percent_of_row"]) for row in rows}


def test_as_many_rows_as_a_register_has_come_in_with_exact_counts(tmp_path: Path) -> None:
    lines = [f"{number},{'Iraqi' if number % 20 == 0 else 'other'},{2017 + number % 7}" for number in range(ROWS)]
    content = "\n".join(["id,nationality,year", *lines]).encode()
    with Study.create(tmp_path / "large", "anna") as study:
        one = study.datasets.add("register", content, "utf-8")
        assert (one.rows, one.columns) == (ROWS, (("id", "number"), ("nationality", "text"), ("year", "number")))
        data = study.datasets.data(one, {"nationality"})
        assert data.columns["nationality"].count("Iraqi") == len(range(0, ROWS, 20))
        assert (study.sources.all(), study.cases.all()) == ([], [])
        assert study.datasets.raw(one) == content
        assert study.database.one("SELECT count(*) FROM live_dataset") == 1


def test_it_comes_in_as_typed_and_is_no_part_of_the_study(begun: Path, world: Path) -> None:
    listed = done("dataset", "--format", "json", study=begun).json[0]
    assert (listed["name"], listed["rows"], listed["columns"], listed["origin"]) == (
        "cases",
        11,
        7,
        "external, register",
    )
    shown = {row["column"]: row for row in done("dataset", "show", "cases", "--format", "json", study=begun).json}
    assert {name: row["type"] for name, row in shown.items()} == {
        **dict.fromkeys(("id", "nationality", "outcome", "reason", "age"), "text"),
        **dict.fromkeys(("entry", "exit"), "date"),
    }
    assert (shown["nationality"]["missing"], shown["exit"]["missing"], shown["id"]["different"]) == (1, 1, 10)
    for noun in ("sources", "cases", "codes"):
        before = done(noun, "--format", "json", study=world / "study").out
        assert done(noun, "--format", "json", study=begun).out == before
    assert "already; nothing was taken in" in done("dataset", "import", begun / "cases.csv", study=begun).err


def test_rules_flag_their_rows(begun: Path) -> None:
    rows = done("dataset", "check", "cases", "--rules", begun / "rules.txt", "--format", "json", study=begun).json
    assert [(row["line"], row["found"]) for row in rows] == [
        (3, "exit 2019-01-31 is before entry 2019-02-01"),
        (9, "id '008' stands in 2 rows"),
        (10, "id '008' stands in 2 rows"),
        (11, "outcome is 'cooperative retrun'"),
        (7, "age is 135"),
        (8, "age 'NA' is no number"),
        (8, "nationality is empty"),
    ]
    words = ("--rules", begun / "rules.txt", "--counts", "--format", "json")
    counts = done("dataset", "check", "cases", *words, study=begun).json
    assert [(row["rows"], row["of"]) for row in counts] == [(1, 11), (2, 11), (1, 11), (2, 11), (1, 11)]


def test_a_recoding_is_logged_counted_and_undone(begun: Path, tmp_path: Path) -> None:
    study = copy_study(begun, tmp_path / "study")
    granted = ("--from", "other", "--to", "status granted", "--where", "reason=asylum granted")
    before = crosstab(study)
    assert before["Iraqi", "other"] == (1, 14)
    assert qda("dataset", "recode", "cases", "outcome", *granted, study=study).code == 1  # without a reason
    told = done("dataset", "recode", "cases", "outcome", *granted, "--reason", "Asylum was granted.", study=study).err
    assert "2 of 11 rows are recoded" in told
    done("dataset", "recode", "cases", "age", "--from", "NA", "--to", "(missing)", "--reason", "No age.", study=study)
    after = crosstab(study)
    assert (after["Iraqi", "status granted"][0], after["Nigerian", "status granted"][0]) == (1, 1)
    assert (after["Iraqi", "other"][0], after["Nigerian", "other"][0]) == (0, 1)
    logged = done("dataset", "recodings", "cases", "--format", "json", study=study).json
    assert [(row["rows"], row["reason"], row["by"]) for row in logged] == [
        (2, "Asylum was granted.", "Anna"),
        (1, "No age.", "Anna"),
    ]
    assert "recoded cases, 2 rows: outcome: 'other' is 'status granted'" in done("history", study=study, coder=None).out
    written = tmp_path / "clean.csv"
    done("dataset", "export", "cases", written, study=study)
    lines = written.read_text("utf-8").splitlines()
    assert lines[1] == "001,Iraqi,2019-01-02,2019-05-01,status granted,asylum granted,31"
    assert lines[7] == "007,,2019-03-01,2020-06-01,absconded,,"
    page = (tmp_path / "clean-README.md").read_text("utf-8")
    assert "2 rows. Asylum was granted. (Anna, " in page
    done("dataset", "export", "cases", tmp_path / "raw.csv", "--raw", study=study)
    assert (tmp_path / "raw.csv").read_bytes() == (begun / "cases.csv").read_bytes()
    done("check", study=study)
    done("undo", study=study)
    done("undo", study=study)
    assert crosstab(study) == before
    done("undo", study=study)
    assert done("dataset", "--format", "json", study=study).json == []


def test_a_crosstab_has_margins_missing_values_and_honest_percentages(begun: Path) -> None:
    found = crosstab(begun, "--decimals", "1")
    assert found["Iraqi", "absconded"] == (4, 57.1)
    assert found["(missing)", "absconded"] == (1, 100.0)
    assert (found["(all)", "(all)"], found["(all)", "absconded"]) == ((11, 100.0), (6, 54.5))
    result = done("dataset", "crosstab", "cases", "outcome", "--where", "nationality!=Iraqi", study=begun)
    assert ["absconded", "2", "(50", "%)"] in [line.split() for line in result.out.splitlines()]
    table = done("dataset", "crosstab", "cases", "nationality", "outcome", study=begun)
    assert "4 (57 %)" in table.out
    assert "do not add up to 100 by rounding, and are left so: Iraqi 99" in table.err


def test_rules_and_datasets_travel_with_the_study(begun: Path, tmp_path: Path) -> None:
    study, copy = (copy_study(begun, tmp_path / name) for name in ("study", "copy"))
    done("dataset", "check", "cases", "--rule", "id  unique", "--keep", study=study)
    words = ("--from", "moved", "--to", "left", "--reason", "Same thing.")
    done("dataset", "recode", "cases", "reason", *words, study=copy, coder="Bram")
    done("dataset", "import", "-", "--name", "two", study=copy, stdin=b"a,b\n1,2\n")
    done("facts", "add", "country=NL", "seats", "150", "--type", "number", "--origin", "law", study=copy)
    done("merge", copy / "study.db", study=study)
    assert [row["name"] for row in done("dataset", "--format", "json", study=study).json] == ["cases", "two"]
    assert done("dataset", "export", "two", "-", study=study).out == "a,b\n1,2\n"
    assert done("dataset", "recodings", "cases", "--format", "json", study=study).json[0]["by"] == "Bram"
    assert done("facts", "--format", "json", study=study).json[0]["value"] == "150"
    assert "id unique: 2 of 11 rows" in done("dataset", "check", "cases", study=study).err
    done("check", study=study)
    done("dataset", "remove", "cases", study=study)
    done("undo", study=study)
    assert len(done("dataset", "recodings", "cases", "--format", "json", study=study).json) == 1


def test_a_file_that_was_changed_behind_the_log_is_found(begun: Path, tmp_path: Path) -> None:
    study = copy_study(begun, tmp_path / "study")
    with sqlite3.connect(study / "study.db") as file:
        words = "CAST(replace(CAST(bytes AS TEXT), '011;', '012;') AS BLOB)"
        file.execute(f"UPDATE original SET bytes = {words} WHERE CAST(bytes AS TEXT) LIKE 'id;%'")
    assert "is not what its hash says" in qda("check", study=study).out + qda("check", study=study).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("regress cases outcome", "qda fits no models"),
        ("import short.csv", "short.csv:3: this row has too few cells (1, the header has 2)"),
        ("import twice.csv", "twice.csv:1: two columns are named 'A'"),
        ("import rules.txt --name a:b", "cannot be the name of a dataset"),
        ("show case", "there is no dataset named 'case' (did you mean 'cases'?)"),
        ("crosstab cases outcom", "there is no column named 'outcom' (did you mean 'outcome'?)"),
        ("crosstab cases age Age", "cannot be crossed with itself"),
        ("recode cases age --from 200 --to 20 --reason typo", "this changes no row of 'cases'"),
        ("recode cases age --to 20 --reason typo", "say which values are recoded"),
        ("check cases", "say what must hold with --rule"),
        ("check cases --rule age_over_3", "is no rule; a rule is COLUMN present"),
        ("check cases --rule reason|from|1|to|2", "'reason' holds no number"),
        ("check cases --rule exit|not|before|reason", "'reason' holds neither numbers nor days"),
        ("check cases --rule age|from|9|to|1", "has its low end behind its high one"),
    ],
)
def test_what_is_wrong_is_refused_in_a_sentence(
    begun: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    monkeypatch.chdir(begun)
    (begun / "short.csv").write_text("a,b\n1,2\n3\n", "utf-8")
    (begun / "twice.csv").write_text("a,A\n1,2\n", "utf-8")
    before = done("history", "--format", "json", study=begun).out
    result = qda("dataset", *(word.replace("|", " ") for word in words.split()), study=begun)
    assert result.code in (1, 2)
    assert said in result.err
    assert done("history", "--format", "json", study=begun).out == before

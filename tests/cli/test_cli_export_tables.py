"""`qda export tables`: what stands in the tidy tables, in three forms, and the dictionary that says what it means."""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cli_world import ALFA, BETA, CODINGS, GAMMA, check_sentence, copy_study, done, qda

from qda.render.study_tables import tables_workbook
from qda.reports.study_tables import TABLES, Taken
from qda.store import Study

TEXTS = {"alfa": ALFA, "beta": BETA, "gamma": GAMMA}
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def small(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with words that look like formulas."""
    study = copy_study(world / "study", tmp_path_factory.mktemp("tables") / "study")
    done("memos", "add", "=1+1", "--source", "alfa", study=study)
    done("memos", "add", "@SUM(A1)", "--title", "-2", study=study)
    return study


@pytest.fixture(scope="module")
def tables(small: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    folder = tmp_path_factory.mktemp("tables") / "csv"
    said = done("export", "tables", "-o", folder, study=small).err
    assert "2 rows hold words that begin with =, +, - or @, in memos (2)" in said
    assert b"\r" not in (folder / "codings.csv").read_bytes()
    described = json.loads((folder / "tables-metadata.json").read_text(encoding="utf-8"))
    found = {}
    for one in described["tables"]:
        with (folder / one["url"]).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            found[Path(one["url"]).stem] = list(reader)
        assert reader.fieldnames == [column["name"] for column in one["tableSchema"]["columns"]]
        assert all(column["dc:description"] for column in one["tableSchema"]["columns"])
        for other in one["tableSchema"].get("foreignKeys", ()):
            assert {"resource", "columnReference"} == set(other["reference"])
    assert {file.suffix for file in folder.iterdir()} == {".csv", ".json", ".md"}
    words = (folder / "dictionary.md").read_text(encoding="utf-8")
    assert all(f"## {name} ({len(rows)} rows)" in words for name, rows in found.items())
    return found


def test_codings_stand_with_their_words(tables: dict[str, Rows]) -> None:
    found = sorted((row["source"], row["code"], row["coder"], row["text"]) for row in tables["codings"])
    assert found == sorted(CODINGS)
    for row in tables["codings"]:
        start, end = int(row["start"]), int(row["end"])
        assert TEXTS[row["source"]][start:end] == row["text"]
        assert int(row["characters"]) == end - start
    ships = [row for row in tables["codings"] if "🚢" in row["text"]]
    assert [(row["person"], row["turn"], row["state"], row["layer"]) for row in ships] == [
        ("Tove", "2", "in place", "independent")
    ]


def test_every_table_keeps_its_keys_and_what_it_refers_to(tables: dict[str, Rows]) -> None:
    assert set(tables) == {one.name for one in TABLES}
    for table in TABLES:
        keys = [tuple(row[name] for name in table.key) for row in tables[table.name]]
        assert len(keys) == len(set(keys)), table.name
        for column in table.columns:
            if column.refers:
                other, name = column.refers.split(".")
                known = {row[name] for row in tables[other]} | {""}
                assert {row[column.name] for row in tables[table.name]} <= known, (table.name, column.name)


def test_other_tables_say_what_was_entered(tables: dict[str, Rows]) -> None:
    values = {(row["name"], row["attribute"], row["value"]) for row in tables["attributes"]}
    assert values >= {("gamma", "country", "NL"), ("gamma", "country", "NO"), ("Tove", "age", "41")}
    assert {(row["case"], row["member"]) for row in tables["case_members"]} == {
        ("Tove", "Tove"),
        ("Office", "alfa"),
        ("Office", "gamma"),
    }
    codes = {row["path"]: row for row in tables["codes"]}
    assert (codes["trust/high"]["parent"], codes["trust/high"]["level"], codes["trust/high"]["codings"]) == (
        "trust",
        "2",
        "3",
    )
    turns = [row for row in tables["turns"] if row["source"] == "beta"]
    assert [row["label"] for row in turns] == ["I", "R1", "I", "R1", "I"]
    assert turns[1]["text"] == "Det begynte på sjøen. 🚢 Vi stolte på båten, ikke på folk."
    assert [(row["source"], row["coder"], row["state"]) for row in tables["progress"]] == [
        ("alfa", "Anna", "done"),
        ("alfa", "Bram", "done"),
        ("beta", "Anna", "in progress"),
    ]
    assert {(row["source"], row["code"], row["asked"]) for row in tables["coverage"]} == {
        ("alfa", "trust", "true"),
        ("beta", "trust", "false"),
    }
    assert sum(int(row["codings"]) for row in tables["coders"]) == len(CODINGS)
    assert {row["text"] for row in tables["memos"]} >= {"=1+1", "@SUM(A1)", "Warm voice."}


def test_parquet_holds_the_same_with_types(small: Path, tables: dict[str, Rows], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    done("export", "tables", "--format", "parquet", "-o", tmp_path / "p", study=small)
    for table in TABLES:
        found = parquet.read_table(tmp_path / "p" / f"{table.name}.parquet")
        assert found.to_pylist() == [typed(row, table) for row in tables[table.name]]
        assert found.schema.field(0).metadata[b"description"]


def typed(row: dict[str, str], table: Any) -> dict[str, Any]:
    """A row of CSV as the dictionary says its cells are to be read."""
    read = {"text": str, "integer": int, "number": float, "boolean": lambda word: word == "true"}
    return {one.name: read[one.type](row[one.name]) if row[one.name] else None for one in table.columns}


def test_a_workbook_holds_words_as_words(small: Path, tables: dict[str, Rows], tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    for name in ("a", "b"):
        done("export", "tables", "--format", "xlsx", "-o", tmp_path / name, study=small)
    file = tmp_path / "a" / "tables.xlsx"
    assert file.read_bytes() == (tmp_path / "b" / "tables.xlsx").read_bytes()
    with zipfile.ZipFile(file) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())
    book = CalamineWorkbook.from_path(str(file))
    assert book.sheet_names == [*(one.name for one in TABLES), "dictionary"]
    memos = book.get_sheet_by_name("memos").to_python()
    assert [row[7] for row in memos[1:]] == [row["text"] for row in tables["memos"]]
    with Study.open(small) as study:
        made = tables_workbook([one for one in TABLES if one.name == "codings"], Taken(study), longest=4)
    (tmp_path / "long.xlsx").write_bytes(made.data)
    long = CalamineWorkbook.from_path(str(tmp_path / "long.xlsx"))
    assert long.sheet_names == ["codings", "codings 2", "codings 3", "dictionary"]
    sheets = [long.get_sheet_by_name(name).to_python() for name in long.sheet_names[:3]]
    assert [len(sheet) for sheet in sheets] == [5, 5, 3]
    assert made.rows == len(CODINGS)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--format html", 2, "choose from"),
        ("--raw --format xlsx", 2, "--raw writes CSV"),
        ("-o -", 2, "many files into a folder"),
        ("--code trust", 2, "unrecognized arguments"),
        ("-o study.db", 1, "a file stands in the place of this folder"),
    ],
)
def test_what_is_refused(small: Path, words: str, code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    result = qda("export", "tables", *words.split(), study=small)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    check_sentence(result.err)


def test_without_what_writes_parquet_it_says_what_to_do(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = qda("export", "tables", "--format", "parquet", "-o", tmp_path / "p", study=small)
    assert result.code == 1
    assert 'pip install "qda-tui[parquet]"' in result.err
    assert not (tmp_path / "p").exists()

"""Every table as CSV: what lives, joined by keys."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from store_world import VERSIONED

from qda.errors import StudyError
from qda.store import Study
from qda.store.tables import write_tables

if TYPE_CHECKING:
    from pathlib import Path


def test_each_table_that_has_rows(full: Study, tmp_path: Path) -> None:
    full.settings.set("language", "")
    written = write_tables(full, tmp_path / "out")
    assert {file.stem for file in written} == set(VERSIONED)
    for file in written:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        count = full.database.one(f'SELECT count(*) FROM "{file.stem}" WHERE died IS NULL')
        assert len(rows) == count + 1
        assert not {"row", "born", "died"} & set(rows[0])
        assert b"\r" not in file.read_bytes()


def test_values_are_plain(full: Study, tmp_path: Path) -> None:
    write_tables(full, tmp_path)
    with (tmp_path / "source.csv").open(encoding="utf-8", newline="") as lines:
        sources = {row["name"]: row for row in csv.DictReader(lines)}
    assert sources["t"]["original"] == full.sources.get("t").sha256
    with (tmp_path / "coding.csv").open(encoding="utf-8", newline="") as lines:
        codings = list(csv.DictReader(lines))
    assert {(row["key"], row["source"], row["start"]) for row in codings} == {
        (str(one.key), str(one.source), str(one.start)) for one in full.codings.all()
    }


def test_an_empty_study_has_no_tables(tmp_path: Path) -> None:
    with Study.create(tmp_path / "study") as study:
        assert write_tables(study, tmp_path / "out") == []


def test_a_file_in_the_way_is_a_sentence(full: Study, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(StudyError, match="cannot be written"):
        write_tables(full, tmp_path / "out")

"""Older studies: the steps that bring them up, and a study of each released schema that must still open."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from make_frozen_study import frozen
from store_world import paths, problems, snapshot, state_from_scratch

from qda.errors import QdaError, StudyError
from qda.store import Study, migrate
from qda.store import database as database_module
from qda.store.database import Database
from qda.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
NOW, NEXT, LAST = SCHEMA_VERSION, SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
Steps = dict[int, "Callable[[sqlite3.Connection], None]"]


@pytest.fixture(params=sorted(int(file.stem.removeprefix("study-")) for file in DATA.glob("study-*.json")))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A study of a released schema, as its version wrote it, and what is known of it."""
    folder = tmp_path / "released"
    folder.mkdir()
    name = f"study-{request.param}"
    (folder / "study.db").write_bytes(gzip.decompress((DATA / f"{name}.db.gz").read_bytes()))
    return folder, json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def test_a_study_of_each_released_schema_opens_and_is_sound(released: tuple[Path, dict[str, Any]]) -> None:
    folder, known = released
    with Study.open(folder, coder="anna") as study:
        assert problems(study) == []
        assert study.state_hash() == known["state"] == state_from_scratch(study)
        assert paths(study) == known["paths"]
        assert study.codings.count() == known["codings"]
        assert [one.uid for one in study.codings.all(lost=True)] == known["lost"]
        assert {source.name: source.text_sha256 for source in study.sources.all()} == known["sources"]
        assert [person.name for person in study.persons.all()] == known["persons"]
        assert [memo.body for memo in study.memos.all()] == known["memos"]
        assert [line.summary for line in study.changes.all()] == known["changes"]


def test_work_goes_on_in_a_study_of_each_released_schema(released: tuple[Path, dict[str, Any]]) -> None:
    folder, known = released
    with Study.open(folder, coder="anna") as study:
        assert study.changes.redo() == "x = 2"
        study.changes.undo()
        study.codings.apply("t", "worry/police", 0, 3)
        study.changes.undo()
        assert study.state_hash() == known["state"]
        assert study.changes.undo() == "merged merged into trust"
        assert "merged" in paths(study)
        assert problems(study) == []


def test_this_version_still_makes_the_schema_that_was_released(
    released: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """A change of tables or of the state hash needs a new schema number; see `make_frozen_study.py`."""
    folder, known = released
    file = sqlite3.connect(folder / "study.db")
    if file.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
        assert frozen(tmp_path / "fresh") == known
        fresh = sqlite3.connect(tmp_path / "fresh/study.db")
        one, other = (dict(each.execute("SELECT name, sql FROM sqlite_master").fetchall()) for each in (file, fresh))
        assert other == one
        fresh.close()
    file.close()


# --- the machinery ------------------------------------------------------------------------------------------


def one_more(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE extra (words TEXT)")
    connection.execute("INSERT INTO extra VALUES ('made')")


def and_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE extra SET words = words || ' twice'")


def fails(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM coding")
    connection.execute("DROP TABLE memo")
    raise ValueError("this step fails")


def test_steps_are_taken_in_order_on_a_backup(full: Study) -> None:
    before = snapshot(full)
    migrate.migrate(full.database, NOW, {NEXT: and_another, NOW: one_more}, LAST)
    assert full.database.one("PRAGMA user_version") == LAST
    assert full.database.one("SELECT words FROM extra") == "made twice"
    assert snapshot(full) == before
    words = f"the study was brought to schema {LAST}; the old file is kept as study-schema-{NOW}.db"
    assert full.database.notices == [words]
    kept = full.folder / f"study-schema-{NOW}.db"
    assert kept.stat().st_mode & 0o777 == 0o600
    with Study.open(kept, coder="anna") as old:
        assert old.database.one("PRAGMA user_version") == NOW
        assert snapshot(old) == before
        assert problems(old) == []


@pytest.mark.parametrize("bad", [NOW, NEXT])
def test_a_step_that_fails_leaves_the_old_study(full: Study, bad: int) -> None:
    before = snapshot(full)
    steps: Steps = {NOW: one_more, NEXT: and_another, bad: fails}
    with pytest.raises(ValueError, match="this step fails"):
        migrate.migrate(full.database, NOW, steps, LAST)
    assert full.database.one("PRAGMA user_version") == NOW
    assert full.database.one("SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == 0
    assert full.database.notices == []
    assert snapshot(full) == before
    assert problems(full) == []
    full.close()
    with Study.open(full.folder, coder="anna") as again:
        assert snapshot(again) == before
        again.changes.undo()


def test_a_step_that_sqlite_refuses_is_a_sentence(full: Study) -> None:
    before = snapshot(full)
    steps: Steps = {NOW: lambda connection: connection.execute("DROP TABLE unknown") and None}
    with pytest.raises(StudyError, match="no such table"):
        migrate.migrate(full.database, NOW, steps, NEXT)
    assert snapshot(full) == before


def test_steps_that_are_missing_are_refused_before_anything_is_done(full: Study) -> None:
    with pytest.raises(StudyError, match=rf"unknown older version \(schema {NOW}\)"):
        migrate.migrate(full.database, NOW, {NEXT: one_more}, LAST)
    assert [file.name for file in full.folder.glob("*.db")] == ["study.db"]
    with pytest.raises(StudyError, match="unknown older version"):
        migrate.migrate(full.database, 0)


def test_a_study_of_schema_nought_is_refused_when_opened(anna: Study) -> None:
    anna.database.connection.execute("PRAGMA user_version = 0")
    anna.close()
    before = anna.database.file.read_bytes()
    with pytest.raises(StudyError, match=r"unknown older version \(schema 0\)"):
        Study.open(anna.folder)
    assert anna.database.file.read_bytes() == before


def test_opening_brings_an_older_study_up(full: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    state = full.state_hash()
    full.close()
    monkeypatch.setattr(database_module, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(migrate.migrate, "__defaults__", ({NOW: one_more}, NEXT))
    look = Database.look(full.database.file)
    assert look.one("PRAGMA user_version") == NOW
    look.close()
    with Study.open(full.folder, coder="anna") as study:
        assert study.database.one("SELECT words FROM extra") == "made"
        assert study.state_hash() == state
        assert len(study.database.notices) == 1
        study.changes.undo()
    with Study.open(full.folder, coder="anna") as study:
        assert study.database.notices == []
    monkeypatch.undo()
    with pytest.raises(StudyError, match="a newer qda made this study"):
        Study.open(full.folder)


def test_two_processes_that_find_an_older_study_bring_it_up_once(full: Study) -> None:
    steps: Steps = {NOW: one_more}
    other = Database.open(full.database.file)
    migrate.migrate(full.database, NOW, steps, NEXT)
    migrate.migrate(other, NOW, steps, NEXT)
    assert other.rows("SELECT words FROM extra") == [("made",)]
    other.close()


def test_an_older_study_that_may_not_be_written_is_a_sentence(full: Study) -> None:
    full.close()
    look = Database.look(full.database.file)
    before = full.database.file.read_bytes()
    with pytest.raises(QdaError, match="cannot be written here"):
        migrate.migrate(look, NOW, {NOW: one_more}, NEXT)
    look.close()
    assert full.database.file.read_bytes() == before

"""Backups: whole copies, and bringing one back in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import another, coding, make, paths, problems, rich, snapshot

from qda.errors import StudyError
from qda.store import Study
from qda.store.backup import check_backup, restore_backup, write_backup
from qda.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def test_a_backup_is_the_study_and_for_its_owner_only(full: Study, tmp_path: Path) -> None:
    target = tmp_path / "deep/kept.db"
    write_backup(full.database, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["kept.db"]
    with Study.open(target, coder="anna") as copy:
        assert snapshot(copy) == snapshot(full)
        assert problems(copy) == []
        copy.changes.undo()
    assert len(full.changes.all()) == len(snapshot(full).log)


def test_a_backup_is_never_written_over_a_file(full: Study, tmp_path: Path) -> None:
    target = tmp_path / "kept.db"
    target.write_text("mine")
    with pytest.raises(StudyError, match="exists already; name another file"):
        write_backup(full.database, target)
    assert target.read_text() == "mine"


def test_a_backup_of_a_study_in_a_transaction_is_its_last_moment(anna: Study, bram: Study, tmp_path: Path) -> None:
    before = snapshot(anna)
    with bram.database.writing() as connection:
        connection.execute("DELETE FROM coding")
        write_backup(anna.database, tmp_path / "kept.db")
    with Study.open(tmp_path / "kept.db") as copy:
        assert snapshot(copy) == before


def test_restoring_brings_the_study_back(full: Study, tmp_path: Path) -> None:
    kept, safe = tmp_path / "kept.db", tmp_path / "backups/before.db"
    write_backup(full.database, kept)
    content = kept.read_bytes()
    before = snapshot(full)
    made = full.codings.apply("t", "fear", 3, 9)
    full.codebook.rename("fear", "worry")
    after = snapshot(full)
    full.close()
    restore_backup(full.database.file, kept, safe)
    assert kept.read_bytes() == content
    with Study.open(full.folder, coder="anna") as study:
        assert snapshot(study) == before
        assert problems(study) == []
        row = coding(1, "fear", 3, 9, id=bytes.fromhex(made.replace("-", "")))
        study.codings.import_rows([row], "again")
        assert made in {one.uid for one in study.codings.all()}
        assert study.changes.undo() == "again"
        assert problems(study) == []
    with Study.open(safe, coder="anna") as old:
        assert snapshot(old) == after


def test_others_see_the_restored_study_whole(anna: Study, bram: Study, tmp_path: Path) -> None:
    write_backup(anna.database, tmp_path / "kept.db")
    before = snapshot(anna)
    bram.codebook.add("new")
    restore_backup(anna.database.file, tmp_path / "kept.db", tmp_path / "before.db")
    for study in (anna, bram):
        assert snapshot(study) == before
        assert "new" not in paths(study)
    chris = another(anna, "chris")
    chris.codebook.add("newer")
    assert "newer" in paths(bram)
    assert problems(chris) == []
    chris.close()


def test_restoring_where_there_is_no_study(full: Study, tmp_path: Path) -> None:
    write_backup(full.database, tmp_path / "kept.db")
    (tmp_path / "elsewhere").mkdir()
    restore_backup(tmp_path / "elsewhere/study.db", tmp_path / "kept.db", tmp_path / "before.db")
    with Study.open(tmp_path / "elsewhere") as study:
        assert snapshot(study) == snapshot(full)
    assert (tmp_path / "elsewhere/study.db").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "before.db").exists()


def test_restoring_over_a_damaged_study_keeps_that_aside(full: Study, tmp_path: Path) -> None:
    write_backup(full.database, tmp_path / "kept.db")
    before = snapshot(full)
    full.close()
    damaged = full.database.file.read_bytes()[:5000]
    full.database.file.write_bytes(damaged)
    restore_backup(full.database.file, tmp_path / "kept.db", tmp_path / "backups/before.db")
    assert (tmp_path / "backups/before.db").read_bytes() == damaged
    with Study.open(full.folder) as study:
        assert snapshot(study) == before


@pytest.mark.parametrize("kind", ["missing", "folder", "words", "empty", "truncated", "holes", "newer", "itself"])
def test_what_cannot_be_restored_is_refused_and_the_study_stays(full: Study, tmp_path: Path, kind: str) -> None:
    before = snapshot(full)
    backup = tmp_path / "kept.db"
    write_backup(full.database, backup)
    content = bytearray(backup.read_bytes())
    if kind == "missing":
        backup.unlink()
    elif kind == "folder":
        backup.unlink()
        backup.mkdir()
    elif kind == "words":
        backup.write_text("no database at all")
    elif kind == "empty":
        backup.write_bytes(b"")
    elif kind == "truncated":
        backup.write_bytes(content[: len(content) // 2])
    elif kind == "holes":
        content[4096 * 5 : 4096 * 30] = bytes(4096 * 25)
        backup.write_bytes(content)
    elif kind == "newer":
        content[60:64] = (SCHEMA_VERSION + 1).to_bytes(4, "big")
        backup.write_bytes(content)
    else:
        backup = full.database.file
    held = backup.read_bytes() if backup.is_file() else b""
    with pytest.raises(StudyError) as caught:
        restore_backup(full.database.file, backup, tmp_path / "before.db")
    assert "\n" not in str(caught.value)
    assert snapshot(full) == before
    assert problems(full) == []
    if backup.is_file():
        assert backup.read_bytes() == held
    assert not (tmp_path / "before.db").exists()


def test_checking_a_backup_tells_its_schema(full: Study, tmp_path: Path) -> None:
    write_backup(full.database, tmp_path / "kept.db")
    content = (tmp_path / "kept.db").read_bytes()
    assert check_backup(tmp_path / "kept.db") == SCHEMA_VERSION
    assert (tmp_path / "kept.db").read_bytes() == content


def test_an_older_backup_is_restored_and_brought_up(
    full: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qda.store import backup as backup_module
    from qda.store import database, migrate

    write_backup(full.database, tmp_path / "kept.db")
    content = (tmp_path / "kept.db").read_bytes()
    before = snapshot(full)
    full.settings.set("x", "1")
    full.close()

    def extra(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE extra (x)")

    for module in (backup_module, database):
        monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrate.migrate, "__defaults__", ({SCHEMA_VERSION: extra}, SCHEMA_VERSION + 1))
    restore_backup(full.database.file, tmp_path / "kept.db", tmp_path / "before.db")
    assert (tmp_path / "kept.db").read_bytes() == content
    with Study.open(full.folder) as study:
        assert snapshot(study) == before
        assert study.database.rows("SELECT * FROM extra") == []
        assert study.database.one("PRAGMA user_version") == SCHEMA_VERSION + 1


def test_a_copy_is_a_study_of_its_own(tmp_path: Path) -> None:
    with rich(tmp_path / "one") as one, make(tmp_path / "other") as other:
        write_backup(one.database, tmp_path / "copy/study.db")
        with Study.open(tmp_path / "copy", coder="anna") as copy:
            copy.codings.apply("t", "fear", 3, 9)
            assert copy.state_hash() != one.state_hash() != other.state_hash()
            copy.changes.undo()
            assert copy.state_hash() == one.state_hash()

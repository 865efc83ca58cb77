"""Opening and making study files: who may read them, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from store_world import add, document, make, paths, problems, rich, snapshot

import qda
from qda.errors import QdaError, StudyError
from qda.store import Study
from qda.store.database import Database
from qda.store.place import find_study, study_file
from qda.store.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES
from qda.store.sentences import BUSY_SECONDS, explain

# Runs as somebody who is not root: everything is imported first, since Python's own files may be closed to them.
AS_SOMEBODY = """
import os, sys
import qda.store.backup, qda.store.check, qda.store.migrate
from pathlib import Path
from qda.errors import QdaError
from qda.store import Study
if os.getuid() == 0:
    os.setuid(65534)
path = Path(sys.argv[1])

def tell(act):
    try:
        print(act())
    except QdaError as error:
        print("refused:", error)
"""
LIMITED = """
import resource, sys
from qda.errors import StudyError
from qda.store import Study
from qda.store.backup import write_backup
from qda.store.coding_lines import CodingRow
from pathlib import Path
from qda.model.transcript import Transcript

study = Study.open(sys.argv[1], coder="anna")
size = Path(sys.argv[1], "study.db").stat().st_size + int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
"""


def as_somebody(code: str, path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY + code, str(path)], check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def refusal(act: Any, words: str) -> None:
    with pytest.raises(StudyError, match=words) as caught:
        act()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "Error" not in sentence
    assert "UNIQUE" not in sentence


# --- what a study is ----------------------------------------------------------------------------------------


def test_a_new_study_has_its_folders_and_is_for_its_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Study.create(tmp_path / "deep/study", coder="anna") as study:
            study.settings.set("x", "1")
            folder = study.folder
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("study.db*")}
    finally:
        os.umask(old)
    assert modes == {"study.db": 0o600, "study.db-wal": 0o600, "study.db-shm": 0o600}
    assert {file.name for file in folder.iterdir()} == {"study.db", "codebooks", "transcripts", "exports"}
    assert folder == tmp_path / "deep/study"


def test_the_file_says_what_it_is(anna: Study) -> None:
    assert anna.database.one("PRAGMA application_id") == APPLICATION_ID == int.from_bytes(b"QDAS", "big")
    assert anna.database.one("PRAGMA user_version") == SCHEMA_VERSION
    anna.close()
    data = anna.database.file.read_bytes()
    assert data[:16] == b"SQLite format 3\0"
    assert data[68:72] == b"QDAS"


def test_every_table_has_its_indexes(anna: Study) -> None:
    for table in TABLES:
        found = {row[1] for row in anna.database.rows(f'PRAGMA index_list("{table}")')}
        assert {f"{table}_live", f"{table}_past", f"{table}_born", f"{table}_died"} <= found
    assert {"coding_same", "coding_count"} <= {row[1] for row in anna.database.rows("PRAGMA index_list(coding)")}
    plan = anna.database.rows("EXPLAIN QUERY PLAN SELECT source, code, start, end, coder FROM counted_coding")
    assert "COVERING INDEX" in str(plan)


def test_a_study_opens_by_folder_file_and_from_the_library(anna: Study) -> None:
    state = anna.state_hash()
    anna.close()
    for path in (anna.folder, anna.database.file, str(anna.folder)):
        with Study.open(path) as study:
            assert study.state_hash() == state
    with qda.open_study(anna.folder, coder="bram") as study:
        assert (study.state_hash(), study.coder) == (state, "bram")


def test_a_study_that_is_named_as_a_file(tmp_path: Path) -> None:
    with Study.create(tmp_path / "other.db", coder="anna") as study:
        assert study.database.file == tmp_path / "other.db"
    assert (tmp_path / "codebooks").is_dir()
    with Study.open(tmp_path / "other.db") as study:
        assert study.coders.all() == []


def test_who_works_is_given_set_or_nobody(anna: Study) -> None:
    with Study.open(anna.folder) as study:
        assert study.coder == ""
    anna.settings.set("coder", "chris")
    with Study.open(anna.folder) as study:
        assert study.coder == "chris"
    with Study.open(anna.folder, coder="dirk") as study:
        assert study.coder == "dirk"


def test_nobody_may_act_too_but_has_nothing_to_undo(anna: Study) -> None:
    with Study.open(anna.folder) as nobody:
        nobody.settings.set("x", "1")
        assert nobody.changes.all(last=1)[0].coder == ""
        with pytest.raises(QdaError, match="nobody named has changed nothing"):
            nobody.changes.undo()


def test_a_name_that_cannot_be_a_coder_is_refused(anna: Study) -> None:
    before = snapshot(anna)
    for name in ("a|b", " anna", "two\nlines", "\x00"):
        with Study.open(anna.folder, coder=name) as study, pytest.raises(QdaError, match="cannot be a coder's name"):
            study.settings.set("x", "1")
    assert snapshot(anna) == before


def test_a_newcomer_comes_in_with_the_first_action_that_changes_something(anna: Study) -> None:
    with Study.open(anna.folder, coder="zed") as zed:
        zed.settings.set("x", "")
        assert anna.coders.key("zed") is None
        zed.settings.set("x", "1")
        assert anna.coders.key("zed") is not None
        assert anna.changes.all(last=1)[0].coder == "zed"
        zed.changes.undo()
        assert zed.settings.all() == {}


def test_find_study_looks_upwards(tmp_path: Path) -> None:
    deep = tmp_path / "a/b/c"
    deep.mkdir(parents=True)
    assert find_study(deep) is None or not str(find_study(deep)).startswith(str(tmp_path))
    (tmp_path / "a/study.db").touch()
    (tmp_path / "a/b/study.db").mkdir()
    assert find_study(deep) == tmp_path / "a/study.db"
    assert find_study(tmp_path / "a") == tmp_path / "a/study.db"


# --- what is refused ----------------------------------------------------------------------------------------


def test_a_study_is_never_made_over_another(anna: Study) -> None:
    before = snapshot(anna)
    refusal(lambda: Study.create(anna.folder), "a study is here already; nothing was made")
    assert snapshot(anna) == before
    assert problems(anna) == []


def test_no_study_here(tmp_path: Path) -> None:
    refusal(lambda: Study.open(tmp_path), "there is no study here; make one with 'qda init'")
    refusal(lambda: Study.open(tmp_path / "missing"), "there is no study here")
    refusal(lambda: study_file(tmp_path / "x.db"), "there is no study here")


def test_a_folder_named_like_a_study(tmp_path: Path) -> None:
    (tmp_path / "study.db").mkdir()
    refusal(lambda: Study.open(tmp_path), "there is no study here")
    refusal(lambda: Study.create(tmp_path), "a study is here already")
    assert list((tmp_path / "study.db").iterdir()) == []
    (tmp_path / "file").touch()
    refusal(lambda: Study.create(tmp_path / "file"), "cannot be made")
    refusal(lambda: Study.create(tmp_path / "file/deeper"), "cannot be made")


@pytest.mark.parametrize("content", [b"hello, this is no database" * 100, b"SQLite format 3\0", b"x", os.urandom(9000)])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "study.db"
    file.write_bytes(content)
    refusal(lambda: Study.open(tmp_path), "not a study of qda|damaged")
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    file.touch()
    refusal(lambda: Study.open(tmp_path), "this is not a study of qda")
    assert file.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [file]


def test_a_database_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE notes (words TEXT)")
    other.close()
    before = file.read_bytes()
    refusal(lambda: Study.open(tmp_path), "this is not a study of qda")
    refusal(lambda: Database.look(file), "this is not a study of qda")
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_study_of_a_newer_version(anna: Study) -> None:
    anna.database.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    anna.close()
    before = anna.database.file.read_bytes()
    words = rf"a newer qda made this study \(schema {SCHEMA_VERSION + 1}, this one reads up to {SCHEMA_VERSION}\)"
    refusal(lambda: Study.open(anna.folder), words)
    refusal(lambda: Database.look(anna.database.file), "install the newer version")
    assert anna.database.file.read_bytes() == before


def outcome(folder: Path) -> str:
    """What becomes of working with a file that may be damaged: refused, found by check, or its state if sound."""
    try:
        with Study.open(folder, coder="anna") as study:
            try:
                return "found" if problems(study) else study.state_hash()
            except sqlite3.DatabaseError as error:  # the command line makes a sentence of it
                return str(explain(error, folder))
    except StudyError as error:
        return str(error)


def test_a_truncated_study_is_refused_or_found_and_never_changed(tmp_path: Path) -> None:
    with rich(tmp_path / "whole") as study:
        file, state = study.database.file, study.state_hash()
    data = file.read_bytes()
    sizes = [1, 15, 16, 99, 100, 511, 512, 4095, 4096, 4097, 5 * 4096, len(data) // 2, len(data) - 4096]
    for size in sizes:
        folder = tmp_path / str(size)
        folder.mkdir()
        (folder / "study.db").write_bytes(data[:size])
        said = outcome(folder)
        assert said != state, size
        assert "damaged" in said or "not a study" in said, (size, said)
        assert "\n" not in said
        assert (folder / "study.db").read_bytes() == data[:size]


# --- where it may not be written ----------------------------------------------------------------------------


@pytest.mark.parametrize("closed", ["file", "folder", "both"])
def test_a_study_that_may_only_be_read(tmp_path: Path, closed: str) -> None:
    with make(tmp_path / "study") as study:
        state, folder = study.state_hash(), study.folder
    before = (folder / "study.db").read_bytes()
    _open_the_way(folder)
    (folder / "study.db").chmod(0o444 if closed in ("file", "both") else 0o666)
    folder.chmod(0o555 if closed in ("folder", "both") else 0o777)
    said = as_somebody(
        """
study = Study.open(path, coder="anna")
tell(study.state_hash)
tell(lambda: [code.path for code in study.codebook.tree().codes])
tell(lambda: qda.store.check.check_study(study, lambda _: None))
tell(lambda: study.settings.set("x", "1"))
tell(study.changes.undo)
tell(lambda: study.codings.apply("t", "c", 0, 3))
study.close()
""",
        folder,
    )
    assert said[:3] == [state, "['a', 'a/b', 'c']", "[]"]
    assert len(said) == 6
    for sentence in said[3:]:
        assert sentence.startswith("refused:")
        assert "this study cannot be written here (the file or its folder is read-only)" in sentence
    folder.chmod(0o700)
    assert (folder / "study.db").read_bytes() == before
    assert [file.name for file in folder.glob("study.db*")] == ["study.db"]


def test_a_study_that_may_not_be_read(tmp_path: Path) -> None:
    with make(tmp_path / "study") as study:
        folder = study.folder
    _open_the_way(folder)
    (folder / "study.db").chmod(0o600)
    if os.getuid() != 0:
        (folder / "study.db").chmod(0)
    said = as_somebody("tell(lambda: Study.open(path))", folder)
    assert len(said) == 1
    assert "the study cannot be opened (does the folder exist, and may you read it?)" in said[0]


def test_a_log_that_was_left_in_a_closed_folder_is_a_sentence(tmp_path: Path) -> None:
    with make(tmp_path / "study") as study:
        study.settings.set("x", "1")
        folder = tmp_path / "copy"
        folder.mkdir()
        for name in ("study.db", "study.db-wal"):
            shutil.copy(study.folder / name, folder)
            (folder / name).chmod(0o444)
    _open_the_way(folder)
    folder.chmod(0o555)
    said = as_somebody("tell(lambda: Study.open(path).settings.get('x'))", folder)
    folder.chmod(0o700)
    assert len(said) == 1
    assert said == ["1"] or said[0].startswith("refused:")


def test_nothing_is_made_in_a_closed_folder(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    _open_the_way(folder)
    folder.chmod(0o555)
    said = as_somebody("tell(lambda: Study.create(path))\ntell(lambda: Study.create(path / 'deep/er'))", folder)
    assert [sentence.split(":")[0] for sentence in said] == ["refused", "refused"]
    assert "choose another" in said[0]
    assert list(folder.iterdir()) == []


def _open_the_way(folder: Path) -> None:
    """Let others pass through the folders above, which pytest closes."""
    folder.chmod(0o755)
    for above in folder.parents:
        if (
            above not in (Path(above.anchor), Path(tempfile.gettempdir()))
            and above.stat().st_uid == folder.stat().st_uid
        ):
            above.chmod(above.stat().st_mode | 0o055)


# --- a full disk --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [-20000, 0, 30000, 200000, 1000000])
def test_a_full_disk_changes_nothing(tmp_path: Path, room: int) -> None:
    with make(tmp_path / "study") as study:
        add(study, document("x" * 60000, "long"))
        folder = study.folder
    with Study.open(folder, coder="anna") as study:
        before = snapshot(study)
    code = """
rows = [CodingRow(n, "long", "c", "anna", n, n + 1) for n in range(20000)]
text = "word " * 400000
for act in (
    lambda: study.codings.import_rows(rows, "many"),
    lambda: study.sources.add(Transcript("big", "txt", text.encode(), text, "utf-8"), speakers={}),
):
    try:
        act()
        print("done")
    except StudyError as error:
        print(error)
study.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED + code, folder, str(room)], check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    said = done.stdout.splitlines()
    assert len(said) == 2
    for sentence in said:
        assert "disk" in sentence
        assert "nothing was changed" in sentence
    with Study.open(folder, coder="anna") as study:
        assert snapshot(study) == before
        assert problems(study) == []
        study.settings.set("x", "1")
    assert [file.name for file in folder.glob("study.db*")] == ["study.db"]


@pytest.mark.parametrize("limit", [0, 1000, 5000, 60000, 150000])
def test_a_study_that_does_not_fit_is_not_made(tmp_path: Path, limit: int) -> None:
    code = f"""
import resource, sys
from qda.errors import StudyError
from qda.store import Study
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    Study.create(sys.argv[1])
except StudyError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=True, capture_output=True, text=True)
    assert "disk" in done.stdout
    assert done.stdout.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_does_not_fit_is_not_left(tmp_path: Path) -> None:
    with make(tmp_path / "study") as study:
        folder = study.folder
    code = """
try:
    write_backup(study.database, Path(sys.argv[1], "kept.db"))
except StudyError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED + code, folder, "-100000"], check=True, capture_output=True, text=True
    )
    assert "disk" in done.stdout
    assert not list(folder.glob("kept*"))


# --- sentences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("file is not a database", "not a study of qda, or the file is damaged; restore a backup"),
        ("database disk image is malformed", "the file is damaged; restore a backup"),
        ("database or disk is full", "the disk is full; nothing was changed; make room"),
        ("disk I/O error", "the disk refused to read or write"),
        ("attempt to write a readonly database", "cannot be written here"),
        ("unable to open database file", "cannot be opened"),
        ("database is locked", f"another program has been writing for more than {BUSY_SECONDS:.0f} seconds"),
        ("interrupted", "stopped; nothing was changed"),
        ("something else", "could not be read or written (something else); run 'qda check'"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(words: str, sentence: str) -> None:
    error = explain(sqlite3.OperationalError(words), "here/study.db")
    assert isinstance(error, StudyError)
    assert str(error).startswith("here/study.db: ")
    assert sentence in str(error)


def test_whatever_goes_wrong_inside_takes_everything_back(anna: Study) -> None:
    before = snapshot(anna)

    def fails() -> None:
        with anna.action("code", "half") as change:
            key = change.new_key("code")
            change.insert("setting", [("x", str(key))])
            anna.codebook.make_path(change, "new", origin="open")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert snapshot(anna) == before
    assert problems(anna) == []
    anna.codebook.add("new")
    assert "new" in paths(anna)
    assert problems(anna) == []


def test_an_action_inside_another_is_refused(anna: Study) -> None:
    before = snapshot(anna)

    def nested() -> None:
        with anna.action("code", "outer") as change:
            change.insert("setting", [("x", "1")])
            anna.settings.set("y", "1")

    with pytest.raises(StudyError):
        nested()
    assert snapshot(anna) == before

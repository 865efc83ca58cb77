"""Several processes at once, and processes that die: nothing is lost, nothing is half done."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from store_world import add, another, document, make, problems, snapshot, state_from_scratch

from qda.store import Study
from qda.store.backup import write_backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = """
import os, signal, sys
from qda.errors import QdaError
from qda.store import Study
from qda.store.coding_lines import CodingRow

folder, coder = sys.argv[1:3]
"""
WRITER = """
study = Study.open(folder, coder=coder)
for number in range(200):
    if number % 25 == 24:  # come and go, as commands do
        study.close()
        study = Study.open(folder, coder=coder)
    study.codings.apply("long", "c", number, number + 3)
    if number % 50 == 49:
        study.changes.undo()
        study.changes.redo()
study.close()
"""
READER = """
from qda.model.selection import Selection
from qda.reports.registry import report_function

seen, last = 0, -1
while not os.path.exists(os.path.join(folder, "stop")):
    with Study.open(folder, coder=coder) as study:
        assert report_function("frequency")(study, Selection()).title
        with study.database.reading():
            count = study.codings.count()
            assert count == len(list(study.codings.all())) == sum(study.codings.counts_by_code().values())
        assert count >= last - 2, (count, last)  # each writer may have taken one back
        seen, last = seen + 1, count
print(seen)
"""
IMPORT = """
rows = [CodingRow(n, "long", "c", coder, n, n + 1 + n % 9) for n in range(50000)]
study = Study.open(folder, coder=coder)
connection, moment = study.database.connection, sys.argv[3]
count = 0

def die(statement):
    global count
    count += statement.startswith(moment.split(":")[0])
    if count == int(moment.split(":")[1]):
        os.kill(os.getpid(), signal.SIGKILL)

if moment != "after":
    connection.set_trace_callback(die)
print("begin", flush=True)
study.codings.import_rows(rows, "all of them")
print("end", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err[-2000:]
    assert err == ""
    return out


@pytest.fixture
def long(tmp_path: Path) -> Iterator[Study]:
    study = make(tmp_path / "study")
    add(study, document("x" * 60000, "long"))
    yield study
    study.close()


def test_two_write_while_a_third_reports(long: Study) -> None:
    reader = start(READER, long.folder, "chris")
    writers = [start(WRITER, long.folder, coder) for coder in ("anna", "bram")]
    for writer in writers:
        finish(writer)
    (long.folder / "stop").touch()
    assert int(finish(reader)) > 0
    coders = {coder.key: coder.name for coder in long.coders.all()}
    found = sorted((coders[one.coder], one.start) for one in long.codings.all())
    assert found == [(coder, number) for coder in ("anna", "bram") for number in range(200)]
    numbers = [line.number for line in long.changes.all()]
    assert numbers == list(range(numbers[0], 0, -1))
    assert problems(long) == []
    assert long.state_hash() == state_from_scratch(long)


def test_a_writer_waits_for_another_and_readers_do_not(long: Study) -> None:
    waits = start("Study.open(folder, coder=coder).settings.set('x', 'waited')", long.folder, "bram")
    with long.database.writing() as connection:
        connection.execute("UPDATE change SET summary = summary WHERE number = 1")
        began = time.monotonic()
        assert Study.open(long.folder).codings.count() == 0
        assert time.monotonic() - began < 5
        time.sleep(0.5)
        assert waits.poll() is None
    finish(waits)
    assert long.settings.get("x") == "waited"


def test_a_reader_sees_one_moment(long: Study, tmp_path: Path) -> None:
    bram = another(long, "bram")
    with bram.database.reading(), bram.database.reading():
        before = bram.state_hash()
        long.codings.apply("long", "c", 0, 3)
        assert (bram.state_hash(), bram.codings.count()) == (before, 0)
    assert (bram.state_hash(), bram.codings.count()) == (long.state_hash(), 1)
    bram.close()


@pytest.mark.parametrize(
    "moment",
    [
        "BEGIN:1",
        "INSERT INTO change:1",
        "INSERT INTO entity:20000",
        "INSERT INTO coding:1",
        "INSERT INTO coding:30000",
        "INSERT OR REPLACE INTO state:1",
        "COMMIT:1",
    ],
)
def test_a_process_killed_in_an_import_leaves_nothing_of_it(long: Study, moment: str) -> None:
    before = snapshot(long)
    long.close()
    dies = start(IMPORT, long.folder, "anna", moment)
    out, err = dies.communicate(timeout=120)
    assert (dies.returncode, out) == (-signal.SIGKILL, "begin\n"), err[-2000:]
    with Study.open(long.folder, coder="anna") as again:
        assert snapshot(again) == before
        assert problems(again) == []
        again.codings.apply("long", "c", 0, 3)
        assert problems(again) == []
    assert [file.name for file in long.folder.glob("study.db*")] == ["study.db"]


def test_a_process_killed_after_an_import_leaves_all_of_it(long: Study, tmp_path: Path) -> None:
    long.close()
    dies = start(IMPORT, long.folder, "anna", "after")
    out, _ = dies.communicate(timeout=120)
    assert (dies.returncode, out) == (-signal.SIGKILL, "begin\nend\n")
    assert (long.folder / "study.db-wal").stat().st_size > 1000
    with Study.open(long.folder, coder="anna") as again:
        assert again.codings.count() == 50000
        assert problems(again) == []
    assert [file.name for file in long.folder.glob("study.db*")] == ["study.db"]
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/study.db").write_bytes((long.folder / "study.db").read_bytes())
    with Study.open(tmp_path / "copy", coder="anna") as copy:
        assert copy.codings.count() == 50000
        copy.changes.undo()
        assert copy.codings.count() == 0


@pytest.mark.parametrize("wait", [0.0, 0.15, 0.4, 0.7])
def test_a_process_killed_at_any_time_leaves_all_or_nothing(long: Study, wait: float) -> None:
    before = long.state_hash()
    dies = start(IMPORT, long.folder, "anna", "after")
    assert dies.stdout is not None
    dies.stdout.readline()
    time.sleep(wait)
    dies.kill()
    dies.communicate(timeout=60)
    assert problems(long) == []
    if long.codings.count():
        assert long.codings.count() == 50000
    else:
        assert long.state_hash() == before
    long.settings.set("x", "1")
    assert problems(long) == []


def test_the_last_to_leave_folds_everything_into_one_file(anna: Study) -> None:
    bram = another(anna, "bram")
    bram.codings.apply("t", "c", 0, 3)
    files = {file.name for file in anna.folder.glob("study.db*")}
    assert files == {"study.db", "study.db-wal", "study.db-shm"}
    state = anna.state_hash()
    anna.close()
    assert (anna.folder / "study.db-wal").exists()
    bram.close()
    assert [file.name for file in anna.folder.glob("study.db*")] == ["study.db"]
    data = (anna.folder / "study.db").read_bytes()
    with Study.open(anna.folder) as again:
        assert again.state_hash() == state
    assert (anna.folder / "study.db").read_bytes() == data


def test_backups_are_whole_while_others_write(long: Study, tmp_path: Path) -> None:
    writer = start(WRITER, long.folder, "bram")
    counts = []
    while writer.poll() is None or not counts:
        target = tmp_path / f"{len(counts)}.db"
        write_backup(long.database, target)
        with Study.open(target, coder="anna") as copy:
            counts.append(copy.codings.count())
            assert problems(copy) == []
    finish(writer)
    assert all(later >= earlier - 1 for earlier, later in pairwise(counts))  # the writer takes one back now and then
    assert long.codings.count() == 200


def test_many_open_and_close_at_once(long: Study) -> None:
    code = "for n in range(40):\n  with Study.open(folder, coder=coder) as s: s.settings.set(coder, str(n + 1))"
    long.close()
    processes = [start(code, long.folder, coder) for coder in ("anna", "bram", "chris", "dirk")]
    for process in processes:
        finish(process)
    with Study.open(long.folder) as again:
        assert again.settings.all() == dict.fromkeys(("anna", "bram", "chris", "dirk"), "40")
        assert len(again.coders.all()) == 4
        assert problems(again) == []


def test_a_wait_that_is_too_long_is_a_sentence(long: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    from qda.errors import StudyError
    from qda.store import opening

    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(long.database.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = snapshot(long)
    with Study.open(long.folder, coder="anna") as bram:
        with pytest.raises(StudyError, match="another program has been writing for more than") as caught:
            bram.settings.set("x", "1")
        assert "\n" not in str(caught.value)
        assert "locked" not in str(caught.value)
    other.execute("ROLLBACK")
    other.close()
    assert snapshot(long) == before


def test_durable_means_the_log_is_synced(long: Study) -> None:
    assert long.database.one("PRAGMA synchronous") == 2
    assert long.database.one("PRAGMA journal_mode") == "wal"
    assert long.database.one("PRAGMA foreign_keys") == 1
    assert long.database.one("PRAGMA secure_delete") == 1

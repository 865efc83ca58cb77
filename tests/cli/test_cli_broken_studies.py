"""Studies, folders and disks that are broken, missing, too new or closed: one sentence, and nothing is touched."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cli_world import ALFA, check_sentence, coding_line, done, everything, fresh, qda

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOKS = ("sources", "report frequency", "codings export", "history", "search trust", "settings")
WRITES = ("code add fresh", "codings add alfa place 0 5", "settings coder Bram", "undo", "import ../in/new.txt")


def _header(data: bytearray) -> None:
    data[:16] = b"This is no header"[:16]


def _half(data: bytearray) -> None:
    del data[len(data) // 2 :]


def _short(data: bytearray) -> None:
    del data[100:]


def _nothing(data: bytearray) -> None:
    data.clear()


def _letter(data: bytearray) -> None:
    data[:] = b"Dear all,\nthis is a letter.\n" * 40


def _schema(data: bytearray) -> None:
    """The first page, which holds the list of all tables, is noise behind the header."""
    data[108:4096] = bytes((7 * n + 13) % 256 for n in range(4096 - 108))


DAMAGE = {one.__name__: one for one in (_header, _half, _short, _nothing, _letter, _schema)}


def _listed(folder: Path) -> list[str]:
    """What lies in a folder; the files that SQLite keeps beside an open study go with the connection."""
    gc.collect()
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm")))


def _refused(result_code: int, out: str, err: str, *, code: int = 1) -> None:
    check_sentence(err)
    assert out == ""
    assert result_code == code


@pytest.mark.parametrize("words", [*LOOKS, *WRITES, "check", "backup b.db", "export markdown"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_study_is_refused_and_left_alone(study: Path, tmp_path: Path, damage: str, words: str) -> None:
    data = bytearray((study / "study.db").read_bytes())
    DAMAGE[damage](data)
    (study / "study.db").write_bytes(data)
    result = qda(*words.split(), study=study)
    assert (study / "study.db").read_bytes() == bytes(data)
    assert _listed(study) == ["codebooks", "exports", "study.db", "transcripts"]
    assert not (tmp_path / "b.db").exists()
    if words == "check" and damage == "_half":
        return  # may list what is wrong, one line each
    _refused(result.code, result.out, result.err)
    assert "study.db" in result.err


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_study_is_restored_as_the_sentence_says(study: Path, tmp_path: Path, damage: str) -> None:
    untouched = everything(study)
    done("backup", tmp_path / "kept.db", study=study)
    data = bytearray((study / "study.db").read_bytes())
    DAMAGE[damage](data)
    (study / "study.db").write_bytes(data)
    done("restore", tmp_path / "kept.db", study=study)
    shutil.rmtree(study / "backups", ignore_errors=True)
    assert everything(study) == untouched


def _pragma(file: Path, words: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA {words}")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("pragma", "said"),
    [("user_version = 99", "newer"), ("user_version = 0", "older"), ("application_id = 1", "not a study")],
)
@pytest.mark.parametrize("words", ["sources", "code add fresh", "undo", "backup b.db"])
def test_another_schema_is_refused(study: Path, tmp_path: Path, pragma: str, said: str, words: str) -> None:
    _pragma(study / "study.db", pragma)
    before = (study / "study.db").read_bytes()
    result = qda(*words.split(), study=study)
    _refused(result.code, result.out, result.err)
    assert said in result.err
    assert (study / "study.db").read_bytes() == before
    assert _listed(study) == ["codebooks", "exports", "study.db", "transcripts"]


@pytest.mark.parametrize("damage", [*DAMAGE, "user_version = 99", "application_id = 1"])
def test_a_bad_backup_is_refused(study: Path, tmp_path: Path, damage: str) -> None:
    kept = tmp_path / "kept.db"
    done("backup", kept, study=study)
    if damage in DAMAGE:
        data = bytearray(kept.read_bytes())
        DAMAGE[damage](data)
        kept.write_bytes(data)
    else:
        _pragma(kept, damage)
    untouched = everything(study)
    result = qda("restore", kept, study=study)
    _refused(result.code, result.out, result.err)
    assert "kept.db" in result.err
    assert everything(study) == untouched


def test_a_study_restored_from_itself_stays_as_it_is(study: Path) -> None:
    untouched = everything(study)
    fresh("--study", study, "restore", study / "study.db", cwd=study)  # must not hang
    shutil.rmtree(study / "backups", ignore_errors=True)
    assert everything(study) == untouched


@pytest.mark.parametrize("words", ["sources", "code add fresh", "check", "restore other.qda", "import other.qda"])
def test_the_database_of_another_program_is_not_touched(study: Path, tmp_path: Path, words: str) -> None:
    other = tmp_path / "other.qda"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE project (name)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    named = words.endswith("other.qda")
    result = qda(*words.split(), study=study if named else other)
    _refused(result.code, result.out, result.err)
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    "place", ["nowhere", "empty", "letter.txt", "nowhere/study.db", "odd", ""], ids=lambda place: place or "here"
)
@pytest.mark.parametrize(
    "words", ["sources", "report frequency", "code add fresh", "import letter.txt", "restore b.db"]
)
def test_no_study(tmp_path: Path, place: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.txt").write_text("Dear all,\nhello.\n", encoding="utf-8")
    (tmp_path / "odd" / "study.db").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    result = qda(*words.split(), study=tmp_path / place if place else None)
    _refused(result.code, result.out, result.err)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("words", ["--study", "--coder", "--study x --coder", "--nonsense", "--study= sources"])
def test_global_options_without_a_value(study: Path, words: str) -> None:
    result = qda(*words.split(), coder=None)
    _refused(result.code, result.out, result.err, code=1 if words == "--study= sources" else 2)


def test_undo_names_the_change_that_stands_in_the_way(study: Path) -> None:
    done("code", "add", "fresh", study=study, coder="Anna")
    done("codings", "add", "alfa", "fresh", "0", "5", study=study, coder="Bram")
    untouched = everything(study)
    result = qda("undo", study=study, coder="Anna")
    _refused(result.code, result.out, result.err)
    assert "fresh on alfa 0-5" in result.err
    assert "Bram" in result.err
    assert everything(study) == untouched


@pytest.mark.parametrize("path", ["fresh", "trust/fresh"])
def test_redo_is_refused_where_the_name_is_taken_since(study: Path, path: str) -> None:
    done("code", "add", path, study=study, coder="Anna")
    done("undo", study=study, coder="Anna")
    done("code", "add", path, study=study, coder="Bram")
    untouched = everything(study)
    result = qda("redo", study=study, coder="Anna")
    _refused(result.code, result.out, result.err)
    assert everything(study) == untouched


def test_undo_of_a_new_name_is_refused_where_the_old_one_is_taken_since(study: Path) -> None:
    done("code", "rename", "place", "room", study=study, coder="Anna")
    done("code", "add", "place", study=study, coder="Bram")
    untouched = everything(study)
    result = qda("undo", study=study, coder="Anna")
    _refused(result.code, result.out, result.err)
    assert everything(study) == untouched


def test_undo_of_a_source_is_refused_where_its_name_is_taken_since(study: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("one\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text("two\n", encoding="utf-8")
    done("import", tmp_path / "new.txt", study=study, coder="Anna")
    done("undo", study=study, coder="Anna")
    done("import", tmp_path / "other.txt", "--name", "new", study=study, coder="Bram")
    untouched = everything(study)
    result = qda("redo", study=study, coder="Anna")
    _refused(result.code, result.out, result.err)
    assert everything(study) == untouched


# --- people who may not ------------------------------------------------------------------------------------


def open_again(folder: Path) -> None:
    """Everything in a folder is readable and writable again."""
    for place in (folder, *folder.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o755 if place.is_dir() else 0o644)


@pytest.fixture
def closed(study: Path, tmp_path: Path) -> Iterator[Path]:
    """The study, readable and not writable."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "new.txt").write_text("I: Well?\n\nR1: Well.\n", encoding="utf-8")
    done("backup", tmp_path / "kept.db", study=study)
    for place in (*study.rglob("*"), study):
        place.chmod(0o555 if place.is_dir() else 0o444)
    yield study
    open_again(tmp_path)


def powerless(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command as somebody whom the permissions of files bind: also root, without his privileges."""
    command = [sys.executable, "-m", "qda", "--coder", "Anna", *words]
    if os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root cannot give up his privileges here")
        gone = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--inh-caps={gone}", f"--bounding-set={gone}", *command]
    return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)


def test_a_folder_that_may_not_be_opened_is_not_passed_over(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "secret").mkdir()
    (tmp_path / "in" / "secret").chmod(0)
    assert "secret" in powerless("import", "../in", "--dry-run", cwd=closed).stderr.decode()


@pytest.mark.parametrize("words", LOOKS)
def test_a_read_only_study_can_be_looked_at(closed: Path, words: str) -> None:
    before = everything(closed)
    run = powerless(*words.split(), cwd=closed)
    assert run.returncode == 0, run.stderr
    assert run.stdout.decode() == done(*words.split(), study=closed).out
    assert everything(closed) == before


@pytest.mark.parametrize("words", [*WRITES, "restore ../kept.db", "export markdown", "backup", "init .", "demo ."])
def test_a_read_only_study_is_not_written(closed: Path, words: str) -> None:
    untouched = everything(closed)
    run = powerless(*words.split(), cwd=closed)
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert everything(closed) == untouched


@pytest.mark.parametrize("lost", ["", "exports"])
def test_no_study_is_made_over_one_that_may_only_be_read(closed: Path, lost: str) -> None:
    if lost:
        closed.chmod(0o755)
        (closed / lost).rmdir()
        closed.chmod(0o555)
    run = powerless("init", cwd=closed)
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert "a study is here already" in run.stderr.decode()


@pytest.mark.parametrize("words", LOOKS)
def test_a_study_that_may_not_be_read_says_so(closed: Path, words: str) -> None:
    (closed / "study.db").chmod(0)
    run = powerless(*words.split(), cwd=closed)
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert "may you read it?" in run.stderr.decode()


def test_no_study_is_made_over_one_that_may_not_be_read(closed: Path) -> None:
    (closed / "study.db").chmod(0)
    run = powerless("init", cwd=closed)
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert "is here already, which you may not read" in run.stderr.decode()


def test_a_study_that_is_writable_in_a_folder_that_is_not(closed: Path) -> None:
    (closed / "study.db").chmod(0o644)
    untouched = everything(closed)
    run = powerless("code", "add", "fresh", cwd=closed)
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert everything(closed) == untouched


@pytest.mark.parametrize(
    "words",
    [
        *("import secret.txt", "codings import secret.jsonl", "attributes import secret.csv"),
        *("codebook import secret.yaml", "memos import secret.jsonl", "report frequency -o secret.txt"),
        *("report frequency -o locked/r.md", "sources -o locked/s.txt", "import locked", "restore secret.db"),
        *("init locked/new", "demo locked/new", "backup locked/b.db", "--study secret.db sources"),
        *("--study locked sources", "export tables -o locked/t", "report all -o locked/all"),
        *("codings export secret.jsonl", "codebook export secret.yaml", "source edit alfa secret.txt"),
    ],
)
def test_what_may_be_neither_read_nor_written(study: Path, tmp_path: Path, words: str) -> None:
    for name in ("secret.txt", "secret.jsonl", "secret.csv", "secret.yaml", "secret.db"):
        (tmp_path / name).write_text(ALFA, encoding="utf-8")
        (tmp_path / name).chmod(0)
    (tmp_path / "locked").mkdir(mode=0)
    untouched = everything(study)
    options = [] if "--study" in words else ["--study", str(study)]
    run = powerless(*options, *words.split(), cwd=tmp_path)
    open_again(tmp_path)
    (study / "study.db").chmod(0o600)
    assert {file.read_text(encoding="utf-8") for file in tmp_path.glob("secret.*")} == {ALFA}
    assert list((tmp_path / "locked").iterdir()) == []
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert "secret" in run.stderr.decode() or "locked" in run.stderr.decode()
    assert everything(study) == untouched


# --- full disks and lost ends ------------------------------------------------------------------------------


def _limit(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


SIZES = (0, 20_000, 200_000, 4096, 70_000)
FILLING = (
    *("codings import many.jsonl", "import big.txt", "source edit alfa big.txt", "code add fresh", "backup b.db"),
    *("report excerpts --format json -o r.json", "export tables -o tables", "init new"),
)


@pytest.mark.parametrize(  # three sizes of five for each, in turn
    ("size", "words"), [(SIZES[(at + more) % 5], words) for at, words in enumerate(FILLING) for more in range(3)]
)
def test_a_full_disk_takes_nothing_back(study: Path, tmp_path: Path, size: int, words: str) -> None:
    lines = [coding_line("alfa", code, coder, quote) for code in ("place", "time") for coder in "PQRSTUVWXYZ"
             for quote in ("It began", "Nobody came", "everybody", "brother", "She calls back.")]  # fmt: skip
    (tmp_path / "many.jsonl").write_text("".join(lines * 3), encoding="utf-8")
    (tmp_path / "big.txt").write_text("I: Who?\n\nR1: " + ALFA * 300 + "\n", encoding="utf-8")
    untouched = everything(study)
    run = fresh("--study", study, "--coder", "Anna", *words.split(), cwd=tmp_path, preexec_fn=_limit(size))
    if run.returncode == 0:
        assert qda("check", study=study).code == 0
        return
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert everything(study) == untouched
    assert _listed(tmp_path) == ["big.txt", "many.jsonl", "study"]


@pytest.mark.parametrize("words", [*LOOKS, "report excerpts", "check"])
def test_a_study_on_a_full_disk_can_be_looked_at(study: Path, words: str) -> None:
    untouched = everything(study)
    wanted = done(*words.split(), study=study, coder=None)
    run = fresh("--study", study, *words.split(), cwd=study, preexec_fn=_limit(0))
    assert (run.returncode, run.stdout.decode(), run.stderr.decode()) == (0, wanted.out, wanted.err)
    assert everything(study) == untouched


@pytest.fixture
def left(study: Path) -> Path:
    """A study whose last process was killed, and left the code `fresh` in its log."""
    code = """
import os, sys
from qda.store import Study
study = Study.open(sys.argv[1], coder="Anna")
study.codebook.add("fresh")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, study], check=True)
    assert (study / "study.db-wal").stat().st_size
    return study


@pytest.mark.parametrize("shared", [True, False])
def test_what_stands_in_a_log_is_read_on_a_full_disk(left: Path, shared: bool) -> None:  # noqa: FBT001
    if not shared:
        (left / "study.db-shm").unlink()
    run = fresh("codes", cwd=left, preexec_fn=_limit(0))
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"fresh" in run.stdout
    assert "fresh" in done("codes", study=left).out


@pytest.mark.parametrize("shared", [True, False])
def test_what_stands_in_a_log_is_read_where_nothing_may_be_written(left: Path, shared: bool) -> None:  # noqa: FBT001
    if not shared:
        (left / "study.db-shm").unlink()
    for place in (*left.rglob("*"), left):
        place.chmod(0o555 if place.is_dir() else 0o444)
    run = powerless("codes", cwd=left)
    open_again(left)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"fresh" in run.stdout


def test_a_study_on_a_full_disk_says_that_it_is_full(study: Path) -> None:
    run = fresh("--study", study, "code", "add", "fresh", cwd=study, preexec_fn=_limit(0))
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert "full" in run.stderr.decode()
    assert "read-only" not in run.stderr.decode()


def test_a_full_disk_behind_standard_output(study: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        run = subprocess.run(
            [sys.executable, "-m", "qda", "codings", "export"], cwd=study, stdout=full, stderr=-1, check=False
        )
    assert run.returncode == 1
    check_sentence(run.stderr.decode())
    assert "standard output" in run.stderr.decode()


@pytest.mark.parametrize("words", ["report frequency -o /dev/full", "codings export /dev/full"])
def test_a_full_device(study: Path, words: str) -> None:
    untouched = everything(study)
    result = qda(*words.split(), study=study)
    _refused(result.code, result.out, result.err)
    assert "/dev/full" in result.err
    assert "full" in result.err
    assert everything(study) == untouched


@pytest.mark.parametrize("words", ["codings export", "history", "--help", "report excerpts"])
def test_a_reader_who_leaves_is_no_error(demo: Path, words: str) -> None:
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"'{sys.executable}' -m qda {words} | true"],
        cwd=demo, capture_output=True, check=False,
    )  # fmt: skip
    assert run.stderr == b""


@pytest.mark.parametrize(
    ("words", "redirection"),
    [
        *((words, end) for words in ("sources", "codings import -") for end in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-")),
        *((words, end) for words in ("import ../new.txt", "") for end in ("<&-", "<&- >&- 2>&-")),
    ],
)
def test_closed_ends(study: Path, tmp_path: Path, words: str, redirection: str) -> None:
    (tmp_path / "new.txt").write_text("I: Well?\n\nR1: Well.\n", encoding="utf-8")
    run = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m qda {words} {redirection}"], cwd=study, capture_output=True, check=False
    )
    assert run.returncode in (0, 1, 2)
    for word in (b"Traceback", b"went wrong inside", b"NoneType", b"Exception ignored"):
        assert word not in run.stderr


@pytest.mark.parametrize(("where", "said", "unbuffered"), [(">&-", "closed", ""), ("> /dev/full", "full", "1")])
@pytest.mark.parametrize("words", ["sources", "--version", "--help", "codings add alfa place 0 5"])
def test_a_result_that_cannot_be_written_is_a_failure(
    study: Path, words: str, where: str, said: str, unbuffered: str
) -> None:
    run = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m qda {words} {where}"],
        cwd=study, capture_output=True, check=False, env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )  # fmt: skip
    _refused(run.returncode, run.stdout.decode(), run.stderr.decode())
    assert f"standard output {'is' if said == 'closed' else 'leads'}" in run.stderr.decode()
    assert said in run.stderr.decode()


def test_what_has_no_result_needs_no_standard_output(study: Path) -> None:
    run = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m qda code add fresh >&-"], cwd=study, capture_output=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_leaves_early_is_no_error_either(study: Path, unbuffered: str) -> None:
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"'{sys.executable}' -m qda sources | true"],
        cwd=study, capture_output=True, check=False, env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )  # fmt: skip
    assert run.stderr == b""


# --- sentences that were unclear ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        ("report all -o letter.txt", "folder", "File exists"),
        ("export tables -o letter.txt", "folder", "File exists"),
        ("demo letter.txt", "folder", "Not a directory"),
        ("backup letter.txt/b.db", "folder", "exists already"),
        ("restore letter.txt", "backup", "with 'qda restore'"),
        ("restore study", "folder", "no such file"),
        ("codings import letter.txt", '{"source"', "Expecting value"),
        ("import letter.txt --date 2024-13-01", "--date", "for 'date'"),
        ("codings add alfa place 0 99999999999999999999", "99999999999999999999", "0-999999999999999 "),
    ],
)
def test_sentences_say_what_to_do(study: Path, tmp_path: Path, words: str, wanted: str, unwanted: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear all\n", encoding="utf-8")
    result = qda(*words.split(), study=study)
    assert wanted in result.err
    assert unwanted not in result.err


def test_a_refused_undo_is_a_sentence(study: Path) -> None:
    done("code", "add", "one", study=study, coder="Anna")
    done("code", "rename", "one", "two", study=study, coder="Bram")
    assert "the same it" not in qda("undo", study=study, coder="Anna").err


def test_a_memo_on_no_coding_names_what_was_written(study: Path) -> None:
    line = b'{"text": "x", "target": {"coding": "hello"}}'
    assert "hello" in qda("memos", "import", "-", study=study, stdin=line).err

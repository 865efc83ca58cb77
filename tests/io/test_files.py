"""Files: read in any usual encoding or refused in one sentence, written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import resource
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qda.errors import BadFileError
from qda.io.files import read_text, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "bron;plaats\r\nKårstø;’s-Gravenhage\n"


def refused(file: Path | str, stdin: bytes | None = None) -> str:
    with pytest.raises(BadFileError) as caught:
        read_text(file, None if stdin is None else io.BytesIO(stdin))
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read_and_line_ends_stay(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(WORDS.encode(encoding))
    assert read_text(file) == WORDS
    assert read_text(str(file)) == WORDS


def test_utf_16_of_both_byte_orders(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    for encoding in ("utf-16-le", "utf-16-be"):
        file.write_bytes(("\ufeff" + WORDS).encode(encoding))
        assert read_text(file) == WORDS


def test_a_dash_is_standard_input() -> None:
    assert read_text("-", io.BytesIO(WORDS.encode("utf-8-sig"))) == WORDS
    assert refused("-", b"") == "standard input: it is empty; there is nothing to read in it"


def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"source\n")
    os.close(writing)
    assert read_text(f"/dev/fd/{reading}") == "source\n"
    os.close(reading)


def test_what_is_no_text_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    assert refused(file) == f"{file}: there is no such file"
    assert refused(file / "below") == f"{file / 'below'}: there is no such file"
    assert refused(tmp_path) == f"{tmp_path}: this is a folder; name a file in it"
    file.write_bytes(b"")
    assert refused(file) == f"{file}: it is empty; there is nothing to read in it"
    file.write_bytes(b"a,b\nc\0,d\n")
    assert refused(file) == f"{file}:2:2: this is no text (it holds zero bytes); give a text file"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert refused(file) == f"{file}: this is no text but a picture"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    file = tmp_path / "t.csv"
    assert refused(file) == f"{file}: you may not read this file; ask its owner for permission"


def write_refused(file: Path, content: str | Iterator[str] = "new") -> str:
    with pytest.raises(BadFileError) as caught:
        write_file(file, content)
    return str(caught.value)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_text_bytes_and_lines_are_written(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    write_file(file, WORDS)
    assert file.read_bytes() == WORDS.encode("utf-8")
    write_file(file, b"\x00\xff")
    assert file.read_bytes() == b"\x00\xff"
    write_file(file, (f"{number}\r\n" for number in range(3)))
    assert file.read_bytes() == b"0\r\n1\r\n2\r\n"
    assert names(tmp_path) == ["t.csv"]


def test_permissions(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    before = os.umask(0o027)
    try:
        write_file(file, "one")
        assert file.stat().st_mode & 0o777 == 0o640
        file.chmod(0o604)
        write_file(file, "two")
        assert file.stat().st_mode & 0o777 == 0o604
    finally:
        os.umask(before)


def test_a_link_keeps_pointing_at_its_file(tmp_path: Path) -> None:
    file, link = tmp_path / "t.csv", tmp_path / "link"
    file.write_text("old")
    link.symlink_to("t.csv")
    write_file(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "t.csv"
    file.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    problem = f"{file}: the disk is full; nothing was written; make room and try again"
    assert write_refused(file) == problem
    assert file.read_text() == "old"
    assert names(tmp_path) == ["t.csv"]


def test_a_file_that_grows_too_large_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        problem = write_refused(file, iter(["x" * 50_000] * 3))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert problem == f"{file}: the file cannot be written (File too large)"
    assert file.read_text() == "old"
    assert names(tmp_path) == ["t.csv"]


def test_content_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    file = tmp_path / "t.csv"
    file.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_file(file, lines())
    assert file.read_text() == "old"
    assert names(tmp_path) == ["t.csv"]


def test_places_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "t.csv"
    missing = tmp_path / "none" / "t.csv"
    assert write_refused(missing) == f"{missing}: its folder does not exist; make that first"
    assert write_refused(tmp_path) == f"{tmp_path}: this is a folder; name a file in it"
    file.write_text("old")
    assert write_refused(file / "t") == f"{file / 't'}: its folder does not exist; make that first"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert write_refused(file) == f"{file}: you may not write here; choose another place"
    assert file.read_text() == "old"


def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"  # never a real device: whoever runs this as root could lose it
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        write_file(pipe, "away")
        assert pipe.is_fifo()
        assert os.read(reading, 10) == b"away"
    finally:
        os.close(reading)
    assert names(tmp_path) == ["pipe"]

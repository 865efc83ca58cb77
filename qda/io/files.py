"""Text files read whole or refused in one sentence, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

DASH = "-"
STANDARD_INPUT = "standard input"

_UNREADABLE = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EISDIR: "this is a folder; name a file in it",
    errno.EACCES: "you may not read this file; ask its owner for permission",
}
_FULL = "the disk is full; nothing was written; make room and try again"
_FORBIDDEN = "you may not write here; choose another place"
_UNWRITABLE = {
    errno.ENOENT: "its folder does not exist; make that first",
    errno.ENOTDIR: "its folder does not exist; make that first",
    errno.EISDIR: "this is a folder; name a file in it",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


_DATABASE = b"SQLite format 3\0"


def shown(file: str | Path) -> str:
    """A file's name as sentences and change logs say it."""
    return STANDARD_INPUT if str(file) == DASH else str(file)


def standard_input() -> bytes:
    """All that comes through standard input."""
    return sys.stdin.buffer.read()


def read_text(file: str | Path, stdin: BinaryIO | None = None) -> str:
    """The text of a file, or of standard input where the file is `-`; its line ends stay as they are.

    It is UTF-8 with or without BOM, UTF-16, or else Windows-1252.

    Raises:
        BadFileError: There is no such file, it cannot be read, or it is empty or no text.
    """
    from qda.io.transcripts.encoding import decode

    name = shown(file)
    data = read_data(file, stdin)
    text, encoding = decode(data, name)
    if b"\r" in data:
        text = data.decode(encoding).removeprefix("\ufeff")
    return text


def read_data(file: str | Path, stdin: BinaryIO | None = None) -> bytes:
    """The bytes of a file, or of standard input where the file is `-`.

    Raises:
        BadFileError: There is no such file, it cannot be read, or it is empty.
    """
    try:
        data = Path(file).read_bytes() if str(file) != DASH else stdin.read() if stdin else standard_input()
    except OSError as error:
        problem = _UNREADABLE.get(error.errno or 0, f"the file cannot be read ({error.strerror})")
        raise BadFileError(shown(file), problem) from None
    if not data:
        raise BadFileError(shown(file), "it is empty; there is nothing to read in it")
    return data


def write_file(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file whole or leave what is there as it was; a file that is there keeps its permissions.

    Raises:
        BadFileError: It cannot be written; the sentence says why, and no half of it stays behind.
    """
    write_through(path, lambda stream: stream.writelines(_parts(content)))


def write_through(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write a file as `write_file` does, with what a function writes into the open file.

    Raises:
        BadFileError: It cannot be written; the sentence says why, and no half of it stays behind.
    """
    try:
        if _is_special(path):
            with path.open("wb") as stream:
                fill(stream)
        else:
            target = Path(os.path.realpath(path))
            if _is_study(target):
                raise BadFileError(
                    str(path), "this is a study; name another file, for nothing is ever written over one"
                )
            _replace(target, fill)
    except OSError as error:
        problem = _UNWRITABLE.get(error.errno or 0, f"the file cannot be written ({error.strerror})")
        raise BadFileError(str(path), problem) from None


def write_whole(path: Path, fill: Callable[[Path], object]) -> None:
    """Make a new file or folder whole or not at all: it is made beside its place, then put there.

    Args:
        path: Where; nothing may be there.
        fill: Makes it under the path that it is given.

    Raises:
        BadFileError: Something is there already, or it cannot be written.
    """
    if path.exists() or path.is_symlink():
        raise BadFileError(str(path), "this is there already, and nothing is written over it; choose another name")
    draft = path.with_name(f".qda-{os.urandom(8).hex()}.tmp")
    try:
        fill(draft)
        draft.replace(path)
    except OSError as error:
        problem = _UNWRITABLE.get(error.errno or 0, f"it cannot be written ({error.strerror})")
        raise BadFileError(str(path), problem) from None
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        draft.unlink(missing_ok=True)


def _is_study(path: Path) -> bool:
    """Whether a file is a database, or belongs to one that is open: such as studies and their logs are."""
    if path.name.endswith(("-wal", "-shm", "-journal")) and path.with_name(path.name.rpartition("-")[0]).exists():
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    """Whether this is a pipe or a device, into which one can only write."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _replace(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write beside the target, then put that in its place; links to the target keep pointing at it."""
    mode = _mode(target)
    draft = target.with_name(f".qda-{os.urandom(8).hex()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            if mode is not None:
                os.fchmod(stream.fileno(), mode)
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def _mode(target: Path) -> int | None:
    """The permissions of the file that is there, None where there is none."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(found)


def _parts(content: str | bytes | Iterable[str]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, str):
        yield content.encode("utf-8")
    else:
        for part in content:
            yield part.encode("utf-8")

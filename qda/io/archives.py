"""Zip archives of documents and projects: archives that could do harm are refused before anything is unpacked."""

from __future__ import annotations

import contextlib
import errno
import io
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEMBERS = 200_000
_RATIO, _FREE = 100, 20_000_000  # what unpacks to more than a hundred times its size, and is large, is a bomb
_LARGEST = 2_147_483_647  # the limit of REFI-QDA for a file in a project; the others have none so high
_DAMAGE = "the archive is damaged, or is none; write it out again with the tool that made it"
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
    KeyError,
    IndexError,
)


class Archive:
    """An open archive that was looked at: no bombs, links, passwords, members twice or outside it.

    Args:
        source: The file, or its bytes.
        file: Its name for the sentences; that of the file where a path is given.
        damage: What to say where it is damaged or no archive.

    Raises:
        BadFileError: It is damaged or refused.
    """

    def __init__(self, source: Path | bytes, file: str = "", damage: str = _DAMAGE) -> None:
        self.file = file or str(source)
        self._damage = damage
        with self._explained():
            size = source.stat().st_size if isinstance(source, Path) else len(source)
            self._zip = zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
            try:
                self._names = self._checked(size)
            except BaseException:
                self._zip.close()
                raise

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def members(self) -> list[str]:
        """The names of all members, in the order of the archive."""
        return [info.filename for info in self._names.values()]

    def size(self, member: str) -> int:
        """How many bytes a member has when it is unpacked."""
        return self._zip.getinfo(member).file_size

    def read(self, member: str) -> bytes:
        """All bytes of a member.

        Raises:
            BadFileError: The archive is damaged, or has no such member.
        """
        with self._explained():
            return self._zip.read(member)

    def chunks(self, member: str, size: int = 1 << 16) -> Iterator[bytes]:
        """The bytes of a member, piece by piece.

        Raises:
            BadFileError: The archive is damaged.
        """
        with self._explained():
            stream = self._zip.open(member)
        with stream:
            while True:
                with self._explained():
                    data = stream.read(size)
                if not data:
                    return
                yield data

    def _checked(self, size: int) -> dict[str, zipfile.ZipInfo]:
        """The members by folded name.

        Raises:
            BadFileError: The archive holds what no document and no project holds.
        """
        infos = self._zip.infolist()
        if len(infos) > _MEMBERS:
            raise BadFileError(self.file, f"this archive holds {len(infos)} files, which no document or project does")
        total = 0
        names: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            total += info.file_size
            if problem := _problem(info) or ("it stands in it twice" if info.filename.casefold() in names else ""):
                raise BadFileError(self.file, f"'{info.filename}' in this archive is refused: {problem}")
            names[info.filename.casefold()] = info
        if total > _FREE + _RATIO * size:
            problem = f"this archive would unpack to {_mb(total)}, more than {_RATIO} times its size; it is refused"
            raise BadFileError(self.file, problem)
        return names

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except BadFileError:
            raise
        except DAMAGED as error:
            problem = self._damage
            if isinstance(error, OSError) and error.errno not in (
                None,
                errno.EINVAL,
            ):  # that is a place before the file
                problem = f"the file cannot be read ({error.strerror})"
            raise BadFileError(self.file, problem) from None


def member_names(data: bytes) -> frozenset[str]:
    """The names of what is in an archive, none where the bytes are no archive; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except DAMAGED:
        return frozenset()


def _problem(info: zipfile.ZipInfo) -> str:
    """Why a member is refused, empty where nothing is wrong."""
    path = info.filename.replace("\\", "/")
    if path.startswith("/") or (len(path) > 1 and path[1] == ":") or ".." in PurePosixPath(path).parts:
        return "its path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & 0x1:
        return "it is locked with a password"
    if info.file_size > _LARGEST:
        return "it is larger than the standard allows (2 GB)"
    if info.file_size > _FREE and info.file_size > _RATIO * max(info.compress_size, 1):
        return f"it would unpack to {_mb(info.file_size)}, more than {_RATIO} times its size"
    return ""


def _mb(size: int) -> str:
    return f"{size // 1_000_000} MB"

"""The zip archive of a `.qdpx` file: its members by name, and archives that could do harm are refused."""

from __future__ import annotations

import contextlib
import errno
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Self

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MEMBERS = 200_000
_RATIO, _FREE = 100, 50_000_000  # what unpacks to more than a hundred times its size, and is large, is a bomb
_LARGEST = 2_147_483_647  # the standard's own limit for a file in a project
_DAMAGED = (
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


class Container:
    """An open archive; members are looked up whatever their case, in `sources/` or wherever they lie."""

    def __init__(self, path: Path) -> None:
        self.file = str(path)
        with self._explained():
            self._zip = zipfile.ZipFile(path)
            try:
                self._names = self._checked(path.stat().st_size)
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

    def project(self) -> str:
        """The name of the member that describes the project: `project.qde`, or another `.qde` at the root.

        Raises:
            BadFileError: There is none.
        """
        found = [info.filename for name, info in sorted(self._names.items()) if "/" not in name and _is_qde(name)]
        if not found:
            raise BadFileError(self.file, "there is no project.qde in it, so this is no REFI-QDA project")
        return next((name for name in found if name.casefold() == "project.qde"), found[0])

    def find(self, path: str) -> str | None:
        """The member that a path of the project means (`internal://NAME`, or a bare name), None where there is none."""
        name = path.strip().replace("\\", "/")
        if name.casefold().startswith("internal://"):
            name = name[len("internal://") :]
        elif ":" in name:
            return None
        name = name.lstrip("/").casefold()
        for place in (f"sources/{name}", name):
            if place in self._names:
                return self._names[place].filename
        return None

    def members(self) -> list[str]:
        """The names of all members, in the order of the archive."""
        return [info.filename for info in self._names.values()]

    def size(self, member: str) -> int:
        """How many bytes a member has when it is unpacked."""
        return self._zip.getinfo(member).file_size

    def read(self, member: str) -> bytes:
        """All bytes of a member.

        Raises:
            BadFileError: The archive is damaged.
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
            BadFileError: The archive holds what no project holds.
        """
        infos = self._zip.infolist()
        if len(infos) > _MEMBERS:
            raise BadFileError(self.file, f"this archive holds {len(infos)} files, which no project does")
        total = 0
        names: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            total += info.file_size
            if problem := _problem(info) or ("it stands in it twice" if info.filename.casefold() in names else ""):
                raise BadFileError(self.file, f"'{info.filename}' in this archive is refused: {problem}")
            names[info.filename.casefold()] = info
        if total > _FREE + _RATIO * size:
            problem = f"this archive would unpack to {total} bytes, more than {_RATIO} times its size; it is refused"
            raise BadFileError(self.file, problem)
        return names

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except BadFileError:
            raise
        except _DAMAGED as error:
            problem = "the archive is damaged, or is none; write it out again with the tool that made it"
            if isinstance(error, OSError) and error.errno not in (
                None,
                errno.EINVAL,
            ):  # that is a place before the file
                problem = f"the file cannot be read ({error.strerror})"
            raise BadFileError(self.file, problem) from None


def is_archive_with_project(stream: BinaryIO) -> bool:
    """Whether an open file is a zip archive with a `.qde` at its root."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return any("/" not in name and _is_qde(name.casefold()) for name in archive.namelist())
    except _DAMAGED:
        return False


def _is_qde(name: str) -> bool:
    return name.endswith(".qde")


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
        return f"it would unpack to more than {_RATIO} times its size"
    return ""

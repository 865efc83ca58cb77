"""The zip of a deposit: files that stream into it, the same bytes each time, and the SHA-256 of each of them."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_EVERYBODY_READS = 0o644 << 16
_PIECE = 1 << 20
MANIFEST = "manifest-sha256.txt"


class Package:
    """A zip on its way; nothing in it is packed tight, so that it is the same wherever it is made."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w")
        self.files: dict[str, tuple[str, int]] = {}
        """The SHA-256 and the size in bytes of each file."""

    def add(self, name: str, content: str | bytes | Iterable[str | bytes]) -> None:
        """Add a file, whole or in pieces.

        Raises:
            OSError: It cannot be written.
        """
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, _LONG_AGO)
        info.create_system, info.external_attr = 3, _EVERYBODY_READS
        with self._zip.open(info, "w", force_zip64=True) as out:
            for piece in (content,) if isinstance(content, str | bytes) else content:
                data = piece.encode() if isinstance(piece, str) else piece
                digest.update(data)
                size += len(data)
                out.write(data)
        self.files[name] = digest.hexdigest(), size

    def add_file(self, name: str, file: Path) -> None:
        """Add what stands in a file.

        Raises:
            OSError: It cannot be read or written.
        """
        self.add(name, _pieces(file))

    def close(self) -> None:
        """Write the list of checksums, as `sha256sum -c` reads it, and finish."""
        self.add(MANIFEST, "".join(f"{sha}  {name}\n" for name, (sha, _) in sorted(self.files.items())))
        self._zip.close()

    def give_up(self) -> None:
        """Leave the zip as it is, for nothing more can be written."""
        self._zip.fp = None  # or it would be finished later, in a file that is closed by then


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece

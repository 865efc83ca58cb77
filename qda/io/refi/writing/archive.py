"""The `.qdpx` file: the project's XML and the files of its sources, in one archive, the same bytes each time."""

from __future__ import annotations

import contextlib
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from qda.errors import QdaError
from qda.io.files import write_through
from qda.io.outgoing import Wrote
from qda.io.refi.keeping import kept_of
from qda.io.refi.seeing import TEXT
from qda.io.refi.writing.project import ProjectWriter
from qda.io.refi.writing.sources import media_file, text_file, text_in_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from qda.io.refi.writing.reader import Reader
    from qda.model.project import Project

_PIECE = 1 << 16
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o600 << 16
_TOO_LARGE = (
    "the project would be larger than 2 GB, the standard's limit for a file in it; write it in parts with --coder"
)


def write_project(project: Project, path: Path, reader: Reader, step: Callable[[], object] = int) -> Wrote:
    """Write a project as a `.qdpx` file, whole or not at all.

    Args:
        project: The project, as the store gives it.
        path: The file.
        reader: For whom.
        step: Called after each source.

    Raises:
        QdaError: The file cannot be written.
    """
    with contextlib.closing(ProjectWriter(project, reader)) as writer:
        write_through(path, lambda stream: _fill(stream, project, writer, reader, step))
        return Wrote(writer.counts, writer.left())


def try_project(project: Project, reader: Reader) -> Wrote:
    """What `write_project` would write; nothing is written."""
    with contextlib.closing(ProjectWriter(project, reader)) as writer:
        for _ in writer.pieces(int):
            pass
        return Wrote(writer.counts, writer.left())


def _fill(
    stream: BinaryIO, project: Project, writer: ProjectWriter, reader: Reader, step: Callable[[], object]
) -> None:
    with zipfile.ZipFile(stream, "w") as archive:
        try:
            with archive.open(_member("project.qde"), "w") as out:
                for piece in _gathered(writer.pieces(step)):
                    out.write(piece)
        except RuntimeError as error:  # so zipfile says that a member needs the form for large files
            raise QdaError(_TOO_LARGE) from error
        for name, words in writer.files.items():
            archive.writestr(_member(f"sources/{name}"), words.encode())
        tags = {guid: node.tag for guid, node in kept_of(project.kept, "source")}
        for source in project.sources:
            transcript, _ = source.load()
            tag = tags.get(source.guid, TEXT)
            if transcript.text or source.guid not in tags:
                text = text_in_file(transcript.text, reader.line_end)
                # A mark in front of the words themselves is kept behind the one that every reader drops.
                data = text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8")
                archive.writestr(_member(f"sources/{text_file(source.guid)}"), data)
            if file := media_file(source.guid, transcript, tag):
                archive.writestr(_member(f"sources/{file}"), transcript.original)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _OWNER_ONLY
    return info


def _gathered(pieces: Iterator[str]) -> Iterator[bytes]:
    """Many small pieces as fewer larger ones."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(held).encode()
            held.clear()
            size = 0
    yield "".join(held).encode()

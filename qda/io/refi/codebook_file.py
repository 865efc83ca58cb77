"""Codebook files (`.qdc`) in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.refi.codes import Codes
from qda.io.refi.events import END, Node, stream
from qda.io.refi.guids import guid_of, made
from qda.io.refi.keeping import as_kept, kept_name
from qda.model.nouns import many
from qda.model.project import Project

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 4096
_LARGEST = 500_000_000


def is_codebook_file(path: Path) -> bool:
    """Whether a file is a REFI-QDA codebook: XML of a `CodeBook`, or called `.qdc`."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as data:
            head = data.read(_HEAD)
    except OSError:
        return False
    return path.suffix.casefold() == ".qdc" or (b"<CodeBook" in head and b"QDA-XML" in head and b"<Project" not in head)


def read_codebook_file(path: Path) -> Project:
    """The codes of a codebook file, as a project that has nothing else; its sets of codes are kept.

    Raises:
        BadFileError: It cannot be read, or is no such file.
    """
    if path.stat().st_size > _LARGEST:
        raise BadFileError(str(path), "it is larger than any codebook is")
    root: Node | None = None
    with path.open("rb") as data:
        for event, node, above in stream(iter(lambda: data.read(1 << 16), b""), str(path)):
            if event == END and above is None:
                root = node
    if root is None or root.tag != "CodeBook":
        raise BadFileError(str(path), "its XML is not that of a codebook")
    codes = Codes(root.all("Codes"))
    project = Project(path.stem)
    project.codes = list(codes.all.values())
    project.said += codes.said
    sets = [one for holder in root.all("Sets") for one in holder.all("Set")]
    for one in sets:
        guid = guid_of(one.get("guid")) or made("set", one.get("name"))
        project.kept[kept_name("set", guid)] = as_kept(one)
    if sets:
        project.said.append(
            f"{many(len(sets), 'set')} of codes: there are none here, but 'qda export qdc' writes them again"
        )
    if not project.codes:
        raise BadFileError(str(path), "there are no codes in it")
    return project

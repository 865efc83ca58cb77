"""Small projects made by hand, and the samples where they are at hand."""

from __future__ import annotations

import io
import os
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qda.io.refi.reading import open_project
from qda.io.refi.writing.archive import write_project
from qda.io.refi.writing.reader import reader_for
from qda.store.projects import give, take_in

if TYPE_CHECKING:
    from qda.io.refi.writing.archive import Wrote
    from qda.store import Study
    from qda.store.projects import Outcome

INTEROP = Path(os.environ.get("QDA_INTEROP", Path(__file__).parents[4] / "shared" / "interop"))
SAMPLES, SCHEMAS = INTEROP / "samples", INTEROP / "xsd"
needs_schemas = pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas are not here")
USER, OTHER, CODE, SOURCE = (f"{number:08x}-0000-4000-8000-000000000000" for number in range(1, 5))


def project(selections: str, text: bytes, origin: str = "", extra: str = "") -> dict[str, bytes]:
    """The members of an archive with one source."""
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}"><Users><User guid="{USER}" name="Ada"/>'
        f'<User guid="{OTHER}" name="Bea"/></Users><CodeBook><Codes><Code guid="{CODE}" name="trust" color="#F00082"'
        f' isCodable="true"/></Codes></CodeBook><Sources><TextSource guid="{{{SOURCE.upper()}}}" name="talk"'
        f' plainTextPath="internal://a.TXT" creatingUser="{USER}">{selections}</TextSource></Sources>{extra}</Project>'
    )
    return {"project.qde": xml.encode(), "Sources/A.txt": text}


def coded(start: int, end: int, number: int = 1, user: str = OTHER) -> str:
    """A selection with one coding."""
    guid = f"{number:08x}-1111-4000-8000-000000000000"
    return (
        f'<PlainTextSelection guid="{guid[::-1][:8]}-2222-4000-8000-{number:012x}" startPosition="{start}"'
        f' endPosition="{end}" creatingUser="{USER}"><Coding guid="{guid}" creatingUser="{user}">'
        f'<CodeRef targetGUID="{CODE}"/></Coding></PlainTextSelection>'
    )


def write(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def out(study: Study, path: Path, reader: str = "generic") -> Wrote:
    """Write a study as a project."""
    with study.database.reading():
        return write_project(give(study, "p"), path, reader_for(reader))


def back(study: Study, path: Path) -> Outcome:
    """Take a project in."""
    with open_project(path) as project:
        return take_in(study, project, "project", {})


def problems(path: Path) -> list[str]:
    """What the schema has against a project or codebook file."""
    etree = pytest.importorskip("lxml.etree")
    name = "Codebook.xsd" if path.suffix == ".qdc" else "Project.xsd"
    schema = etree.XMLSchema(etree.parse(SCHEMAS / name))
    data = path.read_bytes() if path.suffix == ".qdc" else zipfile.ZipFile(path).read("project.qde")
    schema.validate(etree.parse(io.BytesIO(data)))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def xml(path: Path) -> ET.Element:
    """The project in a file, its elements by their plain names."""
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root

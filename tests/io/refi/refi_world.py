"""Small projects made by hand, and the samples where they are at hand."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

INTEROP = Path(os.environ.get("QDA_INTEROP", Path(__file__).parents[4] / "shared" / "interop"))
SAMPLES, SCHEMAS = INTEROP / "samples", INTEROP / "xsd"
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

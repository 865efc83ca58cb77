"""The texts of a project's sources: plain files in the archive, words in the XML, else the rich text."""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError
from qda.io.refi.offsets import Raw

if TYPE_CHECKING:
    from qda.io.refi.container import Container
    from qda.io.refi.events import Node

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Found(NamedTuple):
    """A text: its words, its bytes, how they were read, and a sentence where it is not what the project names."""

    raw: Raw
    original: bytes
    encoding: str | None
    problem: str = ""


class Missing(NamedTuple):
    """No text: why."""

    problem: str


def find_text(container: Container | None, node: Node) -> Found | Missing:
    """The text of a `TextSource`, `Representation`, `Transcript` or `Note`; its element may lack what comes later."""
    path = node.get("plainTextPath")
    if container is not None and path and (member := container.find(path)):
        return _plain(container, member)
    inline = [child.text for child in node.all("PlainTextContent")]
    if inline:
        return Found(Raw(inline[0], bom=False), inline[0].encode("utf-8", "replace"), "utf-8")
    rich = node.get("richTextPath")
    if container is not None and rich and (member := container.find(rich)):
        return _rich(container, member)
    return Missing("its text is not in the file" if path or rich else "it has no text")


def _plain(container: Container, member: str) -> Found | Missing:
    from qda.io.transcripts.encoding import recognise

    data = container.read(member)
    try:
        text, encoding = recognise(data, member)
    except BadFileError as error:
        return Missing(f"its text cannot be read ({error})")
    if "\0" in text:
        return Missing("its text cannot be read (it holds zero bytes)")
    return Found(Raw(text, data.startswith(_BOMS)), data, encoding)


def _rich(container: Container, member: str) -> Found | Missing:
    from qda.io.documents import kind_of, read_document

    data = container.read(member)
    try:
        text = read_document(data, kind_of(data, PurePosixPath(member).suffix) or "docx", member).text
    except BadFileError as error:
        return Missing(f"its text cannot be read ({error})")
    return Found(Raw(text, bom=False), data, None, "it has no plain text: its words were read from its rich text")

"""The sources of a project: how each is read when its turn comes, one text at a time."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qda.io.incoming import known_speakers
from qda.io.refi.names import one_line
from qda.io.refi.seeing import MEDIA, TEXT, Seen, stem
from qda.io.refi.texts import Found, find_text
from qda.model.project import ProjectSource
from qda.model.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.io.refi.container import Container
    from qda.model.transcript import Speaker

_LARGEST = 200_000_000


def project_source(
    seen: Seen, number: int, container: Container | None, speakers: str | frozenset[str]
) -> ProjectSource:
    """A source as it is taken in; its text is read only when it is wanted."""
    node = seen.node
    path = node.get("path") or node.get("plainTextPath") or node.get("richTextPath")
    name = one_line(node.get("name")) or one_line(stem(path)) or f"source {number}"
    kind = MEDIA.get(node.tag, "")

    def load() -> tuple[Transcript, Mapping[str, Speaker]]:
        transcript = _load(seen, name, container, speakers)
        return transcript, known_speakers(transcript, {})

    return ProjectSource(seen.guid, name, load, {"kind": kind} if kind else {})


def _load(seen: Seen, name: str, container: Container | None, speakers: str | frozenset[str]) -> Transcript:
    from qda.io.transcripts.speakers import find_turns

    node = seen.node
    found = find_text(container, seen.holder) if seen.holder is not None else None
    text, original, encoding = "", b"", None
    if isinstance(found, Found):
        text, original, encoding = found.raw.plain, found.original, found.encoding
    turns, unsure = find_turns(text, speakers) if node.tag == TEXT else ((), ())
    if node.tag == "PDFSource" and (pages := _file(container, node.get("path"))):
        original, encoding = pages, None
    return Transcript(name, _format(seen, found), original, text, encoding, turns, unsure)


def _format(seen: Seen, found: object) -> str:
    if seen.node.tag == TEXT:
        return "docx" if isinstance(found, Found) and found.problem else "txt"
    ending = PurePosixPath(seen.node.get("path").replace("\\", "/")).suffix.removeprefix(".").casefold()
    return ending or MEDIA[seen.node.tag]


def _file(container: Container | None, path: str) -> bytes:
    """The file of a source in the archive, empty where it is not there or larger than a document is."""
    member = container.find(path) if container is not None and path else None
    if container is None or member is None or container.size(member) > _LARGEST:
        return b""
    return container.read(member)

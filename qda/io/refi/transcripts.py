"""Transcripts of recordings: their words are sources, and selections between their time marks are selections there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.io.refi.events import Node
from qda.io.refi.guids import guid_of, made
from qda.io.refi.offsets import Raw, Ruler
from qda.io.refi.seeing import TEXT, Seen
from qda.io.refi.texts import Found, find_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.io.refi.container import Container
    from qda.io.refi.offsets import Convention
    from qda.io.refi.seeing import Look


class Spoken(NamedTuple):
    """A transcript: its element, that of its recording, and the source that has its words."""

    node: Node
    recording: Node
    source: Seen


def find_transcripts(look: Look, container: Container | None) -> list[Spoken]:
    """All transcripts; one whose file is that of no other source becomes a source of its own (the look gets it).

    Its element is made to name that source, so that what is kept of it finds its words again.
    """
    from qda.model.nouns import id_of

    texts = [seen for seen in look.sources if seen.node.tag == TEXT]
    by_path = {f"{id_of(seen.guid)}.txt": seen for seen in texts}  # so those say it that came from here
    by_path |= {path: seen for seen in texts if (path := _path(seen.node))}
    found = []
    for recording in list(look.sources):
        for number, node in enumerate(recording.node.all("Transcript"), 1):
            seen = by_path.get(_path(node))
            if seen is None:
                seen = _own(look, recording, node, number, container)
                by_path.setdefault(_path(node), seen)
            node.attrs["plainTextPath"] = f"internal://{id_of(seen.guid)}.txt"
            node.attrs.pop("richTextPath", None)
            found.append(Spoken(node, recording.node, seen))
    return found


def _own(look: Look, recording: Seen, node: Node, number: int, container: Container | None) -> Seen:
    guid = guid_of(node.get("guid")) or made("transcript", recording.guid, str(number))
    name = node.get("name") or f"{recording.node.get('name')}, transcript {number}"
    attrs = {**node.attrs, "name": name}
    own = Node(TEXT, attrs)
    own.children = [child for child in node.children if child.tag == "PlainTextContent"]
    seen = Seen(-len(look.sources) - 1, own, guid, own)
    seen.find(container)
    seen.text = None
    look.sources.append(seen)
    return seen


def selections(spoken: Spoken, container: Container | None, convention: Convention) -> Iterator[tuple[Node, int, int]]:
    """The selections of a transcript that has words, as spans of them; those without both time marks are left out."""
    found = find_text(container, spoken.source.node)
    raw = found.raw if isinstance(found, Found) else Raw("", bom=False)
    ruler = Ruler(raw, convention)
    points = {guid_of(point.get("guid")): _number(point.get("position")) for point in spoken.node.all("SyncPoint")}
    for node in spoken.node.all("TranscriptSelection"):
        ends = [points.get(guid_of(node.get(name))) for name in ("fromSyncPoint", "toSyncPoint")]
        places = [None if end is None else ruler.ours(end) for end in ends]
        if places[0] is not None and places[1] is not None and places[0] < places[1]:
            yield node, places[0], places[1]


def _path(node: Node) -> str:
    return node.get("plainTextPath").strip().replace("\\", "/").casefold().removeprefix("internal://").lstrip("/")


def _number(word: str) -> int | None:
    try:
        return int(word)
    except ValueError:
        return None

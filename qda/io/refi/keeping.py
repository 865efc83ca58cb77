"""What a study has no noun for is kept as it came, as JSON in settings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qda.io.refi.events import Node
from qda.io.refi.guids import guid_of
from qda.io.refi.seeing import SELECTIONS, TEXT
from qda.model.nouns import id_of
from qda.model.project import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qda.io.refi.seeing import Seen

AGAIN = "there are none here, but 'qda export refi' writes them again"
"""What is said of things that are only kept."""
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?\Z")
_AUDIT = ("creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime")


def kept_name(kind: str, guid: bytes) -> str:
    """The setting that keeps a thing of a kind (`source`, `note`, `link`, `set`, `case`, `variable`, ...)."""
    return f"{KEPT}{kind} {id_of(guid)}"


def as_kept(node: Node) -> str:
    """An element as a setting keeps it: the same however its attributes stood and its GUIDs were written."""
    return json.dumps(_plain(node).as_list(), ensure_ascii=False, separators=(",", ":"))


def _plain(node: Node) -> Node:
    plain = Node(node.tag, {name: _plain_guid(node.attrs[name]) for name in sorted(node.attrs)}, node.text)
    plain.children = [_plain(child) for child in node.children]
    return plain


def _plain_guid(word: str) -> str:
    return word.casefold().strip("{}") if _GUID.match(word) else word


def kept_of(settings: Mapping[str, str], kind: str) -> Iterator[tuple[bytes, Node]]:
    """All kept elements of a kind, by GUID."""
    start = f"{KEPT}{kind} "
    for name, value in sorted(settings.items()):
        if name.startswith(start) and (guid := guid_of(name.removeprefix(start))):
            yield guid, Node.of_list(json.loads(value))


def kept_source(seen: Seen) -> Node | None:
    """What is kept of a source: where its picture or sound lies, and what is marked there; None where nothing is."""
    node = Node(seen.node.tag, {name: value for name, value in seen.node.attrs.items() if name not in _AUDIT})
    node.attrs.pop("guid", None)
    for child in seen.node.children:
        if child.tag in SELECTIONS:
            node.children.append(_without_codings(child) if guid_of(child.get("guid")) in seen.areas else child)
        elif child.tag == "Transcript":
            node.children.append(_points(child))
        elif child.tag == "Coding" and not seen.has_text:
            node.children.append(child)
    node.children += seen.selections
    return node if node.children or seen.node.tag != TEXT else None


def codings_in(node: Node) -> int:
    """How many codings stand in an element."""
    return sum(codings_in(child) for child in node.children) + (node.tag == "Coding")


def _without_codings(area: Node) -> Node:
    """An area of a page that is a selection of the text too, where its codings stand."""
    node = Node(area.tag, area.attrs)
    node.children = [child for child in area.children if child.tag != "Coding"]
    return node


def _points(transcript: Node) -> Node:
    """The time marks of a transcript, whose words are a source of their own."""
    node = Node(transcript.tag, {name: value for name, value in transcript.attrs.items() if name not in _AUDIT})
    node.children = list(transcript.all("SyncPoint"))
    return node

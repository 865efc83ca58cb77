"""Elements that a study only kept, made valid again: known attributes, children in order, references that lead on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.io.refi.colours import colour_of
from qda.io.refi.guids import guid_of
from qda.io.refi.writing.xml import stamp
from qda.model.nouns import id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from qda.io.refi.events import Node
    from qda.io.refi.writing.xml import Xml

_AUDIT = "creatingUser creationDateTime modifyingUser modifiedDateTime"
_MARKED = "Description Coding* NoteRef*"
# Elements: attributes that they need, others that they may have, and children in order (`*`: any number).
_SHAPES: dict[str, tuple[str, str, str]] = {
    "PlainTextSelection": ("startPosition endPosition", f"name {_AUDIT}", _MARKED),
    "PictureSelection": ("firstX firstY secondX secondY", f"name {_AUDIT}", _MARKED),
    "PDFSelection": (
        "page firstX firstY secondX secondY",
        f"name {_AUDIT}",
        "Description Representation Coding* NoteRef*",
    ),
    "AudioSelection": ("begin end", f"name {_AUDIT}", _MARKED),
    "VideoSelection": ("begin end", f"name {_AUDIT}", _MARKED),
    "Transcript": ("", f"name richTextPath plainTextPath {_AUDIT}", "Description PlainTextContent SyncPoint* NoteRef*"),
    "SyncPoint": ("", "timeStamp position", ""),
    "Representation": (
        "",
        f"name richTextPath plainTextPath {_AUDIT}",
        "Description PlainTextContent PlainTextSelection* Coding* NoteRef*",
    ),
    "Coding": ("", "creatingUser creationDateTime", "CodeRef NoteRef*"),
    "Link": ("", "name direction color originGUID targetGUID", "NoteRef*"),
    "Set": ("name", "", "Description MemberCode* MemberSource* MemberNote*"),
    "Graph": ("", "name", "Vertex* Edge*"),
    "Vertex": ("firstX firstY", "representedGUID name secondX secondY shape color", ""),
    "Edge": ("sourceVertex targetVertex", "representedGUID name color direction lineStyle", ""),
}
_REFERENCES = frozenset({"CodeRef", "NoteRef", "SourceRef", "SelectionRef", "MemberCode", "MemberSource", "MemberNote"})
_GUIDS = frozenset({"creatingUser", "modifyingUser", "sourceVertex", "targetVertex"})
_FORMS: dict[str, Callable[[str], str]] = {"name": str, "Path": str, "DateTime": stamp, "color": colour_of}
_CHOICES = {
    "direction": ("Associative", "OneWay", "Bidirectional"),
    "lineStyle": ("dotted", "dashed", "solid"),
    "shape": (
        *("Person", "Oval", "Rectangle", "RoundedRectangle", "Star", "LeftTriangle", "RightTriangle"),
        *("UpTriangle", "DownTriangle", "Note"),
    ),
}
_WHOLE = re.compile(r"\s*[-+]?\d+\s*\Z")
_LEAF = frozenset({"Description", "PlainTextContent"})


def written(node: Node, guid: bytes | None, xml: Xml, known: Collection[bytes], *, book: bool = False) -> str:
    """A kept element as valid XML, empty where it lacks what it needs; members of sets that are gone are left out.

    Args:
        node: The element.
        guid: Its GUID, None where it carries its own.
        xml: Writes it.
        known: The GUIDs to which members of sets may lead.
        book: Whether it goes into a codebook file, where sets hold codes only and name them otherwise.
    """
    return _Kept(xml, known, book=book).element(node, guid)


class _Kept:
    def __init__(self, xml: Xml, known: Collection[bytes], *, book: bool) -> None:
        self._xml = xml
        self._known = known
        self._book = book

    def element(self, node: Node, guid: bytes | None = None) -> str:
        """A kept element as XML; empty where it has no place any more."""
        if node.tag in _LEAF:
            return self._xml.plain(node.tag, node.text)
        if node.tag in _REFERENCES:
            return self._reference(node)
        shape = _SHAPES.get(node.tag)
        own = guid or guid_of(node.get("guid"))
        if shape is None or own is None:
            return ""
        needed, more, children = shape
        attrs = {"guid": id_of(own)}
        for name in (*needed.split(), *more.split()):
            if value := _value(name, node.get(name)):
                attrs[name] = value
            elif name in needed.split():
                return ""
        inside = list(self._children(node, children.split()))
        lacking = node.tag == "Coding" and not inside
        if lacking or (self._book and not any(part.startswith("<MemberCode") for part in inside)):
            return ""
        return self._xml.element(node.tag, attrs, inside)

    def _children(self, node: Node, order: Iterable[str]) -> Iterable[str]:
        for name in order:
            tag = name.rstrip("*")
            parts = [part for child in node.all(tag) if (part := self.element(child))]
            if tag == "Description" and not parts:  # some write it as an attribute
                parts = [self._xml.plain(tag, node.get("description"))]
            yield from parts if name.endswith("*") else parts[:1]

    def _reference(self, node: Node) -> str:
        guid = guid_of(node.get("targetGUID") or node.get("guid"))
        member = node.tag.startswith("Member")
        if guid is None or (member and guid not in self._known) or (self._book and node.tag != "MemberCode"):
            return ""
        return f'<{node.tag} {"guid" if self._book else "targetGUID"}="{id_of(guid)}"/>\n'


def _value(name: str, word: str) -> str:
    """An attribute as the standard wants it, empty where it cannot be understood."""
    if name in _CHOICES:
        return word if word in _CHOICES[name] else ""
    if name in _GUIDS or name.endswith("GUID"):
        guid = guid_of(word)
        return id_of(guid) if guid else ""
    for known, form in _FORMS.items():
        if name.endswith(known):
            return form(word)
    return _number(word)


def _number(word: str) -> str:
    """A whole number."""
    if _WHOLE.match(word):
        return word.strip()
    try:
        return str(round(float(word)))
    except (ValueError, OverflowError):
        return ""

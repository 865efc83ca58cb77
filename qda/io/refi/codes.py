"""The codes of a project or codebook file as a study takes them, parents before children."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qda.io.refi.colours import colour_of
from qda.io.refi.guids import guid_of, made
from qda.io.refi.names import one_line
from qda.model.codebook import CodeEntry
from qda.model.nouns import many, plain_name
from qda.model.project import CODABLE, COLOUR, ProjectCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.io.refi.events import Node

_LABELS = {"Include: ": "include", "Exclude: ": "exclude", "Example: ": "example"}
_PART = re.compile("(?:^|\n\n)(Include: |Exclude: |Example: )")


class Codes:
    """The codes that elements hold; `said` are sentences about what was changed in them."""

    def __init__(self, tops: Iterable[Node]) -> None:
        self.all: dict[bytes, ProjectCode] = {}
        self.notes: list[tuple[bytes, Node]] = []
        self._renamed: list[str] = []
        self._twice = self._colours = 0
        for top in tops:
            self._take(None, list(top.all("Code")))

    @property
    def said(self) -> list[str]:
        """What was changed in codes, in sentences."""
        found = []
        if self._renamed:
            shown = ", ".join(f"'{name}'" for name in self._renamed[:5])
            found.append(f"{many(len(self._renamed), 'code')} got another name (empty, or that of a sibling): {shown}")
        if self._twice:
            found.append(f"{many(self._twice, 'code')} with the GUID of another code: left out, the first one counts")
        if self._colours:
            found.append(f"{many(self._colours, 'colour')} could not be understood")
        return found

    def _take(self, parent: bytes | None, nodes: list[Node]) -> None:
        taken: set[str] = set()
        below: list[tuple[bytes, list[Node]]] = []
        for node in nodes:
            guid = guid_of(node.get("guid")) or made("code", parent or b"", node.get("name"))
            if guid in self.all:
                self._twice += 1
            else:
                self.all[guid] = ProjectCode(guid, parent, self._entry(node, taken))
                self.notes += [(guid, note) for note in node.all("NoteRef")]
            below.append((guid, list(node.all("Code"))))
        for guid, children in below:
            if children:
                self._take(guid, children)

    def _entry(self, node: Node, taken: set[str]) -> CodeEntry:
        wanted = one_line(node.get("name"))
        name, number = wanted or "code", 2
        while plain_name(name) in taken:
            name, number = f"{wanted or 'code'} ({number})", number + 1
        taken.add(plain_name(name))
        if name != wanted:
            self._renamed.append(name)
        extra: dict[str, object] = {}
        if colour := colour_of(node.get("color")):
            extra[COLOUR] = colour
        elif node.get("color").strip():
            self._colours += 1
        if node.get("isCodable").strip().casefold() in ("false", "0"):
            extra[CODABLE] = "false"
        # Some write the description as an attribute.
        return described(CodeEntry(name, extra=extra), node.words("Description") or node.get("description"))


def described(entry: CodeEntry, words: str) -> CodeEntry:
    """A code with its definition and what follows it under `Include:`, `Exclude:` and `Example:`."""
    fields = {"definition": "", "include": "", "exclude": "", "example": ""}
    at, name = 0, "definition"
    for found in _PART.finditer(words):
        if fields[_LABELS[found[1]]]:
            return replace(entry, definition=words)
        fields[name] = words[at : found.start()]
        at, name = found.end(), _LABELS[found[1]]
    fields[name] = words[at:]
    return replace(entry, **fields)  # type: ignore[arg-type]


def description(entry: CodeEntry) -> str:
    """What a code says of itself as one text; its definition alone where the parts could not be told apart again."""
    parts = [entry.definition] if entry.definition else []
    parts += [f"{label}{getattr(entry, name)}" for label, name in _LABELS.items() if getattr(entry, name)]
    words = "\n\n".join(parts)
    plain = CodeEntry(entry.name)
    return words if told(described(plain, words)) == told(entry) else entry.definition


def told(entry: CodeEntry) -> tuple[str, str, str, str]:
    """What a description carries of a code."""
    return entry.definition, entry.include, entry.exclude, entry.example

"""The codes and categories of a project as one tree, parents before children, siblings with names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.io.refi.colours import colour_of
from qda.io.refi.guids import made
from qda.io.refi.names import one_line
from qda.model.codebook import CodeEntry
from qda.model.nouns import many, plain_name
from qda.model.project import CODABLE, COLOUR, ProjectCode

if TYPE_CHECKING:
    from collections.abc import Hashable


class _Node(NamedTuple):
    """A code or category as the tool has it."""

    name: str
    parent: Hashable | None
    definition: str
    colour: str
    codable: bool


class CodeTree:
    """Codes by the keys that their tool has for them; `guids` and `codes` hold what became of them after `build`.

    A code is known again by its names from the top down, so two copies of a project that went on apart can both come
    in. A category and a code beside it with the same name become one code, on which one can code.
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._nodes: dict[Hashable, _Node] = {}
        self.guids: dict[Hashable, bytes] = {}
        self.codes: list[ProjectCode] = []
        self.said: list[str] = []

    def add(
        self,
        key: Hashable,
        name: str,
        parent: Hashable | None = None,
        *,
        definition: str = "",
        colour: str = "",
        codable: bool = True,
    ) -> None:
        """Add a code, or a category (not `codable`); the first of a key counts."""
        self._nodes.setdefault(key, _Node(one_line(name), parent, definition.strip(), colour_of(colour), codable))

    def __contains__(self, key: object) -> bool:
        return key in self._nodes

    def build(self) -> list[ProjectCode]:
        """All codes, parents before children; what is below nothing or below itself stands at the top."""
        children: dict[Hashable | None, list[Hashable]] = {}
        astray = self._astray()
        for key, node in self._nodes.items():
            parent = node.parent if node.parent in self._nodes and key not in astray else None
            children.setdefault(parent, []).append(key)
        renamed: list[str] = []
        queue: list[tuple[Hashable | None, bytes | None]] = [(None, None)]
        below: dict[bytes | None, dict[str, tuple[int, bool]]] = {}
        for parent, guid in queue:
            taken = below.setdefault(guid, {})
            # Codes go before categories, so that they keep their names.
            for key in sorted(children.get(parent, ()), key=lambda one: not self._nodes[one].codable):
                self.guids[key] = self._place(self._nodes[key], guid, taken, renamed)
                queue.append((key, self.guids[key]))
        if renamed:
            shown = ", ".join(f"'{name}'" for name in renamed[:5])
            self.said.append(f"{many(len(renamed), 'code')} got another name (empty, or that of a sibling): {shown}")
        if astray:
            self.said.append(f"{many(len(astray), 'code')} below itself: set at the top")
        return self.codes

    def _place(
        self, node: _Node, parent: bytes | None, taken: dict[str, tuple[int, bool]], renamed: list[str]
    ) -> bytes:
        """Make a code of a node, or unite a category with the code of its name."""
        twin = taken.get(plain_name(node.name))
        if twin is not None and not node.codable and twin[1]:
            at = self.codes[twin[0]]
            if node.definition and not at.entry.definition:
                entry = CodeEntry(at.entry.name, definition=node.definition, extra=at.entry.extra)
                self.codes[twin[0]] = at._replace(entry=entry)
            taken[plain_name(node.name)] = twin[0], False
            return at.guid
        name, number = node.name or "code", 2
        while plain_name(name) in taken:
            name, number = f"{node.name or 'code'} ({number})", number + 1
        if name != node.name:
            renamed.append(name)
        extra: dict[str, object] = {COLOUR: node.colour} if node.colour else {}
        if not node.codable:
            extra[CODABLE] = "false"
        guid = made(self._salt, "code", parent or b"", name)
        taken[plain_name(name)] = len(self.codes), node.codable
        self.codes.append(ProjectCode(guid, parent, CodeEntry(name, definition=node.definition, extra=extra)))
        return guid

    def _astray(self) -> set[Hashable]:
        """One key of each circle of parents."""
        sure: set[Hashable] = set()
        astray: set[Hashable] = set()
        for first in self._nodes:
            way: dict[Hashable, None] = {}
            key: Hashable | None = first
            while key is not None and key in self._nodes and key not in sure:
                if key in way:
                    astray.add(key)
                    break
                way[key] = None
                key = self._nodes[key].parent
            sure.update(way)
        return astray

"""Notes of a project as memos: which thing each is about, by references and by links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.io.refi.events import Node
from qda.io.refi.guids import guid_of, made
from qda.io.refi.keeping import AGAIN, as_kept, codings_in, kept_name
from qda.io.refi.names import moment, one_line
from qda.model.nouns import many
from qda.model.project import ProjectMemo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qda.io.refi.seeing import Look
    from qda.io.refi.users import Users
    from qda.model.project import Project

_KIND = re.compile(r"(case|method|theoretical) memo\Z")
"""What a note that was written here says of its kind."""


class Notes:
    """The notes of a project; each becomes a memo on the first thing that refers to it, and a copy on any other."""

    def __init__(self, look: Look, users: Users, project: Project) -> None:
        self._users = users
        self._project = project
        self._root = look.project
        self._notes = {seen.guid: seen for seen in look.notes}
        self._placed: set[bytes] = set()
        self.awaited: dict[bytes, list[tuple[bytes, Node]]] = {}
        self._known: dict[bytes, str] = {}
        self._links: list[tuple[bytes, bytes, Node]] = []
        self.marked = 0
        for seen in look.notes:
            if seen.selections:
                kept = Node("Note")
                kept.children = seen.selections
                self.marked += codings_in(kept)
                project.kept[kept_name("note", seen.guid)] = as_kept(kept)

    def know(self, things: Mapping[bytes, str]) -> None:
        """Things of the project that are no selections, each with its kind."""
        self._known.update(things)

    def link(self, node: Node) -> set[bytes]:
        """Take a link between a note and a thing as a reference; others are kept. Gives ends that may be selections."""
        origin, target = guid_of(node.get("originGUID")), guid_of(node.get("targetGUID"))
        ends = {end for end in (origin, target) if end is not None}
        notes = [end for end in ends if end in self._notes]
        others = [end for end in ends if end not in self._notes]
        if len(notes) == 1 and len(others) == 1:
            self.awaited.setdefault(others[0], []).append((notes[0], node))
        else:
            self._keep(node)
        return {end for end in others if end not in self._known}

    def first(self, about: list[tuple[str, bytes, Node]], look: Look) -> Iterator[ProjectMemo]:
        """The memos on codes, sources and cases, by their references and descriptions; and those on the project."""
        for kind, guid, ref in about:
            yield from self.refer(ref, kind, guid)
        for guid in list(self.awaited.keys() & self._known.keys()):
            for note, _ in self.awaited.pop(guid):
                yield self._memo(note, self._known[guid], guid)
        for ref in look.project.all("NoteRef"):
            yield from self.refer(ref, "study", None)
        if words := look.project.words("Description").strip():
            yield self.described(words, "study", None, look.project)

    def refer(
        self, ref: Node, kind: str, target: bytes | None, span: tuple[int | None, int | None] = (None, None)
    ) -> Iterator[ProjectMemo]:
        """The memo of a reference to a note; none where the note is not in the file."""
        guid = guid_of(ref.get("targetGUID"))
        if guid is not None and guid in self._notes:
            yield self._memo(guid, kind, target, span)

    def linked(self, selection: bytes, kind: str, target: bytes, span: tuple[int, int]) -> Iterator[ProjectMemo]:
        """The memos of notes that links tie to a selection or coding."""
        for note, _ in self.awaited.pop(selection, ()):
            yield self._memo(note, kind, target, span if kind == "segment" else (None, None))

    def last(self) -> Iterator[ProjectMemo]:
        """The notes that are about nothing that was found: memos on the study. Their links are kept."""
        for links in self.awaited.values():
            for _, node in links:
                self._keep(node)
        for guid in self._notes:
            if guid not in self._placed:
                yield self._memo(guid, "study", None)
        if self._links:
            linked = many(len(self._links), "link")
            self._project.said.append(f"{linked} between things; {AGAIN}")
        if self.marked:
            self._project.said.append(f"{many(self.marked, 'coding')} on notes; {AGAIN}")

    def described(
        self,
        words: str,
        kind: str,
        target: bytes | None,
        *nodes: Node,
        span: tuple[int | None, int | None] = (None, None),
    ) -> ProjectMemo:
        """The memo of a description; `nodes` say who wrote it and when, from the inmost outwards."""
        at = next((word for node in nodes if (word := moment(node.get("creationDateTime")))), "")
        own = guid_of(nodes[0].get("guid")) or b""
        user = self._users.of(*nodes)
        return ProjectMemo(
            made("description", own, target or b""), kind, target, user, "", words, at, "analytic", *span
        )

    def _memo(
        self, guid: bytes, kind: str, target: bytes | None, span: tuple[int | None, int | None] = (None, None)
    ) -> ProjectMemo:
        seen = self._notes[guid]
        node = seen.node
        said = node.words("Description").strip()
        sort = _KIND.match(said)
        body = seen.body if sort or not said else f"{said}\n\n{seen.body}".strip()
        own = made(guid, target or b"", *(str(place) for place in span)) if guid in self._placed else guid
        self._placed.add(guid)
        title = one_line(node.get("name"))
        if not body.strip():
            body, title = title or seen.problem or "an empty note", ""
        at = moment(node.get("creationDateTime"))
        user = self._users.of(node, self._root)
        return ProjectMemo(own, kind, target, user, title, body, at, sort[1] if sort else "analytic", *span)

    def _keep(self, node: Node) -> None:
        guid = guid_of(node.get("guid")) or made("link", node.get("originGUID"), node.get("targetGUID"))
        self._links.append((guid, guid, node))
        self._project.kept[kept_name("link", guid)] = as_kept(node)

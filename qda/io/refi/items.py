"""The second way through a project: its codings on texts and the memos on them, one after another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.io.refi.events import END, Node
from qda.io.refi.guids import guid_of, made
from qda.io.refi.keeping import as_kept, kept_name
from qda.io.refi.names import moment
from qda.io.refi.offsets import Raw, Ruler
from qda.io.refi.seeing import Seen, Walk, span_of
from qda.io.refi.texts import Found, find_text
from qda.model.nouns import id_of
from qda.model.project import ProjectCoding, ProjectMemo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qda.io.refi.container import Container
    from qda.io.refi.notes import Notes
    from qda.io.refi.offsets import Convention
    from qda.io.refi.users import Users

Item = ProjectCoding | ProjectMemo
BARE = "marked without a code"
"""The words of a memo on a selection that nobody coded or explained."""


@dataclass
class Lost:
    """What could not be taken in: selections outside their texts, codings with codes that are not in the file."""

    outside: list[str] = field(default_factory=list)
    codeless: int = 0
    clipped: int = 0


@dataclass
class Items:
    """What the second way through needs to know of the first.

    `wanted` are GUIDs that links and cases name and that may be selections; `kept` remembers where those are.
    """

    seen: Mapping[int, Seen]
    conventions: Mapping[bytes, Convention]
    codes: frozenset[bytes]
    users: Users
    notes: Notes
    root: Node
    container: Container | None
    wanted: set[bytes]
    kept: dict[str, str]
    lost: Lost = field(default_factory=Lost)

    def stream(self, events: Iterable[tuple[str, Node, Node | None]]) -> Iterator[Item]:
        """Codings and memos in the order of the file; a memo on a coding follows it."""
        walk = Walk()
        place: _Place | None = None
        for event, node, above in events:
            ended = walk.see(event, node, above)
            here = walk.here
            if ended is not None:
                place = place if place is not None and place.number == ended.number else None
                if self.seen[ended.number].has_text and not ended.is_note:
                    yield from self._whole(place or self._place(ended, ended.holder), ended.node)
                place = None
            elif event == END and node.tag == "PlainTextSelection" and here is not None and above is here.holder:
                if here.is_note or not self.seen[here.number].has_text:
                    continue
                place = place or self._place(here, above)
                yield from self._selection(place, node)

    def _place(self, here: Seen, holder: Node | None) -> _Place:
        found = find_text(self.container, here.node if holder is None else holder)
        raw = found.raw if isinstance(found, Found) else Raw("", bom=False)
        source = self.seen[here.number].guid
        areas = {guid_of(child.get("guid")): child for child in here.node.children if child.tag == "PDFSelection"}
        return _Place(here.number, source, here.node, raw, Ruler(raw, self.conventions[source]), areas)

    def _whole(self, place: _Place, node: Node) -> Iterator[Item]:
        """The codings of a source as a whole."""
        codings = list(node.all("Coding"))
        if codings:
            yield from self._codings(place, codings, node, (0, len(place.raw.plain)))

    def _selection(self, place: _Place, node: Node) -> Iterator[Item]:
        span = self._span(place, node)
        codings = self._all_codings(place, node)
        if span is None:
            self.lost.outside.append(
                f"'{place.node.get('name')}' {node.get('startPosition')}-{node.get('endPosition')}"
                f" ({len(codings)} coded)"
            )
            return
        guid = guid_of(node.get("guid")) or b""
        made_codings = list(self._codings(place, codings, node, span))
        yield from made_codings
        memos = list(self._about(place, node, guid, span, made_codings))
        yield from memos
        if guid in self.wanted or guid in place.areas:
            sha = hashlib.sha256(place.raw.plain.encode()).hexdigest()
            where = {"source": id_of(place.source), "start": str(span[0]), "end": str(span[1]), "text": sha}
            self.kept[kept_name("selection", guid)] = as_kept(Node("Selection", where))
        elif not made_codings and not memos:
            yield self.notes.described(BARE, "segment", place.source, node, place.node, self.root, span=span)

    def _about(
        self, place: _Place, node: Node, guid: bytes, span: tuple[int, int], codings: list[Item]
    ) -> Iterator[ProjectMemo]:
        """The memos on a selection: what describes its only coding is about that.

        Notes come first: a comment that says the same is no other memo then.
        """
        for ref in node.all("NoteRef"):
            yield from self.notes.refer(ref, "segment", place.source, span)
        yield from self.notes.linked(guid, "segment", place.source, span)
        words = node.words("Description").strip()
        only = [one.guid for one in codings if isinstance(one, ProjectCoding)]
        if words and len(only) == 1:
            yield self.notes.described(words, "coding", only[0], node, place.node, self.root)
        elif words:
            yield self.notes.described(words, "segment", place.source, node, place.node, self.root, span=span)

    def _codings(self, place: _Place, codings: Iterable[Node], above: Node, span: tuple[int, int]) -> Iterator[Item]:
        for node in codings:
            code = next((guid_of(ref.get("targetGUID")) for ref in node.all("CodeRef")), None)
            if code is None or code not in self.codes:
                self.lost.codeless += 1
                continue
            user = self.users.of(node, above, place.node, self.root)
            at = moment(node.get("creationDateTime")) or moment(above.get("creationDateTime"))
            guid = guid_of(node.get("guid")) or made("coding", place.source, code, user, str(span))
            yield ProjectCoding(guid, place.source, code, user, *span, at)
            for ref in node.all("NoteRef"):
                yield from self.notes.refer(ref, "coding", guid)
            yield from self.notes.linked(guid, "coding", guid, span)

    def _all_codings(self, place: _Place, node: Node) -> list[Node]:
        """The codings of a selection, with those that only its area on the page has."""
        codings = list(node.all("Coding"))
        area = place.areas.get(guid_of(node.get("guid")))
        if area is not None:
            here = {self._signed(one) for one in codings}
            codings += [one for one in area.all("Coding") if self._signed(one) not in here]
        return codings

    def _signed(self, coding: Node) -> tuple[bytes | None, bytes]:
        code = next((guid_of(ref.get("targetGUID")) for ref in coding.all("CodeRef")), None)
        return code, self.users.of(coding, self.root)

    def _span(self, place: _Place, node: Node) -> tuple[int, int] | None:
        """Where a selection stands; one that ends behind the text ends with it, half characters are taken whole."""
        span = span_of(node)
        if span is None:
            return None
        start = next((found for step in range(4) if (found := place.ruler.ours(span[0] - step)) is not None), None)
        end = next((found for step in range(4) if (found := place.ruler.ours(span[1] + step)) is not None), None)
        if end is None and span[1] > place.ruler.units and start is not None:
            self.lost.clipped += 1
            end = len(place.raw.plain)
        return (start, end) if start is not None and end is not None and start < end else None


@dataclass
class _Place:
    """The text of the source in which the stream is."""

    number: int
    source: bytes
    node: Node
    raw: Raw
    ruler: Ruler
    areas: dict[bytes | None, Node]

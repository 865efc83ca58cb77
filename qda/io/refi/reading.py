"""Reading a REFI-QDA project: one look through it, then its codings in a stream."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from qda.io.refi.cases import CaseReader
from qda.io.refi.choosing import Chosen, choose, pooled, priors
from qda.io.refi.codes import Codes
from qda.io.refi.container import Container, is_archive_with_project
from qda.io.refi.guids import guid_of, made
from qda.io.refi.items import Items
from qda.io.refi.keeping import as_kept, kept_name, kept_source
from qda.io.refi.names import moment
from qda.io.refi.notes import Notes
from qda.io.refi.said import said_of
from qda.io.refi.seeing import look, open_stream
from qda.io.refi.sources import project_source
from qda.io.refi.transcripts import Spoken, find_transcripts, selections
from qda.io.refi.users import Users
from qda.model.project import Project, ProjectCoding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.io.refi.events import Node
    from qda.io.refi.items import Item
    from qda.io.refi.offsets import Convention
    from qda.io.refi.seeing import Look

_HEAD = 4096


def is_project(path: Path) -> bool:
    """Whether a file is a REFI-QDA project: an archive with a `.qde` in it, or such a file alone."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if head.startswith(b"PK"):
                stream.seek(0)
                return path.suffix.casefold() == ".qdpx" or is_archive_with_project(stream)
    except OSError:
        return False
    return path.suffix.casefold() in (".qdpx", ".qde") or (b"<Project" in head and b"QDA-XML" in head)


@contextlib.contextmanager
def open_project(
    path: Path, *, offsets: Convention | None = None, speakers: str | frozenset[str] = "auto"
) -> Iterator[Project]:
    """A project as it is taken in; its texts and codings are read from the file while it is open.

    Args:
        path: A `.qdpx` file, or the `.qde` file of one.
        offsets: How its places are counted, where that is known; else it is found for each source.
        speakers: Which labels become turns, as for transcripts.

    Raises:
        BadFileError: It cannot be read, is damaged, or does harm.
    """
    from qda.io.files import read_text

    with contextlib.ExitStack() as stack:
        zipped = _is_zip(path)
        if not zipped:
            read_text(path)  # says what is wrong with a file that cannot be opened
        container = stack.enter_context(Container(path)) if zipped else None
        yield _Reading(path, container, speakers, offsets).project()


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError:
        return False


class _Reading:
    """One project on its way in."""

    def __init__(
        self, path: Path, container: Container | None, speakers: str | frozenset[str], offsets: Convention | None
    ) -> None:
        self._container = container
        self._speakers = speakers
        self._begin = open_stream(str(path), container)
        self._look: Look = look(self._begin(), container, str(path))
        self._spoken = find_transcripts(self._look, container)
        self._chosen = self._choose(offsets)
        self._path = path

    def _choose(self, offsets: Convention | None) -> dict[bytes, Chosen]:
        seen = self._look.sources
        known = {offsets: 0.0} if offsets else priors(self._look.project.get("origin"))
        whole = pooled(one.evidence for one in seen if one.evidence)
        usual = max(known, key=lambda one: known[one] + whole[one])
        return {
            one.guid: choose(one.evidence, known, whole) if one.evidence else Chosen(usual, None, matters=False)
            for one in seen
        }

    def project(self) -> Project:
        """The project; its codings stream when they are asked for."""
        found = self._look
        project = Project(found.project.get("name") or self._path.stem)
        users = Users(found.users)
        codes = Codes(found.codes)
        project.codes = list(codes.all.values())
        project.sources = [
            project_source(seen, number, self._container, self._speakers)
            for number, seen in enumerate(found.sources, 1)
        ]
        cases = CaseReader(found, project)
        cases.read()
        notes = Notes(found, users, project)
        notes.know(dict.fromkeys(codes.all, "code") | {seen.guid: "source" for seen in found.sources})
        notes.know({case.guid: "case" for case in project.cases})
        wanted = self._wanted(notes, project)
        self._keep(project)
        project.said += codes.said
        items = Items(
            {seen.number: seen for seen in (*found.sources, *found.notes)},
            {guid: chosen.convention for guid, chosen in self._chosen.items()},
            frozenset(codes.all),
            users,
            notes,
            found.project,
            self._container,
            wanted,
            project.kept,
        )
        project.users = users.all

        def stream() -> Iterator[Item]:
            yield from self._about(codes, cases, notes)
            yield from items.stream(self._begin())
            for spoken in self._spoken:
                yield from self._between(spoken, items, users)
            yield from notes.last()
            project.said += said_of(found, self._chosen, items.lost)

        project.items = stream
        return project

    def _wanted(self, notes: Notes, project: Project) -> set[bytes]:
        """Which GUIDs links and cases name that may be selections."""
        wanted: set[bytes] = set()
        for link in self._look.links:
            wanted |= notes.link(link)
        for case in self._look.cases:
            targets = (guid_of(ref.get("targetGUID")) for ref in case.all("SelectionRef"))
            wanted |= {guid for guid in targets if guid is not None}
        for graph in self._look.graphs:
            guid = guid_of(graph.get("guid")) or made("graph", graph.get("name"))
            project.kept[kept_name("graph", guid)] = as_kept(graph)
            shown = (guid_of(vertex.get("representedGUID")) for vertex in graph.all("Vertex"))
            wanted |= {one for one in shown if one is not None}
        return wanted

    def _keep(self, project: Project) -> None:
        for seen in self._look.sources:
            node = kept_source(seen)
            if node is not None:
                project.kept[kept_name("source", seen.guid)] = as_kept(node)

    def _about(self, codes: Codes, cases: CaseReader, notes: Notes) -> Iterator[Item]:
        """The memos on all but codings and selections."""
        about: list[tuple[str, bytes, Node]] = [("code", guid, ref) for guid, ref in codes.notes]
        about += [("case", guid, ref) for guid, ref in cases.notes]
        for seen in self._look.sources:
            about += [("source", seen.guid, ref) for ref in seen.node.all("NoteRef")]
        yield from notes.first(about, self._look)
        for guid, node in cases.described:
            yield notes.described(node.words("Description").strip(), "case", guid, node, self._look.project)
        for seen in self._look.sources:
            if words := seen.node.words("Description").strip():
                yield notes.described(words, "source", seen.guid, seen.node, self._look.project)

    def _between(self, spoken: Spoken, items: Items, users: Users) -> Iterator[Item]:
        """The codings between time marks of a transcript."""
        if not spoken.source.has_text:
            return
        source = spoken.source.guid
        for node, start, end in selections(spoken, self._container, items.conventions[source]):
            for coding in node.all("Coding"):
                code = next((guid_of(ref.get("targetGUID")) for ref in coding.all("CodeRef")), None)
                if code is None or code not in items.codes:
                    items.lost.codeless += 1
                    continue
                user = users.of(coding, node, spoken.recording, self._look.project)
                at = moment(coding.get("creationDateTime"))
                guid = guid_of(coding.get("guid")) or made("coding", source, code, user, str((start, end)))
                yield ProjectCoding(guid, source, code, user, start, end, at)

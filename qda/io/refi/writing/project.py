"""A whole project as XML, piece by piece, in the order that the standard fixes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.io.outgoing import Items, counts_of
from qda.io.refi.keeping import kept_of
from qda.io.refi.writing.cases import CaseWriter
from qda.io.refi.writing.codes import codes_xml, lost_of_codes
from qda.io.refi.writing.kept import written
from qda.io.refi.writing.notes import NoteWriter
from qda.io.refi.writing.sources import SourceWriter
from qda.io.refi.writing.xml import HEAD, Xml
from qda.model.nouns import id_of, plain_name
from qda.model.project import Left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qda.io.refi.writing.reader import Reader
    from qda.model.project import Project

_SPACES = {
    "xmlns": "urn:QDA-XML:project:1.0",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd",
}


class ProjectWriter:
    """Writes one project once; afterwards it knows what went and what stayed.

    `counts` are how many things of each kind went.
    """

    def __init__(self, project: Project, reader: Reader) -> None:
        self._project = project
        self._reader = reader
        self._xml = Xml()
        self._notes = NoteWriter(project, self._xml)
        self._cases = CaseWriter(project, self._xml)
        self._sources = SourceWriter(project, reader, self._xml, self._notes)
        self._graphs = list(kept_of(project.kept, "graph"))
        self.counts = counts_of(project)

    def close(self) -> None:
        """Let files beside go."""
        self._notes.close()

    def pieces(self, step: Callable[[], object]) -> Iterator[str]:
        """The XML; `step` is called after each source."""
        project, xml = self._project, self._xml
        stream = Items(project.items(), self.counts)
        about: dict[bytes | None, list[bytes]] = {}
        for memo in stream.first():
            linked = memo.target_kind == "case" or (memo.target_kind == "code" and self._reader.apart)
            if linked and memo.target is not None:
                self._notes.link(memo, self._cases.known_as(memo.target), apart=self._reader.apart)
            else:
                self._notes.take(memo, apart=self._reader.apart)
                about.setdefault(memo.target, []).append(memo.guid)
        attrs = {**_SPACES, "name": project.name, "origin": self._reader.origin}
        yield HEAD
        yield "<Project" + "".join(f' {name}="{xml.value(value)}"' for name, value in attrs.items()) + ">\n"
        users = [xml.element("User", {"guid": id_of(one.guid), "name": one.name}) for one in project.users.values()]
        yield from _within("Users", users)
        if project.codes:
            yield from _within("CodeBook", codes_xml(project.codes, xml, about))
        yield from self._cases.variables()
        yield from self._cases.cases()
        yield from _within("Sources", self._all_sources(stream, about, step))
        yield from self._notes.notes()
        yield from self._notes.links(project)
        known = {code.guid for code in project.codes} | {source.guid for source in project.sources}
        known |= self._notes.guids
        yield from self._cases.sets(known)
        yield from _within("Graphs", [part for guid, one in self._graphs if (part := written(one, guid, xml, ()))])
        yield from _references(about.get(None, ()))
        yield "</Project>\n"

    def _all_sources(
        self, stream: Items, about: dict[bytes | None, list[bytes]], step: Callable[[], object]
    ) -> Iterator[str]:
        for source in self._project.sources:
            refs = _references(about.get(source.guid, ()))
            yield from self._sources.source(source, stream.of(source.guid), refs, self._cases.values(source.guid))
            step()

    @property
    def files(self) -> Mapping[str, str]:
        """Texts of notes that lie in files of their own, once all pieces are written."""
        return self._notes.files

    def left(self) -> list[Left]:
        """What stays behind or changes, once all pieces are written."""
        sources = self._sources
        own = [
            Left("sources that came as more than plain words", sources.formatted, "go as their words, without layout"),
            Left("pictures, PDFs and recordings without their file", sources.media, "go as references"),
            Left("selections of links on words that have changed", sources.strayed, "stay in the study"),
            Left("signs that XML cannot hold, in names and memos", self._xml.forbidden, "are left out"),
        ]
        if self._reader.unique:
            names = Counter(plain_name(code.entry.name) for code in self._project.codes)
            twins = sum(number - 1 for number in names.values())
            own.append(Left("codes with the name of another code", twins, f"go; {self._reader.name} reads one of each"))
        listed = [*self._project.left, *lost_of_codes(self._project.codes), *self._cases.lost(), *own]
        return [one for one in listed if one.number]


def _within(tag: str, inside: Iterable[str]) -> Iterator[str]:
    """An element around others, nothing where there are none."""
    empty = True
    for piece in inside:
        if empty:
            yield f"<{tag}>\n"
            empty = False
        yield piece
    if not empty:
        yield f"</{tag}>\n"


def _references(notes: Iterable[bytes]) -> list[str]:
    return [f'<NoteRef targetGUID="{id_of(note)}"/>\n' for note in notes]

"""Sources as elements: texts with their selections in a stream, pictures and recordings as they were kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from qda.io.refi.guids import guid_of, made
from qda.io.refi.keeping import kept_of
from qda.io.refi.offsets import Raw, Ruler
from qda.io.refi.seeing import HOLDERS, TEXT
from qda.io.refi.writing.kept import written
from qda.io.refi.writing.xml import stamp
from qda.model.nouns import MEMO_KINDS, id_of
from qda.model.project import ProjectCoding, ProjectMemo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qda.io.refi.events import Node
    from qda.io.refi.writing.notes import NoteWriter
    from qda.io.refi.writing.reader import Reader
    from qda.io.refi.writing.xml import Xml
    from qda.model.project import Project, ProjectSource
    from qda.model.transcript import Transcript

Item = ProjectCoding | ProjectMemo
Span = tuple[int, int]
_MARK, _WORDS = "PlainTextSelection", "words"
# What stands in a source, in order.
_PARTS = {
    TEXT: (_WORDS, "Coding"),
    "PictureSource": (_WORDS, "PictureSelection", "Coding"),
    "PDFSource": ("PDFSelection", _WORDS, "Coding"),
    "AudioSource": ("Transcript", "AudioSelection", "Coding"),
    "VideoSource": ("Transcript", "VideoSelection", "Coding"),
}
_QUOTE = 100
_AGO = "1970-01-01T00:00:00Z"


@dataclass
class _Waiting:
    """Selections of a source to which links, cases and pages lead: the hash of their text, and GUIDs by place."""

    text: str
    guids: dict[tuple[int, int], list[bytes]] = field(default_factory=dict)


class SourceWriter:
    """Writes the sources of a project; counts what of them stays behind.

    `media` are those whose files are not in the study, `formatted` those that came as more than plain words, `strayed`
    the selections of links whose text has changed since.
    """

    def __init__(self, project: Project, reader: Reader, xml: Xml, notes: NoteWriter) -> None:
        self._reader = reader
        self._xml = xml
        self._notes = notes
        self._user = next(iter(project.users), None)
        self._kept = dict(kept_of(project.kept, "source"))
        self._waiting = _waiting(project)
        self.media = self.formatted = self.strayed = 0

    def source(
        self, source: ProjectSource, items: Iterable[Item], refs: Sequence[str], values: Iterable[str]
    ) -> Iterator[str]:
        """A source with its selections.

        Args:
            source: The source.
            items: Its codings and the memos on its segments, by place.
            refs: References to the notes about it.
            values: Its values of variables.
        """
        kept = self._kept.get(source.guid)
        transcript, _ = source.load()
        tag = TEXT if kept is None else kept.tag
        self.formatted += tag == TEXT and transcript.format not in ("txt", "md")
        yield self._open(tag, self._attrs(source, kept, transcript))
        marks = () if kept is None else kept.children
        for part in _PARTS[tag]:
            if part != _WORDS:
                yield from (written(one, None, self._xml, ()) for one in marks if one.tag == part)
            elif tag == TEXT:
                yield from self._selections(source, transcript, items)
                yield from (written(one, None, self._xml, ()) for one in marks if one.tag == _MARK)
            else:
                yield from self._holder(HOLDERS[tag], source, transcript, items, marks)
        yield from refs
        yield from values
        yield f"</{tag}>\n"

    def _open(self, tag: str, attrs: Mapping[str, str]) -> str:
        return f"<{tag}" + "".join(f' {name}="{self._xml.value(value)}"' for name, value in attrs.items()) + ">\n"

    def _attrs(self, source: ProjectSource, kept: Node | None, transcript: Transcript) -> dict[str, str]:
        attrs = {"guid": id_of(source.guid), "name": source.name}
        old = {} if kept is None else kept.attrs
        if kept is None or (kept.tag == TEXT and transcript.text):
            attrs["plainTextPath"] = f"internal://{text_file(source.guid)}"
        elif kept.tag == TEXT:
            attrs |= {name: old[name] for name in ("richTextPath", "plainTextPath") if name in old}
        else:
            attrs |= {name: old[name] for name in ("path", "currentPath") if name in old}
            if file := media_file(source.guid, transcript, kept.tag):
                attrs["path"] = f"internal://{file}"
            else:
                self.media += 1
        return attrs | self._made_by(source.user, source.at)

    def _made_by(self, user: bytes | None, at: str) -> dict[str, str]:
        """Who made something and when; some tools cannot do without."""
        by = user or self._user
        return ({"creatingUser": id_of(by)} if by else {}) | {"creationDateTime": stamp(at) or _AGO}

    def _holder(
        self,
        tag: str,
        source: ProjectSource,
        transcript: Transcript,
        items: Iterable[Item],
        marks: Sequence[Node],
    ) -> Iterator[str]:
        """The words of a PDF or picture, with their selections; those of words that were not there go along."""
        missing = [written(one, None, self._xml, ()) for one in marks if one.tag == _MARK]
        if not (transcript.text or missing):
            return
        attrs = {"guid": id_of(made("words", source.guid)), "name": source.name}
        if transcript.text:
            attrs["plainTextPath"] = f"internal://{text_file(source.guid)}"
        yield self._open(tag, attrs | self._made_by(source.user, source.at))
        yield from self._selections(source, transcript, items)
        yield from missing
        yield f"</{tag}>\n"

    def _selections(self, source: ProjectSource, transcript: Transcript, items: Iterable[Item]) -> Iterator[str]:
        text = transcript.text
        ruler = Ruler(Raw(text_in_file(text, self._reader.line_end), bom=False), self._reader.convention)
        waiting = self._waiting.get(source.guid, _Waiting(""))
        places = waiting.guids
        if places and waiting.text != hashlib.sha256(text.encode()).hexdigest():
            self.strayed += sum(map(len, places.values()))
            places = {}
        for span, group in _grouped(items, together=self._reader.grouped):
            free = places.get(span)
            yield self._selection(source, text, ruler, span, group, free.pop(0) if free else None)
        for span in sorted(places):
            for guid in places[span]:
                yield self._selection(source, text, ruler, span, [], guid)

    def _selection(
        self,
        source: ProjectSource,
        text: str,
        ruler: Ruler,
        span: Span,
        group: list[Item],
        guid: bytes | None,
    ) -> str:
        """A selection with the codings and memos that stand on it; `guid` is one by which links know it."""
        own = guid or made("selection", source.guid, *(item.guid for item in group))
        codings: list[list[str]] = []
        about: list[str] = []
        memos: list[ProjectMemo] = []
        for item in group:
            if isinstance(item, ProjectCoding):
                codings.append([_coding(item)])
                continue
            memos.append(item)
            (codings[-1] if item.target_kind == "coding" else about).append(self._notes.take(item))
        coder, at = (group[0].user, group[0].at) if group else (source.user, source.at)
        attrs = {"guid": id_of(own)}
        if self._reader.quoted:
            quote = text[span[0] : span[1]]
            attrs["name"] = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
        attrs |= {"startPosition": str(ruler.theirs(span[0])), "endPosition": str(ruler.theirs(span[1]))}
        attrs |= self._made_by(coder, at)
        inside = [self._comment(codings, memos, coder), *("".join(one) + "</Coding>\n" for one in codings), *about]
        return f"{self._open(_MARK, attrs)}{''.join(inside)}</{_MARK}>\n"

    def _comment(self, codings: list[list[str]], memos: list[ProjectMemo], coder: bytes | None) -> str:
        """The only memo of a selection, where it can be its comment."""
        if not self._reader.comments or len(codings) > 1 or len(memos) != 1:
            return ""
        memo = memos[0]
        plain = memo.kind == MEMO_KINDS[0] and not memo.title and memo.user == coder
        return self._xml.plain("Description", memo.body) if plain and memo.body == memo.body.strip() else ""


def text_file(guid: bytes) -> str:
    """The name of the file with a source's words."""
    return f"{id_of(guid)}.txt"


def text_in_file(text: str, line_end: str) -> str:
    """A text as it stands in its file."""
    return text if line_end == "\n" else text.replace("\n", line_end)


def media_file(guid: bytes, transcript: Transcript, tag: str) -> str:
    """The name of the file with a source's own bytes; empty where the study has none that are not its text."""
    if tag != "PDFSource" or not transcript.original.startswith(b"%PDF"):
        return ""
    return f"{id_of(guid)}.pdf"


def _coding(item: ProjectCoding) -> str:
    at = stamp(item.at)
    moment = f' creationDateTime="{at}"' if at else ""
    return (
        f'<Coding guid="{id_of(item.guid)}" creatingUser="{id_of(item.user)}"{moment}>'
        f'<CodeRef targetGUID="{id_of(item.code)}"/>'
    )


def _grouped(items: Iterable[Item], *, together: bool) -> Iterator[tuple[Span, list[Item]]]:
    """Codings and memos that share a selection: a coder's codings of the same words, or each coding alone."""
    for span, run in groupby(_placed(items), key=itemgetter(0)):
        groups: dict[object, list[Item]] = {}
        last: object = None
        for number, (_, item) in enumerate(run):
            if isinstance(item, ProjectCoding):
                last = item.user if together else number
                groups.setdefault(last, []).append(item)
            elif item.target_kind == "coding":
                groups[last].append(item)
            else:
                groups["memo", number] = [item]
        for group in groups.values():
            yield span, group


def _placed(items: Iterable[Item]) -> Iterator[tuple[Span, Item]]:
    """Each item with its place; a memo on a coding has that of the coding before it."""
    span = (0, 0)
    for item in items:
        if item.start is not None and item.end is not None:
            span = (item.start, item.end)
        yield span, item


def _waiting(project: Project) -> dict[bytes, _Waiting]:
    wanted = _wanted(project)
    found: dict[bytes, _Waiting] = {}
    for guid, node in kept_of(project.kept, "selection"):
        source = guid_of(node.get("source"))
        if source is not None and guid in wanted:
            waiting = found.setdefault(source, _Waiting(node.get("text")))
            waiting.guids.setdefault((int(node.get("start")), int(node.get("end"))), []).append(guid)
    return found


def _wanted(project: Project) -> set[bytes]:
    """The GUIDs to which links, cases, pages and graphs that were kept lead."""
    names = [node.get(end) for _, node in kept_of(project.kept, "link") for end in ("originGUID", "targetGUID")]
    names += [part.get("targetGUID") for _, node in kept_of(project.kept, "case") for part in node.children]
    names += [area.get("guid") for _, node in kept_of(project.kept, "source") for area in node.all("PDFSelection")]
    names += [one.get("representedGUID") for _, node in kept_of(project.kept, "graph") for one in node.children]
    return {guid for name in names if (guid := guid_of(name))}

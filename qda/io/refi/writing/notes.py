"""Memos as notes: written aside while the project streams, for notes come behind the sources that refer to them."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from qda.io.refi.guids import made
from qda.io.refi.keeping import kept_of
from qda.io.refi.writing.kept import written
from qda.io.refi.writing.xml import stamp
from qda.model.nouns import MEMO_KINDS, id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.io.refi.writing.xml import Xml
    from qda.model.project import Project, ProjectMemo

_IN_MEMORY = 1 << 23
_PIECE = 1 << 20


class NoteWriter:
    """Takes memos as they come and gives all notes at the end; with what refers to them from cases by links.

    `files` are the words of notes that lie in files of their own, by the names of these.
    """

    def __init__(self, project: Project, xml: Xml) -> None:
        self._xml = xml
        self._kept = dict(kept_of(project.kept, "note"))
        self._aside = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
        self.guids: set[bytes] = set()
        self.files: dict[str, str] = {}
        self._links: list[str] = []

    def close(self) -> None:
        """Let the file beside go."""
        self._aside.close()

    def take(self, memo: ProjectMemo, *, apart: bool = False) -> str:
        """Write a memo aside as a note, its words in a file `apart` or in it; gives the reference to it."""
        kept = self._kept.get(memo.guid)
        attrs = {
            "guid": id_of(memo.guid),
            "name": memo.title,
            "plainTextPath": f"internal://{id_of(memo.guid)}.txt" if apart else "",
            "creatingUser": id_of(memo.user),
            "creationDateTime": stamp(memo.at),
        }
        inside = [
            self._xml.plain("Description", "" if memo.kind == MEMO_KINDS[0] else f"{memo.kind} memo"),
            "" if apart else self._xml.plain("PlainTextContent", memo.body),
        ]
        if kept is not None:
            inside += [written(one, None, self._xml, ()) for one in kept.children if one.tag == "PlainTextSelection"]
        if apart:
            self.files[f"{id_of(memo.guid)}.txt"] = memo.body
        self._aside.write(self._xml.element("Note", attrs, inside))
        self.guids.add(memo.guid)
        return f'<NoteRef targetGUID="{id_of(memo.guid)}"/>\n'

    def link(self, memo: ProjectMemo, target: bytes, *, apart: bool = False) -> None:
        """Write a memo on a thing that cannot refer to notes, and the link between them."""
        self.take(memo, apart=apart)
        attrs = {
            "guid": id_of(made("link", memo.guid, target)),
            "direction": "OneWay",
            "originGUID": id_of(memo.guid),
            "targetGUID": id_of(target),
        }
        self._links.append(self._xml.element("Link", attrs))

    def notes(self) -> Iterator[str]:
        """All notes, piece by piece."""
        if not self.guids:
            return
        yield "<Notes>\n"
        self._aside.seek(0)
        while piece := self._aside.read(_PIECE):
            yield piece
        yield "</Notes>\n"

    def links(self, project: Project) -> Iterator[str]:
        """The links from notes to cases, and those that were kept."""
        kept = [written(node, guid, self._xml, ()) for guid, node in kept_of(project.kept, "link")]
        if self._links or any(kept):
            yield "<Links>\n"
            yield from self._links
            yield from kept
            yield "</Links>\n"

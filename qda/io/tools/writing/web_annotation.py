"""W3C Web Annotations out: each coding with its place, its words and the words around them, as they stream."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from qda.io.files import write_file
from qda.io.outgoing import Items, Wrote, by_code, counts_of, with_memos
from qda.io.refi.guids import made
from qda.io.refi.writing.xml import stamp
from qda.model.nouns import id_of
from qda.model.paths import join_path
from qda.model.project import Left, ProjectCoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from qda.io.outgoing import Item
    from qda.model.project import Project, ProjectMemo, ProjectSource

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
GENERATOR = "qda"
"""What wrote the file; then the value of a tag is the path of a code."""
_AROUND = 32
_STAYS = "stay in the study"


def write_annotations(project: Project, file: Path, step: Callable[[], object] = int) -> Wrote:
    """Write the codings of a project, and the memos on its texts, as a collection of Web Annotations.

    Args:
        project: The project, as the store gives it.
        file: Where.
        step: Called after each source.

    Raises:
        QdaError: It cannot be written.
    """
    writer = AnnotationWriter(project)
    write_file(file, writer.pieces(step))
    return writer.wrote()


def try_annotations(project: Project) -> Wrote:
    """What `write_annotations` would write; nothing is written."""
    writer = AnnotationWriter(project)
    for _ in writer.pieces(int):
        pass
    return writer.wrote()


class AnnotationWriter:
    """Writes one project once.

    Args:
        project: The project, as the store gives it.
        address: Where the text of a source is found; without it, texts are known by their identity alone.
    """

    def __init__(self, project: Project, address: Callable[[ProjectSource], str] | None = None) -> None:
        self._project = project
        self._address = address
        self._counts = counts_of(project)
        self._codes = {guid: join_path(names) for guid, names in by_code(project).items()}
        self._users = {
            guid: {"id": _urn(guid), "type": "Person", "name": one.name} for guid, one in project.users.items()
        }
        self._used: set[bytes] = set()
        self._stay: dict[str, int] = {}

    def pieces(self, step: Callable[[], object]) -> Iterator[str]:
        """The file, an annotation a line; `step` is called after each source."""
        project = self._project
        items = Items(project.items(), self._counts)
        about: dict[bytes, list[ProjectMemo]] = {}
        for memo in items.first():
            if memo.target_kind == "source" and memo.target is not None:
                about.setdefault(memo.target, []).append(memo)
            else:
                self._stay[memo.target_kind] = self._stay.get(memo.target_kind, 0) + 1
        yield _head(project)
        total = 0
        for source in project.sources:
            target = self._target(source)
            text = source.load()[0].text
            whole = {"source": target}
            notes = (_annotation(memo, self._users, whole, [_note(memo)]) for memo in about.get(source.guid, ()))
            for one in chain(notes, self._of(items.of(source.guid), text, target)):
                yield f"{',' if total else ''}\n{_line(one)}"
                total += 1
            step()
        yield f'\n]}},\n"total": {total}}}\n'

    def wrote(self) -> Wrote:
        """What went and what stayed, once all pieces are written."""
        project = self._project
        silent = [one for one in project.codes if one.guid not in self._used]
        told = [one for one in project.codes if one.entry.definition or one.entry.include or one.entry.exclude]
        texts = [] if self._address else [Left("texts", len(project.sources), "are named, not in the file")]
        values = len(project.values) + sum(len(one.fields) for one in project.sources)
        own = [
            *texts,
            Left("codes without a coding", len(silent), "stay in the study; 'qda codebook export' writes all"),
            Left("definitions of codes", len(told), "stay in the study; 'qda codebook export' writes them"),
            Left("cases", len(project.cases), _STAYS),
            Left("values of attributes, kinds, languages and dates", values, _STAYS),
            *(
                Left(f"memos on {'the study' if noun == 'study' else f'{noun}s'}", number, _STAYS)
                for noun, number in self._stay.items()
            ),
        ]
        counts = self._counts | {"cases": 0, "values of attributes": 0, "codes": len(self._used)}
        counts["memos"] -= sum(self._stay.values())
        return Wrote(counts, [one for one in (*project.left, *own) if one.number])

    def _target(self, source: ProjectSource) -> dict[str, Any]:
        """The text of a source, as annotations name it."""
        known = {"id": _urn(source.guid)}
        if self._address:
            known = {"id": self._address(source), "canonical": _urn(source.guid)}
        language = source.fields.get("language")
        return {**known, "type": "Text", "format": "text/plain", "label": source.name} | (
            {"language": language} if language else {}
        )

    def _of(self, items: Iterable[Item], text: str, source: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The annotations of the codings and memos of one source."""
        for item, memos in with_memos(items):
            target = {"source": source, "selector": _selectors(text, item.start or 0, item.end or 0)}
            if isinstance(item, ProjectCoding):
                self._used.add(item.code)
                path = self._codes[item.code]
                code = {"id": _urn(item.code), "type": "TextualBody", "purpose": "tagging", "value": path}
                yield _annotation(item, self._users, target, [code, *map(_note, memos)])
            else:
                yield _annotation(item, self._users, target, [_note(item)])


def _head(project: Project) -> str:
    collection = {
        "@context": CONTEXT,
        "id": _urn(made("annotations", project.name)),
        "type": "AnnotationCollection",
        "label": project.name,
        "generator": {"type": "Software", "name": GENERATOR},
    }
    page = {"id": _urn(made("annotations", project.name, "1")), "type": "AnnotationPage", "startIndex": 0}
    return f'{_line(collection)[:-1]},\n"first": {_line(page)[:-1]}, "items": ['


def _annotation(
    item: Item, users: dict[bytes, dict[str, str]], target: dict[str, Any], body: list[dict[str, str]]
) -> dict[str, Any]:
    created = stamp(item.at)
    return {
        "id": _urn(item.guid),
        "type": "Annotation",
        "motivation": "tagging" if isinstance(item, ProjectCoding) else "commenting",
        "creator": users[item.user],
        **({"created": created} if created else {}),
        "body": body,
        "target": target,
    }


def _note(memo: ProjectMemo) -> dict[str, str]:
    words = f"{memo.title}\n{memo.body}" if memo.title else memo.body
    return {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": words}


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """The place of a stretch in code points, and its words with those around it."""
    quote = {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - _AROUND) : start]}
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {**quote, "suffix": text[end : end + _AROUND]},
    ]


def _urn(guid: bytes) -> str:
    return f"urn:uuid:{id_of(guid)}"


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)

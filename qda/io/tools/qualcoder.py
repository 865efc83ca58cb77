"""QualCoder: the folder `.qda` with its database, whatever version made it."""

from __future__ import annotations

import contextlib
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.tools.assembly import Assembly, Item, Marked, Noted, Text
from qda.io.tools.places import Places, Quoted, quoted
from qda.model.nouns import many
from qda.store.foreign import Foreign, open_foreign, whole, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

DATABASE = "data.qda"
_SAMPLE = 500
_MEDIA = {"images": "picture", "audio": "audio", "video": "video"}
_NUMERIC = "numeric"
_NO_PLACE = {
    "code_image": "coded areas of pictures or pages, for nothing can be coded on them here",
    "code_av": "coded stretches of recordings, for nothing can be coded on them here",
    "graph": "graphs, for there are none here",
}


def is_qualcoder(tables: Foreign) -> bool:
    """Whether a database is one of QualCoder."""
    return tables.has("code_text", "cid", "fid", "pos0", "pos1") and tables.has("source", "id", "name", "fulltext")


@contextlib.contextmanager
def open_qualcoder(path: Path, asked: Asked) -> Iterator[Project]:
    """A project of QualCoder; its texts and codings are read while it is open.

    Args:
        path: The folder, or the database in it.
        asked: What was said about it.

    Raises:
        BadFileError: The database is missing or damaged.
    """
    file = path / DATABASE if path.is_dir() else path
    with open_foreign(file) as tables:
        if not is_qualcoder(tables):
            raise BadFileError(str(file), "the tables of QualCoder are not in it; the database is empty or damaged")
        yield _Reading(tables, file, asked).project()


class _Reading:
    """One project on its way in."""

    def __init__(self, tables: Foreign, file: Path, asked: Asked) -> None:
        self._tables = tables
        name = file.parent.name if file.name == DATABASE else file.name
        made_on = next((words(row[0]) for row in tables.rows("project", ("date",))), "")
        self._assembly = Assembly("qualcoder", name.removesuffix(".qda"), made_on, asked)

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        for key, name, parent, memo in self._tables.rows(
            "code_cat", ("catid", "name", "supercatid", "memo"), ("catid",)
        ):
            above = None if parent is None else ("category", parent)
            assembly.codes.add(("category", key), words(name), above, definition=words(memo), codable=False)
        columns = ("cid", "name", "catid", "supercid", "memo", "color")
        for key, name, category, code, memo, colour in self._tables.rows("code_name", columns, ("cid",)):
            above = ("category", category) if category is not None else None
            above = above if code is None else ("code", code)
            assembly.codes.add(("code", key), words(name), above, definition=words(memo), colour=words(colour))
        assembly.project.codes = assembly.codes.build()
        self._sources()
        self._cases()
        self._attributes()
        assembly.project.items = self._items
        return assembly.project

    def _sources(self) -> None:
        for key, name, path in self._tables.rows("source", ("id", "name", "mediapath"), ("id",)):
            folder = words(path).replace("\\", "/").strip("/").split(":")[0].split("/")[0].casefold()
            kind = _MEDIA.get(folder, "")
            self._assembly.source(key, words(name), partial(self._load, key), kind=kind)

    def _load(self, key: object) -> Text:
        return Text(self._text(key))

    def _text(self, key: object) -> str:
        return next((words(row[0]) for row in self._tables.rows("source", ("fulltext",), where={"id": key})), "")

    def _cases(self) -> None:
        members: dict[object, list[object]] = {}
        parts = 0
        for case, source, start in self._tables.rows("case_text", ("caseid", "fid", "pos0"), ("id",)):
            members.setdefault(case, []).append(source)
            parts += bool(whole(start))
        for key, name in self._tables.rows("cases", ("caseid", "name"), ("caseid",)):
            self._assembly.case(key, words(name), members.get(key, ()))
        if parts:
            self._assembly.project.said.append(
                f"{many(parts, 'case')} linked to a part of a source: linked to the whole source, as cases are here"
            )

    def _attributes(self) -> None:
        types = {
            words(name): words(kind)
            for name, kind in self._tables.rows("attribute_type", ("name", "valuetype"), ("name",))
        }
        columns = ("name", "attr_type", "value", "id")
        for name, target, value, owner in self._tables.rows("attribute", columns, ("attrid",)):
            if words(target) not in ("case", "file"):
                if words(value).strip():
                    self._assembly.gone(f"values of attributes of a {words(target) or 'thing without a name'}")
                continue
            ours = "case" if words(target) == "case" else "source"
            kind = "number" if types.get(words(name)) == _NUMERIC else "text"
            attribute = self._assembly.attribute(words(name), ours, kind)
            self._assembly.value(attribute, ours, owner, words(value))
        self._assembly.settle_attributes()

    def _items(self) -> Iterator[Item]:
        assembly = self._assembly
        yield from self._memos()
        columns = ("fid", "cid", "owner", "pos0", "pos1", "seltext", "date", "memo", "important")
        rows = self._tables.rows("code_text", columns, ("fid", "pos0", "pos1", "cid", "ctid"))
        for source, group in assembly.by_source(rows, "codings"):
            places = Places(self._text(source), self._sample(source))
            yield from assembly.coded(places, map(self._marked, group))
        yield from self._annotations()
        for table, what in _NO_PLACE.items():
            for _ in self._tables.rows(table, ()):
                assembly.gone(what)
        assembly.close()

    def _sample(self, source: object) -> list[Quoted]:
        rows = self._tables.rows("code_text", ("pos0", "pos1", "seltext"), where={"fid": source})
        return [quoted(start, end, words(kept)) for start, end, kept in islice(rows, _SAMPLE)]

    def _marked(self, row: tuple[object, ...]) -> Marked:
        source, code, owner, start, end, kept, date, memo, important = row
        if whole(important):
            self._assembly.gone("marks of being important, for codings have none here")
        place = quoted(start, end, words(kept))
        return Marked(source, ("code", code), words(owner), place, words(date), words(memo))

    def _annotations(self) -> Iterator[Item]:
        columns = ("fid", "owner", "pos0", "pos1", "memo", "date")
        rows = self._tables.rows("annotation", columns, ("fid", "pos0", "anid"))
        for source, group in self._assembly.by_source(rows, "annotations"):
            places = Places(self._text(source), self._sample(source))
            notes = (
                Noted(words(who), quoted(start, end), words(memo), words(date))
                for _, who, start, end, memo, date in group
                if words(memo).strip()
            )
            yield from self._assembly.noted(source, places, notes)

    def _memos(self) -> Iterator[Item]:
        """The memos on the study, its sources and its cases, and the journals."""
        assembly = self._assembly
        for memo, owner in self._tables.rows("project", ("memo", "codername")):
            yield from assembly.memo("study", None, words(memo), words(owner))
        for kind, table, column in (("source", "source", "id"), ("case", "cases", "caseid")):
            for key, memo, owner, date in self._tables.rows(table, (column, "memo", "owner", "date"), (column,)):
                yield from assembly.memo(kind, key, words(memo), words(owner), at=words(date))
        for name, entry, owner, date in self._tables.rows("journal", ("name", "jentry", "owner", "date"), ("jid",)):
            yield from assembly.memo("study", None, words(entry), words(owner), words(name), words(date))

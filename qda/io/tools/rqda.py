"""RQDA: its database `.rqda`, in which what was deleted is only marked so and stays out."""

from __future__ import annotations

import contextlib
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from qda.io.tools.assembly import Assembly, Item, Marked, Noted, Text
from qda.io.tools.places import Places, quoted
from qda.model.nouns import many
from qda.model.project import SET
from qda.store.foreign import Foreign, open_foreign, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_SAMPLE = 500
_ALIVE = {"status": 1}


def is_rqda(tables: Foreign) -> bool:
    """Whether a database is one of RQDA."""
    return tables.has("coding", "cid", "fid", "selfirst", "selend") and tables.has("freecode", "id", "name")


@contextlib.contextmanager
def open_rqda(path: Path, asked: Asked) -> Iterator[Project]:
    """A project of RQDA.

    Raises:
        BadFileError: The database is damaged.
    """
    with open_foreign(path) as tables:
        yield _Reading(tables, path, asked).project()


class _Reading:
    """One project on its way in."""

    def __init__(self, tables: Foreign, file: Path, asked: Asked) -> None:
        self._tables = tables
        made_on = next((words(row[0]) for row in tables.rows("project", ("date",))), "")
        self._assembly = Assembly("rqda", file.stem, made_on, asked)

    def _rows(self, table: str, columns: Sequence[str], order: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a table that were not deleted."""
        return self._tables.rows(table, columns, order, _ALIVE)

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        for key, name, memo in self._rows("codecat", ("catid", "name", "memo"), ("catid",)):
            assembly.codes.add(("category", key), words(name), definition=words(memo), codable=False)
        above: dict[object, object] = {}
        again = 0
        for code, category in self._rows("treecode", ("cid", "catid")):
            if code is not None and ("category", category) in assembly.codes:
                again += code in above
                above.setdefault(code, ("category", category))
        for key, name, memo, colour in self._rows("freecode", ("id", "name", "memo", "color"), ("id",)):
            parent = above.get(key)
            assembly.codes.add(("code", key), words(name), parent, definition=words(memo), colour=words(colour))
        if again:
            said = f"{many(again, 'code')} in more than one category: below the first, as a code has one place here"
            assembly.project.said.append(said)
        assembly.project.codes = assembly.codes.build()
        for key, name in self._rows("source", ("id", "name"), ("id",)):
            assembly.source(key, words(name), partial(self._load, key))
        self._cases()
        self._attributes()
        assembly.project.items = self._items
        return assembly.project

    def _load(self, key: object) -> Text:
        return Text(self._text(key))

    def _text(self, key: object) -> str:
        return next((words(row[0]) for row in self._tables.rows("source", ("file",), where={"id": key})), "")

    def _cases(self) -> None:
        """Cases with their files, and categories of files as sets."""
        for kind, members, cases, key in (
            ("case", "caselinkage", "cases", "id"),
            (SET, "treefile", "filecat", "catid"),
        ):
            found: dict[object, list[object]] = {}
            for case, source in self._rows(members, ("caseid" if kind == "case" else "catid", "fid")):
                found.setdefault(case, []).append(source)
            for case, name in self._rows(cases, (key, "name"), (key,)):
                self._assembly.case(case if kind == "case" else (SET, case), words(name), found.get(case, ()), kind)

    def _attributes(self) -> None:
        types = {words(name): words(kind) for name, kind in self._rows("attributes", ("name", "class"))}
        for target, table, owner_in in (("case", "caseAttr", "caseID"), ("source", "fileAttr", "fileID")):
            for name, value, owner in self._rows(table, ("variable", "value", owner_in)):
                kind = "number" if types.get(words(name)) == "numeric" else "text"
                attribute = self._assembly.attribute(words(name), target, kind)
                self._assembly.value(attribute, target, owner, words(value))
        self._assembly.settle_attributes()

    def _items(self) -> Iterator[Item]:
        assembly = self._assembly
        yield from self._memos()
        columns = ("fid", "cid", "owner", "selfirst", "selend", "seltext", "date", "memo")
        rows = self._rows("coding", columns, ("fid", "selfirst", "selend", "cid"))
        for source, group in assembly.by_source(rows, "codings"):
            yield from assembly.coded(
                self._places(source),
                (
                    Marked(fid, ("code", code), words(who), quoted(start, end, words(kept)), words(date), words(memo))
                    for fid, code, who, start, end, kept, date, memo in group
                ),
            )
        notes = self._rows("annotation", ("fid", "owner", "position", "annotation", "date"), ("fid", "position"))
        for source, group in assembly.by_source(notes, "annotations"):
            yield from assembly.noted(source, self._places(source), self._notes(group))
        for _ in self._rows("imageCoding", ("cid",)):
            assembly.gone("coded areas of pictures, for nothing can be coded on them here")
        assembly.close()

    def _places(self, source: object) -> Places:
        rows = self._tables.rows("coding", ("selfirst", "selend", "seltext"), where={**_ALIVE, "fid": source})
        sample = [quoted(start, end, words(kept)) for start, end, kept in islice(rows, _SAMPLE)]
        return Places(self._text(source), sample)

    def _notes(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[Noted]:
        """Annotations, which RQDA sets between two characters, on the one behind."""
        for _, who, position, body, date in rows:
            place = quoted(position, position)
            if words(body).strip():
                yield Noted(words(who), place._replace(end=place.start + 1), words(body), words(date))

    def _memos(self) -> Iterator[Item]:
        """The memos on the project, its files and its cases, and the journals."""
        assembly = self._assembly
        for (memo,) in self._tables.rows("project", ("memo",)):
            yield from assembly.memo("study", None, words(memo))
        for kind, table in (("source", "source"), ("case", "cases")):
            for key, memo, owner, date in self._rows(table, ("id", "memo", "owner", "date"), ("id",)):
                yield from assembly.memo(kind, key, words(memo), words(owner), at=words(date))
        for name, entry, owner, date in self._rows("journal", ("name", "journal", "owner", "date")):
            yield from assembly.memo("study", None, words(entry), words(owner), words(name), words(date))

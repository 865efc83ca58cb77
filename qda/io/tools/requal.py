"""requal: its database, in which places are counted from one and the last character of a segment is part of it."""

from __future__ import annotations

import contextlib
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from qda.io.tools.assembly import Assembly, Item, Marked, Text
from qda.io.tools.places import Places, Quoted, quoted
from qda.model.nouns import many
from qda.store.foreign import Foreign, open_foreign, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_SAMPLE = 500


def is_requal(tables: Foreign) -> bool:
    """Whether a database is one of requal."""
    return tables.has("segments", "doc_id", "code_id", "segment_start") and tables.has("documents", "doc_text")


@contextlib.contextmanager
def open_requal(path: Path, asked: Asked) -> Iterator[Project]:
    """All projects of a database of requal.

    Raises:
        BadFileError: The database is damaged.
    """
    with open_foreign(path) as tables:
        yield _Reading(tables, path, asked).project()


class _Reading:
    """One database on its way in."""

    def __init__(self, tables: Foreign, file: Path, asked: Asked) -> None:
        self._tables = tables
        self._projects = list(tables.rows("projects", ("project_name", "created_at", "project_description")))
        name, made_on = (words(part) for part in self._projects[0][:2]) if self._projects else ("", "")
        self._assembly = Assembly("requal", name or file.stem, made_on, asked)
        users = tables.rows("users", ("user_id", "user_name", "user_login"))
        self._users = {key: words(name) or words(login) for key, name, login in users}

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly, rows = self._assembly, self._tables.rows
        columns: tuple[str, ...] = ("category_id", "category_name", "category_description")
        for key, name, description in rows("categories", columns, ("category_id",)):
            assembly.codes.add(("category", key), words(name), definition=words(description), codable=False)
        above: dict[object, object] = {}
        again = 0
        for code, category in rows("categories_codes_map", ("code_id", "category_id")):
            again += code in above
            above.setdefault(code, ("category", category))
        if again:
            said = f"{many(again, 'code')} in more than one category: below the first, as a code has one place here"
            assembly.project.said.append(said)
        columns = ("code_id", "code_name", "code_description", "code_color")
        for key, name, description, colour in rows("codes", columns, ("code_id",)):
            parent = above.get(key)
            assembly.codes.add(("code", key), words(name), parent, definition=words(description), colour=words(colour))
        assembly.project.codes = assembly.codes.build()
        for key, name in rows("documents", ("doc_id", "doc_name"), ("doc_id",)):
            assembly.source(key, words(name), partial(self._load, key))
        members: dict[object, list[object]] = {}
        for case, source in rows("cases_documents_map", ("case_id", "doc_id")):
            members.setdefault(case, []).append(source)
        for key, name in rows("cases", ("case_id", "case_name"), ("case_id",)):
            assembly.case(key, words(name), members.get(key, ()))
        assembly.project.items = self._items
        return assembly.project

    def _load(self, key: object) -> Text:
        return Text(self._text(key))

    def _text(self, key: object) -> str:
        rows = self._tables.rows("documents", ("doc_text",), where={"doc_id": key})
        return next((words(row[0]) for row in rows), "")

    def _items(self) -> Iterator[Item]:
        assembly, rows = self._assembly, self._tables.rows
        yield from self._memos()
        memos: dict[object, list[str]] = {}
        bodies = {key: words(text) for key, text in rows("memos", ("memo_id", "text"))}
        for segment, memo in rows("memos_segments_map", ("segment_id", "memo_id"), ("memo_id",)):
            memos.setdefault(segment, []).append(bodies.get(memo, ""))
        columns = ("doc_id", "code_id", "user_id", "segment_start", "segment_end", "segment_text", "segment_id")
        found = rows("segments", columns, ("doc_id", "segment_start", "segment_end", "segment_id"))
        for source, group in assembly.by_source(found, "segments"):
            places, first = self._counted(source)
            marked = []
            for _, code, user, start, end, kept, key in group:
                memo = "\n\n".join(memos.get(key, ()))
                place = _from(first, start, end, kept)
                marked.append(Marked(source, ("code", code), self._users.get(user, ""), place, memo=memo))
            yield from assembly.coded(places, marked)
        for _ in rows("attributes_users_map", ("user_id",)):
            assembly.gone("values of attributes of coders, which have none here")
        assembly.close()

    def _counted(self, source: object) -> tuple[Places, int]:
        """The places of a text, and whether they are counted from one as requal does, or from zero as others did.

        Segments that requal took over from RQDA have the places of that.
        """
        columns = ("segment_start", "segment_end", "segment_text")
        rows = list(islice(self._tables.rows("segments", columns, where={"doc_id": source}), _SAMPLE))
        text = self._text(source)
        ways = [(Places(text, [_from(first, *row) for row in rows]), first) for first in (1, 0)]
        return max(ways, key=lambda way: way[0].hits)

    def _memos(self) -> Iterator[Item]:
        """The memos on the project, on documents, on codes and on cases."""
        assembly, rows = self._assembly, self._tables.rows
        for *_, description in self._projects:
            yield from assembly.memo("study", None, words(description))
        memos = {
            key: (words(text), self._users.get(user, ""))
            for key, text, user in rows("memos", ("memo_id", "text", "user_id"), ("memo_id",))
        }
        linked = {row[0] for row in rows("memos_segments_map", ("memo_id",))}
        for kind, table, column in (
            ("source", "memos_documents_map", "doc_id"),
            ("code", "memos_codes_map", "code_id"),
        ):
            for memo, key in rows(table, ("memo_id", column), ("memo_id",)):
                linked.add(memo)
                body, user = memos.get(memo, ("", ""))
                yield from assembly.memo(kind, key if kind == "source" else ("code", key), body, user)
        for memo, (body, user) in memos.items():
            if memo not in linked:
                yield from assembly.memo("study", None, body, user)
        yield from self._described()

    def _described(self) -> Iterator[Item]:
        """The descriptions of documents and cases."""
        for key, body in self._tables.rows("documents", ("doc_id", "doc_description"), ("doc_id",)):
            yield from self._assembly.memo("source", key, words(body))
        for key, body in self._tables.rows("cases", ("case_id", "case_description"), ("case_id",)):
            yield from self._assembly.memo("case", key, words(body))


def _from(first: int, start: object, end: object, kept: object) -> Quoted:
    """A segment whose places are counted from `first`; from one, its end is the last character itself."""
    place = quoted(start, end, words(kept))
    return place._replace(start=place.start - first)

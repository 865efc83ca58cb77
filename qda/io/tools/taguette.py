"""Taguette: its database, in which places are bytes of the text without tags."""

from __future__ import annotations

import contextlib
import json
from functools import partial
from typing import TYPE_CHECKING

from qda.io.refi.items import BARE
from qda.io.refi.offsets import BYTES, Convention
from qda.io.tools.assembly import Assembly, Item, Marked, Noted, Text
from qda.io.tools.markup import words_of
from qda.io.tools.places import Places, quoted
from qda.store.foreign import Foreign, open_foreign, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_ALONE = "admin"
_COUNTED = (Convention(BYTES, 1, 0),)


def is_taguette(tables: Foreign) -> bool:
    """Whether a database is one of Taguette."""
    return tables.has("highlights", "document_id", "start_offset", "end_offset") and tables.has("tags", "id", "path")


@contextlib.contextmanager
def open_taguette(path: Path, asked: Asked) -> Iterator[Project]:
    """A project of Taguette, or all of a database that holds several, each below a code of its name.

    Raises:
        BadFileError: The database is damaged.
    """
    with open_foreign(path) as tables:
        yield _Reading(tables, path, asked).project()


class _Reading:
    """One database on its way in."""

    def __init__(self, tables: Foreign, file: Path, asked: Asked) -> None:
        self._tables = tables
        self._projects = list(tables.rows("projects", ("id", "name", "created", "description"), ("id",)))
        name, made_on = (words(part) for part in self._projects[0][1:3]) if self._projects else ("", "")
        self._assembly = Assembly("taguette", name or file.stem, made_on, asked)

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        several = len(self._projects) > 1
        for key, name, *_ in self._projects if several else ():
            assembly.codes.add(("project", key), words(name), codable=False)
        columns = ("id", "path", "description", "project_id", "parent_id")
        for key, name, description, project, parent in self._tables.rows("tags", columns, ("id",)):
            above = ("project", project) if several else None
            above = above if parent is None else ("tag", parent)
            assembly.codes.add(("tag", key), words(name), above, definition=words(description))
        assembly.project.codes = assembly.codes.build()
        for key, name in self._tables.rows("documents", ("id", "name"), ("id",)):
            assembly.source(key, words(name), partial(self._text, key))
        assembly.project.items = self._items
        return assembly.project

    def _text(self, key: object) -> Text:
        """The words of a document; what it stands for is its HTML."""
        html = next((words(row[0]) for row in self._tables.rows("documents", ("contents",), where={"id": key})), "")
        return Text(words_of(html), html.encode())

    def _items(self) -> Iterator[Item]:
        assembly = self._assembly
        for *_, description in self._projects:
            yield from assembly.memo("study", None, words(description))
        for key, description in self._tables.rows("documents", ("id", "description"), ("id",)):
            yield from assembly.memo("source", key, words(description))
        who, tags = self._who(), dict[object, list[object]]()
        columns: tuple[str, ...] = ("highlight_id", "tag_id")
        for highlight, tag in self._tables.rows("highlight_tags", columns, columns):
            tags.setdefault(highlight, []).append(tag)
        columns = ("document_id", "id", "start_offset", "end_offset", "snippet")
        rows = self._tables.rows("highlights", columns, ("document_id", "start_offset", "end_offset", "id"))
        for source, group in assembly.by_source(rows, "highlights"):
            places = Places(self._text(source).text, counted=_COUNTED)
            for _, key, start, end, snippet in group:
                place = quoted(start, end, words_of(words(snippet)))
                if key in tags:
                    user, at = who.get(key, ("", ""))
                    marked = [Marked(source, ("tag", tag), user, place, at) for tag in tags[key]]
                    yield from assembly.coded(places, marked)
                else:
                    yield from assembly.noted(source, places, [Noted("", place, BARE)])
        assembly.close()

    def _who(self) -> dict[object, tuple[str, str]]:
        """Who first marked each highlight and when, as the log says; somebody who works alone has no name there."""
        found: dict[object, tuple[str, str]] = {}
        for login, date, payload in self._tables.rows("commands", ("user_login", "date", "payload"), ("id",)):
            try:
                said = json.loads(words(payload))
                if said["type"] == "highlight_add":
                    user = "" if words(login) == _ALONE else words(login)
                    found.setdefault(said["highlight_id"], (user, words(date)))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
        return found

"""Taguette out: a project that Taguette imports, whose places are bytes of the text between the tags."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from qda.io.files import write_whole
from qda.io.outgoing import Items, Names, Wrote, by_code, counts_of, in_one, moment_of
from qda.io.refi.codes import description
from qda.io.refi.offsets import BYTES, Convention, Raw, Ruler
from qda.io.refi.writing.codes import lost_of_codes
from qda.io.tools.writing.taguette_tables import STATEMENTS, VERSION
from qda.model.paths import join_path
from qda.model.project import CODABLE, COLOUR, Left, ProjectCoding
from qda.store.foreign_writing import Nowhere, new_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from qda.io.outgoing import Item
    from qda.model.project import Project, ProjectMemo, ProjectSource
    from qda.store.foreign_writing import Sink

Row = tuple[object, ...]
_COUNTED = Convention(BYTES, 1, 0)
_LONGEST_NAME, _LONGEST_PATH, _LONGEST_LOGIN, _LONGEST_WORDS = 50, 200, 20, 102_400
_AGO = "1970-01-01 00:00:00"
_PROJECT, _ADMIN = 1, "admin"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f]")
_NO_LOGIN = re.compile(r"[^a-z0-9._-]+")
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
_MARKS = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


class _Highlight(NamedTuple):
    """A stretch that one coder marked, in bytes, with the numbers of its tags and when the first was set."""

    start: int
    end: int
    snippet: str
    user: str
    tags: list[int]
    at: str


def write_taguette(project: Project, file: Path, step: Callable[[], object] = int) -> Wrote:
    """Write a project as a database of Taguette, whole or not at all.

    Args:
        project: The project, as the store gives it.
        file: Where; nothing may be there.
        step: Called after each source.

    Raises:
        QdaError: It cannot be written.
    """
    writer = _Writer(project)

    def fill(draft: Path) -> None:
        with new_database(draft, STATEMENTS) as tables:
            writer.write(tables, step)

    write_whole(file, fill)
    return writer.wrote()


def try_taguette(project: Project) -> Wrote:
    """What `write_taguette` would write; nothing is written."""
    writer = _Writer(project)
    writer.write(Nowhere(), int)
    return writer.wrote()


class _Writer:
    """Writes one project once. A highlight is what one coder coded at one place; its tags are the codes."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._documents, self._paths = Names(_LONGEST_NAME), Names(_LONGEST_PATH)
        self._logins = _logins(project)
        self._tags = {one.guid: number for number, one in enumerate(project.codes, 1)}
        self._about: dict[bytes | None, list[ProjectMemo]] = {}
        self._forbidden = self._described = self._cut = self._highlights = self._joined = 0
        self._counts = counts_of(project)
        self._stay = {"segment": 0, "coding": 0, "code": 0, "case": 0}

    def wrote(self) -> Wrote:
        """What went and what stayed, once all is written."""
        project, stay = self._project, "stay in the study"
        kept = sum(self._stay.values())
        counts = self._counts | {"memos": self._counts["memos"] - kept, "cases": 0, "values of attributes": 0}
        counts["highlights"] = self._highlights
        values = len(project.values) + sum(map(len, (one.fields for one in project.sources)))
        renamed = sum(one.name != self._logins[one.guid] for one in project.users.values())
        own = [
            Left("coders", len(project.users), "go into the log of the database; Taguette shows no coders"),
            Left("names of coders", renamed, "go as logins, in small Latin letters"),
            Left("cases", len(project.cases), stay),
            Left("values of attributes, kinds, languages and dates", values, stay),
            *(Left(f"memos on {noun}s", number, stay) for noun, number in self._stay.items()),
            Left("memos on the study and on sources", self._described, "go as descriptions, without who wrote them"),
            Left("descriptions longer than Taguette allows", self._cut, "are cut short"),
            Left("codings of one coder on the same words", self._joined, "share a highlight, with the earliest date"),
            Left("codes below codes", sum(one.parent is not None for one in project.codes), "go as tags as 'a/b'"),
            Left("codes with a colour", sum(COLOUR in one.entry.extra for one in project.codes), "go without it"),
            Left("headings", sum(CODABLE in one.entry.extra for one in project.codes), "go as tags like any other"),
            Left("names longer than Taguette allows", self._documents.changed + self._paths.changed, "are cut short"),
            Left("control characters in texts", self._forbidden, "go as spaces"),
        ]
        listed = [*project.left, *lost_of_codes(project.codes), *own]
        return Wrote(counts, [one for one in listed if one.number])

    def write(self, tables: Sink, step: Callable[[], object]) -> None:
        """Write all tables."""
        project = self._project
        items = Items(project.items(), self._counts)
        for memo in items.first():
            if memo.target_kind in ("study", "source"):
                self._about.setdefault(memo.target, []).append(memo)
            else:
                self._stay[memo.target_kind] += 1
        made = max((moment_of(one.at) for one in project.sources), default="") or _AGO
        tables.add("alembic_version", "version_num", [(VERSION,)])
        logins = dict.fromkeys((_ADMIN, *self._logins.values()))
        tables.add("users", "login, created, disabled", [(one, made, one != _ADMIN) for one in logins])
        row = (_PROJECT, Names(_LONGEST_NAME).give(project.name or "study"), self._description(None), made)
        tables.add("projects", "id, name, description, created", [row])
        columns = "project_id, user_login, privileges"
        tables.add("project_members", columns, [(_PROJECT, _ADMIN, "ADMIN")])
        columns = "id, project_id, path, description"
        paths = by_code(project)
        tables.add(
            "tags",
            columns,
            (
                (self._tags[one.guid], _PROJECT, self._path(paths[one.guid]), self._fitting(description(one.entry)))
                for one in project.codes
            ),
        )
        for number, source in enumerate(project.sources, 1):
            self._source(tables, number, source, items)
            step()

    def _path(self, names: tuple[str, ...]) -> str:
        return self._paths.give(join_path(names))

    def _source(self, tables: Sink, number: int, source: ProjectSource, items: Items) -> None:
        transcript, _ = source.load()
        text, forbidden = _FORBIDDEN.subn(" ", transcript.text)
        self._forbidden += forbidden
        right = source.fields.get("language", "").split("-")[0] in _RIGHT_TO_LEFT
        columns = "id, name, description, filename, created, project_id, text_direction, contents"
        name = self._documents.give(source.name)
        row = (number, name, self._description(source.guid), f"{name}.txt", moment_of(source.at) or _AGO)
        direction = "RIGHT_TO_LEFT" if right else "LEFT_TO_RIGHT"
        tables.add("documents", columns, [(*row, _PROJECT, direction, html_of(text))])
        tagged: list[Row] = []
        logged: list[Row] = []
        columns = "id, document_id, start_offset, end_offset, snippet"
        tables.add("highlights", columns, self._rows(number, text, items.of(source.guid), tagged, logged))
        tables.add("highlight_tags", "highlight_id, tag_id", tagged)
        tables.add("commands", "date, user_login, project_id, document_id, payload", logged)

    def _rows(
        self, number: int, text: str, items: Iterable[Item], tagged: list[Row], logged: list[Row]
    ) -> Iterator[Row]:
        """The highlights of a document; their tags and who made them are noted on the way."""
        for one in self._marked(text, items):
            self._highlights += 1
            key = self._highlights
            tagged += [(key, tag) for tag in one.tags]
            said = {"type": "highlight_add", "highlight_id": key, "tags": one.tags}
            said |= {"start_offset": one.start, "end_offset": one.end}
            logged.append((one.at or _AGO, one.user, _PROJECT, number, json.dumps(said, sort_keys=True)))
            yield key, number, one.start, one.end, one.snippet

    def _marked(self, text: str, items: Iterable[Item]) -> Iterator[_Highlight]:
        """Codings by place and coder; they come in the order of places."""
        ruler = Ruler(Raw(text, bom=False), _COUNTED)
        here: dict[bytes, _Highlight] = {}
        span = (-1, -1)
        for item in items:
            if not isinstance(item, ProjectCoding):
                self._stay[item.target_kind] += 1
                continue
            if (item.start, item.end) != span:
                yield from here.values()
                here, span = {}, (item.start, item.end)
            at, tag = moment_of(item.at), self._tags[item.code]
            if known := here.get(item.user):
                self._joined += 1
                here[item.user] = known._replace(tags=[*known.tags, tag], at=min(known.at, at))
            else:
                snippet = html_of(text[item.start : item.end])
                place = (ruler.theirs(item.start), ruler.theirs(item.end), snippet)
                here[item.user] = _Highlight(*place, self._logins[item.user], [tag], at)
        yield from here.values()

    def _description(self, target: bytes | None) -> str:
        memos = self._about.get(target, [])
        self._described += len(memos)
        return self._fitting(in_one(memos))

    def _fitting(self, words: str) -> str:
        self._cut += len(words) > _LONGEST_WORDS
        return words[:_LONGEST_WORDS]


def html_of(text: str) -> str:
    """A text as HTML: a paragraph for each line, and nothing between the tags but the text itself."""
    return "\n".join(f"<p>{line}</p>" for line in text.translate(_MARKS).split("\n"))


def _logins(project: Project) -> dict[bytes, str]:
    """A login for each coder: what Latin letters its name has, in small."""
    found: dict[bytes, str] = {}
    taken = {_ADMIN}
    for guid, one in project.users.items():
        plain = unicodedata.normalize("NFKD", one.name).encode("ascii", "ignore").decode().lower()
        wanted = (_NO_LOGIN.sub("-", plain).strip("-") or "coder")[:_LONGEST_LOGIN]
        login, number = wanted, 2
        while login in taken:
            login, number = f"{wanted[: _LONGEST_LOGIN - len(str(number)) - 1]}-{number}", number + 1
        taken.add(login)
        found[guid] = login
    return found

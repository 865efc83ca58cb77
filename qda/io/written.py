"""Reports as they were written to a file: the commands that made them, and their tables, from every form."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import BadFileError
from qda.io.files import read_data, read_text
from qda.model.markup import plain
from qda.reports.differing import Tabled

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSIGNED = (
    "no command that made it stands in it; a report has one in HTML, Word documents, workbooks, Markdown and"
    " JSON, and a CSV file beside it in FILE-metadata.json. 'qda check' proves the quotes of excerpts"
)
_MADE = re.compile("^Made anew by (?:`([^`\n]+)`|(.+));$", re.MULTILINE)


BESIDE = "-metadata.json"
ARCHIVE = b"PK\x03\x04"
"""How Word documents and workbooks begin."""


class Written(NamedTuple):
    """A file with reports: its form, the command of each, whether ids of codings are in it, and its tables."""

    form: str
    commands: tuple[str, ...]
    evidence: bool
    tables: tuple[Tabled, ...]


def read_written(file: str) -> Written:
    """What a written report says.

    Raises:
        BadFileError: It cannot be read, or no command that made it is in it.
    """
    data = read_data(file)
    if data.startswith(ARCHIVE):
        return _book(data, file)
    text = read_text(file)
    if file.endswith(BESIDE):
        raise BadFileError(file, f"it says how {Path(file).name.removesuffix(BESIDE)} was made; name that file")
    form = _form(file, text)
    commands = _commands(form, file, text)
    if not commands:
        raise BadFileError(file, UNSIGNED)
    tables = tables_of(form, text)
    evidence = any(one.title == EVIDENCE or EVIDENCE in one.columns[-1:] for one in tables)
    return Written(form, commands, evidence, tables)


def _book(data: bytes, file: str) -> Written:
    """What a Word document or a workbook says."""
    from qda.io.archives import member_names
    from qda.io.documents.word import is_word
    from qda.io.written_books import document_commands, workbook_commands

    form = "docx" if is_word(member_names(data)) else "xlsx"
    commands = document_commands(data, file) if form == "docx" else workbook_commands(data, file)
    if not commands:
        raise BadFileError(file, UNSIGNED)
    return Written(form, commands, evidence=False, tables=book_tables(form, data, file))


EVIDENCE = "evidence"


def book_tables(form: str, data: bytes, file: str = "") -> tuple[Tabled, ...]:
    """The tables of a Word document or a workbook with reports, each with what stands over it.

    Raises:
        BadFileError: It cannot be read.
    """
    from qda.io.written_books import document_tables, workbook_tables

    return document_tables(data, file) if form == "docx" else workbook_tables(data, file)


def tables_of(form: str, text: str) -> tuple[Tabled, ...]:
    """The tables of a report in a form, each with what stands over it."""
    if form == "json":
        return tuple(_of_json(json.loads(text)))
    if form == "csv":
        rows = [tuple(row) for row in csv.reader(text.splitlines(keepends=True))]
        return (Tabled("", rows[0], tuple(rows[1:])),) if rows else ()
    return tuple(_of_page(text) if form == "html" else _of_markdown(text))


def _form(file: str, text: str) -> str:
    if text.lstrip()[:15].lower() == "<!doctype html>":
        return "html"
    return "json" if text.lstrip()[:1] == "{" else "csv" if file.endswith(".csv") else "md"


def _commands(form: str, file: str, text: str) -> tuple[str, ...]:
    if form == "md":
        return tuple(found[1] or plain(found[2]) for found in _MADE.finditer(text))
    if form == "html":
        page = _Page(text)
        found = json.loads(page.made_from) if page.made_from else []
    elif form == "csv":
        beside = Path(f"{file}{BESIDE}")
        found = [_object(str(beside), read_text(beside))] if beside.exists() else []
    else:
        found = [_object(file, text)]
    made = [one.get("manifest", {}) for one in found]
    return tuple(str(one["command"]) for one in made if "command" in one)


def _object(file: str, text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise BadFileError(file, f"it is no JSON ({error})") from None
    if not file.endswith(BESIDE) and not {"title", "columns", "rows"} <= set(found):
        raise BadFileError(file, "it is JSON, but no report")
    return found


def _of_json(found: dict[str, Any]) -> list[Tabled]:
    rows = tuple(tuple(_said(cell) for cell in row.values()) for row in found["rows"])
    tables = [Tabled(str(found["title"]), tuple(found["columns"]), rows)]
    if found.get("evidence"):
        ids = tuple((name, " ".join(listed)) for name, listed in found["evidence"].items())
        tables.append(Tabled(EVIDENCE, ("cell", "codings"), ids))
    return tables


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _of_markdown(text: str) -> list[Tabled]:
    """The tables below each heading; what a bar is escaped by is taken off."""
    tables: list[Tabled] = []
    title, lines, ids = "", list[str](), list[tuple[str, ...]]()
    for line in [*text.split("\n"), ""]:
        if line[:2] == "| ":
            lines.append(line)
            continue
        if lines:
            head, _, *rows = [_cells(one) for one in lines]
            tables.append(Tabled(title, head, tuple(rows)))
            lines = []
        if re.match("#{1,2} ", line):
            title = plain(line.lstrip("# "))
        elif title == "Evidence" and line[:2] == "- ":
            name, _, listed = line[2:].rpartition(": ")
            ids.append((plain(name), listed))
    return [*tables, Tabled(EVIDENCE, ("cell", "codings"), tuple(ids))] if ids else tables


def _cells(line: str) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in re.split(r"(?<!\\) \| ", line.removeprefix("| ").removesuffix(" |")))


def _of_page(text: str) -> Sequence[Tabled]:
    return _Page(text).tables


class _Page(HTMLParser):
    """The tables of a page with what stands over them, and what it was made from."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[Tabled] = []
        self.made_from = ""
        self._title = ""
        self._into: list[str] | None = None
        self._rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what is kept."""
        given = dict(attrs)
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td") and self._rows:
            self._into = []
            if given.get("data-said"):
                self._rows[-1].append(given["data-said"] or "")
                self._into = None
        elif tag in ("h1", "h2", "h3") or given.get("id") == "made-from":
            self._into = []

    def handle_data(self, data: str) -> None:
        """Words of what is kept."""
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End what is kept."""
        said = "".join(self._into or ()).strip()
        if tag == "table" and self._rows:
            head, *rows = self._rows
            self.tables.append(Tabled(self._title, tuple(head), tuple(map(tuple, rows))))
            self._rows = []
        elif tag in ("th", "td") and self._into is not None and self._rows:
            self._rows[-1].append(said)
            self._into = None
        elif tag in ("h1", "h2", "h3"):
            self._title, self._into = said, None
        elif tag == "script" and self._into is not None:
            self.made_from, self._into = said, None

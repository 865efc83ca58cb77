"""Lists of quotations of ATLAS.ti, MAXQDA and Dedoose, as CSV or XLSX, whose words are found again in the sources."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError, QdaError, UsageError
from qda.io.tools.assembly import Assembly, Item, Marked
from qda.io.tools.beside import read_text_file
from qda.io.tools.finding import Finder, nearest
from qda.io.tools.known_texts import KnownTexts
from qda.io.tools.places import Places, Quoted
from qda.io.tools.quotation_columns import Columns, columns_of
from qda.io.tools.spreadsheet import count_sheets, is_spreadsheet, sheet_rows
from qda.model.nouns import many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qda.io.tools.asked import Asked
    from qda.model.project import Project

_ENDINGS = (".csv", ".tsv")
_TITLES = 12  # so many rows may stand above the header
_SEPARATOR = re.compile(r"[;\n]")
_STEP = re.compile(r"\s>\s|\\")
_YES = ("true", "1", "yes", "x", "wahr", "vrai")
_RANGE = re.compile(r"characters (\d{1,9})\b")
_PARAGRAPH = re.compile(r"\D{0,3}(\d{1,9})\b")
_SHOWN, _LONGEST = 5, 40


class _Row(NamedTuple):
    """A quotation with a code: a path of names."""

    document: str
    text: str
    code: tuple[str, ...]
    coder: str
    comment: str
    at: str
    start: str


def is_quotations(path: Path) -> bool:
    """Whether a file is a table whose header is that of a list of quotations of one of these tools."""
    if not (is_spreadsheet(path) or (path.suffix.casefold() in _ENDINGS and path.is_file())):
        return False
    try:
        return any(
            columns_of(cells, {}) for name, rows in _tables(path) for _, cells in islice(rows, _TITLES if name else 1)
        )
    except QdaError:
        return False


def is_table(path: Path) -> bool:
    """Whether a file may be a list of quotations once its columns are told."""
    return is_spreadsheet(path) or (path.suffix.casefold() in _ENDINGS and path.is_file())


@contextlib.contextmanager
def open_quotations(path: Path, asked: Asked) -> Iterator[Project]:
    """The quotations of a table, as codings of sources that are in the study.

    Raises:
        BadFileError: The table is damaged, or lacks a column.
        UsageError: A column that was told is not there.
    """
    yield _Reading(path, asked).project()


class _Reading:
    """One table on its way in."""

    def __init__(self, path: Path, asked: Asked) -> None:
        self._assembly = Assembly("quotations", path.stem, "", asked)
        self._known = KnownTexts(asked)
        self._rows = list(_quotations(path, asked, self._assembly.project.said))
        self._places: list[tuple[_Row, bytes, Quoted]] = []
        self._texts: dict[bytes, str] = {}

    def project(self) -> Project:
        """The project as plain values; its items are read as they are asked for."""
        assembly = self._assembly
        for row in self._rows:
            for depth in range(1, len(row.code) + 1):
                above = row.code[: depth - 1] or None
                assembly.codes.add(row.code[:depth], row.code[depth - 1], above)
        assembly.project.codes = assembly.codes.build()
        self._find()
        assembly.project.items = self._items
        return assembly.project

    def _find(self) -> None:
        """Find every quotation; one that stands several times is taken in order, row by row."""
        finders: dict[bytes, Finder] = {}
        turn: Counter[tuple[object, ...]] = Counter()
        lost: list[str] = []
        unclear: list[str] = []
        missing: Counter[str] = Counter()
        for row in self._rows:
            known = self._known.find(row.document)
            if known is None:
                missing[row.document] += 1
                continue
            if known.uid not in finders:
                self._texts[known.uid] = self._known.add(self._assembly, known)
                finders[known.uid] = Finder(self._texts[known.uid])
            finder = finders[known.uid]
            places = finder.places(row.text)
            said = f"'{known.name}': {_short(row.text)}"
            if not places:
                lost.append(said)
                continue
            near = _near(row.start, finder.text)
            place = nearest(places, near) if near is not None else places[0]
            if len(places) > 1 and near is None:
                same = (known.uid, row.text, row.code, row.coder)
                place = places[min(turn[same], len(places) - 1)]
                turn[same] += 1
                unclear.append(said)
            self._places.append((row, known.uid, Quoted(*place)))
        self._say(missing, lost, unclear)

    def _say(self, missing: Counter[str], lost: list[str], unclear: list[str]) -> None:
        said = self._assembly.project.said
        if missing:
            names = ", ".join(f"'{name}' ({count})" for name, count in list(missing.items())[:_SHOWN])
            more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
            rows = many(missing.total(), "quotation")
            said.append(
                f"{rows} of documents that are no source of the study: left out; import these first: {names}{more}"
            )
        if lost:
            shown = "; ".join(lost[:_SHOWN])
            said.append(f"{many(len(lost), 'quotation')} whose words are not in the source: left out: {shown}")
        if unclear:
            shown = "; ".join(dict.fromkeys(unclear[:_SHOWN]))
            said.append(
                f"{many(len(unclear), 'quotation')} whose words stand several times: the first place of each is taken,"
                f" the next for the same row again; look at them: {shown}"
            )

    def _items(self) -> Iterator[Item]:
        for source, text in self._texts.items():
            places = Places(text)
            marked = [
                Marked(source, row.code, row.coder, place, row.at, row.comment)
                for row, uid, place in self._places
                if uid == source
            ]
            yield from self._assembly.coded(places, marked)
        self._assembly.close()


def _tables(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """The tables of a file, each with what it is called: its only one, or each sheet of a workbook."""
    if is_spreadsheet(path):
        for number in range(count_sheets(path)):
            yield f"sheet {number + 1}", sheet_rows(path, number)
    else:
        yield "", _rows(path)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with the lines in which they begin, the header among them."""
    from qda.io.tables import read_table

    table = read_table(read_text_file(path).text, str(path), repeated=True)
    yield table.line, list(table.header)
    for row in table.rows:
        yield row.line, row.cells


def _quotations(path: Path, asked: Asked, said: list[str]) -> Iterator[_Row]:
    """The quotations of all tables of a file, one for each code; a sheet that is no list of them is said."""
    widest: list[str] = []
    listed, others = 0, []
    for name, rows in _tables(path):
        columns: Columns | None = None
        for _, cells in islice(rows, _TITLES if name else 1):
            widest = max(widest, [cell for cell in cells if cell], key=len)
            with contextlib.suppress(UsageError):
                columns = columns_of(cells, asked.columns)
            if columns:
                break
        if columns is None:
            others.append(name)
            continue
        listed += 1
        yield from _of_table(columns, rows)
    if not listed:
        columns_of(widest, asked.columns)  # says which column that was told is not there
        raise BadFileError(
            str(path),
            "it is no list of quotations: which column is what must be told with --column document=NAME, text=NAME and"
            f" code=NAME; it has {', '.join(widest[:12])}",
        )
    if others:
        said.append(f"{', '.join(others)}: no list of quotations, left out")


def _of_table(columns: Columns, rows: Iterator[tuple[int, list[str]]]) -> Iterator[_Row]:
    for _, cells in rows:
        given = {role: cells[place].strip() if place < len(cells) else "" for role, place in columns.places.items()}
        if not given["document"] and not given["text"]:
            continue
        words = {role: given.get(role, "") for role in ("coder", "comment", "at", "start")}
        if columns.characters:
            words["start"] = f"characters {words['start']}"
        for code in _codes(columns, given, cells):
            yield _Row(given["document"], given["text"], code, **words)


def _codes(columns: Columns, given: dict[str, str], cells: list[str]) -> list[tuple[str, ...]]:
    """The codes of a row: its columns of codes, else the codes of one cell."""
    if columns.applied:
        applied = [name for place, name in columns.applied.items() if _is_yes(cells[place : place + 1])]
        return [(name,) for name in applied]
    if columns.paths:
        path = tuple(part.strip() for part in _STEP.split(given["code"]) if part.strip())
        return [path] if path else []
    return [(name.strip(),) for name in dict.fromkeys(_SEPARATOR.split(given["code"])) if name.strip()]


def _is_yes(cells: list[str]) -> bool:
    return bool(cells) and cells[0].strip().casefold() in _YES


def _near(start: str, text: str) -> int | None:
    """About where a quotation begins, where its row says that: a range of characters, else a paragraph's number."""
    if found := _RANGE.match(start):
        return int(found[1])
    if found := _PARAGRAPH.match(start):
        lines = text.split("\n")[: max(int(found[1]) - 1, 0)]
        return sum(len(line) + 1 for line in lines)
    return None


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return repr(plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…")

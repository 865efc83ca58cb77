"""What a workbook or a Word document with reports says: the commands that made them, and their tables."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.archives import Archive
from qda.io.documents.word import DAMAGE, body_of
from qda.io.documents.wordml import name_of, text_of
from qda.io.documents.xml import parse_xml
from qda.reports.differing import Tabled

if TYPE_CHECKING:
    from collections.abc import Iterator

    Rows = list[tuple[str, ...]]

MADE_FROM = "{urn:qda:made-from}made-from"
_MADE = "Made anew by: "
_BESIDE = (" evidence", " columns", " data")


def document_commands(data: bytes, file: str) -> tuple[str, ...]:
    """The commands of the reports in a Word document, also after somebody saved it again.

    Raises:
        BadFileError: It cannot be read.
    """
    with Archive(data, file, DAMAGE) as archive:
        said = _made_from(archive, file)
    try:
        return tuple(str(one["manifest"]["command"]) for one in json.loads(said))
    except (ValueError, KeyError, TypeError):
        raise BadFileError(file, "what it says of the commands that made it is damaged; make it anew") from None


def document_tables(data: bytes, file: str) -> tuple[Tabled, ...]:
    """The tables of a Word document, each with the heading that it stands under; of a parted one, each part.

    Raises:
        BadFileError: It cannot be read.
    """
    with Archive(data, file, DAMAGE) as archive:
        body = body_of(archive, file)
    return tuple(_under_headings(body))


def _made_from(archive: Archive, file: str) -> str:
    for name in sorted(archive.members()):
        if name.startswith("customXml/item") and name.endswith(".xml"):
            root = parse_xml(archive.read(name), file, DAMAGE)
            if root.tag == MADE_FROM:
                return str(root.text)
    return "[]"


def _under_headings(body: Any) -> Iterator[Tabled]:
    title = ""
    for block in body:
        kind = name_of(block)
        if kind == "p" and any(style.startswith("Heading") for style in _styles(block)):
            title = text_of([block])
        elif kind == "tbl":
            rows = [tuple(map(text_of, _inside(row, "tc"))) for row in _inside(block, "tr")]
            yield Tabled(title, rows[0] if rows else (), tuple(rows[1:]))


def _styles(paragraph: Any) -> Iterator[str]:
    for settings in _inside(paragraph, "pPr"):
        for style in _inside(settings, "pStyle"):
            yield from style.attrib.values()


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    return (child for child in parent if name_of(child) == wanted)


def workbook_commands(data: bytes, file: str) -> tuple[str, ...]:
    """The commands of the reports in a workbook.

    Raises:
        BadFileError: It cannot be read.
    """
    first = [row[0] for _, rows in _sheets(data, file) for row in rows if row]
    return tuple(cell.removeprefix(_MADE) for cell in first if cell.startswith(_MADE))


def workbook_tables(data: bytes, file: str) -> tuple[Tabled, ...]:
    """The tables of a workbook: of each report the one for reading, those of its parts, and the figures in full.

    Raises:
        BadFileError: It cannot be read.
    """
    return tuple(table for name, rows in _sheets(data, file) for table in _of_sheet(name, rows))


def _sheets(data: bytes, file: str) -> Iterator[tuple[str, Rows]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            if not name.endswith(_BESIDE[:2]):
                yield name, [tuple(map(_said, row)) for row in book.get_sheet_by_name(name).to_python()]
    except CalamineError:
        raise BadFileError(file, "this workbook is damaged or protected; save it as .xlsx again") from None


def _of_sheet(name: str, rows: Rows) -> Iterator[Tabled]:
    if name.endswith(_BESIDE[2]):
        yield _tabled(name, rows)
        return
    unit = next((at for at, row in enumerate(rows) if row and row[0].startswith("Unit: ")), None)
    if unit is not None:
        end = next((at for at in range(unit + 2, len(rows)) if not any(rows[at])), len(rows))
        yield _tabled(rows[0][0], rows[unit + 2 : end])
        yield from _below(rows[end:])


def _below(rows: Rows) -> Iterator[Tabled]:
    """The tables of the parts below: a heading and sentences, a cell each, then the names of columns and the rows."""
    for empty, block in groupby(rows, key=lambda row: not any(row)):
        part = [] if empty else list(block)
        head = next((at for at, row in enumerate(part) if any(row[1:])), None)
        if head is not None:
            yield _tabled(part[0][0], part[head:])


def _tabled(title: str, rows: Rows) -> Tabled:
    """Rows as a table; a sheet is as wide as its widest row, so cells under no name are left out."""
    head = tuple(name for name in rows[0] if name)
    return Tabled(title, head, tuple(row[: len(head)] for row in rows[1:]))


def _said(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)

"""The rows of the sheets of an XLSX file, as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.archives import Archive
from qda.io.refi.events import END, Node, stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z", re.IGNORECASE)
_WORDS = "xl/sharedstrings.xml"
_BOOK = "xl/workbook.xml"
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_WIDEST = 16_384


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is a workbook."""
    try:
        if path.suffix.casefold() not in (".xlsx", ".xlsm") or not path.is_file():
            return False
        with Archive(path) as archive:
            return _BOOK in {name.casefold() for name in archive.members()}
    except (BadFileError, OSError):
        return False


def count_sheets(path: Path) -> int:
    """How many sheets a workbook has.

    Raises:
        BadFileError: It is no workbook, or damaged, or has none.
    """
    with Archive(path) as archive:
        return len(_sheets(archive, path))


def _sheets(archive: Archive, path: Path) -> list[str]:
    sheets = sorted((name for name in archive.members() if _SHEET.match(name)), key=lambda name: (len(name), name))
    if not sheets:
        raise BadFileError(str(path), "there is no sheet in it")
    return sheets


def sheet_rows(path: Path, sheet: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet with their numbers; cells that are empty are empty text.

    Args:
        path: The file.
        sheet: The number of the sheet, counted from 0.

    Raises:
        BadFileError: It is no workbook, or damaged.
    """
    with Archive(path) as archive:
        members = {name.casefold(): name for name in archive.members()}
        sheets = _sheets(archive, path)
        shared: list[str] = []
        if _WORDS in members:
            chunks = archive.chunks(members[_WORDS])
            for event, node, _ in stream(chunks, str(path), frozenset({"si"})):
                if event == END and node.tag == "si":
                    shared.append(_words(node))
        number = 0
        for event, node, _ in stream(archive.chunks(sheets[sheet]), str(path), frozenset({"row"})):
            if event == END and node.tag == "row":
                number = int(node.get("r")) if node.get("r").isdecimal() else number + 1
                yield number, _cells(node, shared)


def _cells(row: Node, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for node in row.all("c"):
        found = _CELL.match(node.get("r"))
        place = _column(found[1]) if found else len(cells)
        if place >= _WIDEST:
            continue
        cells += [""] * (place + 1 - len(cells))
        value = node.words("v")
        if node.get("t") == "s":
            value = shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
        elif node.get("t") == "inlineStr":
            value = "".join(_words(one) for one in node.all("is"))
        elif node.get("t") == "b":
            value = "true" if value == "1" else "false"
        cells[place] = value
    return cells


def _words(node: Node) -> str:
    """The text of a string: its own or that of its runs, without how it is read aloud."""
    parts = [one.text for one in node.all("t")] + [one.words("t") for one in node.all("r")]
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))
    return text.encode("utf-8", "replace").decode()  # half a character can be written so


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1

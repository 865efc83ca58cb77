"""Tidy tables as one workbook: a sheet for each, words always as words, and one sheet for what columns mean."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from qda.render.study_tables.dictionary import HEADS, dictionary_rows
from qda.render.xlsx.evidence import LAST_ROW
from qda.render.xlsx.sheets import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qda.reports.study_tables import StudyTable, Taken
    from qda.reports.study_tables.parts import Row

_WIDTHS = {"integer": 10, "number": 10, "boolean": 8, "text": 24}


class Workbook(NamedTuple):
    """A workbook: its bytes, how many rows it has, and how many cells were cut, for Excel holds no more words."""

    data: bytes
    rows: int
    cut: int


def tables_workbook(
    tables: Sequence[StudyTable], taken: Taken, step: Callable[[], object] = int, longest: int = LAST_ROW
) -> Workbook:
    """Tables as a workbook (Office Open XML); equal tables give equal bytes.

    Args:
        tables: Which.
        taken: What they take their rows from.
        step: Called after each table.
        longest: After how many rows a table goes on in another sheet.
    """
    book = Book()
    count = cut = 0
    for table in tables:
        for name, rows in _sheets(table, table.rows(taken), longest):
            sheet = book.sheet(name, [_WIDTHS[column.type] for column in table.columns])
            sheet.heads([column.name for column in table.columns], freeze=True)
            for row in rows:
                count += 1
                cut += sheet.plain(row)
            sheet.filter(len(table.columns))
        step()
    sheet = book.sheet("dictionary", (16, 18, 10, 20, 90, 18))
    sheet.heads(HEADS, freeze=True)
    for row in dictionary_rows(tables):
        sheet.plain(row)
    return Workbook(book.close(), count, cut)


def _sheets(table: StudyTable, rows: Iterator[Row], longest: int) -> Iterator[tuple[str, Iterator[Row]]]:
    """The sheets of a table: one, and more where it has more rows than a sheet can."""
    number = 1
    first = next(rows, None)
    while first is not None or number == 1:
        some = iter(() if first is None else (first, *islice(rows, longest - 1)))
        yield table.name if number == 1 else f"{table.name} {number}", some
        first, number = next(rows, None), number + 1

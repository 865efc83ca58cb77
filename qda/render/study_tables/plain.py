"""Tidy tables as CSV: every word as it stands, booleans as true and false, nothing as an empty cell."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qda.reports.study_tables import StudyTable, Taken
    from qda.reports.study_tables.parts import Row

_MANY = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_pieces(table: StudyTable, taken: Taken, seen: Callable[[Row], object] = bool) -> Iterator[str]:
    """A table as CSV, in pieces; `seen` is called with each row."""
    return csv_rows([column.name for column in table.columns], _noted(table.rows(taken), seen))


def csv_rows(header: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """Rows under a header as CSV with LF line ends, in pieces."""
    rows = iter(rows)
    some: list[Row] = [tuple(header)]
    while some:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [str(cell).lower() if isinstance(cell, bool) else cell for cell in row] for row in some
        )
        yield out.getvalue()
        some = list(islice(rows, _MANY))


def is_formula(row: Row) -> bool:
    """Whether a spreadsheet could take words of a row for a formula when it opens CSV."""
    return any(isinstance(cell, str) and cell.startswith(_FORMULA) for cell in row)


def _noted(rows: Iterable[Row], seen: Callable[[Row], object]) -> Iterator[Row]:
    for row in rows:
        seen(row)
        yield row

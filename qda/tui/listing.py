"""Rows of a table as they were read from the study: narrowed by words, sorted by a column, and made into a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qda.tui.fuzzy import folded
from qda.tui.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from qda.tui.sheet import Cell, Column

Sort = tuple[int, bool]
"""A column, and whether its rows stand from the end."""


class Row(NamedTuple):
    """A row: the key of what it is about, its name, and its cells (or what they are made of)."""

    key: int
    name: str
    cells: Sequence[Cell]


class Listing:
    """All rows of a table, and those that are shown of them."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        cells: bool = False,
        cell: Callable[[Row, int], Cell] | None = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.shown: Sequence[Row] = rows
        self._by_cell = cells
        self._cell = cell or (lambda row, column: row.cells[column])
        self._sort: Sort | None = None
        self._words: list[str] | None = None

    def arrange(self, wanted: str, sort: Sort | None) -> None:
        """Show the rows that have all wanted words in them, sorted."""
        rows = self.rows
        if words := folded(wanted).split():
            if self._words is None:
                self._words = [folded(" ".join(map(_text, row.cells))) for row in self.rows]
            pairs = zip(rows, self._words, strict=True)
            rows = [row for row, text in pairs if all(word in text for word in words)]
        self._sort = sort if sort is not None and sort[0] < len(self.columns) else None
        if self._sort is not None:
            column, from_end = self._sort
            keyed = [(_order(_text(self._cell(row, column))), row) for row in rows]
            filled = sorted((one for one in keyed if one[0]), key=lambda one: one[0], reverse=from_end)
            rows = [row for _, row in filled] + [row for order, row in keyed if not order]
        self.shown = rows

    def sheet(self, ticked: Collection[int] = ()) -> Sheet:
        """What a grid shows of them."""
        marks = {at for at, row in enumerate(self.shown) if row.key in ticked} if ticked else set()
        shown, cell = self.shown, self._cell
        return Sheet(
            self.columns,
            len(shown),
            lambda row, column: cell(shown[row], column),
            self._by_cell,
            marks,
            self._sort,
        )

    def place(self, key: int | None, otherwise: int = 0) -> int:
        """Where the row about something stands."""
        return next((at for at, row in enumerate(self.shown) if row.key == key), otherwise)


def next_sort(sort: Sort | None, column: int) -> Sort | None:
    """By a column; once more from its end; once more as it was."""
    if sort is None or sort[0] != column:
        return column, False
    return None if sort[1] else (column, True)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _order(text: str) -> tuple[Any, ...]:
    """Where a cell stands: numbers before words, nothing for an empty one, which stands behind all others."""
    text = text.strip()
    if not text:
        return ()
    try:
        return 0, float(text.replace(",", "."))
    except ValueError:
        return 1, folded(text)

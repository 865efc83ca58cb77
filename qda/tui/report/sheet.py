"""What a table or a chart shows: boxes under columns, in an order, each of which knows what stands behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qda.model.markup import visible
from qda.render.cells import is_number, shown
from qda.reports.behind import names_behind, pair_of, reading_table
from qda.tui.report.cutting import tail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.reports.report import Cell, Report
    from qda.tui.report.kinds import Kind
    from qda.tui.theme import Bar

LONG, NARROW = 10_000, 12
MEASURED = 300  # rows by which the widths of columns are found
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Box(NamedTuple):
    """What is painted in one place: its words, on which side, a bar before it, a sign at its left edge.

    `colour` is that of the sign, or of the words where there is none; `ground` that of the place.
    """

    text: str
    right: bool = False
    bar: Bar | None = None
    sign: str = ""
    colour: str = ""
    ground: str = ""
    path: bool = False


class Sheet:
    """A report as a table."""

    def __init__(self, report: Report, kind: Kind, colours: Mapping[str, Bar]) -> None:
        table = reading_table(report)
        self.report = report
        self.kind = kind
        self.colours = colours
        self.columns: tuple[str, ...] = table.columns
        self.rows = table.rows
        self.frozen = 2 if self.columns[:1] == ("",) else 1
        self.order = list(range(len(self.rows)))
        self.numeric = [any(is_number(row[at]) for row in self.rows[:MEASURED]) for at in range(len(self.columns))]

    def heading(self, column: int) -> str:
        """What stands above a column."""
        return self.columns[column].replace("_", " ")

    def box(self, row: int, column: int) -> Box:
        """What stands in a place."""
        name, cell = self.columns[column], self.rows[row][column]
        text = visible(" ".join(shown(name, cell).split()))
        if name in ("code", "other"):
            return Box(text, bar=self.colours.get(text), path=True)
        return Box(text, right=self.numeric[column])

    def value(self, row: int, column: int) -> Cell:
        """By what a place is sorted."""
        return self.rows[row][column]

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """The cell of the table for reading to which a place belongs."""
        return row, column

    def label(self, row: int) -> str:
        """By what a row is known again."""
        cells = self.rows[row]
        if "id" in self.columns:
            return str(cells[self.columns.index("id")])
        names = cells[self.frozen - 1 : self.frozen + (self.columns[1:2] == ("other",))]
        return " | ".join(str(cell) for cell in names)

    def said(self, row: int, column: int, width: int = 0) -> str:
        """A place in words; where a width is given, names are cut so that what stands there is seen."""
        table = reading_table(self.report)
        at_row, at_column = self.cell(row, column)
        text = " ".join(shown(table.columns[at_column], table.rows[at_row][at_column]).split())
        if "id" in table.columns:
            return f"{table.columns[at_column]}: {text}"
        if self.report.name == "cooccurrence" and "other" not in table.columns:
            text = text if at_column > 1 else "passages of the code"
            room = (width - len(text) - 5) // 2 if width else LONG
            one, other = (tail(name, room) for name in pair_of(self.report, at_row, at_column))
            return f"{one} × {other}: {text}"
        if not column:
            return self.label(row)
        said = f" · {table.columns[at_column].replace('_', ' ')}: {text}"
        more = self.kind.more(self.report, at_row, at_column)
        said += f" · {more}" if more else ""
        return tail(self.label(row), max(width - len(said), NARROW) if width else LONG) + said

    def names(self, row: int, column: int) -> list[str]:
        """The names of the evidence behind a place."""
        return names_behind(self.report, *self.cell(row, column))

    def codes(self, row: int, column: int) -> tuple[str, ...]:
        """The codes that a place is about."""
        return self.kind.codes(self.report, *self.cell(row, column))

    def goes_down(self, column: int) -> bool:
        """Whether a column is sorted from high to low first: figures are, words are not."""
        return any(_number(self.value(row, column)) is not None for row in self.order[:MEASURED])

    def sort(self, column: int | None, *, down: bool) -> None:
        """Put the rows in order of a column (None: as the report has them); what is no number stays behind."""
        self.order = list(range(len(self.rows)))
        if column is None:
            return
        numbers: list[tuple[float, int]] = []
        words: list[tuple[str, int]] = []
        for row in self.order:
            number = _number(self.value(row, column))
            if number is None:
                words.append((str(self.value(row, column) or "").casefold(), row))
            else:
                numbers.append((number, row))
        numbers.sort(key=lambda one: -one[0] if down else one[0])
        words.sort(key=lambda one: one[0], reverse=down and not numbers)
        self.order = [row for _, row in numbers] + [row for _, row in words]


def _number(cell: Cell) -> float | None:
    """The number in a cell, or the one that its words begin with."""
    if isinstance(cell, int | float):
        return float(cell)
    found = _NUMBER.match(cell) if cell else None
    return float(found[0]) if found else None

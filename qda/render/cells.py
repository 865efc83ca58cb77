"""How a cell is written for reading: shares as percentages, nothing as n/a, numbers with few digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.report import two_decimals

if TYPE_CHECKING:
    from qda.reports.report import Cell


def shown(column: str, cell: Cell) -> str:
    """A cell as people read it; `column` tells what kind of number it is."""
    if cell is None:
        return "n/a"
    if isinstance(cell, float):
        if column.startswith("share"):
            return f"{cell * 100:.1f} %"
        if column == "percent":
            return "> 99.9 %" if 0.9995 <= cell < 1 else f"{cell * 100:.1f} %"
        return f"{cell:.3f}" if column == "jaccard" else two_decimals(cell)
    return str(cell)


def is_number(cell: Cell) -> bool:
    """Whether a cell stands on the right of its column."""
    return isinstance(cell, int | float)

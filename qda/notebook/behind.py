"""Which codings stand behind a cell of a report's DataFrame, or behind a row of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.render.as_csv import ids_of_row
from qda.reports.behind import BELOW, reading_table
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from qda.reports.report import Cell, Evidence, Report

_SUBCODES = "_with_subcodes"
# Reports in which one list stands behind all figures of a row.
_MEASURED = {"frequency": "passages", "codebook": "passages", "coverage": "coded_characters"}


def ids_behind(report: Report, cell: tuple[str | int, ...]) -> list[str]:
    """The ids of the codings behind a row (its number), a cell, or with no names behind all cells; each once.

    Raises:
        QdaError: The report has no such cell.
    """
    evidence = report.evidence()
    if not cell:
        return list(dict.fromkeys(one for ids in evidence.codings.values() for one in ids))
    if isinstance(cell[0], int):
        row = _row(report, cell[0])
        return ids_of_row(report, evidence, row) if len(cell) == 1 else _of_cell(evidence, _names(report, row, cell[1]))
    words = tuple(map(str, cell))
    if cell_name(*words) in evidence.codings:
        return list(evidence.codings[cell_name(*words)])
    for row in (*report.table.rows, *reading_table(report).rows):
        if len(words) > 1 and [*map(_said, row[: len(words) - 1])] == [*words[:-1]] and _has(report, words[-1]):
            return _of_cell(evidence, _names(report, row[: len(words) - 1], words[-1]))
    example = f"; one that it has is {next(iter(evidence.codings))}" if evidence.codings else ""
    raise QdaError(f"the report has no cell {cell_name(*words)}: say what stands in its row, and its column{example}")


def _row(report: Report, number: int) -> tuple[Cell, ...]:
    if not 0 <= number < len(report.table.rows):
        raise QdaError(f"the report has no row {number}: its rows are 0-{len(report.table.rows) - 1}")
    return report.table.rows[number]


def _has(report: Report, column: str) -> bool:
    return column in report.table.columns or column in reading_table(report).columns


def _names(report: Report, row: tuple[Cell, ...], column: str | int) -> list[str]:
    """The names under which a cell may have its evidence; those that there are not do no harm."""
    words = [_said(one) for one in row]
    below = str(column).endswith(_SUBCODES)
    if report.name in _MEASURED:
        return [cell_name(words[0], _MEASURED[report.name] + (_SUBCODES if below else ""))]
    found = []
    for size in range(1, min(len(words), 6) + 1):
        found += [cell_name(*words[:size], str(column)), cell_name(*words[:size])]
        found += [cell_name(*words[:size], BELOW)] if below else []
    return found


def _of_cell(evidence: Evidence, names: list[str]) -> list[str]:
    return list(dict.fromkeys(one for name in names for one in evidence.codings.get(name, ())))


def _said(cell: Cell) -> str:
    return "" if cell is None else str(cell)

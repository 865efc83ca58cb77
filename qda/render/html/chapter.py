"""A report as a chapter of a page: as the page shows it, and what each of its cells opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qda.render.books import MOST_ROWS
from qda.reports.behind import coded_evidence, excerpts_by_code, names_behind, reading_table
from qda.reports.report import Evidence, Table

if TYPE_CHECKING:
    from qda.render.html.data import Store
    from qda.reports.report import Part, Report

PATHS = ("code", "other")


class Chapter(NamedTuple):
    """A report; its parts; how many rows it has, of which a page shows some; and by row and column what cells open."""

    report: Report
    parts: tuple[Part, ...]
    rows: int
    left_out: int
    cells: dict[tuple[int, int], int]


def chapter_of(report: Report, store: Store) -> Chapter:
    """A report as a chapter; what its cells open is kept in the store, and its evidence goes."""
    shown, rows = excerpts_by_code(report) if report.name == "excerpts" else report, len(report.table.rows)
    table = reading_table(shown)
    left_out = max(0, len(table.rows) - MOST_ROWS)
    kept = store.of_report(coded_evidence(shown))
    first = names_at(shown) + 1
    cells: dict[tuple[int, int], int] = {}
    for place, row in enumerate(table.rows[:MOST_ROWS]):
        for at in range(first, len(row)):
            if row[at] is not None and table.columns[at] not in PATHS:
                number = kept.cell(names_behind(shown, place, at))
                if number is not None:
                    cells[place, at] = number
    if left_out and shown.view is None:
        shown = replace(shown, table=Table(table.columns, table.rows[:MOST_ROWS]))
    parts = report.parts()
    shown = replace(shown, evidence=_nothing, parts=tuple)  # what they are worked out from takes room
    return Chapter(shown, parts, rows, left_out, cells)


def _nothing() -> Evidence:
    return Evidence({})


def is_matrix(report: Report) -> bool:
    """Whether columns are the codes of the rows, as numbers in the table for reading."""
    return report.name == "cooccurrence" and report.view is not None


def names_at(report: Report) -> int:
    """The column that names the rows: not the numbers of a matrix, for in a page columns have names."""
    return 1 if is_matrix(report) else 0

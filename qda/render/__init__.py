"""Reports and listings as text: a table for the terminal, Markdown, CSV or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.render.books import BOOKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.report import Cell, Report

FORMATS = ("table", "md", "csv", "json")
REPORT_FORMATS = (*FORMATS, *BOOKS, "svg")
"""The forms of a report; those of `qda.render.books` also need the study."""


def render_report(report: Report, form: str, *, evidence: bool = False, parts: bool = False) -> str:
    """A report in a form; with evidence, the ids of the codings behind each cell.

    What is for reading comes first and after the table; JSON has it where `parts` says so.

    Raises:
        UsageError: There is no such form.
    """
    found = report.evidence() if evidence else None
    if form == "json":
        from qda.render.as_json import report_json

        return report_json(report, found, parts=parts)
    if form == "csv":
        from qda.render.as_csv import report_csv

        return report_csv(report, found)
    if form == "md":
        from qda.render.as_markdown import report_markdown

        return report_markdown(report, found)
    if form == "table":
        from qda.render.as_table import report_table

        return report_table(report, found)
    if form == "svg":
        from qda.render.as_svg import report_svg

        return report_svg(report)
    raise UsageError(f"--format is one of {', '.join(REPORT_FORMATS)}, not '{form}'")


def render_listing(columns: Sequence[str], rows: Sequence[Sequence[Cell | list[str]]], form: str) -> str:
    """A plain list in a form; JSON gives a list of objects.

    Raises:
        UsageError: There is no such form.
    """
    if form == "json":
        from qda.render.as_json import listing_json

        return listing_json(columns, rows)
    plain = [[_plain(cell) for cell in row] for row in rows]
    if form == "csv":
        from qda.render.as_csv import table_csv

        return table_csv(columns, plain)
    if form == "md":
        from qda.render.as_markdown import table_markdown

        return table_markdown(columns, plain)
    if form == "table":
        from qda.render.as_table import table_text

        return table_text(columns, plain)
    raise UsageError(f"--format is one of {', '.join(FORMATS)}, not '{form}'")


def _plain(cell: Cell | list[str]) -> Cell:
    """A list as its words, a truth value as JSON writes it."""
    if isinstance(cell, list):
        return ", ".join(cell)
    return str(cell).lower() if isinstance(cell, bool) else cell

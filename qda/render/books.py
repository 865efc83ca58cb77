"""Forms that hold several reports: a page for a browser and a workbook, with what stands behind, and a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.reports.report import Report
    from qda.store import Study

BOOKS = ("html", "xlsx", "docx")
BINARY = ("xlsx", "docx")
"""The forms that no terminal can show."""
MOST_ROWS = 500
"""Rows of a table in a page or a document: more are no reading, and browsers and Word are slow with them."""


def book(study: Study, reports: Iterable[Report], form: str) -> str | bytes:
    """Reports, which may be made one by one, as one file of a form of `BOOKS`; the current coder's view holds."""
    if form == "xlsx":
        from qda.render.xlsx import report_workbook

        return report_workbook(study, list(reports))
    if form == "docx":
        from qda.render.docx import report_document

        return report_document(study, reports)
    from qda.render.html import report_page

    return report_page(study, reports)

"""Forms that hold several reports with the words behind their figures: a page for a browser, and a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.reports.report import Report
    from qda.store import Study

BOOKS = ("html", "xlsx")
BINARY = ("xlsx",)
"""The forms that no terminal can show."""


def book(study: Study, reports: Iterable[Report], form: str) -> str | bytes:
    """Reports, which may be made one by one, as one file of a form of `BOOKS`; the current coder's view holds."""
    if form == "xlsx":
        from qda.render.xlsx import report_workbook

        return report_workbook(study, list(reports))
    from qda.render.html import report_page

    return report_page(study, reports)

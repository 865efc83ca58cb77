"""Reports as one page for a browser that needs nothing else: tables, charts, and the excerpts behind each figure."""

from qda.render.html.page import report_page, report_tables

__all__ = ["report_page", "report_tables"]

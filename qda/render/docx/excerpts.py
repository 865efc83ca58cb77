"""Excerpts in a document: under each code its words, each with the place at which they are found again."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from qda.render.docx.quotations import add_beside, add_quote
from qda.render.docx.words import said
from qda.render.quotations import place_said
from qda.reports.beside import COLUMNS as BESIDE

if TYPE_CHECKING:
    from qda.render.docx.package import Document
    from qda.render.docx.quotations import Languages
    from qda.reports.report import Report

PLACE = ("source", "turn", "start", "end")
_FIXED = 11
"""The columns before those of attributes."""


def add_excerpts(document: Document, report: Report, languages: Languages) -> None:
    """Write the rows of the report of excerpts, in their order."""
    columns = report.table.columns
    last = len(columns) - (len(BESIDE) if columns[-len(BESIDE) :] == BESIDE else 0)
    for code, rows in groupby(report.table.rows, itemgetter(0)):
        document.heading(str(code), 2)
        for row in rows:
            known = dict(zip(columns, row, strict=True))
            facts = [f"— {place_said(*(known[name] for name in PLACE))}"]
            facts += [f"{name}: {known[name]}" for name in ("speaker", "coder") if known[name]]
            facts += [
                f"{name}: {cell}" for name, cell in zip(columns[_FIXED:last], row[_FIXED:last], strict=True) if cell
            ]
            add_quote(document, str(known["text"]), languages.get(str(known["source"]), ""), facts)
            add_beside(document, report.beside.get(row, ()), languages)
            if known["memo"]:
                document.add(said(f"Memo: {known['memo']}", "QuotePlace"))

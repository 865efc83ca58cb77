"""A workbook of reports: for each a sheet for reading, its figures in full, its evidence, and what columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.render.cells import shown
from qda.render.quotations import quotations_text
from qda.render.xlsx.evidence import COLUMNS, LAST_ROW, Blocks, coded_words
from qda.render.xlsx.sheets import Book
from qda.reports.behind import coded_evidence, reading_table
from qda.reports.dictionary import meaning
from qda.reports.quotes import quotes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.render.xlsx.sheets import Sheet
    from qda.reports.report import Report, Table
    from qda.store import Study

_MOST_LINKS = 65_530
"""Of links Excel has no more on a sheet."""
_MOST_EVIDENCE = 200_000
"""A workbook with more rows of evidence is slow to open and to send: each cell has its first codings then."""
_FIRST = (LAST_ROW, 1000, 100, 10)
_WIDEST, _NARROWEST = 60, 8
_EVIDENCE_WIDTHS = (30, 24, 9, 9, 28, 14, 14, 80, 38)


def report_workbook(study: Study, reports: Sequence[Report]) -> bytes:
    """Reports as a workbook (Office Open XML); equal reports give equal bytes.

    On the sheet for reading, a figure with codings behind it leads to them.

    Args:
        study: The study that the reports were made from, as it was then; the current coder's view holds.
        reports: One report, or all that make a book.
    """
    evidences = [coded_evidence(report) for report in reports]
    known = coded_words(quotes_of(study, {one for found in evidences for ids in found.codings.values() for one in ids}))
    most = _most([len(ids) for found in evidences for ids in found.codings.values()])
    names = _names(reports)
    book = Book()
    if len(reports) > 1:
        _contents(book, names, reports)
    for name, report, evidence in zip(names, reports, evidences, strict=True):
        blocks = Blocks(report, evidence, known, most)
        _reading(book, name, report, blocks)
        if report.view is not None:
            _figures(book, f"{name} data", report.table)
        _evidence(book, f"{name} evidence", blocks)
        _meanings(book, f"{name} columns", report)
    return book.close()


def _most(numbers: Sequence[int]) -> int:
    """How many codings of each cell have a row, so that all of them together are not too many."""
    return next((most for most in _FIRST if sum(min(one, most) for one in numbers) <= _MOST_EVIDENCE), _FIRST[-1])


def _names(reports: Sequence[Report]) -> list[str]:
    """A name for the sheets of each report; the second of a kind has a number."""
    seen: dict[str, int] = {}
    names = []
    for report in reports:
        seen[report.name] = seen.get(report.name, 0) + 1
        names.append(report.name if seen[report.name] == 1 else f"{report.name} {seen[report.name]}")
    return names


def _contents(book: Book, names: Sequence[str], reports: Sequence[Report]) -> None:
    sheet = book.sheet("contents", (_WIDEST * 2,))
    sheet.say(("Reports of the study",), book.bold)
    for name, report in zip(names, reports, strict=True):
        sheet.cells(("report",), (report.title,), (f"'{name}'!A1",))


def _reading(book: Book, name: str, report: Report, blocks: Blocks) -> None:
    table = reading_table(report)
    sheet = book.sheet(name, _widths(table))
    sheet.say((report.title,), book.bold)
    sheet.say((*report.lead, f"Unit: {report.unit}", ""))
    sheet.heads(table.columns)
    links = 0
    for row, cells in enumerate(table.rows):
        opened = []
        for column in range(len(cells)):
            first = blocks.first_row(row, column) if links < _MOST_LINKS else None
            links += first is not None
            opened.append("" if first is None else f"'{name} evidence'!A{first + 1}")
        sheet.cells(table.columns, cells, opened)
    sheet.say(("" if table.rows else "Nothing is selected.", *report.notes))
    if blocks.left_out:
        sheet.say((f"{many(blocks.left_out, 'row')} of evidence left out for length; CSV and JSON have all.",))
    _parts(book, sheet, report)
    made = report.manifest
    version = f"State {made['state']}, codebook version {made['codebook_version']}, {made['tool']}."
    sheet.say(("", f"Made anew by: {made['command']}", version))


def _parts(book: Book, sheet: Sheet, report: Report) -> None:
    for part in report.parts():
        sheet.say(("",))
        sheet.say((part.heading,), book.bold)
        sheet.say(part.sentences)
        sheet.say(quotations_text(part.quotes))
        if part.table.rows:
            sheet.heads(part.table.columns)
            for cells in part.table.rows:
                sheet.cells(part.table.columns, cells)


def _figures(book: Book, name: str, table: Table) -> None:
    """The figures as CSV and JSON have them."""
    sheet = book.sheet(name, _widths(table))
    sheet.heads(table.columns, freeze=True)
    for cells in table.rows:
        sheet.cells(table.columns, cells)
    sheet.filter(len(table.columns))


def _evidence(book: Book, name: str, blocks: Blocks) -> None:
    sheet = book.sheet(name, _EVIDENCE_WIDTHS)
    sheet.heads(COLUMNS, freeze=True)
    for cells in blocks.rows():
        sheet.cells(COLUMNS, cells)
    sheet.filter(len(COLUMNS))


def _meanings(book: Book, name: str, report: Report) -> None:
    sheet = book.sheet(name, (28, _WIDEST * 2))
    sheet.heads(("column", "what it means"), freeze=True)
    for column in report.table.columns:
        sheet.cells(("column", "what it means"), (column, meaning(report, column)))


def _widths(table: Table) -> list[int]:
    """How wide columns are to be: their words, within bounds."""
    found = []
    for at, column in enumerate(table.columns):
        longest = max((len(shown(column, row[at])) for row in table.rows), default=0)
        found.append(min(max(longest + 2, len(column) + 2, _NARROWEST), _WIDEST))
    return found

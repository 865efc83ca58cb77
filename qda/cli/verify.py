"""`qda verify FILE`: whether a written report still holds for today's study, and which cells changed."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.nouns import many

if TYPE_CHECKING:
    from qda.cli.command import Command
    from qda.io.written import Written
    from qda.reports.differing import Tabled
    from qda.reports.report import Report

MOST = 40


def run(command: Command, words: list[str]) -> int:
    """Make the reports of a file anew and compare them cell by cell; returns 1 where something differs."""
    from qda.io.written import read_written
    from qda.reports.differing import cells_in, differences

    parser = command.parser(
        epilog="Makes the reports of the file again by the command that stands in it, from the study as it is now, and"
        " lists the cells that differ: what was, and what is. Exit code 1 then. Figures are compared, and with"
        " --evidence the codings behind them; the words of quotes are for 'qda check'."
    )
    forms = "HTML, Word document, workbook, Markdown or JSON, or as CSV with its FILE-metadata.json"
    parser.add_argument("file", help=f"a report as {forms}")
    file = str(parser.parse_args(words).file)
    written = read_written(file)
    with command.study.database.reading():
        now = _today(command, written)
    found = list(differences(written.tables, now))
    for one in found[:MOST]:
        command.write(f"{one.said()}\n")
    if len(found) > MOST:
        command.write(f"... and {len(found) - MOST} more\n")
    reports = many(len(written.commands), "report")
    if found:
        command.say(f"{file} does not hold any more: {many(len(found), 'difference')} in {reports}; make it anew")
        return 1
    command.say(f"{file} holds: {many(cells_in(written.tables), 'cell')} of {reports}, the same today")
    return 0


def _today(command: Command, written: Written) -> list[Tabled]:
    """The tables that the file would have if it were written now."""
    from qda.io.written import book_tables, tables_of
    from qda.render import render_report
    from qda.render.books import BINARY, book

    reports = [_report(command, line) for line in written.commands]
    if written.form in BINARY:
        made = book(command.study, reports, written.form)
        return list(book_tables(written.form, made if isinstance(made, bytes) else made.encode()))
    if written.form == "html":
        from qda.render.html import report_tables

        return list(tables_of("html", report_tables(reports)))
    return [
        table
        for report in reports
        for table in tables_of(written.form, render_report(report, written.form, evidence=written.evidence))
    ]


def _report(command: Command, line: str) -> Report:
    """A report by the command that stands in a manifest."""
    from qda.cli.report import report_of

    words = shlex.split(line)
    if words[:2] != ["qda", "report"]:
        raise QdaError(f"'{line}' makes no report")
    return report_of(command, words[2:])

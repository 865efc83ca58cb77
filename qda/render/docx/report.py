"""Reports as a document: headings, tables, quotations and footnotes, and contents where they are several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.model.paths import split_path
from qda.render.docx.excerpts import add_excerpts
from qda.render.docx.framework import summary_matrix
from qda.render.docx.package import TALL, Document
from qda.render.docx.quotations import add_quotations
from qda.render.docx.tables import add_table, fitted
from qda.render.docx.words import said
from qda.render.svg import LIGHT, STEPS
from qda.reports.behind import excerpts_by_code, reading_table
from qda.reports.dictionary import meaning
from qda.reports.report import Table
from qda.reports.shades import darkest_said, level, shades_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qda.render.docx.quotations import Languages
    from qda.reports.report import Part, Report
    from qda.store import Study

_DEEPEST = 4
_SUMMARY, _KEY = 20, "Columns: "


def report_document(study: Study, reports: Iterable[Report]) -> bytes:
    """Reports as a Word document (Office Open XML); equal reports give equal bytes.

    Args:
        study: The study that the reports were made from, as it was then; the current coder's view holds.
        reports: One report, or all that make a book.
    """
    listed = list(reports)
    alone = len(listed) == 1
    title = listed[0].title if alone else "Reports of the study"
    document = Document(title)
    languages = {source.name: source.language for source in study.sources.all()}
    if not alone:
        document.add(said(title, "Title"))
        document.contents()
    for report in listed:
        _add(document, report, languages, over=not alone)
    return document.close([{"report": one.name, "title": one.title, "manifest": dict(one.manifest)} for one in listed])


def _add(document: Document, report: Report, languages: Languages, *, over: bool) -> None:
    """A report from its title to the command that makes it anew."""
    shown = excerpts_by_code(report) if report.name == "excerpts" else report
    summaries = report.name == "framework"
    table = summary_matrix(report) if summaries else reading_table(shown)
    fit = fitted(table, _names(shown, table), _SUMMARY if summaries else 0)
    document.turn(fit.page if table.rows else TALL)
    document.heading(report.title, 1, over=over)
    lead = [one for one in report.lead if not (summaries and one.startswith(_KEY))]  # its columns have their names
    document.add(*map(said, lead), said(f"Unit: {report.unit}.", "Caption"))
    if table.rows:
        add_table(document, _headed(report, table), report.title, fit, _fills(shown))
    else:
        document.add(said("Nothing is selected."))
    if shades_of(shown):
        document.add(said(f"Shades go up to {darkest_said(shown, shades_of(shown))}.", "Caption"))
    if report.notes:
        document.add(said("Base and rules", "NotesHeading"), *(said(note, "ListBullet") for note in report.notes))
    if report.name == "excerpts":
        document.turn(TALL)
        add_excerpts(document, report, languages)
    for part in report.parts():
        _add_part(document, report, part, languages)
    made = report.manifest
    document.add(
        said(
            f"Made anew by {made['command']}; state of the study {made['state']}, version {made['codebook_version']} of"
            f" the codebook, {made['tool']}; {many(len(report.table.rows), 'row')}.",
            "MadeFrom",
        )
    )


def _add_part(document: Document, report: Report, part: Part, languages: Languages) -> None:
    summaries = report.name == "framework"  # which stand in the matrix
    table = Table((), ()) if summaries else part.table
    fit = fitted(table)
    document.turn(fit.page if table.rows else TALL)
    depth = len(split_path(part.heading)) if report.name == "codebook" else 1
    document.heading(part.heading, min(depth + 1, _DEEPEST))
    document.add(*map(said, part.sentences))
    if table.rows:
        add_table(document, table, part.heading, fit, {})
    add_quotations(document, part.quotes, languages, 3)


def _names(report: Report, table: Table) -> int:
    """How many columns name the rows of a table."""
    if report.name in ("crosstab", "timeline", "framework") and table.rows:
        return max(len(table.columns) - len(report.table.rows) // len(table.rows), 1)
    return 2 if report.name == "cooccurrence" and report.view is not None else 1


def _headed(report: Report, table: Table) -> Table:
    """A table under columns that read as words where the tool names them."""
    names = (name.replace("_", " ") if meaning(report, name) else name for name in table.columns)
    return Table(tuple(names), table.rows)


def _fills(report: Report) -> Mapping[tuple[int, int], str]:
    """The colours of the cells of a matrix."""
    shades = shades_of(report)
    most = max((figure for figure, _ in shades.values()), default=0.0)
    steps = {place: level(figure, most, STEPS) for place, (figure, _) in shades.items()}
    return {place: LIGHT[f"s{step}"].lstrip("#") for place, step in steps.items() if step}

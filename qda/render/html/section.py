"""One report in a page: what it says first, its chart, its table, its notes, and how it is made anew."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.render.as_svg import picture
from qda.render.html.quotations import footnotes_html, quotations_html
from qda.render.html.tables import plain_rows, report_rows
from qda.reports.behind import reading_table
from qda.reports.dictionary import meaning
from qda.reports.report import Evidence, Table, cell_name
from qda.reports.shades import darkest_said, shades_of
from qda.reports.states import NONE_FOUND, NOT_ASKED, NOT_YET, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.render.html.data import Behind
    from qda.render.html.numbering import Numbered
    from qda.reports.report import Report

STATES = {
    NONE_FOUND: "everybody was asked, every source was read, and there is no such passage",
    NOT_YET: "not all sources of the cell are read with this code",
    NOT_ASKED: "it was entered that nobody was asked about it",
    UNKNOWN: "nobody entered whether it was asked",
}


def shown_as(report: Report) -> Report:
    """The report as a page shows it: excerpts by code, for their words stand in the sources; what claims cite below."""
    if report.name == "claims":
        found = report.evidence().codings
        names = [cell_name(str(row[0]), "uncited") for row in reading_table(report).rows]
        return replace(report, evidence=lambda: Evidence({name: found[name] for name in names if name in found}))
    if report.name != "excerpts":
        return report
    by_code: dict[str, list[str]] = {}
    sources: dict[str, set[str]] = {}
    for row in report.table.rows:
        by_code.setdefault(str(row[0]), []).append(str(row[10]))
        sources.setdefault(str(row[0]), set()).add(str(row[2]))
    rows = tuple((code, len(ids), len(sources[code])) for code, ids in by_code.items())
    return replace(
        report,
        view=Table(("code", "codings", "sources"), rows),
        evidence=lambda: Evidence({cell_name(code, name): ids for code, ids in by_code.items() for name in COUNTED}),
        described={**report.described, "codings": "codings of the code", "sources": "sources that they are in"},
    )


COUNTED = ("codings", "sources")


def report_section(place: int, behind: Behind, numbered: Numbered, *, alone: bool = False) -> Iterator[str]:
    """The section of a report; one that is alone in its page has the page's heading."""
    report = behind.report
    name, heading = f"r{place}", "h1" if alone else "h2"
    yield f'<section id="{name}" data-report="d{place}" aria-labelledby="{name}-title">'
    yield f'<{heading} id="{name}-title" dir="auto">{escape(report.title)}</{heading}>'
    yield from (f'<p class="lead" dir="auto">{escape(sentence)}</p>' for sentence in report.lead)
    yield from _chart(report)
    table, parts = reading_table(report), report.parts()
    below = name if any(part.quotes for part in parts) else ""
    if table.rows:
        yield from _table(report, behind, numbered, table, below)
    else:
        yield "<p>Nothing is selected.</p>"
    yield from _notes(report)
    for number, part in enumerate(parts):
        yield f'<h3 id="{name}-p{number}" dir="auto">{escape(part.heading)}</h3>'
        yield from (f'<p dir="auto">{escape(sentence)}</p>' for sentence in part.sentences)
        if part.table.rows:
            caption = f'<caption class="vh">{escape(part.heading)}</caption>'
            yield f'<div class="scroll" role="region" aria-label="{escape(part.heading)}" tabindex="0"><table>{caption}'
            yield "".join(plain_rows(part.table))
            yield "</table></div>"
        yield from quotations_html(part.quotes, name)
    yield from footnotes_html([quote for part in parts for quote in part.quotes], name)
    yield from _made_anew(report)
    yield "</section>"


def _chart(report: Report) -> Iterator[str]:
    """A chart before the table; matrices are shaded in the table itself."""
    drawn = None if shades_of(report) else picture(report)
    if drawn is not None:
        inside = drawn.replace(' xmlns="http://www.w3.org/2000/svg"', "")
        said = drawn.partition("<desc>")[2].partition("</desc>")[0]
        yield f'<figure><div class="scroll" role="region" aria-label="Chart" tabindex="0">{inside}</div>'
        yield f"<figcaption>{said} The same figures stand in the table.</figcaption></figure>"


def _table(report: Report, behind: Behind, numbered: Numbered, table: Table, below: str) -> Iterator[str]:
    rows = "".join(report_rows(report, table, behind, numbered, below))
    how = " Choose a figure to read what stands behind it; arrows move between figures." if behind.cells else ""
    yield f'<div class="scroll" role="region" aria-label="Table: {escape(report.title)}" tabindex="0">'
    yield f"<table{' class=opens' if behind.cells else ''}>"
    yield f"<caption><span>Unit: {escape(report.unit)}.<span data-script hidden>{how}</span></span></caption>"
    yield rows
    yield "</table></div>"
    yield from _legend(report)


def _legend(report: Report) -> Iterator[str]:
    shades = shades_of(report)
    if shades:
        steps = "".join(f'<span class="s{step}">&nbsp;&nbsp;&nbsp;</span>' for step in range(1, 6))
        plain = " The diagonal, the passages of the code, has no shade." if report.name == "cooccurrence" else ""
        yield f'<p class="legend">{steps} up to {escape(darkest_said(report, shades))}.{plain}</p>'
    cells = " ".join(str(cell) for row in reading_table(report).rows for cell in row)
    states = [(state, said) for state, said in STATES.items() if state in cells] if report.name == "comparison" else []
    meant = [(name, meaning(report, name)) for name in reading_table(report).columns]
    listed = [*states, *((name.replace("_", " "), said) for name, said in meant if said and shades == {})]
    if listed:
        inside = "".join(f"<dt>{escape(word)}</dt><dd>{escape(said)}</dd>" for word, said in listed)
        yield f"<details><summary>What the words mean</summary><dl>{inside}</dl></details>"


def _notes(report: Report) -> Iterator[str]:
    if report.notes:
        items = "".join(f'<li dir="auto">{escape(note)}</li>' for note in report.notes)
        yield f'<h3>Base and rules</h3>\n<ul class="notes">{items}</ul>'


def _made_anew(report: Report) -> Iterator[str]:
    manifest = report.manifest
    yield (
        f'<p class="manifest">Made anew by <code>{escape(str(manifest["command"]))}</code>; state of the study'
        f" <code>{escape(str(manifest['state']))}</code>, version {escape(str(manifest['codebook_version']))} of the"
        f" codebook, {escape(str(manifest['tool']))}; {many(len(report.table.rows), 'row')}.</p>"
    )

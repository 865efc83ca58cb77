"""One report in a page: what it says first, its chart, its table, its notes, and how it is made anew."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.render.as_svg import picture
from qda.render.html.quotations import footnotes_html, quotations_html
from qda.render.html.tables import plain_rows, report_rows
from qda.reports.behind import reading_table
from qda.reports.dictionary import meaning
from qda.reports.shades import darkest_said, shades_of
from qda.reports.states import NONE_FOUND, NOT_ASKED, NOT_YET, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.render.html.chapter import Chapter
    from qda.render.html.numbering import Numbered
    from qda.reports.report import Report

STATES = {
    NONE_FOUND: "everybody was asked, every source was read, and there is no such passage",
    NOT_YET: "not all sources of the cell are read with this code",
    NOT_ASKED: "it was entered that nobody was asked about it",
    UNKNOWN: "nobody entered whether it was asked",
}


def report_section(place: int, chapter: Chapter, numbered: Numbered, *, alone: bool = False) -> Iterator[str]:
    """The section of a report; one that is alone in its page has the page's heading."""
    report = chapter.report
    name, heading = f"r{place}", "h1" if alone else "h2"
    yield f'<section id="{name}" aria-labelledby="{name}-title">'
    yield f'<{heading} id="{name}-title" dir="auto">{escape(report.title)}</{heading}>'
    yield from (f'<p class="lead" dir="auto">{escape(sentence)}</p>' for sentence in report.lead)
    yield from _chart(report)
    below = name if any(part.quotes for part in chapter.parts) else ""
    if reading_table(report).rows:
        yield from _table(chapter, numbered, below)
    else:
        yield "<p>Nothing is selected.</p>"
    yield from _notes(report)
    for number, part in enumerate(chapter.parts):
        yield f'<h3 id="{name}-p{number}" dir="auto">{escape(part.heading)}</h3>'
        yield from (f'<p dir="auto">{escape(sentence)}</p>' for sentence in part.sentences)
        if part.table.rows:
            caption = f'<caption class="vh">{escape(part.heading)}</caption>'
            yield f'<div class="scroll" role="region" aria-label="{escape(part.heading)}" tabindex="0"><table>{caption}'
            yield "".join(plain_rows(part.table))
            yield "</table></div>"
        yield from quotations_html(part.quotes, name)
    yield from footnotes_html([quote for part in chapter.parts for quote in part.quotes], name)
    yield from _made_anew(chapter)
    yield "</section>"


def _chart(report: Report) -> Iterator[str]:
    """A chart before the table; matrices are shaded in the table itself."""
    drawn = None if shades_of(report) else picture(report)
    if drawn is not None:
        inside = drawn.replace(' xmlns="http://www.w3.org/2000/svg"', "")
        said = drawn.partition("<desc>")[2].partition("</desc>")[0]
        yield f'<figure><div class="scroll" role="region" aria-label="Chart" tabindex="0">{inside}</div>'
        yield f"<figcaption>{said} The same figures stand in the table.</figcaption></figure>"


def _table(chapter: Chapter, numbered: Numbered, below: str) -> Iterator[str]:
    report = chapter.report
    how = " Choose a figure to read what stands behind it; arrows move between figures." if chapter.cells else ""
    yield f'<div class="scroll" role="region" aria-label="Table: {escape(report.title)}" tabindex="0">'
    yield f"<table{' class=opens' if chapter.cells else ''}>"
    yield f"<caption><span>Unit: {escape(report.unit)}.<span data-script hidden>{how}</span></span></caption>"
    yield "".join(report_rows(chapter, numbered, below))
    yield "</table></div>"
    if chapter.left_out:
        yield f"<p>{many(chapter.left_out, 'more row')}: as CSV (<code>--format csv</code>) the table is whole.</p>"
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


def _made_anew(chapter: Chapter) -> Iterator[str]:
    manifest = chapter.report.manifest
    yield (
        f'<p class="manifest">Made anew by <code>{escape(str(manifest["command"]))}</code>; state of the study'
        f" <code>{escape(str(manifest['state']))}</code>, version {escape(str(manifest['codebook_version']))} of the"
        f" codebook, {escape(str(manifest['tool']))}; {many(chapter.rows, 'row')}.</p>"
    )

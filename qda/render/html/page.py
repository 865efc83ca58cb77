"""The page around reports: contents, excerpts, the panel that opens, and what keeps anything else out."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.render.html.chapter import chapter_of
from qda.render.html.data import Store, as_data
from qda.render.html.numbering import Numbered
from qda.render.html.section import report_section
from qda.render.html.sources import quotes_section
from qda.reports.quotes import quotes_of
from qda.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qda.reports.report import Report
    from qda.store import Study

PANEL = """<dialog id="panel" aria-labelledby="panel-title">
<div class="bar"><h2 id="panel-title" tabindex="-1" dir="auto"></h2>
<button type="button" id="print-panel">Print these</button> <button type="button" id="close">Close</button></div>
<div id="panel-body"><p id="panel-summary" tabindex="-1" role="status"></p>
<ul id="panel-read"></ul><ol id="quotes-list"></ol>
<p id="pages"><button type="button" id="earlier">Earlier</button> <button type="button" id="later">Later</button></p>
</div></dialog>"""


def report_page(study: Study, reports: Iterable[Report]) -> str:
    """Reports as one page, with the excerpts behind every figure that it shows.

    Args:
        study: The study that the reports were made from, as it was then; the current coder's view holds.
        reports: One report, or all that make a book; each may be made when it is its turn.
    """
    store = Store()
    chapters = [chapter_of(report, store) for report in reports]
    numbered = Numbered(quotes_of(study, store.ids()))
    style, script = _part("page.css"), _part("page.js")
    alone = len(chapters) == 1
    title = chapters[0].report.title if alone else "Reports of the study"
    made_from = [
        {"report": one.report.name, "title": one.report.title, "manifest": dict(one.report.manifest)}
        for one in chapters
    ]
    return "\n".join(
        [
            *_head(title, style, script),
            *_top(title, [one.report for one in chapters], numbered),
            '<main id="main" tabindex="-1">',
            *("\n".join(report_section(at, one, numbered, alone=alone)) for at, one in enumerate(chapters)),
            *quotes_section(numbered),
            "</main>",
            PANEL,
            '<p id="said" class="vh" role="status"></p>',
            f'<script type="application/json" id="made-from">{as_data(made_from)}</script>',
            f'<script type="application/json" id="data">{store.data(numbered)}</script>',
            f"<script>{script}</script>\n</body>\n</html>\n",
        ]
    )


def report_tables(reports: Iterable[Report]) -> str:
    """The sections of a page without the excerpts: what is compared with a page of another day."""
    chapters, numbered = [chapter_of(report, Store()) for report in reports], Numbered(())
    alone = len(chapters) == 1
    sections = ("\n".join(report_section(at, one, numbered, alone=alone)) for at, one in enumerate(chapters))
    return "\n".join(sections)


def _part(name: str) -> str:
    return (files("qda.render.html") / name).read_text(encoding="utf-8")


def _only(text: str) -> str:
    """What a browser compares a style or script with, so that it takes no other one."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _head(title: str, style: str, script: str) -> Iterator[str]:
    policy = (
        f"default-src 'none'; style-src {_only(style)}; script-src {_only(script)}; base-uri 'none'; form-action 'none'"
    )
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">'
    yield f'<meta name="generator" content="qda {__version__}">'
    yield f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>"


def _top(title: str, reports: Sequence[Report], numbered: Numbered) -> Iterator[str]:
    yield '<a class="skip" href="#main">Skip to the reports</a>\n<header>'
    if len(reports) > 1:
        yield f"<h1>{escape(title)}</h1>"
    facts = (
        f"{many(len(reports), 'report')} · {many(len(numbered), 'coding')} in {many(len(numbered.quoted), 'source')}"
    )
    yield f'<p class="quiet">{facts}</p>'
    yield (
        '<p data-script hidden><button type="button" id="theme"></button>'
        ' <button type="button" id="print">Print</button></p>\n</header>'
    )
    yield '<nav aria-label="Contents"><h2>Contents</h2>\n<ol>'
    for place, report in enumerate(reports):
        name, _, whose = report.title.partition(": ")
        yield f'<li><a href="#r{place}" title="{escape(whose)}"><bdi>{escape(name)}</bdi></a></li>'
    yield '<li><a href="#quotes">Excerpts by source</a></li>\n</ol></nav>'

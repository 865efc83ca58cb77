"""Quotations of a report in a page: for and against, what is printed above the original, and footnotes below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qda.render.quotations import by_group, place_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.report import Quotation


def quotations_html(quotes: Sequence[Quotation], name: str) -> Iterator[str]:
    """Quotations, group by group; `name` is that of the section, so that footnotes of several stay apart."""
    for group, shown, left in by_group(quotes):
        yield f"<h4>{escape(group)}</h4>"
        for quote in shown:
            yield "".join(_figure(quote, name))
        if left:
            yield f"<p>And {left:,} more: the figure in the table opens all of them; CSV and JSON list them.</p>"


def footnotes_html(quotes: Sequence[Quotation], name: str) -> Iterator[str]:
    """The footnotes of quotations, each with a way back to its quotation."""
    noted = [quote for quote in quotes if quote.note]
    if noted:
        yield '<h3>Footnotes</h3>\n<ol class="footnotes">'
        for quote in noted:
            back = f'<a href="#{name}-q{quote.note}" aria-label="Back to quotation {quote.note}">↑</a>'
            said = f"<bdi>{escape(quote.footnote)}</bdi>{'' if quote.footnote.endswith('.') else '.'}"
            yield f'<li id="{name}-n{quote.note}" value="{quote.note}">{said} {back}</li>'
        yield "</ol>"


def _figure(quote: Quotation, name: str) -> Iterator[str]:
    mark = ""
    if quote.note:
        link = f'<a href="#{name}-n{quote.note}" aria-label="Footnote {quote.note}">{quote.note}</a>'
        mark = f'<sup id="{name}-q{quote.note}">{link}</sup>'
    yield '<figure class="quote">'
    if quote.wording:
        yield _block(quote.wording, mark)
        yield f"<p>{escape(quote.how[:1].upper() + quote.how[1:])}; the original:</p>"
        mark = ""
    yield _block(quote.text, mark)
    for other in quote.beside:
        place = f" <bdi>{escape(other.source)}, {other.start}-{other.end}</bdi>" if quote.place else ""
        yield f"<p>{escape(other.said.capitalize())}{place}:</p>{_block(other.text, '')}"
    facts = list(quote.facts)
    if quote.place is not None:
        facts.insert(0, place_said(*quote.place))
    if facts:
        yield f"<figcaption>{' · '.join(f'<bdi>{escape(fact)}</bdi>' for fact in facts)}</figcaption>"
    yield "</figure>\n"


def _block(text: str, mark: str) -> str:
    return f'<blockquote class="said" dir="auto">{escape(text)}{mark}</blockquote>'

"""Quotations in a document: in their own direction and language, each with its place and a footnote of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.render.docx.words import Look, is_right_to_left, paragraph, runs, said
from qda.render.quotations import by_group, place_said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.alignment import Counterpart
    from qda.render.docx.package import Document
    from qda.reports.report import Quotation

    Languages = Mapping[str, str]
    """The languages of sources, by their names."""


def add_quotations(document: Document, quotes: Sequence[Quotation], languages: Languages, level: int) -> None:
    """Write quotations, group by group under headings of a level."""
    for group, listed, left in by_group(quotes):
        document.heading(group, level)
        for quote in listed:
            _add(document, quote, languages)
        if left:
            document.add(said(f"And {left:,} more; CSV and JSON list them."))


def add_quote(document: Document, text: str, language: str, facts: Sequence[str], mark: str = "") -> None:
    """Write words that are quoted, with what leads to a footnote, and below them what is known of them."""
    document.add(
        paragraph(runs(text, Look(language=language)) + mark, "Quote", right=is_right_to_left(text)),
        *([said(" · ".join(facts), "QuotePlace")] if facts else []),
    )


def _add(document: Document, quote: Quotation, languages: Languages) -> None:
    facts = [*([f"— {place_said(*quote.place)}"] if quote.place else []), *quote.facts]
    language = languages.get(quote.place[0], "") if quote.place else ""
    mark = document.footnote(f"{quote.footnote}{'' if quote.footnote.endswith('.') else '.'}") if quote.note else ""
    if quote.wording:
        add_quote(document, quote.wording, "", [f"{quote.how[:1].upper()}{quote.how[1:]}; the original:"], mark)
        mark = ""
    add_quote(document, quote.text, language, facts, mark)
    add_beside(document, quote.beside, languages, public=quote.place is None)


def add_beside(
    document: Document, beside: Sequence[Counterpart], languages: Languages, *, public: bool = False
) -> None:
    """Write the same words in other languages; readers outside see no places."""
    for other in beside:
        place = other.said if public else f"— {place_said(other.source, None, other.start, other.end)} · {other.said}"
        add_quote(document, other.text, languages.get(other.source, ""), [place])

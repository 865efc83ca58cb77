"""Quotations of a report: block quotes with footnotes in Markdown, indented words with numbers on the terminal.

In Markdown a verbatim quotation stands above its place in the form that `qda check` proves.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from textwrap import indent
from typing import TYPE_CHECKING

from qda.model.markup import harmless, harmless_name, place_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.report import Cell, Quotation


MOST = 200
"""How many quotations without a footnote are shown under one head for reading; what is cited is always there."""


def by_group(quotes: Sequence[Quotation]) -> Iterator[tuple[str, list[Quotation], int]]:
    """Quotations under their heads: the head, those that are shown, and how many are left out."""
    for group, listed in groupby(quotes, attrgetter("group")):
        quoted = list(listed)
        shown = quoted if quoted[0].note else quoted[:MOST]
        yield group, shown, len(quoted) - len(shown)


def place_said(source: Cell, turn: Cell, start: Cell, end: Cell) -> str:
    """Where a quotation stands: its source, its turn (None where there are none), its characters."""
    return f"{source}{'' if turn is None else f', turn {turn}'}, {start}-{end}"


def quotations_markdown(quotes: Sequence[Quotation]) -> list[str]:
    """The lines of quotations, group by group."""
    lines: list[str] = []
    for group, listed in groupby(quotes, attrgetter("group")):
        lines += [f"### {harmless(group)}", ""]
        for quote in listed:
            lines += [line for block in _blocks(quote) for line in (block, "")]
    return lines[:-1]


def footnotes_markdown(quotes: Sequence[Quotation]) -> list[str]:
    """The footnotes of quotations, each as its own paragraph."""
    return [line for quote in quotes if quote.note for line in (f"[^{quote.note}]: {_note(quote)}", "")]


def _note(quote: Quotation) -> str:
    return harmless_name(f"{quote.footnote}{'' if quote.footnote.endswith('.') else '.'}")


def _blocks(quote: Quotation) -> Iterator[str]:
    mark = f"[^{quote.note}]" if quote.note else ""
    if quote.wording:
        yield f"{_block(quote.wording)}{mark}"
        yield f"{harmless(quote.how[:1].upper() + quote.how[1:])}; the original:"
        mark = ""
    if quote.place is None:
        yield f"{_block(quote.text)}{mark}"
        if quote.facts:
            yield harmless_name(" · ".join(quote.facts)).replace("&#183;", "·")
        for other in quote.beside:
            yield f"{other.said.capitalize()}:"
            yield _block(other.text)
        return
    source, turn, start, end = quote.place
    said = f"— {harmless_name(source, part=True)}{'' if turn is None else f', turn {turn}'}, characters {start}-{end}"
    facts = "".join(f" · {harmless_name(fact)}" for fact in quote.facts)
    yield _block(quote.text)
    yield f"{said}{facts}{f' · {mark}' if mark else ''}"
    for other in quote.beside:
        yield _block(other.text)
        yield place_line(other.source, other.start, other.end, other.said)


def _block(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in harmless(text).split("\n"))


def quotations_text(quotes: Sequence[Quotation]) -> list[str]:
    """The lines of quotations for the terminal, group by group, each with its footnote below."""
    lines: list[str] = []
    for group, listed in groupby(quotes, attrgetter("group")):
        lines += ["", f"{group}:"]
        for quote in listed:
            lines += ["", *_lines(quote)]
    return lines


def _lines(quote: Quotation) -> Iterator[str]:
    mark = f" [{quote.note}]" if quote.note else ""
    if quote.wording:
        yield indent(f"{quote.wording}{mark}", "  ")
        yield f"  {quote.how}; the original:"
        mark = ""
    yield indent(f"{quote.text}{mark}", "  ")
    facts = list(quote.facts)
    if quote.place is not None:
        facts.insert(0, place_said(*quote.place))
    if facts:
        yield f"    {' · '.join(facts)}"
    for other in quote.beside:
        yield indent(other.text, "  ")
        yield f"    {other.said}" + (f" · {other.source}, {other.start}-{other.end}" if quote.place else "")
    if quote.note:
        yield f"    [{quote.note}] {quote.footnote}"

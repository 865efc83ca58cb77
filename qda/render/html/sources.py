"""The excerpts of a page, source by source: the text around the quotes, once, with a mark where each begins and ends.

What stands in `noscript` is read as it is where no script runs; where one runs, it is unpacked when it is needed.
A quote is exactly the text between its two marks.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.render.html.numbering import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Span
    from qda.render.html.numbering import Numbered
    from qda.reports.quotes import Quoted

# In what order marks stand at one place: what ends comes before what begins.
_QUOTE_ENDS, _TURN_ENDS, _TURN_BEGINS, _QUOTE_BEGINS = range(4)
Mark = tuple[int, int, str]


def text_of(text: str) -> str:
    """Text as HTML shows it: no mark-up, and what HTML cannot hold replaced."""
    return escape(text, quote=False).replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\r", "&#13;")


def quotes_section(numbered: Numbered) -> Iterator[str]:
    """The section with all sources, and for pages without script the quotes of each code."""
    yield '<section id="quotes" aria-labelledby="quotes-title">\n<h2 id="quotes-title">Excerpts by source</h2>'
    yield (
        f"<p>{many(len(numbered), 'coding')} in {many(len(numbered.quoted), 'source')}: what stands behind the figures"
        " above, with the turns around it. <b class=sign>[</b> is where a coding begins, <b class=sign>]12</b> where"
        " the coding 12 ends; the numbers are those of this page.</p>"
    )
    if 0 < len(numbered) <= 5000:
        yield '<p data-script hidden><button type="button" id="open-all">Open all sources, as for printing</button></p>'
    for place, (first, quoted) in enumerate(numbered.sources()):
        yield from _source(place, first, quoted)
    yield "<noscript>\n<h2>Codings by code</h2>"
    for code, by_source in numbered.by_code.items():
        yield f'<h3 id="{numbered.anchor(code)}">{escape(code)}</h3>\n<ul>'
        for name, numbers in by_source.items():
            links = " ".join(f'<a href="#c{number}">{number}</a>' for number in numbers)
            yield f"<li><bdi>{escape(name)}</bdi>: {links}</li>"
        yield "</ul>"
    yield "</noscript>\n</section>"


def _source(place: int, first: int, quoted: Quoted) -> Iterator[str]:
    source, size = quoted.source, len(quoted.quotes)
    language = f' lang="{escape(source.language)}"' if source.language else ""
    facts = [fact for fact in (source.kind, source.language, source.date, many(size, "coding")) if fact]
    yield (
        f'<details class="source" id="s{place}" data-first="{first}" data-size="{size}"'
        f' data-name="{escape(source.name)}"{language}>'
    )
    yield (
        f'<summary><h3 lang="en"><bdi>{escape(source.name)}</bdi></h3> <span lang="en" class="quiet">'
        f"{escape(' · '.join(facts))}</span></summary>"
    )
    yield f'<div class="text"><noscript>{"".join(_text(first, quoted))}</noscript></div>\n</details>'


def _text(first: int, quoted: Quoted) -> Iterator[str]:
    marks = list(_quote_marks(first, quoted))
    for number, span in enumerate(quoted.stretches):
        if number:
            yield '<p class="cut">[…]</p>\n'
        yield from _stretch(quoted.text, span, [*_turn_marks(quoted, span), *_within(marks, span)])
    yield '\n<ol class="codings" lang="en">\n'
    for number, quote in enumerate(quoted.quotes, start=first):
        facts = "".join(f"<span data-fact>{escape(fact)}</span> " for fact in facts_of(quote, quoted.source.name))
        yield f'<li id="n{number}" value="{number}"><a href="#c{number}">{escape(quote.code)}</a> {facts}</li>\n'
    yield "</ol>"


def _quote_marks(first: int, quoted: Quoted) -> Iterator[Mark]:
    for number, quote in enumerate(quoted.quotes, start=first):
        yield quote.start, _QUOTE_BEGINS, f'<b id="c{number}"></b>'
        yield quote.end, _QUOTE_ENDS, f'<b id="z{number}" data-n="{number}"></b>'


def _within(marks: list[Mark], span: Span) -> Iterator[Mark]:
    """The marks of quotes in a stretch; stretches are apart, so that each mark is in one."""
    return (mark for mark in marks if span[0] <= mark[0] <= span[1])


def _turn_marks(quoted: Quoted, span: Span) -> Iterator[Mark]:
    """Where paragraphs begin and end: turns, and what stands between them; white space stays outside."""
    at = span[0]
    turns = [(turn.start, turn.end) for turn in quoted.turns if turn.start < span[1] and turn.end > span[0]]
    for start, end in (*turns, (span[1], span[1])):
        for low, high in ((at, max(at, min(start, span[1]))), (max(start, span[0]), min(end, span[1]))):
            words = quoted.text[low:high]
            if words.strip():
                yield low + len(words) - len(words.lstrip()), _TURN_BEGINS, '<p dir="auto">'
                yield low + len(words.rstrip()), _TURN_ENDS, "</p>"
        at = max(at, end)


def _stretch(text: str, span: Span, marks: list[Mark]) -> Iterator[str]:
    """A stretch of text with its marks."""
    at = span[0]
    for place, _, mark in sorted(marks, key=lambda one: one[:2]):
        yield text_of(text[at:place])
        yield mark
        at = place
    yield text_of(text[at : span[1]])

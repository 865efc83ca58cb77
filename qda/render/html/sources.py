"""The excerpts of a page, source by source: the text around the quotes, once, with a mark where each begins and ends.

A quote is exactly the text between its two marks. Each source is written in a short form: one sign for the beginning
of a quote and for that of a line of the list of codings, both numbered as they come, and one for the end of each quote.
In `noscript` the long form is read as it is where no script runs; where one runs, it is taken in when it is needed.
A page with many quotes has the short form, packed, and a script makes the long one of it.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from html import escape
from itertools import count
from typing import TYPE_CHECKING

from qda.model.nouns import id_of, many
from qda.render.html.data import as_data
from qda.render.html.numbering import facts_of
from qda.render.html.packing import Packing, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Span
    from qda.render.html.numbering import Numbered
    from qda.reports.quotes import Quoted

QUOTE, LINE, ID = "\ue000", "\ue001", "\ue002"
"""The beginning of the next quote, and of the next line in the list of codings; what its id in 22 signs comes after."""
ENDS = 0xF0000
"""The end of the quote with this number in its source, from 0, is the sign of this number more."""

_OWN = re.compile(f"[{QUOTE}{LINE}{ID}{chr(ENDS)}-{chr(ENDS + 0xFFFD)}]")
_SIGNS = re.compile(f"[{QUOTE}{LINE}{chr(ENDS)}-{chr(ENDS + 0xFFFD)}]|{ID}.{{22}}")
# In what order marks stand at one place: what ends comes before what begins.
_QUOTE_ENDS, _TURN_ENDS, _TURN_BEGINS, _QUOTE_BEGINS = range(4)
Mark = tuple[int, int, str]


def text_of(text: str) -> str:
    """Text as HTML shows it: no mark-up, what HTML cannot hold replaced, and no sign of the short form."""
    plain = escape(text, quote=False).replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\r", "&#13;")
    return plain if plain.isascii() else _OWN.sub(lambda sign: f"&#{ord(sign[0])};", plain)


def long_form(short: str, first: int) -> str:
    """The HTML of a source whose first quote has this number in the page."""
    begun, listed = count(first), count(first)

    def tag(found: re.Match[str]) -> str:
        sign = found[0]
        if sign == QUOTE:
            return f'<b id="c{next(begun)}"></b>'
        if sign == LINE:
            number = next(listed)
            return f'<li id="n{number}" value="{number}"><a href="#c{number}">'
        if sign[0] == ID:
            return f"<span>{id_of(urlsafe_b64decode(f'{sign[1:]}=='))}</span>"
        number = first + ord(sign) - ENDS
        return f'<b id="z{number}" data-n="{number}"></b>'

    return _SIGNS.sub(tag, short)


def packed_words(page: str) -> str:
    """The sources that are packed in a page, without the signs of their quotes, which may stand within words."""
    return _SIGNS.sub("", unpacked(page))


def quotes_section(numbered: Numbered) -> Iterator[str]:
    """The section with all sources, and for pages without script the quotes of each code."""
    yield '<section id="quotes" aria-labelledby="quotes-title">\n<h2 id="quotes-title">Excerpts by source</h2>'
    yield (
        f"<p>{many(len(numbered), 'coding')} in {many(len(numbered.quoted), 'source')}: what stands behind the figures"
        " above, with the turns around it. <b class=sign>[</b> is where a coding begins, <b class=sign>]12</b> where"
        " the coding 12 ends; the numbers are those of this page.</p>"
    )
    if numbered.packed:
        yield from _packed(numbered)
        yield "</section>"
        return
    if len(numbered):
        yield '<p data-script hidden><button type="button" id="open-all">Open all sources, as for printing</button></p>'
    for place, (first, quoted) in enumerate(numbered.sources()):
        yield from _source(
            place, first, quoted, f"<noscript>{long_form(''.join(short_form(quoted)), first)}</noscript>"
        )
    yield "<noscript>\n<h2>Codings by code</h2>"
    for code, by_source in numbered.by_code.items():
        yield f'<h3 id="{numbered.anchor(code)}">{escape(code)}</h3>\n<ul>'
        for name, numbers in by_source.items():
            links = " ".join(f'<a href="#c{number}">{number}</a>' for number in numbers)
            yield f"<li><bdi>{escape(name)}</bdi>: {links}</li>"
        yield "</ul>"
    yield "</noscript>\n</section>"


def _packed(numbered: Numbered) -> Iterator[str]:
    """The sources of a page with many quotes."""
    yield (
        "<noscript><p>These are too many to be read without script, which this browser does not run here."
        " <code>qda export markdown</code> writes them as text.</p></noscript>"
    )
    packing = Packing(map(short_form, numbered.quoted))
    for place, (first, quoted) in enumerate(numbered.sources()):
        packed = f'<script type="text/plain">{packing.pack(short_form(quoted))}</script>'
        yield from _source(place, first, quoted, packed)
    yield f'<script type="application/json" id="packing">{as_data(packing.entries)}</script>'


def _source(place: int, first: int, quoted: Quoted, inside: str) -> Iterator[str]:
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
    yield f'<div class="text">{inside}</div>\n</details>'


def short_form(quoted: Quoted) -> Iterator[str]:
    """A source with its text, its marks and its list of codings, in pieces: each is words or has one tag first."""
    marks = list(_quote_marks(quoted))
    for number, span in enumerate(quoted.stretches):
        if number:
            yield '<p class="cut">[…]</p>\n'
        yield from _stretch(quoted.text, span, [*_turn_marks(quoted, span), *_within(marks, span)])
    yield '\n<ol class="codings" lang="en">\n'
    for quote in quoted.quotes:
        yield LINE
        yield f"<b>{text_of(quote.code)}</b></a>"
        yield from (f"<span>{text_of(fact)}</span>" for fact in facts_of(quote, quoted.source.name))
        yield f"{ID}{_short_id(quote.id)}"
        yield "</li>\n"
    yield "</ol>"


def _short_id(uid: str) -> str:
    return urlsafe_b64encode(bytes.fromhex(uid.replace("-", ""))).decode()[:22]


def _quote_marks(quoted: Quoted) -> Iterator[Mark]:
    """Quotes are in order of their beginning, so that these are numbered as they come."""
    for number, quote in enumerate(quoted.quotes):
        yield quote.start, _QUOTE_BEGINS, QUOTE
        yield quote.end, _QUOTE_ENDS, chr(ENDS + number)


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

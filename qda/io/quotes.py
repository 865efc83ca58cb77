"""Reading exported excerpts back from a writer's Markdown, and proving that each stands at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qda.model.markup import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FACTS = re.compile(
    r"— (?P<source>(?:\\.|[^\\,])+)(?:, turn [^,·]*)?"
    r", characters (?P<start>[0-9]+)[-–](?P<end>[0-9]+)(?= ·|$)"
)
_ID = re.compile(r" · id ([^·]+)$")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in a file and the place it claims; `line` is where it begins, from 1.

    `text` is empty where the facts stand without a quotation above them, `id` where they name no coding.
    """

    source: str
    start: int
    end: int
    text: str
    id: str
    line: int


def read_quotes(markdown: str) -> list[Quote]:
    """The exported excerpts in a text, in its order; everything else in it is the writer's own.

    An excerpt is a block quote and, with nothing but empty lines between, its line of facts.
    """
    return list(_quotes(markdown))


def count(markdown: str) -> int:
    """How many exported excerpts a text holds."""
    return len(read_quotes(markdown))


def check_quotes(markdown: str, file: str, text_of: Callable[[str], str | None]) -> list[str]:
    """One sentence for each quotation that does not stand, letter for letter, at the place it claims.

    Args:
        markdown: The text of the file.
        file: Its name, for the sentences.
        text_of: The present text of a source by its name, None where there is no such source.
    """
    look_up = cache(text_of)
    found = ((quote, _wrong(quote, look_up(quote.source))) for quote in _quotes(markdown))
    return [f"{file}:{quote.line}: {problem}" for quote, problem in found if problem]


def _quotes(markdown: str) -> Iterator[Quote]:
    block: list[str] = []
    begun, in_block = 0, False
    lines = markdown.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for number, line in enumerate((line.strip(" \t") for line in lines), 1):
        if line.startswith(">"):
            if not in_block:
                block, begun = [], number
            block.append(line[1:].strip(" \t"))
        elif line:
            facts = _FACTS.match(line)
            if facts:
                yield _quote(facts, block, begun if block else number)
            block = []
        in_block = line.startswith(">")


def _quote(facts: re.Match[str], block: list[str], line: int) -> Quote:
    named = _ID.search(facts.string)
    return Quote(
        source=plain(facts["source"]),
        start=int(facts["start"]),
        end=int(facts["end"]),
        text=plain("\n".join(block)),
        id=plain(named[1]) if named else "",
        line=line,
    )


def _wrong(quote: Quote, text: str | None) -> str:
    """What is wrong with a quotation; nothing where it stands in the text as it says."""
    place = f"characters {quote.start}-{quote.end} of '{quote.source}'"
    if text is None:
        return f"there is no source '{quote.source}' now; the quotation is said to be {place}"
    if not quote.text:
        return f"no quotation stands above the line that names {place}"
    here = text[quote.start : quote.end]
    if here == quote.text:
        return ""
    if here.split() == quote.text.split():
        return f"the quotation differs from {place} in white space or line ends only"
    start = _nearest(quote.text, text, quote.start)
    if start is None:
        return f"the quotation is not at {place}, and those words stand nowhere in that source now"
    end = start + len(quote.text)
    return f"the quotation is not at {place}; the same words stand at characters {start}-{end} now"


def _nearest(words: str, text: str, place: int) -> int | None:
    """Where the words stand nearest to a place."""
    found = (text.rfind(words, 0, place + len(words)), text.find(words, place))
    return min((start for start in found if start >= 0), key=lambda start: abs(start - place), default=None)

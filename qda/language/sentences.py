"""The sentences of a turn or a paragraph, by rules of its language; needs no linguistic package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.language.abbreviations import lexicon
from qda.language.sentence_rules import cuts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.language.abbreviations import Lexicon

RULES = 1
"""Grows with every change of what counts as a sentence, so that what was found by older rules is found anew."""

_LINE = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = re.compile(rf"{_LINE}[^\S\r\n]*{_LINE}|\u2029")
_LETTER = re.compile(r"[^\W\d_]")


def sentences(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """The sentences of a stretch, in order, as half-open spans without white space around them.

    Every other character of the stretch is in one of them. A blank line ends a sentence; a line break does not.
    Footnote digits and marks such as `[laughs]` belong to the sentence before them, a time stamp to the one after.

    Args:
        text: The stored text.
        start: Where the stretch begins, in code points of the text.
        end: Where it ends.
        language: The code of its language, such as `nl`; any code will do, and none where it is not known.
    """
    words = lexicon(language)
    return [
        (first + left, first + right)
        for first, last in _paragraphs(text[start:end], start)
        for left, right in _of_paragraph(text[first:last], words)
    ]


def _paragraphs(stretch: str, start: int) -> Iterator[tuple[int, int]]:
    """The spans in the text between the blank lines of a stretch that begins at `start`."""
    first = 0
    for blank in _BLANK_LINE.finditer(stretch):
        yield start + first, start + blank.start()
        first = blank.end()
    yield start + first, start + len(stretch)


def _of_paragraph(paragraph: str, words: Lexicon) -> list[tuple[int, int]]:
    """The sentences of a stretch without blank lines; where nobody wrote capitals, small letters begin them."""
    ends = list(cuts(paragraph, words, small=False))
    letter = _LETTER.search(paragraph)
    if not ends and letter and letter[0].islower():
        ends = list(cuts(paragraph, words, small=True))
    spans = []
    for left, right in zip([0, *ends], [*ends, len(paragraph)], strict=True):
        if piece := paragraph[left:right].strip():
            begin = paragraph.index(piece, left)
            spans.append((begin, begin + len(piece)))
    return spans

r"""Transcripts as plain text with their codes: `[#3 trust/low{` before the words, `}#3]` after them.

Without its tags a text is letter for letter that of the source, so no tag can be mistaken: where the text itself has
`[` or `}` before `#`, with any number of `\` between them, it has one `\` more. In the name of a code `\` and `{` have
a `\` before them. The whole text stands between the lines `[#text{` and `}#text]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.model.markup import code_span, harmless, harmless_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.marked import Mark, Marked

_LIKE_A_TAG = re.compile(r"(?<=[\[}])\\*#")
_TAG = re.compile(r"\[#\d+ (?:\\.|[^\\{])*\{|\}#\d+\]")
_SPECIAL = re.compile(r"[\\{]")
_ENDS, _BEGINS, _ESCAPED = range(3)
Sign = tuple[int, int, int, str]
"""A place in a text, what comes first there, and what is written there."""


def tagged_file(marked: Sequence[Marked], notes: Sequence[str], command: str) -> str:
    """Transcripts with their codes as one file, and the command that writes it again."""
    parts = [part for one in marked for part in _parts(one)]
    ending = "\n".join([*(f"- {harmless_name(note)}" for note in notes), f"- Command: {code_span(command)}"])
    return "\n\n".join([*parts, "---", _plain(ending)]) + "\n"


def tagged_text(text: str, marks: Sequence[Mark]) -> str:
    """A text with the tags of its codings, which are numbered in their order from 1."""
    pieces: list[str] = []
    at = 0
    for place, _, _, sign in sorted([*_tags(marks), *_escapes(text)]):
        pieces += (text[at:place], sign)
        at = place
    return "".join([*pieces, text[at:]])


def without_tags(content: str) -> str:
    """A file of tagged texts with all tags taken away; what is like a tag keeps the sign that says it is none."""
    return _TAG.sub("", content)


def _parts(marked: Marked) -> Iterator[str]:
    yield _plain(f"# {harmless_name(marked.source.name)}")
    yield _plain(harmless(marked.facts()))
    if marked.marks:
        first = f"[#1 {_name(marked.marks[0])}{{ and }}#1]"
        yield _plain(f"What stands between {first} has that code; the list below the text says more of each.")
    yield f"[#text{{\n{tagged_text(marked.text, marked.marks)}\n}}#text]"
    if marked.marks:
        yield "## Codings"
        yield _plain("\n".join(_line(number, mark) for number, mark in enumerate(marked.marks, start=1)))


def _line(number: int, mark: Mark) -> str:
    """A coding in the list below its text; its memo goes on in lines that stand further in."""
    facts = (mark.code, mark.coder, f"characters {mark.start}-{mark.end}")
    memo = f": {harmless(mark.memo)}".replace("\n", "\n  ") if mark.memo else ""
    return f"- {number} · {' · '.join(map(harmless_name, facts))}{memo}"


def _tags(marks: Sequence[Mark]) -> Iterator[Sign]:
    """The tags: at one place the inner codings end first, then the outer ones begin."""
    for number, mark in enumerate(marks, start=1):
        yield mark.start, _BEGINS, number, f"[#{number} {_name(mark)}{{"
        yield mark.end, _ENDS, -number, f"}}#{number}]"


def _name(mark: Mark) -> str:
    """The name of a coding's code in its tag."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(mark.code.splitlines()))


def _escapes(text: str) -> Iterator[Sign]:
    return ((found.start(), _ESCAPED, 0, "\\") for found in _LIKE_A_TAG.finditer(text))


def _plain(words: str) -> str:
    """Words around a text, in which nothing reads as a tag."""
    return tagged_text(words, ())

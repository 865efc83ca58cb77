"""What to say of a document's pages: how many there are, which have no words, and which lines are page heads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.model.transcript import PAGE_HEAD, PAGE_MARK

if TYPE_CHECKING:
    from qda.model.transcript import Transcript

_NUMBER = re.compile(r"\d+")
_MOST = 6


def heads_of(transcript: Transcript) -> list[str]:
    """The lines taken for page heads and foots, each with how many pages have it; numbers in them stand as `…`."""
    lines = [transcript.text[one.start : one.end].strip() for one in transcript.no_data if one.reason == PAGE_HEAD]
    alike: dict[str, list[str]] = {}
    for line in lines:
        alike.setdefault(_NUMBER.sub("…", line), []).append(line)
    return [f"'{found[0] if len(set(found)) == 1 else shape}' ({len(found)})" for shape, found in alike.items()]


def pages_said(transcript: Transcript) -> list[str]:
    """Sentences on the pages of a document, none where it has no pages."""
    marks = [one for one in transcript.no_data if one.reason == PAGE_MARK]
    ends = [*(one.start for one in marks[1:]), len(transcript.text)]
    empty = [one for one, end in zip(marks, ends, strict=False) if not transcript.text[one.end : end].strip()]
    said = []
    if empty:
        named = ", ".join(transcript.text[one.start : one.end].strip() for one in empty[:_MOST])
        said.append(f"{many(len(empty), 'page')} without words (empty, or pictures of pages): {named}")
    if heads := heads_of(transcript):
        said.append(
            f"no data, as page heads and foots: {', '.join(heads[:_MOST])}"
            " (X on the screen makes one data again, --page-heads no at import all)"
        )
    return said


def without_heads(transcript: Transcript) -> Transcript:
    """The same document with its page heads and foots left as data; where pages begin stays marked."""
    return transcript._replace(no_data=tuple(one for one in transcript.no_data if one.reason == PAGE_MARK))

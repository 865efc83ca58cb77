"""Transcripts as a document with each coding as a comment in the margin, anchored on exactly its words."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qda.render.docx.package import Document
from qda.render.docx.words import Look, is_right_to_left, paragraph, runs, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.marked import Mark, Marked

_ENDS, _BOTH, _BEGINS = range(3)
Event = tuple[int, int, int]
"""A place, what happens there, and the number of the comment."""


def transcripts_document(marked: Sequence[Marked], notes: Sequence[str], command: str) -> bytes:
    """Transcripts as a Word document: a paragraph for each line, a comment for each coding.

    A comment's author is the coder; it has the code by its path and below it the memo.

    Args:
        marked: The transcripts.
        notes: What must be known of them.
        command: The words that write the same again.
    """
    alone = len(marked) == 1
    document = Document(marked[0].source.name if alone else "Transcripts with their codings")
    for number, one in enumerate(marked):
        document.heading(one.source.name, 1, over=number > 0)
        document.add(said(one.facts(), "Caption"), *_lines(document, one))
    document.add(said("Base and rules", "NotesHeading"), *(said(note, "ListBullet") for note in notes))
    document.add(said(f"Made anew by {command}.", "MadeFrom"))
    return document.close()


def _lines(document: Document, marked: Marked) -> Iterator[str]:
    """The lines of a text; above one in which nobody is named a line that says who speaks, and when."""
    text, turns = marked.text, list(marked.turns)
    events = _events(document, marked)
    places = [place for place, _, _ in events]
    start, turn, event = 0, 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        label = start
        while turn < len(turns) and turns[turn].start <= end:
            if turns[turn].body > turns[turn].start:
                label = min(turns[turn].body, end)
            elif who := " · ".join(filter(None, (turns[turn].speaker, _moment(turns[turn].time_ms)))):
                yield said(who, "Turn")
            turn += 1
        upto = bisect_right(places, end)
        inside = "".join(_pieces(marked, (start, end), label, events[event:upto]))
        yield paragraph(inside, "Speech", right=is_right_to_left(text[label:end]))
        start, event = end + 1, upto


def _pieces(marked: Marked, line: tuple[int, int], label: int, events: Sequence[Event]) -> Iterator[str]:
    """A line cut wherever its label ends and a coding begins or ends."""
    start, end = line
    cuts = sorted({start, end, label, *(place for place, _, _ in events)})
    at = 0
    for place, after in zip(cuts, [*cuts[1:], end], strict=True):
        while at < len(events) and events[at][0] == place:
            yield _anchor(events[at])
            at += 1
        look = Look("Label" if after <= label else "", language=marked.source.language)
        yield runs(marked.text[place:after], look)


def _anchor(event: Event) -> str:
    """Where a comment begins or ends; its sign stands where it ends."""
    _, what, number = event
    begins = f'<w:commentRangeStart w:id="{number}"/>'
    ends = (
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{number}"/></w:r>'
    )
    return f"{begins if what != _ENDS else ''}{ends if what != _BEGINS else ''}"


def _events(document: Document, marked: Marked) -> list[Event]:
    """Where the codings of a text begin and end, each with a comment of its own; ends come before beginnings."""
    found: list[Event] = []
    for mark in marked.marks:
        number = document.comment(mark.coder, [mark.code, *mark.memo.splitlines()])
        start, end = _on_lines(marked.text, mark)
        if start == end:
            found.append((start, _BOTH, number))
        else:
            found += [(start, _BEGINS, number), (end, _ENDS, number)]
    return sorted(found)


def _on_lines(text: str, mark: Mark) -> tuple[int, int]:
    """The place of a coding without line ends before and after it, which stand in no paragraph."""
    words = text[mark.start : mark.end]
    if not words.strip("\n"):
        return mark.start, mark.start
    return mark.end - len(words.lstrip("\n")), mark.start + len(words.rstrip("\n"))


def _moment(time_ms: int | None) -> str:
    if time_ms is None:
        return ""
    seconds = time_ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"

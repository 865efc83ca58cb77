"""Speaker turns: which stretch of a text is whose, and which labels were left as text as unsure."""

from __future__ import annotations

import re
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from qda.io.transcripts.dialogue import Dialogue
from qda.io.transcripts.labels import NAME
from qda.io.transcripts.lines import closing_stamp, find_lines, milliseconds
from qda.io.transcripts.meetings import find_meeting
from qda.io.transcripts.roles import is_generic, role_of
from qda.model.transcript import SpokenTurn, UnsureLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.io.transcripts.lines import Line

__all__ = ["find_turns", "is_generic", "role_of"]

_LONGEST_HEADER = 1500
_LONGEST_ENTRY = 40
_START_MS = 120_000
_LEAST_CLOSED = 2  # turns that end with a time stamp, before those are believed
_CLOSING = re.compile(r"\s*^Transcribed by https?://otter\.ai\s*\Z", re.MULTILINE)


def find_turns(
    text: str, speakers: str | frozenset[str] = "auto"
) -> tuple[tuple[SpokenTurn, ...], tuple[UnsureLabel, ...]]:
    """The turns of a text, and the labels that look like speakers but were left as text.

    Args:
        text: The whole text; only the beginnings of its lines are looked at.
        speakers: `auto` takes what is certain, `yes` all that is plausible, `no` nothing, a set just those.
    """
    if speakers == "no":
        return (), ()
    confirmed = speakers if isinstance(speakers, frozenset) else None
    if meeting := find_meeting(text, speakers):
        return meeting, ()
    found = list(find_lines(text, confirmed))
    turns = [line for line in found if line.form != "#"]
    unsure: tuple[UnsureLabel, ...] = ()
    if confirmed is None and turns:
        turns, unsure = _choose(text, turns, everything=speakers == "yes")
    return tuple(_turns(text, turns or _only_times(found))), unsure


def _choose(text: str, lines: Sequence[Line], *, everything: bool) -> tuple[list[Line], tuple[UnsureLabel, ...]]:
    """The lines that begin a turn, and the labels of others; labels before a tab only where alone."""
    headings = [line.start for line in lines if line.form == "h"]
    lines = _without_header(text, [line for line in lines if line.form != "h"], headings)
    dialogue = Dialogue(text, [line for line in lines if line.form != "|"], headings=len(headings))
    chosen = dialogue.likely() if everything else dialogue.sure()
    if len(dialogue.lines) < len(lines):
        table = Dialogue(text, [line for line in lines if line.form == "|"], headings=len(headings))
        columns = table.columns()
        if table.times(columns) > dialogue.times(chosen):
            dialogue, chosen = table, columns
    return [line for line in dialogue.lines if line.label.key in chosen], _unsure(dialogue, chosen)


def _unsure(dialogue: Dialogue, chosen: set[str]) -> tuple[UnsureLabel, ...]:
    """The labels left as text that a person should judge, in order of the text."""
    left: dict[str, UnsureLabel] = {}
    for line in dialogue.lines:
        key, grade = line.label.key, line.label.grade
        if key in chosen or key in left or (grade < NAME and dialogue.counts[key] < 3):
            continue
        if dialogue.opens_paragraphs(key):
            left[key] = UnsureLabel(line.label.written, dialogue.counts[key], line.start)
    return tuple(left.values())


def _without_header(text: str, lines: Sequence[Line], headings: Sequence[int]) -> Sequence[Line]:
    """The lines without those of a header (`Interviewer: Anna` between `Date:` and `Place:`)."""
    end = text.find("\n\n", 0, _LONGEST_HEADER)
    if not headings or headings[0] > end:
        return lines
    return [line for line in lines if line.start > end or not _is_entry(text, line)]


def _is_entry(text: str, line: Line) -> bool:
    """Whether a line gives a name or a number and no speech."""
    row = text[line.head : text.find("\n", line.head)]
    return not line.stamp and len(row) <= _LONGEST_ENTRY and not any(sign in row for sign in ".?!…")


def _only_times(found: Iterable[Line]) -> list[Line]:
    """Lines that begin with a time and name nobody, if they can be a recording's: the times mostly go up.

    One alone must stand in square brackets or `#`; bare ones, which programmes have too, must start near 0.
    """
    lines = [line for line in found if line.form == "#"]
    times = [milliseconds(line.stamp) or 0 for line in lines]
    falls = sum(later < time for time, later in pairwise(times))
    bare = any(line.stamp[0].isdigit() for line in lines)
    if bare and (len(lines) < 3 or times[0] > _START_MS):
        return []
    if len(lines) == 1 and lines[0].stamp.lstrip("\\")[0] not in "[#":
        return []
    return lines if falls * 10 <= len(lines) else []


def _turns(text: str, lines: Sequence[Line]) -> Iterable[SpokenTurn]:
    """The turns that the lines begin. Where most of them end with a time stamp, that is when the next begins."""
    tool = _CLOSING.search(text, max(len(text) - 200, 0))  # what a programme says of itself is nobody's speech
    limits = chain((line.start for line in islice(lines, 1, None)), [tool.start() if tool else len(text)])
    speeches = [text[line.head : limit].rstrip() for line, limit in zip(lines, limits, strict=False)]
    closing = [closing_stamp(speech) for speech in speeches]
    closed = sum(stamp is not None for stamp in closing)
    if closed < _LEAST_CLOSED or closed * 2 < len(closing):
        closing = [None] * len(closing)
    before: re.Match[str] | None = None
    for line, speech, stamp in zip(lines, speeches, closing, strict=True):
        said = speech[: stamp.start()].rstrip() if stamp else speech
        head = line.head
        time = line.stamp or (before["stamp"] if before else "")
        yield SpokenTurn(
            line.start,
            head + len(said) - len(said.lstrip()),
            head + len(said),
            line.label.written or None,
            milliseconds(time) if time else None,
        )
        before = stamp

"""Lines that begin like a speaker's turn, found with one regular expression over the whole text."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qda.io.transcripts.labels import HEADING, NAME, WEAK, Label, in_bold, judge
from qda.io.transcripts.roles import fold_label

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"  # direction marks, no part of a name
_TIME = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?(?!\d|:\d)"
_RANGE = rf"{_TIME}(?:\s?(?:-->|[-–—])\s?{_TIME}|-\d{{1,3}}\#)?"  # `00:01 - 00:05`, `00:00:12-4#`
_BRACKETED = rf"(?:\\?[\[(]\s?\#?{_RANGE}\s?\\?[\])]|\#{_TIME}(?:-\d{{1,3}})?\#)"
_ANY_TIME = rf"(?:{_BRACKETED}|{_TIME})"
# A label runs up to a sign that no name has, and stops before a time; possessive, so that prose fails fast. Before
# Python 3.11.5 a possessive group that looks around and does not match fails as a whole; without `+` it finds the same.
_ALL = "+" if sys.version_info >= (3, 11, 5) else ""
_NOT = r':：\n\t\[\]()<>{}|=;!?“”„«»…*\#\\•@`"'
_LABEL = (
    rf"[^\W\d_][^{_NOT}\d]{{0,60}}+(?:(?!{_TIME})\d++[^{_NOT}\d]{{0,40}}+){{0,4}}{_ALL}"
    rf'(?:(?<=\w)"\w[^{_NOT}]{{0,40}}+){{0,3}}{_ALL}(?:\((?!\s?{_TIME})[^():\n"`]{{1,30}}+\)[ \xa0]?)?{_ALL}'
)
_LINE = rf"""
\n[ \t]*+(?P<start>)[ \t{_MARKS}]*+
(?:
    [*_]{{0,3}}+
    (?:(?P<first>{_ANY_TIME})[ \t]*+(?:[-–—][ \t]++|(?:\n[ \t]*+){{1,2}}+)?[*_]{{0,3}}+)?
    (?P<label>LABEL)
    [*_]{{0,3}}+[ \xa0\u202f{_MARKS}]*+
    (?:[ \t]*+(?P<inside>{_ANY_TIME})[ ]*+[*_]{{0,3}}+)?
    (?:
        (?P<colon>[:：])(?![/:])[*_]{{0,3}}+(?:[ \t]*+(?P<after>{_BRACKETED}|\d{{1,2}}:{_TIME}))?
        | (?P<tab>\t)(?=[^\t\n]++(?:\n|\Z))
        | (?(inside)[ \t]*+(?=\n|\Z)|(?!))
    )
    | (?P<only>{_BRACKETED}|{_TIME}(?=[ \t]*+(?:\n|\Z)))
)
"""
_CLOSING = re.compile(rf"[ \t]*(?P<stamp>\#{_TIME}(?:-\d{{1,3}})?\#|\[\s?\#?{_RANGE}\s?\])\Z")
_LONGEST_STAMP = 40
_OPENING = "[(#\\"
_BEFORE_SPEECH = "\"'“”‘’«„([<*_-–—…."
_TIMES = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,-](\d{1,3}))?")


class Line(NamedTuple):
    """A line that begins like a turn; a plain tuple because a file has hundreds.

    `head` is where label, time stamp and mark-up end. `form` is the colon, `t` (label and time alone on the
    line), `|` (a tab), `#` (only a time; the label is empty) or `h` (a heading, no turn).
    """

    start: int
    head: int
    label: Label
    stamp: str
    form: str


_NOBODY = judge("")


@lru_cache(maxsize=32)
def _pattern(confirmed: frozenset[str] | None) -> re.Pattern[str]:
    """The pattern for any label, or for exactly the confirmed ones in any case, space and composition."""
    if confirmed is None:
        return re.compile(_LINE.replace("LABEL", _LABEL), re.VERBOSE)
    spellings = {
        r"[ \t\xa0]++".join(map(re.escape, unicodedata.normalize(form, label).split()))
        for label in confirmed
        for form in ("NFC", "NFD")
    }
    longest_first = sorted(filter(None, spellings), key=lambda words: (-len(words), words))
    label = f"(?:{'|'.join(longest_first) or '(?!)'})"
    return re.compile(_LINE.replace("LABEL", label), re.VERBOSE | re.IGNORECASE)


def find_lines(text: str, confirmed: frozenset[str] | None = None) -> Iterator[Line]:
    """All lines that begin like a turn, in order; with `confirmed`, only those labels and bare times."""
    wanted = None if confirmed is None else {fold_label(label) for label in confirmed}
    # The added line end lets the pattern start with one, which the regex engine finds fastest.
    for match in _pattern(confirmed).finditer("\n" + text):
        line = _line(match)
        if line.form == "#" or (line.label.key in wanted if wanted is not None else _stands(text, line)):
            yield line
        elif (first := match["first"]) and (first[0] in _OPENING or "\n" in text[match.end("first") - 1 : line.head]):
            yield Line(line.start, match.end("first") - 1, _NOBODY, first, "#")
        elif wanted is None and line.label.grade == HEADING:
            yield line._replace(form="h")


def _line(match: re.Match[str]) -> Line:
    label, colon, first, inside, after, only = match.group("label", "colon", "first", "inside", "after", "only")
    start, head = match.start("start") - 1, match.end() - 1
    if only:
        return Line(start, head, _NOBODY, only, "#")
    form = colon or ("|" if match["tab"] else "t")
    judged = in_bold(judge(label)) if colon and _is_bold(match) else judge(label)
    return Line(start, head, judged, first or inside or after or "", form)


def _is_bold(match: re.Match[str]) -> bool:
    """Whether a label is set in bold, the colon within or behind it."""
    before = match.string[match.end("start") : match.start("label")]
    behind = match.string[match.end("label") : match.end()]
    return any(mark in before and mark in behind for mark in ("**", "__"))


def _stands(text: str, line: Line) -> bool:
    """Whether a label may stand so: a comma only beside a time, no space after the colon only if known."""
    label = line.label
    if label.grade < WEAK or ("," in label.written and not line.stamp):
        return False
    if line.form != ":" or line.stamp or line.head >= len(text):
        return True
    after = text[line.head]
    known = label.generic and label.grade == NAME
    return after.isspace() or after in _BEFORE_SPEECH or (known and after.isalnum())


def is_certain(line: Line) -> bool:
    """Whether the time alone proves a turn: in brackets, with hours, or closing a line with the label."""
    return line.form == "t" or line.stamp[0] in _OPENING or line.stamp.count(":") > 1


def closing_stamp(speech: str) -> re.Match[str] | None:
    """The time stamp with which a speech ends (`#00:00:12-4#`, as f4 writes it), with the space before it."""
    return _CLOSING.search(speech, max(len(speech) - _LONGEST_STAMP, 0))


def milliseconds(stamp: str) -> int | None:
    """The time in a stamp like `[00:12:03]`, `1:46`, `#00:00:12-4#`; of a range the start."""
    found = _TIMES.search(stamp)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))

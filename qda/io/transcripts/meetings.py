"""Transcripts and chats of meetings whose lines have a form of their own: Teams, Zoom and Trint as text.

Other programmes write a name, a time and what was said in forms that `lines.py` knows (Otter, newer Teams).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.io.transcripts.labels import NAME, judge
from qda.io.transcripts.lines import milliseconds
from qda.io.transcripts.roles import fold_label
from qda.model.transcript import SpokenTurn

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"[^\W\d_][^\n\t:：]{0,60}?"
_DOT = r"\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,7}"
# `0:0:0.0 --> 0:0:2.240`, below it a name on a line of its own, then what is said.
_TEAMS = re.compile(rf"^(?P<stamp>{_DOT}) *--> *{_DOT}[ \t]*\n+(?P<name>{_NAME})[ \t]*\n+(?=\S)", re.MULTILINE)
_TEAMS_ROW = re.compile(rf"^{_DOT} *--> *{_DOT}[ \t]*$", re.MULTILINE)
# `10:15:03 From Anna to Everyone:` with the words behind it or, set in, below it.
_ZOOM = re.compile(
    rf"^(?P<stamp>\d\d:\d\d:\d\d)[ \t]+From[ \t]+(?P<name>{_NAME})(?:[ \t]+[tT]o[ \t]+[^\n:]{{1,80}}?)?"
    r"[ \t]*:[ \t]*\n?[ \t]*",
    re.MULTILINE,
)
_ZOOM_ROW = re.compile(r"^\d\d:\d\d:\d\d[ \t]+From[ \t]", re.MULTILINE)
# `Anna Visser [00:00:04] What is said.`
_TRINT = re.compile(rf"^(?P<name>{_NAME})[ \t]*\[(?P<stamp>\d\d:\d\d:\d\d)(?:[.:]\d\d\d?)?\][ \t]+(?=\S)", re.MULTILINE)
_TRINT_ROW = re.compile(r"^[^\n\[]{1,70}\[\d\d:\d\d:\d\d", re.MULTILINE)
_FORMS = ((_TEAMS, _TEAMS_ROW), (_ZOOM, _ZOOM_ROW), (_TRINT, _TRINT_ROW))
_LEAST = 2


def find_meeting(text: str, speakers: str | frozenset[str]) -> tuple[SpokenTurn, ...]:
    """The turns of a text in one of these forms; none where it is in none of them, or not throughout."""
    for form, row in _FORMS:
        if not row.search(text):
            continue
        found = list(form.finditer(text))
        throughout = len(found) >= _LEAST and len(found) == sum(1 for _ in row.finditer(text))
        if throughout and (form is not _TRINT or all(judge(match["name"]).grade == NAME for match in found)):
            return tuple(_turns(text, found, speakers))
    return ()


def _turns(text: str, found: list[re.Match[str]], speakers: str | frozenset[str]) -> Iterator[SpokenTurn]:
    wanted = {fold_label(label) for label in speakers} if isinstance(speakers, frozenset) else None
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, limit in zip(found, ends, strict=True):
        speech = text[match.end() : limit].rstrip()
        label, time_ms = " ".join(match["name"].split()), milliseconds(match["stamp"])
        named = label if wanted is None or fold_label(label) in wanted else None
        if speech:
            yield SpokenTurn(match.start(), match.end(), match.end() + len(speech), named, time_ms)

"""What programmes write from recordings, recognised by content: captions, JSON, noScribe's pages and TEI."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError
from qda.io.transcripts.captions import read_captions
from qda.io.transcripts.cues import looks_like_captions
from qda.io.transcripts.machine import format_of, parse, read_machine
from qda.io.transcripts.marked_up import is_noscribe, read_noscribe
from qda.io.transcripts.tei import is_tei, read_tei

if TYPE_CHECKING:
    from qda.io.transcripts.pieces import Told
    from qda.model.transcript import SpokenTurn, UnsureLabel

_CAPTIONS = {".vtt": "vtt", ".srt": "srt", ".sbv": "sbv"}
RECORDINGS = frozenset([*_CAPTIONS, ".otr"])
"""The endings of files that are transcripts of recordings or damaged ones."""


class Recorded(NamedTuple):
    """The kind of a file (`vtt`, `whisper`, `tei`, …) with its words, turns and labels that are unsure."""

    kind: str
    text: str
    turns: tuple[SpokenTurn, ...]
    unsure: tuple[UnsureLabel, ...]


def read_recorded(text: str, file: str, ending: str, speakers: str | frozenset[str]) -> Recorded | None:
    """Read the text of a file if a programme wrote it from a recording; None for other texts.

    Raises:
        BadFileError: It is of one of these forms, by its content or its ending, and damaged.
    """
    if kind := looks_like_captions(text) or _CAPTIONS.get(ending.lower()):
        return _recorded(kind, read_captions(text, file, kind, speakers))
    if is_noscribe(text):
        return _recorded("noscribe", read_noscribe(text, file, speakers))
    if is_tei(text):
        return _recorded("tei", read_tei(text, file, speakers))
    content = parse(text, file, ending)
    kind = format_of(content) if content else ""
    if content and kind:
        return _recorded(kind, read_machine(content, kind, file, speakers))
    if ending.lower() == ".otr":
        raise BadFileError(file, "this is no file of oTranscribe, or it is damaged; export it again")
    return None


def is_recorded(text: str) -> bool:
    """Whether a programme wrote a text from a recording."""
    if looks_like_captions(text) or is_noscribe(text) or is_tei(text):
        return True
    content = parse(text, "", "")
    return content is not None and format_of(content) != ""


def _recorded(kind: str, read: Told) -> Recorded:
    return Recorded(kind, *read)

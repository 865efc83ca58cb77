"""Pieces of speech with their voices and times, as recordings are written down, become a text with turns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.transcripts.labels import NAME, judge
from qda.io.transcripts.roles import fold_label
from qda.io.transcripts.speakers import find_turns
from qda.model.transcript import SpokenTurn, UnsureLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LABEL = re.compile(r"\s*([^\n:]{1,60}):\s")

Told = tuple[str, tuple[SpokenTurn, ...], tuple[UnsureLabel, ...]]
"""A text, its turns, and the labels in it that are unsure."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one voice from one moment on, with their place in the whole text.

    `head` is how many of its characters are the speaker's name and time as they stand in the text; `time_ms` is None
    where the file gives no time. A piece with neither voice nor time (a title, a remark between) is nobody's turn.
    """

    start: int
    words: str
    voice: str | None
    time_ms: int | None
    head: int = 0


def on_lines(segments: Iterable[tuple[str, str | None, int | None]]) -> list[Piece]:
    """Segments (words, voice, milliseconds) as pieces, each on lines of its own; those without words are left out."""
    pieces: list[Piece] = []
    at = 0
    for said, voice, time_ms in segments:
        words = said.replace("\r\n", "\n").replace("\r", "\n").strip()
        if words:
            pieces.append(Piece(at, words + "\n", " ".join((voice or "").split()) or None, time_ms))
            at += len(words) + 1
    return pieces


def told(pieces: list[Piece], file: str, speakers: str | frozenset[str], *, empty: str) -> Told:
    """The words of all pieces, their turns, and labels within the words that are unsure.

    Named voices are turns, adjoining pieces of one voice a single one, unless its name is written anew; without
    voices, labels in the words (`Karim: …`) are turns; without either each piece with a time is a turn of nobody, so
    that the time is kept.

    Raises:
        BadFileError: There are no words (`empty` says so), or they hold what no text can hold.
    """
    words = "".join(piece.words for piece in pieces).removesuffix("\n")
    if not words.strip():
        raise BadFileError(file, empty)
    if "\0" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
        raise BadFileError(file, "its words hold zero bytes or halves of characters; export it again")
    if speakers == "no":
        return words, (), ()
    if any(piece.voice for piece in pieces):
        return words, tuple(_voiced(pieces, speakers)), ()
    found, unsure = find_turns(words, _always_named(pieces) or speakers if speakers == "auto" else speakers)
    turns = tuple(_with_time(turn, pieces) for turn in found if turn.label)
    return words, turns or tuple(_voiced(pieces, speakers)), unsure


def _always_named(pieces: list[Piece]) -> frozenset[str]:
    """The names with which pieces begin where each of them does so (Zoom) and names repeat; else none."""
    begins = [
        match and judge(match[1]) for piece in pieces if (match := _LABEL.match(piece.words)) or piece.words.strip()
    ]
    names = {label.written for label in begins if label and label.grade == NAME}
    always = all(label and label.grade == NAME for label in begins)
    return frozenset(names) if always and len(names) < len(begins) else frozenset()


def _voiced(pieces: list[Piece], speakers: str | frozenset[str]) -> Iterator[SpokenTurn]:
    """One turn for adjoining pieces of one named voice, one for each piece without a voice but with a time."""
    wanted = {fold_label(label) for label in speakers} if isinstance(speakers, frozenset) else None
    last: SpokenTurn | None = None
    for piece in pieces:
        voice = piece.voice if wanted is None or fold_label(piece.voice or "") in wanted else None
        head = piece.head if voice else 0
        speech = piece.words[head:].rstrip()
        if not speech.strip() or (voice is None and piece.time_ms is None):
            continue
        end = piece.start + head + len(speech)
        body = end - len(speech.lstrip())
        if last and voice and last.label == voice and not head:
            last = last._replace(end=end)
            continue
        if last:
            yield last
        start = piece.start + len(piece.words) - len(piece.words.lstrip()) if head else body
        last = SpokenTurn(start, body, end, voice, piece.time_ms)
    if last:
        yield last


def _with_time(turn: SpokenTurn, pieces: list[Piece]) -> SpokenTurn:
    """A turn found by its label, with the time of the piece in which it begins unless it has its own."""
    if turn.time_ms is not None:
        return turn
    piece = pieces[bisect_right(pieces, turn.start, key=lambda piece: piece.start) - 1]
    return turn._replace(time_ms=piece.time_ms)

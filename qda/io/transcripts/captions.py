"""Captions as a transcript: the words without tags, one cue a line, and whose they are."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.transcripts.cues import read_cues
from qda.io.transcripts.roles import fold_label
from qda.io.transcripts.speakers import find_turns
from qda.model.transcript import SpokenTurn, UnsureLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.io.transcripts.cues import Cue

# Only known tags are taken out: `<inaudible>` is a word of the transcriber.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|b|i|u|lang|ruby|rt|font)(?:\.[^\s<>]*)?(?P<who>\s[^<>]*)?>"
    r"|<\d[\d:.]*>|\{\\[^{}\n]*\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one voice within one cue, with their place in the whole text."""

    start: int
    words: str
    voice: str | None
    time_ms: int


def read_captions(
    text: str, file: str, *, webvtt: bool, speakers: str | frozenset[str]
) -> tuple[str, tuple[SpokenTurn, ...], tuple[UnsureLabel, ...]]:
    """The words of a caption file, its turns, and labels within the words that are unsure.

    Named voices are turns; without those, labels in the words (`Karim: …`) are; without either each cue is a
    turn of nobody, so that its time is kept.

    Raises:
        BadFileError: A part of the file is no caption.
    """
    pieces = _pieces(read_cues(text, file, webvtt=webvtt))
    words = "".join(piece.words for piece in pieces).removesuffix("\n")
    if not words.strip():
        raise BadFileError(file, "its captions have no words")
    if speakers == "no":
        return words, (), ()
    if any(piece.voice for piece in pieces):
        return words, tuple(_voiced(pieces, speakers)), ()
    found, unsure = find_turns(words, speakers)
    turns = tuple(_with_time(turn, pieces) for turn in found if turn.label)
    return words, turns or tuple(_voiced(pieces, speakers)), unsure


def _pieces(cues: list[Cue]) -> list[_Piece]:
    """All words with their voices; each cue ends in a line end, cues without words are left out."""
    pieces: list[_Piece] = []
    at = 0
    for cue in cues:
        spoken = [(words, voice) for words, voice in _voices(cue.text) if words]
        if not "".join(words for words, _ in spoken).strip():
            continue
        spoken[-1] = (spoken[-1][0] + "\n", spoken[-1][1])
        for words, voice in spoken:
            pieces.append(_Piece(at, words, voice, cue.time_ms))
            at += len(words)
    return pieces


def _voices(text: str) -> Iterator[tuple[str, str | None]]:
    """The words of a cue by voice; a voice ends at its closing tag, the next voice or the end of the cue."""
    voice: str | None = None
    at = 0
    words = ""
    for tag in _TAG.finditer(text):
        words += text[at : tag.start()]
        at = tag.end()
        if (tag["name"] or "").casefold() == "v":
            yield _decoded(words), voice
            words = ""
            voice = None if tag["close"] else " ".join(_decoded(tag["who"] or "").split()) or None
    yield _decoded(words + text[at:]), voice


def _decoded(words: str) -> str:
    """Entities as the characters they stand for; only whole ones (`AT&T` and `&copy` stay)."""
    if "&" not in words:
        return words
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\r", "\n"), words)


def _voiced(pieces: list[_Piece], speakers: str | frozenset[str]) -> Iterator[SpokenTurn]:
    """One turn for adjoining pieces of one named voice, one for each piece without."""
    wanted = {fold_label(label) for label in speakers} if isinstance(speakers, frozenset) else None
    last: SpokenTurn | None = None
    for piece in pieces:
        speech = piece.words.rstrip()
        end = piece.start + len(speech)
        start = end - len(speech.lstrip())
        voice = piece.voice if wanted is None or fold_label(piece.voice or "") in wanted else None
        if not speech:
            continue
        if last and voice and last.label == voice:
            last = last._replace(end=end)
            continue
        if last:
            yield last
        last = SpokenTurn(start, start, end, voice, piece.time_ms)
    if last:
        yield last


def _with_time(turn: SpokenTurn, pieces: list[_Piece]) -> SpokenTurn:
    """A turn found by its label, with the time of the cue in which it begins unless it has its own."""
    if turn.time_ms is not None:
        return turn
    piece = pieces[bisect_right(pieces, turn.start, key=lambda piece: piece.start) - 1]
    return turn._replace(time_ms=piece.time_ms)

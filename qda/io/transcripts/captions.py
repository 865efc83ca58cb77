"""Captions as a transcript: the words without tags, one cue a line, and whose they are."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from qda.io.transcripts.cues import read_cues
from qda.io.transcripts.pieces import Piece, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.io.transcripts.cues import Cue
    from qda.io.transcripts.pieces import Told

# Only known tags are taken out: `<inaudible>` is a word of the transcriber.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|b|i|u|lang|ruby|rt|font)(?:\.[^\s<>]*)?(?P<who>\s[^<>]*)?>"
    r"|<\d[\d:.]*>|\{\\[^{}\n]*\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def read_captions(text: str, file: str, kind: str, speakers: str | frozenset[str]) -> Told:
    """The words of a caption file (`vtt`, `srt` or `sbv`), its turns, and labels within the words that are unsure.

    Named voices are turns; without those, labels in the words (`Karim: …`) are; without either each cue is a
    turn of nobody, so that its time is kept.

    Raises:
        BadFileError: A part of the file is no caption.
    """
    pieces = _pieces(read_cues(text, file, kind))
    return told(pieces, file, speakers, empty="its captions have no words")


def _pieces(cues: list[Cue]) -> list[Piece]:
    """All words with their voices; each cue ends in a line end, cues without words are left out."""
    pieces: list[Piece] = []
    at = 0
    for cue in cues:
        spoken = [(words, voice) for words, voice in _voices(cue.text) if words]
        if not "".join(words for words, _ in spoken).strip():
            continue
        spoken[-1] = (spoken[-1][0] + "\n", spoken[-1][1])
        for words, voice in spoken:
            pieces.append(Piece(at, words, voice, cue.time_ms))
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

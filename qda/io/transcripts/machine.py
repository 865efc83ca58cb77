"""Transcripts that programmes write as JSON: Whisper, WhisperX, whisper.cpp and oTranscribe.

Only who said what and when is read; how sure a programme was of each word is left out.
"""

from __future__ import annotations

import json
import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.transcripts.marked_up import read_otranscribe
from qda.io.transcripts.pieces import on_lines, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.io.transcripts.pieces import Told

_ENDINGS = (".json", ".otr")
_EMPTY = "it has no words"
_LONGEST_MS = 1_000 * 3_600 * 10_000
Segment = tuple[str, str | None, int | None]


def parse(text: str, file: str, ending: str) -> dict[str, Any] | None:
    """The content of a JSON file with one object; None where the text is none.

    Raises:
        BadFileError: The file is called JSON or oTranscribe and is damaged.
    """
    if not text.lstrip().startswith("{"):
        return None
    try:
        content = json.loads(text)
    except RecursionError:
        content = None
    except ValueError as error:
        if ending.lower() not in _ENDINGS:
            return None
        line = getattr(error, "lineno", None)
        raise BadFileError(file, "this JSON is damaged or cut short; export the transcript again", line=line) from None
    return content if isinstance(content, dict) else None


def format_of(content: dict[str, Any]) -> str:
    """Which programme wrote an object: `otr`, `whisper`, `whisper.cpp`, nothing where none of them did."""
    if isinstance(content.get("text"), str) and {"media", "media-time"} & set(content):
        return "otr"
    for key, sign, kind in (("segments", "start", "whisper"), ("transcription", "offsets", "whisper.cpp")):
        parts = content.get(key)
        if isinstance(parts, list) and all(isinstance(part, dict) for part in parts):
            told_of = not parts or ("text" in parts[0] and sign in parts[0])
            if told_of and (parts or {"language", "params", "result"} & set(content)):
                return kind
    return ""


def read_machine(content: dict[str, Any], kind: str, file: str, speakers: str | frozenset[str]) -> Told:
    """The words, turns and unsure labels of what a programme wrote; each segment stands on a line of its own.

    Raises:
        BadFileError: A segment has no words or no time that can be read, or nothing is said at all.
    """
    if kind == "otr":
        return read_otranscribe(content["text"], file, speakers)
    parts = content["segments" if kind == "whisper" else "transcription"]
    read = _whisper if kind == "whisper" else _whisper_cpp
    segments: list[Segment] = []
    for number, part in enumerate(parts, start=1):
        if not isinstance(part.get("text"), str):
            raise BadFileError(file, f"its segment {number} has no text; export the transcript again")
        try:
            segments.extend(read(part))
        except ValueError:
            problem = f"its segment {number} has no time that can be read; export the transcript again"
            raise BadFileError(file, problem) from None
    return told(on_lines(segments), file, speakers, empty=_EMPTY)


def _whisper(part: dict[str, Any]) -> Iterator[Segment]:
    """A segment, cut where its words change speaker; words that name nobody are those of the speaker before."""
    start, voice = _milliseconds(part.get("start"), 1000), _name(part.get("speaker"))
    words = part.get("words")
    spoken = [word for word in words if isinstance(word, dict)] if isinstance(words, list) else []
    if len({_name(word.get("speaker")) for word in spoken} - {None}) < 2:
        yield part["text"], voice or _first_name(spoken), start
        return
    yield from _by_word(part["text"], spoken, start)


def _by_word(text: str, spoken: list[dict[str, Any]], start: int | None) -> Iterator[Segment]:
    voice = _first_name(spoken)
    places: list[tuple[str | None, int, int | None]] = []  # whose, from which character, from when
    at = 0
    for word in spoken:
        voice = _name(word.get("speaker")) or voice
        said = str(word.get("word", "")).strip()
        found = text.find(said, at) if said else -1
        if found >= 0:
            places.append((voice, found, _milliseconds(word.get("start"), 1000)))
            at = found + len(said)
    runs = [next(run) for _, run in groupby(places, key=lambda place: place[0])]
    begins = [0, *(begin for _, begin, _ in runs[1:]), len(text)]
    for number, (speaker, _, time_ms) in enumerate(runs):
        said = text[begins[number] : begins[number + 1]]
        yield said, speaker, start if number == 0 or time_ms is None else time_ms


def _whisper_cpp(part: dict[str, Any]) -> Iterator[Segment]:
    offsets = part.get("offsets")
    begin = offsets.get("from") if isinstance(offsets, dict) else None
    voice = _name(part.get("speaker"))
    numbered = f"Speaker {voice}" if voice and voice.isdecimal() else voice
    yield part["text"], numbered, _milliseconds(begin, 1)


def _name(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _first_name(spoken: list[dict[str, Any]]) -> str | None:
    return next((name for word in spoken if (name := _name(word.get("speaker")))), None)


def _milliseconds(value: object, factor: int) -> int | None:
    """A time in milliseconds, None where there is none.

    Raises:
        ValueError: It is no number of a recording's length.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    found = round(value * factor)
    if not 0 <= found <= _LONGEST_MS:
        raise ValueError
    return found

"""WebVTT, SubRip and YouTube (SBV) captions as cues: when something is said, and what, tags and all.

Our own reader because a caption that cannot be read must be refused with its line, where the library for it
(webvtt-py) drops it in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCK = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_LIKE_TIMES = re.compile(r"\s*\d[^>]*-->|\s*-->")
_SBV_CLOCK = r"(\d{1,4}):([0-5]?\d):([0-5]\d)\.(\d{1,3})"
_SBV_TIMES = re.compile(rf"\s*{_SBV_CLOCK}\s*,\s*{_SBV_CLOCK}\s*")
_LIKE_SBV = re.compile(r"\s*\d+:[\d:.]*\w*,\s*\d+:[\w:.]*\s*\Z")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_EXAMPLE = "00:00:07.000 --> 00:00:11.890"
_SBV_EXAMPLE = "0:00:07.000,0:00:11.890"


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: its start in milliseconds and its lines as they stand, with their tags."""

    time_ms: int
    text: str


def looks_like_captions(text: str) -> str | None:
    """The format of captions whatever the file is called: `vtt`, `srt`, `sbv`, None for other text."""
    rows = [row for row in text[:2000].split("\n", 20) if row.strip()]
    if rows and _HEADER.fullmatch(rows[0]):
        return "vtt"
    if len(rows) > 1 and _SBV_TIMES.fullmatch(rows[0]):
        return "sbv"
    numbered = len(rows) > 1 and rows[0].strip().isdigit() and _TIMES.fullmatch(rows[1])
    return "srt" if numbered else None


def read_cues(text: str, file: str, kind: str) -> list[Cue]:
    """All cues in order; `kind` is `vtt`, `srt` or `sbv`.

    Raises:
        BadFileError: A part of the file is no caption; nothing is passed over in silence.
    """
    rows = text.split("\n")
    start = _behind_header(rows, file) if kind == "vtt" else 0
    cues = _Cues(rows=rows, file=file, webvtt=kind == "vtt", sbv=kind == "sbv")
    found = list(cues.read(start))
    if not found:
        raise BadFileError(file, f"it has no captions; each needs a line like {cues.example}")
    return found


def _behind_header(rows: list[str], file: str) -> int:
    if not _HEADER.fullmatch(rows[0]):
        raise BadFileError(file, "a WebVTT file begins with the line WEBVTT; add that line", line=1)
    ends = (at for at, row in enumerate(rows) if not row.strip() or _LIKE_TIMES.match(row))
    return next(ends, len(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cues:
    """The rows of one file, read from top to bottom."""

    rows: list[str]
    file: str
    webvtt: bool
    sbv: bool

    @property
    def example(self) -> str:
        """A line with times as this form of captions has it."""
        return _SBV_EXAMPLE if self.sbv else _EXAMPLE

    def _like_times(self, row: str) -> bool:
        return bool((_LIKE_SBV if self.sbv else _LIKE_TIMES).match(row))

    def read(self, at: int) -> Iterator[Cue]:
        """The cues from a line on."""
        while at < len(self.rows):
            row = self.rows[at]
            if not row.strip():
                at += 1
            elif self.webvtt and _ASIDE.fullmatch(row):
                at = self._text_end(at)
            else:
                at = self._times_at(at)
                end = self._text_end(at + 1)
                yield Cue(self._start(at), "\n".join(self._words(at + 1, end)))
                at = end

    def _times_at(self, at: int) -> int:
        """The row with the times: this one, or the next where this one names or numbers the cue."""
        if self._like_times(self.rows[at]):
            return at
        if at + 1 < len(self.rows) and self._like_times(self.rows[at + 1]):
            return at + 1
        problem = f"'{_short(self.rows[at])}' has no times; put a line like {self.example} above it"
        raise BadFileError(self.file, problem, line=at + 1)

    def _start(self, at: int) -> int:
        times = (_SBV_TIMES if self.sbv else _TIMES).fullmatch(self.rows[at])
        if not times:
            problem = f"the times '{_short(self.rows[at])}' cannot be read; write them like {self.example}"
            raise BadFileError(self.file, problem, line=at + 1)
        hours, minutes, seconds, fraction = times.groups()[:4]
        whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
        return whole * 1000 + int((fraction or "0").ljust(3, "0"))

    def _text_end(self, at: int) -> int:
        """The first row behind a cue's words: an empty one, or the times of the next cue."""
        while at < len(self.rows):
            row = self.rows[at]
            if not row or (not self.webvtt and not row.strip()) or self._like_times(row):
                break
            at += 1
        return at

    def _words(self, start: int, end: int) -> list[str]:
        """A cue's rows, without the name or number of the next cue where no empty row parts the two."""
        rows = self.rows[start:end]
        if end == len(self.rows) or not self._like_times(self.rows[end]):
            return rows
        if not rows:
            problem = "two lines with times follow each other; remove one or put the words between them"
            raise BadFileError(self.file, problem, line=end + 1)
        number = not self.webvtt and rows[-1].strip().isdigit()
        parted = len(rows) > 1 and not rows[-2].strip()
        return rows[:-1] if number or parted else rows


def _short(row: str) -> str:
    return row if len(row) <= 60 else f"{row[:59]}…"

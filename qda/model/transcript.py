"""A document as read from a file, before it is in a study."""

from __future__ import annotations

from typing import NamedTuple

READS = ".txt .md .docx .odt .rtf .pdf .html .epub .vtt .srt"  # the endings that documents mostly have


class SpokenTurn(NamedTuple):
    """One speaker's stretch of a text, in code points, half-open.

    `start` is where the speaker's label (or time stamp) begins, `body` where the speech begins, `end` is
    behind the last character of the speech that is not white space. `label` is the speaker's name as it
    stands in the file, without mark-up, colon or time stamp; None where nobody is named. `time_ms` is the
    turn's time stamp in milliseconds from the start of the recording, None where there is none.
    """

    start: int
    body: int
    end: int
    label: str | None
    time_ms: int | None = None


class UnsureLabel(NamedTuple):
    """A line start that looks like a speaker's label but was left as text: the label, how often, first at."""

    label: str
    times: int
    start: int


PAGE_MARK, PAGE_HEAD = "page mark", "page head or foot"
"""Why a stretch is proposed as no data: it says where a page begins, or stands on the pages and in no sentence."""


class NoData(NamedTuple):
    """A stretch of a text that is proposed as no data, such as a page head, and why."""

    start: int
    end: int
    reason: str


class Transcript(NamedTuple):
    """A document read from a file.

    `text` is the text to be stored: LF line ends, no BOM, nothing else changed. `format` is the kind of
    file (`txt`, `md`, `docx`, `odt`, `fodt`, `rtf`, `pdf`, `html`, `epub`, `vtt`, `srt`). `encoding` says how
    the bytes were read (`utf-8`, `utf-8-sig`, `utf-16-le`, `utf-16-be`, `windows-1252`), None for formats that
    fix it. `turns` are in order of the text and do not overlap. `no_data` are the stretches that a reader takes
    for page heads and the like.
    """

    name: str
    format: str
    original: bytes
    text: str
    encoding: str | None
    turns: tuple[SpokenTurn, ...] = ()
    unsure: tuple[UnsureLabel, ...] = ()
    no_data: tuple[NoData, ...] = ()


class Speaker(NamedTuple):
    """What is known of a label in a transcript: the role it speaks in, and whether it names nobody (`R1`)."""

    label: str
    role: str
    generic: bool

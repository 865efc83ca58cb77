"""Transcripts in HTML with times in their mark-up: noScribe's pages, and the text within oTranscribe's files."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from qda.io.transcripts.pieces import Piece, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.io.transcripts.pieces import Told

_EMPTY = "it has no words"
_BLOCKS = {"p", "div", "br", "h1", "h2", "h3", "h4", "li", "ul", "ol", "table", "tr", "body", "html"}
_SILENT = {"script", "style", "head", "title", "template"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOSCRIBE = re.compile(r"""<a\s[^<>]*\bname\s*=\s*["']?ts_\d+_\d+_""", re.IGNORECASE)
_ANCHOR = re.compile(r"ts_(\d{1,12})_\d+_(.*)", re.DOTALL)
_LABEL = re.compile(r"\s*(?P<label>[^\n:]{1,60}):[ \xa0]?(?:\s*\[\d+:\d\d(?::\d\d)?\])?\s*")
_SECONDS = re.compile(r"\d{1,8}(?:\.\d{1,12})?")
_OPENING = re.compile(r"[^\n:]{1,60}:\s*\Z")
_LONGEST_MS = 1_000 * 3_600 * 10_000


class _Mark(NamedTuple):
    """A stretch of the visible text that stands in an anchor, or the place of a time stamp, with what it says."""

    start: int
    end: int
    says: str


class _Visible(HTMLParser):
    """The visible text of HTML, a line for each paragraph, with the marks of anchors and time stamps in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[_Mark] = []
        self._open: tuple[int, str] | None = None
        self._silent = 0
        self._stamp = 0
        self._behind_stamp = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        named = {name: value or "" for name, value in attrs}
        self._silent += tag in _SILENT
        if self._stamp:
            self._stamp += tag == "span"
        elif tag == "span" and "data-timestamp" in named:
            self._stamp = 1
            self.marks.append(_Mark(self.length, self.length, named["data-timestamp"]))
        elif tag == "a" and named.get("name", "").startswith("ts_"):
            self._close()
            self._open = (self.length, named["name"])
        elif tag in _BLOCKS:
            self._line_end(always=tag == "br")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        self._silent = max(self._silent - (tag in _SILENT), 0)
        if self._stamp and tag == "span":
            self._stamp -= 1
            self._behind_stamp = not self._stamp
        elif tag == "a":
            self._close()
        elif tag in _BLOCKS and tag != "br":
            self._line_end(always=False)

    def handle_data(self, data: str) -> None:
        """Words stand between tags."""
        if self._silent or self._stamp:
            return
        words = _SPACE.sub(" ", data)
        at_start = not self.parts or self.parts[-1].endswith("\n")
        if self._behind_stamp:
            words = words[1:] if words[:1] in {" ", "\xa0"} else words
        self._behind_stamp = False
        if at_start or self.parts[-1].endswith(" "):
            words = words.lstrip(" ")
        if words:
            self._add(words)

    def finish(self) -> str:
        """The visible text without the white space at its end."""
        self.close()
        self._close()
        return "".join(self.parts).rstrip()

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _line_end(self, *, always: bool) -> None:
        if self.parts and (always or not self.parts[-1].endswith("\n")):
            self._add("\n")

    def _close(self) -> None:
        if self._open:
            self.marks.append(_Mark(self._open[0], self.length, self._open[1]))
            self._open = None


def is_noscribe(text: str) -> bool:
    """Whether a text is a page of noScribe: it has anchors that name a time and a speaker."""
    return text.lstrip()[:1] == "<" and bool(_NOSCRIBE.search(text))


def read_noscribe(text: str, file: str, speakers: str | frozenset[str]) -> Told:
    """The visible text of a page of noScribe; its anchors say who speaks from when on.

    Where somebody wrote a name in the place of noScribe's own (`S00`), it is the speaker's.

    Raises:
        BadFileError: There are no words in it.
    """
    words, marks = _visible(text)
    found = [(mark, anchor) for mark in marks if (anchor := _ANCHOR.fullmatch(mark.says)) and mark.end > mark.start]
    names = _names(words, [(mark, anchor[2]) for mark, anchor in found])
    pieces: list[Piece] = []
    at = 0
    for mark, anchor in found:
        if mark.start > at:
            pieces.append(Piece(at, words[at : mark.start], None, None))
        said, voice = words[mark.start : mark.end], names.get(anchor[2], anchor[2]).strip() or None
        label = _LABEL.match(said) if _opens(words, mark) else None
        head = label.end() if label and label["label"].strip() in {voice, anchor[2]} else 0
        pieces.append(Piece(mark.start, said, voice, min(int(anchor[1]), _LONGEST_MS), head))
        at = mark.end
    pieces.append(Piece(at, words[at:], None, None))
    return told([piece for piece in pieces if piece.words], file, speakers, empty=_EMPTY)


def _names(words: str, anchors: Iterable[tuple[_Mark, str]]) -> dict[str, str]:
    """The name of each speaker where all paragraphs that begin with the speaker say the same one."""
    said: dict[str, set[str]] = {}
    for mark, voice in anchors:
        if voice and _opens(words, mark):
            label = _LABEL.match(words[mark.start : mark.end])
            said.setdefault(voice, set()).add(label["label"].strip() if label else voice)
    return {voice: next(iter(names)) for voice, names in said.items() if len(names) == 1}


def _opens(words: str, mark: _Mark) -> bool:
    return not words[words.rfind("\n", 0, mark.start) + 1 : mark.start].strip()


def read_otranscribe(markup: str, file: str, speakers: str | frozenset[str]) -> Told:
    """The text of an oTranscribe file without its time stamps, which say from when on the words behind them are.

    Raises:
        BadFileError: There are no words in it.
    """
    words, marks = _visible(markup)
    times = {0: None} | {_begins(words, mark.start): _ms(mark.says) for mark in marks if _SECONDS.fullmatch(mark.says)}
    begins = sorted(at for at in times if at <= len(words))
    ends = [*begins[1:], len(words)]
    pieces = [Piece(at, words[at:end], None, times[at]) for at, end in zip(begins, ends, strict=True) if end > at]
    return told(pieces, file, speakers, empty=_EMPTY)


def _begins(words: str, stamp: int) -> int:
    """Where the words of a time stamp begin: before the label where it stands between that and the speech."""
    line = words.rfind("\n", 0, stamp) + 1
    return line if _OPENING.match(words[line:stamp]) else stamp


def _ms(seconds: str) -> int:
    return min(round(float(seconds) * 1000), _LONGEST_MS)


def _visible(markup: str) -> tuple[str, list[_Mark]]:
    reader = _Visible()
    reader.feed(markup)
    words = reader.finish()
    return words, [
        mark._replace(start=min(mark.start, len(words)), end=min(mark.end, len(words))) for mark in reader.marks
    ]

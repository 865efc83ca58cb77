"""RTF, as Word, LibreOffice, TextEdit, f4 and MAXQDA write it: its words in reading order, as `wordml` reads Word's.

Our own reader because striprtf, tried with the same files, gives hidden and deleted words and the numbers of lists too,
leaves emoji in halves, loses words that stand in two encodings, takes the letters of a Mac for others, stops at
double-byte letters, and takes a file that breaks off for a whole one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qda.errors import BadFileError
from qda.io.documents.rtf_words import (
    BOX_GROUPS,
    BOXES,
    CHARACTERS,
    LEFT_OUT,
    NESTED,
    PLACES,
    SIGNS,
    SYMBOLS,
    Token,
    of_charset,
    of_page,
    tokens,
)

_START = b"{\\rtf"
_BROKEN = "this RTF breaks off before its end, or is damaged; get the file once more, or save it as .docx"
_PAGE_ENDS = re.compile(r"\f+(?=\n|\Z)|^\f+", re.MULTILINE)  # at the edges of paragraphs
_ENDS = {"cell", "nestcell", "row", "nestrow"}


def is_rtf(data: bytes) -> bool:
    """Whether the bytes are RTF."""
    return data.removeprefix(b"\xef\xbb\xbf")[:64].lstrip().startswith(_START)


def read_rtf(data: bytes, file: str) -> str:
    """The text of RTF: paragraphs and rows on lines, cells parted by tabs; footnotes, heads and hidden words out.

    Raises:
        BadFileError: It breaks off.
    """
    reader = _Reader()
    if not reader.read(data):
        raise BadFileError(file, _BROKEN)
    text = _PAGE_ENDS.sub("", reader.text().removesuffix("\n")).replace("\f", "\n")
    if "\0" in text:
        raise BadFileError(file, _BROKEN)
    return text


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces; a group within another begins with what holds there."""

    codec: str = "cp1252"
    skips: int = 1  # how many characters stand behind `\\uN` for readers that do not know it
    hidden: bool = False
    live: bool = True  # whether words are text; within `dead` groups they never are
    dead: bool = False
    fonts: bool = False
    boxed: bool = False


class _Reader:
    """Reads one file from beginning to end."""

    def __init__(self) -> None:
        self._now = _Group()
        self._above: list[_Group] = []
        self._main: list[str] = []
        self._boxes: list[str] = []
        self._bytes = bytearray()  # of one encoding; what is one character may be several of them
        self._skip = 0
        self._starred = False
        self._cell_end = -1
        self._ansi = "cp1252"
        self._default_font = 0
        self._font = 0
        self._codecs: dict[int, str] = {}

    def read(self, data: bytes) -> bool:
        """Read all of it; whether every group that begins also ends."""
        for token in tokens(data):
            if token.kind == "text":
                self._take_text(token.value)
            elif token.kind == "byte":
                self._take_bytes(bytes.fromhex(token.value))
            else:
                self._flush()
                if token.kind == "brace":
                    if self._brace(token.value):
                        return True
                elif token.kind == "sign":
                    self._sign(token.value)
                else:
                    self._word(token)
        return False

    def text(self) -> str:
        """The words; halves of characters that stood apart are joined."""
        self._place_boxes()
        return "".join(self._main).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, brace: str) -> bool:
        """Begin or end a group; whether it was the outermost that ended."""
        self._skip, self._starred = 0, False
        if brace == "{":
            self._above.append(self._now)
            self._now = replace(self._now)
            return False
        if self._above:
            self._now = self._above.pop()
        return not self._above

    def _take_text(self, text: str) -> None:
        passed = min(self._skip, len(text))
        self._skip -= passed
        self._bytes += text[passed:].encode("latin-1")

    def _take_bytes(self, data: bytes) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes += data

    def _flush(self) -> None:
        """The bytes so far as words."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        if self._now.codec == SYMBOLS:
            self._say("".join(chr(byte) if byte < 0x80 else chr(0xF000 + byte) for byte in data))
        else:
            self._say(data.decode(self._now.codec, "replace"))

    def _say(self, words: str) -> None:
        if self._now.live and not self._now.hidden:
            (self._boxes if self._now.boxed else self._main).append(words)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif self._skip:
            self._skip -= 1
        elif sign in "\\{}":
            self._bytes += sign.encode()
        elif sign in SIGNS:
            self._say(SIGNS[sign])
            if sign in "\n\r":
                self._place_boxes()

    def _word(self, token: Token) -> None:
        word, number = token.value, token.number
        if word == "u" and number is not None:
            self._unicode(number)
        elif self._skip:
            self._skip -= 1
        elif self._starred or word in LEFT_OUT or word in BOX_GROUPS or word in BOXES or word in ("upr", "ud"):
            self._destination(word)
        elif word in CHARACTERS:
            self._say(CHARACTERS[word])
            if word == "par":
                self._place_boxes()
        elif word in _ENDS:
            self._end_cell(word)
        else:
            self._property(word, number)

    def _unicode(self, number: int) -> None:
        self._skip = self._now.skips
        code = number + 0x10000 if number < 0 else number
        self._say(chr(code) if 0 < code <= 0x10FFFF else "\ufffd")

    def _destination(self, word: str) -> None:
        """Begin a group that is no running text, or one in it that is."""
        self._starred = False
        if word in BOXES or word == "ud":
            self._now.live = not self._now.dead
            self._now.boxed = self._now.boxed or word in BOXES
        elif word in BOX_GROUPS or word in ("upr", NESTED):
            self._now.live = False
        else:
            self._now.live, self._now.dead = False, True
            self._now.fonts = word == "fonttbl"

    def _end_cell(self, word: str) -> None:
        """End a cell with a tab, a row with a line end in the place of its last tab."""
        if self._now.dead or not (self._now.live or word == "nestrow"):
            return
        out = self._boxes if self._now.boxed else self._main
        if word.endswith("cell"):
            self._place_boxes(in_cell=True)
            out.append("\t")
            self._cell_end = len(out)
        else:
            if self._cell_end == len(out):
                out.pop()
            out.append("\n")

    def _place_boxes(self, *, in_cell: bool = False) -> None:
        """Set the text boxes of a paragraph behind it."""
        if self._boxes and not self._now.boxed:
            words = "".join(self._boxes).removesuffix("\n")
            self._boxes.clear()
            if words:
                self._main.append(f"\n{words}" if in_cell else f"{words}\n")

    def _property(self, word: str, number: int | None) -> None:
        now = self._now
        if word in ("v", "deleted"):
            now.hidden = number != 0
        elif word == "plain":
            now.hidden, now.codec = False, self._codec_of(self._default_font)
        elif word == "uc":
            now.skips = max(number or 0, 0)
        elif now.fonts:
            self._font_property(word, number or 0)
        elif word == "f":
            now.codec = self._codec_of(number or 0)
        elif word in PLACES or (word == "ansicpg" and number):
            now.codec = self._ansi = PLACES.get(word) or of_page(number or 0, self._ansi)
        elif word == "deff":
            self._default_font = number or 0

    def _font_property(self, word: str, number: int) -> None:
        if word == "f":
            self._font = number
        elif word == "fcharset":
            self._codecs[self._font] = of_charset(number, self._ansi)
        elif word == "cpg" and number:
            self._codecs[self._font] = of_page(number, self._ansi)

    def _codec_of(self, font: int) -> str:
        return self._codecs.get(font, self._ansi)

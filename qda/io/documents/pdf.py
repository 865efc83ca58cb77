"""PDF: the words of its text layer, page by page, with a mark where each page begins.

`pypdf` gives the words. What it gets wrong is put right here and in `pdf_lines`: it mixes up the order of what is read
from right to left, and gives the beginning of a page whose end is damaged.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.documents.page_heads import page_heads
from qda.io.documents.pdf_lines import lines_of
from qda.model.transcript import PAGE_HEAD, PAGE_MARK, NoData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdf import PdfReader

_DAMAGE = "this PDF is damaged or breaks off; get the file once more, or print it to a new PDF"
_LOCKED = "this PDF is protected with a password; save a copy without it"
_SCANNED = "there are no words in this PDF, only pictures of pages; let a program recognise its text (OCR) first"
_UNTOLD = "the letters of this PDF cannot be told, for its fonts do not say which they are; save its text another way"
_WRONG = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError),
    *(RuntimeError, TypeError, ValueError, struct.error, zlib.error),
)
_MOST_PAGES, _MOST_CHARACTERS, _MOST_BYTES = 20_000, 50_000_000, 200_000_000
_TAIL = 2048
_LOST = ("PdfReadError", "PdfStreamError")  # what pypdf says of parts that it leaves out
_NO_LETTER = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffd\ud800-\udfff]")


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF."""
    return data[:1024].lstrip().removeprefix(b"\xef\xbb\xbf").startswith(b"%PDF-")


def read_pdf(data: bytes, file: str) -> tuple[str, tuple[NoData, ...]]:
    """The text of a PDF, line by line as it is printed, and its page marks, heads and foots.

    Each page of several begins with a line such as `[page 3]`, with the number that is printed where the PDF says it.

    Raises:
        BadFileError: It is damaged, locked, without words (a scan), or far too big.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise BadFileError(file, _DAMAGE)
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        with _heard() as heard:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise BadFileError(file, _LOCKED)
            pages = _pages(reader, file)
            labels = _labels(reader, len(pages))
    except DependencyError:
        raise BadFileError(file, _LOCKED) from None
    except (PyPdfError, MemoryError, *_WRONG):
        raise BadFileError(file, _DAMAGE) from None
    if any(sign in said for said in heard for sign in _LOST):
        raise BadFileError(file, _DAMAGE)
    words = "".join(map("".join, pages))
    if not words.strip():
        raise BadFileError(file, _SCANNED)
    if len(_NO_LETTER.findall(words)) * 5 > len(words):
        raise BadFileError(file, _UNTOLD)
    return _together(pages, labels)


@contextlib.contextmanager
def _heard() -> Iterator[list[str]]:
    """What pypdf says while it reads, which it would print."""
    said: list[str] = []
    logger = logging.getLogger("pypdf")
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


def _pages(reader: PdfReader, file: str) -> list[list[str]]:
    """The lines of each page."""
    if len(reader.pages) > _MOST_PAGES:
        raise BadFileError(file, f"this PDF has more than {_MOST_PAGES} pages; split it")
    tree: Any = reader.root_object["/Pages"]
    if tree.get_object().get("/Count") != len(reader.pages):
        raise BadFileError(file, _DAMAGE)
    pages: list[list[str]] = []
    characters = size = 0
    for page in reader.pages:
        size += _checked(page, file)
        lines = [_NO_LETTER.sub("\ufffd", line).rstrip() for line in lines_of(page)]
        while lines and not lines[-1]:
            lines.pop()
        characters += sum(map(len, lines))
        if characters > _MOST_CHARACTERS or size > _MOST_BYTES:
            raise BadFileError(file, "this PDF holds more words than a document does; it is refused")
        pages.append(lines)
    return pages


def _checked(page: Any, file: str) -> int:
    """How many bytes the content of a page has; what is damaged in it would be left out in silence."""
    from pypdf.generic import ArrayObject, StreamObject

    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    size = 0
    for one in contents if isinstance(contents, ArrayObject) else [contents]:
        stream = one.get_object() if one is not None else None
        if isinstance(stream, StreamObject) and stream.get("/Filter") in ("/FlateDecode", ["/FlateDecode"]):
            try:
                size += len(zlib.decompressobj().decompress(stream._data, _MOST_BYTES))  # noqa: SLF001
            except zlib.error:
                raise BadFileError(file, _DAMAGE) from None
    return size


def _labels(reader: PdfReader, count: int) -> list[str]:
    """What stands on each page as its number, by the PDF, else its place."""
    try:
        labels = [label.strip() for label in reader.page_labels]
    except _WRONG:
        labels = []
    usable = len(labels) == count and all(label and label.isprintable() and len(label) < 40 for label in labels)
    return labels if usable else [str(number) for number in range(1, count + 1)]


def _together(pages: list[list[str]], labels: Iterable[str]) -> tuple[str, tuple[NoData, ...]]:
    """The pages as one text, and what in it is no data."""
    if len(pages) == 1:
        return "\n".join(pages[0]), ()
    parts: list[str] = []
    stretches: list[NoData] = []
    length = 0
    for lines, heads, label in zip(pages, page_heads(pages), labels, strict=True):
        for number, line in enumerate([f"[page {label}]", *lines], start=-1):
            parts.append(f"{line}\n")
            if number < 0 or number in heads:
                reason = PAGE_MARK if number < 0 else PAGE_HEAD
                stretches.append(NoData(length, length + len(line) + 1, reason))
            length += len(line) + 1
    text = "".join(parts).removesuffix("\n")
    return text, tuple(one._replace(end=min(one.end, len(text))) for one in stretches)

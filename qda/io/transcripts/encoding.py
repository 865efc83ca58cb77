"""Bytes to text: which encoding a file is in is decided by proof, never by a guess that could spoil words."""

from __future__ import annotations

import codecs
import re

from qda.errors import BadFileError

_MAGIC = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF-": "a PDF; save its text as .docx or .txt",
    b"{\\rtf": "RTF; save it as plain text",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Word file; save it as .docx without a password",
    b"PK\x03\x04": "a zip archive of no document that can be read; unpack it",
    b"PK\x05\x06": "an empty zip archive",
    b"SQLite format 3": "a database, of no tool that can be read here, or damaged",
    b"ID3": "a sound recording; transcribe it first",
    b"RIFF": "a sound recording; transcribe it first",
    b"OggS": "a sound recording; transcribe it first",
}
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c\x7f]")


def foreign(data: bytes) -> str | None:
    """What the bytes are when they are plainly no text (`a picture`), with what to do; else None."""
    return next((what for magic, what in _MAGIC.items() if data.startswith(magic)), None)


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text of a file with LF line ends and without BOM, and the name of its encoding.

    Raises:
        BadFileError: The bytes are no text, or are damaged.
    """
    if what := foreign(data):
        raise BadFileError(file, f"this is no text but {what}")
    text, encoding = recognise(data, file)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\0" in data and (zero := text.find("\0")) >= 0:
        line, column = text.count("\n", 0, zero) + 1, zero - text.rfind("\n", 0, zero)
        problem = "this is no text (it holds zero bytes); give a text file"
        raise BadFileError(file, problem, line=line, column=column)
    if encoding == "windows-1252" and len(_CONTROL.findall(text)) * 100 > len(text):
        raise BadFileError(file, "this is no text (it is full of control characters); give a text file")
    if not text.lstrip().lstrip("\ufeff").strip():
        raise BadFileError(file, "it has no text")
    return text, encoding


def recognise(data: bytes, file: str) -> tuple[str, str]:
    """The text of a file with its line ends as they are and without BOM, and the name of its encoding.

    Raises:
        BadFileError: The bytes are damaged.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data[3:], "utf-8", file, skipped=3), "utf-8-sig"
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return _strictly(data[2:], encoding, file, skipped=2), encoding
    if b"\0" in data and (encoding := _utf16_by_zeros(data)):
        return _strictly(data, encoding, file, skipped=0), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if b"\0" in data or _is_broken_utf8(data):
            return _strictly(data, "utf-8", file, skipped=0), "utf-8"
        return _strictly(data, "cp1252", file, skipped=0), "windows-1252"


def is_utf16(data: bytes) -> bool:
    """Whether the bytes begin with a BOM of UTF-16 or show by their zeros that they are that."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16_by_zeros(data) != ""


def _utf16_by_zeros(data: bytes) -> str:
    """UTF-16 without BOM shows by zeros (nearly) all at odd or all at even places, and by its words."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 20 < len(data) // 2 or min(even, odd) * 20 > max(even, odd):
        return ""
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    words = data[:8192].decode(encoding, "replace")
    strange = sum(not (sign.isprintable() or sign.isspace()) for sign in words)
    return encoding if strange * 20 <= len(words) and any(sign in words for sign in " \n") else ""


def _is_broken_utf8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII are good UTF-8: as Windows-1252 every accent would be spoilt."""
    good = sum(len(found) for found in _MULTIBYTE.findall(data))
    return good >= 5 * (len(_HIGH.findall(data)) - good)


def _strictly(data: bytes, encoding: str, file: str, *, skipped: int) -> str:
    """Decode or say where it fails; `skipped` is the length of the BOM, so that the offset is the file's."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
        offset = error.start + skipped
        name = {"cp1252": "Windows-1252 (nor UTF-8)", "utf-8": "UTF-8"}.get(encoding, "UTF-16")
        problem = f"the byte 0x{data[error.start]:02x} at offset {offset} is no {name}; save the file as UTF-8"
        raise BadFileError(file, problem, line=before.count("\n") + 1) from None

"""Word documents: their text in reading order, tracked changes accepted, layout left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from qda.errors import BadFileError
from qda.io.transcripts.wordml import name_of, text_of

_MOST_BYTES = 500_000_000
_SMALL_BYTES, _HIGHEST_RATIO = 20_000_000, 200
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    SyntaxError,  # lxml's error for broken XML is one
)


def is_document(data: bytes) -> bool:
    """Whether the bytes are a Word document, whatever the file is called."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _DAMAGE:
        return False
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read_document(data: bytes, file: str) -> str:
    """The text of a Word document: paragraphs and rows on lines, cells parted by tabs, footnotes left out.

    The main part is opened here and not with `docx.Document`, which refuses documents with macros and those
    that name a picture that is gone.

    Raises:
        BadFileError: The file is damaged, protected, no Word document, or far too big once unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive, len(data), file)
            body = _body(archive)
    except _DAMAGE:
        problem = "this Word document is damaged or no .docx; open it in Word and save it as .docx again"
        raise BadFileError(file, problem) from None
    if body is None:
        raise BadFileError(file, "this is no Word document; save it as .docx")
    text = text_of(body).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise BadFileError(file, "it has no text")
    return text


def _refuse_bomb(archive: zipfile.ZipFile, packed: int, file: str) -> None:
    """Look at the sizes that the archive declares (more than that is never unpacked) before unpacking."""
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_BYTES or (size > _SMALL_BYTES and size > packed * _HIGHEST_RATIO):
        problem = f"unpacked it would be {size // 1_000_000} MB, which no transcript is; it is left unopened"
        raise BadFileError(file, problem)
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise BadFileError(file, "it is protected with a password; save it as .docx without one")


def _body(archive: zipfile.ZipFile) -> Any:
    """The body element of the main document, None in other kinds of files."""
    from docx.oxml import parse_xml

    relations = parse_xml(archive.read("_rels/.rels"))
    targets = [one.get("Target") for one in relations if str(one.get("Type")).endswith("/officeDocument")]
    root = parse_xml(archive.read(targets[0].lstrip("/"))) if targets else None
    return next((child for child in root if name_of(child) == "body"), None) if root is not None else None

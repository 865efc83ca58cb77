"""Documents as text: Word, OpenDocument, RTF, PDF, web pages and books, each known by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError

if TYPE_CHECKING:
    from qda.model.transcript import NoData

__all__ = ["Document", "kind_of", "read_document"]

ZIP = b"PK"
_WORD = {".docx", ".docm", ".dotx", ".dotm"}
_ZIPPED = {".odt": "odt", ".ott": "odt", ".epub": "epub"}


class Document(NamedTuple):
    """What a document says: its text, its encoding where it has one, and stretches proposed as no data."""

    text: str
    encoding: str | None = None
    no_data: tuple[NoData, ...] = ()


def kind_of(data: bytes, ending: str) -> str | None:
    """Which kind of document the bytes are: `docx`, `odt`, `fodt`, `rtf`, `pdf`, `html`, `epub`; None for others.

    Args:
        data: All of a zip archive; of others the beginning will do.
        ending: The ending of the file's name; it decides only what a damaged file was meant to be.
    """
    from qda.io.documents.html import is_html
    from qda.io.documents.opendocument import is_flat
    from qda.io.documents.pdf import is_pdf
    from qda.io.documents.rtf import is_rtf
    from qda.io.transcripts.encoding import foreign

    ending = ending.lower()
    if data.startswith(ZIP):
        return _kind_of_zip(data) or ("docx" if ending in _WORD else _ZIPPED.get(ending))
    if is_rtf(data):
        return "rtf"
    if is_pdf(data):
        return "pdf"
    if is_flat(data):
        return "fodt"
    if is_html(data, ending):
        return "html"
    return "docx" if ending in _WORD and not foreign(data) else None


def _kind_of_zip(data: bytes) -> str | None:
    from qda.io.archives import member_names
    from qda.io.documents.epub import is_epub
    from qda.io.documents.opendocument import is_open_document
    from qda.io.documents.word import is_word

    names = member_names(data)
    if is_word(names):
        return "docx"
    if is_epub(names):
        return "epub"
    return "odt" if is_open_document(names) else None


def read_document(data: bytes, kind: str, file: str) -> Document:
    """Read a document of a kind that `kind_of` found.

    Raises:
        BadFileError: It is damaged, locked, without words, or holds what could do harm; in one sentence.
    """
    try:
        document = _read(data, kind, file)
    except RecursionError:
        raise BadFileError(file, "it is nested too deeply to be a document; it is refused") from None
    if not document.text.strip():
        raise BadFileError(file, "it has no text")
    return document


def _read(data: bytes, kind: str, file: str) -> Document:
    if kind == "html":
        from qda.io.documents.html import read_html

        return Document(*read_html(data, file))
    if kind == "epub":
        from qda.io.documents.epub import read_epub

        return Document(read_epub(data, file))
    if kind in ("odt", "fodt"):
        from qda.io.documents.opendocument import read_open_document

        return Document(read_open_document(data, file))
    if kind == "pdf":
        from qda.io.documents.pdf import read_pdf

        text, no_data = read_pdf(data, file)
        return Document(text, None, no_data)
    if kind == "rtf":
        from qda.io.documents.rtf import read_rtf

        return Document(read_rtf(data, file))
    from qda.io.documents import word

    return Document(word.read_document(data, file))

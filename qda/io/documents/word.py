"""Word documents: their text in reading order, tracked changes accepted, layout left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.archives import Archive
from qda.io.documents.wordml import name_of, text_of
from qda.io.documents.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection

DAMAGE = "this Word document is damaged or no .docx; open it in Word and save it as .docx again"
_RELATIONS = "_rels/.rels"
_MACROS = "vbaproject.bin"


def is_word(names: Collection[str]) -> bool:
    """Whether an archive with these members is a Word document."""
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read_document(data: bytes, file: str) -> str:
    """The text of a Word document: paragraphs and rows on lines, cells parted by tabs, footnotes left out.

    The main part is opened here and not with `docx.Document`, which refuses documents that name a picture that
    is gone.

    Raises:
        BadFileError: The file is damaged, protected, no Word document, holds macros, or is far too big unpacked.
    """
    with Archive(data, file, DAMAGE) as archive:
        if any(name.casefold().endswith(_MACROS) for name in archive.members()):
            raise BadFileError(file, "it holds macros; open it in Word and save it as .docx, which has none")
        body = body_of(archive, file)
    if body is None:
        raise BadFileError(file, "this is no Word document; save it as .docx")
    try:
        return text_of(body).replace("\r\n", "\n").replace("\r", "\n")
    except ValueError:  # a sign whose number is none
        raise BadFileError(file, DAMAGE) from None


def body_of(archive: Archive, file: str) -> Any:
    """The body element of the main document, None in other kinds of files.

    Raises:
        BadFileError: It is damaged.
    """
    relations = parse_xml(archive.read(_RELATIONS), file, DAMAGE)
    targets = [one.get("Target") for one in relations if str(one.get("Type")).endswith("/officeDocument")]
    if not targets or not targets[0]:
        return None
    root = parse_xml(archive.read(targets[0].lstrip("/")), file, DAMAGE)
    return next((child for child in root if name_of(child) == "body"), None)

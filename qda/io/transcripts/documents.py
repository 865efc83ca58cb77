"""Word documents: their text in reading order, tracked changes accepted, layout left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES = 500_000_000
_SMALL_BYTES, _HIGHEST_RATIO = 20_000_000, 200
_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
# Settings, what tracked changes took away, field codes, the second rendering of a drawing, ruby readings.
_SETTINGS = {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr"}
_LEFT_OUT = _SETTINGS | {"del", "moveFrom", "instrText", "Fallback", "rt"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
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
    text = _text(body).replace("\r\n", "\n").replace("\r", "\n")
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
    return next((child for child in root if _name(child) == "body"), None) if root is not None else None


def _name(element: Any) -> str:
    """The name of an element; those of other vocabularies than Word's stand as `other:name`."""
    if not isinstance(element.tag, str):  # a comment or an entity
        return ""
    space, close, name = element.tag.rpartition("}")
    return name if space + close in _WORD or name == "Fallback" else f"other:{name}"


def _text(container: Any) -> str:
    return "".join(_blocks(container)).removesuffix("\n")


def _blocks(container: Any) -> Iterator[str]:
    """The paragraphs and tables in a body, cell or text box, each with its line end."""
    for child in container:
        name = _name(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            yield "".join(f"{row}\n" for row in _rows(child))
        elif name not in _LEFT_OUT:
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    for row in _inside(table, "tr"):
        if not any(_name(mark) == "del" for settings in _inside(row, "trPr") for mark in settings):
            yield "\t".join(_text(cell) for cell in _inside(row, "tc"))


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those in content controls."""
    for child in parent:
        name = _name(child)
        if name == wanted:
            yield child
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _inside(child, wanted)


def _paragraph(paragraph: Any) -> Iterator[str]:
    """A paragraph with its line end, unless a tracked change took that away; then the text boxes in it."""
    boxes: list[Any] = []
    yield "".join(_words(paragraph, boxes))
    marks = (
        mark for settings in _inside(paragraph, "pPr") for run in _inside(settings, "rPr") for mark in run
    )
    if not any(_name(mark) == "del" for mark in marks):
        yield "\n"
    for box in boxes:
        yield from _blocks(box)


def _words(parent: Any, boxes: list[Any]) -> Iterator[str]:
    for child in parent:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield chr(int(next(value for key, value in child.attrib.items() if key.endswith("}char")), 16))
        elif name == "txbxContent":
            boxes.append(child)
        elif name and name not in _LEFT_OUT:
            yield from _words(child, boxes)

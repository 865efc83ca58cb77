"""The XML of Word documents as text in reading order, with tracked changes accepted and layout left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
# Settings, what tracked changes took away, field codes, the second rendering of a drawing, ruby readings.
_SETTINGS = {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr"}
_TAKEN = {"del", "moveFrom"}
_LEFT_OUT = _SETTINGS | _TAKEN | {"instrText", "Fallback", "rt"}
# Where a page or column ends; within a paragraph that is a line end, at its edges it says nothing.
_LAYOUT, _BREAK = {"page", "column"}, "\x00"
_OFF = {"0", "false", "off"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


def name_of(element: Any) -> str:
    """The name of an element; those of other vocabularies than Word's stand as `other:name`."""
    if not isinstance(element.tag, str):  # a comment or an entity
        return ""
    space, close, name = element.tag.rpartition("}")
    return name if space + close in _WORD or name == "Fallback" else f"other:{name}"


def text_of(container: Any) -> str:
    """The text of a body, cell or text box: its paragraphs and rows parted by line ends."""
    return "".join(_blocks(container)).removesuffix("\n")


def _blocks(container: Any) -> Iterator[str]:
    """The paragraphs and tables in a body, cell or text box, each with its line end."""
    for child in container:
        name = name_of(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            yield "".join(f"{row}\n" for row in _rows(child))
        elif name not in _LEFT_OUT:
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    for row in _inside(table, "tr"):
        if not any(name_of(mark) in _TAKEN for settings in _inside(row, "trPr") for mark in settings):
            yield "\t".join(text_of(cell) for cell in _inside(row, "tc"))


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those in content controls."""
    for child in parent:
        name = name_of(child)
        if name == wanted:
            yield child
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _inside(child, wanted)


def _paragraph(paragraph: Any) -> Iterator[str]:
    """A paragraph with its line end, unless a tracked change took that away; then the text boxes in it."""
    boxes: list[Any] = []
    yield "".join(_words(paragraph, boxes)).strip(_BREAK).replace(_BREAK, "\n")
    marks = (mark for settings in _inside(paragraph, "pPr") for run in _inside(settings, "rPr") for mark in run)
    if not any(name_of(mark) in _TAKEN for mark in marks):
        yield "\n"
    for box in boxes:
        yield from _blocks(box)


def _words(parent: Any, boxes: list[Any]) -> Iterator[str]:
    for child in parent:
        name = name_of(child)
        if name == "t":
            yield "".join(child.xpath("text()")) if len(child) else child.text or ""
        elif name == "br" and any(key.endswith("}type") and value in _LAYOUT for key, value in child.attrib.items()):
            yield _BREAK
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield chr(int(next(value for key, value in child.attrib.items() if key.endswith("}char")), 16))
        elif name == "txbxContent":
            boxes.append(child)
        elif name and name not in _LEFT_OUT and not (name == "r" and _is_hidden(child)):
            yield from _words(child, boxes)


def _is_hidden(run: Any) -> bool:
    """Whether a run is set as hidden text, so that nobody sees it on the page."""
    marks = [mark for settings in _inside(run, "rPr") for mark in settings if name_of(mark) == "vanish"]
    values = [value for mark in marks for key, value in mark.attrib.items() if key.endswith("}val")]
    return bool(marks) and not any(value in _OFF for value in values)

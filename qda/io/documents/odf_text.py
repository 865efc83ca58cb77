"""The XML of OpenDocument texts as text in reading order, as `wordml` reads that of Word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, STYLE = f"{_BASE}office:1.0", f"{_BASE}text:1.0", f"{_BASE}style:1.0"
_TABLE = f"{_BASE}table:1.0"
_PREFIX = {OFFICE: "office", TEXT: "text", _TABLE: "table", f"{_BASE}drawing:1.0": "draw"}
_PARAGRAPHS = {"text:p", "text:h"}
# Notes, comments, what tracked changes took away, numbers of lists, ruby readings, titles and data of pictures.
_LEFT_OUT = {
    *("text:note", "office:annotation", "text:tracked-changes", "text:number", "text:ruby-text", "text:script"),
    *("office:binary-data", "office:forms", "office:event-listeners", "draw:object", "draw:object-ole", "other"),
    *("text:index-title-template", "text:hidden-paragraph"),
}
_BOXES = {"draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:g", "draw:frame", "draw:a"}
_MOST_REPEATS, _MOST_REPEATED = 10_000, 20_000_000
_SPACE = re.compile(r"[ \t\r\n]+")


def name_of(element: Any) -> str:
    """The name of an element with the usual prefix; `other` in other vocabularies (the title of a picture)."""
    space, _, name = element.tag[1:].partition("}") if isinstance(element.tag, str) else ("", "", "")
    return f"{_PREFIX[space]}:{name}" if space in _PREFIX else "other"


def body_text(body: Any, hidden: frozenset[str]) -> str:
    """The text of a document's body: its paragraphs and rows parted by line ends.

    Args:
        body: The element `office:text`.
        hidden: The names of the styles whose words are hidden.

    Raises:
        ValueError: Repeated cells and spaces would make it larger than any document.
    """
    return _Reader(hidden, _deletions(body)).text(body)


def _deletions(body: Any) -> frozenset[str]:
    """The tracked changes that take words away; in flat files the words still stand in their place."""
    regions = [one for one in body.iter(f"{{{TEXT}}}changed-region") if one.find(f"{{{TEXT}}}deletion") is not None]
    return frozenset(value for region in regions for key, value in region.attrib.items() if key.endswith("}id"))


class _Reader:
    """Reads one document; what is hidden or deleted in it is left out."""

    def __init__(self, hidden: frozenset[str], deletions: frozenset[str]) -> None:
        self.hidden = hidden
        self.open: set[str] = set()  # the deletions within which it reads
        self._deletions = deletions
        self._repeated = 0

    def change(self, name: str, change: str) -> None:
        """Go into a tracked change or out of it."""
        if name == "text:change-end":
            self.open.discard(change)
        elif change in self._deletions:
            self.open.add(change)

    def repeat(self, words: str, times: int) -> list[str]:
        """Words as often as they stand there.

        Raises:
            ValueError: All that is repeated is larger than any document.
        """
        self._repeated += (len(words) + 1) * (times - 1)
        if self._repeated > _MOST_REPEATED:
            raise ValueError(words)
        return [words] * times

    def text(self, container: Any) -> str:
        """The text of a body, cell or text box."""
        return "".join(self._blocks(container)).removesuffix("\n")

    def _blocks(self, container: Any) -> Iterator[str]:
        for child in container:
            name = name_of(child)
            if name in _PARAGRAPHS:
                yield from self._paragraph(child)
            elif name == "table:table":
                yield from (f"{row}\n" for row in self._rows(child))
            elif name not in _LEFT_OUT and child.get(f"{{{TEXT}}}display") != "none":
                yield from self._blocks(child)

    def _rows(self, table: Any) -> Iterator[str]:
        for child in table:
            name = name_of(child)
            if name == "table:table-row":
                row = "\t".join(self._cells(child))
                yield from self.repeat(row, _repeats(child, _TABLE, "number-rows-repeated") if row.strip() else 1)
            elif name.startswith("table:table-"):
                yield from self._rows(child)

    def _cells(self, row: Any) -> Iterator[str]:
        """The cells of a row; what a wide cell covers is no cell, below a high one stands an empty cell."""
        wide = 0
        for cell in row:
            name = name_of(cell)
            if name == "table:covered-table-cell" and wide > 0:
                wide -= _repeats(cell, _TABLE, "number-columns-repeated")
            elif name in ("table:table-cell", "table:covered-table-cell"):
                wide = _repeats(cell, _TABLE, "number-columns-spanned") - 1
                words = "" if name == "table:covered-table-cell" else self.text(cell)
                yield from self.repeat(words, _repeats(cell, _TABLE, "number-columns-repeated"))

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        """A paragraph with its line end unless it is hidden, then the text boxes in it."""
        words = _Words(self)
        words.add(paragraph)
        if paragraph.get(f"{{{TEXT}}}style-name") not in self.hidden or words.boxes:
            yield "".join(words.parts) + ("" if self.open else "\n")
        for box in words.boxes:
            yield from self._blocks(box)


class _Words:
    """The words of one paragraph. White space is one space, as the standard has it; what is meant has signs."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self.parts: list[str] = []
        self.boxes: list[Any] = []
        self._spaced = True

    def add(self, element: Any) -> None:
        """The words in an element, in order."""
        if element.get(f"{{{TEXT}}}style-name") in self._reader.hidden:
            self._spaced = False  # between it and what follows, a space counts
            return
        self._say(element.text)
        for child in element:
            self._add_child(child)
            self._say(child.tail)

    def _add_child(self, child: Any) -> None:
        name = name_of(child)
        if name == "text:s":
            self._sign("".join(self._reader.repeat(" ", _repeats(child, TEXT, "c"))))
        elif name == "text:tab":
            self._sign("\t")
        elif name == "text:line-break":
            self._sign("\n")
        elif name in ("text:change-start", "text:change-end"):
            self._reader.change(name, child.get(f"{{{TEXT}}}change-id", ""))
        elif name in _BOXES:
            self.boxes.append(child)
            self._spaced = False
        elif name == "text:note":
            self._spaced = False
        elif name == "text:hidden-text" and child.get(f"{{{TEXT}}}is-hidden") == "false":
            self._say(child.get(f"{{{TEXT}}}string-value"))
        elif name not in _LEFT_OUT and name != "text:hidden-text":
            self.add(child)

    def _say(self, text: str | None) -> None:
        if not text or self._reader.open:
            return
        words = _SPACE.sub(" ", text)
        if self._spaced:
            words = words.removeprefix(" ")
        if words:
            self.parts.append(words)
            self._spaced = words.endswith(" ")

    def _sign(self, sign: str) -> None:
        if not self._reader.open:
            self.parts.append(sign)
            self._spaced = False


def _repeats(element: Any, space: str, name: str) -> int:
    """A number of an element, 1 where there is none; more than a page could hold is cut."""
    value = element.get(f"{{{space}}}{name}", "1")
    return max(1, min(int(value), _MOST_REPEATS)) if value.isascii() and value.isdecimal() else 1

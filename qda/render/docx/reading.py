"""What a Word document says: all of its words, wherever they stand in it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n"}


def document_text(data: bytes) -> str:
    """All words of a document: the body, footnotes, comments with who wrote them, title, and what it was made from.

    Paragraphs stand on lines; runs are joined, so that a name is found wherever its letters are parted.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = [name for name in packed.namelist() if name.startswith(("word/", "docProps/", "customXml/"))]
        roots = [etree.fromstring(packed.read(name), parser) for name in parts if name.endswith(".xml")]
    return "\n".join(line for root in roots for line in _lines(root) if line)


def _lines(root: Any) -> Iterator[str]:
    if not root.tag.startswith(_W):
        yield "".join(root.itertext())
    for comment in root.iter(f"{_W}comment"):
        yield comment.get(f"{_W}author", "")
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_SIGNS.get(one.tag) or one.text or "" for one in paragraph.iter(f"{_W}t", *_SIGNS))

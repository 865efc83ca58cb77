"""OpenDocument texts (`.odt`, `.fodt`), as LibreOffice writes them: their text in reading order.

Our own reader because odfdo, tried with the same files, gives hidden words too, runs a heading into the paragraph
below it, makes two spaces one, and sets marks of its own around lists, tables and notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.io.archives import Archive
from qda.io.documents.odf_text import OFFICE, STYLE, TEXT, body_text
from qda.io.documents.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_DAMAGE = "this OpenDocument text is damaged; open it in LibreOffice and save it as .odt again"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_FLAT = re.compile(rb"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<office:document\s", re.DOTALL)
_LIBRARIES = re.compile(r"(?:script|dialog)-l[bc]\.xml\Z")


def is_open_document(names: Collection[str]) -> bool:
    """Whether an archive with these members is of OpenDocument; only its content says whether it is a text."""
    return _CONTENT in names and (_MANIFEST in names or "mimetype" in names)


def is_flat(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument in one XML file."""
    return _FLAT.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) is not None


def read_open_document(data: bytes, file: str) -> str:
    """The text of an OpenDocument text: paragraphs and rows on lines, cells parted by tabs, footnotes left out.

    Raises:
        BadFileError: It is damaged, protected, no text (a table or slides), or holds macros.
    """
    if is_flat(data):
        root = parse_xml(data, file, _DAMAGE)
        roots = [root]
        if next(root.iter(f"{{{OFFICE}}}scripts"), None) is not None and any(_modules(root)):
            raise _macros(file)
    else:
        roots = _parts(data, file)
    text = next(roots[0].iter(f"{{{OFFICE}}}text"), None)
    if text is None:
        raise BadFileError(file, "this is no text but another document of LibreOffice; save its text as .odt")
    try:
        return body_text(text, _hidden_styles(roots))
    except ValueError:
        raise BadFileError(file, "its repeated cells would make it larger than any document; it is refused") from None


def _parts(data: bytes, file: str) -> list[Any]:
    """The content and the styles of a packed document."""
    with Archive(data, file, _DAMAGE) as archive:
        names = archive.members()
        if any(_is_macro(name) for name in names):
            raise _macros(file)
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            raise BadFileError(file, "it is protected with a password; save it without one")
        wanted = [_CONTENT, *([_STYLES] if _STYLES in names else [])]
        return [parse_xml(archive.read(name), file, _DAMAGE) for name in wanted]


def _is_macro(name: str) -> bool:
    """Whether a member is a macro; the lists of libraries are written where there are none, too."""
    inside = name.startswith(("Basic/", "Scripts/")) and not name.endswith("/")
    return inside and not _LIBRARIES.search(name)


def _modules(root: Any) -> Iterator[Any]:
    return (one for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith(("}module", "}source-code")))


def _macros(file: str) -> BadFileError:
    return BadFileError(file, "it holds macros; save its text without them as another .odt")


def _hidden_styles(roots: list[Any]) -> frozenset[str]:
    """The names of the styles whose words are hidden, those that rest on them too."""
    parents: dict[str, str] = {}
    shown: dict[str, bool] = {}
    for root in roots:
        for style in root.iter(f"{{{STYLE}}}style"):
            name = style.get(f"{{{STYLE}}}name", "")
            parents[name] = style.get(f"{{{STYLE}}}parent-style-name", "")
            for properties in style.iter(f"{{{STYLE}}}text-properties"):
                if display := properties.get(f"{{{TEXT}}}display"):
                    shown[name] = display != "none"
    return frozenset(name for name in parents if not _is_shown(name, parents, shown))


def _is_shown(name: str, parents: dict[str, str], shown: dict[str, bool]) -> bool:
    """What a style, or the nearest of those on which it rests, says; a circle of styles says nothing."""
    seen: set[str] = set()
    while name and name not in seen:
        if name in shown:
            return shown[name]
        seen.add(name)
        name = parents.get(name, "")
    return True

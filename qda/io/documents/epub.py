"""Books (`.epub`): their chapters in reading order, each as the page that it is."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from qda.errors import BadFileError
from qda.io.archives import Archive
from qda.io.documents.html import read_html
from qda.io.documents.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_DAMAGE = "this EPUB is damaged; get it once more"
_CONTAINER, _ENCRYPTED = "META-INF/container.xml", "META-INF/encryption.xml"
_RIGHTS = {"meta-inf/rights.xml", "meta-inf/sinf.xml", "meta-inf/license.lcpl"}
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


def is_epub(names: Collection[str]) -> bool:
    """Whether an archive with these members is a book."""
    return _CONTAINER in names


def read_epub(data: bytes, file: str) -> str:
    """The text of a book: its chapters in the order of its spine, an empty line between them.

    The table of contents, where it is a page of its own, stays out.

    Raises:
        BadFileError: It is damaged, or locked (DRM).
    """
    with Archive(data, file, _DAMAGE) as archive:
        if _is_locked(archive, file):
            raise BadFileError(file, "this book is locked (DRM); only a copy without a lock can be read")
        pages = [read_html(archive.read(name), file, "utf-8")[0] for name in dict.fromkeys(_spine(archive, file))]
    return "\n\n".join(page for page in pages if page.strip())


def _is_locked(archive: Archive, file: str) -> bool:
    """Whether a page is encrypted; fonts are in many books that are not locked."""
    if any(name.casefold() in _RIGHTS for name in archive.members()):
        return True
    if _ENCRYPTED not in archive.members():
        return False
    methods = parse_xml(archive.read(_ENCRYPTED), file, _DAMAGE).iter("{*}EncryptionMethod")
    return any(method.get("Algorithm") not in _FONTS for method in methods if _encrypts_data(method))


def _encrypts_data(method: Any) -> bool:
    """Whether a method is that of a file in the book, not of a key."""
    parent = method.getparent()
    return parent is not None and str(parent.tag).endswith("}EncryptedData")


def _spine(archive: Archive, file: str) -> Iterator[str]:
    """The members that are pages, in reading order."""
    roots = parse_xml(archive.read(_CONTAINER), file, _DAMAGE).iter("{*}rootfile")
    book = next((path for root in roots if (path := root.get("full-path"))), None)
    if book is None:
        raise BadFileError(file, _DAMAGE)
    package = parse_xml(archive.read(book), file, _DAMAGE)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            raise BadFileError(file, _DAMAGE)
        contents = "nav" in item.get("properties", "").split()
        if item.get("media-type") in _PAGES and not contents:
            path = unquote(item.get("href", "")).partition("#")[0]
            yield posixpath.normpath(posixpath.join(posixpath.dirname(book), path))

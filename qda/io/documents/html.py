"""Web pages that were saved, and texts that a program exported as HTML: the words that a reader sees, by block.

`lxml` builds the tree; nothing is fetched and no script runs. What the words are is decided here: lxml's own
`text_content` runs blocks and cells together and gives scripts and hidden words too.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from qda.errors import BadFileError
from qda.io.documents.html_text import text_of
from qda.io.transcripts.encoding import recognise

_HEAD = 8192
_BEFORE = rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.IGNORECASE)
_FRAGMENT = re.compile(rb"<(?:p|div|table|br|h[1-6]|ul|ol|meta|title|span)\b[^<>]*>", re.IGNORECASE)
_NOSCRIBE = re.compile(rb"<a\s+name\s*=\s*[\"']?ts_\d", re.IGNORECASE)
_ENDINGS = {".html", ".htm", ".xhtml", ".xht"}
_DECLARED = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What pages call their encoding and browsers take for it.
_MEANT = {
    **dict.fromkeys(("ascii", "latin-1", "iso8859-1", "cp1252"), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
}
_SINGLE = re.compile(r"cp125\d|cp874|cp866|iso8859|koi8|mac[-_]", re.IGNORECASE)
_TOO_DEEP = "it is too large, or nested too deeply, to be a page; it is refused"


def is_html(data: bytes, ending: str) -> bool:
    """Whether the bytes are a web page; a piece of one only if it is also called so.

    A transcript of noScribe is none: its marks of time are read elsewhere.
    """
    head = _plain(data[:_HEAD])
    page = _PAGE.match(head) or (ending.lower() in _ENDINGS and _FRAGMENT.search(head))
    return bool(page) and not _NOSCRIBE.search(data)


def read_html(data: bytes, file: str, default: str = "") -> tuple[str, str]:
    """The words of a page and the name of its encoding.

    Args:
        data: The page.
        file: Its name, for the sentences.
        default: The encoding of a page that names none.

    Raises:
        BadFileError: It is damaged in its encoding, or nested too deeply.
    """
    words, encoding = decode_html(data, file, default)
    if "\0" in words:
        raise BadFileError(file, "this is no page (it holds zero bytes); save it again as HTML")
    return text_of(_tree(words, file)), encoding


def decode_html(data: bytes, file: str, default: str = "") -> tuple[str, str]:
    """The source of a page: by its BOM, by proof where it is UTF-8, else by what it declares.

    Raises:
        BadFileError: It is damaged in its encoding.
    """
    declared = "" if data.startswith(_BOMS) else _declared(data, default)
    if declared and declared != "utf-8" and not (_SINGLE.match(declared) and _is_utf8(data)):
        try:
            return data.decode(declared), {"cp1252": "windows-1252"}.get(declared, declared)
        except UnicodeDecodeError:
            pass
    return recognise(data, file)


def _declared(data: bytes, default: str) -> str:
    """The encoding that a page names, as Python calls it; empty where it names none that is known."""
    found = _DECLARED.search(data[:_HEAD])
    try:
        name = codecs.lookup(found[1].decode("ascii") if found else default).name
    except LookupError:
        return ""
    return _MEANT.get(name, name)


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes prove to be UTF-8: they hold more than ASCII, and all of it is good."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _plain(head: bytes) -> bytes:
    """The beginning of a page without BOM, of UTF-16 without its zeros."""
    if head.startswith(_BOMS[1:]):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(codecs.BOM_UTF8)


def _tree(words: str, file: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(words.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        raise BadFileError(file, "there is nothing in this page") from None
    if any(error.type_name in ("ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR") for error in parser.error_log):
        raise BadFileError(file, _TOO_DEEP)
    if root is None:
        raise BadFileError(file, "it has no text")
    return root

"""Documents made in small for the tests: the bytes of each kind, as their programs write them."""

from __future__ import annotations

import io
import zipfile
from html import escape

from docx import Document

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    " ".join(
        f'xmlns:{short}="{OFFICE}{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
        )
    )
    + ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
NAV = ' properties="nav"'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def zipped(**members: bytes | str) -> bytes:
    return packed(members)


def packed(members: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def odf_content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str, styles: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    members: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": odf_content(body, styles),
    }
    return packed(members | (more or {}))


def fodt(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES}><office:body><office:text>{body}'
        "</office:text></office:body></office:document>"
    ).encode()


def epub(chapters: dict[str, str], spine: list[str] | None = None, more: dict[str, bytes | str] | None = None) -> bytes:
    """A book of XHTML pages by name; the spine is their order where none is given."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{NAV if name == "nav" else ""}/>'
        for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}'
        f'<item id="css" href="a.css" media-type="text/css"/></manifest><spine>{order}</spine></package>'
    )
    members: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package,
    }
    for name, body in chapters.items():
        members[f"OEBPS/{name}.xhtml"] = (
            '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://x.org/xhtml11.dtd">'
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{body}</body></html>'
        )
    return packed(members | (more or {}))


def rtf(paragraphs: list[str]) -> bytes:
    """RTF of paragraphs, letters beyond ASCII as Word writes them."""
    written = "\\par\n".join("".join(map(_rtf_sign, paragraph)) for paragraph in paragraphs)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\uc1\\pard\\plain " + written + "\\par}").encode(
        "ascii"
    )


def _rtf_sign(sign: str) -> str:
    if sign.isascii():
        return f"\\{sign}" if sign in "\\{}" else sign
    units = sign.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(f"\\u{number}?" for number in numbers)


def docx(paragraphs: list[str]) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def html(paragraphs: list[str]) -> bytes:
    body = "\n".join(f"<p>{escape(paragraph) or '<br>'}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def in_each_kind(paragraphs: list[str]) -> dict[str, bytes]:
    """The same paragraphs in each kind of document, by its ending."""
    odf = "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs)
    pages = "".join(f"<p>{escape(paragraph) or '<br/>'}</p>" for paragraph in paragraphs)
    return {
        "txt": "\n".join(paragraphs).encode(),
        "docx": docx(paragraphs),
        "odt": odt(odf),
        "fodt": fodt(odf),
        "rtf": rtf(paragraphs),
        "html": html(paragraphs),
        "epub": epub({"a": pages}),
    }

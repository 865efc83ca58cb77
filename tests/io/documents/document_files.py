"""Documents made in small for the tests: the bytes of each kind, as their programs write them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import escape
from typing import TYPE_CHECKING

from bidi.algorithm import get_display
from docx import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def pdf(pages: list[list[str]], *, first: int = 1, packed: bool = True, apart: bool = False) -> bytes:
    """A PDF with these lines on its pages, drawn from left to right as printers do; `first` is the first number.

    With `apart` each word is drawn on its own, as browsers do.

    Each different character is a letter of one font, which says what they are.
    """
    signs = {sign for lines in pages for line in lines for sign in get_display(line)}
    codes = _codes(signs)
    return _pdf_of([_drawn(lines, codes, apart=apart) for lines in pages], codes, first=first, packed=packed)


def pdf_drawn(lines: list[list[tuple[int, str]]]) -> bytes:
    """A PDF of lines from right to left as a word processor draws them: each piece of a line at a place of its own.

    Pieces with Arabic or Hebrew letters, and those of signs only, are turned.
    """
    codes = _codes({sign for line in lines for _, words in line for sign in words})
    rows = []
    for number, line in enumerate(lines):
        for at, words in line:
            turned = not re.search("[A-Za-z0-9\u0660-\u0669]", words)
            drawn = "".join(codes[sign] for sign in (words[::-1] if turned else words))
            rows.append(f"q BT {at} {760 - 16 * number} Td /F 12 Tf <{drawn}> Tj ET Q")
    return _pdf_of(["\n".join(rows)], codes)


def _codes(signs: Iterable[str]) -> dict[str, str]:
    return {sign: f"{number:04x}" for number, sign in enumerate(sorted(signs), start=1)}


def _pdf_of(contents: list[str], codes: dict[str, str], *, first: int = 1, packed: bool = True) -> bytes:
    """A PDF with these contents of its pages."""
    told_as = "".join(f"<{code}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items())
    cmap = f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{told_as}endbfchar\n"
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(contents)))
    objects: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/D/St {first}>>]>>>>".encode(),
        2: f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(),
        3: f"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]{TOLD}>>".encode(),
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 500/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        5: pdf_stream(cmap.encode(), packed=False),
    }
    for number, content in enumerate(contents):
        resources = "/Resources<</Font<</F 3 0 R>>>>"
        objects[10 + 2 * number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{resources}/Contents {11 + 2 * number} 0 R>>".encode()
        )
        objects[11 + 2 * number] = pdf_stream(content.encode(), packed=packed)
    return pdf_file(objects)


TOLD = "/ToUnicode 5 0 R"


def pdf_file(objects: dict[int, bytes], trailer: str = "") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    rows = [f"{places[n]:010} 00000 n \n" if n in places else "0000000000 65535 f \n" for n in range(size)]
    out += f"xref\n0 {size}\n{''.join(rows)}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()


def pdf_stream(data: bytes, *, packed: bool) -> bytes:
    body = zlib.compress(data) if packed else data
    return (
        f"<</Length {len(body)}{'/Filter/FlateDecode' if packed else ''}>>\nstream\n".encode() + body + b"\nendstream"
    )


def _drawn(lines: list[str], codes: dict[str, str], *, apart: bool) -> str:
    rows = []
    for number, line in enumerate(lines):
        at = 0
        shown = get_display(line)
        for words in re.findall(r"\S+\s*", shown) if apart else [shown]:
            drawn = "".join(codes[sign] for sign in words)
            rows.append(f"BT /F 12 Tf 1 0 0 1 {72 + 6 * at} {760 - 16 * number} Tm <{drawn}> Tj ET")
            at += len(words)
    return "\n".join(rows)

"""The words of RTF: its tokens, which code page a number means, and which control words stand for what."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
SYMBOLS = "symbols"
_CHARSETS = {
    0: "cp1252",
    2: SYMBOLS,
    77: "mac_roman",
    78: "cp932",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_PAGES = {
    10000: "mac_roman",
    10001: "cp932",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    936: "gbk",
    1361: "johab",
    708: "iso8859_6",
    20127: "cp1252",
    65001: "utf-8",
}
PLACES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
# What stands for a character; breaks are line ends as in the readers of other documents, those of pages and columns
# only within a paragraph.
CHARACTERS = {
    "par": "\n",
    "line": "\n",
    "sect": "\n",
    "page": "\f",
    "column": "\f",
    "lbr": "\n",
    "softline": "\n",
    "tab": "\t",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
}
SIGNS = {"~": "\u00a0", "_": "-", "-": "\u00ad", "\n": "\n", "\r": "\n", "\t": "\t"}
# Groups without words of the running text; `{\*\...}` is one too, but for those that hold text boxes.
LEFT_OUT = frozenset(
    """
    fonttbl colortbl stylesheet info pict nonshppict footnote annotation atnid atnauthor header headerl headerr headerf
    footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn fldinst listtext pntext pntxta pntxtb
    xe rxe tc nonesttables shprslt mmath filetbl revtbl template objdata objclass objname datafield formfield
    """.split()  # noqa: SIM905
)
BOX_GROUPS = frozenset({"shpinst", "do"})
NESTED = "nesttableprops"  # the end of a row of a table in a cell stands in it
BOXES = frozenset({"shptxt", "dptxbxtext"})


class Token(NamedTuple):
    """A piece of RTF: `kind` is `word`, `byte`, `sign`, `brace` or `text`; a word may have a number."""

    kind: str
    value: str
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """The pieces of RTF in order; line ends between them mean nothing, and bytes of pictures are passed over."""
    source = data.decode("latin-1")
    at = 0
    while found := _TOKEN.search(source, at):
        at = found.end()
        kind = found.lastgroup or ""
        if kind in ("word", "number"):
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin":
                at += max(number or 0, 0)
            else:
                yield Token("word", found["word"], number)
        else:
            yield Token(kind, found[kind])


def of_charset(number: int, default: str) -> str:
    """The encoding of a font's character set."""
    return _CHARSETS.get(number, default)


def of_page(number: int, default: str) -> str:
    """The encoding of a code page, the default where it is unknown."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return default
    return name

"""XML as it is written: words escaped, elements in one form, and what XML forbids left out and counted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\t\n\r]')
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_IN_WORDS = re.compile("[&<>\r]")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\Z")


class Xml:
    """Writes elements; `forbidden` counts the signs that XML cannot hold, which are left out."""

    def __init__(self) -> None:
        self.forbidden = 0

    def words(self, text: str) -> str:
        """Words between tags."""
        return _IN_WORDS.sub(_mark, self._allowed(text))

    def value(self, text: str) -> str:
        """The value of an attribute, without its quotes."""
        return _SPECIAL.sub(_mark, self._allowed(text))

    def element(self, tag: str, attrs: Mapping[str, str], inside: Iterable[str] = (), text: str = "") -> str:
        """An element with what is in it; attributes without a value are left out."""
        given = "".join(f' {name}="{self.value(value)}"' for name, value in attrs.items() if value)
        content = "".join(inside) or self.words(text)
        return f"<{tag}{given}>{content}</{tag}>\n" if content else f"<{tag}{given}/>\n"

    def plain(self, tag: str, text: str) -> str:
        """An element of words alone, nothing where there are none."""
        return f"<{tag}>{self.words(text)}</{tag}>\n" if text else ""

    def _allowed(self, text: str) -> str:
        if _FORBIDDEN.search(text):
            text, number = _FORBIDDEN.subn("", text)
            self.forbidden += number
        return text


def _mark(found: re.Match[str]) -> str:
    return _MARKS[found[0]]


def stamp(moment: str) -> str:
    """A moment as XML wants it, empty where it is none."""
    try:
        known = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return moment if _STAMP.match(moment) else known.isoformat()

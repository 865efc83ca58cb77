r"""Verbatim text in Markdown: every sign that would be mark-up is escaped, and nothing else.

Meant are CommonMark and what GitHub adds: tables, strikethrough, bare links, mathematics. A sign is escaped
by a backslash. White space at either end of a line, which Markdown and many editors drop, and the line ends
other than LF are written as character references (`&#32;`). Two things Markdown cannot carry: NUL, which
every reader replaces, and ASCII separators and U+0085 at the ends of lines, which some readers drop.

GitHub links e-mail addresses whether or not they are escaped; the characters stay the same.
"""

from __future__ import annotations

import re

_SIGN = re.compile(
    r"[\\`*\[|~$_<&@#\r\u2028\u2029]"  # one set of signs first: it is what makes the search fast
    r"(?:(?<=[\\`*\[|~$\r\u2028\u2029])"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"  # not within a word
    r"|(?<=<)(?=[A-Za-z/!?])"
    r"|(?<=&)(?=#|[A-Za-z][A-Za-z0-9]*;)"
    r"|(?<=@)(?=\w)"
    r"|(?<=\s#)(?=#*$))",  # would close a heading
    re.MULTILINE,
)
_LINK = re.compile(r":(?=//)|(?<=www)\.")
_LINE_ENDS = "\r\u2028\u2029"
_NO_REFERENCE = "\v\x1c\x1d\x1e\x1f\x85"
_LOST = rf"[^\S\n{_NO_REFERENCE}]"
_FIRST = r"(?:[0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+=](?!\w)|>|:(?=[-\s])|#{1,6}(?:\s|$)))"
_HAS_EDGES = re.compile(rf"\n(?:(?<={_LOST}\n)|(?={_LOST}|{_FIRST}))", re.MULTILINE)
_EDGE = re.compile(rf"(?P<first>^{_FIRST})|(?P<lost>^{_LOST}|{_LOST}$)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#([0-9]{1,5});")
_SEPARATOR = re.compile(r"\\.|[,:]")


def harmless(text: str) -> str:
    """Markdown that shows exactly this text; its lines are the lines of the text."""
    marked = _SIGN.sub(_escape, text)
    if "://" in marked or "www." in marked:
        marked = _LINK.sub(_escape, marked)
    return _EDGE.sub(_escape_edge, marked) if _HAS_EDGES.search(f"\n{marked}\n") else marked


def harmless_name(name: str, *, part: bool = False) -> str:
    r"""A name in a line of facts that are set apart by `·`: on one line, and without that sign.

    Args:
        name: Any text.
        part: It stands beside other words in its fact, set apart by `,` or `:`, which are escaped too.
    """
    marked = harmless(name).replace("\n", "&#10;").replace("·", "&#183;")
    return _SEPARATOR.sub(_set_apart, marked) if part else marked


def plain(markup: str) -> str:
    """The text that `harmless` or `harmless_name` made into Markdown."""
    if "\\" not in markup and "&#" not in markup:
        return markup
    return _ESCAPED.sub(lambda found: found[1] or chr(int(found[2])), markup)


def _set_apart(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else f"\\{found[0]}"


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return _reference(sign) if sign in _LINE_ENDS else f"\\{sign}"


def _escape_edge(found: re.Match[str]) -> str:
    return _reference(found["lost"]) if found["lost"] else f"{found['first']}\\"


def _reference(sign: str) -> str:
    return f"&#{ord(sign)};"

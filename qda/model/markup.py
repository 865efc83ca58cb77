r"""Verbatim text in Markdown: every sign that would be mark-up is escaped, and nothing else.

Meant are CommonMark and what GitHub adds: tables, strikethrough, bare links, mathematics. A sign is escaped
by a backslash. White space at either end of a line, which Markdown and many editors drop, the line ends other
than LF, and control characters, which would move the cursor of a terminal, are written as character references
(`&#32;`). Many readers show control characters as U+FFFD; nobody could read them anyway.

GitHub links e-mail addresses whether or not they are escaped; the characters stay the same.
"""

from __future__ import annotations

import re

_UNSEEN = r"\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u2028\u2029"  # control characters and line ends, but for tab, LF, FF
_SIGN = re.compile(
    rf"[\\`*\[|~$_<&@#{_UNSEEN}]"  # one set of signs first: it is what makes the search fast
    rf"(?:(?<=[\\`*\[|~${_UNSEEN}])"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"  # not within a word
    r"|(?<=<)(?=[A-Za-z/!?])"
    r"|(?<=&)(?=#|[A-Za-z][A-Za-z0-9]*;)"
    r"|(?<=@)(?=\w)"
    r"|(?<=\s#)(?=#*$))",  # would close a heading
    re.MULTILINE,
)
_LINK = re.compile(r":(?=//)|(?<=www)\.")
_LOST = r"[^\S\n]"
_FIRST = r"(?:[0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+=](?!\w)|>|:(?=[-\s])|#{1,6}(?:\s|$)))"
_HAS_EDGES = re.compile(rf"\n(?:(?<={_LOST}\n)|(?={_LOST}|{_FIRST}))", re.MULTILINE)
_EDGE = re.compile(rf"(?P<first>^{_FIRST})|(?P<lost>^{_LOST}|{_LOST}$)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#([0-9]{1,5});")
_MOVING = re.compile(rf"[{_UNSEEN}\u202a-\u202e\u2066-\u2069]")  # also what turns the direction of what follows
_PLAIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")  # as an id is, of which a report has one for each coding
_SEPARATOR = re.compile(r"\\.|[,:]")


def harmless(text: str) -> str:
    """Markdown that shows exactly this text; its lines are the lines of the text."""
    marked = _SIGN.sub(_escape, text)
    if "://" in marked or "www." in marked:
        marked = _LINK.sub(_escape, marked)
    if "\n" not in marked and marked[:1].isalpha() and not marked[-1].isspace():  # no edge to look for
        return marked
    return _EDGE.sub(_escape_edge, marked) if _HAS_EDGES.search(f"\n{marked}\n") else marked


def harmless_name(name: str, *, part: bool = False) -> str:
    r"""A name in a line of facts that are set apart by `·`: on one line, and without that sign.

    Args:
        name: Any text.
        part: It stands beside other words in its fact, set apart by `,` or `:`, which are escaped too.
    """
    if _PLAIN.fullmatch(name):
        return name
    marked = harmless(name).replace("\n", "&#10;").replace("·", "&#183;")
    return _SEPARATOR.sub(_set_apart, marked) if part else marked


def code_span(text: str) -> str:
    """A text on one line as code, or as words where a sign in it would end the code or could not be seen."""
    return harmless_name(text) if "`" in text or not text.isprintable() else f"`{text}`"


def visible(text: str) -> str:
    """A text for the terminal: signs that would move its cursor are replaced, line ends and tabs stay."""
    return text if text.isprintable() else _MOVING.sub("\N{REPLACEMENT CHARACTER}", text)


def plain(markup: str) -> str:
    """The text that `harmless` or `harmless_name` made into Markdown."""
    if "\\" not in markup and "&#" not in markup:
        return markup
    return _ESCAPED.sub(lambda found: found[1] or chr(int(found[2])), markup)


def _set_apart(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else f"\\{found[0]}"


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign.isprintable() else _reference(sign)


def _escape_edge(found: re.Match[str]) -> str:
    return _reference(found["lost"]) if found["lost"] else f"{found['first']}\\"


def _reference(sign: str) -> str:
    return f"&#{ord(sign)};"


def place_line(source: str, start: int, end: int, said: str) -> str:
    """The line below a quotation that says where it stands, in the form that `qda check` proves; `said` is no name."""
    return f"— {harmless_name(source, part=True)}, characters {start}-{end} · {said}"

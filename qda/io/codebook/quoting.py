"""How a string is written in YAML so that every reader, of 1.1 and of 1.2, sees exactly that string."""

from __future__ import annotations

import re

_WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "+.inf", "-.inf", ".nan")
_NOT_STRINGS = {
    *("", "~", "=", "<<", ".Inf", "+.Inf", "-.Inf", ".NaN"),
    *(form for word in _WORDS for form in (word, word.capitalize(), word.upper())),
}
_NUMBER = re.compile(
    r"[-+]_[0-9_]*|[-+]?(0b[01_]*|0o?[0-7_]*|0x[0-9a-fA-F_]*|[0-9][0-9_,]*(:[0-5]?[0-9])*(\.[0-9_.]*)?([eE][-+]?[0-9]+)?"
    r"|\.[0-9_.]*([eE][-+]?[0-9]+)?)"
)
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(([Tt]|[ ]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]*)?([ ]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?)?"
)
_SIGN_FIRST = re.compile(r"[,\[\]{}#&*!|>'\"%@`?:]|-($|\s|--)|\.\.\.")
_SIGN_INSIDE = re.compile(r":(\s|$)|\s#")
_UNPRINTABLE = re.compile("[^ -~\xa0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ud800-\udfff]")
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\0": "\\0",
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def quoted(text: str) -> str:
    """A string on one line, in quotes only where it needs them."""
    if _UNPRINTABLE.search(text):
        return '"' + re.sub(rf'["\\]|{_UNPRINTABLE.pattern}', _escape, text) + '"'
    if _is_plain(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def block(text: str) -> tuple[str, ...]:
    r"""A string of several lines as a `|` block: its sign and its lines; nothing where it needs escapes."""
    lines = text.split("\n")
    safe = len(lines) > 1 and all(line == line.rstrip() and not _UNPRINTABLE.search(line) for line in lines)
    if not safe or not lines[0] or lines[0][0].isspace() or text.endswith("\n\n"):
        return ()
    return ("|", *lines[:-1]) if text.endswith("\n") else ("|-", *lines)


def _is_plain(text: str) -> bool:
    return not (
        text in _NOT_STRINGS
        or text != text.strip()
        or _SIGN_FIRST.match(text)
        or _SIGN_INSIDE.search(text)
        or _NUMBER.fullmatch(text)
        or _DATE.fullmatch(text)
    )


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    number = ord(sign)
    wide = f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}"
    return _ESCAPES.get(sign, wide)

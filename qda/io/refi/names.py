"""Names as a study can hold them, and moments."""

from __future__ import annotations

import unicodedata
from datetime import datetime


def one_line(name: str) -> str:
    """A name in one line: control characters become spaces, and there are none around it."""
    if not name.isprintable():
        name = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in name)
    return name.strip()


def moment(word: str) -> str:
    """A date with a time as it stands, empty where it is none."""
    try:
        datetime.fromisoformat(word)
    except ValueError:
        return ""
    return word

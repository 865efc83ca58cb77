"""Languages by code or by name: what somebody writes, as the code of ISO 639 that a study keeps."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from qda.errors import QdaError

_SCRIPT, _REGION = re.compile(r"[a-z]{4}"), re.compile(r"[a-z]{2}|\d{3}")


def language_code(words: str) -> str:
    """The code for a code or a name, of two letters where there is such a one; nothing for nothing.

    `Dutch`, `NL` and `nld` are `nl`; a script or a region stays: `nl_be` is `nl-BE`.

    Raises:
        QdaError: It is no language that is known; the sentence names the nearest.
    """
    wanted = _plain(words)
    if not wanted:
        return ""
    base, *parts = re.split("[-_]", wanted)
    found = _codes().get(wanted) or _with_parts(_codes().get(base, ""), parts)
    if not found:
        raise QdaError(
            f"'{words}' is no language known here{_near(wanted)}; write its code in ISO 639 or its English name,"
            " such as nl or Dutch"
        )
    return found


def _with_parts(code: str, parts: list[str]) -> str:
    """A code with the script and the region behind it; nothing where they are none."""
    for part in parts:
        if _SCRIPT.fullmatch(part):
            code = code and f"{code}-{part.title()}"
        elif _REGION.fullmatch(part):
            code = code and f"{code}-{part.upper()}"
        else:
            return ""
    return code


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def _near(words: str) -> str:
    import difflib

    close = difflib.get_close_matches(words, [name for name in _codes() if len(name) > 3], n=1, cutoff=0.75)
    return f" (did you mean '{close[0].title()}'?)" if close else ""


@cache
def _codes() -> dict[str, str]:
    """The code that is kept for each code and each name."""
    text = Path(__file__).with_name("iso639.txt").read_text(encoding="utf-8")
    _, named, others = text.split("\n\n")
    found: dict[str, str] = {}
    for line in named.splitlines():
        codes, _, names = line.partition(": ")
        kept, *same = codes.split()
        found |= dict.fromkeys([kept, *same, *(_plain(name) for name in names.split(", "))], kept)
    for word in others.split():
        for last in word[2:]:
            found.setdefault(word[:2] + last, word[:2] + last)
    return found

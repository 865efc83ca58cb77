"""Which column of a list of quotations says what: by the headers of ATLAS.ti, MAXQDA and Dedoose, or as it is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES = {
    "document": ("document name", "document", "media title", "resource title", "media", "source", "file"),
    "text": (
        "quotation content",
        "quotation text",
        "excerpt copy",
        "coded segments",
        "coded segment",
        "segment",
        "excerpt",
        "quotation",
        "quote",
    ),
    "code": ("codes applied combined", "codes applied", "codes", "code"),
    "coder": ("excerpt creator", "created by", "coded by", "coder", "creating user", "author", "user"),
    "comment": ("comment", "quotation comment", "memo"),
    "at": ("excerpt date", "creation date", "created at", "created on", "date created", "created"),
    "start": ("excerpt range", "beginning", "begin", "reference", "start"),
}
"""What a column may say, with the headers that say it, the surest first."""
NEEDED = ("document", "text", "code")
_APPLIED = re.compile(r"code:\s*(.+?)\s+applied\Z", re.IGNORECASE)
_CHARACTERS = "excerpt range"
_MAXQDA = ("segment", "coded segments", "coded segment")


class Columns(NamedTuple):
    """The place of each role, and what differs between tools.

    `applied` are the codes that have a column of their own (Dedoose), `paths` says whether codes are paths (MAXQDA),
    `characters` whether a start is counted in characters (Dedoose) and not in paragraphs.
    """

    places: dict[str, int]
    applied: dict[int, str]
    paths: bool
    characters: bool


def columns_of(header: Sequence[str], told: Mapping[str, str]) -> Columns | None:
    """What the columns of a table say; None where document, text or code is missing.

    Raises:
        UsageError: A column that was told is not in the table.
    """
    names = [" ".join(name.casefold().split()) for name in header]
    places: dict[str, int] = {}
    for role, name in told.items():
        wanted = " ".join(name.casefold().split())
        if wanted not in names:
            raise UsageError(f"the table has no column '{name}'; it has {', '.join(filter(None, header))}")
        places[role] = names.index(wanted)
    for role, known in ROLES.items():
        found = [names.index(name) for name in known if name in names]
        if role not in places and found:
            places[role] = found[0]
    applied = {place: code[1] for place, name in enumerate(header) if (code := _APPLIED.match(name.strip()))}
    if "code" in told:
        applied = {}
    if not {"document", "text"} <= set(places) or not ("code" in places or applied):
        return None
    characters = "start" in places and names[places["start"]] == _CHARACTERS
    return Columns(places, applied, names[places["text"]] in _MAXQDA, characters)


def parse_told(words: Sequence[str]) -> dict[str, str]:
    """The columns told by `--column ROLE=NAME`.

    Raises:
        UsageError: A word is not of that form.
    """
    told = {}
    for word in words:
        role, equals, name = word.partition("=")
        if role.strip().casefold() not in ROLES or not equals or not name.strip():
            raise UsageError(f"--column is one of {', '.join(ROLES)}, then = and a column's name; not '{word}'")
        told[role.strip().casefold()] = name.strip()
    return told

"""The nouns of a study as they are listed: plain values without a connection to any file."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import NamedTuple

ROLES = ("respondent", "interviewer", "interpreter", "other")
STATES = ("assigned", "in progress", "done")
LAYERS = ("independent", "consensus")
MEMO_KINDS = ("analytic", "case", "method", "theoretical")
ATTRIBUTE_TYPES = ("text", "number", "date", "choice")
TARGETS = ("source", "person", "case")
CODING_IDS = bytes.fromhex("0b0b6f0e94a45d5b8a5e6f4ad1f0c0d1")
"""The namespace of ids of codings that are no UUIDs."""


def many(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 coding`, `2 codings`."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def many_are(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun and its verb: `1 coding is`, `2 codings are`."""
    return f"{many(number, noun, plural)} {'is' if number == 1 else 'are'}"


class Source(NamedTuple):
    """A document of the study; `characters` are code points of its current text.

    `sha256` is that of the bytes with which it first came in, `revision_sha256` of those of its current revision.
    """

    key: int
    uid: str
    name: str
    kind: str
    language: str
    date: str
    format: str
    encoding: str | None
    sha256: str
    text_sha256: str
    revision_sha256: str
    revision: int
    revision_key: int
    characters: int


class Turn(NamedTuple):
    """One speaker's stretch of a source; persons are keys, `body` is where the speech begins."""

    number: int
    start: int
    body: int
    end: int
    label: str | None
    time_ms: int | None
    person: int | None
    speaks_for: int | None


class Person(NamedTuple):
    """Somebody who speaks; `home` is the only source of somebody who is not shared between sources."""

    key: int
    uid: str
    name: str
    label: str
    role: str
    home: int | None


class Case(NamedTuple):
    """What is compared; gathers persons and sources."""

    key: int
    uid: str
    name: str
    kind: str


class Coder(NamedTuple):
    """Somebody who codes."""

    key: int
    uid: str
    name: str


class Coding(NamedTuple):
    """One coder put one code on one segment; `anchor` is 0 in place, 1 to be reviewed, 2 words gone."""

    key: int
    uid: str
    source: int
    revision: int
    code: int
    coder: int
    start: int
    end: int
    layer: str
    weight: float | None
    origin: str
    at: str
    anchor: int


class Memo(NamedTuple):
    """A note on a study (no target), an entity, or a segment of a source."""

    key: int
    uid: str
    kind: str
    title: str
    body: str
    coder: str
    at: str
    target_kind: str
    target: str
    start: int | None
    end: int | None


class ChangeLine(NamedTuple):
    """A line of the change log."""

    number: int
    at: str
    coder: str
    kind: str
    summary: str
    undoes: int | None
    undone: bool


def plain_name(name: str) -> str:
    """A name as people know it again: without case, and however its accents are written."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def plain_word(word: str) -> str:
    """A word that is one of a few, as it may be typed: `Done`, `in_progress`."""
    return " ".join(word.casefold().replace("_", " ").split())


def coding_uid(word: str) -> bytes:
    """The 16 bytes of a coding's id: of the UUID that it is, or of the one that is made of its words."""
    return uid_of(word) or named_uid(CODING_IDS, word.encode())


def uid_of(word: str) -> bytes | None:
    """The 16 bytes of a UUID in any usual form: with or without hyphens or braces, or as a URN."""
    plain = word.replace("-", "")
    if len(plain) != 32:
        plain = plain.lower().removeprefix("urn:uuid:").removeprefix("{").removesuffix("}")
    if len(plain) != 32:
        return None
    try:
        uid = bytes.fromhex(plain)
    except ValueError:
        return None
    return uid if len(uid) == 16 else None


def named_uid(space: bytes, name: bytes) -> bytes:
    """The 16 bytes of the UUIDv5 of a name in a namespace; without `uuid`, which takes long to load."""
    made = bytearray(hashlib.sha1(space + name).digest()[:16])  # noqa: S324 - UUIDv5 is SHA-1
    made[6] = made[6] & 0x0F | 0x50
    made[8] = made[8] & 0x3F | 0x80
    return bytes(made)


def id_of(uid: bytes) -> str:
    """The id by which a thing is known outside its file: its 16 bytes as a UUID is written."""
    digits = uid.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

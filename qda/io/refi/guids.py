"""GUIDs of REFI-QDA: with braces or without, in capitals or not, they are the same 16 bytes."""

from __future__ import annotations

from qda.model.nouns import named_uid, uid_of

SPACE = bytes.fromhex("5f0d6a3c9b5e5a0f8f0f1d7f4f0e52ef")
"""The namespace of GUIDs that are made here."""


def guid_of(word: str | None) -> bytes | None:
    """The 16 bytes of a GUID, None where there is none; one that is none is turned into one by its words."""
    if not word or not word.strip():
        return None
    plain = word.strip()
    return uid_of(plain) or named_uid(SPACE, plain.casefold().encode("utf-8", "replace"))


def made(*parts: bytes | str) -> bytes:
    """A GUID that is always the same for the same parts."""
    return named_uid(SPACE, b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts))

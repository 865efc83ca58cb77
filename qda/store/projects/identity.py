"""Which uid a thing of a project has here: its GUID, unless that belongs to a thing of another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import named_uid

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.store.database import Database

_SPACE = bytes.fromhex("8f6c1b0e5a1d5c4b9a3e2f7d60c94b12")


def uid_for(database: Database, kind: str, guid: bytes) -> bytes:
    """The uid of a thing; some tools give one GUID to things of several kinds."""
    taken = database.one("SELECT kind FROM entity WHERE uid = ?", (guid,))
    return guid if taken in (None, kind) else other_uid(kind, guid)


def other_uid(kind: str, guid: bytes, *more: object) -> bytes:
    """A uid that is always the same for the same GUID, kind and whatever else tells things apart."""
    return named_uid(_SPACE, b"\0".join((kind.encode(), guid, *(str(one).encode() for one in more))))


def live_key(database: Database, table: str, uid: bytes) -> int | None:
    """The key of a live thing with a uid."""
    key: int | None = database.one(
        f"SELECT t.key FROM live_{table} t JOIN entity e ON e.key = t.key WHERE e.uid = ?", (uid,)
    )
    return key


def free_name(name: str, is_free: Callable[[str], bool]) -> str:
    """A name, with a number where it is taken."""
    number, found = 2, name
    while not is_free(found):
        found, number = f"{name} ({number})", number + 1
    return found

"""Documents on their way in: whether their bytes are here already, and under which name they would come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import named_uid
from qda.store.base import check_plain

if TYPE_CHECKING:
    from qda.model.transcript import Transcript
    from qda.store.base import Names
    from qda.store.study import Study

SPACE = bytes.fromhex("6f1f8f4e2b0b5d0e9a550d1f6a1c7e11")


class Added(NamedTuple):
    """What became of a document: the name of its source, whether it was new, and whether it was renamed."""

    name: str
    new: bool
    renamed: bool


def source_uid(original: bytes, again: str = "") -> bytes:
    """A UUIDv5 of a document's bytes, so that copies of a study that import the same file can be merged.

    `again` is the name under which bytes that are already here come in once more.
    """
    return named_uid(SPACE, original + (b"\0" + again.encode() if again else b""))


class Arrivals:
    """Says of one document after another what it would become, as if those before it had come in."""

    def __init__(self, study: Study) -> None:
        self._sources = study.sources
        self._names = study.sources.known()
        self._coming: dict[bytes, str] = {}

    def expect(self, transcript: Transcript, *, name: str | None = None, again: bool = False) -> Added:
        """What a document becomes; bytes of any revision of any source are here already.

        Raises:
            QdaError: The wanted name is taken or cannot be used, or bytes come again without a name.
        """
        wanted = (name or transcript.name).strip()
        check_plain(wanted, "source")
        if again and not name:
            raise QdaError("bytes that come in again need another name")
        uid = source_uid(transcript.original, wanted if again else "")
        known = self._coming.get(uid)
        known = known or (self._sources.named(uid) if again else self._sources.holding(transcript.original))
        if known:
            return Added(known, new=False, renamed=False)
        free = free_name(self._names, wanted, transcript.format)
        if name and free != wanted:
            raise QdaError(f"there is a source named '{wanted}' already; choose another --name")
        self._coming[uid] = free
        self._names.add(free, 0)
        return Added(free, new=True, renamed=free != wanted)


def free_name(names: Names, wanted: str, ending: str) -> str:
    """A name that no source has: the wanted one, with its ending, or with a number."""
    if names.is_free(wanted):
        return wanted
    if names.is_free(f"{wanted}.{ending}"):
        return f"{wanted}.{ending}"
    number = 2
    while not names.is_free(f"{wanted} ({number})"):
        number += 1
    return f"{wanted} ({number})"

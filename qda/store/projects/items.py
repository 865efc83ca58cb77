"""The codings and memos of a project, some thousands at a time: by GUID, else by what they say."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import ConflictError
from qda.model.anchoring import follow
from qda.model.nouns import many
from qda.model.project import ProjectCoding
from qda.store.codings import LOST, now
from qda.store.projects.identity import other_uid
from qda.store.projects.memos import Memos

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.model.project import ProjectMemo
    from qda.store.change import Change
    from qda.store.projects.coders import ProjectCoders
    from qda.store.projects.outcome import Outcome
    from qda.store.projects.sources import Here
    from qda.store.study import Study

_BATCH, _CHUNK = 5000, 500

Spot = tuple[int, int, int, int]
"""Code, coder, start and end of a coding in its source."""


class _Standing(NamedTuple):
    """What stands under a uid: the kind of its entity; its key and the change that opened it where a coding lives."""

    kind: str = "coding"
    key: int | None = None
    born: int = 0


_NOBODY = _Standing()


class Items:
    """Codings on their way into the study, and the memos of the project."""

    def __init__(
        self,
        study: Study,
        change: Change,
        coders: ProjectCoders,
        keys: Mapping[str, Mapping[bytes, int]],
        sources: Mapping[bytes, Here],
        outcome: Outcome,
    ) -> None:
        self._study = study
        self._database = study.database
        self._change = change
        self._coders = coders
        self._codes = keys["code"]
        self._sources = sources
        self._outcome = outcome
        self._memos = Memos(study, change, coders, keys, sources, outcome)
        self._me = study.coders.key(study.coder) if study.coder else None
        self._veiled = study.rounds.veiled()
        self._moment = now()
        self._source = 0
        self._spots: dict[Spot, int] = {}
        self._met: set[int] = set()

    def take(self, items: Iterable[ProjectCoding | ProjectMemo]) -> None:
        """Take all in, a batch at a time; a memo on a coding comes behind it.

        Raises:
            ConflictError: Codings of others stand in a source that is coded in a blind round.
        """
        stream = iter(items)
        while batch := list(islice(stream, _BATCH)):
            for guid in list(self._memos.codings)[:-1]:  # the first memos may be about the last coding before them
                del self._memos.codings[guid]
            for source, part in groupby(batch, lambda one: one.source if isinstance(one, ProjectCoding) else None):
                if source is not None:
                    self._of_source(self._sources[source], [one for one in part if isinstance(one, ProjectCoding)])
            self._memos.take([one for one in batch if not isinstance(one, ProjectCoding)])

    def only_here(self) -> int:
        """How many codings of the project's coders stand in its sources here, but not in the project."""
        coders = sorted(self._coders.keys)
        marks = ", ".join("?" * len(coders))
        query = f"SELECT key FROM counted_coding WHERE source = ? AND layer = 0 AND coder IN ({marks})"
        known = [here.key for here in self._sources.values() if here.known]
        return sum(row[0] not in self._met for source in known for row in self._database.rows(query, (source, *coders)))

    def _of_source(self, here: Here, codings: Sequence[ProjectCoding]) -> None:
        """Take in codings of one source."""
        if here.key in self._veiled and any(self._coders.key(one.user) != self._me for one in codings):
            raise ConflictError(
                f"codings of others in '{here.name}' cannot be taken in while it is coded in a blind round; reveal the"
                " round first"
            )
        if here.key != self._source:
            self._source = here.key
            rows = self._database.rows(
                "SELECT code, coder, start, end, key FROM counted_coding WHERE source = ? AND layer = 0", (here.key,)
            )
            self._spots = {row[:4]: row[4] for row in rows} if here.known or rows else {}
        codings = codings if here.older is None else self._in_newer_text(here, here.older, codings)
        known = self._known([one.guid for one in codings])
        fresh: list[tuple[bytes, Spot, str]] = []
        for one in codings:
            spot = (self._codes[one.code], self._coders.key(one.user), one.start, one.end)
            if spot in self._spots:
                self._outcome.codings.here += 1
                self._meet(one, self._spots[spot], here)
                continue
            uid = one.guid
            standing = known.get(uid, _NOBODY)
            if standing.kind != "coding" or standing.born == self._change.number:
                uid = other_uid("coding", uid, here.key, *spot)  # the GUID is that of something else in the project
                standing = self._known([uid]).get(uid, _NOBODY)
            if standing.key is None:
                fresh.append((uid, spot, one.at))
                self._spots[spot] = -len(fresh)
            else:
                self._move(standing.key, here, spot)
                self._meet(one, standing.key, here)
            known[uid] = _NOBODY._replace(born=self._change.number)
        self._insert(here, fresh, codings)

    def _insert(self, here: Here, fresh: Sequence[tuple[bytes, Spot, str]], codings: Sequence[ProjectCoding]) -> None:
        """Open new codings, and remember under which key each of the project's stands."""
        keys = self._change.new_keys("coding", len(fresh), [uid for uid, _, _ in fresh])
        rows = [
            (key, here.key, here.revision, *spot, 0, None, "human", at or self._moment, 0)
            for key, (_, spot, at) in zip(keys, fresh, strict=True)
        ]
        self._change.insert("coding", rows)
        self._outcome.codings.new += len(fresh)
        for key, (_, spot, _) in zip(keys, fresh, strict=True):
            self._spots[spot] = key
            self._database.uids.pop(key, None)  # of half a million codings none is needed any more
        for one in codings:
            spot = (self._codes[one.code], self._coders.key(one.user), one.start, one.end)
            if spot in self._spots:
                self._meet(one, self._spots[spot], here)

    def _meet(self, one: ProjectCoding, key: int, here: Here) -> None:
        """Remember which coding of the study one of the project is."""
        if key < 0:
            return
        self._memos.codings[one.guid] = key
        if here.known:
            self._met.add(key)

    def _move(self, key: int, here: Here, spot: Spot) -> None:
        """Give a coding the code, coder and place that it has in the project."""
        before = self._database.rows(
            "SELECT code, coder, start, end FROM counted_coding WHERE key = ? AND source = ?", (key, here.key)
        )
        for old in before:
            self._spots.pop(old, None)
        code, coder, start, end = spot
        place = {"source": here.key, "revision": here.revision, "start": start, "end": end, "anchor": 0}
        self._change.edit("coding", "key = ?", (key,), code=code, coder=coder, **place)
        self._spots[spot] = key
        self._outcome.codings.changed += 1

    def _in_newer_text(self, here: Here, older: str, codings: Sequence[ProjectCoding]) -> list[ProjectCoding]:
        """Codings with their places in the study's newer text; those whose words are gone are said."""
        text = self._study.sources.text(here.key)
        places = follow(older, text, [(one.start, one.end) for one in codings])
        pairs = list(zip(codings, places, strict=True))
        found = [one._replace(start=at.start, end=at.end) for one, at in pairs if at.state != LOST]
        if len(found) < len(codings):
            lost = many(len(codings) - len(found), "coding")
            self._outcome.said.append(f"'{here.name}': {lost} on words that its newer text has no more: left out")
        return found

    def _known(self, guids: Sequence[bytes]) -> dict[bytes, _Standing]:
        """What stands under some uids."""
        found: dict[bytes, _Standing] = {}
        for start in range(0, len(guids), _CHUNK):
            part = guids[start : start + _CHUNK]
            marks = ", ".join("?" * len(part))
            for uid, *standing in self._database.rows(
                "SELECT e.uid, e.kind, c.key, c.born FROM entity e LEFT JOIN live_coding c ON c.key = e.key"
                f" WHERE e.uid IN ({marks})",
                part,
            ):
                found[uid] = _Standing(*standing)
        return found

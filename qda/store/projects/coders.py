"""The coders of a project: by GUID, else by name; a new one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.store.projects.identity import free_name, live_key, other_uid, uid_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.model.project import ProjectUser
    from qda.store.change import Change
    from qda.store.projects.outcome import Outcome
    from qda.store.study import Study


class ProjectCoders:
    """Who of the study each user of a project is.

    Some users are heard of only when their codings come, so each is looked for by GUID whenever it comes.
    """

    def __init__(self, study: Study, change: Change, users: Mapping[bytes, ProjectUser], outcome: Outcome) -> None:
        self._study = study
        self._change = change
        self._users = users
        self._outcome = outcome
        self._names = study.coders.known()
        self._keys: dict[bytes, int] = {}
        self._taken: set[int] = set()
        # Those known by their GUID go first, so that nobody else is taken for one of them.
        for guid in users:
            key = live_key(study.database, "coder", guid)
            if key is not None:
                self._know(guid, key)
        for guid in users:
            self.key(guid)
        outcome.coders.here = len(self._keys) - outcome.coders.new

    @property
    def keys(self) -> set[int]:
        """The keys of all who were asked for."""
        return set(self._keys.values())

    def key(self, guid: bytes) -> int:
        """The key of a user; two users of one name are two coders."""
        if guid not in self._keys:
            name = _coder_name(self._users[guid].name)
            found = live_key(self._study.database, "coder", guid)
            uid = uid_for(self._study.database, "coder", guid) if found is None else other_uid("coder", guid, name)
            if found is None and not self._names.is_free(name):
                found = self._study.coders.key(name)
            if found is None or found in self._taken:
                found = self._make(uid, free_name(name, self._names.is_free))
            self._know(guid, found)
        return self._keys[guid]

    def _know(self, guid: bytes, key: int) -> None:
        self._keys[guid] = key
        self._taken.add(key)

    def _make(self, uid: bytes, name: str) -> int:
        key = self._change.new_key("coder", uid)
        self._change.insert("coder", [(key, name)])
        self._names.add(name, key)
        self._outcome.coders.new += 1
        return key


def _coder_name(name: str) -> str:
    """A name that can stand in a report."""
    plain = "".join(sign if sign.isprintable() and sign != "|" else " " for sign in name).strip()
    return plain or "unknown"

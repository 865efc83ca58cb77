"""The codes of a project: by GUID, else by their place in the tree; the words of the project go first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qda.model.nouns import id_of, many, plain_name
from qda.model.project import CODABLE, COLOUR
from qda.store.codebook_reading import row_of
from qda.store.projects.identity import free_name, uid_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.codebook import CodeEntry
    from qda.model.project import ProjectCode
    from qda.model.tree import Code
    from qda.store.change import Change
    from qda.store.projects.outcome import Outcome
    from qda.store.study import Study

_WORDS = ("definition", "include", "exclude", "example")


def take_codes(study: Study, change: Change, codes: Sequence[ProjectCode], outcome: Outcome) -> dict[bytes, int]:
    """Take codes over; returns the key of each by its GUID.

    Args:
        study: The study.
        change: The action.
        codes: The codes, parents before children.
        outcome: Gets how many are new and changed.
    """
    before = study.codebook.tree()
    taking = _Taking(study, change, codes)
    for code in codes:
        taking.take(code)
    for key in taking.changed:
        change.close("code", "key = ?", (key,))
    change.insert("code", [*taking.changed.values(), *taking.new])
    if taking.new or taking.changed:
        study.codebook.let_names_go_before(change, before)
    tally = outcome.codes
    tally.new, tally.changed = len(taking.new), len(taking.changed)
    tally.here = len(codes) - tally.new - tally.changed
    if taking.renamed:
        shown = ", ".join(f"'{name}'" for name in taking.renamed[:5])
        outcome.said.append(f"{many(len(taking.renamed), 'code')} got another name, for theirs was taken: {shown}")
    return taking.keys


class _Taking:
    """The codes of a project on their way into the tree."""

    def __init__(self, study: Study, change: Change, codes: Sequence[ProjectCode]) -> None:
        self._study = study
        self._change = change
        self._tree = study.codebook.tree()
        by_id = {code.uid: code for code in self._tree.codes}
        self._known: dict[bytes, Code] = {}
        for code in codes:
            if found := by_id.get(id_of(uid_for(study.database, "code", code.guid))):
                self._known[code.guid] = found
        moving = {code.key for code in self._known.values()}
        self._children: dict[int | None, dict[str, int]] = {}
        for here in self._tree.codes:
            if here.key not in moving:
                self._children.setdefault(here.parent, {})[plain_name(here.entry.name)] = here.key
        self._last = {parent: self._position(parent) for parent in self._tree.children}
        self._taken = moving
        self.keys: dict[bytes, int] = {}
        self.new: list[tuple[Any, ...]] = []
        self.changed: dict[int, tuple[Any, ...]] = {}
        self.renamed: list[str] = []

    def take(self, code: ProjectCode) -> None:
        """Find the code here that this one is, and give it its words; or make it."""
        parent = self.keys[code.parent] if code.parent is not None else None
        here = self._children.setdefault(parent, {})
        found = self._known.get(code.guid)
        if found is None:
            twin = here.get(plain_name(code.entry.name))
            if twin is not None and twin not in self._taken and twin in self._tree.by_key:
                found = self._tree.by_key[twin]
                del here[plain_name(found.entry.name)]
        name = free_name(code.entry.name, lambda one: plain_name(one) not in here)
        if name != code.entry.name:
            self.renamed.append(name)
        entry = replace(code.entry, name=name)
        key = self._make(code, parent, entry) if found is None else self._unite(found, parent, entry)
        here[plain_name(name)] = key
        self._taken.add(key)
        self.keys[code.guid] = key

    def _make(self, code: ProjectCode, parent: int | None, entry: CodeEntry) -> int:
        key = self._change.new_key("code", uid_for(self._study.database, "code", code.guid))
        position = self._last[parent] = self._last.get(parent, -1) + 1
        entry = replace(entry, origin=entry.origin or "a-priori")
        self.new.append(row_of(key, parent, position, entry, self._study.rounds.proposer()))
        return key

    def _unite(self, found: Code, parent: int | None, entry: CodeEntry) -> int:
        """Give a code of the study the name, place, words and colour of the project's."""
        old = found.entry
        words = {name: getattr(entry, name) for name in _WORDS if getattr(entry, name)}
        extra = {name: value for name, value in old.extra.items() if name not in (COLOUR, CODABLE)}
        aliases = dict.fromkeys(old.aliases)
        if plain_name(old.name) != plain_name(entry.name):
            aliases[old.name] = None
        aliases.pop(entry.name, None)
        united = replace(old, name=entry.name, aliases=tuple(aliases), extra={**extra, **entry.extra}, **words)
        position = found.position
        if parent != found.parent:
            position = self._last[parent] = self._last.get(parent, -1) + 1
        row = row_of(found.key, parent, position, united)
        if row != row_of(found.key, found.parent, found.position, old):
            self.changed[found.key] = row
        return found.key

    def _position(self, parent: int | None) -> int:
        below: Iterable[int] = self._tree.children.get(parent, ())
        return max((self._tree.by_key[key].position for key in below), default=-1)

"""The codes of a study as a tree: paths, order, and names that people use for them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.codebook import Codebook, CodeEntry
from qda.model.nouns import plain_name
from qda.model.paths import join_path, split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_SHOWN = 5

Places = dict[tuple[int | None, str], set[int]]
"""Codes by the key of a code above them (None at the top) and their name there."""


class _Former(NamedTuple):
    """Where codes stood before: by place, and by words where a code above them is gone."""

    places: Places
    lost: dict[tuple[str, ...], set[int]]


class Code(NamedTuple):
    """A code in its place: its key, its parent's key, its path and its own fields (without children)."""

    key: int
    uid: str
    parent: int | None
    position: int
    path: str
    entry: CodeEntry
    retired: bool
    born: int


@dataclass(frozen=True)
class CodeTree:
    """All live codes, in codebook order (parents before children)."""

    codes: tuple[Code, ...]
    by_key: Mapping[int, Code] = field(default_factory=dict)
    children: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def build(cls, rows: Iterable[tuple[int, str, int | None, int, CodeEntry, bool, int]]) -> CodeTree:
        """Make the tree from rows (key, uid, parent, position, entry, retired, born) in any order."""
        by_parent: dict[int | None, list[tuple[int, str, int | None, int, CodeEntry, bool, int]]] = {}
        for row in rows:
            by_parent.setdefault(row[2], []).append(row)
        ordered: list[Code] = []

        def below(parent: int | None, names: tuple[str, ...]) -> None:
            for key, uid, above, position, entry, retired, born in sorted(
                by_parent.get(parent, ()), key=lambda row: (row[3], row[4].name)
            ):
                here = (*names, entry.name)
                ordered.append(Code(key, uid, above, position, join_path(here), entry, retired, born))
                below(key, here)

        below(None, ())
        children = {
            parent: tuple(row[0] for row in sorted(rows, key=lambda row: (row[3], row[4].name)))
            for parent, rows in by_parent.items()
        }
        return cls(tuple(ordered), {code.key: code for code in ordered}, children)

    def below(self, key: int) -> tuple[int, ...]:
        """The code and all its subcodes, in order."""
        found = [key]
        for child in self.children.get(key, ()):
            found.extend(self.below(child))
        return tuple(found)

    def above(self, key: int) -> tuple[int, ...]:
        """The code and its parents up to the root."""
        found = []
        at: int | None = key
        while at is not None:
            found.append(at)
            at = self.by_key[at].parent
        return tuple(found)

    def get(self, path: str) -> Code:
        """The code with a path, as `find` finds it.

        Raises:
            QdaError: There is none, or this is no path; the sentence names what may be meant.
        """
        split_path(path)  # refuses what is no path
        code = self.find(path)
        if code is None:
            raise QdaError(f"there is no code '{path}'{self.near(path)}")
        return code

    def seek(self, words: str) -> Code | None:
        """The code that somebody may mean who writes a command: by its path, or by a name that no other code has."""
        code = self.find(words)
        if code is None and len(alike := self._alike(words)) == 1:
            return alike[0]
        return code

    def named(self, words: str) -> Code:
        """The code that somebody means who writes a command, as `seek` finds it.

        Raises:
            QdaError: There is none, or several have that name.
        """
        code = self.seek(words)
        return self.get(words) if code is None else code

    def _alike(self, words: str) -> list[Code]:
        """The codes of a name, wherever they stand; those that have it as an alias where none is named so."""
        try:
            *above, last = map(plain_name, split_path(words))
        except ValueError:
            return []
        if above:
            return []
        found = [code for code in self.codes if plain_name(code.entry.name) == last]
        return found or [code for code in self.codes if last in map(plain_name, code.entry.aliases)]

    def find(self, path: str) -> Code | None:
        """The code with a path; names may be aliases, and a former path of it or of a parent leads to it too."""
        try:
            names = split_path(path)
        except ValueError:
            return None
        key = self._reach(None, names, self._former.places)
        for size in range(len(names), 0, -1):
            if key is not None:
                break
            stood = self._former.lost.get(names[:size], ())
            key = self._reach(next(iter(stood)), names[size:], self._former.places) if len(stood) == 1 else None
        return None if key is None else self.by_key[key]

    def _reach(self, key: int | None, names: tuple[str, ...], places: Places) -> int | None:
        """Go down by names; what stands somewhere goes before what stood there, unless the way ends in it."""
        if not names:
            return key
        stood = places.get((key, plain_name(names[0])), set())
        for child in (self._child(key, names[0]), *(stood if len(stood) == 1 else ())):
            found = None if child is None else self._reach(child, names[1:], places)
            if found is not None:
                return found
        return None

    def _child(self, parent: int | None, name: str) -> int | None:
        """The child with a name or an alias; case counts only where it tells two of them apart."""
        names = [(key, (self.by_key[key].entry.name,)) for key in self.children.get(parent, ())]
        aliases = [(key, self.by_key[key].entry.aliases) for key in self.children.get(parent, ())]
        plain = plain_name(name)
        for known in (names, aliases):
            found = [key for key, words in known if name in words]
            found = found or [key for key, words in known if plain in map(plain_name, words)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    @cached_property
    def _former(self) -> _Former:
        """Where codes stood before: under a code, whatever that is called today; by words where it is gone."""
        places: Places = {}
        paths = [(names, code.key) for code in self.codes for names in map(_former_path, code.entry.aliases) if names]
        while True:
            left = []
            for names, key in paths:
                above = self._reach(None, names[:-1], places)
                if above is None and names[1:]:
                    left.append((names, key))
                else:
                    places.setdefault((above, plain_name(names[-1])), set()).add(key)
            if len(left) == len(paths):
                break
            paths = left  # some may stand under a code that has been found only now
        lost: dict[tuple[str, ...], set[int]] = {}
        for names, key in left:
            lost.setdefault(names, set()).add(key)
        return _Former(places, lost)

    def near(self, path: str) -> str:
        """Words that help somebody who mistyped a path: ` (did you mean …?)` or nothing."""
        alike = [f"'{code.path}'" for code in self._alike(path)]
        if len(alike) > 1:
            return f" ({_listed(alike)} are called so; write the path)"
        paths = [code.path for code in self.codes]
        close = [one.strip("'") for one in alike] or difflib.get_close_matches(path, paths, n=1, cutoff=0.6)
        if not close:
            last = path.rsplit("/", 1)[-1]
            close = [p for p in paths if p.rsplit("/", 1)[-1] == last][:1]
        return f" (did you mean '{close[0]}'?)" if close else ""

    def codebook(self, name: str = "", extra: Mapping[str, object] | None = None) -> Codebook:
        """The tree as a codebook value, as YAML carries it."""

        def entries(parent: int | None) -> tuple[CodeEntry, ...]:
            return tuple(_with_children(self.by_key[key].entry, entries(key)) for key in self.children.get(parent, ()))

        return Codebook(name, extra or {}, entries(None))


def _listed(paths: list[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(paths[:_SHOWN]) + more if more else " and ".join(paths)


def _former_path(alias: str) -> tuple[str, ...]:
    """The names of a former path; an alias that is a mere name is none. A path of one name begins with a slash."""
    if "/" not in alias:
        return ()
    try:
        return split_path(alias.removeprefix("/"))
    except ValueError:
        return ()


def _with_children(entry: CodeEntry, children: tuple[CodeEntry, ...]) -> CodeEntry:
    from dataclasses import replace

    return replace(entry, children=children)

"""The codes of a study as a tree: paths, order, and names that people use for them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.model.codebook import Codebook, CodeEntry
from qda.model.paths import join_path, split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Code:
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

    def find(self, path: str) -> Code | None:
        """The code with a path; names may be aliases, and a former path of it or of a parent leads to it too."""
        try:
            names = split_path(path)
        except ValueError:
            return None
        found = self._walk(None, names)
        for size in range(len(names), 0, -1):
            if found is not None:
                break
            former = self._by_former_path(join_path(names[:size]))
            found = self._walk(former, names[size:]) if former else None
        return found

    def _walk(self, start: Code | None, names: tuple[str, ...]) -> Code | None:
        """Go down from a code (from the top) by names."""
        code = start
        for name in names:
            code = self._child(code.key if code else None, name)
            if code is None:
                return None
        return code

    def _child(self, parent: int | None, name: str) -> Code | None:
        siblings = [self.by_key[key] for key in self.children.get(parent, ())]
        for code in siblings:
            if code.entry.name == name:
                return code
        named = [code for code in siblings if name in code.entry.aliases]
        return named[0] if len(named) == 1 else None

    def _by_former_path(self, path: str) -> Code | None:
        """The code that once had a path; one that stood at the top remembers it as `/name`."""
        wanted = path if "/" in path else f"/{path}"
        former = [code for code in self.codes if wanted in code.entry.aliases]
        return former[0] if len(former) == 1 else None

    def near(self, path: str) -> str:
        """Words that help somebody who mistyped a path: ` (did you mean …?)` or nothing."""
        paths = [code.path for code in self.codes]
        close = difflib.get_close_matches(path, paths, n=1, cutoff=0.6)
        if not close:
            last = path.rsplit("/", 1)[-1]
            close = [p for p in paths if p.rsplit("/", 1)[-1] == last][:1]
        return f" (did you mean '{close[0]}'?)" if close else ""

    def codebook(self, name: str = "", extra: Mapping[str, object] | None = None) -> Codebook:
        """The tree as a codebook value, as YAML carries it."""

        def entries(parent: int | None) -> tuple[CodeEntry, ...]:
            return tuple(_with_children(self.by_key[key].entry, entries(key)) for key in self.children.get(parent, ()))

        return Codebook(name, extra or {}, entries(None))


def _with_children(entry: CodeEntry, children: tuple[CodeEntry, ...]) -> CodeEntry:
    from dataclasses import replace

    return replace(entry, children=children)

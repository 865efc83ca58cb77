"""A study on its way out, in whatever format: its items source by source, names that fit, what went and what stayed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import plain_name
from qda.model.project import ProjectCoding, ProjectMemo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qda.model.project import Left, Project

Item = ProjectCoding | ProjectMemo
_SECONDS = 19


class Wrote(NamedTuple):
    """What was written: how many things of each kind went, and what stayed behind or changed."""

    counts: Mapping[str, int]
    left: list[Left]


def counts_of(project: Project) -> dict[str, int]:
    """How many things of each kind a project has; codings and memos are counted as they go."""
    return {
        "codes": len(project.codes),
        "coders": len(project.users),
        "sources": len(project.sources),
        "codings": 0,
        "memos": 0,
        "cases": len(project.cases),
        "values of attributes": len(project.values),
    }


class Items:
    """The items of a project, taken source by source and counted on the way."""

    def __init__(self, items: Iterable[Item], counts: dict[str, int]) -> None:
        self._items = iter(items)
        self._counts = counts
        self._next = next(self._items, None)

    def _take(self) -> None:
        """Go on to the next item."""
        self._counts["codings" if isinstance(self._next, ProjectCoding) else "memos"] += 1
        self._next = next(self._items, None)

    def first(self) -> Iterator[ProjectMemo]:
        """The memos that are about no coding and no segment."""
        while isinstance(self._next, ProjectMemo) and self._next.target_kind not in ("coding", "segment"):
            memo = self._next
            self._take()
            yield memo

    def of(self, source: bytes) -> Iterator[Item]:
        """The items of the next source."""
        while (item := self._next) is not None:
            if isinstance(item, ProjectCoding):
                here = item.source == source
            else:
                here = item.target_kind == "coding" or item.target == source
            if not here:
                return
            self._take()
            yield item


def with_memos(items: Iterable[Item]) -> Iterator[tuple[Item, list[ProjectMemo]]]:
    """Each coding of a source with the memos on it; each memo on a segment alone."""
    coding: ProjectCoding | None = None
    memos: list[ProjectMemo] = []
    for item in items:
        if isinstance(item, ProjectMemo) and item.target_kind == "coding":
            memos.append(item)
            continue
        if coding is not None:
            yield coding, memos
        coding, memos = (item, []) if isinstance(item, ProjectCoding) else (None, [])
        if coding is None:
            yield item, []
    if coding is not None:
        yield coding, memos


def in_one(memos: Iterable[ProjectMemo]) -> str:
    """Memos as one text, for tools that have one field for them: the oldest first, each under its title."""
    oldest = sorted(memos, key=lambda memo: memo.at)
    return "\n\n".join(f"{memo.title}\n{memo.body}" if memo.title else memo.body for memo in oldest)


def by_code(project: Project) -> dict[bytes, tuple[str, ...]]:
    """The names of each code from the top down; in a project parents go before their children."""
    names: dict[bytes, tuple[str, ...]] = {}
    for code in project.codes:
        above = names[code.parent] if code.parent is not None else ()
        names[code.guid] = (*above, code.entry.name)
    return names


def moment_of(at: str) -> str:
    """A moment as other tools' databases write it, in the zone in which it was given; empty where it is none."""
    try:
        return datetime.fromisoformat(at).isoformat(" ")[:_SECONDS]
    except ValueError:
        return ""


class Names:
    """Names that are given once each and are no longer than a tool allows; `changed` counts those that are others now.

    Args:
        longest: How many characters a name may have; 0 for any.
        folded: Whether small and capital letters are the same, as in the names of files.
    """

    def __init__(self, longest: int = 0, *, folded: bool = False) -> None:
        self._longest = longest
        self._folded = folded
        self._taken: set[str] = set()
        self.changed = 0

    def give(self, name: str, known_as: str = "") -> str:
        """A name of its own: the one that is wanted, else cut short or with a number.

        `known_as` is what it was called in the study, where that is another name.
        """
        found, number = self._cut(name, ""), 2
        while self._known(found) in self._taken:
            found, number = self._cut(name, f" ({number})"), number + 1
        self._taken.add(self._known(found))
        self.changed += found != (known_as or name)
        return found

    def _known(self, name: str) -> str:
        return plain_name(name) if self._folded else name

    def _cut(self, name: str, mark: str) -> str:
        whole = name + mark
        if not self._longest or len(whole) <= self._longest:
            return whole
        return f"{name[: self._longest - len(mark) - 1]}…{mark}"


def as_file_name(name: str) -> str:
    """A name as a file can be called on every system."""
    plain = "".join("_" if sign in '/\\:*?"<>|' or not sign.isprintable() else sign for sign in name)
    return plain.rstrip(". ").lstrip(".") or "_"


def repeated(names: Iterable[str]) -> set[str]:
    """The names that stand more than once."""
    return {name for name, times in Counter(names).items() if times > 1}

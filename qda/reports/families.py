"""Comparing by a family of codes: which of its codes the same coder put on the words of a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.spans import CODER
from qda.reports.values import Held

if TYPE_CHECKING:
    from qda.model.spans import Passage, Segment, Stretches
    from qda.model.tree import Code
    from qda.reports.counting import Codings
    from qda.reports.subjects import Subjects


class Family:
    """A code with its subcodes, as the values of a comparison; a value is the path of a code."""

    def __init__(self, codings: Codings, subjects: Subjects, top: Code, *, within: str) -> None:
        tree = codings.scope.tree
        self.name = top.path
        self._codes = [key for key in tree.below(top.key) if key != top.key or not tree.children.get(key)]
        self._path = {key: tree.by_key[key].path for key in self._codes}
        self.paths = tuple(self._path.values())
        self.keys = {path: key for key, path in self._path.items()}
        self._codings = codings
        self._subjects = subjects
        self._within = within
        self._at = -1
        self._segments: dict[int, list[Segment]] = {}

    @property
    def codes(self) -> frozenset[int]:
        """The keys of the family's codes."""
        return frozenset(self._codes)

    def values(self, source: int, passage: Passage, segments: dict[int, list[Segment]]) -> tuple[Held, ...]:
        """The family's codes that a coder of the passage put on words of it, or on words of its turn."""
        without = self._codings.without(source)
        found = []
        for code in self._codes:
            listed = segments.get(code)
            if listed and any(self._meets(source, mine, listed, without) for mine in passage[2]):
                found.append(Held(self._path[code], ""))
        return tuple(found)

    def _meets(self, source: int, mine: Segment, listed: list[Segment], without: Stretches) -> bool:
        if without.swallow(mine[0], mine[1]):
            return False
        for start, end in self._reach(source, mine, without):
            for other in listed:
                if other[0] >= end:
                    break
                if other[CODER] == mine[CODER] and other[1] > start:
                    region = max(start, other[0]), min(end, other[1])
                    if not without.swallow(*region):
                        return True
        return False

    def _reach(self, source: int, mine: Segment, without: Stretches) -> list[tuple[int, int]]:
        """Where a code of the family must lie: on the segment itself, or in the turns that it shares."""
        if self._within != "turn":
            return [(mine[0], mine[1])]
        voices = self._subjects.voices(source)
        return [(voices.starts[i], voices.ends[i]) for i in voices.of_data(mine[0], mine[1], without)]

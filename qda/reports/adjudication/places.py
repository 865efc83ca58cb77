"""Where coders, two or more, are apart or agree in one source: each passage stands in exactly one place."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.model.spans import intersect, merge_overlapping
from qda.reports.agreement.disagreements import AGREED, BOUNDARY, DIFFERENT, EXTRA, KINDS, MISSED, disagreements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qda.model.spans import Span
    from qda.reports.agreement.disagreements import Disagreement

ON_ENDS: Final = frozenset((AGREED, BOUNDARY))


class Mark(NamedTuple):
    """A passage of a coder: start, end, code, coder."""

    start: int
    end: int
    code: int
    coder: int


class Place(NamedTuple):
    """What the coders have at one place, and all kinds of disagreement between them; marks are in order."""

    start: int
    end: int
    kinds: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def codes(self) -> frozenset[int]:
        """The codes that anybody gave here."""
        return frozenset(mark.code for mark in self.marks)

    @property
    def agreed(self) -> bool:
        """Whether all coders gave the same code to overlapping words, with or without the same ends."""
        return ON_ENDS.issuperset(self.kinds)

    def of(self, coder: int) -> tuple[Mark, ...]:
        """What one coder has here."""
        return tuple(mark for mark in self.marks if mark.coder == coder)

    def union(self, code: int) -> list[Span]:
        """The words to which anybody gave a code, overlapping passages as one."""
        return merge_overlapping(sorted(mark[:2] for mark in self.marks if mark.code == code))

    def intersection(self, code: int) -> list[Span]:
        """The words to which all who gave a code gave it; nothing where some of them do not meet."""
        by_coder: dict[int, list[Span]] = {}
        for mark in self.marks:
            if mark.code == code:
                by_coder.setdefault(mark.coder, []).append((mark.start, mark.end))
        first, *others = by_coder.values()
        for other in others:
            first = intersect(first, other)
        return first


def places(coders: Mapping[int, Mapping[int, Sequence[Span]]]) -> list[Place]:
    """All places of one source, in order of the text.

    Passages of one code that overlap are one place, whoever gave it. Two places of different codes are one where two
    coders gave these codes to the same words (`different code`, by `disagreements`). The kinds are those between
    pairs of coders. Where not all gave a code, it is `missed` where more than half of them did, or just half with
    the first among them, and `extra` otherwise; of two coders that is what `disagreements` says.

    Args:
        coders: The passages of each coder by code, in order and apart; the first coder comes first. A coder without
            passages coded nothing; one who is not done with the source is not there.
    """
    pairs = [
        ((one, other), disagreements(coders[one], coders[other], agreed=True)) for one, other in combinations(coders, 2)
    ]
    joined = _Joined(
        Mark(*span, code, coder) for coder, by in coders.items() for code, spans in by.items() for span in spans
    )
    joined.join_overlaps()
    found: list[tuple[Mark, Disagreement, tuple[int, int]]] = []
    for pair, apart in pairs:
        for one in apart:
            marks = [
                Mark(*mark, coder) for coder, side in zip(pair, (one.first, one.second), strict=True) for mark in side
            ]
            if one.kind == DIFFERENT:
                joined.join(marks)
            found.append((marks[0], one, pair))
    kinds: dict[Mark, list[tuple[Disagreement, tuple[int, int]]]] = {}
    for mark, one, pair in found:
        kinds.setdefault(joined.root(mark), []).append((one, pair))
    return sorted(_place(group, kinds.get(root, []), list(coders)) for root, group in joined.groups())


def _place(marks: list[Mark], apart: list[tuple[Disagreement, tuple[int, int]]], coders: list[int]) -> Place:
    gave: dict[int, set[int]] = {}
    for mark in marks:
        gave.setdefault(mark.code, set()).add(mark.coder)
    found = {_kind(one, pair, gave, coders) for one, pair in apart}
    if found != {AGREED}:
        found.discard(AGREED)
    kinds = tuple(kind for kind in KINDS if kind in found)
    return Place(min(mark.start for mark in marks), max(mark.end for mark in marks), kinds, tuple(sorted(marks)))


def _kind(one: Disagreement, pair: tuple[int, int], gave: Mapping[int, set[int]], coders: list[int]) -> str:
    """The kind between two coders, as it is seen among all of them."""
    if one.kind not in (MISSED, EXTRA):
        return one.kind
    having = gave[(one.first or one.second)[0][2]]
    if having.issuperset(pair):
        return BOUNDARY  # both gave the code to some of these words, too far apart to be counted as one passage
    twice = 2 * len(having)
    return MISSED if twice > len(coders) or (twice == len(coders) and coders[0] in having) else EXTRA


class _Joined:
    """Marks that belong together."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._parent = {mark: mark for mark in sorted(marks)}

    def root(self, mark: Mark) -> Mark:
        """The mark that stands for all that belong together with one."""
        while self._parent[mark] != mark:
            self._parent[mark] = mark = self._parent[self._parent[mark]]
        return mark

    def join(self, marks: Sequence[Mark]) -> None:
        """Let marks belong together."""
        first = self.root(marks[0])
        for mark in marks[1:]:
            self._parent[self.root(mark)] = first

    def join_overlaps(self) -> None:
        """Let passages of one code that overlap belong together."""
        last: dict[int, tuple[Mark, int]] = {}
        for mark in self._parent:
            before = last.get(mark.code)
            if before is not None and mark.start < before[1]:
                self.join((before[0], mark))
                last[mark.code] = before[0], max(before[1], mark.end)
            else:
                last[mark.code] = mark, mark.end

    def groups(self) -> Iterator[tuple[Mark, list[Mark]]]:
        """All that belong together, with the mark that stands for them."""
        found: dict[Mark, list[Mark]] = {}
        for mark in self._parent:
            found.setdefault(self.root(mark), []).append(mark)
        yield from found.items()

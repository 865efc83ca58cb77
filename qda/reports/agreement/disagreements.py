"""Where two coders are apart in one source, passage by passage, and of which kind it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qda.reports.agreement.lengths import meetings
from qda.reports.agreement.matches import HALF, matching, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.model.spans import Span

AGREED: Final = "agreed"
BOUNDARY: Final = "boundary"
SPLIT: Final = "split"
MERGED: Final = "merged"
DIFFERENT: Final = "different code"
MISSED: Final = "missed"
EXTRA: Final = "extra"
KINDS: Final = (AGREED, BOUNDARY, SPLIT, MERGED, DIFFERENT, MISSED, EXTRA)

Marked = tuple[int, int, int]
"""A passage: start, end, code."""


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """What both coders have at one place, and the kind of it: one of `KINDS`."""

    start: int
    end: int
    kind: str
    first: tuple[Marked, ...]
    second: tuple[Marked, ...]


def disagreements(
    first: Mapping[int, Sequence[Span]],
    second: Mapping[int, Sequence[Span]],
    threshold: float = HALF,
    *,
    agreed: bool = False,
) -> list[Disagreement]:
    """All places where two coders are apart, in order of the text; each passage stands in exactly one of them.

    Within a code, passages that overlap are taken together. One against one is `agreed` with equal ends and
    `boundary` with an overlap (by the union) of at least `threshold`. One of the first coder's against several of
    the second's, or the other way, is `split` or `merged` where the several together overlap the one to the
    threshold: `split` where the second coder has more. Then, across codes, passages that are still left are paired
    by overlap of at least the threshold, the largest first: `different code`. What is left is `missed` (only the
    first coder has it) or `extra` (only the second has it).

    Args:
        first: The passages of the first coder by code, in order and apart.
        second: Those of the second.
        threshold: The least overlap that makes two passages the same place, above 0.
        agreed: Whether places with equal code and ends are listed too.
    """
    found: list[Disagreement] = []
    left: tuple[set[Marked], set[Marked]] = (set(), set())
    for code in sorted({*first, *second}):
        one, other = first.get(code, ()), second.get(code, ())
        for mine, theirs in _clusters(one, other):
            _sort_out(code, (mine, theirs), threshold, found, left)
    found.extend(_different(left, threshold))
    found.extend(_place(MISSED, (mark,), ()) for mark in left[0])
    found.extend(_place(EXTRA, (), (mark,)) for mark in left[1])
    return sorted(place for place in found if agreed or place.kind != AGREED)


def _place(kind: str, first: Sequence[Marked], second: Sequence[Marked]) -> Disagreement:
    both = (*first, *second)
    return Disagreement(min(m[0] for m in both), max(m[1] for m in both), kind, tuple(first), tuple(second))


def _clusters(one: Sequence[Span], other: Sequence[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Passages of one code that hang together by overlaps between the coders."""
    joined = sorted([(*span, 0) for span in one] + [(*span, 1) for span in other])
    sides: tuple[list[Span], list[Span]] = ([], [])
    reach = 0
    for start, end, side in joined:
        if start >= reach and any(sides):
            yield sides
            sides = ([], [])
        sides[side].append((start, end))
        reach = max(reach, end)
    if any(sides):
        yield sides


def _sort_out(
    code: int,
    sides: tuple[list[Span], list[Span]],
    threshold: float,
    found: list[Disagreement],
    left: tuple[set[Marked], set[Marked]],
) -> None:
    """Say what a cluster of one code is, and keep what has no counterpart in it."""
    marks = tuple([(*span, code) for span in side] for side in sides)
    one, other = sides
    if 1 in {len(one), len(other)} and len(one) + len(other) > 2 and _together(one, other) >= threshold:
        found.append(_place(SPLIT if len(other) > 1 else MERGED, marks[0], marks[1]))
        return
    shares = [(i, j) for i, j in meetings(one, other) if overlap(one[i], other[j]) >= threshold]
    pairs = matching(shares)
    for i, j in pairs:
        kind = AGREED if one[i] == other[j] else BOUNDARY
        found.append(_place(kind, (marks[0][i],), (marks[1][j],)))
    for side in (0, 1):
        taken = {pair[side] for pair in pairs}
        left[side].update(mark for number, mark in enumerate(marks[side]) if number not in taken)


def _together(one: Sequence[Span], other: Sequence[Span]) -> float:
    """What the passages of both sides share by what either has; one side is a single passage."""
    shared = sum(min(one[i][1], other[j][1]) - max(one[i][0], other[j][0]) for i, j in meetings(one, other))
    size = sum(end - start for side in (one, other) for start, end in side)
    return shared / (size - shared)


def _different(left: tuple[set[Marked], set[Marked]], threshold: float) -> Iterator[Disagreement]:
    """Pair what is left across codes, the largest overlap first, and take it away."""
    candidates = []
    later = sorted(left[1])
    for mine in sorted(left[0]):
        for theirs in later:
            if theirs[0] >= mine[1]:
                break
            if theirs[1] > mine[0] and theirs[2] != mine[2]:
                share = overlap(mine[:2], theirs[:2])
                if share >= threshold:
                    candidates.append((-share, mine, theirs))
    for _, mine, theirs in sorted(candidates):
        if mine in left[0] and theirs in left[1]:
            left[0].discard(mine)
            left[1].discard(theirs)
            yield _place(DIFFERENT, (mine,), (theirs,))

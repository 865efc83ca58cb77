"""Two coders and one code, passage by passage: which of them the other marked too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from qda.reports.agreement.figure import NOBODY, Figure
from qda.reports.agreement.lengths import meetings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.spans import Span

NAMES: Final = ("agreements", "disagreements", "total", "percent")
F1_NAMES: Final = ("f1_exact", "f1_iou50")
OVERLAP: Final = 0.9
HALF: Final = 0.5


class Matches(NamedTuple):
    """Counts of passages: those with a counterpart in both directions, all of them, and matched pairs (of one each)."""

    agreements: int
    total: int
    exact: int
    half: int


NO_MATCHES: Final = Matches(0, 0, 0, 0)
_EQUAL: Final = Matches(2, 2, 1, 1)


def overlap(one: Span, other: Span) -> float:
    """The characters that two spans share, as a share of those that either has (intersection over union)."""
    (start, end), (first, last) = one, other
    if end <= first or last <= start:
        return 0.0
    return (min(end, last) - max(start, first)) / (max(end, last) - min(start, first))


def matches(one: Sequence[Span], other: Sequence[Span], threshold: float = OVERLAP) -> Matches:
    """How two coders' passages of one code in a source meet.

    A passage has a counterpart where one passage of the other coder overlaps it to at least `threshold`, relative
    to the union of both; passages of either coder count, as in MAXQDA's comparison of segments. `exact` and `half`
    count pairs in a one-to-one matching of maximum size, of passages with the same ends, and of passages whose
    overlap is at least one half.
    """
    size = len(one) + len(other)
    if not one or not other:
        return Matches(0, size, 0, 0)
    if size == 2:  # by far the most frequent
        if one[0] == other[0]:
            return _EQUAL
        shared = overlap(one[0], other[0])
        return Matches(2 if shared >= threshold else 0, 2, 0, 1 if shared >= HALF else 0)
    agreed: set[int] = set()
    halves: list[tuple[int, int]] = []
    exact = 0
    for i, j in meetings(one, other):
        if one[i] == other[j]:
            exact += 1
            shared = 1.0
        else:
            shared = overlap(one[i], other[j])
        if shared >= threshold:
            agreed.update((i, -1 - j))
        if shared >= HALF:
            halves.append((i, j))
    return Matches(len(agreed), size, exact, len(matching(halves)))


def matching(edges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """A one-to-one matching of maximum size of pairs that overlap, given in order.

    Each list of passages is in order and apart, so the first pair left always holds a passage with no other
    partner left, and to take that pair loses nothing.
    """
    found: list[tuple[int, int]] = []
    taken_i = taken_j = -1
    for i, j in edges:
        if i > taken_i and j > taken_j:
            found.append((i, j))
            taken_i, taken_j = i, j
    return found


def sum_of(listed: Iterable[Matches]) -> Matches:
    """The counts of several sources added."""
    columns = list(zip(*listed, strict=True))
    return Matches(*map(sum, columns)) if columns else NO_MATCHES


def figures(counts: Matches) -> tuple[Figure, ...]:
    """What two coders' passages of a code say, in the order of `NAMES` and then of `F1_NAMES`.

    `agreements` and `disagreements` count passages of both coders, with and without a counterpart, `total` is their
    sum and `percent` the share of the first. `f1` is 2m/(n1+n2) with m matched pairs (Dice 1945): `f1_exact` of
    equal ends, `f1_iou50` of an overlap of one half. The shares are undefined where nobody used the code.
    """
    agreements, size, exact, half = counts
    numbers = Figure(agreements), Figure(size - agreements), Figure(size)
    if not size:
        return (*numbers, NOBODY, NOBODY, NOBODY)
    return (*numbers, Figure(agreements / size), Figure(2 * exact / size), Figure(2 * half / size))

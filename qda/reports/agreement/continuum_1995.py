"""Unitizing, one value: Krippendorff's alpha-U of 1995 (with the corrections of 2004), ends and numbers included."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from qda.reports.agreement.figure import NOBODY, NONE_SHARED, ONE_CODER, Figure
from qda.reports.agreement.lengths import meetings, squares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.spans import Span


class Unitized(NamedTuple):
    """One source that every coder did: its length, squared differences over pairs of coders, and lengths.

    `differences` in squared characters; `units` the lengths of all coders' passages, `gaps` of what is between.
    """

    length: int
    differences: int
    units: Sequence[int]
    gaps: Sequence[int]


def differences(one: Sequence[Span], other: Sequence[Span]) -> int:
    """The squared differences between two coders' passages of one code in a source (Krippendorff 1995, eq. 3).

    Two passages that share a character differ by the squared distances of their starts and of their ends; a passage
    that lies wholly in a gap of the other coder by its squared length.
    """
    if not one or not other:
        return squares(one) + squares(other)
    if len(one) == 1 == len(other):  # by far the most frequent
        (start, end), (first, last) = one[0], other[0]
        if start < last and first < end:
            return (start - first) ** 2 + (end - last) ** 2
        return (end - start) ** 2 + (last - first) ** 2
    # All squared lengths, less those of the passages that meet one of the other coder.
    found = squares(one) + squares(other)
    last_i = last_j = -1
    for i, j in meetings(one, other):
        (start, end), (first, last) = one[i], other[j]
        found += (start - first) ** 2 + (end - last) ** 2
        if i != last_i:
            found -= (end - start) ** 2
        if j != last_j:
            found -= (last - first) ** 2
        last_i, last_j = i, j
    return found


class Sums(NamedTuple):
    """What the coefficient needs of all sources; `room` pairs each passage with the gaps it would fit in."""

    length: int
    differences: int
    units: int
    cubes: int
    own: int
    room: int


class Unitizing:
    """The sources of one code, and their sums with all sources or without one."""

    def __init__(self, sources: Sequence[Unitized], coders: int) -> None:
        self._coders = coders
        self._sources = sources
        self.units = sorted(length for source in sources for length in source.units)
        self._gaps = sorted(length for source in sources for length in source.gaps)
        # Sums of the squares and cubes of the shortest units, and of the lengths of the shortest gaps.
        self._second = [0, *accumulate([length**2 for length in self.units])]
        self._third = [0, *accumulate([length**3 for length in self.units])]
        self._below = [0, *accumulate(self._gaps)]
        room = sum([self.room(length) for length in self.units])
        length = sum([source.length for source in sources])
        self.sums = Sums(length, sum([source.differences for source in sources]), *_sizes(self.units), room)

    def room(self, unit: int) -> int:
        """The squared length of a passage for each place that it could take in the gaps."""
        first = bisect_left(self._gaps, unit)
        fitting = len(self._gaps) - first
        return unit * unit * (self._below[-1] - self._below[first] - (unit - 1) * fitting)

    def _filled(self, gap: int) -> int:
        last = bisect_right(self.units, gap)
        return (gap + 1) * self._second[last] - self._third[last]

    def without(self, source: Unitized) -> Sums:
        """The sums without one source."""
        all_sources, sizes = self.sums, _sizes(source.units)
        own = sum([unit * unit * (gap - unit + 1) for unit in source.units for gap in source.gaps if gap >= unit])
        room = sum(map(self.room, source.units)) + sum(map(self._filled, source.gaps)) - own
        gone = (source.length, source.differences, *sizes, room)
        return Sums(*[number - less for number, less in zip(all_sources, gone, strict=True)])

    def resampled(self, drawn: Sequence[Sequence[int]]) -> list[Figure]:
        """The coefficient of each draw, which says how often each source is in it."""
        import numpy as np

        each = [Unitizing([source], self._coders) for source in self._sources]
        rooms = np.array([[sum(map(two.room, one.units)) for two in each] for one in each], dtype=object)
        sizes = [one.sums for one in each]
        found = []
        for times in drawn:
            weights = np.array(times, dtype=object)
            plain = [sum(map(mul, times, column)) for column in zip(*sizes, strict=True)]
            sums = Sums(*plain)._replace(room=int(weights @ rooms @ weights))
            found.append(u_alpha_1995(sums, self._coders))
        return found

    def figure(self) -> Figure:
        """The coefficient over all sources."""
        return u_alpha_1995(self.sums, self._coders)

    def leaving_one_out(self) -> list[Figure]:
        """The coefficient without each source in turn."""
        return [u_alpha_1995(self.without(source), self._coders) for source in self._sources]


def _sizes(units: Iterable[int]) -> tuple[int, int, int]:
    """The number of units, the sum of 2l^3 - 3l^2 + l, and the sum of l(l-1)."""
    number = cubes = own = 0
    for unit in units:
        number += 1
        cubes += 2 * unit**3 - 3 * unit**2 + unit
        own += unit * (unit - 1)
    return number, cubes, own


def observed(sums: Sums, coders: int) -> float:
    """Observed disagreement, a pure number (Krippendorff 2004, p. 253)."""
    return 2 * sums.differences / (coders * (coders - 1) * sums.length**2)


def expected(sums: Sums, coders: int) -> float:
    """Expected disagreement, a pure number (Krippendorff 2004, p. 254)."""
    whole = coders * sums.length
    found = (sums.units - 1) * sums.cubes + 3 * sums.room
    return 2 * found / (3 * sums.length * (whole * (whole - 1) - sums.own))


def u_alpha_1995(sums: Sums, coders: int) -> Figure:
    """Whether the coders cut the same passages: alpha-U = 1 - Do/De, a pure number.

    Do: the squared differences over m(m-1)L^2; De: 2/L times the sum over passages of (N-1)/3 (2l^3 - 3l^2 + l)
    + l^2 (g - l + 1) for each gap g >= l, over mL(mL-1) - sum l(l-1). Sources stand one behind the other, and a gap
    ends where its source ends. Undefined where nobody used the code or nothing can differ by chance.
    """
    if coders < 2:
        return ONE_CODER
    if not sums.length:
        return NONE_SHARED
    if not sums.units:
        return NOBODY
    if not (sums.units - 1) * sums.cubes + 3 * sums.room:
        return Figure(None, "nothing could differ by chance")
    return Figure(1 - observed(sums, coders) / expected(sums, coders))


def u_alpha_1995_of(by_code: Iterable[Sums], coders: int) -> Figure:
    """Alpha-U over several codes: one minus the summed observed by the summed expected disagreements (2004, p. 255)."""
    listed = [sums for sums in by_code if sums.length and sums.units]
    chance = sum(expected(sums, coders) for sums in listed)
    return Figure(1 - sum(observed(sums, coders) for sums in listed) / chance) if chance else NOBODY

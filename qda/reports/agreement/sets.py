"""All codes and all coders at once: agreement on the sets of codes that characters carry."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, Final

from qda.reports.agreement.figure import NOBODY, NONE_OF_TWO, Figure
from qda.reports.agreement.set_distances import METRICS, row_sums, scale_of
from qda.reports.agreement.set_tallies import SetTally, add, less, sum_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


NAMES: Final = (*(f"alpha_sets_{metric}" for metric in METRICS), "percent_sets")
MOST_SETS: Final = 40_000
_ONE_SET: Final = Figure(None, "every coder put the same codes on everything")


class Sets:
    """The coefficients over all sources, and without each of them in turn."""

    def __init__(self, tallies: Sequence[SetTally]) -> None:
        self._tallies = tallies
        self.sum = sum_of(tallies)
        self._kinds = sorted(self.sum.sets)
        self._scale = scale_of(self._kinds)

    @cached_property
    def _rows(self) -> dict[str, dict[int, int]]:
        """The distances from each set to all others, times how often those are there, by metric."""
        if self.too_many:
            return {}
        counts = [self.sum.sets[one] for one in self._kinds]
        sums = row_sums(self._kinds, self._kinds, counts, self._scale)
        return {metric: dict(zip(self._kinds, listed, strict=True)) for metric, listed in sums.items()}

    @cached_property
    def _expected(self) -> dict[str, int]:
        return {
            metric: sum(self.sum.sets[one] * row for one, row in rows.items()) for metric, rows in self._rows.items()
        }

    @property
    def too_many(self) -> Figure | None:
        """Why nothing is said of distances between sets: there are more different ones than can be compared."""
        if len(self._kinds) <= MOST_SETS:
            return None
        return Figure(None, f"{len(self._kinds)} different sets of codes, more than {MOST_SETS} are not compared")

    def figures(self) -> tuple[Figure, ...]:
        """The coefficients in the order of `NAMES`.

        Krippendorff's alpha with the character as unit and the set of codes as value: sets equal or not, the distance
        of Jaccard, that of MASI (Passonneau 2006, 1 - J M). Two empty sets are equal. `percent_sets`: the share of
        pairs of coders with equal sets, the mean over the characters that at least two coders did. All are pure
        numbers. Undefined without such a character; alpha also where all sets are the same, and by Jaccard and MASI
        where there are more than `MOST_SETS` different ones.
        """
        return _figures(self.sum, self._expected, self._scale, self.too_many)

    def leaving_one_out(self) -> list[tuple[Figure, ...]]:
        """The coefficients without each source in turn."""
        return [self._without(one) for one in self._tallies]

    def resampled(self, drawn: Sequence[Sequence[int]]) -> list[tuple[Figure, ...]]:
        """The coefficients of each draw, which says how often each source is in it."""
        import numpy as np

        between = {metric: np.array(table, dtype=object) for metric, table in self._between().items()}
        found = []
        for times in drawn:
            weights = np.array(times, dtype=object)
            left = SetTally(Counter(), Counter(), Counter(), Counter())
            for one, number in zip(self._tallies, times, strict=True):
                add(left, one, number)
            expected = {metric: weights @ table @ weights for metric, table in between.items() if len(table)}
            found.append(_figures(left, expected, self._scale, self.too_many))
        return found

    def _between(self) -> dict[str, list[list[int]]]:
        """The distances of the sets of each source to those of each other, times their counts, by metric."""
        found: dict[str, list[list[int]]] = {metric: [] for metric in METRICS if metric != "nominal"}
        for one in [] if self.too_many else self._tallies:
            kinds = sorted(one.sets)
            sums = row_sums(self._kinds, kinds, [one.sets[kind] for kind in kinds], self._scale)
            for metric, listed in sums.items():
                row = dict(zip(self._kinds, listed, strict=True))
                found[metric].append([sum(n * row[kind] for kind, n in two.sets.items()) for two in self._tallies])
        return found

    def _without(self, gone: SetTally) -> tuple[Figure, ...]:
        kinds = sorted(gone.sets)
        counts = [gone.sets[one] for one in kinds]
        within = row_sums(kinds, kinds, counts, self._scale) if self._rows else {}
        expected = {
            metric: self._expected[metric]
            + sum(n * (row - 2 * rows[one]) for one, n, row in zip(kinds, counts, within[metric], strict=True))
            for metric, rows in self._rows.items()
        }
        return _figures(self._left(gone), expected, self._scale, self.too_many)

    def _left(self, gone: SetTally) -> SetTally:
        whole = self.sum
        return SetTally(
            less(whole.apart, gone.apart),
            less(whole.equal, gone.equal),
            less(whole.units, gone.units),
            less(whole.sets, gone.sets),
        )


def _figures(found: SetTally, expected: dict[str, int], scale: int, too_many: Figure | None) -> tuple[Figure, ...]:
    units = sum(found.units.values())
    if not units:
        return (NONE_OF_TWO,) * len(NAMES)
    percent = Figure(fsum(2 * size / (number * (number - 1)) for number, size in found.equal.items()) / units)
    if len(found.sets) < 2:
        return (*(NOBODY if 0 in found.sets else _ONE_SET,) * len(METRICS), percent)
    given = sum(found.sets.values())
    same = sum([size * size for size in found.sets.values()])
    alphas = [Figure(1 - (given - 1) * _observed(found, _nominal) / (given * given - same))]
    for metric, distance in (("jaccard", _jaccard), ("masi", _masi)):
        value = None if too_many else 1 - (given - 1) * scale * _observed(found, distance) / expected[metric]
        alphas.append(too_many or Figure(value))
    return (*alphas, percent)


def _observed(found: SetTally, distance: Callable[[int, int, int], float]) -> float:
    """Distances of the ordered pairs within characters, over one less than the coders there, added."""
    return fsum(
        2 * size * distance(both, either, thirds) / (number - 1)
        for (number, both, either, thirds), size in found.apart.items()
    )


def _nominal(_both: int, _either: int, _thirds: int) -> float:
    return 1.0


def _jaccard(both: int, either: int, _thirds: int) -> float:
    return (either - both) / either


def _masi(both: int, either: int, thirds: int) -> float:
    return (3 * either - both * thirds) / (3 * either)

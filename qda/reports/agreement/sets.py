"""All codes and all coders at once: agreement on the sets of codes that characters carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING, Final, TypeVar

from qda.reports.agreement.figure import NOBODY, NONE_OF_TWO, Figure
from qda.reports.agreement.patterns import MISSING
from qda.reports.agreement.set_distances import METRICS, OF, row_sums, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.patterns import Patterns
    from qda.reports.agreement.set_distances import Distance

NAMES: Final = (*(f"alpha_sets_{metric}" for metric in METRICS), "percent_sets")
Key = TypeVar("Key")
_ONE_SET: Final = Figure(None, "every coder put the same codes on everything")


@dataclass(frozen=True)
class SetTally:
    """One source (or a sum of them): observed distances and the sets that stand in pairs.

    `apart` counts the characters of each distance of a pair of coders, by metric and number of coders present;
    `equal` the pairs with equal sets by number of coders; `units` the characters by number of coders; `sets` how
    often a coder has a set.
    """

    apart: Counter[tuple[str, int, Distance]]
    equal: Counter[int]
    units: Counter[int]
    sets: Counter[int]


def tally(patterns: Patterns) -> SetTally:
    """The tally of one source; patterns with fewer than two coders have no pair and stay out."""
    found = SetTally(Counter(), Counter(), Counter(), Counter())
    pairs: Counter[tuple[int, int, int]] = Counter()
    for pattern, size in patterns.items():
        present = [one for one in pattern if one != MISSING]
        number = len(present)
        if number < 2:
            continue
        found.units[number] += size
        for one in present:
            found.sets[one] += size
        for one, other in combinations(present, 2):
            pairs[number, one, other] += size
    for (number, one, other), size in pairs.items():
        if one == other:
            found.equal[number] += size
            continue
        for metric, distance in OF.items():
            found.apart[metric, number, distance(one, other)] += size
    return found


def sum_of(tallies: Sequence[SetTally]) -> SetTally:
    """Tallies added."""
    found = SetTally(Counter(), Counter(), Counter(), Counter())
    for one in tallies:
        _add(found, one, 1)
    return found


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
        counts = [self.sum.sets[one] for one in self._kinds]
        sums = row_sums(self._kinds, self._kinds, counts, self._scale)
        return {metric: dict(zip(self._kinds, listed, strict=True)) for metric, listed in sums.items()}

    @cached_property
    def _expected(self) -> dict[str, int]:
        return {
            metric: sum(self.sum.sets[one] * row for one, row in rows.items()) for metric, rows in self._rows.items()
        }

    def figures(self) -> tuple[Figure, ...]:
        """The coefficients in the order of `NAMES`.

        Krippendorff's alpha with the character as unit and the set of codes as value: sets equal or not, the distance
        of Jaccard, that of MASI (Passonneau 2006, 1 - J M). Two empty sets are equal. `percent_sets`: the share of
        pairs of coders with equal sets, the mean over the characters that at least two coders did. All are pure
        numbers. Undefined without such a character; alpha also where all sets are the same.
        """
        return _figures(self.sum, self._expected, self._scale)

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
                _add(left, one, number)
            expected = {metric: weights @ table @ weights for metric, table in between.items()}
            found.append(_figures(left, expected, self._scale))
        return found

    def _between(self) -> dict[str, list[list[int]]]:
        """The distances of the sets of each source to those of each other, times their counts, by metric."""
        found: dict[str, list[list[int]]] = {metric: [] for metric in METRICS if metric != "nominal"}
        for one in self._tallies:
            kinds = sorted(one.sets)
            sums = row_sums(self._kinds, kinds, [one.sets[kind] for kind in kinds], self._scale)
            for metric, listed in sums.items():
                row = dict(zip(self._kinds, listed, strict=True))
                found[metric].append([sum(n * row[kind] for kind, n in two.sets.items()) for two in self._tallies])
        return found

    def _without(self, gone: SetTally) -> tuple[Figure, ...]:
        kinds = sorted(gone.sets)
        counts = [gone.sets[one] for one in kinds]
        within = row_sums(kinds, kinds, counts, self._scale)
        expected = {
            metric: self._expected[metric]
            + sum(n * (row - 2 * rows[one]) for one, n, row in zip(kinds, counts, within[metric], strict=True))
            for metric, rows in self._rows.items()
        }
        return _figures(self._left(gone), expected, self._scale)

    def _left(self, gone: SetTally) -> SetTally:
        whole = self.sum
        return SetTally(
            _less(whole.apart, gone.apart),
            _less(whole.equal, gone.equal),
            _less(whole.units, gone.units),
            _less(whole.sets, gone.sets),
        )


def _add(found: SetTally, one: SetTally, times: int) -> None:
    if times:
        found.apart.update({key: number * times for key, number in one.apart.items()})
        found.equal.update({key: number * times for key, number in one.equal.items()})
        found.units.update({key: number * times for key, number in one.units.items()})
        found.sets.update({key: number * times for key, number in one.sets.items()})


def _less(whole: Counter[Key], gone: Counter[Key]) -> Counter[Key]:
    left = whole.copy()
    for key, number in gone.items():
        left[key] -= number
        if not left[key]:
            del left[key]
    return left


def _figures(found: SetTally, expected: dict[str, int], scale: int) -> tuple[Figure, ...]:
    units = sum(found.units.values())
    if not units:
        return (NONE_OF_TWO,) * len(NAMES)
    percent = Figure(fsum(2 * size / (number * (number - 1)) for number, size in found.equal.items()) / units)
    if len(found.sets) < 2:
        return (*(NOBODY if 0 in found.sets else _ONE_SET,) * len(METRICS), percent)
    given = sum(found.sets.values())
    chance = {
        "nominal": given * given - sum([size * size for size in found.sets.values()]),
        **{metric: number / scale for metric, number in expected.items()},
    }
    observed = dict.fromkeys(METRICS, 0.0)
    for (metric, number, (far, by)), size in sorted(found.apart.items()):
        observed[metric] += 2 * size * far / (by * (number - 1))
    return (*(Figure(1 - (given - 1) * observed[metric] / chance[metric]) for metric in METRICS), percent)

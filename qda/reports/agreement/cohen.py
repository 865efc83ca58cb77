"""Two coders on units cut beforehand: Cohen's kappa, weighted or not, and the most that it can be."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from qda.reports.agreement.estimate import NOT_TWICE, ONE_VALUE, Estimate, undefined
from qda.reports.agreement.figure import Figure
from qda.reports.agreement.ratings import values_of
from qda.reports.agreement.weights import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.ratings import Ratings, Value
    from qda.reports.agreement.weights import Weights

Cells = dict[tuple[int, int], int]


def cells(ratings: Ratings, values: Sequence[Value]) -> Cells:
    """How many units have a value of the first coder and one of the second; units with one missing stay out."""
    places: dict[Value | None, int] = {value: place for place, value in enumerate(values)}
    found: Cells = {}
    for row, times in ratings.items():
        one, other = row
        if one is not None and other is not None and times > 0:
            place = places[one], places[other]
            found[place] = found.get(place, 0) + times
    return found


def margins(found: Cells, size: int) -> tuple[list[int], list[int]]:
    """How often each coder gave each value."""
    rows, columns = [0] * size, [0] * size
    for (one, other), times in found.items():
        rows[one] += times
        columns[other] += times
    return rows, columns


def kappa(ratings: Ratings, weighting: str = "identity", values: Sequence[Value] | None = None) -> Estimate:
    """Cohen's kappa (Cohen 1960), with weights Cohen 1968; standard error of Fleiss, Cohen & Everitt 1969, eq. 13.

    Over the units that both coders gave a value. Undefined where there is none, or where both gave only one value,
    the same.

    Args:
        ratings: Rows of two values.
        weighting: A name in `weights.NAMES`: `linear` and `quadratic` are the usual ones.
        values: All values in order; without them those that were given.
    """
    listed = list(values) if values is not None else values_of(ratings)
    found = cells(ratings, listed)
    number = sum(found.values())
    if not number:
        return undefined(NOT_TWICE)
    rows, columns = margins(found, len(listed))
    if {place for place, n in enumerate(rows) if n} | {place for place, n in enumerate(columns) if n} == {_first(rows)}:
        return undefined(ONE_VALUE, number)
    table = weights(weighting, listed)
    places = range(len(listed))
    expected = sum(rows[one] * columns[two] * (1 - table[one][two]) for one in places for two in places if one != two)
    observed = sum(times * (1 - table[one][two]) for (one, two), times in found.items() if one != two)
    value = 1 - number * observed / expected
    return Estimate(value, _error(found, table, value), number)


def _first(margin: Sequence[int]) -> int:
    return next(place for place, count in enumerate(margin) if count)


def _error(found: Cells, table: Weights, value: float) -> float:
    number = sum(found.values())
    rows, columns = margins(found, len(table))
    places = range(len(table))
    by_row = [sum(columns[two] * table[one][two] for two in places) / number for one in places]
    by_column = [sum(rows[one] * table[one][two] for one in places) / number for two in places]
    chance = sum(rows[one] * by_row[one] for one in places) / number
    spread = sum(
        times / number * (table[one][two] - (by_row[one] + by_column[two]) * (1 - value)) ** 2
        for (one, two), times in found.items()
    )
    return sqrt(max(0.0, spread - (value - chance * (1 - value)) ** 2) / number) / (1 - chance)


def kappa_max(ratings: Ratings, values: Sequence[Value] | None = None) -> Figure:
    """The largest kappa that the coders' margins allow (Cohen 1960, p. 42); undefined where kappa is."""
    listed = list(values) if values is not None else values_of(ratings)
    found = cells(ratings, listed)
    number = sum(found.values())
    rows, columns = margins(found, len(listed))
    crossed = number * number - sum(one * other for one, other in zip(rows, columns, strict=True))
    if not crossed:
        return Figure(None, ONE_VALUE if number else NOT_TWICE)
    most = sum(min(one, other) for one, other in zip(rows, columns, strict=True))
    return Figure(1 - number * (number - most) / crossed)


def holsti(ratings: Ratings) -> Figure:
    """Holsti 1969, p. 140: 2M/(N1+N2), M units with the same value, N1 and N2 units that each coder gave a value."""
    same = sum(times for (one, other), times in ratings.items() if one is not None and one == other)
    given = sum(times * ((one is not None) + (other is not None)) for (one, other), times in ratings.items())
    return Figure(2 * same / given) if given else Figure(None, NOT_TWICE)

"""Krippendorff's alpha of units cut beforehand, some values missing: nominal, ordinal, interval and ratio."""

from __future__ import annotations

from itertools import accumulate, combinations
from typing import TYPE_CHECKING, Final

from qda.reports.agreement.estimate import NOT_TWICE, ONE_VALUE, Estimate, error_of, undefined
from qda.reports.agreement.ratings import units_of, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.reports.agreement.ratings import Ratings, Unit, Value

Differences = dict[tuple[int, int], float]
"""The squared difference of two values, by their places, the smaller first; the same value differs by nothing."""


def nominal(values: Sequence[Value], _counts: Sequence[int]) -> Differences:
    """1 for different values."""
    return dict.fromkeys(combinations(range(len(values)), 2), 1.0)


def ordinal(values: Sequence[Value], counts: Sequence[int]) -> Differences:
    """The squared number of values given from the one to the other, both ends counted half."""
    below = list(accumulate(counts))
    pairs = combinations(range(len(values)), 2)
    return {(c, k): (below[k] - below[c] + (counts[c] - counts[k]) / 2) ** 2 for c, k in pairs}


def interval(values: Sequence[Value], _counts: Sequence[int]) -> Differences:
    """The squared difference."""
    at = [float(value) for value in values]
    return {(c, k): (at[c] - at[k]) ** 2 for c, k in combinations(range(len(at)), 2)}


def ratio(values: Sequence[Value], _counts: Sequence[int]) -> Differences:
    """The squared difference by the squared sum."""
    at = [float(value) for value in values]
    return {(c, k): ((at[c] - at[k]) / (at[c] + at[k])) ** 2 for c, k in combinations(range(len(at)), 2)}


METRICS: Final[dict[str, Callable[[Sequence[Value], Sequence[int]], Differences]]] = {
    "nominal": nominal,
    "ordinal": ordinal,
    "interval": interval,
    "ratio": ratio,
}


def alpha(ratings: Ratings, metric: str = "nominal", values: Sequence[Value] | None = None) -> Estimate:
    """Krippendorff's alpha (Krippendorff 2011, sections C to E), with a standard error (Gwet 2014, section 5.4).

    1 - (N-1) sum_u (sum over pairs c, k of n_uc n_uk d_ck) / (m_u - 1) / (sum over pairs of n_c n_k d_ck), over the
    N pairable values: those of units with at least two.

    Args:
        ratings: Rows of values, one for each coder.
        metric: A name in `METRICS`; the last two want numbers, ratio numbers from nought up.
        values: The values in the order of the ordinal scale; without them numbers in order, or words in order.

    Undefined without a unit that two coders gave a value, where only one value stands in pairs, or where the metric
    wants other values.
    """
    listed = list(values) if values is not None else values_of(ratings)
    units = [unit for unit in units_of(ratings, listed) if unit.raters > 1]
    number = sum(unit.times for unit in units)
    counts = [sum(unit.times * unit.counts.get(place, 0) for unit in units) for place in range(len(listed))]
    problem = _problem(listed, counts, metric)
    if problem:
        return undefined(problem, number)
    apart = METRICS[metric](listed, counts)
    observed = sum(unit.times * _apart(unit, apart) / (unit.raters - 1) for unit in units)
    expected = sum(counts[c] * counts[k] * far for (c, k), far in apart.items())
    value = 1 - (sum(counts) - 1) * observed / expected
    return Estimate(value, _error(units, counts, apart), number)


def _problem(values: Sequence[Value], counts: Sequence[int], metric: str) -> str | None:
    used = [value for value, count in zip(values, counts, strict=True) if count]
    if not used:
        return NOT_TWICE
    if metric in {"interval", "ratio"} and not all(isinstance(value, (int, float)) for value in values):
        return f"the {metric} metric wants numbers"
    if metric == "ratio" and any(float(value) < 0 for value in values):
        return "the ratio metric wants numbers from nought up"
    return ONE_VALUE if len(used) < 2 else None


def _apart(unit: Unit, apart: Differences) -> float:
    """The differences within a unit, over unordered pairs of its coders."""
    counts = sorted(unit.counts.items())
    return sum(one * other * apart[c, k] for (c, one), (k, other) in combinations(counts, 2))


def _error(units: Sequence[Unit], counts: Sequence[int], apart: Differences) -> float | None:
    """Gwet's standard error: weights 1 - d / max d, linear in each unit."""
    number = sum(unit.times for unit in units)
    if number < 2:
        return None
    most = max(apart.values())
    mean = sum(counts) / number
    shares = [count / sum(counts) for count in counts]
    weight = {pair: 1 - far / most for pair, far in apart.items()}
    near = [sum(share * _weight(weight, one, two) for two, share in enumerate(shares)) for one in range(len(shares))]
    chance = sum(share * part for share, part in zip(shares, near, strict=True))
    agreed = [_agreed(unit, apart, most) / (mean * (unit.raters - 1)) for unit in units]
    observed = sum(unit.times * part for unit, part in zip(units, agreed, strict=True)) / number
    value = (observed - chance) / (1 - chance)
    parts = []
    for unit, part in zip(units, agreed, strict=True):
        more = (unit.raters - mean) / mean
        by_chance = sum(count * near[place] for place, count in unit.counts.items()) / mean - chance * more
        linear = (part - observed * more - chance) / (1 - chance)
        parts.append((linear - 2 * (1 - value) * (by_chance - chance) / (1 - chance), unit.times))
    return error_of(parts, value, number)


def _agreed(unit: Unit, apart: Differences, most: float) -> float:
    return unit.raters * (unit.raters - 1) - 2 * _apart(unit, apart) / most


def _weight(weight: Differences, one: int, two: int) -> float:
    return 1.0 if one == two else weight[min(one, two), max(one, two)]

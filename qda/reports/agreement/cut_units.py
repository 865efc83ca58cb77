"""All coefficients for units that were cut beforehand, with standard errors over units and intervals."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from qda.reports.agreement import cohen, gwet, krippendorff
from qda.reports.agreement.ratings import ratings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.reports.agreement.estimate import Estimate
    from qda.reports.agreement.ratings import Value

COLUMNS = ("stat", "weights", "coders", "value", "error", "low", "high", "n_units", "reason")
Given = dict[str, dict[str, "Value"]]
"""By unit and coder the value."""


def estimates(given: Mapping[str, Mapping[str, Value]]) -> list[tuple[str | int | float | None, ...]]:
    """A row for each coefficient: of all coders, then of each pair of coders, in the order of their names.

    Those of a pair are over the units to which both gave a value.
    Ordinal, interval and ratio alpha, AC2 and weighted kappa are there where all values are numbers.
    """
    coders = sorted({coder for by_coder in given.values() for coder in by_coder})
    rows = [tuple(by_coder.get(coder) for coder in coders) for by_coder in given.values()]
    numbers = all(not isinstance(value, str) for row in rows for value in row if value is not None)
    found = [_row(stat, weights, None, made) for stat, weights, made in _of_all(rows, numbers=numbers)]
    for first, second in combinations(range(len(coders)), 2):
        pair = [(row[first], row[second]) for row in rows if row[first] is not None and row[second] is not None]
        who = f"{coders[first]}|{coders[second]}"
        found += [_row(stat, weights, who, made) for stat, weights, made in _of_two(pair, numbers=numbers)]
    return found


def _of_all(rows: Sequence[tuple[Value | None, ...]], *, numbers: bool) -> Iterator[tuple[str, str | None, Estimate]]:
    given = ratings(rows)
    ready = gwet.counted(given)
    yield "percent", None, gwet.percent(ready)
    for metric in krippendorff.METRICS if numbers else ("nominal",):
        yield f"alpha_{metric}", None, krippendorff.alpha(given, metric)
    yield "fleiss", None, gwet.fleiss(ready)
    yield "ac1", None, gwet.ac(ready)
    yield "bp", None, gwet.brennan_prediger(ready)
    if numbers and len(ready.values) > 1:
        for weights in ("linear", "quadratic"):
            yield "ac2", weights, gwet.ac(gwet.counted(given, None, weights))


def _of_two(rows: Sequence[tuple[Value | None, ...]], *, numbers: bool) -> Iterator[tuple[str, str | None, Estimate]]:
    given = ratings(rows)
    ready = gwet.counted(given)
    yield "percent", None, gwet.percent(ready)
    yield "kappa", None, cohen.kappa(given)
    yield "scott_pi", None, gwet.fleiss(ready)
    if numbers and len(ready.values) > 1:
        for weights in ("linear", "quadratic"):
            yield "kappa_weighted", weights, cohen.kappa(given, weights)


def _row(stat: str, weights: str | None, coders: str | None, made: Estimate) -> tuple[str | int | float | None, ...]:
    low, high = made.interval() or (None, None)
    return stat, weights, coders, made.value, made.error, low, high, made.units, made.reason

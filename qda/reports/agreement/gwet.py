"""Any number of coders on units cut beforehand, some missing: percent, AC1, AC2, Fleiss, Scott, Brennan-Prediger."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.reports.agreement.estimate import NOT_TWICE, ONE_VALUE, Estimate, error_of, undefined
from qda.reports.agreement.ratings import units_of, values_of
from qda.reports.agreement.weights import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.ratings import Ratings, Unit, Value
    from qda.reports.agreement.weights import Weights


class Counted(NamedTuple):
    """Ratings made ready: `units` rated by somebody, `number` of them, `pairable` rated by two.

    `shares` is the mean share of each value over all units, `apart` the weighted disagreement within each unit
    (None where nobody can disagree), `observed` its mean over the units that have one, `used` how many different values
    stand in those.
    """

    values: Sequence[Value]
    weights: Weights
    units: list[Unit]
    number: int
    pairable: int
    used: int
    shares: list[float]
    apart: list[float | None]
    observed: float


def counted(ratings: Ratings, values: Sequence[Value] | None = None, weighting: str = "identity") -> Counted:
    """Ratings made ready.

    Args:
        ratings: Rows of values, one for each coder.
        values: All values that there are, in order; without them those that were given.
        weighting: A name in `weights.NAMES`.
    """
    listed = list(values) if values is not None else values_of(ratings)
    table = weights(weighting, listed)
    units = units_of(ratings, listed)
    number = sum(unit.times for unit in units)
    pairable = sum(unit.times for unit in units if unit.raters > 1)
    shares = [0.0] * len(listed)
    for unit in units:
        for value, count in unit.counts.items():
            shares[value] += unit.times * count / unit.raters
    apart = [_apart(unit, table) for unit in units]
    total = sum(unit.times * far for unit, far in zip(units, apart, strict=True) if far is not None)
    return Counted(
        values=listed,
        weights=table,
        units=units,
        number=number,
        pairable=pairable,
        used=len({value for unit in units if unit.raters > 1 for value in unit.counts}),
        shares=[share / number for share in shares] if number else shares,
        apart=apart,
        observed=total / pairable if pairable else 0.0,
    )


def _apart(unit: Unit, table: Weights) -> float | None:
    """1 - agreement in a unit: over ordered pairs of its coders the mean of 1 - weight."""
    if unit.raters < 2:
        return None
    far = sum(
        count * other * (1 - table[value][second])
        for value, count in unit.counts.items()
        for second, other in unit.counts.items()
        if value != second
    )
    return far / (unit.raters * (unit.raters - 1))


def percent(ready: Counted) -> Estimate:
    """Observed (weighted) agreement: the mean over units of the share of agreeing pairs (Gwet 2014, eq. 2.14)."""
    return _estimate(ready, 0.0, [0.0] * len(ready.units), chance_corrected=False)


def ac(ready: Counted) -> Estimate:
    """Gwet's AC1, with weights AC2 (Gwet 2008, eq. 12; 2014, eq. 5.7): chance T/(q(q-1)) times the sum of p(1-p)."""
    size = len(ready.values)
    if size < 2:
        return _undefined(ready)
    scale = sum(map(sum, ready.weights)) / (size * (size - 1))
    chance = scale * sum(share * (1 - share) for share in ready.shares)
    parts = [
        scale * sum(count / unit.raters * (1 - ready.shares[value]) for value, count in unit.counts.items())
        for unit in ready.units
    ]
    return _estimate(ready, chance, parts)


def fleiss(ready: Counted) -> Estimate:
    """Fleiss' kappa, for two coders Scott's pi (Fleiss 1971; Scott 1955; weights and missing values as Gwet 2014)."""
    places = range(len(ready.values))
    mean = [
        sum((ready.weights[one][two] + ready.weights[two][one]) / 2 * ready.shares[two] for two in places)
        for one in places
    ]
    chance = sum(share * part for share, part in zip(ready.shares, mean, strict=True))
    parts = [sum(count / unit.raters * mean[value] for value, count in unit.counts.items()) for unit in ready.units]
    return _estimate(ready, chance, parts)


def brennan_prediger(ready: Counted) -> Estimate:
    """Brennan & Prediger 1981: chance is the sum of the weights over q squared, without weights 1/q."""
    size = len(ready.values)
    if size < 2:
        return _undefined(ready)
    chance = sum(map(sum, ready.weights)) / size**2
    return _estimate(ready, chance, [chance] * len(ready.units))


def fleiss_per_value(ready: Counted) -> dict[Value, Estimate]:
    """Fleiss' kappa of each value against all others (Fleiss 1971, eq. 21, as a binary kappa).

    Undefined for a value that nobody gave, or that everybody always gave.
    """
    found = {}
    for place, value in enumerate(ready.values):
        share = ready.shares[place]
        far = sum(
            unit.times
            * 2
            * (count := unit.counts.get(place, 0))
            * (unit.raters - count)
            / (unit.raters * (unit.raters - 1))
            for unit in ready.units
            if unit.raters > 1
        )
        counts = [(unit.counts.get(place, 0), unit.raters) for unit in ready.units]
        mixed = any(count for count, _ in counts) and any(count < raters for count, raters in counts)
        if not ready.pairable or not mixed:
            found[value] = undefined(ONE_VALUE if ready.pairable else NOT_TWICE, ready.number)
        else:
            found[value] = Estimate(1 - far / ready.pairable / (2 * share * (1 - share)), None, ready.number)
    return found


def _undefined(ready: Counted) -> Estimate:
    return undefined(ONE_VALUE if ready.pairable else NOT_TWICE, ready.number)


def _estimate(ready: Counted, chance: float, parts: Sequence[float], *, chance_corrected: bool = True) -> Estimate:
    """1 - observed by expected disagreement, with Gwet's standard error (Gwet 2008, eqs. 36 to 38; 2014, ch. 5).

    Args:
        ready: The ratings.
        chance: Agreement by chance.
        parts: What each unit adds to it.
        chance_corrected: Whether there is chance in it at all: percent is defined with one value too.
    """
    if not ready.pairable or (chance_corrected and ready.used < 2):
        return _undefined(ready)
    left = 1 - chance
    value = 1 - ready.observed / left
    stretch = ready.number / ready.pairable
    linear = []
    for unit, far, part in zip(ready.units, ready.apart, parts, strict=True):
        agreed = 0.0 if far is None else stretch * (1 - far - chance) / left
        linear.append((agreed - 2 * (1 - value) * (part - chance) / left, unit.times))
    return Estimate(value, error_of(linear, value, ready.number), ready.number)

"""Confidence intervals over sources by drawing sources again and again, with replacement."""

from __future__ import annotations

from math import floor
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.reports.agreement.jackknife import CONFIDENCE, UNDEFINED, Interval, too_few

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.reports.agreement.figure import Figure

DRAWS: Final = 1000
SEED: Final = 1
MIN_SOURCES: Final = 12  # with fewer it holds the true value too seldom: benchmarks/agreement_intervals.py


class Resampled(NamedTuple):
    """An interval from resamples: how many there were, and in how many of them the value was undefined."""

    interval: Interval
    draws: int
    undefined: int


def draws(sources: int, number: int = DRAWS, seed: int = SEED) -> list[list[int]]:
    """How often each source was drawn, draw by draw; the same for the same seed, on every machine."""
    # The draws are for statistics, not for secrets.
    random = Random(seed)  # noqa: S311
    found = []
    for _ in range(number):
        times = [0] * sources
        for _ in range(sources):
            times[floor(random.random() * sources)] += 1
        found.append(times)
    return found


def resummed(tallies: Sequence[tuple[int, ...]], drawn: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The sum of the tallies of each draw; exact."""
    import numpy as np

    largest = max((abs(number) for tally in tallies for number in tally), default=0)
    kind = np.int64 if largest * max(1, len(tallies)) < 2**62 else object
    sums = np.array(drawn, dtype=kind) @ np.array(tallies, dtype=kind)
    return [tuple(map(int, line)) for line in sums.tolist()]


def percentile(figure: Figure, resampled: Iterable[Figure], carriers: int, confidence: float = CONFIDENCE) -> Resampled:
    """The percentile interval (Efron & Tibshirani 1993, section 13.3), from resamples in which the value is defined.

    It is narrower than the jackknife's and takes more sources. Quantiles lie linearly between the ordered values. None,
    with the reason: without a value, where the code is in fewer than `MIN_SOURCES`, or where half or more of the
    resamples have no value.

    Args:
        figure: Of all sources.
        resampled: Of each draw.
        carriers: In how many sources anybody used the code.
        confidence: The share of the resamples between the ends.
    """
    listed = list(resampled)
    values = sorted(one.value for one in listed if one.value is not None)
    undefined = len(listed) - len(values)
    none = UNDEFINED if figure.value is None else too_few(carriers, MIN_SOURCES)
    if none is None and 2 * undefined >= len(listed):
        none = Interval(None, None, f"{undefined} of {len(listed)} resamples have no value")
    if none is None and values[0] == values[-1]:
        none = Interval(None, None, "the value is the same in all resamples")
    if none is not None:
        return Resampled(none, len(listed), undefined)
    low, high = (_between(values, share) for share in ((1 - confidence) / 2, (1 + confidence) / 2))
    return Resampled(Interval(low, high), len(listed), undefined)


def _between(values: Sequence[float], share: float) -> float:
    place = share * (len(values) - 1)
    below = floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])

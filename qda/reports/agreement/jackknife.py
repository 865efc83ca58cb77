"""Confidence intervals over sources by leaving out one source at a time, and where there can be none."""

from __future__ import annotations

from math import fsum, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.reports.agreement.student import quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.reports.agreement.figure import Figure

MIN_SOURCES: Final = 4
FEW_SOURCES: Final = 6
CONFIDENCE: Final = 0.95
_NO_WIDTH: Final = 1e-12  # what rounding leaves of a spread that is none


class Interval(NamedTuple):
    """The ends of an interval, or None with the reason; `few` warns that it rests on few sources."""

    low: float | None
    high: float | None
    reason: str | None = None
    few: bool = False


UNDEFINED: Final = Interval(None, None, "no value")


def too_few(carriers: int, least: int = MIN_SOURCES) -> Interval | None:
    """Why there is no interval over sources, where it is for their number."""
    if carriers >= least:
        return None
    sources = "1 source" if carriers == 1 else f"{carriers} sources"
    return Interval(None, None, f"the code is in {sources}, and this interval takes at least {least}")


def jackknife(figure: Figure, replicates: Sequence[Figure], carriers: int, confidence: float = CONFIDENCE) -> Interval:
    """An interval for a figure of sources, around its value; its ends are not cut at 1 or -1.

    The standard error is the delete-one jackknife's, sqrt((D-1)/D sum (v_i - mean)^2) over D sources (Efron &
    Tibshirani 1993, eq. 11.5), the reach Student's t with C-2 degrees of freedom, C the sources that hold the code:
    the others hardly move the value, so D-1 would promise too much for a code that is rare. It holds for sources drawn
    at random; `benchmarks/agreement_intervals.py` shows how often it holds the true value.

    None, with the reason: without a value, where the code is in fewer than `MIN_SOURCES`, where the value is
    undefined without one of the sources, or where no source changes it. `few` below `FEW_SOURCES`.

    Args:
        figure: Of all sources.
        replicates: Without each source in turn.
        carriers: In how many sources anybody used the code.
        confidence: How often the interval is to hold the true value.
    """
    if figure.value is None:
        return UNDEFINED
    none = too_few(carriers)
    if none:
        return none
    values = [one.value for one in replicates if one.value is not None]
    if len(values) < len(replicates):
        return Interval(None, None, "without one of the sources there is no value")
    error = standard_error(values)
    if error < _NO_WIDTH:
        return Interval(None, None, "the value is the same without any one source")
    reach = quantile((1 + confidence) / 2, carriers - 2) * error
    return Interval(figure.value - reach, figure.value + reach, None, carriers < FEW_SOURCES)


def standard_error(values: Sequence[float]) -> float:
    """The jackknife's standard error from the values without each source in turn."""
    mean = fsum(values) / len(values)
    return sqrt((len(values) - 1) / len(values) * fsum([(value - mean) ** 2 for value in values]))


def leaving_one_out(
    tallies: Sequence[tuple[int, ...]], whole: tuple[int, ...], figures: Callable[[tuple[int, ...]], tuple[Figure, ...]]
) -> list[tuple[Figure, ...]]:
    """The figures without each source in turn, from the tallies of the sources and their sum."""
    known: dict[tuple[int, ...], tuple[Figure, ...]] = {}
    found = []
    for tally in tallies:
        # Sources alike, above all those of one length without the code, give the same.
        replicate = known.get(tally)
        if replicate is None:
            left = tuple([number - less for number, less in zip(whole, tally, strict=True)])
            replicate = known[tally] = figures(left)
        found.append(replicate)
    return found

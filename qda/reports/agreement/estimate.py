"""A coefficient of units cut beforehand, with its standard error over units and the interval from it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.reports.agreement.student import quantile

if TYPE_CHECKING:
    from collections.abc import Iterable

CONFIDENCE: Final = 0.95
ONE_VALUE: Final = "only one value was given"
NOT_TWICE: Final = "no unit that two coders gave a value"


class Estimate(NamedTuple):
    """A value, its standard error and the number of units; without a value, the reason."""

    value: float | None
    error: float | None = None
    units: int = 0
    reason: str | None = None

    def interval(self, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
        """The ends of a confidence interval, by Student's t with units - 1 degrees of freedom; they may pass 1.

        It holds for units drawn at random and independent of each other.
        """
        if self.value is None or self.error is None or self.units < 2:
            return None
        reach = quantile((1 + confidence) / 2, self.units - 1) * self.error
        return self.value - reach, self.value + reach


def undefined(reason: str, units: int = 0) -> Estimate:
    """No value, with the reason."""
    return Estimate(None, None, units, reason)


def error_of(parts: Iterable[tuple[float, int]], centre: float, units: int) -> float | None:
    """The standard error of a mean of parts (part, how many units have it) around a centre (Gwet 2014, eq. 5.1).

    Undefined with fewer than two units.
    """
    if units < 2:
        return None
    return sqrt(sum([times * (part - centre) ** 2 for part, times in parts]) / (units * (units - 1)))

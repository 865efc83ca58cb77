"""Student's t: what share lies below a value, and below which value a share lies."""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p
from statistics import NormalDist

_TINY = 1e-300


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (Lentz's method; Press et al. 2007, section 6.4)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, 1000):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        found *= d * c
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        found *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return found


def _away(number: float) -> float:
    return number if abs(number) > _TINY else _TINY


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, 0 < x < 1."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def beyond(t: float, freedom: float) -> float:
    """The share of Student's distribution above t >= 0."""
    if t == 0:
        return 0.5
    x = freedom / (freedom + t * t)
    return _beta_share(freedom / 2, 0.5, x) / 2 if x < 1 else 0.5


@lru_cache(maxsize=4096)
def quantile(share: float, freedom: float) -> float:
    """The value below which a share of Student's distribution with so many degrees of freedom lies.

    Exact to about 1e-10 of itself, found by halving; infinite degrees of freedom are the normal distribution.

    Args:
        share: Above 0 and below 1.
        freedom: Degrees of freedom, above 0; they need not be whole.
    """
    if freedom == inf:
        return NormalDist().inv_cdf(share)
    if share < 0.5:
        return -quantile(1 - share, freedom)
    above = 1 - share
    low, high = 0.0, 1.0
    while beyond(high, freedom) > above:
        low, high = high, 2 * high
    while high - low > 1e-13 * high:
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if beyond(middle, freedom) > above else (low, middle)
    return (low + high) / 2

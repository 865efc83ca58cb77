"""Weights of agreement between values: 1 for the same, less for values further apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.reports.agreement.ratings import Value

Weights = list[list[float]]
"""A square table in the order of the values; symmetric, with 1 on the diagonal."""


def identity(values: Sequence[Value]) -> Weights:
    """Only the same value agrees."""
    return _table(len(values), lambda _one, _other: 0.0)


def linear(values: Sequence[Value]) -> Weights:
    """1 - |x - y| / (max - min) (Cicchetti & Allison 1971)."""
    at = positions(values)
    width = max(at) - min(at) if at else 0
    return _table(len(at), lambda one, other: 1 - abs(at[one] - at[other]) / width)


def quadratic(values: Sequence[Value]) -> Weights:
    """1 - (x - y)^2 / (max - min)^2 (Fleiss & Cohen 1973)."""
    at = positions(values)
    width = max(at) - min(at) if at else 0
    return _table(len(at), lambda one, other: 1 - (at[one] - at[other]) ** 2 / width**2)


def ordinal(values: Sequence[Value]) -> Weights:
    """1 - M(x, y) / M(min, max), M the pairs of values between two values, both counted (Gwet 2014, p. 91)."""
    size = len(values)

    def pairs(one: int, other: int) -> int:
        between = abs(one - other) + 1
        return between * (between - 1) // 2

    return _table(size, lambda one, other: 1 - pairs(one, other) / pairs(0, size - 1))


NAMES: Final[dict[str, Callable[[Sequence[Value]], Weights]]] = {
    "identity": identity,
    "linear": linear,
    "quadratic": quadratic,
    "ordinal": ordinal,
}


def weights(name: str, values: Sequence[Value]) -> Weights:
    """The weights of a name for values in order.

    Raises:
        QdaError: There are no such weights.
    """
    if name not in NAMES:
        raise QdaError(f"There are no weights {name!r}; there are {', '.join(NAMES)}.")
    return NAMES[name](values)


def positions(values: Sequence[Value]) -> list[float]:
    """Where values stand on their scale: numbers at themselves, words at their place in the order given."""
    if all(isinstance(value, (int, float)) for value in values):
        return [float(value) for value in values]
    return [float(place) for place in range(len(values))]


def _table(size: int, of: Callable[[int, int], float]) -> Weights:
    return [[1.0 if one == other else of(one, other) for other in range(size)] for one in range(size)]

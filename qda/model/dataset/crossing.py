"""Crossing two columns of a dataset: how many rows have each pair of values, with margins and exact percentages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.model.dataset.data import in_order, is_missing
from qda.model.dataset.recoding import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOTAL = "(all)"
BASES = ("row", "column", "total")


class Crossing(NamedTuple):
    """How many rows have each pair of values: those of the first column go down, those of the second across.

    Values stand in their order with `(missing)` last; margins are under `(all)`. Crossed with nothing, there is only
    the margin across.
    """

    down: tuple[str, ...]
    across: tuple[str, ...]
    counts: Counter[tuple[str, str]]

    def base(self, base: str, down: str, across: str) -> int:
        """What a cell is a percentage of: its row, its column or all rows."""
        return self.counts[down if base == "row" else TOTAL, across if base == "column" else TOTAL]


def cross(down: Sequence[str], across: Sequence[str] | None = None) -> Crossing:
    """Cross a column with another one, or count its values."""
    pairs = Counter(zip(down, across if across is not None else [TOTAL] * len(down), strict=True))
    counts: Counter[tuple[str, str]] = Counter()
    for (one, other), number in pairs.items():
        first, second = (MISSING if is_missing(cell) else cell for cell in (one, other))
        for key in {(first, second), (first, TOTAL), (TOTAL, second), (TOTAL, TOTAL)}:
            counts[key] += number
    return Crossing(_listed({key[0] for key in counts}), _listed({key[1] for key in counts}), counts)


def _listed(values: set[str]) -> tuple[str, ...]:
    last = tuple(value for value in (MISSING, TOTAL) if value in values)
    return (*in_order(values - {MISSING, TOTAL}), *last)


def percent(number: int, of: int, decimals: int = 0) -> str:
    """A percentage rounded half up, each for itself: a row may add up to 99 or 101, and is left so.

    Args:
        number: The rows of a cell.
        of: All rows of its base; of 0 there is no percentage.
        decimals: How many decimals.
    """
    if not of:
        return ""
    scale = 10**decimals
    rounded = (200 * number * scale + of) // (2 * of)
    whole, rest = divmod(rounded, scale)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)

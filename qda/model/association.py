"""Whether a share differs between groups: an exact test, Holm's correction, and the size of the effect.

Sources: Freeman & Halton (1951), Biometrika 38, 141-149 (the exact test, Fisher's for two groups); Holm (1979),
Scandinavian Journal of Statistics 6, 65-70; Cramér (1946), Mathematical Methods of Statistics (V).
"""

from __future__ import annotations

from math import comb, prod, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_TABLES = 2_000_000


def exact_p(found: Sequence[int], totals: Sequence[int]) -> float | None:
    """The two-sided p of the exact test of a 2 x k table, decided on whole numbers.

    Args:
        found: In how many of each group's cases something was found.
        totals: How many cases each group has.

    Returns:
        The share of all tables with these margins that are at most as likely as this one; None where nothing
        can differ (found in all or in none, or one group), or where there are too many tables to list.
    """
    hits, whole = sum(found), sum(totals)
    groups = [total for total in totals if total]
    if len(groups) < 2 or hits in (0, whole):
        return None
    if prod(min(total, hits) + 1 for total in groups[1:]) > MOST_TABLES:
        return None
    observed = prod(comb(n, x) for x, n in zip(found, totals, strict=True))
    return _at_most(groups, hits, 1, observed) / comb(whole, hits)


def _at_most(groups: Sequence[int], hits: int, weight: int, observed: int) -> int:
    """The weight of all ways to spread the hits over the groups that weigh at most as much as the observed."""
    if len(groups) == 1:
        if hits > groups[0]:
            return 0
        total = weight * comb(groups[0], hits)
        return total if total <= observed else 0
    rest = sum(groups[1:])
    lowest, highest = max(0, hits - rest), min(groups[0], hits)
    return sum(
        _at_most(groups[1:], hits - here, weight * comb(groups[0], here), observed)
        for here in range(lowest, highest + 1)
    )


def cramers_v(found: Sequence[int], totals: Sequence[int]) -> float | None:
    """Cramér's V of a 2 x k table, from 0 to 1; None where nothing can differ."""
    hits, whole = sum(found), sum(totals)
    if hits in (0, whole) or sum(1 for total in totals if total) < 2:
        return None
    share = hits / whole
    chi2 = sum((x - n * share) ** 2 / (n * share * (1 - share)) for x, n in zip(found, totals, strict=True) if n)
    return sqrt(chi2 / whole)


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Holm's adjusted p values over those that are there, in the given order."""
    ordered = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, place) in enumerate(ordered):
        highest = max(highest, min(1.0, (len(ordered) - rank) * p))
        adjusted[place] = highest
    return adjusted

"""How many codings of units cut beforehand it takes to tell a reliability from a smaller one: for planning."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

from qda.errors import QdaError

MINIMA: Final = (0.667, 0.8, 0.9)
SHARES: Final = (0.5, 0.25, 0.1, 0.05, 0.02)


def sample_size(minimum: float, share: float, *, significance: float = 0.05, coders: int = 2) -> float:
    """The codings needed, not yet rounded, so that alpha above `minimum` is told from alpha at it.

    N = m z^2 ((1 + a)(3 - a) / (4 (1 - a) p (1 - p)) - a) (Bloch & Kraemer 1989, eq. 3.7; Krippendorff 2019,
    section 12.7), with one-sided z. It is in codings of pre-cut, independent units, of all m coders together: each
    codes N/m units, with which the lower end of a one-sided interval around an alpha halfway between `minimum` and 1
    is `minimum`, so that one study in two tells it. It assumes two values (this code or not) and the same share in all
    coders.

    Args:
        minimum: The smallest acceptable alpha, from 0 to below 1.
        share: The share of the rarest value, above 0 and below 1.
        significance: The risk of accepting what is not better than the minimum.
        coders: How many they are.

    Raises:
        QdaError: A number is out of its range.
    """
    if not 0 <= minimum < 1:
        raise QdaError(f"The smallest acceptable alpha must be from 0 to below 1, not {minimum}.")
    if not 0 < share < 1:
        raise QdaError(f"The share of the rarest value must be above 0 and below 1, not {share}.")
    if not 0 < significance < 0.5:
        raise QdaError(f"The significance must be above 0 and below 0.5, not {significance}.")
    if coders < 2:
        raise QdaError(f"Agreement takes two coders or more, not {coders}.")
    z = NormalDist().inv_cdf(1 - significance)
    spread = (1 + minimum) * (3 - minimum) / (4 * (1 - minimum) * share * (1 - share))
    return coders * z * z * (spread - minimum)


def guide(*, significance: float = 0.05, coders: int = 2) -> dict[float, dict[float, int]]:
    """The codings needed, to the nearest whole one, by smallest alpha and by share of the rarest value."""
    return {
        minimum: {
            share: round(sample_size(minimum, share, significance=significance, coders=coders)) for share in SHARES
        }
        for minimum in MINIMA
    }

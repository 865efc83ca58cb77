"""Unitizing, one value: Krippendorff's |u-alpha of 2016, whether the coders marked the same stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.reports.agreement.figure import EVERYWHERE, NOBODY, NONE_SHARED, ONE_CODER, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable


class Continuum(NamedTuple):
    """A tally over sources that every coder did.

    `length` of the text in characters; `coded` characters of all coders; `squares` of the lengths of their
    passages, added; `apart`: characters that one coder of a pair coded and the other did not, over the pairs.
    """

    length: int
    coded: int
    squares: int
    apart: int


NO_CONTINUUM = Continuum(0, 0, 0, 0)


def sum_of(listed: Iterable[Continuum]) -> Continuum:
    """The tallies of several sources added."""
    columns = list(zip(*listed, strict=True))
    return Continuum(*map(sum, columns)) if columns else NO_CONTINUUM


def u_alpha_binary(tally: Continuum, coders: int) -> Figure:
    """Whether coders marked the same stretches, whatever their number and ends: |u-alpha, a pure number.

    Krippendorff, Mathet, Bouvry & Widlöcher 2016 (Krippendorff 2019, eq. 35): with l = m L, Do = l01 + l10, the
    lengths of intersections of one coder's passages with another's gaps over m-1, and expected
    De = l (2 l0 l1) / (l^2 - corrections); a passage is not paired with itself (its squared length), nor a character
    of a gap with itself (1 each). Undefined where nobody or everybody coded all.
    """
    found = undefined(tally.length, tally.coded, coders)
    if found:
        return found
    whole = coders * tally.length
    gap = whole - tally.coded
    return Figure(1 - nominal_ratio(tally.apart, (whole, 2 * gap * tally.coded, tally.squares + gap), coders))


def nominal_ratio(apart: int, expected: tuple[int, int, int], coders: int) -> float:
    """Observed by expected disagreement.

    Args:
        apart: Characters on which a pair of coders is apart, added over the (unordered) pairs.
        expected: Characters of all coders; the products of the lengths of different values, added over ordered
            pairs; and the corrections for pairing with oneself.
        coders: How many they are.
    """
    whole, crossed, corrections = expected
    return 2 * apart * (whole * whole - corrections) / ((coders - 1) * whole * crossed)


def undefined(length: int, coded: int, coders: int) -> Figure | None:
    """Why the agreement on where is undefined, or None if it is defined."""
    if coders < 2:
        return ONE_CODER
    if not length:
        return NONE_SHARED
    if not coded:
        return NOBODY
    return EVERYWHERE if coded == coders * length else None

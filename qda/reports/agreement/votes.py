"""One code and any number of coders, some missing: agreement on coded or not, for each character, turn or sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qda.reports.agreement.figure import EVERYWHERE, NOBODY, NONE_OF_TWO, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.reports.agreement.table import Table

NAMES: Final = ("percent", "alpha_nominal", "fleiss", "ac1")

Votes = tuple[int, ...]
"""A tally in threes: for 1, 2, ... coders the units that so many coders were done with, the times that a coder coded
one of them, and the pairs of coders who were apart on one of them."""


def votes(present: int, coders: int, units: int, coded: int, apart: int) -> Votes:
    """The tally of one source.

    Args:
        present: How many coders are done with it.
        coders: How many coders there are in all.
        units: The characters (turns, sentences) of the source.
        coded: The units each coder coded, added over the coders.
        apart: The units that one coder of a pair coded and the other did not, added over the pairs.
    """
    return (0, 0, 0) * (present - 1) + (units, coded, apart) + (0, 0, 0) * (coders - present)


def from_tables(tables: Sequence[Table], coded: int, present: int, coders: int, length: int) -> Votes:
    """The tally of one source from the tables of all pairs of the coders who are done with it."""
    return votes(present, coders, length, coded, sum([table[1] + table[2] for table in tables]))


def sum_of(tallies: Iterable[Votes], coders: int) -> Votes:
    """Tallies added."""
    columns = list(zip(*tallies, strict=True))
    return tuple(map(sum, columns)) if columns else (0, 0, 0) * coders


def figures(tally: Votes) -> tuple[Figure, ...]:
    """The coefficients in the order of `NAMES`; a coder who is not done with a source is missing there.

    A unit is a character, a turn or a sentence, a value is coded or not. With r coders on a unit and k of them
    coding it, observed disagreement d is the mean of 2k(r-k)/(r(r-1)) over the units with at least two coders,
    and `percent` 1 - d (Gwet 2014, eq. 2.14). `fleiss` (Fleiss 1971) and `ac1` (Gwet 2008, eq. 12) take the
    share of the code as the mean of k/r over all units, those with one coder too, as Gwet does: 1 - d/2p(1-p) and
    1 - d/(1-2p(1-p)). `alpha_nominal` (Krippendorff 2011) counts pairable values only: 1 - (N-1) Do/(2 N1 N0).
    All are pure numbers.

    Undefined: all without a unit that two coders did; the chance-corrected ones where the coders of such units gave
    only one value.
    """
    pairable = given = used = 0
    apart = disagreement = share = 0.0
    for place in range(0, len(tally), 3):
        units, coded, split = tally[place : place + 3]
        present = place // 3 + 1
        share += coded / present
        if present > 1:
            pairable += units
            given += units * present
            used += coded
            apart += 2 * split / (present - 1)
            disagreement += 2 * split / (present * (present - 1))
    if not pairable:
        return (NONE_OF_TWO,) * 4
    units = sum(tally[::3])
    share /= units
    disagreement /= pairable
    spread = 2 * share * (1 - share)
    percent = Figure(1 - disagreement)
    if not 0 < used < given:
        nothing = EVERYWHERE if used else NOBODY
        return percent, nothing, nothing, nothing
    return (
        percent,
        Figure(1 - (given - 1) * apart / (2 * used * (given - used))),
        Figure(1 - disagreement / spread),
        Figure(1 - disagreement / (1 - spread)),
    )


def by_name(tally: Votes) -> dict[str, Figure]:
    """The coefficients by their names."""
    return dict(zip(NAMES, figures(tally), strict=True))

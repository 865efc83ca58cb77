"""Why the coefficients of a table may mislead: a rare code, skewed margins, one coder only, ends only, nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from qda.reports.agreement.matches import Matches
    from qda.reports.agreement.table import Table

NOBODY: Final = "nobody"
RARE: Final = "rare"
COMMON: Final = "common"
SKEWED: Final = "skewed"
ONE_SIDED: Final = "one-sided"
BOUNDARY: Final = "boundary"


class Limits(NamedTuple):
    """From where a warning is given.

    `rare`: the code stands on less than this share of the text (mean of both coders), where percent and AC1 measure
    the agreement to code nothing; `common`: on more than 1 - `rare` it is the same with coding everything.
    `skewed`: one coder coded at least so many times as much as the other, which lowers the most that kappa can be.
    `matched` and `exact`: at least so much of the passages meets one of the other's by half, and at most so much has
    the same ends: the coders see the same places and cut them differently.
    """

    rare: float = 0.05
    skewed: float = 2.0
    matched: float = 0.8
    exact: float = 0.5


DEFAULT: Final = Limits()


def diagnoses(table: Table, matches: Matches | None = None, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """What to be careful about with one code and two coders, in a fixed order; nothing if all is well.

    Args:
        table: Both, only first, only second, neither, in characters.
        matches: How the passages meet; without them nothing is said about ends.
        limits: From where a warning is given.
    """
    a, b, c, d = table
    first, second, whole = a + b, a + c, a + b + c + d
    if not first + second:
        return (NOBODY,)
    found = []
    if first + second < 2 * limits.rare * whole:
        found.append(RARE)
    if whole and 2 * whole - first - second < 2 * limits.rare * whole:
        found.append(COMMON)
    if not first or not second:
        found.append(ONE_SIDED)
    elif max(first, second) >= limits.skewed * min(first, second):
        found.append(SKEWED)
    if matches is not None and _only_ends(matches, limits):
        found.append(BOUNDARY)
    return tuple(found)


def _only_ends(matches: Matches, limits: Limits) -> bool:
    if not matches.half:
        return False
    return 2 * matches.half >= limits.matched * matches.total and 2 * matches.exact <= limits.exact * matches.total

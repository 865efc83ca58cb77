"""A family of codes as one value for each unit: the level that a coder gave it, if it is exactly one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.reports.agreement.cut import coded_units, units_of
from qda.reports.agreement.lines import lines_of
from qda.reports.agreement.patterns import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.coded import CodedSource
    from qda.reports.agreement.patterns import Patterns
    from qda.reports.agreement.ratings import Ratings


def unit_levels(source: CodedSource, coders: Sequence[int], levels: Sequence[int], unit: str, rule: str) -> Ratings:
    """The levels of a source's units: for each coder the place of the level in the scale.

    Missing where the coder is not done, or gave the unit no level or more than one: nothing coded is never a rank.
    For `krippendorff.alpha(..., "ordinal", values=range(len(levels)))`.

    Args:
        source: A source.
        coders: The coders, whose places in the rows are theirs in here.
        levels: The codes of the family in the order of the scale.
        unit: `turn` or `sentence`.
        rule: When a unit is coded, `any` or `majority`.
    """
    units = units_of([source], unit)
    columns: list[list[int | None]] = []
    for coder in coders:
        given: list[list[int]] = [[] for _ in units.ends]
        for place, line in enumerate(lines_of([source], coder, levels).values()):
            for number in coded_units(line, units)[rule].tolist():
                given[number].append(place)
        columns.append([one[0] if len(one) == 1 else None for one in given])
    return Counter(zip(*columns, strict=True))


def character_levels(patterns: Patterns) -> Ratings:
    """The levels of characters, from patterns of the family's codes in the order of the scale; missing likewise."""
    found: Ratings = Counter()
    for pattern, size in patterns.items():
        found[tuple(None if one == MISSING or one.bit_count() != 1 else one.bit_length() - 1 for one in pattern)] += (
            size
        )
    return found

"""Values that coders gave to units: how often each row of values stands there, some of them missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value = str | int | float
Row = tuple[Value | None, ...]
"""The values of one unit, one for each coder, None where it is missing."""

Ratings = Counter[Row]
"""How many units have a row; in characters where the unit is the character."""


def ratings(rows: Iterable[Sequence[Value | None]]) -> Ratings:
    """Count the rows of a table of units by coders."""
    return Counter(tuple(row) for row in rows)


def from_table(table: Sequence[Sequence[int]]) -> Ratings:
    """Ratings of two coders from a square table of counts: row the first coder's value, column the second's."""
    return Counter({(one, other): n for one, line in enumerate(table) for other, n in enumerate(line) if n})


def from_counts(table: Iterable[Sequence[int]]) -> Ratings:
    """Ratings from the number of coders who gave each value, unit by unit; which coder it was is not known.

    Units with fewer coders than others have missing values.
    """
    rows = [[value for value, n in enumerate(line) for _ in range(n)] for line in table]
    width = max(map(len, rows), default=0)
    return Counter((*row, *[None] * (width - len(row))) for row in rows)


def pair_of(found: Ratings, one: int, other: int) -> Ratings:
    """The ratings of two coders, by their places in the row."""
    pairs: Ratings = Counter()
    for row, n in found.items():
        pairs[row[one], row[other]] += n
    return pairs


def values_of(found: Iterable[Row]) -> list[Value]:
    """The values that were given, numbers in order and then words in order."""
    values = {value for row in found for value in row if value is not None}
    return sorted(
        values, key=lambda value: (isinstance(value, str), value if not isinstance(value, str) else 0, str(value))
    )


class Unit(NamedTuple):
    """Units alike: how many coders gave each value, how many coders they are, and how many such units there are."""

    counts: Mapping[int, int]
    raters: int
    times: int


def units_of(found: Ratings, values: Sequence[Value]) -> list[Unit]:
    """The units that at least one coder gave a value, with values by their places in `values`."""
    places = {value: place for place, value in enumerate(values)}
    units = []
    for row, times in found.items():
        counts = Counter(places[value] for value in row if value is not None)
        if counts and times > 0:
            units.append(Unit(counts, counts.total(), times))
    return units

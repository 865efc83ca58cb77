"""Which cells of a table must be withheld so that nobody can compute those of few cases: a pure function.

A cell of fewer cases than are asked for is withheld first. Then others are withheld until no withheld cell follows
from what is shown: sums along rows and columns, and codes that are added to those above them, are equations, in which
shown cells are known numbers. A withheld cell follows where the equations have one solution for it (Gauss-Jordan
elimination), or where nothing but one whole number is left for it: from 1, or from 0 once an empty cell is among them.
After L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control (2001), chapter 6.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    Id = Hashable
    Factor = int | Fraction


class Figure(NamedTuple):
    """A cell: what it shows, from how many cases; one that is `known` anyhow can never be withheld."""

    value: int
    cases: int
    known: bool = False


class Sum(NamedTuple):
    """An equation: the figure of one cell is the sum of those of others."""

    total: Id
    parts: tuple[Id, ...]


def withheld(cells: Mapping[Id, Figure], sums: Iterable[Sum], fewest: int, told: Collection[Id]) -> frozenset[Id]:
    """The cells of which neither what is counted nor the number of cases may be told, as `suppressed` says.

    Cases add up only where each is in one part alone. Of `told`, the cells whose cases are shown, those that do are
    looked at.
    """
    sums = list(sums)
    cases = {name: one._replace(value=one.cases) for name, one in cells.items()}
    adding = [
        made
        for one in sums
        if one.total in told
        and (made := _known(one, cells))
        and cells[one.total].cases == sum(cells[part].cases for part in made.parts)
    ]
    out = suppressed(cells, sums, fewest)
    while (more := suppressed(cells, sums, fewest, suppressed(cases, adding, fewest, out))) != out:
        out = more
    return out


def suppressed(
    cells: Mapping[Id, Figure], sums: Iterable[Sum], fewest: int, before: frozenset[Id] = frozenset()
) -> frozenset[Id]:
    """The cells that are withheld.

    Args:
        cells: All cells; one of no cases says that there is nothing, and is shown.
        sums: What adds up to what; a cell that is not there is left out.
        fewest: The number of cases from which a cell is shown.
        before: Cells that are withheld anyhow.
    """
    equations = [made for one in sums if (made := _known(one, cells))]
    out = {name for name, one in cells.items() if 0 < one.cases < fewest and not one.known} | before
    while True:
        follow = _alone(equations, out) or _following(equations, cells, out)
        more = {name for one in follow for name in _another(one, equations, cells, out)}
        if not more:
            return frozenset(out)
        # One empty cell may do for all: once some are withheld, no withheld cell needs to be 1 at least.
        out |= {name for name in more if cells[name].value} or {min(more, key=repr)}


def _known(one: Sum, cells: Mapping[Id, Figure]) -> Sum | None:
    parts = tuple(part for part in one.parts if part in cells)
    return Sum(one.total, parts) if one.total in cells and parts else None


def _alone(equations: Sequence[Sum], out: set[Id]) -> list[Id]:
    """The withheld cells that are alone in an equation; quickly told, and most of those that follow."""
    found = []
    for one in equations:
        unknown = [name for name in (one.total, *one.parts) if name in out]
        if len(unknown) == 1:
            found.append(unknown[0])
    return found


def _following(equations: Sequence[Sum], cells: Mapping[Id, Figure], out: set[Id]) -> list[Id]:
    """The withheld cells that follow from what is shown."""
    rows = [_row(one, out) for one in equations]
    solved = _solved([row for row in rows if row])
    low, high = _bounds(equations, cells, out)
    return [name for name in out if name in solved or (high[name] is not None and high[name] == low[name])]


def _row(one: Sum, out: set[Id]) -> dict[Id, Factor]:
    """An equation as the factors of what is withheld in it."""
    row: dict[Id, Factor] = defaultdict(int)
    if one.total in out:
        row[one.total] += 1
    for part in one.parts:
        if part in out:
            row[part] -= 1
    return {name: factor for name, factor in row.items() if factor}


def _solved(rows: list[dict[Id, Factor]]) -> set[Id]:
    """The unknowns that have one solution, by Gauss-Jordan elimination."""
    pivots: dict[Id, dict[Id, Factor]] = {}
    for row in rows:
        left = dict(row)
        for name in [name for name in left if name in pivots]:
            _take(left, pivots[name], left.get(name, 0))
        if not left:
            continue
        pivot = next(iter(left))
        scale = left[pivot]
        left = {name: factor * scale if abs(scale) == 1 else Fraction(factor) / scale for name, factor in left.items()}
        for other in pivots.values():
            if pivot in other:
                _take(other, left, other[pivot])
        pivots[pivot] = left
    return {name for name, row in pivots.items() if len(row) == 1}


def _take(row: dict[Id, Factor], other: Mapping[Id, Factor], times: Factor) -> None:
    """Take another row so many times from one."""
    for name, factor in other.items():
        left = row.get(name, 0) - times * factor
        if left:
            row[name] = left
        else:
            row.pop(name, None)


def _bounds(
    equations: Sequence[Sum], cells: Mapping[Id, Figure], out: set[Id]
) -> tuple[dict[Id, int], dict[Id, int | None]]:
    """The least and the most that each withheld cell can be, as far as single equations say, one after another."""
    # Who reads knows whether empty cells are shown: as long as all are, what is withheld is 1 at least.
    low: dict[Id, int] = dict.fromkeys(out, min((cells[name].value for name in out), default=0) and 1)
    high: dict[Id, int | None] = dict.fromkeys(out, None)
    touched = [one for one in equations if one.total in out or any(part in out for part in one.parts)]
    for _ in range(len(out) + 1):
        before = dict(low), dict(high)
        for one in touched:
            _tighten(one, cells, low, high)
        if (low, high) == before:
            break
    return low, high


def _tighten(one: Sum, cells: Mapping[Id, Figure], low: dict[Id, int], high: dict[Id, int | None]) -> None:
    def least(name: Id) -> int:
        return low[name] if name in low else cells[name].value

    def most(name: Id) -> int | None:
        return high[name] if name in high else cells[name].value

    added = sum(cells[part].value for part in one.parts)
    gap = cells[one.total].value - added  # where passages overlap less is shown than is added; it is taken as known
    lows, highs = [least(part) for part in one.parts], [most(part) for part in one.parts]
    if one.total in low:
        low[one.total] = max(low[one.total], sum(lows) + gap)
        if None not in highs:
            top = sum(known for known in highs if known is not None) + gap
            current = high[one.total]
            high[one.total] = top if current is None else min(current, top)
    top_total = most(one.total)
    for at, part in enumerate(one.parts):
        if part not in low:
            continue
        if top_total is not None:
            top = top_total - gap - (sum(lows) - lows[at])
            current = high[part]
            high[part] = top if current is None else min(current, top)
        rest = highs[:at] + highs[at + 1 :]
        if None not in rest:
            low[part] = max(low[part], least(one.total) - gap - sum(known for known in rest if known is not None))


def _another(name: Id, equations: Sequence[Sum], cells: Mapping[Id, Figure], out: set[Id]) -> list[Id]:
    """The cell that is withheld beside one that follows: of its equations the one that costs least."""
    best: list[tuple[int, int, int, str, Id]] = []
    for one in equations:
        if name != one.total and name not in one.parts:
            continue
        for other in (*one.parts, one.total):
            if other not in out and not cells[other].known:
                figure = cells[other]
                best.append((not figure.value, other == one.total, figure.value, repr(other), other))
    return [min(best, key=lambda one: one[:4])[-1]] if best else []

"""Datasets as they are listed: their columns, the rows that break rules, and two columns crossed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.dataset.crossing import BASES, TOTAL, cross, percent
from qda.model.dataset.data import in_order, is_missing, kinds_of
from qda.model.dataset.recoding import Condition, rows_where
from qda.model.dataset.rules import broken, parse_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.dataset.crossing import Crossing
    from qda.model.dataset.nouns import Dataset
    from qda.reports.report import Cell
    from qda.store import Study

_SHOWN = 5
HUNDRED = 100


def column_rows(study: Study, one: Dataset) -> list[tuple[Cell, ...]]:
    """A row a column: its name, type, how many different values and empty cells, and its most frequent values."""
    data = study.datasets.data(one)
    rows: list[tuple[Cell, ...]] = []
    for kind in kinds_of(data):
        counts = Counter(cell for cell in data.columns[kind.name] if not is_missing(cell))
        top = max(counts.values(), default=0)
        often = sorted(in_order([*counts]), key=lambda value: -counts[value])[:_SHOWN] if top > 1 else []
        said = ", ".join(f"{value} ({counts[value]})" for value in often)
        rows.append((kind.name, kind.type, kind.different, kind.missing, said))
    return rows


class Checked(NamedTuple):
    """A rule, and the rows that break it: their lines in the file, and how."""

    rule: str
    flagged: list[tuple[int, str]]


def checked(study: Study, one: Dataset, words: Sequence[str]) -> list[Checked]:
    """The rows that break rules: those that are given, else those that are kept with the dataset.

    Raises:
        QdaError: A rule is none, or does not fit its columns.
        UsageError: No rule is given, and none is kept.
    """
    given = words or [each.words for each in study.dataset_rules.of(one)]
    if not given:
        raise UsageError(f"say what must hold with --rule, as --rule 'COLUMN present'; none is kept for '{one.name}'")
    rules = [parse_rule(each, study.datasets.column_of(one)) for each in given]
    data = study.datasets.data(one, {name for rule in rules for name in rule.columns})
    return [Checked(rule.said, [(data.lines[flag.row], flag.said) for flag in broken(data, rule)]) for rule in rules]


def crossed(
    study: Study, one: Dataset, columns: Sequence[str], conditions: Sequence[Condition] = ()
) -> tuple[Crossing, tuple[str, ...]]:
    """One column counted, or two crossed, in the rows where all conditions hold; also returns the columns' names.

    Raises:
        QdaError: There is no such column.
        UsageError: A column is crossed with itself.
    """
    column_of = study.datasets.column_of(one)
    names = tuple(column_of(name) for name in columns)
    if len({*names}) < len(names):
        raise UsageError(f"'{names[0]}' cannot be crossed with itself; name two columns, or one")
    where = [each._replace(column=column_of(each.column)) for each in conditions]
    data = study.datasets.data(one, {*names, *(each.column for each in where)})
    found = [data.columns[name] for name in names]
    if where:
        rows = rows_where(data, where)
        found = [[column[row] for row in rows] for column in found]
    return cross(*found), names


def wide(found: Crossing, names: Sequence[str], base: str, decimals: int) -> tuple[list[str], list[tuple[str, ...]]]:
    """A crossing for reading: how many rows, and in brackets which percentage of the base they are."""
    header = [names[0], *(found.across if len(names) > 1 else ("rows",))]
    rows = []
    for down in found.down:
        cells = []
        for across in found.across:
            number = found.counts[down, across]
            share = percent(number, found.base(_base(base, names), down, across), decimals)
            cells.append(f"{number} ({share} %)" if share else str(number))
        rows.append((down, *cells))
    return header, rows


def long(found: Crossing, names: Sequence[str], decimals: int) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """A crossing for machines: a row a cell, with the number of rows and its percentages of each base."""
    two = len(names) > 1
    bases = BASES if two else ("total",)
    header = [*names, "rows", *(f"percent_of_{base}" for base in bases)]
    lines: list[tuple[Cell, ...]] = []
    for down in found.down:
        for across in found.across:
            number = found.counts[down, across]
            shares = [percent(number, found.base(base, down, across), decimals) for base in bases]
            lines.append((down, *((across,) if two else ()), number, *(float(one) if one else None for one in shares)))
    return header, lines


def _base(base: str, names: Sequence[str]) -> str:
    return base if len(names) > 1 else "total"


def rounding_notes(found: Crossing, names: Sequence[str], base: str, decimals: int) -> list[str]:
    """Which rows or columns do not add up to 100 by rounding: they are left so."""
    base = _base(base, names)
    inner = [value for value in found.across if value != TOTAL] or [TOTAL]
    below = [value for value in found.down if value != TOTAL]
    groups: dict[str, list[tuple[str, str]]]
    if base == "row":
        groups = {down: [(down, across) for across in inner] for down in found.down}
    elif base == "column":
        groups = {across: [(down, across) for down in below] for across in found.across}
    else:
        groups = {TOTAL: [(down, across) for down in below for across in inner]}
    odd = []
    for name, cells in groups.items():
        shares = [percent(found.counts[cell], found.base(base, *cell), decimals) for cell in cells]
        added = round(sum(float(share) for share in shares if share), decimals)
        if any(shares) and added != HUNDRED:
            odd.append(f"{name} {added:.{decimals}f}")
    if not odd:
        return []
    return [f"Percentages that do not add up to 100 by rounding, and are left so: {', '.join(odd)}."]

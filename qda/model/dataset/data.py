"""The columns of a dataset as they were typed, and what kind of values each of them holds."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import WrongLinesError
from qda.model.delimited import column_names, full_rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from fractions import Fraction

_AT_ONCE = 10_000
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Data(NamedTuple):
    """A dataset: the names of its columns, the cells of each column that was read, and the line of each row."""

    names: tuple[str, ...]
    columns: dict[str, list[str]]
    lines: list[int]


class Kind(NamedTuple):
    """What a column holds: `number`, `date`, `text`, or `empty`; how many different values, and how many empty cells.

    A column is of numbers or dates only where every value is one beyond doubt: `007` and `5,894` are text, as are
    days that are not written 2024-05-14.
    """

    name: str
    type: str
    different: int
    missing: int


def read_data(text: str, delimiter: str, wanted: Collection[str] | None = None) -> Data:
    """Read the rows of a table, all columns or the wanted ones; equal cells are kept once.

    Raises:
        WrongLinesError: The table is damaged; the sentence names the line.
    """
    rows = rows_of(text.removeprefix("\ufeff"), delimiter)
    header = next((row for row in rows if not row.is_blank), None)
    if header is None:
        raise WrongLinesError([(1, "this table is empty; its first line must name the columns")])
    names = column_names(header)
    places = [at for at, name in enumerate(names) if wanted is None or name in wanted]
    columns: list[list[str]] = [[] for _ in places]
    once: list[dict[str, str]] = [{} for _ in places]
    lines: list[int] = []
    part: list[list[str]] = []

    def take() -> None:
        cells = list(zip(*part, strict=True))
        for place, column, known in zip(places, columns, once, strict=True):
            column.extend(map(known.setdefault, cells[place], cells[place]))
        part.clear()

    for line, cells in full_rows(rows, len(names), delimiter):
        lines.append(line)
        part.append(cells)
        if len(part) == _AT_ONCE:
            take()
    if part:
        take()
    return Data(names, {names[place]: column for place, column in zip(places, columns, strict=True)}, lines)


def is_missing(cell: str) -> bool:
    """Whether a cell says nothing: it is empty, or holds spaces only."""
    return not cell or cell.isspace()


def kinds_of(data: Data) -> list[Kind]:
    """What the columns hold, in their order."""
    return [_kind(name, column) for name, column in data.columns.items()]


def _kind(name: str, column: Sequence[str]) -> Kind:
    blank = {cell for cell in set(column) if is_missing(cell)}
    values = {*column} - blank
    missing = sum(column.count(cell) for cell in blank)
    if not values:
        return Kind(name, "empty", 0, missing)
    if all(map(_NUMBER.fullmatch, values)):
        kind = "number"
    elif all(is_day(value) for value in values):
        kind = "date"
    else:
        kind = "text"
    return Kind(name, kind, len(values), missing)


def is_day(value: str) -> bool:
    """Whether a value is a day that was or will be, as 2024-05-14."""
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


class Order(NamedTuple):
    """What a value is compared by: its kind, `number` or `date`, and its place; a day by its number since year 1."""

    kind: str
    place: Fraction


def order_of(value: str) -> Order | None:
    """What a value is compared by; None where it is neither a number nor a day."""
    from fractions import Fraction

    if _NUMBER.fullmatch(value):
        return Order("number", Fraction(value))
    return Order("date", Fraction(date.fromisoformat(value).toordinal())) if is_day(value) else None


def in_order(values: Collection[str]) -> list[str]:
    """Values as they are listed: numbers by their size where all are numbers, else by their letters."""
    from fractions import Fraction

    if all(_NUMBER.fullmatch(value) for value in values):
        return sorted(values, key=lambda value: (Fraction(value), value))
    return sorted(values, key=lambda value: (value.casefold(), value))

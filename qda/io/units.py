"""Units that were cut beforehand, from a table: the value that each coder gave each unit."""

from __future__ import annotations

from math import isfinite

from qda.errors import BadFileError
from qda.io.tables import read_table

COLUMNS = ("unit", "coder", "value")


def read_units(text: str, file: str) -> dict[str, dict[str, str | int | float]]:
    """The values by unit and coder, in the order of the file; numbers where all of them are. Empty ones are missing.

    Raises:
        BadFileError: The table is damaged, lacks a column, or gives a unit two values by one coder.
    """
    table = read_table(text, file)
    names = [name.casefold() for name in table.header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise BadFileError(
            file, f"there is no column '{missing[0]}'; the table has unit, coder and value", line=table.line
        )
    places = [names.index(name) for name in COLUMNS]
    found: dict[str, dict[str, str]] = {}
    for row in table.rows:
        unit, coder, value = (row.cells[place].strip() for place in places)
        if not unit or not coder:
            raise BadFileError(file, "the unit and the coder must be named; only a value may be empty", line=row.line)
        if coder in found.setdefault(unit, {}):
            raise BadFileError(file, f"'{coder}' has a value for the unit '{unit}' already; leave one", line=row.line)
        if value:
            found[unit][coder] = value
    return _numbers(found)


def _numbers(found: dict[str, dict[str, str]]) -> dict[str, dict[str, str | int | float]]:
    """The same with numbers, where every value is one."""
    numbers = {value: _number(value) for by_coder in found.values() for value in by_coder.values()}
    if None in numbers.values():
        return {unit: dict(by_coder) for unit, by_coder in found.items()}
    return {unit: {coder: numbers[value] or 0 for coder, value in by_coder.items()} for unit, by_coder in found.items()}


def _number(words: str) -> float | None:
    try:
        number = float(words)
    except ValueError:
        return None
    return number if isfinite(number) else None

"""What a tidy table is: its columns with their types, units and meanings, and where its rows come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.reports.study_tables.taken import Taken

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]


class Column(NamedTuple):
    """A column: its name, the type of its cells (text, integer, number, boolean), what they mean, in which unit.

    `refers` is the column of another table whose values stand here, as `sources.id`.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    refers: str = ""


class StudyTable(NamedTuple):
    """A table: its name, what a row of it is, its columns, and its rows; an empty cell is None.

    `key` are the columns that tell its rows apart.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Taken], Iterator[Row]]
    key: tuple[str, ...] = ("id",)


def text(name: str, meaning: str, *, refers: str = "") -> Column:
    """A column of words."""
    return Column(name, "text", meaning, refers=refers)


def whole(name: str, meaning: str, unit: str = "") -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", meaning, unit)


def yes_no(name: str, meaning: str) -> Column:
    """A column of true and false."""
    return Column(name, "boolean", meaning)


def listed(values: tuple[str, ...]) -> str | None:
    """Several words in one cell, as all tables of the study write them: parted by `|`."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values) or None

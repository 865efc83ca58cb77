"""Two writings of the same report compared, cell by cell."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Tabled(NamedTuple):
    """A table as words, with what stands over it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Difference(NamedTuple):
    """What differs: the table, the row and the column (empty where all of it), what was and what is."""

    title: str
    row: str
    column: str
    was: str
    now: str

    def said(self) -> str:
        """It in words."""
        place = " | ".join(filter(None, (self.row, self.column)))
        return f"{place or self.title}: {self.was or '(empty)'} -> {self.now or '(empty)'}"


GONE, NEW, THERE = "(not there)", "(new)", "(there)"


def cells_in(tables: Sequence[Tabled]) -> int:
    """How many cells tables have."""
    return sum(len(table.columns) * len(table.rows) for table in tables)


def differences(was: Sequence[Tabled], now: Sequence[Tabled]) -> Iterator[Difference]:
    """The cells, rows, columns, titles and tables that differ, in order."""
    nothing = Tabled("", (), ())
    for old, new in zip_longest(was, now, fillvalue=nothing):
        if old is nothing or new is nothing:
            known = new if old is nothing else old
            yield Difference(known.title, "", "", *((GONE, NEW) if old is nothing else (THERE, GONE)))
            continue
        if old.title != new.title:
            yield Difference("title", "", "", old.title, new.title)
        yield from _in_table(old, new)


def _in_table(old: Tabled, new: Tabled) -> Iterator[Difference]:
    names = _names(old, new)
    before = dict(zip(_named(old, names), old.rows, strict=True))
    after = dict(zip(_named(new, names), new.rows, strict=True))
    gone = [column for column in old.columns if column not in new.columns]
    for column in gone:
        yield Difference(old.title, "", column, THERE, GONE)
    for column in new.columns:
        if column not in old.columns:
            yield Difference(old.title, "", column, GONE, NEW)
    for name, row in before.items():
        if name not in after:
            yield Difference(old.title, " | ".join(name), "", THERE, GONE)
            continue
        is_now = dict(zip(new.columns, after[name], strict=False))
        for column, cell in zip(old.columns, row, strict=False):
            if column in is_now and is_now[column] != cell:
                yield Difference(old.title, " | ".join(name), column, cell, is_now[column])
    for name in after:
        if name not in before:
            yield Difference(old.title, " | ".join(name), "", GONE, NEW)


def _names(old: Tabled, new: Tabled) -> tuple[str, ...]:
    """The fewest first columns of words that name the rows of both tables; none where nothing does."""
    words = [
        column
        for column in old.columns
        if column in new.columns
        and not all(cell.isdecimal() for table in (old, new) for cell in _column(table, column))
    ]
    for size in range(1, len(words) + 1):
        chosen = tuple(words[:size])
        if all(len({*_named(table, chosen)}) == len(table.rows) for table in (old, new)):
            return chosen
    return ()


def _column(table: Tabled, column: str) -> list[str]:
    at = table.columns.index(column)
    return [row[at] for row in table.rows if at < len(row)]


def _named(table: Tabled, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What each row is called; without columns that name rows, the number of its line."""
    if not names:
        return [(f"row {number}",) for number, _ in enumerate(table.rows, start=1)]
    at = [table.columns.index(name) for name in names]
    return [tuple(row[place] for place in at if place < len(row)) for row in table.rows]

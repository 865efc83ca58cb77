"""Recodings: values of a column that are read as another one, everywhere or under conditions; the file stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.dataset.data import is_missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.dataset.data import Data

MISSING = "(missing)"


class Condition(NamedTuple):
    """A column that has a value, or with `!=` any other; the value `(missing)` is that of empty cells."""

    column: str
    sign: str
    value: str

    def __str__(self) -> str:
        return f"{self.column}{self.sign}{self.value}"


class Recoding(NamedTuple):
    """In a column, where all conditions hold, `was` (None: whatever stands there) is read as `becomes`."""

    column: str
    was: str | None
    becomes: str
    where: tuple[Condition, ...] = ()

    @property
    def said(self) -> str:
        """What it does, in words."""
        was = "whatever stands there" if self.was is None else f"'{self.was or MISSING}'"
        where = f" where {' and '.join(map(str, self.where))}" if self.where else ""
        return f"{self.column}: {was} is '{self.becomes or MISSING}'{where}"


def parse_condition(words: str) -> Condition:
    """A condition from `COLUMN=VALUE` or `COLUMN!=VALUE`; nothing is looked up.

    Raises:
        QdaError: It is neither.
    """
    column, sign, value = words.partition("=")
    if not sign or not column.strip("! "):
        raise QdaError(f"a condition is COLUMN=VALUE or COLUMN!=VALUE, not '{words}'")
    if column.endswith("!"):
        return Condition(column[:-1].strip(), "!=", value.strip())
    return Condition(column.strip(), "=", value.strip())


def rows_where(data: Data, conditions: Sequence[Condition]) -> list[int]:
    """The rows, counted from 0, in which all conditions hold."""
    found: Sequence[int] = range(len(data.lines))
    for one in conditions:
        column, same = data.columns[one.column], one.sign == "="
        fits = {value: _fits(value, one.value) is same for value in {*column}}
        found = [row for row in found if fits[column[row]]]
    return list(found)


def _fits(cell: str, value: str) -> bool:
    return is_missing(cell) if value in ("", MISSING) else cell == value


def recode(data: Data, one: Recoding) -> int:
    """Read values as another one, in place; returns in how many rows that changes what stands there."""
    column = data.columns[one.column]
    fits = {value: one.was is None or _fits(value, one.was) for value in {*column}}
    rows = [row for row in rows_where(data, one.where) if fits[column[row]] and column[row] != one.becomes]
    for row in rows:
        column[row] = one.becomes
    return len(rows)

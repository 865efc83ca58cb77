"""Rules of consistency, each a short sentence such as `exit not before entry`, and the rows that break them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.dataset.data import Order, is_missing, order_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.model.dataset.data import Data

FORMS = (
    "COLUMN present",
    "COLUMN unique",
    "COLUMN one of VALUE|VALUE|...",
    "COLUMN from LOW to HIGH",
    "COLUMN not before COLUMN",
)
_FORMS = {
    "present": re.compile(r"(.+?) present"),
    "unique": re.compile(r"(.+?) unique"),
    "before": re.compile(r"(.+?) not before (.+)"),
    "range": re.compile(r"(.+?) from (\S+) to (\S+)"),
    "among": re.compile(r"(.+?) one of (.+)"),
}


class Rule(NamedTuple):
    """A rule: its form, the columns that it is about, and its values."""

    form: str
    columns: tuple[str, ...]
    values: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The rule as it is written."""
        first = self.columns[0]
        if self.form == "before":
            return f"{first} not before {self.columns[1]}"
        if self.form == "among":
            return f"{first} one of {'|'.join(self.values)}"
        if self.form == "range":
            return f"{first} from {self.values[0]} to {self.values[1]}"
        return f"{first} {self.form}"


class Flag(NamedTuple):
    """A row (counted from 0) that breaks a rule, and how."""

    row: int
    said: str


def parse_rule(words: str, column_of: Callable[[str], str]) -> Rule:
    """A rule from its words; `column_of` finds a column by name.

    Raises:
        QdaError: They are none, or name a column that is not there.
    """
    plain = " ".join(words.split())
    for form, pattern in _FORMS.items():
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        if form == "before":
            return Rule(form, (column_of(found[1]), column_of(found[2])))
        if form == "among":
            return Rule(form, (column_of(found[1]),), tuple(value.strip() for value in found[2].split("|")))
        if form == "range":
            return _range(column_of(found[1]), found[2], found[3])
        return Rule(form, (column_of(found[1]),))
    raise QdaError(f"'{words}' is no rule; a rule is {', '.join(FORMS[:-1])} or {FORMS[-1]}")


def _range(column: str, low: str, high: str) -> Rule:
    first, last = _ends(low, high)
    if last.place < first.place:
        raise QdaError(f"the range from {low} to {high} has its low end behind its high one")
    return Rule("range", (column,), (low, high))


def _ends(low: str, high: str) -> tuple[Order, Order]:
    first, last = order_of(low), order_of(high)
    if first is None or last is None or first.kind != last.kind:
        raise QdaError(f"a range goes between two numbers or two days as 2024-05-14, not from {low} to {high}")
    return first, last


def broken(data: Data, rule: Rule) -> list[Flag]:
    """The rows that break a rule; an empty cell breaks only `present`.

    Raises:
        QdaError: Nothing in a column can be compared as the rule wants it.
    """
    return list(_CHECKS[rule.form](data, rule))


def _present(data: Data, rule: Rule) -> Iterator[Flag]:
    name = rule.columns[0]
    for row, cell in enumerate(data.columns[name]):
        if is_missing(cell):
            yield Flag(row, f"{name} is empty")


def _unique(data: Data, rule: Rule) -> Iterator[Flag]:
    name = rule.columns[0]
    column = data.columns[name]
    often = {cell: number for cell, number in Counter(column).items() if number > 1 and not is_missing(cell)}
    for row, cell in enumerate(column):
        if cell in often:
            yield Flag(row, f"{name} '{cell}' stands in {often[cell]} rows")


def _among(data: Data, rule: Rule) -> Iterator[Flag]:
    name = rule.columns[0]
    column = data.columns[name]
    strange = {cell for cell in {*column} - {*rule.values} if not is_missing(cell)}
    for row, cell in enumerate(column):
        if cell in strange:
            yield Flag(row, f"{name} is '{cell}'")


def _in_range(data: Data, rule: Rule) -> Iterator[Flag]:
    name = rule.columns[0]
    column = data.columns[name]
    low, high = _ends(*rule.values)
    orders = {cell: order_of(cell) for cell in {*column} if not is_missing(cell)}
    _refuse_other(name, orders, low.kind)
    said = {}
    for cell, order in orders.items():
        if order is None or order.kind != low.kind:
            said[cell] = f"{name} '{cell}' is no {low.kind}"
        elif order.place < low.place or high.place < order.place:
            said[cell] = f"{name} is {cell}"
    for row, cell in enumerate(column):
        if cell in said:
            yield Flag(row, said[cell])


def _not_before(data: Data, rule: Rule) -> Iterator[Flag]:
    late, early = rule.columns
    columns = data.columns[late], data.columns[early]
    orders: dict[str, Order | None] = {}
    for name, column in zip(rule.columns, columns, strict=True):
        known = {cell: order_of(cell) for cell in {*column} if not is_missing(cell)}
        _refuse_other(name, known, "")
        orders |= known
    for row, (one, other) in enumerate(zip(*columns, strict=True)):
        if one not in orders or other not in orders:
            continue
        first, second = orders[one], orders[other]
        if first is None or second is None or first.kind != second.kind:
            yield Flag(row, f"{late} '{one}' and {early} '{other}' cannot be compared")
        elif first.place < second.place:
            yield Flag(row, f"{late} {one} is before {early} {other}")


def _refuse_other(name: str, orders: dict[str, Order | None], kind: str) -> None:
    """Refuse a rule for a column in which no value is of the kind that it compares (empty: of any)."""
    if orders and not any(order is not None and kind in ("", order.kind) for order in orders.values()):
        what = f"no {kind}" if kind else "neither numbers nor days as 2024-05-14"
        raise QdaError(f"'{name}' holds {what}, but '{min(orders)}'; such a rule does not fit it")


_CHECKS: dict[str, Callable[[Data, Rule], Iterator[Flag]]] = {
    "present": _present,
    "unique": _unique,
    "among": _among,
    "range": _in_range,
    "before": _not_before,
}

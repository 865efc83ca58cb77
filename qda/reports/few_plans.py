"""Where the cells of reports stand, and what adds up to what, so that those of few cases can be withheld."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from qda.model.paths import split_path
from qda.reports.behind import BELOW, reading_table, values_of
from qda.reports.crosstab import ALL
from qda.reports.report import Table, cell_name
from qda.reports.suppressing import Figure, Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from qda.reports.report import Cell, Report

    Id = Hashable

_OWN = ("passages", "characters", "share", "sources", "persons", "cases", "coders")
_OWN_COMPARED = (
    "passages",
    "sources",
    "persons",
    "cases",
    "per_case",
    "per_10000_words",
    "base_found_own",
    "share_own",
)
_BELOW_COMPARED = ("base_found", "share")
_TESTED = ("p", "p_holm", "cramers_v")


@dataclass
class Plan:
    """Where the cells of a report stand.

    Attributes:
        cells: The figure of each cell.
        sums: What adds up to what.
        places: For each cell the rows and columns of the table that show it.
        views: The same in the table for reading.
        names: The names of the evidence behind each cell.
        drop: The rows of the table that go as a whole with a cell.
        notes: How the note begins that says a cell too.
    """

    cells: dict[Id, Figure] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    places: dict[Id, list[tuple[int, str]]] = field(default_factory=dict)
    views: dict[Id, list[tuple[int, int]]] = field(default_factory=dict)
    names: dict[Id, list[str]] = field(default_factory=dict)
    drop: dict[Id, list[int]] = field(default_factory=dict)
    notes: dict[Id, str] = field(default_factory=dict)


# --- reports with codes below each other ------------------------------------------------------------------------


def _codes(report: Report) -> Plan:
    """Frequency and codebook: a code, and it with its subcodes."""
    plan, table, view = Plan(), report.table, report.view
    for number, row in enumerate(table.rows):
        said = dict(zip(table.columns, row, strict=True))
        code = str(said["code"])
        for kind, ending in (("own", ""), ("below", "_with_subcodes")):
            here = (kind, code)
            plan.cells[here] = Figure(_number(said[f"passages{ending}"]), _number(said[f"cases{ending}"]))
            plan.places[here] = [(number, f"{name}{ending}") for name in _OWN]
            plan.names[here] = [cell_name(code, f"passages{ending}")]
            shown = [f"{name}{ending}" for name in _OWN]
            plan.views[here] = [(number, at) for at, name in enumerate(view.columns) if name in shown] if view else []
    plan.sums = [
        Sum(("below", code), (("own", code), *(("below", one) for one in below))) for code, below in _below(table)
    ]
    return plan


def _below(table: Table) -> list[tuple[str, list[str]]]:
    """Each code of a table with the nearest codes below it that are there."""
    found: dict[str, list[str]] = {str(row[0]): [] for row in table.rows}
    by_path = {tuple(split_path(code)): code for code in found if code != ALL}
    for path, code in by_path.items():
        above = next((by_path[path[:size]] for size in range(len(path) - 1, 0, -1) if path[:size] in by_path), None)
        if above is not None:
            found[above].append(code)
    return list(found.items())


def _compared(report: Report) -> Plan:
    """A comparison: a code at values, alone and with its subcodes; with the passages of each code as margins."""
    plan, table, keys = Plan(), report.table, values_of(report)
    at = {name: number for number, name in enumerate(table.columns)}
    for number, row in enumerate(table.rows):
        code, key = str(row[0]), keys[number % len(keys)]
        line, column = number // len(keys), 1 + number % len(keys)
        for kind, ending, more in (("own", "", _OWN_COMPARED), ("below", "_with_subcodes", _BELOW_COMPARED)):
            here = (kind, code, key)
            plan.cells[here] = Figure(_number(row[at[f"passages{ending}"]]), _number(row[at[f"cases{ending}"]]))
            columns = (*more, *(f"{name}{ending}" for name in _OWN_COMPARED[:6] if ending), "state", *_TESTED)
            plan.places[here] = [(number, name) for name in columns]
            plan.views[here] = [(line, column)]
            plan.views[here] += [
                (line, last) for last in range(len(keys) + 2, len(report.view.columns) if report.view else 0)
            ]
            plan.names[here] = [cell_name(code, *key, *([BELOW] if ending else []))]
            whole = (kind, code, ())
            before = plan.cells.get(whole, Figure(0, 0))
            total = _number(row[at[f"distinct_passages{ending}"]])
            plan.cells[whole] = Figure(total, before.cases + plan.cells[here].cases)
            plan.places.setdefault(whole, []).append((number, f"distinct_passages{ending}"))
            plan.views[whole] = [(line, len(keys) + 1)]
    codes = _below(table)
    plan.sums = [
        Sum((kind, code, ()), tuple((kind, code, key) for key in keys))
        for code, _ in codes
        for kind in ("own", "below")
    ]
    plan.sums += [
        Sum(("below", code, key), (("own", code, key), *(("below", one, key) for one in below)))
        for code, below in codes
        for key in (*keys, ())
    ]
    return plan


# --- reports whose cells are rows --------------------------------------------------------------------------------


def _crossed(report: Report) -> Plan:
    """A crossing: every cell, and every margin over one or more of the things that are crossed."""
    plan, table = Plan(), report.table
    keys = table.columns.index("passages")
    _take_rows(plan, report, keys)
    plan.notes[(ALL,) * keys] = "Base: "
    frame = [list(dict.fromkeys(row[at] for row in table.rows)) for at in range(keys)]
    for at in range(keys):
        inner = [value for value in frame[at] if value != ALL]
        others = [values if place != at else [ALL] for place, values in enumerate(frame)]
        for key in product(*others):
            parts = tuple((*key[:at], value, *key[at + 1 :]) for value in inner)
            plan.sums.append(Sum(key, parts))
    return plan


def _timed(report: Report) -> Plan:
    """A timeline: a code in a period; how often a code occurs at all is known from elsewhere."""
    plan = Plan()
    _take_rows(plan, report, 2)
    _known_totals(plan)
    return plan


def _take_rows(plan: Plan, report: Report, keys: int) -> None:
    """Every row of the table is a cell, which stands in the table for reading in the same order."""
    table, view = report.table, reading_table(report)
    across = len(table.rows) // len(view.rows) if view.rows else 1
    labels = len(view.columns) - across
    columns = [name for name in table.columns[keys:] if name in (*_OWN, "share_of_code", "share_of_sources")]
    for number, row in enumerate(table.rows):
        said = dict(zip(table.columns, row, strict=True))
        here = row[:keys]
        plan.cells[here] = Figure(_number(said["passages"]), _number(said["cases"]))
        plan.places[here] = [(number, name) for name in columns]
        plan.views[here] = [(number // across, labels + number % across)]
        plan.names[here] = [cell_name(*map(str, here))]


def _quoted(report: Report) -> Plan:
    """A quote matrix: a code at a value; the quotes go with the cell."""
    plan, view = Plan(), reading_table(report)
    for line, row in enumerate(view.rows):
        for column, value in enumerate(view.columns[1:], start=1):
            passages, _, cases = str(row[column]).partition(" [")
            here = (str(row[0]), value)
            plan.cells[here] = Figure(
                _number(passages), _number(cases.partition(" ")[0]) if passages.isdecimal() else 0
            )
            plan.views[here] = [(line, column)]
            plan.names[here] = [cell_name(*here)]
    for number, quote in enumerate(report.table.rows):
        plan.drop.setdefault((quote[0], quote[1]), []).append(number)
    _known_totals(plan)
    return plan


def _joined(report: Report) -> Plan | None:
    """A joint display by values: a theme at a value; facts and datasets are no counts of these cases. None by case."""
    if "value" not in report.table.columns:
        return None
    plan = Plan()
    across = len(reading_table(report).columns) - 1
    for number, row in enumerate(report.table.rows):
        said = dict(zip(report.table.columns, row, strict=True))
        if said["kind"] != "theme":
            continue
        here = (said["column"], said["value"])
        plan.cells[here] = Figure(_number(said["passages"]), _number(said["n"]))
        plan.places[here] = [(number, name) for name in ("passages", "n", "base_found", "state", "quotation")]
        plan.views[here] = [(number // across, 1 + number % across)]
        plan.names[here] = [cell_name(str(said["value"]), "theme", str(said["column"]))]
    _known_totals(plan)
    return plan


def _known_totals(plan: Plan) -> None:
    """How often each code occurs at all: no cell of this report, and known to whoever has the others."""
    rows: dict[object, list[Id]] = {}
    for here in plan.cells:
        rows.setdefault(here[0], []).append(here)  # type: ignore[index]
    for code, cells in rows.items():
        listed = [plan.cells[one] for one in cells]
        plan.cells["total", code] = Figure(
            sum(one.value for one in listed), sum(one.cases for one in listed), known=True
        )
        plan.sums.append(Sum(("total", code), tuple(cells)))


def _number(cell: Cell) -> int:
    words = str(cell)
    return int(words) if words.isdecimal() else 0


PLANS: dict[str, Callable[[Report], Plan | None]] = {
    "frequency": _codes,
    "codebook": _codes,
    "comparison": _compared,
    "crosstab": _crossed,
    "timeline": _timed,
    "quotes": _quoted,
    "joint": _joined,
}

"""The framework matrix in a document: in each cell what the team wrote, and how many passages stand behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.report import Table

if TYPE_CHECKING:
    from qda.reports.report import Cell, Report


def summary_matrix(report: Report) -> Table:
    """Cases by themes, from the report on the framework: each cell its summary, or why there is none."""
    table = report.table
    at = table.columns.index("theme")
    found: dict[tuple[Cell, ...], list[str]] = {}
    themes: dict[str, None] = {}
    for row in table.rows:
        themes[str(row[at])] = None
        known = dict(zip(table.columns[at:], row[at:], strict=True))
        found.setdefault(row[:at], []).append(_said(known))
    return Table((*table.columns[:at], *themes), tuple((*names, *cells) for names, cells in found.items()))


def _said(known: dict[str, Cell]) -> str:
    """What stands in a cell; one that is stale says why."""
    why = f"{known['state']}: {known['stale_because']}" if known["stale_because"] else str(known["state"])
    sign = "" if known["state"] == "written" else f"[{why}]"
    number = f"({known['passages']})" if known["passages"] else ""
    return " ".join(filter(None, (sign, str(known["summary"] or ""), number)))

"""The figures by which the cells of a matrix are shaded, each with what stands in its place in few signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.behind import pair_of, values_of
from qda.reports.states import NONE_FOUND, NOT_ASKED, NOT_YET, UNASKED, UNKNOWN

if TYPE_CHECKING:
    from qda.reports.report import Report

SIGNS = {NONE_FOUND: "–", NOT_YET: "…", NOT_ASKED: "∅", UNKNOWN: "?"}

Shades = dict[tuple[int, int], tuple[float, str]]
"""By row and column of the table for reading: the figure (0: no shade) and the signs."""


def shades_of(report: Report) -> Shades:
    """The shades of a report; of one that is no matrix, none."""
    if report.view is None or not report.table.rows:
        return {}
    if report.name == "comparison":
        return _of_comparison(report)
    if report.name == "portrait":
        return _of_pieces(report)
    return _of_pairs(report) if report.name == "cooccurrence" else {}


def darkest_said(report: Report, shades: Shades) -> str:
    """Up to what the shades go, in words."""
    most = max((figure for figure, _ in shades.values()), default=0.0)
    if report.name == "portrait":
        return f"{most:g} % of a piece"
    if report.name == "comparison":
        return f"{most:.0%} of the base's cases" if most <= 1 else many(int(most), "passage")
    return f"{most:.0%}" if 0 < most <= 1 and not most.is_integer() else f"{most:g}"


def level(figure: float, most: float, levels: int) -> int:
    """The step of a shade, from 1 for the faintest up to `levels`; 0 is none."""
    return min(levels, 1 + int(figure / most * (levels - 0.001))) if figure and most else 0


def _of_pairs(report: Report) -> Shades:
    """The figures of pairs; the diagonal is no meeting, so it has no shade."""
    found: Shades = {}
    for row, cells in enumerate(report.view.rows if report.view else ()):
        for column in range(2, len(cells)):
            one, other = pair_of(report, row, column)
            text = str(cells[column])
            figure, _, whole = text.partition(" of ")
            share = int(figure) / int(whole) if whole.isdecimal() and int(whole) else float(figure or 0)
            found[row, column] = (0.0 if one == other else share, figure)
    return found


def _of_pieces(report: Report) -> Shades:
    """The percents of pieces."""
    rows = report.view.rows if report.view else ()
    return {
        (row, column): (float(str(cells[column])), str(cells[column] or ""))
        for row, cells in enumerate(rows)
        for column in range(2, len(cells))
    }


def _of_comparison(report: Report) -> Shades:
    """The figures of codes and values: of the cases of the base where there is one, else of passages."""
    table, values = report.table, values_of(report)
    at = {name: table.columns.index(name) for name in ("passages_with_subcodes", "base", "share", "state")}
    bases = any(row[at["base"]] for row in table.rows)
    found: Shades = {}
    for number, row in enumerate(table.rows):
        place = divmod(number, len(values))
        passages, base, share = (row[at[name]] for name in ("passages_with_subcodes", "base", "share"))
        figure = (share if bases else passages) or 0
        text = f"{passages}{'*' if row[at['state']] == UNASKED else ''}"
        if base and isinstance(share, float) and isinstance(base, int):
            text += f" · {round(share * base)}/{base}"
        if not passages:
            sign = SIGNS.get(str(row[at["state"]]), "0")
            partly = "" if sign == SIGNS[NONE_FOUND] else SIGNS[NONE_FOUND]
            text = f"{partly}{sign} 0/{base}" if base else sign
        found[place[0], place[1] + 1] = (float(figure) if passages else 0.0, text)
    return found

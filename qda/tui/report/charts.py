"""Charts made of letters: bars for how often, shades for matrices; the number always stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.render.cells import shown
from qda.reports.shades import SIGNS, darkest_said, level, shades_of
from qda.tui.report.sheet import Box, Sheet
from qda.tui.theme import tint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.reports.report import Cell, Report
    from qda.tui.report.kinds import Kind
    from qda.tui.theme import Bar, Paint

SHADES = " ░▒▓█"
OWN, BELOW = "█", "▒"
BAR = 200  # cells of the longest bar; what does not fit is cut by the width of the screen
ENDING = "_with_subcodes"
ZERO = "·"


class Bars(Sheet):
    """One measure of all codes, as bars: the code's own, and with its subcodes behind it."""

    def __init__(self, report: Report, kind: Kind, colours: Mapping[str, Bar], measure: str, width: int) -> None:
        super().__init__(report, kind, colours)
        table = report.view or report.table
        known = measure.removesuffix(ENDING)
        self.measure = known if known in table.columns[1:] else table.columns[1]
        wanted = ("code", self.measure, self.measure + ENDING)
        self._places = [table.columns.index(name) for name in wanted if name in table.columns]
        self.columns = (*(table.columns[place] for place in self._places), "")
        self.numeric = [False, *(True for _ in self._places[1:]), False]
        self._room = BAR
        longest = max((len(str(row[0])) for row in self.rows), default=0) + 1
        figures = sum(len(self.heading(at)) + 3 for at in range(1, len(self._places)))
        self._room = max(min(width - min(longest, width * 2 // 5) - figures - 6, BAR), 8)
        self._most = max((self._figure(row, -1) for row in range(len(self.rows))), default=0)

    def _figure(self, row: int, place: int) -> float:
        cell = self.rows[row][self._places[place]]
        return float(cell) if isinstance(cell, int | float) else 0.0

    def heading(self, column: int) -> str:
        """The bars' heading says what their two signs mean."""
        if column < len(self._places):
            return "+ subcodes" if column == 2 else super().heading(column)
        if len(self._places) < 3:
            return ""
        return f"{OWN} own  {BELOW} with subcodes" if self._room > 24 else f"{OWN} own {BELOW} all"

    def box(self, row: int, column: int) -> Box:
        """A figure, or the bar."""
        if column < len(self._places):
            return self._number(row, column) if column else super().box(row, column)
        own, both = self._length(self._figure(row, 1)), self._length(self._figure(row, -1))
        code = str(self.rows[row][0])
        bar = self.colours.get(code)
        return Box(OWN * own + BELOW * max(both - own, 0), colour=bar.colour if bar is not None else "")

    def _number(self, row: int, column: int) -> Box:
        cell = self.rows[row][self._places[column]]
        return Box(shown(self.measure, cell), right=True)

    def _length(self, figure: float) -> int:
        return max(round(figure / self._most * self._room), 1) if figure else 0

    def value(self, row: int, column: int) -> Cell:
        """The bar is sorted by its whole length."""
        return self.rows[row][self._places[min(column, len(self._places) - 1)]]

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """A bar stands for its longest figure."""
        return row, self._places[min(column, len(self._places) - 1)]


class Heat(Sheet):
    """A matrix in shades; what is empty says why by a sign."""

    def __init__(self, report: Report, kind: Kind, colours: Mapping[str, Bar], paint: Paint, warm: str) -> None:
        super().__init__(report, kind, colours)
        self._paint, self._warm = paint, warm
        self._figures = shades_of(report)
        self._most = max((figure for figure, _ in self._figures.values()), default=0.0)

    def box(self, row: int, column: int) -> Box:
        """A shade with its number."""
        figure = self._figures.get((row, column))
        if figure is None:
            return super().box(row, column)
        step = level(figure[0], self._most, 4)
        if not step:
            return Box(f"   {ZERO if figure[1] == '0' else figure[1]}", right=True, colour=self._paint.quiet)
        ground = tint(self._warm, self._paint.ground, 0.11 * step)
        return Box(f" {figure[1]}", right=True, sign=SHADES[step] * 2, colour=self._warm, ground=ground)

    def value(self, row: int, column: int) -> Cell:
        """A shade is sorted by its figure."""
        figure = self._figures.get((row, column))
        if figure is None:
            return super().value(row, column)
        return figure[0] if self.report.name == "comparison" or figure[0] else figure[1]

    @property
    def legend(self) -> str:
        """What shades and signs mean."""
        most = darkest_said(self.report, self._figures)
        if self.report.name == "comparison":
            signs = " · ".join(f"{sign} {state}" for state, sign in SIGNS.items())
            return f"{SHADES.strip()} up to {most}; empty: {signs}; * found though nobody was asked"
        return f"{SHADES.strip()} up to {most}; {ZERO} never; the diagonal (passages of the code) has no shade"


def chart_of(sheet: Sheet, measure: str, width: int, paint: Paint, warm: str) -> Sheet | None:
    """The chart of a report; None where its table has none."""
    report, kind = sheet.report, sheet.kind
    if not sheet.rows:
        return None
    if kind.chart == "bars":
        return Bars(report, kind, sheet.colours, measure, width)
    if kind.chart == "heat" and report.view is not None:
        return Heat(report, kind, sheet.colours, paint, warm)
    return None

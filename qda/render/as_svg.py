"""Pictures of reports: bars for how often, dots with their intervals for agreement, shades for matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.render.cells import shown
from qda.render.svg import STEPS, dot, drawing, line, number, rect, row, width, words
from qda.reports.behind import pair_of, reading_table
from qda.reports.shades import SIGNS, darkest_said, level, shades_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.reports.report import Cell, Report

MOST = 60
"""Rows of a chart at most; a matrix has all of its own."""
HIGH = 22
ROOM = 420
LONGEST = 44
ALPHAS = (0.667, 0.8)


def report_svg(report: Report) -> str:
    """The picture of a report.

    Raises:
        UsageError: There is none of such a report, or of such a table.
    """
    made = picture(report)
    if made is None:
        raise UsageError(
            f"there is no picture of this table of '{report.name}'; frequency, agreement, cooccurrence without --long,"
            " comparison and portrait have one"
        )
    return made


def picture(report: Report) -> str | None:
    """The picture of a report as SVG, None where there is none."""
    draw = PICTURES.get(report.name)
    return draw(report) if draw is not None else None


def short(path: str, longest: int = LONGEST) -> str:
    """A path that is too long, cut at its beginning: its end says more."""
    if len(path) <= longest:
        return path
    kept = path[1 - longest :]
    return f"…{kept[kept.find('/') :] if '/' in kept else kept}"


def _bars(report: Report) -> str | None:
    """Passages of each code, and behind them those with its subcodes; codes without any are left out."""
    table = reading_table(report)
    at = table.columns.index("passages")
    below = table.columns.index("passages_with_subcodes") if "passages_with_subcodes" in table.columns else at
    chosen = _highest([(place, _figure(cells[below])) for place, cells in enumerate(table.rows)])
    if not chosen:
        return None
    most = max(_figure(table.rows[place][below]) for place in chosen)
    left = max(width(short(str(table.rows[place][0]))) for place in chosen) + 12
    top, marks = 34.0, []
    for step in _steps(most):
        x = left + step / most * ROOM
        marks.append(line(x, top - 4, x, top + HIGH * len(chosen), "line"))
        marks.append(words(x, top - 10, f"{step:,}", colour="quiet", at="middle"))
    for order, place in enumerate(chosen):
        cells, y = table.rows[place], top + HIGH * order
        own, both = _figure(cells[at]), _figure(cells[below])
        said = f"{own:.0f}" if own == both else f"{f'{own:.0f}; ' if own else ''}{both:.0f} with subcodes"
        bars = [rect(left, y + 4, both / most * ROOM, HIGH - 8, "below")] if both > own else []
        bars += [rect(left, y + 4, own / most * ROOM, HIGH - 8, "own")] if own else []
        label = words(left - 8, y + 15, short(str(cells[0])), at="end")
        marks.append(row(place, label, *bars, words(left + both / most * ROOM + 6, y + 15, said, colour="quiet")))
    left_out = sum(_figure(cells[below]) > 0 for cells in table.rows) - len(chosen)
    said = "Passages of each code; light: with its subcodes." if below != at else "Passages of each code."
    said += f" The {MOST} most frequent; {left_out} more are in the table." if left_out else ""
    return drawing(left + ROOM + 170, top + HIGH * len(chosen) + 10, report.title, said, marks)


def _highest(figures: Sequence[tuple[int, float]]) -> list[int]:
    """The rows with the highest figures, in the order of the table; none that is zero."""
    some = [(figure, -place) for place, figure in figures if figure > 0]
    return sorted(-place for _, place in sorted(some, reverse=True)[:MOST])


def _figure(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


def _steps(most: float) -> range:
    """Round numbers from 0 up, five or fewer steps."""
    size = 1
    while most / size > 5:
        size = size * 5 // 2 if str(size)[0] == "2" else size * 2
    return range(0, int(most) + 1, size)


def _dots(report: Report) -> str | None:
    """Krippendorff's alpha of each code with its interval; codes without a value are left out."""
    table = reading_table(report)
    if report.view is None or "alpha" not in table.columns:
        return None
    at, low, high = (table.columns.index(name) for name in ("alpha", "low", "high"))
    valued = [place for place, cells in enumerate(table.rows) if cells[at] is not None]
    if not valued:
        return None
    left = max(width(short(str(table.rows[place][0]))) for place in valued) + 12
    first = min(-0.25, *(_figure(table.rows[place][at]) for place in valued))
    end, top = HIGH * len(valued) + 34.0, 34.0

    def x_of(value: float) -> float:
        return left + 14 + (min(max(value, first), 1.0) - first) / (1 - first) * ROOM

    marks = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        marks.append(line(x_of(tick), top - 4, x_of(tick), end, "line"))
        marks.append(words(x_of(tick), top - 10, f"{tick:g}", colour="quiet", at="middle"))
    marks += [line(x_of(value), top - 4, x_of(value), end, "quiet", dashes="3 4") for value in ALPHAS]
    for order, place in enumerate(valued):
        cells, y = table.rows[place], top + HIGH * order + HIGH / 2
        value, ends = _figure(cells[at]), (cells[low], cells[high])
        said, span = f"{shown('alpha', value)}, no interval", ""
        if isinstance(ends[0], float) and isinstance(ends[1], float):
            said = f"{shown('alpha', value)} [{shown('low', ends[0])}, {shown('high', ends[1])}]"
            span = line(x_of(ends[0]), y, x_of(ends[1]), y, "own", wide=2)
            span += _beyond(x_of(first), y, "left") if ends[0] < first else ""
            span += _beyond(x_of(1), y, "right") if ends[1] > 1 else ""
        label = words(left - 8, y + 4, short(str(cells[0])), at="end")
        marks.append(row(place, label, span, dot(x_of(value), y, "own"), words(x_of(1) + 16, y + 4, said)))
    without = len(table.rows) - len(valued)
    said = "Alpha of each code by characters, with its 95 % interval over sources; an arrow where it goes on. "
    said += f"Dashed: {ALPHAS[0]} and {ALPHAS[1]}, thresholds of the literature, no verdict."
    said += f" {without} without a value." if without else ""
    return drawing(x_of(1) + 160, end + 10, report.title, said, marks)


def _beyond(x: float, y: float, side: str) -> str:
    """The head of an arrow: the interval goes on."""
    by = -6 if side == "left" else 6
    shape = f"{number(x)},{number(y - 4)} {number(x + by)},{number(y)} {number(x)},{number(y + 4)}"
    return f'<polygon class="own" points="{shape}" fill="#0b64a5"/>'


def _heat(report: Report) -> str | None:
    """A matrix: a shade for each figure, which stands in it."""
    shades = shades_of(report)
    if not shades:
        return None
    table = reading_table(report)
    most = max(figure for figure, _ in shades.values())
    pairs = report.name == "cooccurrence"
    columns = sorted({column for _, column in shades})
    names = [pair_of(report, 0, column)[1] if pairs else table.columns[column] for column in columns]
    labels = _labels(report.name, table.rows)
    left = max(width(short(label)) for label in labels) + 12
    wide = max(34.0, max(width(text) for _, text in shades.values()) + 12)
    top = max(width(short(name, 24)) for name in names) * 0.75 + 20
    marks = [
        f'<g transform="translate({number(left + wide * order + wide / 2)} {number(top - 8)}) rotate(-45)">'
        f"{words(0, 0, short(name, 24))}</g>"
        for order, name in enumerate(names)
    ]
    for place, label in enumerate(labels):
        y = top + HIGH * place
        boxes = [words(left - 8, y + 15, short(label), at="end")]
        for order, column in enumerate(columns):
            figure, text = shades[place, column]
            step, x = level(figure, most, STEPS), left + wide * order
            boxes += [rect(x, y, wide - 1, HIGH - 1, f"s{step}")] if step else []
            boxes.append(words(x + wide / 2, y + 15, text, colour="ink" if step else "quiet", at="middle"))
        marks.append(row(place, *boxes))
    signs = "; ".join(f"{sign} {state}" for state, sign in SIGNS.items())
    said = f"The darkest shade is {darkest_said(report, shades)}."
    if report.name != "portrait":
        said += " The diagonal has no shade." if pairs else f" Passages, then cases of the base. {signs}."
    reach = left + wide * len(columns) + top * 0.8
    return drawing(reach, top + HIGH * len(labels) + 10, report.title, f"{said} {report.unit}.", marks)


def _labels(name: str, rows: Sequence[Sequence[Cell]]) -> list[str]:
    """What stands before each row of a matrix; in portraits of several texts their names, too."""
    if name != "portrait":
        return [str(cells[1 if name == "cooccurrence" else 0]) for cells in rows]
    if len({cells[0] for cells in rows}) == 1:
        return [str(cells[1]) for cells in rows]
    return [f"{short(str(cells[0]), 18)} · {short(str(cells[1]), 22)}" for cells in rows]


PICTURES: dict[str, Callable[[Report], str | None]] = {
    "frequency": _bars,
    "agreement": _dots,
    "cooccurrence": _heat,
    "comparison": _heat,
    "portrait": _heat,
}

"""Tables in a page: every figure opens what stands behind it, every heading sorts, matrices are shaded."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qda.render.cells import is_number, shown
from qda.render.svg import STEPS
from qda.reports.behind import pair_of
from qda.reports.dictionary import meaning
from qda.reports.shades import level, shades_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.render.html.data import Behind
    from qda.render.html.numbering import Numbered
    from qda.reports.report import Cell, Report, Table

PATHS = ("code", "other")


def report_rows(report: Report, table: Table, behind: Behind, numbered: Numbered, below: str = "") -> Iterator[str]:
    """The head and the rows of a report's table for reading.

    `below` is the name of the section where the page has what each row stands for in a part of its own; figures behind
    which nothing else stands lead there.
    """
    matrix = report.name == "cooccurrence" and report.view is not None
    first = 1 if matrix else 0  # the numbers of a matrix's rows say nothing here: columns have names
    names = [
        pair_of(report, 0, at)[1] if matrix and at > 1 else name.replace("_", " ") if meaning(report, name) else name
        for at, name in enumerate(table.columns)
    ]
    texts = [at for at in range(len(names)) if not any(_counts(row[at]) for row in table.rows)]
    yield "<thead><tr>"
    for at in range(first, len(names)):
        yield _heading(names[at], words=at in texts, upright=matrix and at > first)
    yield "</tr></thead>\n<tbody>"
    shades = shades_of(report)
    most = max((figure for figure, _ in shades.values()), default=0.0)
    for place, row in enumerate(table.rows):
        yield f'<tr data-row="{place}">'
        anchor = numbered.anchor(str(row[first]))
        for at in range(first, len(row)):
            text = _written(table.columns[at], row[at])
            if at == first or names[at] in PATHS:
                yield f'<th scope="row" data-said="{escape(str(row[at]))}">{_path(str(row[at]))}</th>'
                continue
            cell = behind.cell(place, at) if row[at] is not None else None
            inside = text if cell is None else f'<a href="#{anchor}" data-e="{cell}">{text}</a>'
            if cell is None and below and _counts(row[at]):
                inside = f'<a href="#{below}-p{place}">{text}</a>'
            step = level(shades[place, at][0], most, STEPS) if (place, at) in shades else 0
            kinds = [*(["t"] if at in texts else []), *([f"s{step}"] if step else []), *(["z"] if text == "0" else [])]
            yield f'<td class="{" ".join(kinds)}">{inside}</td>' if kinds else f"<td>{inside}</td>"
        yield "</tr>\n"
    yield "</tbody>"


def plain_rows(table: Table) -> Iterator[str]:
    """The head and the rows of a table behind which nothing stands."""
    texts = [at for at in range(len(table.columns)) if not any(_counts(row[at]) for row in table.rows)]
    yield "<thead><tr>"
    for at, name in enumerate(table.columns):
        yield _heading(name, words=at in texts)
    yield "</tr></thead>\n<tbody>"
    for place, row in enumerate(table.rows):
        cells = [_written(name, cell) for name, cell in zip(table.columns, row, strict=True)]
        yield f'<tr data-row="{place}"><th scope="row"><bdi>{cells[0]}</bdi></th>'
        yield "".join(f"<td{' class=t' if at in texts else ''}>{cell}</td>" for at, cell in enumerate(cells[1:], 1))
        yield "</tr>\n"
    yield "</tbody>"


def _counts(cell: Cell) -> bool:
    return is_number(cell) or (isinstance(cell, str) and cell[:1].isdigit())


def _heading(name: str, *, words: bool, upright: bool = False) -> str:
    said = escape(name)
    short = escape(name.rpartition("/")[2]) if upright else said
    kind = " ".join([*(["words"] if words else []), *(["up"] if upright else [])])
    return (
        f'<th scope="col" aria-sort="none" data-said="{said}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>'
        f'<button type="button" disabled{f" aria-label={chr(34)}{said}{chr(34)}" if upright else ""}>'
        f"<bdi>{short}</bdi></button></th>"
    )


def _written(column: str, cell: Cell) -> str:
    """A cell as people read it; what stands in brackets behind a figure is smaller."""
    text = " ".join(shown(column, cell).split())
    figure, bracket, base = text.partition(" [")
    if bracket and base.endswith("]") and not is_number(cell):
        return f"{escape(figure)} <small>[{escape(base)}</small>"
    return escape(text)


def _path(path: str) -> str:
    """The path of a code: what stands above it is quieter."""
    above, _, name = path.rpartition("/")
    return (
        f'<bdi><span class="quiet">{escape(above)}/</span>{escape(name)}</bdi>'
        if above
        else f"<bdi>{escape(path)}</bdi>"
    )

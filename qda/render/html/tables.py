"""Tables in a page: every figure opens what stands behind it, every heading sorts, matrices are shaded."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qda.render.books import MOST_ROWS
from qda.render.cells import is_number, shown
from qda.render.html.chapter import PATHS, is_matrix, names_at
from qda.render.svg import STEPS
from qda.reports.behind import pair_of, reading_table
from qda.reports.dictionary import meaning
from qda.reports.shades import level, shades_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.render.html.chapter import Chapter
    from qda.render.html.numbering import Numbered
    from qda.reports.report import Cell, Table


def report_rows(chapter: Chapter, numbered: Numbered, below: str = "") -> Iterator[str]:
    """The head and the rows of a report's table for reading.

    `below` is the name of the section where the page has what each row stands for in a part of its own; figures behind
    which nothing else stands lead there.
    """
    report = chapter.report
    table, matrix, first = reading_table(report), is_matrix(report), names_at(report)
    names = [
        pair_of(report, 0, at)[1] if matrix and at > 1 else name.replace("_", " ") if meaning(report, name) else name
        for at, name in enumerate(table.columns)
    ]
    texts = {at for at in range(len(names)) if not any(_counts(row[at]) for row in table.rows)}
    yield "<thead><tr>"
    for at in range(first, len(names)):
        yield _heading(names[at], words=at in texts, upright=matrix and at > first)
    yield "</tr></thead>\n<tbody>"
    shades = shades_of(report)
    most = max((figure for figure, _ in shades.values()), default=0.0)
    for place, row in enumerate(table.rows[:MOST_ROWS]):
        yield f'<tr data-row="{place}">'
        anchor, opened = numbered.anchor(str(row[first])), set[int]()
        for at in range(first, len(row)):
            if at == first or table.columns[at] in PATHS:
                yield f'<th scope="row" data-said="{escape(str(row[at]))}">{_path(str(row[at]))}</th>'
                continue
            step = level(shades[place, at][0], most, STEPS) if (place, at) in shades else 0
            cell = chapter.cells.get((place, at), -1)
            if cell in opened and at in texts:
                cell = -1  # what is opened by this row is opened by a figure of it, or by the first of its words
            opened.add(cell)
            link = f'<a href="#{anchor}" data-e="{cell}">' if cell >= 0 else ""
            if not link and below and _counts(row[at]):
                link = f'<a href="#{below}-p{place}">'
            yield _data(_written(table.columns[at], row[at]), link, words=at in texts, step=step)
        yield "</tr>\n"
    yield "</tbody>"


def _data(text: str, link: str, *, words: bool, step: int) -> str:
    """A cell, which may lead somewhere."""
    inside = f"{link}{text}</a>" if link else text
    kinds = [*(["t"] if words else []), *([f"s{step}"] if step else []), *(["z"] if text == "0" else [])]
    return f'<td class="{" ".join(kinds)}">{inside}</td>' if kinds else f"<td>{inside}</td>"


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

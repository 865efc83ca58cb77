"""Tables in a document: the first row heads every page, wide ones turn the page, and the widest are parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import many
from qda.render.books import MOST_ROWS
from qda.render.cells import is_number, shown
from qda.render.docx.package import MARGIN, TALL, WIDE
from qda.render.docx.words import escaped, said

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from qda.render.docx.package import Document
    from qda.reports.report import Table

SIGN, BESIDE = 110, 160
"""How wide a sign of a cell is, and what a cell has beside its signs, in twentieths of a point."""
_LEAST, _LONGEST_WORD, _LONGEST = 5, 18, 42
_FEW, _MUCH = 5, 400
Columns = tuple[tuple[int, int], ...]
"""Columns of a table with their widths."""


class Fitted(NamedTuple):
    """How a table stands on paper: the size of its pages, and its parts as columns with their widths."""

    page: tuple[int, int]
    parts: tuple[Columns, ...]


def fitted(table: Table, names: int = 1, least_signs: int = 0) -> Fitted:
    """Where a table fits: on a page, on one that is turned, or in parts, each of which begins with the names of rows.

    Args:
        table: The table.
        names: How many columns, the first ones, name the rows.
        least_signs: How many signs stand on a line of the other columns at least.
    """
    rows = table.rows[:MOST_ROWS]
    words = [[name, *(shown(name, row[at]) for row in rows)] for at, name in enumerate(table.columns)]
    whole = [_width(max(map(len, found))) for found in words]
    least = [
        _width(max(min(_longest_word(found), _LONGEST_WORD), least_signs if at >= names else 0))
        for at, found in enumerate(words)
    ]
    whole = list(map(max, whole, least))
    for page in (TALL, WIDE):
        room = page[0] - 2 * MARGIN
        if sum(least) <= room and (page == WIDE or sum(whole) <= room or len(whole) <= _FEW):
            return Fitted(page, (_part_of(range(len(least)), least, whole, room),))
    room = WIDE[0] - 2 * MARGIN
    return Fitted(WIDE, tuple(_part_of(part, least, whole, room) for part in _parted(least, names, room)))


def add_table(document: Document, table: Table, title: str, fit: Fitted, fills: Mapping[tuple[int, int], str]) -> None:
    """Write a table that has rows, in as many parts as it takes.

    Args:
        document: Where it is written.
        table: What is written.
        title: What the table is about, for those who have it read aloud.
        fit: How it stands on paper.
        fills: The colours of cells, by row and column.
    """
    right = {at for at in range(len(table.columns)) if any(is_number(row[at]) for row in table.rows)}
    for number, part in enumerate(fit.parts, start=1):
        if len(fit.parts) > 1:
            document.add(said(f"Part {number} of {len(fit.parts)} of the table", "Caption"))
        head = "".join(_cell(table.columns[at], width, right=at in right) for at, width in part)
        rows = "".join(_row(table, place, part, right, fills) for place in range(min(len(table.rows), MOST_ROWS)))
        document.add(
            '<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/>'
            f'<w:tblW w:w="{sum(width for _, width in part)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
            f' w:noVBand="1"/><w:tblCaption w:val="{escaped(title)}"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{width}"/>' for _, width in part)
            + f"</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>",
            "<w:p/>",
        )
    left_out = len(table.rows) - MOST_ROWS
    if left_out > 0:
        document.add(said(f"{many(left_out, 'more row')}: as CSV (--format csv) the table is whole."))


def _row(table: Table, place: int, part: Columns, right: Container[int], fills: Mapping[tuple[int, int], str]) -> str:
    """A row, which stays on one page unless it has much to say."""
    words = [(at, width, shown(table.columns[at], table.rows[place][at])) for at, width in part]
    whole = "" if any(len(text) > _MUCH for _, _, text in words) else "<w:trPr><w:cantSplit/></w:trPr>"
    cells = (_cell(text, width, right=at in right, fill=fills.get((place, at), "")) for at, width, text in words)
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, *, right: bool, fill: str = "") -> str:
    settings = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    settings += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    more = '<w:jc w:val="right"/>' if right else ""
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{said(text, 'Cell', more=more)}</w:tc>"


def _parted(least: Sequence[int], names: int, room: int) -> list[list[int]]:
    """Columns in parts that have room; each has the names of the rows, and one column more at least."""
    parts, now = [], list(range(names))
    for at in range(names, len(least)):
        if len(now) > names and sum(least[one] for one in [*now, at]) > room:
            parts.append(now)
            now = list(range(names))
        now.append(at)
    return [*parts, now]


def _part_of(columns: Sequence[int], least: Sequence[int], whole: Sequence[int], room: int) -> Columns:
    """Columns with widths between the least and the whole; what room is left goes to those that lack most."""
    needed = sum(least[at] for at in columns)
    lacking = sum(whole[at] for at in columns) - needed
    left = min(max(room - needed, 0), lacking)
    return tuple((at, least[at] + (left * (whole[at] - least[at]) // lacking if lacking else 0)) for at in columns)


def _width(signs: int) -> int:
    return min(max(signs, _LEAST), _LONGEST) * SIGN + BESIDE


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)

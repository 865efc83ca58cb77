"""Tables as text: comma, semicolon or tab between cells, every row with the line in which it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.errors import BadFileError, WrongLinesError
from qda.model.delimited import column_names, delimiter_of, full_rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.model.delimited import TableRow

Grid = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The header and the rows of a table to be written."""

_BAR = re.compile(r"(\\*)\|")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read from a file; names in the header are without spaces around them."""

    header: tuple[str, ...]
    rows: list[TableRow]
    delimiter: str
    line: int
    """The line in which the header begins."""


def read_table(text: str, file: str, *, repeated: bool = False) -> Table:
    """Read a table; empty lines are skipped, and every row has as many cells as the header.

    Args:
        text: The content, with its own line ends.
        file: Its name, for the sentences.
        repeated: Whether a name may stand several times in the header.

    Raises:
        BadFileError: The table is damaged; the sentence names the line.
    """
    text = text.removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    rows = rows_of(text, delimiter)
    try:
        header = next((row for row in rows if not row.is_blank), None)
        if header is None:
            raise BadFileError(file, "this table is empty; its first line must name the columns")
        names = column_names(header, repeated=repeated)
        return Table(names, list(full_rows(rows, len(names), delimiter)), delimiter, header.line)
    except WrongLinesError as error:
        raise error.of(file) from None


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table with commas and LF; cells are quoted where they must be and never altered."""
    lines = [_line(header, ',;\t\r\n"\ufeff')]
    lines += [_line(row, ',\r\n"') for row in rows]
    return "".join(lines)


def _line(cells: Sequence[str], special: str) -> str:
    if len(cells) == 1 and not cells[0]:
        return '""\n'  # else it would be an empty line
    return ",".join(_quoted(cell, special) for cell in cells) + "\n"


def _quoted(cell: str, special: str) -> str:
    if any(sign in cell for sign in special):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def split_values(cell: str) -> tuple[str, ...]:
    r"""The values in a cell: `|` separates them, `\|` is a bar of a value, spaces around them are dropped."""
    values, word, at = [], "", 0
    for bar in _BAR.finditer(cell):
        slashes = len(bar[1])
        word += cell[at : bar.start()] + "\\" * (slashes // 2)
        at = bar.end()
        if slashes % 2:
            word += "|"
        else:
            values.append(word)
            word = ""
    values.append(word + cell[at:])
    return tuple(value.strip() for value in values if value.strip())


def join_values(values: Iterable[str]) -> str:
    """A cell with these values, as `split_values` reads it."""
    *front, last = [_BAR.sub(lambda bar: bar[1] * 2 + "\\|", value) for value in values] or [""]
    return "|".join([*(value + "\\" * _slashes_at_end(value) for value in front), last])


def _slashes_at_end(value: str) -> int:
    return len(value) - len(value.rstrip("\\"))

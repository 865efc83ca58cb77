"""Tables as text: comma, semicolon or tab between cells, every row with the line in which it begins."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Grid = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The header and the rows of a table to be written."""

DELIMITERS = ("\t", ";", ",")  # of equally frequent ones the first; names hold commas rather than tabs
_NAMES = {"\t": "tab", ";": "semicolon", ",": "comma"}
_BAR = re.compile(r"(\\*)\|")
_EMPTY_LINES = re.compile(r"(?:[ \t]*[\r\n])*")


class TableRow(NamedTuple):
    """The cells of a row, as they stand in the file, and the line in which it begins."""

    line: int
    cells: list[str]


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
    delimiter = _delimiter(text)
    rows = _rows(text, file, delimiter)
    header = next((row for row in rows if not _is_blank(row)), None)
    if header is None:
        raise BadFileError(file, "this table is empty; its first line must name the columns")
    names = tuple(name.strip() for name in header.cells)
    _check_header(names, header.line, file, repeated=repeated)
    return Table(names, list(_full(rows, len(names), file, delimiter)), delimiter, header.line)


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


def _delimiter(text: str) -> str:
    """The sign that stands most often between the cells of the first line that is not empty."""
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted, may_open = False, True
    for sign in itertools.islice(text, _skipped(text), None):
        if quoted:
            quoted = sign != '"'
            may_open = not quoted  # a second quote right behind is a literal one
        elif sign == '"' and may_open:
            quoted = True
        elif sign in "\r\n":
            break
        else:
            may_open = sign in counts
            if may_open:
                counts[sign] += 1
    most = max(counts.values())
    return next(sign for sign in DELIMITERS if counts[sign] == most) if most else ","


def _skipped(text: str) -> int:
    """How many characters the empty lines before the header take."""
    found = _EMPTY_LINES.match(text)
    return found.end() if found else 0


def _rows(text: str, file: str, delimiter: str) -> Iterator[TableRow]:
    """All rows but the empty lines."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = io.StringIO(text, newline="\n" if "\n" in text else "")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if cells:
                yield TableRow(begin, cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise BadFileError(file, _problem(str(error), delimiter), line=begin) from None


def _problem(words: str, delimiter: str) -> str:
    if "unexpected end" in words:
        return "a quote is opened in this row and never closed; close it, or double it where it is a literal one"
    if "expected after" in words:
        return (
            f"something stands between a closing quote and the {_NAMES[delimiter]} behind it;"
            " double the quotes inside a quoted cell"
        )
    return "a line break stands in a cell that is not quoted; put the cell in quotes"


def _check_header(names: tuple[str, ...], line: int, file: str, *, repeated: bool) -> None:
    if "" in names:
        place = names.index("") + 1
        raise BadFileError(file, f"column {place} has no name in the header; name it or remove it", line=line)
    if repeated:
        return
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            raise BadFileError(file, f"two columns are named '{name}'; remove one of them", line=line)
        seen[name.casefold()] = name


def _full(rows: Iterable[TableRow], width: int, file: str, delimiter: str) -> Iterator[TableRow]:
    """The rows, each checked for its number of cells; a line of spaces is empty where there are several."""
    for row in rows:
        if len(row.cells) == width:
            yield row
        elif not _is_blank(row):
            sign = _NAMES[delimiter]
            advice = (
                f"is a {sign} or a quote missing?"
                if len(row.cells) < width
                else f"put a cell that holds a {sign} in quotes"
            )
            few = "few" if len(row.cells) < width else "many"
            problem = f"this row has too {few} cells ({len(row.cells)}, the header has {width}); {advice}"
            raise BadFileError(file, problem, line=row.line)


def _is_blank(row: TableRow) -> bool:
    return len(row.cells) == 1 and not row.cells[0].strip()


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

"""Rows of a table that is text: comma, semicolon or tab between cells, each row with the line in which it begins."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import WrongLinesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS = ("\t", ";", ",")  # of equally frequent ones the first; names hold commas rather than tabs
_NAMES = {"\t": "tab", ";": "semicolon", ",": "comma"}
_EMPTY_LINES = re.compile(r"(?:[ \t]*[\r\n])*")


class TableRow(NamedTuple):
    """The cells of a row, as they stand in the file, and the line in which it begins."""

    line: int
    cells: list[str]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it but spaces."""
        return len(self.cells) == 1 and not self.cells[0].strip()


def delimiter_of(text: str) -> str:
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


def rows_of(text: str, delimiter: str) -> Iterator[TableRow]:
    """All rows but the empty lines.

    Raises:
        WrongLinesError: The table is damaged; the sentence names the line.
    """
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
        raise WrongLinesError([(begin, _problem(str(error), delimiter))]) from None


def _problem(words: str, delimiter: str) -> str:
    if "unexpected end" in words:
        return "a quote is opened in this row and never closed; close it, or double it where it is a literal one"
    if "expected after" in words:
        return (
            f"something stands between a closing quote and the {_NAMES[delimiter]} behind it;"
            " double the quotes inside a quoted cell"
        )
    return "a line break stands in a cell that is not quoted; put the cell in quotes"


def full_rows(rows: Iterable[TableRow], width: int, delimiter: str) -> Iterator[TableRow]:
    """The rows, each checked for its number of cells; a line of spaces is empty where there are several.

    Raises:
        WrongLinesError: A row has too few or too many; the sentence names the line.
    """
    for row in rows:
        if len(row.cells) == width:
            yield row
        elif not row.is_blank:
            sign = _NAMES[delimiter]
            advice = (
                f"is a {sign} or a quote missing?"
                if len(row.cells) < width
                else f"put a cell that holds a {sign} in quotes"
            )
            few = "few" if len(row.cells) < width else "many"
            problem = f"this row has too {few} cells ({len(row.cells)}, the header has {width}); {advice}"
            raise WrongLinesError([(row.line, problem)])


def column_names(header: TableRow, *, repeated: bool = False) -> tuple[str, ...]:
    """The names of the columns, without spaces around them; `repeated`: whether a name may stand several times.

    Raises:
        WrongLinesError: One is empty, or stands twice; capitals do not tell names apart.
    """
    names = tuple(name.strip() for name in header.cells)
    if "" in names:
        place = names.index("") + 1
        raise WrongLinesError([(header.line, f"column {place} has no name in the header; name it or remove it")])
    if repeated:
        return names
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            raise WrongLinesError([(header.line, f"two columns are named '{name}'; remove one of them")])
        seen[name.casefold()] = name
    return names

"""Tables as text: comma, semicolon or tab between cells, every row with the line in which it begins."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from qda.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row of a register whose cells are asked for by the names of their columns."""

    cells: Mapping[str, str]
    number: int
    file: str

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    def raw(self, name: str) -> str:
        """A cell with the spaces around it."""
        return self.cells.get(name, "")

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """A cell that holds one of several words, or nothing."""
        word = self[name].casefold().replace("_", " ")
        if word and word not in choices:
            self.refuse(f"the {name} '{self[name]}' is not one of {', '.join(choices)}")
        return word

    def integer(self, name: str, least: int = 0) -> int:
        """A cell that holds a whole number."""
        word = self[name]
        if not (word.isascii() and word.isdecimal() and len(word) < 19 and int(word) >= least):
            self.refuse(f"'{name}' is a whole number from {least}, not '{word}'")
        return int(word)

    def refuse(self, problem: str) -> NoReturn:
        """Refuse this row."""
        raise BadFileError(self.file, problem, line=self.number)


def read_register(
    text: str, file: str, required: tuple[str, ...], optional: tuple[str, ...] = (), advice: str = ""
) -> list[RegisterLine]:
    """Read a table whose columns are known; they stand in any order, also in the plural.

    Args:
        text: The table.
        file: Its name, for the sentences.
        required: The columns that must be there, with a word in every row.
        optional: The columns that may be there.
        advice: Where what stands in other columns belongs.

    Raises:
        BadFileError: The table is damaged, a column is unknown or missing, or a needed cell is empty.
    """
    table = read_table(text, file)
    known = (*required, *optional)
    names = []
    for header in table.header:
        name = _column(header, known)
        if not name or name in names:
            wrong = f"the column '{header}' " + ("says the same as another" if name else "is unknown here")
            problem = f"{wrong}; the columns are {', '.join(known)}" + (f", and {advice}" if advice else "")
            raise BadFileError(file, problem, line=table.line)
        names.append(name)
    if missing := [name for name in required if name not in names]:
        raise BadFileError(file, f"the column '{missing[0]}' is missing in the header", line=table.line)
    lines = [RegisterLine(dict(zip(names, row.cells, strict=True)), row.line, file) for row in table.rows]
    return [line for line in lines if _says_something(line, required)]


def _column(header: str, known: tuple[str, ...]) -> str:
    """The known column that a header names, also in the plural; empty where there is none."""
    name = header.casefold().replace(" ", "_")
    return next((word for word in known if name in (word, f"{word}s")), "")


def _says_something(line: RegisterLine, required: tuple[str, ...]) -> bool:
    """Whether a row is to be taken; one that lacks a cell it must have is refused."""
    if not any(map(str.strip, line.cells.values())):
        return False
    for name in required:
        if not line[name]:
            line.refuse(f"the cell under '{name}' is empty")
    return True


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

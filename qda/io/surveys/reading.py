"""Survey tables as files have them: CSV, XLSX (values as they are shown) and SPSS with value labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import BadFileError
from qda.io.surveys.apart import SPSS, WORKBOOK, read_apart
from qda.io.surveys.cells import said
from qda.model.surveys import SurveyColumn, SurveyRow, SurveyTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".sav", ".zsav")
_IMPORT_ID = '{"ImportId"'


def read_survey(path: Path, *, missing: Iterable[str] = ()) -> SurveyTable:
    """Read a table of respondents.

    Of SPSS files, codes have their value labels and codes declared as missing are empty, as are cells that hold one of
    `missing`. In tables of Qualtrics the second row has the questions.

    Raises:
        BadFileError: The file is no table, is damaged, or has no rows.
    """
    ending, file = path.suffix.casefold(), str(path)
    if ending not in ENDINGS:
        raise BadFileError(file, "a survey table is .csv, .xlsx or .sav; export it as one of these")
    if not path.is_file():
        raise BadFileError(file, "this is a folder; name a file in it" if path.is_dir() else "there is no such file")
    if ending in (".sav", ".zsav"):
        table = _spss(path)
    else:
        table = _questioned(_sheet(path) if ending.startswith(".xls") else _text(path))
    if not table.rows:
        raise BadFileError(file, "there are no respondents in it: it has no row below the header")
    for row in table.rows:
        if any("\0" in cell or any("\ud800" <= sign <= "\udfff" for sign in cell) for cell in row.cells):
            raise BadFileError(file, "a cell holds zero bytes or halves of characters; export it again", line=row.line)
    without = set(missing)
    rows = [row._replace(cells=tuple("" if cell in without else cell for cell in row.cells)) for row in table.rows]
    return table._replace(rows=tuple(rows))


def _text(path: Path) -> SurveyTable:
    from qda.io.files import read_text
    from qda.io.tables import read_table

    table = read_table(read_text(path), str(path))
    columns = tuple(_column(name) for name in table.header)
    return SurveyTable(columns, tuple(_row(row.line, row.cells) for row in table.rows))


def _column(name: str) -> SurveyColumn:
    words = " ".join(name.split())
    return SurveyColumn(words, words)


def _row(line: int, cells: Iterable[object]) -> SurveyRow:
    return SurveyRow(line, tuple(map(said, cells)))


def _spss(path: Path) -> SurveyTable:
    found = read_apart(path, SPSS)
    columns = tuple(SurveyColumn(*column) for column in found["columns"])
    return SurveyTable(columns, tuple(_row(number, cells) for number, cells in enumerate(found["rows"], start=1)))


def _sheet(path: Path) -> SurveyTable:
    """The first sheet of a workbook that is shown."""
    from qda.io.archives import Archive

    with Archive(path):
        pass  # archives that could do harm are refused
    rows = [_row(number, cells) for number, cells in enumerate(read_apart(path, WORKBOOK)["rows"], start=1)]
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        raise BadFileError(str(path), "its first sheet is empty; its first row must name the columns")
    header = rows[0].cells
    width = max((place for place, name in enumerate(header, start=1) if name), default=0)
    _check_header(header[:width], rows[0].line, str(path))
    for row in rows[1:]:
        if any(row.cells[width:]):
            raise BadFileError(str(path), "a cell of this row stands below no column; name the column", line=row.line)
    columns = tuple(_column(name) for name in header[:width])
    return SurveyTable(columns, tuple(row._replace(cells=row.cells[:width]) for row in rows[1:]))


def _check_header(names: Sequence[str], line: int, file: str) -> None:
    seen: set[str] = set()
    for place, name in enumerate(names, start=1):
        if not name:
            raise BadFileError(file, f"column {place} has no name in the first row; name it or remove it", line=line)
        if name.casefold() in seen:
            raise BadFileError(file, f"two columns are named '{name}'; remove one of them", line=line)
        seen.add(name.casefold())


def _questioned(table: SurveyTable) -> SurveyTable:
    """A table of Qualtrics without the row of its own ids; the row above that has the questions."""
    if len(table.rows) < 2 or not any(cell.startswith(_IMPORT_ID) for cell in table.rows[1].cells):
        return table
    questions = table.rows[0].cells
    columns = tuple(
        column._replace(question=" ".join(asked.split()) or column.name)
        for column, asked in zip(table.columns, questions, strict=True)
    )
    return SurveyTable(columns, table.rows[2:])

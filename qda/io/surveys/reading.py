"""Survey tables as files have them: CSV, XLSX (values as they are shown) and SPSS with value labels."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from qda.errors import BadFileError
from qda.model.surveys import SurveyColumn, SurveyRow, SurveyTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".sav", ".zsav")
_IMPORT_ID = '{"ImportId"'
_MIDNIGHT = time(0, 0)


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


def _row(line: int, cells: Iterable[str]) -> SurveyRow:
    return SurveyRow(line, tuple(cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in cells))


def _sheet(path: Path) -> SurveyTable:
    """The first sheet of a workbook that is shown."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    from qda.io.archives import Archive

    with Archive(path):
        pass  # archives that could do harm are refused
    try:
        book = CalamineWorkbook.from_path(path)
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        grid = book.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False) if shown else []
    except (CalamineError, OSError, ValueError) as error:
        raise BadFileError(str(path), f"this workbook is damaged or no .xlsx ({error}); save it again") from None
    rows = [_row(number, map(_said, cells)) for number, cells in enumerate(grid, start=1)]
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
        column._replace(question=" ".join(said.split()) or column.name)
        for column, said in zip(table.columns, questions, strict=True)
    )
    return SurveyTable(columns, table.rows[2:])


def _spss(path: Path) -> SurveyTable:
    from pyreadstat import PyreadstatError, ReadstatError, read_sav

    try:
        found, meta = read_sav(path, output_format="dict")
    except (PyreadstatError, ReadstatError, OSError, ValueError, OverflowError, UnicodeError) as error:
        raise BadFileError(str(path), f"this SPSS file is damaged or none ({error}); save it again") from None
    names: list[str] = list(meta.column_names)
    labels, values = meta.column_names_to_labels, meta.variable_value_labels
    columns = tuple(
        SurveyColumn(name, " ".join((labels.get(name) or name).split()), labelled=name in values) for name in names
    )
    said = [[_labelled(value, values.get(name, {})) for value in found[name]] for name in names]
    return SurveyTable(
        columns, tuple(_row(number, cells) for number, cells in enumerate(zip(*said, strict=True), start=1))
    )


def _labelled(value: Any, labels: dict[Any, str]) -> str:
    label = labels.get(value) if isinstance(value, str | int | float) else None
    return label or _said(value)


def _said(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as 2024-05-14, nothing where nothing is."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

"""Writing sheets: words as words, figures as numbers that look as in the other forms, and links between sheets."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from qda.reports.report import Cell

_LONGEST = 32_767
_SHARE = "0.0 %"
_PERCENT = f'[=1]{_SHARE};[>=0.9995]"> 99.9 %";{_SHARE}'


class Book:
    """A workbook that is being written; equal sheets give equal bytes."""

    def __init__(self) -> None:
        from datetime import datetime

        import xlsxwriter

        self._out = BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"constant_memory": True})
        # The moment of writing is left out, so that equal reports are equal files.
        self._book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 - it is stored without a zone
        self._styles: dict[tuple[str, bool], Any] = {}
        self.bold = self._book.add_format({"bold": True})
        self.head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

    def close(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._out.getvalue()

    def sheet(self, name: str, widths: Sequence[int]) -> Sheet:
        """A new sheet whose columns are so many signs wide; rows are written from the top down."""
        made = self._book.add_worksheet(name)
        for at, width in enumerate(widths):
            made.set_column(at, at, width)
        return Sheet(self, made)

    def style(self, form: str, *, linked: bool) -> Any:
        """How a figure looks."""
        if (form, linked) not in self._styles:
            looks = {"num_format": form} | ({"font_color": "#0B5394", "underline": 1} if linked else {})
            self._styles[form, linked] = self._book.add_format(looks)
        return self._styles[form, linked]


class Sheet:
    """A sheet; `row` is the next row that is free, counted from 0."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book = book
        self._sheet = sheet
        self.row = 0

    def say(self, sentences: Iterable[str], style: Any = None) -> None:
        """Sentences, a row each."""
        for sentence in sentences:
            self._sheet.write_string(self.row, 0, _fitting(sentence), style)
            self.row += 1

    def heads(self, columns: Sequence[str], *, freeze: bool = False) -> None:
        """The names of columns; they stay in view where nothing stands above them."""
        for at, name in enumerate(columns):
            self._sheet.write_string(self.row, at, _fitting(name), self._book.head)
        self.row += 1
        if freeze:
            self._sheet.freeze_panes(self.row, 0)

    def cells(self, columns: Sequence[str], cells: Sequence[Cell], links: Sequence[str] = ()) -> None:
        """A row of figures and words; `links` are the places that they open, empty where there is none."""
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            link = links[at] if links else ""
            if link:
                self._sheet.write_url(self.row, at, f"internal:{link}")
            style = self._book.style(_form(column, cell), linked=bool(link))
            if isinstance(cell, int | float):
                self._sheet.write_number(self.row, at, cell, style)
            else:
                self._sheet.write_string(self.row, at, "n/a" if cell is None else _fitting(cell), style)
        self.row += 1

    def plain(self, cells: Sequence[Cell]) -> int:
        """A row of data: words as words whatever they begin with, nothing as an empty cell; says how many were cut."""
        cut = 0
        for at, cell in enumerate(cells):
            if isinstance(cell, bool):
                self._sheet.write_boolean(self.row, at, cell)
            elif isinstance(cell, int | float):
                self._sheet.write_number(self.row, at, cell)
            elif cell:
                fitting = _fitting(cell)
                cut += fitting is not cell
                self._sheet.write_string(self.row, at, fitting)
        self.row += 1
        return cut

    def filter(self, columns: int) -> None:
        """Let people sort and filter what was written under the first row."""
        self._sheet.autofilter(0, 0, max(self.row - 1, 1), columns - 1)


def _form(column: str, cell: Cell) -> str:
    """How Excel is to show a figure: as `qda.render.cells.shown` does."""
    if not isinstance(cell, float):
        return "General"
    if column.startswith("share"):
        return _SHARE
    return _PERCENT if column == "percent" else "0.000" if column == "jaccard" else "0.00"


def _fitting(words: str) -> str:
    """Words, cut where a cell of Excel cannot hold them (it counts UTF-16 units)."""
    if len(words) * 2 <= _LONGEST or len(words.encode("utf-16-le")) // 2 <= _LONGEST:
        return words
    return words.encode("utf-16-le")[: (_LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"

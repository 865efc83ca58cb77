"""A report as Python has it: a DataFrame, the excerpts behind its figures, and a table to look at in a notebook."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.errors import UsageError
from qda.model.selection import Selection
from qda.notebook.behind import ids_behind
from qda.render import render_report
from qda.render.books import BOOKS, book
from qda.render.cells import is_number, shown
from qda.reports.behind import reading_table
from qda.reports.excerpts import excerpts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from qda.reports.report import Cell, Report, Table
    from qda.store import Study

MOST_ROWS = 60  # that a notebook shows at once; the DataFrame has all
_ENDINGS = {".txt": "table", ".md": "md", ".csv": "csv", ".json": "json", ".svg": "svg"}


class OpenReport:
    """A report of an open study; what it says is that of the moment at which it was asked for."""

    def __init__(self, study: Study, made: Report) -> None:
        self.study = study
        self.made = made

    @property
    def title(self) -> str:
        """What the report is, and whose codings it counts."""
        return self.made.title

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.made.unit

    @property
    def notes(self) -> tuple[str, ...]:
        """How it was counted, and what to mind: a sentence each."""
        return self.made.notes

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What it was made from: the state of the study, the selection, and the command that makes it anew."""
        return self.made.manifest

    def to_pandas(self) -> pd.DataFrame:
        """The table: a row for each of its rows, with the columns that `docs/commands.md` explains.

        The title, the unit and the notes stand in `attrs` of the DataFrame.
        """
        frame = self.made.to_pandas()
        frame.attrs.update(title=self.title, unit=self.unit, notes=list(self.notes))
        return frame

    def parts(self) -> dict[str, pd.DataFrame]:
        """The further tables that stand below the first in some reports (as those of agreement), by their headings."""
        return {part.heading: _frame(part.table) for part in self.made.parts() if part.table.rows}

    def evidence(self, *cell: str | int) -> pd.DataFrame:
        """The codings behind a cell, a row or the whole report: a row for each, with its words and their place.

        Args:
            cell: What stands in the row, as far as it is needed to know it, and the column:
                `evidence("trust", "passages")`, of a comparison `evidence("trust", "NL", "passages")`. Or the number
                of a row of `to_pandas()`, alone or with a column. Nothing: behind all cells.

        Returns:
            The columns of the report `excerpts`; of claims, whose evidence is what they cite, those of `claims`.

        Raises:
            QdaError: The report has no such cell.
        """
        wanted = dict.fromkeys(ids_behind(self.made, cell))
        table = self.made.table
        if "citation_id" in table.columns:
            at = table.columns.index("citation_id")
            cited = tuple(row for row in table.rows if row[at] in wanted)
            if cited:
                return _frame(table._replace(rows=cited))
        with self.study.database.reading():
            table = excerpts(self.study, Selection()).table
            at = table.columns.index("id")
            found = {row[at]: row for row in table.rows}
            if wanted.keys() - found.keys():  # codings that a consensus stands for are behind agreement
                alone = excerpts(self.study, Selection(layer="independent")).table
                found |= {row[at]: row for row in alone.rows}
        return _frame(table._replace(rows=tuple(row for uid, row in found.items() if uid in wanted)))

    def save(self, path: str | Path) -> Path:
        """Write the report to a file in the form that its ending says; returns the file.

        Endings are html and xlsx (with the excerpts behind each figure), md, csv, json, svg and txt.

        Raises:
            UsageError: The ending says no form.
        """
        file = Path(path)
        if file.suffix[1:] in BOOKS:
            with self.study.database.reading():
                made = book(self.study, [self.made], file.suffix[1:])
        elif file.suffix in _ENDINGS:
            made = render_report(self.made, _ENDINGS[file.suffix])
        else:
            endings = ", ".join((*(f".{form}" for form in BOOKS), *_ENDINGS))
            raise UsageError(f"'{file.name}' does not say in which form: let it end in one of {endings}")
        file.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))
        return file

    def __repr__(self) -> str:
        return render_report(self.made, "table")

    def _repr_html_(self) -> str:
        """What a notebook shows: the title, the table as people read it, and the notes."""
        table = reading_table(self.made)
        heads = "".join(f"<th>{escape(column)}</th>" for column in table.columns)
        rows = ["<tr>" + "".join(map(_cell, table.columns, row)) + "</tr>" for row in table.rows[:MOST_ROWS]]
        more = len(table.rows) - len(rows)
        left = [f"{more} more rows: to_pandas() has all."] if more else []
        said = "".join(f"<li>{escape(note)}</li>" for note in (*left, *self.made.lead, *self.notes))
        return (
            f"<p><b>{escape(self.title)}</b> ({escape(self.unit)})</p>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table><ul>{said}</ul>"
        )


def _cell(column: str, cell: Cell) -> str:
    side = "right" if is_number(cell) else "left"
    return f'<td style="text-align: {side}">{escape(shown(column, cell))}</td>'


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(table.rows), columns=list(table.columns))

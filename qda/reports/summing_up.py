"""Writing summaries: what is wanted, in the words of a user, with what it rests on in the study as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.reports.framed import framed_by_all
from qda.store.base import at_line
from qda.store.summaries import SummaryRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.summaries import Summary
    from qda.store import Study


class Wanted(NamedTuple):
    """A summary as somebody writes it: case (or source), theme by its path, words, the line of its file."""

    case: str
    theme: str
    body: str
    line: int = 0


class Cell(NamedTuple):
    """A cell that was looked up: keys of case and theme, the kind of the case, and both names."""

    unit: int
    theme: int
    kind: str
    case: str
    path: str

    @property
    def said(self) -> str:
        """The cell in words."""
        return f"{self.case} × {self.path}"


def cell_of(study: Study, case: str, theme: str, line: int = 0) -> Cell:
    """The cell of a case and a theme; where the study has no cases, of a source.

    Raises:
        QdaError: One of them is not there; the line is named.
    """
    try:
        code = study.codebook.tree().named(theme)
        if not study.cases.kinds():
            source = study.sources.get(case)
            return Cell(source.key, code.key, "", source.name, code.path)
        key = study.cases.find(case)
    except QdaError as error:
        raise at_line(line, error) from None
    found = next(one for one in study.cases.all() if one.key == key)
    return Cell(key, code.key, found.kind, found.name, code.path)


def standing(study: Study, cell: Cell) -> list[Summary]:
    """What is written in a cell."""
    return [one for one in study.summaries.all() if (one.target, one.code) == (cell.unit, cell.theme)]


def write(study: Study, wanted: Sequence[Wanted], *, seen: Sequence[str] | None = None, said: str = "") -> int:
    """Write summaries in one action, which the change log names `said`; returns how many cells changed.

    Raises:
        QdaError: A case or theme is not there, a cell comes twice, or there are no words; nothing is written.
        ConflictError: Somebody else wrote in the cell since `seen` was read.
    """
    cells = [cell_of(study, one.case, one.theme, one.line) for one in wanted]
    met: set[tuple[int, int]] = set()
    for one, cell in zip(wanted, cells, strict=True):
        if (cell.unit, cell.theme) in met:
            raise at_line(one.line, f"{cell.said} comes twice; a cell has one summary")
        met.add((cell.unit, cell.theme))
    with study.database.reading():
        bases = {}
        for kind in sorted({cell.kind for cell in cells}):
            places = [(cell.unit, cell.theme) for cell in cells if cell.kind == kind]
            bases.update(framed_by_all(study, kind, {theme for _, theme in places}).bases(places))
    rows = [
        SummaryRow(cell.unit, cell.theme, one.body, bases[cell.unit, cell.theme], one.line)
        for one, cell in zip(wanted, cells, strict=True)
    ]
    return study.summaries.write(rows, said or f"summed up {', '.join(cell.said for cell in cells)}", seen=seen)


def confirm(study: Study, case: str, theme: str) -> None:
    """Say that the summary of a cell still holds as the study stands now.

    Raises:
        QdaError: Nothing is written there, or two summaries are, of which one must be made first.
    """
    cell = cell_of(study, case, theme)
    there = standing(study, cell)
    if len(there) != 1:
        found = "two summaries are" if there else "nothing is"
        raise QdaError(f"{found} written in {cell.said}; write one with 'qda summaries write'")
    write(study, [Wanted(cell.case, cell.path, there[0].body)], seen=[there[0].uid])


def remove(study: Study, case: str, theme: str) -> None:
    """Empty a cell.

    Raises:
        QdaError: Nothing is written there.
    """
    cell = cell_of(study, case, theme)
    study.summaries.remove(cell.unit, cell.theme, f"emptied the cell {cell.said}")

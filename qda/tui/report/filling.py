"""Writing in a cell of a report what the team says there: the summary of a case and a theme, or a state by hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Select, Static, TextArea

from qda.errors import QdaError
from qda.model.judgements import STATES
from qda.reports.behind import framed_row, reading_table, values_of
from qda.reports.judging import judge, judged_cell
from qda.reports.summing_up import Wanted, cell_of, standing, write
from qda.tui.report.counting import door_of, look_behind
from qda.tui.report.writing import ReportWriting
from qda.tui.writing import WritingWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from qda.reports.report import Report
    from qda.reports.summing_up import Cell
    from qda.tui.report.counting import Behind
    from qda.tui.report.sheet import Sheet
    from qda.tui.report.state import Request


class SummaryForm(WritingWindow[str]):
    """The words of a summary, below the passages that it sums up."""

    DEFAULT_CSS = (
        "SummaryForm #passages { height: 1fr; margin-bottom: 1; } SummaryForm TextArea { height: 1fr; min-height: 5; }"
    )
    AUTO_FOCUS = "#body"

    def __init__(self, about: str, body: str, passages: Text, save: Callable[[str], object]) -> None:
        super().__init__(about, save)
        self._body, self._passages = body, passages

    def fields(self) -> ComposeResult:
        """The passages, the words."""
        with VerticalScroll(id="passages"):
            yield Static(self._passages)
        yield TextArea(self._body, id="body", placeholder="what this case says on this theme", compact=True)

    def gather(self) -> str:
        """What stands in the field."""
        return self.query_one("#body", TextArea).text.strip()


class Said(NamedTuple):
    """What is said by hand of a cell of the comparison, and why."""

    state: str = STATES[0]
    reason: str = ""


class StateForm(WritingWindow[Said]):
    """A state that is set by hand, with its reason."""

    DEFAULT_CSS = "StateForm TextArea { height: 1fr; min-height: 5; }"
    AUTO_FOCUS = "#reason"

    def __init__(self, about: str, said: Said, save: Callable[[Said], object]) -> None:
        super().__init__(about, save)
        self._said = said

    def fields(self) -> ComposeResult:
        """The state, the reason."""
        states = [(state, state) for state in STATES]
        yield Select(states, value=self._said.state, allow_blank=False, id="state", compact=True)
        yield TextArea(self._said.reason, id="reason", placeholder="why", compact=True)

    def gather(self) -> Said:
        """What stands in the fields."""
        reason = self.query_one("#reason", TextArea).text.strip()
        return Said(str(self.query_one("#state", Select).value), reason)


class CellFilling(ReportWriting):
    """What writes in a cell."""

    def do_edit(self) -> None:
        """Write in the chosen cell.

        Raises:
            QdaError: Nothing can be written there.
        """
        here, sheet, request = self.grid.here, self.sheet, self.state.request
        if self.state.behind is not None or here is None or sheet is None or request is None:
            raise QdaError("go to a cell of the table first")
        report = self._shown()
        if report.name == "comparison":
            self._judge(report, *sheet.cell(*here))
            return
        if report.name != "framework":
            raise QdaError("only cells of framework and comparison are written; Tab goes from report to report")
        row, column = sheet.cell(*here)
        view = reading_table(report)
        if column < len(view.columns) - len(report.table.rows) // len(view.rows):
            raise QdaError("go to the cell of a theme first")
        found = framed_row(report, row, column)
        cell = cell_of(self.workspace.study, str(found["case"]), str(found["theme"]))
        self.caption(Text("looking up the passages…", style=self.qda.paint.quiet))
        self.run_worker(self._fill(request, sheet, here, cell), group="look", exclusive=True)

    async def _fill(self, request: Request, sheet: Sheet, here: tuple[int, int], cell: Cell) -> None:
        door, names, codes = door_of(self.workspace.study), sheet.names(*here), sheet.codes(*here)
        try:
            behind = await asyncio.to_thread(look_behind, door, request, cell.said, names, codes)
        except QdaError as error:
            self.say(str(error), error=True)
            return
        self.show_caption()
        study = self.workspace.study
        there = standing(study, cell)
        ids = [one.uid for one in there]

        def save(body: str) -> None:
            write(study, [Wanted(cell.case, cell.path, body)], seen=ids)

        body = "\n\n".join(one.body for one in there)
        self.app.push_screen(SummaryForm(cell.said, body, self._passages(behind), save), self._filled)

    def _judge(self, report: Report, row: int, column: int) -> None:
        """Say by hand how a code stands in a cell of the comparison."""
        values = values_of(report)
        if not 0 < column <= len(values):
            raise QdaError("go to the cell of a value first")
        study = self.workspace.study
        code = str(reading_table(report).rows[row][0])
        by = report.manifest["selection"]["by"]
        at = list(zip(by, values[column - 1], strict=True))
        cell = judged_cell(study, code, at)
        there = study.judgements.standing(cell.code, cell.sign)
        ids = [one.uid for one in there]

        def save(said: Said) -> None:
            judge(study, code, at, said.state, said.reason, seen=ids)

        said = Said(there[-1].state, "\n\n".join(one.reason for one in there)) if there else Said()
        self.app.push_screen(StateForm(cell.said, said, save), self._filled)

    def _filled(self, saved: bool | None) -> None:  # noqa: FBT001 - what a window answers
        if saved:
            self.workspace.refresh()
            self.count()

    def _passages(self, behind: Behind) -> Text:
        """The passages of a cell, each with where it stands."""
        paint, text = self.qda.paint, Text()
        for one in behind.excerpts:
            text.append(f"{one.source} · {one.code} · {one.coder}\n", style=paint.quiet)
            text.append(f"{' '.join(one.text.split())}\n\n", style=paint.text)
        return text if behind.excerpts else Text("no passages", style=paint.quiet)

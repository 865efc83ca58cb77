"""What stands behind a cell of a report, looked up away from the keys and shown below the table."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from qda.errors import QdaError
from qda.tui.report import excerpt_list
from qda.tui.report.counting import Behind, door_of, look_behind
from qda.tui.report.reading import behind_rows
from qda.tui.report.screen import ReportView

if TYPE_CHECKING:
    from qda.tui.report.listing import Part
    from qda.tui.report.sheet import Sheet
    from qda.tui.report.state import Request


class ReportBehind(ReportView):
    """A report whose cells open."""

    def drill(self) -> None:
        """Look up the excerpts behind the chosen cell, and show them from the one that was read last."""
        here, sheet, request = self.grid.here, self.sheet, self.state.request
        if here is None or sheet is None or request is None:
            return
        if "id" in sheet.columns:
            self.open_behind(behind_rows(sheet), self.grid.row)
            return
        self.caption(Text("looking up the excerpts…", style=self.qda.paint.quiet))
        self.run_worker(self._look(request, sheet, here), group="look", exclusive=True)

    async def _look(self, request: Request, sheet: Sheet, here: tuple[int, int]) -> None:
        door, names, codes = door_of(self.workspace.study), sheet.names(*here), sheet.codes(*here)
        try:
            behind = await asyncio.to_thread(look_behind, door, request, sheet.said(*here), names, codes)
        except QdaError as error:
            self.say(str(error), error=True)
            return
        self.show_caption()
        ids = [one.id for one in behind.excerpts]
        self.open_behind(behind, ids.index(self.state.excerpt) if self.state.excerpt in ids else 0)

    def open_behind(self, behind: Behind, at: int) -> None:
        """Show what stands behind a cell, from one of its excerpts."""
        self.state.behind = behind
        self.state.excerpt = behind.excerpts[at].id if behind.excerpts else ""
        self.show_behind(behind)

    def show_behind(self, behind: Behind) -> None:
        """Show what stands behind a cell, the excerpt chosen that was chosen before."""
        paint, raised = self.look
        ids = [one.id for one in behind.excerpts]
        at = ids.index(self.state.excerpt) if self.state.excerpt in ids else 0
        self.query_one("#detail", Static).update(excerpt_list.heading(behind, paint))
        self.add_class("drilled")
        self.hint()
        look = (paint, self.colours)

        def draw(number: int, /, *, here: bool) -> list[Part]:
            return excerpt_list.excerpt_parts(behind, number, self.listing.size.width - 4, here=here, look=look)

        self.listing.show(len(ids) or len(behind.read), draw, paint, raised, at=at)
        self.call_after_refresh(self.listing.settle)
        self.call_after_refresh(self.grid.settle)

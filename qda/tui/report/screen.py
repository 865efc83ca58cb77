"""What the screen of the reports shows: the report that was counted, its chart, and what stands behind a cell."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import Static

from qda.errors import QdaError
from qda.reports.registry import REPORTS
from qda.tui.place import PlaceScreen
from qda.tui.report import fields
from qda.tui.report.charts import Heat, chart_of
from qda.tui.report.counting import Behind, door_of, make
from qda.tui.report.grid import Grid
from qda.tui.report.kinds import kind_of
from qda.tui.report.listing import Listing
from qda.tui.report.reading import bar, family_bars, noted, nothing_to_count
from qda.tui.report.sheet import Sheet
from qda.tui.report.signs import bind_signs
from qda.tui.report.state import ReportState, Request, state_of

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from qda.tui.theme import Bar, Paint

TALL = 32
LOOK_AROUND_SECONDS = 2.0


class ReportView(PlaceScreen, inherit_bindings=False):
    """A report with its table, counted away from the keys; each figure opens its excerpts."""

    place: ClassVar[str] = "reports"
    heading: ClassVar[str] = "Reports"
    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    ReportView Static { height: auto; }
    ReportView #bar { height: 1; background: $surface; }
    ReportView #title { text-style: bold; padding: 0 1; max-height: 2; }
    ReportView .quiet { color: $quiet; padding: 0 1; height: 1; }
    ReportView #chosen.only { background: $accent; color: $background; text-style: bold; }
    ReportView #message { padding: 1 2; height: 1fr; display: none; }
    ReportView #notes { color: $quiet; padding: 0 1; max-height: 3; }
    ReportView #detail { height: 1; background: $surface; display: none; }
    ReportView #caption { height: 1; padding: 0 1; background: $surface; }
    ReportView Listing { display: none; }
    ReportView.drilled Listing, ReportView.drilled #detail { display: block; }
    ReportView.drilled Grid, ReportView.drilled #notes { display: none; }
    ReportView.drilled #caption, ReportView.drilled #unit { display: none; }
    ReportView.drilled.tall Grid { display: block; height: 1fr; }
    ReportView.drilled.tall Listing { height: 2fr; }
    ReportView.tall #notes { max-height: 7; }
    ReportView.told Grid, ReportView.told #notes, ReportView.told #caption { display: none; }
    ReportView.told #message { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        bind_signs(self)
        self.grid, self.listing = Grid(), Listing()
        self.sheet: Sheet | None = None
        self.colours: dict[str, Bar] = {}
        self._counting = False

    def body(self) -> ComposeResult:
        """The reports, the title, the table, what stands behind a cell, the notes."""
        yield Static("", id="bar")
        yield Static("", id="title", markup=False)
        yield Static("", id="unit", classes="quiet", markup=False)
        yield Static("", id="chosen", classes="quiet", markup=False)
        yield Static("", id="message", markup=False)
        yield self.grid
        yield Static("", id="detail")
        yield self.listing
        yield Static("", id="notes", markup=False)
        yield Static("", id="caption")

    @property
    def look(self) -> tuple[Paint, str]:
        """The colours of the theme, and that of what stands out from the ground."""
        return self.qda.paint, str(self.app.theme_variables["panel"])

    @property
    def state(self) -> ReportState:
        """Where one is."""
        return state_of(self.workspace)

    def on_mount(self) -> None:
        """Show the report that was shown last."""
        super().on_mount()
        self.workspace.refresh()
        self.colours = family_bars(self.qda, self.workspace.tree)
        self.listing.screen_order = self.qda.preferences.order == "screen"
        self.grid.order = "screen" if self.listing.screen_order else "terminal"
        self.call_after_refresh(self.begin)
        self.set_interval(LOOK_AROUND_SECONDS, self.look_around)

    def on_resize(self, event: events.Resize) -> None:
        """Show table and excerpts together where there is room."""
        self.set_class(event.size.height >= TALL, "tall")
        if self.sheet is not None and self.state.spot.chart:
            self.call_after_refresh(self.show_table)

    # --- counting ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show what was counted already, if nothing has changed since; else count."""
        state, report = self.state, self.state.report
        self.workers.cancel_group(self, "look")
        if report is not None and state.request == state.wanted() and self._is_current():
            self.show_report()
        else:
            self.count()

    def _is_current(self) -> bool:
        report = self.state.report
        return report is not None and report.manifest.get("state") == self.workspace.study.state_hash()

    def count(self) -> None:
        """Count the report that is wanted; keys go on meanwhile."""
        state = self.state
        request = state.wanted()
        self._show_choice(request)
        why = nothing_to_count(self.workspace, request)
        if why:
            self.tell(why)
            return
        self._counting = True
        self.caption(Text("counting…", style=self.qda.paint.quiet))
        self.run_worker(self._count(request), group="count", exclusive=True)

    async def _count(self, request: Request) -> None:
        try:
            report = await asyncio.to_thread(make, door_of(self.workspace.study), request)
        except QdaError as error:
            self.tell(f"This report could not be made: {error}.\n\nf changes what is counted.")
            return
        finally:
            self._counting = False
        state = self.state
        behind, same = state.behind, state.request == request
        if behind is not None and behind.state != report.manifest["state"]:
            state.behind = None
        state.request, state.report = request, report
        self.show_report()
        if behind is not None and state.behind is None and same and self.sheet is not None:
            self.drill()

    def look_around(self) -> None:
        """Say so when the study has changed since the report was counted."""
        if self.qda.screen is self and self.state.report is not None and not self._counting and not self._is_current():
            self.query_one("#unit", Static).update("The study has changed since this was counted: . counts anew.")

    # --- showing ----------------------------------------------------------------------------------------

    def tell(self, words: str) -> None:
        """Say something in the place of the table."""
        self.state.behind = None
        self.remove_class("drilled")
        for name, said in (("message", words), ("title", ""), ("unit", "")):
            self.query_one(f"#{name}", Static).update(said)
        self.sheet = None
        self.add_class("told")

    def _show_choice(self, request: Request) -> None:
        """Show which report is chosen, and what it counts."""
        paint = self.qda.paint
        kind = kind_of(request.name)
        self.head(self.heading, kind.title)
        self.query_one("#bar", Static).update(bar(list(REPORTS), request.name, paint, self.size.width))
        words = fields.said(kind, request.selection, dict(request.options))
        chosen = self.query_one("#chosen", Static)
        narrowed = fields.narrows(request.selection)
        chosen.set_class(narrowed, "only")
        if narrowed:
            chosen.update(f"ONLY {words} · f changes it")
        else:
            chosen.update("Counted: " + " · ".join(dict.fromkeys((fields.EVERYTHING, words))))

    def show_report(self) -> None:
        """Show the report that was counted."""
        state = self.state
        if state.report is None or state.request is None:
            return
        report = state.report
        self._show_choice(state.request)
        if not (report.view or report.table).rows:
            why = " ".join(report.lead) or "Nothing is selected: there is no coding in what is counted."
            self.tell(f"{why}\n\nf changes what is counted.")
            return
        self.remove_class("told")
        self.query_one("#title", Static).update(report.title)
        self.query_one("#unit", Static).update(f"Unit: {report.unit}")
        self.show_table()
        if state.behind is not None:
            self.show_behind(state.behind)
        else:
            self.remove_class("drilled")

    def show_table(self) -> None:
        """Show the table or the chart, with the cell in which one was."""
        state, report = self.state, self.state.report
        self.workers.cancel_group(self, "look")
        if report is None:
            return
        paint, raised = self.look
        sheet = Sheet(report, kind_of(report.name), self.colours)
        spot = state.spot
        if spot.chart:
            warm = self.qda.current_theme.warning or paint.text
            sheet = chart_of(sheet, spot.measure, self.size.width, paint, str(warm)) or sheet
        self.sheet = sheet
        self.grid.show(sheet, (paint, raised), spot)
        legend = (sheet.legend,) if isinstance(sheet, Heat) else ()
        self.query_one("#notes", Static).update(noted((*legend, *report.lead, *report.notes), self.size.width - 2))
        self.show_caption()

    def show_caption(self) -> None:
        """Say in words which cell is chosen."""
        here, sheet, paint = self.grid.here, self.sheet, self.qda.paint
        if here is None or sheet is None:
            self.caption(Text(""))
            return
        spot = self.state.spot
        spot.row, spot.column = sheet.label(here[0]), sheet.columns[here[1]]
        text = Text(sheet.said(*here, self.size.width - 2), style=paint.text, no_wrap=True, overflow="ellipsis")
        self.caption(text)

    def caption(self, text: Text) -> None:
        """Show a line below the table."""
        self.query_one("#caption", Static).update(text)

    def drill(self) -> None:
        """Look up what stands behind the chosen cell."""
        raise NotImplementedError

    def show_behind(self, behind: Behind) -> None:
        """Show what stands behind a cell."""
        raise NotImplementedError

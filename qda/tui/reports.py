"""The reports on the screen: choose, count, sort, look, open what stands behind a cell, write it down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import Static

from qda.errors import QdaError
from qda.reports.registry import REPORTS
from qda.tui.adjudication.state import AS_THEY_ARE
from qda.tui.adjudication.state import state_of as adjudication_of
from qda.tui.report.charts import chart_of
from qda.tui.report.chooser import Chooser
from qda.tui.report.fields import FIELDS, find_for, values_in
from qda.tui.report.filling import CellFilling
from qda.tui.report.form import Filled, SelectionForm
from qda.tui.report.kinds import kind_of
from qda.tui.report.offers import Offer, among
from qda.tui.report.query_window import QueryWindow
from qda.tui.report.reading import report_at
from qda.tui.report.sheet import Sheet

if TYPE_CHECKING:
    from textual import events

    from qda.tui.report.grid import Grid


class ReportsScreen(CellFilling):
    """All reports of the registry, with everything that can be done with them."""

    place: ClassVar[str] = "reports"

    # --- choosing ---------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Show another report; the selection stays."""
        self.state.name, self.state.behind = name, None
        self.begin()

    def _step(self, by: int) -> None:
        names = list(REPORTS)
        at = names.index(self.state.name) if self.state.name in names else 0
        self.choose(names[(at + by) % len(names)])

    def do_next_report(self) -> None:
        """The next report."""
        self._step(1)

    def do_previous_report(self) -> None:
        """The report before."""
        self._step(-1)

    def do_choose_report(self) -> None:
        """Choose a report from the list of all."""
        offers = [Offer(name, kind_of(name).title, said) for name, said in REPORTS.items()]

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer:
                self.choose(answer[0])

        self.app.push_screen(Chooser("Which report?", among(offers), ticked=(self.state.name,)), taken)

    def do_select(self) -> None:
        """Choose what is counted."""
        state = self.state
        options = state.options.get(state.name, {})

        def filled(answer: Filled | None) -> None:
            if answer is not None:
                state.selection, state.behind = answer.selection, None
                state.options[state.name] = answer.options
                self.count()

        self.app.push_screen(SelectionForm(kind_of(state.name), state.selection, options, self.colours), filled)

    def do_ask_query(self) -> None:
        """Write a query, or choose a saved one; only codings on its words are counted then."""
        state = self.state
        if not kind_of(state.name).queries:
            self.say("this report takes no query")
            return

        def taken(answer: str | None) -> None:
            if answer is not None:
                state.selection, state.behind = replace(state.selection, query=answer), None
                self.count()

        self.app.push_screen(QueryWindow(state.selection, self.colours), taken)

    def do_compare_by(self) -> None:
        """Choose what to compare by; from another report this goes to the comparison."""
        state = self.state
        field = FIELDS[0]
        kind = kind_of(state.name)
        most = kind.most_by if field.name in kind.uses else field.most

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer is not None:
                state.selection, state.behind = replace(state.selection, by=answer), None
                if field.name not in kind_of(state.name).uses:
                    state.name = "comparison"
                self.count()

        window = Chooser(
            f"Compare the codes by what? Attributes or families of codes, at most {most}",
            find_for(field, self.workspace, self.colours),
            ticked=values_in(field, state.selection),
            several=True,
            most=most,
        )
        self.app.push_screen(window, taken)

    def hint(self) -> None:
        """Show the keys of the table; where excerpts are shown, theirs."""
        if self.state.behind is None:
            super().hint()
            return
        opens = "text" if self.state.behind.excerpts else "source"
        paint, text = self.qda.paint, Text(" ", style=self.qda.paint.quiet)
        for key, words in (("Enter", opens), ("↑↓", "next"), ("Esc", "back to the table"), ("?", "help")):
            text.append(key, style=f"bold {paint.text}").append(f" {words}  ")
        self._status.update(text)

    def do_recount(self) -> None:
        """Count anew."""
        self.state.behind = None
        self.count()

    # --- looking ----------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """The excerpts behind the chosen cell; from an excerpt its place in the text."""
        behind = self.state.behind
        if behind is None:
            self.state.excerpt = ""
            self.drill()
        elif behind.excerpts:
            one = behind.excerpts[self.listing.at]
            self.state.excerpt = one.id
            self.qda.open_source(one.source, one.start, coding=one.id, came_from=self.place)
        elif behind.read:
            self.qda.open_source(behind.read[self.listing.at], came_from=self.place)

    def do_adjudicate(self) -> None:
        """Decide on the places of the agreement report, from the one that is looked at on."""
        if self.state.name != "agreement":
            raise QdaError("only the agreement report has places to decide on; t chooses it")
        deciding = adjudication_of(self.workspace)
        deciding.round = str(dict(self.state.wanted().options).get("round") or AS_THEY_ARE)
        deciding.seek = self._place_here()
        self.qda.call_next(self.qda.go_to_place, "adjudication")

    def _place_here(self) -> tuple[str, int] | None:
        """The source and the character at which the excerpt or the row under the cursor begins."""
        behind, sheet, here = self.state.behind, self.sheet, self.grid.here
        if behind is not None and behind.excerpts:
            one = behind.excerpts[self.listing.at]
            return one.source, one.start
        if sheet is not None and here is not None and {"source", "start"} <= set(sheet.columns):
            row = dict(zip(sheet.columns, sheet.rows[here[0]], strict=True))
            return str(row["source"]), int(str(row["start"]))
        return None

    def action_back(self) -> None:
        """From the excerpts to the cell, from the reports to where one came from."""
        if self.forget_question():
            self.hint()
        elif self.state.behind is not None:
            self.state.behind = None
            self.remove_class("drilled")
            self.hint()
            self.call_after_refresh(self.grid.settle)
        else:
            super().action_back()

    def do_sort(self) -> None:
        """Sort by the chosen column: one way, the other way, as it was."""
        if self.sheet is not None and self.state.behind is None:
            self.sort_by(self.grid.column)

    def sort_by(self, column: int) -> None:
        """Sort by a column: numbers first from high to low, words from A to Z."""
        sheet, spot = self.sheet, self.state.spot
        if sheet is None:
            return
        name, first = sheet.columns[column], sheet.goes_down(column)
        if spot.sort is None or spot.sort[0] != name:
            spot.sort = name, first
        else:
            spot.sort = (name, not first) if spot.sort[1] == first else None
        if spot.sort is not None:
            spot.row = ""  # to the top: that is what one sorts for
        self.show_table()
        if spot.sort is None:
            self.say("in the order of the report again")

    def do_chart(self) -> None:
        """Look at the report as a chart, or read its table again."""
        spot, sheet = self.state.spot, self.sheet
        if sheet is None or self.state.behind is not None:
            return
        measure = spot.measure if spot.chart else spot.column or ""
        paint, _ = self.look
        table = Sheet(sheet.report, sheet.kind, self.colours)
        if not spot.chart and chart_of(table, measure, self.size.width, paint, paint.text) is None:
            long = "; its matrix has: f, then a row a pair: no" if sheet.kind.chart else ""
            raise QdaError(f"this table has no chart{long}")
        spot.chart, spot.measure = not spot.chart, measure
        self.show_table()

    # --- the mouse --------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Choose a report in the bar, or what is counted in the line that says it."""
        name = event.widget.id if isinstance(event.widget, Static) else None
        if name == "bar":
            report = report_at(list(REPORTS), self.state.name, self.look[0], self.size.width, event.x)
            if report:
                self.choose(report)
        elif name == "chosen":
            self.do_select()
        elif name == "notes":
            self.attempt(self.do_notes)

    def on_grid_opened(self) -> None:
        """Open the cell that was clicked twice."""
        self.state.behind = None
        self.attempt(self.do_open)

    def on_grid_headed(self, message: Grid.Headed) -> None:
        """Sort by the column whose heading was clicked."""
        self.sort_by(message.column)

    def on_listing_opened(self) -> None:
        """Open the excerpt that was clicked twice."""
        self.attempt(self.do_open)

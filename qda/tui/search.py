"""Search in all sources on the screen: go through the hits, tick them, code all that are ticked at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from qda.errors import QdaError
from qda.model.nouns import many
from qda.model.selection import Selection
from qda.store.coding_lines import CodingRow
from qda.tui.hits.coding import CodeHits
from qda.tui.hits.only import NAMES, ONLY, said
from qda.tui.hits.passages import plan
from qda.tui.hits.screen import SearchView
from qda.tui.hits.state import MODES
from qda.tui.keyboard import LEADS_ON
from qda.tui.report.chooser import Chooser
from qda.tui.report.counting import door_of
from qda.tui.report.form import Filled, SelectionForm
from qda.tui.report.offers import Offer, among, codes_or_new
from qda.tui.report.reading import family_bars, modes_bar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from qda.model.tree import Code
    from qda.tui.hits.passages import Plan


class SearchScreen(SearchView):
    """The hits, with everything that can be done with them."""

    place: ClassVar[str] = "search"

    # --- moving -----------------------------------------------------------------------------------------

    def do_up(self) -> None:
        """One up; from the first hit to the line."""
        if self.focused is None and self.listing.at == 0:
            self.set_focus(self.line)
        else:
            self.listing.move(-1)

    def do_down(self) -> None:
        """One down; from the line to the hits."""
        if self.focused is None:
            self.listing.move(1)
        else:
            self.set_focus(None)

    def do_page_up(self) -> None:
        """A page up."""
        self.listing.move(-self.listing.page)

    def do_page_down(self) -> None:
        """A page down."""
        self.listing.move(self.listing.page)

    def do_top(self) -> None:
        """To the first hit."""
        self.listing.move(-len(self.state.hits))

    def do_bottom(self) -> None:
        """To the last hit."""
        self.listing.move(len(self.state.hits))

    def do_next_source(self) -> None:
        """To the first hit of the next source."""
        self.listing.move(
            next((at for at in self.state.groups if at > self.listing.at), self.listing.at) - self.listing.at
        )

    def do_source_back(self) -> None:
        """To the first hit of this source, or of the one before."""
        before = [at for at in self.state.groups if at < self.listing.at]
        self.listing.move((before[-1] if before else 0) - self.listing.at)

    def do_type(self) -> None:
        """Type other words."""
        self.set_focus(self.line)

    def do_switch(self) -> None:
        """From the line to the hits, and back."""
        if self.focused is None:
            self.set_focus(self.line)
        else:
            self.set_focus(None)

    def on_listing_moved(self) -> None:
        """Remember the chosen hit."""
        self.state.at = self.listing.at

    def on_click(self, event: events.Click) -> None:
        """Choose a way to search; a click beside the line leaves it."""
        if isinstance(event.widget, Static) and event.widget.id == "modes":
            _, places = modes_bar(MODES, self.state.mode, self.qda.paint)
            for mode, start, end in places:
                if start <= event.x - 1 < end:
                    self.choose_mode(mode)

    def on_listing_opened(self) -> None:
        """Open the hit that was clicked twice."""
        self.attempt(self.do_open)

    def on_listing_clicked(self) -> None:
        """Leave the line."""
        self.set_focus(None)

    # --- doing ------------------------------------------------------------------------------------------

    def do_counts(self) -> None:
        """The hits of each source as a list; Enter goes to the first of one."""
        state = self.state
        if not state.hits:
            raise QdaError("nothing is found that could be counted")
        counted = [Offer(str(at), state.hits[at].source, many(hits, "hit")) for at, hits in state.groups.items()]
        without = len(self.workspace.study.sources.names()) - len(counted)
        title = f"{many(len(state.hits), 'hit')} in {many(len(counted), 'source')}; none in {without}"

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer:
                self.set_focus(None)
                self.listing.move(int(answer[0]) - self.listing.at)

        self.app.push_screen(Chooser(title, among(counted)), taken)

    def do_filter(self) -> None:
        """Search only in some sources, or within passages of some codes or coders."""
        colours = family_bars(self.qda, self.workspace.tree)

        def filled(answer: Filled | None) -> None:
            if answer is not None:
                self.search_only(answer.selection)

        form = SelectionForm(ONLY, self.state.only, {}, colours, names=NAMES, go="Search")
        self.app.push_screen(form, filled)

    def search_only(self, only: Selection) -> None:
        """Search there, and only there; the hits are chosen next."""
        self.state.only = only
        self.show()
        if self.state.typed.strip():
            self.set_focus(None)
            self.seek(0)

    def action_back(self) -> None:
        """Search everywhere again; else back to the screen below."""
        if said(self.state.only):
            self.search_only(Selection())
            self.hint()
            return
        super().action_back()

    def do_open(self) -> None:
        """Open the place in the text."""
        if self.state.hits:
            hit = self.state.hits[self.listing.at]
            self.qda.open_source(hit.source, hit.start, came_from=self.place)

    def do_tick(self) -> None:
        """Tick the hit, or take the tick away; then the next one."""
        if self.state.hits:
            self.state.ticked ^= {self.listing.at}
            self.listing.move(1)
            self.show_said()

    def do_tick_all(self) -> None:
        """Tick all hits, or none."""
        state = self.state
        state.ticked = set() if len(state.ticked) == len(state.hits) else set(range(len(state.hits)))
        self.listing.settle()
        self.show_said()

    def do_code(self) -> None:
        """Put a code on all ticked hits; where none is ticked, on the chosen one."""
        state = self.state
        if not state.hits:
            raise QdaError("nothing is found that could be coded")
        if not self.workspace.study.coder:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        chosen = sorted(state.ticked or {self.listing.at})
        colours = family_bars(self.qda, self.workspace.tree)

        def taken(answer: tuple[str, ...] | None) -> None:
            if answer:
                code = self.workspace.tree.find(answer[0])
                path = answer[0] if code is None else code.path
                self.run_worker(self._plan(path, code, chosen), group=LEADS_ON, exclusive=True)

        title = f"Which code for {many(len(chosen), 'hit')}?"
        self.app.push_screen(Chooser(title, codes_or_new(self.workspace, colours)), taken)

    async def _plan(self, path: str, code: Code | None, chosen: list[int]) -> None:
        """Work out how far the codings may reach, and ask."""
        hits = [self.state.hits[at] for at in chosen]
        self.tell("looking at the hits…")
        try:
            plans = await asyncio.to_thread(plan, door_of(self.workspace.study), hits, code.key if code else None)
        except QdaError as error:
            self.say(str(error), error=True)
            return
        finally:
            self.show_said()

        def answered(reach: str | None) -> None:
            if reach is not None:
                self.put(path, plans, reach, len(hits))

        asked = f"the new code {path}" if code is None else path
        self.app.push_screen(CodeHits(asked, len(hits), plans, self.state.reach), answered)

    def put(self, path: str, plans: Mapping[str, Plan], reach: str, hits: int) -> None:
        """Put a code on segments, as one action that one undo takes back."""
        study, state = self.workspace.study, self.state
        segments = plans[reach].segments
        rows = [CodingRow(0, one.source, path, study.coder, one.start, one.end, text=one.text) for one in segments]
        summary = f"{path} on {many(hits, 'hit')} of '{state.found.words}'"
        added: list[int] = []
        state.reach = reach
        if self.change(lambda: added.append(study.codings.import_rows(rows, summary, create_codes=True).added)):
            state.ticked, state.counted = set(), study.state_hash()
            code = self.workspace.tree.find(path)
            self.workspace.used([code.key] if code else [])
            self.show()
            if added[0]:
                self.say(f"{many(added[0], 'coding')} of {path} made — u takes it back")
            else:
                self.say(f"nothing was changed: {path} stands there already")

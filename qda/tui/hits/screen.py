"""What the screen of searching shows: the words, how they are searched, and the hits in their context."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import Input, Static

from qda.errors import QdaError
from qda.model.nouns import many
from qda.tui.hits.finding import APART, find
from qda.tui.hits.only import said
from qda.tui.hits.passages import Passages
from qda.tui.hits.state import MODES, SearchState, Wanted, state_of
from qda.tui.keyboard import LEADS_ON
from qda.tui.place import PlaceScreen
from qda.tui.report.counting import door_of
from qda.tui.report.listing import Listing, Part
from qda.tui.report.reading import modes_bar
from qda.tui.report.signs import bind_signs

if TYPE_CHECKING:
    from textual.app import ComposeResult


PAUSE, LONG_PAUSE = 0.12, 0.5  # seconds of quiet before a search begins
SHORTEST = 2  # letters; fewer are searched for when Enter is pressed


class SearchView(PlaceScreen, inherit_bindings=False):
    """All hits of some words in all sources, by source, in their context."""

    heading: ClassVar[str] = "Search"
    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    SearchView Input { margin: 0 1; background: $surface; }
    SearchView #modes { height: 1; padding: 0 1; color: $quiet; }
    SearchView #said { height: 1; padding: 0 1; color: $quiet; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        bind_signs(self)
        self.line = Input(placeholder="words to find in all sources", compact=True)
        self.listing = Listing()
        self._passages: Passages | None = None

    def body(self) -> ComposeResult:
        """The line, the ways to search, the hits."""
        yield self.line
        yield Static("", id="modes")
        yield self.listing
        yield Static("", id="said")

    @property
    def state(self) -> SearchState:
        """What was searched and found."""
        return state_of(self.workspace)

    def on_mount(self) -> None:
        """Show the hits that were found before; else begin with the line."""
        super().on_mount()
        state = self.state
        self.line.value = state.typed
        self.listing.screen_order = self.qda.preferences.order == "screen"
        if state.hits and state.counted != self.workspace.study.state_hash():
            self.seek(0)
        if not state.hits:
            self.set_focus(self.line)
        self.call_after_refresh(self.show)

    # --- searching --------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while one types."""
        if event.value != self.state.typed:
            self.state.typed = event.value
            self.seek(LONG_PAUSE if self.state.mode in APART else PAUSE, shortest=SHORTEST)

    def on_input_submitted(self) -> None:
        """Search at once, and go to the hits."""
        state = self.state
        if state.found != state.wanted:
            self.seek(0, name=LEADS_ON)
        self.set_focus(None)

    def seek(self, pause: float, *, shortest: int = 1, name: str = "") -> None:
        """Search for what is typed after a pause, unless something else is typed meanwhile."""
        words = self.state.typed
        if len(words.strip()) < shortest:
            self.state.take(Wanted(), [], [], "")
            self.workers.cancel_group(self, "find")
            self.show()
            return
        begin = partial(self._seek, self.state.wanted, pause)  # begun only where nothing overtakes it
        self.run_worker(begin, name=name, group="find", exclusive=True)  # type: ignore[arg-type] # has no result

    async def _seek(self, wanted: Wanted, pause: float) -> None:
        await asyncio.sleep(pause)
        self.tell(f"searching for '{wanted.words}'…")
        try:
            hits, notes, counted = await find(door_of(self.workspace.study), wanted)
        except QdaError as error:
            self.state.take(wanted, [], [], "")
            self.show()
            self.tell(str(error), error=True)
            return
        self._passages = None
        self.state.take(wanted, hits, notes, counted)
        self.show()

    def do_mode(self) -> None:
        """Another way to search: folded, exact, pattern, lemma."""
        self.choose_mode(list(MODES)[(list(MODES).index(self.state.mode) + 1) % len(MODES)])

    def choose_mode(self, mode: str) -> None:
        """Search in this way."""
        self.state.mode = mode
        self.show_modes()
        if self.state.typed.strip():
            self.seek(PAUSE)

    # --- showing ----------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the hits."""
        state = self.state
        self.show_modes()
        raised = str(self.app.theme_variables["panel"])
        self.listing.show(len(state.hits), self._draw, self.qda.paint, raised, at=state.at)
        self.show_narrowed(said(state.only), many(len(state.hits), "hit"), "Esc searches all")
        self.show_said()

    def show_modes(self) -> None:
        """Show the ways to search."""
        bar, _ = modes_bar(MODES, self.state.mode, self.qda.paint)
        self.query_one("#modes", Static).update(bar)

    def show_said(self) -> None:
        """Say how much was found and ticked."""
        state = self.state
        if state.hits:
            words = f"{many(len(state.hits), 'hit')} in {many(len(state.groups), 'source')}"
            words += f" · {len(state.ticked)} ticked" if state.ticked else ""
            self.tell(" · ".join([words, *state.notes]))
        elif not self.workspace.study.sources.names():
            self.tell("There are no sources yet: F3 shows how transcripts come in.")
        elif state.found.words:
            where = f" with {said(state.only)}" if said(state.only) else ""
            self.tell(f"'{state.found.words}' was not found{where} ({MODES[state.found.mode]}).")
        else:
            self.tell("Type at least two letters; Enter searches for one as well.")

    def tell(self, words: str, *, error: bool = False) -> None:
        """Say something below the hits."""
        colour = self.qda.error_colour if error else self.qda.paint.quiet
        self.query_one("#said", Static).update(Text(words, style=colour, no_wrap=True, overflow="ellipsis"))

    def _draw(self, at: int, /, *, here: bool) -> list[Part]:
        """A hit in its words, below its source where it is the first one there."""
        state, paint = self.state, self.qda.paint
        hit = state.hits[at]
        if self._passages is None:
            self._passages = Passages(self.workspace.study)
        parts = []
        if at in state.groups:
            name = Text.assemble(
                (hit.source, f"bold {paint.text}"), (f"   {many(state.groups[at], 'hit')}", paint.quiet)
            )
            parts.append(Part(name, heading=True))
        lines = 4 if here else 1
        before, words, after = self._passages.around(hit, (self.size.width - 8) * lines)
        ticked = at in state.ticked
        place = Text.assemble(("✓ ", f"bold {paint.cursor}") if ticked else ("· ", paint.quiet))
        turn = self._passages.source(hit.source).turn_at(hit.start)
        if turn is not None:
            place.append(f"turn {turn.number} ", style=paint.quiet)
            place.append(self._passages.speaker(turn), style=paint.speaker)
        else:
            place.append(f"character {hit.start}", style=paint.quiet)
        marked = (words, f"bold underline {paint.text} on {paint.hit}")
        context = Text.assemble((before, paint.text), marked, (after, paint.text))
        return [*parts, Part(place), Part(context, indent=2, most=lines + 1 if here else 1)]

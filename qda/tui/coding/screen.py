"""The coding screen: what stands where, and which key does what."""

from __future__ import annotations

import gc
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Horizontal
from textual.widgets import Static

from qda.errors import QdaError
from qda.model.nouns import many
from qda.tui.actions import by_key, shown
from qda.tui.coding.cursor import MOVES, Cursor
from qda.tui.coding.deeds import Deeds
from qda.tui.coding.guided import Guide
from qda.tui.coding.painting import Look, columns
from qda.tui.coding.panes import CodesPane, DetailPane, Here, detail
from qda.tui.coding.picker import Picker
from qda.tui.coding.prompt import Prompt
from qda.tui.coding.transcript import Transcript
from qda.tui.direct import DirectScreen, name_of
from qda.tui.layout import TextLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from qda.tui.app import QdaApp
    from qda.tui.layout import Arranged
    from qda.tui.workspace import News, Workspace

KEYS = by_key("coding")
WIDE, WIDER = 100, 130
LOOK_AROUND_SECONDS = 0.5
DETAIL_SECONDS = 0.08
SLICE_SECONDS = 0.004


class Panes(Horizontal):
    """The panes side by side; they cover all of it."""

    BLANK = True


class CodingScreen(Deeds, DirectScreen):
    """A transcript with its codings, and everything that a coder does with it."""

    DEFAULT_CSS = """
    CodingScreen { layers: base above; }
    CodingScreen > .head { height: 1; background: $panel; }
    CodingScreen > .status { height: 1; background: $panel; }
    """
    AUTO_FOCUS: ClassVar[str | None] = None
    BLANK = True
    place: ClassVar[str] = "coding"

    def __init__(self, app: QdaApp, name: str, place: int = 0) -> None:
        super().__init__()
        gc.unfreeze()  # what the source before took may go
        self.workspace: Workspace = app.workspace
        self.preferences = app.preferences
        self.opened = self.workspace.open(name)
        self.look = Look(app.paint, {}, columns(80, self.opened.turns, labels=False))
        self.labels = any(turn.body == turn.start and turn.label for turn in self.opened.turns)
        self._order = self.preferences.order
        order: Arranged = "terminal" if self._order == "terminal" else "screen"
        self.look.order = order
        said = {turn.start: turn.body for turn in self.opened.turns if turn.start < turn.body}
        self.layout_of_text = TextLayout(self.opened.text, 60, order=order, flush=True, labels=said)
        self.cursor = Cursor(self.layout_of_text, self.opened.turns, self.opened.spans)
        self.cursor.go(place or (self.opened.turns[0].body if self.opened.turns else 0))
        self.transcript = Transcript(self)
        self.codes, self.details = CodesPane(), DetailPane("")
        self.head, self.status = Static("", classes="head"), Static("", classes="status")
        self.picker, self.prompt, self.guide = Picker(), Prompt(), Guide()
        self.codes.order = self.picker.order = order
        self.panes: dict[str, bool | None] = {"codes": None, "detail": None}
        self.said: tuple[str, bool] | None = None
        self.found: list[tuple[int, int]] = []
        self.adjusting: tuple[int, bool] | None = None
        self._begun = False
        self._shown = (Text(), Text())
        self._sliced: Iterator[bool] = iter(())
        self._detail_timer: Timer | None = None

    # --- what stands where ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, panes with the text between them, a line to ask in, status; the picker above all."""
        yield self.head
        with Panes():
            yield self.codes
            yield self.transcript
            yield self.details
        yield self.guide
        yield self.prompt
        yield self.status
        yield self.picker

    def on_mount(self) -> None:
        """Show the text; everything that can wait is done behind the first paint."""
        self.fit_panes(self.app.size.width)
        self.dress()
        self.transcript.widest = int(self.preferences.width)
        self.transcript.show(self.opened, self.cursor, self.look, self.layout_of_text, labels=self.labels)
        self.show_status()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._begun = True
        self.transcript.reveal(centre=True, anyway=True)
        self.moved()
        self.set_timer(0.01, self._later)
        self.set_interval(LOOK_AROUND_SECONDS, self.look_around)

    def _offer_guide(self) -> None:
        """Guide somebody who has never coded here; once."""
        if not self.preferences.guided and self.workspace.study.coder:
            self.preferences.guided = True
            self.preferences.save()
            self.guide.begin()

    def _later(self) -> None:
        """What is not needed for the first look at the text: counts, the picker's list, sentences, exact lines."""
        self.picker.prepare(self.workspace.tree)
        self.show_codes()
        self._offer_guide()
        self._sliced = chain(self._counted(), self.slices())
        self.set_timer(0.001, self._slice)

    def _counted(self) -> Iterator[bool]:
        yield from self.workspace.count_slowly()
        self.show_codes()

    def _slice(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        more = self.transcript.refine()
        while (found := next(self._sliced, None)) is not None and perf_counter() < until:
            pass
        if found is not None or more:
            self.set_timer(0.001, self._slice)
        else:
            gc.freeze()  # thousands of codings need not be looked through for garbage between two keys

    def on_resize(self, event: events.Resize) -> None:
        """Show as many panes as there is room for."""
        self.fit_panes(event.size.width)

    def fit_panes(self, width: int) -> None:
        """Show the panes that fit, or that were asked for."""
        for name, pane, least in (("codes", self.codes, WIDE), ("detail", self.details, WIDER)):
            wanted = self.panes[name]
            pane.display = width >= least if wanted is None else wanted

    def dress(self) -> None:
        """Take colours and names from the codebook and the theme."""
        app, look, tree = self.qda, self.look, self.workspace.tree
        look.paint, look.no_colour = app.paint, app.no_colour
        look.colours = app.colours(tree)
        look.colour_of = {code.key: look.colours[tree.above(code.key)[-1]] for code in tree.codes}
        look.names = {code.key: code.entry.name for code in tree.codes}
        look.coders, look.me = self.workspace.coder_names, self.workspace.me
        look.not_data = self.opened.not_data
        look.bookmarks = frozenset(self.workspace.bookmarks())

    def redress(self) -> None:
        """Take everything anew that a setting or another screen may have changed."""
        if self.preferences.order != self._order:
            self.reopen("")
            return
        self.dress()
        self.picker.prepare(self.workspace.tree)
        self.transcript.fit(self.preferences.width)
        self.show_codes()
        self.moved()

    def on_screen_suspend(self) -> None:
        """Whoever looks at another screen has learnt the last thing that the guide teaches."""
        self.guide.did("show_help")

    def on_screen_resume(self) -> None:
        """Show what was changed on other screens."""
        if self._begun and self.qda.screen is self:
            if self.workspace.current is not self.opened or self.workspace.stale:
                self.reopen("")
                return
            self.redress()

    @property
    def qda(self) -> QdaApp:
        """The app, with its own type."""
        from qda.tui.app import QdaApp

        assert isinstance(self.app, QdaApp)  # noqa: S101 - for the type; no other app makes this screen
        return self.app

    # --- keys -------------------------------------------------------------------------------------------

    async def take_key(self, event: events.Key) -> bool:
        """Give a key to what is open, else do what it stands for."""
        try:
            if event.key == "ctrl+q":
                return False  # one leaves from everywhere
            if self.picker.is_open:
                self.picker.key(event)
                return True
            if self.prompt.is_open:
                self.prompt.key(event)
                return True
            name = name_of(event)
            if self.adjusting is not None:
                self.adjust_key(name)
                return True
            return self._act(name)
        except QdaError as error:
            self.say(str(error), error=True)
            return True

    def _act(self, name: str) -> bool:
        extend = name.startswith("shift+") and name.removeprefix("shift+") in KEYS
        action = KEYS.get(name.removeprefix("shift+") if extend else name)
        if action is None or action.place != "coding":
            return False
        self.said = None
        if action.name in MOVES:
            self.travel(lambda: self.cursor.move(action.name, extend=extend))
        elif action.name in ("left", "right"):
            self.travel(lambda: self.cursor.side(-1 if action.name == "left" else 1, extend=extend))
        elif action.name in ("up", "down", "page_up", "page_down"):
            page = max(self.transcript.size.height - 2, 1) if action.name.startswith("page") else 1
            by = -page if action.name.endswith("up") else page
            self.travel(lambda: self.cursor.vertical(by, extend=extend))
        elif action.name == "recent":
            self.do_recent(int(name))
        else:
            getattr(self, f"do_{action.name}")()
        self.guide.did(action.name)
        return True

    def perform(self, name: str) -> None:
        """Do an action by its name, as the palette does."""
        action = next(action for action in KEYS.values() if action.name == name)
        try:
            self._act(action.keys[0])
        except QdaError as error:
            self.say(str(error), error=True)

    # --- where the cursor is ----------------------------------------------------------------------------

    def travel(self, go: object, *, centre: bool = False, follow: bool = True) -> None:
        """Move the cursor and paint what that changes: its old and new line, and what was or is selected.

        Where the mouse leads, the text does not `follow`: no line may slip away from under it.
        """
        look, before = self.look, self.cursor.at
        selected = self.look.selection
        if callable(go):
            go()
        dirty = [(before, before + 1), (self.cursor.at, self.cursor.at + 1)]
        look.cursor, look.selection = self.cursor.at, self.cursor.selection
        if selected != look.selection:
            dirty += _difference(selected, look.selection)
        if follow:
            self.transcript.reveal(centre=centre)
        self.transcript.repaint(dirty)
        self.moved()

    def moved(self) -> None:
        """Follow the cursor: the chosen coding, the panes, the status line."""
        look = self.look
        look.cursor, look.selection = self.cursor.at, self.cursor.selection
        here = self.here()
        chosen = look.chosen if any(one.key == look.chosen for one in here) else None
        if chosen is None and here:
            chosen = min(here, key=lambda one: (one.end - one.start, one.coder != look.me)).key
        if chosen != look.chosen:
            before, look.chosen = look.chosen, chosen
            for key in (before, chosen):
                coding = self.opened.spans.get(key) if key is not None else None
                if coding is not None:
                    self.transcript.repaint([(coding.start, coding.end)])
        self.codes.mark(frozenset(one.code for one in here))
        self.show_status()
        if self.details.display:
            if self._detail_timer is not None:
                self._detail_timer.stop()
            self._detail_timer = self.set_timer(DETAIL_SECONDS, self.show_detail)

    def pressed(self, place: int, *, extend: bool, times: int) -> None:
        """Follow the mouse: a place, a word, a sentence, a turn."""
        if self.picker.is_open or self.prompt.is_open:
            return
        self.said = None
        if times == 2 and (word := self.cursor.word_at(place)) is not None:
            self.travel(lambda: self.cursor.select(*word), follow=False)
        elif times >= 3:
            self.cursor.at = place
            self.cursor.clear()
            self.complete_sentences()
            self.travel(lambda: self.cursor.select_unit("sentence" if times == 3 else "turn"), follow=False)
        else:
            self.cursor.marking = False
            self.travel(lambda: self.cursor.go(place, extend=extend), follow=False)

    def dragged(self, place: int) -> None:
        """Extend the selection to where the mouse is."""
        self.travel(lambda: self.cursor.go(place, extend=True), follow=False)

    def pointed(self, coding: int) -> None:
        """Choose a coding by its stripe."""
        found = self.opened.spans.get(coding)
        if found is not None:
            self.look.chosen = coding
            self.travel(lambda: self.cursor.go(found.start))
            self.look.chosen = coding
            self.transcript.repaint([(found.start, found.end)])
            self.show_detail()

    def on_codes_pane_clicked(self, message: CodesPane.Clicked) -> None:
        """Put a code on the selection; without one, tint the code."""
        if self.cursor.selection is not None:
            self.attempt(lambda: self.put_codes([message.code]))
        else:
            self.do_focus(message.code)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_codes(self) -> None:
        """Show the codebook with its counts."""
        self.codes.show(self.workspace, self.look.paint, self.look.colour_of, self.workspace.known_counts)

    def show_detail(self) -> None:
        """Show what is known of the place under the cursor."""
        if not self.details.display:
            return
        place = self.cursor.at
        start, end = self.cursor.selection or (place, place + 1)
        here = self.here()
        memos = self.workspace.memos_at(here, start, end)
        turn = self.cursor.turn_at(place)
        person = self.workspace.speaker(turn) if turn is not None else ""
        known = Here(here, self.look.chosen, turn, person, memos)
        self.details.update(detail(self.workspace, self.look.paint, self.look.colour_of, known), layout=False)

    def show_status(self) -> None:
        """Show where the cursor is, what can be done there, or what was just done."""
        self._shown = (
            _renewed(self.status, self._status(), self._shown[0]),
            _renewed(self.head, self._head(), self._shown[1]),
        )

    def _head(self) -> Text:
        paint, source = self.look.paint, self.opened.source
        done = " ✓ done" if self.workspace.is_done() else ""
        coder = self.workspace.study.coder or "nobody yet"
        shown_others = "" if self.look.others else " · others hidden"
        return Text.assemble(
            (" qda ", f"bold {paint.cursor}"),
            (f"{self.workspace.study.folder.name} › ", paint.quiet),
            (source.name, f"bold {paint.text}"),
            (f"{done}   {many(len(self.opened.spans), 'coding')} · coder: ", paint.quiet),
            (coder, paint.text),
            (f"{shown_others} · saved", paint.quiet),
        )

    def _status(self) -> Text:
        paint, cursor = self.look.paint, self.cursor
        if self.said is not None:
            words, error = self.said
            return Text(f" {words}", style=f"bold {self.qda.error_colour if error else paint.text}")
        chosen = cursor.selection
        turn = cursor.turn_at(cursor.at)
        percent = 100 * cursor.at // max(len(self.opened.text), 1)
        where = f" turn {turn.number} · {percent}%" if turn is not None else f" {percent}%"
        text = Text(style=paint.quiet)
        if cursor.marking:
            text.append(" SELECT ", style=f"bold {paint.cursor_text} on {paint.cursor}")
        if chosen is not None:
            text.append(f" {chosen[1] - chosen[0]} characters selected ·", style=paint.text)
        text.append(where)
        coding = self.opened.spans.get(self.look.chosen) if self.look.chosen is not None else None
        if coding is not None:
            several = len(self.here())
            text.append("  ▌", style=self.look.colour_of.get(coding.code, paint.plain_family))
            text.append(self.look.names.get(coding.code, "?"), style=paint.text)
            text.append(f" (1 of {several}, Tab)" if several > 1 else "")
        text.append("   ")
        for name in self._hints(selected=chosen is not None, coded=coding is not None):
            action = next(action for action in KEYS.values() if action.name == name)
            key = "1-9" if name == "recent" else shown(action.keys[0])
            text.append(key, style=f"bold {paint.text}")
            text.append(f" {action.hint or action.title}  ")
        return text

    def _hints(self, *, selected: bool, coded: bool) -> tuple[str, ...]:
        if selected:
            return ("pick", "recent", "memo", "cancel")
        if coded:
            return ("remove", "select_sentence", "pick", "undo", "show_help")
        return ("select_sentence", "select_turn", "mark", "pick", "find", "show_help")

    def say(self, words: str, *, error: bool = False) -> None:
        """Say something in the status line until the next key."""
        self.said = (words, error)
        self.show_status()

    # --- others -----------------------------------------------------------------------------------------

    def look_around(self) -> None:
        """Take in what others did meanwhile."""
        if self.qda.screen is self:
            self.attempt(lambda: self.take_in(self.workspace.refresh()))

    def take_in(self, news: News) -> None:
        """Paint what is new."""
        if news.text:
            self.reopen("The text of this source was changed; this is the new one.")
            return
        if news.codebook:
            self.dress()
            self.picker.prepare(self.workspace.tree)
            self.transcript.repaint(everything=True)
        if news.stretches or news.codebook:
            self.look.coders, self.look.me = self.workspace.coder_names, self.workspace.me
            self.look.not_data = self.opened.not_data
            self.transcript.repaint(news.stretches)
            self.show_codes()
            self.moved()


def _renewed(line: Static, text: Text, before: Text) -> Text:
    """Show a text in a line that showed another; painting what is there already is the dearest part of a key."""
    if text != before or text.style != before.style:
        line.update(text, layout=False)
    return text


def _difference(one: tuple[int, int] | None, other: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The stretches that belong to one of two selections only."""
    if one is None or other is None or one[1] <= other[0] or other[1] <= one[0]:
        return [span for span in (one, other) if span is not None]
    edges = [sorted((one[0], other[0])), sorted((one[1], other[1]))]
    return [(start, end + 1) for start, end in edges if start != end]

"""What the adjudication screen shows: the places of a round, and the one under the cursor in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.containers import VerticalScroll

from qda.errors import QdaError
from qda.model.nouns import many
from qda.reports.adjudication.worklist import decided_anew, work_list
from qda.tui.adjudication.scene import scene
from qda.tui.adjudication.stage import Stage
from qda.tui.adjudication.state import AS_THEY_ARE, choices, state_of
from qda.tui.adjudication.telling import (
    NO_PLACES,
    NO_ROUND,
    filters,
    fits,
    labels,
    lanes_of,
    row,
    said_of,
    versions,
)
from qda.tui.list_place import ListPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.model.decisions import Taken
    from qda.model.nouns import Turn
    from qda.reports.adjudication.worklist import Item, WorkList
    from qda.tui.adjudication.bars import Lane
    from qda.tui.adjudication.scene import Scene
    from qda.tui.adjudication.state import AdjudicationState


class PlacesView(ListPlace):
    """The places with what was decided; the coders of the one under the cursor side by side in the text."""

    place: ClassVar[str] = "adjudication"
    heading: ClassVar[str] = "Adjudication"
    DEFAULT_CSS = """
    PlacesView > .panes > .about { overflow: hidden hidden; padding: 0 1; width: 8fr; }
    PlacesView > .panes > .about > Static {
        height: auto; max-height: 50%; margin-bottom: 1;
    }
    PlacesView.narrow > .panes > .about { height: 1fr; width: 1fr; padding: 0; }
    PlacesView.narrow > .panes > .about > Static { margin: 0; }
    PlacesView.narrow > .panes > .list { height: 7; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.about = VerticalScroll(self.words, self.stage, classes="about", can_focus=False)
        self.work: WorkList | None = None
        self.refused = ""
        self._shown: list[Item] = []
        self._texts: dict[int, tuple[str, list[Turn]]] = {}
        self._ruling = False
        self._colours: dict[int, str] = {}

    @property
    def state(self) -> AdjudicationState:
        """Where one is, and how one decides."""
        return state_of(self.workspace)

    # --- what is shown ----------------------------------------------------------------------------------

    def show(self) -> None:
        """Read the places anew."""
        study, state = self.workspace.study, self.state
        if self._ruling and self.work is not None and self._last_change() == self._seen + 1:
            self.work = decided_anew(study, self.work)
            super().show()
            return
        offered = choices(study)
        if state.round not in offered:
            state.round = offered[0]
        self._texts = {}
        tree = self.workspace.tree
        families = self.qda.colours(tree)
        self._colours = {code.key: families[tree.above(code.key)[-1]] for code in tree.codes}
        self.work, self.refused = None, ""
        try:
            self.work = work_list(study, state.round or "")
        except QdaError as error:
            self.refused = str(error)
        self._seek()
        super().show()

    def _seek(self) -> None:
        """Put the cursor on the place that is sought."""
        seek, self.state.seek = self.state.seek, None
        if seek is not None and self.work is not None:
            near = (one for one in self.work.items if one.source.name == seek[0] and seek[1] < one.place.end)
            self.state.place = next((one.id for one in near), self.state.place)

    def rule(self, act: Callable[[], object], said: str = "") -> bool:
        """Change nothing but decisions and what is done, and show it; that needs no places to be read anew."""
        self._ruling = self._seen == self._last_change()
        try:
            return self.change(act, said)
        finally:
            self._ruling = False

    def refill(self) -> None:
        """Show the places that fit, with the cursor on the one it was on, or the nearest."""
        state, work = self.state, self.work
        items = work.items if work is not None else ()
        self._shown = [one for one in items if self._fits(one)]
        self.show_nothing(None if items else self._nothing())
        name = self.called(state.round)
        decided = f"{work.decided} of {len(items)} decided" if work is not None else "not ready"
        self.head(self.heading, f"{name}   {decided}{self._noted()}")
        self.names.update(filters(state, name, self.qda.paint))
        only = [f"what has '{self.wanted}' in it"] if self.wanted.strip() else []
        only += ["what is open"] if state.hide_decided else []
        self.show_narrowed(", ".join(only) if items else "", f"{len(self._shown)} of {many(len(items), 'place')}")
        self.rows.fill(len(self._shown), self._row_of(state.place))
        self.follow()

    def _fits(self, item: Item) -> bool:
        work = self.work
        if work is None or (self.state.hide_decided and not item.is_open):
            return False
        return not self.wanted.strip() or fits(work, item, self._words_of(item), self.wanted)

    def _row_of(self, place: str) -> int:
        """The row of a place by its id; where it is not shown, of the next one that is."""
        work = self.work
        number = next((one.number for one in work.items if one.id == place), 0) if work is not None else 0
        return next((at for at, one in enumerate(self._shown) if one.number >= number), len(self._shown) - 1)

    def called(self, name: str | None) -> str:
        """What is adjudicated, in words."""
        return "codings as they are" if name == AS_THEY_ARE else self.one_line(name or "")

    def _noted(self) -> str:
        notes = len(self.work.notes) if self.work is not None else 0
        return f"   d {many(notes, 'note')}" if notes else ""

    def _nothing(self) -> Text:
        if self.refused:
            more = "\n\nTab  shows the next round." if len(choices(self.workspace.study)) > 1 else ""
            return Text(f"{self.refused}.{more}")
        return Text(NO_ROUND if self.state.round == AS_THEY_ARE else NO_PLACES)

    def draw(self, row_number: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """Its state, number, kinds, codes and words; what was decided."""
        item, work = self._shown[row_number], self.work
        if work is None:
            return []
        words = self._words_of(item)
        return [row(work, item, words, (width, self.order, here, self.qda.paint))]

    def tell(self) -> Text:
        """Where the place is, what each coder gave, and what was decided."""
        item, work = self.here, self.work
        if item is None or work is None:
            return Text("No place fits. Esc shows all of them.", style=self.qda.paint.quiet)
        turn = next((one for one in self._text_of(item)[1] if one.start <= item.place.start < one.end), None)
        where = f" · turn {turn.number}" if turn is not None else ""
        text = Text.assemble((f"{item.number}  {self.one_line(item.source.name)}{where}", "bold"))
        text.append(f" · {', '.join(item.place.kinds)}", style=self.qda.paint.quiet)
        for label, codes in versions(work, item):
            text.append(f"\n{self.one_line(label)}  ", style="bold")
            text.append(self.one_line(codes) or "nothing", style="" if codes else self.qda.paint.quiet)
        reason = self.state.reasons.get(item.id, "")
        text.append(f"\n{self.one_line(said_of(work, item, reason))}", style="bold" if item.decision else "")
        return text

    # --- one place --------------------------------------------------------------------------------------

    @property
    def here(self) -> Item | None:
        """The place under the cursor."""
        return self._shown[self.rows.at] if self._shown else None

    def item(self) -> Item:
        """The place under the cursor; what is decided is decided on it.

        Raises:
            QdaError: There is none.
        """
        if self.refused:
            raise QdaError(self.refused)
        if self.here is None:
            raise QdaError("there is no place here to decide on; Esc shows all, Tab the next round")
        return self.here

    def _text_of(self, item: Item) -> tuple[str, list[Turn]]:
        key, sources = item.source.key, self.workspace.study.sources
        if key not in self._texts:
            self._texts[key] = sources.text(key), sources.turns(item.source.revision_key)
        return self._texts[key]

    def _words_of(self, item: Item) -> str:
        return self._text_of(item)[0][item.place.start : item.place.end]

    def taken(self, item: Item) -> list[Taken]:
        """What the decision on a place put into the consensus."""
        return self.workspace.study.decisions.taken(item.decision.key) if item.decision is not None else []

    def make_scene(self, item: Item) -> Scene:
        """The place in its text, with a lane for each coder and one for what was decided."""
        made = scene(*self._around(item), self.order)
        made.lanes = self.lanes(item, made.base)
        if self.work is not None:
            made.margin = max(map(cell_len, labels(self.work, item)))
        return made

    def _around(self, item: Item) -> tuple[str, tuple[int, int], list[Turn]]:
        text, turns = self._text_of(item)
        return text, (item.place.start, item.place.end), turns

    def lanes(self, item: Item, base: int) -> list[Lane]:
        """What the coders gave at the place, and what was decided."""
        if self.work is None:
            return []
        return lanes_of(self.work, item, self.taken(item), base, self._colours)

    def follow(self) -> None:
        """Show the place under the cursor in its text."""
        item = self.here
        if item is not None:
            self.state.place = item.id
        self.words.update(self.tell())
        made = self.make_scene(item) if item is not None else None
        self.stage.show(made, self.qda.paint, no_colour=self.qda.no_colour)

"""The rounds of the study: made, coded, handed in, revealed and compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store.standing import my_part, next_of, standing
from qda.tui.forms import Sure
from qda.tui.listing import Listing, Row
from qda.tui.sheet import GOOD, QUIET, WARN, Column, wide
from qda.tui.table_place import TablePlace
from qda.tui.windows import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.model.rounds import Primary
    from qda.store.standing import Mine, Standing
    from qda.tui.round_form import Wanted
    from qda.tui.sheet import Cell

_EMPTY = """\
There are no rounds yet.

A round gives several coders the same sources, or the same stretches of them, so \
that you can say how far they agree. In a blind one nobody sees what the others \
code until it is revealed.

    a    makes one

In a shell:  qda round new pilot --for Anna --for Bram --number 4
"""
_HAND_IN = (
    "What counts for the round is what you have coded by now. You may go on coding; the round does not change. Its"
    " whole sources are then done by you."
)
_REVEAL = (
    "Everybody then sees what all have coded in its sources, and codes that were proposed become everybody's. What is"
    " coded later is no part of the round. This cannot be undone: what was hidden has been seen."
)
_REVEAL_OPEN = "What is coded later is no part of the round. This cannot be undone."
_COLUMNS = ("kind", "state", "my part", "coders", "parts", "judged by")


class RoundsScreen(TablePlace):
    """All rounds with how far they are; from here they are made, coded, handed in, revealed and compared."""

    place: ClassVar[str] = "rounds"
    heading: ClassVar[str] = "Rounds"

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[int, tuple[Standing, list[Mine]]] = {}

    # --- what is shown ----------------------------------------------------------------------------------

    def load(self) -> Listing:
        """Read all rounds, the newest first."""
        study = self.workspace.study
        with study.database.reading():
            rounds = study.rounds.all()[::-1]
            self._known = {one.key: (standing(study, one), my_part(study, one)) for one in rounds}
        rows = [Row(key, here.round.name, _cells(here, mine, study.coder)) for key, (here, mine) in self._known.items()]
        columns = [Column("round", wide("round", (row.name for row in rows), 24))]
        for at, name in enumerate(_COLUMNS, start=1):
            columns.append(Column(name, wide(name, (_words(row.cells[at]) for row in rows), 30)))
        return Listing(columns, rows)

    def nothing(self) -> str:
        """What to do in a study without rounds."""
        return _EMPTY

    def show_head(self) -> None:
        """Say how many rounds there are."""
        self.head(self.heading, self.counted("round"))

    def tell(self) -> Text:
        """Everything about the round under the cursor, in words."""
        row, paint = self.current(), self.qda.paint
        if row is None:
            words = f"nothing has '{self.wanted}' in it; Esc shows all" if self.wanted else ""
            return Text(words, style=paint.quiet)
        here, mine = self._known[row.key]
        one = here.round
        quiet, plain = f"not bold {paint.quiet}", f"not bold {paint.text}"
        names = {coder.key: coder.name for coder in self.workspace.study.coders.all()}
        gold = f" · against {names[one.gold]}" if one.gold is not None else ""
        text = Text(one.name, style=f"bold {paint.text}")
        text.append(f"   judged by {one.primary.said}{gold}", style=quiet)
        text.append(f"\n{one.drawn} · codebook version {one.version}", style=quiet)
        text.append("\nhanded in: ", style=quiet).append(", ".join(here.handed_in) or "nobody yet", style=plain)
        if here.waiting and not one.revealed:
            text.append(" · not yet: ", style=quiet).append(", ".join(here.waiting), style=plain)
        text.append("\nyours: ", style=quiet).append(self._yours(here, mine), style=plain)
        return text

    def _yours(self, here: Standing, mine: list[Mine]) -> str:
        if not mine:
            return "nothing of it is assigned to you"
        done = sum(one.done for one in mine)
        said = f"{done} of {many(len(mine), 'part')} done"
        goes_on = next_of(mine)
        if here.round.revealed or self.workspace.study.coder in here.handed_in or goes_on is None:
            return f"{said} · handed in" if self.workspace.study.coder in here.handed_in else said
        return f"{said} · " + ("D hands it in" if done == len(mine) else f"Enter goes on in {goes_on.name}")

    # --- what is done -----------------------------------------------------------------------------------

    def chosen(self) -> Standing:
        """The round under the cursor; what is done to a round begins here.

        Raises:
            QdaError: There is none.
        """
        row = self.current()
        if row is None:
            raise QdaError("there is no round here; a makes one")
        return self._known[row.key][0]

    def do_open(self) -> None:
        """Open my part where there is still something to do."""
        here = self.chosen()
        goes_on = next_of(self._known[here.round.key][1])
        if goes_on is None:
            raise QdaError(f"nothing of the round '{here.round.name}' is assigned to you")
        part = goes_on.part
        place = part.start if not part.whole else self.workspace.left_at(goes_on.name)
        self.qda.open_source(goes_on.name, place, came_from=self.place)

    def do_add(self) -> None:
        """Make a round."""
        from qda.store.drawing import make_round
        from qda.tui.round_form import RoundForm, offered

        study = self.workspace.study
        if not study.sources.names():
            raise QdaError("there is no source to code yet: F3 and a import one")

        def make(wanted: Wanted) -> None:
            self.workspace.do(lambda: make_round(study, *wanted))

        def made(saved: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            if saved:
                self.show()
                self.grid.move_to(0)
                self.say(f"the round '{self.chosen().round.name}' is made — u takes it back")

        self.app.push_screen(RoundForm(offered(study), make), made)

    def do_edit(self) -> None:
        """Say by what the round is judged."""
        from qda.tui.round_form import JudgeForm

        one = self.chosen().round

        def judge(primary: Primary) -> None:
            self.workspace.do(lambda: self.workspace.study.rounds.judge_by(one.name, primary))

        def judged(saved: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            if saved:
                self.show()
                self.say(f"'{one.name}' is judged by {self.chosen().round.primary.said} — u takes it back")

        self.app.push_screen(JudgeForm(one.name, one.primary, judge), judged)

    def do_done(self) -> None:
        """Hand in my part, after a question that says what it means."""
        here, study = self.chosen(), self.workspace.study
        name = here.round.name
        mine = self._known[here.round.key][1]
        if not mine or here.round.revealed or study.coder in here.handed_in:
            study.rounds.submit(name)  # says why not
        left = list(dict.fromkeys(one.name for one in mine if not one.done))
        undone = f"You have not marked as done: {', '.join(left)}.\n\n" if left else ""
        self._ask(
            f"Hand in your part of '{name}'?",
            f"{undone}{_HAND_IN}",
            "Hand it in",
            lambda: self.change(lambda: study.rounds.submit(name), f"your part of '{name}' is handed in"),
        )

    def do_reveal(self) -> None:
        """Let everybody see the round, after a question that says what it means."""
        from qda.store.handout import is_hand_out

        here, study = self.chosen(), self.workspace.study
        one = here.round
        if one.revealed or is_hand_out(study.database):
            study.rounds.reveal(one.name)  # says why not
        waiting = (
            f"Without {', '.join(here.waiting)}, who has not handed in and is left out.\n\n" if here.waiting else ""
        )
        self._ask(
            f"Reveal '{one.name}'?",
            waiting + (_REVEAL if one.blind else _REVEAL_OPEN),
            "Reveal it all the same" if waiting else "Reveal it",
            lambda: self._reveal(one.name, anyway=bool(waiting)),
        )

    def _reveal(self, name: str, *, anyway: bool) -> None:
        if self.change(lambda: self.workspace.study.rounds.reveal(name, anyway=anyway)):
            self.say(f"the round '{name}' is revealed; y shows how far its coders agree, z where they are apart")

    def _ask(self, question: str, said: str, yes: str, act: Callable[[], object]) -> None:
        def answered(sure: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            if sure:
                act()

        self.app.push_screen(Sure(question, said, yes), answered)

    def do_export(self) -> None:
        """Write a hand-out: a study file with what one coder needs, and nothing of the others."""
        from qda.tui.choosing import Chooser, Option

        here = self.chosen()
        if here.round.revealed or not here.waiting:
            raise QdaError(f"the round '{here.round.name}' is {here.said}; there is nothing to hand out")
        options = [Option(name, "has not handed in") for name in here.waiting]
        title = f"A hand-out of '{here.round.name}' for whom?"
        self.app.push_screen(
            Chooser(title, options), lambda found: self._to_file(here, found[0].name) if found else None
        )

    def _to_file(self, here: Standing, coder: str) -> None:
        from qda.store.handout import hand_out

        folder = self.workspace.study.folder

        def write(typed: str | None) -> None:
            if not typed or not typed.strip():
                return
            file = folder / Path(typed.strip()).expanduser()

            def act() -> None:
                held = hand_out(self.workspace.study, here.round.name, coder, file)
                self.say(f"{file} holds {held}, and nothing of anybody else's; qda merge brings it back")

            self.attempt(act)

        name = "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in f"{here.round.name}-{coder}")
        said = "A new file, in the study's folder where no other is named. It holds the full text of the interviews."
        self.app.push_screen(
            Question(f"Write the hand-out for {coder} into which file?", f"{name}.db", said=said), write
        )

    def do_agreement(self) -> None:
        """Show how far the coders of the round agree."""
        from qda.tui.report.state import state_of

        name, state = self.chosen().round.name, state_of(self.workspace)
        state.name, state.behind = "agreement", None
        state.options["agreement"] = {**state.options.get("agreement", {}), "round": name}
        self.qda.call_next(self.qda.go_to_place, "reports")

    def do_adjudicate(self) -> None:
        """Decide on the places where the coders of the round are apart."""
        from qda.tui.adjudication.state import state_of

        state_of(self.workspace).round = self.chosen().round.name
        self.qda.call_next(self.qda.go_to_place, "adjudication")


def _cells(here: Standing, mine: list[Mine], me: str) -> tuple[Cell, ...]:
    one = here.round
    kind: Cell = (here.kind, QUIET) if one.revealed or not one.blind else (here.kind, WARN)
    state: Cell = (here.said, GOOD) if one.revealed or not here.waiting else here.said
    done = sum(part.done for part in mine)
    yours: Cell = f"{done} of {len(mine)} done" if mine else ("·", QUIET)
    yours = ("handed in", GOOD) if me in here.handed_in else yours
    parts = many(here.parts, "source") if here.parts == here.sources else many(here.parts, "stretch", "stretches")
    return one.name, kind, state, yours, ", ".join(here.coders), parts, one.primary.said


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]

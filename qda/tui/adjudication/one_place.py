"""What is decided on one place: whose version is taken, a new span, nothing yet; why; and that it is open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.decisions import ALL, NONE, RECODE
from qda.reports.adjudication.deciding import Wanted, decide, said
from qda.tui.adjudication.drafting import Draft, Drafting
from qda.tui.choosing import Chooser, Option
from qda.tui.direct import name_of

if TYPE_CHECKING:
    from textual import events

    from qda.reports.adjudication.worklist import Item, WorkList


class OnePlace(Drafting):
    """Decides on the place under the cursor; what is decided is the consensus."""

    def __init__(self) -> None:
        super().__init__()
        self._digit = 0

    def the_work(self) -> WorkList:
        """All places.

        Raises:
            QdaError: They cannot be read, as those of a blind round that is not revealed.
        """
        if self.work is None:
            raise QdaError(self.refused)
        return self.work

    async def take_key(self, event: events.Key) -> bool:
        """Remember which digit was pressed."""
        name = name_of(event)
        self._digit = int(name) if name.isdecimal() else 0
        return await super().take_key(event)

    # --- one place --------------------------------------------------------------------------------------

    def decide_on(self, item: Item, wanted: Wanted) -> None:
        """Decide on a place, with the reason that was written for it."""
        work, state = self.the_work(), self.state
        reason = state.reasons.get(item.id, item.decision.reason if item.decision is not None else "")
        how = Wanted(wanted.take, wanted.spans, wanted.codes, state.ends, state.mode, reason)
        words: list[str] = []

        def act() -> None:
            words.append(said(work, [item], decide(self.workspace.study, work, [item], how)))

        if self.rule(act):
            state.reasons.pop(item.id, None)
            self.say(f"{self.one_line(words[0])} — z next open, e why, u takes it back")

    def do_take(self) -> None:
        """Take what one coder gave: the one whose digit was pressed."""
        item, work = self.item(), self.the_work()
        names = [work.coder_names[coder] for coder in item.coders]
        digit, self._digit = self._digit, 0
        if digit > len(names):
            raise QdaError(f"the coders here are 1-{len(names)}: {', '.join(names)}")
        if digit:
            self.take_coder(item, digit - 1)
            return
        options = [Option(name) for name in names]

        def chosen(found: list[Option] | None) -> None:
            if found:
                self.attempt(lambda: self.take_coder(item, options.index(found[0])))

        self.app.push_screen(Chooser("Whose version is taken?", options), chosen)

    def take_coder(self, item: Item, at: int) -> None:
        """Who gave nothing at a place has said that there is nothing."""
        coder = item.coders[at]
        if item.place.of(coder):
            self.decide_on(item, Wanted(self.the_work().coder_names[coder]))
        else:
            self.decide_on(item, Wanted(NONE))

    def do_all(self) -> None:
        """Take the codes of everybody."""
        self.decide_on(self.item(), Wanted(ALL))

    def do_none(self) -> None:
        """Take nothing of it."""
        self.decide_on(self.item(), Wanted(NONE))

    def do_recode(self) -> None:
        """Say that the codebook has to be mended first."""
        self.decide_on(self.item(), Wanted(RECODE))

    def take_draft(self, item: Item, draft: Draft) -> None:
        """Take a new span."""
        codes = (draft.code,) if draft.code is not None else ()
        self.decide_on(item, Wanted(spans=draft.spans, codes=codes))

    def do_edit(self) -> None:
        """Write why it is decided so."""
        item, state = self.item(), self.state
        kept = state.reasons.get(item.id, "") if item.decision is None else item.decision.reason

        def answer(typed: str) -> bool:
            reason = " ".join(typed.split())
            decision = item.decision
            if decision is None:
                state.reasons[item.id] = reason
                self.words.update(self.tell())
                self.say("kept for this place; it is written down with what you decide")
                return True
            return self.rule(lambda: self.workspace.study.decisions.explain(decision.key, reason), "written down")

        self.ask_line.ask("why", kept, answer)

    def do_reopen(self) -> None:
        """Take the decision away."""
        decision = self.item().decision
        if decision is None:
            raise QdaError("nothing is decided on this place; it is open")
        self.rule(lambda: self.workspace.study.decisions.withdraw([decision.key]), "the place is open again")

"""The adjudication screen: from place to place, many places at once, and how is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.decisions import INTERSECTION, LEAD, MODES, UNION
from qda.model.nouns import many
from qda.reports.adjudication.deciding import Wanted, agree, agreed_rulings, finish
from qda.tui.adjudication.one_place import OnePlace
from qda.tui.adjudication.state import choices
from qda.tui.adjudication.telling import clicked, labels
from qda.tui.choosing import Chooser, Option
from qda.tui.report.words import WordsWindow

if TYPE_CHECKING:
    from textual import events

    from qda.tui.adjudication.stage import Stage


class AdjudicationScreen(OnePlace):
    """Goes through the places of a round, and decides on one or on many."""

    # --- from place to place ----------------------------------------------------------------------------

    def do_next_open(self) -> None:
        """To the next place on which something is to be decided; behind the last from the first on."""
        count, here = len(self._shown), self.rows.at
        order = [(here + 1 + step) % count for step in range(count)] if count else []
        found = next((at for at in order if self._shown[at].is_open), None)
        if found is None:
            where = "shown " if self.wanted else ""
            raise QdaError(f"nothing that is {where}here is open; D records the consensus as done")
        if found == here:
            self.say("this is the only place that is open")
        self.rows.go(found)

    def do_open(self) -> None:
        """Go to the place in the text."""
        item = self.item()
        self.qda.open_source(item.source.name, item.place.start, came_from=self.place)

    def do_next_round(self) -> None:
        """Show the next round, behind the last the codings as they are."""
        names = choices(self.workspace.study)
        at = names.index(self.state.round) if self.state.round in names else -1
        self.state.round, self.state.place, self.wanted = names[(at + 1) % len(names)], "", ""
        self.show()

    def do_notes(self) -> None:
        """Read what is left out of the list, and why."""
        notes = self.the_work().notes
        self.app.push_screen(WordsWindow("Notes on this list", "\n\n".join(notes) or "Nothing is left out."))

    def do_decided(self) -> None:
        """Show or hide what is decided."""
        self.state.hide_decided = not self.state.hide_decided
        self.refill()

    def action_back(self) -> None:
        """Show all places again; else back to the screen below."""
        if self.state.hide_decided and not self.wanted and not self.refused:
            self.do_decided()
            self.hint()
            return
        super().action_back()

    def do_read_down(self) -> None:
        """Read on in the text."""
        self.stage.scroll_by(3)

    def do_read_up(self) -> None:
        """Read back in it."""
        self.stage.scroll_by(-3)

    # --- how is decided ---------------------------------------------------------------------------------

    def do_mode(self) -> None:
        """Decide in discussion, or as an arbiter."""
        state = self.state
        state.mode = MODES[(MODES.index(state.mode) + 1) % len(MODES)]
        self.refill()
        self.say(f"what you decide from now on was decided {_MODES[state.mode]}")

    def _rules(self) -> list[str]:
        work = self.the_work()
        coders = dict.fromkeys(coder for item in work.items for coder in item.coders)
        return [UNION, INTERSECTION, *(f"{LEAD}:{work.coder_names[coder]}" for coder in coders)]

    def do_ends(self) -> None:
        """Another rule for where what all gave begins and ends."""
        rules, state = self._rules(), self.state
        at = rules.index(state.ends) if state.ends in rules else -1
        state.ends = rules[(at + 1) % len(rules)]
        self.refill()
        self.say(_ends_said(state.ends))

    def do_agree(self) -> None:
        """Take over what all agree on, by a rule for its ends that is chosen."""
        work = self.the_work()
        rules = sorted(self._rules(), key=lambda rule: rule != self.state.ends)
        options = []
        for rule in rules:
            made, left = agreed_rulings(work, Wanted(ends=rule))
            more = f", {len(left)} stay open" if left else ""
            options.append(Option(rule, f"{many(len(made), 'place')}{more}"))

        def chosen(found: list[Option] | None) -> None:
            if found:
                self.attempt(lambda: self._agree(found[0].name))

        self.app.push_screen(Chooser("Take over what all agree on. Whose ends?", options), chosen)

    def _agree(self, rule: str) -> None:
        work, state = self.the_work(), self.state
        state.ends = rule
        found: list[int] = []

        def act() -> None:
            made, left = agree(self.workspace.study, work, Wanted(ends=rule, mode=state.mode))
            found.extend((len(made), len(left)))

        if self.rule(act):
            more = (
                f"; {many(found[1], 'place')} stay open, for nothing of them is left by this rule" if found[1] else ""
            )
            self.say(f"took over {many(found[0], 'agreed place')}, {_ends_said(rule)}{more} — u takes it back")

    def do_done(self) -> None:
        """Record the consensus as done wherever nothing is open."""
        work = self.the_work()
        names: list[str] = []
        if self.rule(lambda: names.extend(finish(self.workspace.study, work))):
            left = [source for source in work.sources if work.open_in(source.key)]
            places = sum(work.open_in(source.key) for source in left)
            more = f"; {many(places, 'place')} of {many(len(left), 'source')} still open" if left else ""
            done = f"the consensus is done in {many(len(names), 'source')}" if names else "no other source is ready"
            self.say(f"{done}{more}{' — u takes it back' if names else ''}")

    # --- the mouse --------------------------------------------------------------------------------------

    def on_stage_pointed(self, event: Stage.Pointed) -> None:
        """Twice on what a coder has below the text takes it."""
        event.stop()
        shown = self.stage.scene
        if shown is not None:
            self._take_label(shown.lanes[event.lane].label)

    def on_click(self, event: events.Click) -> None:
        """Twice on the line of a coder takes what they gave; above the list, what is clicked is changed."""
        if event.widget is self.words and event.chain == 2:
            self._take_label(self.words.render_line(event.y).text)
        elif event.widget is self.names:
            self.action_act(clicked(self.state, self.called(self.state.round), event.x))

    def _take_label(self, words: str) -> None:
        """Take the version of the coder with whose label some words begin."""
        item = self.here
        if item is None or self.draft is not None:
            return
        named = labels(self.the_work(), item)[:-1]
        found = next((at for at, label in enumerate(named) if words.startswith(self.one_line(label))), None)
        if found is not None:
            self.attempt(lambda: self.take_coder(item, found))


_MODES = {"discussion": "in discussion", "arbiter": "by you as arbiter"}
_ENDS = {UNION: "with all that anybody marked", INTERSECTION: "with what all marked"}


def _ends_said(rule: str) -> str:
    return _ENDS.get(rule) or f"with the ends of {rule.partition(':')[2]}"

"""The claims screen: findings with their grade, what is cited for and against each, and what is not cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text

from qda.errors import QdaError
from qda.model.claims import CLAIM_KINDS, CLAIM_STATES, ClaimRow
from qda.model.nouns import many
from qda.reports.claim_evidence import Evidence, Standing
from qda.reports.claim_parts import counted, scope_said
from qda.store.memos import MemoRow
from qda.tui.claim_form import ClaimForm
from qda.tui.claim_windows import SIGNS, BehindWindow, CitedWindow, Place, UncitedWindow
from qda.tui.forms import Field, Form, Reading
from qda.tui.list_window import Deciding
from qda.tui.memo_form import MemoForm, Written
from qda.tui.narrowed import NarrowedPlace
from qda.tui.rows import loud, one_row, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.tui.forms import Values

_EMPTY = """\
There are no claims yet. A claim is a finding in your own words, with the words of \
your sources that speak for it and against it.

  a   writes one
  F2  the transcript: q cites the selected words for a claim or against it

A file written in any editor comes in with: qda claims import FILE
"""


class Spot(NamedTuple):
    """The claim from which a text was opened, and the action that showed its list: the way back leads there."""

    claim: int
    window: str


class ClaimsScreen(NarrowedPlace[Standing]):
    """The claims, in the order in which they were written."""

    place: ClassVar[str] = "claims"
    heading: ClassVar[str] = "Claims"
    tall: ClassVar[int] = 2
    narrowed_by: ClassVar[tuple[str, ...]] = ("state", "kind")
    noun: ClassVar[str] = "claim"
    empty: ClassVar[str] = _EMPTY

    # --- what is shown ----------------------------------------------------------------------------------

    def show(self) -> None:
        """Read the claims and their evidence anew."""
        study = self.workspace.study
        with study.database.reading():
            self._all = Evidence(study).all() if study.claims.all() else []
        super().show()

    def key_of(self, item: Standing) -> int:
        """The claim's key."""
        return item.claim.key

    def facts(self, item: Standing) -> dict[str, str]:
        """By what claims are narrowed down."""
        return {"state": item.claim.state, "kind": item.claim.kind}

    def said(self, item: Standing) -> str:
        """The words by which a claim is found."""
        claim = item.claim
        return f"{claim.text} {claim.kind} {claim.state} {claim.because} {item.grade} {scope_said(item)}"

    def filters(self) -> Text:
        """The key that leads to what is not cited."""
        return Text("  q lists what is in scope and not cited", style=self.qda.paint.quiet)

    def remark(self) -> str:
        """How many claims nothing is cited for."""
        unsupported = sum(one.unsupported for one in self._all)
        return f" · {unsupported} unsupported" if unsupported else ""

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """Its words and its grade; its state, what is cited, and what is not."""
        one, quiet = self._shown[row], loud(self.qda.paint.quiet, here=here)
        words = Text(one_row(f"{one.claim.number}. {one.claim.text}", width, self.qda.preferences.order), "bold")
        hand = " by hand" if one.claim.grade else ""
        grade = Text(f"{one.grade or 'no grade'}{hand}", quiet)
        left = "" if one.uncited is None else f" · {len(one.uncited)} not cited"
        cited = f"{len(one.supporting)} for · {len(one.contradicting)} against{left}"
        cited = "unsupported" + left if one.unsupported and not one.contradicting else cited
        return [spread(words, grade, width), Text(f"{one.claim.state} · {one.claim.kind} · {cited}", quiet)]

    def tell(self) -> Text:
        """Everything about the claim."""
        quiet = self.qda.paint.quiet
        if not self._shown:
            return Text("No claim fits. * shows all of them.", style=quiet)
        one, text = self._shown[self.rows.at], Text()
        claim = one.claim
        text.append(f"{self.readable(claim.text)}\n", style="bold")
        text.append(f"{claim.kind} · {claim.state}{f': {claim.because}' if claim.because else ''}\n", style=quiet)
        by_rule = f" by hand: {claim.reason} (by the rule: {one.computed or 'n/a'})" if claim.grade else " by the rule"
        text.append(f"{one.grade or 'no grade'}{by_rule}\n{self.readable(one.rule)}\n", style=quiet)
        text.append(f"\ncited for it: {counted(one.own)}\n", style=quiet)
        if one.all != one.own:
            text.append(f"with its parts: {counted(one.all)}\n", style=quiet)
        scope = "none yet: e says what it is about" if one.uncited is None else scope_said(one)
        text.append(f"scope: {scope}\n", style=quiet)
        text.append(f"{one.problem}\n" if one.problem else "", style=self.qda.error_colour)
        for each in (*one.supporting, *one.contradicting):
            text.append(f"\n{SIGNS[each.citation.stance]} ", style="bold")
            text.append(f"{self.one_line(each.source.name)} · {self.one_line(each.speaker)}\n", style=quiet)
            text.append(f"{self.readable(each.citation.words)}\n")
            if each.citation.wording:
                text.append(f"{each.citation.quoted}: {self.readable(each.citation.wording)}\n", style="italic")
        if one.lost:
            text.append(f"\n{many(len(one.lost), 'citation')} lost the words in a corrected text\n", style=quiet)
        for memo in self.workspace.study.memos.all():
            if memo.target == claim.uid:
                text.append(f"\nmemo of {self.one_line(memo.coder)}: ", style=quiet).append(self.readable(memo.body))
        return text

    def standing(self) -> Standing:
        """The claim under the cursor.

        Raises:
            QdaError: There is none.
        """
        if not self._shown:
            raise QdaError("there is no claim here: a writes one, * shows all")
        return self._shown[self.rows.at]

    # --- what is wanted ---------------------------------------------------------------------------------

    def do_states(self) -> None:
        """Only one state."""
        self.narrow_next("state", CLAIM_STATES)

    def do_kinds(self) -> None:
        """Only one kind."""
        self.narrow_next("kind", CLAIM_KINDS)

    # --- what stands behind it --------------------------------------------------------------------------

    def come_back(self) -> None:
        """Put the cursor on the claim from which a text was opened, and show the same list again."""
        spot = self.workspace.spots.get(self.place)
        if isinstance(spot, Spot):
            self.go_to_key(spot.claim)
            if self._shown:
                self.action_act(spot.window)

    def do_open(self) -> None:
        """What is cited for and against the claim."""
        self._behind(CitedWindow, "open", "Cited for and against")

    def do_uncited(self) -> None:
        """What in its scope is not cited."""
        self._behind(UncitedWindow, "uncited", "Not cited")

    def _behind(self, kind: type[BehindWindow], name: str, title: str) -> None:
        claim, study = self.standing().claim, self.workspace.study

        def again() -> Standing:
            with study.database.reading():
                found = Evidence(study)
                return found.of(next((one for one in found.claims if one.key == claim.key), claim))

        def go(place: Place | None) -> None:
            if place is not None:
                self.workspace.spots[self.place] = Spot(claim.key, name)
                self.qda.open_source(place.source, place.start, came_from=self.place)
            else:
                self.show()

        self.app.push_screen(kind(f"{title}: {claim.text}", self.workspace, claim, again), go)

    def do_log(self) -> None:
        """What became of the claim."""
        claim = self.standing().claim
        lines = [
            f"{line.at[:16].replace('T', ' ')}  {line.coder}: {line.words}"
            for line in self.workspace.study.claims.log(claim.key)
        ]
        self.app.push_screen(Reading(f"What became of '{claim.text}'", "\n".join(lines)))

    # --- deeds ------------------------------------------------------------------------------------------

    def do_add(self) -> None:
        """Write a claim."""
        study = self.workspace.study

        def save(row: ClaimRow) -> None:
            self.workspace.do(lambda: study.claims.add(row))

        self.app.push_screen(ClaimForm("A new claim", ClaimRow(""), save), self.saved)

    def do_edit(self) -> None:
        """Write on in this claim."""
        claim, study = self.standing().claim, self.workspace.study
        names = ("text", "kind", "rule", "grade", "reason", "scope")
        row = ClaimRow("")._replace(**{name: getattr(claim, name) for name in names})

        def save(new: ClaimRow) -> None:
            fields = {name: getattr(new, name) for name in names}
            self.workspace.do(lambda: study.claims.edit(claim, **fields))

        self.app.push_screen(ClaimForm(f"Claim {claim.number}", row, save), self.saved)

    def do_state(self) -> None:
        """Say how it fared."""
        claim, study = self.standing().claim, self.workspace.study

        def save(values: Values) -> None:
            fields = {"state": values["state"], "because": values["why"]}
            self.workspace.do(lambda: study.claims.edit(claim, **fields))

        fields = (Field("state", claim.state, CLAIM_STATES, only=True), Field("why", claim.because))
        form = Form(f"How did it fare? {claim.text}", fields, save)
        self.app.push_screen(form, lambda values: self.saved(values is not None))

    def do_memo(self) -> None:
        """Write a memo on this claim."""
        claim, study = self.standing().claim, self.workspace.study

        def save(new: Written) -> None:
            row = MemoRow(new.body, "claim", claim.uid, title=new.title, kind=new.kind)
            self.workspace.do(lambda: study.memos.add(row))

        self.app.push_screen(MemoForm(f"A memo on the claim {claim.number}", Written(), save), self.saved)

    def do_remove(self) -> None:
        """Remove this claim, after a question."""
        claim = self.standing().claim

        def decided(yes: bool | None) -> None:  # noqa: FBT001 - the window's answer
            if yes:
                self.change(lambda: self.workspace.study.claims.remove(claim), "removed the claim")

        said = f"{self.one_line(claim.text)}\n\nWhat is cited for and against it goes with it, and its memos."
        self.app.push_screen(Deciding("Remove this claim?", said, "Enter: remove"), decided)

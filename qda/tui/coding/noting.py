"""Writing beside the codes: memos, comments, what is no data, what is done; and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.claims import CitationRow, ClaimRow
from qda.store.memos import MemoRow
from qda.tui.coding.following import Following

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.model.claims import Claim
    from qda.tui.memo_form import Written

_NEW_CLAIM = "a new claim, cited for it"


class Noting(Following):
    """What is written about the text and its codings."""

    # --- memos and comments -----------------------------------------------------------------------------

    def do_memo(self) -> None:
        """Write a memo on the selection, else on the turn, without turns on the source."""
        from qda.tui.memo_form import MemoForm, Written

        name, turn = self.opened.source.name, self.cursor.turn_at(self.cursor.at)
        stretch = self.cursor.selection or (self.cursor.turn_words(turn) if turn is not None else None)
        start, end = stretch or (None, None)
        if self.cursor.selection is not None:
            about = f"memo on {self.quoted(*self.cursor.selection)}"
        else:
            about = f"memo on turn {turn.number}" if turn is not None else f"memo on {self.painted(name)}"
        kind = "segment" if stretch is not None else "source"

        def save(new: Written) -> None:
            row = MemoRow(new.body, kind, name, start=start, end=end, title=new.title, kind=new.kind)
            self.change(lambda: self.workspace.add_memo(row, about))

        form = MemoForm(f"A {about}", Written(), save)
        self.app.push_screen(form, self._saying(f"{about} saved"))

    def do_comment(self) -> None:
        """Write a comment on the chosen coding, or write on in one's own."""
        from qda.tui.coding.comment import CommentForm

        coding, study = self.chosen(), self.workspace.study
        name = self.name_of(coding.code)
        mine = [one for one in self.workspace.memos() if one.target == coding.uid and one.coder == study.coder]
        before = mine[-1] if mine else None

        def save(words: str) -> None:
            if before is None:
                self.change(lambda: self.workspace.add_memo(MemoRow(words, "coding", coding.uid), f"comment on {name}"))
            elif words:
                kept = {"title": before.title, "kind": before.kind}
                self.change(lambda: study.memos.edit(before.uid, body=words, **kept))
            else:
                self.change(lambda: study.memos.remove(before.uid))

        said = f"Comment on {name}: {self.quoted(coding.start, coding.end)}"
        form = CommentForm(said, before.body if before is not None else "", save)
        self.app.push_screen(form, self._saying(f"comment on {name} saved"))

    def _saying(self, words: str) -> Callable[[bool | None], None]:
        """What a window's answer leads to: its words, where something was saved."""

        def answered(saved: bool | None) -> None:  # noqa: FBT001 - the window's own answer
            self.say(f"{words} — u takes it back" if saved else "nothing was written")

        return answered

    # --- claims -----------------------------------------------------------------------------------------

    def do_cite(self) -> None:
        """Cite the selection, else the chosen coding, for a claim or against it; a new claim can be made here."""
        from qda.tui.choosing import Chooser, Option

        name, study = self.opened.source.name, self.workspace.study
        coding = None if self.cursor.selection else self.chosen()
        start, end = self.cursor.selection or ((coding.start, coding.end) if coding else (0, 0))
        claims = study.claims.all()
        options = [Option(f"{claim.number}. {claim.text}", stance) for claim in claims for stance in ("for", "against")]

        def chosen(found: list[Option] | None) -> None:
            if found:
                self.attempt(lambda: self._cite(CitationRow(name, start, end), found[0].name, found[0].note, claims))

        asked = "Cite for or against which claim?" if claims else "No claims yet: type one, and Enter cites for it"
        title = f"{asked} {self.quoted(start, end)}"
        self.app.push_screen(Chooser(title, options, new=_NEW_CLAIM), chosen)

    def _cite(self, row: CitationRow, words: str, stance: str, claims: list[Claim]) -> None:
        """Cite a segment for or against the claim that was chosen; with new words, for a new claim."""
        study = self.workspace.study
        known = next((claim for claim in claims if f"{claim.number}. {claim.text}" == words), None)
        if known is None:
            self.change(lambda: study.claims.add(ClaimRow(words, citations=(row,))))
            self.say("a new claim with these words — F11 shows it, u takes it back")
            return
        self.change(lambda: study.claims.cite(known, row._replace(stance=stance)))
        self.say(f"cited {stance} claim {known.number} — F11 shows it, u takes it back")

    # --- what counts ------------------------------------------------------------------------------------

    def do_not_data(self) -> None:
        """Mark the selection as no data; on such a stretch, take the mark away."""
        name, at = self.opened.source.name, self.cursor.at
        low, high = self.cursor.selection or (at, at + 1)
        inside = [span for span in self.opened.not_data if span[0] <= low and high <= span[1]]
        if inside:
            self.change(lambda: self.workspace.study.not_data.remove(name, *inside[0]))
            self.travel(self.cursor.clear)
            self.say("this counts as data again — u takes it back")
            return
        start, end = self.target()
        self.change(lambda: self.workspace.mark_not_data(start, end))
        self.travel(self.cursor.clear)
        self.say("not data: left out of words, bases and searches — u takes it back")

    def do_confidential(self) -> None:
        """Mark the selection as confidential; on such a stretch, take the mark away."""
        from qda.store.sensitive import SensitiveRow

        name, at, study = self.opened.source.name, self.cursor.at, self.workspace.study
        low, high = self.cursor.selection or (at, at + 1)
        inside = [one for one in self.opened.confidential if one[0] <= low and high <= one[1]]
        if inside:
            whole = self.opened.source.key in study.sensitive.whole()
            row = SensitiveRow(name) if whole else SensitiveRow(name, start=inside[0][0], end=inside[0][1])
            self.change(lambda: study.sensitive.clear(row, f"{name} is not confidential there any more"))
            self.travel(self.cursor.clear)
            self.say("not confidential any more — u takes it back")
            return
        start, end = self.target()
        row = SensitiveRow(name, start=start, end=end)
        self.change(lambda: study.sensitive.mark([row], f"{name} {start}-{end} is confidential"))
        self.travel(self.cursor.clear)
        self.say("confidential: kept out of what is made for the public — u takes it back")

    def do_done(self) -> None:
        """Mark the source as done, or as in progress again."""
        state = "in progress" if self.workspace.is_done() else "done"
        self.change(lambda: self.workspace.set_progress(state))
        self.say(f"{self.painted(self.opened.source.name)} is {state} for you — u takes it back")

    # --- taking back ------------------------------------------------------------------------------------

    def do_undo(self) -> None:
        """Take back the last action of this coder."""
        self.change(lambda: self.say(f"taken back: {self.painted(self.workspace.study.changes.undo())}"))

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self.change(lambda: self.say(f"done again: {self.painted(self.workspace.study.changes.redo())}"))

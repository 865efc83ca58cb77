"""What stands behind a claim as a list: what is cited for and against it, or what in its scope is not cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType

from qda.errors import QdaError
from qda.model.claims import CitationRow
from qda.model.nouns import many
from qda.tui.list_window import ListWindow
from qda.tui.rows import loud, one_row, readable, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.model.claims import Citation, Claim
    from qda.reports.claim_evidence import Cited, Standing, Uncited
    from qda.store import Study
    from qda.tui.workspace import Workspace

SIGNS = {"for": "＋ for", "against": "－ against"}


class Place(NamedTuple):
    """A segment behind a claim to go to."""

    source: str
    start: int
    end: int


class BehindWindow(ListWindow["Place"]):
    """A list of segments behind a claim; the answer is the one to go to."""

    tall: ClassVar[int] = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "cite('for')", show=False),
        Binding("minus", "cite('against')", show=False),
        Binding("x,delete", "uncite", show=False),
        Binding("e", "quote", show=False),
    ]

    def __init__(self, title: str, workspace: Workspace, claim: Claim, again: Callable[[], Standing]) -> None:
        super().__init__(title)
        self._workspace, self._claim, self._again = workspace, claim, again
        self._standing = again()

    @property
    def study(self) -> Study:
        """The open study."""
        return self._workspace.study

    def on_mount(self) -> None:
        """Show the list."""
        self.renew()

    def renew(self) -> None:
        """Read the claim anew."""
        self._standing = self._again()
        self.rows.fill(self.count(), min(self.rows.at, max(self.count() - 1, 0)))
        self.tell()

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def put(self, row: CitationRow) -> None:
        """Cite a segment, and show the list anew."""
        try:
            self._workspace.do(lambda: self.study.claims.cite(self._claim, row))
        except QdaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.renew()

    def action_uncite(self) -> None:
        """Take what is cited back, where that is listed."""

    def action_quote(self) -> None:
        """Say how it is quoted, where that is listed."""

    def whole_words(self, words: str) -> str:
        """Words in lines as wide as the window."""
        return readable(words, self.whole.size.width or 60, self.qda.preferences.order)

    def row_words(self, words: str, width: int) -> str:
        """As many words as a line holds."""
        return one_row(words, width, self.qda.preferences.order)


class CitedWindow(BehindWindow):
    """What is cited for and against a claim; what has lost its words stands last."""

    keys: ClassVar[str] = "Enter text · + for · - against · e how it is quoted · x no longer cited · Esc closes"

    @property
    def _cited(self) -> tuple[Cited, ...]:
        return (*self._standing.supporting, *self._standing.contradicting)

    def count(self) -> int:
        """How many citations there are."""
        return len(self._cited) + len(self._standing.lost)

    def _citation(self) -> Citation | None:
        listed = [*(one.citation for one in self._cited), *self._standing.lost]
        return listed[self.rows.at] if listed else None

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """For or against, where it stands and who speaks; its words."""
        quiet = loud(self.qda.paint.quiet, here=here)
        if row >= len(self._cited):
            lost = self._standing.lost[row - len(self._cited)]
            return [Text("words gone from the text since", quiet), Text(self.row_words(lost.words, width))]
        one = self._cited[row]
        turn = "" if one.turn is None else f" · turn {one.turn}"
        place = Text.assemble(
            (SIGNS[one.citation.stance], "bold"), (f"  {self.one_line(one.source.name)}{turn}", quiet)
        )
        how = "" if one.citation.quoted == "verbatim" else f" · {one.citation.quoted}"
        look = " · look: the text was corrected" if one.citation.anchor else ""
        who = Text(f"{self.one_line(one.speaker)}{how}{look}", quiet)
        return [spread(place, who, width), Text(self.row_words(one.citation.words, width))]

    def tell(self) -> None:
        """Show all words of the citation under the cursor, and what is printed in their place."""
        citation = self._citation()
        if citation is None:
            said = "Nothing is cited yet. In a transcript (F2) select words, then q cites them."
            self.whole.update(said)
            return
        text = Text(self.whole_words(citation.words))
        if citation.wording:
            by = f" by {citation.by}" if citation.by else ""
            text.append(f"\n{citation.quoted}{by}: ", style=self.qda.paint.quiet)
            text.append(self.whole_words(citation.wording), style="italic")
        self.whole.update(text)

    def action_cite(self, stance: str) -> None:
        """Let it speak for the claim, or against it."""
        citation = self._citation()
        if citation is not None and citation.anchor < 2:
            self.put(self._row(citation)._replace(stance=stance))

    def _row(self, citation: Citation) -> CitationRow:
        name = next(one.source.name for one in self._cited if one.citation.key == citation.key)
        said = (citation.stance, citation.role, citation.quoted, citation.wording, citation.by)
        return CitationRow(name, citation.start, citation.end, *said)

    def action_uncite(self) -> None:
        """Take it back."""
        citation = self._citation()
        if citation is None:
            return
        try:
            self._workspace.do(lambda: self.study.claims.uncite(citation))
        except QdaError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.renew()

    def action_quote(self) -> None:
        """Say how it is quoted, and what the footnote calls whoever speaks."""
        from qda.tui.claim_form import CitationForm

        citation = self._citation()
        if citation is None or citation.anchor == 2:
            return
        row = self._row(citation)
        wording = {"role": row.role, "quoted": row.quoted, "wording": row.wording, "by": row.by}
        form = CitationForm(
            "How this is quoted",
            citation.words,
            wording,
            lambda new: self._workspace.do(lambda: self.study.claims.cite(self._claim, row._replace(**new))),
        )
        self.app.push_screen(form, lambda _saved: self.renew())

    def action_choose(self) -> None:
        """Go to the words."""
        if self.rows.at < len(self._cited):
            one = self._cited[self.rows.at]
            self.dismiss(Place(one.source.name, one.citation.start, one.citation.end))


class UncitedWindow(BehindWindow):
    """The passages in a claim's scope that are cited neither for nor against it."""

    keys: ClassVar[str] = "Enter text · + cite for · - cite against · Esc closes"

    @property
    def _passages(self) -> tuple[Uncited, ...]:
        return self._standing.uncited or ()

    def count(self) -> int:
        """How many passages there are."""
        return len(self._passages)

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """Where it stands and its codes; its words."""
        one, quiet = self._passages[row], loud(self.qda.paint.quiet, here=here)
        place = Text(f"{self.one_line(one.source)} {one.start}-{one.end}", quiet)
        codes = Text(self.one_line(", ".join(one.codes)), quiet)
        return [spread(place, codes, width), Text(self.row_words(one.text, width))]

    def tell(self) -> None:
        """Show all words of the passage under the cursor, and how many are left."""
        if not self._passages:
            said = "All passages in its scope are cited for or against it."
            if self._standing.uncited is None:
                said = self._standing.problem or "It has no scope yet: e says which codes or sources it is about."
            self.whole.update(said)
            return
        left = f"{many(len(self._passages), 'passage')} cited neither for nor against\n"
        words = self.whole_words(self._passages[self.rows.at].text)
        self.whole.update(Text.assemble((left, "bold"), words))

    def action_cite(self, stance: str) -> None:
        """Cite the passage for the claim, or against it."""
        if self._passages:
            one = self._passages[self.rows.at]
            self.put(CitationRow(one.source, one.start, one.end, stance))

    def action_choose(self) -> None:
        """Go to the words."""
        if self._passages:
            one = self._passages[self.rows.at]
            self.dismiss(Place(one.source, one.start, one.end))

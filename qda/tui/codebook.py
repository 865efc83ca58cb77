"""The codebook screen: the tree of codes, and everything about the code under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.errors import QdaError
from qda.model.nouns import many
from qda.tui.codebook_about import Known, Looks, about
from qda.tui.codebook_deeds import CodebookDeeds
from qda.tui.codebook_tree import Facts, Line, draw, fold_mark, lines, names, totals
from qda.tui.fuzzy import Finder
from qda.tui.rows import MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qda.model.nouns import Memo
    from qda.model.tree import Code

_EMPTY = """\
There are no codes yet.

  A   makes the first one
  F2  back to the transcript: select words there, press c and type a name;
      so codes are made as you code

A codebook that is written already comes in from a shell:

  qda codebook import FILE.yaml
"""


class CodebookScreen(CodebookDeeds):
    """The codes of the study; `code` is the key of the one to begin with."""

    place: ClassVar[str] = "codebook"
    heading: ClassVar[str] = "Codebook"

    def __init__(self, code: int | None = None) -> None:
        super().__init__()
        self._wanted_code = code
        self._folded: set[int] = set()
        self._retired = True
        self._lines: list[Line] = []
        self._facts: Facts | None = None
        self._coders: Mapping[int, Sequence[tuple[str, int]]] = {}
        self._memos: dict[str, list[Memo]] = {}

    # --- what is shown ----------------------------------------------------------------------------------

    def show(self) -> None:
        """Read counts and memos anew, then the tree."""
        study, tree = self.workspace.study, self.workspace.tree
        families = self.qda.bars(tree)
        own = self.workspace.counts()
        bars = {code.key: families[tree.above(code.key)[-1]] for code in tree.codes}
        self._facts = Facts(own, totals(tree, own), bars, self.qda.paint, None, self.one_line)
        self._coders = study.codebook_edits.coders_by_code()
        self._memos = {}
        for memo in study.memos.all():
            if memo.target_kind == "code":
                self._memos.setdefault(memo.target, []).append(memo)
        retired = sum(code.retired for code in tree.codes)
        more = f"{many(len(tree.codes) - retired, 'code')}{f' · {retired} retired' if retired else ''}"
        self.head(self.heading, f"{more} · version {study.codebook.version()}")
        super().show()

    def refill(self) -> None:
        """Show the codes in sight, with the cursor on the one it was on, or near."""
        assert self._facts is not None  # noqa: S101 - it is read before
        tree = self.workspace.tree
        here = self._wanted_code or (self._lines[self.rows.at].code.key if self._lines else 0)
        self._wanted_code = None
        found = None
        if self.wanted.strip():
            fitting = Finder(tree.codes).find(self.wanted)
            firm = [one.code.key for one in fitting if not one.loose]
            ranked = firm or [one.code.key for one in fitting]
            found = frozenset(ranked)
            here = here if here in found else ranked[0] if ranked else here
        self._facts = self._facts._replace(found=found)
        self._lines = lines(tree, self._folded, retired=self._retired, found=found)
        at = next((row for row, line in enumerate(self._lines) if line.code.key == here), self.rows.at)
        self.call_after_refresh(self.fit)  # a scroll bar that comes or goes moves the columns
        self.show_nothing(None if tree.codes else Text(_EMPTY))
        fits = f"{len(found or ())} of {many(len(tree.codes), 'code')} and the way to them"
        self.show_narrowed(f"what fits '{self.wanted}'" if self.wanted.strip() else "", fits)
        self.rows.fill(len(self._lines), at)
        self.follow()

    def fit(self) -> None:
        """Put the names of the columns above them too."""
        super().fit()
        self.names.update(names(self.rows.room() - MARGIN))

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """The line of a code."""
        return [draw(self._lines[row], self._facts, width, here=here)] if self._facts is not None else []

    def tell(self) -> Text:
        """Everything about the code under the cursor."""
        facts = self._facts
        if facts is None or not self._lines:
            return Text("No code fits what is typed. Esc shows all of them.", style=self.qda.paint.quiet)
        code = self._lines[self.rows.at].code
        known = Known(
            self.book.made(code.key),
            facts.own.get(code.key, 0),
            facts.totals.get(code.key, 0),
            self._coders.get(code.key, ()),
            self._memos.get(code.path, ()),
        )
        return about(
            code, self.workspace.tree, known, Looks(facts.paint, facts.bars[code.key], self.readable, self.one_line)
        )

    def code(self) -> Code:
        """The code under the cursor.

        Raises:
            QdaError: There is none.
        """
        if not self._lines:
            raise QdaError("there is no code here: A makes one")
        return self._lines[self.rows.at].code

    def go_to_code(self, key: int) -> None:
        """Put the cursor on a code; what hides it gives way."""
        code = self.workspace.tree.by_key.get(key)
        if code is None:
            return
        self._folded -= set(self.workspace.tree.above(key)) - {key}
        self._retired = self._retired or code.retired
        self._wanted_code = key
        if self._facts is not None and self._facts.found is not None and key not in self._facts.found:
            self.wanted = ""
        self.refill()

    # --- moves ------------------------------------------------------------------------------------------

    def do_fold(self) -> None:
        """Hide the subcodes of this code; where they are hidden, or it has none, go to its parent."""
        line = self._lines[self.rows.at] if self._lines else None
        if line is None:
            return
        if line.unfolded and not self.wanted:
            self._folded.add(line.code.key)
            self.refill()
        elif line.code.parent is not None:
            self.go_to_code(line.code.parent)

    def do_unfold(self) -> None:
        """Show the subcodes of this code; where they are shown, go to the first."""
        line = self._lines[self.rows.at] if self._lines else None
        if line is None or line.unfolded is None:
            return
        if line.unfolded:
            self.rows.go(self.rows.at + 1)
        else:
            self._folded.discard(line.code.key)
            self.refill()

    def do_fold_all(self) -> None:
        """Show only the families, or everything again."""
        tree = self.workspace.tree
        families = {key for key in tree.children.get(None, ()) if tree.children.get(key)}
        self._folded = set() if self._folded >= families else families
        root = tree.above(self.code().key)[-1] if self._folded and self._lines else None
        self._wanted_code = root
        self.refill()

    def do_retired(self) -> None:
        """Show retired codes, or hide them."""
        self._retired = not self._retired
        self.refill()
        hidden = sum(code.retired for code in self.workspace.tree.codes)
        self.say(f"{many(hidden, 'retired code')} {'shown' if self._retired else 'hidden'}: H changes that")

    def clicked(self, cell: int, *, twice: bool) -> None:
        """A click on the fold mark folds; elsewhere it chooses."""
        line = self._lines[self.rows.at]
        if line.unfolded is not None and cell in fold_mark(line) and not twice:
            self._folded ^= {line.code.key}
            self.refill()
            return
        super().clicked(cell, twice=twice)

    def pick(self, title: str, codes: Sequence[Code], then: Callable[[int], None], *, top: bool = False) -> None:
        """Let a code be picked by a few letters."""
        from qda.tui.list_window import PickCode

        if not codes and not top:
            raise QdaError("there is no other code to choose: A makes one")
        bars = self._facts.bars if self._facts is not None else {}

        def picked(key: int | None) -> None:
            if key is not None:
                self.attempt(lambda: then(key))

        self.app.push_screen(PickCode(title, codes, bars, top=top), picked)

"""The memos screen: all memos of the study, filtered, each with its whole text beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.errors import QdaError
from qda.model.nouns import MEMO_KINDS, Memo
from qda.store.memos import TARGET_KINDS, MemoRow
from qda.tui.list_window import Deciding
from qda.tui.memo_form import MemoForm, Written
from qda.tui.memo_targets import Targets
from qda.tui.narrowed import NarrowedPlace
from qda.tui.rows import loud, one_row, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_EMPTY = """\
There are no memos yet.

  a   writes one on the study as a whole
  F2  back to the transcript: m writes one on the selected words, the turn or the source
  F4  the codebook: m writes one on a code
"""
_EXCERPT = 160
_GAP = "   "
_FILTERS = (("t", "kind", "kinds"), ("p", "coder", "coders"), ("d", "about", "abouts"))


class MemosScreen(NarrowedPlace[Memo]):
    """The memos, the newest first."""

    place: ClassVar[str] = "memos"
    heading: ClassVar[str] = "Memos"
    tall: ClassVar[int] = 2
    narrowed_by: ClassVar[tuple[str, ...]] = ("kind", "coder", "about")
    noun: ClassVar[str] = "memo"
    empty: ClassVar[str] = _EMPTY
    _targets: Targets

    # --- what is shown ----------------------------------------------------------------------------------

    def show(self) -> None:
        """Read the memos anew."""
        study = self.workspace.study
        self._all = list(reversed(study.memos.all()))
        self._targets = Targets(study, self.workspace.tree)
        super().show()

    def key_of(self, item: Memo) -> int:
        """The memo's key."""
        return item.key

    def facts(self, item: Memo) -> dict[str, str]:
        """By what memos are narrowed down."""
        return {"kind": item.kind, "coder": item.coder, "about": item.target_kind}

    def said(self, item: Memo) -> str:
        """The words by which a memo is found."""
        return f"{item.title} {item.body} {self._targets.about(item)} {item.coder} {item.kind}"

    def filters(self) -> Text:
        """The line above the list: what is shown, and the keys that change it; a click does so too."""
        quiet = self.qda.paint.quiet
        text = Text("  ")
        for key, name, _ in _FILTERS:
            text.append(f"{key} ", style="bold")
            text.append(f"{name} ", style=quiet)
            text.append(f"{self._only[name] or 'all'}{_GAP}", style="bold" if self._only[name] else quiet)
        return text

    def on_click(self, event: events.Click) -> None:
        """Change the filter that is clicked."""
        if event.widget is self.names:
            end = 2
            for key, name, action in _FILTERS:
                end += len(f"{key} {name} {self._only[name] or 'all'}{_GAP}")
                if event.x < end:
                    self.action_act(action)
                    return

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """Its first words, who wrote it and when; its kind and what it is about."""
        memo, quiet = self._shown[row], loud(self.qda.paint.quiet, here=here)
        order = self.qda.preferences.order
        words = Text(one_row(memo.title or memo.body, width, order), "bold")
        if memo.title:
            words.append(f"  {one_row(memo.body, width, order)}", "not bold")
        who = Text(f"{self.one_line(memo.coder)} · {memo.at[:10]}", quiet)
        return [spread(words, who, width), Text(f"{memo.kind} · {self.one_line(self._targets.about(memo))}", quiet)]

    def tell(self) -> Text:
        """The whole memo."""
        quiet = self.qda.paint.quiet
        if not self._shown:
            return Text("No memo fits. * shows all of them.", style=quiet)
        memo = self._shown[self.rows.at]
        text = Text.assemble((f"{self.one_line(memo.title)}\n" if memo.title else "", "bold"))
        text.append(f"{memo.kind} memo on {self.one_line(self._targets.about(memo))}\n", style=quiet)
        text.append(f"{self.one_line(memo.coder)} · {memo.at[:16].replace('T', ' ')}\n", style=quiet)
        text.append(f"\n{self.readable(memo.body)}\n")
        words = self._targets.words(memo)
        if words:
            text.append("\nthe words it is about\n", style=quiet)
            text.append(f"“{self.readable(words)}”", style="italic")
        return text

    def memo(self) -> Memo:
        """The memo under the cursor.

        Raises:
            QdaError: There is none.
        """
        if not self._shown:
            raise QdaError("there is no memo here: a writes one, * shows all")
        return self._shown[self.rows.at]

    # --- what is wanted ---------------------------------------------------------------------------------

    def do_kinds(self) -> None:
        """Only one kind of memo."""
        self.narrow_next("kind", MEMO_KINDS)

    def do_coders(self) -> None:
        """Only what one coder wrote."""
        self.narrow_next("coder")

    def do_abouts(self) -> None:
        """Only memos on one kind of thing."""
        self.narrow_next("about", TARGET_KINDS)

    # --- deeds ------------------------------------------------------------------------------------------

    def come_back(self) -> None:
        """Put the cursor on the memo from which a text was opened."""
        self.go_to_key(self.workspace.spots.get(self.place))

    def do_open(self) -> None:
        """Go to what the memo is about."""
        memo = self.memo()
        place = self._targets.place(memo)
        if place is not None:
            source = self.workspace.study.sources.get(place[0])
            coding = memo.target if memo.target_kind == "coding" else ""
            self.workspace.spots[self.place] = memo.key
            self.qda.open_source(source.name, place[1], coding=coding, came_from=self.place)
        elif memo.target_kind == "code":
            from qda.tui.codebook import CodebookScreen

            code = self.workspace.tree.find(memo.target)
            self.qda.call_later(self.qda.go_to, CodebookScreen(code.key if code else None))
        else:
            self.say(f"this memo is on {self.one_line(self._targets.about(memo))}: it is read here")

    def do_add(self) -> None:
        """Write a memo on the study."""
        study = self.workspace.study

        def save(new: Written) -> None:
            self.workspace.do(lambda: study.memos.add(MemoRow(new.body, title=new.title, kind=new.kind)))

        self.app.push_screen(MemoForm("A new memo on the study", Written(), save), self.saved)

    def do_edit(self) -> None:
        """Write on in this memo."""
        memo, study = self.memo(), self.workspace.study
        if memo.coder != study.coder:
            raise QdaError(f"this memo is {memo.coder}'s; only your own can be changed here")

        def save(new: Written) -> None:
            self.workspace.do(lambda: study.memos.edit(memo.uid, title=new.title, body=new.body, kind=new.kind))

        title = f"Memo on {self._targets.about(memo)}"
        self.app.push_screen(MemoForm(title, Written(memo.title, memo.body, memo.kind), save), self.saved)

    def do_remove(self) -> None:
        """Remove this memo, after a question."""
        memo = self.memo()
        words = self.one_line(memo.title or memo.body[:_EXCERPT])

        def decided(yes: bool | None) -> None:  # noqa: FBT001 - the window's answer
            if yes:
                self.change(lambda: self.workspace.study.memos.remove(memo.uid), "removed the memo")

        self.app.push_screen(Deciding("Remove this memo?", words, "Enter: remove"), decided)

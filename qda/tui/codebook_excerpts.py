"""The excerpts of a code as a list: to go to one of them, or to tick those that shall have a code of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from qda.model.nouns import many
from qda.tui.hits.passages import Passages
from qda.tui.list_window import ListWindow
from qda.tui.rows import loud, one_row, readable, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.nouns import Coding
    from qda.store import Study
    from qda.tui.workspace import Workspace


class Words:
    """The words of codings, who says and who coded them where; a text is read when one of its codings is looked at."""

    def __init__(self, study: Study, coders: Mapping[int, str], order: str) -> None:
        self._coders, self._order = coders, order
        self._names = {source.key: source.name for source in study.sources.all()}
        self._passages = Passages(study)

    def of(self, coding: Coding) -> str:
        """The coded words."""
        return self._passages.source(self._names[coding.source]).text[coding.start : coding.end]

    def where(self, coding: Coding) -> str:
        """The source, the turns, and who speaks in them."""
        name = self.source(coding)
        if name == "?":
            return name
        turns = self._passages.source(name).turns_in(coding.start, coding.end)
        if not turns:
            return name
        numbers = f"turns {turns[0].number}-{turns[-1].number}" if len(turns) > 1 else f"turn {turns[0].number}"
        speakers = dict.fromkeys(self._passages.speaker(turn) for turn in turns)
        return f"{name} · {numbers} · {', '.join(filter(None, speakers))}".removesuffix(" · ")

    def row(self, coding: Coding, width: int) -> str:
        """As many of the coded words as one line holds."""
        return one_row(self.of(coding), width, self._order)

    def whole(self, coding: Coding, width: int) -> str:
        """All coded words, in lines."""
        return readable(self.of(coding), width, self._order)

    def source(self, coding: Coding) -> str:
        """The name of the source."""
        return self._names.get(coding.source, "?")

    def coder(self, coding: Coding) -> str:
        """Who coded, or that it is the consensus."""
        return "consensus" if coding.layer == "consensus" else self._coders.get(coding.coder, "?")


@dataclass
class Spot:
    """The excerpt that was opened last, and the code whose excerpts were listed: the way back leads there."""

    code: int
    coding: int
    subcodes: bool


class ExcerptsWindow(ListWindow["Coding"]):
    """The excerpts of a code and of its subcodes; the answer is the one to go to."""

    keys: ClassVar[str] = "↑↓ move · Enter goes there · Tab with or without subcodes · Esc closes"
    tall: ClassVar[int] = 2
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "subcodes", show=False, priority=True)]

    def __init__(self, workspace: Workspace, code: int, order: str, spot: Spot | None = None) -> None:
        self._path = workspace.tree.by_key[code].path
        super().__init__(self._path)
        self._workspace, self._code, self._subcodes = workspace, code, spot is None or spot.subcodes
        self._begin = spot.coding if spot is not None else 0
        self._words = Words(workspace.study, workspace.coder_names, order)
        self._codings: list[Coding] = []

    def on_mount(self) -> None:
        """Show the excerpts."""
        self._read()

    def _read(self) -> None:
        tree = self._workspace.tree
        codes = tree.below(self._code) if self._subcodes else (self._code,)
        self._codings = self._workspace.study.codebook_edits.codings_of(codes)
        more = " with subcodes" if self._subcodes and len(tree.below(self._code)) > 1 else ""
        self.query_one(".title").update(Text(f"{self._path}{more}: {many(len(self._codings), 'coding')}"))  # type: ignore[attr-defined]
        at = next((row for row, one in enumerate(self._codings) if one.key == self._begin), 0)
        self.rows.fill(len(self._codings), at)
        self.tell()

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """Where it stands and who coded it; its words."""
        coding, quiet = self._codings[row], loud(self.qda.paint.quiet, here=here)
        code = self._workspace.tree.by_key.get(coding.code)
        sub = f" · {self.one_line(code.entry.name)}" if code is not None and coding.code != self._code else ""
        where = Text(f"{self.one_line(self._words.where(coding))}{sub}", quiet)
        who = Text(f"{self.one_line(self._words.coder(coding))} · {coding.at[:10]}", quiet)
        return [spread(where, who, width), Text(self._words.row(coding, width))]

    def tell(self) -> None:
        """Show all words of the excerpt under the cursor."""
        if not self._codings:
            self.whole.update("No coding of this code yet. In a transcript (F2) c puts it on the selected words.")
            return
        self.whole.update(Text(self._words.whole(self._codings[self.rows.at], self.whole.size.width or 60)))

    def action_subcodes(self) -> None:
        """Show the codings of the subcodes too, or only those of the code itself."""
        self._subcodes = not self._subcodes
        self._read()

    def action_choose(self) -> None:
        """Go to the excerpt."""
        if self._codings:
            spot = Spot(self._code, self._codings[self.rows.at].key, self._subcodes)
            self._workspace.spots["codebook"] = spot
            self.dismiss(self._codings[self.rows.at])


class SplitWindow(ListWindow["list[int]"]):
    """The excerpts of a code with ticks; the answer is the keys of those that are ticked."""

    keys: ClassVar[str] = "Space ticks · a all or none · Enter names the new code · Esc gives up"
    tall: ClassVar[int] = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", show=False),
        Binding("a", "tick_all", show=False),
    ]

    def __init__(self, workspace: Workspace, code: int, order: str) -> None:
        super().__init__(f"Split {workspace.tree.by_key[code].path}: tick the codings that get a code of their own")
        self._codings = workspace.study.codebook_edits.codings_of((code,))
        self._words = Words(workspace.study, workspace.coder_names, order)
        self._ticked: set[int] = set()

    def on_mount(self) -> None:
        """Show the excerpts."""
        self.rows.fill(len(self._codings), 0)
        self.tell()

    def draw(self, row: int, width: int, here: bool) -> Sequence[Text]:  # noqa: FBT001 - the list's own question
        """A tick, where it stands and who coded it; its words."""
        coding, quiet = self._codings[row], loud(self.qda.paint.quiet, here=here)
        ticked = coding.key in self._ticked
        place = self.one_line(self._words.where(coding))
        where = Text.assemble(("[✓] " if ticked else "[ ] ", "bold"), (place, quiet))
        who = Text(f"{self.one_line(self._words.coder(coding))} · {coding.at[:10]}", quiet)
        return [spread(where, who, width), Text(f"    {self._words.row(coding, width - 4)}")]

    def tell(self) -> None:
        """Show all words of the excerpt under the cursor, and how many are ticked."""
        if self._codings:
            said = self._words.whole(self._codings[self.rows.at], self.whole.size.width or 60)
            count = f"{len(self._ticked)} of {many(len(self._codings), 'coding')} ticked"
            self.whole.update(Text.assemble((f"{count}\n", "bold"), said))

    def action_tick(self) -> None:
        """Tick the coding under the cursor, or take the tick away."""
        self._ticked ^= {self._codings[self.rows.at].key}
        self.rows.refresh()
        self.tell()

    def action_tick_all(self) -> None:
        """Tick all, or none."""
        every = {coding.key for coding in self._codings}
        self._ticked = set() if self._ticked == every else every
        self.rows.refresh()
        self.tell()

    def action_choose(self) -> None:
        """Go on with what is ticked."""
        if self._ticked:
            self.dismiss([coding.key for coding in self._codings if coding.key in self._ticked])
        else:
            self.whole.update(Text("nothing is ticked yet: Space ticks the coding under the cursor", style="bold"))

    def clicked(self, *, twice: bool) -> None:
        """A click ticks."""
        del twice
        self.action_tick()

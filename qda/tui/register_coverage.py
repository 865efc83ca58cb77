"""The register of coverage: what was asked in which source; an entry for a code holds for its subcodes too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store.progress import CoverageRow
from qda.store.register_edits import forget_coverage
from qda.tui.listing import Listing, Row
from qda.tui.register_panel import Panel
from qda.tui.sheet import GOOD, QUIET, WARN, Column, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from qda.model.tree import Code
    from qda.tui.sheet import Cell

_SAID = {True: "asked", False: "not asked", None: "unknown"}
_NEXT = {None: True, True: False, False: None}
_OWN: dict[bool | None, Cell] = {True: ("yes", GOOD), False: ("no", WARN), None: ("·", QUIET)}
_INHERITED: dict[bool | None, Cell] = {True: ("(yes)", QUIET), False: ("(no)", QUIET), None: ("·", QUIET)}
_NO_SOURCES = "There are no sources yet: F3, then a, imports them.\n"
_NO_CODES = """\
There are no codes yet: F4 shows the codebook. Coverage says which sources were asked about which code, so that
nothing found can be told from nothing asked.
"""


class CoveragePanel(Panel):
    """Sources by codes."""

    name: ClassVar[str] = "coverage"
    title: ClassVar[str] = "Coverage"
    noun = "source"

    def load(self) -> Listing:
        """Read sources, codes and what is entered for them."""
        study = self.study
        with study.database.reading():
            sources = study.sources.names()
            self._tree = study.codebook.tree()
            self._entered = study.coverage.by_keys()
        self._codes = [code for code in self._tree.codes if not code.retired]
        columns = [Column("source", wide("source", sources, 32))]
        for code in self._codes:
            above = code.path.removesuffix(code.entry.name)
            columns.append(Column(code.entry.name, min(max(len(code.entry.name), 5), 14), over=above))
        rows = [Row(key, name, (name,)) for name, key in sources.items()]
        return Listing(columns if self._codes else (), rows if self._codes else (), cells=True, cell=self._cell)

    def _cell(self, row: Row, column: int) -> Cell:
        if column == 0:
            return row.name
        code = self._codes[column - 1]
        own = self._entered.get((row.key, code.key))
        return _OWN[own] if own is not None else _INHERITED[self._from_above(row.key, code)[0]]

    def _from_above(self, source: int, code: Code) -> tuple[bool | None, str]:
        """What holds for a code because of a code above it, and which that is."""
        for key in self._tree.above(code.key)[1:]:
            entered = self._entered.get((source, key))
            if entered is not None:
                return entered, self._tree.by_key[key].path
        return None, ""

    def nothing(self) -> str:
        """What to do where sources or codes are missing."""
        return _NO_CODES if not self._codes else _NO_SOURCES

    def about(self, row: Row, column: int) -> Text:
        """Whether the source was asked about the code, and why that holds."""
        if column == 0:
            count = sum(1 for source, _ in self._entered if source == row.key)
            said = f"{many(count, 'entry', 'entries')} of its own; yes, no, · unknown, (yes) because of a code above it"
            return self.facts(row.name, ("", said), ("", "Space changes the entry of a cell: → goes to the codes"))
        code = self._codes[column - 1]
        own, (above, path) = self._entered.get((row.key, code.key)), self._from_above(row.key, code)
        holds = f"{_SAID[own]}, entered for this code"
        if own is None:
            holds = f"{_SAID[above]}, because of {path}" if path else "unknown, nothing is entered"
        below = len(self._tree.below(code.key)) - 1
        scope = f"holds for its {many(below, 'subcode')} without an entry too" if below else "has no subcodes"
        return self.facts(code.path, (f"{row.name}: ", holds), ("", scope), ("", code.entry.definition))

    # --- what is done -----------------------------------------------------------------------------------

    def _here(self) -> tuple[Row, Code]:
        row, column = self.current(), self.screen.grid.column
        if column == 0:
            raise QdaError("go to a code first: → moves there, : finds one by name")
        return row, self._codes[column - 1]

    def do_tick(self) -> None:
        """Asked, not asked, unknown."""
        row, code = self._here()
        asked = _NEXT[self._entered.get((row.key, code.key))]
        self._enter([row], code, asked, f"{row.name} on {code.path}: {_SAID[asked]}")

    do_edit = do_tick

    def do_remove(self) -> None:
        """Let it be unknown again."""
        row, code = self._here()
        self._enter([row], code, None, f"{row.name} on {code.path}: {_SAID[None]}")

    def do_spread(self) -> None:
        """Give all sources that are shown what this one has."""
        row, code = self._here()
        asked = self._entered.get((row.key, code.key))
        others = [one for one in self.screen.listing.shown if self._entered.get((one.key, code.key)) is not asked]
        if not others:
            raise QdaError(f"all sources that are shown have that for {code.path} already")
        self._enter(others, code, asked, f"{many(len(others), 'source')} on {code.path}: {_SAID[asked]}")

    def _enter(self, rows: Sequence[Row], code: Code, asked: bool | None, said: str) -> None:  # noqa: FBT001 - a value, no switch
        names = [row.name for row in rows]
        if asked is None:
            self.change(lambda: forget_coverage(self.study, names, code.path), said)
            return
        entries = [CoverageRow(name, code.path, asked) for name in names]
        self.change(lambda: self.study.coverage.import_rows(entries, said), said)

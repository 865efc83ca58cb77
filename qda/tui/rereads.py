"""What is to be read again since codes were made or changed: by whom, for which code, and how far everybody is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store.reread import tallied
from qda.tui.listing import Listing, Row
from qda.tui.sheet import GOOD, QUIET, Column, wide
from qda.tui.table_place import TablePlace

if TYPE_CHECKING:
    from qda.store.reread import Reread
    from qda.tui.sheet import Cell

_EMPTY = """\
Nothing is to be read again.

A source comes here when somebody was done with it before a code was made, or \
before its definition, include, exclude or example were changed.

In a shell:  qda reread
"""
_COLUMNS = (("source", 28), ("code", 34), ("changed", 22), ("coder", 14), ("state", 20))


class RereadsScreen(TablePlace):
    """The sources that wait to be read again, one's own first; from here they are opened, and said to be read."""

    place: ClassVar[str] = "rereads"
    heading: ClassVar[str] = "To be read again"

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Reread] = []
        self._by_key: dict[int, Reread] = {}
        self._keys: dict[tuple[int, int, int], int] = {}
        self._names: tuple[dict[int, str], dict[int, str]] = {}, {}
        self._all = False

    # --- what is shown ----------------------------------------------------------------------------------

    def load(self) -> Listing:
        """Read what is to be read again, and on request what was."""
        study, me = self.workspace.study, self.workspace.me
        with study.database.reading():
            self._found = study.rereads.all()
            sources = {source.key: source.name for source in study.sources.all()}
            coders = {coder.key: coder.name for coder in study.coders.all()}
        self._names = sources, coders
        shown = [one for one in self._found if self._all or not one.done]
        shown.sort(key=lambda one: (one.done, one.coder != me))
        self._by_key = {self._key(one): one for one in shown}
        rows = [Row(key, sources[one.source], self._cells(one)) for key, one in self._by_key.items()]
        words = [[cell if isinstance(cell, str) else cell[0] for cell in row.cells] for row in rows]
        columns = [
            Column(name, wide(name, (row[at] for row in words), most)) for at, (name, most) in enumerate(_COLUMNS)
        ]
        return Listing(columns, rows)

    def _key(self, one: Reread) -> int:
        return self._keys.setdefault((one.source, one.coder, one.code), len(self._keys))

    def _path(self, code: int) -> str:
        found = self.workspace.code(code)
        return found.path if found is not None else "?"

    def _cells(self, one: Reread) -> tuple[Cell, ...]:
        sources, coders = self._names
        coder: Cell = coders[one.coder] if one.coder == self.workspace.me else (coders[one.coder], QUIET)
        state: Cell = ("read again", GOOD) if one.done else "to be read again"
        return sources[one.source], self._path(one.code), one.why, coder, state

    def nothing(self) -> str:
        """What brings a source here."""
        return _EMPTY

    def show_head(self) -> None:
        """Say how many sources wait for me, and whether those that were read are shown too."""
        mine = {one.source for one in self._found if one.coder == self.workspace.me and not one.done}
        said = f"{many(len(mine), 'source')} by {self.workspace.study.coder or 'you'}"
        self.head(self.heading, f"{said} · with what was read again" if self._all else said)

    def tell(self) -> Text:
        """The code and how far its coder is with it."""
        row, paint = self.current(), self.qda.paint
        if row is None:
            words = f"nothing has '{self.wanted}' in it; Esc shows all" if self.wanted else ""
            return Text(words, style=paint.quiet)
        one = self._by_key[row.key]
        quiet, plain = f"not bold {paint.quiet}", f"not bold {paint.text}"
        text = Text(self._path(one.code), style=f"bold {paint.text}")
        text.append(f"   {one.why}: codebook version {one.since}; done under version {one.under}", style=quiet)
        code = self.workspace.code(one.code)
        text.append(f"\n{' '.join(code.entry.definition.split()) if code else ''}", style=plain)
        (tally,) = tallied(each for each in self._found if (each.coder, each.code) == (one.coder, one.code))
        said = f"{self._names[1][one.coder]} has read {tally.read} of {many(tally.of, 'source')} again for this code"
        text.append(f"\n{said}", style=plain)
        return text

    def arrive(self) -> None:
        """Show the list, with the cursor on what waits in the source that is open."""
        super().arrive()
        opened = self.workspace.current
        if opened is not None:
            rows = enumerate(self.listing.shown)
            self.grid.move_to(next((at for at, row in rows if row.name == opened.source.name), self.grid.row))

    # --- what is done -----------------------------------------------------------------------------------

    def chosen(self) -> Reread:
        """What the cursor is on.

        Raises:
            QdaError: There is nothing.
        """
        row = self.current()
        if row is None:
            raise QdaError("there is nothing to be read again here")
        return self._by_key[row.key]

    def do_open(self) -> None:
        """Open the source from its beginning."""
        self.qda.open_source(self._names[0][self.chosen().source], 0, came_from=self.place)

    def do_done(self) -> None:
        """Say that I have read the source again for this code."""
        one = self.chosen()
        self._mark(one, [self._path(one.code)], f"for {self._path(one.code)}")

    def do_done_all(self) -> None:
        """Say that I have read the source again for all codes for which it waits."""
        self._mark(self.chosen(), [], "for all codes")

    def _mark(self, one: Reread, codes: list[str], what: str) -> None:
        sources, coders = self._names
        if one.coder != self.workspace.me:
            raise QdaError(f"only {coders[one.coder]} can say so: qda --coder NAME says who works")
        name = sources[one.source]
        said = f"'{name}' is read again {what}"
        self.change(lambda: self.workspace.study.rereads.mark([name], codes), said)

    def do_others(self) -> None:
        """Show or hide what was read again already."""
        self._all = not self._all
        self.show()

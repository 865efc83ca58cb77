"""The three states that a merge compares, and what it makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.store.merge.outcome import Conflict
    from qda.store.merge.snapshot import Ident, Row, Rows


class Kept(NamedTuple):
    """Something that stays other than the copy has it: the row that it is about, and the sentence."""

    table: str
    row: Row
    sentence: str


class Moved(NamedTuple):
    """A coding that followed its words into a newer text: where it was, and its words there."""

    old: tuple[int, int]
    words: str


@dataclass
class Sides:
    """What both started from, the copy and the study; `before` is the study as it is, `final` as it will be.

    `ours` is the study with its places already in the text that will be the current one. `taken` are the rows in
    which the copy has its way.
    """

    base: Rows
    theirs: Rows
    ours: Rows
    before: Rows
    version: int
    kinds: Mapping[bytes, str]
    prefer_theirs: bool = False
    final: Rows = field(default_factory=dict)
    taken: set[tuple[str, Ident]] = field(default_factory=set)
    current: dict[bytes, bytes] = field(default_factory=dict)
    moved: dict[tuple[str, bytes], Moved] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    conflicts: list[tuple[Row, Conflict]] = field(default_factory=list)

    def take(self, table: str, here: Ident) -> None:
        """Let the copy have its way with a row, also where it has none."""
        row = self.theirs[table].get(here)
        self.final[table].pop(here, None)
        if row is not None:
            self.final[table][here] = row
        self.taken.add((table, here))

    def leave(self, table: str, here: Ident) -> None:
        """Let a row be as it is in the study."""
        row = self.ours[table].get(here)
        self.final[table].pop(here, None)
        if row is not None:
            self.final[table][here] = row
        self.taken.discard((table, here))

    def keep(self, table: str, row: Row, sentence: str) -> None:
        """Note that something stays other than the copy has it."""
        self.kept.append(Kept(table, row, sentence))

"""The sheet of evidence: a block of rows for each cell of a report, a row for each coding behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.reports.behind import names_behind, reading_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.reports.quotes import Quoted
    from qda.reports.report import Evidence, Report

COLUMNS = ("cell", "source", "start", "end", "code", "coder", "speaker", "words", "id")
LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0: neither Excel nor LibreOffice has more."""


class Coded(NamedTuple):
    """What a row says of a coding."""

    source: str
    start: int
    end: int
    code: str
    coder: str
    speaker: str
    words: str


def coded_words(quoted: Sequence[Quoted]) -> dict[str, Coded]:
    """The codings that are quoted, by their ids."""
    return {
        one.id: Coded(
            source.source.name, one.start, one.end, one.code, one.coder, one.speaker, source.text[one.start : one.end]
        )
        for source in quoted
        for one in source.quotes
    }


class Blocks:
    """Where the evidence of each cell stands: blocks of rows one below the other, under a row of names.

    Of what a name stands for, the first `most` codings get a row.
    """

    def __init__(self, report: Report, evidence: Evidence, known: Mapping[str, Coded], most: int = LAST_ROW) -> None:
        self._report = report
        self._most = most
        self._evidence = evidence
        self._known = known
        self._first: dict[tuple[str, ...], int] = {}
        self._next = 1
        self.left_out = 0
        """How many codings have no row, for there are too many."""
        for names in self._cells():
            if names not in self._first:
                rows = self._size(names)
                self.left_out += self._over(names)
                if self._next + rows - 1 > LAST_ROW:
                    self.left_out += rows
                else:
                    self._first[names] = self._next
                    self._next += rows

    def _cells(self) -> Iterator[tuple[str, ...]]:
        table = reading_table(self._report)
        for row in range(len(table.rows)):
            for column in range(len(table.columns)):
                yield self._names(row, column)

    def _names(self, row: int, column: int) -> tuple[str, ...]:
        there = self._evidence.codings
        return tuple(name for name in names_behind(self._report, row, column) if name in there)

    def _size(self, names: tuple[str, ...]) -> int:
        return sum(min(self._number(name), self._most) or 1 for name in names)

    def _over(self, names: tuple[str, ...]) -> int:
        return sum(max(self._number(name) - self._most, 0) for name in names)

    def _number(self, name: str) -> int:
        return sum(one in self._known for one in self._evidence.codings[name])

    def _live(self, name: str) -> list[str]:
        """The first codings behind a name that the study still has, in order of place."""
        there = (one for one in self._evidence.codings[name] if one in self._known)
        return sorted(there, key=self._known.__getitem__)[: self._most]

    def first_row(self, row: int, column: int) -> int | None:
        """The row, counted from 0, where the evidence of a cell of the table for reading begins; None: it has none."""
        return self._first.get(self._names(row, column))

    def rows(self) -> Iterator[tuple[str | int, ...]]:
        """The rows under the names of the columns; a zero has one that says which sources were read."""
        for names in self._first:
            for name in names:
                live = self._live(name)
                for one in live:
                    yield (name, *self._known[one], one)
                if not live:
                    read = ", ".join(self._evidence.read.get(name, ()))
                    yield (name, "", "", "", "", "", "", f"none; sources read: {read}" if read else "none", "")

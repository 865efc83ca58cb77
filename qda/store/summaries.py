"""Summaries of cases by theme: the team's own words, with what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import ConflictError, QdaError
from qda.model.nouns import id_of
from qda.model.summaries import Basis, Summary
from qda.store.base import Nouns, at_line
from qda.store.codings import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.store.change import Change


class SummaryRow(NamedTuple):
    """A summary to be written: keys of its case (or source) and theme, words, what they rest on, the line it is on."""

    target: int
    code: int
    body: str
    basis: Basis
    line: int = 0


class Summaries(Nouns):
    """The summaries of the study. A cell has one, unless two were written that did not know of each other."""

    def all(self) -> list[Summary]:
        """All summaries, by cell and moment."""
        rows = self.database.rows(
            "SELECT s.key, e.uid, s.target, s.code, s.body, s.basis, k.name, s.at FROM live_summary s"
            " JOIN entity e ON e.key = s.key JOIN live_coder k ON k.key = s.coder"
            " ORDER BY s.target, s.code, s.at, s.body, e.uid"
        )
        return [
            Summary(key, id_of(uid), target, code, body, Basis.from_json(basis), coder, at)
            for key, uid, target, code, body, basis, coder, at in rows
        ]

    def write(self, rows: Sequence[SummaryRow], summary: str, *, seen: Sequence[str] | None = None) -> int:
        """Write summaries as the current coder, in the place of those that stand in their cells; all or none.

        Args:
            rows: What is written.
            summary: What the change log says.
            seen: The ids of the summaries that whoever writes has read in the cell; None: whatever stands there.

        Returns:
            How many cells changed.

        Raises:
            QdaError: Nobody is named as who writes, or there are no words; the line is named.
            ConflictError: Somebody else has written in the cell in the meantime.
        """
        with self.study.action("summary", summary) as change:
            if not self.study.coder:
                raise QdaError("say who writes first: --coder NAME, or QDA_CODER in the environment")
            me = self.study.coders.find(self.study.coder)
            return sum(self._write(change, row, me, seen) for row in rows)

    def _write(self, change: Change, row: SummaryRow, me: int, seen: Sequence[str] | None) -> bool:
        if not row.body.strip():
            raise at_line(row.line, "a summary needs words")
        there = self._there(row.target, row.code)
        if seen is not None and [one.uid for one in there] != list(seen):
            raise ConflictError("somebody else has written in this cell in the meantime; read it first")
        if len(there) == 1 and (there[0].body, there[0].basis) == (row.body, row.basis):
            return False
        for one in there[1:]:
            change.close("summary", "key = ?", (one.key,))
        if there:
            words = {"body": row.body, "basis": row.basis.to_json(), "coder": me, "at": now()}
            change.edit("summary", "key = ?", (there[0].key,), **words)
        else:
            key = change.new_key("summary")
            change.insert("summary", [(key, row.target, row.code, row.body, row.basis.to_json(), me, now())])
        return True

    def remove(self, target: int, code: int, summary: str) -> None:
        """Empty a cell.

        Raises:
            QdaError: Nothing is written in it.
        """
        with self.study.action("summary", summary) as change:
            there = self._there(target, code)
            if not there:
                raise QdaError("nothing is written in this cell")
            for one in there:
                change.close("summary", "key = ?", (one.key,))

    def _there(self, target: int, code: int) -> list[Summary]:
        return [one for one in self.all() if (one.target, one.code) == (target, code)]

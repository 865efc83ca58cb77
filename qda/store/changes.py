"""The change log: what was done, and taking it back or doing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import ConflictError, QdaError
from qda.model.nouns import ChangeLine
from qda.store import undo
from qda.store.base import Nouns
from qda.store.change import begin

if TYPE_CHECKING:
    from collections.abc import Sequence


class Changes(Nouns):
    """What was done in the study, by whom and when."""

    def all(self, last: int | None = None) -> list[ChangeLine]:
        """The change log, the newest line first."""
        rows: Sequence[tuple[int, str, str, str, str, int | None, int]] = self.database.rows(
            """
            SELECT c.number, c.at, coalesce(k.name, ''), c.kind, c.summary, c.undoes, c.undone
            FROM seen_change c LEFT JOIN known_coder k ON k.key = c.coder ORDER BY c.number DESC LIMIT ?
            """,
            (-1 if last is None else last,),
        )
        return [ChangeLine(*row[:-1], undone=bool(row[-1])) for row in rows]

    def undo(self) -> str:
        """Take back the current coder's own last action; returns what it was.

        Raises:
            QdaError: There is none.
            ConflictError: A later change stands in the way.
        """
        return self._reverse(redo=False)

    def redo(self) -> str:
        """Do the action again that the current coder took back last; returns what it is.

        Raises:
            QdaError: There is none.
            ConflictError: A later change stands in the way.
        """
        return self._reverse(redo=True)

    def _reverse(self, *, redo: bool) -> str:
        word = "redo" if redo else "undo"
        with self.database.writing():
            me = self._me(word)
            target = undo.last_undone(self.database, me) if redo else undo.last_done(self.database, me)
            if target is None:
                raise QdaError(f"there is nothing to {word} for {self.study.coder}")
            if self.database.one("SELECT kind FROM change WHERE number = ?", (target,)) == "reveal":
                raise ConflictError("a reveal cannot be undone: what was hidden has been seen")
            lines = undo.lines_of(self.database, target)
            if not redo:
                self._refuse_showing(me, lines)
            for line in lines if redo else reversed(lines):
                self._reverse_line(me, line, redo=redo)
            return str(self.database.one("SELECT summary FROM change WHERE number = ?", (lines[0],)))

    def _refuse_showing(self, me: int, lines: Sequence[int]) -> None:
        """Refuse to take a blind round away in which others have worked since: all would see what they did."""
        theirs = "IN (SELECT a.{} FROM main.assignment a WHERE a.round = r.key AND a.died IS NULL)"
        coder, source = theirs.format("coder"), theirs.format("source")
        name = self.database.one(
            "SELECT r.name FROM main.round r WHERE r.died IS NULL AND r.blind = 1 AND r.revealed = 0"
            f" AND (SELECT min(f.born) FROM main.round f WHERE f.key = r.key) IN ({','.join('?' * len(lines))})"
            " AND (EXISTS (SELECT 1 FROM main.change c WHERE c.number > ? AND c.coder <> ? AND c.coder "
            f"{coder} AND c.undone = 0 AND c.undoes IS NULL) OR EXISTS (SELECT 1 FROM main.coding x"
            f" WHERE x.died IS NULL AND x.born > ? AND x.coder <> ? AND x.coder {coder} AND x.source {source}))",
            (*lines, max(lines), me, max(lines), me),
        )
        if name is not None:
            raise ConflictError(
                f"this cannot be undone: others have worked in the blind round '{name}' since; reveal it"
            )

    def _reverse_line(self, me: int, target: int, *, redo: bool) -> None:
        word = "redo" if redo else "undo"
        change = begin(self.database, me, word, word)
        if redo:
            self.study.coders.bring_back(change, me)
        undo.reverse(change, target, redo=redo)
        if not redo:
            self.study.coders.let_go(change, me, target)
        summary = self.database.one("SELECT summary FROM change WHERE number = ?", (target,))
        self.database.connection.execute(
            "UPDATE change SET undoes = ?, summary = ? WHERE number = ?",
            (target, f"{word} of change {target}: {summary}", change.number),
        )
        change.finish()

    def _me(self, word: str) -> int:
        """The key of who works, also where all that he did is taken back."""
        me = self.study.coders.ever(self.study.coder) if self.study.coder else None
        if me is None:
            raise QdaError(f"there is nothing to {word}: {self.study.coder or 'nobody named'} has changed nothing")
        return me

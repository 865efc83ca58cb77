"""States of cells that somebody set by hand: what, why, who, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import ConflictError, QdaError
from qda.model.judgements import STATES, Judgement
from qda.model.nouns import id_of
from qda.store.base import Nouns
from qda.store.codings import now

if TYPE_CHECKING:
    from collections.abc import Sequence


class Judgements(Nouns):
    """The states that were set by hand. A cell has one, unless two were set that did not know of each other."""

    def all(self) -> list[Judgement]:
        """All of them, by code, cell and moment."""
        rows = self.database.rows(
            "SELECT j.key, e.uid, j.code, j.cell, j.state, j.reason, k.name, j.at FROM live_judgement j"
            " JOIN entity e ON e.key = j.key JOIN live_coder k ON k.key = j.coder"
            " ORDER BY j.code, j.cell, j.at, j.reason, e.uid"
        )
        return [Judgement(key, id_of(uid), *rest) for key, uid, *rest in rows]

    def set(
        self, code: int, cell: str, state: str, reason: str, summary: str, *, seen: Sequence[str] | None = None
    ) -> None:
        """Set the state of a cell as the current coder, in the place of one that was set before.

        Args:
            code: The key of the code.
            cell: The values that make the cell, as `cell_sign` writes them.
            state: One of `STATES`.
            reason: Why.
            summary: What the change log says.
            seen: The ids of those that whoever sets it has read; None: whatever stands there.

        Raises:
            QdaError: There is no such state, no reason, or nobody is named as who sets it.
            ConflictError: Somebody else has set it in the meantime.
        """
        if state not in STATES:
            raise QdaError(f"a state set by hand is one of {', '.join(STATES)}, not '{state}'")
        if not reason.strip():
            raise QdaError("say why: a state that is set by hand needs a reason")
        with self.study.action("state", summary) as change:
            if not self.study.coder:
                raise QdaError("say who sets it first: --coder NAME, or QDA_CODER in the environment")
            me = self.study.coders.find(self.study.coder)
            there = self.standing(code, cell)
            if seen is not None and [one.uid for one in there] != list(seen):
                raise ConflictError("somebody else has set the state of this cell in the meantime; read it first")
            for one in there[1:]:
                change.close("judgement", "key = ?", (one.key,))
            if not there:
                change.insert("judgement", [(change.new_key("judgement"), code, cell, state, reason, me, now())])
            elif (there[0].state, there[0].reason) != (state, reason):
                words = {"state": state, "reason": reason, "coder": me, "at": now()}
                change.edit("judgement", "key = ?", (there[0].key,), **words)

    def remove(self, code: int, cell: str, summary: str) -> None:
        """Take back the state of a cell.

        Raises:
            QdaError: None is set.
        """
        with self.study.action("state", summary) as change:
            there = self.standing(code, cell)
            if not there:
                raise QdaError("no state is set by hand in this cell")
            for one in there:
                change.close("judgement", "key = ?", (one.key,))

    def standing(self, code: int, cell: str) -> list[Judgement]:
        """What is set in a cell."""
        return [one for one in self.all() if (one.code, one.cell) == (code, cell)]

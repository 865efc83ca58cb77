"""Decisions on places where coders are apart, and the consensus that comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import ConflictError, QdaError
from qda.model.decisions import ENDS, MODES, RECODE, TAKES, Decision, Taken
from qda.model.nouns import id_of, many
from qda.store.base import Nouns
from qda.store.codings import now
from qda.store.schema import COUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.decisions import Ruling
    from qda.model.tree import CodeTree
    from qda.store.change import Change

_GONE = "this decision was taken away in the meantime"


class Decisions(Nouns):
    """The decisions of the study; what was taken is in the consensus, what the coders coded stays as it is."""

    def all(self) -> list[Decision]:
        """All decisions that stand, in the order of sources and places."""
        codes: dict[int, set[int]] = {}
        for decision, code in self.database.rows("SELECT decision, code FROM live_decided"):
            codes.setdefault(decision, set()).add(code)
        codings: dict[int, list[int]] = {}
        for decision, coding in self.database.rows("SELECT decision, coding FROM live_outcome ORDER BY coding"):
            codings.setdefault(decision, []).append(coding)
        rows = self.database.rows(
            "SELECT d.key, e.uid, d.round, d.source, d.revision, d.start, d.end, d.take, d.whose, d.ends, d.mode,"
            " d.reason, d.coder, d.at FROM live_decision d JOIN entity e ON e.key = d.key"
            " ORDER BY d.source, d.start, d.end, d.key"
        )
        return [
            Decision._make((key, id_of(uid), *rest, frozenset(codes.get(key, ())), tuple(codings.get(key, ()))))
            for key, uid, *rest in rows
        ]

    def taken(self, key: int) -> list[Taken]:
        """What a decision put into the consensus, in the order of the text; words that are gone are left out."""
        rows = self.database.rows(
            "SELECT c.start, c.end, c.code FROM live_outcome o JOIN counted_coding c ON c.key = o.coding"
            " WHERE o.decision = ? ORDER BY c.start, c.end, c.code",
            (key,),
        )
        return [Taken._make(row) for row in rows]

    def decide(self, rulings: Sequence[Ruling], summary: str) -> None:
        """Take decisions in one action; one on a place that was decided before takes the place of the former.

        Raises:
            QdaError: Nobody is named as who decides, a round is not revealed, or a ruling is none.
            ConflictError: The text of a source was changed in the meantime, or a code is gone.
        """
        with self.study.action("decision", summary) as change:
            me, tree = self._me(), self.study.codebook.tree()
            for ruling in rulings:
                self._check(ruling, tree)
                self._decide(change, ruling, me)

    def withdraw(self, keys: Sequence[int]) -> None:
        """Take decisions away, with the consensus that came of them: their places are open again.

        Raises:
            ConflictError: One of them is gone.
        """
        with self.study.action("decision", f"opened {many(len(keys), 'place')} again") as change:
            for key in keys:
                place = self.database.rows("SELECT source FROM live_decision WHERE key = ?", (key,))
                if not place:
                    raise ConflictError(_GONE)
                self._close(change, key)
                self._reopen(change, place[0][0])

    def explain(self, key: int, reason: str) -> None:
        """Write down why a decision was taken; from then on it is that of the current coder.

        Raises:
            QdaError: Nobody is named as who writes.
            ConflictError: It is gone.
        """
        with self.study.action("decision", f"why it was decided so: {reason}") as change:
            me = self._me()
            if not self.database.rows("SELECT 1 FROM live_decision WHERE key = ?", (key,)):
                raise ConflictError(_GONE)
            if self.database.one("SELECT reason FROM live_decision WHERE key = ?", (key,)) != reason:
                change.edit("decision", "key = ?", (key,), reason=reason, coder=me, at=now())

    # --- writing ----------------------------------------------------------------------------------------

    def _decide(self, change: Change, ruling: Ruling, me: int) -> None:
        key = change.new_key("decision", ruling.uid)
        for former in dict.fromkeys((key, ruling.replaces)):
            if former is not None:
                self._close(change, former)
        place = (ruling.round, ruling.source, ruling.revision, ruling.start, ruling.end)
        how = (ruling.take, ruling.whose, ruling.ends, ruling.mode, ruling.reason)
        change.insert("decision", [(key, *place, *how, me, now())])
        change.insert("decided", [(key, code) for code in sorted(ruling.codes)])
        codings = [self._coding(change, ruling, one, me) for one in dict.fromkeys(ruling.taken)]
        change.insert("outcome", [(key, coding) for coding in codings])
        if ruling.take == RECODE:
            self._reopen(change, ruling.source)

    def _coding(self, change: Change, ruling: Ruling, one: Taken, me: int) -> int:
        """The consensus coding of a span, which is made where there is none yet."""
        known = self.database.one(
            f"SELECT key FROM main.coding WHERE {COUNTED} AND source = ? AND code = ? AND start = ? AND end = ?"
            " AND layer = 1 ORDER BY coder <> ?, key LIMIT 1",
            (ruling.source, one.code, one.start, one.end, me),
        )
        if known is not None:
            return int(known)
        key = change.new_key("coding")
        row = (key, ruling.source, ruling.revision, one.code, me, one.start, one.end, 1, None, "human", now(), 0)
        change.insert("coding", [row])
        return key

    def _close(self, change: Change, key: int) -> None:
        """Close a decision where there is one, and its consensus codings on which no other decision rests."""
        codings = self.database.rows("SELECT coding FROM main.outcome WHERE decision = ? AND died IS NULL", (key,))
        change.close("outcome", "decision = ?", (key,))
        change.close("decided", "decision = ?", (key,))
        change.close("decision", "key = ?", (key,))
        for (coding,) in codings:
            if not self.database.one("SELECT 1 FROM main.outcome WHERE coding = ? AND died IS NULL", (coding,)):
                change.close("memo", "target = ?", (coding,))
                change.close("coding", "key = ?", (coding,))

    def _reopen(self, change: Change, source: int) -> None:
        """A consensus in which something is open again is not done."""
        change.edit("progress", "source = ? AND layer = 1 AND state = 'done'", (source,), state="in progress")

    def _me(self) -> int:
        if not self.study.coder:
            raise QdaError("say who decides first: --coder NAME, or QDA_CODER in the environment")
        return self.study.coders.find(self.study.coder)

    # --- checking ---------------------------------------------------------------------------------------

    def _check(self, ruling: Ruling, tree: CodeTree) -> None:
        if ruling.take not in TAKES or ruling.ends not in ("", *ENDS):
            raise QdaError(f"a decision takes {', '.join(TAKES)}, not '{ruling.take}' ('{ruling.ends}')")
        if ruling.mode not in MODES:
            raise QdaError(f"the mode is {' or '.join(MODES)}, not '{ruling.mode}'")
        rounds = self.database.rows("SELECT name, blind, revealed FROM live_round WHERE key = ?", (ruling.round,))
        if rounds and rounds[0][1] and not rounds[0][2]:
            raise QdaError(f"the round '{rounds[0][0]}' is not revealed; decide after 'qda round reveal'")
        self.study.rounds.refuse_veiled(ruling.source, "nothing is decided in a source")
        current = self.study.sources.by_key(ruling.source)
        if current is None or current.revision_key != ruling.revision:
            raise ConflictError("the text of this source was changed in the meantime; look at the places anew")
        if not ruling.codes <= tree.by_key.keys():
            raise ConflictError("a code of this place was removed in the meantime; look at the places anew")
        for one in ruling.taken:
            if not 0 <= one.start < one.end <= current.characters:
                raise QdaError(f"{one.start}-{one.end} does not lie in '{current.name}' (0-{current.characters})")
            if one.code not in tree.by_key:
                raise ConflictError("a code that is taken was removed in the meantime; look at the places anew")

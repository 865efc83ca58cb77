"""Rounds: who codes what without seeing the others, until it is revealed and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import ConflictError, QdaError
from qda.model.nouns import id_of, plain_name
from qda.model.rounds import Assignment, Part, Primary, Round, Terms
from qda.model.spans import in_order
from qda.store.base import Names, Nouns, check_plain
from qda.store.codings import now
from qda.store.view import BLIND, VEILED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.spans import Segment
    from qda.store.change import Change

_SELECT = """
SELECT r.key, e.uid, r.name, r.blind, r.revealed, r.gold, r.stat, r.unit, r.rule, r.threshold, r.seed, r.strata,
 r.version, r.at FROM live_round r JOIN entity e ON e.key = r.key
"""


class Rounds(Nouns):
    """The rounds of the study, in the order in which they were made."""

    def all(self) -> list[Round]:
        """All rounds, the first in front."""
        found = []
        for row in self.database.rows(f"{_SELECT} ORDER BY r.key"):
            key, uid, name, blind, revealed, gold, stat, unit, rule, threshold, *rest = row
            primary = Primary(stat, unit, rule, threshold)
            found.append(Round(key, id_of(uid), name, bool(blind), bool(revealed), gold, primary, *rest))
        return found

    def get(self, name: str) -> Round:
        """The round with a name.

        Raises:
            QdaError: There is none; the sentence names the nearest.
        """
        rounds = {one.key: one for one in self.all()}
        return rounds[Names("round", {one.name: one.key for one in rounds.values()}).get(name)]

    def assignments(self, round_key: int) -> list[Assignment]:
        """Who has which part of a round, in the order of sources, places and coders."""
        rows = self.database.rows(
            "SELECT coder, source, revision, whole, start, end FROM live_assignment WHERE round = ?"
            " ORDER BY source, start, coder",
            (round_key,),
        )
        return [
            Assignment(coder, Part(source, revision, bool(whole), *span))
            for coder, source, revision, whole, *span in rows
        ]

    def submitted(self, round_key: int) -> dict[int, int]:
        """The coders who have handed in a round, each with the change by which they did."""
        return dict(self.database.rows("SELECT coder, born FROM live_submission WHERE round = ?", (round_key,)))

    def veiled(self) -> set[int]:
        """The sources in which others' work is hidden because of a blind round."""
        return {row[0] for row in self.database.rows(VEILED)}

    def proposer(self) -> int | None:
        """Who proposes a code that is made now; None where no blind round makes it a private proposal."""
        if not self.study.coder or not self.database.one(BLIND):
            return None
        return self.study.coders.key(self.study.coder)

    def refuse_veiled(self, source: int, what: str) -> None:
        """Refuse to change what the coders of a blind round share.

        Raises:
            ConflictError: The source is in a blind round.
        """
        if source in self.veiled():
            raise ConflictError(f"{what} while it is coded in a blind round; reveal the round first")

    # --- making -----------------------------------------------------------------------------------------

    def make(
        self,
        name: str,
        coders: Sequence[str],
        parts: Sequence[Part],
        terms: Terms = Terms(),  # noqa: B008 - it is frozen
    ) -> Round:
        """Make a round in which each of the coders codes all the parts.

        Whole sources become *assigned* to coders who had no state there; the codebook's version is noted.

        Raises:
            QdaError: The name is taken or cannot be used, or coders or parts are missing.
        """
        check_plain(name, "round")
        different = {plain_name(coder) for coder in coders}
        if len(different) < 2 - bool(terms.gold):  # a training round may have one coder beside the gold one
            raise QdaError("a round needs two coders at least; name each with --for CODER")
        if not parts:
            raise QdaError("a round needs something to code; name sources with --source, or draw some with --number")
        if any(one.name == name for one in self.all()):
            raise QdaError(f"there is a round '{name}' already; choose another name")
        primary = terms.primary
        with self.study.action("round", f"new round {name}") as change:
            keys = self.study.coders.make(change, dict.fromkeys(coders))
            gold_key = self.study.coders.find(terms.gold) if terms.gold else None
            key = change.new_key("round")
            fixed = (primary.stat, primary.unit, primary.rule, primary.threshold)
            version = self.study.codebook.version()
            change.insert(
                "round", [(key, name, int(terms.blind), 0, gold_key, *fixed, terms.seed, terms.drawn, version, now())]
            )
            for coder in dict.fromkeys(keys.values()):
                rows = [(key, one.source, one.revision, coder, int(one.whole), one.start, one.end) for one in parts]
                change.insert("assignment", rows)
                self._assign(change, coder, parts, version)
        return self.get(name)

    def _assign(self, change: Change, coder: int, parts: Sequence[Part], version: int) -> None:
        known = {
            (source, one)
            for source, one, *_ in self.database.rows(
                "SELECT source, coder FROM main.progress WHERE died IS NULL AND layer = 0"
            )
        }
        fresh = dict.fromkeys(part.source for part in parts if part.whole and (part.source, coder) not in known)
        change.insert("progress", [(source, coder, 0, "assigned", version) for source in fresh])

    def judge_by(self, name: str, primary: Primary) -> None:
        """Judge a round by another coefficient; the log keeps when that was."""
        one = self.get(name)
        with self.study.action("round", f"{name}: judged by {primary.stat} ({primary.unit})") as change:
            change.edit(
                "round",
                "key = ?",
                (one.key,),
                stat=primary.stat,
                unit=primary.unit,
                rule=primary.rule,
                threshold=primary.threshold,
            )

    def primary_at_start(self, round_key: int) -> Primary:
        """What a round was to be judged by before the first coder handed in, or before it was revealed."""
        rows = self.database.rows(
            "SELECT stat, unit, rule, threshold FROM main.round WHERE key = :key AND born <= ("
            " SELECT coalesce(min(number), :never) FROM ("
            "  SELECT min(born) AS number FROM main.submission WHERE round = :key"
            "  UNION ALL SELECT min(born) FROM main.round WHERE key = :key AND revealed = 1))"
            " ORDER BY born DESC LIMIT 1",
            {"key": round_key, "never": 1 << 62},
        )
        return Primary(*rows[0])

    # --- handing in and revealing -----------------------------------------------------------------------

    def submit(self, name: str) -> Round:
        """Hand in the current coder's part: what counts for the round is what is coded now.

        Raises:
            QdaError: Nothing of it is assigned to the current coder, or it is handed in already.
        """
        one, me = self.get(name), self._me()
        parts = [each.part for each in self.assignments(one.key) if each.coder == me]
        if not parts:
            raise QdaError(f"nothing of the round '{one.name}' is assigned to {self.study.coder or 'nobody named'}")
        if one.revealed:
            raise QdaError(f"the round '{one.name}' is revealed already; what is coded now is no part of it")
        if me in self.submitted(one.key):
            raise QdaError(f"{self.study.coder} has handed in the round '{one.name}' already")
        with self.study.action("round", f"{one.name}: handed in by {self.study.coder}") as change:
            change.insert("submission", [(one.key, me, now())])
            version = self.study.codebook.version()
            for source in dict.fromkeys(part.source for part in parts if part.whole):
                change.put("progress", (source, me, 0, "done", version))
        return one

    def _me(self) -> int | None:
        return self.study.coders.key(self.study.coder) if self.study.coder else None

    def reveal(self, name: str, *, anyway: bool = False) -> Round:
        """Let everybody see a round; what is coded later is no part of it. It cannot be undone.

        Codes that were proposed in it become everybody's; one whose name another has too is named after its coder.

        Raises:
            QdaError: It is revealed already, or somebody has not handed in (`anyway` leaves them out).
        """
        from qda.store.handout import is_hand_out

        one = self.get(name)
        if one.revealed:
            raise QdaError(f"the round '{one.name}' is revealed already")
        if is_hand_out(self.database):
            raise QdaError(f"this is a hand-out; '{one.name}' is revealed in the study that it came from")
        waiting = {each.coder for each in self.assignments(one.key)} - set(self.submitted(one.key))
        names = {coder.key: coder.name for coder in self.study.coders.all()}
        if waiting and not anyway:
            who = ", ".join(sorted(names[key] for key in waiting))
            raise QdaError(f"{who} has not handed in the round '{one.name}'; wait, or reveal it --anyway without them")
        with self.study.action("reveal", f"{one.name}: revealed") as change:
            change.edit("round", "key = ?", (one.key,), revealed=1)
            if not self.database.one(BLIND):
                self.publish(change)
        return self.get(name)

    def publish(self, change: Change) -> None:
        """Let codes that were proposed become everybody's; where a name is taken, it is followed by its coder's."""
        names = dict(self.database.rows("SELECT key, name FROM live_coder"))
        rows = self.database.rows(
            "SELECT key, coalesce(parent, 0), name, proposer FROM main.code WHERE died IS NULL AND proposer IS NOT NULL"
            " ORDER BY key"
        )
        taken = {
            (parent, plain_name(name))
            for parent, name in self.database.rows(
                "SELECT coalesce(parent, 0), name FROM main.code WHERE died IS NULL AND proposer IS NULL"
            )
        }
        for key, parent, name, proposer in rows:
            free, number = name, 1
            while (parent, plain_name(free)) in taken:
                free = f"{name} ({names[proposer]}{f' {number}' if number > 1 else ''})"
                number += 1
            taken.add((parent, plain_name(free)))
            change.edit("code", "key = ?", (key,), name=free, proposer=None)

    # --- what counts ------------------------------------------------------------------------------------

    def segments(self, source: int, coder: int, change: int) -> list[Segment]:
        """A coder's own codings of a source as they stood after a change, in order of code, start and end.

        Those of its translations are at the stretches of the source that say the same.
        """
        found = self._own_segments(source, coder, change)
        translations = self.study.translations.of(source)
        for one in translations:
            found += self.study.translations.carried(one, self._own_segments(one.source, coder, change))
        return sorted(found, key=in_order) if translations else found

    def _own_segments(self, source: int, coder: int, change: int) -> list[Segment]:
        """The codings that stand in the text of a source itself."""
        return self.database.rows(
            "SELECT start, end, coder, row, code, NULL FROM past_coding WHERE source = ? AND coder = ? AND layer = 0"
            " AND anchor < 2 AND born <= ? AND (died IS NULL OR died > ?) ORDER BY code, start, end",
            (source, coder, change, change),
        )

"""Counting what a merge did, without showing what a blind round hides from whoever merges."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.model.nouns import id_of
from qda.store.merge.outcome import Count
from qda.store.merge.same import path_of
from qda.store.revisions import Followed
from qda.store.view import BLIND, BLINDED, VEILED

if TYPE_CHECKING:
    from qda.store.merge.outcome import Merged
    from qda.store.merge.sides import Sides
    from qda.store.merge.snapshot import Row
    from qda.store.study import Study

# What belongs to a decision comes and goes with it.
_PARTS = ("decided", "outcome")
_OF_CODERS = {
    **dict.fromkeys(("coding", "decision", "memo", "progress", "reread", "submission", "claim", "citation"), "coder"),
    **dict.fromkeys(("query", "sensitive", "leak"), "coder"),
    "summary": "coder",
    "judgement": "coder",
    "fact": "coder",
    "code": "proposer",
}


class Eyes:
    """What the current coder may see of the rows of others, after the merge."""

    def __init__(self, study: Study, sides: Sides) -> None:
        uids = dict(study.database.rows("SELECT key, uid FROM entity"))
        self._sides = sides
        self.me = uids.get(study.coders.key(study.coder)) if study.coder else None
        self._blind = bool(study.database.one(f"SELECT 1 FROM ({BLIND})"))
        self._veiled = {uids[key] for (key,) in study.database.rows(VEILED)}
        self._blinded = {uids[key] for (key,) in study.database.rows(BLINDED)}

    def hides(self, table: str, row: Row) -> bool:
        """Whether a row is hidden."""
        if not self._blind or table not in _OF_CODERS or row[_OF_CODERS[table]] in (None, self.me):
            return False
        if table in ("coding", "decision", "progress", "reread"):
            return row["source"] in self._veiled
        if table == "memo":
            return row["coder"] in self._blinded or self._source(row) in self._veiled
        if table in ("claim", "citation"):
            return row["coder"] in self._blinded or row.get("source") in self._veiled
        if table in ("query", "fact", "sensitive", "leak"):
            return row["coder"] in self._blinded
        return table in ("code", "summary", "judgement")

    def _source(self, row: Row) -> bytes | None:
        for rows in (self._sides.final, self._sides.before):
            if (row["revision"],) in rows["revision"]:
                return bytes(rows["revision"][row["revision"],]["source"])
            if (row["target"],) in rows["coding"]:
                return bytes(rows["coding"][row["target"],]["source"])
        target: bytes | None = row["target"]
        return target


def tell(study: Study, sides: Sides, merged: Merged) -> None:
    """Add what one step of a merge did to its outcome."""
    eyes = Eyes(study, sides)
    _count(sides, merged, eyes)
    for one in sides.kept:
        if eyes.hides(one.table, one.row):
            merged.kept_hidden += 1
        elif one.sentence not in merged.kept:
            merged.kept.append(one.sentence)
    for row, conflict in sides.conflicts:
        if eyes.hides("code", row):
            merged.kept_hidden += 1
        else:
            merged.conflicts.append(conflict)
    _follow(sides, merged, eyes)


def _count(sides: Sides, merged: Merged, eyes: Eyes) -> None:
    found: Counter[tuple[str, str, bool, int]] = Counter()
    names = {here[0]: row["name"] for rows in (sides.before, sides.final) for here, row in rows["coder"].items()}
    for table, final in sides.final.items():
        if table in _PARTS:
            continue
        before = sides.before[table]
        for here in {**before, **final}:
            old, new = before.get(here), final.get(here)
            if old == new or (table, here) not in sides.taken:
                continue
            row = new or old or {}
            coder = names.get(row.get(_OF_CODERS.get(table, ""), b""), "")
            found[table, coder, eyes.hides(table, row), 0 if old is None else 1 if new else 2] += 1
    known = {(one.what, one.coder, one.hidden): [one.new, one.changed, one.removed] for one in merged.counts}
    for (table, coder, hidden, deed), number in found.items():
        known.setdefault((table, coder, hidden), [0, 0, 0])[deed] += number
    merged.counts = [Count(*key, *numbers) for key, numbers in known.items()]


def _follow(sides: Sides, merged: Merged, eyes: Eyes) -> None:
    """Codings that followed their words into a text that was corrected on one side."""
    names = {here[0]: row["name"] for here, row in sides.final["coder"].items()}
    for here, row in sides.final["coding"].items():
        side = "theirs" if ("coding", here) in sides.taken else "ours"
        moved = sides.moved.get((side, here[0]))
        if moved is None or eyes.hides("coding", row):
            continue
        code = path_of(sides.final["code"], row["code"])
        place = (row["start"], row["end"])
        merged.followed.append(
            Followed(code or id_of(row["code"]), names[row["coder"]], moved.old, place, row["anchor"], moved.words)
        )

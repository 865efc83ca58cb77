"""Merging a copy of the study, or a hand-out, into it: one transaction, all or nothing."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.errors import ConflictError, QdaError
from qda.model.nouns import many
from qda.store.change import begin
from qda.store.merge import opening
from qda.store.merge.counting import tell
from qda.store.merge.deciding import decide
from qda.store.merge.fitting import fit
from qda.store.merge.outcome import Merged
from qda.store.merge.same import join_places, join_things
from qda.store.merge.sides import Sides
from qda.store.merge.snapshot import MERGED, snapshot
from qda.store.merge.texts import settle_texts
from qda.store.merge.writing import write
from qda.store.tree_rules import tree_problems
from qda.store.undo import CONTINUED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qda.store.change import Change
    from qda.store.database import Database
    from qda.store.study import Study


@dataclass(frozen=True)
class Options:
    """How to merge.

    `codebook` decides all codes in conflict (`ours`, `theirs`), `choices` single ones by their key; `theirs` lets the
    copy have its way in all other conflicts; `anyway` takes in what is no copy of the study.
    """

    codebook: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    theirs: bool = False
    dry_run: bool = False
    anyway: bool = False

    def choose(self, key: str) -> str:
        """What was decided about a code."""
        return self.codebook or self.choices.get(key, "")


class _TakeBack(Exception):  # noqa: N818 - no error: what was written is not to stay
    """Ends a merge that is not to stay."""


def merge(study: Study, file: Path, options: Options = Options()) -> Merged:
    """Take in what a copy of the study has that the study has not, as one action.

    Raises:
        QdaError: The file is no copy of the study, or codes are in conflict about which nothing is decided.
    """
    merged = Merged()
    with opening.opened(file, study.database.file) as copy:
        if not options.anyway:
            opening.refuse_stranger(study.database, copy, file)
        with contextlib.suppress(_TakeBack), study.database.writing():
            _Merging(study, copy, options, merged).run(file.name)
    study.coder = study.coder  # what may be seen depends on coders and rounds that came in
    return merged


class _Merging:
    """One merge: a step for each moment of the copy that must stay what it was, and one for the rest."""

    def __init__(self, study: Study, copy: Database, options: Options, merged: Merged) -> None:
        self.study, self.copy, self.options, self.merged = study, copy, options, merged
        self.base = opening.find_base(study.database, copy)
        common = opening.split(study.database, copy)
        self.version = copy.one("SELECT coalesce(max(number), 0) FROM codebook_version WHERE change <= ?", (common,))
        self.kinds = dict(copy.rows("SELECT uid, kind FROM entity"))

    def run(self, name: str) -> None:
        """Merge, step by step; a step that has nothing new leaves no line in the change log."""
        me = self.study._me()  # noqa: SLF001 - as every action of a coder
        first: Change | None = None
        for end in (*self._moments(), None):
            kind, words = (
                ("merge", "") if first is None else (CONTINUED, f"merged {name}, what was done after handing in")
            )
            change = begin(self.study.database, me, kind, words)
            sides = self._compare(end)
            write(self.study, self.copy, change, sides)
            tell(self.study, sides, self.merged)
            self.base = opening.Base(self.copy, end or 0)
            if not change.touched:
                self.study.database.connection.execute("DELETE FROM change WHERE number = ?", (change.number,))
                continue
            if first is None:
                first = change
                self._remember(change)
            change.finish()
        if first is None or self.options.dry_run:
            raise _TakeBack
        self._check()
        first.summarise(f"merged {name}: {said(self.merged)}")

    def _moments(self) -> list[int]:
        """When rounds were handed in after which the coder's codings changed: what was handed in is what counts."""
        begun = self.base.number if self.base.database is self.copy else 0
        rows = self.copy.rows(
            "SELECT DISTINCT s.born FROM main.submission s WHERE s.died IS NULL AND s.born > ? AND EXISTS ("
            " SELECT 1 FROM main.coding c WHERE c.coder = s.coder AND (c.born > s.born OR c.died > s.born))"
            " ORDER BY s.born",
            (begun,),
        )
        return [born for (born,) in rows]

    def _compare(self, end: int | None) -> Sides:
        """Three states, and what is to become of them."""
        before = snapshot(self.study.database)
        sides = Sides(
            base=snapshot(*self.base),
            theirs=snapshot(self.copy, end),
            ours={table: dict(rows) for table, rows in before.items()},
            before=before,
            version=self.version,
            kinds=self.kinds,
            prefer_theirs=self.options.theirs,
        )
        join_things(sides, self.study.codebook.tree())
        self._refuse_reveal(sides)
        for source in settle_texts(sides, self._text):
            name = sides.ours["source"][source,]["name"]
            key = self.study.sources.get(name).key
            self.study.rounds.refuse_veiled(key, f"the text of '{name}', which the copy has corrected, cannot be taken")
        join_places(sides)
        decide(sides, self.options.choose)
        fit(sides)
        undecided = [one for _, one in sides.conflicts if not self.options.choose(one.key)]
        if undecided and not self.options.dry_run:
            more = f" and {len(undecided) - 1} more" if len(undecided) > 1 else ""
            raise ConflictError(f"{undecided[0].sentence}{more}; say --codebook ours or --codebook theirs")
        return sides

    def _refuse_reveal(self, sides: Sides) -> None:
        for here, row in sides.theirs["round"].items():
            known = sides.ours["round"].get(here)
            if known and known["blind"] and row["revealed"] and not known["revealed"]:
                raise QdaError(f"the round '{known['name']}' is revealed in the copy; reveal it here first, then merge")

    def _text(self, sha: bytes) -> str:
        query = "SELECT body FROM text WHERE sha256 = ?"
        body = self.study.database.one(query, (sha,))
        return str(self.copy.one(query, (sha,)) if body is None else body)

    def _remember(self, change: Change) -> None:
        """Remember up to where the copy is merged, and what was merged into it."""
        uid = self.copy.one("SELECT uid FROM change ORDER BY number DESC LIMIT 1")
        known = opening.taken(self.study.database) | opening.taken(self.copy) | ({uid} if uid else set())
        change.put("setting", (MERGED, " ".join(sorted(one.hex() for one in known))))

    def _check(self) -> None:
        problem = next(tree_problems(self.study.database), None)
        if problem:
            raise ConflictError(f"the two codebooks do not fit together: {problem.sentence}; rename one of them first")


def said(merged: Merged) -> str:
    """What came in, in a few words."""
    total = [sum(numbers) for numbers in zip(*((c.new, c.changed, c.removed) for c in merged.counts), strict=True)]
    codings = sum(one.new for one in merged.counts if one.what == "coding")
    return f"{many(codings, 'new coding')}; {total[0]} new, {total[1]} changed, {total[2]} removed in all"

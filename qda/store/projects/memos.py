"""The memos of a project: by GUID, else by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.anchoring import follow
from qda.store.codings import LOST, now
from qda.store.projects.identity import live_key, uid_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.project import ProjectMemo
    from qda.store.change import Change
    from qda.store.projects.coders import ProjectCoders
    from qda.store.projects.outcome import Outcome
    from qda.store.projects.sources import Here
    from qda.store.study import Study

Target = tuple[int | None, int | None, int | None, int | None]
"""What a memo is about: the key of a thing, and revision, start and end where it is a segment."""


class Memos:
    """Memos on their way into the study; `codings` are the keys of the codings that they may be about, by GUID.

    The GUIDs of codings are forgotten with each batch.
    """

    def __init__(
        self,
        study: Study,
        change: Change,
        coders: ProjectCoders,
        keys: Mapping[str, Mapping[bytes, int]],
        sources: Mapping[bytes, Here],
        outcome: Outcome,
    ) -> None:
        self._study = study
        self._change = change
        self._coders = coders
        self._keys = keys
        self._sources = sources
        self._outcome = outcome
        self.codings: dict[bytes, int] = {}

    def take(self, memos: Sequence[ProjectMemo]) -> None:
        """Enter the memos of a batch."""
        for memo in memos:
            target = self._target(memo)
            if target is not None:
                self._enter(memo, target)

    def _target(self, memo: ProjectMemo) -> Target | None:
        """What a memo is about; None where that did not come in, and the memo is left out."""
        if memo.target is None:
            return None, None, None, None
        if memo.target_kind == "coding":
            key = self.codings.get(memo.target)
            return None if key is None else (key, None, None, None)
        if memo.target_kind != "segment":
            here = self._sources.get(memo.target)
            return here.key if here else self._keys[memo.target_kind][memo.target], None, None, None
        here = self._sources[memo.target]
        start, end = memo.start, memo.end
        if here.older is not None and start is not None and end is not None:
            place = follow(here.older, self._study.sources.text(here.key), [(start, end)])[0]
            if place.state == LOST:
                self._outcome.said.append(f"'{here.name}': a memo on words that its newer text has no more: left out")
                return None
            start, end = place.start, place.end
        return here.key, here.revision, start, end

    def _enter(self, memo: ProjectMemo, target: Target) -> None:
        database, tally = self._study.database, self._outcome.memos
        uid = uid_for(database, "memo", memo.guid)
        key = live_key(database, "memo", uid)
        about = dict(zip(("target", "revision", "start", "end"), target, strict=True))
        if key is not None:
            words = {"title": memo.title, "body": memo.body, "kind": memo.kind}
            changed = self._change.edit("memo", "key = ?", (key,), **words, **about)
            tally.changed += changed
            tally.here += not changed
            return
        coder = self._coders.key(memo.user)
        same = "target IS ? AND start IS ? AND end IS ? AND coder = ? AND title = ? AND body = ?"
        place = (about["target"], about["start"], about["end"], coder, memo.title, memo.body)
        if database.one(f"SELECT 1 FROM live_memo WHERE {same}", place):
            tally.here += 1
            return
        key = self._change.new_key("memo", uid)
        self._change.insert("memo", [(key, memo.kind, memo.title, memo.body, coder, memo.at or now(), *target)])
        tally.new += 1

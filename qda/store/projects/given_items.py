"""The codings and memos of a study as a project gives them out: source by source, in the order of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qda.model.project import ProjectCoding, ProjectMemo
from qda.store.projects.given_persons import as_case
from qda.store.projects.identity import other_uid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.store.study import Study

Item = ProjectCoding | ProjectMemo
_MEMO = "e.uid, m.coder, m.title, m.body, m.at, m.kind"


class Which(NamedTuple):
    """What of a study goes: the keys of its sources in order, the number of the layer, whose codings, and persons.

    No `coders` are all; `persons` go as cases, or not at all.
    """

    sources: tuple[int, ...]
    layer: int
    coders: tuple[int, ...]
    persons: bool


def moment(at: str) -> str:
    """A moment in full, also where only its month may be said: then the first of it."""
    return f"{at}-01T00:00:00Z" if len(at) == len("2024-01") else at


class GivenItems:
    """Streams what stands in a study; one source at a time is held."""

    def __init__(self, study: Study, uids: Mapping[int, bytes], which: Which) -> None:
        self._database, self._outside = study.database, study.outside
        self._uids = uids
        self._which = which
        self._whose = f" AND c.coder IN ({', '.join(map(str, which.coders))})" if which.coders else ""

    def stream(self) -> Iterator[Item]:
        """Memos on the study, on codes, sources and cases; then codings and memos on segments by source."""
        yield from self._about_things()
        segments = self._segments()
        for source in self._which.sources:
            memos = [self._segment_memo(source, key) for key in segments.get(source, ())]
            memos = [one for one in memos if not self._outside.withholds(source, one.start or 0, one.end or 0)]
            yield from _merged(self._codings(source), memos)

    def _about_things(self) -> Iterator[ProjectMemo]:
        rows = self._database.rows(
            f"SELECT {_MEMO}, t.kind, t.uid FROM live_memo m JOIN entity e ON e.key = m.key"
            " LEFT JOIN entity t ON t.key = m.target WHERE m.start IS NULL"
            " AND (m.target IS NULL OR t.kind IN ('source', 'case', 'code', 'person')) ORDER BY e.uid"
        )
        for *memo, kind, target in rows:
            given = self._memo(memo, kind or "study", target)
            if kind != "person":
                yield given
            elif self._which.persons:
                guid = other_uid("memo", given.guid)  # another memo there, so that this one stays with its person
                yield given._replace(guid=guid, target_kind="case", target=as_case(target))

    def _segments(self) -> dict[int, list[int]]:
        """The memos on segments of each source's current text, by place."""
        found: dict[int, list[int]] = {}
        for source, key in self._database.rows(
            "SELECT r.source, m.key FROM live_memo m JOIN live_revision r ON r.key = m.revision"
            " JOIN entity e ON e.key = m.key WHERE m.start IS NOT NULL"
            " AND r.number = (SELECT max(number) FROM live_revision WHERE source = r.source)"
            " ORDER BY m.start, m.end, e.uid"
        ):
            found.setdefault(source, []).append(key)
        return found

    def _segment_memo(self, source: int, key: int) -> ProjectMemo:
        *memo, start, end = self._database.rows(
            f"SELECT {_MEMO}, m.start, m.end FROM live_memo m JOIN entity e ON e.key = m.key WHERE m.key = ?", (key,)
        )[0]
        return self._memo(memo, "segment", self._uids[source])._replace(start=start, end=end)

    def _codings(self, source: int) -> Iterator[tuple[int, int, list[Item]]]:
        """The codings of a source by place, each with the memos on it."""
        memos: dict[int, list[list[Any]]] = {}
        for target, *memo in self._database.rows(
            f"SELECT m.target, {_MEMO} FROM counted_coding c JOIN live_memo m ON m.target = c.key"
            " JOIN entity e ON e.key = m.key WHERE c.source = ? ORDER BY e.uid",
            (source,),
        ):
            memos.setdefault(target, []).append(memo)
        owner = self._uids[source]
        rows = self._database.connection.execute(
            "SELECT c.key, e.uid, c.code, c.coder, c.start, c.end, c.at FROM counted_coding c"
            f" JOIN entity e ON e.key = c.key WHERE c.source = ? AND c.layer = ?{self._whose}"
            " ORDER BY c.start, c.end, e.uid",
            (source, self._which.layer),
        )
        for key, uid, code, coder, start, end, at in rows:
            if self._outside.withholds(source, start, end):
                continue
            items: list[Item] = [
                ProjectCoding(uid, owner, self._uids[code], self._uids[coder], start, end, moment(at)),
                *(self._memo(memo, "coding", uid) for memo in memos.get(key, ())),
            ]
            yield start, end, items

    def _memo(self, values: Sequence[Any], target_kind: str, target: bytes | None) -> ProjectMemo:
        uid, coder, title, body, at, kind = values
        return ProjectMemo(uid, target_kind, target, self._uids[coder], title, body, moment(at), kind)


def _merged(codings: Iterator[tuple[int, int, list[Item]]], memos: Sequence[ProjectMemo]) -> Iterator[Item]:
    """Codings with what belongs to them, and memos on segments behind those that begin and end where they do."""
    at = 0
    for start, end, items in codings:
        while at < len(memos) and (memos[at].start or 0, memos[at].end or 0) < (start, end):
            yield memos[at]
            at += 1
        yield from items
    yield from memos[at:]

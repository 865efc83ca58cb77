"""The codings of a study: adding, removing, recoding, and taking in thousands at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import LAYERS, Coding, coding_uid, id_of
from qda.store.base import Nouns
from qda.store.coding_lines import CodingRow, Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.store.change import Change

LOST = 2

_SELECT = """
SELECT c.key, e.uid, c.source, c.revision, c.code, c.coder, c.start, c.end, c.layer, c.weight, c.origin, c.at, c.anchor
FROM live_coding c JOIN entity e ON e.key = c.key
"""


class Imported(NamedTuple):
    """What an import of codings did."""

    added: int
    skipped: int
    new_coders: tuple[str, ...]
    new_codes: tuple[str, ...]


def now() -> str:
    """This moment as it is written into the study (UTC, to the second)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Codings(Nouns):
    """Who put which code on which segment."""

    def all(self, source: int | None = None, *, lost: bool = False) -> Iterator[Coding]:
        """Codings in order of source, start, end, code and coder; with `lost` only those whose words are gone."""
        where = "c.anchor = 2" if lost else "c.anchor < 2"
        values: tuple[Any, ...] = ()
        if source is not None:
            where, values = f"{where} AND c.source = ?", (source,)
        for row in self.database.connection.execute(
            f"{_SELECT} WHERE {where} ORDER BY c.source, c.start, c.end, c.code, c.coder", values
        ):
            yield coding_of(row)

    def count(self) -> int:
        """How many codings count."""
        return int(self.database.one("SELECT count(*) FROM counted_coding"))

    def counts_by_source(self) -> dict[int, int]:
        """How many codings each source has."""
        return dict(self.database.rows("SELECT source, count(*) FROM counted_coding GROUP BY source"))

    def counts_by_code(self, sources: Sequence[int] | None = None) -> dict[int, int]:
        """How many codings each code itself has, in all sources or in some."""
        where = "" if sources is None else f"WHERE source IN ({', '.join('?' * len(sources))})"
        query = f"SELECT code, count(*) FROM counted_coding {where} GROUP BY code"
        return dict(self.database.rows(query, sources or ()))

    def counts_by_coder(self) -> dict[int, int]:
        """How many codings each coder has, the consensus apart."""
        return dict(self.database.rows("SELECT coder, count(*) FROM counted_coding WHERE layer = 0 GROUP BY coder"))

    def apply(self, source: str, code: str, start: int, end: int, *, weight: float | None = None) -> str:
        """Put a code on a segment as the current coder; returns the coding's id.

        The same segment with the same code again is the same coding.
        """
        me = self.study.coder
        if not me:
            raise QdaError("say who codes first: --coder NAME, or QDA_CODER in the environment")
        if self.study.codebook.get(code).retired:
            raise QdaError(f"the code '{code}' is retired; bring it back with 'qda code bring-back' to use it")
        row = CodingRow(0, source, code, me, start, end, weight=weight)
        resolver = Resolver(self.study, create_codes=False)
        source_key = resolver.source(row)
        self.import_rows([row], f"{code} on {source} {start}-{end}")
        uid = self.database.one(
            "SELECT e.uid FROM counted_coding c JOIN entity e ON e.key = c.key"
            " WHERE c.source = ? AND c.code = ? AND c.start = ? AND c.end = ? AND c.coder = ? AND c.layer = 0",
            (source_key, self.study.codebook.get(code).key, start, end, self.study.coders.find(me)),
        )
        return id_of(uid)

    def remove(self, coding_id: str) -> None:
        """Take a coding away, with its memos."""
        key = self.key(coding_id)
        with self.study.action("coding", "removed a coding") as change:
            change.close("memo", "target = ?", (key,))
            change.close("outcome", "coding = ?", (key,))
            change.close("coding", "key = ?", (key,))

    def key(self, coding_id: str) -> int:
        """The key of a live coding by its id, as it is written or as it stood in the file that it came from."""
        key = self.database.one(
            "SELECT c.key FROM live_coding c JOIN entity e ON e.key = c.key WHERE e.uid = ?", (coding_uid(coding_id),)
        )
        if key is None:
            raise QdaError(f"there is no coding with the id '{coding_id}'")
        return int(key)

    def recode(self, change: Change, code: int, target: int) -> int:
        """Give all codings of one code another inside an action; a segment that has both keeps one."""
        twins = self.database.rows(
            """
            SELECT mine.key, twin.key FROM counted_coding mine JOIN counted_coding twin
            ON twin.source = mine.source AND twin.coder = mine.coder AND twin.start = mine.start
             AND twin.end = mine.end AND twin.layer = mine.layer AND twin.code = ?
            WHERE mine.code = ?
            """,
            (target, code),
        )
        for mine, twin in twins:
            change.repoint("memo", "target", mine, twin)
            change.repoint("outcome", "coding", mine, twin)
            change.close("coding", "key = ?", (mine,))
        return len(twins) + change.edit("coding", "code = ?", (code,), code=target)

    def import_rows(self, rows: Sequence[CodingRow], summary: str, *, create_codes: bool = False) -> Imported:
        """Take codings in, all or none; the same source, coder, code, start, end and layer is the same coding.

        Raises:
            QdaError: Lines are wrong; the sentence names them by number and nothing is taken in.
        """
        with self.study.action("codings", summary) as change:
            resolver = Resolver(self.study, create_codes=create_codes)
            fresh, skipped = resolver.sort_out(change, rows)
            keys = change.new_keys("coding", len(fresh), [row.id for row, _ in fresh])
            moment = now()
            change.insert(
                "coding",
                [
                    (key, *place, None if row.weight is None else float(row.weight), row.origin, row.at or moment, 0)
                    for key, (row, place) in zip(keys, fresh, strict=True)
                ],
            )
            self._add_memos(change, keys, fresh, moment)
        return Imported(len(fresh), skipped, tuple(resolver.new_coders), tuple(resolver.new_codes))

    def _add_memos(
        self,
        change: Change,
        keys: Sequence[int],
        fresh: Sequence[tuple[CodingRow, tuple[int, ...]]],
        moment: str,
    ) -> None:
        noted = [(key, row, place) for key, (row, place) in zip(keys, fresh, strict=True) if row.memo.strip()]
        memos = change.new_keys("memo", len(noted))
        change.insert(
            "memo",
            [
                (memo, "analytic", "", row.memo, place[3], row.at or moment, key, None, None, None)
                for memo, (key, row, place) in zip(memos, noted, strict=True)
            ],
        )


def coding_of(row: Sequence[Any]) -> Coding:
    """A coding from its row."""
    key, uid, source, revision, code, coder, start, end, layer, *rest = row
    return Coding(key, id_of(uid), source, revision, code, coder, start, end, LAYERS[layer], *rest)

"""The counting queries: what reports read, in bulk and in the order in which they count it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qda.model.nouns import id_of
from qda.store.base import Nouns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from qda.model.spans import Segment

INDEPENDENT, CONSENSUS = 0, 1


class Counts(Nouns):
    """Rows for the reports."""

    def segments(
        self, layer: str, coders: Collection[int] | None, sources: Collection[int] | None
    ) -> Iterator[Segment]:
        """Codings that count, in order of source, code, start and end; the consensus is one voice with the key 0.

        Args:
            layer: `final` (per source the consensus where it is recorded), `independent` or `consensus`.
            coders: Whose independent codings; None for everybody's.
            sources: In which sources; None for all.
        """
        where = []
        if layer == "independent":
            where.append("c.layer = 0")
        elif layer == "consensus":
            where.append("c.layer = 1")
        else:
            agreed = _listed(self.consensus_sources())
            where.append(f"c.layer = (c.source IN ({agreed}))" if agreed else "c.layer = 0")
        if coders is not None:
            where.append(f"(c.coder IN ({_listed(coders)}) OR c.layer = 1)")
        if sources is not None:
            where.append(f"c.source IN ({_listed(sources)})")
        return self.database.connection.execute(
            "SELECT c.start, c.end, CASE c.layer WHEN 1 THEN 0 ELSE c.coder END, c.row, c.source, c.code"
            f" FROM counted_coding c WHERE {' AND '.join(where)} ORDER BY c.source, c.code, c.start, c.end"
        )

    def consensus_sources(self) -> set[int]:
        """The sources in which a consensus is recorded, by codings or as done without any."""
        rows = self.database.rows(
            "SELECT DISTINCT source FROM counted_coding WHERE layer = 1"
            " UNION SELECT source FROM live_progress WHERE layer = 1 AND state = 'done'"
        )
        return {row[0] for row in rows}

    def recorders(self) -> dict[int, int]:
        """Who recorded each coding of the consensus, by row."""
        return dict(self.database.rows("SELECT row, coder FROM counted_coding WHERE layer = 1"))

    def independent_coders(self) -> dict[int, set[int]]:
        """The coders who have independent codings in each source."""
        found: dict[int, set[int]] = {}
        for source, coder in self.database.rows("SELECT DISTINCT source, coder FROM counted_coding WHERE layer = 0"):
            found.setdefault(source, set()).add(coder)
        return found

    def turns(self) -> Iterator[tuple[int, int, int, int, int, int | None, int | None]]:
        """The turns of all current revisions: source, number, start, end, words, person, speaks for."""
        return self.database.connection.execute(
            "SELECT r.source, t.number, t.start, t.end, t.words, t.person, t.speaks_for"
            " FROM live_turn t JOIN live_revision r ON r.key = t.revision"
            " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source)"
            " ORDER BY r.source, t.number"
        )

    def participants(self) -> list[tuple[int, int]]:
        """Who takes part in a source beside its turns: source and person."""
        return self.database.rows("SELECT source, person FROM live_participant")

    def text_words(self) -> dict[int, int]:
        """The words of each source's current text."""
        return dict(
            self.database.rows(
                "SELECT r.source, t.words FROM live_revision r JOIN text t ON t.sha256 = r.text"
                " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source)"
            )
        )

    def ids(self, rows: Iterable[int]) -> dict[int, str]:
        """The ids of codings, by row."""
        found: dict[int, str] = {}
        wanted = list(rows)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for row, uid in self.database.rows(
                f"SELECT c.row, e.uid FROM live_coding c JOIN entity e ON e.key = c.key WHERE c.row IN ({marks})",
                part,
            ):
                found[row] = id_of(uid)
        return found

    def details(self) -> dict[int, tuple[int, str, str]]:
        """Key, id and time of every coding that counts, by row."""
        rows: list[tuple[Any, ...]] = self.database.rows(
            "SELECT c.row, c.key, e.uid, c.at FROM counted_coding c JOIN entity e ON e.key = c.key"
        )
        return {row: (key, id_of(uid), at) for row, key, uid, at in rows}

    def texts(self) -> Iterator[tuple[int, str]]:
        """The current text of each source."""
        return self.database.connection.execute(
            "SELECT r.source, t.body FROM live_revision r JOIN text t ON t.sha256 = r.text"
            " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source) ORDER BY r.source"
        )

    def folds(self) -> Iterator[tuple[int, str, bytes]]:
        """The current fold of each source: text and map."""
        return self.database.connection.execute(
            "SELECT r.source, t.folded, t.map FROM live_revision r JOIN text t ON t.sha256 = r.text"
            " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source) ORDER BY r.source"
        )


def _listed(keys: Iterable[int]) -> str:
    return ",".join(str(int(key)) for key in sorted(keys))

"""The counting queries: what reports read, in bulk and in the order in which they count it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import id_of
from qda.model.spans import CONSENSUS, in_order
from qda.store.base import Nouns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from qda.model.spans import Segment

Turn = tuple[int, int, int, int, int | None, int | None]
"""A turn as it is counted: start, end, number, words, person, whom it speaks for."""


class Counts(Nouns):
    """Rows for the reports. What stands in a translation is read as standing in its original."""

    def segments(self, source: int, coders: Collection[int] | None, *, consensus: bool) -> list[Segment]:
        """Codings of a source that count, in order of code, start and end, nobody heard in them yet.

        Those of its translations are at the stretches of the source that say the same.

        Args:
            source: The key of the source.
            coders: Whose codings; None for everybody's.
            consensus: Whether those of the consensus, which is one voice with the key 0.
        """
        found = self.own_segments(source, coders, consensus=consensus)
        translations = self.study.translations.of(source)
        if not translations:
            return found
        for one in translations:
            found += self.study.translations.carried(one, self.own_segments(one.source, coders, consensus=consensus))
        return sorted(found, key=in_order)

    def own_segments(self, source: int, coders: Collection[int] | None, *, consensus: bool) -> list[Segment]:
        """As `segments`, only those that stand in the text of the source itself: all, where it has no translation."""
        coder = str(CONSENSUS) if consensus else "coder"
        chosen = "" if coders is None or consensus else f"AND coder IN ({_listed(coders)})"
        return self.database.rows(
            f"SELECT start, end, {coder}, row, code, NULL FROM counted_coding"
            f" WHERE source = ? AND layer = ? {chosen} ORDER BY code, start, end",
            (source, int(consensus)),
        )

    def consensus_sources(self) -> set[int]:
        """The sources in which a consensus is recorded: by codings, or as done.

        Where places are decided one by one, it is not recorded before somebody says that it is done.
        """
        rows = self.database.rows(
            "SELECT source FROM counted_coding WHERE layer = 1 AND source NOT IN (SELECT source FROM live_decision)"
            " UNION SELECT source FROM live_progress WHERE layer = 1 AND state = 'done'"
        )
        roots = self.study.translations.roots()
        return {roots.get(row[0], row[0]) for row in rows}

    def recorders(self) -> dict[int, int]:
        """Who recorded each coding of the consensus, by row."""
        return dict(self.database.rows("SELECT row, coder FROM counted_coding WHERE layer = 1"))

    def independent_coders(self, codes: Collection[int] | None = None) -> dict[int, set[int]]:
        """The coders who have independent codings in each source, of some codes or (None) of any."""
        chosen = "" if codes is None else f"AND code IN ({_listed(codes)})"
        found: dict[int, set[int]] = {}
        roots = self.study.translations.roots()
        for source, coder in self.database.rows(
            f"SELECT DISTINCT source, coder FROM counted_coding WHERE layer = 0 {chosen}"
        ):
            found.setdefault(roots.get(source, source), set()).add(coder)
        return found

    def suggested(self) -> frozenset[int]:
        """The rows of codings that a rule or a model suggested and somebody accepted."""
        return frozenset(row for (row,) in self.database.rows("SELECT row FROM past_coding WHERE origin <> 'human'"))

    def past_ids(self, rows: Iterable[int]) -> dict[int, str]:
        """The ids of codings, by row, those that are gone included."""
        return self._ids(rows, "past_coding")

    def finished(self, round_key: int) -> dict[int, tuple[int, str]]:
        """When each source of a round was finished by the last of its coders who handed in.

        It is the change by which that coder said to be done with the source, at the latest by handing in; and where
        several have the same, the moment of the last coding in the source that was handed in.
        """
        rows = self.database.rows(
            "SELECT a.source, max(coalesce(("
            "  SELECT min(p.born) FROM main.progress p WHERE p.source = a.source AND p.coder = a.coder AND p.layer = 0"
            "  AND p.state = 'done' AND p.born <= s.born"
            "  AND p.born > (SELECT min(born) FROM main.round WHERE key = :key)), s.born)), max(coalesce(("
            "  SELECT max(c.at) FROM past_coding c WHERE c.source = a.source AND c.coder = a.coder AND c.layer = 0"
            "  AND c.born <= s.born AND (c.died IS NULL OR c.died > s.born)), ''))"
            " FROM live_assignment a JOIN live_submission s ON s.round = a.round AND s.coder = a.coder"
            " WHERE a.round = :key GROUP BY a.source",
            {"key": round_key},
        )
        roots = self.study.translations.roots()
        found: dict[int, tuple[int, str]] = {}
        for source, change, at in rows:
            root = roots.get(source, source)
            found[root] = max(found.get(root, (0, "")), (change, at))
        return found

    def turns(self, source: int) -> list[Turn]:
        """The turns of a source's current text, in order: start, end, number, words, person, speaks for."""
        return self.database.rows(
            "SELECT start, end, number, words, person, speaks_for FROM live_turn WHERE revision ="
            " (SELECT key FROM live_revision WHERE source = ? ORDER BY number DESC LIMIT 1) ORDER BY number",
            (source,),
        )

    def bodies(self, source: int) -> list[int]:
        """Where the speech of each turn of `turns` begins, behind its label and time."""
        rows = self.database.rows(
            "SELECT body FROM live_turn WHERE revision ="
            " (SELECT key FROM live_revision WHERE source = ? ORDER BY number DESC LIMIT 1) ORDER BY number",
            (source,),
        )
        return [int(body) for (body,) in rows]

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
        return self._ids(rows, "live_coding")

    def _ids(self, rows: Iterable[int], table: str) -> dict[int, str]:
        found: dict[int, str] = {}
        wanted = list(rows)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for row, uid in self.database.rows(
                f"SELECT c.row, e.uid FROM {table} c JOIN entity e ON e.key = c.key WHERE c.row IN ({marks})",
                part,
            ):
                found[row] = id_of(uid)
        return found

    def details(self, source: int) -> dict[int, tuple[int, int, bytes, str]]:
        """Row, key, uid and time of every coding that counts in a source, by row."""
        sources = [source, *(one.source for one in self.study.translations.of(source))]
        rows: list[tuple[int, int, bytes, str]] = self.database.rows(
            "SELECT c.row, c.key, e.uid, c.at FROM counted_coding c JOIN entity e ON e.key = c.key"
            f" WHERE c.source IN ({_listed(sources)})"
        )
        return {row[0]: row for row in rows}

    def translated(self, source: int) -> dict[int, tuple[int, int, int]]:
        """Where the codings that were made in the translations of a source stand: source, start, end, by row."""
        sources = _listed(one.source for one in self.study.translations.of(source))
        rows = self.database.rows(
            f"SELECT row, source, start, end FROM counted_coding WHERE source IN ({sources})",
        )
        return {row: (key, start, end) for row, key, start, end in rows}

    def quoted(self) -> list[tuple[bytes, int, int, int, int, int, int]]:
        """Every coding that counts, in order of source and place: uid, source, start, end, code, coder, layer."""
        return self.database.rows(
            "SELECT e.uid, c.source, c.start, c.end, c.code, c.coder, c.layer FROM counted_coding c"
            " JOIN entity e ON e.key = c.key ORDER BY c.source, c.start, c.end"
        )

    def texts(self) -> Iterator[tuple[int, str]]:
        """The current text of each source."""
        found = self.database.connection.execute(
            "SELECT r.source, t.body FROM live_revision r JOIN text t ON t.sha256 = r.text"
            " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source) ORDER BY r.source"
        )
        return ((source, self.study.outside.cover(source, body)) for source, body in found)

    def folds(self) -> Iterator[tuple[int, bytes, bytes, bytes]]:
        """The current fold of each source, its map and its text, as bytes: of most texts no string is needed."""
        return self.database.connection.execute(
            "SELECT r.source, CAST(t.folded AS BLOB), t.map, CAST(t.body AS BLOB)"
            " FROM live_revision r JOIN text t ON t.sha256 = r.text"
            " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source) ORDER BY r.source"
        )


def _listed(keys: Iterable[int]) -> str:
    return ",".join(str(int(key)) for key in sorted(keys))

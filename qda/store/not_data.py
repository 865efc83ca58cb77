"""Stretches of a source that are no data, such as page heads: left out of search, counts and agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.store.base import Nouns, at_line

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotDataRow(NamedTuple):
    """A stretch that is no data, and why."""

    source: str
    start: int
    end: int
    reason: str = ""
    line: int = 0


class NotData(Nouns):
    """The stretches that are no data."""

    def all(self) -> list[tuple[str, int, int, str]]:
        """All stretches: source, start, end, reason."""
        return self.database.rows(
            "SELECT s.name, n.start, n.end, n.reason FROM live_not_data n JOIN live_revision r ON r.key = n.revision"
            " JOIN live_source s ON s.key = r.source WHERE r.number = (SELECT max(number) FROM live_revision"
            " WHERE source = s.key) ORDER BY s.name, n.start, n.end"
        )

    def by_source(self) -> dict[int, list[tuple[int, int]]]:
        """The stretches of each source's current text, merged and in order."""
        found: dict[int, list[tuple[int, int]]] = {}
        for source, start, end in self.database.rows(
            "SELECT r.source, n.start, n.end FROM live_not_data n JOIN live_revision r ON r.key = n.revision"
            " WHERE r.number = (SELECT max(number) FROM live_revision WHERE source = r.source)"
            " ORDER BY r.source, n.start, n.end"
        ):
            spans = found.setdefault(source, [])
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return found

    def import_rows(self, rows: Sequence[NotDataRow], summary: str) -> int:
        """Mark stretches, all or none; one that is marked already stays as it is.

        Raises:
            QdaError: A line is wrong; the sentence names it and nothing is entered.
        """
        added = 0
        with self.study.action("not data", summary) as change:
            for row in rows:
                source = self.study.sources.get_or_refuse(row.source, row.line)
                if not 0 <= row.start < row.end <= source.characters:
                    problem = (
                        f"the stretch {row.start}-{row.end} does not lie in '{row.source}' (0-{source.characters})"
                    )
                    raise at_line(row.line, problem)
                known = self.database.one(
                    "SELECT 1 FROM live_not_data WHERE revision = ? AND start = ? AND end = ?",
                    (source.revision_key, row.start, row.end),
                )
                if not known:
                    key = change.new_key("not_data")
                    change.insert("not_data", [(key, source.revision_key, row.start, row.end, row.reason)])
                    added += 1
        return added

    def remove(self, name: str, start: int, end: int) -> int:
        """Let the stretches that meet a segment be data again; returns how many there were.

        Raises:
            QdaError: There is no such source or segment, or all of it is data already.
        """
        with self.study.action("not data", f"{name} {start}-{end} is data again") as change:
            source = self.study.sources.get(name)
            if not 0 <= start < end <= source.characters:
                raise QdaError(f"the stretch {start}-{end} does not lie in '{name}' (0-{source.characters})")
            place = (source.revision_key, end, start)
            count = change.close("not_data", "revision = ? AND start < ? AND end > ?", place)
            if not count:
                raise QdaError(f"nothing in {start}-{end} of '{name}' is marked as no data; 'qda not-data' lists it")
        return count

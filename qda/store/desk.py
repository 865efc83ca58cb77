"""What coders leave on their desks: where each stopped reading, bookmarks, and the sentences found in a text.

None of it is research data: it stands outside the change log and the state of the study.
"""

from __future__ import annotations

from array import array
from itertools import pairwise

from qda.store.base import Nouns

LEFT, BOOKMARK = "left", "bookmark"


class Desk(Nouns):
    """Places that the current coder keeps in sources, and what is worked out once for each text."""

    def left_at(self, source: int) -> int:
        """Where the current coder was in a source when it was closed, 0 at first."""
        places = self._places(source, LEFT)
        return places[0] if places else 0

    def last_source(self) -> int | None:
        """The key of the source in which the current coder was last."""
        query = "SELECT source FROM desk WHERE coder = ? AND kind = ? ORDER BY number DESC LIMIT 1"
        key: int | None = self.database.one(query, (self.study.coder, LEFT))
        return key

    def leave(self, source: int, place: int) -> None:
        """Note where the current coder is."""
        if self.database.writable:
            with self.database.writing():
                self._replace(source, LEFT, [place])

    def bookmarks(self, source: int) -> list[int]:
        """The current coder's bookmarks in a source, in order."""
        return sorted(self._places(source, BOOKMARK))

    def toggle_bookmark(self, source: int, place: int) -> None:
        """Set a bookmark, or take it away."""
        with self.database.writing():
            places = set(self._places(source, BOOKMARK)) ^ {place}
            self._replace(source, BOOKMARK, sorted(places))

    def _places(self, source: int, kind: str) -> list[int]:
        query = "SELECT place FROM desk WHERE coder = ? AND source = ? AND kind = ? ORDER BY number"
        return [place for (place,) in self.database.rows(query, (self.study.coder, source, kind))]

    def _replace(self, source: int, kind: str, places: list[int]) -> None:
        me = self.study.coder
        connection = self.database.connection
        connection.execute("DELETE FROM desk WHERE coder = ? AND source = ? AND kind = ?", (me, source, kind))
        connection.executemany(
            "INSERT INTO desk (coder, source, kind, place) VALUES (?, ?, ?, ?)",
            [(me, source, kind, place) for place in places],
        )

    def sentences(self, revision: int, rules: str) -> list[tuple[int, int]] | None:
        """The sentences that certain rules found in the text of a revision; None where they were not sought yet."""
        packed = self.database.one(
            "SELECT s.spans FROM sentence s JOIN live_revision r ON r.text = s.text WHERE r.key = ? AND s.rules = ?",
            (revision, rules),
        )
        if packed is None:
            return None
        ends = array("I")
        ends.frombytes(packed)
        return list(pairwise(ends))[::2]

    def keep_sentences(self, revision: int, rules: str, spans: list[tuple[int, int]]) -> None:
        """Keep the sentences of a revision's text for the next time; where nothing can be written, not."""
        if not self.database.writable:
            return
        packed = array("I", [edge for span in spans for edge in span]).tobytes()
        with self.database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sentence (text, rules, spans) SELECT text, ?, ? FROM live_revision"
                " WHERE key = ?",
                (rules, packed, revision),
            )

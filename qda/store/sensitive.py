"""What is confidential: whole sources and persons, and segments, with the reason, who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.confidential import WITHHOLD, Mark
from qda.model.nouns import id_of
from qda.store.base import Nouns, at_line
from qda.store.codings import now
from qda.store.revisions import LOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Source
    from qda.store.change import Change


class SensitiveRow(NamedTuple):
    """A source, a stretch of it (with start and end), or a person (by name) that is to be marked, and why."""

    source: str = ""
    person: str = ""
    start: int | None = None
    end: int | None = None
    how: str = WITHHOLD
    reason: str = ""
    line: int = 0


class Sensitive(Nouns):
    """The marks of what is confidential."""

    def all(self) -> list[Mark]:
        """All marks: persons, then sources, each whole one before its segments."""
        rows = self.database.rows(
            "SELECT m.key, e.uid, t.kind, coalesce(p.name, s.name), m.target, m.start, m.end, m.how, m.reason,"
            " coalesce(k.name, ''), m.at, m.anchor FROM live_sensitive m JOIN entity e ON e.key = m.key"
            " JOIN entity t ON t.key = m.target LEFT JOIN live_source s ON s.key = m.target"
            " LEFT JOIN live_person p ON p.key = m.target LEFT JOIN live_coder k ON k.key = m.coder"
            " ORDER BY t.kind, 4, m.start IS NOT NULL, m.start, m.end, m.how, e.uid"
        )
        return [Mark(key, id_of(uid), *rest) for key, uid, *rest in rows]

    def whole(self) -> dict[int, Mark]:
        """The sources and persons that are confidential as a whole, by key."""
        return {one.target: one for one in self.all() if one.start is None}

    def of_source(self, source: int) -> list[Mark]:
        """The segments of a source's current text that are marked, in order."""
        return [one for one in self.all() if one.target == source and one.start is not None and one.anchor != LOST]

    def spans(self, source: Source) -> list[tuple[int, int]]:
        """The stretches of a source's text that are confidential, or blacked out: all of it where the source is."""
        if source.key in self.whole():
            return [(0, source.characters)]
        return [(one.start or 0, one.end or 0) for one in self.of_source(source.key)]

    def mark(self, rows: Sequence[SensitiveRow], summary: str) -> int:
        """Mark what is confidential as the current coder, all or none; returns how many marks are new or changed.

        What is marked already gets the reason that is given now.

        Raises:
            QdaError: A source or person is not there, or a segment does not lie in its text; the line is named.
        """
        with self.study.action("confidential", summary) as change:
            me = self.study.coders.make(change, [self.study.coder])[self.study.coder] if self.study.coder else None
            return sum(self._mark(change, row, me) for row in rows)

    def _mark(self, change: Change, row: SensitiveRow, me: int | None) -> bool:
        place = self._place(row)
        known = self.database.rows(
            "SELECT key, reason FROM main.sensitive WHERE died IS NULL AND target = ? AND revision IS ? AND start IS ?"
            " AND end IS ? AND how = ? AND anchor < 2",
            (*place, row.how),
        )
        if known and known[0][1] == row.reason:
            return False
        if known:
            change.edit("sensitive", "key = ?", (known[0][0],), reason=row.reason, coder=me, at=now())
            return True
        change.insert("sensitive", [(change.new_key("sensitive"), *place, row.how, row.reason, me, now(), 0)])
        return True

    def _place(self, row: SensitiveRow) -> tuple[int, int | None, int | None, int | None]:
        """Target, revision, start and end of what a row says."""
        try:
            if row.person:
                return self.study.persons.find(row.person), None, None, None
            source = self.study.sources.get(row.source)
            if row.start is None or row.end is None:
                return source.key, None, None, None
        except QdaError as error:
            raise at_line(row.line, error) from None
        if not 0 <= row.start < row.end <= source.characters:
            raise at_line(row.line, f"{row.start}-{row.end} does not lie in '{source.name}' (0-{source.characters})")
        return source.key, source.revision_key, row.start, row.end

    def clear(self, row: SensitiveRow, summary: str) -> int:
        """Take marks back: of a person, of a whole source, or those that meet a segment; returns how many.

        Raises:
            QdaError: Nothing there is marked.
        """
        return self.clear_all([row], summary)

    def clear_all(self, rows: Sequence[SensitiveRow], summary: str) -> int:
        """Take the marks of several back, as one action; returns how many.

        Raises:
            QdaError: Nothing of it is marked.
        """
        with self.study.action("confidential", summary) as change:
            count = sum(self._clear(change, row) for row in rows)
            if not count:
                raise QdaError("nothing there is marked as confidential; 'qda sensitive' lists what is")
        return count

    def _clear(self, change: Change, row: SensitiveRow) -> int:
        target, revision, start, end = self._place(row)
        if revision is None:
            return change.close("sensitive", "target = ? AND revision IS NULL", (target,))
        place = (revision, end, start)
        return change.close("sensitive", "revision = ? AND start < ? AND end > ? AND anchor < 2", place)

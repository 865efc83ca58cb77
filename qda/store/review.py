"""Codings that need a look since their text was edited: listed until somebody says that they are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store.base import Nouns
from qda.store.codings import _SELECT, LOST, coding_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.nouns import Coding


class Flagged(NamedTuple):
    """A coding that needs a look, with its names, its turn, and its words before the edit and now.

    `coding.anchor` is 1 where words inside it changed, 2 where they are gone; then it counts nowhere, its place and
    turn are those of the older text, and it has no words now.
    """

    coding: Coding
    source: str
    code: str
    coder: str
    turn: int | None
    before: str
    now: str


class Review(Nouns):
    """What edits of texts left to be looked at."""

    def all(self) -> Iterator[Flagged]:
        """All codings to be reviewed and all whose words are gone, by source and place."""
        study = self.study
        sources = {source.key: source.name for source in study.sources.all()}
        paths = {code.key: code.path for code in study.codebook.tree().codes}
        coders = {coder.key: coder.name for coder in study.coders.all()}
        codings = [coding_of(row) for row in self.database.rows(f"{_SELECT} WHERE c.anchor > 0")]
        codings.sort(key=lambda one: (sources[one.source], one.start, one.end, paths[one.code], one.coder, one.layer))
        for coding in codings:
            (turn,) = study.sources.turn_numbers(coding.revision, [coding.start])
            here = self._words(coding.revision, coding.start, coding.end)
            lost = coding.anchor == LOST
            before, now = (here, "") if lost else (self._before(coding), here)
            names = sources[coding.source], paths[coding.code], coders[coding.coder]
            yield Flagged(coding, *names, turn, before, now)

    def counts(self) -> tuple[int, int]:
        """How many codings are to be reviewed, and of how many the words are gone."""
        found = dict(self.database.rows("SELECT anchor, count(*) FROM live_coding WHERE anchor > 0 GROUP BY anchor"))
        return found.get(1, 0), found.get(LOST, 0)

    def accept(self, keys: Sequence[int]) -> int:
        """Say that codings are right on the words that they have now; returns how many were still to be reviewed.

        Raises:
            QdaError: A coding is gone, or its words are.
        """
        with self.study.action("coding", "") as change:
            done = 0
            for key in dict.fromkeys(keys):
                anchor = self.database.one("SELECT anchor FROM live_coding WHERE key = ?", (key,))
                if anchor is None:
                    raise QdaError("this coding was removed in the meantime")
                if anchor == LOST:
                    raise QdaError("the words of this coding are gone: code others with it, or remove it")
                done += change.edit("coding", "key = ?", (key,), anchor=0)
            change.summarise(f"reviewed {many(done, 'coding')}")
        return done

    def _before(self, coding: Coding) -> str:
        """The words on which a coding stood when it was last made or reviewed."""
        place = self.database.rows(
            "SELECT revision, start, end FROM main.coding r JOIN change c ON c.number = r.born"
            " WHERE r.key = ? AND r.died IS NOT NULL AND r.anchor = 0 AND c.undoes IS NULL AND NOT c.undone"
            " ORDER BY r.row DESC LIMIT 1",
            (coding.key,),
        )
        return self._words(*place[0]) if place else ""

    def _words(self, revision: int, start: int, end: int) -> str:
        words = self.database.one(
            "SELECT substr(t.body, ?, ?) FROM main.revision r JOIN text t ON t.sha256 = r.text WHERE r.key = ?",
            (start + 1, end - start, revision),
        )
        return str(words or "")

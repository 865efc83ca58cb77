"""Reading again: which sources were done before a code was made or its words were changed, and who has been back."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store.base import Nouns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qda.store.study import Study

WORDS = ("definition", "include", "exclude", "example")
"""What is written about a code that decides where it belongs; another name or colour asks nobody to read again."""

_Said = tuple[str, ...]


class Reread(NamedTuple):
    """A source that a coder was done with before a code was as it is now.

    Attributes:
        source: Key of the source.
        coder: Key of the coder who is done with it.
        code: Key of the code.
        under: Version of the codebook under which the source was done.
        since: Version that made the code, or gave it the words that it has now.
        changed: Which words differ from those under which the source was done; empty where the code is new.
        done: Whether the coder has read the source again for the code as it is now.
    """

    source: int
    coder: int
    code: int
    under: int
    since: int
    changed: tuple[str, ...]
    done: bool

    @property
    def why(self) -> str:
        """In words why the source is to be read again: the code is new, or what was changed."""
        return ", ".join(self.changed) or "new code"


class Tally(NamedTuple):
    """How many of the sources that a coder has to read again for a code were read again."""

    coder: int
    code: int
    read: int
    of: int


def tallied(found: Iterable[Reread]) -> list[Tally]:
    """How far each coder is with each code, in the order in which they come first."""
    counted: dict[tuple[int, int], list[int]] = {}
    for one in found:
        tally = counted.setdefault((one.coder, one.code), [0, 0])
        tally[0] += one.done
        tally[1] += 1
    return [Tally(*who, *numbers) for who, numbers in counted.items()]


class Rereads(Nouns):
    """What is to be read again, and what has been."""

    def all(self, *, coder: int | None = None, codes: Collection[int] | None = None) -> list[Reread]:
        """Every source that was done before a code was as it is now, whether or not it was read again.

        Proposals of a blind round and retired codes ask for nothing; neither does a source of a blind round of which
        the current coder may not know who is done with it.

        Args:
            coder: Key of the only coder wanted; None for all.
            codes: Keys of the only codes wanted; None for all.

        Returns:
            They stand in the order of sources, coders and codebook.
        """
        wanted = [
            code.key
            for code in self.study.codebook.tree().codes
            if not code.retired and (codes is None or code.key in codes)
        ]
        known = _Known(self.study)
        read = {
            tuple(row[:3]): row[3] for row in self.database.rows("SELECT source, code, coder, version FROM live_reread")
        }
        found = []
        for source, who, layer, state, under in sorted(self.study.progress.by_keys()):
            if layer or state != "done" or coder not in (None, who):
                continue
            for code in wanted:
                now, before = known.now(code), known.at(code, under)
                if now is None or now == before:
                    continue
                again = read.get((source, code, who))
                done = again is not None and known.at(code, again) == now
                differs = () if before is None else _differing(before, now)
                found.append(Reread(source, who, code, under, known.since(code), differs, done))
        return found

    def looked(self) -> set[tuple[int, int, int]]:
        """Where a code was looked for when a source was read again, or its translation: source, code, coder."""
        roots = self.study.translations.roots()
        rows = self.database.rows("SELECT source, code, coder FROM live_reread")
        return {(roots.get(source, source), code, coder) for source, code, coder in rows}

    def mark(self, sources: Sequence[str], codes: Sequence[str] = ()) -> int:
        """Say that the current coder has read sources again, for codes by their paths (none: for all that wait).

        Returns:
            How many sources were still to be read again for one of the codes.

        Raises:
            QdaError: Nobody is named, the coder is not done with a source, or a code is a proposal as yet.
        """
        if not self.study.coder:
            raise QdaError("say who has read it again: --coder NAME, or QDA_CODER in the environment")
        with self.study.action("reread", "") as change:
            me = self.study.coders.find(self.study.coder)
            names = {name: self.study.sources.get(name).key for name in sources}
            wanted = {path: self.study.codebook.get(path).key for path in codes}
            self._refuse(names, wanted, me)
            waiting = [
                one
                for one in self.all(coder=me, codes=set(wanted.values()) if codes else None)
                if one.source in names.values() and not one.done
            ]
            version = self.study.codebook.version()
            for one in waiting:
                change.put("reread", (one.source, one.code, me, version))
            for_what = ", ".join(codes) or many(len({one.code for one in waiting}), "code")
            read = {one.source for one in waiting}
            what = next((name for name, key in names.items() if key in read), "")
            what = f"'{what}'" if len(read) == 1 else many(len(read), "source")
            change.summarise(f"{what}: read again for {for_what} by {self.study.coder}")
        return len(read)

    def _refuse(self, sources: dict[str, int], codes: dict[str, int], me: int) -> None:
        """Refuse sources that are not done, which are simply read, and codes that are nobody else's yet."""
        done = {
            source
            for source, who, layer, state, _ in self.study.progress.by_keys()
            if (who, layer, state) == (me, 0, "done")
        }
        for name, key in sources.items():
            if key not in done:
                raise QdaError(f"{self.study.coder} is not done with '{name}', so there is nothing to read again yet")
        known = _Known(self.study)
        for path, key in codes.items():
            if known.now(key) is None:
                raise QdaError(
                    f"'{path}' is a proposal until the blind round is revealed; nobody has to read again for it"
                )


class _Known:
    """What the codebook said about each code in each of its versions; proposals are in none of them."""

    def __init__(self, study: Study) -> None:
        rows = study.database.rows(
            f"SELECT key, born, died, {', '.join(WORDS)} FROM past_code WHERE proposer IS NULL ORDER BY key, born, row"
        )
        self._rows: dict[int, list[tuple[int, int | None, _Said]]] = {}
        for key, born, died, *words in rows:
            self._rows.setdefault(key, []).append((born, died, tuple(words)))
        self._made = [
            0,
            *(made for (made,) in study.database.rows("SELECT change FROM codebook_version ORDER BY number")),
        ]
        self._then: dict[tuple[int, int], _Said | None] = {}

    def now(self, code: int) -> _Said | None:
        """What is said about a code today; None where it is not there, or a proposal."""
        last = self._rows.get(code, [(0, 0, ())])[-1]
        return last[2] if last[1] is None else None

    def at(self, code: int, version: int) -> _Said | None:
        """What a version said about a code; None where it did not have it."""
        here = code, version
        if here not in self._then:
            self._then[here] = self._seek(code, self._made[min(version, len(self._made) - 1)])
        return self._then[here]

    def _seek(self, code: int, change: int) -> _Said | None:
        rows = self._rows.get(code, [])
        last = bisect_right(rows, change, key=lambda row: row[0]) - 1
        if last < 0 or (rows[last][1] or change + 1) <= change:
            return None
        return rows[last][2]

    def since(self, code: int) -> int:
        """The version in which a code got the words that it has now."""
        rows = self._rows[code]
        born = rows[0][0]
        for (_, died, before), (new, _, words) in pairwise(rows):
            if words != before or died != new:
                born = new
        return bisect_right(self._made, born) - 1


def _differing(before: _Said, now: _Said) -> tuple[str, ...]:
    return tuple(name for name, old, new in zip(WORDS, before, now, strict=True) if old != new)

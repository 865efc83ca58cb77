"""Translations: which source is the translation of which, who made it, and which stretches say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError
from qda.model.aligning import paragraphs, propose, unit
from qda.model.alignment import Alignment, Pair, from_words, joined, parts_of, to_words
from qda.model.anchoring import follow
from qda.store.base import Nouns, at_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.aligning import Unit
    from qda.model.nouns import Source
    from qda.model.spans import Segment, Span
    from qda.store.change import Change
    from qda.store.study import Study

_LOST = 2
_COLUMNS = "t.source, t.original, t.translator, t.method, t.revision, t.of, t.pairs"
# A translation of a translation is not followed: no source is left out of which nothing else stands in the base.
_SELECT = f"SELECT {_COLUMNS} FROM live_translation t WHERE t.original NOT IN (SELECT source FROM live_translation)"


class Translation(NamedTuple):
    """A source that is the translation of another; `pairs` are stretches of the two texts in these revisions."""

    source: int
    original: int
    translator: str
    method: str
    revision: int
    of: int
    words: str

    @property
    def pairs(self) -> list[Pair]:
        """The aligned stretches."""
        return from_words(self.words)


class AlignedRow(NamedTuple):
    """Parts of a translation and of its original that say the same, by number, as 3 or 3 to 5; one may be empty."""

    part: str
    original: str
    line: int = 0


class Translations(Nouns):
    """The translations of the study, and the way from them to their originals."""

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._followed: dict[tuple[Translation, int | None, int | None], Alignment] = {}

    def all(self) -> list[Translation]:
        """All translations that are counted with their original, by key."""
        return [Translation(*row) for row in self.database.rows(f"{_SELECT} ORDER BY t.source")]

    def chained(self) -> list[int]:
        """The keys of translations whose original is said to be a translation itself; they count by themselves."""
        counted = {one.source for one in self.all()}
        return [key for (key,) in self.database.rows("SELECT source FROM live_translation") if key not in counted]

    def roots(self) -> dict[int, int]:
        """The key of the original of each translation."""
        return {one[0]: one[1] for one in self.database.rows(_SELECT)}

    def of(self, original: int) -> list[Translation]:
        """The translations of a source."""
        return [Translation(*row) for row in self.database.rows(f"{_SELECT} AND t.original = ?", (original,))]

    def is_linked(self, source: int) -> bool:
        """Whether a source is a translation, or has one."""
        return any(source in (one.source, one.original) for one in self.all())

    def get(self, name: str) -> Translation:
        """What is known of a source as a translation.

        Raises:
            QdaError: There is no such source, or it is no translation.
        """
        source = self.study.sources.get(name)
        rows = self.database.rows(f"SELECT {_COLUMNS} FROM live_translation t WHERE t.source = ?", (source.key,))
        if not rows:
            raise QdaError(f"'{source.name}' is not linked as a translation; 'qda translation link' does that")
        return Translation(*rows[0])

    # --- across ----------------------------------------------------------------------------------------------

    def is_stale(self, one: Translation) -> bool:
        """Whether the alignment belongs to an older text of either source."""
        return self._current(one) != (one.revision, one.of)

    def _current(self, one: Translation) -> tuple[int | None, int | None]:
        current = self.study.sources.current_revisions()
        return current.get(one.source), current.get(one.original)

    def alignment(self, one: Translation) -> Alignment:
        """The alignment of the current texts; one of older texts follows its words."""
        current = self._current(one)
        if current == (one.revision, one.of):
            return Alignment(one.pairs)
        if (one, *current) not in self._followed:
            self._followed[one, *current] = Alignment(self._follow(one))
        return self._followed[one, *current]

    def _follow(self, one: Translation) -> list[Pair]:
        pairs = one.pairs
        for revision, source in ((one.revision, one.source), (one.of, one.original)):
            old = self.database.one(
                "SELECT t.body FROM live_revision r JOIN text t ON t.sha256 = r.text WHERE r.key = ?", (revision,)
            )
            pairs = [pair.turned for pair in renewed(pairs, str(old), self._texts(source), self.units(source))]
        return joined(pairs)

    def _texts(self, source: int) -> str:
        return self.study.sources.text(source, bare=True)

    def carried(self, one: Translation, segments: Iterable[Segment]) -> list[Segment]:
        """Codings of a translation at the stretches of the original that say the same.

        What is no data at either end of one carries nothing. One that lies wholly in it, or where nothing is aligned,
        is left out (see `strays`).
        """
        alignment = self.alignment(one)
        hidden = self.study.not_data.by_source().get(one.source, [])
        found: list[Segment] = []
        for segment in segments:
            start, end = _trimmed(segment[0], segment[1], hidden)
            if start < end:
                found += [(*span, *segment[2:]) for span in alignment.carry(start, end)]
        return found

    def strays(self, one: Translation, codes: frozenset[int]) -> int:
        """How many codings of a translation are counted nowhere, for nothing is aligned with their words."""
        alignment = self.alignment(one)
        rows = self.database.rows("SELECT start, end, code FROM counted_coding WHERE source = ?", (one.source,))
        hidden = self.study.not_data.by_source().get(one.source, [])
        said = (_trimmed(start, end, hidden) for start, end, code in rows if code in codes)
        return sum(start < end and not alignment.carry(start, end) for start, end in said)

    def units(self, source: int) -> list[Unit]:
        """The parts of a source that are aligned: its turns with who speaks, else its paragraphs."""
        text = self._texts(source)
        turns = self.study.counts.turns(source)
        if len(turns) < 2:
            return paragraphs(text)
        roles = {person.key: person.role for person in self.study.persons.all()}
        return [unit(text, start, end, roles.get(person or 0, "")) for start, end, _, _, person, _ in turns]

    # --- changes ---------------------------------------------------------------------------------------------

    def link(
        self, name: str, original: str, *, language: str = "", translator: str = "", method: str = ""
    ) -> Alignment:
        """Say that a source is the translation of another; an alignment is proposed. Returns it.

        Raises:
            QdaError: One is not there, both are the same, or one of them is in another such pair already.
        """
        one, other = self.study.sources.get(name), self.study.sources.get(original)
        with self.study.action("translation", f"{one.name} is the translation of {other.name}") as change:
            self._refuse(one, other)
            if language:
                change.edit("source", "key = ?", (one.key,), language=language)
            known = self.database.rows(
                "SELECT translator, method, pairs FROM live_translation"
                " WHERE source = ? AND original = ? AND revision = ? AND of = ?",
                (one.key, other.key, one.revision_key, other.revision_key),
            )
            said = (translator or known[0][0], method or known[0][1]) if known else (translator, method)
            pairs = from_words(known[0][2]) if known else propose(self.units(one.key), self.units(other.key))
            self._put(change, one, other, *said, pairs)
        return Alignment(pairs)

    def _refuse(self, one: Source, other: Source) -> None:
        if one.key == other.key:
            raise QdaError("a source is not the translation of itself; name two sources")
        pairs = dict(self.database.rows("SELECT source, original FROM live_translation"))
        if other.key in pairs:
            raise QdaError(f"'{other.name}' is a translation itself; name the original that both come from")
        if one.key in pairs.values():
            raise QdaError(f"'{one.name}' has translations itself; unlink them first")
        if pairs.get(one.key, other.key) != other.key:
            raise QdaError(f"'{one.name}' is the translation of another source already; unlink it first")

    def _put(
        self, change: Change, one: Source, other: Source, translator: str, method: str, pairs: Iterable[Pair]
    ) -> None:
        where = one.revision_key, other.revision_key
        change.put("translation", (one.key, other.key, translator, method, *where, to_words(pairs)))

    def align(self, name: str, rows: Sequence[AlignedRow] | None = None, *, only: bool = True) -> Alignment:
        """Align a translation with its original: as rows say, or (None) as is proposed. Returns the alignment.

        Args:
            name: The translation.
            rows: Which parts say the same.
            only: Whether the rows are all there is; else what they name changes and the rest stays.

        Raises:
            QdaError: It is no translation, or a row names no part; its line is named and nothing is changed.
        """
        one = self.get(name)
        source, original = self.study.sources.by_key(one.source), self.study.sources.by_key(one.original)
        if source is None or original is None:
            raise QdaError(f"the original of '{name}' is gone")
        units, others = self.units(one.source), self.units(one.original)
        with self.study.action("translation", f"{source.name} aligned with {original.name}") as change:
            if rows is None:
                pairs = propose(units, others)
            else:
                named = [pair for row in rows if (pair := _pair(row, units, others)) is not None]
                kept = [] if only else self._kept(one, rows, units, others)
                pairs = joined([*kept, *named])
            self._put(change, source, original, one.translator, one.method, pairs)
        return Alignment(pairs)

    def _kept(
        self, one: Translation, rows: Sequence[AlignedRow], units: Sequence[Unit], others: Sequence[Unit]
    ) -> list[Pair]:
        """The pairs of which no row names a part."""
        gone = [_span(row.part, units, row.line) for row in rows if row.part]
        left = [_span(row.original, others, row.line) for row in rows if row.original]
        return [
            pair
            for pair in self.alignment(one).pairs
            if not any(start < pair.end and pair.start < end for start, end in gone)
            and not any(start < pair.last and pair.first < end for start, end in left)
        ]

    def unlink(self, name: str) -> None:
        """Say that a source is no translation any more; both count by themselves again.

        Raises:
            QdaError: It is no translation.
        """
        one = self.get(name)
        with self.study.action("translation", f"{name} is no longer a translation") as change:
            change.close("translation", "source = ?", (one.source,))


def _trimmed(start: int, end: int, hidden: Sequence[Span]) -> Span:
    """A span without what is no data at its ends; empty where all of it is none. `hidden` is in order."""
    for first, last in hidden:
        if first <= start < last:
            start = last
    for first, last in reversed(hidden):
        if first < end <= last:
            end = first
    return start, end


def reanchor(change: Change, source: Source, revision: int, old: str, new: str, units: Sequence[Unit]) -> None:
    """Bring the alignments of a source that got a new text along, inside an action.

    An alignment of an older text than `source` names stays where it is: it is followed when it is read.
    """
    for side, other in (("revision", "source"), ("of", "original")):
        rows = change.database.rows(
            f"SELECT source, pairs FROM live_translation WHERE {other} = ? AND {side} = ?",
            (source.key, source.revision_key),
        )
        for key, words in rows:
            pairs = from_words(words)
            if side == "revision":
                pairs = joined(renewed(pairs, old, new, units))
            else:
                turned = renewed([pair.turned for pair in pairs], old, new, units)
                pairs = joined(pair.turned for pair in turned)
            change.edit("translation", "source = ?", (key,), **{side: revision, "pairs": to_words(pairs)})


def renewed(pairs: Sequence[Pair], old: str, new: str, units: Sequence[Unit]) -> list[Pair]:
    """Pairs after the text on the side of their start got other words; those whose words are gone are left out.

    They reach as far as the parts of the new text of which they hold at least half.
    """
    found = []
    for pair, place in zip(pairs, follow(old, new, [pair[:2] for pair in pairs]), strict=True):
        if place.state == _LOST:
            continue
        start, end = place.start, place.end
        held = [one for one in units if 2 * (min(one.end, end) - max(one.start, start)) >= one.end - one.start]
        if held:
            start, end = min(start, held[0].start), max(end, held[-1].end)
        found.append(Pair(start, end, pair.first, pair.last))
    return found


def _pair(row: AlignedRow, units: Sequence[Unit], others: Sequence[Unit]) -> Pair | None:
    """The pair that a row names; None where it says that a part has no counterpart."""
    if not row.part and not row.original:
        raise at_line(row.line, "a row names no part")
    spans = [_span(words, parts, row.line) for words, parts in ((row.part, units), (row.original, others)) if words]
    return Pair(*spans[0], *spans[1]) if len(spans) == 2 else None


def _span(words: str, units: Sequence[Unit], line: int) -> Span:
    try:
        return parts_of(words, [one[:2] for one in units])
    except QdaError as error:
        raise at_line(line, error) from None

"""The one way from codings to passages: source by source, in order, with what is no data left out."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from qda.model.spans import CODE, CODER, Stretches, extents, passages
from qda.reports.narrowing import Where
from qda.reports.querying import Sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Extent, Passage, Segment
    from qda.reports.scope import Scope
    from qda.reports.subjects import Subjects
    from qda.store import Study

NOTHING = Stretches(())


class Codings:
    """The codings of a scope, read source by source.

    With `roll_up` the segments of a code stand under all its parents in the scope too, so that merging them
    never counts a passage twice. `besides` are codes outside the scope that are read along. With `subjects`
    the segments carry who is heard in them.
    """

    def __init__(
        self,
        study: Study,
        scope: Scope,
        *,
        subjects: Subjects | None = None,
        roll_up: bool = False,
        besides: frozenset[int] = frozenset(),
    ) -> None:
        self.study = study
        self.scope = scope
        self.not_data = {source: Stretches(spans) for source, spans in study.not_data.by_source().items()}
        self._codes = {code.key for code in scope.codes} | besides | (scope.descendants if roll_up else frozenset())
        self._above = {
            code.key: tuple(key for key in scope.tree.above(code.key) if key in self._codes) if roll_up else (code.key,)
            for code in scope.tree.codes
        }
        self._roll_up = roll_up
        self._subjects = subjects
        self._left_out: set[tuple[int, int, int]] = set()
        self.where = Where(study, scope) if scope.selection.where else None
        self._sought = Sought(study, scope) if scope.selection.query else None

    def without(self, source: int) -> Stretches:
        """The stretches of a source that are no data."""
        return self.not_data.get(source, NOTHING)

    def sources(self) -> Iterator[tuple[int, dict[int, list[Segment]]]]:
        """Each source that has codings, with its segments by code, in order of start."""
        sort = self._rolled if self._roll_up else self._plain
        for source, segments in self._segments():
            found = sort(segments)
            if found:
                yield source, found

    def _segments(self) -> Iterator[tuple[int, list[Segment]]]:
        for source, counted in counted_segments(self.study, self.scope):
            segments = counted if self._sought is None else self._sought.filter(source, counted)
            if self._subjects is not None:
                segments = self._subjects.hear(source, segments)
            yield source, segments if self.where is None else self.where.filter(source, segments)

    def _plain(self, segments: list[Segment]) -> dict[int, list[Segment]]:
        return {code: list(group) for code, group in groupby(segments, itemgetter(CODE)) if code in self._codes}

    def _rolled(self, segments: list[Segment]) -> dict[int, list[Segment]]:
        found: dict[int, list[Segment]] = {}
        mixed = set()
        for code, group in groupby(segments, itemgetter(CODE)):
            listed = list(group)
            for key in self._above[code]:
                if key in found:
                    found[key].extend(listed)
                    mixed.add(key)
                else:
                    found[key] = list(listed)
        for key in mixed:
            found[key].sort()
        return found

    def passages(self, source: int, segments: list[Segment]) -> list[Passage]:
        """Passages of one code in one source, with the codings that make them.

        Those wholly in what is no data are left out.
        """
        kept = self._kept(source, segments)
        if source not in self.not_data:
            return kept
        return [(passage[0], passage[1], self.makers(source, passage)) for passage in kept]

    def _kept(self, source: int, segments: list[Segment]) -> list[Passage]:
        merged = passages(segments)
        without = self.not_data.get(source)
        if without is None:
            return merged
        kept = [passage for passage in merged if not without.swallow(passage[0], passage[1])]
        for start, end, _ in merged if len(kept) < len(merged) else ():
            if without.swallow(start, end):
                self._left_out.add((source, start, end))
        return kept

    def makers(self, source: int, passage: Passage) -> list[Segment]:
        """The codings that make a passage: one that lies wholly in what is no data only where it joins others."""
        without = self.without(source)
        if not without.spans:
            return passage[2]
        saying = [segment for segment in passage[2] if not without.swallow(segment[0], segment[1])]
        return saying if len(passages(saying)) == 1 else passage[2]

    def kept(self, source: int, segments: list[Segment]) -> list[Segment]:
        """The segments of one code in one source that make its passages, without those that are left out."""
        if source not in self.not_data:
            return segments
        return [segment for passage in self.passages(source, segments) for segment in passage[2]]

    def voiced(self, source: int, segments: list[Segment]) -> Iterator[Passage]:
        """The passages of each coder by himself, with the codings that make them; what is left out is noted."""
        if source in self.not_data:
            self._kept(source, segments)
        without = self.without(source)
        for coder in sorted({segment[CODER] for segment in segments}):
            for passage in passages([segment for segment in segments if segment[CODER] == coder]):
                if not without.swallow(passage[0], passage[1]):
                    yield passage[0], passage[1], self.makers(source, passage)

    def extents(self, source: int, segments: list[Segment]) -> list[Extent]:
        """The passages of one code in one source without their segments; much quicker."""
        return extents(self.kept(source, segments))

    def notes(self) -> list[str]:
        """What was left out because it lies wholly in what is no data, or by the query; complete when all was read."""
        found = self._sought.notes() if self._sought is not None else []
        if not self._left_out:
            return found
        names = self.scope.source_names
        places = ", ".join(f"{names[source]} {start}-{end}" for source, start, end in sorted(self._left_out))
        return [*found, f"Wholly in what is no data, so left out: {places}."]


def counted_segments(study: Study, scope: Scope) -> Iterator[tuple[int, list[Segment]]]:
    """Each selected source with all codings there that count, of whatever code, in order of code and place."""
    agreed = study.counts.consensus_sources() if scope.layer == "final" else frozenset[int]()
    translated = {one.original for one in study.translations.all()}
    for source in sorted(scope.source_keys):
        read = study.counts.segments if source in translated else study.counts.own_segments
        consensus = scope.layer == "consensus" or source in agreed
        yield source, read(source, scope.coders, consensus=consensus)


def base_characters(study: Study, scope: Scope) -> int:
    """The characters of the selected sources, without what is no data."""
    hidden = study.not_data.by_source()
    return sum(
        source.characters - sum(end - start for start, end in hidden.get(source.key, ())) for source in scope.sources
    )

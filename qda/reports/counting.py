"""The one way from codings to passages: source by source, in order, with what is no data left out."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from qda.model.spans import Stretches, passages
from qda.reports.narrowing import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Passage, Segment
    from qda.reports.scope import Scope
    from qda.store import Study

NOTHING = Stretches(())


class Codings:
    """The codings of a scope, read source by source.

    With `roll_up` the segments of a code stand under all its parents in the scope too, so that merging them
    never counts a passage twice. `besides` are codes outside the scope that are read along.
    """

    def __init__(
        self, study: Study, scope: Scope, *, roll_up: bool = False, besides: frozenset[int] = frozenset()
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
        self._left_out: set[tuple[int, int, int]] = set()
        self._where = Where(study, scope) if scope.selection.where else None

    def without(self, source: int) -> Stretches:
        """The stretches of a source that are no data."""
        return self.not_data.get(source, NOTHING)

    def sources(self) -> Iterator[tuple[int, dict[int, list[Segment]]]]:
        """Each source that has codings, with its segments by code, in order of start."""
        scope = self.scope
        wanted = None if scope.all_sources else scope.source_keys
        rows = iter(self.study.counts.segments(scope.layer, scope.coders, wanted))
        if self._where is not None:
            holds = self._where.holds
            rows = (row for row in rows if holds(row[4], row[0], row[1]))
        for source, group in groupby(rows, itemgetter(4)):
            found: dict[int, list[Segment]] = {}
            if self._roll_up:
                self._rolled(group, found)
            else:
                self._plain(group, found)
            if found:
                yield source, found

    def _plain(self, rows: Iterator[Segment], found: dict[int, list[Segment]]) -> None:
        for code, group in groupby(rows, itemgetter(5)):
            if code in self._codes:
                found[code] = list(group)

    def _rolled(self, rows: Iterator[Segment], found: dict[int, list[Segment]]) -> None:
        mixed = set()
        for code, group in groupby(rows, itemgetter(5)):
            segments = list(group)
            for key in self._above[code]:
                if key in found:
                    found[key].extend(segments)
                    mixed.add(key)
                else:
                    found[key] = list(segments)
        for key in mixed:
            found[key].sort()

    def passages(self, source: int, segments: list[Segment]) -> list[Passage]:
        """Passages of one code in one source; those wholly in what is no data are left out."""
        merged = passages(segments)
        without = self.not_data.get(source)
        if without is None:
            return merged
        kept = [passage for passage in merged if not without.swallow(passage[0], passage[1])]
        for start, end, _ in merged if len(kept) < len(merged) else ():
            if without.swallow(start, end):
                self._left_out.add((source, start, end))
        return kept

    def notes(self) -> list[str]:
        """What was left out because it lies wholly in what is no data; complete when all was read."""
        if not self._left_out:
            return []
        names = self.scope.source_names
        places = ", ".join(f"{names[source]} {start}-{end}" for source, start, end in sorted(self._left_out))
        return [f"Wholly in what is no data, so left out: {places}."]


def base_characters(study: Study, scope: Scope) -> int:
    """The characters of the selected sources, without what is no data."""
    hidden = study.not_data.by_source()
    return sum(
        source.characters - sum(end - start for start, end in hidden.get(source.key, ())) for source in scope.sources
    )

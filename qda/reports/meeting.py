"""Co-occurrence by overlap: the regions that a passage of one code shares with a passage of another."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from qda.model.spans import CODER, ROW, Passage, Segment, Span, Stretches, merge_overlapping, passages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.counting import Codings

Pair = tuple[int, int]
ByCode = dict[int, list[Passage]]
Part = tuple[Span, list[Segment], list[Segment]]
"""A region of one voice, and the codings of either code that make it."""


@dataclass(slots=True)
class Meetings:
    """Counts in the making, by code and by pair of codes (the smaller key first; `directed`: the earlier).

    `diagonal`: passages (or units) of a code. `pairs`: regions (or units, or pairs of passages) of two codes.
    `meeting`: passages of the first code that meet the second (both orders). `size`, `shared` and `common`
    are characters (or units) of a code, of both by one voice, and of both by anybody. `rows`: the codings
    behind each pair; `whole`: those of the passages in `meeting`. Nothing in `size` means that Jaccard has no
    meaning.
    """

    diagonal: defaultdict[int, int] = field(default_factory=partial(defaultdict, int))
    pairs: defaultdict[Pair, int] = field(default_factory=partial(defaultdict, int))
    meeting: defaultdict[Pair, int] = field(default_factory=partial(defaultdict, int))
    size: defaultdict[int, int] = field(default_factory=partial(defaultdict, int))
    shared: defaultdict[Pair, int] = field(default_factory=partial(defaultdict, int))
    common: defaultdict[Pair, int] = field(default_factory=partial(defaultdict, int))
    rows: dict[Pair, set[int]] = field(default_factory=dict)
    whole: dict[Pair, set[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    directed: bool = False

    def pair(self, one: int, other: int) -> Pair:
        """The key of two codes: the smaller first, except where it counts which comes first."""
        return (one, other) if self.directed else (min(one, other), max(one, other))

    def jaccard(self, one: int, other: int) -> float | None:
        """What both share of what either has; None where neither has anything or it has no meaning."""
        pair = (min(one, other), max(one, other))
        either = self.size.get(one, 0) + self.size.get(other, 0) - self.common.get(pair, 0)
        return self.shared.get(pair, 0) / either if either else None

    def add_rows(self, pair: Pair, rows: Iterator[int]) -> None:
        """Note the codings behind a pair."""
        self.rows.setdefault(pair, set()).update(rows)


def add_diagonal(found: Meetings, merged: ByCode, *, evidence: bool) -> None:
    """Add a source's passages of each code."""
    for code, listed in merged.items():
        found.diagonal[code] += len(listed)
        if evidence:
            found.add_rows((code, code), (segment[ROW] for passage in listed for segment in passage[2]))


def voices(segments: dict[int, list[Segment]], merged: ByCode, *, pool: bool) -> list[ByCode]:
    """The passages of each coder by himself; all coders are one voice when pooled."""
    coders = {segment[CODER] for listed in segments.values() for segment in listed}
    if pool or len(coders) == 1:
        return [merged]
    return [own_passages(segments, coder) for coder in sorted(coders)]


def own_passages(segments: dict[int, list[Segment]], coder: int) -> ByCode:
    """One coder's passages of each code."""
    own = {code: [segment for segment in listed if segment[CODER] == coder] for code, listed in segments.items()}
    return {code: passages(listed) for code, listed in own.items() if listed}


def overlaps(by_code: ByCode) -> Iterator[tuple[Pair, Span, Passage, Passage]]:
    """Every two passages of different codes that share a character, with the region, in order of start."""
    # No two items have code and start in common, so passages are never compared.
    flat = sorted([(p[0], p[1], code, p) for code, listed in by_code.items() for p in listed])
    active: list[tuple[int, int, int, Passage]] = []
    for item in flat:
        start, end, code, passage = item
        active = [other for other in active if other[1] > start]
        for _, reach, other, before in active:
            if other < code:
                yield (other, code), (start, min(end, reach)), before, passage
            elif other > code:
                yield (code, other), (start, min(end, reach)), passage, before
        active.append(item)


def count_meetings(codings: Codings, *, pool: bool, rows: bool = False, evidence: bool = False) -> Meetings:
    """Count regions of overlap in all sources.

    Within each coder, the regions shared by one passage of A and one of B; those of different coders that
    overlap are merged. With `pool`, all coders are one voice. `rows` counts passages that meet, too.
    """
    found = Meetings()
    for source, segments in codings.sources():
        without = codings.without(source)
        merged = {code: codings.passages(source, listed) for code, listed in segments.items()}
        add_diagonal(found, merged, evidence=evidence)
        for code, listed in merged.items():
            found.size[code] += without.characters(listed)
        heard = voices(segments, merged, pool=pool)
        if len(heard) == 1 and not (rows or without.spans):
            _count_voice(found, merged, evidence=evidence)
            continue
        regions = _regions(heard, without)
        if evidence:
            _note_rows(found, heard, regions, without)
        for pair, spans in regions.items():
            shared = without.characters(spans)
            found.pairs[pair] += len(spans)
            found.shared[pair] += shared
            if len(heard) == 1:
                found.common[pair] += shared
        if len(heard) > 1:
            for pair, region, _, _ in overlaps(merged):
                found.common[pair] += without.outside(*region)
        if rows:
            _count_rows(found, regions, merged, evidence=evidence)
    return found


def _count_voice(found: Meetings, voice: ByCode, *, evidence: bool) -> None:
    """Count the regions of a source with one voice and nothing hidden: they need no merging and no measuring."""
    pairs, shared, common = found.pairs, found.shared, found.common
    for pair, (start, end), one, other in overlaps(voice):
        pairs[pair] += 1
        shared[pair] += end - start
        common[pair] += end - start
        if evidence:
            found.add_rows(pair, (segment[ROW] for listed in touching(one, other) for segment in listed))


def _regions(heard: list[ByCode], without: Stretches) -> dict[Pair, list[Span]]:
    """The regions of each pair in one source; those of several voices are merged where they overlap."""
    regions: dict[Pair, list[Span]] = {}
    for voice in heard:
        for pair, region, _, _ in overlaps(voice):
            regions.setdefault(pair, []).append(region)
    if len(heard) > 1:
        regions = {pair: merge_overlapping(sorted(spans)) for pair, spans in regions.items()}
    if without.spans:
        data = {pair: [span for span in spans if not without.swallow(*span)] for pair, spans in regions.items()}
        regions = {pair: spans for pair, spans in data.items() if spans}
    return regions


def touching(one: Passage, other: Passage) -> tuple[list[Segment], list[Segment]]:
    """The codings of two passages that share a character with the other passage."""
    first, second = (
        [segment for segment in passage[2] if segment[0] < across[1] and across[0] < segment[1]]
        for passage, across in ((one, other), (other, one))
    )
    return first, second


def _note_rows(found: Meetings, heard: list[ByCode], regions: dict[Pair, list[Span]], without: Stretches) -> None:
    """Note the codings behind each region of a source."""
    starts = {pair: [span[0] for span in spans] for pair, spans in regions.items()}
    parts: dict[tuple[Pair, int], list[Part]] = {}
    for voice in heard:
        for pair, region, one, other in overlaps(voice):
            place = bisect_right(starts.get(pair, ()), region[0]) - 1
            if place >= 0 and region[1] <= regions[pair][place][1]:
                parts.setdefault((pair, place), []).append((region, *touching(one, other)))
    for (pair, _), inside in parts.items():
        for _, first, second in _saying(inside, without):
            found.add_rows(pair, (segment[ROW] for segment in (*first, *second)))


def _saying(parts: list[Part], without: Stretches) -> list[Part]:
    """What makes a region, without codings wholly in what is no data, unless they join the others."""
    if not without.spans:
        return parts
    kept: list[Part] = []
    for region, *both in parts:
        if not without.swallow(*region):
            first, second = ([one for one in listed if not without.swallow(one[0], one[1])] for listed in both)
            kept.append((region, first, second))
    spans = [span for _, first, second in kept for _, span, _, _ in overlaps({0: passages(first), 1: passages(second)})]
    return kept if len(merge_overlapping(sorted(spans))) == 1 else parts


def _count_rows(found: Meetings, regions: dict[Pair, list[Span]], merged: ByCode, *, evidence: bool) -> None:
    """Count, for both codes of each pair, the merged passages that hold one of their regions."""
    starts = {code: [passage[0] for passage in listed] for code, listed in merged.items()}
    for (one, other), spans in regions.items():
        for mine, theirs in ((one, other), (other, one)):
            owners = {bisect_right(starts[mine], span[0]) - 1 for span in spans}
            found.meeting[mine, theirs] += len(owners)
            if evidence:
                rows = {segment[ROW] for place in owners for segment in merged[mine][place][2]}
                found.whole.setdefault((mine, theirs), set()).update(rows)

"""Co-occurrence by distance: pairs of passages at most some characters apart, overlap included."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qda.model.spans import ROW
from qda.reports.meeting import ByCode, Meetings, add_diagonal, voices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Passage, Stretches
    from qda.reports.counting import Codings

Flat = list[tuple[int, int, int, "Passage"]]


def count_near(codings: Codings, distance: int, *, pool: bool, evidence: bool = False) -> Meetings:
    """Count pairs of passages (merged over coders) of which one coder's parts lie near each other.

    What is no data does not count as distance.
    """
    found = Meetings()
    for source, segments in codings.sources():
        merged = {code: codings.passages(source, listed) for code, listed in segments.items()}
        add_diagonal(found, merged, evidence=evidence)
        starts = {code: [passage[0] for passage in listed] for code, listed in merged.items()}
        near: set[tuple[int, int, int, int]] = set()
        for voice in voices(segments, merged, pool=pool):
            for (one, mine), (other, theirs) in _near(voice, distance, codings.without(source)):
                places = bisect_right(starts[one], mine[0]) - 1, bisect_right(starts[other], theirs[0]) - 1
                near.add((one, other, *places))
        for one, other, mine_at, theirs_at in near:
            found.pairs[one, other] += 1
            if evidence:
                both = merged[one][mine_at], merged[other][theirs_at]
                found.add_rows((one, other), (segment[ROW] for passage in both for segment in passage[2]))
        for mine_code, theirs_code, _ in {(a, b, i) for a, b, i, _ in near} | {(b, a, j) for a, b, _, j in near}:
            found.meeting[mine_code, theirs_code] += 1
    return found


def _near(
    voice: ByCode, distance: int, without: Stretches
) -> Iterator[tuple[tuple[int, Passage], tuple[int, Passage]]]:
    """Every two passages of different codes of one voice that are near, the smaller code first."""
    hidden = sum(end - start for start, end in without.spans)
    flat: Flat = sorted(
        (p[0], p[1], code, p) for code, listed in voice.items() for p in listed if not without.swallow(p[0], p[1])
    )
    active: Flat = []
    for item in flat:
        start, _, code, passage = item
        active = [other for other in active if start - other[1] <= distance + hidden]
        for _, reach, other, before in active:
            if other != code and (reach >= start or without.outside(reach, start) <= distance):
                first, second = (other, before), (code, passage)
                yield (first, second) if other < code else (second, first)
        active.append(item)

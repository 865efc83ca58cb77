"""Co-occurrence by distance: pairs of passages at most some characters or turns apart, or one after the other."""

from __future__ import annotations

from bisect import bisect_right
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from qda.model.spans import ROW
from qda.reports.meeting import ByCode, Meetings, add_diagonal, voices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Passage, Stretches
    from qda.reports.counting import Codings
    from qda.reports.subjects import Subjects

Flat = list[tuple[int, int, int, "Passage"]]


class Reach(NamedTuple):
    """How near two passages must be: at most so many characters or turns apart; with `follows`, one after the other."""

    most: float = inf
    turns: bool = False
    follows: bool = False

    @classmethod
    def read(cls, words: str, *, follows: bool = False) -> Reach | None:
        """What `--within` says: characters as `40`, turns as `2t`, and, one after the other, a turn or the source."""
        number = words.removesuffix("t")
        if number.isdecimal() and len(number) < 10:
            return cls(int(number), number != words, follows)
        if not follows or words not in ("turn", "source"):
            return None
        return cls(0 if words == "turn" else inf, words == "turn", follows)


def count_near(codings: Codings, subjects: Subjects, reach: Reach, *, pool: bool, evidence: bool = False) -> Meetings:
    """Count pairs of passages (merged over coders) of which one coder's parts lie near each other.

    What is no data does not count as distance. One after the other, the pair (A, B) is an A that a B follows.
    """
    found = Meetings(directed=reach.follows)
    left: set[str] = set()
    for source, segments in codings.sources():
        merged = {code: codings.passages(source, listed) for code, listed in segments.items()}
        add_diagonal(found, merged, evidence=evidence)
        if reach.turns and not subjects.has_turns(source):
            left.add(codings.scope.source_names[source])
            continue
        starts = {code: [passage[0] for passage in listed] for code, listed in merged.items()}
        near: set[tuple[int, int, int, int]] = set()
        for voice in voices(segments, merged, pool=pool):
            pairs = _in_turns(codings, subjects, source, voice, reach) if reach.turns else None
            for (one, mine), (other, theirs) in pairs or _near(voice, reach, codings.without(source)):
                places = bisect_right(starts[one], mine[0]) - 1, bisect_right(starts[other], theirs[0]) - 1
                near.add((one, other, *places))
        for one, other, mine_at, theirs_at in near:
            found.pairs[one, other] += 1
            if evidence:
                both = merged[one][mine_at], merged[other][theirs_at]
                found.add_rows((one, other), (segment[ROW] for passage in both for segment in passage[2]))
        met = {(a, b, i) for a, b, i, _ in near} | (set() if reach.follows else {(b, a, j) for a, b, _, j in near})
        for mine_code, theirs_code, _ in met:
            found.meeting[mine_code, theirs_code] += 1
    if left:
        found.notes.append(f"Without turns, so left out: {', '.join(sorted(left))}.")
    return found


def _near(voice: ByCode, reach: Reach, without: Stretches) -> Iterator[tuple[tuple[int, Passage], tuple[int, Passage]]]:
    """Every two passages of different codes of one voice that are near, in order: the smaller code, or the earlier."""
    hidden = sum(end - start for start, end in without.spans)
    flat: Flat = sorted(
        (p[0], p[1], code, p) for code, listed in voice.items() for p in listed if not without.swallow(p[0], p[1])
    )
    active: Flat = []
    for item in flat:
        start, _, code, passage = item
        active = [other for other in active if start - other[1] <= reach.most + hidden]
        for _, end, other, before in active:
            after = end <= start
            if other != code and (after or not reach.follows):
                if after and without.outside(end, start) > reach.most:
                    continue
                yield _ordered((other, before), (code, passage), reach)
        active.append(item)


def _in_turns(
    codings: Codings, subjects: Subjects, source: int, voice: ByCode, reach: Reach
) -> Iterator[tuple[tuple[int, Passage], tuple[int, Passage]]]:
    """Every two passages of different codes of one voice whose turns are near."""
    turns, without = subjects.voices(source), codings.without(source)
    flat: Flat = []
    for code, listed in voice.items():
        flat.extend(
            (held[0], held[-1], code, one) for one in listed if (held := turns.of_data(one[0], one[1], without))
        )
    flat.sort(key=lambda one: (one[0], one[3][0], one[2]))
    active: Flat = []
    for item in flat:
        first, _, code, passage = item
        active = [other for other in active if first - other[1] <= reach.most]
        for _, _, other, before in active:
            if other != code:
                pair = (other, before), (code, passage)
                if not reach.follows:
                    yield _ordered(*pair, reach)
                elif before[1] <= passage[0]:
                    yield pair
        active.append(item)


def _ordered(
    one: tuple[int, Passage], other: tuple[int, Passage], reach: Reach
) -> tuple[tuple[int, Passage], tuple[int, Passage]]:
    """A pair as it is counted: the earlier first where direction counts, else the smaller code first."""
    return (one, other) if reach.follows or one[0] < other[0] else (other, one)

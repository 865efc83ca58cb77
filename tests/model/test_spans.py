"""Arithmetic on spans, against counting characters one by one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qda.model.spans import Segment, Stretches, covered, extents, heard_in, intersect, merge_overlapping, passages

Span = tuple[int, int]

span = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
spans = st.lists(span, max_size=8).map(sorted)


@st.composite
def apart(draw: st.DrawFn) -> list[Span]:
    """Spans in order that share no character; they may touch."""
    marks = sorted(draw(st.sets(st.integers(0, 40), max_size=12)))
    found = list(pairwise(marks))
    return [one for one in found if draw(st.booleans())]


def signs(found: list[Span]) -> set[int]:
    return {place for start, end in found for place in range(start, end)}


@given(spans)
def test_merging(found: list[Span]) -> None:
    merged = merge_overlapping(found)
    assert signs(merged) == signs(found)
    assert merged == sorted(merged)
    assert all(one[1] <= other[0] for one, other in pairwise(merged))
    for start, end in merged:  # each is one connected piece
        assert start in {one[0] for one in found}
        assert all(any(one < cut < other for one, other in found) for cut in range(start + 1, end))
    assert merge_overlapping(merged) == merged


@given(spans)
def test_covered(found: list[Span]) -> None:
    assert covered(found) == len(signs(found))


@given(apart(), apart())
def test_intersecting(one: list[Span], other: list[Span]) -> None:
    both = intersect(one, other)
    assert signs(both) == signs(one) & signs(other)
    assert both == sorted(both)
    assert all(start < end for start, end in both)
    assert intersect(other, one) == both
    assert covered(both) == len(signs(both))


@given(apart(), span)
def test_stretches(found: list[Span], one: Span) -> None:
    stretches = Stretches(found)
    inside = signs(found) & signs([one])
    assert stretches.inside(*one) == len(inside)
    assert stretches.outside(*one) == one[1] - one[0] - len(inside)
    assert stretches.swallow(*one) == (inside == signs([one]))


@given(apart(), spans)
def test_characters_outside_stretches(found: list[Span], many: list[Span]) -> None:
    stretches = Stretches(found)
    assert stretches.characters(many) == sum(stretches.outside(*one) for one in many)


@given(st.lists(st.tuples(span, st.integers(1, 3)), max_size=9))
def test_passages(coded: list[tuple[Span, int]]) -> None:
    segments = [(start, end, coder, row, 1, 1) for row, ((start, end), coder) in enumerate(sorted(coded))]
    found = passages(segments)
    assert [(start, end) for start, end, _ in found] == merge_overlapping([segment[:2] for segment in segments])
    assert [one for _, _, inside in found for one in inside] == segments
    for start, end, inside in found:
        assert (start, end) == (min(one[0] for one in inside), max(one[1] for one in inside))


@given(st.lists(st.tuples(span, st.integers(1, 3)), max_size=9))
def test_merging_each_coders_first_gives_the_same(coded: list[tuple[Span, int]]) -> None:
    segments = [(start, end, coder, row, 1, 1) for row, ((start, end), coder) in enumerate(sorted(coded))]
    own = [
        (start, end, coder, 0, 1, 1)
        for coder in (1, 2, 3)
        for start, end, _ in passages([one for one in segments if one[2] == coder])
    ]
    assert [one[:2] for one in passages(sorted(own))] == [one[:2] for one in passages(segments)]


def test_known_answers() -> None:
    assert merge_overlapping([(0, 100), (100, 200)]) == [(0, 100), (100, 200)]
    assert merge_overlapping([(0, 100), (99, 200), (150, 160)]) == [(0, 200)]
    assert intersect([(0, 100), (100, 200)], [(0, 200)]) == [(0, 100), (100, 200)]
    assert intersect([(0, 100)], [(100, 120)]) == []
    assert passages([]) == merge_overlapping([]) == intersect([], [(0, 1)]) == []
    assert covered([(0, 10), (2, 5), (8, 12)]) == 12
    assert not Stretches([]).swallow(3, 4)
    assert Stretches([(0, 5), (5, 9)]).swallow(3, 7)


heard = st.frozensets(st.integers(1, 4))


@given(st.lists(st.tuples(span, heard), max_size=10), st.sampled_from(["heard", "unknown"]))
def test_extents_are_those_of_the_passages(found: list[tuple[Span, frozenset[int]]], source: str) -> None:
    segments: list[Segment] = sorted(
        ((*one, 1, row, 1, persons if source == "heard" else None) for row, (one, persons) in enumerate(found)),
        key=lambda segment: segment[:4],
    )
    merged = passages(segments)
    assert [(start, end) for start, end, _ in extents(segments)] == [(start, end) for start, end, _ in merged]
    for (_, _, persons), (_, _, inside) in zip(extents(segments), merged, strict=True):
        everyone = {person for segment in inside for person in segment[5] or ()}
        assert persons == heard_in(inside) == (everyone if source == "heard" else None)

"""The places where two or more coders are apart or agree, and what is at each of them."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.reports.adjudication.places import Mark, Place, places
from qda.reports.agreement.disagreements import disagreements

X, Y, Z = 1, 2, 3
Spans = dict[int, list[tuple[int, int]]]


def seen(*coders: Spans) -> list[tuple[int, int, str]]:
    found = places(dict(enumerate(coders, start=1)))
    return [(one.start, one.end, ", ".join(one.kinds)) for one in found]


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        # two coders
        (({X: [(0, 10)]}, {X: [(0, 10)]}), [(0, 10, "agreed")]),
        (({X: [(0, 10)]}, {X: [(2, 12)]}), [(0, 12, "boundary")]),
        (({X: [(0, 10)]}, {}), [(0, 10, "missed")]),
        (({}, {X: [(0, 10)]}), [(0, 10, "extra")]),
        (({X: [(0, 10)]}, {Y: [(0, 10)]}), [(0, 10, "different code")]),
        (({X: [(0, 10)]}, {X: [(0, 4), (5, 10)]}), [(0, 10, "split")]),
        (({X: [(0, 4), (5, 10)]}, {X: [(0, 10)]}), [(0, 10, "merged")]),
        # words that both gave the code, though little of them: one place, on whose ends they are apart
        (({X: [(0, 10)]}, {X: [(8, 30)]}), [(0, 30, "boundary")]),
        (({X: [(0, 10)]}, {X: [(10, 20)]}), [(0, 10, "missed"), (10, 20, "extra")]),
        (({X: [(0, 10)], Y: [(0, 10)]}, {X: [(0, 10)]}), [(0, 10, "agreed"), (0, 10, "missed")]),
        # three: what most have is missed by the others, what few have is extra
        (({X: [(0, 10)]}, {X: [(0, 10)]}, {X: [(0, 10)]}), [(0, 10, "agreed")]),
        (({X: [(0, 10)]}, {X: [(0, 10)]}, {X: [(0, 9)]}), [(0, 10, "boundary")]),
        (({X: [(0, 10)]}, {X: [(0, 10)]}, {}), [(0, 10, "missed")]),
        (({X: [(0, 10)]}, {}, {}), [(0, 10, "extra")]),
        (({}, {X: [(0, 10)]}, {X: [(1, 10)]}), [(0, 10, "boundary, missed")]),
        (({X: [(0, 10)]}, {Y: [(0, 10)]}, {X: [(0, 10)]}), [(0, 10, "different code")]),
        (({X: [(0, 10)]}, {Y: [(0, 10)]}, {}), [(0, 10, "different code, extra")]),
        # a chain: the first and the last do not meet
        (({X: [(0, 10)]}, {X: [(5, 20)]}, {X: [(15, 30)]}), [(0, 30, "boundary")]),
        # four, two of whom have it
        (({X: [(0, 10)]}, {X: [(0, 10)]}, {}, {}), [(0, 10, "missed")]),
        (({}, {X: [(0, 10)]}, {X: [(0, 10)]}, {}), [(0, 10, "extra")]),
    ],
)
def test_kinds(coders: tuple[Spans, ...], expected: list[tuple[int, int, str]]) -> None:
    assert seen(*coders) == expected


def test_what_is_agreed_and_its_ends() -> None:
    (one,) = places({1: {X: [(0, 10)]}, 2: {X: [(4, 12)]}, 3: {X: [(2, 9)]}})
    assert one.agreed
    assert (one.union(X), one.intersection(X)) == ([(0, 12)], [(4, 9)])
    assert one.of(2) == (Mark(4, 12, X, 2),)
    (chain,) = places({1: {X: [(0, 10)]}, 2: {X: [(5, 20)]}, 3: {X: [(15, 30)]}})
    assert (chain.union(X), chain.intersection(X)) == ([(0, 30)], [])
    (apart,) = places({1: {X: [(0, 10)]}, 2: {Y: [(0, 10)]}})
    assert not apart.agreed
    assert apart.codes == {X, Y}


def spans() -> st.SearchStrategy[list[tuple[int, int]]]:
    """Passages in order and apart, of which some touch."""

    def cut(bounds: list[int]) -> list[tuple[int, int]]:
        ends = sorted(set(bounds))
        return list(zip(ends[::2], ends[1::2], strict=False))

    return st.lists(st.integers(0, 40), max_size=8).map(cut)


coder = st.dictionaries(st.sampled_from((X, Y, Z)), spans(), max_size=3)


@settings(max_examples=40, deadline=None)
@given(st.lists(coder, min_size=2, max_size=4))
def test_each_passage_stands_in_one_place_and_the_order_of_coders_changes_none(coders: list[Spans]) -> None:
    found = places(dict(enumerate(coders)))
    marks = [mark for place in found for mark in place.marks]
    every = [Mark(*span, code, who) for who, by in enumerate(coders) for code, listed in by.items() for span in listed]
    assert sorted(marks) == sorted(every)
    assert all(place.kinds and place.start == min(m.start for m in place.marks) for place in found)
    for place in found:
        gave = {code: {m.coder for m in place.marks if m.code == code} for code in place.codes}
        if place.agreed:
            assert [len(who) for who in gave.values()] == [len(coders)]
    for order in list(permutations(range(len(coders))))[:6]:
        again = places({who: coders[who] for who in order})
        assert {one.marks for one in again} == {one.marks for one in found}
        assert [one.agreed for one in again] == [one.agreed for one in found]


@settings(max_examples=40, deadline=None)
@given(coder, coder)
def test_two_coders_have_the_kinds_of_the_report_but_where_they_share_words(one: Spans, other: Spans) -> None:
    reported = sorted((d.start, d.end, d.kind) for d in disagreements(one, other, agreed=True))
    found: list[Place] = places({1: one, 2: other})
    simple = [(p.start, p.end, p.kinds[0]) for p in found if len(p.kinds) == 1]
    for start, end, kind in simple:
        inside = {k for s, e, k in reported if start <= s and e <= end}
        assert kind in inside or (kind == "boundary" and inside & {"missed", "extra"})

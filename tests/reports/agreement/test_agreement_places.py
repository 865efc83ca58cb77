"""Where coders are apart: kinds of disagreement, confusion between codes, and warnings."""

from __future__ import annotations

from collections import Counter

import pytest
from agreement_worlds import CODERS, CODES, sources_of
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.reports.agreement import paradox
from qda.reports.agreement.coded import CodedSource, passages_of
from qda.reports.agreement.confusion import NOTHING, confusion, rolled_up
from qda.reports.agreement.disagreements import KINDS, Disagreement, disagreements
from qda.reports.agreement.matches import Matches
from qda.reports.agreement.patterns import MISSING, patterns
from qda.reports.agreement.table import Table

A, B = 1, 2
Spans = dict[int, list[tuple[int, int]]]


def kinds(first: Spans, second: Spans, threshold: float = 0.5) -> list[tuple[str, int, int]]:
    return [(one.kind, one.start, one.end) for one in disagreements(first, second, threshold, agreed=True)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({A: [(0, 10)]}, {A: [(0, 10)]}, [("agreed", 0, 10)]),
        ({A: [(0, 10)]}, {A: [(2, 12)]}, [("boundary", 0, 12)]),
        ({A: [(0, 10)]}, {A: [(0, 5)]}, [("boundary", 0, 10)]),
        ({A: [(0, 10)]}, {A: [(8, 30)]}, [("missed", 0, 10), ("extra", 8, 30)]),
        ({A: [(0, 10)]}, {}, [("missed", 0, 10)]),
        ({}, {A: [(0, 10)]}, [("extra", 0, 10)]),
        ({A: [(0, 10)]}, {B: [(0, 10)]}, [("different code", 0, 10)]),
        ({A: [(0, 10)]}, {B: [(9, 30)]}, [("missed", 0, 10), ("extra", 9, 30)]),
        ({A: [(0, 10)]}, {A: [(0, 4), (5, 10)]}, [("split", 0, 10)]),
        ({A: [(0, 5), (5, 10)]}, {A: [(0, 10)]}, [("merged", 0, 10)]),
        ({A: [(0, 10)], B: [(0, 10)]}, {A: [(0, 10)]}, [("agreed", 0, 10), ("missed", 0, 10)]),
        ({A: [(0, 4), (4, 8)]}, {A: [(0, 4), (4, 8)]}, [("agreed", 0, 4), ("agreed", 4, 8)]),
        # The longest of three against one is the same place; the rest is left over.
        ({A: [(0, 100)]}, {A: [(0, 2), (40, 44)]}, [("missed", 0, 100), ("extra", 0, 2), ("extra", 40, 44)]),
    ],
)
def test_kinds_of_disagreement(first: Spans, second: Spans, expected: list[tuple[str, int, int]]) -> None:
    assert sorted(kinds(first, second)) == sorted(expected)


def test_the_threshold_says_what_is_the_same_place() -> None:
    assert kinds({A: [(0, 10)]}, {A: [(0, 4)]}, 0.4) == [("boundary", 0, 10)]


def test_agreed_places_are_left_out_unless_wanted() -> None:
    assert disagreements({A: [(0, 10)]}, {A: [(0, 10)]}) == []


def test_the_other_way_round_swaps_the_kinds() -> None:
    swapped = {"missed": "extra", "extra": "missed", "split": "merged", "merged": "split"}
    first, second = {A: [(0, 10), (20, 40)], B: [(50, 60)]}, {A: [(1, 9), (20, 29), (30, 40)], B: [(70, 80)]}
    there, back = kinds(first, second), kinds(second, first)
    assert sorted((swapped.get(kind, kind), *rest) for kind, *rest in there) == sorted(back)


@given(sources_of(everybody=True))
@settings(max_examples=100, deadline=None)
def test_every_passage_stands_in_one_place(sources: list[CodedSource]) -> None:
    for source in sources:
        first, second = source.coders[1], source.coders[2]
        found = disagreements(first, second, agreed=True)
        assert {one.kind for one in found} <= set(KINDS)
        for side, mine in (("first", first), ("second", second)):
            marks = Counter(mark for one in found for mark in getattr(one, side))
            assert marks == Counter((*span, code) for code, spans in mine.items() for span in spans)
        for one in found:
            assert_kind_fits(one)


def assert_kind_fits(one: Disagreement) -> None:
    codes = {mark[2] for mark in (*one.first, *one.second)}
    sizes = len(one.first), len(one.second)
    if one.kind in {"agreed", "boundary"}:
        assert sizes == (1, 1)
        assert len(codes) == 1
        assert (one.first == one.second) == (one.kind == "agreed")
    elif one.kind == "different code":
        assert sizes == (1, 1)
        assert len(codes) == 2
    elif one.kind == "missed":
        assert sizes == (1, 0)
    elif one.kind == "extra":
        assert sizes == (0, 1)
    else:
        assert (sizes[0] == 1 and sizes[1] > 1) if one.kind == "split" else (sizes[1] == 1 and sizes[0] > 1)


def test_confusion_by_hand() -> None:
    """Ten characters: both A; first A and second B; first A and B, second B; only second; nobody."""
    first = passages_of(10, [(0, 6, A), (4, 6, B)])
    second = passages_of(10, [(0, 2, A), (2, 8, B)])
    source = CodedSource(1, 10, {1: first, 2: second})
    found = confusion(patterns(source, [1, 2], [A, B]), (0, 1), [A, B])
    assert found == {
        (A, A): 2,
        (A, B): 2,
        (B, B): 2,
        (A, NOTHING): 2,
        (NOTHING, B): 2,
        (NOTHING, NOTHING): 2,
    }
    back = confusion(patterns(source, [2, 1], [A, B]), (0, 1), [A, B])
    assert back == {(two, one): size for (one, two), size in found.items()}


@given(sources_of())
@settings(max_examples=60, deadline=None)
def test_patterns_and_confusion_count_every_character(sources: list[CodedSource]) -> None:
    for source in sources:
        found = patterns(source, CODERS, CODES)
        assert found.total() == source.length
        by_hand = Counter(tuple(bits(source, coder, at) for coder in CODERS) for at in range(source.length))
        assert found == by_hand
        if {1, 2} <= set(source.coders):
            agreed = confusion(found, (0, 1), CODES)
            for place, code in enumerate(CODES):
                both = [bits(source, 1, at) & bits(source, 2, at) & 1 << place for at in range(source.length)]
                assert agreed[code, code] == sum(map(bool, both))


def bits(source: CodedSource, coder: int, at: int) -> int:
    """The codes of a coder at a character, looked up one by one."""
    if coder not in source.coders:
        return MISSING
    mine = source.coders[coder]
    return sum(1 << n for n, code in enumerate(CODES) if any(start <= at < end for start, end in mine.get(code, ())))


def test_rolled_up_to_the_parent() -> None:
    source = CodedSource(1, 20, {1: {A: [(0, 5)], B: [(3, 9), (12, 14)]}})
    assert rolled_up(source, {A: 9, B: 9}).coders == {1: {9: [(0, 9), (12, 14)]}}
    assert rolled_up(source, {}).coders == source.coders


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (Table(0, 0, 0, 100), (paradox.NOBODY,)),
        (Table(0, 0, 0, 0), (paradox.NOBODY,)),
        (Table(0, 200, 0, 4800), (paradox.RARE, paradox.ONE_SIDED)),
        (Table(90, 60, 60, 59790), (paradox.RARE,)),
        (Table(30, 30, 0, 40), (paradox.SKEWED,)),
        (Table(30, 10, 10, 50), ()),
        (Table(98, 1, 1, 0), (paradox.COMMON,)),
    ],
)
def test_warnings(table: Table, expected: tuple[str, ...]) -> None:
    assert paradox.diagnoses(table) == expected


def test_warning_of_ends_only() -> None:
    table = Table(30, 10, 10, 50)
    assert paradox.diagnoses(table, Matches(0, 20, 1, 9)) == (paradox.BOUNDARY,)
    assert paradox.diagnoses(table, Matches(0, 20, 9, 9)) == ()
    assert paradox.diagnoses(table, Matches(0, 20, 0, 3)) == ()


@given(st.tuples(*[st.integers(0, 1000)] * 4))
def test_warnings_do_not_depend_on_the_order_of_coders(cells: tuple[int, ...]) -> None:
    a, b, c, d = cells
    assert paradox.diagnoses(Table(a, b, c, d)) == paradox.diagnoses(Table(a, c, b, d))

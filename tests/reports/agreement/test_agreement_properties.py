"""What must not change agreement does not, and what must, does."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from agreement_worlds import CODERS, CODES, LONGEST, sources_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.reports.agreement.coded import CodedSource, passages_of
from qda.reports.agreement.everything import agreement_rows
from qda.reports.agreement.rows import Options

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = Options(exclusive=True, by_source=False)
Values = dict[tuple[object, ...], float | None]


def values(sources: list[CodedSource], coders: tuple[int, ...] = CODERS, codes: tuple[int, ...] = CODES) -> Values:
    """Every value, the coders of a pair in any order."""
    return {
        (*row[:5], frozenset(row.coders or ())): row.figure.value
        for row in agreement_rows(sources, coders, codes, OPTIONS)
    }


def equal(one: Values, other: Values) -> None:
    assert one.keys() == other.keys()
    for key, value in one.items():
        assert other[key] == (value if value is None else pytest.approx(value, abs=1e-9)), key


@given(sources_of(), st.permutations(CODERS))
@SOME
def test_the_order_of_coders_changes_nothing(sources: list[CodedSource], order: list[int]) -> None:
    one, other = values(sources), values(sources, tuple(order))
    for key in list(one):
        if key[0] in {"b", "c"}:
            del one[key], other[key]
    equal(one, other)


@given(sources_of(), st.permutations(CODES))
@SOME
def test_the_names_of_codes_change_nothing(sources: list[CodedSource], order: list[int]) -> None:
    new = {code: 100 + place for place, code in enumerate(order)}
    renamed = [
        CodedSource(
            one.key,
            one.length,
            {coder: {new[code]: spans for code, spans in mine.items()} for coder, mine in one.coders.items()},
            one.units,
        )
        for one in sources
    ]
    found = values(renamed, codes=tuple(sorted(new.values())))
    expected = {(*key[:3], new.get(key[3]), *key[4:]): value for key, value in values(sources).items()}  # type: ignore[call-overload]
    equal(expected, found)


@given(sources_of(everybody=True))
@SOME
def test_a_doubled_span_changes_nothing(sources: list[CodedSource]) -> None:
    doubled = []
    for one in sources:
        coders = {}
        for coder, mine in one.coders.items():
            segments = [(start, end, code) for code, spans in mine.items() for start, end in spans]
            coders[coder] = passages_of(one.length, segments + segments[:2])
        doubled.append(CodedSource(one.key, one.length, coders, one.units))
    equal(values(sources), values(doubled))


@given(sources_of(everybody=True))
@SOME
def test_uncoded_text_moves_percent_and_leaves_what_looks_at_the_coded(sources: list[CodedSource]) -> None:
    longer = [CodedSource(one.key, one.length + 50, one.coders, one.units) for one in sources if one.length]
    before, after = values([one for one in sources if one.length]), values(longer)
    for key, value in before.items():
        got = after[key]
        if key[0] in {"jaccard", "positive", "u_alpha_cu", "u_alpha_per_value", "u_alpha_coverage", "f1_iou50"}:
            assert got == (value if value is None else pytest.approx(value, abs=1e-12)), key
        if key[:2] in {("percent", "char"), ("ac1", "char")} and value is not None and got is not None:
            assert got >= value - 1e-12, key
            if value < 1:
                assert got > value, key


@given(sources_of(everybody=True))
@SOME
def test_identical_coders_agree_exactly_or_not_at_all(sources: list[CodedSource]) -> None:
    same = [
        CodedSource(one.key, one.length, dict.fromkeys(CODERS, one.coders[CODERS[0]]), one.units)
        for one in sources
        if one.coders
    ]
    ones: defaultdict[str, set[float | None]] = defaultdict(set)
    for key, value in values(same).items():
        ones[str(key[0])].add(value)
    counts = {"a", "b", "c", "d", "prevalence_index", "bias_index"}
    for name, found in ones.items():
        if name not in counts and not name.startswith("segment90_"):
            assert found <= {1.0, None}, name
    assert ones["b"] <= {0}
    assert ones["bias_index"] <= {0, None}
    assert ones["segment90_percent"] <= {1, None}


@given(st.integers(1, LONGEST), st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30), st.sampled_from(CODES))))
def test_passages_are_in_order_and_apart(length: int, segments: list[tuple[int, int, int]]) -> None:
    for spans in passages_of(length, segments).values():
        assert all(0 <= start < end <= length for start, end in spans)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))

"""The exact test against published and hand-made values."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.association import cramers_v, exact_p, holm


def test_fisher_tea_tasting() -> None:
    # Fisher (1935), The Design of Experiments: 3 of 4 cups right; two-sided p = 34/70.
    assert exact_p([3, 1], [4, 4]) == pytest.approx(34 / 70)


def test_all_or_none_has_no_p() -> None:
    assert exact_p([4, 4], [4, 4]) is None
    assert exact_p([0, 0], [4, 4]) is None
    assert exact_p([2], [4]) is None


def test_perfect_separation() -> None:
    assert exact_p([4, 0], [4, 4]) == pytest.approx(2 / 70)
    assert cramers_v([4, 0], [4, 4]) == pytest.approx(1.0)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=2, max_size=4))
def test_equals_enumeration(groups: list[tuple[int, int]]) -> None:
    found = [min(x, n) for x, n in groups]
    totals = [n for _, n in groups]
    people = [place for place, n in enumerate(totals) for _ in range(n)]
    hits = sum(found)
    p = exact_p(found, totals)
    if hits in (0, len(people)):
        assert p is None
        return
    from itertools import combinations

    counts: dict[tuple[int, ...], int] = {}
    for chosen in combinations(range(len(people)), hits):
        table = tuple(sum(people[i] == place for i in chosen) for place in range(len(totals)))
        counts[table] = counts.get(table, 0) + 1
    observed = counts[tuple(found)]
    expected = sum(count for count in counts.values() if count <= observed) / comb(len(people), hits)
    assert p == pytest.approx(expected)


def test_holm_by_hand() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06])

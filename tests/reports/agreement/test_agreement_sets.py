"""Distances between many sets at once are those of two at a time."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from qda.reports.agreement import set_distances, set_tallies, sets
from qda.reports.agreement.patterns import Patterns

if TYPE_CHECKING:
    import pytest

Masks = st.lists(st.integers(0, 2**70), min_size=1, max_size=8)


def expected(metric: str, rows: list[int], masks: list[int], counts: list[int], scale: int) -> list[Fraction]:
    found = []
    for row in rows:
        far = [set_distances.OF[metric](row, one) for one in masks]
        found.append(scale * sum((n * Fraction(*one) for n, one in zip(counts, far, strict=True)), Fraction(0)))
    return found


@settings(deadline=None)  # the first example starts numpy
@given(Masks, Masks)
def test_row_sums_are_exact(rows: list[int], masks: list[int]) -> None:
    counts = list(range(1, len(masks) + 1))
    scale = set_distances.scale_of([*rows, *masks])
    found = set_distances.row_sums(rows, masks, counts, scale)
    for metric in ("jaccard", "masi"):
        assert found[metric] == expected(metric, rows, masks, counts, scale)


def test_many_rows_come_in_parts() -> None:
    random = Random(1)
    masks = [random.getrandbits(9) for _ in range(700)]
    counts = [random.randrange(1, 10**6) for _ in masks]
    scale = set_distances.scale_of(masks)
    found = set_distances.row_sums(masks, masks, counts, scale)
    some = random.sample(range(700), 20)
    for metric in ("jaccard", "masi"):
        wanted = expected(metric, [masks[n] for n in some], masks, counts, scale)
        assert [found[metric][n] for n in some] == wanted


def test_bits_are_counted_without_the_newest_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    words = np.array([0, 1, 2**64 - 1, 0x8000000000000001, 12345678901234567890], dtype=np.uint64)
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert set_distances._ones(words).tolist() == [int(word).bit_count() for word in words]


def test_more_sets_than_can_be_compared_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "MOST_SETS", 3)
    tally = set_tallies.tally(Patterns({(1, 2): 3, (4, 8): 2, (1, 1): 5}))
    nominal, jaccard, masi, percent = sets.Sets([tally, tally]).figures()
    assert nominal.value is not None
    assert percent.value == 0.5
    assert (jaccard.value, jaccard.reason) == (None, "4 different sets of codes, more than 3 are not compared")
    assert masi == jaccard
    assert [one[:2] for one in sets.Sets([tally, tally]).leaving_one_out()][0][1].value is None

"""Intervals over sources: Student's t, the jackknife, the bootstrap, and where there is none."""

from __future__ import annotations

import math
from random import Random

import pytest
from agreement_worlds import CODERS, CODES, sources_of
from hypothesis import HealthCheck, given, settings

from qda.reports.agreement.bootstrap import draws, percentile, resummed
from qda.reports.agreement.coded import CodedSource, passages_of
from qda.reports.agreement.everything import agreement_rows
from qda.reports.agreement.figure import Figure
from qda.reports.agreement.jackknife import FEW_SOURCES, MIN_SOURCES, jackknife, standard_error
from qda.reports.agreement.rows import Options, Row
from qda.reports.agreement.student import quantile

# Two-sided 95 % and 99 %, one-sided 95 %, of published tables to six decimals.
TABLE = {
    1: (12.706205, 63.656741, 6.313752),
    2: (4.302653, 9.924843, 2.919986),
    3: (3.182446, 5.840909, 2.353363),
    4: (2.776445, 4.604095, 2.131847),
    5: (2.570582, 4.032143, 2.015048),
    9: (2.262157, 3.249836, 1.833113),
    10: (2.228139, 3.169273, 1.812461),
    19: (2.093024, 2.860935, 1.729133),
    30: (2.042272, 2.749996, 1.697261),
    60: (2.000298, 2.660283, 1.670649),
    120: (1.979930, 2.617421, 1.657651),
}


@pytest.mark.parametrize("freedom", TABLE)
def test_quantiles_of_student(freedom: int) -> None:
    found = [quantile(share, freedom) for share in (0.975, 0.995, 0.95)]
    assert found == pytest.approx(TABLE[freedom], abs=1e-6)
    assert quantile(0.025, freedom) == -found[0]


def test_student_with_no_end_of_freedom_is_normal() -> None:
    assert quantile(0.975, math.inf) == pytest.approx(1.959964, abs=1e-6)
    assert quantile(0.975, 1e7) == pytest.approx(1.959964, abs=1e-5)
    assert quantile(0.5, 4) == 0


def test_student_of_two_degrees_has_a_closed_form() -> None:
    for share in (0.51, 0.6, 0.9, 0.99, 0.9999):
        exact = (2 * share - 1) / math.sqrt(2 * share * (1 - share))
        assert quantile(share, 2) == pytest.approx(exact, rel=1e-9)


def test_jackknife_of_a_mean_is_its_standard_error() -> None:
    values = [3.0, 5.0, 8.0, 9.0, 15.0]
    without = [(sum(values) - value) / 4 for value in values]
    mean = sum(values) / 5
    usual = math.sqrt(sum((value - mean) ** 2 for value in values) / 4 / 5)
    assert standard_error(without) == pytest.approx(usual)
    found = jackknife(Figure(mean), [Figure(value) for value in without], carriers=5)
    assert found.low == pytest.approx(mean - quantile(0.975, 3) * usual)
    assert found.high == pytest.approx(mean + quantile(0.975, 3) * usual)
    assert found.few


def test_no_interval_where_it_cannot_be_honest() -> None:
    some = [Figure(value) for value in (0.4, 0.5, 0.6, 0.5)]
    nothing = Figure(None, "no coder used it")
    assert MIN_SOURCES == 4
    assert jackknife(nothing, some, 4).reason == "no value"
    assert "at least 4" in (jackknife(Figure(0.5), some, 3).reason or "")
    assert jackknife(Figure(0.5), [*some, nothing], 5).reason == "without one of the sources there is no value"
    assert jackknife(Figure(1.0), [Figure(1.0)] * 9, 9).reason == "the value is the same without any one source"
    assert jackknife(Figure(0.5), some * 2, FEW_SOURCES).few is False
    assert jackknife(Figure(0.5), some * 2, FEW_SOURCES - 1).few


def test_percentiles_of_draws() -> None:
    values = [Figure(number / 100) for number in range(101)]
    found = percentile(Figure(0.5), values, 12, 0.9)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.05, 0.95))
    assert percentile(Figure(0.5), [*values, Figure(None, "x")], 12).undefined == 1
    assert percentile(Figure(0.5), [*values[:2], *[Figure(None, "x")] * 2], 12).interval.reason == (
        "2 of 4 resamples have no value"
    )
    assert percentile(Figure(0.5), values, 11).interval.low is None


def test_draws_are_the_same_for_the_same_seed() -> None:
    assert draws(5, 4, seed=3) == draws(5, 4, seed=3)
    assert draws(5, 4, seed=3) != draws(5, 4, seed=4)
    assert all(sum(times) == 5 for times in draws(5, 50))
    assert draws(3, 2, seed=1) == [[1, 0, 2], [1, 2, 0]]


def test_sums_of_draws_are_exact() -> None:
    tallies = [(2**61, 1), (2**61, 2)]
    assert resummed(tallies, [[2, 1]]) == [(3 * 2**61, 4)]
    assert resummed([(1, 2), (3, 4)], [[2, 1], [0, 3]]) == [(5, 8), (9, 12)]


def world(sources: int = 7, seed: int = 1) -> list[CodedSource]:
    random = Random(seed)
    found = []
    for key in range(sources):
        coders = {}
        for coder in CODERS[: 2 if key == 3 else 3]:
            marks = [(start, start + random.randrange(4, 16), random.choice(CODES)) for start in range(0, 90, 20)]
            marks += [(start + 1, start + 5, CODES[0]) for start in range(0, 90, 30)]
            coders[coder] = passages_of(100, marks)
        found.append(CodedSource(key, 100, coders, {"turn": [(at, at + 10) for at in range(0, 100, 10)]}))
    return found


def without(sources: list[CodedSource], options: Options) -> list[dict[tuple[object, ...], Row]]:
    """All rows without each source in turn, counted anew."""
    return [
        {row[:6]: row for row in agreement_rows(sources[:n] + sources[n + 1 :], CODERS, CODES, options)}
        for n in range(len(sources))
    ]


def apart(coder: int, key: int) -> dict[int, list[tuple[int, int]]]:
    """Codes that do not overlap, with ends that differ by coder and source."""
    return {code: [(10 * n + (coder * (key + 1)) % 5, 10 * n + 9)] for n, code in enumerate(CODES)}


@pytest.mark.parametrize("exclusive", [False, True])
def test_jackknife_of_every_row_is_that_of_counting_anew(*, exclusive: bool) -> None:
    sources = world()
    if exclusive:
        sources = [one for one in sources if len(one.coders) == 3]
        sources = [CodedSource(one.key, 100, {coder: apart(coder, one.key) for coder in CODERS}) for one in sources]
    plain = Options(exclusive=exclusive, by_source=False, levels={9: CODES})
    anew = without(sources, plain)
    with_intervals = Options(exclusive=exclusive, by_source=False, levels={9: CODES}, intervals="jackknife")
    checked = 0
    for row in agreement_rows(sources, CODERS, CODES, with_intervals):
        if row.interval is None or row.interval.low is None or row.interval.high is None:
            continue
        kept = [n for n, one in enumerate(sources) if counts(row, one)]
        values = [anew[n][row[:6]].figure.value for n in kept]
        assert None not in values
        half = (row.interval.high - row.interval.low) / 2
        error = standard_error([value for value in values if value is not None])
        ratio = half / error
        assert any(ratio == pytest.approx(quantile(0.975, freedom)) for freedom in range(2, len(kept) - 1)), row
        checked += 1
    assert checked > (30 if exclusive else 60)


def counts(row: Row, source: CodedSource) -> bool:
    """Whether an interval of the row goes over a source."""
    if row.coders:
        return set(row.coders) <= set(source.coders)
    return len(source.coders) > (2 if row.unit == "continuum" else 1)


def test_bootstrap_of_every_row_is_that_of_counting_drawn_sources() -> None:
    sources = [one for one in world(15) if len(one.coders) == 3]
    drawn = draws(len(sources), 12, seed=5)
    plain = Options(by_source=False, levels={9: CODES})
    found = []
    for times in drawn:
        chosen = [one for one, number in zip(sources, times, strict=True) for _ in range(number)]
        found.append({row[:6]: row.figure for row in agreement_rows(chosen, CODERS, CODES, plain)})
    options = Options(by_source=False, levels={9: CODES}, intervals="bootstrap", draws=12, seed=5)
    checked = 0
    for row in agreement_rows(sources, CODERS, CODES, options):
        if row.interval is None:
            continue
        expected = percentile(row.figure, [one[row[:6]] for one in found], len(sources))
        assert row.undefined_draws == expected.undefined
        if row.interval.low is not None:
            assert row.interval[:2] == pytest.approx(expected.interval[:2], abs=1e-9), row
            checked += 1
    assert checked > 60


@given(sources_of())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_intervals_never_fail(sources: list[CodedSource]) -> None:
    for kind in ("jackknife", "bootstrap"):
        options = Options(intervals=kind, draws=5, exclusive=True, levels={9: CODES}, by_source=False)
        for row in agreement_rows(sources, CODERS, CODES, options):
            assert row.interval is None or (row.interval.low is None) == (row.interval.reason is not None)

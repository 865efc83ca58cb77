"""Every row equals a slow second way of counting it, on random sources."""

from __future__ import annotations

import pytest
from agreement_reference import reference
from agreement_worlds import CODERS, CODES, sources_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.reports.agreement.coded import CodedSource  # noqa: TC001 - hypothesis reads the types
from qda.reports.agreement.everything import agreement_rows
from qda.reports.agreement.rows import Options

SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def same(sources: list[CodedSource], coders: tuple[int, ...], options: Options) -> None:
    found = {}
    for row in agreement_rows(sources, coders, CODES, options):
        key = row[:6]
        assert key not in found, "a row stands twice"
        found[key] = row.figure
        assert (row.figure.value is None) == (row.figure.reason is not None), row
    expected = reference([one for one in sources if one.length], coders, CODES, options)
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        got = found[key].value
        assert (got is None) == (value is None), (key, got, value)
        if value is not None:
            assert got == pytest.approx(float(value), abs=1e-9, rel=1e-9), key


@given(sources_of(), st.sampled_from([CODERS, CODERS[:2], CODERS[:1], ()]))
@SLOW
def test_every_row_of_random_sources(sources: list[CodedSource], coders: tuple[int, ...]) -> None:
    same(sources, coders, Options(levels={9: (11, 10, 12)}))


@given(sources_of(exclusive=True, everybody=True))
@SLOW
def test_every_row_of_codes_that_exclude_each_other(sources: list[CodedSource]) -> None:
    same(sources, CODERS, Options(exclusive=True, by_source=False))


@given(sources_of(everybody=True))
@SLOW
def test_codes_said_to_exclude_each_other_that_do_not(sources: list[CodedSource]) -> None:
    same(sources, CODERS, Options(exclusive=True, by_source=False))

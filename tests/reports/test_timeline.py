"""Codes over time: against a count passage by passage, and by hand."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from against import by_column
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import SourceData, World, passages, path
from oracle.comparison import Plan, _family_codes
from oracle.passages import codings_of
from oracle.world import chosen_codes
from test_against_oracle import EXAMPLES, FAST, examine
from test_known_answers import A, B, put, study_of
from worlds import drawn_worlds, make_study, selections, told

from qda.errors import UsageError
from qda.model.selection import Selection
from qda.reports.periods import period
from qda.reports.registry import report_function
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from oracle.passages import Passage

DATES = ("2024-01-31", "2024-02-01", "2024-02", "2022-12-31", "2023", "")


@settings(examine, max_examples=max(EXAMPLES // 10, 5))
@given(st.data())
def test_every_period_equals_the_reference(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    per = data.draw(st.sampled_from(("day", "month", "year")))
    family = data.draw(st.sampled_from((None, *drawn.world.codes)))
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        dates = {name: data.draw(st.sampled_from(DATES)) for name in drawn.world.sources}
        for name, date in dates.items():
            if date:
                study.sources.describe(name, date=date)
        selection = data.draw(selections(drawn))
        report = report_function("timeline")(study, selection, per=per, moment=path(family) if family else "")
        world, asked = told(drawn, selection)
        size = {"day": 10, "month": 7, "year": 4}[per]
        plan = Plan(world, asked, (family or (),), "overlap", pool=False, family_top=False)
        expected: dict[tuple[str, str], set[Passage]] = {}
        for code in chosen_codes(world, asked):
            for passage in passages(world, codings_of(world, asked, code, with_subcodes=asked.roll_up)):
                date = dates[passage.source]
                dated = {date[:size]} if len(date) >= size else set()
                times = _family_codes(plan, family, passage) if family else dated
                for time in times or {"(missing)"}:
                    expected.setdefault((path(code), time), set()).add(passage)
        evidence = report.evidence().codings
        for row in by_column(report):
            found = expected.pop((row["code"], row["period"]), set())
            assert (row["passages"], row["sources"]) == (len(found), len({one.source for one in found}))
            behind = sorted({coding for one in found for coding in one.codings})
            assert evidence[cell_name(row["code"], row["period"])] == behind
        assert not expected


def test_months_without_interviews_are_shown(tmp_path: Path) -> None:
    sources = {name: SourceData("x" * 90) for name in ("s1", "s2", "s3")}
    codings = [
        *put(("Anna", A, 0, 9), ("Anna", A, 20, 29), ("Anna", B, 0, 9), source="s1"),
        *put(("Anna", A, 0, 9), source="s3"),
    ]
    with study_of(tmp_path, World(sources, [A, B], codings)) as study:
        for name, date in (("s1", "2024-05-03"), ("s2", "2024-05-09"), ("s3", "2024-07-02")):
            study.sources.describe(name, date=date)
        report = report_function("timeline")(study, Selection())
        assert report.view == (
            ("code", "2024-05", "2024-06", "2024-07"),
            (("A", 2, "–", 1), ("B", 1, "–", 0)),
        )
        row = by_column(report)[0]
        assert (row["sources"], row["sources_in_period"], row["share_of_sources"]) == (1, 2, 0.5)


@pytest.mark.parametrize(
    ("date", "per", "found"),
    [
        ("2024-05-14", "quarter", "2024-Q2"),
        ("2024-12", "quarter", "2024-Q4"),
        ("2024-05", "day", ""),
        ("2024", "month", ""),
        ("2024", "year", "2024"),
        ("", "year", ""),
    ],
)
def test_periods(date: str, per: str, found: str) -> None:
    assert period(date, per) == found


def test_a_period_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with study_of(tmp_path, World({"s": SourceData("x")}, [A])) as study, pytest.raises(UsageError, match="quarter"):
        report_function("timeline")(study, Selection(), per="week")

"""The crossing of families: against the reference, and the frame of three by three by three with its zeros."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from against import _anybody_has, _by, by_column
from hypothesis import given
from hypothesis import strategies as st
from oracle import SourceData, World
from oracle.crosstab import ALL, Crossing, crosstab
from test_against_oracle import FAST, compared_by, examine
from test_known_answers import put, study_of
from worlds import drawn_worlds, make_study, selections, told

from qda.errors import QdaError, UsageError
from qda.model.selection import Selection
from qda.reports.registry import report_function
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from oracle.world import Code

NOTHING = Crossing(0, 0, 0, 0, frozenset())
TIMING = [("timing",), ("timing", "early"), ("timing", "order"), ("timing", "late")]
LOCATION = [("location",), ("location", "centre"), ("location", "detention"), ("location", "outside")]
ACTOR = [("actor",), ("actor", "dtenv"), ("actor", "iom"), ("actor", "ngo")]
FRAME = [*TIMING, *LOCATION, *ACTOR]


@examine
@given(st.data())
def test_every_cell_equals_the_reference(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        selection = replace(
            data.draw(selections(drawn)),
            by=data.draw(compared_by(drawn)),
            by_within=data.draw(st.sampled_from(("overlap", "turn"))),
        )
        world, asked = told(drawn, selection)
        by = [_by(world, name) for name in selection.by]
        if any(isinstance(one, str) and not _anybody_has(world, one) for one in by):
            with pytest.raises(QdaError, match="no attribute"):
                report_function("crosstab")(study, selection)
            return
        report = report_function("crosstab")(study, selection)
        expected = crosstab(world, asked, by, by_within=selection.by_within)
        values = ("value", "value2")[: len(by)]
        evidence = report.evidence().codings
        for row in by_column(report):
            key = (row["code"], *(row[name] for name in values))
            wanted = expected.pop(key, NOTHING)
            assert (row["passages"], row["sources"], row["persons"], row["cases"]) == wanted[:4], key
            assert evidence[cell_name(*key)] == sorted(wanted.evidence), key
        assert not expected


def frame(folder: Path, *rows: tuple[str, Code, int, int]) -> World:
    del folder
    return World({"s": SourceData("x" * 200)}, FRAME, put(*rows))


def test_a_frame_of_three_by_three_by_three_has_its_zeros_and_counts_no_segment_twice(tmp_path: Path) -> None:
    """One segment with two actors stands in two cells, and is one in every margin."""
    early, centre, dtenv, iom = TIMING[1], LOCATION[1], ACTOR[1], ACTOR[2]
    rows = [("Anna", code, 0, 50) for code in (early, centre, dtenv, iom)]
    rows += [("Anna", TIMING[3], 100, 120)]
    with study_of(tmp_path, frame(tmp_path, *rows)) as study:
        report = report_function("crosstab")(study, Selection(codes=("timing",), by=("location", "actor")))
        table = {tuple(row[:3]): row[3] for row in report.table.rows}
        inner = {key: value for key, value in table.items() if ALL not in key and "(missing)" not in key}
        assert len(inner) == 27
        assert {key: value for key, value in inner.items() if value} == {
            ("timing/early", "location/centre", "actor/dtenv"): 1,
            ("timing/early", "location/centre", "actor/iom"): 1,
        }
        assert table["timing/early", "location/centre", ALL] == 1
        assert table["timing/early", ALL, ALL] == 1
        assert table[ALL, ALL, ALL] == 2
        assert table["timing/late", "(missing)", "(missing)"] == 1
        assert "The cells add up to 3, 1 more" in " ".join(report.notes)
        assert report.view is not None
        assert report.view.columns == ("code", "location", "dtenv", "iom", "ngo", "(missing)", ALL)
        assert report.view.rows[0] == ("timing/early", "centre", 1, 1, 0, 0, 1)


def test_another_coders_code_is_not_met(tmp_path: Path) -> None:
    rows = [("Anna", TIMING[1], 0, 50), ("Bram", LOCATION[1], 0, 50)]
    with study_of(tmp_path, frame(tmp_path, *rows)) as study:
        report = report_function("crosstab")(study, Selection(codes=("timing",), by=("location",)))
        table = {tuple(row[:2]): row[2] for row in report.table.rows}
        assert table["timing/early", "location/centre"] == 0
        assert table["timing/early", "(missing)"] == 1


@pytest.mark.parametrize("by", [(), ("timing", "location", "actor", "s")])
def test_nothing_and_too_much_to_cross_by_are_refused(tmp_path: Path, by: tuple[str, ...]) -> None:
    with study_of(tmp_path, frame(tmp_path)) as study, pytest.raises(UsageError, match="once to 3 times"):
        report_function("crosstab")(study, Selection(codes=("timing",), by=by))

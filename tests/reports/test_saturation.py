"""First uses, runs and bands: against a count with sets, and by hand."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from against import by_column
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import SourceData, World, chosen_codings, passages, path
from oracle.world import chosen_codes, chosen_sources, family
from test_against_oracle import EXAMPLES, FAST, examine
from test_known_answers import put, study_of
from worlds import drawn_worlds, make_study, selections, told

from qda.errors import UsageError
from qda.model.selection import Selection
from qda.reports.registry import report_function
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from oracle import Selection as Asked

CODES = [("A",), ("B",), ("C",), ("D",)]


def used(world: World, asked: Asked, source: str) -> dict[str, set[str]]:
    """The codes of an interview with the codings behind them."""
    found: dict[str, set[str]] = {}
    given_ = [coding for coding in chosen_codings(world, asked) if coding.source == source]
    for code in chosen_codes(world, asked):
        wanted = family(world, code) if asked.roll_up else [code]
        alike = [replace(coding, code=code) for coding in given_ if coding.code in wanted]
        for passage in passages(world, alike):
            found.setdefault(path(code), set()).update(passage.codings)
    return found


@settings(examine, max_examples=max(EXAMPLES // 10, 5))
@given(st.data())
def test_first_uses_equal_a_count_with_sets(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    base, run = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 2))
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        names = sorted(drawn.world.sources)
        dates = {name: data.draw(st.sampled_from(("2024-01-02", "2024-03", "2023", ""))) for name in names}
        for name, date in dates.items():
            if date:
                study.sources.describe(name, date=date)
        selection = data.draw(selections(drawn))
        report = report_function("saturation")(study, selection, base=base, run=run, orders=20)
        world, asked = told(drawn, selection)
        rows, evidence = by_column(report), report.evidence().codings
        order = [row["source"] for row in rows]
        assert order == sorted(order, key=lambda name: (not dates[name], dates[name], name))
        uses = {name: used(world, asked, name) for name in chosen_sources(world, asked)}
        assert {name for name, found in uses.items() if found} <= set(order)
        before: set[str] = set()
        new: list[set[str]] = []
        everywhere = [len(set().union(*(uses[name] for name in some))) for some in permutations(order, 1)]
        for place, row in enumerate(rows):
            here = set(uses[row["source"]])
            new.append(here - before)
            before |= here
            assert (row["new_codes"], row["codes"]) == (len(new[-1]), len(before))
            assert row["first_used"].count("|") + bool(new[-1]) - row["first_used"].count("\\|") == len(new[-1])
            behind = {one for code in new[-1] for one in uses[row["source"]][code]}
            assert behind >= set(evidence[cell_name(row["source"], "new_codes")])
            assert bool(behind) == bool(evidence[cell_name(row["source"], "new_codes")])
            whole = len(set().union(*(set(uses[name]) for name in order[:base])))
            ends = place + 1 >= base + run and whole
            share = len(set().union(*new[place + 1 - run :])) / whole if ends else None
            assert row["share_new"] == share
            assert row["low"] <= row["high"]
        if rows:
            assert min(everywhere) <= rows[0]["low"] <= rows[0]["high"] <= max(everywhere)
            assert rows[-1]["low"] == rows[-1]["high"] == rows[-1]["codes"] == len(before)


def interviews(folder: Path, *uses: str) -> Any:
    """A study with an interview a month, each with one passage of each of its codes."""
    sources = {f"s{number}": SourceData("x" * 90) for number in range(1, len(uses) + 1)}
    codings = []
    for name, codes in zip(sources, uses, strict=True):
        codings += put(*(("Anna", (code,), 10 * n, 10 * n + 5) for n, code in enumerate(codes)), source=name)
    study = study_of(folder, World(sources, CODES, codings))
    for number, name in enumerate(sources, start=1):
        study.sources.describe(name, date=f"2024-{number:02}-01")
    return study


def test_the_example_of_the_page(tmp_path: Path) -> None:
    with interviews(tmp_path, "AB", "BC", "AD", "C") as study:
        report = report_function("saturation")(study, Selection(), base=2, run=1)
        rows = by_column(report)
        assert [row["new_codes"] for row in rows] == [2, 1, 1, 0]
        assert [row["share_new"] for row in rows] == [None, None, 1 / 3, 0.0]
        assert "ends with interview 4" in report.lead[0]


def test_a_priori_and_open_codes_are_apart_and_nothing_is_called_saturated(tmp_path: Path) -> None:
    with interviews(tmp_path, "A", "B", "C", "D") as study:
        study.codebook.describe("C", origin="open")
        study.codebook.describe("D", origin="in-vivo")
        report = report_function("saturation")(study, Selection(), base=2, run=2)
        rows = by_column(report)
        assert [(row["new_a_priori"], row["new_open"]) for row in rows] == [(1, 0), (1, 0), (0, 1), (0, 1)]
        assert rows[-1]["share_new"] == 1.0
        assert rows[-1]["share_new_a_priori"] == 0.0
        assert rows[-1]["share_new_open"] is None  # no open code in the base
        words = " ".join((report.title, report.unit, *report.lead, *report.notes)).casefold()
        assert "saturated" not in words
        assert "do not say that other interviews would bring nothing new" in words


def test_the_band_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    with interviews(tmp_path, "AB", "B", "ABCD", "") as study:
        make = report_function("saturation")
        one, two = make(study, Selection(), seed=7), make(study, Selection(), seed=7)
        assert one.table == two.table
        edges = [(row["low"], row["high"]) for row in by_column(one)]
        assert edges == [(1, 4), (2, 4), (4, 4)]
        assert any("left out: s4" in note for note in one.notes)


@pytest.mark.parametrize("wrong", [{"base": 0}, {"run": 0}, {"threshold": 1.0}, {"orders": 0}])
def test_numbers_that_mean_nothing_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with interviews(tmp_path, "A") as study, pytest.raises(UsageError, match="--"):
        report_function("saturation")(study, Selection(), **wrong)

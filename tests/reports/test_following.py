"""Codes that follow each other or are some turns apart: against the reference, and by hand."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from against import by_column
from hypothesis import given
from hypothesis import strategies as st
from oracle import World, path
from oracle.following import Nearness, near
from test_against_oracle import FAST, examine
from test_known_answers import CODES, A, B, interview, plain, put, study_of
from worlds import drawn_worlds, make_study, selections, told

from qda.errors import UsageError
from qda.model.selection import Selection
from qda.reports.registry import report_function
from qda.reports.report import cell_name

WAYS = {
    "0": (0, False, True),
    "7": (7, False, True),
    "source": (None, False, True),
    "turn": (0, True, True),
    "1t": (1, True, True),
    "0t": (0, True, False),
    "2t": (2, True, False),
}


@examine
@given(st.data())
def test_every_pair_equals_the_reference(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        selection, pool = data.draw(selections(drawn)), data.draw(st.booleans())
        world, asked = told(drawn, selection)
        for within, way in WAYS.items():
            expected = near(world, asked, Nearness(*way), pool=pool)
            options: dict[str, Any] = {"within": within, "follows": way[2], "pool": pool}
            report = report_function("cooccurrence")(study, selection, **options)
            by_row = report_function("cooccurrence")(study, selection, measure="row", **options)
            rows, met = ({row["code"]: row for row in by_column(one)} for one in (report, by_row))
            evidence = report.evidence().codings
            for (a, b), pairs in expected.items():
                assert rows[path(a)][path(b)] == len(pairs), (a, b, within)
                assert met[path(a)][path(b)] == len({one for one, _ in pairs}), (a, b, within)
                behind = {coding for pair in pairs for passage in pair for coding in _made(passage, evidence, a, b)}
                assert behind <= set(evidence[cell_name(path(a), path(b))])
                assert bool(evidence[cell_name(path(a), path(b))]) == bool(pairs)


def _made(passage: Any, evidence: Any, *codes: Any) -> set[str]:
    """The codings of a passage that stand behind its own code; those wholly in what is no data may not."""
    own = {one for code in codes for one in evidence[cell_name(path(code), path(code))]}
    return set(passage.codings) & own


@pytest.mark.parametrize(
    ("rows", "within", "found"),
    [
        ([("Anna", A, 0, 20), ("Anna", B, 20, 40)], "0", (1, 0)),
        ([("Anna", A, 0, 20), ("Anna", B, 10, 40)], "0", (0, 0)),
        ([("Anna", A, 0, 20), ("Bram", B, 20, 40)], "0", (0, 0)),
        ([("Anna", A, 0, 10), ("Anna", B, 30, 40), ("Anna", A, 50, 60)], "source", (1, 1)),
    ],
)
def test_what_follows_by_characters(tmp_path: Path, rows: Any, within: str, found: tuple[int, int]) -> None:
    with plain(tmp_path, *rows) as study:
        report = report_function("cooccurrence")(study, Selection(), within=within, follows=True)
        table = {row["code"]: row for row in by_column(report)}
        assert (table["A"]["B"], table["B"]["A"]) == found


def test_what_follows_within_one_turn(tmp_path: Path) -> None:
    """A in turn 2; B in turn 3 is at most one turn later, B in turn 4 is not."""
    sources, persons = interview()
    world = World(sources, CODES, put(("Anna", A, 30, 40), ("Anna", B, 60, 70), ("Anna", B, 85, 90)), persons)
    with study_of(tmp_path, world) as study:
        for within, found in (("turn", 0), ("1t", 1), ("2t", 2), ("01t", 1)):
            report = report_function("cooccurrence")(study, Selection(), within=within, follows=True)
            table = {row["code"]: row for row in by_column(report)}
            assert (table["A"]["B"], table["B"]["A"]) == (found, 0), within


@pytest.mark.parametrize("within", ["overlap", "case"])
def test_what_overlaps_cannot_follow(tmp_path: Path, within: str) -> None:
    with plain(tmp_path, ("Anna", A, 0, 9)) as study, pytest.raises(UsageError, match="--follows goes with"):
        report_function("cooccurrence")(study, Selection(), within=within, follows=True)

"""Portraits of documents: where each code lies, piece by piece, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from against import by_column
from oracle import SourceData, World
from test_known_answers import put, study_of

from qda.errors import UsageError
from qda.model.selection import Selection
from qda.render import render_report
from qda.reports.behind import names_behind
from qda.reports.registry import report_function
from qda.reports.shades import shades_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.reports.report import Report
    from qda.store import Study

A, B = ("A",), ("A", "b")
TEXT = "abcdefghij" * 4  # in 10 pieces of 4 characters


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Forty characters, of which 8-12 are no data; Anna and Bram overlap, and one passage lies apart."""
    codings = put(("Anna", A, 2, 10), ("Bram", A, 8, 14), ("Anna", A, 36, 40), ("Anna", B, 12, 17), source="s1")
    sources = {"s1": SourceData(TEXT, not_data=[(8, 12)]), "s2": SourceData("xyz")}
    with study_of(tmp_path_factory.mktemp("portrait"), World(sources, [A, B], codings)) as made:
        yield made


def made(study: Study, **options: int) -> Report:
    return report_function("portrait")(study, Selection(), **options)


def test_each_piece_has_the_characters_that_are_data(study: Study) -> None:
    report = made(study)
    assert [(row["source"], row["code"], row["piece"], row["start"], row["end"]) for row in by_column(report)] == [
        *(("s1", "A", piece, 4 * piece - 4, 4 * piece) for piece in (1, 2, 4, 10)),
        *(("s1", "A/b", piece, 4 * piece - 4, 4 * piece) for piece in (4, 5)),
    ]
    assert [(row["characters"], row["share"]) for row in by_column(report)] == [
        *((2, 0.5), (4, 1.0), (2, 0.5), (4, 1.0)),
        *((4, 1.0), (1, 0.25)),
    ]
    assert report.view is not None
    assert report.view.rows == (
        ("s1", "A", 50, 100, 0, 50, 0, 0, 0, 0, 0, 100),
        ("s1", "A/b", 0, 0, 0, 100, 25, 0, 0, 0, 0, 0),
    )
    assert any(note == "Without any of these codes: s2." for note in report.notes)


def test_every_piece_opens_the_codings_in_it(study: Study) -> None:
    report, ids = made(study), {(one.code, one.start): one.uid for one in study.codings.all()}
    tree = study.codebook.tree()
    one = {start: ids[tree.named("A").key, start] for start in (2, 8, 36)}
    evidence = report.evidence().codings

    def behind(row: int, column: int) -> list[str]:
        return next((evidence[name] for name in names_behind(report, row, column) if name in evidence), [])

    assert behind(0, 2) == [one[2]]
    assert behind(0, 3) == [one[2]]
    assert behind(0, 4) == [], "what is no data shows nothing"
    assert behind(0, 5) == [one[8]]
    assert behind(0, 11) == [one[36]]
    assert behind(0, 1) == sorted(one.values())
    assert behind(1, 6) == [ids[tree.named("A/b").key, 12]]


def test_the_strip_says_the_same_in_signs(study: Study) -> None:
    (part,) = made(study).parts()
    assert part.heading == "s1"
    strips = {row[0]: (row[1], row[2]) for row in part.table.rows}
    assert strips["A/b"] == (f"{'·' * 12}█████{'·' * 23}", "13.9 %"), "5 of 36 characters; a sign is one of 40"
    assert strips["A"] == (f"··██████····██{'·' * 22}████", "33.3 %")


def test_subcodes_are_merged_into_the_code_above(study: Study) -> None:
    report = report_function("portrait")(study, Selection(roll_up=True), pieces=2)
    assert [(row["code"], row["characters"]) for row in by_column(report)] == [
        *(("A", 13 - 2), ("A", 4)),
        ("A/b", 5),
    ]


def test_it_is_drawn_and_refuses_what_cannot_be(study: Study) -> None:
    report = made(study)
    shades = shades_of(report)
    assert (shades[0, 2], shades[0, 4]) == ((50.0, "50"), (0.0, ""))
    picture = render_report(report, "svg")
    assert ">A/b<" in picture
    assert picture.count('<rect class="s') == 6, "a box for each piece with the code"
    for form in ("table", "md", "csv", "json"):
        assert "A/b" in render_report(report, form)
    assert "█" in render_report(report, "table")
    for pieces in (0, 201):
        with pytest.raises(UsageError, match="--pieces is a number from 1 to 200"):
            made(study, pieces=pieces)

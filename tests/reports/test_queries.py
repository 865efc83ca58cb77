"""What queries find: the answers of docs/queries.md, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from oracle import CaseData, PersonData, World
from test_known_answers import CODES, interview, plain, put, study_of

from qda.errors import QdaError
from qda.model.query import QueryError
from qda.model.selection import Selection
from qda.reports.query_hits import run_query
from qda.reports.registry import report_function
from qda.store.attributes import AttributeRow

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store.study import Study

A, B, P, P1 = CODES


def spans(study: Study, query: str, **selected: object) -> list[tuple[int, int]]:
    """What a query finds, as places of the only source."""
    found = run_query(study, replace(Selection(query=query), **selected)).passages  # type: ignore[arg-type]
    return [(one.start, one.end) for one in found]


def test_the_examples_of_the_page(tmp_path: Path) -> None:
    rows = (("Anna", A, 0, 50), ("Anna", B, 40, 60), ("Anna", A, 100, 120), ("Anna", B, 150, 160))
    with plain(tmp_path, *rows) as study:
        assert spans(study, "A") == [(0, 50), (100, 120)]
        assert spans(study, "A AND B") == [(40, 50)]
        assert spans(study, "A OR B") == [(0, 60), (100, 120), (150, 160)]
        assert spans(study, "A AND NOT B") == [(100, 120)]
        assert spans(study, "A WITHIN 30 characters OF B") == [(0, 50), (100, 120)]
        assert spans(study, "A WITHIN 29 characters OF B") == [(0, 50)]
        assert spans(study, "A NOT WITHIN 29 characters OF B") == [(100, 120)]
        assert spans(study, "B WITHIN 30 characters OF A") == [(40, 60), (150, 160)]
        assert spans(study, "A AND (B AND NOT A)") == []
        assert spans(study, "B AND NOT A") == [(150, 160)]


def test_two_coders_do_not_meet_and_count_once(tmp_path: Path) -> None:
    rows = (("Anna", A, 0, 50), ("Bram", B, 0, 50), ("Bram", A, 20, 70), ("Anna", B, 180, 190))
    with plain(tmp_path, *rows) as study:
        assert spans(study, "A AND B") == [(20, 50)]
        assert spans(study, "A AND NOT B") == [(0, 50)]
        assert spans(study, "A") == [(0, 70)]
        assert spans(study, "A AND coder = Anna") == [(0, 50)]
        assert spans(study, "A AND coder != Anna") == [(20, 70)]
        assert spans(study, "A", coders=("Bram",)) == [(20, 70)]


def test_subcodes_belong_to_a_code_unless_it_is_meant_alone(tmp_path: Path) -> None:
    with plain(tmp_path, ("Anna", P, 0, 10), ("Anna", P1, 5, 20), ("Anna", P1, 50, 60)) as study:
        assert spans(study, "P") == [(0, 20), (50, 60)]
        assert spans(study, "ONLY P") == [(0, 10)]
        assert spans(study, "P/1") == spans(study, '"1"') == [(5, 20), (50, 60)]
        assert spans(study, "*") == [(0, 20), (50, 60)]


def test_what_is_no_data_is_no_distance_and_meets_nothing(tmp_path: Path) -> None:
    rows = (("Anna", A, 0, 40), ("Anna", B, 30, 45), ("Anna", P, 50, 60), ("Anna", A, 32, 38))
    with plain(tmp_path, *rows, not_data=((30, 50),)) as study:
        assert spans(study, "A AND B") == []
        assert spans(study, "B") == []  # wholly in what is no data
        assert spans(study, "A AND NOT B") == [(0, 40)]
        assert spans(study, "A WITHIN 0 characters OF P") == [(0, 40)]


def world() -> World:
    sources, persons = interview()
    persons = {
        **persons,
        "Rosa": PersonData(attributes={"country": ["NL"], "born": ["1980-05"]}),
        "Sam": PersonData(attributes={"country": ["NO", "SE"], "born": ["1990"]}),
    }
    rows = (("Anna", A, 24, 30), ("Anna", B, 54, 60), ("Anna", A, 83, 90), ("Anna", P, 3, 10), ("Anna", P1, 40, 60))
    return World(sources, CODES, put(*rows), persons=persons, cases={"c": CaseData("office", sources=["s"])})


def test_turns(tmp_path: Path) -> None:
    with study_of(tmp_path, world()) as study:
        assert spans(study, "A WITHIN 1 turn OF B") == [(24, 30), (83, 90)]
        assert spans(study, "A IN SAME TURN AS P/1") == [(24, 30)]
        assert spans(study, "A NOT IN SAME TURN AS P/1") == [(83, 90)]
        assert spans(study, "ONLY P WITHIN 1 turn OF B") == []
        assert spans(study, "ONLY P WITHIN 2 turns OF B") == [(3, 10)]


def test_conditions_look_at_who_is_heard(tmp_path: Path) -> None:
    with study_of(tmp_path, world()) as study:
        assert spans(study, "* AND country = NL") == [(24, 30), (40, 60)]
        assert spans(study, "* AND country = NO") == [(40, 60), (83, 90)]
        assert spans(study, "* AND country = NL AND country = NO") == [(40, 60)]
        assert spans(study, "* AND country != NO") == [(3, 10), (24, 30)]
        assert spans(study, '* AND country = "(missing)"') == [(3, 10)]
        assert spans(study, "* AND NOT (country = NL OR country = SE)") == [(3, 10)]
        assert spans(study, "A AND source = s") == [(24, 30), (83, 90)]
        assert spans(study, "A AND source != s") == []


def test_dates_and_numbers_are_compared_as_such(tmp_path: Path) -> None:
    with study_of(tmp_path, world()) as study:
        rows = [AttributeRow("Rosa", {"age": ("9",)}), AttributeRow("Sam", {"age": ("30",)})]
        study.attributes.import_rows("person", {"age": "number"}, rows, "ages")
        study.sources.describe("s", date="2024-05")
        assert spans(study, "A AND age < 10") == [(24, 30)]
        assert spans(study, "A AND age >= 30,0") == [(83, 90)]
        for true in ("= 2024", "= 2024-05", "< 2024-06", "<= 2024-05", ">= 2024-05", "> 2024-04-30", "!= 2024-06"):
            assert len(spans(study, f"A AND date {true}")) == 2, true
        for false in ("= 2024-05-01", "< 2024-05-31", "> 2024-05-01", ">= 2024-05-02", "<= 2024-05-30", "!= 2024"):
            assert spans(study, f"A AND date {false}") == [], false


def test_without_turns_nothing_is_found_by_turns_and_it_is_said(tmp_path: Path) -> None:
    with plain(tmp_path, ("Anna", A, 0, 50), ("Anna", B, 40, 60)) as study:
        for query in ("A IN SAME TURN AS B", "A NOT IN SAME TURN AS B"):
            found = run_query(study, Selection(query=query))
            assert found.passages == ()
            assert found.notes[-1] == "Without turns, so the query finds nothing by turns there: s."


def test_a_report_counts_on_the_words_of_the_query(tmp_path: Path) -> None:
    rows = (("Anna", A, 0, 50), ("Anna", B, 40, 60), ("Anna", A, 100, 120), ("Anna", P, 45, 58), ("Bram", B, 40, 60))
    with plain(tmp_path, *rows) as study:
        study.queries.save("both", "A AND B")
        report = report_function("frequency")(study, Selection(query="BOTH"))
        assert {row[0]: row[1] for row in report.table.rows} == {"A": 1, "B": 1, "P": 1, "P/1": 0}
        assert "Only codings on words of the query 'both': A AND B." in report.notes
        assert report.manifest["selection"]["query"] == "'both': A AND B"
        assert report.manifest["command"] == "qda report frequency --query both"
        inline = report_function("frequency")(study, Selection(query="(a) AND b"))
        assert inline.table == report.table
        assert inline.manifest["command"] == "qda report frequency --query 'A AND B'"


def test_a_name_in_quotation_marks_is_a_code_whatever_is_saved(tmp_path: Path) -> None:
    with plain(tmp_path, ("Anna", A, 0, 50), ("Anna", B, 40, 60)) as study:
        study.queries.save("A", "B")
        assert spans(study, "A") == [(40, 60)]
        assert spans(study, '"A"') == [(0, 50)]
        report = report_function("frequency")(study, Selection(query='"A"'))
        assert report.manifest["command"] == "qda report frequency --query '\"A\"'"


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("A AND (B OR nothing)", 12, "there is no code 'nothing'"),
        ("A AND land = NL", 6, "no attribute 'land' has a value here"),
        ("A AND country = DE", 6, "nothing here has country 'DE'"),
        ("A AND country < NL", 6, "'<' compares numbers and dates, and country is neither"),
        ("A AND coder = Nobody", 6, "there is no coder named 'Nobody'"),
        ("A AND coder < Anna", 6, "coder goes with = and !="),
        ("A AND source = nowhere", 6, "there is no source named 'nowhere'"),
        ("A AND date < soon", 6, "'soon' is no date"),
        ("hope", 0, "there is no saved query and no code 'hope' (did you mean 'hopes'?)"),
    ],
)
def test_what_is_not_there_is_pointed_at(tmp_path: Path, query: str, place: int, said: str) -> None:
    with study_of(tmp_path, world()) as study:
        study.queries.save("hopes", "A")
        study.sources.describe("s", date="2024")
        with pytest.raises(QueryError) as refused:
            run_query(study, Selection(query=query))
        assert refused.value.start == place
        assert said in str(refused.value)


def test_a_query_follows_a_code_that_is_renamed(tmp_path: Path) -> None:
    with plain(tmp_path, ("Anna", P1, 0, 50)) as study:
        study.queries.save("one", "P/1")
        study.codebook.rename("P/1", "first")
        assert spans(study, "one") == [(0, 50)]


def test_names_of_saved_queries(tmp_path: Path) -> None:
    with plain(tmp_path, ("Anna", A, 0, 50)) as study:
        study.queries.save("one", "A")
        study.queries.save("one", "A")  # so already
        for name in ("a AND b", "(a)", " a", "", "a/b", "a\nb"):
            with pytest.raises(QdaError):
                study.queries.save(name, "A")
        with pytest.raises(QdaError, match="there is a query 'one' already"):
            study.queries.save("ONE", "B")
        study.queries.save("one", "B", replace=True)
        study.queries.rename("one", "One")
        assert [(one.name, one.text, one.coder) for one in study.queries.all()] == [("One", "B", "Anna")]
        with pytest.raises(QdaError, match="there is no query named 'two'"):
            study.queries.remove("two")
        study.queries.remove("One")
        assert study.queries.all() == []
        for _ in range(3):
            study.changes.undo()
        assert [(one.name, one.text) for one in study.queries.all()] == [("one", "A")]

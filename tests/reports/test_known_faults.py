"""Faults of counting that the reference found, each in its smallest study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from oracle import CaseData, PersonData, ProgressData, SourceData, TurnData, World
from test_known_answers import CODES, P1, TEXT, A, B, P, asked_and_done, cell, compared, frequency_of, put, study_of

from qda.model.selection import Selection
from qda.reports.registry import report_function

if TYPE_CHECKING:
    from pathlib import Path

TWO = [TurnData(1, 0, 3, 50, "Rosa"), TurnData(2, 50, 53, 100, "Sam")]
BOTH = {"Rosa": PersonData(), "Sam": PersonData()}
NL = {"country": ["NL"]}
DONE = {("s", "Anna"): ProgressData("done", frozenset(CODES))}


def test_a_page_head_lends_no_speaker(tmp_path: Path) -> None:
    source = SourceData(TEXT, turns=TWO, not_data=[(50, 60)])
    with study_of(tmp_path, World({"s": source}, CODES, put(("Anna", A, 30, 55)), BOTH)) as study:
        assert frequency_of(study)["persons"] == 1


def test_within_case_counts_the_cases_of_passages(tmp_path: Path) -> None:
    turns = [TurnData(1, 0, 3, 50, "Ira"), TurnData(2, 50, 53, 100, "Rosa")]
    persons = {"Ira": PersonData("interviewer"), "Rosa": PersonData()}
    cases = {"c1": CaseData("case", ["Rosa"]), "c2": CaseData("case", [], ["s"])}
    rows = put(("Anna", A, 10, 30), ("Anna", A, 20, 60))
    with study_of(tmp_path, World({"s": SourceData(TEXT, turns=turns)}, CODES, rows, persons, cases)) as study:
        assert frequency_of(study)["cases"] == 1
        assert cell(study, "A", "A", within="case") == 1


def test_frequency_and_comparison_count_the_same_cases(tmp_path: Path) -> None:
    cases = {"c1": CaseData("case", ["Rosa"]), "c2": CaseData("case", [], ["s"])}
    source = SourceData(TEXT, turns=TWO, attributes=NL)
    with study_of(tmp_path, World({"s": source}, CODES, put(("Anna", A, 30, 70)), BOTH, cases)) as study:
        assert frequency_of(study)["cases"] == compared(study, "A", "NL", by=("country",))["cases"]


def test_none_found_where_the_person_is_unknown(tmp_path: Path) -> None:
    persons = {"Rosa": PersonData(attributes=NL), "Sam": PersonData(attributes={"country": ["NO"]})}
    world = World({"s": SourceData(TEXT, persons=["Rosa", "Sam"])}, CODES, put(("Anna", A, 0, 9)), persons)
    with study_of(tmp_path, World(world.sources, CODES, world.codings, persons, **asked_and_done())) as study:
        rows = report_function("comparison")(study, Selection(codes=("A",), by=("country",))).table.rows
        assert not [row for row in rows if "none found" in row]
        assert compared(study, "A", "(missing)", codes=("A",), by=("country",))["base"] == 1


def test_pairs_of_values_that_no_case_has(tmp_path: Path) -> None:
    cases = {
        "c1": CaseData("case", ["Rosa"], attributes={"country": ["NL"], "actor": ["iom"]}),
        "c2": CaseData("case", ["Rosa"], attributes={"country": ["NO"], "actor": ["ngo"]}),
    }
    world = World({"s": SourceData(TEXT, turns=TWO)}, CODES, put(("Anna", A, 10, 30)), BOTH, cases)
    with study_of(tmp_path, world) as study:
        rows = report_function("comparison")(study, Selection(codes=("A",), by=("country", "actor"))).table.rows
    assert {row[1:3] for row in rows if row[3]} == {("NL", "iom"), ("NO", "ngo")}


def test_missing_of_a_family_has_the_same_base(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT)}, CODES, put(("Anna", A, 0, 9)), **asked_and_done())
    with study_of(tmp_path, world) as study:
        columns = [compared(study, "A", value, by=("P",)) for value in ("P/1", "(missing)")]
        other = compared(study, "B", "(missing)", by=("P",))
    assert [row["base"] for row in columns] == [1, 1]
    assert other["state"] == "none found"


def test_unasked_in_a_column_made_by_a_passage(tmp_path: Path) -> None:
    turns = [TurnData(1, 0, 3, 50, "Ira"), TurnData(2, 50, 53, 100, "Rosa")]
    persons = {"Ira": PersonData("interviewer"), "Rosa": PersonData(attributes=NL)}
    given = {"progress": DONE, "coverage": {("s", A): False}}
    world = World({"s": SourceData(TEXT, turns=turns)}, CODES, put(("Anna", A, 10, 20)), persons, **given)
    with study_of(tmp_path, world) as study:
        assert compared(study, "A", "(missing)", by=("country",))["state"] == "unasked"


def test_no_turn_in_a_source_without_turns(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT)}, CODES, put(("Anna", A, 0, 9), ("Anna", P1, 5, 20)))
    with study_of(tmp_path, world) as study:
        assert compared(study, "A", "P/1", by=("P",), by_within="turn")["passages"] == 0


def test_found_through_a_subcode_that_was_asked(tmp_path: Path) -> None:
    given = {"progress": DONE, "coverage": {("s", P): False, ("s", P1): True}}
    world = World({"s": SourceData(TEXT, attributes=NL)}, CODES, put(("Anna", P1, 0, 9)), **given)
    with study_of(tmp_path, world) as study:
        assert compared(study, "P", "NL", by=("country",))["state"] == "found"


def test_unasked_looks_at_where_it_was_found(tmp_path: Path) -> None:
    turns = [TurnData(1, 0, 3, 50, "Ira"), TurnData(2, 50, 53, 100, "Rosa")]
    persons = {"Ira": PersonData("interviewer"), "Rosa": PersonData(attributes={"country": ["NO"]})}
    sources = {"s": SourceData(TEXT, turns=turns, attributes=NL), "s1": SourceData(TEXT, attributes=NL)}
    given = {"progress": DONE, "coverage": {("s", A): True, ("s1", A): False}}
    with study_of(tmp_path, World(sources, CODES, put(("Anna", A, 10, 20)), persons, **given)) as study:
        assert compared(study, "A", "NL", by=("country",))["state"] == "found"


def test_within_case_without_cases_is_within_source(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT)}, CODES, put(("Anna", A, 0, 9), ("Anna", B, 20, 30)))
    with study_of(tmp_path, world) as study:
        assert cell(study, within="case") == 1


def test_a_parent_is_not_none_found_under_no_subcodes(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT, attributes=NL)}, CODES, put(("Anna", P1, 0, 9)), **asked_and_done())
    with study_of(tmp_path, world) as study:
        row = compared(study, "P", "NL", codes=("P",), subcodes=False, by=("country",))
        assert row["state"] != "none found"


def test_with_subcodes_under_the_values_of_the_merged_passage(tmp_path: Path) -> None:
    rows = put(("Anna", P1, 0, 9), ("Bram", P, 0, 9))
    with study_of(tmp_path, World({"s": SourceData(TEXT)}, CODES, rows)) as study:
        merged = [compared(study, "P", value, by=("P",))["passages_with_subcodes"] for value in ("P/1", "(missing)")]
    assert merged == [1, 0]


def test_a_consensus_that_nobody_made_has_not_been_read(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT, attributes=NL)}, CODES, put(("Anna", A, 0, 9)), **asked_and_done())
    with study_of(tmp_path, world) as study:
        selected = {"coders": ("Anna",), "layer": "consensus", "by": ("country",)}
        assert compared(study, "A", "NL", **selected)["state"] == "not yet coded"


def test_a_page_head_does_not_split_a_region(tmp_path: Path) -> None:
    spans = (("Anna", 5, 12), ("Anna", 18, 25), ("Bram", 11, 19))
    rows = put(*((coder, code, start, end) for coder, start, end in spans for code in (A, B)))
    with study_of(tmp_path, World({"s": SourceData(TEXT, not_data=[(10, 20)])}, CODES, rows)) as study:
        assert cell(study, "A", "A") == 1
        assert cell(study) == 1


@pytest.mark.parametrize("report", ["frequency", "cooccurrence", "comparison"])
def test_the_title_names_the_kind_of_case(tmp_path: Path, report: str) -> None:
    cases = {"c1": CaseData("organisation", [], ["s"])}
    with study_of(tmp_path, World({"s": SourceData(TEXT, attributes=NL)}, CODES, [], {}, cases)) as study:
        selection = Selection(by=("country",) if report == "comparison" else ())
        options = {"within": "case"} if report == "cooccurrence" else {}
        assert "organisation" in report_function(report)(study, selection, **options).title


@pytest.mark.parametrize("report", ["frequency", "comparison"])
def test_the_title_says_that_the_unit_is_the_source(tmp_path: Path, report: str) -> None:
    with study_of(tmp_path, World({"s": SourceData(TEXT, attributes=NL)}, CODES, [])) as study:
        selection = Selection(by=("country",) if report == "comparison" else ())
        assert "source" in report_function(report)(study, selection).title


@pytest.mark.parametrize("report", ["frequency", "comparison"])
def test_ambiguous_cases_are_listed(tmp_path: Path, report: str) -> None:
    cases = {"c1": CaseData("case", ["Rosa"]), "c2": CaseData("case", ["Rosa"])}
    source = SourceData(TEXT, turns=TWO, attributes=NL)
    with study_of(tmp_path, World({"s": source}, CODES, put(("Anna", A, 10, 30)), BOTH, cases)) as study:
        selection = Selection(by=("country",) if report == "comparison" else ())
        notes = " ".join(report_function(report)(study, selection).notes)
    assert "Rosa" in notes


def test_what_is_no_data_is_listed_as_left_out(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT, not_data=[(40, 60)])}, CODES, put(("Anna", A, 45, 55)))
    with study_of(tmp_path, world) as study:
        assert any("left out" in note for note in report_function("frequency")(study, Selection()).notes)


def test_the_consensus_is_no_coder_more(tmp_path: Path) -> None:
    codings = [
        *put(("Anna", A, 0, 9), source="s1", layer="consensus"),
        *put(("Anna", A, 0, 9), source="s2"),
    ]
    world = World({"s1": SourceData(TEXT), "s2": SourceData(TEXT)}, CODES, codings)
    with study_of(tmp_path, world) as study:
        assert frequency_of(study)["coders"] == 1


def test_rolled_up_under_no_subcodes(tmp_path: Path) -> None:
    rows = put(("Anna", P, 0, 9), ("Anna", P1, 20, 30))
    with study_of(tmp_path, World({"s": SourceData(TEXT)}, CODES, rows)) as study:
        selected = {"codes": ("P",), "subcodes": False, "roll_up": True}
        assert cell(study, "P", "P", Selection(**selected)) == 2
        assert frequency_of(study, "P", **selected)["passages"] == 2


def test_found_is_what_has_passages(tmp_path: Path) -> None:
    rows = put(("Anna", P1, 0, 9), ("Bram", P, 0, 9))
    with study_of(tmp_path, World({"s": SourceData(TEXT)}, CODES, rows, **asked_and_done())) as study:
        row = compared(study, "P", "(missing)", by=("P",))
    assert (row["passages"], row["state"]) == (1, "found")


@pytest.mark.parametrize("within", ["case", "source", "turn", "30"])
def test_a_coding_of_no_data_meets_nothing_though_another_coder_makes_its_passage_data(
    tmp_path: Path, within: str
) -> None:
    rows = put(("Bram", A, 0, 1), ("Anna", B, 0, 6), ("Bram", B, 4, 5))
    turns = [TurnData(1, 0, 0, 50, "Rosa")]
    world = World({"s": SourceData(TEXT, turns=turns, not_data=[(4, 8)])}, CODES, rows, {"Rosa": PersonData()})
    with study_of(tmp_path, world) as study:
        assert cell(study, "A", "B", within=within) == 0


def test_where_leaves_people_out_of_the_base_too(tmp_path: Path) -> None:
    persons = {"Rosa": PersonData(attributes={"gender": ["f"]}), "Sam": PersonData(attributes={"gender": ["m"]})}
    cases = {"c1": CaseData("case", ["Rosa"]), "c2": CaseData("case", ["Sam"])}
    rows = put(("Anna", A, 0, 20), ("Anna", A, 60, 80))
    world = World({"s": SourceData(TEXT, turns=TWO)}, CODES, rows, persons, cases, **asked_and_done())
    with study_of(tmp_path, world) as study:
        everybody = compared(study, "A", "m", by=("gender",))
        assert (everybody["passages"], everybody["base"]) == (1, 1)
        selection = Selection(by=("gender",), where=(("gender", "f"),))
        rows_left = {row[1] for row in report_function("comparison")(study, selection).table.rows}
        assert rows_left == {"f"}
        women = compared(study, "A", "f", by=("gender",), where=(("gender", "f"),))
        assert (women["passages"], women["persons"], women["base"]) == (1, 1, 1)


def test_a_passage_of_two_counts_only_for_whom_where_names(tmp_path: Path) -> None:
    persons = {"Rosa": PersonData(attributes={"gender": ["f"]}), "Sam": PersonData(attributes={"gender": ["m"]})}
    world = World({"s": SourceData(TEXT, turns=TWO)}, CODES, put(("Anna", A, 30, 70)), persons)
    with study_of(tmp_path, world) as study:
        rows = report_function("frequency")(study, Selection(codes=("A",), where=(("gender", "f"),))).table
        assert dict(zip(rows.columns, rows.rows[0], strict=True))["persons"] == 1


def test_within_case_counts_only_the_cases_of_whom_where_names(tmp_path: Path) -> None:
    persons = {"Rosa": PersonData(attributes={"gender": ["f"]}), "Sam": PersonData(attributes={"gender": ["m"]})}
    cases = {"c1": CaseData("case", ["Rosa"]), "c2": CaseData("case", ["Sam"])}
    rows = put(("Anna", A, 30, 70), ("Anna", B, 35, 65))
    with study_of(tmp_path, World({"s": SourceData(TEXT, turns=TWO)}, CODES, rows, persons, cases)) as study:
        women = Selection(where=(("gender", "f"),))
        assert cell(study, within="case") == 2
        assert cell(study, selection=women, within="case") == 1
        assert cell(study, "A", "A", women, within="case") == 1


def test_a_turn_met_only_in_what_is_no_data_is_not_the_passages_turn(tmp_path: Path) -> None:
    # A 10-60 goes over into Rosa's turn (50-100) by words that are no data (45-60); P/1 stands in her turn only.
    turns = [TurnData(1, 0, 3, 50, "Pia"), TurnData(2, 50, 53, 100, "Rosa")]
    persons = {"Pia": PersonData(), "Rosa": PersonData()}
    sources = {"s": SourceData(TEXT, turns=turns, not_data=[(45, 60)])}
    world = World(sources, CODES, put(("Anna", A, 10, 60), ("Anna", P1, 70, 80)), persons)
    with study_of(tmp_path, world) as study:
        assert compared(study, "A", "P/1", by=("P",), by_within="turn")["passages"] == 0
        assert compared(study, "A", "(missing)", by=("P",), by_within="turn")["passages"] == 1


def test_words_that_are_no_data_are_not_of_the_ten_thousand(tmp_path: Path) -> None:
    # Pia speaks 20 words of four letters ("w00 w01 ..."), of which characters 40-60 are a page head: five words.
    text = "".join(f"w{number:02d} " for number in range(20))
    sources = {
        "s": SourceData(text, turns=[TurnData(1, 0, 0, 80, "Pia")], not_data=[(40, 60)], attributes=NL),
        "t": SourceData(text, not_data=[(0, 6)], attributes=NL),  # one word, and two letters of the next
    }
    world = World(sources, CODES, put(("Anna", A, 0, 30)), {"Pia": PersonData()})
    with study_of(tmp_path, world) as study:
        row = compared(study, "A", "NL", by=("country",))
    assert (row["words_in_value"], row["per_10000_words"]) == (15 + 19, 10000 / 34)

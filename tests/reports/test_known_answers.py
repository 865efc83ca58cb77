"""Answers that can be worked out by hand, through the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from oracle import CaseData, CodingData, PersonData, ProgressData, SourceData, TurnData, World
from worlds import Drawn, make_study

from qda.model.codebook import Codebook, CodeEntry
from qda.model.selection import Selection
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.reports.registry import report_function
from qda.store.coding_lines import CodingRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.study import Study

if TYPE_CHECKING:
    from pathlib import Path

    from oracle.world import Code

A, B, P, P1 = ("A",), ("B",), ("P",), ("P", "1")
CODES = [A, B, P, P1]
TEXT = "x" * 200


def put(*rows: tuple[str, Code, int, int], source: str = "s", layer: Any = "independent") -> list[CodingData]:
    """Codings of one source from rows of coder, code, start, end."""
    first = 1 + 1000 * int(source[1:] or 0) + (500 if layer == "consensus" else 0)
    return [
        CodingData(str(UUID(int=first + n)), source, code, coder, start, end, layer)
        for n, (coder, code, start, end) in enumerate(rows)
    ]


def interview() -> tuple[dict[str, SourceData], dict[str, PersonData]]:
    """An interviewer, two respondents, and an interpreter who speaks for the second."""
    turns = [
        TurnData(1, 0, 3, 20, "Ira"),
        TurnData(2, 20, 24, 50, "Rosa"),
        TurnData(3, 50, 54, 80, "Sam"),
        TurnData(4, 80, 83, 100, "Tolk", "Sam"),
    ]
    persons = {
        "Ira": PersonData("interviewer"),
        "Rosa": PersonData(),
        "Sam": PersonData(),
        "Tolk": PersonData("interpreter"),
    }
    return {"s": SourceData(TEXT, turns=turns)}, persons


def study_of(folder: Path, world: World, **more: Any) -> Study:
    return make_study(folder, Drawn(world, **{"first": frozenset(world.codes), **more}))


def plain(folder: Path, *rows: tuple[str, Code, int, int], not_data: tuple[tuple[int, int], ...] = ()) -> Study:
    return study_of(folder, World({"s": SourceData(TEXT, not_data=not_data)}, CODES, put(*rows)))


def frequency_of(study: Study, code: str = "A", **selected: Any) -> dict[str, Any]:
    table = report_function("frequency")(study, Selection(**selected)).table
    return next(dict(zip(table.columns, row, strict=True)) for row in table.rows if row[0] == code)


def cell(study: Study, one: str = "A", other: str = "B", selection: Selection = Selection(), **options: Any) -> Any:  # noqa: B008
    table = report_function("cooccurrence")(study, selection, **options).table
    return next(row[table.columns.index(other)] for row in table.rows if row[0] == one)


def compared(study: Study, code: str, value: str | tuple[str, ...], **selected: Any) -> dict[str, Any]:
    values = (value,) if isinstance(value, str) else value
    table = report_function("comparison")(study, Selection(**selected)).table
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return next(row for row in rows if tuple(row.values())[: 1 + len(values)] == (code, *values))


class TestPersons:
    def test_once_by_each_of_two_speakers_of_one_interview(self, tmp_path: Path) -> None:
        sources, persons = interview()
        world = World(sources, CODES, put(("Anna", A, 25, 30), ("Anna", A, 55, 60)), persons)
        with study_of(tmp_path, world) as study:
            row = frequency_of(study)
        assert (row["passages"], row["persons"], row["sources"]) == (2, 2, 1)

    def test_over_interviewer_and_respondent(self, tmp_path: Path) -> None:
        sources, persons = interview()
        with study_of(tmp_path, World(sources, CODES, put(("Anna", A, 10, 30)), persons)) as study:
            assert frequency_of(study)["persons"] == 1

    def test_an_interpreter_speaks_for_the_respondent(self, tmp_path: Path) -> None:
        sources, persons = interview()
        world = World(sources, CODES, put(("Anna", A, 85, 95), ("Anna", A, 60, 70)), persons)
        with study_of(tmp_path, world) as study:
            assert frequency_of(study)["persons"] == 1
            both = frequency_of(study, roles=("respondent", "interpreter"))
        assert both["persons"] == 2

    def test_a_question_alone_has_no_respondent(self, tmp_path: Path) -> None:
        sources, persons = interview()
        with study_of(tmp_path, World(sources, CODES, put(("Anna", A, 5, 15)), persons)) as study:
            assert frequency_of(study)["persons"] == 0

    def test_the_same_generic_label_in_two_files(self, tmp_path: Path) -> None:
        with Study.create(tmp_path, coder="Anna") as study:
            study.codebook.import_codebook(Codebook("c", {}, (CodeEntry("A"),)), "codes")
            for name in ("one", "two"):
                turns = (SpokenTurn(0, 4, 20, "R1"),)
                bytes_of = f"{name} R1: yes".encode()
                transcript = Transcript(name, "txt", bytes_of, "R1: " + "y" * 16, "utf-8", turns)
                study.sources.add(transcript, speakers={"R1": Speaker("R1", "respondent", generic=True)})
            rows = [CodingRow(n, name, "A", "Anna", 5, 9) for n, name in enumerate(("one", "two"))]
            study.codings.import_rows(rows, "codings")
            assert frequency_of(study)["persons"] == 2

    def test_without_turns(self, tmp_path: Path) -> None:
        sources = {"s1": SourceData(TEXT, persons=["Rosa"]), "s2": SourceData(TEXT, persons=["Rosa", "Sam"])}
        persons = {"Rosa": PersonData(), "Sam": PersonData()}
        codings = [*put(("Anna", A, 0, 9), source="s1"), *put(("Anna", B, 0, 9), source="s2")]
        with study_of(tmp_path, World(sources, CODES, codings, persons)) as study:
            assert frequency_of(study, "A")["persons"] == 1
            assert frequency_of(study, "B")["persons"] == 0


class TestPassages:
    def test_a_page_head_inside_a_quote(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 10, 90), not_data=((40, 60),)) as study:
            row = frequency_of(study)
        assert (row["passages"], row["characters"], row["share"]) == (1, 60, 60 / 180)

    def test_wholly_inside_a_page_head(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 45, 55), not_data=((40, 60),)) as study:
            assert frequency_of(study)["passages"] == 0

    def test_consensus_in_two_of_ten_sources_keeps_ten(self, tmp_path: Path) -> None:
        names = [f"s{number}" for number in range(1, 11)]
        codings = [coding for name in names for coding in put(("Anna", A, 0, 9), ("Bram", A, 5, 20), source=name)]
        for name in names[:2]:
            codings += put(("Anna", A, 30, 40), ("Anna", A, 50, 60), source=name, layer="consensus")
        with study_of(tmp_path, World({name: SourceData(TEXT) for name in names}, CODES, codings)) as study:
            final = frequency_of(study)
            alone = frequency_of(study, layer="consensus")
            independent = frequency_of(study, layer="independent")
        assert (final["sources"], final["passages"]) == (10, 12)
        assert (alone["sources"], alone["passages"]) == (2, 4)
        assert (independent["sources"], independent["passages"]) == (10, 10)


class TestCooccurrence:
    @pytest.mark.parametrize("coders", [("Anna",), ("Anna", "Bram"), ("Anna", "Bram", "Cem")])
    @pytest.mark.parametrize("within", ["overlap", "source", "0", "50"])
    def test_k_coders_who_agree_make_one(self, tmp_path: Path, coders: tuple[str, ...], within: str) -> None:
        with plain(tmp_path, *((coder, code, 10, 60) for coder in coders for code in (A, B))) as study:
            assert cell(study, within=within) == 1
            assert cell(study, within=within, pool=True) == 1
            assert cell(study, "A", "A", within=within) == 1

    def test_a_disagreement_is_none(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 10, 60), ("Bram", B, 10, 60)) as study:
            assert cell(study) == 0
            assert cell(study, pool=True) == 1

    def test_two_passages_in_one(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 0, 100), ("Anna", A, 100, 200), ("Anna", B, 0, 200)) as study:
            assert cell(study) == 2
            assert cell(study, "A", "B", measure="row") == 2
            assert cell(study, "B", "A", measure="row") == 1
            long = report_function("cooccurrence")(study, Selection(codes=("A", "B")), long=True).table.rows
        assert long == (("A", "B", 2, 1.0, 2, 1),)

    def test_touching(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 0, 100), ("Anna", B, 100, 120)) as study:
            assert cell(study) == 0
            assert cell(study, within="0") == 1

    def test_rolled_up_is_merged_not_added(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", P, 0, 50), ("Anna", P1, 20, 60), ("Anna", A, 0, 100)) as study:
            assert cell(study, "P", "A", Selection(roll_up=True)) == 1
            assert cell(study, "P", "P", Selection(roll_up=True)) == 1


def asked_and_done(coder: str = "Anna") -> dict[str, Any]:
    """Every code asked about in `s`, and the source done with the whole codebook."""
    return {
        "progress": {("s", coder): ProgressData("done", frozenset(CODES))},
        "coverage": dict.fromkeys((("s", code) for code in CODES), True),
    }


class TestStates:
    sources: dict[str, SourceData] = {"s": SourceData(TEXT, attributes={"country": ["NL"]})}  # noqa: RUF012

    def test_a_code_on_leaves_only(self, tmp_path: Path) -> None:
        world = World(self.sources, CODES, put(("Anna", P1, 0, 9)), **asked_and_done())
        with study_of(tmp_path, world) as study:
            row = compared(study, "P", "NL", by=("country",))
            assert (row["state"], row["passages"], row["passages_with_subcodes"]) == ("found", 0, 1)
            assert (row["base"], row["share"], row["share_own"]) == (1, 1.0, 0.0)
            assert (row["per_case"], row["per_case_with_subcodes"]) == (0.0, 1.0)
            assert compared(study, "A", "NL", by=("country",))["state"] == "none found"

    def test_a_code_made_after_interview_11(self, tmp_path: Path) -> None:
        names = [f"s{number}" for number in range(1, 13)]
        with Study.create(tmp_path, coder="Anna") as study:
            for number, name in enumerate(names, start=1):
                transcript = Transcript(name, "txt", name.encode(), TEXT, "utf-8")
                study.sources.add(transcript, speakers={}, language="nl" if number < 12 else "no")
            study.codebook.import_codebook(Codebook("c", {}, (CodeEntry("A"),)), "codes")
            study.progress.import_rows([ProgressRow(name, "Anna", "done") for name in names[:11]], "done")
            study.codebook.add("late")
            study.progress.import_rows([ProgressRow("s12", "Anna", "done")], "done")
            rows = [CoverageRow(name, code, asked=True) for name in names for code in ("A", "late")]
            study.coverage.import_rows(rows, "asked")
            found = {
                (code, language): compared(study, code, language, by=("language",))
                for code in ("A", "late")
                for language in ("nl", "no")
            }
        assert [row["state"] for row in found.values()] == ["none found", "none found", "not yet coded", "none found"]
        assert [row["base"] for row in found.values()] == [11, 1, 0, 1]

    def test_nobody_asked(self, tmp_path: Path) -> None:
        given = asked_and_done() | {"coverage": {("s", A): False, ("s", B): False}}
        with study_of(tmp_path, World(self.sources, CODES, put(("Anna", A, 0, 9)), **given)) as study:
            assert compared(study, "A", "NL", by=("country",))["state"] == "unasked"
            assert compared(study, "B", "NL", by=("country",))["state"] == "not asked"
            assert compared(study, "P", "NL", by=("country",))["state"] == "coverage unknown"

    def test_a_state_beside_a_base_holds_for_a_part(self, tmp_path: Path) -> None:
        """JSON keeps the state's name; who reads the table sees that it is not all of the column."""
        sources = {name: SourceData(TEXT, attributes={"country": ["NL"]}) for name in ("s1", "s2")}
        asked = {("s1", A): True, ("s2", A): False, ("s1", B): False, ("s2", B): False, ("s1", P): True}
        done = {(name, "Anna"): ProgressData("done", frozenset(CODES)) for name in sources}
        world = World(sources, CODES, [], progress=done, coverage=asked)
        with study_of(tmp_path, world) as study:
            report = report_function("comparison")(study, Selection(by=("country",)))
            states = {row[0]: row[report.table.columns.index("state")] for row in report.table.rows}
        assert report.view is not None
        shown = {row[0]: row[1] for row in report.view.rows}
        assert (states["A"], shown["A"]) == ("not asked", "partly not asked [0 of 1]")
        assert (states["B"], shown["B"]) == ("not asked", "not asked")
        assert (states["P"], shown["P"]) == ("coverage unknown", "coverage partly unknown [0 of 1]")

    def test_multi_valued_and_missing(self, tmp_path: Path) -> None:
        sources = {"s1": SourceData(TEXT, attributes={"country": ["NL", "NO"]}), "s2": SourceData(TEXT)}
        codings = [*put(("Anna", A, 0, 9), source="s1"), *put(("Anna", A, 0, 9), source="s2")]
        with study_of(tmp_path, World(sources, CODES, codings)) as study:
            counts = {v: compared(study, "A", v, by=("country",))["passages"] for v in ("NL", "NO", "(missing)")}
            report = report_function("comparison")(study, Selection(codes=("A", "B"), by=("country",)))
            distinct = compared(study, "A", "NL", by=("country",))["distinct_passages"]
        assert (counts, distinct) == ({"NL": 1, "NO": 1, "(missing)": 1}, 2)
        assert any("the cells of 1 of 2 codes add up to more than the distinct" in note for note in report.notes)

    def test_a_value_of_a_case_is_that_cases(self, tmp_path: Path) -> None:
        sources, persons = interview()
        cases = {
            "c1": CaseData("case", ["Rosa"], attributes={"country": ["NL"]}),
            "c2": CaseData("case", ["Rosa"], attributes={"country": ["NO"]}),
        }
        world = World(sources, CODES, put(("Anna", A, 25, 30)), persons, cases)
        with study_of(tmp_path, world) as study:
            rows = [compared(study, "A", value, by=("country",)) for value in ("NL", "NO")]
        assert [(row["passages"], row["cases"]) for row in rows] == [(1, 1), (1, 1)]


class TestStatesOfTheConsensus:
    """Where a consensus is recorded, its codings count, so its completeness decides what an empty cell means."""

    DONE = ProgressData("done", frozenset(CODES))
    IN_PROGRESS = ProgressData("in progress", frozenset())
    AGREED = put(("Anna", B, 0, 9), layer="consensus")

    def state(self, folder: Path, codings: list[CodingData], *states: ProgressData | None, layer: str = "") -> str:
        """The state of A, asked and not found, by the states of Anna and of the consensus."""
        source = SourceData(TEXT, attributes={"country": ["NL"]})
        own, consensus = ({("s", "Anna"): one} if one else {} for one in states)
        world = World({"s": source}, CODES, codings, progress=own, coverage={("s", A): True})
        with study_of(folder, world, consensus=consensus) as study:
            return str(compared(study, "A", "NL", by=("country",), layer=layer)["state"])

    def test_a_done_consensus_though_a_coder_is_not(self, tmp_path: Path) -> None:
        assert self.state(tmp_path, self.AGREED, self.IN_PROGRESS, self.DONE) == "none found"

    def test_a_consensus_in_progress_though_the_coder_is_done(self, tmp_path: Path) -> None:
        assert self.state(tmp_path, self.AGREED, self.DONE, self.IN_PROGRESS) == "not yet coded"

    def test_a_consensus_of_which_nobody_said_that_it_is_done(self, tmp_path: Path) -> None:
        assert self.state(tmp_path, self.AGREED, self.DONE, None) == "not yet coded"

    def test_a_consensus_that_is_only_begun_without_codings_is_none(self, tmp_path: Path) -> None:
        own = put(("Anna", B, 0, 9))
        assert self.state(tmp_path, own, self.DONE, self.IN_PROGRESS) == "none found"

    def test_coders_count_by_their_own_states(self, tmp_path: Path) -> None:
        assert self.state(tmp_path, self.AGREED, self.DONE, self.IN_PROGRESS, layer="independent") == "none found"


class TestEvidence:
    """Behind a figure stand the codings that make what was counted, and no others."""

    def behind(self, study: Study, name: str, report: str = "cooccurrence", **options: Any) -> list[int]:
        """The codings behind a cell, by their number in the list that was put, from 1."""
        found = report_function(report)(study, Selection(), **options).evidence().codings[name]
        return sorted(UUID(one).int for one in found)

    def test_a_coder_of_one_code_alone_is_behind_no_region(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 0, 20), ("Anna", B, 10, 30), ("Bram", A, 5, 25)) as study:
            assert self.behind(study, "A|B") == [1, 2]
            assert self.behind(study, "A|A") == [1, 3]

    def test_whole_passages_are_behind_the_measure_by_row(self, tmp_path: Path) -> None:
        """Bram's coding makes one passage of Anna's two, so it is behind the count of one."""
        rows = [("Anna", A, 0, 10), ("Anna", A, 20, 30), ("Bram", A, 5, 25), ("Anna", B, 2, 4), ("Anna", B, 22, 24)]
        with plain(tmp_path, *rows) as study:
            assert cell(study, measure="row") == 1
            assert self.behind(study, "A|B", measure="row") == [1, 2, 3, 4, 5]
            assert cell(study, "B", "A", measure="row") == 2
            assert self.behind(study, "B|A", measure="row") == [1, 2, 4, 5]

    def test_whole_passages_are_behind_pairs_at_a_distance(self, tmp_path: Path) -> None:
        with plain(tmp_path, ("Anna", A, 0, 10), ("Bram", A, 5, 25), ("Anna", B, 12, 18)) as study:
            assert cell(study, within="5") == 1
            assert self.behind(study, "A|B", within="5") == [1, 2, 3]

    def test_a_coding_of_no_data_is_behind_nothing_unless_it_joins(self, tmp_path: Path) -> None:
        rows = [("Anna", A, 40, 55), ("Bram", A, 51, 58)]
        with plain(tmp_path, *rows, not_data=((50, 60),)) as study:
            assert self.behind(study, "A|passages", "frequency") == [1]
            assert frequency_of(study)["coders"] == 1
        (tmp_path / "joined").mkdir()
        with plain(tmp_path / "joined", *rows, ("Cem", A, 57, 70), not_data=((50, 60),)) as study:
            assert self.behind(study, "A|passages", "frequency") == [1, 2, 3]
            assert (frequency_of(study)["passages"], frequency_of(study)["coders"]) == (1, 3)


class TestNotes:
    """A note stands where it bears on a figure, and nowhere else."""

    NL, NO = {"country": ["NL"]}, {"country": ["NO"]}

    def notes(self, study: Study, report: str = "frequency", options: Any = None, **selected: Any) -> str:
        return " ".join(report_function(report)(study, Selection(**selected), **(options or {})).notes)

    def couple(self, folder: Path) -> Study:
        """A couple, one of whom lives in each country, and a source of each; cases of two kinds."""
        turns = [TurnData(1, 0, 3, 50, "Rosa"), TurnData(2, 50, 53, 100, "Sam")]
        persons = {"Rosa": PersonData(attributes=self.NL), "Sam": PersonData(attributes=self.NO)}
        cases = {"couple": CaseData("household", ["Rosa", "Sam"]), "ministry": CaseData("organisation", [], ["s2"])}
        sources = {"s1": SourceData(TEXT, turns=turns), "s2": SourceData(TEXT)}
        codings = [*put(("Anna", A, 10, 20), source="s1"), *put(("Bram", B, 0, 9), source="s2")]
        return study_of(folder, World(sources, CODES, codings, persons, cases))

    def test_a_case_that_stands_in_several_columns_is_named(self, tmp_path: Path) -> None:
        with self.couple(tmp_path) as study:
            notes = self.notes(study, "comparison", by=("country",))
            assert "Cases in several columns: couple (NL, NO); so" in notes
            assert "than the distinct total, 1." in notes
            assert "several columns" not in self.notes(study, "comparison", by=("kind",))

    def test_a_source_that_stands_in_several_columns_is_named(self, tmp_path: Path) -> None:
        sources = {"s1": SourceData(TEXT, attributes={"country": ["NL", "NO"]}), "s2": SourceData(TEXT)}
        with study_of(tmp_path, World(sources, CODES, [])) as study:
            notes = self.notes(study, "comparison", by=("country",))
            assert "Sources in several columns: s1 (NL, NO); so" in notes
            assert "than the distinct total, 2." in notes
            assert "several columns" not in self.notes(study, "comparison", by=("P",))

    def test_cases_are_named_where_they_are_counted(self, tmp_path: Path) -> None:
        with self.couple(tmp_path) as study:
            assert "'household' (others: --cases 'organisation'): 1 in 2 sources." in self.notes(study)
            assert "'organisation': 1 in 1 source." in self.notes(study, cases="organisation", sources=("s2",))
            assert "Cases are" not in self.notes(study, codes=("P",))
            assert "ases" not in self.notes(study, "cooccurrence")
            assert "Cases are" in self.notes(study, "cooccurrence", {"within": "case"})
            assert "ases" not in self.notes(study, "excerpts")

    def test_pooled_is_said_where_several_coders_gave_the_codes(self, tmp_path: Path) -> None:
        rows = {"s1": [("Anna", A, 0, 9), ("Bram", A, 5, 20), ("Bram", B, 5, 20)], "s2": [("Anna", A, 0, 9)]}
        sources = {"s1": SourceData(TEXT, attributes=self.NL), "s2": SourceData(TEXT, attributes=self.NO)}
        codings = [coding for name, listed in rows.items() for coding in put(*listed, source=name)]
        with study_of(tmp_path, World(sources, CODES, codings)) as study:
            assert "Pooled in 1 of 2 sources: s1 (by Anna and Bram); what" in self.notes(study)
            assert "Pooled in s1 (by Anna and Bram); what" in self.notes(study, sources=("s1",))
            for selected in ({"codes": ("B",)}, {"coders": ("Bram",)}, {"where": (("country", "NO"),)}):
                assert "Pooled" not in self.notes(study, **selected)
            assert "Pooled" not in self.notes(study, "excerpts")

    def test_pooled_nearly_everywhere_is_said_in_short(self, tmp_path: Path) -> None:
        sources = {f"s{number}": SourceData(TEXT) for number in range(1, 6)}
        rows = [("Anna", A, 0, 9), ("Bram", A, 0, 9), ("Cem", A, 0, 9)]
        codings = [
            coding
            for name, number in zip(sources, (2, 2, 2, 3, 1), strict=True)
            for coding in put(*rows[:number], source=name)
        ]
        with study_of(tmp_path, World(sources, CODES, codings)) as study:
            said = "(3 by Anna and Bram, 1 by Anna, Bram and Cem)"
            assert f"Pooled in 4 of 5 sources {said}, not in s5; what" in self.notes(study)
            assert f"Pooled in all 4 sources {said}; what" in self.notes(study, sources=("s1", "s2", "s3", "s4"))

    def test_rules_that_bear_on_nothing_are_not_said(self, tmp_path: Path) -> None:
        source = SourceData(TEXT, attributes=self.NL)
        world = World({"s": source}, CODES, put(("Anna", A, 0, 9)), **asked_and_done())
        with study_of(tmp_path, world) as study:
            assert "'none found'" not in self.notes(study, "comparison", by=("country",), codes=("A",))
            assert "'none found'" in self.notes(study, "comparison", by=("country",), codes=("B",))
            assert "nobody was asked" not in self.notes(study, "comparison", by=("country",))
            assert "With subcodes" not in self.notes(study)
            assert "rolled up" not in self.notes(study, codes=("A",), roll_up=True)
            assert "not shown" not in self.notes(study, "cooccurrence", {"long": True})

    def test_coders_per_source_are_those_who_count(self, tmp_path: Path) -> None:
        sources = {"s1": SourceData(TEXT, attributes=self.NL), "s2": SourceData(TEXT, attributes=self.NO)}
        codings = [
            *put(("Anna", A, 0, 9), ("Bram", A, 0, 9), source="s1"),
            *put(("Anna", A, 0, 9), source="s2"),
            *put(("Anna", A, 0, 9), source="s1", layer="consensus"),
        ]
        with study_of(tmp_path, World(sources, CODES, codings)) as study:
            independent = self.notes(study, "comparison", by=("country",), layer="independent")
            assert "Coders per source differ between columns" in independent
            assert "NL 2.00, NO 1.00" in independent
            for selected in ({}, {"coders": ("Anna",)}):
                assert "Coders per source" not in self.notes(study, "comparison", by=("country",), **selected)

"""The quote matrix, the coverage and the codebook as a document, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from against import by_column
from oracle import CaseData, PersonData, ProgressData, SourceData, TurnData, World
from test_known_answers import put, study_of

from qda.errors import UsageError
from qda.model.selection import Selection
from qda.reports.registry import report_function
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study

BASIC, LIVE, HARD = ("basic",), ("livelihoods",), ("challenges",)
TEXT = "The first words. The second words. The third."
# Per person the codes of one line each: 4 and 1, 2 and 2, 2 and 3, as in a table of 14 returnees.
LINES = ["b", "b", "b", "b", "l", "l", "h", "h", "", "b", "l", "l", "h", "h", "h", ""]


def returnees(folder: Path) -> Study:
    """Sixteen returnees, nine of Iraq and seven of Nigeria; fourteen have one passage."""
    persons, sources, cases, codings = {}, {}, {}, []
    for number, kind in enumerate(LINES, start=1):
        name, country = f"P{number:02}", "Iraq" if number <= 9 else "Nigeria"
        persons[name] = PersonData(attributes={"country": [country]})
        sources[f"s{number}"] = SourceData(TEXT, turns=[TurnData(1, 0, 0, len(TEXT), name)])
        cases[f"R{number:02}"] = CaseData("returnee", [name])
        for sign, code in (("b", BASIC), ("l", LIVE), ("h", HARD)):
            if sign == kind:
                codings += put(("Anna", code, 0, 16), ("Bram", code, 4, 16), source=f"s{number}")
    return study_of(folder, World(sources, [BASIC, LIVE, HARD], codings, persons, cases))


def made(study: Study, name: str, selection: Selection = Selection(), **options: Any) -> Any:  # noqa: B008
    return report_function(name)(study, selection, **options)


def test_quotes_by_country_with_n_of_n(tmp_path: Path) -> None:
    with returnees(tmp_path) as study:
        report = made(study, "quotes", Selection(by=("country",)))
        assert report.view.columns == ("code", "Iraq", "Nigeria")
        assert report.view.rows == (
            ("basic", "4 [4 of 9]", "1 [1 of 7]"),
            ("livelihoods", "2 [2 of 9]", "2 [2 of 7]"),
            ("challenges", "2 [2 of 9]", "3 [3 of 7]"),
        )
        assert report.lead == ("Quoted: 14 of 16 cases (Iraq 8 of 9; Nigeria 6 of 7).",)
        rows = by_column(report)
        assert len(rows) == 14
        assert {(row["text"], row["start"], row["end"], row["coders"]) for row in rows} == {
            ("The first words.", 0, 16, "Anna | Bram")
        }
        evidence = report.evidence()
        assert [len(evidence.codings[cell_name("basic", value)]) for value in ("Iraq", "Nigeria")] == [8, 2]
        assert all(len(str(row["codings"]).split()) == 2 for row in rows)
        (first, *_) = report.parts()
        assert first.table.rows[0] == ("Iraq", "4 of 9", "R01", "The first words.")


def test_quotes_are_cut_short_and_say_so(tmp_path: Path) -> None:
    rows = (("Anna", BASIC, 0, 3), ("Anna", BASIC, 4, 9), ("Anna", BASIC, 17, 20))
    world = World({"s": SourceData(TEXT, attributes={"country": ["NL"]})}, [BASIC, LIVE], put(*rows))
    with study_of(tmp_path, world) as study:
        report = made(study, "quotes", Selection(by=("country",)), per_case=1)
        assert [row["text"] for row in by_column(report)] == ["The"]
        assert any("not shown in the lists below: 2" in note for note in report.notes)
        assert report.view.rows == (("basic", "3 [1 of 1]"),)
        with pytest.raises(UsageError, match="once"):
            made(study, "quotes")


def test_coverage_of_sources(tmp_path: Path) -> None:
    sources = {"s": SourceData("x" * 100, not_data=((0, 20),)), "t": SourceData("y" * 50)}
    rows = put(("Anna", BASIC, 10, 40), ("Bram", LIVE, 30, 60), ("Anna", HARD, 0, 15))
    world = World(
        sources,
        [BASIC, LIVE, HARD],
        rows,
        progress={("s", "Anna"): ProgressData("done", frozenset((BASIC, LIVE, HARD)))},
        coverage={("s", HARD): True, ("t", HARD): False},
    )
    with study_of(tmp_path, world) as study:
        report = made(study, "coverage")
        first, second = by_column(report)
        # 80 characters are data, 20-60 are coded; the passage of `challenges` lies in what is no data.
        assert (first["characters"], first["coded_characters"], first["share_coded"]) == (80, 40, 0.5)
        assert (first["found"], first["none_found"], first["done"], first["no_state"]) == (2, 1, "Anna", "Bram")
        assert (second["coded_characters"], second["not_asked"], second["coverage_unknown"]) == (0, 1, 2)
        evidence = report.evidence()
        assert len(evidence.codings["s|coded_characters"]) == 2
        assert evidence.read == {"t|coded_characters": ["t"]}
        assert "40 of 130" in report.lead[0]


def test_the_codebook_as_a_document(tmp_path: Path) -> None:
    world = World({"s": SourceData(TEXT)}, [BASIC, ("basic", "food"), LIVE], put(("Anna", ("basic", "food"), 0, 5)))
    with study_of(tmp_path, world) as study:
        study.codebook.describe(
            "basic", definition="What one needs.", include="bread", exclude="cake", example="'Rice.'"
        )
        report = made(study, "codebook")
        basic, food, live = report.parts()
        assert [part.heading for part in (basic, food, live)] == ["basic", "basic/food", "livelihoods"]
        assert basic.sentences[:4] == ("What one needs.", "Include: bread", "Exclude: cake", "Example: 'Rice.'")
        assert "Used: 0 passages in 0 sources; with its subcodes 1 passage in 1 source" in basic.sentences[-1]
        assert live.sentences[0] == "No definition is written."
        row = by_column(report)[0]
        assert (row["level"], row["passages"], row["passages_with_subcodes"], row["exclude"]) == (1, 0, 1, "cake")
        assert report.lead == ("3 codes, 2 at the top; 2 without a definition.",)

"""The framework matrix: its cells against the reference, and what makes a summary stale, one thing at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from against import by_column
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import CaseData, PersonData, SourceData, TurnData, World, passages, path
from oracle.passages import codings_of
from oracle.subjects import cases_of
from oracle.world import chosen_codes, chosen_sources
from test_against_oracle import EXAMPLES, FAST, examine
from test_known_answers import put, study_of
from worlds import drawn_worlds, make_study, selections, told

from qda.errors import ConflictError, QdaError, UsageError
from qda.model.selection import Selection
from qda.model.transcript import Transcript
from qda.reports.registry import report_function
from qda.reports.report import cell_name
from qda.reports.summing_up import Wanted, cell_of, confirm, remove, standing, write
from qda.store.coding_lines import CodingRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from oracle import Selection as Asked
    from oracle.passages import Passage

    from qda.reports.report import Report
    from qda.store import Study

A, A1, B = ("A",), ("A", "1"), ("B",)
CODES = [A, A1, B]
TEXT = "one two three four five six seven eight nine ten"


def framework(study: Study, **selected: Any) -> Report:
    return report_function("framework")(study, Selection(**selected))


def themes(world: World, asked: Asked) -> list[tuple[str, ...]]:
    """The codes at the top, or those that are named, without what stands under another that is named."""
    if asked.codes is None:
        return [code for code in world.codes if len(code) == 1]
    named = [code for code in chosen_codes(world, asked) if code in asked.codes]
    if not asked.subcodes:
        return named
    return [code for code in named if not any(code[: len(one)] == one for one in named if one != code)]


@settings(examine, max_examples=max(EXAMPLES // 10, 5))
@given(st.data())
def test_every_cell_equals_the_reference(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        selection = data.draw(selections(drawn))
        report = report_function("framework")(study, selection)
        world, asked = told(drawn, selection)
        expected: dict[tuple[str, str], set[Passage]] = {}
        for theme in themes(world, asked):
            for passage in passages(world, codings_of(world, asked, theme, with_subcodes=asked.subcodes)):
                for case in cases_of(world, passage, asked.cases, asked.roles).cases:
                    expected.setdefault((case, path(theme)), set()).add(passage)
        rows, evidence = by_column(report), report.evidence()
        units = [name for name, case in world.cases.items() if case.kind == asked.cases] or chosen_sources(world, asked)
        assert {(row["case"], row["theme"]) for row in rows} == {
            (unit, path(theme)) for unit in units for theme in themes(world, asked)
        }
        for row in rows:
            found = expected.pop((row["case"], row["theme"]), set())
            assert (row["passages"], row["sources"]) == (len(found), len({one.source for one in found}))
            assert (row["state"] == "open") == bool(found)
            name = cell_name(row["case"], row["theme"])
            assert evidence.codings[name] == sorted({coding for one in found for coding in one.codings})
            assert (name in evidence.read) == (not found)
        assert not expected


def returnees(folder: Path) -> Study:
    """Sixteen returnees of two countries with six themes, as in the study of return decisions."""
    persons = {f"P{n:02}": PersonData(attributes={"country": ["Iraq" if n <= 9 else "Nigeria"]}) for n in range(1, 17)}
    sources = {f"s{n}": SourceData(TEXT, turns=[TurnData(1, 0, 0, len(TEXT), f"P{n:02}")]) for n in range(1, 17)}
    cases = {f"R{n:02}": CaseData("returnee", [f"P{n:02}"]) for n in range(1, 17)}
    codes = [(f"block {n}",) for n in range(1, 7)]
    codings = [*put(("Anna", codes[0], 0, 3), source="s1"), *put(("Anna", codes[5], 4, 7), source="s16")]
    return study_of(folder, World(sources, codes, codings, persons, cases))


def test_sixteen_cases_by_six_blocks_grouped_by_country(tmp_path: Path) -> None:
    with returnees(tmp_path) as study:
        write(study, [Wanted("R01", "block 1", "He was sent.")])
        report = framework(study, by=("country",))
        assert len(report.table.rows) == 96
        assert "16 cases and 6 themes make 96 cells: 1 written, 0 stale, 1 open, 94 without passages." in report.lead
        assert "Cases: Iraq 9; Nigeria 7." in report.lead
        view = report.view
        assert view is not None
        assert [row[1] for row in view.rows] == ["Iraq"] * 9 + ["Nigeria"] * 7
        assert view.rows[0][:3] == ("R01", "Iraq", "written (1)")
        assert view.rows[15][-1] == "open (1)"
        assert all(cell for row in view.rows for cell in row)
        (chart,) = report.parts()
        assert (chart.heading, len(chart.table.rows)) == ("block 1", 16)
        assert chart.table.rows[0] == ("R01", "Iraq", 1, "He was sent.")
        assert report.evidence().read[cell_name("R02", "Iraq", "block 1")] == ["s2"]


def small(folder: Path) -> Study:
    """One interview in which Anna put A, A/1 and B, without cases; the source is the unit."""
    rows = (("Anna", A, 0, 7), ("Anna", A1, 8, 13), ("Anna", B, 14, 18))
    study = study_of(folder, World({"s": SourceData(TEXT)}, CODES, put(*rows)))
    study.coder = "Anna"
    write(study, [Wanted("s", "A", "Counted to three."), Wanted("s", "B", "Four.")])
    return study


def code(study: Study, words: tuple[str, int, int], coder: str = "Anna") -> None:
    study.codings.import_rows([CodingRow(1, "s", words[0], coder, words[1], words[2])], "more")


def remove_first(study: Study) -> None:
    study.codings.remove(next(study.codings.all()).uid)


def move_first(study: Study) -> None:
    study.coding_edits.move(next(study.codings.all()).key, 0, 3)


CHANGES: dict[str, tuple[Any, str]] = {
    "a coding is removed": (remove_first, "1 linked coding gone from the cell"),
    "a coding ends elsewhere": (move_first, "the words of 1 linked coding changed"),
    "a coding gets another code": (
        lambda s: s.coding_edits.recode(next(s.codings.all()).key, s.codebook.get("B").key),
        "1 linked coding gone from the cell",
    ),
    "the definition": (lambda s: s.codebook.describe("A", definition="New."), "a definition changed"),
    "what is excluded from a subcode": (lambda s: s.codebook.describe("A/1", exclude="x"), "a definition changed"),
    "a new passage": (lambda s: code(s, ("A", 30, 40)), "1 passage with new words"),
    "a new passage of a subcode by another coder": (lambda s: code(s, ("A/1", 30, 40), "Bram"), "1 passage with new"),
    "a passage that grew": (lambda s: code(s, ("A", 5, 10), "Bram"), "1 passage with new words"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_makes_a_summary_stale(tmp_path: Path, change: str) -> None:
    with small(tmp_path) as study:
        assert [row["state"] for row in by_column(framework(study))] == ["written", "written"]
        deed, why = CHANGES[change]
        deed(study)
        first = by_column(framework(study))[0]
        assert first["state"] == "stale"
        assert first["stale_because"].startswith(why)
        assert first["summary"] == "Counted to three."
        # It is the cell that is stale, whatever of it somebody looks at.
        assert by_column(framework(study, codes=("A",), coders=("Anna",)))[0]["state"] == "stale"
        study.changes.undo()
        assert by_column(framework(study))[0]["state"] == "written"
        study.changes.redo()
        confirm(study, "s", "A")
        assert by_column(framework(study))[0]["state"] == "written"


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.codebook.rename("A", "Another"),
        lambda s: s.codebook.describe("A", example="Like so."),
        lambda s: s.codebook.add("A/new"),
        lambda s: code(s, ("A", 0, 7), "Bram"),
        lambda s: code(s, ("A", 1, 4), "Bram"),
        lambda s: s.coding_edits.weigh(next(s.codings.all()).key, 0.5),
    ],
)
def test_what_leaves_a_summary_as_it_was(tmp_path: Path, change: Any) -> None:
    with small(tmp_path) as study:
        change(study)
        assert [row["state"] for row in by_column(framework(study))] == ["written", "written"]


def test_a_text_that_changes_around_the_words_changes_nothing(tmp_path: Path) -> None:
    with small(tmp_path) as study:
        longer = f"Well: {TEXT}"
        edit_source(study, "s", Transcript("s", "txt", longer.encode(), longer, "utf-8"), {})
        assert [row["state"] for row in by_column(framework(study))] == ["written", "written"]
        other = longer.replace("two", "twain")
        edit_source(study, "s", Transcript("s", "txt", other.encode(), other, "utf-8"), {})
        assert [row["state"] for row in by_column(framework(study))] == ["stale", "written"]


def test_a_cell_is_written_only_over_what_was_read(tmp_path: Path) -> None:
    with small(tmp_path) as study:
        read = [one.uid for one in standing(study, cell_of(study, "s", "A"))]
        write(study, [Wanted("s", "A", "Other words.")], seen=read)
        with pytest.raises(ConflictError, match="in the meantime"):
            write(study, [Wanted("s", "A", "Third.")], seen=[])
        remove(study, "s", "A")
        assert by_column(framework(study))[0]["state"] == "open"
        for case, theme, body, why in (
            ("s", "A", " ", "needs words"),
            ("nobody", "A", "x", "no source"),
            ("s", "Z", "x", "no code"),
        ):
            before = study.state_hash()
            with pytest.raises(QdaError, match=why):
                write(study, [Wanted("s", "B", "Changed."), Wanted(case, theme, body)])
            assert study.state_hash() == before
        with pytest.raises(QdaError, match="comes twice"):
            write(study, [Wanted("s", "B", "Changed."), Wanted("s", "B", "Again.")])
        with pytest.raises(QdaError, match="nothing is written in s × A"):
            confirm(study, "s", "A")
        with pytest.raises(UsageError, match="one attribute"):
            framework(study, by=("kind", "language"))


def test_summaries_on_subcodes_are_shown_with_their_theme(tmp_path: Path) -> None:
    with small(tmp_path) as study:
        write(study, [Wanted("s", "A/1", "Three.")])
        assert any("A/1 (1); --code shows them" in note for note in framework(study).notes)
        report = framework(study, codes=("A/1",))
        assert [row["summary"] for row in by_column(report)] == ["Three."]
        assert by_column(report)[0]["state"] == "written"


def test_a_code_that_is_merged_takes_its_summaries_along(tmp_path: Path) -> None:
    with small(tmp_path) as study:
        study.codebook.merge("B", "A")
        first = by_column(framework(study))[0]
        assert (first["summary"], first["written_by"]) == ("Counted to three.\n\nFour.", "Anna")
        assert any("Written twice" in note for note in framework(study).notes)

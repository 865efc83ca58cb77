"""The registers: persons, cases, attributes and coverage are edited by key, kept in the file, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from table_world import LARGE, SMALL, cleared, pasted, play, says, shows, small_study, state, typed

from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.tui.registers import RegistersScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from table_world import Step
    from textual.pilot import Pilot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_study(tmp_path / "study")


def one_change(folder: Path, steps: Sequence[Step], size: tuple[int, int] = SMALL) -> None:
    """Take the steps; prove that they are one action, which u takes back and U brings again, also later."""
    before, log = state(folder), changes(folder)
    play(folder, RegistersScreen, steps, size)
    after = state(folder)
    assert after != before
    assert changes(folder) == log + 1

    async def as_before(pilot: Pilot[None]) -> None:
        assert state(folder) == before

    play(folder, RegistersScreen, ["u", says("taken back"), as_before, "ctrl+y", says("done again")])
    assert state(folder) == after


def unchanged(folder: Path, steps: Sequence[Step]) -> None:
    before, log = state(folder), changes(folder)
    play(folder, RegistersScreen, steps)
    assert state(folder) == before
    assert changes(folder) == log


def changes(folder: Path) -> int:
    with Study.open(folder) as study:
        return len(study.changes.all())


def values(folder: Path, target: str) -> dict[str, dict[str, tuple[str, ...]]]:
    with Study.open(folder) as study:
        nouns: Any = {"source": study.sources, "person": study.persons, "case": study.cases}[target]
        names = {one.key: one.name for one in nouns.all()}
        return {names[key]: found for key, found in study.attributes.of(target).items()}


# --- all of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 50), (40, 10)])
def test_the_tabs_are_turned(folder: Path, size: tuple[int, int]) -> None:
    moves = ["down", "right", "right", "end", "home", "G", "g", "O", "O", "O"]
    steps = [shows("1 Persons"), *moves, "2", *moves, "3", *moves, "4", *moves, "tab", *moves, "shift+tab"]
    steps += [shows("coverage: 3"), "shift+tab", shows("attributes: 3"), "t", *moves, "t", *moves, "t"]
    play(folder, RegistersScreen, steps if size[0] > 40 else [step for step in steps if isinstance(step, str)], size)


def test_a_register_is_found_as_it_was_left(folder: Path) -> None:
    steps = ["down", "down", "f", *typed("a", "enter"), "3", "right", "1", shows("has 'a' in it"), "escape"]
    play(folder, RegistersScreen, [*steps, shows("persons: 6 persons"), "3", shows("kind of amal")])


def test_the_mouse_turns_the_tabs(folder: Path) -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("Tabs", offset=(17, 0))

    play(folder, RegistersScreen, [click, shows("There are no cases yet")])


def test_a_key_of_another_register_says_where_it_works(folder: Path) -> None:
    steps = ["space", says("among the cases (2) and in the coverage (4)"), "x", says("a person stays")]
    steps += ["Y", says("coverage: 4 shows them"), "4", "p", says("persons: 1"), "M", says("persons: 1"), "a"]
    unchanged(folder, [*steps, says("nothing to add here"), "t", "ctrl+v", says("attributes: 3 shows them")])


def test_an_empty_study_says_what_to_do(tmp_path: Path) -> None:
    Study.create(tmp_path / "new", coder="anna").close()
    keys = ["enter", "e", "a", "escape", "space", "M", "p", "t", "x", "space", "Y", "O", "down", ":", "escape", "u"]
    steps = [shows("There are no persons yet"), *keys, "2", shows("There are no cases yet"), *keys]
    steps += ["3", shows("There are no sources yet"), *keys, shows("There are no persons yet")]
    play(tmp_path / "new", RegistersScreen, [*steps, "4", shows("There are no codes yet"), *keys], SMALL)


def test_help_is_there(folder: Path) -> None:
    play(folder, RegistersScreen, ["question_mark", shows("Keys of registers"), "escape", "f1", shows("Keys")])


# --- persons ------------------------------------------------------------------------------------------------


def persons(folder: Path) -> dict[str, str]:
    with Study.open(folder) as study:
        return {person.name: person.role for person in study.persons.all()}


def test_persons_with_where_and_for_whom_they_speak(folder: Path) -> None:
    steps = [
        shows("persons: 6 persons"),
        "f",
        *typed("interpreter", "enter"),
        shows("persons: 1 of 6 persons"),
        shows("Amal"),
    ]
    play(folder, RegistersScreen, [*steps, shows("amal (1 turn for Amal)"), "escape"], SMALL)
    play(folder, RegistersScreen, [shows("spoken for:  by Tolk in amal")], SMALL)


def test_a_person_gets_another_name_and_role(folder: Path) -> None:
    one_change(folder, ["enter", *cleared("Amal K.", "tab"), *cleared("ot", "enter"), says("Amal K. is saved")])
    assert persons(folder)["Amal K."] == "other"
    unchanged(folder, ["e", *cleared("Bilal", "enter"), shows("there is a person named 'Bilal' already"), "escape"])
    unchanged(folder, ["e", "tab", *cleared("boss", "enter"), shows("the role 'boss' is not one of"), "escape"])


def test_somebody_is_added(folder: Path) -> None:
    one_change(folder, ["a", *typed("Noor", "enter"), says("Noor is added")])
    assert persons(folder)["Noor"] == "respondent"
    unchanged(folder, ["a", *typed("noor", "enter"), shows("there is a person named 'noor' already"), "escape"])


def test_two_persons_become_one(folder: Path) -> None:
    steps = ["f", *typed("amal/I", "enter"), "M", *typed("bilal/I", "enter"), shows("the same person?")]
    unchanged(folder, [*steps, "escape"])
    one_change(folder, [*steps, "enter", says("amal/I is bilal/I now")])
    assert "amal/I" not in persons(folder)
    with Study.open(folder) as study:
        key = study.persons.find("bilal/I")
        assert len(study.persons.sources_of()[key]) == 2


def test_for_whom_somebody_speaks(folder: Path) -> None:
    steps = ["p", shows("Who speaks: Amal and others"), "down", "down", "enter", *typed("Omar", "enter")]
    one_change(folder, [*steps, shows("Omar"), "escape", shows("persons: 7 persons")])
    with Study.open(folder) as study:
        turns = study.sources.turns(study.sources.get("amal").revision_key)
        assert turns[2].speaks_for == study.persons.find("Omar")
    unchanged(folder, ["p", "down", "down", "enter", "escape", "escape", shows("persons: 7 persons")])


# --- cases --------------------------------------------------------------------------------------------------


def members(folder: Path) -> dict[str, set[str]]:
    with Study.open(folder) as study:
        names = {one.key: one.name for nouns in (study.sources, study.persons) for one in nouns.all()}
        found: dict[str, set[str]] = {case.name: set() for case in study.cases.all()}
        cases = {case.key: case.name for case in study.cases.all()}
        for case_, member, _ in study.cases.members():
            found[cases[case_]].add(names[member])
        return found


def test_a_case_is_added_and_renamed(folder: Path) -> None:
    one_change(folder, ["2", "a", *typed("Shelter", "tab"), *typed("organisation", "enter"), says("Shelter is added")])
    one_change(folder, ["2", "enter", *cleared("House", "enter"), says("House is saved")])
    unchanged(folder, ["2", "a", *typed("House", "enter"), shows("there is a case named 'House' already"), "escape"])
    with Study.open(folder) as study:
        assert [(case.name, case.kind) for case in study.cases.all()] == [("House", "organisation")]


def test_members_come_and_go_together(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.cases.import_rows([CaseRow("A", "person", ("Amal",)), CaseRow("B", "person", ("Amal", "Bilal"))], "cases")
    tick = ["tab", *typed("bilal"), "tab", "down", "tab"]
    one_change(folder, ["2", "space", shows("✓"), *tick, "enter", says("A gathers")], LARGE)
    assert members(folder)["B"] == {"Amal", "Bilal"}
    assert "Amal" not in members(folder)["A"]
    assert len(members(folder)["A"]) == 2
    unchanged(folder, ["2", "space", "tab", "escape"])
    unchanged(folder, ["2", "space", "enter", says("it was so already")])


def test_a_case_is_removed_after_a_question(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.cases.import_rows([CaseRow("A", "person", ("Amal",)), CaseRow("B", "person", ("Bilal",))], "cases")
    asked = ["2", "x", shows("Remove the case A?"), shows("It gathers 1 person and 0 sources, which stay.")]
    unchanged(folder, [*asked, "escape"])
    one_change(folder, [*asked, "enter", says("the case A is removed"), shows("1 case")])
    assert set(members(folder)) == {"B"}


def test_numbers_and_nouns_agree(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.cases.import_rows([CaseRow("A", "person")], "cases")
    steps = ["2", "space", *typed("Bilal"), "tab", "enter", says("A gathers 1 person and 0 sources")]
    play(folder, RegistersScreen, steps, LARGE)


def test_the_mouse_ticks(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.cases.import_rows([CaseRow("A", "person")], "cases")

    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("Chooser Grid", offset=(8, 1))

    one_change(folder, ["2", "space", click, "enter"])
    assert len(members(folder)["A"]) == 1


# --- attributes ---------------------------------------------------------------------------------------------


def test_cells_are_typed(folder: Path) -> None:
    one_change(folder, ["3", "right", "right", "enter", *cleared("Norwegian", "enter"), says("language of amal")])
    assert values(folder, "source")["amal"]["language"] == ("no",)
    one_change(folder, ["3", "t", "a", *typed("country", "enter"), says("country is added")])
    one_change(folder, ["3", "t", "right", "enter", *typed("Iraq | Syria|Iraq", "enter")])
    assert values(folder, "person") == {"Amal": {"country": ("Iraq", "Syria")}}
    unchanged(folder, ["3", "t", "right", "enter", *typed("x"), "escape"])
    unchanged(folder, ["3", "t", "right", "enter", "enter"])
    unchanged(folder, ["3", "enter", says("this column says whose"), "x", says("this column says whose")])


def test_tab_goes_on_to_the_right_and_enter_down(folder: Path) -> None:
    steps = ["3", "right", "enter", *cleared("letter", "tab"), *cleared("no", "tab"), *cleared("2021", "tab")]
    play(folder, RegistersScreen, steps)
    assert values(folder, "source")["amal"] == {"kind": ("letter",), "language": ("no",), "date": ("2021",)}
    play(folder, RegistersScreen, ["3", "right", "enter", "enter", "enter", *cleared("survey", "enter")])
    assert values(folder, "source")["bilal"]["kind"] == ("survey",)


def test_what_does_not_fit_is_refused_and_can_be_mended(folder: Path) -> None:
    play(folder, RegistersScreen, ["3", "a", *typed("age", "tab"), *cleared("num", "enter")])
    with Study.open(folder) as study:
        assert study.attributes.all() == [("age", "source", "number")]
    wrong = ["3", "end", "enter", *typed("many", "enter"), says("'many' is no number for 'age'")]
    unchanged(folder, [*wrong, "escape"])
    one_change(folder, [*wrong, *cleared("41", "enter")])
    assert values(folder, "source")["amal"]["age"] == ("41",)
    unchanged(folder, ["3", "a", *typed("Age", "enter"), shows("have an attribute 'Age' already"), "escape"])


def test_cells_are_emptied(folder: Path) -> None:
    one_change(folder, ["3", "right", "right", "delete", says("language of amal is empty")])
    assert "language" not in values(folder, "source")["amal"]
    one_change(folder, ["3", "down", "end", "enter", *cleared("", "enter"), says("date of bilal: empty")])
    unchanged(folder, ["3", "right", "delete", says("every source has a kind")])
    unchanged(folder, ["3", "right", "right", "x", says("it was so already")])


def test_a_block_is_pasted_from_the_cursor_on(folder: Path) -> None:
    one_change(folder, ["3", "right", pasted("letter\tDutch\r\nsurvey\t\r\n"), says("3 pasted cells from amal on")])
    assert values(folder, "source")["amal"] == {"kind": ("letter",), "language": ("nl",)}
    assert values(folder, "source")["bilal"] == {"kind": ("survey",), "date": ("2024-05",)}
    unchanged(folder, ["3", "right", pasted("a\tb\tc\td"), says("1 line of 4 cells do not fit")])
    unchanged(folder, ["3", "right", pasted("a\na\na\na"), says("4 lines of 1 cell do not fit")])
    unchanged(folder, ["3", "end", pasted("2024\nsoon\n"), says("'soon' is no date")])
    unchanged(folder, ["3", pasted("a"), says("this column says whose")])
    unchanged(folder, ["3", "right", pasted("  \n"), says("there is nothing in what was pasted")])
    unchanged(folder, [pasted("a\tb"), says("tables are pasted in the grid of attributes")])


def test_a_block_goes_where_it_is_seen(folder: Path) -> None:
    one_change(folder, ["3", "f", *typed("notes", "enter"), "right", pasted("letter")])
    assert values(folder, "source")["notes"]["kind"] == ("letter",)


def test_a_table_with_a_header_is_imported_after_a_question(folder: Path) -> None:
    table = "person;country;age:number\rAmal;Iraq|Syria;41\rBilal;;30\r"
    unchanged(folder, ["3", pasted(table), shows("Import 2 attributes for 2 persons?"), "escape"])
    steps = ["3", pasted(table), shows("3 cells filled, 0 replaced"), shows("New attributes: country, age"), "enter"]
    one_change(folder, [*steps, says("pasted table: 2 attributes of 2 persons"), shows("Iraq|Syria")], LARGE)
    found = {"Amal": {"country": ("Iraq", "Syria"), "age": ("41",)}, "Bilal": {"age": ("30",)}}
    assert values(folder, "person") == found
    again = "name,age\nAmal,42\nBilal,30\n"
    one_change(folder, ["3", "t", pasted(again), shows("0 cells filled, 1 replaced, 1 as they are"), "enter"])
    assert values(folder, "person")["Amal"]["age"] == ("42",)


def test_a_wrong_table_is_refused_whole(folder: Path) -> None:
    unchanged(folder, ["3", pasted("source,date\namal,2024\nnobody,2024\n"), says("no source named 'nobody'")])
    unchanged(folder, ["3", pasted("source,date\namal,2024\nbilal\n"), says("too few cells")])
    unchanged(folder, ["3", pasted("source,date\namal,2024\nbilal,soon\n"), "enter", says("'soon' is no date")])
    unchanged(folder, ["3", pasted("source,language\namal,Klingon\n"), says("no language known here")])


def test_lines_with_the_same_sign_between_are_cells(folder: Path) -> None:
    one_change(folder, ["3", "right", pasted("letter;nl\nsurvey;en"), says("4 pasted cells")])
    one_change(folder, ["3", "t", "a", *typed("place", "enter")])
    one_change(folder, ["3", "t", "right", pasted("The Hague, NL"), says("1 pasted cell from Amal on")])
    assert values(folder, "person")["Amal"]["place"] == ("The Hague, NL",)


def test_while_a_cell_is_typed_the_cursor_stays(folder: Path) -> None:
    one_change(folder, ["3", "right", "enter", "down", "up", "pagedown", *cleared("letter", "enter")])
    assert values(folder, "source")["amal"]["kind"] == ("letter",)


def test_what_was_copied_here_is_pasted_by_key(folder: Path) -> None:
    async def copy(pilot: Pilot[None]) -> None:
        pilot.app.copy_to_clipboard("letter")

    unchanged(folder, ["3", "right", "ctrl+v", says("nothing was copied here")])
    one_change(folder, ["3", "right", copy, "ctrl+v"])
    assert values(folder, "source")["amal"]["kind"] == ("letter",)


def test_a_column_is_found_by_name(folder: Path) -> None:
    play(folder, RegistersScreen, ["3", ":", *typed("dat", "enter"), shows("date of amal")])


# --- coverage -----------------------------------------------------------------------------------------------


def coverage(folder: Path) -> list[tuple[str, str, bool]]:
    with Study.open(folder) as study:
        return study.coverage.all()


def test_asked_not_asked_unknown(folder: Path) -> None:
    one_change(folder, ["4", "right", "space", says("amal on trust: asked"), shows("yes"), shows("(yes)")])
    assert coverage(folder) == [("amal", "trust", True)]
    play(folder, RegistersScreen, ["4", "right", "right", shows("asked, because of trust")], SMALL)
    one_change(folder, ["4", "right", "enter", says("amal on trust: not asked"), shows("(no)")])
    assert coverage(folder) == [("amal", "trust", False)]
    one_change(folder, ["4", "right", "space", says("amal on trust: unknown")])
    assert coverage(folder) == []
    unchanged(folder, ["4", "space", says("go to a code first")])


def test_all_sources_get_what_one_has(folder: Path) -> None:
    play(folder, RegistersScreen, ["4", "right", "space"])
    one_change(folder, ["4", "right", "Y", says("2 sources on trust: asked")])
    assert [asked for _, _, asked in coverage(folder)] == [True, True, True]
    unchanged(folder, ["4", "right", "Y", says("have that for trust already")])
    play(folder, RegistersScreen, ["4", "right", "space", "space"])
    one_change(folder, ["4", "right", "Y", says("2 sources on trust: unknown")])
    assert coverage(folder) == []


def test_many_values_many_rows(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.cases.import_rows([CaseRow(f"case {number:03}") for number in range(300)], "cases")
        rows = [AttributeRow(f"case {number:03}", {"x": (str(number),)}) for number in range(300)]
        study.attributes.import_rows("case", {"x": "number"}, rows, "values")
    steps = ["2", "G", shows("case 299"), "3", "t", "t", "G", "right", shows("x of case 299"), "O", "O", "g"]
    play(folder, RegistersScreen, [*steps, shows("▸ case 299")], SMALL)


# --- facts and datasets -------------------------------------------------------------------------------------


def facts(folder: Path) -> list[tuple[str, str, str, str]]:
    with Study.open(folder) as study:
        return [(one.about, one.measure.name, one.value, one.note) for one in study.facts.all()]


def test_facts_are_added_edited_and_removed_and_datasets_are_read(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.cases.import_rows([CaseRow("Shelter", "organisation")], "cases")
        study.datasets.add("register", b"id,outcome\n1,gone\n2,stayed\n", "utf-8", origin="external, a register")
    filled = ["5", shows("There are no facts yet"), "a", *typed("case=Shelter", "tab"), *typed("rooms", "tab")]
    filled += [*typed("31", "tab"), *typed("number", "tab"), *typed("a yearbook", "enter")]
    one_change(folder, [*filled, shows("external, a yearbook")])
    assert facts(folder) == [("case=Shelter", "rooms", "31", "")]
    unchanged(folder, ["5", "e", *cleared("many", "enter"), shows("'many' is no number for 'rooms'"), "escape"])
    one_change(folder, ["5", "e", *cleared("32", "tab"), *typed("in winter", "enter")])
    assert facts(folder) == [("case=Shelter", "rooms", "32", "in winter")]
    last = ["5", "a", *["tab"] * 7, shows("note"), shows("Enter saves"), "escape"]
    play(folder, RegistersScreen, last, SMALL)
    one_change(folder, ["5", "x", shows("There are no facts yet")])
    unchanged(folder, ["6", shows("outcome (text)"), "a", says("qda dataset --help"), "e", "x"])


def test_what_a_person_says_is_kept_confidential(folder: Path) -> None:
    play(folder, RegistersScreen, ["%", says("is confidential — u takes it back"), shows("· confidential")])
    with Study.open(folder) as study:
        assert [one.kind for one in study.sensitive.all()] == ["person"]
    play(folder, RegistersScreen, ["%", says("is not confidential any more"), shows("· confidential", no=True)])
    with Study.open(folder) as study:
        assert study.sensitive.all() == []

"""The screen of sources: every key does its deed, the file holds it, and undo leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from table_world import LARGE, SMALL, add, cleared, play, says, screen_text, shows, small_study, spoken, state, typed

from qda.cli.main import main
from qda.store import Study
from qda.store.progress import ProgressRow
from qda.tui.sources import SourcesScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_study(tmp_path / "study")


def progress(folder: Path) -> dict[tuple[str, str], str]:
    with Study.open(folder) as study:
        return {(source, coder): said for source, coder, _, said, _ in study.progress.all()}


def fields(folder: Path, name: str) -> tuple[str, str, str]:
    with Study.open(folder) as study:
        source = study.sources.get(name)
    return source.kind, source.language, source.date


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 50), (40, 10)])
def test_everything_about_a_source_is_on_the_screen(folder: Path, size: tuple[int, int]) -> None:
    steps = [shows("amal"), "down", "down", "up", "right", "left", "end", "home", "G", "g", "pagedown", "pageup"]
    if size == SMALL:
        steps += [shows("transcript · nl · 3 turns · 3 people · 9 words · 47 characters"), shows("anna 2")]
        steps += [shows("3 sources · 0 done by anna"), shows("Enter open"), shows("? help")]
    play(folder, SourcesScreen, steps, size)


def test_enter_opens_the_source_where_it_was_left(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.desk.leave(study.sources.get("bilal").key, 7)
    assert play(folder, SourcesScreen, ["down", "enter"]).opened == [("bilal", 7)]


def test_a_second_click_opens_the_source(folder: Path) -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("Grid", offset=(4, 3))

    assert play(folder, SourcesScreen, [click]).opened == []
    assert play(folder, SourcesScreen, [click, click]).opened == [("notes", 0)]


def test_done_and_in_progress(folder: Path) -> None:
    before = state(folder)
    play(folder, SourcesScreen, ["D", shows("● done"), says("'amal': done by anna — u takes it back")])
    assert progress(folder) == {("amal", "anna"): "done"}
    play(folder, SourcesScreen, ["D", shows("◐ in")])
    assert progress(folder) == {("amal", "anna"): "in progress"}
    play(folder, SourcesScreen, ["u", "u", says("taken back: 'amal': done by anna")])
    assert progress(folder) == {}
    assert state(folder) == before
    play(folder, SourcesScreen, ["U"])
    assert progress(folder) == {("amal", "anna"): "done"}


def test_a_translation_says_of_what(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.translations.link("amal", "bilal")
    play(folder, SourcesScreen, [shows("translation of bilal")])


def test_sources_are_kept_confidential(folder: Path) -> None:
    play(folder, SourcesScreen, ["space", "space", "%", says("confidential — u takes it back"), shows("confidential")])
    with Study.open(folder) as study:
        assert {(one.kind, one.name) for one in study.sensitive.all()} == {("source", "amal"), ("source", "bilal")}
    play(folder, SourcesScreen, ["space", "space", "%", says("not confidential any more — u takes it back")])
    with Study.open(folder) as study:
        assert study.sensitive.all() == []
    play(folder, SourcesScreen, ["u"])
    with Study.open(folder) as study:
        assert len(study.sensitive.all()) == 2


def test_what_is_ticked_is_done_together(folder: Path) -> None:
    play(folder, SourcesScreen, ["space", "space", shows("2 ticked"), shows("✓amal"), "D"])
    assert progress(folder) == {("amal", "anna"): "done", ("bilal", "anna"): "done"}
    play(folder, SourcesScreen, ["u"])
    assert progress(folder) == {}


def test_a_source_is_assigned_to_somebody(folder: Path) -> None:
    play(folder, SourcesScreen, ["P", *typed("bram", "enter"), shows("○ ass"), says("'amal': assigned to bram")])
    assert progress(folder) == {("amal", "bram"): "assigned"}
    play(folder, SourcesScreen, ["D", "P", *typed("anna", "enter"), says("anna has a state on 'amal' already")])
    assert progress(folder)["amal", "anna"] == "done"
    play(folder, SourcesScreen, ["space", "space", "space", "P", *typed("bra", "enter")])
    assert {key for key, said in progress(folder).items() if said == "assigned"} == {
        (name, "bram") for name in ("amal", "bilal", "notes")
    }
    play(folder, SourcesScreen, ["P", *typed("a|b", "enter"), says("cannot be a coder's name")])
    play(folder, SourcesScreen, ["P", "escape", shows("Enter open")])


def test_sources_are_written_for_word_as_the_command_does(folder: Path, tmp_path: Path) -> None:
    file = folder / "exports" / "amal.docx"
    play(folder, SourcesScreen, ["E", says("Written: exports/amal.docx")])
    there = tmp_path / "there.docx"
    assert main(["--study", str(folder), "--coder", "anna", "export", "docx", "amal", "-o", str(there)]) == 0
    assert file.read_bytes() == there.read_bytes()
    file.write_text("mine")
    play(folder, SourcesScreen, ["E", shows("Replace 1 file?"), "escape"])
    assert file.read_text() == "mine"
    play(folder, SourcesScreen, ["space", "space", "E", "enter", says("Written: 2 files in exports/")])
    assert file.read_bytes() == there.read_bytes()


def test_kind_language_and_date(folder: Path) -> None:
    form = ["e", *cleared("letter", "tab"), *cleared("Norwegian", "tab"), *cleared("2024-06-01")]
    play(folder, SourcesScreen, [*form, "enter", says("kind, language, date of 'amal' saved")], SMALL)
    assert fields(folder, "amal") == ("letter", "no", "2024-06-01")
    play(folder, SourcesScreen, ["u"])
    assert fields(folder, "amal") == ("transcript", "nl", "")
    wrong = ["e", "tab", "tab", *cleared("soon", "enter"), shows("'soon' is no date"), "escape", shows("Enter open")]
    play(folder, SourcesScreen, wrong)
    play(folder, SourcesScreen, ["e", "tab", *cleared("Klingon", "enter"), shows("no language known here"), "escape"])
    play(folder, SourcesScreen, ["e", *cleared("", "enter"), shows("every source has a kind"), "escape"])
    assert fields(folder, "amal") == ("transcript", "nl", "")


def test_only_what_is_changed_is_changed_in_all_that_are_ticked(folder: Path) -> None:
    play(folder, SourcesScreen, ["space", "space", "e", "tab", "tab", *cleared("2023", "enter")])
    assert [fields(folder, name) for name in ("amal", "bilal", "notes")] == [
        ("transcript", "nl", "2023"),
        ("transcript", "", "2023"),
        ("notes", "", ""),
    ]


def test_rows_are_narrowed_and_sorted(folder: Path) -> None:
    play(
        folder,
        SourcesScreen,
        ["f", *typed("NOT"), shows("ONLY what has 'NOT' in it: 1 of 3 · Esc shows all"), shows("amal", no=True)],
    )
    play(folder, SourcesScreen, ["f", *typed("not", "enter", "escape"), shows("3 sources · 0")])
    play(folder, SourcesScreen, ["f", *typed("not", "escape"), shows("3 sources · 0")])
    play(folder, SourcesScreen, ["f", *typed("zzz?", "enter"), shows("nothing has 'zzz?' in it"), "enter", "D", "p"])

    async def order(pilot: Pilot[None]) -> list[str]:
        return [row.name for row in pilot.app.screen.listing.shown]  # type: ignore[attr-defined]

    seen: list[list[str]] = []

    async def look(pilot: Pilot[None]) -> None:
        seen.append(await order(pilot))

    play(folder, SourcesScreen, ["right", "right", "right", "right", "O", look, "O", look, "O", look, shows("amal")])
    assert seen == [["notes", "bilal", "amal"], ["amal", "bilal", "notes"], ["amal", "bilal", "notes"]]


def test_the_name_of_a_column_sorts(folder: Path) -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("Grid", offset=(4, 0))

    play(folder, SourcesScreen, [click, shows("source▲"), click, shows("source▼"), shows("▸ amal"), click])


def test_while_one_filters_the_cursor_moves(folder: Path) -> None:
    assert play(folder, SourcesScreen, ["f", *typed("a"), "down", "enter", "enter"]).opened == [("bilal", 0)]


def test_what_is_typed_ahead_goes_into_the_filter(folder: Path) -> None:
    async def burst(pilot: Pilot[None]) -> None:
        await pilot.press("f", *typed("bilD"), "backspace", "enter")

    play(folder, SourcesScreen, [burst, shows("what has 'bil' in it: 1 of 3")])
    assert progress(folder) == {}


def test_a_folder_comes_in_file_by_file(folder: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "karim.txt").write_text("I: Who?\n\nKarim: Me.\n\nI: Why?\n\nKarim: So.\n", encoding="utf-8")
    (inbox / "omar.md").write_text("Some words.\n", encoding="utf-8")
    (inbox / "book.yaml").write_text("codes:\n- name: hope\n", encoding="utf-8")
    (inbox / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    steps = ["a", *cleared(str(inbox), "tab", "tab"), *cleared("nl", "enter")]
    steps += [shows("Who speaks in 2 files?"), shows("Enter imports"), "enter", shows("photo.png: left out"), "escape"]
    play(folder, SourcesScreen, [*steps, says("2 sources taken in; 1 codebook taken over"), shows("karim")])
    with Study.open(folder) as study:
        assert set(study.sources.names()) == {"amal", "bilal", "notes", "karim", "omar"}
        assert study.codebook.get("hope")
        assert len(study.sources.turns(study.sources.get("karim").revision_key)) == 4
    assert fields(folder, "karim") == ("transcript", "nl", "")
    play(folder, SourcesScreen, ["a", *cleared(str(inbox / "omar.md"), "enter"), says("0 sources taken in; 1 here")])
    play(folder, SourcesScreen, ["u", "u", "u", says("taken back")])
    with Study.open(folder) as study:
        assert set(study.sources.names()) == {"amal", "bilal", "notes"}


def test_a_survey_comes_in_as_it_is_proposed_or_changed(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "asked.csv"
    rows = "".join(f"R{n},NL,{n},We waited for number {n} in the cold for hours.,x{n}@x.nl\n" for n in (1, 2, 3))
    table.write_text("nr,country,weeks,What was hardest?,mail\n" + rows, encoding="utf-8")
    ask = ["a", *cleared(str(table), "enter"), shows("What the columns of asked.csv are"), shows("What was hardest?")]
    ask += [shows("Enter takes them in"), shows("Left out")]
    before = state(folder)
    play(folder, SourcesScreen, [*ask, "escape"])
    assert state(folder) == before
    wrong = [*cleared("number", "enter"), shows("the table has no column 'number'")]
    play(folder, SourcesScreen, [*ask, *wrong, *cleared("nr", "enter"), says("3 respondents came in, 0 here already")])
    with Study.open(folder) as study:
        assert {"asked R1", "asked R2", "asked R3"} <= set(study.sources.names())
        assert study.attributes.of("case")[study.cases.find("asked R2")] == {"country": ("NL",), "weeks": ("2",)}
    table.write_text(table.read_text("utf-8").replace("R1,NL", "R1,NO"), "utf-8")
    told = [shows("asked R1: 'country' is 'NO' now; the study keeps 'NL'"), "escape"]
    play(folder, SourcesScreen, [*ask, "enter", *told, says("0 respondents came in, 3 here already"), "u"])
    with Study.open(folder) as study:
        assert "asked R1" not in study.sources.names()


def test_speakers_of_a_folder_are_confirmed_in_one_table(folder: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, label in (("karim", "Karim"), ("omar", "Omar")):
        words = f"I: Who?\n\n{label}: Me.\n\nI: Why?\n\n{label}: So.\n"
        (inbox / f"{name}.txt").write_text(words, encoding="utf-8")
    before = state(folder)
    ask = ["a", *cleared(str(inbox), "enter"), shows("Who speaks in 2 files?")]
    play(folder, SourcesScreen, [*ask, "escape", says("nothing was taken in")])
    assert state(folder) == before
    # I interviews in both, Karim becomes an interpreter, Omar is no speaker
    changed = ["down", "r", shows("interviewer"), "r", "down", "space", shows("· no")]
    play(folder, SourcesScreen, [*ask, *changed, "enter", says("2 sources taken in")])
    with Study.open(folder) as study:
        roles = {person.name: person.role for person in study.persons.all()}
        assert roles["Karim"] == "interpreter"
        assert "Omar" not in roles
        turns = {name: study.sources.turns(study.sources.get(name).revision_key) for name in ("karim", "omar")}
        assert [turn.label for turn in turns["karim"]] == ["I", "Karim", "I", "Karim"]
        assert [turn.label for turn in turns["omar"]] == ["I", "I"]


def test_the_consensus_has_a_column_of_its_own(folder: Path) -> None:
    play(folder, SourcesScreen, [shows("consensus", no=True)])
    with Study.open(folder, coder="anna") as study:
        rows = [ProgressRow("amal", "anna", "done", layer="consensus"), ProgressRow("amal", "anna", "in progress")]
        study.progress.import_rows(rows, "states")

    async def look(pilot: Pilot[None]) -> None:
        lines = screen_text(pilot).splitlines()
        head = next(line for line in lines if "consensus" in line)
        amal = next(line for line in lines if "▸ amal" in line)
        at = head.index("consensus")
        assert amal[at:].startswith("● done")
        assert "◐" in amal[: head.index("consensus")]

    play(folder, SourcesScreen, [look, shows("anna ◐ in progress · consensus ● done")])


def test_what_cannot_come_in_is_said(folder: Path, tmp_path: Path) -> None:
    before = state(folder)
    play(folder, SourcesScreen, ["a", "enter", shows("type the path"), "escape"])
    play(
        folder, SourcesScreen, ["a", *cleared(str(tmp_path / "no"), "enter"), shows("there is no such file"), "escape"]
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    play(folder, SourcesScreen, ["a", *cleared(str(tmp_path / "empty.txt"), "enter"), says("the file is empty")])
    assert state(folder) == before


def test_who_speaks_and_for_whom(folder: Path) -> None:
    steps = ["p", shows("Tolk"), shows("interpreter"), "down", "down", "enter", shows("For whom does Tolk"), "enter"]
    play(folder, SourcesScreen, [*steps, shows("saved — u takes it back")], SMALL)

    def speaks_for() -> list[bool]:
        with Study.open(folder) as study:
            turns = study.sources.turns(study.sources.get("amal").revision_key)
        return [turn.speaks_for is not None for turn in turns]

    assert speaks_for() == [False, False, False]
    play(folder, SourcesScreen, ["p", "u", shows("Amal"), "escape", shows("Enter open")])
    assert speaks_for() == [False, False, True]


def test_an_empty_study_says_what_to_do(tmp_path: Path) -> None:
    Study.create(tmp_path / "new", coder="anna").close()
    steps = [shows("This study has no sources yet"), shows("qda import FOLDER"), "enter", says("a imports one")]
    steps += ["D", "P", "e", "p", "space", "O", "down", "G", "a", shows("Take a file or folder in"), "escape"]
    play(tmp_path / "new", SourcesScreen, steps, SMALL)


def test_nobody_codes_without_a_name(folder: Path) -> None:
    async def forget(pilot: Pilot[None]) -> None:
        pilot.app.study.coder = ""  # type: ignore[attr-defined]

    play(folder, SourcesScreen, [forget, "D", says("say who codes first")])
    assert progress(folder) == {}


def test_what_others_do_is_seen(folder: Path) -> None:
    async def other(pilot: Pilot[None]) -> None:
        with Study.open(folder, coder="bram") as study:
            study.progress.set("amal", "bram", "done")
        pilot.app.screen._look_around()  # type: ignore[attr-defined]

    play(folder, SourcesScreen, [shows("● done", no=True), other, shows("bram"), shows("● done")])


def test_long_lists_scroll(tmp_path: Path) -> None:
    with Study.create(tmp_path / "large", coder="anna") as study:
        for number in range(200):
            add(study, spoken(f"interview {number:04}", ("I", f"Why {number}?"), ("R1", "So.")))
    steps = [shows("200 sources"), "G", shows("interview 0199"), "pageup", "g", shows("interview 0000")]
    play(tmp_path / "large", SourcesScreen, steps, SMALL)


def test_without_colour_states_and_cursor_are_signs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    play(folder, SourcesScreen, ["D", shows("▸ amal"), shows("● done")])

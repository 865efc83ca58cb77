"""Journeys in the coding screen: each key does its deed, and the database holds it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from qda.model.codebook import Codebook, CodeEntry
from qda.model.transcript import SpokenTurn, Transcript
from qda.store import Study
from qda.tui.actions import ACTIONS, CODING, by_key
from qda.tui.app import QdaApp
from qda.tui.coding.screen import CodingScreen
from qda.tui.going import SCREENS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    Journey = Callable[[Pilot[None], CodingScreen], Awaitable[None]]

TEXT = (
    "I: Why did you go back? Was it your own wish?\n\n"
    "R: They gave me a paper. I had no other way. My mother was ill.\n\n"
    "I: And the agency?\n\n"
    "R: The agency kept its word. They paid the first rent.\n"
)
CODES = Codebook(
    codes=(
        CodeEntry("agency", children=(CodeEntry("coerced", definition="No real choice."), CodeEntry("own_decision"))),
        CodeEntry("goodwill", aliases=("kindness",)),
        CodeEntry("grade", extra={"scale": ["0", "3"]}),
    )
)


def document(text: str = TEXT, name: str = "talk") -> Transcript:
    """An invented interview of four turns."""
    turns, at = [], 0
    for part in text.split("\n\n"):
        label = part[0]
        turns.append(SpokenTurn(at, at + 3, at + len(part.rstrip("\n")), label, None))
        at += len(part) + 2
    return Transcript(name, "txt", text.encode(), text, None, tuple(turns))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with one interview and a small codebook."""
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    with Study.create(tmp_path / "study", coder="anna") as study:
        add_document(study, document())
        study.codebook.import_codebook(CODES, "codes")
    return tmp_path / "study"


def add_document(study: Study, made: Transcript) -> None:
    """Take a document in, its speakers as persons."""
    from qda.io.incoming import known_speakers

    study.sources.add(made, speakers=known_speakers(made, {}))


def play(folder: Path, *keys: str, size: tuple[int, int] = (120, 40), journey: Journey | None = None) -> CodingScreen:
    """Open the study, press keys, and leave; returns the screen as it was last."""

    async def run() -> CodingScreen:
        with Study.open(folder, coder="anna") as study:
            app = QdaApp(study)
            app.preferences.guided = True
            async with app.run_test(size=size) as pilot:
                await pilot.pause(0.05)
                screen = app.screen
                assert isinstance(screen, CodingScreen)
                for key in keys:
                    await pilot.press(key)
                if journey is not None:
                    await journey(pilot, screen)
                await pilot.pause(0.02)
                return screen

    return asyncio.run(run())


def codings(folder: Path) -> list[tuple[str, str]]:
    """Every coding in the database: the code's path and the words."""
    with Study.open(folder) as study:
        paths = {code.key: code.path for code in study.codebook.tree().codes}
        text = study.sources.text(study.sources.get("talk").key)
        return [(paths[one.code], text[one.start : one.end]) for one in study.codings.all()]


GO = ("right_curly_bracket",)  # to the answer in the second turn


def test_every_action_can_be_done() -> None:
    missing = [
        action.name
        for action in CODING
        if not hasattr(CodingScreen, f"do_{action.name}")
        and action.name not in ("left", "right", "up", "down", "page_up", "page_down")
        and action.group != "Move"
    ]
    assert missing == []
    everywhere = [action.name for action in ACTIONS if action.place == "everywhere"]
    ways = [name for name in everywhere if name.removeprefix("show_") not in SCREENS]
    assert [name for name in ways if not hasattr(QdaApp, f"do_{name}")] == []
    assert len(by_key("coding")) == sum(
        len(action.keys) for action in ACTIONS if action.place in ("coding", "everywhere")
    )


def test_a_sentence_is_coded_by_picking(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "enter")
    assert codings(folder) == [("goodwill", "They gave me a paper.")]


def test_a_recent_code_takes_two_keys(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "enter", ")", "S", "1")
    assert codings(folder) == [("goodwill", "They gave me a paper."), ("goodwill", "I had no other way.")]


@pytest.mark.parametrize("typed", ["/grief", "grief//loss", "grief/", "grief\\"])
def test_a_new_name_that_is_no_path_is_refused_in_the_status_line(folder: Path, typed: str) -> None:
    with Study.open(folder, coder="anna") as study:
        before = study.state_hash()
    screen = play(folder, *GO, "S", "c", *typed, "enter")
    assert screen.said is not None
    words, refused = screen.said
    assert "path" in words
    assert refused
    with Study.open(folder, coder="anna") as study:
        assert study.state_hash() == before


def test_a_new_code_below_a_new_one_is_taken_back_with_two_keys(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"grief/loss", "enter")
    assert codings(folder) == [("grief/loss", "They gave me a paper.")]
    play(folder, "u", "u")
    with Study.open(folder) as study:
        assert study.codebook.tree().find("grief") is None


def test_a_new_code_is_made_where_one_is(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"family", "enter")
    assert codings(folder) == [("family", "They gave me a paper.")]
    with Study.open(folder) as study:
        assert study.codebook.get("family").entry.origin == "open"


def test_several_codes_at_once(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"coerced", "tab", *"good", "tab", "enter")
    assert sorted(path for path, _ in codings(folder)) == ["agency/coerced", "goodwill"]


def test_an_alias_finds_its_code(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"kind", "enter")
    assert [path for path, _ in codings(folder)] == ["goodwill"]


def test_giving_up_changes_nothing(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "escape", "escape")
    assert codings(folder) == []


def test_the_same_codes_again(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "enter", ")", "S", "full_stop")
    assert len(codings(folder)) == 2


def test_in_vivo(folder: Path) -> None:
    play(folder, *GO, "v", "w", "w", "e", "escape", "v", "w", "b", "i")
    assert [(path, words) for path, words in codings(folder) if path == words]


def test_remove_undo_redo(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "enter", "x")
    assert codings(folder) == []
    play(folder, "u")
    assert len(codings(folder)) == 1
    play(folder, "U")
    assert codings(folder) == []


def test_recode(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "enter", "r", *"own", "enter")
    assert codings(folder) == [("agency/own_decision", "They gave me a paper.")]


def test_adjusting_the_ends(folder: Path) -> None:
    play(folder, *GO, "S", "c", *"good", "enter", "a", "right", "right", "enter")
    assert codings(folder) == [("goodwill", "They gave me a paper. I had")]
    play(folder, *GO, "a", "tab", "right", "enter")
    assert codings(folder) == [("goodwill", "gave me a paper. I had")]
    play(folder, *GO, "w", "a", "right", "escape")
    assert codings(folder) == [("goodwill", "gave me a paper. I had")]


def test_splitting(folder: Path) -> None:
    play(folder, *GO, "T", "c", *"good", "enter", "(", "s")
    assert [words for _, words in codings(folder)] == [
        "They gave me a paper. ",
        "I had no other way. My mother was ill.",
    ]


def test_a_weight_within_the_scale(folder: Path) -> None:
    screen = play(folder, *GO, "S", "c", *"grade", "enter", "W", "9", "enter")
    assert screen.said == ("the codebook's scale for this code goes from 0 to 3", True)
    play(folder, *GO, "W", "2", "enter")
    with Study.open(folder) as study:
        assert [one.weight for one in study.codings.all()] == [2.0]


def test_a_comment_and_a_memo(folder: Path) -> None:
    async def write(pilot: Pilot[None], _: CodingScreen) -> None:
        await pilot.press(*GO, "S", "c", *"good", "enter", "e", *"sure", "ctrl+s")
        await pilot.press("T", "m", *"whole", "ctrl+s")

    play(folder, journey=write)
    with Study.open(folder) as study:
        found = {(memo.body, memo.target_kind) for memo in study.memos.all()}
    assert found == {("sure", "coding"), ("whole", "segment")}


def test_not_data_and_done(folder: Path) -> None:
    play(folder, "S", "X", "D")
    with Study.open(folder) as study:
        assert [(row[1], row[2]) for row in study.not_data.all()] == [(3, 23)]
        assert [row[3] for row in study.progress.by_keys()] == ["done"]
    play(folder, "S", "X", "D")
    with Study.open(folder) as study:
        assert study.not_data.all() == []
        assert [row[3] for row in study.progress.by_keys()] == ["in progress"]


def test_words_are_kept_confidential_and_seen_to_be(folder: Path) -> None:
    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        assert screen.opened.confidential == [(3, 23)]
        strips = screen._compositor.render_strips()
        struck = [one.text for strip in strips for one in strip if one.style is not None and one.style.strike]
        assert "".join(struck).split() == TEXT[3:23].split()
        await pilot.press("u")
        assert screen.opened.confidential == []

    play(folder, "S", "%", journey=look)
    play(folder, "S", "%")
    with Study.open(folder) as study:
        assert [(one.start, one.end, one.how) for one in study.sensitive.all()] == [(3, 23, "withhold")]
    play(folder, "S", "%")
    with Study.open(folder) as study:
        assert study.sensitive.all() == []


def test_finding(folder: Path) -> None:
    screen = play(folder, "/", *"agency", "enter", "n")
    assert TEXT[screen.cursor.at :].startswith("agency kept")
    assert [TEXT[start:end] for start, end in screen.found] == ["agency", "agency"]


def test_going_to_a_turn_and_the_next_uncoded_sentence(folder: Path) -> None:
    screen = play(folder, ":", "4", "enter")
    assert TEXT[screen.cursor.at :].startswith("The agency kept")
    screen = play(folder, *GO, "S", "c", *"good", "enter", "g", "z")
    assert TEXT[screen.cursor.at :].startswith("I had no other way")


def test_bookmarks_and_where_one_left_off(folder: Path) -> None:
    screen = play(folder, *GO, "B", "G", "'")
    assert TEXT[screen.cursor.at :].startswith("They gave")
    play(folder, *GO, "w", "ctrl+q")
    screen = play(folder)
    assert TEXT[screen.cursor.at :].startswith("gave me")


def test_others_codings_appear_and_can_be_hidden(folder: Path) -> None:
    async def watch(pilot: Pilot[None], screen: CodingScreen) -> None:
        with Study.open(folder, coder="bram") as bram:
            bram.codings.apply("talk", "goodwill", 50, 60)
        await pilot.pause(0.8)
        assert len(screen.opened.spans) == 1
        await pilot.press("o")
        assert not screen.look.others

    play(folder, journey=watch)


def test_only_own_codings_are_changed(folder: Path) -> None:
    with Study.open(folder, coder="bram") as bram:
        bram.codings.apply("talk", "goodwill", TEXT.index("They"), TEXT.index("They") + 4)
    screen = play(folder, *GO, "x")
    assert screen.said == ("this coding is bram's; only your own can be changed here", True)
    assert len(codings(folder)) == 1


def test_typing_ahead_goes_where_it_was_meant(folder: Path) -> None:
    async def hurry(pilot: Pilot[None], screen: CodingScreen) -> None:
        from textual.events import Key

        for key in (*GO, "S", "c", *"good", "enter", ")", "S", "1"):
            character = {"right_curly_bracket": "}", "enter": None}.get(key, key)
            screen.app.post_message(Key(key if len(key) > 1 or key.isalnum() else "right_parenthesis", character))
        await pilot.pause(0.3)

    play(folder, journey=hurry)
    assert len(codings(folder)) == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10), (20, 5)])
def test_any_size_works(folder: Path, size: tuple[int, int]) -> None:
    play(
        folder, *GO, "S", "c", *"good", "enter", "question_mark", "escape", "ctrl+p", "escape", "d", "escape", size=size
    )
    assert len(codings(folder)) == 1


@pytest.mark.parametrize("key", ["f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10"])
def test_every_place_opens_and_leads_back(folder: Path, key: str) -> None:
    async def visit(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press(key)
        await pilot.pause(0.1)
        assert screen.app.screen is not screen
        await pilot.press("f2")
        await pilot.pause(0.05)
        assert screen.app.screen is screen

    play(folder, journey=visit)


def test_a_sentence_longer_than_the_line_is_said_to_its_end(folder: Path) -> None:
    words = "a path that is much too long for a line of this screen, " * 2 + "and then the reason"

    async def hear(pilot: Pilot[None], screen: CodingScreen) -> None:
        screen.say(words, error=True)
        await pilot.pause()
        assert screen.status.size.height == 2
        assert "the reason" in "".join(screen.status.render_line(1).text)
        await pilot.press("right")
        await pilot.pause()
        assert screen.status.size.height == 1

    play(folder, size=(80, 24), journey=hear)


def test_the_guide_leads_to_a_first_coding(folder: Path) -> None:
    async def follow(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press("f12")
        seen: list[Any] = [str(screen.guide.render())]
        for keys in (GO, ("S",), ("c", *"good", "enter"), ("u",), ("S", "1"), ("question_mark",)):
            await pilot.press(*keys)
            seen.append(str(screen.guide.render()))
        assert len(set(seen)) == len(seen) or not screen.guide.is_open

    play(folder, journey=follow)


def test_opening_a_place_in_another_source_lands_there(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        add_document(study, document(TEXT.replace("agency", "office"), "other"))

    async def go(pilot: Pilot[None], screen: CodingScreen) -> None:
        app = screen.app
        assert isinstance(app, QdaApp)
        await pilot.press("f9")
        app.open_source("other", 60)
        await pilot.pause(0.2)
        assert isinstance(app.screen, CodingScreen)
        assert (app.screen.opened.source.name, app.screen.cursor.at) == ("other", 60)
        with Study.open(folder, coder="anna") as after_a_crash:
            assert after_a_crash.desk.last_source() == after_a_crash.sources.get("other").key

    play(folder, journey=go)

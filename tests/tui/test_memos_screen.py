"""The memos screen: every memo is found and read, leads to what it is about, and is written, edited and removed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from list_world import SIZES, Hand, make, shown
from textual.widgets import Input, Select

from qda.store import Study
from qda.store.memos import MemoRow
from qda.tui.actions import MEMOS
from qda.tui.codebook import CodebookScreen
from qda.tui.memo_form import MemoForm
from qda.tui.memos import MemosScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("QDA_TRACEBACK", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return make(tmp_path / "study")


def play(folder: Path, steps: Callable[[Hand], Awaitable[None]], size: tuple[int, int] = (120, 40)) -> None:
    async def run() -> None:
        async with shown(folder, MemosScreen, size) as hand:
            await steps(hand)

    asyncio.run(run())


def memos(hand: Hand) -> list[tuple[str, str, str]]:
    return list(hand.read(lambda study: [(memo.title, memo.body, memo.kind) for memo in study.memos.all()]))


def listed(hand: Hand) -> int:
    return int(hand.app.screen.rows.count)  # type: ignore[attr-defined]


async def there_and_back(hand: Hand, before: str) -> None:
    after = hand.state()
    assert after != before
    for key, state in (("u", before), ("U", after), ("ctrl+z", before), ("ctrl+y", after)):
        await hand.press(key)
        assert hand.state() == state, key


def test_every_action_is_there() -> None:
    for action in MEMOS:
        assert callable(getattr(MemosScreen, f"do_{action.name}")), action
    keys = [key for action in MEMOS for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_shown(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        text = hand.text()
        for words in ("5 memos", "Is it?", "coding trust in talk", "anna", "Bram's café.", "source talk"):
            assert words in text
        await hand.press("end")
        text = hand.text()
        for words in ("Plan  About all of it.", "method · the study", "anna · 2024-01-01 10:00", "And more."):
            assert words in text
        await hand.press("k", "k")
        await hand.press("J", "J", "J", "K")
        assert "“Nobody”" in hand.text()

    play(folder, steps, size)


def test_a_filter_is_seen(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("t")
        assert "ONLY kind " in hand.text()
        assert "Esc or * shows all" in hand.text()
        await hand.press("*")
        assert "ONLY" not in hand.text()

    play(folder, steps, SIZES[1])


@pytest.mark.parametrize("size", SIZES)
def test_filtering(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        counts = {}
        for key in "tpd":
            for _ in range(6):
                await hand.press(key)
                counts.setdefault(key, []).append(listed(hand))
            await hand.press("*")
        assert counts == {"t": [2, 1, 1, 1, 5, 2], "p": [4, 1, 5, 4, 1, 5], "d": [1, 1, 1, 1, 1, 5]}
        await hand.press("t")
        assert "2 of 5 memos" in hand.text()
        await hand.press("escape")
        assert listed(hand) == 5
        await hand.press("f")
        await hand.type("CAFE")
        assert listed(hand) == 1
        assert "Bram's café." in hand.text()
        await hand.press("enter", "escape", "/")
        await hand.type("nothing such")
        assert "No memo fits" in hand.text()
        for key in ("enter", "enter", "e", "x", "up", "end"):
            await hand.press(key)
        assert "there is no memo here" not in hand.text()
        await hand.press("x")
        assert "there is no memo here" in hand.said()
        await hand.press("*")
        assert listed(hand) == 5

    play(folder, steps, size)


def test_enter_leads_to_what_a_memo_is_about(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        for row, place in ((0, ("talk", 0)), (1, ("talk", 0)), (2, ("talk", 26))):
            await hand.press("home", *(["down"] * row), "enter")
            await hand.pilot.pause()
            assert hand.app.opened.pop() == place
        await hand.press("end", "enter")
        assert "this memo is on the study" in hand.said()
        assert not hand.app.opened
        await hand.press("up", "enter")
        await hand.pilot.pause()
        assert isinstance(hand.app.screen, CodebookScreen)
        assert hand.app.screen.code().path == "trust/police"

    play(folder, steps)


@pytest.mark.parametrize("size", SIZES)
def test_writing_a_memo(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("a")
        window = hand.app.screen
        assert isinstance(window, MemoForm)
        await hand.press("ctrl+s")
        assert "the memo has no text" in hand.text()
        await hand.type("Two lines")
        await hand.press("enter")
        await hand.type("of it")
        window.query_one("#title", Input).value = "New"
        window.query_one("#kind", Select).value = "theoretical"
        await hand.press("ctrl+s")
        assert memos(hand)[-1] == ("New", "Two lines\nof it", "theoretical")
        assert hand.read(lambda study: study.memos.all()[-1].target_kind) == "study"
        assert "saved — u takes it back" in hand.said()
        await there_and_back(hand, before)

    play(folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_editing_a_memo(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("end", "e")
        window = hand.app.screen
        await hand.type("Now: ")
        window.query_one("#kind", Select).value = "case"
        window.query_one("#title", Input).value = ""
        await hand.press("ctrl+s")
        assert ("", "Now: About all of it.\nAnd more.", "case") in memos(hand)
        await there_and_back(hand, before)
        await hand.press("end", "e")
        await hand.type("lost")
        await hand.press("escape")
        assert "not saved yet" in hand.text()
        await hand.press("escape")
        assert isinstance(hand.app.screen, MemosScreen)

    play(folder, steps, size)


def test_what_others_wrote_stays(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("p", "p", "e")
        assert "this memo is bram's; only your own can be changed here" in hand.said()
        await hand.press("x", "enter")
        assert "this memo is bram's; only your own can be changed here" in hand.said()
        assert hand.state() == before

    play(folder, steps)


@pytest.mark.parametrize("size", SIZES)
def test_removing_a_memo(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("end", "x")
        assert "Remove this memo?" in hand.text()
        await hand.press("escape")
        assert hand.state() == before
        await hand.press("delete", "enter")
        assert len(memos(hand)) == 4
        assert "removed the memo — u takes it back" in hand.said()
        await there_and_back(hand, before)

    play(folder, steps, size)


def test_others_memos_come_in(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("down")
        before = hand.app.screen.memo()  # type: ignore[attr-defined]
        with Study.open(folder, coder="bram") as bram:
            bram.memos.add(MemoRow("Fresh from Bram.", at="2099-01-01T00:00:00Z"))
        hand.app.screen._look_around()  # type: ignore[attr-defined]
        await hand.pilot.pause()
        assert "Fresh from Bram." in hand.text()
        assert hand.app.screen.memo() == before  # type: ignore[attr-defined]
        with Study.open(folder, coder="anna") as anna:
            anna.memos.remove(before.uid) if before.coder == "anna" else None
            anna.memos.remove(anna.memos.all()[0].uid)
        await hand.press("end", "x", "enter")
        assert "removed in the meantime" in hand.said()

    play(folder, steps)


def test_the_mouse(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        screen: Any = hand.app.screen
        await hand.pilot.click(screen.rows, offset=(12, 5))
        assert screen.memo().body == "Who is nobody?"
        await hand.pilot.click(screen.names, offset=(5, 0))
        assert "kind analytic" in hand.text()
        await hand.pilot.click(screen.names, offset=(24, 0))
        assert "coder anna" in hand.text()
        await hand.press("*")
        await hand.pilot.click(screen.rows, offset=(12, 5), times=2)
        await hand.pilot.pause()
        assert hand.app.opened == [("talk", 26)]

    play(folder, steps)


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
def test_nothing_crashes_where_there_are_no_memos(tmp_path: Path, folder: Path, size: tuple[int, int]) -> None:
    Study.create(tmp_path / "empty", coder="anna").close()

    async def steps(hand: Hand) -> None:
        assert "There are no memos yet." in hand.text()
        for action in MEMOS:
            for key in action.keys:
                await hand.press(key, "escape")
                if not isinstance(hand.app.screen, MemosScreen):
                    await hand.press("escape")
                assert isinstance(hand.app.screen, MemosScreen), key
        assert hand.read(lambda study: study.changes.all()) == []

    play(tmp_path / "empty", steps, size)


def test_right_to_left_words_and_signs_that_terminals_obey(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        study.memos.add(
            MemoRow("قال إن الشرطة جاءت\x1b[31m في الليل " * 20, title="عودة\x07", at="2099-01-01T00:00:00Z")
        )

    async def steps(hand: Hand) -> None:
        text = hand.text()
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "ةدوع" in text
        await hand.press("I", "I", "e", "escape")

    play(folder, steps)

"""The codebook screen: every key does its deed, the study holds it, undo leads back, and nothing crashes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from list_world import SIZES, Hand, make, shown
from textual.widgets import Input, Select, TextArea

from qda.store import Study
from qda.tui.actions import CODEBOOK
from qda.tui.codebook import CodebookScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

PATHS = ["trust", "trust/police", "trust/family", "fear", "unused"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("QDA_TRACEBACK", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return make(tmp_path / "study")


def play(folder: Path, steps: Callable[[Hand], Awaitable[None]], size: tuple[int, int] = (120, 40)) -> None:
    async def run() -> None:
        async with shown(folder, CodebookScreen, size) as hand:
            await steps(hand)

    asyncio.run(run())


def entry(hand: Hand, path: str) -> Any:
    return hand.read(lambda study: study.codebook.get(path).entry)


def test_every_action_is_there() -> None:
    for action in CODEBOOK:
        assert callable(getattr(CodebookScreen, f"do_{action.name}")), action
    keys = [key for action in CODEBOOK for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_shown(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        text = hand.text()
        for words in ("trust", "police", "family", "fear", "a-priori", "Relying on somebody", "5 codes"):
            assert words in text
        row = next(line for line in text.split("\n") if "a-priori" in line)
        assert row.split("a-priori")[1].split()[:2] == ["3", "4"]
        assert row.startswith("❯ ▾ ▌trust")
        await hand.press("J", "J")
        assert "made" in hand.text()
        assert "anna 2, bram 1" in hand.text() or size[0] < 100

    play(folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_moving_and_folding(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        def here() -> str:
            return hand.app.screen.code().path  # type: ignore[attr-defined, no-any-return]

        await hand.press("j", "down", "k", "up", "end")
        assert here() == "unused"
        await hand.press("home", "left")
        assert "▌family" not in hand.text()
        await hand.press("j")
        assert here() == "fear"
        await hand.press("up", "right", "l")
        assert here() == "trust/police"
        await hand.press("h")
        assert here() == "trust"
        await hand.press("Z")
        assert "▌family" not in hand.text()
        await hand.press("Z", "pagedown", "pageup", "I", "I", "K")
        assert "▌family" in hand.text()

    play(folder, steps, size)


def added(study: Study, path: str) -> str:
    return study.codebook.get(path).entry.origin


async def one_step(hand: Hand, paths: list[str], before: str) -> None:
    """The codes are so now; undo leads back, redo forth, and undo back again."""
    assert hand.paths() == paths
    after = hand.state()
    for key, state in (("u", before), ("U", after), ("ctrl+z", before), ("ctrl+y", after), ("u", before)):
        await hand.press(key)
        assert hand.state() == state, key
    assert "taken back" in hand.said()


@pytest.mark.parametrize("size", SIZES)
def test_adding(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("down", "a")
        await hand.type("local")
        await hand.press("enter")
        assert hand.read(lambda study: added(study, "trust/police/local")) == "open"
        assert "new code local — u takes it back" in hand.said()
        assert hand.app.screen.code().path == "trust/police/local"  # type: ignore[attr-defined]
        await one_step(hand, ["trust", "trust/police", "trust/police/local", *PATHS[2:]], before)
        await hand.press("A")
        await hand.type("Fear")
        await hand.press("enter")
        assert "there is a code 'fear' already" in hand.text()
        await hand.type("s")
        await hand.press("enter")
        await one_step(hand, [*PATHS, "Fears"], before)
        await hand.press("a", "escape", "A", "escape")
        assert hand.state() == before

    play(folder, steps, size)


def test_renaming(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("end", "k", "r")
        await hand.type("dread")
        await hand.press("enter")
        assert entry(hand, "fear").aliases == ("fright", "fear")
        await one_step(hand, ["trust", "trust/police", "trust/family", "dread", "unused"], before)
        await hand.press("r")
        await hand.type("unused")
        await hand.press("enter")
        assert "already" in hand.text()
        await hand.press("escape")
        assert hand.state() == before

    play(folder, steps)


@pytest.mark.parametrize("size", SIZES)
def test_moving_under_another(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("end", ">")
        await hand.type("pol")
        await hand.press("enter")
        await one_step(hand, ["trust", "trust/police", "trust/police/unused", "trust/family", "fear"], before)
        await hand.press("home", "j", ">")
        assert "at the top of the codebook" in hand.text()
        await hand.press("enter")
        assert hand.paths() == ["trust", "trust/family", "fear", "unused", "police"]
        assert hand.app.screen.code().path == "police"  # type: ignore[attr-defined]

    play(folder, steps, size)


def test_reordering(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("end", "+")
        await one_step(hand, ["trust", "trust/police", "trust/family", "unused", "fear"], before)
        await hand.press("home", "-")
        assert hand.paths() == ["fear", "trust", "trust/police", "trust/family", "unused"]
        assert hand.app.screen.code().path == "trust"  # type: ignore[attr-defined]
        await hand.press("u", "end", "-")
        assert "last of its siblings" in hand.said()

    play(folder, steps)


@pytest.mark.parametrize("size", SIZES)
def test_merging_after_a_preview(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("home", "M")
        await hand.type("fear")
        await hand.press("enter")
        text = " ".join(hand.text().split())
        for words in (
            "Merge trust into fear?",
            "3 codings will have the code fear",
            "1 of them is on words to which the same coder gave fear too",
            "come along: trust/police, trust/family",
            "from then on: trust, /trust",
        ):
            assert words in text
        assert hand.state() == before
        await hand.press("escape")
        assert hand.state() == before
        await hand.press("M")
        await hand.type("fear")
        await hand.press("enter", "enter")
        assert "merged trust into fear: 3 codings moved" in hand.said()
        assert hand.counts() == {"fear": 3, "fear/police": 1}
        await one_step(hand, ["fear", "fear/police", "fear/family", "unused"], before)

    play(folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_splitting(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("home", "s", "enter")
        assert "nothing is ticked yet" in hand.text()
        await hand.press("space", "down", "a", "a", "space", "down", "space")
        assert "2 of 3 codings ticked" in hand.text()
        await hand.press("enter")
        await hand.type("fear")
        await hand.press("enter")
        assert "there is a code 'fear' already" in hand.text()
        await hand.type("/of trust")
        await hand.press("enter")
        assert hand.counts() == {"trust": 1, "trust/police": 1, "fear": 1, "fear/of trust": 2}
        await one_step(hand, [*PATHS[:4], "fear/of trust", "unused"], before)
        await hand.press("end", "s")
        assert "has no codings of its own to split" in hand.said()

    play(folder, steps, size)


def test_a_filter_is_seen_and_esc_shows_all(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        assert "ONLY" not in hand.text()
        await hand.press("f")
        await hand.type("poli")
        await hand.press("enter")
        assert "ONLY what fits 'poli': 1 of 5 codes and the way to them · Esc shows all" in hand.text()
        assert "unused" not in hand.text()
        await hand.press("escape")
        assert "ONLY" not in hand.text()
        assert "unused" in hand.text()

    play(folder, steps, SIZES[1])


def test_the_way_back_from_the_text_leads_to_the_excerpt(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("home", "enter", "down", "down", "enter")
        await hand.pilot.pause()
        assert hand.app.opened == [("talk", 26)]
        screen = hand.app.screen
        hand.app.workspace.came_from = "codebook"
        assert isinstance(screen, CodebookScreen)
        screen.come_back()
        await hand.pilot.pause()
        assert "trust with subcodes" in hand.text()
        assert hand.app.screen.rows.at == 2  # type: ignore[attr-defined]

    play(folder, steps, SIZES[1])


def test_retiring(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("home", "R")
        assert hand.read(lambda study: [code.retired for code in study.codebook.tree().codes]) == [
            *[True] * 3,
            False,
            False,
        ]
        rows = [line for line in hand.text().split("\n") if "▌" in line[:12]]
        assert [row.split("▌")[1].split()[0] for row in rows] == ["fear", "unused", "trust", "police", "family"]
        assert "retired" in rows[2]
        await hand.press("H")
        assert "▌family" not in hand.text()
        await hand.press("u")
        assert hand.state() == before
        await hand.press("U", "H", "end", "R")
        assert not hand.read(lambda study: study.codebook.get("trust/family").retired)

    play(folder, steps)


def test_removing(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("home", "x")
        assert "has codings or subcodes; merge it into another code or retire it" in hand.said()
        assert hand.state() == before
        await hand.press("end", "x")
        await one_step(hand, PATHS[:-1], before)

    play(folder, steps)


@pytest.mark.parametrize("size", SIZES)
def test_writing_everything(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("end", "k", "e")
        window = hand.app.screen
        await hand.type("New words")
        await hand.press("enter")
        await hand.type("Second")
        for name, text in (("include", "in"), ("exclude", "ex"), ("example", "eg"), ("labels", "nl: vrees\nno: frykt")):
            window.query_one(f"#{name}", TextArea).text = text
        window.query_one("#aliases", TextArea).text = "a\n\nb"
        window.query_one("#patterns", TextArea).text = "fear*"
        for name, value in (
            ("ordinal", "yes"),
            ("outside", "yes"),
            ("exclusive", "case_moment"),
            ("origin", "analyst"),
        ):
            window.query_one(f"#{name}", Select).value = value
        window.query_one("#moment", Input).value = "date"
        await hand.press("ctrl+s")
        found = entry(hand, "fear")
        assert (found.definition, found.include, found.exclude, found.example) == (
            "New words\nSecond",
            "in",
            "ex",
            "eg",
        )
        assert (found.labels, found.aliases, found.patterns) == ({"nl": "vrees", "no": "frykt"}, ("a", "b"), ("fear*",))
        assert (found.ordinal, found.outside, found.exclusive) == (True, True, "case_moment")
        assert (found.moment, found.origin) == ("date", "analyst")
        assert "described fear" in hand.said()
        await one_step(hand, PATHS, before)

    play(folder, steps, size)


def test_what_is_wrong_in_the_form_is_said_there(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("home", "e")
        window = hand.app.screen
        window.query_one("#labels", TextArea).text = "vertrouwen"
        await hand.press("ctrl+s")
        assert "is no label" in hand.text()
        window.query_one("#labels", TextArea).text = ""
        window.query_one("#moment", Input).value = "date"
        await hand.press("ctrl+s")
        assert "so it has no moment" in hand.text()
        await hand.press("escape")
        assert "not saved yet" in hand.text()
        assert hand.app.screen is window
        await hand.press("escape")
        assert isinstance(hand.app.screen, CodebookScreen)
        assert hand.state() == before
        await hand.press("e", "escape")
        assert isinstance(hand.app.screen, CodebookScreen)

    play(folder, steps)


def test_what_somebody_else_wrote_meanwhile_stays(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("home", "e")
        await hand.type("Mine. ")
        with Study.open(folder, coder="bram") as bram:
            bram.codebook.describe("trust", definition="Bram's")
        await hand.press("ctrl+s")
        assert "was changed in the meantime" in hand.text()
        assert "Mine. Relying" in hand.text()
        assert entry(hand, "trust").definition == "Bram's"
        await hand.press("escape", "escape")
        assert "Bram's" in hand.text()

    play(folder, steps)


def test_others_changes_come_in(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("end")
        with Study.open(folder, coder="bram") as bram:
            bram.codebook.add("new from Bram")
        hand.app.screen._look_around()  # type: ignore[attr-defined]
        await hand.pilot.pause()
        assert "new from Bram" in hand.text()
        assert hand.app.screen.code().path == "unused"  # type: ignore[attr-defined]

    play(folder, steps)


@pytest.mark.parametrize("size", SIZES)
def test_writing_a_memo(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        before = hand.state()
        await hand.press("home", "m")
        await hand.type("Why here?")
        await hand.press("ctrl+s")
        memos = hand.read(lambda study: [m for m in study.memos.all() if m.body == "Why here?"])
        assert [(memo.target_kind, memo.target, memo.coder) for memo in memos] == [("code", "trust", "anna")]
        assert "Why here?" in hand.text() or size[0] < 100
        await hand.press("u")
        assert hand.state() == before

    play(folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_excerpts_open_their_source(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("home", "enter")
        text = hand.text()
        for words in ("trust with subcodes: 4 codings", "Nobody asked me.", "bram", "talk · police"):
            assert words in text
        await hand.press("tab")
        assert "trust: 3 codings" in hand.text()
        await hand.press("down", "down", "enter")
        await hand.pilot.pause()
        assert hand.app.opened == [("talk", 26)]
        await hand.press("end", "enter")
        assert "No coding of this code yet" in hand.text()
        await hand.press("enter", "escape")
        assert isinstance(hand.app.screen, CodebookScreen)

    play(folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_filtering(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("f")
        await hand.type("poli")
        assert hand.app.screen.code().path == "trust/police"  # type: ignore[attr-defined]
        assert "▌family" not in hand.text()
        await hand.press("enter", "m", "escape", "escape")
        assert "▌family" in hand.text()
        await hand.press("/")
        await hand.type("xyz")
        assert "No code fits" in hand.text()
        await hand.press("enter", "e")
        assert "there is no code here" in hand.said()
        await hand.press("left", "right", "Z", "Z", "enter", "up", "escape")
        assert "▌family" in hand.text()
        await hand.press("f")
        await hand.type("fri")
        await hand.press("escape")
        assert hand.app.screen.code().path == "fear"  # type: ignore[attr-defined]

    play(folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_versions(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("end", "x", "home", "R", "L")
        text = hand.text()
        for words in ("Versions of the codebook", "removed unused", "the codebook", "~ trust: retired"):
            assert words in text
        await hand.press("down")
        assert "- unused" in hand.text()
        await hand.press("down")
        assert "+ trust/police" in hand.text()
        await hand.press("enter")
        assert "as it was in version 1" in hand.text()
        assert "unused" in hand.text()
        await hand.press("escape", "escape")
        assert isinstance(hand.app.screen, CodebookScreen)

    play(folder, steps, size)


def test_the_mouse(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        screen = hand.app.screen
        assert isinstance(screen, CodebookScreen)
        rows = screen.rows
        await hand.pilot.click(rows, offset=(12, 3))
        await hand.pilot.pause()
        assert screen.code().path == "fear"
        await hand.pilot.click(rows, offset=(2, 0))
        await hand.pilot.pause()
        assert "▌family" not in hand.text()
        await hand.pilot.click(rows, offset=(12, 1), times=2)
        await hand.pilot.pause()
        assert "fear: 1 coding" in hand.text()

    play(folder, steps)


@pytest.mark.parametrize("size", [*SIZES, (40, 12), (200, 60)])
def test_nothing_crashes_in_an_empty_codebook(tmp_path: Path, folder: Path, size: tuple[int, int]) -> None:
    Study.create(tmp_path / "empty", coder="anna").close()

    async def steps(hand: Hand) -> None:
        assert "There are no codes yet." in hand.text()
        for action in CODEBOOK:
            for key in action.keys:
                await hand.press(key, "escape", "escape")
                if not isinstance(hand.app.screen, CodebookScreen):
                    await hand.press("escape")
                assert isinstance(hand.app.screen, CodebookScreen), key
        assert hand.read(lambda study: study.changes.all()) == []
        await hand.press("a")
        await hand.type("first")
        await hand.press("enter")
        assert hand.paths() == ["first"]
        assert "first" in hand.text()

    play(tmp_path / "empty", steps, size)


def test_without_colour(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def steps(hand: Hand) -> None:
        await hand.press("down", "R")
        marked = [line for line in hand.text().split("\n") if line.startswith("❯")]
        assert len(marked) == 1
        assert "retired" in marked[0]

    play(folder, steps)

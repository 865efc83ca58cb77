"""The claims screen: written, cited from the coding screen, opened and come back from, graded, stated, and undone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from list_world import SIZES, TEXT, Hand, make, shown
from places import copy_of_sample, press, seen, use, write
from textual.widgets import Input, Select, TextArea

from qda.model.claims import CitationRow, ClaimRow, parse_scope
from qda.store import Study
from qda.tui.actions import CLAIMS
from qda.tui.claim_form import CitationForm, ClaimForm
from qda.tui.claim_windows import CitedWindow, UncitedWindow
from qda.tui.claims import ClaimsScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("QDA_TRACEBACK", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return make(tmp_path / "study")


@pytest.fixture
def folder(empty: Path) -> Path:
    with Study.open(empty, coder="anna") as study:
        scope = parse_scope(["code trust"])
        study.claims.add(ClaimRow("Nobody is asked.", scope=scope, citations=(CitationRow("talk", 26, 42),)))
        study.claims.add(ClaimRow("Unsaid.", state="contested"))
    return empty


def play(folder: Path, steps: Callable[[Hand], Awaitable[None]], size: tuple[int, int] = (120, 40)) -> None:
    async def run() -> None:
        async with shown(folder, ClaimsScreen, size) as hand:
            await steps(hand)

    asyncio.run(run())


def claims(hand: Hand) -> list[tuple[Any, ...]]:
    return list(hand.read(lambda study: [tuple(claim[3:10]) for claim in study.claims.all()]))


def cited(hand: Hand) -> list[tuple[Any, ...]]:
    return list(hand.read(lambda study: [(one.start, one.end, one.stance) for one in study.claims.citations()]))


def test_every_action_is_there() -> None:
    for action in CLAIMS:
        assert callable(getattr(ClaimsScreen, f"do_{action.name}")), action
    keys = [key for action in CLAIMS for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("size", SIZES)
def test_the_empty_place_says_what_to_do(empty: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        for words in ("There are no claims yet", "a   writes one", "q cites the selected words"):
            assert words in hand.text()
        await hand.press("enter")
        assert "there is no claim here: a writes one" in hand.said()

    play(empty, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_shown(folder: Path, size: tuple[int, int]) -> None:
    async def steps(hand: Hand) -> None:
        text = hand.text()
        # the scope has three passages of trust and its subcodes, of which one is cited
        for words in (
            "2 claims · 1 unsupported",
            "1. Nobody is asked.",
            "1 for · 0 against · 2 not cited",
            "contested",
        ):
            assert words in text
        await hand.press("end")
        assert "none yet: e says what it is about" in hand.text()
        await hand.press("d", "d")
        assert "ONLY state contested" in hand.text()
        assert "Nobody is asked" not in hand.text()
        await hand.press("*")
        assert "ONLY" not in hand.text()

    play(folder, steps, size)


def test_a_claim_is_written_changed_and_taken_back(empty: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("a")
        form = hand.app.screen
        assert isinstance(form, ClaimForm)
        form.query_one("#text", TextArea).text = "A\nfinding."
        form.query_one("#scope", TextArea).text = "nonsense"
        await hand.press("ctrl+s")
        assert "no part of a scope" in hand.text()
        form.query_one("#scope", TextArea).text = "code fear"
        form.query_one("#kind", Select).value = "respondent-said"
        await hand.press("ctrl+s")
        assert claims(hand) == [("A finding.", "respondent-said", "tentative", "", "", "", "")]
        await hand.press("e")
        form = hand.app.screen
        form.query_one("#grade", Select).value = "probable"
        await hand.press("ctrl+s")
        assert "needs a reason" in hand.text()
        form.query_one("#reason", Input).value = "so"
        await hand.press("ctrl+s")
        assert claims(hand) == [("A finding.", "respondent-said", "tentative", "", "", "probable", "so")]
        assert "probable by hand" in hand.text()
        await hand.press("y", "ctrl+u")
        await hand.type("uph")
        await hand.press("tab")
        await hand.type("all agreed")
        await hand.press("enter")
        assert claims(hand)[0][2:4] == ("upheld", "all agreed")
        await hand.press("L")
        assert "state 'tentative' → 'upheld'" in " ".join(hand.text().split())
        await hand.press("escape", "u", "u", "u")
        assert claims(hand) == []

    play(empty, steps)


def test_uncited_passages_are_cited_from_their_list(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("q")
        assert isinstance(hand.app.screen, UncitedWindow)
        assert "2 passages cited neither for nor against" in hand.text()
        await hand.press("-")
        assert (0, 10, "against") in cited(hand)
        assert "1 passage cited neither" in hand.text()
        await hand.press("+")
        assert "All passages in its scope are cited" in hand.text()
        await hand.press("escape")
        assert "2 for · 1 against · 0 not cited" in hand.text()
        await hand.press("enter")
        assert isinstance(hand.app.screen, CitedWindow)
        await hand.press("x", "+")
        assert cited(hand) == [(43, 60, "for"), (0, 10, "against")]
        await hand.press("end", "+")
        assert {one[2] for one in cited(hand)} == {"for"}
        await hand.press("e")
        form = hand.app.screen
        assert isinstance(form, CitationForm)
        form.query_one("#quoted", Select).value = "edited"
        form.query_one("#wording", TextArea).text = "something else"
        await hand.press("ctrl+s")
        assert "nothing in it is marked as edited" in hand.text()
        form.query_one("#wording", TextArea).text = "[We] talked …"
        await hand.press("ctrl+s")
        said = hand.read(lambda study: [(one.quoted, one.wording) for one in study.claims.citations()])
        assert ("edited", "[We] talked …") in said

    play(folder, steps)


def test_a_memo_and_the_removal(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        await hand.press("m")
        hand.app.screen.query_one("#body", TextArea).text = "I doubt it."
        await hand.press("ctrl+s")
        assert hand.read(lambda study: [memo.body for memo in study.memos.all() if memo.target_kind == "claim"]) == [
            "I doubt it."
        ]
        assert "memo of anna" in hand.text()
        before = hand.state()
        await hand.press("x", "enter")
        assert [claim[0] for claim in claims(hand)] == ["Unsaid."]
        await hand.press("u")
        assert hand.state() == before

    play(folder, steps)


def test_from_the_transcript_to_the_claim_and_back(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    with Study.open(folder, coder="Anna") as study:
        for claim in study.claims.all():
            study.claims.remove(claim)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "g", "S", "q")
        assert "No claims yet: type one, and Enter cites for it" in seen(pilot)
        await write(pilot, "a new finding")
        await press(pilot, "enter")
        assert "a new claim with these words" in seen(pilot)
        await press(pilot, "}", "S", "q")
        assert "1. a new finding" in seen(pilot)
        await press(pilot, "down", "enter")
        assert "cited against claim 1" in seen(pilot)
        await press(pilot, "f11")
        assert "1 for · 1 against" in seen(pilot)
        await press(pilot, "enter", "end", "enter")
        assert "Esc leads back to the claims" in seen(pilot)
        await press(pilot, "escape")
        assert "Cited for and against: a new finding" in " ".join(seen(pilot).split())

    use(folder, journey)
    with Study.open(folder, "Anna") as study:
        assert [one.stance for one in study.claims.citations()] == ["for", "against"]


def test_what_the_text_of_the_study_is() -> None:
    assert (TEXT[26:42], TEXT[43:60]) == ("Nobody asked me.", "We talked for hou")

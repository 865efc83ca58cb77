"""From an excerpt, wherever it is listed, into the text: the cursor on its words, its coding chosen; and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from places import WIDE, press, sample, seen, settle, use

from qda.store import Study
from qda.tui.codebook import CodebookScreen
from qda.tui.coding.screen import CodingScreen
from qda.tui.memos import MemosScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from qda.model.nouns import Coding


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


def read(look: Any) -> Any:
    with Study.open(sample()) as study:
        return look(study)


def landed(pilot: Pilot[None], coding: Coding) -> None:
    """The text of a coding is open, the cursor on its first character, and the coding chosen."""
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen)
    source = read(lambda study: study.sources.by_key(coding.source).name)
    assert (screen.opened.source.name, screen.cursor.at) == (source, coding.start)
    assert screen.look.chosen == coding.key
    assert "Esc leads back" in seen(pilot)


async def back(pilot: Pilot[None]) -> None:
    assert await pilot.app.go_back()  # type: ignore[attr-defined]
    await settle(pilot)


def test_from_the_excerpts_of_a_code() -> None:
    code = read(lambda study: study.codebook.get("strategy/rule_creation/mou").key)
    third = read(lambda study: study.codebook_edits.codings_of((code,)))[2]

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "f4", "f", *"mou", "enter", "enter", "down", "down", "enter")
        landed(pilot, third)
        await back(pilot)
        assert "strategy/rule_creation/mou: " in seen(pilot)
        assert pilot.app.screen.rows.at == 2  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodebookScreen)

    use(sample(), journey, WIDE)


def test_an_excerpt_of_several_turns_names_all_who_speak() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "f4", "f", *"mou", "enter", "enter")
        words = " ".join(seen(pilot).split())
        assert "nl_officials_group · turns 69-70 · Interviewer L, NL manager" in words
        assert "afghan_man_oslo · turn 46 · Man in Oslo" in words

    use(sample(), journey, WIDE)


def test_from_a_memo_on_a_coding() -> None:
    memos = read(lambda study: list(reversed(study.memos.all())))
    at, memo = next((at, memo) for at, memo in enumerate(memos) if memo.target_kind == "coding")
    coding = next(one for one in read(lambda study: list(study.codings.all())) if one.uid == memo.target)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "f5", *["down"] * at, "enter")
        landed(pilot, coding)
        await back(pilot)
        assert isinstance(pilot.app.screen, MemosScreen)
        assert pilot.app.screen.memo().key == memo.key

    use(sample(), journey, WIDE)

"""A study without sources on the screen: how the first ones come in, and which of them is opened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from places import press, seen, settle, write

from qda.store import Study
from qda.tui.app import QdaApp
from qda.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts without speakers, to be taken in."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("first", "second"):
        (texts / f"{name}.txt").write_text(f"The words of the {name} text. And some more.\n")
    return texts


def use(tmp_path: Path, journey: object) -> None:
    async def run() -> None:
        with Study.create(tmp_path / "study", coder="Anna") as study:
            async with QdaApp(study).run_test(size=(120, 40)) as pilot:
                await settle(pilot)
                await journey(pilot)  # type: ignore[operator]

    asyncio.run(run())


async def take_in(pilot: Pilot[None], folder: Path) -> None:
    await press(pilot, "a")
    await write(pilot, str(folder))
    await press(pilot, "enter")
    await settle(pilot)
    assert "2 sources" in seen(pilot)


def test_the_source_that_is_chosen_first_is_opened(tmp_path: Path, folder: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f3")
        await take_in(pilot, folder)
        await press(pilot, "down", "enter")
        await settle(pilot)
        await pilot.pause(1.2)  # the empty study's screen looks for a source each second
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.opened.source.name == "second"
        await press(pilot, "f3")
        assert pilot.app.screen.current().name == "second"  # type: ignore[attr-defined] # the one that is open

    use(tmp_path, journey)


def test_the_first_screen_takes_texts_in_and_says_how_to_be_guided(tmp_path: Path, folder: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        assert "This study has no sources yet." in seen(pilot)
        assert "F12 leads through a first coding" in seen(pilot)
        await take_in(pilot, folder)

    use(tmp_path, journey)

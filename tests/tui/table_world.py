"""What the tests of screens with tables share: a small study, its screen in a pilot, and a second look at the file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste
from textual.screen import Screen

from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.store import Study
from qda.tui.app import QdaApp

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SMALL, LARGE = (80, 24), (120, 40)
Step = str | Callable[["Pilot[None]"], Awaitable[Any]]


class LowestScreen(Screen[None]):
    """Stands where the coding screen would, so that a place can be tested without it."""


class OneScreenApp(QdaApp):
    """The app with one screen; what it opens is noted instead."""

    def __init__(self, study: Study, make: Callable[[], Screen[None]]) -> None:
        super().__init__(study)
        self.make = make
        self.opened: list[tuple[str, int]] = []

    async def begin(self) -> None:
        """Show the one screen."""
        await self.push_screen(LowestScreen())
        await self.push_screen(self.make())

    def open_source(self, name: str, place: int = 0, **more: str) -> None:
        """Note what is opened."""
        assert not more.get("said")
        self.opened.append((name, place))


def spoken(name: str, *said: tuple[str, str]) -> Transcript:
    """A transcript of labels and what was said, a line each."""
    text, turns = "", []
    for label, words in said:
        start = len(text)
        text += f"{label}: {words}\n"
        turns.append(SpokenTurn(start, start + len(label) + 2, len(text) - 1, label))
    return Transcript(name, "txt", text.encode(), text, "utf-8", tuple(turns))


def add(study: Study, transcript: Transcript, **fields: str) -> None:
    """Add a transcript: `I` interviews, `Tolk` interprets, the others answer; `R1` and the like name nobody."""
    roles = {"I": "interviewer", "Tolk": "interpreter"}
    labels = {turn.label for turn in transcript.turns if turn.label}
    speakers = {
        label: Speaker(label, roles.get(label, "respondent"), generic=label == "I" or label[1:].isdigit())
        for label in labels
    }
    study.sources.add(transcript, speakers=speakers, **fields)


def small_study(folder: Path) -> Path:
    """Three sources, five persons, a few codes; Anna works there."""
    with Study.create(folder, coder="anna") as study:
        add(study, spoken("amal", ("I", "Why?"), ("Amal", "Nobody asked."), ("Tolk", "She says no.")), language="nl")
        add(study, spoken("bilal", ("I", "When?"), ("Bilal", "Two years ago, in winter.")), date="2024-05")
        add(study, spoken("notes", ("R1", "Nothing was said.")), kind="notes")
        for path in ("trust", "trust/police", "fear"):
            study.codebook.add(path)
        study.codings.apply("amal", "trust", 0, 6)
        study.codings.apply("amal", "fear", 2, 8)
    return folder


def play(
    folder: Path, make: Callable[[], Screen[None]], steps: Sequence[Step], size: tuple[int, int] = LARGE
) -> OneScreenApp:
    """Open the screen, take the steps (keys, or functions of the pilot), and close; returns the app."""

    async def go() -> OneScreenApp:
        with Study.open(folder, coder="anna") as study:
            app = OneScreenApp(study, make)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                for step in steps:
                    await (pilot.press(step) if isinstance(step, str) else step(pilot))
                await pilot.pause()
            assert app.return_code in (None, 0)
        return app

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QDA_TRACEBACK", "1")
        patch.setenv("QDA_CONFIG", str(folder.parent / "config"))
        return asyncio.run(go())


def typed(words: str, *after: str) -> list[str]:
    """The keys that write words."""
    named = {" ": "space", "|": "vertical_line", "/": "slash", "-": "minus", ".": "full_stop", ",": "comma"}
    return [*(named.get(sign, sign) for sign in words), *after]


def cleared(words: str, *after: str) -> list[str]:
    """The keys that write words in the place of those that stand in a line."""
    return ["ctrl+e", "ctrl+u", *typed(words, *after)]


def pasted(text: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """What a terminal does when somebody pastes."""

    async def step(pilot: Pilot[None]) -> None:
        pilot.app.post_message(Paste(text))
        await pilot.pause()

    return step


def status(pilot: Pilot[None]) -> str:
    """The words of the status line."""
    screen: Any = pilot.app.screen
    return str(screen._status.visual)


def says(words: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """A step that looks for words in the status line."""

    async def step(pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert words in status(pilot)

    return step


def shows(words: str, *, no: bool = False) -> Callable[[Pilot[None]], Awaitable[None]]:
    """A step that looks for words anywhere on the screen."""

    async def step(pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert (words in screen_text(pilot)) is not no, screen_text(pilot)

    return step


def screen_text(pilot: Pilot[None]) -> str:
    """The screen as text, line by line."""
    width, height = pilot.app.size
    compositor: Any = pilot.app.screen._compositor
    strips = compositor.render_strips()
    return "\n".join(strip.text[:width].rstrip() for strip in strips[:height])


def state(folder: Path) -> str:
    """The state of the study, seen through another connection."""
    with Study.open(folder) as study:
        return study.state_hash()

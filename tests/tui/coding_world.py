"""What the tests of the coding screen share: a study with one interview, keys, and what is painted and stored."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from qda.model.codebook import Codebook, CodeEntry
from qda.model.transcript import SpokenTurn, Transcript
from qda.store import Study
from qda.tui.app import QdaApp
from qda.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

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
NEXT_TURN = "right_curly_bracket"  # from the first question to the answer: They gave me a paper.


def document(text: str = TEXT, name: str = "talk") -> Transcript:
    """An invented interview; a turn is a paragraph that begins with a letter and a colon."""
    turns, at = [], 0
    for part in text.split("\n\n"):
        turns.append(SpokenTurn(at, at + 3, at + len(part.rstrip("\n")), part[0], None))
        at += len(part) + 2
    return Transcript(name, "txt", text.encode(), text, None, tuple(turns))


def make_study(folder: Path, *documents: Transcript, codes: Codebook = CODES) -> Path:
    """A study of anna's; its settings lie beside it."""
    from qda.io.incoming import known_speakers

    folder.mkdir(parents=True)
    (folder / "screen.json").write_text(json.dumps({"guided": True}), encoding="utf-8")
    with Study.create(folder, coder="anna") as study:
        for made in documents or (document(),):
            study.sources.add(made, speakers=known_speakers(made, {}))
        study.codebook.import_codebook(codes, "codes")
    return folder


def at_screen(
    folder: Path, journey: Journey, *keys: str, size: tuple[int, int] = (120, 40), coder: str = "anna"
) -> None:
    """Open the study, press keys, go on a journey, and leave."""

    async def run() -> None:
        with Study.open(folder, coder=coder) as study:
            app = QdaApp(study)
            app.preferences.guided = True
            async with app.run_test(size=size) as pilot:
                await pilot.pause(0.05)
                screen = app.screen
                assert isinstance(screen, CodingScreen)
                await pilot.press(*keys)
                await journey(pilot, screen)
                await pilot.pause(0.02)

    asyncio.run(run())


def rows(screen: Screen[object]) -> list[str]:
    """What is painted, row by row."""
    return [strip.text for strip in screen.app.screen._compositor.render_strips()]


def status(screen: Screen[object]) -> str:
    """What is painted in the last row."""
    return rows(screen)[-1].strip()


def grounds(screen: CodingScreen, row: int) -> list[str]:
    """The colour behind each cell of a row."""
    found = []
    for segment in screen._compositor.render_strips()[row]:
        colour = segment.style.bgcolor if segment.style is not None else None
        found += [colour.get_truecolor().hex if colour is not None else ""] * segment.cell_length
    return found


def codings(folder: Path) -> list[tuple[str, str]]:
    """Every coding in the database: the code's path and the words."""
    with Study.open(folder) as study:
        paths = {code.key: code.path for code in study.codebook.tree().codes}
        text = study.sources.text(study.sources.get("talk").key)
        return [(paths[one.code], text[one.start : one.end]) for one in study.codings.all()]


def paths(folder: Path) -> list[str]:
    """The paths of all codes in the database."""
    with Study.open(folder) as study:
        return [code.path for code in study.codebook.tree().codes]

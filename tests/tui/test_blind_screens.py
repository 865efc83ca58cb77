"""A blind round attacked through every screen: two worlds that differ only in what is hidden look the same."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from places import copy_of_sample, press, run, seen

from qda.store import Study
from qda.tui.app import QdaApp
from qda.tui.coding.screen import CodingScreen
from qda.tui.going import SCREENS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SOURCES = ("no_official", "nl_return_counsellor")
CODE = "strategy/rule_creation"
SIZE = (140, 36)
SLOWLY = 0.15  # seconds after which the panes beside a text have followed
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:]+)?")
# The log numbers the changes of everybody, so that a sentence about one can name it: docs/rounds.md says so.
_NUMBER = re.compile(r"^ +[0-9]+  (?=MOMENT)|(?<=undo of change )[0-9]+", re.MULTILINE)
# What is done in each place, and looked at after each key.
WAYS = {
    "sources": ("f3", "f", "n", "o", "underscore", "o", "f", "enter", "enter", "D", "u", "]", "o", "]", "escape"),
    "codebook": ("f4", "G", "enter", "escape", "L", "escape"),
    "memos": ("f5", "G", "p", "d"),
    "claims": ("f11", "enter", "escape", "q", "escape", "L", "escape", "G"),
    "registers": ("f6", "2", "3", "4"),
    "reports": ("f7", "enter", "escape", "tab", "tab", "tab", "tab"),
    "search": ("f8", *"zebra", "enter"),
    "history": ("f9",),
    "rounds": ("ctrl+r", "y", "ctrl+r", "enter", "G", "escape", "E", "escape", "o", "escape"),
    "adjudication": ("ctrl+d", "1", "y", "D", "tab", "d", "escape", "G", "c", *"zeb", "escape", "x", "u"),
    "rereads": ("ctrl+g", "o", "G", "o"),
    "settings": ("f10",),
}


def command(folder: Path, coder: str, *words: str) -> None:
    status, _, said = run("--study", str(folder), "--coder", coder, *words)
    assert status == 0, said


@pytest.fixture
def worlds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The sample with a blind round of Anna and Bram: where Anna has coded in it, and where she has not."""
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    there = copy_of_sample(tmp_path / "there")
    for coder in ("Anna", "Bram"):
        for source in SOURCES:
            command(there, coder, "progress", "set", source, "done")
    command(there, "Lead", "code", "add", "late", "--definition", "Came after they were done.")
    command(there, "Lead", "claims", "add", "Known before.", "--scope", f"code {CODE}")
    named = [word for source in SOURCES for word in ("--source", source)]
    command(there, "Lead", "round", "new", "first", "--for", "Anna", "--for", "Bram", *named)
    shutil.copytree(there, tmp_path / "absent" / "demo")
    command(there, "Anna", "codings", "add", SOURCES[0], CODE, "100", "190")
    command(there, "Anna", "code", "add", "zebra", "--definition", "Zebras.")
    command(there, "Anna", "codings", "add", SOURCES[0], "zebra", "200", "290")
    command(there, "Anna", "memos", "add", "A zebra crossing.", "--source", SOURCES[0])
    command(there, "Anna", "claims", "add", "A zebra crossing.", "--scope", "code zebra")
    command(there, "Anna", "claims", "cite", "before", SOURCES[0], "100", "190", "--against")
    command(there, "Anna", "progress", "set", SOURCES[0], "in progress")
    command(there, "Anna", "reread", "done", SOURCES[1])
    return there, tmp_path / "absent" / "demo"


def looked_at(folder: Path, coder: str, keys: tuple[str, ...]) -> list[str]:
    """What is seen after each key; moments are left out."""
    import asyncio

    found: list[str] = []

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape")
        for key in keys:
            await press(pilot, key)
            if isinstance(pilot.app.screen, CodingScreen):
                await pilot.pause(SLOWLY)
            found.append(f"{key}\n{_NUMBER.sub('', _MOMENT.sub('MOMENT', seen(pilot)))}")

    async def go() -> None:
        with Study.open(folder, coder) as study:
            app = QdaApp(study)
            app.preferences.guided = True
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause()
                await journey(pilot)
                assert app.return_code in (None, 0)

    asyncio.run(go())
    return found


def test_every_place_is_attacked() -> None:
    assert set(WAYS) == set(SCREENS)


@pytest.mark.long
@pytest.mark.parametrize(("coder", "places"), [("Bram", tuple(WAYS)), ("Ingrid", ("memos", "search", "rounds"))])
def test_no_screen_shows_what_a_blind_round_hides(
    worlds: tuple[Path, Path], coder: str, places: tuple[str, ...]
) -> None:
    """Bram is in the round, Ingrid is not."""
    keys = tuple(key for place in places for key in (*WAYS[place], "escape"))
    there, absent = (looked_at(folder, coder, keys) for folder in worlds)
    assert not any("zebras" in screen.casefold() or "zebra crossing" in screen for screen in there)
    assert [one for one, other in zip(there, absent, strict=True) if one != other] == []


def test_whose_work_it_is_sees_it(worlds: tuple[Path, Path]) -> None:
    there, absent = (looked_at(folder, "Anna", WAYS["codebook"]) for folder in worlds)
    assert any("zebra" in screen for screen in there)
    assert there != absent

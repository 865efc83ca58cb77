"""Any keys in any order: the screen never breaks, and all that they did can be taken back."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

import pytest
from screen_world import LONG, key, make_study, talk, undone

from qda.store import Study
from qda.store.check import check_study
from qda.tui.actions import ACTIONS, CODING
from qda.tui.app import QdaApp
from qda.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from pathlib import Path

KEYS = 10_000 if LONG else 1_200
LETTERS = "aeinorst 0123"
EVERYWHERE = sorted({name for action in ACTIONS for name in action.keys} - {"ctrl+q"})
HERE = sorted({name for action in CODING for name in action.keys} | {"shift+right", "shift+down", "backspace"})


def keys(seed: int, *, everywhere: bool) -> list[str]:
    """Keys of the whole table, in the coding screen more often its own, with something typed now and then."""
    dice = Random(seed)
    found: list[str] = []
    while len(found) < KEYS:
        pool = EVERYWHERE if everywhere and dice.random() < 0.3 else HERE
        found.append(dice.choice(pool))
        if dice.random() < 0.15:
            found += dice.choices(LETTERS, k=dice.randint(1, 4))
            found.append(dice.choice(("enter", "escape", "ctrl+s")))
    return found[:KEYS]


@pytest.mark.long
@pytest.mark.parametrize(("seed", "everywhere"), [(1, False), (2, True)])
def test_keys_in_any_order_break_nothing_and_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, *, everywhere: bool
) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("QDA_TRACEBACK", "1")
    monkeypatch.setattr(QdaApp, "do_leave", _stay)  # the palette finds it for some letters
    monkeypatch.chdir(tmp_path)
    folder = make_study(tmp_path / "study", [talk(), talk(8, "short", 2)])
    with Study.open(folder, "anna") as study:
        study.codings.apply("talk", "home", 3, 9)  # anna has come in; whoever is new stays
        study.changes.undo()
        before = study.state_hash()
        asyncio.run(_type(study, keys(seed, everywhere=everywhere)))
        assert check_study(study, lambda _: None) == []
        done = sum(1 for _ in undone(study))
        assert study.state_hash() == before
        assert done > KEYS // 100


async def _stay(_: QdaApp) -> None:
    """Go on."""


async def _type(study: Study, names: list[str]) -> None:
    app = QdaApp(study)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        typed: list[str] = []
        for name in names:
            typed.append(name)
            app.post_message(key(name))
            if len(typed) % 10 == 0:
                await pilot.pause()
            assert app.is_running, f"it ended after {typed[-30:]}"
        await pilot.pause()
        assert any(isinstance(screen, CodingScreen) for screen in app.screen_stack)

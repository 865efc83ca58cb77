"""The palette knows every action of every place, and does it there; letters mean the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import WIDE, press, sample, seen, settle, use, write

from qda.tui.actions import ACTIONS
from qda.tui.codebook import CodebookScreen
from qda.tui.coding.screen import CodingScreen
from qda.tui.palette import PLACES, PaletteWindow
from qda.tui.reports import ReportsScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


def test_an_action_of_another_place_is_done_there() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "merge this code")
        words = next(line for line in seen(pilot).splitlines() if "merge this code into another" in line)
        assert "M" in words
        assert "Codebook, F4" in words
        await press(pilot, "enter")
        assert "Merge " in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodebookScreen)
        await press(pilot, "ctrl+p")
        await write(pilot, "shares of codes")
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "compare by")
        await press(pilot, "enter")
        assert "Compare the codes by what?" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReportsScreen)
        await press(pilot, "ctrl+p")
        await write(pilot, "select the turn")
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.cursor.selection is not None

    use(sample(), journey, WIDE)


def test_what_is_not_there_is_said() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "zzz")
        assert "Nothing on the screen is called 'zzz'" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaletteWindow)
        await press(pilot, *["backspace"] * 3)
        await write(pilot, "portrait")
        assert "choose a report from the list" in seen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)

    use(sample(), journey)


def test_it_has_every_action_of_every_place() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+p")
        window = pilot.app.screen
        assert isinstance(window, PaletteWindow)
        assert set(window._found) == set(ACTIONS)
        assert {action.place for action in ACTIONS} == set(PLACES)

    use(sample(), journey)


def test_what_is_typed_ahead_is_found_and_done() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape")
        await pilot.press("ctrl+p", *("space" if sign == " " else sign for sign in "the codebook"), "enter", "down")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodebookScreen)
        assert pilot.app.screen.rows.at == 1

    use(sample(), journey)


# What a letter means, wherever it means anything. Beside the text, `w` and `b`, which move in it, are free.
MEANINGS = {
    "a": ("add", "add_below", "take_in", "adjust"),
    "c": ("pick", "code"),
    "d": ("definition", "notes", "abouts", "states"),
    "e": ("comment", "edit"),
    "f": ("focus", "filter", "select"),
    "m": ("memo",),
    "r": ("recode", "rename"),
    "s": ("split",),
    "t": ("kinds", "whose", "choose_report", "mode"),
    "p": ("voices", "coders"),
    "o": ("others", "reveal", "reopen"),
    "y": ("agreement", "agree", "state"),
    "z": ("uncoded", "next_open", "adjudicate"),
    "H": ("retired", "decided"),
    "L": ("versions", "log"),
    "q": ("cite", "uncited"),
    "u": ("undo",),
    "U": ("redo",),
    "v": ("mark", "adjust"),
    "x": ("remove", "none"),
    "R": ("retire", "reviewed"),
    "D": ("done",),
    "M": ("merge",),
    "g": ("top",),
    "G": ("bottom",),
    "I": ("detail_pane", "about"),
    "O": ("sort",),
    "*": ("everything", "tick_all", "all", "done_all"),
    "/": ("find", "filter", "type"),
    ":": ("go_to", "go_to_column", "counts"),
    ".": ("repeat", "recount"),
    "[": ("coding_back", "source_back", "previous_report"),
    "]": ("coding", "next_report", "next_source"),
    "left": ("left", "fold", "source_back"),
    "right": ("right", "unfold", "next_source"),
    "=": ("other_language", "ends"),
    "$": ("line_end", "last_column"),
    "h": ("left", "fold"),
    "l": ("right", "unfold"),
}


def test_a_letter_means_the_same_everywhere() -> None:
    meant: dict[str, set[str]] = {}
    for action in ACTIONS:
        for key in action.keys:
            if len(key) == 1 or key in MEANINGS:
                meant.setdefault(key, set()).add(action.name)
    several = {key: names for key, names in meant.items() if len(names) > 1 and key not in "wb" and not key.isdigit()}
    assert {key: names - set(MEANINGS.get(key, ())) for key, names in several.items()} == {
        key: set() for key in several
    }


def test_no_place_has_a_key_twice() -> None:
    for place in PLACES:
        keys = [key for action in ACTIONS if action.place in (place, "everywhere") for key in action.keys]
        assert sorted(keys) == sorted(set(keys)), place


@pytest.mark.parametrize("key", ["f3", "f4", "f5", "f6", "f7", "f8", "f9", "f11"])
def test_the_way_back_and_to_help_is_offered_on_narrow_screens_too(key: str) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", key)
        assert "Esc back  ? help" in seen(pilot).splitlines()[-1]

    use(sample(), journey)


def test_a_second_answer_of_a_window_closes_nothing_below() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f6", "ctrl+p")
        await write(pilot, "settings")
        window = pilot.app.screen
        assert isinstance(window, PaletteWindow)
        below = pilot.app.screen_stack[:-1]
        window.dismiss()
        for _ in range(3):
            window.dismiss()
            window.on_input_submitted()
        await settle(pilot)
        assert pilot.app.screen_stack == below

    use(sample(), journey)

"""A query is written on the screen: what it finds while one types, saving it by name, and the report that counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import WIDE, copy_of_sample, press, run, seen, use, write
from test_reports_screen import go_to, screen_of

from qda.tui.report.query_window import QueryWindow

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

QUERY = "hopelessness WITHIN 2 turns OF actor"


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


def window_of(pilot: Pilot[None]) -> QueryWindow:
    window = pilot.app.screen
    assert isinstance(window, QueryWindow)
    return window


def test_a_query_is_tried_saved_and_counted(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)

    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "frequency")
        await press(pilot, "Q")
        assert window_of(pilot).counted == "No query: everything counts."
        await write(pilot, f"{QUERY} AND")
        assert window_of(pilot).counted == (
            "the query is wrong at its end: a code, a condition or a bracket is expected here"
        )
        await press(pilot, "enter")
        assert "at its end" in seen(pilot)
        await press(pilot, *["backspace"] * 4)
        assert window_of(pilot).counted == "Finds 4 passages in 3 sources."
        await press(pilot, "ctrl+s")
        await write(pilot, "stuck")
        await press(pilot, "enter", "enter")
        screen = screen_of(pilot)
        assert screen.state.selection.query == "stuck"
        assert "only on a query: stuck" in seen(pilot)
        await press(pilot, "f")
        assert "Only on a query  stuck" in seen(pilot)
        await press(pilot, "ctrl+s", "Q", "ctrl+o", "enter", "enter")
        assert screen_of(pilot).state.selection.query == "stuck"

    use(folder, journey, WIDE)
    status, out, _ = run("--study", str(folder), "query", "--format", "csv")
    assert status == 0
    assert "stuck,agency_level/hopelessness WITHIN 2 turns OF actor,Anna" in out


def test_a_code_is_put_into_a_query(tmp_path: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "frequency")
        await press(pilot, "Q", "ctrl+k")
        await write(pilot, "refusal")
        await press(pilot, "enter")
        assert "agency_level/refusal" in seen(pilot)
        assert window_of(pilot).counted.startswith("Finds ")
        await press(pilot, "escape")
        assert screen_of(pilot).state.selection.query == ""

    use(copy_of_sample(tmp_path), journey, WIDE)


def test_a_search_is_narrowed_to_a_query(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    assert run("--study", str(folder), "--coder", "Anna", "query", "save", "stuck", QUERY)[0] == 0
    status, out, _ = run("--study", str(folder), "search", "the", "--query", "stuck", "--format", "csv")
    assert status == 0
    expected = len(out.splitlines()) - 1
    assert expected > 0

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "the")
        await press(pilot, "enter", "f", "end", "up", "enter")
        await write(pilot, "stuck")
        await press(pilot, "enter", "ctrl+s")
        assert "on the query stuck" in seen(pilot)
        assert len(pilot.app.screen.state.hits) == expected  # type: ignore[attr-defined]

    use(folder, journey, WIDE)

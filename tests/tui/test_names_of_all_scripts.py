"""Names in any script: columns stay in place, right-to-left names are read from the right, pictures take two cells."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from list_world import Hand, shown
from rich.cells import cell_len
from table_world import add, spoken

from qda.model.codebook import Codebook, CodeEntry
from qda.store import Study
from qda.store.memos import MemoRow
from qda.tui.codebook import CodebookScreen
from qda.tui.history import HistoryScreen
from qda.tui.memos import MemosScreen
from qda.tui.registers import RegistersScreen
from qda.tui.reports import ReportsScreen
from qda.tui.sources import SourcesScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

TRUST, TRUST_READ = "\u062b\u0642\u0629", "\u0629\u0642\u062b"  # thiqa, as stored and as it stands on a screen
AMAL, AMAL_READ = "\u0623\u0645\u0644", "\u0644\u0645\u0623"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467 kin"  # joined: terminals give it two cells or six
FAMILY_READ = "\U0001f468 kin"
THUMB = "\U0001f44d\U0001f3fd ok"
THUMB_READ = "\U0001f44d ok"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    with Study.create(tmp_path / "study", coder="anna") as study:
        add(study, spoken("talk", ("I", "Why?"), (AMAL, "Nobody asked me."), (THUMB, "So it was.")))
        codes = tuple(CodeEntry(name, origin="open") for name in (TRUST, FAMILY, "plain"))
        study.codebook.import_codebook(Codebook(codes=codes), "codes")
        for code in (TRUST, FAMILY, "plain"):
            study.codings.apply("talk", code, 8, 20)
        study.memos.import_rows([MemoRow(f"{TRUST} 12", title=FAMILY), MemoRow("second", title=TRUST)], "memos")
    return tmp_path / "study"


def look(folder: Path, screen: type, steps: Callable[[Hand], Awaitable[None]]) -> None:
    async def go() -> None:
        async with shown(folder, screen, (100, 24)) as hand:
            await steps(hand)

    asyncio.run(go())


def lines(hand: Hand) -> list[str]:
    found = hand.text().split("\n")
    assert {cell_len(line) for line in found} == {100}, "a line is wider or narrower than the screen"
    assert "\u200d" not in hand.text()
    return found


def line(hand: Hand, words: str) -> str:
    return [line for line in lines(hand) if words in line][-1]


def column(words: str, before: str) -> int:
    """The cell at which some words begin in a line."""
    return cell_len(before[: before.index(words)])


def test_the_codebook(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        trust, kin, plain = (line(hand, name) for name in (TRUST_READ, FAMILY_READ, "plain"))
        assert column("open", trust) == column("open", kin) == column("open", plain)
        assert TRUST not in hand.text()
        await hand.press("enter")
        assert AMAL_READ in hand.text()  # the speaker of the excerpt
        assert "turn 2" in hand.text()

    look(folder, CodebookScreen, steps)


def test_memos(folder: Path) -> None:
    async def steps(hand: Hand) -> None:
        rows = [line for line in lines(hand) if "anna · " in line]
        trust = next(line for line in rows if "second" in line)
        kin = next(line for line in rows if FAMILY_READ in line)
        assert TRUST_READ in trust
        assert column("anna", trust) == column("anna", kin)

    look(folder, MemosScreen, steps)


def test_registers_and_sources(folder: Path) -> None:
    async def persons(hand: Hand) -> None:
        amal, thumb = line(hand, AMAL_READ), line(hand, THUMB_READ)
        assert column("respondent", amal) == column("respondent", thumb)
        assert AMAL not in hand.text()

    async def sources(hand: Hand) -> None:
        lines(hand)

    look(folder, RegistersScreen, persons)
    look(folder, SourcesScreen, sources)


def test_reports_and_history(folder: Path) -> None:
    async def report(hand: Hand) -> None:
        await hand.app.workers.wait_for_complete()
        await hand.pilot.pause(0.2)
        rows = [line(hand, f"{sign}{name}") for sign in "▌" for name in (TRUST_READ, FAMILY_READ, "plain")]
        ends = {cell_len(row.rstrip(" ┃│›")) for row in rows}
        assert len(ends) == 1

    async def history(hand: Hand) -> None:
        assert TRUST_READ in hand.text()
        assert TRUST not in hand.text()
        lines(hand)

    look(folder, ReportsScreen, report)
    look(folder, HistoryScreen, history)

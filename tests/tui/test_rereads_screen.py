"""The place of what is to be read again, and the sign of codings whose text was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import NARROW, WIDE, copy_of_sample, press, run, seen, use, write

from qda.store import Study
from qda.store.progress import ProgressRow
from qda.tui.coding.screen import CodingScreen
from qda.tui.rereads import RereadsScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SOURCES = ("nl_return_counsellor", "no_official")


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


def command(folder: Path, coder: str, *words: str) -> None:
    status, _, said = run("--study", str(folder), "--coder", coder, *words)
    assert status == 0, said


def nobody_done(tmp_path: Path) -> Path:
    """The sample, where nobody is done with anything."""
    study = copy_of_sample(tmp_path)
    with Study.open(study) as opened:
        known = [(one.name, coder.name) for one in opened.sources.all() for coder in opened.coders.all()]
        rows = [ProgressRow(name, coder, "in progress") for name, coder in known]
        opened.progress.import_rows(rows, "nobody is done")
    return study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Anna is done with two sources, Bram with one; then come two codes, and Anna reads one again for one of them."""
    study = nobody_done(tmp_path)
    for coder, name in (("Anna", SOURCES[0]), ("Anna", SOURCES[1]), ("Bram", SOURCES[0])):
        command(study, coder, "progress", "set", name, "done")
    command(study, "Lead", "code", "add", "luck", "--definition", "Said to be good or bad luck.")
    command(study, "Lead", "code", "add", "weather")
    command(study, "Anna", "reread", "done", SOURCES[0], "--code", "luck")
    return study


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_sources_are_opened_and_said_to_be_read(folder: Path, size: tuple[int, int]) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+g")
        screen = pilot.app.screen
        assert isinstance(screen, RereadsScreen)
        assert "2 sources by Anna" in seen(pilot)
        assert [len(screen.listing.rows), screen.chosen().done] == [5, False]
        await press(pilot, "f")
        await write(pilot, "luck")
        await press(pilot, "enter")
        assert "Said to be good or bad luck." in seen(pilot)
        assert "Anna has read 1 of 2 sources again for this code" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert SOURCES[1] in seen(pilot).splitlines()[0]
        await press(pilot, "escape")
        screen = pilot.app.screen
        assert isinstance(screen, RereadsScreen)
        assert screen.listing.shown[screen.grid.row].name == SOURCES[1]
        await press(pilot, "D")
        assert "'no_official' is read again for luck" in seen(pilot)
        await press(pilot, "u")
        assert len(screen.listing.rows) == 5
        await press(pilot, "asterisk")
        assert "1 source by Anna" in seen(pilot)
        await press(pilot, "o")
        assert "with what was read again" in seen(pilot)
        assert len(screen.listing.rows) == 6
        await press(pilot, "o", "G", "D")
        assert "only Bram can say so" in seen(pilot)

    use(folder, journey, size)
    status, out, _ = run("--study", str(folder), "reread", "progress", "--coder", "Anna", "--format", "csv")
    assert (status, out.splitlines()[1:]) == (0, ["Anna,luck,2,2", "Anna,weather,1,2"])


def test_where_nothing_waits_it_says_what_would(tmp_path: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+g")
        assert "Nothing is to be read again." in seen(pilot)
        await press(pilot, "enter", "D")
        assert "nothing to be read again here" in seen(pilot)

    use(nobody_done(tmp_path), journey)


def test_a_coding_whose_text_was_edited_has_a_sign_until_it_is_reviewed(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    with Study.open(folder, "Anna") as study:
        source = study.sources.get(SOURCES[1])
        text = study.sources.text(source.key)
        mine = next(one for one in study.codings.all(source.key) if one.coder == study.coders.key("Anna"))
    middle = (mine.start + mine.end) // 2
    (tmp_path / "new.txt").write_text(f"{text[:middle]} well, {text[middle:]}", encoding="utf-8")
    command(folder, "Lead", "source", "edit", SOURCES[1], str(tmp_path / "new.txt"))

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "f3", "f")
        await write(pilot, SOURCES[1])
        await press(pilot, "enter", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert getattr(screen.opened.spans.get(mine.key), "anchor", None) == 1
        screen.travel(lambda: screen.cursor.go(mine.start))
        await press(pilot)
        while screen.look.chosen != mine.key:
            await press(pilot, "tab")
        await pilot.pause(0.15)
        assert " ~" in seen(pilot)
        assert "~ its text was edited" in seen(pilot)
        assert "R right" in seen(pilot).splitlines()[-1]
        await press(pilot, "R")
        assert "is right here" in seen(pilot)
        assert getattr(screen.opened.spans.get(mine.key), "anchor", None) == 0
        await press(pilot, "R")
        assert "only a coding with ~ needs a look" in seen(pilot)
        await press(pilot, "u")
        assert getattr(screen.opened.spans.get(mine.key), "anchor", None) == 1

    use(folder, journey, (140, 40))

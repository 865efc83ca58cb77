"""Keys typed faster than windows open are never lost: all of them in one write to a terminal, then what is stored."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from screen_world import make_study, talk, terminal

from qda.store import Study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

F3, F4, F5, F6, F8 = "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[19~"
CTRL_P, CTRL_S, DOWN, ENTER = "\x10", "\x13", "\x1b[B", "\r"
SECONDS = 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study in which anna has coded."""
    made = make_study(tmp_path / "study", [talk(20), talk(8, "short", 2)])
    with Study.open(made, "anna") as study:
        study.codings.apply("talk", "travel", 3, 30)
    return made


def types(folder: Path, keys: str, done: Callable[[Study], bool]) -> None:
    """Type all keys at once, and wait until that is stored which they lead to."""
    with terminal(folder) as screen:
        screen.write(keys)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            screen.read(0.05, limit=0.3)
            with Study.open(folder, "anna") as study:
                if done(study):
                    return
        pytest.fail(screen.grid.text())


def paths(study: Study) -> set[str]:
    return {code.path for code in study.codebook.tree().codes}


def test_a_code_is_made_and_merged(folder: Path) -> None:
    keys = f"{F4}Abrand new{ENTER}Mhome{ENTER}{ENTER}"
    types(folder, keys, lambda study: study.changes.all()[0].summary.startswith("merged brand new into home"))
    with Study.open(folder) as study:
        assert paths(study) == {"travel", "home", "money", "fear"}


def test_a_code_is_moved_and_described(folder: Path) -> None:
    keys = f"{F4}>money{ENTER}mA thought.{CTRL_S}"
    types(folder, keys, lambda study: "money/travel" in paths(study) and len(study.memos.all()) == 1)
    with Study.open(folder) as study:
        [memo] = study.memos.all()
        assert (memo.target, memo.body) == ("money/travel", "A thought.")


def test_hits_are_searched_and_coded_with_a_new_code(folder: Path) -> None:
    keys = f"{F8}winter{ENTER}*cfresh{ENTER}{ENTER}"
    types(folder, keys, lambda study: "fresh" in paths(study))
    with Study.open(folder) as study:
        texts = {source.key: study.sources.text(source.key) for source in study.sources.all()}
        fresh = study.codebook.get("fresh").key
        words = [texts[one.source][one.start : one.end].casefold() for one in study.codings.all() if one.code == fresh]
        assert len(words) == sum(text.casefold().count("winter") for text in texts.values())
        assert set(words) == {"winter"}


def test_a_source_is_assigned_and_a_case_is_added(folder: Path) -> None:
    keys = f"{F3}Pbram{ENTER}{F6}2aNorth{ENTER} R{chr(9)}{ENTER}"
    types(folder, keys, lambda study: bool(study.cases.members()))
    with Study.open(folder) as study:
        bram = study.coders.find("bram")
        assert [(row[1], row[3]) for row in study.progress.by_keys() if row[1] == bram] == [(bram, "assigned")]
        assert [case.name for case in study.cases.all()] == ["North"]


def test_the_palette_leads_to_a_window_of_another_place(folder: Path) -> None:
    keys = f"{CTRL_P}new code at the top{ENTER}deep{ENTER}"
    types(folder, keys, lambda study: "deep" in paths(study))


def test_a_memo_is_written_on_the_study(folder: Path) -> None:
    keys = f"{F5}aFirst words.{CTRL_S}"
    types(folder, keys, lambda study: [memo.body for memo in study.memos.all()] == ["First words."])

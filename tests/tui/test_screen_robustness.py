"""The screen in a real terminal: power cuts, typing ahead, others at work, small windows, no colours, new texts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from screen_world import LONG, make_study, painted_codings, talk, terminal

from qda.store import Study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terminal import Terminal

SECONDS = 300 if LONG else 12
DOWN, ESCAPE, SAVE = "\x1b[B", "\x1b", "\x13"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with one long interview."""
    return make_study(tmp_path / "study", [talk(60)])


def codings(folder: Path) -> list[tuple[str, str, int, int]]:
    """What is coded: coder, code, start, end."""
    with Study.open(folder) as study:
        codes, coders = study.codebook.tree().by_key, {coder.key: coder.name for coder in study.coders.all()}
        return [(coders[one.coder], codes[one.code].path, one.start, one.end) for one in study.codings.all()]


def qda(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of qda in the study."""
    begin = "import sys; from qda.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", begin, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def wait(until: Callable[[], bool], *started: Terminal, seconds: float = 20) -> None:
    """Read what comes until something holds."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "\n\n".join(one.grid.text() for one in started)
        for one in started:
            one.read(0.01, limit=0.1)


def first_code(started: Terminal, name: str = "home") -> None:
    """Code a sentence by name, so that there is a recent code."""
    started.write(f"Sc{name}\r")
    wait(lambda: painted_codings(started) > 0 and "takes it back" in started.grid.text(), started)


@pytest.mark.parametrize("number", range(20 if LONG else 3))
def test_what_was_painted_survives_a_power_cut(folder: Path, number: int) -> None:
    dice = Random(number)
    with terminal(folder) as started:
        first_code(started)
        began = time.monotonic()
        painted = 1
        cut = dice.uniform(0.2, 1.2)
        while time.monotonic() - began < cut:
            started.write(dice.choice((")S1", "}S1", ")S2", "]S1", ")S.")))
            started.read(0.002, limit=0.02)
            painted = max(painted, painted_codings(started))
        started.kill()
        started_with = painted
    assert started_with > 1
    assert len(codings(folder)) >= painted
    checked = qda(folder, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_is_typed_ahead_arrives_in_order(folder: Path) -> None:
    with terminal(folder) as started:
        started.write("Scnew idea\r}S1}Smthe first thought" + SAVE + "}S1}Schome\tfear\r)S1")
        wait(lambda: painted_codings(started) == 6, started)
        started.read(0.2)
        started.write("\x11")
        assert started.end() == 0
    coded = codings(folder)
    assert [code for _, code, _, _ in coded] == ["new idea"] * 3 + ["home", "fear", "home"]
    with Study.open(folder) as study:
        [memo] = study.memos.all()
        assert (memo.body, memo.coder) == ("the first thought", "anna")
        assert memo.start is not None


def test_keys_typed_before_the_first_paint_are_not_lost(folder: Path) -> None:
    with terminal(folder) as started:
        started.write("Schome\r\x11")
        assert started.end() == 0
    with terminal(folder, ready=False) as started:
        started.wait_for("qda")
        started.write("}S1}S1")
        wait(lambda: painted_codings(started) == 3, started)
    assert len(codings(folder)) == 3


def test_two_screens_on_one_study_lose_nothing_and_see_each_other(folder: Path) -> None:
    heard = {"anna": "", "bram": ""}
    with terminal(folder, "anna") as anna, terminal(folder, "bram") as bram:
        both = {"anna": anna, "bram": bram}
        first_code(anna, "home")
        wait(lambda: painted_codings(bram) == 1, bram, seconds=3)  # without a key
        first_code(bram, "fear")
        wait(lambda: painted_codings(anna) == 2, anna, seconds=3)
        dice, end = Random(5), time.monotonic() + SECONDS
        while time.monotonic() < end:
            name = dice.choice(sorted(both))
            both[name].write(dice.choice((")S1", "}S1", "{S1", "(S.", "gS1", "]x", "u", "U", f"{DOWN * 3}S1")))
            for one, other in both.items():
                other.read(0.005, limit=0.05)
                heard[one] += other.grid.row(39)
        wait(lambda: painted_codings(anna) == painted_codings(bram) == len(codings(folder)), anna, bram)
        for name, started in both.items():
            assert "locked" not in heard[name]
            started.write("\x11")
            assert started.end() == 0
    assert qda(folder, "check").returncode == 0


def test_a_study_that_cannot_be_written_is_read(folder: Path) -> None:
    with terminal(folder) as started:
        first_code(started)
        started.write("\x11")
        started.end()
    with terminal(folder, before="import os; os.access = lambda path, mode, **_: not mode & os.W_OK") as started:
        assert painted_codings(started) == 1
        started.write(")S1")
        started.wait_for("written")  # the end of a long sentence, which may take two lines
        for keys in ("x", "D", "B", "X", "Smno\x13\x1b\x1b", "Scbrand new\r\x1b", "/the\r", "u", "U", "]"):
            started.press(keys)
        assert not started.ended()
        assert painted_codings(started) == 1
        started.press(ESCAPE)
        started.write("\x11")
        assert started.end() == 0
    assert len(codings(folder)) == 1


def test_a_window_of_any_size(folder: Path) -> None:
    with terminal(folder) as started:
        first_code(started)
        for width, height in ((20, 5), (10, 3), (2, 2), (1, 1), (300, 5), (20, 100), (79, 24), (200, 60), (120, 40)):
            started.resize(width, height)
            for keys in ("", DOWN, "S", "1", "c", "ho", ESCAPE, "/the", ESCAPE, "C", "I", "?", ESCAPE, "G", "g"):
                started.press(keys, quiet=0.01, limit=1.0)
            assert not started.ended(), (width, height)
        started.press(ESCAPE)
        started.wait_for("coder: anna")
        started.write("\x11")
        assert started.end() == 0


def test_without_colours_nothing_is_said_by_colour(folder: Path) -> None:
    with terminal(folder, NO_COLOR="1") as started:
        first_code(started)
        for keys in ("]", "f", "S", "v", "c", ESCAPE, "/the\r"):
            started.press(keys)
        colours = re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", started.said)
        assert all(red == green == blue for red, green, blue in colours)
        assert re.search(r"\x1b\[(?:[0-9;]*;)?7[;m]", started.said), "selection and cursor are shown in reverse"


def test_a_text_that_somebody_edits_is_shown_anew(folder: Path) -> None:
    with Study.open(folder) as study:
        text = study.sources.text(study.sources.get("talk").key)
    (folder / "new.txt").write_text(text.replace("I: ", "I: Wait, first this. ", 1), encoding="utf-8", newline="")
    with terminal(folder) as started:
        first_code(started)
        edited = qda(folder, "--coder", "bram", "source", "edit", "talk", "new.txt")
        assert edited.returncode == 0, edited.stderr
        started.wait_for("Wait, first this.", limit=5)
        wait(lambda: painted_codings(started) == 1, started)
        started.write("}S1")
        wait(lambda: painted_codings(started) == 2, started)
        started.write("\x11")
        assert started.end() == 0
    assert qda(folder, "check").returncode == 0


def test_a_signal_ends_it_with_the_terminal_as_it_was(folder: Path) -> None:
    with terminal(folder) as started:
        first_code(started)
        os.kill(started.pid, signal.SIGTERM)
        assert started.end() == 0
        assert all(off in started.said for off in ("\x1b[?1049l", "\x1b[?1003l", "\x1b[?25h"))
    assert len(codings(folder)) == 1


@pytest.mark.parametrize("before", ["", "c", "/", "Sc", "v", "?"])
def test_one_leaves_from_everywhere(folder: Path, before: str) -> None:
    with terminal(folder) as started:
        if before:
            started.press(before)
        started.write("\x11")
        assert started.end() == 0


def test_the_bar_at_the_edge_is_taken_with_the_mouse(folder: Path) -> None:
    with terminal(folder) as started:
        before = started.grid.row(1)
        assert started.grid.row(1).endswith("┃")
        started.write("\x1b[<0;120;38M\x1b[<0;120;38m")  # the left button, down and up, in the last column
        wait(lambda: started.grid.row(1) != before, started)
        wait(lambda: started.grid.row(38).endswith("┃") and not started.grid.row(1).endswith("┃"), started)

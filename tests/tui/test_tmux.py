"""From the shell to the shell in tmux, as people work: code a sentence, leave, come back to the same place."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from screen_world import make_study, talk

from qda.store import Study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
SECONDS = 20


class Tmux:
    """A tmux of its own, with one window of 100 columns and 30 rows."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder.parent / "tmux")
        self._run("new-session", "-d", "-x", "100", "-y", "30", "-c", str(folder), "env", "PS1=ready> ", "sh")

    def _run(self, *words: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-S", self._socket, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def type(self, *keys: str) -> None:
        """Press keys, by the names that tmux has for them."""
        self._run("send-keys", *keys)

    def screen(self) -> str:
        """What stands in the window."""
        return self._run("capture-pane", "-p")

    def wait(self, *words: str, gone: str = "") -> str:
        """Wait until words are on the screen, and others are not; returns what is."""
        end = time.monotonic() + SECONDS
        while any(word not in self.screen() for word in words) or (gone and gone in self.screen()):
            assert time.monotonic() < end, f"{words} did not come, or '{gone}' stayed:\n{self.screen()}"
            time.sleep(0.05)
        return self.screen()

    def end(self) -> None:
        """End it with all that runs in it."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study in which anna has coded once, so that there is a recent code."""
    made = make_study(tmp_path / "study", [talk(60)])
    with Study.open(made, "anna") as study:
        study.codings.apply("talk", "home", 3, 30)
    return made


@pytest.fixture
def tmux(folder: Path) -> Iterator[Tmux]:
    started = Tmux(folder)
    yield started
    started.end()


def start(tmux: Tmux, folder: Path) -> None:
    """Start qda from the shell."""
    begin = "import sys; from qda.cli.main import main; sys.argv = ['qda']; sys.exit(main())"
    config = f"QDA_CODER=anna QDA_CONFIG={shlex.quote(str(folder / 'config'))}"
    tmux.wait("ready>")
    tmux.type(f"clear; {config} {shlex.quote(sys.executable)} -c {shlex.quote(begin)}", "Enter")
    tmux.wait("coder: anna", "turn")


def test_a_sentence_is_coded_and_the_place_is_kept(tmux: Tmux, folder: Path) -> None:
    start(tmux, folder)
    tmux.type("}", "}", "}", "}", "S", "1")
    said = tmux.wait("2 codings", "home on “", "u takes it back")
    tmux.type("Down", "Right")
    place = tmux.wait(" turn 5 ", gone="takes it back").splitlines()[-1].split("%")[0]
    tmux.type("C-q")
    tmux.wait("ready>", gone="coder: anna")
    with Study.open(folder) as study:
        [_, coding] = study.codings.all()
        text = study.sources.text(coding.source)
        assert text[coding.start : coding.end].split()[0] in said
        assert study.coders.all()[-1].name == "anna"
    start(tmux, folder)
    tmux.wait("2 codings", place)
    tmux.type("C-q")
    tmux.wait("ready>", gone="coder: anna")


def test_help_and_palette_open_and_close(tmux: Tmux, folder: Path) -> None:
    start(tmux, folder)
    before = tmux.screen()
    for key, words in (("?", "to the next turn"), ("F1", "to the next turn"), ("C-p", "next turn")):
        tmux.type(key)
        tmux.wait(words)
        tmux.type("Escape")
        tmux.wait("coder: anna", gone=words)
    assert tmux.screen() == before
    tmux.type("C-q")
    tmux.wait("ready>", gone="coder: anna")

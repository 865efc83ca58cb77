"""What the tests of the whole screen share: a study, keys by name, and qda in a pseudo-terminal of the benchmarks."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from textual.events import Key

from qda.model.codebook import Codebook, CodeEntry
from qda.model.transcript import SpokenTurn, Transcript
from qda.store import Study

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONG = bool(os.environ.get("QDA_LONG"))  # the tests at their full length: minutes
CODES = ("travel", "home", "money", "fear")
_WORDS = ("we", "went", "along", "the", "river", "then", "somebody", "said", "that", "nobody", "came", "winter")
_WRITTEN = {"space": " ", "question_mark": "?", "full_stop": ".", "slash": "/"}


def talk(turns: int = 30, name: str = "talk", seed: int = 1) -> Transcript:
    """An invented interview with a few sentences in each turn."""
    dice = Random(seed)
    spoken: list[SpokenTurn] = []
    text = ""
    for number in range(turns):
        label = "R" if number % 2 else "I"
        said = " ".join(f"{' '.join(dice.choices(_WORDS, k=dice.randint(3, 12))).capitalize()}." for _ in range(4))
        spoken.append(SpokenTurn(len(text), len(text) + 3, len(text) + 3 + len(said), label, None))
        text += f"{label}: {said}\n\n"
    return Transcript(name, "txt", text.encode(), text, None, tuple(spoken))


def make_study(folder: Path, documents: Iterable[Transcript] = ()) -> Path:
    """A study with a codebook of four codes, made by somebody who codes nothing; returns its folder."""
    with Study.create(folder, coder="maker") as study:
        for document in documents or (talk(),):
            study.sources.add(document, speakers={})
        study.codebook.import_codebook(Codebook(codes=tuple(CodeEntry(name) for name in CODES)), "codes")
    (folder / "config").mkdir()
    (folder / "config" / "screen.json").write_text('{"guided": true}', encoding="utf-8")  # they have begun already
    return folder


def terminal(folder: Path, coder: str = "anna", *, ready: bool = True, before: str = "", **env: str) -> Terminal:
    """The coding screen of a study in a terminal, `ready` for keys; `before` is done before qda begins."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "QDA_CODER")}
    env = {**kept, "QDA_CODER": coder, "QDA_CONFIG": str(folder / "config"), "LC_ALL": "C.UTF-8", **env}
    begin = f"{before}\nimport sys; from qda.cli.main import main; sys.argv = ['qda']; sys.exit(main())"
    started = Terminal([sys.executable, "-c", begin], env=env, cwd=folder)
    if ready:
        started.wait_for("saved")
        started.read(0.1)
    return started


def key(name: str) -> Key:
    """A key as Textual gives it: by the name that the table of actions uses."""
    if name in _WRITTEN:
        return Key(name, _WRITTEN[name])
    return Key(name, name if len(name) == 1 else None)


def painted_codings(started: Terminal) -> int:
    """The number of codings that the first line of the screen says: one's own and those of others."""
    found = re.search(r"(\d+) (?:codings? of )?yours(?:, (\d+) (?:of )?others)?", started.grid.row(0))
    return int(found[1]) + int(found[2] or 0) if found else -1


def undone(study: Study) -> Iterator[str]:
    """Take everything back, the newest first."""
    from qda.errors import QdaError

    while True:
        try:
            yield study.changes.undo()
        except QdaError as error:
            assert "nothing to undo" in str(error), str(error)
            return

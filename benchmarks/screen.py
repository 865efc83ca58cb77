"""How fast the coding screen answers, in a real pseudo-terminal of 120 columns and 40 rows; prints a table.

    python benchmarks/screen.py [--large] [--only WORD] [--cache FOLDER]

500,000 characters with 10,012 codings. Wall is from the writing of a key to the last byte of what it paints, CPU
that of the whole process in the same time; CPU is the figure to read, because wall time on a shared machine is
not. `--large` has the same source in a study of 2,001 sources and 510,012 codings. Nothing fails for being slow.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.dont_write_bytecode = True  # nothing of ours stays in the repository

from corpus import SIZES, Dice, Size, make_corpus  # noqa: E402 - after the line above
from layout import LINES  # noqa: E402
from measure import load  # noqa: E402
from terminal import Frame, Terminal  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

LATIN = Size("long", 1, 10_012, 500_000)
MANY_CODES = Size("long with 500 codes", 1, 10_012, 500_000, 500)
SOURCE = "a long interview"
OPENINGS = 5
SPECIAL = {
    "right": "\x1b[C",
    "down": "\x1b[B",
    "shift+right": "\x1b[1;2C",
    "page down": "\x1b[6~",
    "page up": "\x1b[5~",
    "escape": "\x1b",
    "backspace": "\x7f",
    "enter": "\r",
}


class Goal(NamedTuple):
    """Milliseconds at most: wall at the 95th percentile, CPU on average."""

    wall: float
    cpu: float | None = None

    def __str__(self) -> str:
        return f"{self.wall:g}" + (f", CPU {self.cpu:g}" if self.cpu else "")


CURSOR, PAGE, OPEN, TYPE, ESCAPE = Goal(16, 6), Goal(33, 12), Goal(33), Goal(16), Goal(40)


class Round(NamedTuple):
    """Keys pressed one after another, so many times: what each is called (nothing: not measured) and its goal."""

    times: int
    keys: tuple[tuple[str, str, Goal | None], ...]
    before: tuple[str, ...] = ()


ROUNDS = (
    Round(100, (("cursor right", "right", CURSOR),)),
    Round(30, (("cursor down", "down", CURSOR),), before=("g",)),
    Round(60, (("selection by character", "shift+right", CURSOR),)),
    Round(30, (("next word", "w", CURSOR),), before=("escape",)),
    Round(60, (("scroll by a line", "down", PAGE),), before=("page down",) * 4),
    Round(40, (("page down", "page down", PAGE),)),
    Round(40, (("page up", "page up", PAGE),)),
    Round(60, (("next coding", "]", PAGE),)),
    Round(40, (("", "down", None), ("select a sentence", "S", PAGE), ("apply a code", "1", PAGE), ("undo", "u", PAGE))),
    Round(20, (("redo", "U", PAGE), ("", "u", None))),
    Round(
        20,
        (
            ("", "S", None),
            ("picker: open", "c", OPEN),
            ("picker: a letter", "m", TYPE),
            ("picker: a letter", "o", TYPE),
            ("picker: a letter", "backspace", TYPE),
            ("picker: Esc", "escape", ESCAPE),
            ("selection: Esc", "escape", ESCAPE),
        ),
    ),
    Round(
        10,
        (
            ("find: open", "/", OPEN),
            ("find: a letter", "m", None),
            ("find: a letter", "o", None),
            ("find: Esc", "escape", ESCAPE),
            ("", "escape", None),
        ),
    ),
    Round(10, (("tint a code", "f", PAGE),)),
)


@dataclass
class Row:
    """What was measured of one action."""

    name: str
    goal: Goal | None
    frames: list[Frame] = field(default_factory=list)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the table."""
        walls = sorted(1000 * frame.last for frame in self.frames)
        cpu = 1000 * statistics.fmean(frame.cpu for frame in self.frames)
        p95 = walls[math.ceil(len(walls) * 0.95) - 1]
        missed = []
        if self.goal is not None:
            missed = ["wall"] * (p95 > self.goal.wall) + ["CPU"] * (self.goal.cpu is not None and cpu > self.goal.cpu)
        return (
            self.name,
            str(len(walls)),
            f"{cpu:.1f}",
            f"{statistics.median(walls):.1f}",
            f"{p95:.1f}",
            f"{statistics.median(frame.size for frame in self.frames) / 1000:.1f}",
            str(self.goal or ""),
            "" if self.goal is None else f"missed: {', '.join(missed)}" if missed else "yes",
        )


HEADINGS = ("action", "n", "CPU ms", "wall p50", "p95", "kB", "goal", "met?")


class Studio:
    """Where the studies are made and opened."""

    def __init__(self, work: Path, cache: Path) -> None:
        self.work, self.cache = work, cache
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(cache / "pycache"),
            "QDA_CONFIG": str(work / "config"),
            "LC_ALL": "C.UTF-8",
        }
        self.env.pop("NO_COLOR", None)

    def qda(self, *words: str | Path) -> None:
        """A command of qda."""
        started = [*command(), *map(str, words)]
        subprocess.run(
            started, env=self.env, cwd=self.work, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=600
        )

    def study(self, name: str, size: Size, *, mixed: bool = False, large: bool = False) -> Path:
        """A new study with the long source; returns its folder."""
        say(f"study '{name}'")
        corpus = make_corpus(size, self.cache)
        folder, text = self.work / name, self.work / f"{name} text" / f"{SOURCE}.txt"
        text.parent.mkdir()
        written = next(corpus.transcripts.iterdir()).read_text(encoding="utf-8")
        text.write_text(mixed_text(len(written)) if mixed else written, encoding="utf-8", newline="\n")
        codings = text.with_name("codings.jsonl")
        lines = [{**json.loads(line), "source": SOURCE, "coder": "me"} for line in corpus.codings_file.open()]
        codings.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="ascii")
        self.qda("init", folder)
        at = ("--study", folder)
        self.qda(*at, "import", text, corpus.codebook)
        self.qda(*at, "codings", "import", codings)
        if large:
            wide = make_corpus(SIZES["wide"], self.cache)
            self.qda(*at, "import", wide.transcripts)
            self.qda(*at, "codings", "import", wide.codings_file)
        return folder

    def terminal(self, folder: Path) -> Terminal:
        """The coding screen of a study, just started."""
        return Terminal(command(), env={**self.env, "QDA_CODER": "me"}, cwd=folder)


def command() -> list[str]:
    """How qda is started."""
    return [str(Path(sys.executable).with_name("qda"))]


def mixed_text(characters: int) -> str:
    """An interview in every script of the layout's benchmark, with the words of each in ever another order."""
    dice = Dice("mixed")
    words = [line.split() for line in LINES.values()]
    parts: list[str] = []
    size = 0
    while size < characters:
        said = words[dice.below(len(words))]
        turn = " ".join(said[dice.below(len(said))] for _ in range(dice.between(10, 120)))
        parts.append(f"{'R1' if len(parts) % 2 else 'Interviewer'}: {turn}.\n\n")
        size += len(parts[-1])
    return "".join(parts)


def answers(studio: Studio, folder: Path, only: str) -> Iterator[Row]:
    """All rows of one study."""
    yield from openings(studio, folder)
    with studio.terminal(folder) as terminal:
        terminal.wait_for("coder: me")
        time.sleep(2)  # sentences are sought behind the first paint, once for each text
        terminal.read(0.2)
        for one in ROUNDS:
            if not only or any(only in name for name, _, _ in one.keys if name):
                yield from measured(terminal, one)
        yield from resized(terminal)
        yield idle(terminal)
        say(f"    memory: {terminal.memory():.0f} MB at most (goal 80), {terminal.memory('VmRSS'):.0f} MB now")
        terminal.write("\x11")
        terminal.end()


def openings(studio: Studio, folder: Path) -> Iterator[Row]:
    """From the start of the process to the text on the screen; once before to warm up."""
    row, quiet = Row("open: text painted", Goal(700)), Row("open: first idle", Goal(700))
    for number in range(OPENINGS + 1):
        with studio.terminal(folder) as terminal:
            wall = terminal.wait_for("nterviewer:")
            painted = Frame(wall, wall, terminal.cpu(), 0)
            _, _, size = terminal.read(0.05)
            wall = terminal.painted - terminal.begun
            if number:
                row.frames.append(painted)
                quiet.frames.append(Frame(wall, wall, terminal.cpu(), size))
            terminal.read(0.3)
            terminal.write("\x11")
            terminal.end()
    yield row
    yield quiet


def measured(terminal: Terminal, one: Round) -> list[Row]:
    """Press the keys of a round."""
    for key in one.before:
        terminal.press(SPECIAL.get(key, key))
    rows = {name: Row(name, goal) for name, _, goal in one.keys if name}
    for _ in range(one.times):
        for name, key, _ in one.keys:
            frame = terminal.press(SPECIAL.get(key, key))
            if name:
                rows[name].frames.append(frame)
    return list(rows.values())


def resized(terminal: Terminal) -> Iterator[Row]:
    """Make the window smaller and larger."""
    row = Row("resize the window", None)
    for width in (100, 120) * 5:
        terminal.resize(width, 40)
        row.frames.append(terminal.press(""))
    yield row


def idle(terminal: Terminal) -> Row:
    """What nothing costs: CPU in a second of it."""
    terminal.press("g")
    before = terminal.cpu()
    time.sleep(3)
    return Row("a second of nothing", None, [Frame(0, 0, (terminal.cpu() - before) / 3, 0)])


def wraps() -> Iterator[Row]:
    """The layout alone, in this process."""
    from qda.tui.layout import TextLayout

    text = mixed_text(500_000)
    cold, again = Row("cold wrap, mixed scripts", Goal(100)), Row("re-wrap, mixed scripts", Goal(20))
    for _ in range(3):
        gc.collect()
        layout, frame = timed(lambda: TextLayout(text, 80))
        cold.frames.append(frame)
        if isinstance(layout, TextLayout):
            layout.refine(60)
            again.frames += [timed(partial(layout.resize, width))[1] for width in (60, 100, 80, 72, 120)]
    yield cold
    yield again


def timed(work: object) -> tuple[object, Frame]:
    """What a call returns, and what it costs."""
    cpu, begun = time.process_time(), time.perf_counter()
    found = work() if callable(work) else None
    wall = time.perf_counter() - begun
    return found, Frame(wall, wall, time.process_time() - cpu, 0)


def table(rows: list[tuple[str, ...]]) -> str:
    """Cells as aligned columns, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) if 0 < at < 6 else cell.ljust(width) for at, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(cells, widths, strict=True)) for cells in rows)
    )


def say(sentence: str) -> None:
    """Talk; only the table goes to standard output."""
    print(sentence, file=sys.stderr, flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the coding screen.", allow_abbrev=False)
    parser.add_argument("--large", action="store_true", help="also in a study of 2,001 sources and 510,012 codings")
    parser.add_argument("--only", default="", metavar="WORD", help="only actions with this in their name")
    parser.add_argument("--study", default="", metavar="NAME", help="only the study of this name")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir(), "qda-bench-corpus"))
    options = parser.parse_args()
    before = load()
    studies = [("latin", LATIN, {}), ("codes", MANY_CODES, {}), ("mixed", LATIN, {"mixed": True})]
    studies += [("large", LATIN, {"large": True})] * options.large
    with tempfile.TemporaryDirectory(prefix="qda-bench-screen-") as work:
        studio = Studio(Path(work), options.cache.resolve())
        for name, size, kind in studies:
            if options.study in ("", name):
                rows = list(answers(studio, studio.study(name, size, **kind), options.only))
                print(f"\n{name}\n" + table([HEADINGS, *(row.cells for row in rows)]), flush=True)
    print(f"\nlayout\n{table([HEADINGS, *(row.cells for row in wraps())])}")
    print(f"\nMilliseconds; p95 and median of wall, mean of CPU. Load {before} before and {load()} after.")


if __name__ == "__main__":
    main()

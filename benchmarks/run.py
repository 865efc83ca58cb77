"""Measure qda against goals and against what Python and SQLite can do at best, on this machine, in this run.

    python benchmarks/run.py [--quick] [--runs N] [--only WORD] [--cache FOLDER]

Prints one table. CPU seconds are the figure to read, because wall time on a shared machine is not; and of
these the ratio to the limit, because operation and limit take turns and suffer the same neighbours.
Goals stand beside the figures; nothing fails when one is missed. Work is done in the system's temporary
folder; what stays there is the corpus, which is made once.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

sys.dont_write_bytecode = True  # nothing of ours stays in the repository

import limits  # noqa: E402 - after the line above
from corpus import PHRASE, SIZES, Corpus, make_corpus  # noqa: E402
from measure import Cost, FailedError, load, of_command, of_part  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
LEAST_RUNS = 5


@dataclass(frozen=True, slots=True)
class Goal:
    """CPU seconds at most; the limit for which they were set, so that their ratio holds anywhere; peak MB."""

    seconds: float
    limit: float | None = None
    peak: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the limit an operation may cost."""
        return self.seconds / self.limit if self.limit else None


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that qda does, the limit that it is measured against, and the goal."""

    name: str
    run: Callable[[], Cost]
    limit: Callable[[], Cost] | None = None
    goal: Goal | None = None
    wall: bool = False
    """Whether the goal is about waiting and not about CPU."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An operation with what each run of it and of its limit cost."""

    operation: Operation
    costs: list[Cost]
    limits: list[Cost]

    def seconds(self, costs: list[Cost]) -> list[float]:
        """The seconds that the goal is about."""
        return [cost.wall if self.operation.wall else cost.cpu for cost in costs]

    @property
    def ratio(self) -> float | None:
        """Medians of operation and limit, compared."""
        if not self.limits:
            return None
        return statistics.median(self.seconds(self.costs)) / statistics.median(self.seconds(self.limits))

    @property
    def met(self) -> str:
        """Whether the goal is met, or which parts of it are missed: its seconds, its ratio, its memory."""
        goal = self.operation.goal
        if goal is None:
            return ""
        parts = {"time": statistics.median(self.seconds(self.costs)) <= goal.seconds}
        if goal.ratio and self.ratio:
            parts["ratio"] = self.ratio <= goal.ratio
        if goal.peak:
            parts["memory"] = max(cost.peak for cost in self.costs) <= goal.peak
        missed = [part for part, met in parts.items() if not met]
        return f"missed: {', '.join(missed)}" if missed else "yes"


class Bench:
    """The corpora, studies and commands of one size of study, made when first needed."""

    def __init__(self, size: str, work: Path, cache: Path) -> None:
        self.size = SIZES[size]
        self.work = work
        self._cache = cache
        self.work.mkdir(exist_ok=True)
        self._numbers = iter(range(1_000_000))
        # Compiled modules are kept, as they are for whoever has installed qda, but beside our other files.
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(work.parent / "pycache"),
            "QDA_CODER": "bench",
            "LC_ALL": "C.UTF-8",
        }

    @cached_property
    def corpus(self) -> Corpus:
        """The corpus."""
        say(f"corpus '{self.size.name}': {self.size.sources} sources, {self.size.codings} codings")
        return make_corpus(self.size, self._cache)

    @cached_property
    def floor(self) -> Path:
        """The database of the limits."""
        file = self.work / "floor.db"
        limits.make_floor(self.corpus, file)
        return file

    @cached_property
    def sources_only(self) -> Path:
        """A study with sources, codebook and countries, without codings."""
        say(f"study '{self.size.name}'")
        folder = self.work / "sources"
        file = folder / "study.db"
        self.qda("init", str(folder))
        for words in (("import", self.corpus.transcripts, self.corpus.codebook),):
            self.qda("--study", str(file), *map(str, words))
        self.qda("--study", str(file), "attributes", "import", str(self.corpus.attributes))
        return file

    @cached_property
    def coded(self) -> Path:
        """A study with everything."""
        file = self.copy(self.sources_only, "coded.db")
        self.qda("--study", str(file), "codings", "import", str(self.corpus.codings_file))
        return file

    @cached_property
    def handed_back(self) -> tuple[Path, Path]:
        """A study with a round that was handed out to one coder, and the hand-out with half of all codings."""
        study, copy, lines = self.copy(self.sources_only, "handed-out.db"), self.work / "hand-out.db", self.fresh()
        self.qda("--study", str(study), "round", "new", "all", "--for", "Anna", "--for", "Bram")
        self.qda("--study", str(study), "round", "hand-out", "all", "--coder", "Anna", "-o", str(copy))
        with self.corpus.codings_file.open(encoding="ascii") as stream:
            every = [{**json.loads(line), "coder": "Anna"} for line in islice(stream, 0, None, 2)]
        lines.write_text("".join(f"{json.dumps(one)}\n" for one in every), encoding="ascii")
        self.qda("--study", str(copy), "--coder", "Anna", "codings", "import", str(lines))
        return study, copy

    @cached_property
    def project(self) -> Path:
        """The study with everything as a REFI-QDA project."""
        file = self.work / "project.qdpx"
        self.qda("--study", str(self.coded), "export", "refi", "-o", str(file))
        return file

    def copy(self, file: Path, name: str | None = None) -> Path:
        """A copy of a closed study, to be changed and thrown away."""
        return Path(shutil.copyfile(file, self.work / (name or f"copy-{next(self._numbers)}.db")))

    def fresh(self) -> Path:
        """A place where nothing is yet."""
        return self.work / f"fresh-{next(self._numbers)}"

    def qda(self, *words: str) -> Cost:
        """A command of qda, as people call it."""
        script = Path(sys.executable).with_name("qda")
        begin = "import sys; from qda.cli.main import main; sys.exit(main())"
        start = [str(script)] if script.exists() else [sys.executable, "-c", begin]
        return of_command([*start, *words], env=self.env, cwd=self.work)

    def part(self, name: str, *words: str | Path) -> Cost:
        """An operation of qda inside a process."""
        return of_part(self._ours("operations", name, words), env=self.env, cwd=self.work)

    def limit(self, name: str, *words: str | Path) -> Cost:
        """A limit as a whole process."""
        return of_command(self._ours("limits", name, words), env=self.env, cwd=self.work)

    def limit_part(self, name: str, *words: str | Path) -> Cost:
        """A limit inside a process."""
        return of_part(self._ours("limits", name, words), env=self.env, cwd=self.work)

    def _ours(self, module: str, name: str, words: Sequence[str | Path]) -> list[str]:
        begin = f"import sys; sys.path.insert(0, {str(HERE)!r}); import {module}; {module}.main()"
        return [sys.executable, "-c", begin, name, *map(str, words)]

    def report(self, *words: str) -> Cost:
        """A report of the coded study as a whole command."""
        return self.qda("--study", str(self.coded), "report", *words, "-o", str(self.work / "report.txt"))


def operations(benches: dict[str, Bench]) -> Iterator[Operation]:
    """All rows of the table, with the goals of the design (section 10)."""
    plain = benches["plain"]
    start = partial(plain.limit, "start")
    yield Operation("qda --version", partial(plain.qda, "--version"), start, Goal(0.10, 0.04, 20))
    yield Operation("qda --help", partial(plain.qda, "--help"), start, Goal(0.10, 0.04, 20))
    yield Operation("qda coders (opens the study)", lambda: plain.qda("--study", str(plain.coded), "coders"), start)
    yield Operation("open a study, in process", lambda: plain.part("open_study", plain.coded))
    yield Operation(
        "import 200 texts with turns, in process",
        lambda: plain.part("read_texts", plain.corpus.transcripts, plain.fresh()),
        lambda: plain.limit_part("read_texts", plain.corpus.transcripts, plain.fresh()),
        Goal(0.5, 0.06),
    )
    yield Operation(
        "import 50,000 codings",
        lambda: _import_codings(plain),
        lambda: plain.limit("read_codings", plain.corpus.codings_file, plain.fresh()),
        Goal(1.0),
    )
    yield Operation(
        "undo of that import",
        lambda: plain.qda("--study", str(plain.copy(plain.coded)), "undo"),
        lambda: plain.limit("undo", plain.copy(plain.floor)),
    )
    yield Operation(
        "frequency, 50k",
        lambda: plain.report("frequency"),
        lambda: plain.limit("frequency", plain.floor),
        Goal(0.20, 0.046),
    )
    yield Operation(
        "co-occurrence, 50k",
        lambda: plain.report("cooccurrence"),
        lambda: plain.limit("cooccurrence", plain.floor),
        Goal(0.25, 0.10, 200),
    )
    yield Operation(
        "code x country, 50k, in process",
        lambda: plain.part("comparison", plain.coded),
        lambda: plain.limit_part("comparison", plain.floor),
        Goal(0.05, 0.01),
    )
    yield Operation(
        "agreement, kappa family, 60 codes, 50k, in process",
        lambda: plain.part("agreement", plain.coded),
        lambda: plain.limit_part("comparison", plain.floor),
        Goal(0.17, 0.068),
    )
    yield Operation(
        "excerpts to Markdown, 50k, in process",
        lambda: plain.part("excerpts", plain.coded),
        lambda: plain.limit_part("excerpts", plain.floor),
        Goal(0.25, 0.09),
    )
    yield Operation(
        "phrase search in 8 MB, folded, in process",
        lambda: _found_all(plain, plain.part("search", plain.coded, PHRASE)),
        lambda: plain.limit_part("search", plain.floor, PHRASE),
        Goal(0.020, 0.005),
    )
    yield Operation("merge of a hand-out with 25,000 codings", lambda: _merge(plain), goal=Goal(3.0))
    yield Operation("a REFI-QDA project out, 50k", lambda: _project_out(plain), goal=Goal(2.5, peak=60))
    yield Operation("a REFI-QDA project in, 50k", lambda: _project_in(plain), goal=Goal(8.0, peak=80))
    yield from _adding(plain)
    if "wide" in benches:
        yield from _large(benches["wide"], benches["dense"])


def _large(wide: Bench, dense: Bench) -> Iterator[Operation]:
    yield Operation(
        "frequency, 500k in 2,000 sources",
        lambda: wide.report("frequency"),
        lambda: wide.limit("frequency", wide.floor),
    )
    yield Operation(
        "co-occurrence, 500k in 2,000 sources",
        lambda: wide.report("cooccurrence"),
        lambda: wide.limit("cooccurrence", wide.floor),
        Goal(1.5, 0.60, 200),
    )
    yield Operation(
        "co-occurrence, 500k in 200 sources",
        lambda: dense.report("cooccurrence"),
        lambda: dense.limit("cooccurrence_dense", dense.floor),
    )
    yield Operation(
        "code x country, 500k, in process",
        lambda: wide.part("comparison", wide.coded),
        lambda: wide.limit_part("comparison", wide.floor),
        Goal(0.5, 0.115),
    )


def _import_codings(bench: Bench) -> Cost:
    file = str(bench.copy(bench.sources_only))
    return bench.qda("--study", file, "codings", "import", str(bench.corpus.codings_file))


def _merge(bench: Bench) -> Cost:
    study, copy = bench.handed_back
    return bench.qda("--study", str(bench.copy(study)), "merge", str(copy))


def _project_out(bench: Bench) -> Cost:
    return bench.qda("--study", str(bench.coded), "export", "refi", "-o", str(bench.fresh().with_suffix(".qdpx")))


def _project_in(bench: Bench) -> Cost:
    folder = bench.fresh()
    bench.qda("init", str(folder))
    return bench.qda("--study", str(folder), "import", str(bench.project))


def _adding(bench: Bench) -> Iterator[Operation]:
    """One coding added: what it costs, and how long one waits."""

    def p95(cost: Cost) -> Cost:
        return replace(cost, wall=cost.found["p95"])

    def add() -> Cost:
        return bench.part("add", bench.copy(bench.coded))

    def limit() -> Cost:
        return bench.limit_part("add", bench.copy(bench.floor))

    yield Operation(f"one coding added, durable: wall p50 of {limits.ADDED}", add, limit, wall=True)
    yield Operation(
        f"one coding added, durable: wall p95 of {limits.ADDED}",
        lambda: p95(add()),
        lambda: p95(limit()),
        Goal(0.010),
        wall=True,
    )


def _found_all(bench: Bench, cost: Cost) -> Cost:
    if cost.found != bench.corpus.hits:
        raise FailedError(f"the search found {cost.found} places of {bench.corpus.hits}")
    return cost


def measure(operation: Operation, runs: int) -> Measured:
    """Run an operation and its limit in turns, once to warm up and then as often as asked.

    One that fails is said to have failed, and the others are measured all the same.
    """
    say(f"  {operation.name}")
    measured = Measured(operation, [], [])
    try:
        for number in range(runs + 1):
            limit = operation.limit() if operation.limit else None
            cost = operation.run()
            if number:
                measured.costs.append(cost)
                measured.limits.extend([limit] if limit else [])
    except FailedError as error:
        say(f"failed: {error}")
        return Measured(operation, [], [])
    return measured


HEADINGS = ("operation", "CPU s min/median", "wall s", "peak MB", "goal", "limit s", "ratio", "met?")


def row(measured: Measured) -> tuple[str, ...]:
    """A measured operation as cells."""
    costs, goal = measured.costs, measured.operation.goal
    if not costs:
        return (measured.operation.name, "failed", *[""] * (len(HEADINGS) - 2))
    cpu = [cost.cpu for cost in costs]
    limit = statistics.median(measured.seconds(measured.limits)) if measured.limits else None
    ratio, wanted = measured.ratio, goal.ratio if goal else None
    said = f"{_seconds(goal.seconds)} s" if goal else ""
    said += " wall" if goal and measured.operation.wall else ""
    said += f", {goal.peak:.0f} MB" if goal and goal.peak else ""
    said += f", {wanted:.1f}x" if wanted else ""
    return (
        measured.operation.name,
        f"{_seconds(min(cpu))} / {_seconds(statistics.median(cpu))}",
        _seconds(statistics.median(cost.wall for cost in costs)),
        f"{max(cost.peak for cost in costs):.0f}",
        said,
        _seconds(limit) if limit is not None else "",
        f"{ratio:.1f}x" if ratio is not None else "",
        measured.met,
    )


def _seconds(number: float) -> str:
    return f"{number:.4f}" if number < 0.01 else f"{number:.3f}" if number < 10 else f"{number:.1f}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Cells as a Markdown table with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |" for cells in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def say(sentence: str) -> None:
    """Talk; only the table goes to standard output."""
    print(sentence, file=sys.stderr, flush=True)


def main() -> int:
    """Measure and print; 1 where an operation failed (and never for being slow)."""
    parser = argparse.ArgumentParser(description="Measure qda against its goals.", allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="without the studies of 500,000 codings")
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help=f"of each operation ({LEAST_RUNS} or more)")
    parser.add_argument("--only", default="", metavar="WORD", help="only operations with this in their name")
    parser.add_argument(
        "--cache", type=Path, default=Path(tempfile.gettempdir(), "qda-bench-corpus"), help="where corpora stay"
    )
    options = parser.parse_args()
    runs = max(LEAST_RUNS, options.runs)
    before = load()
    with tempfile.TemporaryDirectory(prefix="qda-bench-") as folder:
        sizes = ("plain",) if options.quick else ("plain", "wide", "dense")
        benches = {size: Bench(size, Path(folder, size), options.cache.resolve()) for size in sizes}
        wanted = [operation for operation in operations(benches) if options.only in operation.name]
        measured = [measure(operation, runs) for operation in wanted]
    print(table([HEADINGS, *map(row, measured)]))
    print(
        f"\nn = {runs} after one to warm up; wall is the median, peak the highest; limit and ratio are medians,"
        " of wall where the goal is wall.\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores,"
        f" load {before} before and {load()} after."
    )
    return 0 if all(one.costs for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main())

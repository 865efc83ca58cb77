"""What agreement costs: CPU seconds on made-up codings in memory, for each group of rows.

`python benchmarks/agreement_speed.py` prints a table in Markdown. Sources have 40,000 characters, as in the corpus.
"""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING, Any

from qda.reports.agreement import everything
from qda.reports.agreement.coded import CodedSource, passages_of
from qda.reports.agreement.pair_rows import pair_tables
from qda.reports.agreement.rows import Options, Setting
from qda.reports.agreement.table import figures, sum_of

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH, CODES = 40_000, 60


def made(codings: int, coders: int, sources: int = 200, seed: int = 1) -> list[CodedSource]:
    """Sources in which each coder marks the same places, with other ends, some left out and some more."""
    random = Random(seed)
    places = codings // sources // coders
    turns = [(start, min(LENGTH, start + 400)) for start in range(0, LENGTH, 400)]
    sentences = [(start, min(LENGTH, start + 80)) for start in range(0, LENGTH, 80)]
    found = []
    for key in range(sources):
        marks: list[list[tuple[int, int, int]]] = [[] for _ in range(coders)]
        for _ in range(places):
            start, length, code = random.randrange(LENGTH - 500), random.randint(40, 420), random.randrange(CODES)
            for mine in marks:
                first, last = start + random.randint(-15, 15), start + length + random.randint(-15, 15)
                mine.append((first, last, code if random.random() < 0.85 else random.randrange(CODES)))
        by_coder = {coder: passages_of(LENGTH, mine) for coder, mine in enumerate(marks)}
        found.append(CodedSource(key, LENGTH, by_coder, {"turn": turns, "sentence": sentences}))
    return found


def cost(work: Callable[[], Any]) -> tuple[float, Any]:
    """The least CPU seconds of three runs, and what the work found."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        found = work()
        times.append(time.process_time() - begun)
    return min(times), found


def kappa_family(sources: list[CodedSource], coders: int) -> int:
    """The coefficients of each code and pair."""
    setting = Setting(sources, range(coders), range(CODES), Options())
    found = 0
    for _, by_code in pair_tables(setting).values():
        found += sum(len(figures(sum_of(listed))) for listed in by_code.values())
    return found


def rows(sources: list[CodedSource], coders: int, options: Options) -> int:
    """All rows."""
    return sum(1 for _ in everything.agreement_rows(sources, range(coders), range(CODES), options))


def main() -> None:
    """Print the table."""
    import numpy as np  # noqa: F401 - its start is no part of the work

    print("| what | codings | sources | coders | goal | CPU s | figures |\n|---|---|---|---|---|---|---|")
    plain, jackknife = Options(by_source=False), Options(by_source=False, intervals="jackknife")
    for name, size, goal, work in (
        ("kappa family", (50_000, 2, 200), 0.17, kappa_family),
        ("all rows", (50_000, 4, 200), 1.5, lambda sources, coders: rows(sources, coders, plain)),
        ("all rows, also by source", (50_000, 4, 200), 1.5, lambda sources, coders: rows(sources, coders, Options())),
        ("all rows, jackknife", (50_000, 4, 200), 5.0, lambda sources, coders: rows(sources, coders, jackknife)),
        ("all rows", (500_000, 4, 2_000), 10.0, lambda sources, coders: rows(sources, coders, plain)),
        ("all rows, ten deep", (500_000, 4, 200), 10.0, lambda sources, coders: rows(sources, coders, plain)),
    ):
        sources = made(*size)
        seconds, found = cost(lambda: work(sources, size[1]))  # noqa: B023 - called at once
        print(f"| {name} | {size[0]:,} | {size[2]:,} | {size[1]} | {goal} | {seconds:.3f} | {found:,} |", flush=True)


if __name__ == "__main__":
    main()

"""How often intervals over sources hold the true agreement: a simulation, rare codes included.

`python benchmarks/agreement_intervals.py [REPETITIONS]` prints tables in Markdown. Two coders code interviews of
12,000 characters. A source holds the code with some probability; how hard it is to code differs by source: it decides
who sees a passage, how far the ends are off and how much is marked that is not there. The true value is that of
40,000 sources together. Coverage is counted where an interval is given.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from qda.reports.agreement import bootstrap, jackknife, table
from qda.reports.agreement.coded import passages_of
from qda.reports.agreement.student import quantile
from qda.reports.agreement.table import Table, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.reports.agreement.figure import Figure
    from qda.reports.agreement.jackknife import Interval

LENGTH, TRUTH_FROM, DRAWS = 12_000, 40_000, 200
STATS = ("kappa", "alpha", "positive", "percent", "ac1")
PLACES = [table.NAMES.index(name) for name in STATS]
# How many sources hold the code, and how many passages of it there are in one that does.
WORLDS = {
    "everywhere": (1.0, 6.0),
    "in 6 of 10": (0.6, 3.0),
    "in 3 of 10": (0.3, 2.0),
    "in 1 of 10": (0.1, 1.5),
    "in 3 of 100": (0.03, 1.0),
}
SIZES = (4, 6, 10, 20, 40, 80)
BANDS = ((3, 3), (4, 4), (5, 5), (6, 7), (8, 11), (12, 80))


def coded(random: Random, occurs: float, passages: float) -> Table:
    """The table of one source."""
    skill = random.betavariate(3, 1)
    number = 0
    if random.random() < occurs:
        number = 1 + (int(random.expovariate(1 / (passages - 1))) if passages > 1 else 0)
    marks: tuple[list[tuple[int, int, int]], ...] = ([], [])
    for _ in range(number):
        start = random.randrange(LENGTH - 800)
        end = start + int(min(700, max(20, random.lognormvariate(4.9, 0.6))))
        for mine in marks:
            if random.random() < skill:
                off = 60 * (1 - skill) + 5
                mine.append((start + int(random.gauss(0, off)), end + int(random.gauss(0, off)), 1))
    for mine in marks:
        if random.random() < 0.25 * (1 - skill) * (1 if number else occurs):
            start = random.randrange(LENGTH - 300)
            mine.append((start, start + int(random.uniform(40, 250)), 1))
    one, other = (passages_of(LENGTH, mine).get(1, []) for mine in marks)
    return table_of(one, other, LENGTH)


@dataclass
class Tried:
    """How often an interval was given, held the true value, and how wide they were together."""

    given: int = 0
    held: int = 0
    width: float = 0.0

    def add(self, interval: Interval, truth: float) -> None:
        """Note an interval, if there is one."""
        if interval.low is not None and interval.high is not None:
            self.given += 1
            self.held += interval.low <= truth <= interval.high
            self.width += interval.high - interval.low

    def __str__(self) -> str:
        if not self.given:
            return "- "
        return f"{self.held / self.given:.3f} ({self.width / self.given:.2f})"


Results = defaultdict[tuple[str, str, str, int, int], Tried]


def plain_rule(figure: Figure, replicates: list[Figure], carriers: int) -> jackknife.Interval:
    """The rule before: Student's t with sources - 1 degrees of freedom, from 3 sources with the code."""
    values = [one.value for one in replicates if one.value is not None]
    if figure.value is None or carriers < 3 or len(values) < len(replicates):
        return jackknife.UNDEFINED
    reach = quantile(0.975, len(values) - 1) * jackknife.standard_error(values)
    return jackknife.Interval(figure.value - reach, figure.value + reach)


def try_once(random: Random, world: str, size: int, truth: list[float], results: Results) -> None:
    """One study: its intervals by each rule."""
    tallies = [coded(random, *WORLDS[world]) for _ in range(size)]
    whole = table.sum_of(tallies)
    carriers = sum(one.d < LENGTH for one in tallies)
    if carriers < 3:
        return
    figures = table.figures(whole)
    replicates = jackknife.leaving_one_out(tallies, whole, table.figures)
    drawn: list[tuple[Figure, ...]] = []
    if carriers >= bootstrap.MIN_SOURCES:
        sums = bootstrap.resummed(tallies, bootstrap.draws(size, DRAWS, random.randrange(10**9)))
        drawn = [table.figures(Table(*one)) for one in sums]
    for name, place, true in zip(STATS, PLACES, truth, strict=True):
        column = [one[place] for one in replicates]
        head = (name, world, size, carriers)
        results["t(D-1), from 3", *head].add(plain_rule(figures[place], column, carriers), true)
        results["t(C-2), from 4", *head].add(jackknife.jackknife(figures[place], column, carriers), true)
        if drawn:
            made = bootstrap.percentile(figures[place], [one[place] for one in drawn], carriers)
            results["bootstrap, from 12", *head].add(made.interval, true)


def merged(found: Iterable[Tried]) -> Tried:
    """Counts added."""
    both = Tried()
    for one in found:
        both.given, both.held, both.width = both.given + one.given, both.held + one.held, both.width + one.width
    return both


def print_table(title: str, groups: dict[str, list[tuple[str, str, str, int, int]]], results: Results) -> None:
    """Coverage and mean width by rule, a line for each group of results."""
    rules = ("t(D-1), from 3", "t(C-2), from 4", "bootstrap, from 12")
    print(f"\n| {title} | " + " | ".join(rules) + " | studies |\n|" + "---|" * (len(rules) + 2))
    for name, keys in groups.items():
        tried = [merged(results[key] for key in keys if key[0] == rule) for rule in rules]
        if tried[0].given:
            print(f"| {name} | " + " | ".join(map(str, tried)) + f" | {tried[0].given} |")


def main() -> None:
    """Simulate and print."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    results: Results = defaultdict(Tried)
    for number, (world, parameters) in enumerate(WORLDS.items()):
        random = Random(number)
        figures = table.figures(table.sum_of(coded(random, *parameters) for _ in range(TRUTH_FROM)))
        truth = [figures[place].value or 0.0 for place in PLACES]
        for size in SIZES:
            for _ in range(repetitions):
                try_once(random, world, size, truth, results)
    keys = list(results)
    print("Coverage of nominal 95 % intervals (mean width), where one is given.")
    for stat in STATS:
        mine = [key for key in keys if key[1] == stat]
        bands = {f"{low} to {high}": [key for key in mine if low <= key[4] <= high] for low, high in BANDS}
        print_table(f"{stat}: sources with the code", bands, results)
    for stat in ("kappa", "positive"):
        mine = [key for key in keys if key[1] == stat]
        studies = [(world, size) for world in WORLDS for size in SIZES]
        groups = {f"{world}, {size}": [key for key in mine if key[2:4] == (world, size)] for world, size in studies}
        print_table(f"{stat}: the code is, sources", groups, results)


if __name__ == "__main__":
    main()

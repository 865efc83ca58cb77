"""Rows of two coders: each code by characters and by passages, and the kappa pooled over codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.agreement import matches, table
from qda.reports.agreement.figure import Figure, macro
from qda.reports.agreement.rows import About, Row, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.agreement.rows import Pair
    from qda.reports.agreement.table import Table

COUNTS = ("a", "b", "c", "d")
MACRO = ("kappa", "alpha", "ac1", "positive")

PairTables = dict["Pair", tuple[list[int], dict[int, list["Table"]]]]
"""For each pair of coders the numbers of the sources that both did, and by code the tables of these sources; an empty
table stands for a code that one of them did not have yet."""


def pair_tables(setting: Setting) -> PairTables:
    """The tables of all pairs, codes and sources."""
    found = {}
    for pair in setting.pairs:
        shared = setting.shared(pair)
        found[pair] = shared, table.tables([setting.sources[n] for n in shared], pair, setting.codes)
    return found


def pair_rows(setting: Setting, found: PairTables) -> Iterator[Row]:
    """All rows of pairs of coders."""
    for pair, (shared, by_code) in found.items():
        for code, listed in by_code.items():
            both = [number for number, one in zip(shared, listed, strict=True) if one != table.NO_TABLE]
            yield from _code(setting, About("char", None, code, pair), both, [one for one in listed if any(one)])
        if "char" in setting.options.uncut:
            yield from _pooled(setting, pair, shared, by_code)
            yield from macro_rows(pair, by_code, len(shared))
            if setting.options.by_source:
                yield from _by_source(setting, pair, shared, by_code)


def _code(setting: Setting, about: About, shared: Sequence[int], listed: Sequence[Table]) -> Iterator[Row]:
    """The rows of one code, in the sources in which both coders had it."""
    carriers = sum([one[3] < setting.sources[n].length for one, n in zip(listed, shared, strict=True)])
    if "char" in setting.options.uncut:
        whole = table.sum_of(listed)
        yield from setting.plain(about, COUNTS, [Figure(number) for number in whole], len(shared))
        yield from setting.rows(about, table.NAMES, (listed, whole), table.figures, carriers)
    if "segment" in setting.options.uncut:
        yield from _segments(setting, about, shared, carriers)


def _by_source(setting: Setting, pair: Pair, shared: Sequence[int], by_code: dict[int, list[Table]]) -> Iterator[Row]:
    names = COUNTS + table.NAMES
    for code, listed in by_code.items():
        for number, one in zip(shared, listed, strict=True):
            if one == table.NO_TABLE:
                continue
            key = setting.sources[number].key
            figures = (*map(Figure, one), *table.figures(one))
            for name, figure in zip(names, figures, strict=True):
                yield Row(name, "char", None, code, key, pair, figure, 1)


def _segments(setting: Setting, about: About, shared: Sequence[int], carriers: int) -> Iterator[Row]:
    """How the passages of one code meet."""
    threshold = setting.options.overlap
    tallies = []
    first, second = about.coders or (0, 0)
    for number in shared:
        coders = setting.sources[number].coders
        one, other = coders[first].get(about.code or 0, ()), coders[second].get(about.code or 0, ())
        tallies.append(matches.matches(one, other, threshold) if one or other else matches.NO_MATCHES)
    head = f"segment{round(100 * threshold, 6):g}"
    names = [f"{head}_{name}" for name in matches.NAMES]
    whole = matches.sum_of(tallies)
    made = matches.figures(whole)
    segment = about._replace(unit="segment")
    counts = len(matches.NAMES) - 1
    yield from setting.plain(segment, names[:counts], made[:counts], len(shared))

    def shares(sums: tuple[int, ...]) -> tuple[Figure, ...]:
        return matches.figures(matches.Matches(*sums))[counts:]

    yield from setting.rows(segment, (*names[counts:], *matches.F1_NAMES), (tallies, whole), shares, carriers)


def _pooled(setting: Setting, pair: Pair, shared: Sequence[int], by_code: dict[int, list[Table]]) -> Iterator[Row]:
    """The pooled kappa: its tallies are the tables of all codes, side by side."""
    tallies = [tuple(number for one in line for number in one) for line in zip(*by_code.values(), strict=True)]
    width = len(table.NO_TABLE)
    whole = tuple(map(sum, zip(*tallies, strict=True))) if tallies else (0,) * width * len(by_code)

    def figures(sums: tuple[int, ...]) -> tuple[Figure, ...]:
        return (table.pooled_kappa([table.Table(*sums[at : at + width]) for at in range(0, len(sums), width)]),)

    carriers = sum(setting.carrying(number) for number in shared)
    yield from setting.rows(About("char", None, None, pair), ("pooled_kappa",), (tallies, whole), figures, carriers)


def macro_rows(pair: Pair, by_code: dict[int, list[Table]], sources: int) -> Iterator[Row]:
    """The means over codes of some coefficients, named as such; codes without a value stay out."""
    made = [table.by_name(table.sum_of(listed)) for listed in by_code.values()]
    for name in MACRO:
        mean = macro(figures[name] for figures in made)
        yield Row(f"macro_{name}", "char", None, None, None, pair, Figure(mean.value, mean.reason), sources)

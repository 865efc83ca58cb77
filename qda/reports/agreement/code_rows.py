"""Rows of one code and all coders: by characters, and on the continuum."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from qda.reports.agreement import continuum, continuum_1995, votes
from qda.reports.agreement.continuum import Continuum
from qda.reports.agreement.figure import NONE_SHARED
from qda.reports.agreement.lengths import gaps
from qda.reports.agreement.rows import About, Row, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qda.reports.agreement.figure import Figure
    from qda.reports.agreement.lines import Line, Numbers
    from qda.reports.agreement.pair_rows import PairTables

NAMES = ("alpha_nominal", "fleiss")


def code_rows(setting: Setting, found: PairTables) -> Iterator[Row]:
    """All rows of codes over all coders that need no units."""
    for code in setting.codes:
        apart = [0] * len(setting.sources)
        for shared, by_code in found.values():
            for number, one in zip(shared, by_code[code], strict=True):
                apart[number] += one[1] + one[2]
        coded = _added(setting, code, lambda line: line.ends - line.starts)
        if "char" in setting.options.uncut:
            yield from _characters(setting, code, coded, apart)
        if "continuum" in setting.options.uncut:
            yield from _continuum(setting, code, coded, apart)
            yield from _continuum_1995(setting, code, coded)


def _added(setting: Setting, code: int, of_passages: Callable[[Line], Numbers]) -> list[int]:
    """A number of each passage of a code, added over the coders in each source."""
    import numpy as np

    found = np.zeros(len(setting.sources), dtype=np.int64)
    for coder in setting.coders:
        line = setting.lines(coder)[code]
        found += line.sums(of_passages(line))
    return found.tolist()


def _characters(setting: Setting, code: int, coded: list[int], apart: list[int]) -> Iterator[Row]:
    size = len(setting.coders)
    tallies = [
        votes.votes(present, size, source.length, used, split) if present else (0, 0, 0) * size
        for source, present, used, split in zip(setting.sources, setting.present, coded, apart, strict=True)
    ]
    whole = votes.sum_of(tallies, size)
    carriers = sum([coded[number] > 0 for number in setting.twice])

    def figures(sums: tuple[int, ...]) -> tuple[Figure, ...]:
        return votes.figures(sums)[1:3]

    each = [tallies[number] for number in setting.twice]
    yield from setting.rows(About("char", None, code), NAMES, (each, whole), figures, carriers)


def _continuum(setting: Setting, code: int, coded: list[int], apart: list[int]) -> Iterator[Row]:
    size = len(setting.coders)
    square = _added(setting, code, lambda line: (line.ends - line.starts) ** 2)
    tallies = [Continuum(setting.sources[n].length, coded[n], square[n], apart[n]) for n in setting.by_all]

    def figures(sums: tuple[int, ...]) -> tuple[Figure, ...]:
        return (continuum.u_alpha_binary(Continuum(*sums), size),)

    carriers = sum([coded[number] > 0 for number in setting.by_all])
    both = tallies, continuum.sum_of(tallies)
    yield from setting.rows(About("continuum", None, code), ("u_alpha_binary",), both, figures, carriers)


def _continuum_1995(setting: Setting, code: int, coded: list[int]) -> Iterator[Row]:
    about, names, size = About("continuum", None, code), ("u_alpha_1995",), len(setting.coders)
    if not setting.by_all:
        yield from setting.plain(about, names, [NONE_SHARED], 0)
        return
    made = continuum_1995.Unitizing([_unitized(setting, number, code) for number in setting.by_all], size)
    carriers = sum([coded[number] > 0 for number in setting.by_all])
    figures = (made.figure(),)
    if setting.options.intervals == "jackknife":
        replicates = [(figure,) for figure in made.leaving_one_out()] if carriers > 1 else []
        yield from setting.with_jackknife(about, names, (figures, replicates), carriers, len(setting.by_all))
    elif setting.options.intervals == "bootstrap":
        drawn = [(figure,) for figure in made.resampled(setting.drawn(len(setting.by_all)))]
        yield from setting.with_bootstrap(about, names, (figures, drawn), carriers, len(setting.by_all))
    else:
        yield from setting.plain(about, names, figures, len(setting.by_all))


def _unitized(setting: Setting, number: int, code: int) -> continuum_1995.Unitized:
    source = setting.sources[number]
    spans: list[Any] = [source.coders[coder].get(code, ()) for coder in setting.coders]
    if not any(spans):
        return continuum_1995.Unitized(source.length, 0, (), (source.length,) * len(spans))
    far = sum([continuum_1995.differences(one, spans[j]) for i, one in enumerate(spans) for j in range(i)])
    units = [end - start for start, end in chain.from_iterable(spans)]
    return continuum_1995.Unitized(
        source.length, far, units, [gap for one in spans for gap in gaps(one, source.length)]
    )

"""Rows of all codes and all coders: sets of codes, and codes that exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.reports.agreement import exclusive, set_tallies, sets
from qda.reports.agreement.figure import NONE_SHARED, Figure
from qda.reports.agreement.patterns import patterns
from qda.reports.agreement.rows import About, Row, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_EXCLUSIVE = Figure(None, "the codes may overlap in the text")


def set_rows(setting: Setting) -> Iterator[Row]:
    """Agreement on sets of codes."""
    about = About("char")
    found = [set_tallies.tally(patterns(setting.sources[n], setting.coders, setting.codes)) for n in setting.twice]
    made = sets.Sets(found)
    carriers = sum(any(one.sets.keys() - {0}) for one in found)
    if setting.options.intervals == "jackknife":
        both = made.figures(), made.leaving_one_out()
        yield from setting.with_jackknife(about, sets.NAMES, both, carriers, len(found))
    elif setting.options.intervals == "bootstrap" and found:
        both = made.figures(), made.resampled(setting.drawn(len(found)))
        yield from setting.with_bootstrap(about, sets.NAMES, both, carriers, len(found))
    else:
        yield from setting.plain(about, sets.NAMES, made.figures(), len(found))


def exclusive_rows(setting: Setting) -> Iterator[Row]:
    """Where and which: the family of unitizing coefficients for codes that exclude each other."""
    size, coders = len(setting.codes), len(setting.coders)
    sources = [setting.sources[number] for number in setting.by_all]
    tallies = [exclusive.tally(source, setting.coders, setting.codes) for source in sources]
    whole = [one for one in tallies if one is not None]
    why = None
    if not setting.options.exclusive:
        why = NOT_EXCLUSIVE
    elif not sources:
        why = NONE_SHARED
    elif len(whole) < len(tallies):
        why = exclusive.OVERLAPPING
    if why:
        yield from setting.plain(About("continuum"), exclusive.NAMES, [why] * 3, len(sources))
        for code in setting.codes:
            yield from setting.plain(About("continuum", None, code), exclusive.CODE_NAMES, [why] * 2, len(sources))
        return
    total = exclusive.sum_of(whole, size)

    def figures(sums: tuple[int, ...]) -> tuple[Figure, ...]:
        return exclusive.figures(sums, coders)

    carriers = sum(one[1] > 0 for one in whole)
    yield from setting.rows(About("continuum"), exclusive.NAMES, (whole, total), figures, carriers)
    for place, code in enumerate(setting.codes):

        def of_code(sums: tuple[int, ...], place: int = place) -> tuple[Figure, ...]:
            return exclusive.code_figure(sums, coders, place)

        with_code = sum(exclusive.has_code(one, place) for one in whole)
        yield from setting.rows(
            About("continuum", None, code), exclusive.CODE_NAMES, (whole, total), of_code, with_code
        )

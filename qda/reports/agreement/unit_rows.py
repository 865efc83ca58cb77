"""Rows on turns and sentences: each code and all coders, Holsti's coefficient of two, and ordinal families."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from qda.reports.agreement import cut, krippendorff, levels, patterns, table, votes
from qda.reports.agreement.figure import Figure
from qda.reports.agreement.rows import About, Row, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qda.reports.agreement.lines import Line, Numbers
    from qda.reports.agreement.ratings import Ratings


def unit_rows(setting: Setting) -> Iterator[Row]:
    """All rows on units cut beforehand."""
    for unit in setting.options.units:
        units = cut.units_of(setting.sources, unit)
        if not len(units.starts):
            continue
        coded = {
            coder: {code: cut.coded_units(line, units) for code, line in setting.lines(coder).items()}
            for coder in setting.coders
        }
        for rule in setting.options.rules:
            for code in setting.codes:
                by_coder = [coded[coder][code][rule] for coder in setting.coders]
                yield from _votes(setting, About(unit, rule, code), cut.unit_votes(by_coder, units, setting.present))
            made = {coder: cut.decisions([one[rule] for one in coded[coder].values()], units) for coder in coded}
            yield from _holsti(setting, About(unit, rule), made, units)


def _votes(setting: Setting, about: About, tallies: Sequence[votes.Votes]) -> Iterator[Row]:
    whole = votes.sum_of(tallies, len(setting.coders))
    each = [tallies[number] for number in setting.twice]
    carriers = sum([any(tally[1::3]) for tally in each])
    yield from setting.rows(about, votes.NAMES, (each, whole), votes.figures, carriers)


def _holsti(setting: Setting, about: About, made: Mapping[int, Numbers], units: Line) -> Iterator[Row]:
    for pair in setting.pairs:
        both, each = cut.decided(made[pair[0]], made[pair[1]], units)
        tallies = [(both[number], each[number]) for number in setting.shared(pair)]
        whole = sum(both for both, _ in tallies), sum(each for _, each in tallies)
        carriers = sum(each > 0 for _, each in tallies)
        yield from setting.rows(about._replace(coders=pair), ("holsti",), (tallies, whole), _holsti_figure, carriers)


def _holsti_figure(sums: tuple[int, int]) -> tuple[Figure]:
    both, each = sums
    return (table.holsti_figure(both, each),)


def level_rows(setting: Setting) -> Iterator[Row]:
    """Ordinal alpha of each family of levels: by character, and by unit and rule."""
    for family, codes in setting.options.levels.items():
        by_character = [
            levels.character_levels(patterns.patterns(source, setting.coders, codes)) for source in setting.sources
        ]
        if "char" in setting.options.uncut:
            yield from _ordinal(setting, About("char", None, family), by_character, len(codes))
        for unit, rule in product(setting.options.units, setting.options.rules):
            if any(source.units.get(unit) for source in setting.sources):
                rated = [levels.unit_levels(source, setting.coders, codes, unit, rule) for source in setting.sources]
                yield from _ordinal(setting, About(unit, rule, family), rated, len(codes))


def _ordinal(setting: Setting, about: About, rated: Sequence[Ratings], size: int) -> Iterator[Row]:
    each = [rated[number] for number in setting.twice]
    kinds = sorted({row for one in each for row in one}, key=repr)

    def figures(sums: Sequence[int]) -> tuple[Figure, ...]:
        found = krippendorff.alpha(Counter(dict(zip(kinds, sums, strict=True))), "ordinal", range(size))
        return (Figure(found.value, found.reason),)

    tallies = [tuple(one[kind] for kind in kinds) for one in each]
    whole = tuple(map(sum, zip(*tallies, strict=True))) if tallies else (0,) * len(kinds)
    carriers = sum(any(sum(value is not None for value in row) > 1 for row in one) for one in each)
    yield from setting.rows(about, ("alpha_ordinal",), (tallies, whole), figures, carriers)

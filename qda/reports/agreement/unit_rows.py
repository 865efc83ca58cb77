"""Rows on turns and sentences: each code and all coders, Holsti's coefficient of two, and ordinal families."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from qda.reports.agreement import cut, krippendorff, levels, patterns, table, votes
from qda.reports.agreement.figure import Figure
from qda.reports.agreement.rows import About, Row, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.agreement.ratings import Ratings


def unit_rows(setting: Setting) -> Iterator[Row]:
    """All rows on units cut beforehand."""
    for unit in setting.options.units:
        units = [cut.units_of(source, unit) for source in setting.sources]
        if not any(one.ends for one in units):
            continue
        both = list(zip(setting.sources, units, strict=True))
        whole = [[cut.coded_by(one, setting.coders, code, own) for one, own in both] for code in setting.codes]
        by_source = list(zip(*whole, strict=True)) or [()] * len(units)
        for rule in setting.options.rules:
            for code, coded in zip(setting.codes, whole, strict=True):
                yield from _votes(setting, About(unit, rule, code), coded, units)
            decided = [cut.decisions(one, rule, own) for one, own in zip(by_source, units, strict=True)]
            yield from _holsti(setting, About(unit, rule), decided)


def _votes(setting: Setting, about: About, coded: Sequence[cut.Coded], units: Sequence[cut.Units]) -> Iterator[Row]:
    size = len(setting.coders)
    rule = about.rule or ""
    place = cut.RULES.index(rule)
    tallies = [
        cut.unit_votes(one, rule, own, size) if one else (0, 0, 0) * size for one, own in zip(coded, units, strict=True)
    ]
    carriers = sum([any(by_rule[place] for by_rule in coded[number].values()) for number in setting.twice])
    each = [tallies[number] for number in setting.twice]
    yield from setting.rows(about, votes.NAMES, (each, votes.sum_of(tallies, size)), votes.figures, carriers)


def _holsti(setting: Setting, about: About, decided: Sequence[dict[int, int]]) -> Iterator[Row]:
    sizes = [{coder: bits.bit_count() for coder, bits in one.items()} for one in decided]
    for pair in setting.pairs:
        first, second = pair
        tallies = []
        for number in setting.shared(pair):
            one, size = decided[number], sizes[number]
            both = (one[first] & one[second]).bit_count() if one else 0
            tallies.append((both, size[first] + size[second] if one else 0))
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

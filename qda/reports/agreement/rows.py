"""A row of an agreement report, and the figures of tallies with their intervals over sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qda.reports.agreement.bootstrap import DRAWS, SEED, draws, percentile, resummed
from qda.reports.agreement.cut import RULES
from qda.reports.agreement.jackknife import CONFIDENCE, Interval, jackknife, leaving_one_out
from qda.reports.agreement.lines import lines_of
from qda.reports.agreement.matches import OVERLAP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qda.reports.agreement.coded import CodedSource
    from qda.reports.agreement.figure import Figure
    from qda.reports.agreement.lines import Line

UNCUT = ("char", "segment", "continuum")

Pair = tuple[int, int]
Tally = tuple[int, ...]


class Row(NamedTuple):
    """One figure: of what, over how many sources, and its interval (None where none was asked for or has a meaning).

    `code`, `source` and `coders` are None for all of them; `rule` is None for the only rule of a row.
    """

    stat: str
    unit: str
    rule: str | None
    code: int | None
    source: int | None
    coders: Pair | None
    figure: Figure
    sources: int
    interval: Interval | None = None
    undefined_draws: int | None = None


class About(NamedTuple):
    """What a row is about."""

    unit: str
    rule: str | None = None
    code: int | None = None
    coders: Pair | None = None


@dataclass(frozen=True)
class Options:
    """What to count and how.

    `exclusive`: the codes exclude each other in the text. `levels`: the level codes, in order, of each ordinal
    family, by the key of the family. `units`: the units of the sources to count on beside those that need no cutting,
    which are `uncut`.
    """

    overlap: float = OVERLAP
    units: Sequence[str] = ("turn", "sentence")
    uncut: Sequence[str] = UNCUT
    rules: Sequence[str] = RULES
    exclusive: bool = False
    levels: Mapping[int, Sequence[int]] = field(default_factory=dict)
    by_source: bool = True
    intervals: Literal["none", "jackknife", "bootstrap"] = "none"
    confidence: float = CONFIDENCE
    draws: int = DRAWS
    seed: int = SEED


class Setting:
    """Sources, coders in the study's order, codes and options, and what all groups of rows share."""

    def __init__(
        self, sources: Sequence[CodedSource], coders: Sequence[int], codes: Sequence[int], options: Options
    ) -> None:
        self.sources = [source for source in sources if source.length]
        self.coders = coders
        self.codes = codes
        self.options = options
        self._drawn: dict[int, list[list[int]]] = {}
        self._lines: dict[int, dict[int, Line]] = {}

    def lines(self, coder: int) -> dict[int, Line]:
        """A coder's passages of each code in all sources."""
        if coder not in self._lines:
            self._lines[coder] = lines_of(self.sources, coder, self.codes)
        return self._lines[coder]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every two coders, in their order."""
        return list(combinations(self.coders, 2))

    @cached_property
    def by_all(self) -> list[int]:
        """The numbers of the sources that every coder is done with."""
        return [n for n, source in enumerate(self.sources) if all(coder in source.coders for coder in self.coders)]

    @cached_property
    def present(self) -> list[int]:
        """How many of the coders are done with each source."""
        return [sum(coder in source.coders for coder in self.coders) for source in self.sources]

    @cached_property
    def twice(self) -> list[int]:
        """The numbers of the sources that at least two coders are done with."""
        return [number for number, present in enumerate(self.present) if present > 1]

    def shared(self, pair: Pair) -> list[int]:
        """The numbers of the sources that two coders are both done with."""
        return [n for n, one in enumerate(self.sources) if pair[0] in one.coders and pair[1] in one.coders]

    def carrying(self, number: int) -> bool:
        """Whether any coder put any of the codes on a source."""
        return any(self.sources[number].coders.get(coder) for coder in self.coders)

    def rows(
        self,
        about: About,
        names: Sequence[str],
        tallies: tuple[Sequence[Tally], Tally],
        figures: Callable[[Any], tuple[Figure, ...]],
        carriers: int,
    ) -> Iterator[Row]:
        """The figures of a sum of tallies, with intervals if wanted.

        Args:
            about: What the rows are about.
            names: The names of the figures.
            tallies: Of each source over which an interval goes, and the sum of all.
            figures: Makes the figures of a sum.
            carriers: In how many of the sources anybody used the code.
        """
        each, whole = tallies
        made = figures(whole)
        if self.options.intervals == "jackknife":
            replicates = leaving_one_out(each, whole, figures) if carriers > 1 else []
            yield from self.with_jackknife(about, names, (made, replicates), carriers, len(each))
        elif self.options.intervals == "bootstrap" and each:
            rest = tuple(all_of - sum(column) for all_of, column in zip(whole, zip(*each, strict=True), strict=True))
            sums = resummed(each, self.drawn(len(each)))
            drawn = [figures(tuple(map(sum, zip(one, rest, strict=True)))) for one in sums]
            yield from self.with_bootstrap(about, names, (made, drawn), carriers, len(each))
        else:
            yield from self.plain(about, names, made, len(each))

    def plain(self, about: About, names: Sequence[str], made: Sequence[Figure], sources: int) -> Iterator[Row]:
        """Figures without intervals."""
        for name, figure in zip(names, made, strict=True):
            yield Row(name, about.unit, about.rule, about.code, None, about.coders, figure, sources)

    def with_jackknife(
        self,
        about: About,
        names: Sequence[str],
        made: tuple[Sequence[Figure], Sequence[Sequence[Figure]]],
        carriers: int,
        sources: int,
    ) -> Iterator[Row]:
        """Figures with intervals from those without each source in turn."""
        figures, replicates = made
        columns = list(zip(*replicates, strict=True)) if replicates else [()] * len(names)
        for name, figure, column in zip(names, figures, columns, strict=True):
            interval = jackknife(figure, column, carriers, self.options.confidence)
            yield Row(name, about.unit, about.rule, about.code, None, about.coders, figure, sources, interval)

    def with_bootstrap(
        self,
        about: About,
        names: Sequence[str],
        made: tuple[Sequence[Figure], Sequence[Sequence[Figure]]],
        carriers: int,
        sources: int,
    ) -> Iterator[Row]:
        """Figures with intervals from those of drawn sources."""
        figures, drawn = made
        for name, figure, column in zip(names, figures, zip(*drawn, strict=True), strict=True):
            found = percentile(figure, column, carriers, self.options.confidence)
            head = (name, about.unit, about.rule, about.code, None, about.coders)
            yield Row(*head, figure, sources, found.interval, found.undefined)

    def drawn(self, sources: int) -> list[list[int]]:
        """The draws of so many sources, the same for all rows."""
        if sources not in self._drawn:
            self._drawn[sources] = draws(sources, self.options.draws, self.options.seed)
        return self._drawn[sources]

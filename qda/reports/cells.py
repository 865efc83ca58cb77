"""The cells of a comparison in the making: for each code and value, passages with their subjects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from qda.model.spans import ROW, heard_in
from qda.reports.values import MISSING, Held, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qda.model.spans import Heard, Passage, Segment
    from qda.reports.counting import Codings
    from qda.reports.families import Family
    from qda.reports.narrowing import Where
    from qda.reports.subjects import Subjects

Key = tuple[str, ...]
"""The values that make a column: one for each thing that is compared by."""


@dataclass(slots=True)
class Cell:
    """The figures of one code and value."""

    passages: int = 0
    sources: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)


class Share(NamedTuple):
    """What a passage adds to one column: the persons who have these values, and their cases."""

    key: Key
    persons: frozenset[int]
    cases: frozenset[int]


class Cells:
    """All cells of a comparison, and the distinct passages of each code."""

    def __init__(
        self, codings: Codings, subjects: Subjects, by: tuple[Values | Family, ...], *, evidence: bool = False
    ) -> None:
        self._codings = codings
        self._subjects = subjects
        self._by = by
        self._evidence = evidence
        self._plain = all(isinstance(one, Values) for one in by)
        self._shares: dict[tuple[int, frozenset[int] | None], list[Share]] = {}
        self.cells: dict[tuple[int, Key], Cell] = {}
        self.totals: dict[int, int] = {}
        self.levels: set[str] = set()
        self.inherited: dict[int, set[int]] = {}

    def add(self, code: int, source: int, segments: list[Segment], by_code: dict[int, list[Segment]]) -> None:
        """Add the passages of one code in one source, whose segments by code are given too."""
        if self._evidence or not self._plain:
            self._add_passages(code, source, self._codings.passages(source, segments), by_code)
            return
        found = self._codings.extents(source, segments)
        self.totals[code] = self.totals.get(code, 0) + len(found)
        for persons, times in _tally([extent[2] for extent in found]):
            self._count(code, source, self._plain_shares(source, persons), times, ())

    def _add_passages(self, code: int, source: int, listed: list[Passage], by_code: dict[int, list[Segment]]) -> None:
        self.totals[code] = self.totals.get(code, 0) + len(listed)
        for passage in listed:
            persons = heard_in(passage[2])
            if self._plain:
                shares = self._plain_shares(source, persons)
            else:
                given = [None if isinstance(by, Values) else by.values(source, passage, by_code) for by in self._by]
                shares = self._share(source, persons, given)
            self._count(code, source, shares, 1, passage[2])

    def _plain_shares(self, source: int, persons: frozenset[int] | None) -> list[Share]:
        """The columns of all passages of a source that hold the words of the same persons."""
        known = self._shares.get((source, persons))
        if known is None:
            known = self._shares[source, persons] = self._share(source, persons, [None] * len(self._by))
        return known

    def _share(
        self, source: int, persons: frozenset[int] | None, given: Sequence[tuple[Held, ...] | None]
    ) -> list[Share]:
        """The columns of a passage; `given` are its codes of a family, None for each attribute."""
        found: dict[Key, tuple[set[int], set[int]]] = {}
        for person in sorted(persons) if persons else (None,):
            lists = [
                by.of(source, person) if isinstance(by, Values) else codes or (Held(MISSING, ""),)
                for by, codes in zip(self._by, given, strict=True)
            ]
            for combination in _together(lists):
                who, cases = found.setdefault(tuple(held.value for held in combination), (set(), set()))
                who.update({person} if person is not None else ())
                cases.update(self._cases(source, person, persons, combination))
                self.levels.update(held.level for held in combination if held.level)
                if person is not None and any(held.level == "source" for held in combination):
                    self.inherited.setdefault(source, set()).add(person)
        return [Share(key, frozenset(who), frozenset(cases)) for key, (who, cases) in found.items()]

    def _cases(
        self, source: int, person: int | None, persons: frozenset[int] | None, held: tuple[Held, ...]
    ) -> set[int] | frozenset[int]:
        """The cases that stand behind values: those that lend them, else those of the person or source."""
        lent = {one.case for one in held if one.case is not None}
        if lent:
            return lent
        if not self._subjects.case_names:
            return {source}
        if person is not None:
            return self._subjects.cases_of_person(person, source)
        return self._subjects.cases(source, persons)

    def _count(self, code: int, source: int, shares: list[Share], times: int, segments: Sequence[Segment]) -> None:
        for key, persons, cases in shares:
            cell = self.cells.get((code, key))
            if cell is None:
                cell = self.cells[code, key] = Cell()
            cell.passages += times
            cell.sources.add(source)
            cell.persons |= persons
            cell.cases |= cases
            if self._evidence:
                cell.rows.extend(segment[ROW] for segment in segments)


def _tally(heard: list[Heard]) -> Iterable[tuple[Heard, int]]:
    """Who is heard how often; most often it is the same everywhere, and then nothing has to be sorted out."""
    if heard and heard.count(heard[0]) == len(heard):
        return ((heard[0], len(heard)),)
    return Counter(heard).items()


def _together(lists: Sequence[tuple[Held, ...]]) -> Iterator[tuple[Held, ...]]:
    """Every choice of one value from each list that can stand together: values of two cases cannot."""
    for combination in product(*lists):
        if len({held.case for held in combination if held.case is not None}) < 2:
            yield combination


@dataclass(slots=True)
class Column:
    """Everybody who could have said something in a column: sources, cases with their sources, persons."""

    sources: set[int] = field(default_factory=set)
    cases: dict[int, set[int]] = field(default_factory=dict)
    persons: dict[int, set[int]] = field(default_factory=dict)


def columns(
    subjects: Subjects, sources: Iterator[int], by: tuple[Values | Family, ...], where: Where | None
) -> dict[Key, Column]:
    """The columns of a comparison from the sources that were read, whether or not they hold any coding.

    Whose words are left out by `where` is in no column either: nobody found nothing where nobody looked.
    """
    found: dict[Key, Column] = {}
    for source in sources:
        people: list[int | None] = [*sorted(subjects.known(source))] or [None]
        for person in people:
            if where is not None and not where.fits(source, person):
                continue
            lists = [
                by_one.of(source, person)
                if isinstance(by_one, Values)
                else tuple(Held(value, "") for value in (*by_one.paths, MISSING))
                for by_one in by
            ]
            for combination in _together(lists):
                column = found.setdefault(tuple(held.value for held in combination), Column())
                column.sources.add(source)
                column.persons.setdefault(source, set())
                if person is not None:
                    column.persons[source].add(person)
                lent = {held.case for held in combination if held.case is not None}
                for case in lent or _cases(subjects, source, person):
                    column.cases.setdefault(case, set()).add(source)
    return found


def _cases(subjects: Subjects, source: int, person: int | None) -> frozenset[int]:
    if not subjects.case_names:
        return frozenset((source,))
    return subjects.cases(source, None) if person is None else subjects.cases_of_person(person, source)

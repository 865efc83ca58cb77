"""The cells of a comparison in the making: for each code and value, passages with their subjects."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from qda.model.spans import ROW
from qda.reports.values import MISSING, Held, Values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.spans import Passage, Segment
    from qda.reports.counting import Codings
    from qda.reports.families import Family
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
        self._fixed: tuple[None, ...] | None = (None,) * len(by) if all(isinstance(b, Values) for b in by) else None
        self._shares: dict[tuple[int, frozenset[int] | None], list[Share]] = {}
        self.cells: dict[tuple[int, Key], Cell] = {}
        self.totals: dict[int, int] = {}
        self.levels: set[str] = set()

    def add(self, code: int, source: int, listed: list[Passage], segments: dict[int, list[Segment]]) -> None:
        """Add the passages of one code in one source."""
        self.totals[code] = self.totals.get(code, 0) + len(listed)
        hear = self._subjects.hearer(source)
        if self._fixed is None:
            for passage in listed:
                given = tuple(
                    None if isinstance(by, Values) else by.values(source, passage, segments) for by in self._by
                )
                self._count(code, source, self._share(source, hear(passage[0], passage[1]), given), [passage])
            return
        heard: dict[frozenset[int] | None, list[Passage]] = {}
        for passage in listed:
            heard.setdefault(hear(passage[0], passage[1]), []).append(passage)
        for persons, found in heard.items():
            shares = self._shares.get((source, persons))
            if shares is None:
                shares = self._shares[source, persons] = self._share(source, persons, self._fixed)
            self._count(code, source, shares, found)

    def _share(
        self, source: int, persons: frozenset[int] | None, given: tuple[tuple[Held, ...] | None, ...]
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

    def _count(self, code: int, source: int, shares: list[Share], found: list[Passage]) -> None:
        for key, persons, cases in shares:
            cell = self.cells.get((code, key))
            if cell is None:
                cell = self.cells[code, key] = Cell()
            cell.passages += len(found)
            cell.sources.add(source)
            cell.persons |= persons
            cell.cases |= cases
            if self._evidence:
                cell.rows.extend(segment[ROW] for passage in found for segment in passage[2])


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


def columns(subjects: Subjects, sources: Iterator[int], by: tuple[Values | Family, ...]) -> dict[Key, Column]:
    """The columns of a comparison from the sources that were read, whether or not they hold any coding."""
    found: dict[Key, Column] = {}
    for source in sources:
        people: list[int | None] = [*sorted(subjects.known(source))] or [None]
        for person in people:
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

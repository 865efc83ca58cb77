"""The cells of a comparison in the making: for each code and value, passages with their subjects."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from qda.reports.values import MISSING, Held, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Cells:
    """All cells of a comparison, and the distinct passages of each code."""

    def __init__(self, codings: Codings, subjects: Subjects, by: tuple[Values | Family, ...]) -> None:
        self._codings = codings
        self._subjects = subjects
        self._by = by
        self.cells: dict[tuple[int, Key], Cell] = {}
        self.totals: dict[int, int] = {}
        self.levels: dict[str, int] = {}
        self.shared_source: int = 0

    def add(self, code: int, source: int, listed: list[Passage], segments: dict[int, list[Segment]]) -> None:
        """Add the passages of one code in one source."""
        self.totals[code] = self.totals.get(code, 0) + len(listed)
        for passage in listed:
            persons = self._subjects.persons(source, passage.start, passage.end)
            held = self._held(source, persons, passage, segments)
            for key, who in held.items():
                self._count(code, key, source, persons, who, passage)

    def _held(
        self,
        source: int,
        persons: frozenset[int] | None,
        passage: Passage,
        segments: dict[int, list[Segment]],
    ) -> dict[Key, list[tuple[int | None, set[int]]]]:
        """The columns of a passage: for each, the persons with these values and the cases that lend them."""
        found: dict[Key, list[tuple[int | None, set[int]]]] = {}
        fixed = [None if isinstance(by, Values) else by.values(source, passage, segments) for by in self._by]
        for person in sorted(persons) if persons else (None,):
            lists = [
                by.of(source, person) if isinstance(by, Values) else given or (Held(MISSING, ""),)
                for by, given in zip(self._by, fixed, strict=True)
            ]
            for combination in product(*lists):
                key = tuple(held.value for held in combination)
                cases = {held.case for held in combination if held.case is not None}
                found.setdefault(key, []).append((person, cases))
                for held in combination:
                    if held.level:
                        self.levels[held.level] = self.levels.get(held.level, 0) + 1
        return found

    def _count(
        self,
        code: int,
        key: Key,
        source: int,
        persons: frozenset[int] | None,
        who: list[tuple[int | None, set[int]]],
        passage: Passage,
    ) -> None:
        cell = self.cells.setdefault((code, key), Cell())
        cell.passages += 1
        cell.sources.add(source)
        cell.rows.extend(segment.row for segment in passage.segments)
        for person, cases in who:
            if person is not None:
                cell.persons.add(person)
            if cases:
                cell.cases |= cases
            elif not self._subjects.case_names:
                cell.cases.add(source)
            elif person is not None:
                cell.cases |= self._subjects.cases_of_person(person, source)
            else:
                cell.cases |= self._subjects.cases(source, persons)


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
        people: list[int | None] = [*sorted(subjects.everybody(source))] or [None]
        for person in people:
            lists = [
                by_one.of(source, person)
                if isinstance(by_one, Values)
                else tuple(Held(value, "") for value in by_one.paths)
                for by_one in by
            ]
            for combination in product(*lists):
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

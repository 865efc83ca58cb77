"""The levels of an ordinal family: which case stands where at which moment, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qda.model.spans import CODER, ROW, merge_overlapping
from qda.reports.families import Family
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.spans import Passage, Segment
    from qda.model.tree import Code, CodeTree
    from qda.reports.counting import Codings
    from qda.reports.scope import Scope
    from qda.reports.subjects import Subjects
    from qda.store import Study


class Scale(NamedTuple):
    """An ordinal family: its levels from low to high, and what stands outside the scale."""

    top: Code
    levels: tuple[Code, ...]
    outside: tuple[Code, ...]

    @property
    def places(self) -> tuple[Code, ...]:
        """All that a case can have: the levels, then what is outside."""
        return (*self.levels, *self.outside)


class Said(NamedTuple):
    """One coder's passage of one level."""

    source: int
    start: int
    end: int
    coder: int
    rows: tuple[int, ...]


Place = tuple[str, str]
"""A case by its name, and a moment."""


@dataclass(slots=True)
class Levels:
    """Who has which level when: passages by case and moment, then by the key of the level."""

    scale: Scale
    moments: list[str]
    said: dict[Place, dict[int, list[Said]]] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)
    homeless: set[int] = field(default_factory=set)

    def of(self, case: str, moment: str) -> list[int]:
        """The levels of a case at a moment, from low to high, what is outside last."""
        held = self.said.get((case, moment), {})
        return [code.key for code in self.scale.places if code.key in held]

    def by_coder(self, case: str, moment: str) -> dict[int, list[int]]:
        """The levels that each coder gave a case at a moment."""
        held = self.said.get((case, moment), {})
        coders = sorted({one.coder for listed in held.values() for one in listed})
        return {
            coder: [key for key in self.of(case, moment) if any(one.coder == coder for one in held[key])]
            for coder in coders
        }

    @property
    def cases(self) -> list[str]:
        """The cases that have a level at some moment."""
        return sorted({case for case, _ in self.said})


def scales(tree: CodeTree, scope: Scope) -> list[Scale]:
    """The ordinal families among the selected codes; naming a level is naming its family."""
    keys = dict.fromkeys(key for code in scope.codes for key in tree.above(code.key) if tree.by_key[key].entry.ordinal)
    found = []
    for key in keys:
        children = [tree.by_key[child] for child in tree.children.get(key, ())]
        levels = tuple(code for code in children if not code.entry.outside)
        found.append(Scale(tree.by_key[key], levels, tuple(code for code in children if code.entry.outside)))
    return found


def moment_of(study: Study, codings: Codings, subjects: Subjects, name: str) -> Values | Family | None:
    """What moments are: a family of codes, else an attribute; None where no source has the date that was meant."""
    tree = codings.scope.tree
    code = tree.seek(name) if name else None
    if code is not None:
        return Family(codings, subjects, code, within="overlap")
    if not name and not any(source.date for source in codings.scope.sources):
        return None
    return Values(study, subjects, name or "date")


def count_levels(codings: Codings, subjects: Subjects, scale: Scale, moment: Values | Family | None) -> Levels:
    """Gather the passages of each level, coder by coder, under the case and the moment that they speak of."""
    tree, names = codings.scope.tree, subjects.case_names or codings.scope.source_names
    found = Levels(scale, [])
    for source, by_code in codings.sources():
        for code in scale.places:
            listed = sorted(one for key in tree.below(code.key) for one in by_code.get(key, ()))
            for passage in codings.voiced(source, listed):
                said = _said(source, passage)
                found.sources.add(source)
                for case, when in _places(codings, subjects, source, passage, (moment, by_code)):
                    held = found.said.setdefault((names[case], when), {})
                    held.setdefault(code.key, []).append(said)
                if not any(True for _ in _cases(subjects, source, passage)):
                    found.homeless.add(source)
    occurring = {when for _, when in found.said}
    known = list(moment.paths) if isinstance(moment, Family) else sorted(occurring - {MISSING})
    found.moments = [*known, *({MISSING} & occurring)]
    return found


def _said(source: int, passage: Passage) -> Said:
    start, end, inside = passage
    return Said(source, start, end, inside[0][CODER], tuple(one[ROW] for one in inside))


def _cases(subjects: Subjects, source: int, passage: Passage) -> Iterator[tuple[int | None, int]]:
    """Who is spoken of in a passage: the person where one is known, and a case."""
    for person in sorted(subjects.persons(source, passage[0], passage[1]) or ()) or (None,):
        if not subjects.case_names:
            yield person, source
        elif person is None:
            yield from ((None, case) for case in sorted(subjects.cases(source, None)))
        else:
            yield from ((person, case) for case in sorted(subjects.cases_of_person(person, source)))


def _places(
    codings: Codings,
    subjects: Subjects,
    source: int,
    passage: Passage,
    when: tuple[Values | Family | None, dict[int, list[Segment]]],
) -> set[tuple[int, str]]:
    """The cases and moments of a passage."""
    moment, by_code = when
    found: set[tuple[int, str]] = set()
    for person, case in _cases(subjects, source, passage):
        if person is not None and codings.where is not None and not codings.where.fits(source, person):
            continue
        if isinstance(moment, Family):
            values = [held.value for held in moment.values(source, passage, by_code)] or [MISSING]
        elif moment is None:
            values = [MISSING]
        else:
            values = [held.value for held in moment.of(source, person) if held.case in (None, case)]
        found.update((case, value) for value in values)
    return found


def merged_passages(listed: list[Said]) -> int:
    """How many passages several coders' make together."""
    by_source: dict[int, list[tuple[int, int]]] = {}
    for one in listed:
        by_source.setdefault(one.source, []).append((one.start, one.end))
    return sum(len(merge_overlapping(sorted(spans))) for spans in by_source.values())

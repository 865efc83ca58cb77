"""Who speaks in a passage, which cases that concerns, and which attribute values hold there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .world import RESPONDENTS, Selection, case_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .passages import Passage
    from .world import Attributes, TurnData, World

MISSING = "(missing)"
LEVELS = ("person", "source", "case")


@dataclass(frozen=True)
class Who:
    """The persons of a passage; `unknown` says that somebody, or everybody, could not be told."""

    persons: frozenset[str]
    unknown: bool


@dataclass(frozen=True)
class Cases:
    """The cases of a passage; ambiguous when one person (or the source) leads to several of one kind."""

    cases: frozenset[str]
    ambiguous: bool


def with_role(world: World, persons: Iterable[str | None], roles: frozenset[str]) -> frozenset[str]:
    """Those of these persons who have one of the roles."""
    return frozenset(name for name in persons if name is not None and world.persons[name].role in roles)


def turns_of(world: World, passage: Passage) -> list[TurnData]:
    """The turns that share a data character with the passage (their labels belong to them)."""
    turns = world.sources[passage.source].turns
    return [turn for turn in turns if any(turn.start <= character < turn.end for character in passage.data)]


def persons_of(world: World, passage: Passage, roles: frozenset[str] = RESPONDENTS) -> Who:
    """Who speaks, or is spoken for, in the turns of the passage; else the source's one person."""
    if not world.sources[passage.source].turns:
        return _only_person(world, passage.source, roles)
    turns = turns_of(world, passage)
    heard = [name for turn in turns for name in (turn.person, turn.speaks_for)]
    nameless = any(turn.person is None and turn.speaks_for is None for turn in turns)
    return Who(with_role(world, heard, roles), unknown=not turns or nameless)


def _only_person(world: World, source: str, roles: frozenset[str]) -> Who:
    persons = with_role(world, world.sources[source].persons, roles)
    return Who(persons, unknown=False) if len(persons) == 1 else Who(frozenset(), unknown=True)


def subjects_of(world: World, passage: Passage, roles: frozenset[str]) -> frozenset[str | None]:
    """The persons of the passage, or None for a subject of whom only the source is known."""
    return frozenset(persons_of(world, passage, roles).persons) or frozenset({None})


def subjects_of_source(world: World, name: str, roles: frozenset[str]) -> frozenset[str | None]:
    """Everybody whom passages of this source could be about, silent participants included."""
    source = world.sources[name]
    if not source.turns:
        return frozenset(_only_person(world, name, roles).persons) or frozenset({None})
    speaking = [person for turn in source.turns for person in (turn.person, turn.speaks_for)]
    return frozenset(with_role(world, [*source.persons, *speaking], roles)) or frozenset({None})


def cases_of_subject(world: World, source: str, person: str | None, kind: str | None) -> frozenset[str]:
    """The person's cases of this kind, else the source's; without any case the source is the unit."""
    if kind is None:
        return frozenset({source})
    alike = {name: case for name, case in world.cases.items() if case.kind == kind}
    mine = frozenset(name for name, case in alike.items() if person in case.persons)
    return mine or frozenset(name for name, case in alike.items() if source in case.sources)


def cases_of(world: World, passage: Passage, kind: str | None = None, roles: frozenset[str] = RESPONDENTS) -> Cases:
    """The cases of each person of the passage, else of its source."""
    kind = case_kind(world, Selection(cases=kind))
    found = [cases_of_subject(world, passage.source, person, kind) for person in subjects_of(world, passage, roles)]
    return Cases(frozenset().union(*found), ambiguous=any(len(cases) > 1 for cases in found))


def values_of(
    world: World, source: str, person: str | None, attribute: str, kind: str | None
) -> tuple[frozenset[str], str | None]:
    """The subject's values and the level that has them; `person.country` looks on that level only."""
    level, dot, name = attribute.partition(".")
    forced = bool(dot) and level in LEVELS
    for place in (level,) if forced else LEVELS:
        holders = _holders(world, source, person, kind)[place]
        values = {value for held in holders for value in held.get(name if forced else attribute, [])}
        if values:
            return frozenset(values), place
    return frozenset({MISSING}), None


def _holders(world: World, source: str, person: str | None, kind: str | None) -> dict[str, list[Attributes]]:
    cases = cases_of_subject(world, source, person, kind) if kind is not None else frozenset()
    return {
        "person": [] if person is None else [world.persons[person].attributes],
        "source": [world.sources[source].attributes],
        "case": [world.cases[name].attributes for name in cases],
    }

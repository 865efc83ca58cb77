"""What a query finds, by trying every passage against every other, character by character and turn by turn.

A query is a nest of tuples: ("code", code, alone), ("any",), ("and", ...), ("or", ...), ("not", query),
("near", one, other, most, "turns" or "characters", negated), ("value", attribute, sign, value), ("coder", sign, name),
("source", sign, name).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .passages import Passage, chosen_codings, joined, own_passages
from .subjects import subjects_of, turns_of, values_of
from .world import case_kind, family, is_data

if TYPE_CHECKING:
    from .world import CodingData, Selection, World

Query = tuple[Any, ...]
Voice = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """Characters in a row that one voice is asked about in one source."""

    source: str
    voice: Voice
    characters: frozenset[int]


def found(world: World, sel: Selection, query: Query) -> set[Place]:
    """All that a query finds, voice by voice."""
    codings = chosen_codings(world, sel)
    places: set[Place] = set()
    for source in world.sources:
        for voice in {_voice(coding) for coding in codings if coding.source == source}:
            heard = [one for one in codings if one.source == source and _voice(one) == voice]
            places |= _Ground(world, sel, source, voice, own_passages(world, heard)).find(query)
    return places


def on_words(world: World, sel: Selection, query: Query) -> list[CodingData]:
    """The codings that share a character that is data with what their voice's query finds."""
    places = found(world, sel, query)
    return [
        coding
        for coding in chosen_codings(world, sel)
        if any(
            place.source == coding.source
            and place.voice == _voice(coding)
            and any(is_data(world.sources[coding.source], n) for n in place.characters & _characters(coding))
            for place in places
        )
    ]


def as_passages(places: set[Place]) -> list[tuple[str, int, int, frozenset[Voice]]]:
    """The places of all voices, those that share a character as one."""
    groups = joined(
        sorted(places, key=lambda one: (one.source, min(one.characters), max(one.characters), one.voice)),
        lambda one, other: one.source == other.source and not one.characters.isdisjoint(other.characters),
    )
    made = []
    for group in groups:
        whole = frozenset[int]().union(*(one.characters for one in group))
        made.append((group[0].source, min(whole), max(whole) + 1, frozenset(one.voice for one in group)))
    return sorted(made, key=lambda one: one[:3])


def _voice(coding: CodingData) -> Voice:
    return ("consensus", "") if coding.layer == "consensus" else ("coder", coding.coder)


def _characters(coding: CodingData) -> frozenset[int]:
    return frozenset(range(coding.start, coding.end))


@dataclass(frozen=True)
class _Ground:
    world: World
    sel: Selection
    source: str
    voice: Voice
    passages: list[Passage]

    def find(self, query: Query) -> set[Place]:
        """The places that a query finds."""
        kind, *rest = query
        if kind == "code":
            wanted = [rest[0]] if rest[1] else family(self.world, rest[0])
            return {self._place(one.characters) for one in self.passages if one.data and one.code in wanted}
        if kind == "any":
            return {self._place(one.characters) for one in self.passages if one.data}
        if kind == "or":
            return {place for one in rest for place in self.find(one)}
        if kind == "near":
            return self._near(*rest)
        sought = [one for one in rest if finds(one)]
        places = self.find(sought[0])
        for other in sought[1:]:
            places = {
                self._place(one.characters & two.characters)
                for one in places
                for two in self.find(other)
                if self._data(one.characters & two.characters)
            }
        return {place for place in places if all(self._holds(test, place) for test in rest if not finds(test))}

    def _near(self, one: Query, other: Query, most: int, unit: str, negated: bool) -> set[Place]:  # noqa: FBT001
        others = self.find(other)
        kept = set()
        for place in self.find(one):
            if unit == "turns" and not self._turns(place):
                continue
            near = any((self._turns_apart if unit == "turns" else self._apart)(place, two) <= most for two in others)
            if near != negated:
                kept.add(place)
        return kept

    def _apart(self, one: Place, other: Place) -> float:
        first, second = sorted((one, other), key=lambda place: min(place.characters))
        return len(self._data(frozenset(range(max(first.characters) + 1, min(second.characters)))))

    def _turns_apart(self, one: Place, other: Place) -> float:
        return min((abs(a - b) for a in self._turns(one) for b in self._turns(other)), default=float("inf"))

    def _turns(self, place: Place) -> list[int]:
        return [turn.number for turn in turns_of(self.world, self._passage(place))]

    def _holds(self, test: Query, place: Place) -> bool:
        kind, *rest = test
        if finds(test):
            return any(self._data(place.characters & other.characters) for other in self.find(test))
        if kind == "not":
            return not self._holds(rest[0], place)
        if kind in ("and", "or"):
            return (all if kind == "and" else any)([self._holds(one, place) for one in rest])
        if kind == "coder":
            return (self.voice == ("coder", rest[1])) == (rest[0] == "=")
        if kind == "source":
            return (self.source == rest[1]) == (rest[0] == "=")
        attribute, sign, value = rest
        of_kind = case_kind(self.world, self.sel)
        held = {
            one
            for person in subjects_of(self.world, self._passage(place), self.sel.roles)
            for one in values_of(self.world, self.source, person, attribute, of_kind)[0]
        }
        return (value in held) == (sign == "=")

    def _place(self, characters: frozenset[int]) -> Place:
        return Place(self.source, self.voice, characters)

    def _data(self, characters: frozenset[int]) -> frozenset[int]:
        return frozenset(one for one in characters if is_data(self.world.sources[self.source], one))

    def _passage(self, place: Place) -> Passage:
        nobody = frozenset[Any]()
        return Passage(self.source, (), place.characters, self._data(place.characters), nobody, nobody, nobody)


def finds(query: Query) -> bool:
    """Whether a query finds passages, or only says what must be true of them."""
    if query[0] in ("and", "or"):
        return any(finds(one) for one in query[1:])
    return query[0] in ("code", "any", "near")

"""Whose codings count, and how segments become passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from .world import chosen_sources, family, is_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .world import Code, CodingData, Selection, World

Item = TypeVar("Item")
CONSENSUS_VOICE = ("consensus", "")


@dataclass(frozen=True)
class Final:
    """What counts in one source: by which rule, and which codings."""

    rule: str
    codings: tuple[CodingData, ...]


@dataclass(frozen=True)
class Passage:
    """Characters of one source under one code; `data` leaves out what is not data."""

    source: str
    code: Code
    characters: frozenset[int]
    data: frozenset[int]
    codings: frozenset[str]
    coders: frozenset[str]
    voices: frozenset[tuple[str, str]]
    parts: frozenset[Passage] = frozenset()


def final_layer(world: World) -> dict[str, Final]:
    """Per source: the consensus where recorded, else the only coder's codings, else all coders' pooled."""
    return {name: _final([coding for coding in world.codings if coding.source == name]) for name in world.sources}


def _final(codings: list[CodingData]) -> Final:
    consensus = [coding for coding in codings if coding.layer == "consensus"]
    if consensus:
        return Final("consensus", tuple(consensus))
    coders = {coding.coder for coding in codings}
    rule = "nobody" if not coders else "only coder" if len(coders) == 1 else "pooled"
    return Final(rule, tuple(codings))


def chosen_codings(world: World, sel: Selection) -> list[CodingData]:
    """The codings that count, of every code: first by coder, then by layer, then by source."""
    heard = [coding for coding in world.codings if sel.coders is None or coding.coder in sel.coders]
    if sel.layer == "final":
        finals = final_layer(replace(world, codings=heard)).values()
        kept = [coding for final in finals for coding in final.codings]
    else:
        kept = [coding for coding in heard if coding.layer == sel.layer]
    sources = chosen_sources(world, sel)
    return [coding for coding in kept if coding.source in sources]


def codings_of(world: World, sel: Selection, code: Code, *, with_subcodes: bool) -> list[CodingData]:
    """The codings that count for this code; a subcode's are taken for the code's own when merged in."""
    wanted = family(world, code) if with_subcodes else [code]
    return [replace(coding, code=code) for coding in chosen_codings(world, sel) if coding.code in wanted]


def joined(items: Iterable[Item], meet: Callable[[Item, Item], bool]) -> list[list[Item]]:
    """Groups of items: two that meet are in one group, and so on along the chain."""
    groups: list[list[Item]] = []
    for item in items:
        grown, others = [item], []
        for group in groups:
            if any(meet(item, other) for other in group):
                grown.extend(group)
            else:
                others.append(group)
        groups = [*others, grown]
    return groups


def overlap(one: Passage, two: Passage) -> bool:
    """Whether two of one code and source share a character, data or not."""
    same = one.source == two.source and one.code == two.code
    return same and not one.characters.isdisjoint(two.characters)


def own_passages(world: World, codings: Iterable[CodingData]) -> list[Passage]:
    """One voice's overlapping segments of one code merged; segments that only touch stay apart."""
    segments = [_segment(world, coding) for coding in codings]
    groups = joined(segments, lambda one, two: one.voices == two.voices and overlap(one, two))
    return [_union(group) for group in groups]


def merged_passages(own: Sequence[Passage]) -> list[Passage]:
    """Overlapping passages of the voices merged; what is wholly inside not-data is left out at the end."""
    whole = [replace(_union(group), parts=frozenset(group)) for group in joined(own, overlap)]
    return [passage for passage in whole if passage.data]


def passages(world: World, codings: Iterable[CodingData]) -> list[Passage]:
    """The passages that these codings make, of each source and code by itself."""
    listed = list(codings)
    return [_made(world, listed, passage) for passage in merged_passages(own_passages(world, listed))]


def _made(world: World, codings: list[CodingData], passage: Passage) -> Passage:
    """With the codings that make it: one that holds no data is among them only where it joins others."""
    inside = [_segment(world, coding) for coding in codings if coding.id in passage.codings]
    saying = [segment for segment in inside if segment.data]
    if len(joined(saying, overlap)) > 1:
        return passage
    made = _union(saying)
    return replace(passage, codings=made.codings, coders=made.coders)


def left_out(world: World, codings: Iterable[CodingData]) -> list[Passage]:
    """The passages that count nowhere because no character of them is data."""
    whole = [_union(group) for group in joined(own_passages(world, codings), overlap)]
    return [passage for passage in whole if not passage.data]


def _segment(world: World, coding: CodingData) -> Passage:
    source = world.sources[coding.source]
    characters = frozenset(range(coding.start, coding.end))
    return Passage(
        source=coding.source,
        code=coding.code,
        characters=characters,
        data=frozenset(character for character in characters if is_data(source, character)),
        codings=frozenset({coding.id}),
        coders=frozenset({coding.coder}),
        voices=frozenset({CONSENSUS_VOICE if coding.layer == "consensus" else ("coder", coding.coder)}),
    )


def _union(group: list[Passage]) -> Passage:
    return Passage(
        source=group[0].source,
        code=group[0].code,
        characters=frozenset().union(*(one.characters for one in group)),
        data=frozenset().union(*(one.data for one in group)),
        codings=frozenset().union(*(one.codings for one in group)),
        coders=frozenset().union(*(one.coders for one in group)),
        voices=frozenset().union(*(one.voices for one in group)),
    )

"""Which codes are used together, within each coder unless pooled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .passages import codings_of, joined, merged_passages, own_passages
from .subjects import cases_of, turns_of
from .world import case_kind, chosen_codes, is_data

if TYPE_CHECKING:
    from collections.abc import Hashable

    from .passages import Passage
    from .world import Code, Selection, World

Region = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Cooccurrence:
    """`count` by (row, column); `passages` is the N of the row measure; Jaccard None is n/a."""

    codes: list[Code]
    count: dict[tuple[Code, Code], int]
    passages: dict[Code, int]
    jaccard: dict[tuple[Code, Code], Fraction | None]


@dataclass(frozen=True)
class Rule:
    """How two codes meet."""

    world: World
    sel: Selection
    within: str | int
    pool: bool

    def may_pair(self, one: Passage, two: Passage) -> bool:
        """One voice, or pooled, or two sources of one case: never a disagreement about one text."""
        apart = self.within == "case" and one.source != two.source
        return self.pool or apart or one.voices == two.voices

    def units(self, part: Passage) -> frozenset[Hashable]:
        """The turns, the source or the cases that hold this passage."""
        if not part.data:
            return frozenset()
        if self.within == "turn":
            return frozenset((part.source, turn.number) for turn in turns_of(self.world, part))
        if self.within == "source":
            return frozenset({part.source})
        return frozenset(cases_of(self.world, part, case_kind(self.world, self.sel), self.sel.roles).cases)

    def meet(self, one: Passage, two: Passage) -> bool:
        """Whether these two voices' passages are together in the sense of the rule."""
        if not (self.may_pair(one, two) and one.data and two.data):
            return False
        if self.within == "overlap":
            return one.source == two.source and not one.data.isdisjoint(two.data)
        if isinstance(self.within, int):
            return one.source == two.source and self.gap(one, two) <= self.within
        return not self.units(one).isdisjoint(self.units(two))

    def gap(self, one: Passage, two: Passage) -> int:
        """The data characters that stand between two passages of one source; 0 when they overlap."""
        source = self.world.sources[one.source]
        first, second = (one, two) if min(one.characters) <= min(two.characters) else (two, one)
        between = range(max(first.characters) + 1, min(second.characters))
        return sum(1 for character in between if is_data(source, character))


def cooccurrence(
    world: World,
    sel: Selection,
    within: str | int = "overlap",
    *,
    pool: bool = False,
    measure: str = "count",
) -> Cooccurrence:
    """The whole matrix, each cell counted by itself from both sides."""
    if within not in {"overlap", "turn", "source", "case"} and not (isinstance(within, int) and within >= 0):
        raise ValueError(f"nothing is counted within {within}")
    if measure not in {"count", "row"}:
        raise ValueError(f"no measure {measure}")
    rule = Rule(world, sel, within, pool)
    codes = chosen_codes(world, sel)
    own = {code: own_passages(world, codings_of(world, sel, code, with_subcodes=sel.roll_up)) for code in codes}
    cell = _row_count if measure == "row" else _count
    return Cooccurrence(
        codes=codes,
        count={(a, b): cell(rule, own[a], own[b], diagonal=a == b) for a in codes for b in codes},
        passages={code: len(merged_passages(own[code])) for code in codes},
        jaccard={(a, b): _jaccard(rule, own[a], own[b], diagonal=a == b) for a in codes for b in codes},
    )


def _count(rule: Rule, own_a: list[Passage], own_b: list[Passage], *, diagonal: bool) -> int:
    by_unit = rule.within in {"turn", "source", "case"}
    if by_unit:
        return len(_units_with_both(rule, own_a, own_b, diagonal=diagonal))
    if diagonal:
        return len(merged_passages(own_a))
    if rule.within == "overlap":
        return len(_regions(rule, own_a, own_b))
    return _near_pairs(rule, own_a, own_b)


def _row_count(rule: Rule, own_a: list[Passage], own_b: list[Passage], *, diagonal: bool) -> int:
    """Passages of A (the coders merged) of which some coder's part meets a B."""
    return sum(
        1
        for whole in merged_passages(own_a)
        if diagonal or any(rule.meet(part, other) for part in whole.parts for other in own_b)
    )


def _shared(rule: Rule, own_a: list[Passage], own_b: list[Passage]) -> list[Region]:
    """Each region that one passage of A and one of B share."""
    return [
        frozenset((one.source, character) for character in one.characters & two.characters)
        for one in own_a
        for two in own_b
        if one.source == two.source and rule.may_pair(one, two) and one.characters & two.characters
    ]


def _regions(rule: Rule, own_a: list[Passage], own_b: list[Passage]) -> list[Region]:
    """Overlapping regions of different coders merged; one wholly inside not-data is left out."""
    groups = joined(_shared(rule, own_a, own_b), lambda one, two: not one.isdisjoint(two))
    whole: list[Region] = [frozenset().union(*group) for group in groups]
    return [region for region in whole if _data(rule.world, region)]


def _data(world: World, region: Region) -> Region:
    return frozenset((name, place) for name, place in region if is_data(world.sources[name], place))


def _near_pairs(rule: Rule, own_a: list[Passage], own_b: list[Passage]) -> int:
    """Pairs of merged passages of which some coder's parts are near enough."""
    return sum(
        1
        for whole_a in merged_passages(own_a)
        for whole_b in merged_passages(own_b)
        if any(rule.meet(one, two) for one in whole_a.parts for two in whole_b.parts)
    )


def _units(rule: Rule, own: list[Passage]) -> frozenset[Hashable]:
    return frozenset(unit for part in own for unit in rule.units(part))


def _units_with_both(rule: Rule, own_a: list[Passage], own_b: list[Passage], *, diagonal: bool) -> frozenset[Hashable]:
    if diagonal:
        return _units(rule, own_a)
    return frozenset(
        unit for one in own_a for two in own_b if rule.may_pair(one, two) for unit in rule.units(one) & rule.units(two)
    )


def _jaccard(rule: Rule, own_a: list[Passage], own_b: list[Passage], *, diagonal: bool) -> Fraction | None:
    """Both of either, by data characters or by units; n/a for a distance or where neither is used."""
    if isinstance(rule.within, int):
        return None
    both: frozenset[Hashable]
    if rule.within == "overlap":
        either: frozenset[Hashable] = frozenset(
            (part.source, character) for part in [*own_a, *own_b] for character in part.data
        )
        shared = _shared(rule, own_a, own_b)
        both = either if diagonal else _data(rule.world, frozenset().union(*shared))
    else:
        either = _units(rule, [*own_a, *own_b])
        both = _units_with_both(rule, own_a, own_b, diagonal=diagonal)
    return Fraction(len(both), len(either)) if either else None

"""How far a round is: who codes in it, who has handed in, and what of the current coder's part is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import many

if TYPE_CHECKING:
    from qda.model.rounds import Part, Round
    from qda.model.spans import Span
    from qda.store.study import Study


class Mine(NamedTuple):
    """A part that is assigned to the current coder.

    Attributes:
        part: The source, or the stretch of it.
        name: Name of the source.
        codings: How many of their own codings meet it.
        done: Whether they have marked its source as done.
    """

    part: Part
    name: str
    codings: int
    done: bool


@dataclass(frozen=True)
class Standing:
    """How far a round is: the names of its coders in the order in which they came, of those who have handed in."""

    round: Round
    coders: tuple[str, ...]
    handed_in: tuple[str, ...]
    sources: int
    parts: int

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of those who have not handed in."""
        return tuple(name for name in self.coders if name not in self.handed_in)

    @property
    def kind(self) -> str:
        """Blind or open."""
        return "blind" if self.round.blind else "open"

    @property
    def said(self) -> str:
        """How far it is, in words."""
        return "revealed" if self.round.revealed else f"{len(self.handed_in)} of {len(self.coders)} handed in"


def standing(study: Study, one: Round) -> Standing:
    """How far a round is."""
    names = {coder.key: coder.name for coder in study.coders.all()}
    assigned = study.rounds.assignments(one.key)
    coders, submitted = {each.coder for each in assigned}, study.rounds.submitted(one.key)
    return Standing(
        one,
        tuple(name for key, name in names.items() if key in coders),
        tuple(name for key, name in names.items() if key in submitted),
        len({each.part.source for each in assigned}),
        len({each.part for each in assigned}),
    )


def my_part(study: Study, one: Round) -> list[Mine]:
    """The parts of a round that are assigned to the current coder, in the order of sources and places."""
    me = study.coders.key(study.coder) if study.coder else None
    done = {
        source
        for source, who, layer, state, _ in study.progress.by_keys()
        if who == me and not layer and state == "done"
    }
    names = {source.key: source.name for source in study.sources.all()}
    found, own = [], dict[int, list[tuple[int, int]]]()
    for coder, part in study.rounds.assignments(one.key):
        if coder != me or me is None:
            continue
        if part.source not in own:
            codings = study.codings.all(part.source)
            own[part.source] = [(each.start, each.end) for each in codings if each.coder == me]
        spans = own[part.source]
        here = spans if part.whole else [span for span in spans if span[0] < part.end and part.start < span[1]]
        found.append(Mine(part, names[part.source], len(here), part.source in done))
    return found


def next_of(parts: list[Mine]) -> Mine | None:
    """Where to go on: the first part not done in which nothing is coded, else the first not done."""
    left = [one for one in parts if not one.done]
    return next((one for one in left if not one.codings), next(iter(left or parts), None))


class Here(NamedTuple):
    """The round in which a source is being coded, as the current coder sees it.

    Attributes:
        name: Name of the round.
        blind: Whether it hides what others code in the source.
        mine: Whether the source, or a part of it, is assigned to the current coder.
        stretches: The stretches that are assigned to them, in order; empty where it is the whole source.
    """

    name: str
    blind: bool
    mine: bool
    stretches: tuple[Span, ...]

    @property
    def said(self) -> str:
        """In words what is assigned."""
        part = f": your {many(len(self.stretches), 'stretch', 'stretches')}" if self.stretches else ""
        return f"{'blind' if self.blind else 'open'} round {self.name}{part if self.mine else ', not yours'}"


def round_here(study: Study, source: int) -> Here | None:
    """The round in which a source is being coded: one's own before another, a blind one before an open one.

    An open round of others concerns nobody else; neither does one that is revealed, or that one has handed in, unless
    it is blind and hides something still.
    """
    me = study.coders.key(study.coder) if study.coder else None
    found = []
    for one in study.rounds.all():
        if one.revealed:
            continue
        here = [each for each in study.rounds.assignments(one.key) if each.part.source == source]
        parts = [each.part for each in here if each.coder == me]
        mine = bool(parts) and me not in study.rounds.submitted(one.key)
        if mine or (here and one.blind):
            whole = any(part.whole for part in parts)
            spans = () if whole or not mine else tuple(sorted((part.start, part.end) for part in parts))
            found.append(Here(one.name, one.blind, bool(parts), spans))
    return min(found, key=lambda one: (not one.mine, not one.blind), default=None)

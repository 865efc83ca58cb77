"""How often, how much, where and by whom each code is used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .passages import codings_of, passages
from .subjects import cases_of, persons_of
from .world import case_kind, chosen_codes, chosen_sources, is_data

if TYPE_CHECKING:
    from .passages import Passage
    from .world import Code, Selection, World


@dataclass(frozen=True)
class Figures:
    """The figures of one code; `share` is None where there is no character to share.

    `unknown` counts passages with a speaker who cannot be told, `ambiguous` those with a case too many.
    """

    passages: int
    characters: int
    share: Fraction | None
    sources: int
    persons: int
    cases: int
    coders: int
    unknown: int
    ambiguous: int
    evidence: frozenset[str]


@dataclass(frozen=True)
class FrequencyRow:
    """One code: its own figures, and those with its subcodes merged in."""

    code: Code
    own: Figures
    with_subcodes: Figures


def frequency(world: World, sel: Selection) -> list[FrequencyRow]:
    """A row for each selected code, used or not, in codebook order."""
    return [
        FrequencyRow(
            code,
            _figures(world, sel, passages(world, codings_of(world, sel, code, with_subcodes=sel.roll_up))),
            _figures(
                world, sel, passages(world, codings_of(world, sel, code, with_subcodes=sel.subcodes or sel.roll_up))
            ),
        )
        for code in chosen_codes(world, sel)
    ]


def data_characters(world: World, sel: Selection) -> int:
    """All characters of the selected sources that are data."""
    texts = [world.sources[name] for name in chosen_sources(world, sel)]
    return sum(1 for source in texts for character in range(len(source.text)) if is_data(source, character))


def _figures(world: World, sel: Selection, found: list[Passage]) -> Figures:
    kind = case_kind(world, sel)
    covered = {(one.source, character) for one in found for character in one.data}
    everything = data_characters(world, sel)
    who = [persons_of(world, one, sel.roles) for one in found]
    what = [cases_of(world, one, kind, sel.roles) for one in found]
    return Figures(
        passages=len(found),
        characters=len(covered),
        share=Fraction(len(covered), everything) if everything else None,
        sources=len({one.source for one in found}),
        persons=len({person for one in who for person in one.persons}),
        cases=len({case for one in what for case in one.cases}),
        coders=len({coder for one in found for coder in one.coders}),
        unknown=sum(1 for one in who if one.unknown),
        ambiguous=sum(1 for one in what if one.ambiguous),
        evidence=frozenset(coding for one in found for coding in one.codings),
    )

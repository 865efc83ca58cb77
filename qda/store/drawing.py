"""The parts of a round: sources that are named, or a drawn sample of sources or of stretches of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qda.errors import QdaError, UsageError
from qda.model.nouns import many
from qda.model.rounds import Part, draw, stretches
from qda.store.base import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.nouns import Source
    from qda.model.rounds import Round, Terms
    from qda.store.study import Study

OWN = ("kind", "language", "date")
WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Sampling:
    """How parts are drawn: how many or which share (0: all), by which stratum and seed, and how long stretches are.

    `share` is in per cent, rounded up to whole parts; a `length` of 0 draws sources.
    """

    number: int = 0
    share: int = 0
    by: str = ""
    seed: str = ""
    length: int = 0


def choose_parts(study: Study, names: Sequence[str], sampling: Sampling) -> tuple[list[Part], str]:
    """The parts of a round, and in words how they were drawn.

    Args:
        study: The study.
        names: The sources to choose from; empty means all.
        sampling: How to draw from them; uncoded ones are drawn like all others.

    Raises:
        QdaError: A source or the attribute is not there.
        UsageError: The sampling says two things at once, or by what to draw and not how much.
    """
    if sampling.number and sampling.share:
        raise UsageError("--number and --share say the same in two ways; give one of them")
    if sampling.by and not (sampling.number or sampling.share):
        raise UsageError("--by goes with --number or --share: it says from what to draw alike")
    if sampling.share > WHOLE:
        raise UsageError(f"--share is at most {WHOLE} per cent, not {sampling.share}")
    known = {study.sources.get(name).key for name in names}
    sources = [source for source in study.sources.all() if not known or source.key in known]
    strata = _strata(study, sources, sampling.by)
    candidates: dict[str, tuple[Part, str]] = {}
    for source in sources:
        for part in _parts(study, source, sampling.length):
            candidates[f"{source.uid} {part.start}"] = part, strata[source.key]
    number = sampling.number or -(-len(candidates) * (sampling.share or WHOLE) // WHOLE)
    drawn = draw({name: stratum for name, (_, stratum) in candidates.items()}, number, sampling.seed)
    return [candidates[name][0] for name in drawn], _said(sampling, len(drawn), len(candidates))


def make_round(
    study: Study, name: str, coders: Sequence[str], sources: Sequence[str], sampling: Sampling, terms: Terms
) -> Round:
    """Draw the parts of a round and make it; its terms get the seed, where one was used, and how the parts were drawn.

    Raises:
        QdaError: Something is not there, or the round cannot be so.
    """
    parts, drawn = choose_parts(study, sources, sampling)
    seed = sampling.seed if sampling.number or sampling.share else ""
    return study.rounds.make(name, coders, parts, replace(terms, seed=seed, drawn=drawn))


def _parts(study: Study, source: Source, length: int) -> list[Part]:
    if not length:
        return [Part(source.key, source.revision_key, whole=True, start=0, end=0)]
    bounds = [turn.start for turn in study.sources.turns(source.revision_key)]
    if not bounds:
        text = study.sources.text(source.key)
        bounds = [place + 1 for place, sign in enumerate(text) if sign == "\n" and text[place + 1 : place + 2].strip()]
    places = sorted({0, *bounds, source.characters})
    return [Part(source.key, source.revision_key, False, *span) for span in stretches(places, length)]


def _strata(study: Study, sources: Sequence[Source], by: str) -> dict[int, str]:
    """The stratum of each source: what it has of an attribute, else what its persons have."""
    if not by:
        return dict.fromkeys((source.key for source in sources), "")
    if by in OWN:
        return {source.key: str(getattr(source, by)) for source in sources}
    targets = [target for name, target, _ in study.attributes.all() if name == by]
    if not targets:
        names = {name: number for number, (name, *_) in enumerate(study.attributes.all())}
        Names("attribute", names | dict.fromkeys(OWN, 0)).get(by)
        raise QdaError(f"there is no attribute named '{by}'")
    of_source = study.attributes.of("source") if "source" in targets else {}
    of_person = study.attributes.of("person") if "person" in targets else {}
    persons: dict[int, set[int]] = {}
    for person, where in study.persons.sources_of().items():
        for source_key in where:
            persons.setdefault(source_key, set()).add(person)
    found = {}
    for source in sources:
        values = set(of_source.get(source.key, {}).get(by, ()))
        if not values:
            values = {value for one in persons.get(source.key, ()) for value in of_person.get(one, {}).get(by, ())}
        found[source.key] = "; ".join(sorted(values))
    return found


def _said(sampling: Sampling, drawn: int, among: int) -> str:
    what = many(among, "stretch", "stretches") if sampling.length else many(among, "source")
    if drawn == among:
        return f"all {what}" if among > 1 else what
    strata = f", stratified by {sampling.by}" if sampling.by else ""
    return f"{drawn} of {what}{strata}, seed '{sampling.seed}'"

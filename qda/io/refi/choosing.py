"""Which way of counting places a source was written in: by what is known of its tool, and by the words themselves.

Each way is weighed by the natural logarithm of how probable the selections would be under it. Selections of people
mostly begin and end at the edges of words; a wrong way hits these by chance. A selection whose name is the quotation
itself, as ATLAS.ti writes it, says most.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from qda.io.refi.offsets import ALL, BYTES, POINTS, UTF16, Convention, Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.io.refi.offsets import Raw

# How often an end of a selection lies at the edge of a word: in the right way of counting, and by chance.
_RIGHT, _CHANCE = 0.9, 0.35
_HIT, _MISS = math.log(_RIGHT / _CHANCE), math.log((1 - _RIGHT) / (1 - _CHANCE))
_OUTSIDE, _QUOTED = -6.0, 6.0
_KNOWN, _OWN, _OTHERS = 3.0, 1e9, 6.0
SAMPLE = 2000
"""How many selections of a source are weighed."""
_LETTERS = re.compile(r"\w+")
OWN = "qda "


class Selected(NamedTuple):
    """A selection as the file has it: its places and its name."""

    start: int
    end: int
    name: str


class Evidence(NamedTuple):
    """What the selections of a source say of each way of counting.

    Args:
        weights: The logarithm of how probable they are in it.
        edges: The share of their ends at edges of words, None without selections.
        matters: Whether two ways come to different places in this text at all.
        selections: How many there are.
    """

    weights: dict[Convention, float]
    edges: dict[Convention, float | None]
    matters: bool
    selections: int


class Chosen(NamedTuple):
    """The way of counting of a source, the share of ends at edges of words, and whether another way differs."""

    convention: Convention
    edges: float | None
    matters: bool


def priors(origin: str) -> dict[Convention, float]:
    """What is known beforehand of each way of counting, by the tool that wrote the project."""
    name = origin.casefold()
    if name.startswith(OWN):
        unit = next((unit for unit in (UTF16, BYTES) if f"offsets: {unit.casefold()}" in name), POINTS)
        return {Convention(unit, 1 if "crlf as 1" in name else 2, 0): _OWN}
    known = Convention(POINTS, 2, 0)
    if "nvivo" in name or "maxqda" in name:
        known = Convention(UTF16, 2, 0)
    elif "atlas" in name:
        known = Convention(UTF16, 1, 0)
    # Bytes are counted by nobody who writes this format so far as is known.
    return {one: (_KNOWN if one == known else 0.0) - (2.0 if one.unit == BYTES else 0.0) for one in ALL}


def weigh(raw: Raw, selected: Sequence[Selected], count: int) -> Evidence:
    """How well each way of counting fits the selections of a source; those that come to the same weigh the same.

    Args:
        raw: The text.
        selected: Selections, or the first of very many.
        count: How many there are.
    """
    text = raw.plain
    known: dict[tuple[object, ...], tuple[float, float | None]] = {}
    weights, edges = {}, {}
    signatures: dict[Convention, tuple[object, ...]] = {}
    ends = "\r\n" in raw.text
    for convention in ALL:
        plain = convention._replace(crlf=convention.crlf if ends else 2, bom=convention.bom if raw.bom else 0)
        if plain not in signatures:
            ruler = Ruler(raw, plain)
            signatures[plain] = ruler.signature
            if ruler.signature not in known:
                known[ruler.signature] = (
                    sum(_weight(text, ruler, one) for one in selected),
                    _edge_share(text, ruler, selected),
                )
        weights[convention], edges[convention] = known[signatures[plain]]
    return Evidence(weights, edges, len(known) > 1, count)


def choose(evidence: Evidence, known: Mapping[Convention, float], project: Mapping[Convention, float]) -> Chosen:
    """The way of counting of a source.

    Args:
        evidence: What its selections say.
        known: What is known beforehand.
        project: The weights of all sources of the project, which is mostly written in one way.
    """
    total = {one: evidence.weights[one] + known.get(one, -_OWN) + max(project[one], -_OTHERS) for one in ALL}
    convention = max(ALL, key=lambda one: total[one])
    return Chosen(convention, evidence.edges[convention], evidence.matters)


def pooled(all_evidence: Iterable[Evidence]) -> dict[Convention, float]:
    """The weights of all sources together, the best way at 0."""
    total = dict.fromkeys(ALL, 0.0)
    for evidence in all_evidence:
        for one, weight in evidence.weights.items():
            total[one] += weight
    best = max(total.values())
    return {one: weight - best for one, weight in total.items()}


def _edge_share(text: str, ruler: Ruler, selected: Sequence[Selected]) -> float | None:
    places = [ruler.ours(place) for one in selected for place in (one.start, one.end)]
    return sum(place is not None and _is_edge(text, place) for place in places) / len(places) if places else None


def _weight(text: str, ruler: Ruler, one: Selected) -> float:
    start, end = ruler.ours(one.start), ruler.ours(one.end)
    if start is None or end is None:
        return _OUTSIDE
    weight = sum(_HIT if _is_edge(text, place) else _MISS for place in (start, end))
    return weight + (_QUOTED if one.name and _is_quoted(one.name, text[start:end]) else 0.0)


def _is_edge(text: str, place: int) -> bool:
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())


def _is_quoted(name: str, words: str) -> bool:
    """Whether a selection's name is what it selects, or its beginning, but for spaces and line ends."""
    cut = name.rstrip().endswith(("…", "..."))
    told, stands = _LETTERS.findall(name.rstrip("….")), _LETTERS.findall(words)
    if cut:
        told = told[:-1]
        return len(told) > 1 and stands[: len(told)] == told
    return bool(told) and stands == told

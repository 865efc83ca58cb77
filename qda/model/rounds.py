"""Rounds: who codes what on their own before it is compared; and drawing what they code, so that it can be redrawn."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PRIMARY_STATS: dict[str, tuple[str, ...]] = {
    "char": (
        *("alpha_nominal", "kappa", "percent", "scott_pi", "alpha", "ac1", "bp", "positive", "negative", "jaccard"),
        *("fleiss", "pooled_kappa", "alpha_sets_nominal", "alpha_sets_jaccard", "alpha_sets_masi"),
    ),
    "segment": ("segment90_percent", "f1_exact", "f1_iou50"),
    "continuum": ("u_alpha_binary", "u_alpha_1995", "u_alpha_nominal", "u_alpha_cu"),
    "turn": ("alpha_nominal", "percent", "fleiss", "ac1"),
    "sentence": ("alpha_nominal", "percent", "fleiss", "ac1"),
}
"""The rows of the agreement report by which a round can be judged, by their unit; the first is the usual one."""


class Part(NamedTuple):
    """What is assigned of a source: the whole of it, or the stretch from start to end in a revision."""

    source: int
    revision: int
    whole: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Primary:
    """What a round is judged by, fixed before anybody codes: a row of the agreement report, and its threshold."""

    stat: str = "alpha_nominal"
    unit: str = "char"
    rule: str = ""
    threshold: float | None = 0.8

    @property
    def said(self) -> str:
        """In words what a round is judged by."""
        rule = f", rule {self.rule}" if self.rule else ""
        return f"{self.stat} ({self.unit}{rule}), threshold {self.threshold}"


def read_primary(stat: str, unit: str, rule: str, threshold: str) -> Primary:
    """What a round is judged by from words; without a figure the usual one of the unit, and `any` where units are cut.

    Raises:
        UsageError: They do not fit together; the sentence says what does.
    """
    if unit not in PRIMARY_STATS:
        raise UsageError(f"--unit is one of {', '.join(PRIMARY_STATS)}, not '{unit}'")
    stat = stat or PRIMARY_STATS[unit][0]
    if stat not in PRIMARY_STATS[unit]:
        raise UsageError(f"--stat for the unit {unit} is one of {', '.join(PRIMARY_STATS[unit])}, not '{stat}'")
    cut = unit in ("turn", "sentence")
    rule = rule or ("any" if cut else "")
    if rule and (not cut or rule not in ("any", "majority")):
        raise UsageError("--rule is any or majority, and goes with --unit turn or sentence")
    try:
        least = float(threshold)
    except ValueError:
        least = math.nan
    if not -1 <= least <= 1:
        raise UsageError(f"--threshold is a number up to 1, not '{threshold}'")
    return Primary(stat, unit, rule, least)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a round is held: blind or open, against whose codings it is measured, and how its parts were drawn."""

    blind: bool = True
    gold: str = ""
    primary: Primary = Primary()
    seed: str = ""
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """An assignment of sources or stretches to coders.

    `version` is the codebook's when it was made; `gold` the key of the coder whose codings are the measure of a
    training round; `drawn` says how the parts were chosen.
    """

    key: int
    uid: str
    name: str
    blind: bool
    revealed: bool
    gold: int | None
    primary: Primary
    seed: str
    drawn: str
    version: int
    at: str


class Assignment(NamedTuple):
    """A coder's part of a round."""

    coder: int
    part: Part


def draw(strata: Mapping[str, str], number: int, seed: str) -> list[str]:
    """Draw some of the things named, from each stratum its share; the same seed draws the same everywhere.

    Each stratum gives the whole part of its share, and what is left goes to the largest remainders (Hamilton), so
    that no stratum is off by one or more. Within a stratum the order is that of a digest of seed and name.

    Args:
        strata: The stratum of each thing by its name.
        number: How many to draw; more than there are draws all.
        seed: Any words.

    Returns:
        The names, in the order of `strata`.
    """
    number = min(number, len(strata))
    groups: dict[str, list[str]] = {}
    for name in sorted(strata, key=lambda name: _digest(seed, name)):
        groups.setdefault(strata[name], []).append(name)
    shares = _shares({stratum: len(names) for stratum, names in groups.items()}, number, seed)
    drawn = {name for stratum, names in groups.items() for name in names[: shares[stratum]]}
    return [name for name in strata if name in drawn]


def _shares(sizes: Mapping[str, int], number: int, seed: str) -> dict[str, int]:
    total = sum(sizes.values())
    shares = {stratum: size * number // total for stratum, size in sizes.items()} if total else {}
    left = number - sum(shares.values())
    by_remainder = sorted(sizes, key=lambda one: (-(sizes[one] * number % total), _digest(seed, one)))
    for stratum in by_remainder[:left]:
        shares[stratum] += 1
    return shares


def _digest(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()


def stretches(bounds: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Cut a text into stretches of about a length that begin and end at bounds (starts of turns or paragraphs).

    Args:
        bounds: Places where a stretch may begin, in order, and the end of the text.
        length: Characters that a stretch has at least; the last one may be shorter by half at most, else it goes
            with the one before.
    """
    cut: list[tuple[int, int]] = []
    if not bounds:
        return cut
    start = bounds[0]
    for bound in bounds[1:]:
        if bound - start >= length:
            cut.append((start, bound))
            start = bound
    end = bounds[-1]
    if end > start:
        if cut and end - start < length / 2:
            cut[-1] = (cut[-1][0], end)
        else:
            cut.append((start, end))
    return cut

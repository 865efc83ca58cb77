"""Which code one coder put where another coder put which: characters, with nothing as a value of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from qda.model.spans import merge_overlapping
from qda.reports.agreement.coded import CodedSource
from qda.reports.agreement.patterns import MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.reports.agreement.patterns import Patterns

NOTHING: Final = -1
"""Stands for a code where the other coder coded nothing, or where a coder coded nothing that the other did."""

Confusion = Counter[tuple[int, int]]
"""Characters by the first coder's and the second coder's code (or `NOTHING`)."""


def confusion(patterns: Patterns, pair: tuple[int, int], codes: Sequence[int]) -> Confusion:
    """Characters where the first coder put one code and the second another, or the same.

    A code that both have on a character stands with itself there. Of what is left on either side, each code of the
    first stands with each of the second; with `NOTHING` where the other side has nothing left. Where neither coded
    anything, `NOTHING` stands with `NOTHING`. So a character with several codes can count more than once, and a row
    need not add up to the characters of its code; agreement on one code is never made a confusion with another.

    Args:
        patterns: Of one source or of several added (`patterns.patterns`).
        pair: The places of the two coders in the patterns; where one of them is missing, nothing is counted.
        codes: The codes by their places in the bits.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    for pattern, size in patterns.items():
        one, other = pattern[pair[0]], pattern[pair[1]]
        if MISSING not in {one, other}:
            pairs[one, other] += size
    found: Confusion = Counter()
    for (one, other), size in pairs.items():
        both = one & other
        for code in _codes(both, codes):
            found[code, code] += size
        only_one, only_other = _codes(one ^ both, codes), _codes(other ^ both, codes)
        if only_one or only_other or not both:
            for mine in only_one or [NOTHING]:
                for theirs in only_other or [NOTHING]:
                    found[mine, theirs] += size
    return found


def _codes(bits: int, codes: Sequence[int]) -> list[int]:
    found = []
    while bits:  # from one set bit to the next: few of many codes are set
        low = bits & -bits
        found.append(codes[low.bit_length() - 1])
        bits ^= low
    return found


def rolled_up(source: CodedSource, parents: Mapping[int, int]) -> CodedSource:
    """The source with each code replaced by the one it belongs to, passages that overlap then merged.

    Args:
        source: As it was coded.
        parents: The code to count instead; a code that is not named stays itself.
    """
    coders = {}
    for coder, by_code in source.coders.items():
        merged: dict[int, list[tuple[int, int]]] = {}
        for code, spans in by_code.items():
            merged.setdefault(parents.get(code, code), []).extend(spans)
        coders[coder] = {code: merge_overlapping(sorted(spans)) for code, spans in merged.items()}
    return CodedSource(source.key, source.length, coders, source.units)

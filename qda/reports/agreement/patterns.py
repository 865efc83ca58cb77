"""Character by character: which sets of codes the coders have there, and on how many characters."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.agreement.coded import CodedSource

MISSING = -1

Pattern = tuple[int, ...]
"""For each coder a set of codes as the bits of a number, 0 for nothing, `MISSING` where the coder is not done."""

Patterns = Counter[Pattern]
"""How many characters have a pattern."""


def patterns(source: CodedSource, coders: Sequence[int], codes: Sequence[int]) -> Patterns:
    """The patterns of one source; the bit of a code is its place in `codes`."""
    bits = {code: 1 << place for place, code in enumerate(codes)}
    turns: list[tuple[int, int, int]] = []
    for place, coder in enumerate(coders):
        for code, spans in source.coders.get(coder, {}).items():
            bit = bits.get(code)
            if bit:
                for start, end in spans:
                    turns.append((start, place, bit))
                    turns.append((end, place, bit))
    turns.sort()
    state = [0 if coder in source.coders else MISSING for coder in coders]
    found: defaultdict[Pattern, int] = defaultdict(int)
    reach = 0
    for at, place, bit in turns:
        if at > reach:
            found[tuple(state)] += at - reach
            reach = at
        state[place] ^= bit
    if source.length > reach:
        found[tuple(state)] += source.length - reach
    return Counter(found)

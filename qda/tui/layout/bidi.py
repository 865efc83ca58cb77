"""The Unicode Bidirectional Algorithm (UAX #9): levels of a paragraph, and the visual order of a line."""

from __future__ import annotations

import re
from typing import NamedTuple

from qda.tui.layout.bidi_classes import REMOVED, letters, stretches
from qda.tui.layout.bidi_explicit import Explicit, first_strong, sequences
from qda.tui.layout.bidi_implicit import resolve

# What falls back to the paragraph's level at a line's end and before a tab (L1).
_ENDING = re.compile(r"[wijfplrhkPb]*S|[wijfplrhkPb]+$|B")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)


class Levels(NamedTuple):
    """A paragraph resolved: its own level, and for each code point its class and its embedding level."""

    base: int
    classes: str
    levels: bytes

    def line(self, start: int, end: int) -> bytes:
        """Levels of one line's code points; offsets in the paragraph (L1)."""
        levels = bytearray(self.levels[start:end])
        for found in _ENDING.finditer(self.classes[start:end]):
            levels[found.start() : found.end()] = bytes((self.base,)) * (found.end() - found.start())
        return bytes(levels)


def paragraph(text: str, base: int | None = None) -> Levels:
    """Resolve a paragraph; `base` is its level (0 left to right, 1 right to left), or None to find it out."""
    classes = letters(text)
    parts = stretches(classes)
    if base is None:
        base = first_strong(parts, 0, len(parts))
    state = Explicit(parts, base)
    levels = list(state.levels)
    for run in sequences(state):
        heads = [text[parts[number].start] for number in run.members]
        for number, level in zip(run.members, resolve(run, heads), strict=True):
            levels[number] = level
    previous = base
    for number, part in enumerate(parts):
        if part.letter in REMOVED:  # taken out by X9: goes with its left neighbour
            levels[number] = previous
        previous = levels[number]
    return Levels(
        base,
        classes,
        b"".join(bytes((level,)) * (part[2] - part[1]) for level, part in zip(levels, parts, strict=True)),
    )


def visual(levels: bytes) -> list[int]:
    """The order in which pieces of a line stand on the screen, from the left, by their levels (L2)."""
    runs = [found.span() for found in _RUN.finditer(levels)]
    depth = [levels[start] for start, _ in runs]
    order = list(range(len(runs)))
    lowest = min((level | 1 for level in depth), default=1)
    for level in range(max(depth, default=0), lowest - 1, -1):
        _turn(order, depth, level)
    found: list[int] = []
    for number in order:
        start, end = runs[number]
        found += range(end - 1, start - 1, -1) if depth[number] & 1 else range(start, end)
    return found


def _turn(order: list[int], depth: list[int], level: int) -> None:
    """Turn round every stretch of runs at a level or higher."""
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and depth[order[end]] >= level:
            end += 1
        order[at:end] = order[at:end][::-1]
        at = max(end, at + 1)

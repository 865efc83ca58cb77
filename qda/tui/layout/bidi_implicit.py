"""Implicit directions of UAX #9 within one isolating run sequence: weak (W), brackets (N0), neutral (N1, N2), I."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.tui.layout.bidi_classes import NEUTRAL
from qda.tui.layout.mirrors import BRACKETS, SAME

if TYPE_CHECKING:
    from qda.tui.layout.bidi_explicit import Sequence

DEEPEST_BRACKETS = 63  # the standard's limit of open brackets
_DIRECTION = {"L": "L", "R": "R", "E": "R", "N": "R"}  # numbers count as right-to-left for neighbours


def resolve(run: Sequence, heads: list[str]) -> list[int]:
    """The level of each stretch of the sequence; `heads` are the stretches' first characters."""
    _marks_and_arabic(run)
    _separators(run)
    _latin_numbers(run)
    _brackets(run, heads)
    _neutrals(run)
    return [_level(run.level, kind) for kind in run.kinds]


def _marks_and_arabic(run: Sequence) -> None:
    """W1: marks follow what they stand on. W2: numbers after Arabic letters are Arabic numbers."""
    kinds = run.kinds
    last = previous = run.before
    for at, kind in enumerate(kinds):
        if kind == "M":
            kind = kinds[at] = "o" if previous in "ijfp()" else previous  # noqa: PLW2901 - goes on as that class
        if kind in "LRA":
            last = kind
        elif kind == "E" and last == "A":
            kinds[at] = "N"
        previous = kind


def _separators(run: Sequence) -> None:
    """W3 to W6: one separator inside a number joins it, terminators beside a number join it, others are neutral."""
    kinds = ["R" if kind == "A" else kind for kind in run.kinds]
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "C" and left in "EN") or (kind == "+" and left == "E")):
            kinds[at] = left
    for at in range(1, len(kinds)):
        if kinds[at] == "T" and kinds[at - 1] == "E":
            kinds[at] = "E"
    for at in range(len(kinds) - 2, -1, -1):
        if kinds[at] == "T" and kinds[at + 1] == "E":
            kinds[at] = "E"
    run.kinds = ["o" if kind in "+TC" else kind for kind in kinds]


def _latin_numbers(run: Sequence) -> None:
    """W7: European numbers after a left-to-right letter take its direction."""
    last = run.before
    for at, kind in enumerate(run.kinds):
        if kind in "LR":
            last = kind
        elif kind == "E" and last == "L":
            run.kinds[at] = "L"


def _brackets(run: Sequence, heads: list[str]) -> None:
    """N0: both brackets of a pair take one direction, told by what they enclose and what stands before."""
    own = "LR"[run.level & 1]
    for first, second in _pairs(run.kinds, heads):
        inside = {_DIRECTION.get(kind) for kind in run.kinds[first + 1 : second]}
        if own in inside:
            side = own
        elif inside & {"L", "R"}:
            # The other direction is inside: it counts if it also led up to the brackets.
            side = _led_by(run, first)
        else:
            continue
        for at in (first, second):
            _set_bracket(run, at, side)


def _pairs(kinds: list[str], heads: list[str]) -> list[tuple[int, int]]:
    """Places of the bracket pairs, by their opening bracket (BD16)."""
    found = []
    waiting: list[tuple[str, int]] = []
    for at, kind in enumerate(kinds):
        if kind == "(":
            if len(waiting) == DEEPEST_BRACKETS:
                break
            closing = BRACKETS[heads[at]]
            waiting.append((SAME.get(closing, closing), at))
        elif kind == ")":
            char = SAME.get(heads[at], heads[at])
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == char:
                    found.append((waiting[depth][1], at))
                    del waiting[depth:]
                    break
    return sorted(found)


def _led_by(run: Sequence, place: int) -> str:
    """The direction of the last strong stretch before a place."""
    for at in range(place - 1, -1, -1):
        side = _DIRECTION.get(run.kinds[at])
        if side:
            return side
    return run.before


def _set_bracket(run: Sequence, place: int, side: str) -> None:
    """Give a bracket, and the marks that stand on it, a direction."""
    run.kinds[place] = side
    for at in range(place + 1, len(run.kinds)):
        if run.original[at] != "M":
            break
        run.kinds[at] = side


def _neutrals(run: Sequence) -> None:
    """N1, N2: neutrals between two alike take their direction, all others that of the embedding."""
    kinds = run.kinds
    own = "LR"[run.level & 1]
    before = run.before
    at = 0
    while at < len(kinds):
        if kinds[at] not in NEUTRAL:
            before = _DIRECTION[kinds[at]]
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] in NEUTRAL:
            end += 1
        behind = _DIRECTION[kinds[end]] if end < len(kinds) else run.behind
        kinds[at:end] = [before if before == behind else own] * (end - at)
        at = end


def _level(level: int, kind: str) -> int:
    """I1, I2: the level of a resolved class at an embedding level."""
    if level & 1:
        return level + (kind != "R")
    return level + {"L": 0, "R": 1}.get(kind, 2)

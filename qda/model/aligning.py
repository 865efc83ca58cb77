"""Proposing which parts of a translation say what which parts of its original say: by order, length and numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from qda.model.alignment import Pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.spans import Span

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ITEM = re.compile(r"[ \t]*([►▶•●▪■◦○·‣*–—-]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+\S")
_ITEMS = ("item", "number")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

# How parts pair off, with the share of each kind (Gale & Church 1993, table 5).
_KINDS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}
_SPREAD = 6.8  # the variance of the length of a translation, by character (Gale & Church 1993)
_OTHER_MARK, _NUMBER_SHARED, _MOST_SHARED = 4.0, 1.5, 3  # what marks and numbers weigh, in units of -log p
_BAND = 60  # how far from the straight way through both texts parts are looked for


class Unit(NamedTuple):
    """A part of a text: its place, what kind of part it is (a role, or the sign of a list), and its numbers."""

    start: int
    end: int
    mark: str
    numbers: Counter[str]


def unit(text: str, start: int, end: int, mark: str = "") -> Unit:
    """A part of a text. Numbers are read without points and commas, for languages set them differently."""
    found = (re.sub("[.,]", "", number[0]) for number in _NUMBER.finditer(text, start, end))
    return Unit(start, end, mark, Counter(number for number in found if len(number) > 1))


def paragraphs(text: str) -> list[Unit]:
    """The parts of a text without turns: between empty lines, else lines; an item of a list begins one, too."""
    lines = [match.span() for match in _LINE.finditer(text)]
    blocks = any(not text[start:end].strip() for start, end in lines)
    found: list[tuple[int, int, str]] = []
    apart = True
    for start, end in lines:
        words = text[start:end]
        if not words.strip():
            apart = True
            continue
        span = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        item = _ITEM.match(words)
        if apart or item or not blocks:
            mark = _ITEMS[any(sign.isalnum() for sign in item[1])] if item else ""
            found.append((*span, mark))
        else:
            found[-1] = (found[-1][0], span[1], found[-1][2])
        apart = False
    return [unit(text, *one) for one in found]


def propose(parts: Sequence[Unit], original: Sequence[Unit]) -> list[Pair]:
    """Which parts of a translation go with which parts of its original, both in order.

    Where there are as many of the same kinds on both sides, each goes with the one in its place. Else the pairing is
    the most likely one by the lengths of the parts (Gale & Church 1993, "A program for aligning sentences in
    bilingual corpora", Computational Linguistics 19), in which parts of another kind are unlikely to be a pair and
    parts that share numbers are likely to be one. Where both have the same items of lists, these go together first.
    """
    if [one.mark for one in parts] == [one.mark for one in original]:
        return [Pair(*one[:2], *other[:2]) for one, other in zip(parts, original, strict=True)]
    if not parts or not original:
        return []
    ratio = _length(original) / _length(parts)
    items, others = _items(parts), _items(original)
    if [parts[at].mark for at in items] != [original[at].mark for at in others]:
        return _by_length(parts, original, ratio)
    found: list[Pair] = []
    at, there = 0, 0
    for item, other in zip([*items, len(parts)], [*others, len(original)], strict=True):
        found += _by_length(parts[at:item], original[there:other], ratio)
        if item < len(parts):
            found.append(Pair(*parts[item][:2], *original[other][:2]))
        at, there = item + 1, other + 1
    return found


def _items(units: Sequence[Unit]) -> list[int]:
    return [place for place, one in enumerate(units) if one.mark in _ITEMS]


def _length(units: Sequence[Unit]) -> int:
    return sum(one.end - one.start for one in units)


def _by_length(parts: Sequence[Unit], original: Sequence[Unit], ratio: float) -> list[Pair]:
    """The cheapest way through both texts, found forwards and read backwards.

    `ratio` is how many characters of the original there are for one of the translation, in all of both.
    """
    if not parts or not original:
        return []
    ours, theirs = ([0, *accumulate(one.end - one.start for one in units)] for units in (parts, original))
    best: dict[Span, tuple[float, Span]] = {(0, 0): (0.0, (0, 0))}
    slope, band = len(original) / len(parts), _BAND + abs(len(parts) - len(original)) // 4
    for i in range(len(parts) + 1):
        middle = round(i * slope)
        for j in range(max(middle - band, 0), min(middle + band, len(original)) + 1):
            for (more, other), share in _KINDS.items():
                known = best.get((i - more, j - other))
                if known is None:
                    continue
                cost = known[0] - math.log(share)
                if more and other:
                    lengths = ours[i] - ours[i - more], theirs[j] - theirs[j - other]
                    cost += _by_lengths(*lengths, ratio) + _by_signs(parts[i - more : i], original[j - other : j])
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = cost, (more, other)
    found = []
    i, j = len(parts), len(original)
    while (i, j) != (0, 0):
        more, other = best[i, j][1]
        if more and other:
            found.append(Pair(parts[i - more].start, parts[i - 1].end, original[j - other].start, original[j - 1].end))
        i, j = i - more, j - other
    return found[::-1]


def _by_lengths(ours: int, theirs: int, ratio: float) -> float:
    """How unlikely it is, as -log p, that so many characters are translated by so many."""
    mean = (ours + theirs / ratio) / 2
    away = abs(theirs - ours * ratio) / math.sqrt(_SPREAD * mean)
    return -math.log(max(math.erfc(away / math.sqrt(2)), 1e-12))


def _by_signs(ours: Sequence[Unit], theirs: Sequence[Unit]) -> float:
    """What kinds of parts and the numbers in them say against a pair; below 0 where they speak for it."""
    one, other = (sum((unit.numbers for unit in units), Counter[str]()) for units in (ours, theirs))
    shared = min((one & other).total(), _MOST_SHARED)
    return _OTHER_MARK * (ours[0].mark != theirs[0].mark) - _NUMBER_SHARED * shared

"""Where codings stand after their transcript was corrected: they follow their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from difflib import SequenceMatcher
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Block = tuple[int, int, int]  # where it stands in the old text, where in the new one, its length
Chain = tuple[int, int, "Chain | None"]

_LONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARK = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_PART = rf"(?:[^\W{_LONE}]|[{_MARK}])"  # of a word; in scripts without spaces each letter stands alone
_LEVELS = re.compile(r"[^\n]*\n|[^\n]+"), re.compile(rf"[{_LONE}]|{_PART}+|\s+|[^\w\s]")
_WITHIN = re.compile(_PART * 2)
_NEAR, _DEEP, _MOVED = 256, 30, 15


class Anchored(NamedTuple):
    """Where a span stands; state is 0 in place, 1 to be reviewed, 2 words gone (the span is the old)."""

    start: int
    end: int
    state: int


def follow(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Anchored]:
    """Find each span of the old text in the new one; in place means that the very same words stand there."""
    blocks = _settled(old, new, _blocks(old, new), spans)
    survival, words = _survival(old, new, blocks), set(new.split())
    placed = [_place(old, new, blocks, survival, *span) for span in spans]
    return [_moved(old, new, words, *place) if place.state == 2 else place for place in placed]


def _place(
    old: str, new: str, blocks: list[Block], survival: tuple[list[int], list[int]], start: int, end: int
) -> Anchored:
    """A span reaches from its first to its last surviving character."""
    first = bisect_right(blocks, start, key=lambda block: block[0] + block[2])
    last = bisect_left(blocks, end, key=itemgetter(0)) - 1
    if first > last:
        return Anchored(start, end, 2)
    (at, low, _), (tail, high, size) = blocks[first], blocks[last]
    low, high = low + max(start - at, 0), high + min(end - tail, size)
    for spot in (low, max(low, high - end + start)):
        if new.startswith(old[start:end], spot, high):
            return Anchored(spot, spot + end - start, 0)
    whole, said = (sums[end] - sums[start] for sums in survival)
    return Anchored(start, end, 2) if 3 * whole < said else Anchored(low, high, 1)


def _moved(old: str, new: str, words: set[str], start: int, end: int, state: int) -> Anchored:
    """Words gone from their place may stand elsewhere: once now, and once before."""
    text = old[start:end]
    if len(text.strip()) >= _MOVED and words.issuperset(text.split()[1:-1]) and old.count(text) == 1:
        spot = new.find(text)
        if spot >= 0 and new.find(text, spot + 1) < 0:
            return Anchored(spot, spot + len(text), 1)
    return Anchored(start, end, state)


def _survival(old: str, new: str, blocks: list[Block]) -> tuple[list[int], list[int]]:
    """Up to each character, how many are no white space: in words that survive whole, and in all."""
    said = bytes(not character.isspace() for character in old)
    whole = bytearray(len(old))
    for i, j, size in blocks:
        low, high = i, i + size
        while low < high and _cut(old, low, new, low - i + j):
            low += 1
        while low < high and _cut(old, high, new, high - i + j):
            high -= 1
        whole[low:high] = said[low:high]
    return [*accumulate(whole, initial=0)], [*accumulate(said, initial=0)]


def _cut(old: str, i: int, new: str, j: int) -> bool:
    """Whether a word goes across the place, in either text."""
    return bool((i and _WITHIN.match(old, i - 1)) or (j and _WITHIN.match(new, j - 1)))


def _shared(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _settled(old: str, new: str, blocks: list[Block], spans: Sequence[tuple[int, int]]) -> list[Block]:
    """Join blocks; shift what was put in or taken out, where the text leaves it open, to cut fewest spans."""
    starts, ends = sorted(span[0] for span in spans), sorted(span[1] for span in spans)
    settled = [(0, 0, 0)]
    for p, q, n in [*blocks, (len(old), len(new), 0)]:
        i, j, size = settled.pop()
        a, b = i + size, j + size
        if a == p and b == q:
            settled.append((i, j, size + n))
            continue
        text, low, high = (new, b, q) if a == p else (old, a, p)
        near, far = (min(size, _NEAR), min(n, _NEAR)) if a == p or b == q else (0, 0)
        left = _shared(text[low - near : low][::-1], text[high - near : high][::-1])
        right = _shared(text[low : low + far], text[high : high + far])
        hurt = [
            2 * (bisect_left(starts, p + d) - bisect_right(ends, a + d)) + bool(_WITHIN.match(text, high + d - 1))
            for d in range(-left, right + 1)
        ]
        d = hurt.index(min(hurt)) - left
        settled += [(i, j, size + d), (p + d, q + d, n - d)]
    return [block for block in settled if block[2]]


def _blocks(old: str, new: str) -> list[Block]:
    """What both texts share: by lines, in changed lines by words, in changed words at their two ends."""
    found: list[Block] = []
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        i, k, j, m, level = todo.pop()
        head = _shared(old[i:k], new[j:m])
        tail = _shared(old[i + head : k][::-1], new[j + head : m][::-1])
        if level < _DEEP and head + tail < min(k - i, m - j):
            while head and _cut(old, i + head, new, j + head):
                head -= 1
            while tail and _cut(old, k - tail, new, m - tail):
                tail -= 1
        found += (i, j, head), (k - tail, m - tail, tail)
        i, k, j, m = i + head, k - tail, j + head, m - tail
        if level < _DEEP and i < k and j < m:
            a, b = (_LEVELS[level > 0].findall(text) for text in (old[i:k], new[j:m]))
            xs, ys = [*accumulate(map(len, a), initial=i)], [*accumulate(map(len, b), initial=j)]
            pairs = _pairs(a, b, level)
            below = level + bool(level) if pairs else (1, _DEEP)[level > 0]
            p = q = 0
            for x, y, n in [*pairs, (len(a), len(b), 0)]:
                if p < x and q < y:
                    todo.append((xs[p], xs[x], ys[q], ys[y], below))
                found.append((xs[x], ys[y], xs[x + n] - xs[x]))
                p, q = x + n, y + n
    return sorted(block for block in found if block[2])


def _pairs(a: list[str], b: list[str], level: int) -> list[Block]:
    """Lines or words that stay, in order: those said once in both; with few or none of them, by difflib."""
    counts, others = Counter(a), Counter(b)
    once = {item for item, count in counts.items() if count == 1 == others[item] and not item.isspace()}
    if level and (not once or len(a) + len(b) <= _NEAR):
        matcher = SequenceMatcher(str.isspace, a[:_NEAR], b[:_NEAR], autojunk=False)
        return [block for block in matcher.get_matching_blocks() if block.size]
    places = {item: place for place, item in enumerate(b) if item in once}
    chains: list[Chain] = []
    for x, item in enumerate(a):
        if item in once:
            y = places[item]
            place = bisect_left(chains, y, key=itemgetter(1))  # the longest run that keeps the order
            chains[place : place + 1] = [(x, y, chains[place - 1] if place else None)]
    link, kept = chains[-1] if chains else None, []
    while link:
        kept.append((link[0], link[1], 1))
        link = link[2]
    return kept[::-1]

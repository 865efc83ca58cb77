"""Where codings stand after their transcript was corrected: they follow their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Block = tuple[int, int, int]  # where it stands in the old text, where in the new one, its length
Chain = tuple[int, int, "Chain | None"]

_LONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARK = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(rf"[{_LONE}]|(?:[^\W{_LONE}]|[{_MARK}])+|\s+|[^\w\s]")  # unspaced script: by letters
_IN = re.compile(r"\w\w")
_NEAR, _MOVED = 256, 15


class Anchored(NamedTuple):
    """Where a span stands; state is 0 in place, 1 to be reviewed, 2 words gone (start and end are the old)."""

    start: int
    end: int
    state: int


def follow(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Anchored]:
    """Find each span of the old text in the new one; in place means that the very same words stand there."""
    blocks = _settled(old, new, _blocks(old, new), spans)
    survival = _survival(old, new, blocks)
    return [_place(old, new, blocks, survival, *span) for span in spans]


def _place(  # from its first to its last surviving character
    old: str, new: str, blocks: list[Block], survival: tuple[list[int], list[int]], start: int, end: int
) -> Anchored:
    first = bisect_right(blocks, start, key=lambda block: block[0] + block[2])
    last = bisect_left(blocks, end, key=lambda block: block[0]) - 1
    words, low, high = old[start:end], 0, 0
    if first <= last:
        (at, low, _), (tail, high, size) = blocks[first], blocks[last]
        low, high = low + max(start - at, 0), high + min(end - tail, size)
        for spot in (low, max(low, high - len(words))):
            if new.startswith(words, spot, high):
                return Anchored(spot, spot + len(words), 0)
    if len(words.strip()) >= _MOVED and new.count(words) == 1 == old.count(words):
        return Anchored(new.index(words), new.index(words) + len(words), 1)
    whole, said = (sums[end] - sums[start] for sums in survival)
    return Anchored(start, end, 2) if first > last or 3 * whole < said else Anchored(low, high, 1)


def _survival(old: str, new: str, blocks: list[Block]) -> tuple[list[int], list[int]]:
    """Up to each character, how many are no white space: in words that survive whole, and in all."""
    before, after = ({match.span() for match in _WORDS.finditer(text)} for text in (old, new))
    whole, said = bytearray(len(old)), [not character.isspace() for character in old]
    for i, j, size in blocks:
        for match in _WORDS.finditer(old, i, i + size):
            start, end = match.span()
            if said[start] and (start, end) in before and (start - i + j, end - i + j) in after:
                whole[start:end] = b"\1" * (end - start)
    return [*accumulate(whole, initial=0)], [*accumulate(said, initial=0)]


def _shared(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _settled(old: str, new: str, blocks: list[Block], spans: Sequence[tuple[int, int]]) -> list[Block]:
    """Join blocks; shift what was put in or taken out, where the text leaves that open, to hurt fewest spans."""
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
            2 * (bisect_left(starts, p + d) - bisect_right(ends, a + d)) + bool(_IN.match(text, high + d - 1))
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
        if level < 2 and head + tail < min(k - i, m - j):
            while head and old[i + head - 1].isalnum():
                head -= 1
            while tail and old[k - tail].isalnum():
                tail -= 1
        found += (i, j, head), (k - tail, m - tail, tail)
        i, k, j, m = i + head, k - tail, j + head, m - tail
        if level < 2 and i < k and j < m:
            a, b = ((_LINES, _WORDS)[level].findall(text) for text in (old[i:k], new[j:m]))
            xs, ys = [*accumulate(map(len, a), initial=i)], [*accumulate(map(len, b), initial=j)]
            pairs = _pairs(a, b, level)
            p = q = 0
            for x, y, n in [*pairs, (len(a), len(b), 0)]:
                if p < x and q < y:
                    todo.append((xs[p], xs[x], ys[q], ys[y], level if pairs else level + 1))
                found.append((xs[x], ys[y], xs[x + n] - xs[x]))
                p, q = x + n, y + n
    return sorted(block for block in found if block[2])


def _pairs(a: list[str], b: list[str], level: int) -> list[Block]:
    """Lines or words that stay, in order: those said once in both, or else those said as often in both."""
    if level and len(a) + len(b) <= _NEAR:
        return [x for x in SequenceMatcher(str.isspace, a, b, autojunk=False).get_matching_blocks() if x.size]
    counts, others = Counter(a), Counter(b)
    often = {item for item, count in counts.items() if count == others[item] and not item.isspace()}
    sure = {item for item in often if counts[item] == 1} or often
    ours, theirs = (sorted((item, n) for n, item in enumerate(items) if item in sure) for items in (a, b))
    ends: list[int] = []
    chains: list[Chain] = []
    for x, y in sorted((x, y) for (_, x), (_, y) in zip(ours, theirs, strict=True)):
        place = bisect_left(ends, y)  # the longest run that keeps the order
        ends[place : place + 1] = [y]
        chains[place : place + 1] = [(x, y, chains[place - 1] if place else None)]
    link, kept = chains[-1] if chains else None, []
    while link:
        kept.append((link[0], link[1], 1))
        link = link[2]
    return kept[::-1]

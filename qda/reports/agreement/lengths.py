"""Arithmetic on one code's passages in one source: lists of spans in order and apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.spans import Span


def total(spans: Sequence[Span]) -> int:
    """How many characters the spans have together."""
    return sum([end - start for start, end in spans])


def squares(spans: Sequence[Span]) -> int:
    """The sum of the squared lengths."""
    return sum([(end - start) ** 2 for start, end in spans])


def common(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How many characters lie in both lists."""
    if len(one) == 1 == len(other):  # by far the most frequent
        (start, end), (first, last) = one[0], other[0]
        shared = (end if end < last else last) - (start if start > first else first)  # noqa: FURB136
        return shared if shared > 0 else 0  # noqa: FURB136
    found = i = j = 0
    last_i, last_j = len(one), len(other)
    while i < last_i and j < last_j:
        start, end = one[i]
        first, last = other[j]
        if end <= last:
            i += 1
            reach = end
        else:
            reach = last
        if last <= end:
            j += 1
        begin = start if start > first else first  # noqa: FURB136 - a call of max costs more than all the rest
        if begin < reach:
            found += reach - begin
    return found


def meetings(one: Sequence[Span], other: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The numbers of every two spans, one of each list, that share a character; in order."""
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i][0] < other[j][1] and other[j][0] < one[i][1]:
            yield i, j
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1


def gaps(spans: Sequence[Span], length: int) -> list[int]:
    """The lengths of the stretches that no span covers, from the beginning of the text to its end."""
    found, reach = [], 0
    for start, end in spans:
        if start > reach:
            found.append(start - reach)
        reach = end
    if reach < length:
        found.append(length - reach)
    return found

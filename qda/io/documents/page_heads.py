"""Page heads and foots: lines at the tops and bottoms of pages that stand on many of them, and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DEEPEST = 4  # lines from the edge of a page
_LEAST_PAGES, _LEAST_SHARE = 3, 0.4  # heads of left and right pages stand on half of them
_SPEECH = re.compile(r"\s*[^\W\d_][^:\n]{0,40}:\s.*[.?!…\"”’]\s*")  # `I: Mm.` may open many pages
_NUMBER = re.compile(r"\d{1,6}")


class _Seen(NamedTuple):
    """A line near the edge of a page: its page, its place there, and the numbers in it."""

    page: int
    line: int
    numbers: tuple[int, ...]


def page_heads(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Which lines of each page are heads or foots, as sets of line numbers.

    A line is one if it stands near the edge of two in five pages and of three at least, with only such lines between
    it and the edge. Its numbers are the same everywhere or go up with the pages, so that times and numbers of speech
    are none.
    """
    filled = [number for number, lines in enumerate(pages) if any(line.strip() for line in lines)]
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(filled))
    alike: dict[str, list[_Seen]] = defaultdict(list)
    for page in filled:
        for line in dict.fromkeys([*_edge(pages[page], down=True), *_edge(pages[page], down=False)]):
            words = " ".join(pages[page][line].casefold().split())
            alike[_NUMBER.sub("#", words)].append(_Seen(page, line, tuple(map(int, _NUMBER.findall(words)))))
    heads: list[set[int]] = [set() for _ in pages]
    for lines in alike.values():
        fitting = _fitting(lines)
        if len({one.page for one in fitting}) >= least:
            for one in fitting:
                heads[one.page].add(one.line)
    return [_from_edges(lines, found) for lines, found in zip(pages, heads, strict=True)]


def _edge(lines: Sequence[str], *, down: bool) -> list[int]:
    """The lines with words that are nearest to an edge, as far as none of them is somebody's speech."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    nearest = filled[:_DEEPEST] if down else filled[::-1][:_DEEPEST]
    return list(takewhile(lambda number: not _SPEECH.fullmatch(lines[number]), nearest))


def _fitting(lines: list[_Seen]) -> list[_Seen]:
    """Those of lines that are alike but for numbers whose numbers stay as they are or count the pages."""
    fitting = lines
    for slot in range(len(lines[0].numbers)):
        constant, times = Counter([one.numbers[slot] for one in fitting]).most_common(1)[0]
        offset, counted = Counter([one.numbers[slot] - one.page for one in fitting]).most_common(1)[0]
        if counted > times:
            fitting = [one for one in fitting if one.numbers[slot] - one.page == offset]
        else:
            fitting = [one for one in fitting if one.numbers[slot] == constant]
    return fitting


def _from_edges(lines: Sequence[str], found: set[int]) -> set[int]:
    """Those of the lines that only such lines part from an edge; a page of nothing else keeps all its lines."""
    kept: set[int] = set()
    for down in (True, False):
        for number in _unbroken(_edge(lines, down=down), found):
            kept.add(number)
    filled = sum(1 for line in lines if line.strip())
    return kept if len(kept) < filled else set()


def _unbroken(edge: list[int], found: set[int]) -> Iterator[int]:
    for number in edge:
        if number not in found:
            return
        yield number

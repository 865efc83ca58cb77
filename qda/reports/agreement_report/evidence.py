"""What stands behind the rows on agreement: the codings in which two coders are apart, and those where they meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from qda.model.spans import CODER, ROW, Stretches, merge_overlapping
from qda.reports.report import Evidence, cell_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qda.model.spans import Span
    from qda.reports.agreement_report.reading import Read, Reader
    from qda.reports.report import Cell

Pair = tuple[int, int]
COUNTED = ("a", "b", "c", "d")
"""Figures that count text where both have a code, only the first, only the second, nobody."""


@dataclass
class _Apart:
    """The rows of codings where both have the code, only the first has it, only the second has it."""

    both: set[int] = field(default_factory=set)
    first: set[int] = field(default_factory=set)
    second: set[int] = field(default_factory=set)

    def add(self, other: _Apart) -> None:
        """Add what others have."""
        self.both |= other.both
        self.first |= other.first
        self.second |= other.second

    def behind(self, stat: str) -> set[int]:
        """The rows behind a figure: what it counts, else all in which the coders are apart."""
        return {"a": self.both, "b": self.first, "c": self.second, "d": set[int]()}.get(stat, self.first | self.second)


Keyed = dict[tuple[int | None, int | None, Pair | None], _Apart]
"""By code, source and pair of coders; None for all of them."""


World = tuple["Reader", "Read"]
"""Whose codings are compared, and what was read of them."""


def gather(worlds: Sequence[World], levels: Mapping[int, Sequence[int]], rows: Sequence[tuple[Cell, ...]]) -> Evidence:
    """The evidence of the rows of a report's table; where nobody is apart, the sources that were read.

    Args:
        worlds: The comparison of coders, and those of coders with themselves.
        levels: The levels of each ordinal family; what is behind its figures is behind its levels.
        rows: Of the table.
    """
    found = [_gathered(reader, read, levels) for reader, read in worlds]
    every = {row for here in found for one in here.values() for row in (*one.both, *one.first, *one.second)}
    reader = worlds[0][0]
    ids = reader.study.counts.past_ids(sorted(every))
    codes = {code.path: code.key for code in reader.scope.tree.codes}
    sources = {name: key for key, name in reader.scope.source_names.items()}
    pairs = {name: (pair, number) for number, one in enumerate(worlds) for name, pair in _pairs(*one).items()}
    codings: dict[str, list[str]] = {}
    silent: dict[str, list[str]] = {}
    shared: dict[tuple[int, object, str], list[str]] = {}  # many figures are about the same codings
    for row in rows:
        stat, _, _, code, source, coders = row[:6]
        pair, number = (None, 0) if coders is None else pairs[str(coders)]
        place = (
            None if code is None else codes[str(code)],
            None if source is None else sources[str(source)],
            pair,
        )
        cell, group = row_name(row), str(stat) if str(stat) in COUNTED else ""
        listed = shared.get((number, place, group))
        if listed is None:
            behind = found[number].get(place, _Apart()).behind(group)
            listed = shared[number, place, group] = sorted(ids[one] for one in behind)
        codings[cell] = listed
        if not listed:
            compared = [reader.scope.source_names[one.key] for one in worlds[number][1].sources]
            silent[cell] = [str(source)] if source is not None else compared
    return Evidence(codings, silent)


def _pairs(reader: Reader, read: Read) -> dict[str, Pair]:
    """The pairs of coders by their names in the table."""
    names = reader.scope.coder_names
    return {f"{names[one]}|{names[other]}": (one, other) for one, other in combinations(read.coders, 2)}


def row_name(row: Sequence[Cell]) -> str:
    """The name of a row in the evidence: what it is a figure of, empty for all."""
    return cell_name(*("" if cell is None else str(cell) for cell in row[:6]))


def _gathered(reader: Reader, read: Read, levels: Mapping[int, Sequence[int]]) -> Keyed:
    found: Keyed = {}
    families = {level: family for family, below in levels.items() for level in below}
    for source in read.sources:
        doing = reader.done.by_source[source.key]
        text = read.texts[source.key]
        by_code: dict[int, dict[int, list[tuple[Span, int]]]] = {}
        for code, segment in reader.counted(source.key, doing)[0]:
            for span in text.spans([(segment[0], segment[1])]):
                by_code.setdefault(code, {}).setdefault(segment[CODER], []).append((span, segment[ROW]))
        for code, by_coder in by_code.items():
            had = [c for c in source.coders if code not in read.lacking.get((source.key, c), ())]
            for pair in combinations([coder for coder in read.coders if coder in had], 2):
                apart = _pair(by_coder.get(pair[0], []), by_coder.get(pair[1], []))
                for key in _places(code, source.key, pair):
                    found.setdefault(key, _Apart()).add(apart)
                if code in families:
                    found.setdefault((families[code], None, None), _Apart()).add(apart)
    return found


def _places(code: int, source: int, pair: Pair) -> list[tuple[int | None, int | None, Pair | None]]:
    return [(code, source, pair), (code, None, pair), (code, None, None), (None, None, pair), (None, None, None)]


def _pair(one: list[tuple[Span, int]], other: list[tuple[Span, int]]) -> _Apart:
    apart = _Apart()
    for mine, theirs, only in ((one, other, apart.first), (other, one, apart.second)):
        there = Stretches(merge_overlapping(sorted(span for span, _ in theirs)))
        for (start, end), row in mine:
            shared = there.inside(start, end)
            if shared:
                apart.both.add(row)
            if shared < end - start:
                only.add(row)
    return apart

"""What agreement is counted on: sources with the passages of the coders who are done with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.model.spans import merge_overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qda.model.spans import Span

Passages = dict[int, list["Span"]]
"""One coder's passages in one source, by the key of the code."""


@dataclass(frozen=True, slots=True)
class CodedSource:
    """One source: its counted characters and what each coder who is done with it marked.

    `length` is in counted characters: what is not data is cut out already, and offsets run without holes.
    `coders` holds, by coder and code, passages in order and apart (they may touch). A coder who is absent is not
    done with the source, which is missing; one who is there without passages coded nothing. `units` holds stretches
    cut beforehand (`turn`, `sentence`), in order and apart.
    """

    key: int
    length: int
    coders: Mapping[int, Mapping[int, Sequence[Span]]]
    units: Mapping[str, Sequence[Span]] = field(default_factory=dict)


def passages_of(length: int, segments: Iterable[tuple[int, int, int]]) -> Passages:
    """The passages of one coder in one source, from segments (start, end, code) in any order.

    Segments of one code that share a character are merged, those that only touch stay apart; what reaches beyond
    the text is cut, and what is empty is left out.
    """
    by_code: dict[int, list[Span]] = {}
    for start, end, code in sorted(segments):
        first, last = max(0, start), min(end, length)
        if first < last:
            by_code.setdefault(code, []).append((first, last))
    return {code: merge_overlapping(spans) for code, spans in by_code.items()}


def done_by_two(sources: Iterable[CodedSource], coders: Sequence[int]) -> list[CodedSource]:
    """The sources with text that at least two of the coders are done with."""
    return [one for one in sources if one.length and sum(coder in one.coders for coder in coders) > 1]


def done_by_all(sources: Iterable[CodedSource], coders: Sequence[int]) -> list[CodedSource]:
    """The sources with text that every one of the coders is done with."""
    return [one for one in sources if one.length and all(coder in one.coders for coder in coders)]

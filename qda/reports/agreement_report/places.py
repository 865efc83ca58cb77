"""The places where two coders are apart, one by one: of which kind, with the words around and the codings behind."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from qda.model.nouns import many
from qda.model.spans import CODER, ROW
from qda.reports.agreement.disagreements import (
    BOUNDARY,
    DIFFERENT,
    EXTRA,
    KINDS,
    MERGED,
    MISSED,
    SPLIT,
    Disagreement,
    disagreements,
)
from qda.reports.report import Cell, Evidence, Part, Table, cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.model.spans import Span
    from qda.reports.agreement.coded import CodedSource
    from qda.reports.agreement.disagreements import Marked
    from qda.reports.agreement_report.reading import Read, Reader

COLUMNS: Final = ("kind", "source", "start", "end", "coders", "first", "second", "before", "text", "after")
AROUND: Final = 40
MOST: Final = 12
NEAR: Final = 14
LONGEST: Final = 29
MEANING: Final = {
    BOUNDARY: "the same code with other ends, overlapping by half or more",
    SPLIT: "one passage of the first coder, several of the second",
    MERGED: "several passages of the first coder, one of the second",
    DIFFERENT: "the same place under another code",
    MISSED: "only the first coder has it",
    EXTRA: "only the second coder has it",
}

DESCRIBED: Final = {
    "kind": f"which kind of disagreement: {'; '.join(f'{kind}: {said}' for kind, said in MEANING.items())}",
    "source": "the source, by its name",
    "start": "first character in the stored text, counted from 0 in Unicode code points",
    "end": "the character after the last",
    "coders": "the two coders, in the study's order with '|' between them; a gold coder first",
    "first": "the passages of the first coder there: code, first character and the one after the last",
    "second": "the passages of the second coder there",
    "before": "the words before",
    "text": "the words in question, letter for letter",
    "after": "the words after",
}


class Place(NamedTuple):
    """A disagreement of two coders in a source, its ends in the compared text."""

    source: CodedSource
    pair: tuple[int, int]
    apart: Disagreement


def places(reader: Reader, read: Read) -> list[Place]:
    """All disagreements, in order of source, place and pair; with a gold coder only those with them, who come first."""
    found = []
    gold = read.done.gold
    for source in read.sources:
        here = []
        for coders in read.done.pairs(combinations([coder for coder in read.coders if coder in source.coders], 2)):
            pair = (coders[1], coders[0]) if coders[1] == gold else coders
            had = set(read.keys).difference(*(read.lacking.get((source.key, coder), ()) for coder in pair))
            sides = [{code: s for code, s in source.coders[coder].items() if code in had} for coder in pair]
            here += [Place(source, pair, one) for one in disagreements(sides[0], sides[1])]
        order = {coder: number for number, coder in enumerate(reader.scope.coder_names)}
        here.sort(key=lambda one: (one.apart.start, one.apart.end, [order[coder] for coder in one.pair], one.apart))
        found += here
    return found


def places_table(reader: Reader, read: Read, found: Sequence[Place]) -> Table:
    """A row for each disagreement, with the words there and around."""
    texts: dict[int, str] = {}
    names = reader.scope.coder_names
    rows: list[tuple[Cell, ...]] = []
    for source, pair, apart in found:
        text = texts.get(source.key)
        if text is None:
            text = texts[source.key] = reader.study.sources.text(source.key)
        start, end = read.texts[source.key].stored(apart.start, apart.end)
        said = [_said(reader, read, source.key, marks) for marks in (apart.first, apart.second)]
        words = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
        who = "|".join(names[coder] for coder in pair)
        rows.append((apart.kind, reader.scope.source_names[source.key], start, end, who, *said, *words))
    return Table(COLUMNS, tuple(rows))


def _said(reader: Reader, read: Read, source: int, marks: Sequence[Marked]) -> str:
    """What one coder has at a place: each passage with its code."""
    tree, text = reader.scope.tree.by_key, read.texts[source]
    spans = [(tree[code].path, text.stored(start, end)) for start, end, code in marks]
    return "; ".join(f"{path} {start}-{end}" for path, (start, end) in spans)


def row_name(row: Sequence[Cell]) -> str:
    """The name of a row in the evidence: of which kind, where, between whom and with which codes."""
    return cell_name(*(str(cell) for cell in row[:7]))


def places_evidence(reader: Reader, read: Read, found: Sequence[Place], rows: Sequence[tuple[Cell, ...]]) -> Evidence:
    """The codings behind each disagreement: those that make the passages of both coders there."""
    segments: dict[int, dict[tuple[int, int], list[tuple[Span, int]]]] = {}
    behind: list[set[int]] = []
    for source, pair, apart in found:
        if source.key not in segments:
            segments[source.key] = _segments(reader, read, source.key)
        here = segments[source.key]
        behind.append({row for coder, mark in _marks(pair, apart) for row in _rows(here, coder, mark)})
    ids = reader.study.counts.past_ids(sorted(set().union(*behind)))
    return Evidence({row_name(row): sorted(ids[one] for one in those) for row, those in zip(rows, behind, strict=True)})


def _marks(pair: tuple[int, int], apart: Disagreement) -> Iterator[tuple[int, Marked]]:
    for coder, marks in zip(pair, (apart.first, apart.second), strict=True):
        for mark in marks:
            yield coder, mark


def _segments(reader: Reader, read: Read, source: int) -> dict[tuple[int, int], list[tuple[Span, int]]]:
    """The codings of a source by coder and code, in the compared text."""
    here: dict[tuple[int, int], list[tuple[Span, int]]] = {}
    for code, segment in reader.counted(source, reader.done.by_source[source])[0]:
        for span in read.texts[source].spans([(segment[0], segment[1])]):
            here.setdefault((segment[CODER], code), []).append((span, segment[ROW]))
    return here


def _rows(here: dict[tuple[int, int], list[tuple[Span, int]]], coder: int, mark: Marked) -> Iterator[int]:
    for (start, end), row in here.get((coder, mark[2]), ()):
        if start < mark[1] and end > mark[0]:
            yield row


def kinds_said(found: Sequence[Place]) -> tuple[str, ...]:
    """A note on how many there are of each kind, and what the kinds are."""
    kinds = Counter(one.apart.kind for one in found)
    said = [f"{kind} {kinds[kind]} ({MEANING[kind]})" for kind in KINDS if kinds[kind]]
    return (f"Each passage of either coder that the other does not have just so is in one place: {'; '.join(said)}.",)


def places_part(reader: Reader, read: Read) -> Iterator[Part]:
    """How many disagreements there are of each kind, and the longest in their words."""
    found = places(reader, read)
    if not found:
        return
    kinds = Counter(one.apart.kind for one in found)
    size = Counter[str]()
    for one in found:
        size[one.apart.kind] += one.apart.end - one.apart.start
    rows: list[tuple[Cell, ...]] = [(kind, MEANING[kind], kinds[kind], size[kind]) for kind in KINDS if kinds[kind]]
    columns = ("kind", "which is", "places", "characters")
    said = "Each passage of either coder that the other does not have just so stands in one place."
    yield Part("Kinds of disagreement", (said,), Table(columns, tuple(rows)))
    longest = sorted(found, key=lambda one: one.apart.start - one.apart.end)[:MOST]
    table = places_table(reader, read, longest)
    more = len(found) - len(longest)
    said = "The longest first, the words that are in question between ›‹."
    if more:
        said += f" {many(more, 'more place')}; 'qda report agreement --disagreements' lists all, each with its codings."
    shown = tuple((*row[:3], row[4], row[5], row[6], _in_context(*row[7:])) for row in table.rows)
    names = ("kind", "source", "start", "coders", "first", "second", "words")
    yield Part("Disagreements in their context", (said,), Table(names, shown))


def _in_context(before: Cell, text: Cell, after: Cell) -> str:
    """Words with what stands around; of long ones the beginning and the end."""
    words = str(text)
    if len(words) > LONGEST:
        words = f"{words[: LONGEST // 2 - 1]} … {words[1 - LONGEST // 2 :]}"
    return f"{str(before)[-NEAR:]}›{words}‹{str(after)[:NEAR]}"

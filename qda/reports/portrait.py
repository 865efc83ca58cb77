"""The portrait of a document: where in it each code lies, from its first character to its last."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.nouns import many
from qda.model.spans import ROW
from qda.reports.counting import Codings
from qda.reports.frequency import with_subcodes
from qda.reports.manifest import manifest
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.scope import listed, look_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qda.model.nouns import Source
    from qda.model.selection import Selection
    from qda.model.spans import Passage, Segment, Span, Stretches
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = ("source", "code", "piece", "start", "end", "characters", "share")
PIECES, MOST_PIECES = 10, 200
STRIP = 60
"""How many signs a strip has; that of a text of fewer characters has as many as these."""
MOST_STRIPS = 20
"""Of so many sources strips are drawn."""
MARKS = "·░▒▓█"  # nothing, up to a quarter, a half, three quarters, more


class Line(NamedTuple):
    """A code in a source: the parts of its passages that are data, the codings that make them, what is no data."""

    source: Source
    path: str
    spans: list[Span]
    makers: list[Segment]
    without: Stretches


def portrait(study: Study, selection: Selection, *, pieces: int = PIECES) -> Report:
    """How much of each piece of each selected source every code covers.

    Args:
        study: The study.
        selection: What is counted.
        pieces: Into how many pieces of the same length (but for a character) a source is cut.

    Raises:
        UsageError: There are no such pieces.
    """
    if not 1 <= pieces <= MOST_PIECES:
        raise UsageError(f"--pieces is a number from 1 to {MOST_PIECES}")
    scope = look_up(study, selection)
    codings = Codings(study, scope, besides=scope.descendants if selection.roll_up else frozenset())
    lines = list(_lines(scope, codings))
    return Report(
        name="portrait",
        title=f"Portraits of documents: {scope.whose}",
        unit=f"share of the characters of each of {many(pieces, 'piece')} of a source",
        table=Table(COLUMNS, tuple(row for line in lines for row in _rows(line, pieces))),
        notes=(*_notes(scope, lines, pieces), *codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "portrait", ["--pieces", str(pieces)] if pieces != PIECES else []),
        evidence=lambda: _evidence(study, lines, pieces),
        view=_view(lines, pieces),
        parts=lambda: tuple(_strips(lines)),
    )


def _lines(scope: Scope, codings: Codings) -> Iterator[Line]:
    """Every code in every source in which it has a passage, in the order of sources and codebook."""
    roll_up = scope.selection.roll_up
    by_source = {
        source: {**segments, **(dict(with_subcodes(scope, segments)) if roll_up else {})}
        for source, segments in codings.sources()
    }
    for source in scope.sources:
        here, without = by_source.get(source.key, {}), codings.without(source.key)
        for code in scope.codes:
            found: list[Passage] = codings.passages(source.key, here[code.key]) if here.get(code.key) else []
            if found:
                spans = [span for one in found for span in data_in((one[0], one[1]), without.spans)]
                yield Line(source, code.path, spans, [maker for one in found for maker in one[2]], without)


def data_in(span: Span, hidden: Iterable[Span]) -> Iterator[Span]:
    """The parts of a span that lie in no hidden stretch; these come in order."""
    start, end = span
    for first, last in hidden:
        if last <= start or first >= end:
            continue
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def cuts(length: int, pieces: int) -> list[Span]:
    """A length in so many pieces, as equal as whole characters allow; of a short text some are empty."""
    edges = [length * number // pieces for number in range(pieces + 1)]
    return list(pairwise(edges))


def _touched(spans: Iterable[Span], pieces: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The pieces in which spans lie, by place, with how many characters of each span."""
    ends = [end for _, end in pieces]
    for start, end in spans:
        for place in range(bisect_right(ends, start), len(pieces)):
            low, high = pieces[place]
            if low >= end:
                break
            if shared := min(end, high) - max(start, low):
                yield place, shared


def _shares(line: Line, pieces: int) -> list[tuple[int, float]]:
    """Characters of the code in each piece, and their share of those that are data."""
    places = cuts(line.source.characters, pieces)
    counts = [0] * pieces
    for place, shared in _touched(line.spans, places):
        counts[place] += shared
    sizes = [line.without.outside(*place) if place[0] < place[1] else 0 for place in places]
    return [(count, count / size if size else 0.0) for count, size in zip(counts, sizes, strict=True)]


def _rows(line: Line, pieces: int) -> Iterator[tuple[Cell, ...]]:
    places = cuts(line.source.characters, pieces)
    for number, (count, share) in enumerate(_shares(line, pieces), start=1):
        if count:
            yield (line.source.name, line.path, number, *places[number - 1], count, share)


def _view(lines: list[Line], pieces: int) -> Table:
    """A row for each code in each source, with the percent of every piece."""
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        percents = [_percent(share) for _, share in _shares(line, pieces)]
        rows.append((line.source.name, line.path, *percents))
    return Table(("source", "code", *(str(number) for number in range(1, pieces + 1))), tuple(rows))


def _percent(share: float) -> int:
    """A share in whole percents; what is there at all is never 0, and what is not all is never 100."""
    return 0 if share == 0 else 100 if share == 1 else min(max(round(share * 100), 1), 99)


def _strips(lines: list[Line]) -> Iterator[Part]:
    """Each source as a strip of signs, code below code."""
    by_source: dict[str, list[Line]] = {}
    for line in lines:
        by_source.setdefault(line.source.name, []).append(line)
    for name, found in list(by_source.items())[:MOST_STRIPS]:
        rows = tuple((line.path, _strip(line), f"{_whole(line):.1%}".replace("%", " %")) for line in found)
        yield Part(name, (), Table(("code", "from the first word to the last", "of all"), rows))


def _strip(line: Line) -> str:
    signs = min(STRIP, line.source.characters)
    return "".join(MARKS[min(-int(-share * 4 // 1), 4)] for _, share in _shares(line, signs))


def _whole(line: Line) -> float:
    size = line.without.outside(0, line.source.characters)
    return sum(end - start for start, end in line.spans) / size if size else 0.0


def _notes(scope: Scope, lines: list[Line], pieces: int) -> list[str]:
    drawn = {line.source.key for line in lines}
    without = [source.name for source in scope.sources if source.key not in drawn]
    notes = [
        f"Each text is cut into {many(pieces, 'piece')} of the same length; figures are percents of the characters of a"
        " piece, without what is no data. The table of CSV and JSON has no rows for pieces without the code.",
        f"A strip has {STRIP} signs: {MARKS[0]} nothing of the code, {MARKS[1]} up to a quarter of the characters,"
        f" {MARKS[2]} a half, {MARKS[3]} three quarters, {MARKS[4]} more.",
    ]
    if len(drawn) > MOST_STRIPS:
        some = f"the first {MOST_STRIPS} of {many(len(drawn), 'source')}"
        notes.append(f"Strips are drawn of {some}; --source names others.")
    if without:
        notes.append(f"Without any of these codes: {listed(without)}.")
    return [*notes, *scope.rolled_up()]


def _evidence(study: Study, lines: list[Line], pieces: int) -> Evidence:
    """The codings behind each piece, under source, code and number; behind a whole line under the first two."""
    ids = study.counts.ids({maker[ROW] for line in lines for maker in line.makers})
    codings: dict[str, list[str]] = {}
    for line in lines:
        places = cuts(line.source.characters, pieces)
        found: dict[int, set[str]] = {}
        for maker in line.makers:
            for place, _ in _touched(data_in((maker[0], maker[1]), line.without.spans), places):
                found.setdefault(place, set()).add(ids[maker[ROW]])
        codings[cell_name(line.source.name, line.path)] = sorted({ids[maker[ROW]] for maker in line.makers})
        for place in sorted(found):
            codings[cell_name(line.source.name, line.path, str(place + 1))] = sorted(found[place])
    return Evidence(codings)

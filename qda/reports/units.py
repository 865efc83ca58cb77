"""Co-occurrence by unit: the turns, sources or cases that hold both codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.spans import CODER, ROW
from qda.reports.meeting import Meetings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from qda.model.spans import Segment
    from qda.reports.counting import Codings
    from qda.reports.subjects import Subjects

Voice = tuple[int, int]
"""A source and a coder: two coders who coded different sources of a case do not disagree."""

Held = dict[int, dict[Voice, list[int]]]
"""For each code in a unit: who gave it, with the rows of the codings."""


def count_units(codings: Codings, subjects: Subjects, within: str, *, pool: bool, evidence: bool = False) -> Meetings:
    """Count the units that hold two codes, given by one coder (or by anybody, with `pool`)."""
    found = Meetings()
    left: set[str] = set()
    if within == "case":
        held: dict[Hashable, Held] = {}
        for source, segments in codings.sources():
            _gather(held, _placed(codings, subjects, within, source, segments, left))
        _count(found, held, pool=pool, evidence=evidence)
    else:
        for source, segments in codings.sources():
            held = {}
            _gather(held, _placed(codings, subjects, within, source, segments, left))
            _count(found, held, pool=pool, evidence=evidence)
    if left:
        what = "turns" if within == "turn" else f"cases of the kind '{codings.scope.case_kind}'"
        found.notes.append(f"Without {what}, so left out: {', '.join(sorted(left))}.")
    return found


def _placed(
    codings: Codings, subjects: Subjects, within: str, source: int, segments: dict[int, list[Segment]], left: set[str]
) -> Iterator[tuple[Hashable, int, Voice, int]]:
    """Every segment of a source in every unit that it lies in: unit, code, voice, row."""
    units_of = _units(codings, subjects, within, source)
    for code, listed in segments.items():
        for start, end, inside in codings.voiced(source, listed):
            for segment in inside:
                # The cases of a passage are those of all its words; a turn holds the words of a segment.
                units = list(units_of(start, end) if within == "case" else units_of(segment[0], segment[1]))
                if not units and (within == "case" or not subjects.has_turns(source)):
                    left.add(codings.scope.source_names[source])
                for unit in units:
                    yield unit, code, (source, segment[CODER]), segment[ROW]


def _units(codings: Codings, subjects: Subjects, within: str, source: int) -> Callable[[int, int], Iterator[Hashable]]:
    """The function that gives the units of a segment of a source."""
    without = codings.without(source)

    def turns(start: int, end: int) -> Iterator[Hashable]:
        voices = subjects.voices(source)
        return ((source, place) for place in voices.of_data(start, end, without))

    def cases(start: int, end: int) -> Iterator[Hashable]:
        persons, where = subjects.persons(source, start, end), codings.where
        if persons and where is not None:
            persons = frozenset(person for person in persons if where.fits(source, person))
        yield from subjects.cases(source, persons)

    def itself(start: int, end: int) -> Iterator[Hashable]:
        if not without.swallow(start, end):
            yield source

    return {"turn": turns, "case": cases, "source": itself}[within]


def _gather(held: dict[Hashable, Held], placed: Iterator[tuple[Hashable, int, Voice, int]]) -> None:
    for unit, code, voice, row in placed:
        held.setdefault(unit, {}).setdefault(code, {}).setdefault(voice, []).append(row)


def _count(found: Meetings, held: dict[Hashable, Held], *, pool: bool, evidence: bool) -> None:
    for codes in held.values():
        ordered = sorted(codes)
        for number, one in enumerate(ordered):
            found.diagonal[one] += 1
            found.size[one] += 1
            if evidence:
                found.add_rows((one, one), (row for rows in codes[one].values() for row in rows))
            for other in ordered[number + 1 :]:
                found.common[one, other] += 1
                meeting = _meeting(codes[one], codes[other], pool=pool)
                if meeting:
                    found.pairs[one, other] += 1
                    found.shared[one, other] += 1
                    if evidence:
                        found.add_rows((one, other), iter(meeting))


def _meeting(one: dict[Voice, list[int]], other: dict[Voice, list[int]], *, pool: bool) -> set[int]:
    """The rows with which two codes meet in a unit: of one coder, or of coders of different sources."""
    rows: set[int] = set()
    for mine, my_rows in one.items():
        for theirs, their_rows in other.items():
            if pool or mine == theirs or mine[0] != theirs[0]:
                rows.update(my_rows, their_rows)
    return rows

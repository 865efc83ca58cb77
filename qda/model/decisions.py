"""Decisions on places where coders are apart: what was taken, by whom, why, and by which rule for the ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qda.model.spans import Span

CODER, ALL, NONE, SPAN, RECODE = "coder", "all", "none", "span", "recode"
TAKES = (CODER, ALL, NONE, SPAN, RECODE)
"""What was taken: one coder's, everybody's, nothing, a new span, or nothing yet: the codebook first, then recode."""

UNION, INTERSECTION, LEAD = "union", "intersection", "lead"
ENDS = (UNION, INTERSECTION, LEAD)
"""Where a code that several gave begins and ends: all that anybody marked, what all marked, or what one marked."""

MODES = ("discussion", "arbiter")


class Taken(NamedTuple):
    """What becomes consensus: a code on a span."""

    start: int
    end: int
    code: int


class Ruling(NamedTuple):
    """A decision to be taken.

    `uid` is that of the place, so that two copies of a study know it again; `round` is None where codings outside
    of any round were compared. The place is that of `start` to `end` in a revision; `codes` are at stake there.
    `whose` is the coder that was taken, or whose ends lead; `replaces` the key of a decision that gives way.
    """

    uid: bytes
    round: int | None
    source: int
    revision: int
    start: int
    end: int
    codes: frozenset[int]
    take: str
    taken: tuple[Taken, ...] = ()
    whose: int | None = None
    ends: str = ""
    mode: str = MODES[0]
    reason: str = ""
    replaces: int | None = None


class Decision(NamedTuple):
    """A decision that stands; `codings` are the keys of the consensus codings that came of it."""

    key: int
    id: str
    round: int | None
    source: int
    revision: int
    start: int
    end: int
    take: str
    whose: int | None
    ends: str
    mode: str
    reason: str
    coder: int
    at: str
    codes: frozenset[int]
    codings: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        """Whether the place is still to be coded anew, once the codebook says how."""
        return self.take == RECODE

    def meets(self, revision: int, span: Span, codes: frozenset[int]) -> bool:
        """Whether it is about some of the words and some of the codes of a place."""
        near = self.revision == revision and self.start < span[1] and span[0] < self.end
        return near and not self.codes.isdisjoint(codes)

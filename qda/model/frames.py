"""Who was asked, as plain values: a frame of units with their response, its versions, and what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

IN = "in"
"""The status of a unit that answered; every other word says why it did not."""
NO_ANSWER = "no answer"


class FrameVersion(NamedTuple):
    """A version of the frame: its name, the date from which it holds, and a note."""

    key: int
    uid: str
    name: str
    since: str
    note: str


class Unit(NamedTuple):
    """A unit that was asked, in a version: its status, the reason, and the case that it is (empty: of its name)."""

    name: str
    status: str
    reason: str = ""
    case: str = ""
    line: int = 0


class Response(NamedTuple):
    """How many units of a version answered, who is missing by name, and how many have each status."""

    asked: int
    answered: int
    missing: list[Unit]
    statuses: list[tuple[str, int]]

    @property
    def share(self) -> float | None:
        """Units that answered by units that were asked; None where nobody was asked."""
        return self.answered / self.asked if self.asked else None


def response(units: Sequence[Unit]) -> Response:
    """The response of the units of one version; `in` goes first, then the most frequent status."""
    counts = Counter(unit.status for unit in units)
    missing = [unit for unit in units if unit.status != IN]
    ordered = sorted(counts.items(), key=lambda item: (item[0] != IN, -item[1], item[0]))
    return Response(len(units), counts[IN], missing, ordered)


def moved(before: Collection[Unit], now: Collection[Unit]) -> tuple[list[str], list[str]]:
    """The names of the units that went out of the frame between two versions, and of those that came in."""
    old, new = {unit.name for unit in before}, {unit.name for unit in now}
    return sorted(old - new), sorted(new - old)


def response_words(name: str, found: Response) -> str:
    """The response in one sentence, as `frame '2014': 23 of 32 units asked are in (71.9 %)`."""
    share = "n/a" if found.share is None else f"{found.share * 100:.1f} %"
    said = f"frame '{name}': {found.answered} of {found.asked} units asked are in ({share})"
    if not found.missing:
        return f"{said}; none is missing."
    return f"{said}; missing: {', '.join(unit.name for unit in found.missing)}."

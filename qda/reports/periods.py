"""Periods of dates, as values by which passages are placed in time."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qda.reports.values import MISSING, Held, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qda.model.nouns import Source

PERIODS = {"day": 10, "month": 7, "quarter": 7, "year": 4}
MOST_FILLED = 60  # a longer stretch of time is shown without the periods in which there was nothing


class Dates(Values):
    """The period in which each source was made, from its date; a date that is not exact enough has none."""

    def __init__(self, sources: Iterable[Source], per: str) -> None:
        self.name = per
        self._periods = {source.key: period(source.date, per) for source in sources}
        self._per = per

    def of(self, source: int, person: int | None) -> tuple[Held, ...]:
        """The period of a source, whoever speaks."""
        del person
        found = self._periods.get(source, "")
        return (Held(found, "source"),) if found else (Held(MISSING, ""),)

    def known(self) -> list[str]:
        """All periods from the first to the last, those without any source between them included."""
        found = sorted({*self._periods.values()} - {""})
        filled = _filled(found, self._per)
        return filled if 0 < len(filled) <= MOST_FILLED else found


def period(date: str, per: str) -> str:
    """The day, month, quarter or year of a date; empty where the date does not say it."""
    if len(date) < PERIODS[per]:
        return ""
    if per == "quarter":
        return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"
    return date[: PERIODS[per]]


def _filled(found: list[str], per: str) -> list[str]:
    if not found or per == "day":
        return found
    first, last = int(found[0][:4]), int(found[-1][:4])
    within = {"year": [""], "month": [f"-{n:02}" for n in range(1, 13)], "quarter": [f"-Q{n}" for n in range(1, 5)]}
    everything = chain.from_iterable(([f"{year}{part}" for part in within[per]]) for year in range(first, last + 1))
    return [one for one in everything if found[0] <= one <= found[-1]]

"""What a team states of its material, so that the registers can be held against it: totals, and when fieldwork was."""

from __future__ import annotations

import re
from typing import NamedTuple

from qda.errors import QdaError

NOUNS = ("sources", "persons", "cases")
Conditions = tuple[tuple[str, str], ...]
"""Attributes with the value that each must have."""

_TOTAL = re.compile(r"(?P<what>\w+)(?P<where>[^:]*):\s*(?P<number>\d{1,9})\s*(?:\((?P<place>.*)\))?", re.DOTALL)
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_WINDOW = re.compile(rf"(?:(?P<where>[^:]+):)?\s*(?P<first>{_DATE})\s*(?:\.\.|to)\s*(?P<last>{_DATE})")
_SEPARATOR = re.compile(r";(?![^()]*\))")  # not within brackets


class Total(NamedTuple):
    """A stated number of sources, persons or cases that meet conditions, and where it is stated."""

    what: str
    conditions: Conditions
    number: int
    place: str


class Window(NamedTuple):
    """When fieldwork was, for the sources that meet conditions: first and last year, month or day."""

    conditions: Conditions
    first: str
    last: str

    def holds(self, date: str) -> bool:
        """Whether a date, which may be a year or a month, can lie within."""
        return _latest(date) >= self.first and date <= _latest(self.last)


def parse_totals(text: str) -> list[Total]:
    """Totals as `cases kind=returnee, country=Iraq: 9 (report, p. 4); persons role=respondent: 13`.

    Raises:
        QdaError: One of them is not of that form.
    """
    totals = []
    for words in _parts(text):
        found = _TOTAL.fullmatch(words)
        if not found or found["what"] not in NOUNS:
            example = "persons role=respondent: 13 (report, p. 4)"
            raise QdaError(f"a stated total is {', '.join(NOUNS)}, conditions, a colon and a number, as '{example}'")
        place = (found["place"] or "").strip()
        totals.append(Total(found["what"], _conditions(found["where"]), int(found["number"]), place))
    return totals


def parse_windows(text: str) -> list[Window]:
    """Stretches of time as `2021-07..2021-10`, or for some sources each, as `host_country=NO: 2021-09..2021-11`.

    Raises:
        QdaError: One of them is not of that form, or ends before it begins.
    """
    windows = []
    for words in _parts(text):
        found = _WINDOW.fullmatch(words)
        if not found:
            raise QdaError(f"fieldwork is as 2021-07..2021-10, or kind=transcript: 2021-07..2021-10; not '{words}'")
        if _latest(found["last"]) < found["first"]:
            raise QdaError(f"the fieldwork {found['first']}..{found['last']} ends before it begins")
        windows.append(Window(_conditions(found["where"] or ""), found["first"], found["last"]))
    return windows


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def _conditions(words: str) -> Conditions:
    pairs = [part.partition("=") for part in words.split(",") if part.strip()]
    if any(not sign or not name.strip() or not value.strip() for name, sign, value in pairs):
        raise QdaError(f"conditions are as kind=returnee, country=Iraq; not '{words.strip()}'")
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


def _latest(date: str) -> str:
    """The last day of a year or month, for comparing."""
    return date + "-99-99"[len(date) - 4 :] if len(date) < 10 else date

"""The words of a footnote: who said something, when, by a pattern; and no name unless it is for the team's own eyes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = (
    "Interview with <role>, <date> | notes: Field notes, <date> | observation: Observation, <date>"
    " | survey: Survey, <date> | letter: Letter, <date> | literature: <source>, <date>"
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NAME = re.compile(r"<([^<>]*)>")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
NO_DATE, UNKNOWN = "no date", "unknown"


def parse_patterns(words: str) -> dict[str, str]:
    """Patterns by kind of source, that of all other kinds under the empty name.

    They stand with `|` between them; `KIND: ` before one says for which kind of source it is.

    Raises:
        QdaError: There is none, two are for the same kind, or one has no words.
    """
    found: dict[str, str] = {}
    for part in (part.strip() for part in words.split("|")):
        kind, sign, rest = part.partition(": ")
        named = bool(sign) and "<" not in kind and kind == kind.strip() and " " not in kind
        kind, pattern = (kind, rest.strip()) if named else ("", part)
        if not pattern:
            raise QdaError(f"the pattern '{words}' has a part without words; write 'Interview with <role>, <date>'")
        if kind in found:
            which = f"for sources of the kind '{kind}'" if kind else "without a kind of source before it"
            raise QdaError(f"two patterns of footnotes are {which}; leave one out")
        found[kind] = pattern
    if "" not in found:
        raise QdaError("one pattern of footnotes is for all other kinds of sources, as 'Interview with <role>, <date>'")
    return found


def names_in(patterns: Mapping[str, str]) -> frozenset[str]:
    """The facts that patterns ask for, as `role` and `date`."""
    return frozenset(name.strip() for pattern in patterns.values() for name in _NAME.findall(pattern))


def footnote(pattern: str, facts: Mapping[str, str], inside: str = "") -> str:
    """A footnote: the pattern with the facts in the place of their names in angle brackets.

    Args:
        pattern: Such as `Interview with <role>, <date>`; `<date>`, `<month>` and `<year>` are written from the fact
            `date`, as `7 October 2024`, `October 2024`, `2024`.
        facts: What is known; an empty or missing one is said to be unknown.
        inside: Who and where it is, for the team's own eyes; nothing for readers outside, so that two persons of one
            role and date have the same footnote there.
    """

    def fact(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name in ("date", "month", "year"):
            return written_date(facts.get("date", ""), name)
        return facts.get(name, "") or UNKNOWN

    words = _NAME.sub(fact, pattern)
    return f"{words} [{inside}]" if inside else words


def written_date(date: str, most: str = "date") -> str:
    """A date such as `2024-10-07` as it is written in a text, to the day, the `month` or the `year`."""
    found = _DATE.fullmatch(date)
    if found is None:
        return date or NO_DATE
    year, month, day = found.groups()
    if most == "year" or month is None or not 1 <= int(month) <= len(_MONTHS):
        return year
    named = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {named}" if day and most == "date" else named

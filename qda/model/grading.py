"""The grade of a claim by a stated rule: how many sources, persons, cases or kinds of sources speak for and against.

A rule is words such as `confirmed: sources >= 3 and against = 0; probable: sources >= 2`. The first grade whose
conditions all hold is given; where none holds, the last one, inconclusive. The three grades are those of a review of
studies that grades its variables as confirmed, probable or inconclusive (Strand et al., Fafo).
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Callable

GRADES = ("confirmed", "probable", "inconclusive")
MEASURES = ("passages", "sources", "persons", "cases", "kinds", "against")
USUAL_RULE = "confirmed: sources >= 3 and against = 0; probable: sources >= 2 and sources > against"
OTHERWISE = "otherwise"

_SIGNS = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_TERM = r"[a-z]+(?:\[[^\[\]=;]+=[^\[\];]+\])?|[0-9]{1,9}"
_CONDITION = re.compile(rf"({_TERM})\s*(>=|<=|>|<|=)\s*({_TERM})")
_MEASURE = re.compile(r"([a-z]+)(?:\[([^\[\]=;]+)=([^\[\];]+)\])?")
_HELP = f"write it as '{USUAL_RULE}'"


class Measure(NamedTuple):
    """What is counted: one of `MEASURES`; sources may be only those with a value of an attribute."""

    name: str
    attribute: str = ""
    value: str = ""


class Condition(NamedTuple):
    """Two measures or numbers, and how they compare."""

    left: Measure | int
    sign: str
    right: Measure | int


Rule = tuple[tuple[str, tuple[Condition, ...]], ...]


def parse_rule(words: str) -> Rule:
    """A rule from its words: grades, each with the conditions that must all hold.

    Raises:
        QdaError: The words are no rule; the sentence says what in them is wrong.
    """
    rule = []
    for part in filter(None, (part.strip() for part in words.split(";"))):
        grade, sign, rest = (word.strip() for word in part.partition(":"))
        if not sign or grade not in GRADES:
            raise QdaError(f"'{part}' is no part of a rule; it begins with {', '.join(GRADES)} and a colon; {_HELP}")
        said = [] if rest == OTHERWISE else re.split(r"\s+and\s+", rest)
        rule.append((grade, tuple(_condition(each) for each in said)))
    if not rule:
        raise QdaError(f"the rule is empty; {_HELP}")
    return tuple(rule)


def _condition(words: str) -> Condition:
    found = _CONDITION.fullmatch(words)
    if found is None:
        raise QdaError(f"'{words}' is no condition of a rule; {_HELP}")
    return Condition(_term(found[1]), found[2], _term(found[3]))


def _term(words: str) -> Measure | int:
    if words.isdecimal():
        return int(words)
    name, attribute, value = (part or "" for part in _parts(words))
    if name not in MEASURES:
        raise QdaError(f"a rule cannot count '{name}'; it counts {', '.join(MEASURES)}")
    if attribute and name not in ("sources", "against"):
        raise QdaError(f"only sources and against can have an attribute in brackets, not {name}")
    return Measure(name, attribute.strip(), value.strip())


def _parts(words: str) -> tuple[str | None, ...]:
    found = _MEASURE.fullmatch(words)
    return found.groups() if found else (words, None, None)


def grade_of(rule: Rule, count: Callable[[Measure], int]) -> str:
    """The grade that a rule gives.

    Args:
        rule: The parsed rule.
        count: How many there are of a measure.
    """
    for grade, conditions in rule:
        if all(_holds(condition, count) for condition in conditions):
            return grade
    return GRADES[-1]


def _holds(condition: Condition, count: Callable[[Measure], int]) -> bool:
    left, right = (term if isinstance(term, int) else count(term) for term in (condition.left, condition.right))
    return bool(_SIGNS[condition.sign](left, right))

"""The conditions of a query: whether an attribute, the coder or the source of a passage is as it says."""

from __future__ import annotations

from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from qda.errors import QdaError
from qda.model.nouns import plain_name
from qda.model.spans import CONSENSUS
from qda.reports.narrowing import check_known
from qda.reports.values import LEVELS, MISSING, Values
from qda.store.attributes import check_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.model.query import Condition, Query
    from qda.model.spans import Span
    from qda.reports.subjects import Subjects
    from qda.store import Study

    Holds = Callable[[int, int, Span], bool]
    """Whether a condition is true in a source (its key), of a voice, of a span."""

_COMPARED = {"=": eq, "!=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}
_OWN = ("coder", "source")


def condition(study: Study, query: Query, part: Condition, about: Callable[[], Subjects]) -> Holds:
    """What a condition asks, as a function; `about` gives who speaks where.

    Raises:
        QueryError: It names nothing that is there, or asks for what cannot be compared.
    """
    try:
        if plain_name(part.name) in _OWN:
            return _own(study, part)
        return _of_attribute(study, part, about())
    except QdaError as error:
        raise query.wrong(part, str(error)) from None


def _own(study: Study, part: Condition) -> Holds:
    """Who coded a passage, or where it stands."""
    if part.sign not in ("=", "!="):
        raise QdaError(f"{part.name} goes with = and !=")
    same = part.sign == "="
    if plain_name(part.name) == "source":
        key = study.sources.get(part.value).key
        key = study.translations.roots().get(key, key)
        return lambda source, _, __: (source == key) is same
    coder = CONSENSUS if part.value == "consensus" else study.coders.find(part.value)
    return lambda _, voice, __: (voice == coder) is same


def _of_attribute(study: Study, part: Condition, subjects: Subjects) -> Holds:
    """Whether somebody who is heard in a passage (where nobody is known, its source) carries such a value."""
    values = Values(study, subjects, study.attributes.named(part.name))
    compare = _comparison(study, values, part)
    denied = part.sign == "!="
    known: dict[tuple[int, frozenset[int] | None], bool] = {}

    def holds(source: int, _: int, span: Span) -> bool:
        persons = subjects.persons(source, *span)
        found = known.get((source, persons))
        if found is None:
            found = any(compare(held.value) for one in (persons or (None,)) for held in values.of(source, one))
            known[source, persons] = found
        return found is not denied

    return holds


def _comparison(study: Study, values: Values, part: Condition) -> Callable[[str], bool]:
    """Whether a value is what the condition says: as a date, a number, or letter for letter."""
    sign, compare = part.sign, _COMPARED[part.sign]
    kind = _kind(study, values.name)
    if part.value == MISSING and sign in ("=", "!="):
        return lambda value: value == MISSING
    if kind == "date":
        check_value(values.name, kind, part.value)
        return lambda value: value != MISSING and _in_time(sign, _days(value), _days(part.value))
    if kind == "number":
        check_value(values.name, kind, part.value)
        wanted = _number(part.value)
        return lambda value: value != MISSING and bool(compare(_number(value), wanted))
    if compare is not eq:
        raise QdaError(f"'{sign}' compares numbers and dates, and {values.name} is neither; give it a type, or use =")
    check_known(values, {part.value})
    return lambda value: value == part.value


def _kind(study: Study, name: str) -> str:
    """The type of an attribute: a date or a number where it is one on every level that is looked at."""
    level, _, plain = name.partition(".")
    forced = level in LEVELS and bool(plain)
    kinds = {
        kind
        for found, target, kind in study.attributes.all()
        if plain_name(found) == plain_name(plain if forced else name) and (not forced or target == level)
    }
    if plain_name(plain if forced else name) == "date":
        kinds.add("date")
    return kinds.pop() if len(kinds) == 1 else ""


def _number(words: str) -> float:
    return float(words.replace(",", "."))


def _days(date: str) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date, date + "-12-31"[len(date) - 4 :]


def _in_time(sign: str, held: tuple[str, str], wanted: tuple[str, str]) -> bool:
    """Whether a date lies within, wholly before or wholly after another; either may be a year, a month or a day."""
    told: dict[str, Any] = {
        "<": held[1] < wanted[0],
        "<=": held[1] <= wanted[1],
        ">": held[0] > wanted[1],
        ">=": held[0] >= wanted[0],
    }
    return bool(told.get(sign, wanted[0] <= held[0] and held[1] <= wanted[1]))

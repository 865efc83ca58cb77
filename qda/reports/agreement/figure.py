"""A figure: a value, or nothing with the reason why there is none."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Figure(NamedTuple):
    """A value, or None with the reason in plain words."""

    value: float | None
    reason: str | None = None


class Macro(NamedTuple):
    """An average over codes: of how many codes it is, and how many had no value."""

    value: float | None
    codes: int
    undefined: int
    reason: str | None = None


NOBODY: Final = Figure(None, "no coder used it")
EVERYWHERE: Final = Figure(None, "every coder coded everything")
NONE_SHARED: Final = Figure(None, "no source that all coders did")
NONE_OF_TWO: Final = Figure(None, "no source that two coders did")
NO_UNITS: Final = Figure(None, "no units in the sources that two coders did")
ONE_CODER: Final = Figure(None, "only one coder")
NO_CODES: Final = Figure(None, "no codes")


def macro(figures: Iterable[Figure]) -> Macro:
    """The plain mean of the values of several codes, each code counting the same; undefined ones stay out.

    Undefined where no code has a value.
    """
    listed = list(figures)
    values = [figure.value for figure in listed if figure.value is not None]
    undefined = len(listed) - len(values)
    if not values:
        return Macro(None, 0, undefined, "no code has a value")
    return Macro(fsum(values) / len(values), len(values), undefined)

"""Facts beside codings: ratings and figures from elsewhere, about a case or a value, kept as they were typed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.errors import QdaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

FACT_TYPES = ("number", "percent", "scale", "text", "yes/no")
CASE = "case"
"""Before `=`: a fact is about the case of this name; any other word there is an attribute."""
EXTERNAL = "external"

# A sign before it, the number, and marks of significance or a bracket behind it, as tables print them.
_FIGURE = re.compile(
    r"[<>≤≥≈~]?\s*(?P<number>[-+−–]?(?:\d{1,3}(?:[ ,.\u00a0\u202f']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+))"
    r"\s*(?P<percent>%?)\s*[*†‡§]*\s*(?:\([^()]*\)\s*)?[*†‡§]*"
)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([ ,\u00a0\u202f'])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|[-+]?\d{1,3}(?:\.\d{3})+,\d+")


class Measure(NamedTuple):
    """What a fact says something of: its name, the type of its values, the levels of a scale from low to high, a unit.

    A level `reached/qualified` is a finer one of the level `reached`, and is counted with it.
    """

    name: str
    type: str = ""
    levels: tuple[str, ...] = ()
    unit: str = ""


class Fact(NamedTuple):
    """A fact of the study.

    `target` is the key of its case, else None and it is about everybody who carries the value `held` of `attribute`;
    `about` says so in words, as `case=NAME` or `ATTRIBUTE=VALUE`.
    `origin` says where the figure comes from, `rater` who judged; `note` how far it holds. `at` is when `coder` entered
    it.
    """

    key: int
    uid: str
    target: int | None
    attribute: str
    held: str
    about: str
    measure: Measure
    value: str
    period: str
    rater: str
    origin: str
    note: str
    coder: str
    at: str

    @property
    def mark(self) -> str:
        """Where it comes from, in the words that stand beside the figure wherever it is shown."""
        parts = [self.origin] if self.origin.casefold().startswith(EXTERNAL) else [EXTERNAL, self.origin]
        rated = f"rated by {self.rater}" if self.rater else ""
        return ", ".join(part for part in (*parts, rated, self.period) if part)

    @property
    def shown(self) -> str:
        """The value as typed, with its unit."""
        return f"{self.value} {self.measure.unit}" if self.measure.unit else self.value


class FactRow(NamedTuple):
    """A fact as it comes from outside: `about` is `case=NAME` or `ATTRIBUTE=VALUE`, `line` that of the file."""

    about: str
    measure: Measure
    value: str
    period: str = ""
    rater: str = ""
    origin: str = ""
    note: str = ""
    line: int = 0


def split_about(words: str) -> tuple[str, str]:
    """What a fact is about: `case` or an attribute, and the name or the value.

    Raises:
        QdaError: It is not `case=NAME` or `ATTRIBUTE=VALUE`.
    """
    what, sign, name = (part.strip() for part in words.partition("="))
    if not (sign and what and name):
        raise QdaError(f"a fact is about case=NAME or ATTRIBUTE=VALUE, as country=NL, not '{words}'")
    return what, name


def check_measure(measure: Measure) -> None:
    """Refuse a measure whose type is unknown, or whose levels do not go with it.

    Raises:
        QdaError: The sentence says what is wrong.
    """
    if measure.type not in FACT_TYPES:
        raise QdaError(f"the type of '{measure.name}' is one of {', '.join(FACT_TYPES)}, not '{measure.type}'")
    if measure.type == "scale" and len(measure.levels) < 2:
        raise QdaError(f"the scale '{measure.name}' needs its levels from low to high, as 'low|middle|high'")
    if measure.type != "scale" and measure.levels:
        raise QdaError(f"'{measure.name}' has levels and is no scale but a {measure.type}")
    if len({*measure.levels}) < len(measure.levels):
        raise QdaError(f"the scale '{measure.name}' names a level twice")


def check_fact(measure: Measure, value: str) -> None:
    """Refuse a value that is not of its measure's type.

    Raises:
        QdaError: The sentence says what fits.
    """
    if not value:
        raise QdaError(f"'{measure.name}' has no value; leave the line out where nothing is known")
    if measure.type in ("number", "percent") and figure_of(value) is None:
        raise QdaError(f"'{value}' is no {measure.type} for '{measure.name}'")
    if measure.type == "number" and value.rstrip().endswith("%"):
        raise QdaError(f"'{value}' is a percentage and '{measure.name}' a number; give it the type percent")
    if measure.type == "yes/no" and value.casefold() not in ("yes", "no"):
        raise QdaError(f"'{value}' is neither yes nor no, as '{measure.name}' is")
    if measure.type == "scale" and value not in measure.levels:
        raise QdaError(f"'{value}' is no level of '{measure.name}': {', '.join(measure.levels)}")


def figure_of(value: str) -> Fraction | None:
    """The number that a typed figure says, exactly; None where it says none.

    `5,894`, `5 894`, `3.229*`, `-5.03`, `20 %` and `3.229* (12.80)` are figures. A comma or space before exactly three
    digits parts thousands; else a comma is a decimal one. A single point is always a decimal one.
    """
    from fractions import Fraction

    found = _FIGURE.fullmatch(value.strip())
    if found is None:
        return None
    number = found["number"].replace("−", "-").replace("–", "-")
    if _GROUPED.fullmatch(number):
        number = re.sub(r"[ ,\u00a0\u202f']", "", number)
    elif _GROUPED_BY_POINTS.fullmatch(number):
        number = number.replace(".", "").replace(",", ".")
    number = number.replace(",", ".")
    try:
        return Fraction(number)
    except ValueError:
        return None


def written(figure: Fraction) -> str:
    """A figure in plain digits, without zeros at its end."""
    if figure.denominator == 1:
        return str(figure.numerator)
    whole = f"{float(figure):.10f}"
    return whole.rstrip("0")


class Level(NamedTuple):
    """How often a level was given: itself, and within it its finer levels with their numbers."""

    name: str
    number: int
    finer: tuple[tuple[str, int], ...]

    @property
    def said(self) -> str:
        """`reached 10 (qualified 3)`."""
        inside = ", ".join(f"{name} {number}" for name, number in self.finer)
        return f"{self.name} {self.number}" + (f" ({inside})" if inside else "")


def count_levels(measure: Measure, values: Sequence[str]) -> list[Level]:
    """How often each level of a scale was given, from low to high; of other measures each value, sorted.

    A finer level counts with the level above it, and is named in it where it occurs.
    """
    counts = Counter(value.casefold() if measure.type == "yes/no" else value for value in values)
    names = measure.levels if measure.type == "scale" else _sorted(measure, counts)
    coarse = [name for name in names if _above(name, names) is None]
    return [
        Level(
            name,
            sum(counts[other] for other in names if other == name or _above(other, names) == name),
            tuple(
                (other.removeprefix(f"{name}/"), counts[other])
                for other in names
                if counts[other] and _above(other, names) == name
            ),
        )
        for name in coarse
    ]


def _above(name: str, names: Sequence[str]) -> str | None:
    """The level of which this is a finer one."""
    head = name.partition("/")[0]
    return head if head != name and head in names else None


def _sorted(measure: Measure, counts: Iterable[str]) -> list[str]:
    """Values in their order: numbers by what they say, other words by their letters."""
    if measure.type in ("number", "percent"):
        return sorted(counts, key=lambda value: (figure_of(value) or 0, value))
    return sorted(counts)

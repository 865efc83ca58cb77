"""Facts counted: how often each level was given, and numbers added up; percentages and ratios are never added."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.model.facts import count_levels, figure_of, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.facts import Fact, Measure
    from qda.store import Study


def measured(study: Study, names: Sequence[str] = ()) -> list[tuple[Measure, list[Fact]]]:
    """The facts of each measure, of all measures or of those that are named, in the order of entry.

    Raises:
        QdaError: There is no such measure.
    """
    found: dict[str, list[Fact]] = {}
    for one in study.facts.all():
        found.setdefault(one.measure.name, []).append(one)
    for name in names:
        if name not in found:
            listed = ", ".join(found) or "none is entered yet"
            raise QdaError(f"there are no facts of a measure '{name}' (there are: {listed})")
    return [(facts[0].measure, facts) for name, facts in found.items() if not names or name in names]


def level_rows(study: Study, names: Sequence[str]) -> list[tuple[str, str, int, str, int]]:
    """A row a level: measure, level, how often it was given, its finer levels, and how many facts the measure has.

    Raises:
        QdaError: There is no such measure.
    """
    return [
        (measure.name, level.name, level.number, ", ".join(f"{name} {n}" for name, n in level.finer), len(facts))
        for measure, facts in measured(study, names)
        for level in count_levels(measure, [one.value for one in facts])
    ]


def sum_rows(study: Study, names: Sequence[str]) -> list[tuple[str, str, int, str, str, str]]:
    """A row for each measure of numbers and what they are about: how many, their sum and mean, and their periods.

    The mean is that of the figures as typed, rounded to four decimals where it has more.

    Raises:
        QdaError: There is no such measure, or one that is named has no numbers.
    """
    rows = []
    for measure, facts in measured(study, names):
        if measure.type != "number":
            if names:
                raise QdaError(f"'{measure.name}' is no number but of the type {measure.type}; only numbers are added")
            continue
        about: dict[str, list[Fact]] = {}
        for one in facts:
            about.setdefault(one.about, []).append(one)
        for what, ones in about.items():
            total = sum((figure_of(one.value) or Fraction() for one in ones), Fraction())
            periods = ", ".join(dict.fromkeys(one.period for one in ones if one.period))
            mean = written(round(total / len(ones), 4))
            rows.append((measure.name, what, len(ones), written(total), mean, periods))
    return rows

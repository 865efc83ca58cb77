"""Facts beside codings as a table: ratings and figures from elsewhere, with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.io.registers.lines import read_register
from qda.io.tables import join_values, split_values
from qda.model.facts import FACT_TYPES, FactRow, Measure

if TYPE_CHECKING:
    from qda.io.tables import Grid
    from qda.store import Study

_NEEDED = ("about", "measure", "value")
_MORE = ("type", "levels", "unit", "period", "rater", "origin", "note")


def parse_facts(text: str, file: str) -> list[FactRow]:
    """Read facts: `about` (`case=NAME` or `ATTRIBUTE=VALUE`), `measure` and `value`, and what more is known of them.

    Raises:
        BadFileError: The table is wrong; the sentence names the line.
    """
    return [
        FactRow(
            line["about"],
            Measure(line["measure"], line.choice("type", FACT_TYPES), split_values(line["levels"]), line["unit"]),
            value=line["value"],
            period=line["period"],
            rater=line["rater"],
            origin=line["origin"],
            note=line["note"],
            line=line.number,
        )
        for line in read_register(text, file, _NEEDED, _MORE)
    ]


def facts_table(study: Study) -> Grid:
    """All facts; the type, levels and unit of a measure stand in each of its rows."""
    rows = [
        (
            *(one.about, one.measure.name, one.value),
            *(one.measure.type, join_values(one.measure.levels), one.measure.unit),
            *(one.period, one.rater, one.origin, one.note),
        )
        for one in study.facts.all()
    ]
    return (*_NEEDED, *_MORE), rows

"""Figures of datasets in a joint display: how many rows of each value fulfil a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.dataset.crossing import percent
from qda.model.dataset.recoding import parse_condition, rows_where
from qda.model.facts import EXTERNAL
from qda.model.nouns import many, plain_name

if TYPE_CHECKING:
    from qda.store import Study

_FORM = "DATASET: COLUMN=VALUE by COLUMN, or DATASET by COLUMN"


class Asked(NamedTuple):
    """A figure that was asked for: its words, its column in the display, origin and note, and the counts by value.

    `counts` are the rows that fulfil the condition, of all rows of the value; without a condition all of them.
    """

    words: str
    column: str
    dataset: str
    origin: str
    note: str
    counts: dict[str, tuple[int, int]]
    conditional: bool

    @property
    def mark(self) -> str:
        """Where it comes from."""
        origin = self.origin.removeprefix(f"{EXTERNAL}, ")
        return f"{EXTERNAL}, dataset {self.dataset}" + (f" ({origin})" if origin else "")

    def of(self, row: str) -> tuple[int, int]:
        """The rows of a value that fulfil the condition, and all of its rows; none where the dataset has no such."""
        if row in self.counts:
            return self.counts[row]
        alike = [value for value in self.counts if plain_name(value) == plain_name(row)]
        return self.counts[alike[0]] if len(alike) == 1 else (0, 0)

    def said(self, row: str) -> str:
        """The figure as it is read: `1179 of 5894 (20 %)`."""
        number, of = self.of(row)
        return f"{number} of {of} ({percent(number, of)} %)" if self.conditional else str(number)


def read_figure(study: Study, words: str) -> Asked:
    """Count a figure of a dataset for every value of a column.

    Raises:
        UsageError: It is not written as one.
        QdaError: There is no such dataset or column.
    """
    what, sign, by = words.rpartition(" by ")
    name, colon, condition = what.partition(":")
    if not sign or (colon and not condition.strip()):
        raise UsageError(f"a figure of a dataset is written {_FORM}, not '{words}'")
    one = study.datasets.get(name.strip())
    column_of = study.datasets.column_of(one)
    by = column_of(by)
    conditions = []
    if colon:
        read = parse_condition(condition.strip())
        conditions = [read._replace(column=column_of(read.column))]
    data = study.datasets.data(one, {by, *(each.column for each in conditions)})
    counts: dict[str, tuple[int, int]] = {}
    column = data.columns[by]
    for value in column:
        counts[value] = (0, counts.get(value, (0, 0))[1] + 1)
    for row in rows_where(data, conditions):
        number, of = counts[column[row]]
        counts[column[row]] = (number + 1, of)
    head = f"{one.name}: {conditions[0]}" if conditions else one.name
    recodings = len(study.datasets.recodings(one))
    note = "; ".join(part for part in (one.note, f"after {many(recodings, 'recoding')}" if recodings else "") if part)
    return Asked(f"{head} by {by}", head, one.name, one.origin, note, counts, bool(conditions))

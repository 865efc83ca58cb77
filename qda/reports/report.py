"""A report: a table that says its unit, its base and its rules, and can open the codings behind each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from qda.model.alignment import Counterpart

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind the cells: ids of codings by `row|column`, and for zeros the sources that were read."""

    codings: Mapping[str, list[str]]
    read: Mapping[str, list[str]] = field(default_factory=dict)


class Table(NamedTuple):
    """Rows under columns, with the evidence key of each cell where it is not `row|column`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Quotation(NamedTuple):
    """A quotation in a report for reading, with its footnote.

    `text` is verbatim; `wording` what is printed in its place where it is edited or translated, and `how` says by
    whom. `place` is where it stands (source, turn, start, end), None where that is not for the reader's eyes; `note`
    is the number of the footnote, 0 where there is none. Quotations under one `group` stand together. `beside` are the
    same words in other languages.
    """

    group: str
    text: str
    place: tuple[str, int | None, int, int] | None
    facts: tuple[str, ...] = ()
    wording: str = ""
    how: str = ""
    note: int = 0
    footnote: str = ""
    beside: tuple[Counterpart, ...] = ()


class Part(NamedTuple):
    """A part of a report for reading: its heading, sentences, a table (without rows: none), and quotations."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: Table = Table((), ())
    quotes: tuple[Quotation, ...] = ()


@dataclass(frozen=True)
class Report:
    """A finished report.

    `table` is what JSON and CSV carry; `view` is how people read it where that differs. `evidence` is worked
    out when it is asked for. `manifest` says what the report was made from and the command that makes it anew.
    For reading, `lead` are the sentences that come first; `parts`, worked out when asked for, follow the table.
    `described` says what columns mean that depend on the study or on options. `beside` are, by a row of the table, its
    words in other languages.
    """

    name: str
    title: str
    unit: str
    table: Table
    notes: tuple[str, ...]
    manifest: Mapping[str, Any]
    evidence: Callable[[], Evidence]
    view: Table | None = None
    described: Mapping[str, str] = field(default_factory=dict)
    lead: tuple[str, ...] = ()
    parts: Callable[[], tuple[Part, ...]] = tuple
    beside: Mapping[tuple[Cell, ...], tuple[Counterpart, ...]] = field(default_factory=dict)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a DataFrame."""
        import pandas as pd

        return pd.DataFrame(list(self.table.rows), columns=list(self.table.columns))


def cell_name(*parts: str) -> str:
    r"""The name of a cell in the evidence: its parts joined by `|`, which is written `\|` in names."""
    return "|".join(part.replace("|", "\\|") for part in parts)


def two_decimals(figure: float) -> str:
    """A figure with two decimals; what rounds to zero has no sign."""
    return f"{figure:.2f}".replace("-0.00", "0.00")

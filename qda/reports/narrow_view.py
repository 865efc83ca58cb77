"""Tables for reading that fit a narrow screen: columns with long names get numbers, and a key to them."""

from __future__ import annotations

from qda.reports.report import Table

WIDTH = 80
GAP = 2


def numbered(table: Table, labels: int) -> tuple[Table, tuple[str, ...]]:
    """A table whose columns behind the labels are numbered where their names do not fit, with the key as a sentence.

    Args:
        table: The table with the names of its columns.
        labels: How many columns on the left name the row.
    """
    names = table.columns[labels:]
    sizes = [max(len(str(row[at])) for row in (table.columns, *table.rows)) for at in range(labels)]
    if sum(sizes) + sum(len(name) for name in names) + GAP * (len(table.columns) - 1) <= WIDTH:
        return table, ()
    # Names in brackets, as (all) and (missing), stay as they are.
    plain = [name for name in names if not name.startswith("(")]
    short = {name: str(number) for number, name in enumerate(plain, start=1)}
    key = ", ".join(f"{number} {name}" for name, number in short.items())
    columns = (*table.columns[:labels], *(short.get(name, name) for name in names))
    return Table(columns, table.rows), (f"Columns: {key}.",)

"""What is pasted into the grid of attributes: a table with a header of its own, or cells from the cursor on."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from qda.errors import QdaError
from qda.io.registers import parse_attributes
from qda.io.tables import join_values, read_table
from qda.model.nouns import TARGETS, many
from qda.store.attributes import SOURCE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.io.registers import AttributeTable
    from qda.store.base import Names

PASTED = "the pasted table"
_LINES = 8
_WHOSE = {**{target: target for target in TARGETS}, **{f"{target}s": target for target in TARGETS}}


def pasted_lines(text: str) -> str:
    """Pasted text with line ends as they are stored; terminals send a CR for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def table_in(text: str, target: str, known: Names) -> AttributeTable | None:
    """The table in a pasted text, None where its first line is no header.

    It is one where the first column says for whom, or all others name attributes that are known.

    Raises:
        QdaError: The table is wrong; the sentence names the line.
    """
    first = text.strip("\n").partition("\n")[0]
    try:
        header = read_table(first, PASTED, repeated=True).header
    except QdaError:
        return None
    if len(header) < 2 or not text.strip("\n").partition("\n")[2].strip():
        return None
    if header[0].casefold() in _WHOSE:
        return parse_attributes(text, PASTED)
    if all(_is_known(name, target, known) for name in header[1:]):
        return parse_attributes(text, PASTED, target)
    return None


def _is_known(header: str, target: str, known: Names) -> bool:
    for name in (header, header.rpartition(":")[0].strip()):
        if name and (known.find(name) is not None or (target == "source" and name.casefold() in SOURCE_FIELDS)):
            return True
    return False


def cells_in(text: str) -> list[list[str]]:
    """The cells of a pasted block: tabs stand between them; without any, a sign that each of several lines has."""
    lines = text.strip("\n").split("\n")
    if "\t" in text:
        return [list(row) for row in csv.reader(lines, delimiter="\t")]
    for sign in (";", ","):
        rows = [list(row) for row in csv.reader(lines, delimiter=sign)]
        if len(rows) > 1 and len(rows[0]) > 1 and {len(row) for row in rows} == {len(rows[0])}:
            return rows
    return [[line] for line in lines]


def preview(table: AttributeTable, before: Mapping[str, Mapping[str, tuple[str, ...]]], known: Names) -> str:
    """What a table would change: how much is new, what is replaced, and its first lines."""
    new = replaced = same = 0
    for row in table.rows:
        for name, values in row.values.items():
            had = before.get(row.name, {}).get(name, ())
            new += not had
            replaced += bool(had) and set(had) != set(values)
            same += bool(had) and set(had) == set(values)
    words = [f"{many(new, 'cell')} filled, {replaced} replaced, {same} as they are; empty cells change nothing."]
    fresh = [name for name in table.columns if not _is_known(name, table.target, known)]
    if fresh:
        words.append(f"New attributes: {', '.join(fresh)}.")
    words.append("")
    for row in table.rows[:_LINES]:
        said = ", ".join(f"{name}: {join_values(values)}" for name, values in row.values.items())
        words.append(f"{row.name} — {said or 'nothing'}")
    if len(table.rows) > _LINES:
        words.append(f"… and {len(table.rows) - _LINES} more lines")
    return "\n".join(words)

"""What tables and columns mean: for programs as CSV on the Web, for people as Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qda.reports.study_tables import Column, StudyTable
    from qda.reports.study_tables.parts import Row

HEADS = ("table", "column", "type", "unit", "meaning", "refers to")
_DATATYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


def csvw(tables: Sequence[StudyTable]) -> str:
    """A table group of the W3C's "CSV on the Web": columns, types, keys, and what refers to what."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "tables": [_table(one) for one in tables],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _table(table: StudyTable) -> dict[str, Any]:
    columns = [_column(one) for one in table.columns]
    refers = [
        {
            "columnReference": one.name,
            "reference": dict(zip(("resource", "columnReference"), _place(one.refers), strict=True)),
        }
        for one in table.columns
        if one.refers
    ]
    schema = {"columns": columns, "primaryKey": list(table.key)} | ({"foreignKeys": refers} if refers else {})
    return {"url": f"{table.name}.csv", "dc:title": table.name, "dc:description": table.about, "tableSchema": schema}


def _place(refers: str) -> tuple[str, str]:
    """The file and the column to which a column refers."""
    table, column = refers.split(".")
    return f"{table}.csv", column


def _column(column: Column) -> dict[str, Any]:
    found = {"name": column.name, "titles": column.name, "dc:description": column.meaning}
    found["datatype"] = _DATATYPES[column.type]
    return found | ({"schema:unitText": column.unit} if column.unit else {})


def dictionary_rows(tables: Sequence[StudyTable]) -> Iterator[Row]:
    """A row for each column of each table, under `HEADS`."""
    for table in tables:
        for one in table.columns:
            yield table.name, one.name, one.type, one.unit or None, one.meaning, one.refers or None


def dictionary_markdown(tables: Sequence[StudyTable], rows: dict[str, int]) -> str:
    """The dictionary for people; `rows` are how many rows each table has."""
    lines = ["# Tables of the study", "", "An empty cell means that nothing is known or said.", ""]
    for table in tables:
        count = f" ({rows[table.name]} rows)" if table.name in rows else ""
        lines += [f"## {table.name}{count}", "", f"A row is {table.about}.", ""]
        lines += ["| column | type | unit | meaning | refers to |", "|---|---|---|---|---|"]
        for one in table.columns:
            cells = (f"`{one.name}`", one.type, one.unit, one.meaning, one.refers and f"`{one.refers}`")
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)

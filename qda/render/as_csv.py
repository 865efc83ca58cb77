"""CSV: the table alone, with its numbers in full; what it means goes into a file beside it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from qda.reports.dictionary import EVIDENCE, datatype, meaning
from qda.reports.report import cell_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.report import Cell, Evidence, Report


def table_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Rows under a header; nothing is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def report_csv(report: Report, evidence: Evidence | None) -> str:
    """The report's table; with evidence, one more column with the ids of the codings behind each row."""
    table = report.table
    if evidence is None:
        return table_csv(table.columns, table.rows)
    rows = [(*row, " ".join(ids_of_row(report, evidence, row))) for row in table.rows]
    return table_csv((*table.columns, "evidence"), rows)


def ids_of_row(report: Report, evidence: Evidence, row: tuple[Cell, ...]) -> list[str]:
    """All ids behind a row: its cells are named by its first column, or by its first few."""
    found: set[str] = set()
    if report.name == "agreement":
        size = report.table.columns.index("before" if "before" in report.table.columns else "value")
        return list(evidence.codings.get(cell_name(*("" if cell is None else str(cell) for cell in row[:size])), ()))
    if report.name == "claims":
        facts = dict(zip(report.table.columns, row, strict=True))
        uncited = cell_name(str(row[0]), f"{facts['source']} {facts['start']}-{facts['end']}")
        return [str(facts["citation_id"])] if facts["citation_id"] else list(evidence.codings.get(uncited, ()))
    names = [cell_name(str(row[0]), column) for column in report.table.columns[1:]]
    names += [cell_name(*(str(cell) for cell in row[:size])) for size in (2, 3, 4)]
    if report.name == "excerpts":
        return [str(row[report.table.columns.index("id")])]
    for name in names:
        found.update(evidence.codings.get(name, ()))
    return sorted(found)


def metadata(report: Report, file: str, *, evidence: bool = False) -> str:
    """What a CSV file means, in the form that the W3C's "CSV on the Web" puts beside it."""
    columns = [
        {"titles": column, "dc:description": meaning(report, column), "datatype": datatype(report, column)}
        for column in report.table.columns
    ]
    if evidence:
        columns.append({"titles": "evidence", "dc:description": EVIDENCE, "datatype": "string"})
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "dc:title": report.title,
        "unit": report.unit,
        "notes": list(report.notes),
        "tableSchema": {"columns": columns},
        "manifest": dict(report.manifest),
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"

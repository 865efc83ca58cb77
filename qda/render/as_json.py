"""JSON: keys and rows in a fixed order, numbers as numbers, nothing as null."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.report import Cell, Evidence, Report


def report_json(report: Report, evidence: Evidence | None, *, parts: bool = False) -> str:
    """A report as one object; `evidence` is empty unless it was asked for, and `lead` and `parts` are not there."""
    columns = report.table.columns
    found = {
        "report": report.name,
        "title": report.title,
        "unit": report.unit,
        "columns": list(columns),
        "rows": [dict(zip(columns, row, strict=True)) for row in report.table.rows],
        "evidence": dict(evidence.codings) if evidence else {},
        "notes": list(report.notes),
        "manifest": dict(report.manifest),
    }
    if evidence:
        found["sources_read"] = dict(evidence.read)
    if parts:
        found["lead"] = list(report.lead)
        found["parts"] = [
            {
                "heading": part.heading,
                "sentences": list(part.sentences),
                "columns": list(part.table.columns),
                "rows": [dict(zip(part.table.columns, row, strict=True)) for row in part.table.rows],
            }
            for part in report.parts()
        ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def listing_json(columns: Sequence[str], rows: Sequence[Sequence[Cell | list[str]]]) -> str:
    """A list of objects."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"

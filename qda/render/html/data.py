"""A report as data within a page: its rows and manifest, and the numbers of the quotes behind each cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qda.reports.behind import names_behind

if TYPE_CHECKING:
    from qda.render.html.numbering import Numbered
    from qda.reports.report import Evidence, Report


class Behind:
    """What stands behind the cells of one report; `cells` are those that a page shows, in order."""

    def __init__(self, report: Report, evidence: Evidence) -> None:
        self.report = report
        self.evidence = evidence
        self.cells: list[tuple[str, ...]] = []
        self._known: dict[tuple[str, ...], int] = {}

    def cell(self, row: int, column: int) -> int | None:
        """The number of what stands behind a place of the table for reading, None where nothing does."""
        there = self.evidence.codings
        names = tuple(name for name in names_behind(self.report, row, column) if name in there)
        if not names:
            return None
        known = self._known.get(names)
        if known is None:
            known = self._known[names] = len(self.cells)
            self.cells.append(names)
        return known

    def data(self, numbered: Numbered) -> str:
        """All of it as JSON that can stand in a page; complete when all cells were asked for.

        `rows` are those of the report, under `columns`; of excerpts without their words, which are in the page.
        `evidence` has, by name, the numbers of quotes as steps; `gone` how many codings are in the study no more;
        `read` the place in `lists` of the sources that a zero is about; `cells` the names behind each cell.
        """
        report = self.report
        kept = [at for at, name in enumerate(report.table.columns) if (report.name, name) != ("excerpts", "text")]
        names = list(dict.fromkeys(name for cell in self.cells for name in cell))
        lists: dict[tuple[int, ...], int] = {}
        sources: dict[str, int] = {}
        read: dict[str, int] = {}
        for name in names:
            if name in self.evidence.read:
                listed = tuple(sources.setdefault(one, len(sources)) for one in self.evidence.read[name])
                read[name] = lists.setdefault(listed, len(lists))
        evidence = {name: numbered.steps(self.evidence.codings[name]) for name in names}
        gone = {name: len(self.evidence.codings[name]) - len(steps) for name, steps in evidence.items()}
        return as_data(
            {
                "report": report.name,
                "title": report.title,
                "unit": report.unit,
                "columns": [report.table.columns[at] for at in kept],
                "rows": [[row[at] for at in kept] for row in report.table.rows],
                "notes": list(report.notes),
                "manifest": dict(report.manifest),
                "cells": self.cells,
                "evidence": {name: steps for name, steps in evidence.items() if steps},
                "gone": {name: number for name, number in gone.items() if number},
                "read": read,
                "lists": list(lists),
                "sources": list(sources),
            }
        )


def as_data(found: dict[str, Any]) -> str:
    """JSON in which no sign can end the script that it stands in."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")

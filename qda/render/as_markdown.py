"""Markdown: a report with its table, notes and manifest, for papers and for version control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.markup import code_span, harmless
from qda.render.cells import is_number, shown
from qda.render.quotations import footnotes_markdown, quotations_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.report import Cell, Evidence, Report


def report_markdown(report: Report, evidence: Evidence | None) -> str:
    """A report as a Markdown document."""
    table = report.view or report.table
    lines = [f"# {harmless(report.title)}", "", *_sentences(report.lead), f"Unit: {harmless(report.unit)}", ""]
    lines.append(table_markdown(table.columns, table.rows) if table.rows else "Nothing is selected.\n")
    lines += [f"- {harmless(note)}" for note in report.notes]
    parts = report.parts()
    for part in parts:
        lines += ["", f"## {harmless(part.heading)}", "", *_sentences(part.sentences)]
        lines += quotations_markdown(part.quotes)
        lines += [table_markdown(*part.table).rstrip("\n")] if part.table.rows else []
    notes = footnotes_markdown([quote for part in parts for quote in part.quotes])
    lines += ["", *notes[:-1]] if notes else []
    lines += ["", f"Made anew by {code_span(report.manifest['command'])};"]
    lines.append(
        f"state `{report.manifest['state']}`, codebook version {report.manifest['codebook_version']},"
        f" {report.manifest['tool']}."
    )
    if evidence is not None:
        lines += ["", "## Evidence", "", "Ids of the codings behind each cell.", ""]
        lines += [
            f"- {harmless(cell)}: {' '.join(ids) or _read(evidence, cell)}" for cell, ids in evidence.codings.items()
        ]
    return "\n".join(lines) + "\n"


def _sentences(sentences: Sequence[str]) -> list[str]:
    """Each sentence as a paragraph."""
    return [line for sentence in sentences for line in (harmless(sentence), "")]


def _read(evidence: Evidence, cell: str) -> str:
    read = evidence.read.get(cell)
    return harmless(f"none; sources read: {', '.join(read)}") if read else "none"


def table_markdown(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table; numbers stand on the right."""
    right = [bool(rows) and any(is_number(row[i]) for row in rows) for i in range(len(columns))]
    lines = [_line([_cell(name) for name in columns]), _line(["--:" if on_right else ":--" for on_right in right])]
    lines += [_line([_cell(shown(name, cell)) for name, cell in zip(columns, row, strict=True)]) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """One line that cannot end its cell."""
    return harmless(" ".join(text.split()))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"

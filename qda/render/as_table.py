"""Tables for the terminal: aligned by the width of characters on the screen."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qda.model.markup import visible
from qda.render.cells import is_number, shown
from qda.render.quotations import quotations_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.reports.report import Cell, Evidence, Report

WIDEST = 60
GAP = "  "


def report_table(report: Report, evidence: Evidence | None) -> str:
    """A report for the terminal: title, unit, table, notes, and how to make it anew."""
    table = report.view or report.table
    lines = [report.title, *report.lead, f"Unit: {report.unit}", ""]
    lines.append(table_text(table.columns, table.rows) or "Nothing is selected.\n")
    lines += [f"- {note}" for note in report.notes]
    for part in report.parts():
        lines += ["", part.heading, *part.sentences, *quotations_text(part.quotes)]
        lines += ["", table_text(*part.table).rstrip("\n")] if part.table.rows else []
    lines += ["", f"{report.manifest['command']}"]
    lines.append(
        f"state {report.manifest['state'][:16]}, codebook version {report.manifest['codebook_version']},"
        f" {report.manifest['tool']}"
    )
    if evidence is not None:
        lines += ["", "Evidence (ids of codings):"]
        lines += [f"{cell}: {' '.join(ids) or _read(evidence, cell)}" for cell, ids in evidence.codings.items()]
    return visible("\n".join(lines) + "\n")


def _read(evidence: Evidence, cell: str) -> str:
    read = evidence.read.get(cell)
    return f"none; sources read: {', '.join(read)}" if read else "none"


def table_text(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Rows under their columns; numbers stand on the right."""
    if not rows:
        return ""
    cells = [[_cut(shown(name, cell)) for name, cell in zip(columns, row, strict=True)] for row in rows]
    right = [any(is_number(row[i]) for row in rows) for i in range(len(columns))]
    heads = [_cut(name) for name in columns]
    widths = [max(width(line[i]) for line in (heads, *cells)) for i in range(len(columns))]
    lines = [_line(heads, widths, right), GAP.join("-" * size for size in widths)]
    lines += [_line(line, widths, right) for line in cells]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = []
    for cell, size, on_right in zip(cells, widths, right, strict=True):
        space = " " * (size - width(cell))
        parts.append(space + cell if on_right else cell + space)
    return GAP.join(parts).rstrip()


def _cut(text: str) -> str:
    """One line, not too wide, without signs that would move the cursor."""
    line = visible(" ".join(text.split()))
    if width(line) <= WIDEST:
        return line
    while width(line) > WIDEST - 1:
        line = line[:-1]
    return line + "…"


def width(text: str) -> int:
    """How many columns of the terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1

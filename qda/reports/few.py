"""Reports without cells of few cases, and without others from which these could be computed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.reports.behind import reading_table
from qda.reports.few_plans import PLANS
from qda.reports.report import Evidence, Part, Report, Table
from qda.reports.suppressing import withheld

if TYPE_CHECKING:
    from collections.abc import Hashable

    from qda.reports.few_plans import Plan

    Id = Hashable

WITHHELD = "withheld"


def without_few(report: Report, fewest: int) -> Report:
    """A report without cells of fewer cases, and without others from which these could be computed."""
    make = PLANS.get(report.name)
    plan = make(report) if make is not None else None
    if plan is None:
        return replace(report, notes=(*report.notes, "Single cases, sources or codings are listed, few or not."))
    told = {name for name, places in plan.places.items() if any(column.startswith("cases") for _, column in places)}
    out = withheld(plan.cells, plan.sums, fewest, told)
    few = sum(0 < plan.cells[one].cases < fewest for one in out)
    said = f"Cells of fewer than {many(fewest, 'case')} are withheld: {few}"
    if len(out) > few:
        some = ", empty ones among them" if any(not plan.cells[one].value for one in out) else ""
        said += f"; and {len(out) - few} more{some}, from which they could be computed"
    said += "."
    gone = tuple(beginning for one, beginning in plan.notes.items() if one in out)
    notes = [note for note in report.notes if not (out and "add up to" in note) and not note.startswith(gone)]
    parts = report.parts
    return replace(
        report,
        table=_table(report, plan, out),
        view=_view(reading_table(report), plan, out) if report.view is not None or plan.views else None,
        notes=(*notes, said),
        lead=() if out and report.name == "quotes" else report.lead,
        parts=lambda: tuple(_part(report.name, part, out) for part in parts()),
        evidence=lambda: _evidence(report.evidence(), {name for one in out for name in plan.names.get(one, ())}),
        described={
            **report.described,
            WITHHELD: "what of the row is withheld, for it is of few cases or tells one that is",
        },
    )


def _table(report: Report, plan: Plan, out: frozenset[Id]) -> Table:
    """The table with empty cells where something is withheld, and a column that says what."""
    columns = report.table.columns
    at = {name: number for number, name in enumerate(columns)}
    rows = [list(row) for row in report.table.rows]
    marks: dict[int, dict[str, None]] = {}
    gone = {row for one in out for row in plan.drop.get(one, ())}
    for one in out:
        for row, name in plan.places.get(one, ()):
            if name in at:
                rows[row][at[name]] = WITHHELD if name == "state" else None
                marks.setdefault(row, {})[name] = None
    if not plan.places:
        return report.table._replace(
            rows=tuple(row for number, row in enumerate(report.table.rows) if number not in gone)
        )
    made = [
        (*row, "|".join(name for name in columns if name in marks.get(number, {})) or None)
        for number, row in enumerate(rows)
    ]
    return Table((*columns, WITHHELD), tuple(made))


def _view(view: Table, plan: Plan, out: frozenset[Id]) -> Table:
    rows = [list(row) for row in view.rows]
    for one in out:
        for row, column in plan.views.get(one, ()):
            rows[row][column] = WITHHELD
    return view._replace(rows=tuple(map(tuple, rows)))


def _part(name: str, part: Part, out: frozenset[Id]) -> Part:
    """A part without the figures, or the quotes, of what is withheld."""
    if name in ("quotes", "joint"):
        kept = tuple(row for row in part.table.rows if (part.heading, row[0]) not in out)
        return part._replace(table=part.table._replace(rows=kept))
    if name == "codebook" and {("own", part.heading), ("below", part.heading)} & out:
        said = tuple("Used: withheld." if words.startswith("Used: ") else words for words in part.sentences)
        return part._replace(sentences=said)
    return part


def _evidence(evidence: Evidence, gone: set[str]) -> Evidence:
    codings = {name: ids for name, ids in evidence.codings.items() if name not in gone}
    return Evidence(codings, {name: read for name, read in evidence.read.items() if name not in gone})

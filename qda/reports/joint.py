"""The joint display: facts and figures of datasets beside themes, by case or by the values of an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.facts import count_levels
from qda.model.nouns import many
from qda.reports.facts import measured
from qda.reports.joint_figures import Asked, read_figure
from qda.reports.joint_themes import by_case, by_value
from qda.reports.manifest import manifest
from qda.reports.narrow_view import numbered
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.scope import listed, look_up
from qda.reports.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.model.facts import Fact, Measure
    from qda.model.selection import Selection
    from qda.reports.joint_themes import Themes
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

FIGURES = (
    *("passages", "n", "of", "base_found", "base", "state"),
    *("figure", "unit", "period", "rater", "origin", "note", "quotation"),
)
FACT, DATASET, THEME = "fact", "dataset", "theme"
NOTHING = "no fact entered"
_BLANK: tuple[Cell, ...] = (None,) * len(FIGURES)


class Joined(NamedTuple):
    """What stands beside each other: the rows, the facts of each measure by row, figures, themes, facts left out.

    `marks` are the origins that cells refer to by their number, each with what is noted of it.
    """

    rows: tuple[str, ...]
    measures: list[tuple[Measure, dict[str, list[Fact]]]]
    figures: list[Asked]
    themes: Themes
    others: dict[str, int]
    marks: dict[tuple[str, str], int]


def joint(
    study: Study,
    selection: Selection,
    *,
    fact: Sequence[str] = (),
    figure: Sequence[str] = (),
    quote: bool = False,
) -> Report:
    """What is known from elsewhere beside what was said: rows are cases, or the values of `--by`.

    Args:
        study: The study.
        selection: The themes, as for the framework; one thing to set rows apart by, or none for cases.
        fact: The measures whose facts are shown; none: all.
        figure: Figures of datasets, as `register: outcome=returned by nationality`.
        quote: Whether each theme has its first words from each row.

    Raises:
        UsageError: Rows are to be set apart by more than one thing, or a figure is not written so.
        QdaError: Something that is named is not there.
    """
    if len(selection.by) > 1:
        raise UsageError("rows are cases, or the values of one attribute: --by ATTRIBUTE, once")
    scope = look_up(study, selection)
    joined = _joined(study, scope, fact, figure)
    said = joined.themes.quotations(study) if quote else {}
    rows = tuple(row for name in joined.rows for row in _row(joined, name, said))
    label = "value" if selection.by else "case"
    view, key = _view(scope, joined, rows)
    words = [word for name in fact for word in ("--fact", name)]
    words += [word for one in joined.figures for word in ("--figure", one.words)]
    return Report(
        name="joint",
        title=f"Joint display by {scope.selection.by[0] if scope.selection.by else 'case'}: {scope.whose}"
        f"{scope.cases_said(joined.themes.case_names)}",
        unit="facts as typed, rows of datasets, and passages",
        table=Table((label, "kind", "column", *FIGURES), rows),
        notes=(*_notes(scope, joined), *joined.themes.notes, *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "joint", [*words, *(["--quote"] if quote else [])]),
        evidence=lambda: _evidence(study, scope, joined),
        view=view,
        lead=(*_lead(scope, joined), *key),
        parts=lambda: _parts(scope, joined, said),
    )


def _joined(study: Study, scope: Scope, names: Sequence[str], words: Sequence[str]) -> Joined:
    themes = by_value(study, scope) if scope.selection.by else by_case(study, scope)
    attribute = scope.selection.by[0].rpartition(".")[2] if scope.selection.by else ""
    known = themes.known_rows()
    measures: list[tuple[Measure, dict[str, list[Fact]]]] = []
    others: dict[str, int] = {}
    for one, facts in measured(study, names):
        found: dict[str, list[Fact]] = {}
        for fact in facts:
            row = themes.case_names.get(fact.target or 0) if not attribute else None
            row = fact.held if attribute and fact.attribute == attribute else row
            if row is None:
                what = fact.attribute or "case"
                others[what] = others.get(what, 0) + 1
            else:
                found.setdefault(row, []).append(fact)
        if found or names:
            measures.append((one, found))
    rows = [*known, *sorted({row for _, found in measures for row in found} - {*known})]
    if attribute:
        rows.sort(key=lambda row: (row == MISSING, row))
    figures = [read_figure(study, each) for each in words]
    ordered = [fact for _, found in measures for row in rows for fact in found.get(row, ())]
    marked = [*((fact.mark, fact.note) for fact in ordered), *((one.mark, one.note) for one in figures)]
    marks = {mark: number for number, mark in enumerate(dict.fromkeys(marked), start=1)}
    return Joined(tuple(rows), measures, figures, themes, others, marks)


def _row(joined: Joined, name: str, said: dict[tuple[str, str], str]) -> list[tuple[Cell, ...]]:
    """The cells of a row: facts, figures of datasets, themes."""
    cells: list[tuple[Cell, ...]] = []
    for measure, found in joined.measures:
        facts = found.get(name, [])
        told = [[getattr(fact, field) for fact in facts] for field in ("value", "period", "rater", "origin", "note")]
        value, *rest = (_together(each) for each in told)
        state = None if facts else NOTHING
        cells.append((name, FACT, measure.name, *_BLANK[:5], state, value, measure.unit or None, *rest, None))
    for one in joined.figures:
        number, of = one.of(name)
        state = None if of else "not in the dataset"
        said_so = one.said(name) if of else None
        counts: tuple[Cell, ...] = (None, number, of, None, None)
        origin = (one.origin or None, one.note or None)
        cells.append((name, DATASET, one.column, *counts, state, said_so, "rows", None, None, *origin, None))
    for path, counted in joined.themes.cells(name):
        quotation = said.get((name, path))
        cells.append((name, THEME, path, *counted, *_BLANK[6:-1], quotation))
    return cells


def _together(words: Sequence[str]) -> str | None:
    """The words of all facts of a cell; None where none says anything."""
    return " | ".join(words) if any(words) else None


def _view(scope: Scope, joined: Joined, rows: tuple[tuple[Cell, ...], ...]) -> tuple[Table, tuple[str, ...]]:
    """Facts with the number of their origin, rows of datasets, passages with n of N."""
    heads = [measure.name for measure, _ in joined.measures]
    heads += [one.column for one in joined.figures]
    heads += list(joined.themes.paths)
    size = len(heads)
    lines: list[tuple[Cell, ...]] = []
    for at, name in enumerate(joined.rows if size else ()):
        part = rows[at * size : (at + 1) * size]
        facts = [_facts_said(joined, found.get(name, ())) for _, found in joined.measures]
        rest = [_said(joined, row) for row in part[len(facts) :]]
        lines.append((name, *facts, *rest))
    label = scope.selection.by[0] if scope.selection.by else "case"
    return numbered(Table((label, *heads), tuple(lines)), 1)


def _facts_said(joined: Joined, facts: Sequence[Fact]) -> str:
    if not facts:
        return NOTHING
    return " | ".join(f"{one.shown} [external {joined.marks[one.mark, one.note]}]" for one in facts)


def _said(joined: Joined, row: tuple[Cell, ...]) -> str:
    """A cell of a dataset or a theme, for reading."""
    found = dict(zip(("row", "kind", "column", *FIGURES), row, strict=True))
    if found["kind"] == DATASET:
        if not found["figure"]:
            return str(found["state"])
        one = next(each for each in joined.figures if each.column == found["column"])
        return f"{found['figure']} [external {joined.marks[one.mark, one.note]}]"
    if not found["passages"]:
        return str(found["state"]) if found["of"] is None else f"{found['state']} (0 of {found['of']})"
    return str(found["passages"]) if found["of"] is None else f"{found['passages']} ({found['n']} of {found['of']})"


def _lead(scope: Scope, joined: Joined) -> list[str]:
    """What stands beside each other, and how often each level was given."""
    what = f"values of {scope.selection.by[0]}" if scope.selection.by else "cases"
    lead = [
        f"Rows: {len(joined.rows)} {what}; columns: {many(len(joined.measures), 'measure')} of facts,"
        f" {many(len(joined.figures), 'figure')} of datasets, {many(len(joined.themes.paths), 'theme')}."
    ]
    for measure, found in joined.measures:
        values = [fact.value for facts in found.values() for fact in facts]
        if measure.type in ("scale", "yes/no") and values:
            levels = ", ".join(level.said for level in count_levels(measure, values))
            lead.append(f"{measure.name}: {levels}; {many(len(values), 'rating')} of {len(found)} of the rows.")
    return lead


def _notes(scope: Scope, joined: Joined) -> list[str]:
    notes = [f"[external {number}]: {mark}" + (f"; {note}" if note else "") for (mark, note), number in _listed(joined)]
    notes.append(
        "Figures marked external are no counts of codings: they stand as they were typed, or are counted in a dataset"
        f" after its recodings. '{NOTHING}' says so of this study, and nothing of the world."
    )
    if scope.selection.by:
        notes.append(
            "A theme: passages with those of its subcodes, then n of N: cases (sources, where there are none) of the"
            " value with a passage, of all of them; base_found and base count those that were asked and are done."
        )
    if joined.others:
        said = [
            f"{number} about {'cases' if what == 'case' else f'values of {what} (--by {what} shows them)'}"
            for what, number in sorted(joined.others.items())
        ]
        notes.append(f"Facts that have no row here: {listed(said)}.")
    return notes


def _listed(joined: Joined) -> list[tuple[tuple[str, str], int]]:
    return sorted(joined.marks.items(), key=lambda one: one[1])


def _parts(scope: Scope, joined: Joined, said: dict[tuple[str, str], str]) -> tuple[Part, ...]:
    """The quotations of each theme."""
    label = scope.selection.by[0] if scope.selection.by else "case"
    parts = []
    for path in joined.themes.paths:
        lines = tuple((row, " ".join(said[row, path].split())) for row in joined.rows if (row, path) in said)
        if lines:
            parts.append(Part(path, (), Table((label, "first words"), lines)))
    return tuple(parts)


def _evidence(study: Study, scope: Scope, joined: Joined) -> Evidence:
    """The codings of each theme in each row; of an empty cell the sources that were read."""
    rows = {(name, path): joined.themes.rows(name, path) for name in joined.rows for path in joined.themes.paths}
    ids = study.counts.ids({one for found in rows.values() for one in found})
    names = scope.source_names
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for (name, path), found in rows.items():
        cell = cell_name(name, THEME, path)
        codings[cell] = sorted({ids[one] for one in found})
        if not found:
            read[cell] = sorted(names[source] for source in joined.themes.sources(name))
    return Evidence(codings, read)

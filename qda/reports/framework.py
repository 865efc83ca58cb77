"""The framework matrix: cases by themes, each cell with the team's own summary and whether that still holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.model.nouns import many
from qda.reports.cells import columns
from qda.reports.framed import Framed, framed_by_all, stands_on_all, themes_of
from qda.reports.manifest import manifest
from qda.reports.narrow_view import numbered
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.scope import listed, look_up
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.model.summaries import Summary
    from qda.model.tree import Code
    from qda.reports.framed import Place
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

FIGURES = ("passages", "sources", "state", "stale_because", "summary", "written_by", "written_at")
WRITTEN, STALE, OPEN = "written", "stale", "open"


def framework(study: Study, selection: Selection) -> Report:
    """What each case says on each theme, in the team's own words.

    Themes are the codes that are named, or those at the top, with their subcodes; one attribute groups the cases.

    Raises:
        UsageError: More than one thing is given to group by.
        QdaError: It is not there.
    """
    if len(selection.by) > 1:
        raise UsageError("cases are grouped by one attribute: --by ATTRIBUTE, once")
    scope = look_up(study, selection)
    framed = Framed(study, scope, themes_of(scope))
    written, stale = _written(study, scope, framed)
    units = _units(study, scope, framed)
    begun = {theme for _, theme in written}
    rows = tuple(
        (framed.units[unit], *group, theme.path, *_figures(framed, (unit, theme.key), written, stale))
        for unit, group in units
        for theme in framed.themes
    )
    view, key = _view(scope, framed, rows)
    names = ("case", *(("value",) if scope.selection.by else ()), "theme")
    return Report(
        name="framework",
        title=f"Framework matrix: {scope.whose}{scope.cases_said(framed.subjects.case_names)}",
        unit="cells of a case and a theme",
        table=Table((*names, *FIGURES), rows),
        notes=(*_notes(scope, framed, written), *framed.codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "framework"),
        evidence=lambda: _evidence(study, scope, framed, units),
        view=view,
        lead=(*_lead(framed, rows, units), *key),
        parts=lambda: tuple(_chart(scope, theme, rows) for theme in framed.themes if theme.key in begun),
    )


def _written(
    study: Study, scope: Scope, framed: Framed
) -> tuple[dict[Place, list[Summary]], dict[str, tuple[str, ...]]]:
    """The summaries of each cell, whatever themes are shown, and why some of them are stale."""
    written: dict[Place, list[Summary]] = {}
    for one in study.summaries.all():
        if one.target in framed.units:
            written.setdefault((one.target, one.code), []).append(one)
    shown = {theme.key for theme in framed.themes}
    listed_ = [one for (_, theme), found in written.items() if theme in shown for one in found]
    if not listed_:
        return written, {}
    by_all = framed if stands_on_all(scope) else framed_by_all(study, scope.case_kind, {one.code for one in listed_})
    return written, by_all.stale(listed_)


def _units(study: Study, scope: Scope, framed: Framed) -> list[tuple[int, tuple[str, ...]]]:
    """The cases with the value that groups them, in the order of values and names; several values stand together."""
    names = sorted(framed.units, key=lambda unit: (framed.units[unit].casefold(), framed.units[unit]))
    if not scope.selection.by:
        return [(unit, ()) for unit in names]
    values = Values(study, framed.subjects, scope.selection.by[0])
    found: dict[int, list[str]] = {}
    by_value = columns(framed.subjects, iter(sorted(scope.source_keys)), (values,), framed.codings.where)
    for (value,), column in sorted(by_value.items()):
        for unit in column.cases:
            found.setdefault(unit, []).append(value)
    grouped = [(unit, (", ".join(found.get(unit, [MISSING])),)) for unit in names]
    return sorted(grouped, key=lambda one: (one[1] == (MISSING,), one[1]))


def _figures(
    framed: Framed, place: Place, written: dict[Place, list[Summary]], stale: dict[str, tuple[str, ...]]
) -> tuple[Cell, ...]:
    told, there = framed.told(*place), written.get(place, [])
    why = list(dict.fromkeys(words for one in there for words in stale.get(one.uid, ())))
    written_so = STALE if why else WRITTEN
    unwritten = OPEN if told else framed.state(*place)
    return (
        *(len(told), len({one.source for one in told}), written_so if there else unwritten, "; ".join(why) or None),
        "\n\n".join(one.body for one in there) or None,
        " | ".join(dict.fromkeys(one.coder for one in there)) or None,
        max((one.at for one in there), default=None),
    )


def _view(scope: Scope, framed: Framed, rows: tuple[tuple[Cell, ...], ...]) -> tuple[Table, tuple[str, ...]]:
    """Which cells are written: with how many passages, or why there are none."""
    size, by = len(framed.themes), scope.selection.by
    at = 2 + len(by)
    lines: list[tuple[Cell, ...]] = []
    for first in range(0, len(rows) if size else 0, size or 1):
        part = rows[first : first + size]
        cells = (f"{row[at + 2]} ({row[at]})" if row[at + 2] in (WRITTEN, STALE, OPEN) else row[at + 2] for row in part)
        lines.append((*part[0][: at - 1], *cells))
    return numbered(Table(("case", *by, *(theme.path for theme in framed.themes)), tuple(lines)), at - 1)


def _lead(
    framed: Framed, rows: tuple[tuple[Cell, ...], ...], units: list[tuple[int, tuple[str, ...]]]
) -> tuple[str, ...]:
    """How far the matrix is, and how many cases stand in each group."""
    states = Counter(row[-5] for row in rows)
    empty = len(rows) - sum(states[one] for one in (WRITTEN, STALE, OPEN))
    said = ", ".join(f"{states[one]} {one}" for one in (WRITTEN, STALE, OPEN))
    lead = [
        f"{many(len(units), 'case')} and {many(len(framed.themes), 'theme')} make {many(len(rows), 'cell')}: {said},"
        f" {empty} without passages."
    ]
    groups = Counter(group[0] for _, group in units if group)
    if groups:
        lead.append(f"Cases: {'; '.join(f'{value} {number}' for value, number in groups.items())}.")
    return tuple(lead)


def _chart(scope: Scope, theme: Code, rows: tuple[tuple[Cell, ...], ...]) -> Part:
    """What all cases say on a theme, one below the other."""
    by = scope.selection.by
    at = 2 + len(by)
    lines = [
        (*row[: at - 1], row[at], " ".join(filter(None, (_sign(row[at + 2], row[at + 3]), str(row[at + 4] or "")))))
        for row in rows
        if row[at - 1] == theme.path
    ]
    said = (theme.entry.definition,) if theme.entry.definition else ()
    return Part(theme.path, said, Table(("case", *by, "passages", "summary"), tuple(lines)))


def _sign(state: Cell, why: Cell) -> str:
    if state == WRITTEN:
        return ""
    return f"[{state}: {why}]" if why else f"[{state}]"


def _notes(scope: Scope, framed: Framed, written: dict[Place, list[Summary]]) -> list[str]:
    notes = [
        "A cell holds what the team wrote of a case on a theme; in brackets its passages, with those of the subcodes.",
        f"{STALE}: since it was written a coding in the cell was removed, moved or given other words, a definition was"
        f" changed, or a passage with new words came; {OPEN}: passages, and no summary yet.",
    ]
    if not stands_on_all(scope):
        notes.append("Passages are those of the selection; whether a summary is stale goes by all codings of its cell.")
    shown = {theme.key for theme in framed.themes}
    paths = {code.key: code.path for code in scope.tree.codes}
    others = Counter(paths[theme] for (_, theme), found in written.items() if theme not in shown for _ in found)
    if others:
        said = listed([f"{path} ({number})" for path, number in sorted(others.items())])
        notes.append(f"Summaries of themes that are not shown here: {said}; --code shows them.")
    several = [
        f"{framed.units[unit]} × {paths[theme]}"
        for (unit, theme), found in sorted(written.items())
        if theme in shown and len(found) > 1
    ]
    if several:
        notes.append(f"Written twice, by people who did not know of each other: {listed(several)}; make one of them.")
    return [*notes, *framed.subjects.case_notes(scope.case_kind)]


def _evidence(study: Study, scope: Scope, framed: Framed, units: list[tuple[int, tuple[str, ...]]]) -> Evidence:
    """The codings of each cell; of an empty one the sources of the case."""
    names = scope.source_names
    ids = study.counts.ids({row for place in framed.cells for row in framed.rows(*place)})
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for unit, group in units:
        for theme in framed.themes:
            cell = cell_name(framed.units[unit], *group, theme.path)
            codings[cell] = sorted({ids[row] for row in framed.rows(unit, theme.key)})
            if not codings[cell]:
                read[cell] = sorted(names[source] for source in framed.sources.get(unit, ()))
    return Evidence(codings, read)

"""Codes over time: by the dates of their sources, or by the moments that the passages speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.model.nouns import many
from qda.reports.canonical import FAMILY
from qda.reports.cells import Cell, Cells
from qda.reports.compared import compared_by
from qda.reports.counting import Codings
from qda.reports.families import Family
from qda.reports.frequency import with_subcodes
from qda.reports.manifest import manifest
from qda.reports.narrow_view import numbered
from qda.reports.periods import PERIODS, Dates
from qda.reports.report import Cell as Figure
from qda.reports.report import Evidence, Report, Table, cell_name
from qda.reports.scope import listed, look_up
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING, Values

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = ("code", "period", "passages", "sources", "persons", "cases", "sources_in_period", "share_of_sources")
NOBODY = "–"


class Timed:
    """A finished count: cells by code and period, the periods in order, and the sources of each."""

    def __init__(self, study: Study, scope: Scope, per: str, moment: str, *, evidence: bool = False) -> None:
        self.subjects = Subjects(study, scope)
        self.when = _when(study, scope, self.subjects, per, moment)
        family = self.when.codes if isinstance(self.when, Family) else frozenset[int]()
        roll_up = scope.selection.roll_up
        self.codings = Codings(
            study, scope, subjects=self.subjects, besides=family | (scope.descendants if roll_up else frozenset())
        )
        cells = Cells(self.codings, self.subjects, (self.when,), evidence=evidence)
        wanted = {code.key for code in scope.codes}
        parents = {code for code in wanted if scope.tree.children.get(code)} if roll_up else set[int]()
        for source, segments in self.codings.sources():
            for code, listed_ in segments.items():
                if code in wanted - parents:
                    cells.add(code, source, listed_, segments)
            for code, listed_ in with_subcodes(scope, segments) if roll_up else ():
                cells.add(code, source, listed_, segments)
        self.found = {(code, key[0]): cell for (code, key), cell in cells.cells.items()}
        known = list(self.when.paths) if isinstance(self.when, Family) else self.when.known()
        self.periods = [*known, *([MISSING] if any(when == MISSING for _, when in self.found) else [])]
        heads = {code.key for code in scope.codes if scope.tree.children.get(code.key)}
        self.codes = [one for one in scope.codes if one.key not in heads or cells.totals.get(one.key)]
        self.sources = self._sources(scope)

    def _sources(self, scope: Scope) -> dict[str, set[int]]:
        """The sources of each period; of a family of codes every source may speak of each moment."""
        found: dict[str, set[int]] = {}
        when = self.when
        if isinstance(when, Family):
            return found
        for source in scope.source_keys:
            for person in self.subjects.known(source) or (None,):
                for held in when.of(source, person):
                    found.setdefault(held.value, set()).add(source)
        return found

    def row(self, code: int, path: str, when: str) -> tuple[Figure, ...]:
        """The figures of a code in a period."""
        cell = self.found.get((code, when), Cell())
        base = len(self.sources.get(when, ())) if isinstance(self.when, Values) else None
        counts = (cell.passages, len(cell.sources), len(cell.persons), len(cell.cases))
        return (path, when, *counts, base, len(cell.sources) / base if base else None)


def timeline(study: Study, selection: Selection, *, per: str = "month", moment: str = "") -> Report:
    """Passages of the selected codes over time.

    Args:
        study: The study.
        selection: What is counted.
        per: `day`, `month`, `quarter` or `year` of the sources' dates.
        moment: In the place of dates: a family of codes on the same words, or an attribute.

    Raises:
        UsageError: There is no such period.
        QdaError: The moment is neither a code nor an attribute.
    """
    if per not in PERIODS:
        raise UsageError(f"--per is one of {', '.join(PERIODS)}, not '{per}'")
    scope = look_up(study, selection)
    timed = Timed(study, scope, per, moment)
    rows = tuple(timed.row(code.key, code.path, when) for code in timed.codes for when in timed.periods)
    view, lead = _view(timed, rows)
    return Report(
        name="timeline",
        title=f"Codes over {f'moments ({timed.when.name})' if moment else 'time'}: {scope.whose}"
        f"{scope.cases_said(timed.subjects.case_names)}",
        unit="passages",
        table=Table(COLUMNS, rows),
        notes=(*_notes(scope, timed, per, moment), *timed.codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "timeline", _options(per, moment)),
        evidence=lambda: _evidence(study, scope, per, moment),
        view=view,
        lead=lead,
    )


def _when(study: Study, scope: Scope, subjects: Subjects, per: str, moment: str) -> Values | Family:
    if not moment:
        return Dates(scope.sources, per)
    code = scope.tree.seek(moment.removeprefix(FAMILY))
    return compared_by(study, scope, subjects, f"{FAMILY}{code.path}" if code else moment)


def _options(per: str, moment: str) -> list[str]:
    words = ["--per", per] if per != "month" else []
    return [*words, *(["--moment", moment] if moment else [])]


def _view(timed: Timed, rows: tuple[tuple[Figure, ...], ...]) -> tuple[Table, tuple[str, ...]]:
    """Codes by periods; a dash where there is no source at all."""
    size = len(timed.periods)
    lines: list[tuple[Figure, ...]] = []
    for place in range(0, len(rows) if size else 0, size or 1):
        part = rows[place : place + size]
        lines.append((part[0][0], *(row[2] if row[6] is None or row[6] else NOBODY for row in part)))
    names = (one.removeprefix(f"{timed.when.name}/") for one in timed.periods)
    table, key = numbered(Table(("code", *names), tuple(lines)), 1)
    if not timed.sources:
        return table, key
    bases = ", ".join(f"{one} {len(timed.sources.get(one, ()))}" for one in timed.periods)
    return table, (*key, f"Sources in each period: {bases}.")


def _notes(scope: Scope, timed: Timed, per: str, moment: str) -> list[str]:
    notes = [f"Base: {many(len(scope.sources), 'source')}; a cell: passages of the code in the period."]
    if isinstance(timed.when, Family):
        notes.append("A passage stands at every moment that the same coder put on its words.")
    elif not moment:
        vague = [one.name for one in scope.sources if not timed.when.of(one.key, None)[0].level]
        notes.append("The time is that of the source (when it was said), not of what is told in it.")
        if vague:
            notes.append(f"No {per} is known of these, so {MISSING}: {listed(vague)}.")
    if any(row is not None and not row for row in map(timed.sources.get, timed.periods)) or _gaps(timed):
        notes.append(f"{NOBODY}: no source in that period; 0: sources, and none with the code.")
    return [*notes, *scope.rolled_up(), *timed.subjects.case_notes(scope.case_kind)]


def _gaps(timed: Timed) -> bool:
    return bool(timed.sources) and any(one not in timed.sources for one in timed.periods)


def _evidence(study: Study, scope: Scope, per: str, moment: str) -> Evidence:
    timed = Timed(study, scope, per, moment, evidence=True)
    ids = study.counts.ids({row for cell in timed.found.values() for row in cell.rows})
    names = scope.source_names
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for code in timed.codes:
        for when in timed.periods:
            cell, name = timed.found.get((code.key, when), Cell()), cell_name(code.path, when)
            codings[name] = sorted({ids[row] for row in cell.rows})
            if not cell.rows:
                read[name] = sorted(names[one] for one in timed.sources.get(when, scope.source_keys))
    return Evidence(codings, read)

"""Which codes meet: in one passage, turn, source or case, or within a distance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.model.nouns import many
from qda.reports.counting import Codings
from qda.reports.distance import Reach, count_near
from qda.reports.manifest import manifest
from qda.reports.meeting import Meetings, count_meetings
from qda.reports.report import Cell, Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.subjects import Subjects
from qda.reports.units import count_units

if TYPE_CHECKING:
    from qda.model.selection import Selection
    from qda.reports.scope import Scope
    from qda.store import Study

UNITS = ("turn", "source", "case")
MEASURES = ("count", "row")


def cooccurrence(
    study: Study,
    selection: Selection,
    *,
    within: str = "overlap",
    follows: bool = False,
    pool: bool = False,
    measure: str = "count",
    long: bool = False,
) -> Report:
    """Which of the selected codes meet, and how often.

    Args:
        study: The study.
        selection: What is counted.
        within: `overlap`, `turn`, `source`, `case`, a number of characters, or of turns as `2t`.
        follows: Count only where the column's code begins after the row's has ended.
        pool: Let two codes meet although different coders gave them.
        measure: `count`, or `row` (passages of the row's code that meet the column's).
        long: A row for each pair, with Jaccard, in the place of the matrix.

    Raises:
        UsageError: An option does not fit.
    """
    _check(within, measure, follows=follows)
    within = re.sub("^0+(?=[0-9])", "", within)
    scope = look_up(study, selection)
    found = _count(study, scope, within, follows=follows, pool=pool, rows=measure == "row")
    options = _options(within, follows=follows, pool=pool, measure=measure, long=long)
    table = _long(scope, found, measure) if long else _matrix(scope, found, measure)
    return Report(
        name="cooccurrence",
        title=f"Co-occurrence of codes ({_said(within, scope, follows=follows)}): {scope.whose}",
        unit=_unit(within, measure, follows=follows),
        table=table,
        notes=_notes(scope, found, within, pool=pool, long=long),
        manifest=manifest(study, scope, "cooccurrence", options),
        evidence=lambda: _evidence(study, scope, within, follows=follows, pool=pool, rows=measure == "row"),
        view=None if long else _view(scope, found, measure),
        described=_described(scope, within, measure, follows=follows, long=long),
    )


def _described(scope: Scope, within: str, measure: str, *, follows: bool, long: bool) -> dict[str, str]:
    """What the columns of numbers mean."""
    met, _, alone = _unit(within, measure, follows=follows).partition("; diagonal: ")
    if long:
        return {
            "count": met.replace("the row's code", "code").replace("the column's", "other"),
            "code_count": f"{alone}, for code alone",
            "other_count": f"{alone}, for other alone",
        }
    return {code.path: f"{met}, here with {code.path}; in its own row: {alone}" for code in scope.codes}


def _check(within: str, measure: str, *, follows: bool) -> None:
    reach = Reach.read(within, follows=follows)
    if within != "overlap" and within not in UNITS and reach is None:
        raise UsageError(
            f"--within is overlap, {', '.join(UNITS)}, a number of characters, or of turns as 2t, not '{within}'"
        )
    if follows and reach is None:
        raise UsageError(
            "--follows goes with --within turn, source, a number of characters, or of turns as 1t: what overlaps does"
            " not follow"
        )
    if measure not in MEASURES:
        raise UsageError(f"--measure is one of {', '.join(MEASURES)}, not '{measure}'")
    if measure == "row" and within in UNITS and reach is None:
        raise UsageError("--measure row counts passages; it goes with --within overlap or a number of characters")


def _count(
    study: Study,
    scope: Scope,
    within: str,
    *,
    follows: bool,
    pool: bool,
    rows: bool = False,
    evidence: bool = False,
) -> Meetings:
    codings = Codings(study, scope, roll_up=scope.selection.roll_up)
    reach = Reach.read(within, follows=follows)
    if reach is not None:
        found = count_near(codings, Subjects(study, scope), reach, pool=pool, evidence=evidence)
    elif within == "overlap":
        found = count_meetings(codings, pool=pool, rows=rows, evidence=evidence)
    else:
        subjects = Subjects(study, scope)
        unit = "source" if within == "case" and not subjects.case_names else within
        found = count_units(codings, subjects, unit, pool=pool, evidence=evidence)
        if unit == "case":
            found.notes.append(subjects.cases_said(scope, codings.where))
            found.notes += subjects.case_notes(scope.case_kind)
    found.notes += codings.notes()
    return found


def _figure(found: Meetings, measure: str, one: int, other: int) -> int:
    if one == other:
        return found.diagonal.get(one, 0)
    if measure == "row":
        return found.meeting.get((one, other), 0)
    return found.pairs.get(found.pair(one, other), 0)


def _matrix(scope: Scope, found: Meetings, measure: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (code.path, *(_figure(found, measure, code.key, other.key) for other in scope.codes)) for code in scope.codes
    ]
    return Table(("code", *(code.path for code in scope.codes)), tuple(rows))


def _long(scope: Scope, found: Meetings, measure: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, one in enumerate(scope.codes):
        others = scope.codes if measure == "row" or found.directed else scope.codes[number + 1 :]
        rows.extend(
            (
                one.path,
                other.path,
                _figure(found, measure, one.key, other.key),
                found.jaccard(one.key, other.key),
                found.diagonal.get(one.key, 0),
                found.diagonal.get(other.key, 0),
            )
            for other in others
            if other.key != one.key
        )
    return Table(("code", "other", "count", "jaccard", "code_count", "other_count"), tuple(rows))


def _view(scope: Scope, found: Meetings, measure: str) -> Table:
    """The matrix for reading: only codes that occur, columns numbered where there are many."""
    codes = [code for code in scope.codes if found.diagonal.get(code.key)]
    rows: list[tuple[Cell, ...]] = []
    for number, code in enumerate(codes, start=1):
        cells: list[Cell] = []
        for other in codes:
            figure = _figure(found, measure, code.key, other.key)
            whole = found.diagonal.get(code.key, 0)
            cells.append(f"{figure} of {whole}" if measure == "row" and other is not code else figure)
        rows.append((number, code.path, *cells))
    return Table(("", "code", *(str(number) for number in range(1, len(codes) + 1))), tuple(rows))


def _said(within: str, scope: Scope, *, follows: bool) -> str:
    if follows:
        return f"the column's follows the row's {_far(within)}"
    if within == "case":
        return (
            f"in one case of the kind '{scope.case_kind}'" if scope.case_kind else "in one source, there are no cases"
        )
    if within == "overlap":
        return "overlapping passages"
    return f"in one {within}" if within in UNITS else f"{_far(within)} apart"


def _far(within: str) -> str:
    """How far apart two passages may be, in words."""
    if within in UNITS:
        return f"in the same {within}"
    turns = within.endswith("t")
    return f"at most {many(int(within.rstrip('t')), 'turn' if turns else 'character')}"


def _unit(within: str, measure: str, *, follows: bool) -> str:
    if follows:
        if measure == "row":
            return "passages of the row's code that the column's follows; diagonal: passages of the code"
        return "pairs of a passage of the row's code and one of the column's after it; diagonal: passages of the code"
    if within in UNITS:
        return f"{within}s that hold both codes; diagonal: {within}s that hold the code"
    if measure == "row":
        return "passages of the row's code that meet the column's; diagonal: passages of the code"
    if within == "overlap":
        return "regions shared by a passage of each code; diagonal: passages of the code"
    return "pairs of passages; diagonal: passages of the code"


def _options(within: str, *, follows: bool, pool: bool, measure: str, long: bool) -> list[str]:
    words = ["--within", within] if within != "overlap" else []
    words += ["--follows"] if follows else []
    words += ["--pool"] if pool else []
    words += ["--measure", measure] if measure != "count" else []
    return words + (["--long"] if long else [])


def _notes(scope: Scope, found: Meetings, within: str, *, pool: bool, long: bool) -> tuple[str, ...]:
    notes = [
        "Two codes meet where any selected coder gave one and any gave the other (pooled)."
        if pool
        else "Two codes meet where one and the same coder gave both; a disagreement is no co-occurrence.",
        f"Base: {many(len(scope.sources), 'source')}.",
        *scope.rolled_up(),
    ]
    if found.directed:
        notes.append(
            "The column's code follows where its passage begins at or after the end of the row's; what overlaps does"
            " not follow."
        )
    if long and within == "overlap":
        notes.append("Jaccard: characters that both codes share, of the characters that either has.")
    silent = [code.path for code in scope.codes if not found.diagonal.get(code.key)]
    if silent and not long:
        notes.append(f"No passages, so not shown in the table for reading: {', '.join(silent)}.")
    return (*notes, *found.notes, *scope.notes, *scope.pooled)


def _evidence(study: Study, scope: Scope, within: str, *, follows: bool, pool: bool, rows: bool) -> Evidence:
    """The codings behind each cell; of a measure by row also those that make the row's passages."""
    found = _count(study, scope, within, follows=follows, pool=pool, rows=rows, evidence=True)
    ids = study.counts.ids({row for noted in (*found.rows.values(), *found.whole.values()) for row in noted})
    names = [source.name for source in scope.sources]
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for one in scope.codes:
        for other in scope.codes:
            behind = found.rows.get(found.pair(one.key, other.key), set())
            behind = behind | found.whole.get((one.key, other.key), set())
            cell = cell_name(one.path, other.path)
            codings[cell] = sorted(ids[row] for row in behind)
            if not behind:
                read[cell] = names
    return Evidence(codings, read)

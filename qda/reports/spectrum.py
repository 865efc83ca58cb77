"""Where each case stands on an ordinal scale at each moment, and the ways that cases go: no mean of levels is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.model.nouns import many
from qda.model.spans import CONSENSUS
from qda.reports.canonical import FAMILY
from qda.reports.counting import Codings
from qda.reports.families import Family
from qda.reports.levels import Levels, count_levels, merged_passages, moment_of, scales
from qda.reports.manifest import manifest
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.scope import listed, look_up
from qda.reports.subjects import Subjects
from qda.reports.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qda.model.selection import Selection
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = ("family", "case", "moment", "level", "place", "scale", "passages", "sources", "coders", "conflict")
TWO, APART = "two levels by one coder", "coders disagree"
TWO_SIGN, APART_SIGN = "!", "≠"
ON_SCALE, OUTSIDE = "on the scale", "outside"
EMPTY = "·"
MANY = 6  # moments that fit side by side


def spectrum(study: Study, selection: Selection, *, moment: str = "") -> Report:
    """The levels of each case at each moment, for every ordinal family that is selected.

    Args:
        study: The study.
        selection: What is counted; without codes, all ordinal families.
        moment: A family of codes or an attribute; empty for what the codebook says, or else the source's date.

    Raises:
        QdaError: The moment is neither a code nor an attribute.
    """
    scope = look_up(study, selection)
    subjects = Subjects(study, scope)
    below = frozenset(key for scale in scales(scope.tree, scope) for key in scope.tree.below(scale.top.key))
    found: list[Levels] = []
    codings = Codings(study, scope, besides=below)
    for scale in scales(scope.tree, scope):
        name = (moment or scale.top.entry.moment).removeprefix(FAMILY)
        when = moment_of(study, Codings(study, scope), subjects, name)
        family = when.codes if isinstance(when, Family) else frozenset[int]()
        codings = Codings(study, scope, besides=below | family)
        found.append(count_levels(codings, subjects, scale, when))
    rows = tuple(row for levels in found for row in _rows(scope, levels))
    texts = dict(study.counts.texts()) if any(row[-1] for row in rows) else {}
    return Report(
        name="spectrum",
        title=f"Spectrum of {' and '.join(one.scale.top.path for one in found) or 'no family'}: {scope.whose}"
        f"{scope.cases_said(subjects.case_names)}",
        unit="levels of a case at a moment",
        table=Table(COLUMNS, rows),
        notes=(*_notes(scope, subjects, found, codings), *codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "spectrum", ["--moment", moment] if moment else []),
        evidence=lambda: _evidence(study, scope, found),
        view=_view(scope, found),
        lead=_lead(found),
        parts=lambda: tuple(part for levels in found for part in _parts(scope, levels, texts)),
    )


def _lead(found: list[Levels]) -> tuple[str, ...]:
    """Each scale in words, from low to high."""
    if not found:
        return ("No family of the selected codes is ordinal; 'ordinal: true' in the codebook says that one is.",)
    said = []
    for levels in found:
        scale = levels.scale
        low_to_high = " < ".join(code.entry.name for code in scale.levels)
        apart = ", ".join(f"({code.entry.name})" for code in scale.outside)
        said.append(f"{scale.top.path}, from low to high: {low_to_high}{f'; outside: {apart}' if apart else ''}.")
    return tuple(said)


def _conflict(levels: Levels, case: str, moment: str) -> list[str]:
    """What contradicts itself at a place: one coder's levels, or the levels of several."""
    if moment == MISSING:
        return []  # nobody knows whether this is one moment
    given = levels.by_coder(case, moment)
    found = [TWO] if any(len(keys) > 1 for keys in given.values()) else []
    return [*found, APART] if len({tuple(keys) for keys in given.values()}) > 1 else found


def _coder(scope: Scope, key: int) -> str:
    return "consensus" if key == CONSENSUS else scope.coder_names[key]


def _rows(scope: Scope, levels: Levels) -> Iterator[tuple[Cell, ...]]:
    """One row for each case, moment and level."""
    scale = levels.scale
    order = {code.key: number for number, code in enumerate(scale.levels, start=1)}
    for case in levels.cases:
        for moment in levels.moments:
            for key in levels.of(case, moment):
                said = levels.said[case, moment][key]
                coders = sorted({_coder(scope, one.coder) for one in said})
                yield (
                    *(
                        scale.top.path,
                        case,
                        moment,
                        scope.tree.by_key[key].path,
                        order.get(key),
                        ON_SCALE if key in order else OUTSIDE,
                    ),
                    *(merged_passages(said), len({one.source for one in said}), "|".join(coders)),
                    "; ".join(_conflict(levels, case, moment)),
                )


def _name(scope: Scope, levels: Levels, key: int) -> str:
    name = scope.tree.by_key[key].entry.name
    return f"({name})" if any(code.key == key for code in levels.scale.outside) else name


def _cell(scope: Scope, levels: Levels, case: str, moment: str) -> str:
    """The levels at a place in words, with a sign where they contradict each other."""
    names = "/".join(_name(scope, levels, key) for key in levels.of(case, moment))
    signs = {TWO: TWO_SIGN, APART: APART_SIGN}
    return " ".join(filter(None, [names, "".join(signs[one] for one in _conflict(levels, case, moment))]))


def _view(scope: Scope, found: list[Levels]) -> Table:
    """Cases by moments; of many moments, as dates are, a row for each at which a case has a level."""
    family = ("family",) if len(found) > 1 else ()
    moments = list(dict.fromkeys(moment for levels in found for moment in levels.moments))
    heads = [moment.rpartition("/")[2] for moment in moments]
    names = heads if len({*heads}) == len(heads) else moments
    rows: list[tuple[Cell, ...]] = []
    for levels in found:
        top = (levels.scale.top.path,) if family else ()
        for case in levels.cases:
            cells = [_cell(scope, levels, case, moment) for moment in moments]
            if len(moments) <= MANY:
                rows.append((*top, case, *(cell or EMPTY for cell in cells)))
            else:
                rows += [(*top, case, name, cell) for name, cell in zip(names, cells, strict=True) if cell]
    return Table((*family, "case", *(names if len(moments) <= MANY else ("moment", "level"))), tuple(rows))


def _notes(scope: Scope, subjects: Subjects, found: list[Levels], codings: Codings) -> list[str]:
    notes = ["A cell: the level that is told of the case at that moment; (in brackets) outside the scale."]
    if subjects.case_names:
        notes.append(subjects.cases_said(scope, codings.where))
    for levels in found:
        places = sorted(levels.said)
        conflicts = [_conflict(levels, *place) for place in places]
        two, apart = sum(TWO in one for one in conflicts), sum(APART in one for one in conflicts)
        notes.append(
            f"{levels.scale.top.path}: levels of {many(len(levels.cases), 'case')}"
            f" at {many(len(places), 'moment')} in {many(len(levels.sources), 'source')}."
        )
        if two:
            notes.append(
                f"WARNING: one coder gave two levels at one moment, {many(two, 'time')} ({TWO_SIGN}); both excerpts"
                " stand below."
            )
        if apart:
            notes.append(f"Coders disagree about the level at {many(apart, 'moment')} ({APART_SIGN}); listed below.")
        if any(moment == MISSING for _, moment in places):
            notes.append(f"{MISSING}: no moment is told; it is no part of a path.")
        if levels.homeless:
            names = listed(sorted(scope.source_names[key] for key in levels.homeless))
            notes.append(f"Without a case of the kind '{scope.case_kind}', so left out: {names}.")
    return [*notes, *subjects.case_notes(scope.case_kind)]


def _parts(scope: Scope, levels: Levels, texts: dict[int, str]) -> Iterator[Part]:
    """What stands below the table: cases by level and moment, paths, contradictions."""
    top = levels.scale.top.path
    if not levels.said:
        return
    yield Part(f"{top}: cases at each level", (_reading(levels),), _spread(scope, levels))
    paths = list(_paths(scope, levels))
    if paths:
        yield Part(
            f"{top}: paths",
            ("Cases with a level at two or more moments.",),
            Table(("path", "cases", "who"), tuple(paths)),
        )
    for sign, heading in ((TWO, "one coder gave two levels at one moment"), (APART, "coders disagree")):
        rows = [row for place in sorted(levels.said) for row in _excerpts(scope, levels, place, sign, texts)]
        if rows:
            columns = ("case", "moment", "coder", "level", "excerpt", "where")
            yield Part(f"{top}: {heading}", (), Table(columns, tuple(rows)))


def _reading(levels: Levels) -> str:
    apart = "; what is outside stands last, not lowest" if levels.scale.outside else ""
    return (
        f"Cases, from the lowest level down to the highest{apart}. A case with two levels at a moment counts at both."
    )


def _spread(scope: Scope, levels: Levels) -> Table:
    """How many cases have each level at each moment, and at any."""
    lines: list[tuple[Cell, ...]] = []
    for code in levels.scale.places:
        at = [
            {case for (case, when), held in levels.said.items() if when == one and code.key in held}
            for one in levels.moments
        ]
        lines.append((_name(scope, levels, code.key), *map(len, at), len(set().union(*at))))
    whole = [len({case for case, when in levels.said if when == one}) for one in levels.moments]
    lines.append(("cases", *whole, len(levels.cases)))
    return Table(("level", *(one.rpartition("/")[2] for one in levels.moments), "any moment"), tuple(lines))


def _paths(scope: Scope, levels: Levels) -> Iterator[tuple[Cell, ...]]:
    """The ways through the moments, the most common first."""
    found: dict[str, list[str]] = {}
    for case in levels.cases:
        steps = [
            "/".join(_name(scope, levels, key) for key in levels.of(case, moment))
            for moment in levels.moments
            if moment != MISSING and (case, moment) in levels.said
        ]
        if len(steps) > 1:
            found.setdefault(" → ".join(steps), []).append(case)
    for path, cases in sorted(found.items(), key=lambda one: (-len(one[1]), one[0])):
        yield path, len(cases), ", ".join(cases)


def _excerpts(
    scope: Scope, levels: Levels, place: tuple[str, str], sign: str, texts: dict[int, str]
) -> Iterator[tuple[Cell, ...]]:
    """The excerpts behind a contradiction, level by level and coder by coder."""
    case, moment = place
    if sign not in _conflict(levels, case, moment):
        return
    given = levels.by_coder(case, moment)
    for key in levels.of(case, moment):
        for one in levels.said[place][key]:
            if sign == APART or len(given[one.coder]) > 1:
                where = f"{scope.source_names[one.source]} {one.start}-{one.end}"
                words = texts[one.source][one.start : one.end]
                yield case, moment, _coder(scope, one.coder), _name(scope, levels, key), words, where


def _evidence(study: Study, scope: Scope, found: list[Levels]) -> Evidence:
    """The codings behind each level of a case at a moment."""
    ids = study.counts.ids(
        {
            row
            for levels in found
            for held in levels.said.values()
            for said in held.values()
            for one in said
            for row in one.rows
        }
    )
    codings: dict[str, list[str]] = {}
    for levels in found:
        for (case, moment), held in sorted(levels.said.items()):
            for key, said in held.items():
                name = cell_name(levels.scale.top.path, case, moment, scope.tree.by_key[key].path)
                codings[name] = sorted({ids[row] for one in said for row in one.rows})
    return Evidence(codings)

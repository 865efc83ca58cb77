"""What the figures stand on: how much of each source is coded, by whom it is done, and what was asked there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qda.model.nouns import many
from qda.model.spans import ROW, extents
from qda.reports.counting import Codings, base_characters
from qda.reports.manifest import manifest
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.response import frame_note
from qda.reports.scope import look_up
from qda.reports.states import FOUND, NONE_FOUND, NOT_ASKED, NOT_YET, UNKNOWN, States
from qda.reports.subjects import Subjects

if TYPE_CHECKING:
    from qda.model.nouns import Source
    from qda.model.selection import Selection
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = (
    *("source", "kind", "date", "characters", "coded_characters", "share_coded", "codes"),
    *("found", "none_found", "not_yet_coded", "not_asked", "coverage_unknown"),
    *("done", "in_progress", "assigned", "no_state"),
)
STATES = (FOUND, NONE_FOUND, NOT_YET, NOT_ASKED, UNKNOWN)
VIEW = ("source", "coded", "found", "none found", "not yet", "not asked", "unknown", "done", "in progress")


class Looked(NamedTuple):
    """A source that was looked at: its characters, those coded, the state of each code, the rows of its codings."""

    source: Source
    characters: int
    coded: int
    states: dict[int, str]
    rows: list[int]


def coverage(study: Study, selection: Selection) -> Report:
    """Each selected source with how much of it the selected codes cover, and what is known of every code there."""
    scope = look_up(study, selection)
    codings = Codings(study, scope)
    found = _look(study, scope, codings)
    coders = _coders(study, scope)
    rows = tuple(_row(scope, one, coders) for one in found)
    return Report(
        name="coverage",
        title=f"Coverage: {scope.whose}",
        unit="codes in a source; characters",
        table=Table(COLUMNS, rows),
        notes=(*_notes(), *frame_note(study), *codings.notes(), *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "coverage"),
        evidence=lambda: _evidence(study, found),
        view=_view(rows),
        lead=(_lead(study, scope, found, coders),),
        parts=lambda: (_codes(scope, found),),
    )


def _look(study: Study, scope: Scope, codings: Codings) -> list[Looked]:
    segments = dict(codings.sources())
    states = States(study, scope, Subjects(study, scope))
    hidden = study.not_data.by_source()
    looked = []
    for source in scope.sources:
        here = segments.get(source.key, {})
        kept = {code: codings.kept(source.key, listed) for code, listed in here.items()}
        together = sorted(one for listed in kept.values() for one in listed)
        coded = codings.without(source.key).characters(extents(together))
        all_ = source.characters - sum(end - start for start, end in hidden.get(source.key, ()))
        told = {
            code.key: FOUND if kept.get(code.key) else states.of_source(source.key, (code.key,)) for code in scope.codes
        }
        looked.append(Looked(source, all_, coded, told, [one[ROW] for one in together]))
    return looked


def _coders(study: Study, scope: Scope) -> dict[int, dict[str, list[str]]]:
    """For each source the coders by their state there; those who coded without one stand under an empty state."""
    found: dict[int, dict[str, list[str]]] = {}
    stated: set[tuple[int, int]] = set()
    for source, coder, layer, state, _ in study.progress.counted():
        if scope.coders is not None and (layer or coder not in scope.coders):
            continue
        name = "consensus" if layer else scope.coder_names[coder]
        found.setdefault(source, {}).setdefault(state, []).append(name)
        if not layer:
            stated.add((source, coder))
    for source, voices in study.counts.independent_coders().items():
        for coder in sorted(voices):
            if (source, coder) not in stated and (scope.coders is None or coder in scope.coders):
                found.setdefault(source, {}).setdefault("", []).append(scope.coder_names[coder])
    return found


def _row(scope: Scope, one: Looked, coders: dict[int, dict[str, list[str]]]) -> tuple[Cell, ...]:
    states = Counter(one.states.values())
    who = coders.get(one.source.key, {})
    return (
        *(one.source.name, one.source.kind, one.source.date or None, one.characters, one.coded),
        *(one.coded / one.characters if one.characters else None, len(scope.codes)),
        *(states[state] for state in STATES),
        *(" | ".join(sorted(who.get(state, ()))) or None for state in ("done", "in progress", "assigned", "")),
    )


def _view(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """The table for reading: without what seldom differs."""
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        share = row[5]
        coded = f"{share * 100:.1f} %" if isinstance(share, float) else "n/a"
        lines.append((row[0], coded, *row[7:12], row[12] or "", row[13] or ""))
    return Table(VIEW, tuple(lines))


def _lead(study: Study, scope: Scope, found: list[Looked], coders: dict[int, dict[str, list[str]]]) -> str:
    done = [one for one in found if "done" in coders.get(one.source.key, {})]
    whole = base_characters(study, scope)
    coded = sum(one.coded for one in found)
    share = f"{coded / whole * 100:.1f} %" if whole else "n/a"
    return (
        f"{many(len(found), 'source')}: {len(done)} done by somebody, {sum(not one.rows for one in found)} without any"
        f" of these codes; {share} of the characters are coded ({coded} of {whole})."
    )


def _notes() -> list[str]:
    return [
        "coded: characters under any of the selected codes, each once, of those that are data.",
        "found to unknown: the selected codes, each by itself, by what is known of it in the source: 'none found' only"
        " where it was asked about, and everybody with a state there is done under a codebook that had the code.",
        "done, in progress: who says so ('qda progress', or the sources screen); 'qda coverage' enters what was asked.",
    ]


def _codes(scope: Scope, found: list[Looked]) -> Part:
    """Each code with in how many sources what is known of it."""
    rows: list[tuple[Cell, ...]] = []
    for code in scope.codes:
        states = Counter(one.states[code.key] for one in found)
        rows.append((code.path, *(states[state] for state in STATES)))
    return Part("Codes by what is known of them, in sources", (), Table(("code", *STATES), tuple(rows)))


def _evidence(study: Study, found: list[Looked]) -> Evidence:
    ids = study.counts.ids({row for one in found for row in one.rows})
    names = {one.source.name: cell_name(one.source.name, "coded_characters") for one in found}
    codings = {names[one.source.name]: sorted({ids[row] for row in one.rows}) for one in found}
    return Evidence(codings, {names[one.source.name]: [one.source.name] for one in found if not one.rows})

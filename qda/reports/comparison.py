"""Codes by values of one or two attributes (or of a family of codes), with why a cell is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qda.errors import UsageError
from qda.model.judgements import cell_sign
from qda.reports.compared import ALL_FIGURES, Counted, both, count, distinct, figures_of, unit
from qda.reports.comparison_notes import notes_of
from qda.reports.difference import TEST_COLUMNS, test_columns
from qda.reports.judging import judged
from qda.reports.manifest import manifest
from qda.reports.report import Cell as Figure
from qda.reports.report import Evidence, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.states import NOT_ASKED, NOT_YET, UNASKED, UNKNOWN
from qda.reports.values import MISSING

if TYPE_CHECKING:
    from qda.model.judgements import Judgement
    from qda.model.selection import Selection
    from qda.reports.cells import Key
    from qda.reports.scope import Scope
    from qda.store import Study

# What somebody said by hand of a cell, beside its figures.
BY_HAND = ("state_by_hand", "reason_by_hand", "set_by", "set_at")
SET_BY_HAND = "‡"

# A state is that of the source of which least is known; beside a base it holds for a part of the sources only.
_PARTLY = {NOT_ASKED: "partly not asked", NOT_YET: "partly not yet coded", UNKNOWN: "coverage partly unknown"}


def comparison(study: Study, selection: Selection, *, test: bool = False) -> Report:
    """Each selected code by the values of `--by`.

    Args:
        study: The study.
        selection: What is counted, and what it is compared by.
        test: Whether to test if the share of cases differs between values.

    Raises:
        QdaError: Nothing, or more than two things, are given to compare by, or they are not there; or a test
            is asked for where none is allowed.
    """
    if not 1 <= len(selection.by) <= 2:
        raise UsageError("say what to compare by: --by ATTRIBUTE, once or twice")
    scope = look_up(study, selection)
    counted = count(study, scope)
    keys = sorted(counted.columns, key=_missing_last)
    names = ("value", "value2")[: len(selection.by)]
    by_hand = _ByHand(study, scope)
    lines = [
        (code.path, *key, *figures_of(counted, code.key, key), *by_hand.columns(code.key, key))
        for code in scope.codes
        for key in keys
    ]
    figures: tuple[str, ...] = (*ALL_FIGURES, *BY_HAND)
    notes = notes_of(scope, counted, keys, [line[1 + len(names) :] for line in lines])
    if test:
        tested, said = test_columns(scope, counted, keys)
        lines = [(*line, *tested[str(line[0])]) for line in lines]
        figures, notes = (*figures, *TEST_COLUMNS), (*said, *notes)
    rows = tuple(lines)
    return Report(
        name="comparison",
        title=f"{_compared(counted)}: {scope.whose}{scope.cases_said(counted.subjects.case_names)}",
        unit=f"passages; base and share in {unit(counted, scope)}",
        table=Table(("code", *names, *figures), rows),
        notes=(*notes, *by_hand.notes(scope, keys)),
        manifest=manifest(study, scope, "comparison", ["--test"] if test else []),
        evidence=lambda: _evidence(study, scope, keys),
        view=_view(scope, counted, keys, rows, tested=test),
    )


class _ByHand:
    """The states that were set by hand, for the cells of a comparison."""

    def __init__(self, study: Study, scope: Scope) -> None:
        self._by = scope.selection.by
        self._set = judged(study)

    def of(self, code: int, key: Key) -> list[Judgement]:
        """Those of a cell; two where people set one who did not know of each other."""
        return self._set.get((code, cell_sign(zip(self._by, key, strict=True))), [])

    def columns(self, code: int, key: Key) -> tuple[Figure, ...]:
        """State, reason, who and when, of a cell; nothing where none is set."""
        there = self.of(code, key)
        return tuple(
            " | ".join(getattr(one, name) for one in there) or None for name in ("state", "reason", "coder", "at")
        )

    def notes(self, scope: Scope, keys: list[Key]) -> list[str]:
        """Each state that is set in a cell that is shown, with its reason."""
        return [
            f"{SET_BY_HAND} {code.path} at {' / '.join(key)}: {one.state}, set by {one.coder}, {one.at[:10]}:"
            f" {one.reason}"
            for code in scope.codes
            for key in keys
            for one in self.of(code.key, key)
        ]


def _missing_last(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple((value == MISSING, value) for value in key)


def _compared(counted: Counted) -> str:
    return "Codes by " + " and ".join(by.name for by in counted.by)


def _view(
    scope: Scope, counted: Counted, keys: list[Key], rows: tuple[tuple[Figure, ...], ...], *, tested: bool
) -> Table:
    """The table for reading: codes by values; a number where something was found, else why not."""
    width = len(counted.by)
    lines: list[tuple[Figure, ...]] = []
    for number, code in enumerate(scope.codes):
        part = rows[number * len(keys) : (number + 1) * len(keys)]
        cells = [_shown(row[1 + width :]) for row in part]
        of_test = [_rounded(figure) for figure in part[0][-len(TEST_COLUMNS) :]] if tested and part else []
        lines.append((code.path, *cells, _distinct(counted, code.key), *of_test))
    more = ("p", "p (Holm)", "V") if tested and keys else ()
    return Table(("code", *(" / ".join(key) for key in keys), "distinct", *more), tuple(lines))


def _distinct(counted: Counted, code: int) -> Figure:
    """The passages of a code, each once, whatever the columns add up to; with its subcodes where that is more."""
    own, below = distinct(counted, code)
    return own if below == own else f"{own}, with subcodes {below}"


def _rounded(figure: Figure) -> Figure:
    return f"{figure:.3f}" if isinstance(figure, float) else figure


def _shown(figures: tuple[Figure, ...]) -> str:
    of = dict(zip((*ALL_FIGURES, *BY_HAND), figures, strict=False))
    mark = f" {SET_BY_HAND} {of['state_by_hand']}" if of["state_by_hand"] else ""
    state, base, passages, below = (of[name] for name in ("state", "base", "passages", "passages_with_subcodes"))
    if not below:
        return f"{_PARTLY.get(str(state), state)} [0 of {base}]{mark}" if base else f"{state}{mark}"
    text = f"{passages}{'*' if state == UNASKED else ''}"
    if passages != below:
        text += f", with subcodes {below}"
    if base:
        return f"{text} [{of['base_found']} of {base}]{mark}"
    return f"{text} [{of['cases_with_subcodes']}]{mark}"


def _evidence(study: Study, scope: Scope, keys: list[Key]) -> Evidence:
    counted = count(study, scope, evidence=True)
    names = {source.key: source.name for source in scope.sources}
    cells = {(code.key, key): both(counted, code.key, key) for code in scope.codes for key in keys}
    ids = study.counts.ids({row for pair in cells.values() for cell in pair for row in cell.rows})
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for code in scope.codes:
        for key in keys:
            own, below = cells[code.key, key]
            cell = cell_name(code.path, *key)
            codings[cell] = sorted({ids[row] for row in own.rows})
            if below.rows != own.rows:
                codings[cell_name(code.path, *key, "with subcodes")] = sorted({ids[row] for row in below.rows})
            if not own.rows:
                read[cell] = sorted(names[source] for source in counted.columns[key].sources)
    return Evidence(codings, read)

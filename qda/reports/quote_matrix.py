"""The quote matrix: codes by the values of an attribute, each cell with its excerpts and how many cases of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qda.errors import UsageError
from qda.model.nouns import many
from qda.model.spans import CODER, CONSENSUS, ROW, passages
from qda.reports.beside import COLUMNS as TRANSLATED
from qda.reports.beside import Beside
from qda.reports.cells import Cells, Share
from qda.reports.compared import count, unit
from qda.reports.counting import Codings
from qda.reports.families import Family
from qda.reports.frequency import with_subcodes
from qda.reports.manifest import manifest
from qda.reports.report import Evidence, Part, Report, Table, cell_name
from qda.reports.scope import look_up
from qda.reports.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.model.selection import Selection
    from qda.model.spans import Segment
    from qda.model.tree import Code
    from qda.reports.compared import Counted
    from qda.reports.report import Cell
    from qda.reports.scope import Scope
    from qda.store import Study

COLUMNS = (
    *("code", "value", "n", "of", "base_found", "base", "case", "speaker", "source", "date", "start", "end"),
    *("text", "coders", "codings"),
)
EMPTY = "–"


class Quote(NamedTuple):
    """A passage in one cell: where it stands, who of the value is heard in it, and the codings that make it."""

    source: int
    start: int
    end: int
    persons: frozenset[int]
    cases: frozenset[int]
    segments: tuple[Segment, ...]


class Quoted(Cells):
    """Cells that keep their passages."""

    quotes: dict[tuple[int, str], list[Quote]]

    def _count(self, code: int, source: int, shares: list[Share], times: int, segments: Sequence[Segment]) -> None:
        del times
        found = passages(segments)
        for key, persons, cases in shares:
            quote = Quote(source, found[0][0], found[-1][1], persons, cases, tuple(segments))
            self.quotes.setdefault((code, key[0]), []).append(quote)


class Matrix(NamedTuple):
    """A finished matrix: the figures, the codes that are shown, the values in order, and the quotes of each cell."""

    counted: Counted
    codes: list[Code]
    values: list[str]
    quotes: dict[tuple[int, str], list[Quote]]
    names: dict[int, str]


def quotes(study: Study, selection: Selection, *, per_case: int = 0) -> Report:
    """What was said under each code, by the values of `--by`.

    Args:
        study: The study.
        selection: What is counted, and the one thing by which it is set apart.
        per_case: How many passages of a case a cell shows at most; 0 for all.

    Raises:
        UsageError: Nothing, or more than one thing, is given to compare by.
        QdaError: It is not there.
    """
    if len(selection.by) != 1:
        raise UsageError("say by what the quotes are set apart: --by ATTRIBUTE, once")
    scope = look_up(study, selection)
    matrix = _matrix(study, scope)
    shown, left = _shown(matrix, per_case)
    beside = Beside(study, scope)
    rows = _rows(study, scope, matrix, shown, beside)
    view = _view(matrix)
    return Report(
        name="quotes",
        title=f"Quotes by {matrix.counted.by[0].name}: {scope.whose}"
        f"{scope.cases_said(matrix.counted.subjects.case_names)}",
        unit=f"passages; n of N in {unit(matrix.counted, scope)}",
        table=Table((*COLUMNS, *beside.columns), rows),
        notes=(*_notes(scope, matrix, left), *matrix.counted.notes, *scope.notes, *scope.pooled),
        manifest=manifest(study, scope, "quotes", ["--per-case", str(per_case)] if per_case else []),
        evidence=lambda: _evidence(study, scope, matrix),
        view=view,
        lead=_lead(matrix),
        parts=lambda: _parts(matrix, rows),
    )


def _matrix(study: Study, scope: Scope) -> Matrix:
    counted = count(study, scope)
    codings = Codings(
        study,
        scope,
        subjects=counted.subjects,
        besides=scope.descendants | frozenset(key for by in counted.by if isinstance(by, Family) for key in by.codes),
    )
    quoted = Quoted(codings, counted.subjects, counted.by, evidence=True)
    quoted.quotes = {}
    wanted = {code.key for code in scope.codes}
    roll_up = scope.selection.roll_up
    for source, segments in codings.sources():
        for code, listed in segments.items():
            if code in wanted and not (roll_up and scope.tree.children.get(code)):
                quoted.add(code, source, listed, segments)
        for code, listed in with_subcodes(scope, segments) if roll_up else ():
            quoted.add(code, source, listed, segments)
    used = {code for code, _ in quoted.quotes}
    values = sorted((key[0] for key in counted.columns), key=lambda value: (value == MISSING, value))
    names = counted.subjects.case_names or scope.source_names
    return Matrix(counted, [code for code in scope.codes if code.key in used], values, quoted.quotes, names)


def _shown(matrix: Matrix, per_case: int) -> tuple[dict[tuple[int, str], list[Quote]], int]:
    """The quotes that are shown, in the order of cases, and how many are left out."""
    shown: dict[tuple[int, str], list[Quote]] = {}
    left = 0
    for cell, found in matrix.quotes.items():
        met: dict[frozenset[int], int] = {}
        for one in sorted(found, key=lambda one: (_cases(matrix, one), one.source, one.start)):
            met[one.cases] = met.get(one.cases, 0) + 1
            if per_case and met[one.cases] > per_case:
                left += 1
            else:
                shown.setdefault(cell, []).append(one)
    return shown, left


def _cases(matrix: Matrix, quote: Quote) -> str:
    return " | ".join(sorted(matrix.names[case] for case in quote.cases))


def _rows(
    study: Study, scope: Scope, matrix: Matrix, shown: dict[tuple[int, str], list[Quote]], beside: Beside
) -> tuple[tuple[Cell, ...], ...]:
    """A row for each quote that is shown, in the order of codes, values and cases."""
    ids = study.counts.ids({segment[ROW] for found in shown.values() for one in found for segment in one.segments})
    sources = {source.key: source for source in scope.sources}
    texts: dict[int, str] = {}
    rows: list[tuple[Cell, ...]] = []
    for code in matrix.codes:
        for value in matrix.values:
            for one in shown.get((code.key, value), ()):
                if one.source not in texts:
                    texts[one.source] = study.sources.text(one.source)
                source = sources[one.source]
                rows.append(
                    (
                        *(code.path, value, *_figures(matrix, code.key, value), _cases(matrix, one) or None),
                        " | ".join(sorted(matrix.counted.subjects.names[key] for key in one.persons)) or None,
                        *(source.name, source.date or None, one.start, one.end, texts[one.source][one.start : one.end]),
                        " | ".join(_coders(scope, one.segments)),
                        " ".join(sorted(ids[segment[ROW]] for segment in one.segments)),
                        *beside.cells(beside.of(one.source, one.start, one.end)),
                    )
                )
    return tuple(rows)


def _coders(scope: Scope, segments: Iterable[Segment]) -> list[str]:
    keys = {segment[CODER] for segment in segments}
    return sorted("consensus" if key == CONSENSUS else scope.coder_names[key] for key in keys)


def _figures(matrix: Matrix, code: int, value: str) -> tuple[int, int, int, int]:
    """Cases with a passage, cases of the value; and the same of those that were asked and are done."""
    from qda.reports.compared import base_of

    column = matrix.counted.columns[value,]
    base = base_of(matrix.counted, column, code, (value,))
    found = {case for one in matrix.quotes.get((code, value), ()) for case in one.cases}
    return len(found), len(column.cases), len(found & base), len(base)


def _view(matrix: Matrix) -> Table:
    """Codes by values: passages, and in how many of how many cases."""
    lines: list[tuple[Cell, ...]] = []
    for code in matrix.codes:
        cells = []
        for value in matrix.values:
            n, of, _, _ = _figures(matrix, code.key, value)
            passages_ = len(matrix.quotes.get((code.key, value), ()))
            cells.append(f"{passages_} [{n} of {of}]" if passages_ else f"{EMPTY} [0 of {of}]")
        lines.append((code.path, *cells))
    return Table(("code", *matrix.values), tuple(lines))


def _lead(matrix: Matrix) -> tuple[str, ...]:
    """How many cases are quoted at all, of how many; and of each value."""
    quoted = {case for found in matrix.quotes.values() for one in found for case in one.cases}
    everybody = {case for column in matrix.counted.columns.values() for case in column.cases}
    said = []
    for value in matrix.values:
        here = {case for (_, at), found in matrix.quotes.items() if at == value for one in found for case in one.cases}
        said.append(f"{value} {len(here)} of {len(matrix.counted.columns[value,].cases)}")
    what = "case" if matrix.counted.subjects.case_names else "source"
    return (f"Quoted: {len(quoted)} of {many(len(everybody), what)} ({'; '.join(said)}).",)


def _notes(scope: Scope, matrix: Matrix, left: int) -> list[str]:
    what = "cases" if matrix.counted.subjects.case_names else "sources"
    notes = [
        f"In the table: passages, then n of N: {what} with a passage, of all {what} of the value in the selected"
        " sources, whether or not they were asked; base_found and base count those that were asked and are done.",
        "A passage of several persons, or with several values, stands under each of them.",
    ]
    if left:
        notes.append(f"Further passages of a case in a cell, not shown in the lists below: {left}.")
    return [*notes, *scope.rolled_up()]


def _parts(matrix: Matrix, rows: tuple[tuple[Cell, ...], ...]) -> tuple[Part, ...]:
    """The quotes of each code, value by value."""
    at = {name: place for place, name in enumerate(COLUMNS)}
    by = matrix.counted.by[0].name
    other = TRANSLATED[:1] if rows and len(rows[0]) > len(COLUMNS) else ()
    parts = []
    for code in matrix.codes:
        lines = [
            (
                *(row[at["value"]], f"{row[at['n']]} of {row[at['of']]}", row[at["case"]] or row[at["source"]]),
                *(" ".join(str(words).split()) for words in (row[at["text"]], *row[len(COLUMNS) : len(COLUMNS) + 1])),
            )
            for row in rows
            if row[0] == code.path
        ]
        said = (code.entry.definition,) if code.entry.definition else ()
        parts.append(Part(code.path, said, Table((by, "n of N", "case", "words", *other), tuple(lines))))
    return tuple(parts)


def _evidence(study: Study, scope: Scope, matrix: Matrix) -> Evidence:
    ids = study.counts.ids(
        {segment[ROW] for found in matrix.quotes.values() for one in found for segment in one.segments}
    )
    codings: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for code in matrix.codes:
        for value in matrix.values:
            cell = cell_name(code.path, value)
            found = matrix.quotes.get((code.key, value), ())
            codings[cell] = sorted({ids[segment[ROW]] for one in found for segment in one.segments})
            if not found:
                sources = matrix.counted.columns[value,].sources
                read[cell] = sorted(scope.source_names[source] for source in sources)
    return Evidence(codings, read)

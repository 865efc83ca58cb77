"""Every figure of a report against the reference, for one world and one selection.

`KNOWN` names faults of the product that stand as `xfail` in `test_known_faults.py`; while a name stands here,
the figures that the fault touches are left alone. Take the name out with the fault. `QDA_KNOWN` in the environment
sets other names, `QDA_EXAMPLES` the number of worlds.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import oracle
import pytest
from oracle import FOUND, NONE_FOUND, NOT_ASKED, NOT_YET, UNKNOWN, path
from oracle.states import is_done
from oracle.subjects import LEVELS
from oracle.world import chosen_sources, family, is_data
from worlds import CONSENSUS, told

from qda.errors import QdaError
from qda.reports.registry import report_function
from qda.reports.report import Report, cell_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oracle import Selection as Asked
    from oracle import World
    from oracle.comparison import Cell
    from oracle.world import Code
    from worlds import Drawn

    from qda.model.selection import Selection
    from qda.store.study import Study

KNOWN: frozenset[str] = frozenset(os.environ.get("QDA_KNOWN", ""))

UNASKED = "unasked"
MEASURES = ("passages", "characters", "share", "sources", "persons", "cases", "coders")
WITHINS: tuple[str | int, ...] = ("overlap", "turn", "source", "case", 0, 1, 7, 30)


def number(value: Any) -> Any:
    """A figure as the product gives it: fractions as floats."""
    return value if value is None or isinstance(value, (int, str)) else float(value)


def by_column(report: Report) -> list[dict[str, Any]]:
    """The rows of a report by the names of their columns."""
    return [dict(zip(report.table.columns, row, strict=True)) for row in report.table.rows]


def without_faulty_roll_up(selection: Selection) -> Selection:
    """The selection, not rolled up where a known fault merges only the selected subcodes."""
    faulty = "R" in KNOWN and selection.roll_up and not selection.subcodes
    return replace(selection, roll_up=False) if faulty else selection


# --- frequency ---------------------------------------------------------------------------------------------


def check_frequency(study: Study, drawn: Drawn, selection: Selection) -> None:
    """All figures, own and with subcodes, and the codings behind them."""
    selection = without_faulty_roll_up(selection)
    world, asked = told(drawn, selection)
    report = report_function("frequency")(study, selection)
    rows = {row["code"]: row for row in by_column(report)}
    expected = {path(row.code): row for row in oracle.frequency(world, asked)}
    assert set(rows) == set(expected)
    evidence = report.evidence()
    for code, wanted in expected.items():
        for figures, suffix in ((wanted.own, ""), (wanted.with_subcodes, "_with_subcodes")):
            found = {name: rows[code][name + suffix] for name in MEASURES}
            by_name = {name: number(getattr(figures, name)) for name in MEASURES}
            assert found == by_name | {"coders": _coders(world, figures.evidence)}, (code, suffix)
            cell = cell_name(code, f"passages{suffix}")
            assert evidence.codings[cell] == sorted(figures.evidence), cell
            if not figures.evidence:
                assert sorted(evidence.read[cell]) == sorted(chosen_sources(world, asked))
    check_words(report, drawn, world, asked)


def _coders(world: World, evidence: frozenset[str]) -> int:
    """How many coded: the consensus is nobody beside those who coded by themselves, and one where it is alone."""
    names = {coding.coder for coding in world.codings if coding.id in evidence}
    return len(names - {CONSENSUS} or names)


def check_words(report: Report, drawn: Drawn, world: World, asked: Asked) -> None:
    """The title says whose codings these are, the notes which sources are pooled."""
    if asked.coders is not None and asked.layer != "consensus":
        for coder in asked.coders - {CONSENSUS}:
            assert coder in report.title
    pooled = " ".join(note.split(" in ", 1)[-1] for note in report.notes if note.startswith("Pooled:"))
    heard = replace(asked, codes=None)
    for source in world.sources:
        coders = {
            coding.coder
            for coding in oracle.chosen_codings(world, heard)
            if coding.source == source and coding.layer == "independent"
        }
        assert (source in pooled) == (len(coders) > 1), (source, pooled)


# --- co-occurrence -----------------------------------------------------------------------------------------


def check_cooccurrence(study: Study, drawn: Drawn, selection: Selection, within: str | int, *, pool: bool) -> None:
    """The matrix, the measure by row and Jaccard; the codings behind a cell must make its count again."""
    if "H" in KNOWN and within == "case" and not drawn.world.cases:
        return
    world, asked = told(drawn, selection)
    if "N" in KNOWN and within == "overlap" and _meet_out_of_data(world):
        return
    report_of = report_function("cooccurrence")
    expected = oracle.cooccurrence(world, asked, within, pool=pool)
    report = report_of(study, selection, within=str(within), pool=pool)
    names = {code: path(code) for code in expected.codes}
    rows = {row["code"]: row for row in by_column(report)}
    assert set(rows) == set(names.values())
    matrix = {(a, b): rows[names[a]][names[b]] for a in names for b in names}
    assert matrix == expected.count
    long = by_column(report_of(study, selection, within=str(within), pool=pool, long=True))
    by_path = {name: code for code, name in names.items()}
    pairs = {(by_path[row["code"]], by_path[row["other"]]): row for row in long}
    assert {frozenset(pair) for pair in pairs} == {frozenset((a, b)) for a in names for b in names if a != b}
    for pair, row in pairs.items():
        assert row["count"] == expected.count[pair]
        assert row["jaccard"] == number(expected.jaccard[pair]), (pair, within)
    if within in {"turn", "source", "case"}:
        check_row_measure_is_refused(study, selection, within)
    else:
        check_row_measure(study, selection, world, asked, within, pool=pool)
    check_evidence(report, world, asked, expected, within, pool=pool)


def _meet_out_of_data(world: World) -> bool:
    """Whether two codings of one source share characters, but only such as are no data."""
    for number, one in enumerate(world.codings):
        for other in world.codings[:number]:
            shared = range(max(one.start, other.start), min(one.end, other.end))
            source = world.sources[one.source]
            if one.source == other.source and shared and not any(is_data(source, place) for place in shared):
                return True
    return False


def check_row_measure_is_refused(study: Study, selection: Selection, within: str | int) -> None:
    """By units there are no passages that meet."""
    with pytest.raises(QdaError, match="--measure row"):
        report_function("cooccurrence")(study, selection, within=str(within), measure="row")


def check_row_measure(
    study: Study, selection: Selection, world: World, asked: Asked, within: str | int, *, pool: bool
) -> None:
    """Passages of the row's code that meet the column's; N stands on the diagonal."""
    report = report_function("cooccurrence")(study, selection, within=str(within), pool=pool, measure="row")
    rows = {row["code"]: row for row in by_column(report)}
    expected = oracle.cooccurrence(world, asked, within, pool=pool, measure="row")
    for (a, b), count in expected.count.items():
        assert rows[path(a)][path(b)] == count, (a, b, within)
    assert all(rows[path(code)][path(code)] == total for code, total in expected.passages.items())


def check_evidence(
    report: Report,
    world: World,
    asked: Asked,
    expected: oracle.Cooccurrence,
    within: str | int,
    *,
    pool: bool,
) -> None:
    """Each cell has codings of its codes alone, and a study with only these has the same cell."""
    evidence = report.evidence()
    chosen = oracle.chosen_codings(world, asked)
    for (a, b), count in expected.count.items():
        cell = cell_name(path(a), path(b))
        ids = evidence.codings[cell]
        assert ids == sorted(set(ids))
        assert ids == evidence.codings[cell_name(path(b), path(a))]
        behind = [coding for coding in chosen if coding.id in ids]
        assert len(behind) == len(ids)
        reach = [*family(world, a), *family(world, b)] if asked.roll_up else [a, b]
        assert {coding.code for coding in behind} <= set(reach)
        assert bool(ids) == bool(count)
        if not ids:
            assert sorted(evidence.read[cell]) == sorted(chosen_sources(world, asked))
        else:
            only = replace(world, codings=behind)
            again = oracle.cooccurrence(only, replace(asked, codes=(a, b), subcodes=False), within, pool=pool)
            if isinstance(within, int) and not pool:
                # A coding that only joins two passages of another coder is not behind the pair.
                assert again.count[a, b] >= count, (cell, within)
            else:
                assert again.count[a, b] == count, (cell, within)


# --- comparison --------------------------------------------------------------------------------------------


def check_comparison(study: Study, drawn: Drawn, selection: Selection) -> None:
    """All cells: own figures, those with subcodes, base, share, what stands beside the base, state, evidence."""
    selection = without_faulty_roll_up(selection)
    world, asked = told(drawn, selection)
    by = [_by(world, name) for name in selection.by]
    if any(isinstance(one, str) and not _anybody_has(world, one) for one in by):
        with pytest.raises(QdaError, match="no attribute"):
            report_function("comparison")(study, selection)
        return
    report = report_function("comparison")(study, selection)
    if touched(world, selection, by):
        return
    expected = oracle.comparison(world, asked, by, by_within=selection.by_within, family_top=False)
    values = ("value", "value2")[: len(by)]
    rows = {(row["code"], *(row[name] for name in values)): row for row in by_column(report)}
    evidence = report.evidence()
    columns = {key[1:] for key in rows}
    for (code, at), cell in expected.cells.items():
        if at in columns:
            row = rows.pop((path(code), *at))
            check_cell(row, cell)
            if not misses_sources(row, cell):
                check_base(row, cell)
                if "I" not in KNOWN or cell.state != FOUND or cell.with_subcodes.passages:
                    assert row["state"] in states(world, asked, code, cell, _needed(world, by, at)), row
            check_cell_evidence(evidence, cell_name(path(code), *at), cell, row)
        else:  # values that nobody and nothing has together
            assert not cell.own.passages
            assert not cell.with_subcodes.passages
            assert not (cell.sources and asked.subcodes) or any(not isinstance(one, str) for one in by)
    assert not rows
    distinct = {row[0]: row[-1] for row in report.view.rows} if report.view else {}
    assert distinct == {path(code): total.own.passages for code, total in expected.totals.items()}


def touched(world: World, selection: Selection, by: Sequence[str | Code]) -> bool:
    """Whether a known fault of the product touches the whole comparison."""
    families = [one for one in by if not isinstance(one, str)]
    several = any(
        sum(name in (case.persons if is_person else case.sources) for case in world.cases.values()) > 1
        for names, is_person in ((world.persons, True), (world.sources, False))
        for name in names
    )
    no_turns = any(not source.turns for source in world.sources.values())
    unknown = any(not source.turns and len(source.persons) > 1 for source in world.sources.values())
    return (
        ("C" in KNOWN and unknown)
        or ("K" in KNOWN and selection.layer == "consensus" and bool(selection.coders))
        or ("D" in KNOWN and several and len(by) == 2 and not families)
        or ("F" in KNOWN and bool(families) and selection.by_within == "turn" and no_turns)
    )


def misses_sources(row: dict[str, Any], cell: Cell) -> bool:
    """Whether a known fault left the sources out that could have been in this column."""
    return "E" in KNOWN and not row["cases_in_value"] and bool(cell.sources)


def _by(world: World, name: str) -> str | Code:
    codes = {path(code): code for code in world.codes}
    return codes.get(name, name)


def _anybody_has(world: World, name: str) -> bool:
    level, dot, plain = name.partition(".")
    forced = bool(dot) and level in LEVELS
    holders = {"person": world.persons, "source": world.sources, "case": world.cases}
    return any(
        holder.attributes.get(plain if forced else name)
        for where in ((level,) if forced else LEVELS)
        for holder in holders[where].values()
    )


def check_cell(row: dict[str, Any], cell: Cell) -> None:
    """What was found of one code under one value."""
    for figures, suffix in ((cell.own, ""), (cell.with_subcodes, "_with_subcodes")):
        if figures is not cell.own and falls_back(cell):
            continue
        for name in ("passages", "sources", "persons", "cases"):
            assert row[name + suffix] == getattr(figures, name), (row, name + suffix)


def falls_back(cell: Cell) -> bool:
    """Whether a known fault gives the own figures for those with subcodes, which stand under other values."""
    return "J" in KNOWN and bool(cell.own.passages) and not cell.with_subcodes.passages


def check_base(row: dict[str, Any], cell: Cell) -> None:
    """Of how many, and who stands beside them."""
    beside = {name: cell.beside.get(state, 0) for name, state in BESIDE.items()}
    everybody = cell.base + sum(beside.values())
    assert row["base"] == cell.base, row
    if not falls_back(cell):
        assert row["share"] == number(cell.with_subcodes.share), row
    assert {name: row[name] for name in BESIDE} == beside, row
    assert row["cases_in_value"] == everybody, row
    assert row["per_case"] == (cell.own.passages / everybody if everybody else None)


BESIDE = {"cases_asked_not_done": NOT_YET, "cases_not_asked": NOT_ASKED, "cases_unknown": UNKNOWN}


def check_cell_evidence(evidence: Any, name: str, cell: Cell, row: dict[str, Any]) -> None:
    """The codings behind a cell, own and with subcodes; behind a zero the sources that were read."""
    assert evidence.codings[name] == sorted(cell.own.evidence), name
    below = evidence.codings.get(f"{name}|with subcodes", evidence.codings[name])
    assert falls_back(cell) or below == sorted(cell.with_subcodes.evidence), name
    empty = not cell.own.evidence and not cell.with_subcodes.evidence and cell.state != FOUND
    if empty and not misses_sources(row, cell):
        if cell.sources:  # a column that only passages made has the sources of these
            assert sorted(evidence.read[name]) == sorted(cell.sources), name


def _needed(world: World, by: Sequence[str | Code], at: tuple[str, ...]) -> set[Code]:
    codes = {path(code): code for code in world.codes}
    return {codes[value] for one, value in zip(by, at, strict=True) if not isinstance(one, str) and value in codes}


def states(world: World, asked: Asked, code: Code, cell: Cell, needed: set[Code]) -> set[str]:
    """The state of a cell in the product's order of reasons (the reference has another, its choice AC)."""
    if cell.state == FOUND:
        exactly = {UNASKED if cell.unasked else FOUND}
        return {UNASKED, FOUND} if "G" in KNOWN else exactly
    found = {source_state(world, asked, code, source, needed) for source in cell.sources}
    for state in (NOT_YET, UNKNOWN, NOT_ASKED, NONE_FOUND):
        if state in found:
            return {state}
    return {UNKNOWN}  # no source at all (the reference says `not asked`)


def source_state(world: World, asked: Asked, code: Code, source: str, needed: Iterable[Code]) -> str:
    """Explicitly not asked comes first, then read or not, then that nothing was entered about asking."""
    entered = world.coverage.get((source, code))
    if entered is False:
        return NOT_ASKED
    records = [key for key in world.progress if key[0] == source and (asked.coders is None or key[1] in asked.coders)]
    if records and not is_done(world, asked, source, {code, *needed}):
        return NOT_YET
    if entered is None:
        return UNKNOWN
    return NONE_FOUND if records else NOT_YET

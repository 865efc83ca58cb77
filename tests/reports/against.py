"""Every figure of a report against the reference, for one world and one selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import oracle
import pytest
from oracle import FOUND, NONE_FOUND, NOT_ASKED, NOT_YET, UNKNOWN, path
from oracle.states import is_done
from oracle.subjects import LEVELS
from oracle.world import chosen_codes as oracle_codes
from oracle.world import chosen_sources, family
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

UNASKED = "unasked"
MEASURES = ("passages", "characters", "share", "sources", "persons", "cases", "coders")
WITHINS: tuple[str | int, ...] = ("overlap", "turn", "source", "case", 0, 1, 7, 30)


def number(value: Any) -> Any:
    """A figure as the product gives it: fractions as floats."""
    return value if value is None or isinstance(value, (int, str)) else float(value)


def by_column(report: Report) -> list[dict[str, Any]]:
    """The rows of a report by the names of their columns."""
    return [dict(zip(report.table.columns, row, strict=True)) for row in report.table.rows]


# --- frequency ---------------------------------------------------------------------------------------------


def check_frequency(study: Study, drawn: Drawn, selection: Selection) -> None:
    """All figures, own and with subcodes, and the codings behind them."""
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
            assert found == by_name | {"coders": _coders(drawn, figures.evidence)}, (code, suffix)
            cell = cell_name(code, f"passages{suffix}")
            assert evidence.codings[cell] == sorted(figures.evidence), cell
            if not figures.evidence:
                assert sorted(evidence.read[cell]) == sorted(chosen_sources(world, asked))
    check_words(report, drawn, world, asked)


def _coders(drawn: Drawn, evidence: frozenset[str]) -> int:
    """How many coded; whoever recorded a part of the consensus is one of them."""
    return len({coding.coder for coding in drawn.world.codings if coding.id in evidence})


def check_words(report: Report, drawn: Drawn, world: World, asked: Asked) -> None:
    """The title says whose codings these are, the notes which sources are pooled."""
    if asked.coders is not None:
        for coder in asked.coders - {CONSENSUS}:
            assert coder in report.title
    pooled = " ".join(note for note in report.notes if note.startswith("Pooled in "))
    named, _, others = pooled.partition(", not in ")
    but = [source for source in world.sources if source in others]
    chosen = chosen_sources(world, asked)
    everything = others or f"all {len(chosen)} sources" in pooled
    wanted = {
        other for code in oracle_codes(world, asked) for other in (family(world, code) if asked.roll_up else [code])
    }
    heard = [coding for coding in oracle.chosen_codings(world, replace(asked, codes=None)) if coding.code in wanted]
    for source in world.sources:
        coders = {one.coder for one in heard if one.source == source and one.layer == "independent"}
        said = source in named or bool(everything and source in chosen and source not in but)
        assert said == (len(coders) > 1), (source, pooled)


# --- co-occurrence -----------------------------------------------------------------------------------------


def check_cooccurrence(study: Study, drawn: Drawn, selection: Selection, within: str | int, *, pool: bool) -> None:
    """The matrix, the measure by row and Jaccard; the codings behind a cell must make its count again."""
    world, asked = told(drawn, selection)
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
        assert (row["code_count"], row["other_count"]) == tuple(expected.count[code, code] for code in pair)
        assert row["jaccard"] == number(expected.jaccard[pair]), (pair, within)
    if within in {"turn", "source", "case"}:
        check_row_measure_is_refused(study, selection, within)
    else:
        check_row_measure(study, selection, world, asked, within, pool=pool)
    check_evidence(report, world, asked, expected, within, pool=pool)


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
    check_evidence(report, world, asked, expected, within, pool=pool, measure="row")


def check_evidence(
    report: Report,
    world: World,
    asked: Asked,
    expected: oracle.Cooccurrence,
    within: str | int,
    *,
    pool: bool,
    measure: str = "count",
) -> None:
    """Each cell has codings of its codes alone, and a study with only these has the same cell."""
    evidence = report.evidence()
    chosen = oracle.chosen_codings(world, asked)
    for (a, b), count in expected.count.items():
        cell = cell_name(path(a), path(b))
        ids = evidence.codings[cell]
        assert ids == sorted(set(ids))
        if measure == "count":
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
            again = oracle.cooccurrence(
                only, replace(asked, codes=(a, b), subcodes=False), within, pool=pool, measure=measure
            )
            assert again.count[a, b] == count, (cell, within, measure)


# --- comparison --------------------------------------------------------------------------------------------


def check_comparison(study: Study, drawn: Drawn, selection: Selection) -> None:
    """All cells: own figures, those with subcodes, base, share, what stands beside the base, state, evidence."""
    world, asked = told(drawn, selection)
    by = [_by(world, name) for name in selection.by]
    if any(isinstance(one, str) and not _anybody_has(world, one) for one in by):
        with pytest.raises(QdaError, match="no attribute"):
            report_function("comparison")(study, selection)
        return
    report = report_function("comparison")(study, selection)
    expected = oracle.comparison(world, asked, by, by_within=selection.by_within, family_top=False)
    values = ("value", "value2")[: len(by)]
    rows = {(row["code"], *(row[name] for name in values)): row for row in by_column(report)}
    evidence = report.evidence()
    columns = {key[1:] for key in rows}
    for (code, at), cell in expected.cells.items():
        if at in columns:
            row = rows.pop((path(code), *at))
            check_cell(row, cell)
            check_base(row, cell)
            assert row["state"] == state(world, asked, code, cell, _needed(world, by, at)), row
            check_cell_evidence(evidence, cell_name(path(code), *at), cell)
        else:  # values that nobody and nothing has together
            assert not cell.own.passages
            assert not cell.with_subcodes.passages
            assert not (cell.sources and asked.subcodes) or any(not isinstance(one, str) for one in by)
    assert not rows
    for row in by_column(report):
        total = next(one for code, one in expected.totals.items() if path(code) == row["code"])
        own, below = row["distinct_passages"], row["distinct_passages_with_subcodes"]
        assert (own, below) == (total.own.passages, total.with_subcodes.passages)
    distinct = {row[0]: row[-1] for row in report.view.rows} if report.view else {}
    assert distinct == {path(code): _distinct(total) for code, total in expected.totals.items()}


def _distinct(total: Any) -> int | str:
    own, below = total.own.passages, total.with_subcodes.passages
    return own if own == below else f"{own}, with subcodes {below}"


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
        for name in ("passages", "sources", "persons", "cases"):
            assert row[name + suffix] == getattr(figures, name), (row, name + suffix)


def check_base(row: dict[str, Any], cell: Cell) -> None:
    """Of how many, and who stands beside them."""
    beside = {name: cell.beside.get(state, 0) for name, state in BESIDE.items()}
    everybody = cell.base + sum(beside.values())
    assert row["base"] == cell.base, row
    for figures, suffix in ((cell.own, ""), (cell.with_subcodes, "_with_subcodes")):
        alone = "" if suffix else "_own"
        assert row[f"share{alone}"] == number(figures.share), row
        assert row[f"base_found{alone}"] == figures.cases_in_base, row
        assert row[f"per_case{suffix}"] == (figures.passages / everybody if everybody else None)
    assert {name: row[name] for name in BESIDE} == beside, row
    assert row["cases_in_value"] == everybody, row


BESIDE = {"cases_asked_not_done": NOT_YET, "cases_not_asked": NOT_ASKED, "cases_unknown": UNKNOWN}


def check_cell_evidence(evidence: Any, name: str, cell: Cell) -> None:
    """The codings behind a cell, own and with subcodes; behind a zero the sources that were read."""
    assert evidence.codings[name] == sorted(cell.own.evidence), name
    below = evidence.codings.get(f"{name}|with subcodes", evidence.codings[name])
    assert below == sorted(cell.with_subcodes.evidence), name
    empty = not cell.own.evidence and not cell.with_subcodes.evidence and cell.state != FOUND
    if empty:
        assert sorted(evidence.read[name]) == sorted(cell.sources), name


def _needed(world: World, by: Sequence[str | Code], at: tuple[str, ...]) -> set[Code]:
    codes = {path(code): code for code in world.codes}
    return {codes[value] for one, value in zip(by, at, strict=True) if not isinstance(one, str) and value in codes}


def state(world: World, asked: Asked, code: Code, cell: Cell, needed: set[Code]) -> str:
    """The state of a cell in the product's order of reasons (the reference has another, its choice AC)."""
    if cell.state == FOUND:
        return UNASKED if cell.unasked else FOUND
    found = {source_state(world, asked, code, source, needed) for source in cell.sources}
    for reason in (NOT_YET, UNKNOWN, NOT_ASKED, NONE_FOUND):
        if reason in found:
            return reason
    return UNKNOWN  # no source at all (the reference says `not asked`)


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

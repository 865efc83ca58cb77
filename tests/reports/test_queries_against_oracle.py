"""What queries find, and what reports count on it, against the independent reference on worlds drawn at random."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import oracle
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import path
from oracle.queries import as_passages, finds, found, on_words
from test_against_oracle import FAST
from worlds import ATTRIBUTES, CODERS, drawn_worlds, make_study, selections, told

from qda.errors import QdaError
from qda.reports.query_hits import count_query, run_query
from qda.reports.registry import report_function
from qda.reports.selected import selected_codings

if TYPE_CHECKING:
    from oracle.queries import Query
    from worlds import Drawn

    from qda.model.selection import Selection
    from qda.store.study import Study

MEASURES = ("passages", "characters", "sources", "persons", "cases")


def searching(drawn: Drawn, depth: int = 2) -> st.SearchStrategy[Query]:
    """Queries that find passages."""
    codes = st.tuples(st.just("code"), st.sampled_from(drawn.world.codes), st.booleans())
    plain = st.one_of(codes, codes, codes, st.just(("any",)))
    if not depth:
        return plain
    deeper = searching(drawn, depth - 1)
    every = st.lists(st.one_of(deeper, conditions(drawn, depth - 1)), min_size=1, max_size=2)
    both = st.builds(lambda one, others: ("and", one, *others), deeper, every)
    either = st.builds(lambda one, other: ("or", one, other), deeper, deeper)
    units = st.sampled_from(((0, "turns"), (1, "turns"), (2, "turns"), (0, "characters"), (7, "characters")))
    near = st.builds(
        lambda one, other, reach, negated: ("near", one, other, *reach, negated), deeper, deeper, units, st.booleans()
    )
    return st.one_of(plain, both, both, either, near)


def conditions(drawn: Drawn, depth: int) -> st.SearchStrategy[Query]:
    """Queries that only say what must be true of passages."""
    sign = st.sampled_from(("=", "!="))
    names = st.sampled_from((*ATTRIBUTES, "person.country"))
    values = st.sampled_from(("NL", "NO", "SE|x", "(missing)"))
    value = st.tuples(st.just("value"), names, sign, values)
    coder = st.tuples(st.just("coder"), sign, st.sampled_from(CODERS))
    source = st.tuples(st.just("source"), sign, st.sampled_from(sorted(drawn.world.sources)))
    denied = searching(drawn, depth).map(lambda one: ("not", one))
    if not depth:
        return st.one_of(value, coder, source, denied)
    deeper = conditions(drawn, depth - 1)
    either = st.builds(lambda one, other: ("or", one, other), deeper, deeper)
    return st.one_of(value, coder, source, denied, either, deeper.map(lambda one: ("not", one)))


def words(query: Query) -> str:
    """A query as somebody would write it who puts everything in brackets."""
    kind, *rest = query
    if kind == "code":
        return f"{'ONLY ' if rest[1] else ''}{name(path(rest[0]))}"
    if kind == "any":
        return "*"
    if kind == "not":
        return f"NOT ({words(rest[0])})"
    if kind in ("and", "or"):
        return f" {kind.upper()} ".join(f"({words(one)})" for one in rest)
    if kind == "near":
        one, other, most, unit, negated = rest
        return f"({words(one)}) {'NOT ' if negated else ''}WITHIN {most} {unit} OF ({words(other)})"
    return f"{rest[0]} {rest[1]} {name(rest[2])}" if kind == "value" else f"{kind} {rest[0]} {name(rest[1])}"


def name(one: str) -> str:
    return '"' + one.replace('"', '""') + '"'


@pytest.mark.long
@settings(max_examples=20, deadline=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_queries(data: st.DataObject) -> None:
    drawn = data.draw(drawn_worlds())
    with tempfile.TemporaryDirectory(dir=FAST) as folder, make_study(Path(folder), drawn) as study:
        for _ in range(4):
            selection, query = data.draw(selections(drawn)), data.draw(searching(drawn))
            assert finds(query)
            check(study, drawn, replace(selection, query=words(query)), query)
        check_meetings(study, replace(selection, codes=(), subcodes=True, roll_up=False))


def check(study: Study, drawn: Drawn, selection: Selection, query: Query) -> None:
    """What is found, what a report counts on it, and which codings an export has."""
    try:
        outcome = run_query(study, replace(selection, codes=()))
    except QdaError as error:
        known = ("nothing here has", "no attribute", "has a value")
        assert any(word in str(error) for word in known), error  # a value that this small world lacks
        return
    world, asked = told(drawn, selection)
    expected = as_passages(found(world, asked, query))
    assert [(one.source, one.start, one.end) for one in outcome.passages] == [one[:3] for one in expected]
    voices = [{coder or "consensus" for _, coder in one[3]} for one in expected]
    assert [set(one.coders) for one in outcome.passages] == voices
    assert count_query(study, selection) == (len(expected), len({one[0] for one in expected}))
    kept = replace(world, codings=on_words(world, asked, query))
    report = report_function("frequency")(study, selection)
    rows: dict[Any, dict[str, Any]] = {
        row[0]: dict(zip(report.table.columns, row, strict=True)) for row in report.table.rows
    }
    for wanted in oracle.frequency(kept, asked):
        row = rows[path(wanted.code)]
        assert {one: row[one] for one in MEASURES} == {one: getattr(wanted.own, one) for one in MEASURES}
        with_subcodes = {one: row[f"{one}_with_subcodes"] for one in MEASURES}
        assert with_subcodes == {one: getattr(wanted.with_subcodes, one) for one in MEASURES}
    if not selection.coders:  # an export with --coder leaves the consensus out, which is nobody's
        check_export(study, selection, {coding.id for coding in kept.codings})


def check_meetings(study: Study, selection: Selection) -> None:
    """Two codes joined by AND are as many passages as their co-occurrence says."""
    table = report_function("cooccurrence")(study, selection, long=True).table
    for one, other, count, *_ in table.rows[:6]:
        query = f"ONLY {name(str(one))} AND ONLY {name(str(other))}"
        assert count_query(study, replace(selection, query=query))[0] == count, query


def check_export(study: Study, selection: Selection, kept: set[str]) -> None:
    """An export leaves no coding out that counts on the words of the query."""
    from qda.reports.scope import look_up

    scope = look_up(study, replace(selection, codes=(), subcodes=True))
    exported = {coding.uid for coding in selected_codings(study, scope)}
    assert kept <= exported

"""Rules of grades, words of footnotes and marked edits, against answers that were worked out by hand."""

from __future__ import annotations

import pytest

from qda.errors import QdaError
from qda.model.claims import parse_scope, scope_lines
from qda.model.footnotes import USUAL, footnote, names_in, parse_patterns, written_date
from qda.model.grading import USUAL_RULE, Measure, grade_of, parse_rule
from qda.model.quoting import edit_problem


@pytest.mark.parametrize(
    ("sources", "against", "grade"),
    [
        (3, 0, "confirmed"),
        (14, 0, "confirmed"),
        (3, 1, "probable"),
        (2, 0, "probable"),
        (2, 2, "inconclusive"),
        (1, 0, "inconclusive"),
        (0, 0, "inconclusive"),
    ],
)
def test_the_usual_rule(sources: int, against: int, grade: str) -> None:
    counts = {"sources": sources, "against": against}
    assert grade_of(parse_rule(USUAL_RULE), lambda measure: counts[measure.name]) == grade


def test_a_rule_with_methods() -> None:
    rule = parse_rule("confirmed: sources >= 2 and sources[method=effects analysis] > 0; probable: otherwise")
    found = {Measure("sources"): 2, Measure("sources", "method", "effects analysis"): 1}
    assert grade_of(rule, found.__getitem__) == "confirmed"
    assert grade_of(rule, lambda _: 1) == "probable"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "the rule is empty"),
        ("sure: sources > 1", "begins with confirmed, probable, inconclusive and a colon"),
        ("confirmed: sources", "'sources' is no condition"),
        ("confirmed: sources > many", "a rule cannot count 'many'"),
        ("confirmed: cases[a=b] > 1", "only sources and against can have an attribute"),
        ("confirmed: sources >> 1", "is no condition"),
    ],
)
def test_what_is_no_rule(words: str, said: str) -> None:
    with pytest.raises(QdaError, match=said):
        parse_rule(words)


def test_footnotes() -> None:
    facts = {"role": "returnee from Iraq", "date": "2024-10-07", "origin": "Iraq"}
    assert footnote("Interview with <role>, <date>", facts) == "Interview with returnee from Iraq, 7 October 2024"
    assert footnote("Interview, <month> (<origin>, <age>)", facts) == "Interview, October 2024 (Iraq, unknown)"
    assert footnote("<role>, <year>", facts, "Returnee A; talk") == "returnee from Iraq, 2024 [Returnee A; talk]"
    assert footnote("<date>", {}) == "no date"
    assert (written_date("2024"), written_date("2024-05"), written_date("spring")) == ("2024", "May 2024", "spring")


def test_patterns_by_kind() -> None:
    found = parse_patterns("Interview with <role>, <date> | notes: Notes: <date> | literature: <source>")
    assert found == {"": "Interview with <role>, <date>", "notes": "Notes: <date>", "literature": "<source>"}
    assert names_in(found) == {"role", "date", "source"}
    assert set(parse_patterns(USUAL)) == {"", "notes", "observation", "survey", "letter", "literature"}
    for words in ("", "notes: <date>", "<date> | <role>", "<date> | notes:  "):
        with pytest.raises(QdaError):
            parse_patterns(words)


@pytest.mark.parametrize(
    ("edited", "fine"),
    [
        ("[They] had no choice, […] none at all.", True),
        ("I had no choice, … none", True),
        ("I had no choice, (...) none", True),
        ("I had no\nchoice […]", True),
        ("I had no choice", False),
        ("[None at all] I had no choice", True),
        ("none at all. […] I had no choice", False),
        ("I had [no] options", False),
        ("[all new]", False),
    ],
)
def test_edits_are_marked(edited: str, fine: bool) -> None:  # noqa: FBT001
    original = "I had no  choice,\nnone whatsoever, none at all."
    assert (edit_problem(original, edited) == "") is fine


def test_scopes_are_read_as_they_are_written() -> None:
    lines = ("code a/b", "source my talk", "kind notes", "where x=y z", "coder Anna", "layer final", "no subcodes")
    assert scope_lines(parse_scope(reversed(lines))) == lines
    assert scope_lines(parse_scope([])) == ()
    for wrong in ("everything", "code", "where x", "layer top"):
        with pytest.raises(QdaError):
            parse_scope([wrong])

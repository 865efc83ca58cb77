"""The language of queries: how it is read, written and refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.model.query import (
    AnyCode,
    Both,
    Code,
    Condition,
    Either,
    Near,
    Not,
    Part,
    QueryError,
    parse,
    written,
)

A, B, C = Code("a"), Code("b"), Code("c")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a", A),
        ("*", AnyCode()),
        ('"*"', Code("*")),
        ('"host country"', Code("host country")),
        ('"a ""big"" word"', Code('a "big" word')),
        ("ONLY a", Code("a", alone=True)),
        ("a AND b OR c", Either((Both((A, B)), C))),
        ("a AND (b OR c)", Both((A, Either((B, C))))),
        ("a AND (b AND c)", Both((A, B, C))),
        ("a AND (b AND NOT c)", Both((A, Both((B, Not(C)))))),
        ("a AND NOT b WITHIN 1 turn OF c", Both((A, Not(Near(B, C, 1, turns=True))))),
        ("a WITHIN 80 characters OF b", Near(A, B, 80, turns=False)),
        ("a NOT IN SAME TURN AS b", Near(A, B, 0, turns=True, negated=True)),
        ("a WITHIN 1 turn OF b WITHIN 2 TURNS OF c", Near(Near(A, B, 1, turns=True), C, 2, turns=True)),
        ("a AND country=NL", Both((A, Condition("country", "=", "NL")))),
        ("a AND date >= 2024-05", Both((A, Condition("date", ">=", "2024-05")))),
        (
            'a AND NOT (country != "New Zealand" OR NOT b)',
            Both((A, Not(Either((Condition("country", "!=", "New Zealand"), Not(B)))))),
        ),
    ],
)
def test_what_is_read(text: str, part: Part) -> None:
    assert parse(text).part == part
    assert parse(written(part)).part == part


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", 0, "at its end: a code, a condition or a bracket is expected here"),
        ("a AND", 5, "at its end: a code, a condition or a bracket is expected here"),
        ("a b", 2, "at character 3 ('b'): AND, OR or WITHIN is expected here; a name of several words"),
        ("a and b", 2, "'and' is written AND, in capitals"),
        ("not a", 4, "'not' is written NOT, in capitals"),
        ("a NOT b", 2, "this is written AND NOT"),
        ("(a OR b", 0, "this bracket is not closed"),
        ("a OR b)", 6, "this bracket closes nothing"),
        ('a AND "b c', 6, "this quotation mark is not closed"),
        ("a ! b", 2, "'is not' is written !="),
        ("NOT a", 0, "this only says what must be true of passages"),
        ("country = NL", 0, "begin with a code, or * for any"),
        ("a OR country = NL", 5, "so OR cannot join it to what does; put it behind AND"),
        ("country = NL WITHIN 1 turn OF a", 0, "this finds no passages, so nothing can be near them"),
        ("a WITHIN b", 9, "a whole number is expected here"),
        ("a WITHIN 2 words OF b", 11, "turns or characters is expected here"),
        ("a WITHIN 2 turns b", 17, "OF is expected here"),
        ("a WITHIN 9999999999 turns OF b", 9, "this number is too high"),
        ("a IN SAME SENTENCE AS b", 10, "TURN is expected here"),
        ("a AND country =", 15, "a value is expected here"),
        ("a AND country = AND", 16, "a value is expected here"),
        ('a AND ""', 6, "this name is empty"),
        ("(" * 50 + "a" + ")" * 50, 40, "stand in each other more than 40 times"),
        ("a " * 3000, 4000, "it is longer than 4000 characters"),
    ],
)
def test_what_is_refused(text: str, place: int, said: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.start == place
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet=' ab*()"=<!ANDORNOT1', max_size=30))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        part = parse(text).part
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)
    else:
        assert parse(written(part)).part == part

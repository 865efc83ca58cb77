from __future__ import annotations

import pytest
import yaml
from codebook_strategies import TRICKY
from hypothesis import given
from hypothesis import strategies as st

from qda.io.codebook.quoting import block, quoted

SINGLE = (
    *(
        "NO",
        "no",
        "Yes",
        "y",
        "N",
        "on",
        "OFF",
        "true",
        "null",
        "~",
        "",
        "1:30",
        "190:20:30",
        "2024-10-07",
        "2024-1-7",
    ),
    *(
        "2024-10-07T12:00:00Z",
        "007",
        "0o17",
        "0b1",
        "0x1F",
        "1e3",
        "1E+3",
        "1_000",
        "1,000",
        "+1",
        "-1.5",
        ".5",
        "1.",
    ),
    *(
        ".inf",
        "-.INF",
        ".NaN",
        "<<",
        "=",
        "-",
        "- a",
        "---",
        "--- a",
        "...",
        "? a",
        ":a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
    ),
    *("*a", "!a", "%a", "@a", "`a", "[a", "{a", "]", "}", ",", "|", ">", "'a'", '"a"', " a", "a ", "\u00a0a"),
)
PLAIN = (
    *(
        "nO",
        "yess",
        "12a",
        "1-2-3",
        "2024-10",
        "2024-10-07 tot nu",
        "12:75",
        "-a",
        "--",
        "a-b",
        "a, b",
        "a [b] {c}",
    ),
    *(
        "it's",
        'say "x"',
        "a:b",
        "a#b",
        "http://x.nl/a?b=c#d",
        "1 jaar",
        "e3",
        "C++",
        "\u00e9",
        "\U0001f469\u200d\U0001f52c",
    ),
    *("\u202eabc", "עברית", "a\\nb", "50%", "a | b", "a > b", "x*", "~a", "=a", "<a>"),
)
DOUBLE = {
    "a\tb": r'"a\tb"',
    "a\nb\n\n": r'"a\nb\n\n"',
    'a"\\\0': r'"a\"\\\0"',
    "\x85\u2028\u2029\ufeff": r'"\N\L\P\uFEFF"',
    "\x07\x08\x0b\x0c\r\x1b\x1f\x7f\x9f": r'"\a\b\v\f\r\e\x1F\x7F\x9F"',
    "\ud800\ufffe\uffff": r'"\uD800\uFFFE\uFFFF"',
}


@pytest.mark.parametrize("text", SINGLE)
def test_quoted_where_a_reader_would_see_something_else(text: str) -> None:
    assert quoted(text) == "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize("text", PLAIN)
def test_plain_where_every_reader_sees_the_same(text: str) -> None:
    assert quoted(text) == text


@pytest.mark.parametrize(("text", "written"), DOUBLE.items())
def test_escaped_where_it_cannot_be_seen(text: str, written: str) -> None:
    assert quoted(text) == written


@given(
    st.one_of(
        st.sampled_from(TRICKY),
        st.text(st.characters(exclude_categories=())),
        st.text("0123456789.:_-+eExob TZ"),
    )
)
def test_a_guessing_reader_sees_the_string(text: str) -> None:
    assert yaml.safe_load(f"a: {quoted(text)}\nb:\n- {quoted(text)}\n") == {"a": text, "b": [text]}
    if len(text) < 100:
        assert yaml.safe_load(f"{quoted(text)}: a\n") == {text: "a"}


@given(st.one_of(st.sampled_from(TRICKY), st.text("a# :-\n")))
def test_a_block_gives_the_string_back(text: str) -> None:
    lines = block(text)
    if lines:
        written = "".join(f"  {line}\n" if line else "\n" for line in lines[1:])
        assert yaml.safe_load(f"a: {lines[0]}\n{written}b: c\n") == {"a": text, "b": "c"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", ("|-", "a", "b")),
        ("a\n\n  b\n", ("|", "a", "", "  b")),
        ("# a\n- b: c", ("|-", "# a", "- b: c")),
        *((text, ()) for text in ("a", "a\n\n", "\na", " a\nb", "a \nb", "a\nb\t", "a\rb\nc", "a\n\ufeffb", "\n")),
    ],
)
def test_a_block_only_where_nothing_can_be_lost(text: str, lines: tuple[str, ...]) -> None:
    assert block(text) == lines

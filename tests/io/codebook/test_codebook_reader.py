from __future__ import annotations

import subprocess
import sys

import pytest

from qda.errors import BadFileError
from qda.io.codebook import read_codebook
from qda.model.codebook import Codebook, CodeEntry

FULL = """\
codebook: Return
codes:
- name: strategy
  definition: |
    What a host state does
    to obtain cooperation
  include: >-
    offers
    and threats
  exclude: "trailing kept  "
  example: 'it''s'
  labels: {nl: strategie, 'no': strategi}
  aliases: [plan, goodwill creation]
  origin: a_priori
  ordinal: Yes
  exclusive: case_moment
  moment: timing
  patterns: strateg*
  children:
  - name: refusal
    outside: TRUE
    x:
      pages: [150, {from: 1, to: null}]
x: {version: 1.0}
"""


def one(text: str) -> CodeEntry:
    """The only code of a codebook whose code has these further lines."""
    (code,) = read_codebook(f"codes:\n- name: a\n{text}", "book.yaml").codes
    return code


def test_reads_every_field() -> None:
    child = CodeEntry("refusal", outside=True, extra={"pages": ["150", {"from": "1", "to": "null"}]})
    strategy = CodeEntry(
        "strategy",
        definition="What a host state does\nto obtain cooperation\n",
        include="offers and threats",
        exclude="trailing kept  ",
        example="it's",
        labels={"nl": "strategie", "no": "strategi"},
        aliases=("plan", "goodwill creation"),
        origin="a-priori",
        ordinal=True,
        exclusive="case_moment",
        moment="timing",
        patterns=("strateg*",),
        children=(child,),
    )
    assert read_codebook(FULL, "book.yaml") == Codebook("Return", {"version": "1.0"}, (strategy,))


def test_codes_know_their_lines() -> None:
    lines = {code.name: code.line for _, code in read_codebook(FULL, "book.yaml").walk()}
    assert lines == {"strategy": 3, "refusal": 20}


@pytest.mark.parametrize(
    "typed",
    [
        "NO",
        "no",
        "yes",
        "null",
        "~",
        "1:30",
        "2024-10-07",
        "007",
        "1e3",
        "0x1F",
        "1_000",
        ".5",
        "true",
        "=",
        "<<",
    ],
)
def test_every_scalar_is_the_string_that_was_typed(typed: str) -> None:
    code = one(f"  definition: {typed}\n  labels: {{{typed}: {typed}}}\n  x: {{{typed}: [{typed}]}}\n")
    assert (code.definition, code.labels, code.extra) == (typed, {typed: typed}, {typed: [typed]})
    assert read_codebook(f"codes: [{{name: {typed}}}]", "book.yaml").codes[0].name == typed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a-priori", "a-priori"),
        ("A_priori", "a-priori"),
        ("in_vivo", "in-vivo"),
        ("In vivo", "in-vivo"),
        ("", ""),
    ],
)
def test_origin_is_brought_into_one_form(written: str, expected: str) -> None:
    assert one(f"  origin: {written}\n").origin == expected


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("YES", True), ("Yes", True), ("false", False), ("No", False), ("", False)],
)
def test_boolean_words(word: str, value: bool) -> None:  # noqa: FBT001 - a case of the table
    assert (one(f"  ordinal: {word}\n").ordinal, one(f"  outside: {word}\n").outside) == (value, value)


def test_a_single_text_is_a_list_of_one() -> None:
    assert one("  aliases: NO\n  patterns:\n").aliases == ("NO",)
    assert one("  aliases:\n  - ''\n  patterns:\n").aliases == ("",)
    assert one("  aliases: ''\n  patterns: []\n").patterns == ()


def test_what_stands_beside_the_name_is_kept() -> None:
    book = read_codebook("codebook: {name: Return, version: 2.10}\nx: {by: us}\ncodes: []\n", "book.yaml")
    assert book == Codebook("Return", {"version": "2.10", "by": "us"})


@pytest.mark.parametrize(
    ("written", "extra"),
    [
        ("x: note", {"": "note"}),
        ("x: [1, b]", {"": ["1", "b"]}),
        ("x:", {}),
        ("x: []", {}),
        ("x: {a: }", {"a": ""}),
    ],
)
def test_anything_may_stand_under_x(written: str, extra: dict[str, object]) -> None:
    assert read_codebook(f"{written}\n", "book.yaml").extra == extra


@pytest.mark.parametrize(
    "text", ["\ufeffcodes:\r\n- name: a\r\n", "codes:\r- name: a\r", "---\ncodes:\n- name: a\n...\n"]
)
def test_line_ends_and_document_signs_make_no_difference(text: str) -> None:
    assert read_codebook(text, "book.yaml").codes == (CodeEntry("a"),)


def test_siblings_only_need_unlike_names() -> None:
    book = read_codebook("codes:\n- {name: a, children: [{name: a}]}\n- {name: b, children: [{name: a}]}\n", "f")
    assert [path for path, _ in book.walk()] == [("a",), ("a", "a"), ("b",), ("b", "a")]


def test_fifty_levels_are_read_and_no_more() -> None:
    def nested(levels: int) -> str:
        rows = (f"{'  ' * n}- name: c{n}\n{'  ' * n}  children:\n" for n in range(levels))
        return "codes:\n" + "".join(rows)

    assert len(list(read_codebook(nested(50), "f").walk())) == 50
    with pytest.raises(BadFileError, match=r"^f:102:103: codes are nested more than 50 levels deep here$"):
        read_codebook(nested(51), "f")


def test_yaml_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, qda.io.codebook; sys.exit('yaml' in sys.modules or 'difflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

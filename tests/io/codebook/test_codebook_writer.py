from __future__ import annotations

from typing import Any

import pytest
import yaml
from codebook_strategies import codebooks
from hypothesis import HealthCheck, given, settings

from qda.errors import QdaError
from qda.io.codebook import read_codebook, write_codebook
from qda.model.codebook import Codebook, CodeEntry

HOUSE_FORM = """\
codebook: Return
codes:
- name: strategy
  definition: |
    What a host state does.

      With examples.
  include: |-
    one
    two
  exclude: "tab\\tand\\r\\n"
  example: 'it: is'
  labels:
    nl: strategie
    'no': strategi
  aliases:
  - plan
  - '1:30'
  origin: a-priori
  ordinal: true
  exclusive: case_moment
  moment: timing
  outside: true
  patterns:
  - '*strat*'
  children:
  - name: 'NO'
    children:
    - name: عودة طوعية
  - name: last
  x:
    pages:
    - '150'
    - - a
      - - b
    - from: '1'
      to:
        line: '2'
    - []
    - {}
    empty: ''
- name: obstacle
x:
  version: '1.0'
"""
BOOK = Codebook(
    "Return",
    {"version": "1.0"},
    (
        CodeEntry(
            "strategy",
            definition="What a host state does.\n\n  With examples.\n",
            include="one\ntwo",
            exclude="tab\tand\r\n",
            example="it: is",
            labels={"nl": "strategie", "no": "strategi"},
            aliases=("plan", "1:30"),
            origin="a-priori",
            ordinal=True,
            exclusive="case_moment",
            moment="timing",
            outside=True,
            patterns=("*strat*",),
            children=(CodeEntry("NO", children=(CodeEntry("عودة طوعية"),)), CodeEntry("last")),
            extra={"pages": ["150", ["a", ["b"]], {"from": "1", "to": {"line": "2"}}, [], {}], "empty": ""},
        ),
        CodeEntry("obstacle"),
    ),
)


def test_the_house_form() -> None:
    assert write_codebook(BOOK) == HOUSE_FORM
    assert read_codebook(HOUSE_FORM, "f") == BOOK


def test_a_codebook_without_anything() -> None:
    assert write_codebook(Codebook()) == "codes: []\n"
    assert read_codebook("codes: []\n", "f") == Codebook()


@pytest.mark.parametrize("lone", ["note", ["a", "b"], "", [], {"a": "b"}])
def test_the_empty_key_under_x(lone: object) -> None:
    book = Codebook(extra={"": lone})
    assert read_codebook(write_codebook(book), "f") == book


def test_what_stood_alone_under_x_stands_alone_again() -> None:
    assert write_codebook(Codebook(extra={"": ["a"]})) == "codes: []\nx:\n- a\n"


def test_what_yaml_would_not_give_back_is_refused() -> None:
    with pytest.raises(TypeError, match="strings, lists and mappings, not 3"):
        write_codebook(Codebook(extra={"a": 3}))


def test_what_could_not_be_read_again_is_refused() -> None:
    code = CodeEntry("c50")
    for level in range(49, 0, -1):
        code = CodeEntry(f"c{level}", children=(code,))
    assert read_codebook(write_codebook(Codebook(codes=(code,))), "f").codes == (code,)
    with pytest.raises(QdaError, match=r"^the code 'c50' stands more than 50 levels deep: move it up$"):
        write_codebook(Codebook(codes=(CodeEntry("c0", children=(code,)),)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(codebooks)
def test_round_trip(book: Codebook) -> None:
    text = write_codebook(book)
    again = read_codebook(text, "f")
    assert again == book
    assert write_codebook(again) == text
    assert write_codebook(book, text) == text
    assert text.encode().decode() == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(codebooks)
def test_other_readers_see_the_same_strings(book: Codebook) -> None:
    seen = yaml.safe_load(write_codebook(book))
    assert seen.get("codebook", "") == book.name
    assert [_as_seen(code) for code in book.codes] == seen["codes"]


def _as_seen(code: CodeEntry) -> dict[str, Any]:
    """What a YAML reader that guesses types must find in a code."""
    texts = (
        "name",
        "definition",
        "include",
        "exclude",
        "example",
        "origin",
        "ordinal",
        "exclusive",
        "moment",
        "outside",
    )
    found = {key: getattr(code, key) for key in texts}
    found |= {"labels": dict(code.labels), "aliases": list(code.aliases), "patterns": list(code.patterns)}
    lone = code.extra.get("") if len(code.extra) == 1 else ""
    found["x"] = lone if lone and not isinstance(lone, dict) else dict(code.extra)
    found["children"] = [_as_seen(child) for child in code.children]
    return {key: value for key, value in found.items() if value}

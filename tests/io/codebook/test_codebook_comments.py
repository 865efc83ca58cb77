from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from codebook_strategies import books, commented
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io.codebook import read_codebook, write_codebook

if TYPE_CHECKING:
    from qda.model.codebook import Codebook

HOUSE = """\
# Head of the file

# about the name
codebook: Return   # trailing
codes:

# about strategy
- name: strategy  # first
  # about the definition
  definition: 'no # comment: here'  # 150-158
  include: |-  # beside the sign
    one
    # no comment

    two

  labels:  # of labels
    nl: strategie
    # at the end of labels
  aliases:
  # first alias
  - plan  # an old name
  children:
  # about rule

  - name: rule
    # at the end of rule
  # at the end of strategy

- name: obstacle
  x:
    a:
    - - b  # nested
      # in the inner list
    # at the end of x
# tail

# and its end
"""


def rewritten(existing: str, book: Codebook | None = None) -> str:
    """What is written over a text, its own codebook by default; written twice, it stays the same."""
    book = book or read_codebook(existing, "f")
    text = write_codebook(book, existing)
    assert read_codebook(text, "f") == book
    assert write_codebook(book, text) == text
    return text


def test_our_own_form_with_comments_and_blank_lines_stays_as_it_is() -> None:
    assert rewritten(HOUSE) == HOUSE


@pytest.mark.parametrize(
    ("existing", "written"),
    [
        pytest.param(
            "codes:\n- {name: a, definition: 'x # y'}  # 12-13\n",
            "codes:\n- name: a  # 12-13\n  definition: 'x # y'\n",
            id="beside a code in braces",
        ),
        pytest.param(
            "codes:\n- {name: a,   # 1\n   definition: b,\n   # 2\n   aliases: [c]  # 3\n  }  # 4\n",
            "codes:\n- name: a   # 1  # 4\n  definition: b\n  # 2\n  aliases:  # 3\n  - c\n",
            id="inside braces",
        ),
        pytest.param(
            "codes:\n- name: a\n  aliases: [b,\n    # why\n    c, # c\n    # last\n  ]\n",
            "codes:\n- name: a\n  # last\n  aliases:\n  - b\n  # why\n  - c # c\n",
            id="inside brackets",
        ),
        pytest.param(
            "codes:\n  # 1\n  - name: a\n    # 2\n    children:\n      - name: b\n      # 3\n  # 4\n",
            "codes:\n# 1\n- name: a\n  # 2\n  children:\n  - name: b\n  # 3\n# 4\n",
            id="indented otherwise",
        ),
        pytest.param(
            "codes:\n-  # one\n  definition: b\n  # two\n  name: a\n",
            "codes:\n# one\n# two\n- name: a\n  definition: b\n",
            id="the name not first",
        ),
        pytest.param(
            "codes:\n- name: a\n  definition:  # one\n    # two\n    b\n    c  # three\n",
            "codes:\n- name: a\n  # two\n  definition: b c  # one  # three\n",
            id="between a key and its text",
        ),
        pytest.param(
            "codes:\n- name: a\n# left\n    # over\n- name: b\n",
            "codes:\n- name: a\n# left\n# over\n- name: b\n",
            id="a paragraph stays together",
        ),
        pytest.param(
            "codes:\n- name: a\n  aliases:\n  - b\n  # c\n  definition: d\n",
            "codes:\n- name: a\n  # c\n  definition: d\n  aliases:\n  - b\n",
            id="after a list",
        ),
        pytest.param(
            "codes:\n      # c\n  - name: a\n",
            "codes:\n# c\n- name: a\n",
            id="deeper than the first of a list",
        ),
        pytest.param(
            "# top\n---  # start\n# head\ncodes: []  # none\n...  # end\n# tail\n",
            "# top\n# start\n# head\ncodes: []  # none\n# end\n# tail\n",
            id="around the document",
        ),
        pytest.param(
            "codebook:\n  # name\n  name: a\n  version: '1'  # v\n  # end\ncodes: []\n",
            "# name\ncodebook: a\ncodes: []\nx:\n  version: '1'  # v\n# end\n",
            id="a title of several parts",
        ),
        pytest.param("# a\r\ncodes: []  # b\r\n", "# a\ncodes: []  # b\n", id="CRLF"),
        pytest.param('codes:\n- name: "a"#b\n', "codes:\n- name: a  #b\n", id="no space before"),
        pytest.param("\n\ncodes: []\n\n\n", "\n\ncodes: []\n", id="blank lines at the end"),
    ],
)
def test_a_comment_stays_with_its_element(existing: str, written: str) -> None:
    assert rewritten(existing) == written


def test_the_head_stays_at_the_head() -> None:
    book = replace(read_codebook("codes: []", "f"), name="new")
    assert rewritten("# head\ncodes: []\n", book) == "# head\ncodebook: new\ncodes: []\n"
    assert rewritten("# head\n\n# codes\ncodes: []\n", book) == "# head\n\ncodebook: new\n# codes\ncodes: []\n"
    assert rewritten("# head\n", book) == "# head\ncodebook: new\ncodes: []\n"
    assert rewritten("", book) == "codebook: new\ncodes: []\n"


OLD = """\
codes:
- name: goodwill  # g
  # about it
  definition: relations  # 188
  children:
  # about ties

  - name: ties  # t
    definition: personal  # p
- name: obstacle
"""


def test_a_renamed_code_keeps_its_comments() -> None:
    new = """\
codes:
- name: obstacle
- name: goodwill creation  # g
  # about it
  definition: relations  # 188
  aliases:
  - goodwill
  children:
  # about ties

  - name: personal ties  # t
    definition: personal  # p
"""
    assert rewritten(OLD, read_codebook(new, "f")) == new


def test_a_moved_code_keeps_its_comments() -> None:
    new = """\
codes:
- name: goodwill  # g
  # about it
  definition: relations  # 188
- name: obstacle
  children:
  # about ties

  - name: ties  # t
    definition: personal  # p
"""
    assert rewritten(OLD, read_codebook(new, "f")) == new


def test_comments_of_what_is_gone_go_to_the_end_of_what_it_stood_in() -> None:
    book = read_codebook("codes:\n- name: goodwill\n- name: obstacle\n", "f")
    gone = "  # about it\n  # 188\n  # about ties\n  # t\n  # p\n"
    assert rewritten(OLD, book) == f"codes:\n- name: goodwill  # g\n{gone}- name: obstacle\n"


def test_comments_of_a_code_that_is_gone_from_the_top_go_before_the_tail() -> None:
    book = read_codebook("codes:\n- name: obstacle\nx: {a: b}\n", "f")
    tail = "# g\n# about it\n# 188\n# about ties\n# t\n# p\n# tail\n"
    assert rewritten(OLD + "# tail\n", book) == f"codes:\n- name: obstacle\nx:\n  a: b\n{tail}"


def test_parts_of_fields_that_are_gone() -> None:
    existing = """\
codes:
- name: a
  aliases:
  - b  # b
  - c  # c
  labels:
    # nl
    nl: terugkeer
  origin: open
"""
    book = read_codebook("codes: [{name: a, aliases: [c], labels: {en: return}, origin: open}]", "f")
    written = """\
codes:
- name: a
  labels:
    en: return
    # nl
  aliases:
  - c  # c
  # b
  origin: open
"""
    assert rewritten(existing, book) == written


def test_a_text_that_is_no_codebook_keeps_its_comments_all_the_same() -> None:
    book = read_codebook("codes:\n- name: a\n", "f")
    existing = "# head\nstudy: s  # study\ncodes:\n- name: a  # a\n  def: b  # def\n"
    assert rewritten(existing, book) == "# head\ncodes:\n- name: a  # a\n  # def\n# study\n"
    assert rewritten("# head\n- a  # a\n", book) == "# head\ncodes:\n- name: a\n# a\n"


def test_a_text_that_cannot_be_read_is_refused() -> None:
    book = read_codebook("codes: []\n", "f")
    with pytest.raises(BadFileError, match=r"^old\.yaml:1:8: the quote that opens here is never closed$"):
        write_codebook(book, "codes: 'a\n", file="old.yaml")
    with pytest.raises(BadFileError, match=r"^the existing file:1:1: a NUL character"):
        write_codebook(book, "\0")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(books, books, st.data())
def test_no_comment_is_lost_whatever_changes(book: Codebook, new: Codebook, data: st.DataObject) -> None:
    existing = data.draw(commented(write_codebook(book)))
    try:
        assume(read_codebook(existing, "f") == book)
    except BadFileError:
        assume(False)  # a comment in a block of text
    words = sorted(re.findall(r"#c\d+\.", existing))
    for now in (book, new):
        assert sorted(re.findall(r"#c\d+\.", rewritten(existing, now))) == words

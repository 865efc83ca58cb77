from __future__ import annotations

from codebook_strategies import books
from hypothesis import HealthCheck, given, settings

from qda.io.codebook import Difference, diff_codebooks, read_codebook
from qda.model.codebook import Codebook, CodeEntry

OLD = """\
codebook: Return
codes:
- name: strategy
  definition: what a state does
  labels: {nl: strategie, fr: stratégie}
  children:
  - name: rule/order
  - name: goodwill
    definition: relations
    ordinal: no
- name: obstacle
  children:
  - name: law
  - name: politics
- name: old
  children:
  - name: older
"""
NEW = """\
codebook: Return 2
codes:
- name: obstacle
  children:
  - name: politics
  - name: new
  - name: law
    children:
    - name: rule/order
- name: strategies
  definition: what a host state does
  aliases: [strategy]
  labels: {'no': '', nl: strategieën}
  x: {pages: ['1']}
  children:
  - name: relations
    definition: relations
    ordinal: yes
x: {version: '2'}
"""


def test_all_kinds_in_their_order() -> None:
    found = diff_codebooks(read_codebook(OLD, "old"), read_codebook(NEW, "new"))
    assert found == [
        Difference("changed", "", "codebook", "Return", "Return 2"),
        Difference("changed", "", "x.version", "", "2"),
        Difference("reordered", "", "children", '["strategy", "obstacle"]', '["obstacle", "strategies"]'),
        Difference("reordered", "obstacle", "children", '["law", "politics"]', '["politics", "law"]'),
        Difference("added", "obstacle/new"),
        Difference("moved", "obstacle/law/rule\\/order", "parent", "strategy", "obstacle/law"),
        Difference("renamed", "strategies", "name", "strategy", "strategies"),
        Difference("changed", "strategies", "definition", "what a state does", "what a host state does"),
        Difference("changed", "strategies", "labels.nl", "strategie", "strategieën"),
        Difference("changed", "strategies", "labels.fr", "stratégie", ""),
        Difference("changed", "strategies", "labels.no", "", ""),
        Difference("changed", "strategies", "aliases", "[]", '["strategy"]'),
        Difference("changed", "strategies", "x.pages", "", '["1"]'),
        Difference("renamed", "strategies/relations", "name", "goodwill", "relations"),
        Difference("changed", "strategies/relations", "ordinal", "false", "true"),
        Difference("removed", "old"),
        Difference("removed", "old/older"),
    ]


def test_a_code_put_between_others_reorders_nothing() -> None:
    a, b, c = CodeEntry("a"), CodeEntry("b"), CodeEntry("c")
    assert diff_codebooks(Codebook(codes=(a, c)), Codebook(codes=(a, b, c))) == [Difference("added", "b")]
    assert diff_codebooks(Codebook(codes=(a, b, c)), Codebook(codes=(a, c))) == [Difference("removed", "b")]


def test_a_child_is_not_moved_when_its_parent_is() -> None:
    old = Codebook(codes=(CodeEntry("a", children=(CodeEntry("b"),)), CodeEntry("c")))
    new = Codebook(codes=(CodeEntry("c", children=(CodeEntry("a", children=(CodeEntry("b"),)),)),))
    assert diff_codebooks(old, new) == [Difference("moved", "c/a", "parent", "", "c")]


def test_another_case_of_a_name_is_a_new_name() -> None:
    found = diff_codebooks(Codebook(codes=(CodeEntry("a"),)), Codebook(codes=(CodeEntry("A"),)))
    assert found == [Difference("renamed", "A", "name", "a", "A")]


def test_nested_extras_are_written_as_json() -> None:
    old, new = Codebook(extra={"a": {"b": ["é"]}}), Codebook(extra={"a": "b"})
    assert diff_codebooks(old, new) == [Difference("changed", "", "x.a", '{"b": ["é"]}', "b")]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(books, books)
def test_no_difference_means_the_same_codebook(old: Codebook, new: Codebook) -> None:
    assert diff_codebooks(old, old) == []
    assert (diff_codebooks(old, new) == []) == (old == new)
    assert diff_codebooks(old, new) == diff_codebooks(old, new)

"""The tree of codes: order, paths, and the names by which people find a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.codebook import Codebook, CodeEntry
from qda.model.paths import join_path
from qda.model.tree import CodeTree

Row = tuple[int, str, int | None, int, CodeEntry, bool, int]


def row(key: int, parent: int | None, name: str, *aliases: str, position: int = 0, retired: bool = False) -> Row:
    return (key, f"uid {key}", parent, position, CodeEntry(name, aliases=aliases), retired, key * 10)


def tree(*rows: Row) -> CodeTree:
    return CodeTree.build(rows)


@pytest.fixture
def some() -> CodeTree:
    return tree(
        row(4, 1, "courts", "law", position=1),
        row(1, None, "trust", "belief", "/faith", position=1),
        row(3, 1, "police", "fear/police", position=0),
        row(2, None, "fear", "angst", position=0),
        row(5, 3, "rank", "age", position=0, retired=True),
        row(6, None, "x/y", position=2),
    )


def test_parents_come_first_in_the_order_of_positions(some: CodeTree) -> None:
    assert [code.path for code in some.codes] == [
        *("fear", "trust", "trust/police", "trust/police/rank", "trust/courts", "x\\/y"),
    ]
    rank = some.by_key[5]
    assert (rank.uid, rank.parent, rank.retired, rank.born) == ("uid 5", 3, True, 50)
    assert some.children == {None: (2, 1, 6), 1: (3, 4), 3: (5,)}


def test_names_decide_where_positions_are_the_same() -> None:
    assert [code.path for code in tree(row(1, None, "b"), row(2, None, "a"), row(3, None, "B")).codes] == [
        "B",
        "a",
        "b",
    ]


def test_below_and_above(some: CodeTree) -> None:
    assert some.below(1) == (1, 3, 5, 4)
    assert some.below(5) == (5,)
    assert some.above(5) == (5, 3, 1)
    assert some.above(2) == (2,)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("trust", 1),
        ("trust/police", 3),
        ("trust/police/rank", 5),
        ("x\\/y", 6),
        ("belief", 1),
        ("belief/law", 4),
        ("trust/law", 4),
        ("belief/police/age", 5),
        ("angst", 2),
        ("fear/police", 3),
        ("fear/police/rank", 5),
        ("fear/police/age", 5),
        ("faith", 1),
        ("faith/law", 4),
        ("Trust/POLICE", 3),
        ("Faith/LAW", 4),
    ],
)
def test_codes_are_found_by_path_alias_and_former_path(some: CodeTree, path: str, key: int) -> None:
    found = some.find(path)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "path", ["", "police", "Trusts", "trust/", "trust/rank", "x/y", "law", "age", "trust\\", "fear/law"]
)
def test_other_words_find_nothing(some: CodeTree, path: str) -> None:
    assert some.find(path) is None


def test_a_name_goes_before_an_alias_and_an_alias_of_two_leads_nowhere() -> None:
    found = tree(row(1, None, "a", "b", "c"), row(2, None, "b"), row(3, None, "d", "c")).find
    assert found("b") is not None
    assert found("b").key == 2  # type: ignore[union-attr]
    assert found("c") is None


def test_a_former_path_of_two_leads_nowhere() -> None:
    assert tree(row(1, None, "a", "p/q"), row(2, None, "b", "p/q")).find("p/q") is None


def test_a_code_that_stands_there_goes_before_one_that_stood_there() -> None:
    found = tree(row(1, None, "p"), row(2, 1, "q"), row(3, None, "r", "p/q")).find("p/q")
    assert found is not None
    assert found.key == 2


def test_what_was_nearly_meant(some: CodeTree) -> None:
    assert some.near("trust/polise") == " (did you mean 'trust/police'?)"
    assert some.near("rank") == " (did you mean 'trust/police/rank'?)"
    assert some.near("something quite different") == ""
    assert tree().near("x") == ""


def test_the_tree_as_a_codebook(some: CodeTree) -> None:
    book = some.codebook("book", {"x": "y"})
    assert (book.name, book.extra) == ("book", {"x": "y"})
    assert [join_path(names) for names, _ in book.walk()] == [code.path for code in some.codes]
    assert tree().codebook() == Codebook()


names = st.lists(st.text("abA/\\é", min_size=1, max_size=3), min_size=1, max_size=8, unique=True)


@given(names, st.data())
def test_every_code_is_found_by_its_path(given: list[str], data: st.DataObject) -> None:
    rows = [
        row(key, data.draw(st.sampled_from([None, *range(1, key)])), name, position=data.draw(st.integers(0, 3)))
        for key, name in enumerate(given, 1)
    ]
    whole = CodeTree.build(data.draw(st.permutations(rows)))
    assert len(whole.codes) == len(rows)
    assert [code.key for code in whole.codes] == [code.key for code in CodeTree.build(rows).codes]
    for code in whole.codes:
        found = whole.find(code.path)
        assert found is not None
        assert found.key == code.key
        assert code.path == join_path([whole.by_key[key].entry.name for key in reversed(whole.above(code.key))])
        assert all(code.key in whole.above(key) for key in whole.below(code.key))

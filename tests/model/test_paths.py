"""Paths of codes: any names, joined and split again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.paths import join_path, split_path

names = st.lists(st.one_of(st.text("ab/\\ é\n", min_size=1), st.text(min_size=1)), min_size=1, max_size=5)


@given(names)
def test_what_is_joined_is_split(given: list[str]) -> None:
    assert split_path(join_path(given)) == tuple(given)


@given(names, names)
def test_different_names_have_different_paths(one: list[str], other: list[str]) -> None:
    assert (join_path(one) == join_path(other)) == (one == other)


@given(st.text("ab/\\", max_size=12))
def test_any_text_is_split_or_refused(path: str) -> None:
    try:
        found = split_path(path)
    except ValueError as error:
        assert re.search("has an empty name|a backslash stands", str(error))
    else:
        assert all(found)
        assert split_path(join_path(found)) == found


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (["a"], "a"),
        (["a", "b", "c"], "a/b/c"),
        (["a/b", "c"], "a\\/b/c"),
        (["a\\"], "a\\\\"),
        (["a\\", "b"], "a\\\\/b"),
        (["\\/"], "\\\\\\/"),
        ([" ", "é\n"], " /é\n"),
    ],
)
def test_known_paths(given: list[str], path: str) -> None:
    assert join_path(given) == path
    assert split_path(path) == tuple(given)


@pytest.mark.parametrize(
    ("path", "place"),
    [("a\\qb/c", "before 'q' in the path 'a\\qb/c'"), ("\\a", "before 'a'"), ("a/b\\\nc", "before '\\n' in the path")],
)
def test_a_backslash_before_another_sign_is_refused(path: str, place: str) -> None:
    """It would be swallowed, and the path would be that of another code."""
    with pytest.raises(ValueError, match="^a backslash stands") as caught:
        split_path(path)
    assert place in str(caught.value)
    assert str(caught.value).endswith("in names write \\\\ for a backslash, \\/ for a slash")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["", "/", "a/", "/a", "a//b"])
def test_empty_names(path: str) -> None:
    with pytest.raises(ValueError, match="has an empty name"):
        split_path(path)


@pytest.mark.parametrize("path", ["\\", "a\\", "a/b\\", "\\\\\\"])
def test_lone_backslashes(path: str) -> None:
    with pytest.raises(ValueError, match="a backslash stands at the end"):
        split_path(path)

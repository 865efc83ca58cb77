"""Changing the codebook: codings stay, old names lead on, each change makes a version and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from store_world import add, another, coding, document, paths, problems, snapshot

from qda.errors import QdaError
from qda.model.codebook import Codebook, CodeEntry
from qda.store.memos import MemoRow
from qda.store.progress import CoverageRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.store import Study


def coded(study: Study) -> set[tuple[str, int]]:
    codes = {code.key: code.path for code in study.codebook.tree().codes}
    return {(codes[one.code], one.start) for one in study.codings.all()}


def refused(study: Study, act: Callable[[], Any], words: str) -> None:
    before = snapshot(study)
    with pytest.raises(QdaError, match=words):
        act()
    assert snapshot(study) == before


# --- adding, renaming, moving -------------------------------------------------------------------------------


def test_adding(anna: Study) -> None:
    code = anna.codebook.add("a/new", origin="in-vivo", definition="Words")
    assert (code.path, code.entry.origin, code.entry.definition, code.retired) == ("a/new", "in-vivo", "Words", False)
    assert paths(anna) == ["a", "a/b", "a/new", "c"]
    assert anna.codebook.add("x\\/y").entry.name == "x/y"
    assert anna.changes.all(last=1)[0].summary == "new code x\\/y"
    refused(anna, lambda: anna.codebook.add("a/new"), "there is a code 'a/new' already")
    refused(anna, lambda: anna.codebook.add("A/NEW"), "no code 'A'|already")
    refused(anna, lambda: anna.codebook.add("a/NEW"), "there is a code 'a/new' already")
    refused(anna, lambda: anna.codebook.add("no/thing"), "there is no code 'no' to put 'thing' under")
    refused(anna, lambda: anna.codebook.add("no/thing/here"), "there is no code 'no' to put")


@pytest.mark.parametrize("name", ["", " ", " a", "a ", "a\nb", "a\tb", "\x00", "\ud800"])
def test_names_that_cannot_be_seen_are_refused(anna: Study, name: str) -> None:
    refused(anna, lambda: anna.codebook.rename("c", name), "cannot be a code's name")
    refused(anna, lambda: anna.codebook.add(f"a/{name}"), "cannot be a code's name|has an empty name|half a char")


@pytest.mark.parametrize("path", ["", "/", "a/", "/a", "a//b", "a\\"])
def test_paths_that_are_none_are_refused(anna: Study, path: str) -> None:
    refused(anna, lambda: anna.codebook.add(path), "empty name|a backslash stands at the end")
    refused(anna, lambda: anna.codebook.get(path), "empty name|a backslash stands at the end")


@pytest.mark.parametrize("name", ["é", "عودة", "a/b", "\\", "x" * 500, "NO", "1:30", "👩\u200d👧", "a·b", "zum – Teil"])
def test_any_other_name_is_a_name(anna: Study, name: str) -> None:
    anna.codebook.rename("c", name)
    assert name in {code.entry.name for code in anna.codebook.tree().codes}
    path = next(code.path for code in anna.codebook.tree().codes if code.entry.name == name)
    anna.codings.apply("t", path, 0, 3)
    assert anna.codebook.get(path).entry.name == name
    assert problems(anna) == []


def test_renaming_keeps_codings_and_leaves_an_alias(anna: Study) -> None:
    anna.codings.apply("t", "a", 0, 3)
    anna.codings.apply("t", "a/b", 5, 9)
    uid = anna.codebook.get("a").uid
    anna.codebook.rename("a", "trust")
    assert paths(anna) == ["trust", "trust/b", "c"]
    assert coded(anna) == {("trust", 0), ("trust/b", 5)}
    code = anna.codebook.get("a")
    assert (code.path, code.uid, code.entry.aliases) == ("trust", uid, ("a",))
    assert anna.codebook.get("a/b").path == "trust/b"
    anna.codebook.rename("trust", "a")
    assert anna.codebook.get("a").entry.aliases == ("trust",)
    anna.codebook.rename("a", "A")
    assert anna.codebook.get("A").path == "A"
    refused(anna, lambda: anna.codebook.rename("c", "a"), "there is a code 'A' already")
    refused(anna, lambda: anna.codebook.rename("c", "A"), "there is a code 'A' already")
    refused(anna, lambda: anna.codebook.rename("nothing", "x"), "there is no code 'nothing'")


def test_names_are_compared_as_people_see_them(anna: Study) -> None:
    anna.codebook.rename("c", "caf\u00e9")
    refused(anna, lambda: anna.codebook.rename("a", "CAFE\u0301"), "already")
    refused(anna, lambda: anna.codebook.add("cafe\u0301"), "already")


def test_moving_keeps_codings_and_the_former_path(anna: Study) -> None:
    anna.codings.apply("t", "a/b", 0, 3)
    anna.codebook.add("a/b/deep")
    anna.codebook.move("a/b", "c")
    assert paths(anna) == ["a", "c", "c/b", "c/b/deep"]
    assert coded(anna) == {("c/b", 0)}
    assert anna.codebook.get("a/b").path == "c/b"
    assert anna.codebook.get("a/b/deep").path == "c/b/deep"
    anna.codebook.move("c/b", "")
    assert paths(anna) == ["a", "c", "b", "b/deep"]
    for path in ("a/b", "c/b", "b"):
        assert anna.codebook.get(path).path == "b"
    anna.codebook.move("b", "a")
    assert anna.codebook.get("b").path == "a/b"
    anna.codebook.import_codebook(Codebook(codes=(CodeEntry("c", children=(CodeEntry("b"),)),)), "c/b anew")
    refused(anna, lambda: anna.codebook.move("a/b", "c"), "there is a code 'c/b' already")
    refused(anna, lambda: anna.codebook.move("a", "a/b/deep"), "cannot be put under itself")
    refused(anna, lambda: anna.codebook.move("a", "a"), "cannot be put under itself")
    refused(anna, lambda: anna.codebook.move("a/b", "a"), "is there already")
    refused(anna, lambda: anna.codebook.move("c", ""), "is there already")
    refused(anna, lambda: anna.codebook.move("c", "nothing"), "there is no code 'nothing'")


def test_a_moved_code_comes_last(anna: Study) -> None:
    anna.codebook.add("a/z")
    anna.codebook.move("c", "a")
    assert paths(anna) == ["a", "a/b", "a/z", "a/c"]
    anna.codebook.move("a/b", "")
    anna.codebook.add("last")
    assert paths(anna) == ["a", "a/z", "a/c", "b", "last"]


# --- a name goes before an alias ---------------------------------------------------------------------------


def aliases(study: Study) -> dict[str, tuple[str, ...]]:
    return {code.path: code.entry.aliases for code in study.codebook.tree().codes}


def test_a_name_is_taken_from_a_sibling_that_had_it_as_alias(anna: Study) -> None:
    anna.codebook.rename("a", "x")
    before = snapshot(anna)
    log = len(anna.changes.all())
    anna.codebook.add("A")
    assert len(anna.changes.all()) == log + 1
    assert aliases(anna) == {"x": ("/a",), "x/b": (), "c": (), "A": ()}
    assert anna.codebook.get("a").path == "A"
    assert anna.codebook.get("a/b").path == "x/b"
    anna.changes.undo()
    assert snapshot(anna).live() == before.live()
    anna.codebook.rename("c", "a")
    assert aliases(anna) == {"x": ("/a",), "x/b": (), "a": ("c",)}
    assert anna.codebook.get("c").path == "a"


def test_what_moves_in_keeps_where_its_aliases_led(anna: Study) -> None:
    anna.codebook.rename("a/b", "old")
    anna.codebook.rename("a/old", "c")
    refused(anna, lambda: anna.codebook.move("a/c", ""), "there is a code 'c' already")
    anna.codebook.rename("a/c", "d")
    anna.codebook.move("a/d", "")
    assert aliases(anna)["d"] == ("b", "old", "a/c", "a/d")
    for path in ("a/c", "a/d", "b", "old", "d"):
        assert anna.codebook.get(path).path == "d"
    assert anna.codebook.get("c").path == "c"
    assert problems(anna) == []


def test_what_is_merged_leaves_no_alias_that_is_a_siblings_name(anna: Study) -> None:
    anna.codebook.add("c/a")
    anna.codebook.add("c/a/deep")
    anna.codebook.merge("c/a", "c")
    assert aliases(anna) == {"a": (), "a/b": (), "c": ("c/a",), "c/deep": ()}
    assert anna.codebook.get("c/a/deep").path == "c/deep"


def test_a_file_that_has_a_former_name_is_about_the_same_code(anna: Study) -> None:
    anna.codebook.rename("c", "d")
    book = Codebook(codes=(CodeEntry("C", "Words", children=(CodeEntry("new"),)),))
    assert anna.codebook.import_codebook(book, "x") == (1, 1)
    assert paths(anna) == ["a", "a/b", "d", "d/new"]
    assert anna.codebook.get("d").entry.definition == "Words"
    both = Codebook(codes=(CodeEntry("c"), CodeEntry("d")))
    assert anna.codebook.import_codebook(both, "x")[0] == 1
    assert aliases(anna) == {"a": (), "a/b": (), "d": ("/c",), "d/new": (), "c": ()}


def test_a_file_in_other_capitals_makes_no_twins(anna: Study) -> None:
    assert anna.codebook.import_codebook(Codebook(codes=(CodeEntry("A", children=(CodeEntry("B"),)),)), "x") == (0, 2)
    assert aliases(anna) == {"A": (), "A/B": (), "c": ()}
    twins = Codebook(codes=(CodeEntry("new"), CodeEntry("NEW")))
    refused(anna, lambda: anna.codebook.import_codebook(twins, "x"), "two codes beside each other are called 'NEW'")


def test_an_alias_never_comes_back_over_a_name(anna: Study, bram: Study) -> None:
    anna.codebook.import_codebook(Codebook(codes=(CodeEntry("c", aliases=("new",)),)), "x")
    anna.changes.undo()
    bram.codebook.add("new")
    refused(
        anna, anna.changes.redo, r"change \d+ \(new code new, by bram\) stands in the way, for the alias 'new' of 'c'"
    )
    bram.changes.undo()
    anna.changes.redo()
    assert anna.codebook.get("new").path == "c"


def test_an_alias_that_two_have_is_explained(anna: Study) -> None:
    anna.codebook.import_codebook(Codebook(codes=(CodeEntry("a", aliases=("x",)), CodeEntry("c", aliases=("x",)))), "x")
    refused(
        anna,
        lambda: anna.codebook.describe("x", definition="y"),
        r"there is no code 'x' \('a' and 'c' are called so; write the path\)",
    )


# --- merging ------------------------------------------------------------------------------------------------


def test_merging_moves_codings_memos_coverage_and_names(anna: Study) -> None:
    rows = [coding(1, "c", 0, 3), coding(2, "c", 5, 9, coder="bram"), coding(3, "c", 6, 9, layer="consensus")]
    anna.codings.import_rows([*rows, coding(4, "a", 20, 22)], "x")
    anna.memos.add(MemoRow("On c.", "code", "c"))
    anna.coverage.import_rows([CoverageRow("t", "c", asked=True)], "x")
    anna.codebook.describe("c", definition="Words of c")
    assert anna.codebook.merge("c", "a") == 3
    assert paths(anna) == ["a", "a/b"]
    assert coded(anna) == {("a", 0), ("a", 5), ("a", 6), ("a", 20)}
    assert anna.codebook.get("c").path == "a"
    assert "c" in anna.codebook.get("a").entry.aliases
    assert [memo.target for memo in anna.memos.all()] == ["a"]
    assert anna.coverage.all() == [("t", "a", True)]
    assert problems(anna) == []


def test_merging_keeps_one_of_two_with_both_memos(anna: Study) -> None:
    rows = [
        coding(1, "c", 0, 3, memo="from c"),
        coding(2, "a", 0, 3, memo="from a", weight=0.5),
        coding(3, "c", 0, 4),
        coding(4, "c", 0, 3, coder="bram"),
        coding(5, "a", 0, 3, layer="consensus"),
    ]
    anna.codings.import_rows(rows, "x")
    before = snapshot(anna)
    ids = {(one.start, one.end, one.coder, one.layer, one.weight): one.uid for one in anna.codings.all()}
    assert anna.codebook.merge("c", "a") == 3
    assert anna.codings.count() == 4
    assert {one.uid for one in anna.codings.all()} < set(ids.values())
    (both,) = anna.memos.of_codings().values()
    assert sorted(both.split("\n\n")) == ["from a", "from c"]
    kept = next(one for one in anna.codings.all() if one.weight)
    assert {memo.target for memo in anna.memos.all()} == {kept.uid}
    assert problems(anna) == []
    anna.changes.undo()
    after = snapshot(anna)
    assert (after.live(), after.state) == (before.live(), before.state)
    anna.changes.redo()
    assert anna.codings.count() == 4


def test_merging_moves_subcodes_and_merges_those_of_one_name(anna: Study) -> None:
    for path in ("c/b", "c/b/deep", "c/own", "a/b/deep", "a/b/mine"):
        anna.codebook.add(path)
    for start, path in enumerate(paths(anna)):
        anna.codings.apply("t", path, start, start + 30)
    before = snapshot(anna)
    assert anna.codebook.merge("c", "a") == 3
    assert paths(anna) == ["a", "a/b", "a/b/deep", "a/b/mine", "a/own"]
    assert anna.codings.count() == 8
    assert [anna.codebook.get(path).path for path in ("c", "c/b", "c/b/deep", "c/own")] == [
        *("a", "a/b", "a/b/deep", "a/own"),
    ]
    assert problems(anna) == []
    anna.changes.undo()
    assert snapshot(anna).live() == before.live()


def test_merging_into_the_parent(anna: Study) -> None:
    anna.codebook.add("a/b/deep")
    anna.codings.apply("t", "a/b", 0, 3)
    anna.codings.apply("t", "a/b/deep", 4, 9)
    anna.codebook.merge("a/b", "a")
    assert paths(anna) == ["a", "a/deep", "c"]
    assert coded(anna) == {("a", 0), ("a/deep", 4)}
    refused(anna, lambda: anna.codebook.merge("a", "a"), "are the same code")
    refused(
        anna, lambda: anna.codebook.merge("a", "a/deep"), "cannot be merged into its own subcode; move 'a/deep' out"
    )


def test_codings_whose_words_are_gone_are_merged_too(anna: Study) -> None:
    from qda.store.revisions import edit_source

    anna.codings.apply("t", "c", 0, 25)
    edit_source(anna, "t", document("Something else entirely stands here now!"), {})
    assert len(list(anna.codings.all(lost=True))) == 1
    refused(anna, lambda: anna.codebook.remove("c"), "has codings")
    anna.codebook.merge("c", "a")
    assert [one.code for one in anna.codings.all(lost=True)] == [anna.codebook.get("a").key]
    assert problems(anna) == []


# --- retiring, removing, describing -------------------------------------------------------------------------


def test_retiring_keeps_the_codings_and_takes_subcodes_along(anna: Study) -> None:
    anna.codings.apply("t", "a/b", 0, 3)
    anna.codebook.retire("a")
    assert {code.path: code.retired for code in anna.codebook.tree().codes} == {"a": True, "a/b": True, "c": False}
    assert coded(anna) == {("a/b", 0)}
    assert anna.codings.count() == 1
    assert anna.codebook.codebook().codes[0].extra == {"retired": "true"}
    anna.codebook.retire("a/b", back=True)
    assert [code.retired for code in anna.codebook.tree().codes] == [True, False, False]
    log = len(anna.changes.all())
    anna.codebook.retire("a/b", back=True)
    assert len(anna.changes.all()) == log


def test_only_an_unused_code_is_removed(anna: Study) -> None:
    anna.memos.add(MemoRow("On c.", "code", "c"))
    anna.coverage.import_rows([CoverageRow("t", "c", asked=True)], "x")
    refused(
        anna, lambda: anna.codebook.remove("a"), "'a' has codings or subcodes; merge it into another code or retire"
    )
    made = anna.codings.apply("t", "c", 0, 3)
    refused(anna, lambda: anna.codebook.remove("c"), "'c' has codings or subcodes")
    anna.codings.remove(made)
    before = snapshot(anna)
    anna.codebook.remove("c")
    assert (paths(anna), anna.memos.all(), anna.coverage.all()) == (["a", "a/b"], [], [])
    anna.changes.undo()
    assert snapshot(anna).live() == before.live()


def test_describing(anna: Study) -> None:
    anna.codebook.describe("c", definition="D", include="I", exclude="E", example="X", origin="analyst")
    entry = anna.codebook.get("c").entry
    assert (entry.definition, entry.include, entry.exclude, entry.example, entry.origin) == (
        "D",
        "I",
        "E",
        "X",
        "analyst",
    )
    assert anna.changes.all(last=1)[0].summary == "definition, include, exclude, example, origin of c"


# --- versions -----------------------------------------------------------------------------------------------


def test_each_change_of_the_codebook_is_a_version(anna: Study) -> None:
    first = anna.codebook.version()
    assert first == 3
    anna.codings.apply("t", "c", 0, 3)
    assert anna.codebook.version() == first
    anna.codebook.rename("c", "d")
    anna.codebook.merge("d", "a")
    anna.changes.undo()
    assert anna.codebook.version() == first + 3
    versions = anna.codebook.versions()
    assert [version[0] for version in versions] == list(range(1, 7))
    assert [version[3] for version in versions][3:5] == ["renamed c to d", "merged d into a"]
    assert {version[2] for version in versions} == {"anna"}
    names = [[code.path for code in anna.codebook.tree_at(number).codes] for number in range(1, 7)]
    assert names == [["a"], ["a", "a/b"], ["a", "a/b", "c"], ["a", "a/b", "d"], ["a", "a/b"], ["a", "a/b", "d"]]
    keys = {path: anna.codebook.get(path).key for path in ("a", "a/b", "d")}
    assert anna.codebook.codes_at(1) == {keys["a"]}
    assert anna.codebook.codes_at(5) == {keys["a"], keys["a/b"]}
    assert anna.codebook.codes_at(6) == set(keys.values())
    assert anna.codebook.codes_at(0) == set()
    assert [code.name for code in anna.codebook.codebook_at(4).codes] == ["a", "d"]
    with pytest.raises(QdaError, match=r"there is no codebook version 7 \(the newest is 6\)"):
        anna.codebook.tree_at(7)


def test_an_unchanged_codebook_makes_no_version(anna: Study) -> None:
    anna.codebook.describe("c", definition="")
    anna.codebook.import_codebook(Codebook(codes=(CodeEntry("c", origin="open"),)), "x")
    assert anna.codebook.version() == 3


# --- taking a codebook over ---------------------------------------------------------------------------------

BOOK = Codebook(
    "our book",
    {"note": "x"},
    (
        CodeEntry("c", "Words", children=(CodeEntry("one"), CodeEntry("two", ordinal=True))),
        CodeEntry("d", labels={"nl": "dee"}, aliases=("dd",), patterns=("d+",), extra={"colour": "red"}),
    ),
)


def test_a_codebook_is_taken_over(anna: Study) -> None:
    uid = anna.codebook.get("c").uid
    assert anna.codebook.import_codebook(BOOK, "the book", "book.yaml") == (3, 1)
    assert paths(anna) == ["a", "a/b", "c", "c/one", "c/two", "d"]
    code = anna.codebook.get("c")
    assert (code.uid, code.entry.definition, code.entry.origin) == (uid, "Words", "open")
    assert anna.codebook.get("d").entry.origin == "a-priori"
    assert anna.codebook.get("dd").entry.labels == {"nl": "dee"}
    assert anna.codebook.get("d").entry.extra == {"colour": "red"}
    assert anna.codebook.get("c/two").entry.ordinal
    assert anna.codebook.files() == ["book.yaml"]
    assert anna.codebook.codebook().name == "our book"
    assert anna.codebook.codebook().extra == {"note": "x"}
    log = len(anna.changes.all())
    assert anna.codebook.import_codebook(BOOK, "the book", "book.yaml") == (0, 0)
    assert len(anna.changes.all()) == log


def test_what_is_written_is_what_was_taken_over(anna: Study) -> None:
    for path in ("a/b", "a", "c"):
        anna.codebook.remove(path)
    anna.codebook.import_codebook(BOOK, "the book")
    written = anna.codebook.codebook()
    assert written.name == BOOK.name
    assert [names for names, _ in written.walk()] == [names for names, _ in BOOK.walk()]
    assert anna.codebook.import_codebook(written, "again") == (0, 0)


def test_a_code_that_names_an_alias_is_that_code_renamed(anna: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    book = Codebook(codes=(CodeEntry("new name", aliases=("c",)),))
    assert anna.codebook.import_codebook(book, "x") == (0, 1)
    assert coded(anna) == {("new name", 0)}
    assert anna.codebook.get("c").path == "new name"


def test_an_alias_of_a_code_that_stays_renames_nothing(anna: Study) -> None:
    book = Codebook(codes=(CodeEntry("c"), CodeEntry("new", aliases=("c",))))
    assert anna.codebook.import_codebook(book, "x")[0] == 1
    assert {"c", "new"} <= set(paths(anna))


def test_two_codes_may_change_names(anna: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    book = Codebook(codes=(CodeEntry("x", aliases=("a",)), CodeEntry("y", aliases=("c",))))
    anna.codebook.import_codebook(book, "x")
    assert paths(anna) == ["x", "x/b", "y"]
    assert coded(anna) == {("y", 0)}


def test_a_codebook_that_cannot_be_is_refused_whole(anna: Study) -> None:
    for book in (
        Codebook(codes=(CodeEntry("new"), CodeEntry("bad\nname"))),
        Codebook(codes=(CodeEntry("new", children=(CodeEntry(""),)),)),
        Codebook(codes=(CodeEntry("same"), CodeEntry("same"))),
        Codebook(codes=(CodeEntry("half", "\ud800"),)),
    ):
        before = snapshot(anna)
        with pytest.raises(QdaError) as caught:
            anna.codebook.import_codebook(book, "x")
        assert snapshot(anna) == before
        assert "\n" not in str(caught.value)


def test_others_see_the_new_codebook_at_once(anna: Study) -> None:
    with another(anna, "bram") as bram:
        anna.codebook.rename("c", "d")
        assert paths(bram) == ["a", "a/b", "d"]
        bram.codings.apply("t", "c", 0, 3)
        assert coded(anna) == {("d", 0)}


def test_codes_count_only_in_their_own_study(anna: Study) -> None:
    add(anna, document("other", "u"))
    assert anna.codebook.tree().find("a") is not None
    assert anna.codebook.files() == []

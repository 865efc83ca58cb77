"""Edits of the codebook screen: each one action that undo takes back, and a merge does what its preview says."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import another, coding, make, new_folder, paths, problems, snapshot, state_from_scratch

from qda.errors import ConflictError, QdaError
from qda.model.codebook import CodeEntry
from qda.store.memos import MemoRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.store import Study


def refused(study: Study, act: Callable[[], Any], words: str, error: type[QdaError] = QdaError) -> None:
    before = snapshot(study)
    with pytest.raises(error, match=words):
        act()
    assert snapshot(study) == before


def one_action(study: Study, act: Callable[[], Any]) -> Any:
    """Do something; it is one line in the log, keeps the study sound, and undo and redo lead back and forth."""
    before, log = snapshot(study), len(study.changes.all())
    found = act()
    after = snapshot(study)
    assert len(study.changes.all()) == log + 1
    assert problems(study) == []
    study.changes.undo()
    assert snapshot(study).live() == before.live()
    assert study.state_hash() == before.state
    study.changes.redo()
    assert snapshot(study).live() == after.live()
    assert study.state_hash() == after.state == state_from_scratch(study)
    return found


def keys(study: Study, path: str) -> list[int]:
    return [one.key for one in study.codebook_edits.codings_of([study.codebook.get(path).key])]


# --- writing everything about a code ------------------------------------------------------------------------

FULL = CodeEntry(
    "a",
    definition="What it is\nin two lines",
    include="this",
    exclude="that",
    example="“so”",
    labels={"nl": "vertrouwen", "no": "tillit"},
    aliases=("alpha", "beta"),
    origin="analyst",
    ordinal=True,
    exclusive="case_moment",
    moment="date",
    outside=True,
    patterns=("trust*", "rely on"),
)


def test_everything_about_a_code_is_one_action(anna: Study) -> None:
    one_action(anna, lambda: anna.codebook_edits.rewrite("a", FULL))
    assert anna.codebook.get("alpha").entry == FULL
    log = len(anna.changes.all())
    anna.codebook_edits.rewrite("a", FULL)
    assert len(anna.changes.all()) == log


def test_name_place_and_extra_stay(anna: Study) -> None:
    anna.codebook.retire("a/b")
    before = anna.codebook.get("a/b")
    anna.codebook_edits.rewrite("a/b", replace(FULL, name="other", extra={"x": "y"}, children=(CodeEntry("z"),)))
    after = anna.codebook.get("a/b")
    assert (after.path, after.position, after.retired) == ("a/b", before.position, True)
    assert (after.entry.extra, after.entry.children) == (before.entry.extra, ())


def test_own_name_and_empty_words_are_no_aliases(anna: Study) -> None:
    anna.codebook_edits.rewrite("a", CodeEntry("a", aliases=(" a ", "", "x", "x "), patterns=("", " ", "p", "p")))
    assert (anna.codebook.get("a").entry.aliases, anna.codebook.get("a").entry.patterns) == (("x",), ("p",))


def test_an_alias_gives_way_to_the_name_of_a_sibling(anna: Study) -> None:
    anna.codebook_edits.rewrite("a", CodeEntry("a", aliases=("C", "x")))
    assert anna.codebook.get("a").entry.aliases == ("x",)
    assert anna.codebook.get("C").path == "c"
    assert problems(anna) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(FULL, origin="heaven"), "no origin"),
        (replace(FULL, exclusive="always"), "exclude each other"),
        (replace(FULL, exclusive="text"), "has no moment"),
        (replace(FULL, labels={"": "x"}), "a label has"),
        (replace(FULL, labels={"nl": " "}), "a label has"),
        (replace(FULL, definition="\ud800"), "half a character"),
    ],
)
def test_wrong_words_are_refused(anna: Study, wrong: CodeEntry, words: str) -> None:
    refused(anna, lambda: anna.codebook_edits.rewrite("a", wrong), words)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(anna: Study) -> None:
    seen = anna.codebook.get("a").born
    other = another(anna, "bram")
    other.codebook.describe("a", definition="Bram's")
    other.close()
    refused(anna, lambda: anna.codebook_edits.rewrite("a", FULL, seen=seen), "changed in the meantime", ConflictError)
    anna.codebook_edits.rewrite("a", FULL, seen=anna.codebook.get("a").born)


# --- order --------------------------------------------------------------------------------------------------


def test_reordering_siblings(anna: Study) -> None:
    for name in ("d", "e"):
        anna.codebook.add(name)
    one_action(anna, lambda: anna.codebook_edits.reorder("e", -1))
    assert paths(anna) == ["a", "a/b", "c", "e", "d"]
    anna.codebook_edits.reorder("a", 1)
    assert paths(anna) == ["c", "a", "a/b", "e", "d"]
    refused(anna, lambda: anna.codebook_edits.reorder("c", -1), "first of its siblings")
    refused(anna, lambda: anna.codebook_edits.reorder("d", 1), "last of its siblings")
    refused(anna, lambda: anna.codebook_edits.reorder("a/b", 1), "last of its siblings")
    refused(anna, lambda: anna.codebook_edits.reorder("nothing", 1), "there is no code")


def test_retired_siblings_are_passed_over(anna: Study) -> None:
    anna.codebook.add("d")
    anna.codebook.retire("c")
    anna.codebook_edits.reorder("d", -1)
    assert paths(anna) == ["d", "c", "a", "a/b"]
    refused(anna, lambda: anna.codebook_edits.reorder("c", 1), "last of its siblings")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_order_can_be_reached(data: st.DataObject) -> None:
    folder = new_folder()
    names = list("pqrs")
    with make(folder) as study:
        for name in names:
            study.codebook.add(f"c/{name}")
        with study.action("code", "positions as old studies may have them") as change:
            for name in names:
                key = study.codebook.get(f"c/{name}").key
                change.edit("code", "key = ?", (key,), position=data.draw(st.integers(0, 2), label=name))
        order = [path[2:] for path in paths(study) if path.startswith("c/")]
        for name, by in data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from((-1, 1))), max_size=6)):
            to = order.index(name) + by
            before = snapshot(study)
            if not 0 <= to < len(order):
                refused(study, lambda name=name, by=by: study.codebook_edits.reorder(f"c/{name}", by), "siblings")
                continue
            study.codebook_edits.reorder(f"c/{name}", by)
            study.changes.undo()
            assert snapshot(study).live() == before.live()
            study.changes.redo()
            order.remove(name)
            order.insert(to, name)
            assert [path[2:] for path in paths(study) if path.startswith("c/")] == order
        assert problems(study) == []
    shutil.rmtree(folder)


# --- splitting ----------------------------------------------------------------------------------------------


def test_splitting_moves_the_chosen_codings(anna: Study) -> None:
    rows = [coding(1, "a", 0, 3, memo="why"), coding(2, "a", 4, 8), coding(3, "a", 0, 3, coder="bram")]
    anna.codings.import_rows(rows, "codings")
    first, _, third = keys(anna, "a")
    new = one_action(anna, lambda: anna.codebook_edits.split("a", "c/new", [third, first, first]))
    assert (new.path, new.entry.origin) == ("c/new", "analyst")
    assert keys(anna, "c/new") == [first, third]
    assert len(keys(anna, "a")) == 1
    assert anna.memos.codings().keys() == {anna.memos.all()[0].key}
    assert anna.changes.all(last=1)[0].summary.endswith("split a: 2 codings to c/new")


def test_a_split_that_cannot_be(anna: Study) -> None:
    anna.codings.import_rows([coding(1, "a", 0, 3), coding(2, "c", 4, 8)], "codings")
    edits, (own,), (others,) = anna.codebook_edits, keys(anna, "a"), keys(anna, "c")
    refused(anna, lambda: edits.split("a", "new", []), "no coding is chosen")
    refused(anna, lambda: edits.split("a", "new", [own, others]), "changed in the meantime", ConflictError)
    refused(anna, lambda: edits.split("a", "c", [own]), "there is a code 'c' already")
    refused(anna, lambda: edits.split("a", "no/new", [own]), "there is no code 'no'")
    refused(anna, lambda: edits.split("a", "", [own]), "empty name")


# --- looking before merging ---------------------------------------------------------------------------------


def test_a_preview_says_what_a_merge_does(anna: Study) -> None:
    anna.codebook.add("c/B")
    anna.codebook.add("a/z")
    anna.codebook_edits.rewrite("a", CodeEntry("a", aliases=("alpha",)))
    anna.memos.import_rows([MemoRow("On a.", "code", "a"), MemoRow("On b.", "code", "a/b")], "memos")
    rows = [coding(1, "a", 0, 3), coding(2, "a", 4, 8), coding(3, "c", 0, 3), coding(4, "c", 4, 8, coder="bram")]
    anna.codings.import_rows([*rows, coding(5, "a/b", 9, 12), coding(6, "c/B", 9, 12)], "codings")
    before = snapshot(anna)
    preview = anna.codebook_edits.merge_preview("a", "c")
    assert snapshot(anna) == before
    assert preview == (3, 2, 2, ("a/z",), ("a/b",), ("a", "alpha", "/a"))
    assert anna.codebook.merge("a", "c") == preview.codings


def test_a_merge_that_cannot_be_is_refused_before(anna: Study) -> None:
    edits = anna.codebook_edits
    refused(anna, lambda: edits.merge_preview("a", "a"), "are the same code")
    refused(anna, lambda: edits.merge_preview("a", "a/b"), "into its own subcode")
    refused(anna, lambda: edits.merge_preview("a", "nothing"), "there is no code")


PATHS = ("a", "a/b", "a/c", "a/b/c", "c", "c/b", "c/b/a", "c/d", "d")


@settings(max_examples=40, deadline=None)
@given(
    st.sets(st.sampled_from(PATHS), min_size=2).map(
        lambda some: {p[: i + 1] for p in some for i in range(0, len(p), 2)}
    ),
    st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(("anna", "bram")), st.integers(0, 2)), max_size=12),
    st.data(),
)
def test_every_merge_does_what_its_preview_says(
    codes: set[str], wanted: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    folder = new_folder()
    with make(folder) as study:
        for path in ("c", "a/b", "a"):
            study.codebook.remove(path)
        for path in sorted(codes, key=lambda path: (path.count("/"), path)):
            study.codebook.add(path)
        used = dict.fromkeys(one for one in wanted if one[0] in codes)
        rows = [coding(i, path, at, at + 5, coder=who) for i, (path, who, at) in enumerate(used, start=1)]
        study.codings.import_rows(rows, "codings")
        study.memos.import_rows([MemoRow("Note.", "code", path) for path, *_ in dict.fromkeys(used)], "memos")
        pairs = [
            pair for pair in itertools.permutations(sorted(codes), 2) if not f"{pair[1]}/".startswith(f"{pair[0]}/")
        ]
        if pairs:
            path, into = data.draw(st.sampled_from(pairs))
            check_merge(study, path, into)
    shutil.rmtree(folder)


def check_merge(study: Study, path: str, into: str) -> None:
    tree, total = study.codebook.tree(), study.codings.count()
    target = study.codebook.get(into)
    preview = study.codebook_edits.merge_preview(path, into)
    assert one_action(study, lambda: study.codebook.merge(path, into)) == preview.codings
    after = study.codebook.tree()
    assert study.codings.count() == total - preview.twins
    assert {tree.by_key[key].path for key in tree.by_key.keys() - after.by_key.keys()} == {path, *preview.merged}
    new = after.by_key[target.key].entry.aliases
    assert set(new) - set(target.entry.aliases) == set(preview.aliases)
    assert all(after.find(former) is not None for former in preview.moved)


# --- what is asked ------------------------------------------------------------------------------------------


def test_coders_of_codes(anna: Study) -> None:
    rows = [coding(1, "a", 0, 3), coding(2, "a", 4, 8, coder="bram"), coding(3, "a", 0, 3, coder="bram")]
    anna.codings.import_rows([*rows, coding(4, "a", 0, 3, layer="consensus")], "codings")
    a = anna.codebook.get("a").key
    assert anna.codebook_edits.coders_by_code() == {a: [("bram", 2), ("anna", 1), ("consensus", 1)]}


def test_the_version_in_which_a_code_came(anna: Study) -> None:
    anna.codebook.describe("a", definition="Later")
    version, at, coder = anna.codebook_edits.made(anna.codebook.get("a").key)
    assert (version, coder) == (1, "anna")
    assert at[:2] == "20"
    assert anna.codebook_edits.made(anna.codebook.get("c").key).version == 3
    assert anna.codebook_edits.made(-1) == (0, "", "")


# --- memos --------------------------------------------------------------------------------------------------


def test_editing_and_removing_memos(anna: Study) -> None:
    anna.memos.import_rows([MemoRow("Words.", "code", "a", title="T"), MemoRow("B.", coder="bram")], "memos")
    mine, others = sorted(anna.memos.all(), key=lambda memo: memo.coder)
    one_action(anna, lambda: anna.memos.edit(mine.uid, title="New", body="Other\nwords.", kind="method"))
    memo = next(memo for memo in anna.memos.all() if memo.uid == mine.uid)
    assert memo == mine._replace(title="New", body="Other\nwords.", kind="method")
    refused(anna, lambda: anna.memos.edit(mine.uid, title="T", body=" ", kind="method"), "no text")
    refused(anna, lambda: anna.memos.edit(mine.uid, title="T", body="x", kind="other"), "no kind of memo")
    refused(anna, lambda: anna.memos.edit(others.uid, title="T", body="x", kind="method"), "bram's; only your own")
    refused(anna, lambda: anna.memos.remove(others.uid), "bram's; only your own")
    refused(anna, lambda: anna.memos.remove("what"), "no id of a memo")
    one_action(anna, lambda: anna.memos.remove(mine.uid))
    assert [memo.uid for memo in anna.memos.all()] == [others.uid]
    refused(anna, lambda: anna.memos.remove(mine.uid), "removed in the meantime", ConflictError)

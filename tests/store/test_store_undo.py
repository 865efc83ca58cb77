"""Undo and redo: every action, by every door, in other processes, and what refuses them."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from store_world import (
    INTERVIEW,
    add,
    another,
    coding,
    document,
    paths,
    problems,
    snapshot,
    speakers,
    spoken,
    state_from_scratch,
)

from qda.errors import ConflictError, QdaError
from qda.model.codebook import Codebook, CodeEntry
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from collections.abc import Callable

EDITED = spoken(
    "u",
    ("I", "Well, why did you return, and who decided?"),
    ("Amal", "Nobody asked me. The police came."),
    ("Neighbour", "They came at night."),
)


def some_coding(study: Study) -> str:
    return next(study.codings.all()).uid


# Each action, as it is taken in the full study; each changes something.
ACTIONS: dict[str, Callable[[Study], Any]] = {
    "add a source": lambda s: add(s, spoken("v", ("I", "Yes?"), ("R1", "No."))),
    "add bytes again": lambda s: add(s, INTERVIEW, again=True, name="u once more"),
    "describe a source": lambda s: s.sources.describe("t", kind="letter", language="en"),
    "edit a source": lambda s: edit_source(s, "u", EDITED, speakers(EDITED)),
    "empty a source": lambda s: edit_source(s, "t", document("", "t"), {}),
    "import a codebook": lambda s: s.codebook.import_codebook(
        Codebook("other", {"x": "y"}, (CodeEntry("trust", "New words", children=(CodeEntry("new"),)),)), "b", "c.yaml"
    ),
    "add a code": lambda s: s.codebook.add("trust/police/rank"),
    "rename a code": lambda s: s.codebook.rename("trust", "belief"),
    "move a code": lambda s: s.codebook.move("trust/police", "fear"),
    "merge codes": lambda s: s.codebook.merge("trust", "fear"),
    "retire a code": lambda s: s.codebook.retire("trust"),
    "bring a code back": lambda s: s.codebook.retire("old", back=True),
    "remove a code": lambda s: s.codebook.remove("old"),
    "describe a code": lambda s: s.codebook.describe("fear", definition="Being afraid", include="worry"),
    "apply a code": lambda s: s.codings.apply("t", "fear", 3, 9, weight=0.25),
    "import codings": lambda s: s.codings.import_rows(
        [coding(1, "made/here", 0, 3, coder="zed", memo="So."), coding(2, "fear", 5, 8)], "c", create_codes=True
    ),
    "remove a coding": lambda s: s.codings.remove(some_coding(s)),
    "write a memo": lambda s: s.memos.add(MemoRow("Oh.", "coding", some_coding(s))),
    "enter values": lambda s: s.attributes.import_rows(
        "case",
        {"country": "choice", "new": ""},
        [AttributeRow("Shelter", {"country": ("Iran",), "new": ("1", "2")})],
        "v",
    ),
    "enter a source's fields": lambda s: s.attributes.import_rows(
        "source", {"kind": "", "date": ""}, [AttributeRow("t", {"kind": ("survey",), "date": ("2020",)})], "v"
    ),
    "register persons": lambda s: s.persons.import_rows([PersonRow("Noor", "interviewer", "u", "I")], "p"),
    "let a person take part": lambda s: s.persons.import_rows([PersonRow("Amal", "", "t")], "p"),
    "merge persons": lambda s: s.persons.merge("Guard", "Amal"),
    "enter cases": lambda s: s.cases.import_rows([CaseRow("Shelter", "", ("Tolk",)), CaseRow("New", "country")], "c"),
    "enter progress": lambda s: s.progress.import_rows(
        [ProgressRow("t", "anna", "in progress"), ProgressRow("t", "zed", "done", layer="consensus")], "p"
    ),
    "set progress": lambda s: s.progress.set("u", "anna", "done"),
    "enter coverage": lambda s: s.coverage.import_rows(
        [CoverageRow("u", "fear", asked=True), CoverageRow("t", "trust/police", asked=False)], "c"
    ),
    "mark not data": lambda s: s.not_data.import_rows([NotDataRow("t", 5, 9, "x"), NotDataRow("t", 7, 12)], "n"),
    "let it be data again": lambda s: s.not_data.remove("u", 1, 5),
    "set a setting": lambda s: s.settings.set("language", "nl"),
    "take a setting away": lambda s: s.settings.set("language", ""),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_one_line_and_is_undone_and_redone(full: Study, name: str) -> None:
    before = snapshot(full)
    ACTIONS[name](full)
    after = snapshot(full)
    assert len(after.log) == len(before.log) + 1
    assert after.state != before.state
    assert state_from_scratch(full) == after.state
    assert problems(full) == []
    for _ in range(2):
        said = full.changes.undo()
        assert said == after.log[-1][5]
        undone = snapshot(full)
        assert (undone.state, undone.live()) == (before.state, before.live())
        assert problems(full) == []
        assert full.changes.redo() == said
        redone = snapshot(full)
        assert (redone.state, redone.live()) == (after.state, after.live())
        assert problems(full) == []


@pytest.mark.parametrize("name", ACTIONS)
def test_each_undo_survives_closing_and_works_in_another_process(full: Study, name: str) -> None:
    before = snapshot(full)
    ACTIONS[name](full)
    after = snapshot(full)
    full.close()
    with Study.open(full.folder, coder="anna") as again:
        again.changes.undo()
        assert snapshot(again).live() == before.live()
    with Study.open(full.folder, coder="anna") as again:
        assert again.state_hash() == before.state
        again.changes.redo()
    with Study.open(full.folder, coder="anna") as again:
        assert (again.state_hash(), snapshot(again).live()) == (after.state, after.live())
        assert problems(again) == []


def test_all_actions_are_undone_one_by_one_and_redone(full: Study) -> None:
    states = [full.state_hash()]
    for act in ACTIONS.values():
        with contextlib.suppress(QdaError):  # some find that an earlier one took away what they need
            act(full)
            states.append(full.state_hash())
    assert len(states) > 25
    assert len(set(states)) == len(states)
    for state in states[-2::-1]:
        full.changes.undo()
        assert full.state_hash() == state
    for state in states[1:]:
        full.changes.redo()
        assert full.state_hash() == state
    with pytest.raises(QdaError, match="nothing to redo for anna"):
        full.changes.redo()
    assert problems(full) == []


def test_an_undo_in_another_process_than_the_action(full: Study) -> None:
    before = full.state_hash()
    full.codebook.rename("fear", "angst")
    code = "import sys; from qda.store import Study; print(Study.open(sys.argv[1], coder='anna').changes.undo())"
    done = subprocess.run([sys.executable, "-c", code, full.folder], check=True, capture_output=True, text=True)
    assert done.stdout == "renamed fear to angst\n"
    assert full.state_hash() == before
    assert full.changes.redo() == "renamed fear to angst"


def test_nothing_to_undo(anna: Study) -> None:
    nobody = Study.open(anna.folder)
    with pytest.raises(QdaError, match="there is nothing to undo: nobody named has changed nothing"):
        nobody.changes.undo()
    nobody.coder = "stranger"
    with pytest.raises(QdaError, match="there is nothing to redo: stranger has changed nothing"):
        nobody.changes.redo()
    nobody.close()
    bram = another(anna, "bram")
    before = snapshot(anna)
    with pytest.raises(QdaError, match="there is nothing to undo for bram"):
        bram.changes.undo()
    with pytest.raises(QdaError, match="there is nothing to redo for anna"):
        anna.changes.redo()
    assert snapshot(anna) == before
    bram.close()


def test_each_coder_undoes_their_own_last_action(anna: Study, bram: Study) -> None:
    anna.settings.set("of anna", "1")
    bram.settings.set("of bram", "1")
    anna.codings.apply("t", "c", 0, 3)
    assert bram.changes.undo() == "of bram = 1"
    assert anna.changes.undo() == "c on t 0-3"
    assert anna.changes.undo() == "of anna = 1"
    assert bram.changes.redo() == "of bram = 1"
    assert bram.settings.all() == {"of bram": "1"}


def test_a_new_action_clears_the_redo_of_that_coder_only(anna: Study, bram: Study) -> None:
    for study in (anna, bram):
        study.settings.set(f"of {study.coder}", "1")
        study.settings.set(f"of {study.coder}", "2")
        study.changes.undo()
    anna.codings.apply("t", "c", 0, 3)
    with pytest.raises(QdaError, match="nothing to redo for anna"):
        anna.changes.redo()
    assert bram.changes.redo() == "of bram = 2"
    assert anna.settings.all() == {"of anna": "1", "of bram": "2"}


def test_an_action_that_changes_nothing_leaves_redo_alone(anna: Study) -> None:
    anna.settings.set("x", "1")
    anna.settings.set("x", "2")
    anna.changes.undo()
    log = len(anna.changes.all())
    anna.settings.set("x", "1")
    anna.codebook.describe("c", definition="")
    assert len(anna.changes.all()) == log
    assert anna.changes.redo() == "x = 2"


def test_an_undo_that_was_redone_can_be_undone_again(anna: Study) -> None:
    anna.settings.set("x", "1")
    anna.settings.set("x", "2")
    for step, value in (("undo", "1"), ("undo", ""), ("redo", "1"), ("undo", ""), ("redo", "1"), ("redo", "2")):
        getattr(anna.changes, step)()
        assert anna.settings.get("x") == value


def refused(study: Study, act: Callable[[], Any], words: str) -> None:
    before = snapshot(study)
    with pytest.raises(ConflictError, match=words) as caught:
        act()
    assert "\n" not in str(caught.value)
    assert snapshot(study) == before


def test_an_undo_is_refused_when_another_touched_the_same(anna: Study, bram: Study) -> None:
    anna.codebook.describe("c", definition="Anna's")
    bram.codebook.describe("c", include="Bram's")
    number = bram.changes.all()[0].number
    refused(anna, anna.changes.undo, rf"^this cannot be undone: change {number} \(include of c, by bram\) touched")
    bram.changes.undo()
    assert anna.changes.undo() == "definition of c"


def test_an_undo_is_refused_when_another_built_on_it(anna: Study, bram: Study) -> None:
    anna.codebook.add("new")
    bram.codings.apply("t", "new", 0, 3)
    refused(anna, anna.changes.undo, r"change \d+ \(new on t 0-3, by bram\) builds on it; undo that one first")
    bram.changes.undo()
    anna.changes.undo()
    assert "new" not in paths(anna)
    refused(bram, bram.changes.redo, "cannot be redone|cannot be undone")


def test_an_undo_of_an_import_is_refused_while_others_work_on_it(anna: Study, bram: Study) -> None:
    add(anna, INTERVIEW)
    works: dict[str, Callable[[], Any]] = {
        "coding": lambda: bram.codings.apply("u", "c", 0, 3),
        "memo": lambda: bram.memos.add(MemoRow("Oh.", "segment", "u", start=0, end=3)),
        "person's memo": lambda: bram.memos.add(MemoRow("Oh.", "person", "Amal")),
        "stretch": lambda: bram.not_data.import_rows([NotDataRow("u", 0, 3)], "stretch"),
        "case": lambda: bram.cases.import_rows([CaseRow("x", "", ("Amal",))], "case"),
        "value": lambda: bram.attributes.import_rows("source", {"x": ""}, [AttributeRow("u", {"x": ("1",)})], "v"),
        "progress": lambda: bram.progress.set("u", "bram", "done"),
        "coverage": lambda: bram.coverage.import_rows([CoverageRow("u", "c", asked=True)], "c"),
        "person": lambda: bram.persons.import_rows([PersonRow("Noor", "", "u", "I")], "p"),
        "text": lambda: edit_source(bram, "u", EDITED, speakers(EDITED)),
        "kind": lambda: bram.sources.describe("u", kind="letter"),
    }
    for work in works.values():
        work()
        refused(anna, anna.changes.undo, r"by bram\)")
        bram.changes.undo()
    anna.changes.undo()
    assert [source.name for source in anna.sources.all()] == ["t"]


def test_an_undo_is_refused_when_what_it_needs_is_gone(anna: Study, bram: Study) -> None:
    anna.codings.remove(anna.codings.apply("t", "c", 0, 3))
    bram.codebook.remove("c")
    refused(anna, anna.changes.undo, r"change \d+ \(removed c, by bram\) took away the code that it needs")
    bram.changes.undo()
    anna.changes.undo()
    assert anna.codings.count() == 1


def test_an_edit_is_not_undone_over_the_work_of_others(anna: Study, bram: Study) -> None:
    add(anna, INTERVIEW)
    kept = bram.codings.apply("u", "c", 11, 20)
    edit_source(anna, "u", EDITED, speakers(EDITED))
    bram.codings.apply("u", "a", 11, 20)
    refused(anna, anna.changes.undo, r"\(a on u 11-20, by bram\) builds on it")
    bram.changes.undo()
    bram.codings.remove(kept)
    refused(anna, anna.changes.undo, r"\(removed a coding, by bram\) touched the same")
    bram.changes.undo()
    anna.changes.undo()
    assert anna.sources.get("u").revision == 1
    assert problems(anna) == []


def test_later_work_of_others_elsewhere_stays(anna: Study, bram: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    made = bram.codings.apply("t", "c", 0, 3)
    bram.codebook.add("d")
    anna.changes.undo()
    assert [one.uid for one in anna.codings.all()] == [made]
    assert "d" in paths(anna)


def test_a_merge_is_undone_around_later_codings(anna: Study, bram: Study) -> None:
    anna.codings.apply("t", "c", 0, 3)
    anna.codebook.merge("c", "a")
    later = bram.codings.apply("t", "a", 5, 9)
    anna.changes.undo()
    tree = anna.codebook.tree()
    assert {(tree.by_key[one.code].path, one.start) for one in anna.codings.all()} == {("c", 0), ("a", 5)}
    assert later in {one.uid for one in anna.codings.all()}


def test_fifty_thousand_codings_are_one_action(anna: Study) -> None:
    add(anna, document("x" * 60000, "long"))
    before = anna.state_hash()
    rows = [coding(number, "c", number, number + 1 + number % 7, source="long") for number in range(50000)]
    anna.codings.import_rows(rows, "all")
    assert len(anna.changes.all(last=1)) == 1
    after = anna.state_hash()
    anna.changes.undo()
    assert (anna.codings.count(), anna.state_hash()) == (0, before)
    anna.changes.redo()
    assert (anna.codings.count(), anna.state_hash()) == (50000, after)


def test_the_log_says_who_did_what_and_what_is_undone(anna: Study, bram: Study) -> None:
    bram.settings.set("x", "1")
    bram.changes.undo()
    newest, done = anna.changes.all(last=2)
    assert (newest.kind, newest.coder, newest.undoes, newest.undone) == ("undo", "bram", done.number, False)
    assert newest.summary == f"undo of change {done.number}: x = 1"
    assert (done.kind, done.coder, done.summary, done.undoes, done.undone) == ("setting", "bram", "x = 1", None, True)
    bram.changes.redo()
    newest, _, done = anna.changes.all(last=3)
    assert (newest.kind, newest.undoes) == ("redo", done.number)
    assert newest.summary == f"redo of change {done.number}: x = 1"
    assert not done.undone
    assert [line.number for line in anna.changes.all()] == list(range(newest.number, 0, -1))

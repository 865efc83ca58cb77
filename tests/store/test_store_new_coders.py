"""A coder's first action: whoever comes in with it goes with it when it is taken back, and comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import coding, problems, state_from_scratch
from test_store_undo import ACTIONS

from qda.errors import QdaError
from qda.store import Study
from qda.store.progress import ProgressRow

if TYPE_CHECKING:
    from collections.abc import Iterator


def names(study: Study) -> list[str]:
    return [coder.name for coder in study.coders.all()]


@pytest.fixture
def zoe(anna: Study) -> Iterator[Study]:
    """The study of Anna, as it is open for somebody who has not done anything in it."""
    with Study.open(anna.folder, coder="zoe") as study:
        yield study


@pytest.mark.parametrize("act", ACTIONS)
def test_undo_of_a_first_action_leaves_the_state_before_it(full: Study, act: str) -> None:
    before, coders = full.state_hash(), names(full)
    full.coder = "zoe"
    ACTIONS[act](full)
    after = full.state_hash()
    assert "zoe" in names(full)
    for _ in range(2):
        full.changes.undo()
        assert (full.state_hash(), names(full)) == (before, coders)
        assert state_from_scratch(full) == before
        full.changes.redo()
        assert full.state_hash() == state_from_scratch(full) == after
        assert problems(full) == []


def test_the_first_of_several_actions_takes_the_coder_along(anna: Study, zoe: Study) -> None:
    states = [anna.state_hash()]
    for path in ("x", "y", "z"):
        zoe.codebook.add(path)
        states.append(anna.state_hash())
    for state in reversed(states[:-1]):
        zoe.changes.undo()
        assert anna.state_hash() == state
    with pytest.raises(QdaError, match="nothing to undo for zoe"):
        zoe.changes.undo()
    for state in states[1:]:
        zoe.changes.redo()
        assert anna.state_hash() == state
    assert problems(anna) == []


def test_another_process_does_the_first_action_again(anna: Study, zoe: Study) -> None:
    zoe.codings.apply("t", "c", 0, 3)
    after = anna.state_hash()
    zoe.changes.undo()
    with Study.open(anna.folder, coder="zoe") as other:
        other.changes.redo()
        assert anna.state_hash() == after
        assert zoe.changes.undo() == "c on t 0-3"
    assert names(anna) == ["anna"]


def test_a_new_action_of_a_coder_who_went_is_his_own(anna: Study, zoe: Study) -> None:
    zoe.codebook.add("x")
    key, before = zoe.coders.find("zoe"), names(anna)
    zoe.changes.undo()
    state = anna.state_hash()
    zoe.codebook.add("y")
    assert zoe.coders.find("zoe") == key
    with pytest.raises(QdaError, match="nothing to redo"):
        zoe.changes.redo()
    zoe.changes.undo()
    assert anna.state_hash() == state
    assert before == [*names(anna), "zoe"]
    assert problems(anna) == []


def test_the_log_still_names_a_coder_who_went(anna: Study, zoe: Study) -> None:
    zoe.codebook.add("x")
    zoe.changes.undo()
    undone, done = anna.changes.all()[:2]
    assert (undone.coder, done.coder, done.undone) == ("zoe", "zoe", True)
    assert anna.codebook.versions()[-1][2] == "zoe"


def test_a_coder_whom_others_need_stays(anna: Study, zoe: Study) -> None:
    zoe.codings.apply("t", "c", 0, 3)
    anna.progress.import_rows([ProgressRow("t", "zoe", "assigned")], "assigned")
    zoe.changes.undo()
    assert names(anna) == ["anna", "zoe"]
    anna.changes.undo()
    zoe.changes.redo()
    assert [one.coder for one in anna.codings.all()] == [zoe.coders.find("zoe")]
    assert problems(anna) == []


def test_a_coder_who_went_comes_back_by_the_hand_of_another(anna: Study, zoe: Study) -> None:
    zoe.codings.apply("t", "c", 0, 3)
    zoe.changes.undo()
    state = anna.state_hash()
    anna.codings.import_rows([coding(1, "c", 4, 7, coder="zoe")], "of zoe")
    zoe.changes.redo()
    assert [one.coder for one in anna.codings.all()] == [zoe.coders.find("zoe")] * 2
    zoe.changes.undo()
    anna.changes.undo()
    assert anna.state_hash() == state
    assert problems(anna) == []


def test_a_coder_whom_an_import_made_stays_when_his_first_action_is_taken_back(anna: Study, zoe: Study) -> None:
    anna.codings.import_rows([coding(1, "c", 4, 7, coder="zoe")], "of zoe")
    state = anna.state_hash()
    zoe.codebook.add("x")
    zoe.changes.undo()
    assert anna.state_hash() == state
    assert "zoe" in names(anna)


def test_a_refused_redo_does_not_bring_the_coder_back(anna: Study, zoe: Study) -> None:
    zoe.codebook.add("x")
    zoe.changes.undo()
    anna.codebook.add("x")
    state = anna.state_hash()
    with pytest.raises(QdaError, match="cannot be redone"):
        zoe.changes.redo()
    assert anna.state_hash() == state
    assert names(anna) == ["anna"]

"""Codings that need a look after an edit: listed with old and new words until somebody says that they are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import add, document, problems, state_from_scratch

from qda.errors import QdaError
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from qda.store import Study

FIRST = "She waited for two long years. Then she left the camp by night. Nobody wrote to her."
SECOND = "She waited for two very long years. Nobody wrote to her."
THIRD = "She waited for three very long years. Nobody wrote to her."


def code(study: Study, words: str, path: str = "c") -> None:
    start = FIRST.index(words)
    study.codings.apply("e", path, start, start + len(words))


def flags(study: Study) -> list[tuple[object, ...]]:
    return [(one.coding.anchor, one.source, one.code, one.coder, one.before, one.now) for one in study.review.all()]


@pytest.fixture
def edited(anna: Study) -> Study:
    """A source with three codings whose text was corrected: one is in place, one changed, one is gone."""
    add(anna, document(FIRST, "e"))
    code(anna, "two long years")
    code(anna, "Then she left the camp by night.", "a")
    code(anna, "Nobody wrote to her.")
    edit_source(anna, "e", document(SECOND, "e"), {})
    return anna


def test_old_and_new_words_are_listed(edited: Study) -> None:
    assert flags(edited) == [
        (1, "e", "c", "anna", "two long years", "two very long years"),
        (2, "e", "a", "anna", "Then she left the camp by night.", ""),
    ]
    assert edited.review.counts() == (1, 1)


def test_the_words_before_are_those_that_somebody_saw(edited: Study) -> None:
    edit_source(edited, "e", document(THIRD, "e"), {})
    assert flags(edited)[0][-2:] == ("two long years", "three very long years")


def test_what_was_reviewed_is_no_longer_listed_until_the_next_edit(edited: Study) -> None:
    before = edited.state_hash()
    (key,) = [one.coding.key for one in edited.review.all() if one.coding.anchor == 1]
    assert edited.review.accept([key]) == 1
    assert [one[0] for one in flags(edited)] == [2]
    assert edited.review.accept([key]) == 0
    edited.changes.undo()
    assert edited.state_hash() == state_from_scratch(edited) == before
    assert len(flags(edited)) == 2
    edited.changes.redo()
    edit_source(edited, "e", document(THIRD, "e"), {})
    assert flags(edited)[0] == (1, "e", "c", "anna", "two very long years", "three very long years")
    assert problems(edited) == []


def test_a_review_that_was_taken_back_is_no_review(edited: Study) -> None:
    before = flags(edited)
    edited.review.accept([one.coding.key for one in edited.review.all() if one.coding.anchor == 1])
    edited.changes.undo()
    assert flags(edited) == before
    edit_source(edited, "e", document(THIRD, "e"), {})
    assert flags(edited)[0][-2:] == ("two long years", "three very long years")


def test_words_that_are_gone_cannot_be_right(edited: Study) -> None:
    lost = [one.coding.key for one in edited.review.all()]
    before = edited.state_hash()
    with pytest.raises(QdaError, match="are gone"):
        edited.review.accept(lost)
    assert edited.state_hash() == before


def test_undo_of_the_edit_leaves_nothing_to_review(edited: Study) -> None:
    edited.changes.undo()
    assert flags(edited) == []
    edited.changes.redo()
    assert flags(edited)[0][-2:] == ("two long years", "two very long years")

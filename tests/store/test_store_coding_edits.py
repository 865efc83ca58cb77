"""What a hand does to single codings: each deed is one change, whatever it makes on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import paths, problems, state_from_scratch

from qda.errors import QdaError
from qda.store.coding_edits import Place

if TYPE_CHECKING:
    from qda.store import Study


def place(study: Study, start: int = 0, end: int = 5) -> Place:
    """A segment of the only source."""
    (source,) = study.sources.all()
    return Place(source.key, source.revision_key, start, end)


def coded(study: Study) -> list[tuple[str, int, int]]:
    """Every coding: the path of its code, start and end."""
    codes = study.codebook.tree().by_key
    return [(codes[one.code].path, one.start, one.end) for one in study.codings.all()]


@pytest.mark.parametrize("new", ["grief", "grief/loss/home", "trust/loss"])
def test_a_new_code_with_its_coding_is_one_change(anna: Study, new: str) -> None:
    trust = anna.codebook.add("trust").key
    before, codes, log = anna.state_hash(), paths(anna), len(anna.changes.all())
    keys = anna.coding_edits.apply(place(anna), [trust], new=new)
    assert len(anna.changes.all()) == log + 1
    assert sorted(coded(anna)) == sorted([("trust", 0, 5), (new, 0, 5)])
    assert len(keys) == 2
    made = anna.state_hash()
    assert anna.changes.all()[0].summary == f"trust, {new}, a new code on t 0-5"
    anna.changes.undo()
    assert (anna.state_hash(), paths(anna), coded(anna)) == (before, codes, [])
    anna.changes.redo()
    assert anna.state_hash() == made == state_from_scratch(anna)
    assert problems(anna) == []


def test_a_code_that_is_there_is_taken_and_not_made_again(anna: Study) -> None:
    anna.codebook.add("trust")
    anna.codebook.rename("trust", "confidence")
    anna.coding_edits.apply(place(anna), [], new="trust")
    assert coded(anna) == [("confidence", 0, 5)]
    assert anna.changes.all()[0].summary == "confidence on t 0-5"


@pytest.mark.parametrize("new", ["/grief", "grief//loss", "grief/", "grief\\"])
def test_a_name_that_is_no_path_leaves_nothing_behind(anna: Study, new: str) -> None:
    trust = anna.codebook.add("trust").key
    before = anna.state_hash()
    with pytest.raises(QdaError):
        anna.coding_edits.apply(place(anna), [trust], new=new)
    assert anna.state_hash() == before


def test_where_the_coding_is_refused_its_code_is_not_made(anna: Study) -> None:
    before = anna.state_hash()
    with pytest.raises(QdaError):
        anna.coding_edits.apply(place(anna, 5, 5), [], new="grief")
    assert (anna.state_hash(), paths(anna)) == (before, ["a", "a/b", "c"])


def test_recoding_to_a_new_code_is_one_change(anna: Study) -> None:
    trust = anna.codebook.add("trust").key
    (key,) = anna.coding_edits.apply(place(anna), [trust])
    before, log = anna.state_hash(), len(anna.changes.all())
    anna.coding_edits.recode(key, "grief/loss")
    assert len(anna.changes.all()) == log + 1
    assert coded(anna) == [("grief/loss", 0, 5)]
    assert anna.changes.all()[0].summary == "trust on t 0-5 is grief/loss now"
    anna.changes.undo()
    assert (anna.state_hash(), paths(anna)) == (before, ["a", "a/b", "c", "trust"])


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), float("-inf")])
def test_a_weight_that_is_no_number_changes_nothing(anna: Study, weight: float) -> None:
    [key] = anna.coding_edits.apply(place(anna), [anna.codebook.add("trust").key])
    before = anna.state_hash()
    with pytest.raises(QdaError, match="no number"):
        anna.coding_edits.weigh(key, weight)
    assert anna.state_hash() == before == state_from_scratch(anna)
    assert problems(anna) == []


def test_a_coder_whose_only_action_is_taken_back_stays_where_somebody_gave_work_to_him(anna: Study) -> None:
    trust = anna.codebook.add("trust").key
    anna.coder = "cleo"
    anna.coding_edits.apply(place(anna), [trust])
    anna.coder = "anna"
    anna.progress.set("t", "cleo", "assigned")
    anna.coder = "cleo"
    anna.changes.undo()
    assert "cleo" in [coder.name for coder in anna.coders.all()]
    assert [row[1] for row in anna.progress.all()] == ["cleo"]
    assert problems(anna) == []

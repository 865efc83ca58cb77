"""Saved queries in blind rounds, hand-outs and merges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import another, problems
from test_store_merge import PLAIN, copied, sound, whole

from qda.errors import ConflictError
from qda.model.rounds import Terms
from qda.store import Study
from qda.store.handout import hand_out
from qda.store.merge import merge

if TYPE_CHECKING:
    from pathlib import Path


def saved(study: Study) -> list[tuple[str, str, str]]:
    return [(one.name, one.text, one.coder) for one in study.queries.all()]


def test_queries_of_a_blind_round_are_hidden_and_shared_ones_stay(full: Study, tmp_path: Path) -> None:
    with another(full, "bram") as bram:
        full.rounds.make("apart", ("anna", "bram"), whole(full, "t"), Terms(blind=True))
        full.queries.save("secret", "trust")
        assert [name for name, *_ in saved(full)] == ["afraid", "secret"]
        assert [name for name, *_ in saved(bram)] == ["afraid"]
        for change in (
            lambda: bram.queries.save("afraid", "trust", replace=True),
            lambda: full.queries.rename("afraid", "other"),
            lambda: full.queries.remove("afraid"),
        ):
            with pytest.raises(ConflictError, match="is shared by the coders of a blind round"):
                change()
        full.queries.save("secret", "fear", replace=True)
        hand_out(full, "apart", "bram", tmp_path / "b.db")
        with Study.open(tmp_path / "b.db", coder="bram") as handed:
            assert saved(handed) == []
            assert problems(handed) == []
        full.rounds.reveal("apart", anyway=True)
        assert [name for name, *_ in saved(bram)] == ["afraid", "secret"]
    sound(full)


def test_queries_of_a_copy_come_back(full: Study, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    with copied(full, file) as copy:
        copy.queries.save("new", "trust")
        copy.queries.save("same", "fear")
        copy.queries.save("twice", "fear")
        copy.queries.rename("afraid", "fearful")
    full.queries.save("same", "fear")
    full.queries.save("twice", "trust")
    full.queries.save("afraid", "fear", replace=True)
    merge(full, file, PLAIN)
    assert saved(full) == [
        ("fearful", "fear", "anna"),
        ("new", "trust", "bram"),
        ("same", "fear", "anna"),
        ("twice", "trust", "anna"),
        ("twice (2)", "fear", "bram"),
    ]
    sound(full)

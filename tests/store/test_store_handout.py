"""Hand-outs: what one coder needs for a round, nothing of anybody else's, and a file that is a study like any other."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from store_world import add, another, coding, document, make, problems, rich, state_from_scratch

from qda.errors import QdaError
from qda.model.rounds import Part
from qda.store import Study
from qda.store.handout import hand_out
from qda.store.memos import MemoRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRETS = ("zebra", "giraffe", "walrus", "ostrich", "pelican", "okapi")


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Study]:
    """A blind round of Anna and Bram on `t`; Anna and Cleo have left words everywhere."""
    study = make(tmp_path / "study")
    add(study, document("A pelican that nobody assigned.", "elsewhere"))
    study.codings.import_rows(
        [coding(1, "a", 0, 5, coder="cleo", memo="a zebra"), coding(2, "c", 0, 9, coder="bram")], "x"
    )
    study.codebook.describe("c", definition="A giraffe, as we first thought.")
    study.codebook.describe("c", definition="What we think now.")
    study.codebook.add("okapi")
    study.codebook.remove("okapi")
    source = study.sources.get("t")
    study.rounds.make("first", ("anna", "bram"), [Part(source.key, source.revision_key, True, 0, 0)])
    study.codings.apply("t", "a", 1, 6)
    study.codebook.add("walrus")
    study.codings.apply("t", "walrus", 20, 30)
    study.memos.import_rows([MemoRow("On an ostrich.", "source", "t"), MemoRow("An ostrich.", "code", "a")], "ostrich")
    yield study
    study.close()


def test_nothing_of_others_is_in_the_file(anna: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    assert hand_out(anna, "first", "bram", file) == "1 source, 3 codes and 1 coding of bram"
    content = file.read_bytes()
    for word in SECRETS:
        assert word.encode() not in content
    assert b"voluntary" in content
    uids = [uid for (uid,) in anna.database.rows("SELECT e.uid FROM main.coding c JOIN entity e ON e.key = c.key")]
    assert sum(uid in content for uid in uids) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("bram")] == ["bram.db"]


def test_it_is_a_study_in_which_the_coder_works_and_hands_in(anna: Study, tmp_path: Path) -> None:
    file = tmp_path / "bram.db"
    hand_out(anna, "first", "bram", file)
    with Study.open(file) as bram:
        assert bram.coder == "bram"
        assert problems(bram) == []
        assert state_from_scratch(bram) == bram.state_hash()
        assert [source.name for source in bram.sources.all()] == ["t"]
        assert bram.sources.get("t").uid == anna.sources.get("t").uid
        bram.codings.apply("t", "a/b", 2, 7)
        bram.codebook.add("luck")
        bram.rounds.submit("first")
        assert bram.progress.all() == [("t", "bram", "independent", "done", anna.codebook.version())]
        with pytest.raises(QdaError, match="this is a hand-out; 'first' is revealed in the study"):
            bram.rounds.reveal("first", anyway=True)
        assert problems(bram) == []


def test_versions_of_the_codebook_keep_their_numbers(anna: Study, tmp_path: Path) -> None:
    hand_out(anna, "first", "bram", tmp_path / "bram.db")
    paths = {code.key: code.path for code in anna.codebook.tree().codes}
    with Study.open(tmp_path / "bram.db") as bram:
        assert bram.codebook.version() == anna.codebook.version() == 7
        there = {code.key: code.path for code in bram.codebook.tree().codes}
        for version in range(1, 8):
            named = {there[key] for key in bram.codebook.codes_at(version)}
            assert named == {paths[key] for key in anna.codebook.codes_at(version) if key in paths} - {"walrus"}
        assert {there[key] for key in bram.codebook.codes_at(2)} == {"a", "a/b"}


def test_everything_that_belongs_to_a_source_goes_along(tmp_path: Path) -> None:
    with rich(tmp_path / "rich") as full:
        source = full.sources.get("u")
        full.rounds.make("blind", ("anna", "bram"), [Part(source.key, source.revision_key, True, 0, 0)])
        hand_out(full, "blind", "bram", tmp_path / "bram.db")
        with Study.open(tmp_path / "bram.db") as bram:
            assert problems(bram) == []
            assert state_from_scratch(bram) == bram.state_hash()
            there = bram.sources.get("u")
            assert len(bram.sources.turns(there.revision_key)) == len(full.sources.turns(source.revision_key)) == 5
            assert {one.name for one in bram.persons.all()} == {"Sara", "Tolk", "Amal"}
            assert bram.attributes.of("source")[there.key]["country"] == ("Iraq", "Syria")
            assert bram.not_data.all() == [("u", 0, 2, "head")]
            assert [memo.body for memo in bram.memos.all()] == ["A hard word."]
            assert bram.codings.count() == 0


@pytest.mark.parametrize(
    ("name", "coder", "said"),
    [
        ("nothing", "bram", "there is no round named 'nothing'"),
        ("first", "nobody", "there is no coder named 'nobody'"),
        ("first", "cleo", "nothing of the round 'first' is assigned to cleo"),
    ],
)
def test_what_cannot_be_handed_out(anna: Study, tmp_path: Path, name: str, coder: str, said: str) -> None:
    file = tmp_path / "out.db"
    with pytest.raises(QdaError, match=said):
        hand_out(anna, name, coder, file)
    assert not file.exists()


def test_an_existing_file_a_submission_and_a_reveal_are_refused(anna: Study, tmp_path: Path) -> None:
    file = tmp_path / "out.db"
    file.touch()
    with pytest.raises(QdaError, match="exists already"):
        hand_out(anna, "first", "bram", file)
    assert file.read_bytes() == b""
    with another(anna, "bram") as bram:
        bram.rounds.submit("first")
    with pytest.raises(QdaError, match="bram has handed in the round 'first' already"):
        hand_out(anna, "first", "bram", tmp_path / "other.db")
    anna.rounds.reveal("first", anyway=True)
    with pytest.raises(QdaError, match="revealed already"):
        hand_out(anna, "first", "anna", tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()

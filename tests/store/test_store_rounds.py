"""Rounds: what a blind one hides from whom, how it is handed in and revealed, and what counts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_world import add, another, coding, document, make, problems, state_from_scratch

from qda.errors import ConflictError, QdaError
from qda.model.rounds import Part, Primary, Terms
from qda.store import Study
from qda.store.memos import MemoRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def whole(study: Study, *names: str) -> list[Part]:
    sources = [study.sources.get(name) for name in names]
    return [Part(one.key, one.revision_key, whole=True, start=0, end=0) for one in sources]


def segments(study: Study) -> list[tuple[int, int]]:
    return sorted((one.start, one.end) for one in study.codings.all())


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Study]:
    """A study with the sources `t` and `open`, of which Anna and Bram code `t` blindly; all three have codings."""
    study = make(tmp_path / "study")
    add(study, document("Something else. And more of it.", "open"))
    study.codings.import_rows(
        [coding(1, "a", 0, 5, coder="cleo"), coding(2, "a", 0, 9, coder="cleo", source="open")], "before"
    )
    study.rounds.make("first", ("anna", "bram"), whole(study, "t"))
    study.codings.apply("t", "a", 1, 6)
    yield study
    study.close()


@pytest.fixture
def bram(anna: Study) -> Iterator[Study]:
    study = another(anna, "bram")
    study.codings.apply("t", "a/b", 2, 7)
    study.codings.apply("open", "c", 2, 7)
    yield study
    study.close()


def test_a_coder_who_is_named_twice_has_one_part(anna: Study) -> None:
    one = anna.rounds.make("new", ("Bram", "bram", "Jose\u0301", "jos\u00e9"), whole(anna, "open"))
    assert len(anna.rounds.assignments(one.key)) == 2


# --- what is hidden -----------------------------------------------------------------------------------------


def test_each_coder_sees_the_own_codings_only(anna: Study, bram: Study) -> None:
    assert segments(anna) == [(0, 9), (1, 6), (2, 7)]  # of `open` all, of `t` the own
    assert segments(bram) == [(0, 9), (2, 7), (2, 7)]
    assert (anna.codings.count(), bram.codings.count()) == (3, 3)
    assert len(anna.counts.segments(anna.sources.get("t").key, None, consensus=False)) == 1
    lead = another(anna, "lead")
    assert segments(lead) == [(0, 9), (2, 7)]
    lead.close()


def test_who_works_decides(anna: Study, bram: Study) -> None:
    anna.coder = "bram"
    assert segments(anna) == segments(bram)
    anna.coder = ""
    assert segments(anna) == [(0, 9), (2, 7)]
    anna.coder = "Anna"  # names are found whatever their case
    assert segments(anna) == [(0, 9), (1, 6), (2, 7)]


def test_a_coder_who_is_new_sees_the_own_first_coding(anna: Study) -> None:
    with Study.open(anna.folder, coder="dora") as dora:
        dora.codings.apply("t", "c", 3, 9)
        assert segments(dora) == [(0, 9), (3, 9)]


def test_history_hides_what_others_did_since_and_to_the_sources_before(anna: Study, bram: Study) -> None:
    bram.codebook.add("secret")
    seen = [(line.coder, line.summary) for line in anna.changes.all()]
    assert ("anna", "new round first") in seen
    assert not [one for one in seen if one[0] == "bram" and one[1] != "coder bram"]
    assert "before" not in [line.summary for line in bram.changes.all()]  # Anna's import of Cleo's codings of `t`


def test_memos_of_others_on_the_sources_are_hidden(anna: Study, bram: Study) -> None:
    bram.memos.import_rows(
        [
            MemoRow("On the source.", "source", "t"),
            MemoRow("On words.", "segment", "t", start=0, end=4),
            MemoRow("On the code, written while the round runs.", "code", "a"),
        ],
        "memos",
    )
    assert [memo.body for memo in anna.memos.all()] == []
    assert len(bram.memos.all()) == 3
    with Study.open(anna.folder, coder="lead") as lead:
        lead.memos.import_rows([MemoRow("On the study, by somebody outside of it.")], "memo")
    assert [memo.body for memo in anna.memos.all()] == ["On the study, by somebody outside of it."]


def test_progress_of_others_on_the_sources_is_hidden(anna: Study, bram: Study) -> None:
    bram.progress.set("t", "bram", "in progress")
    assert anna.progress.all() == [("t", "anna", "independent", "assigned", "3")] or anna.progress.all() == [
        ("t", "anna", "independent", "assigned", 3)
    ]
    assert [row[:4] for row in bram.progress.all()] == [("t", "bram", "independent", "in progress")]


def test_a_proposal_is_private_and_the_codebook_frozen(anna: Study, bram: Study) -> None:
    version = anna.codebook.version()
    for study in (anna, bram):
        study.codebook.add("luck")
        study.codings.apply("t", "luck", 10, 20)
        assert "luck" in [code.path for code in study.codebook.tree().codes]
        study.codebook.describe("luck", definition="What nobody can decide.")
        assert study.codebook.version() == version
    anna.codebook.add("mine")
    assert "mine" not in [code.path for code in bram.codebook.tree().codes]
    for frozen in (
        lambda: anna.codebook.rename("a", "b"),
        lambda: anna.codebook.retire("a"),
        lambda: anna.codebook.merge("c", "a"),
        lambda: anna.codebook.describe("a", definition="Other"),
        lambda: anna.codebook.rename("a/b", "x"),
    ):
        before = anna.state_hash()
        with pytest.raises(QdaError, match="the codebook is frozen until the blind round is revealed"):
            frozen()
        assert anna.state_hash() == before
    assert problems(anna) == []


def test_what_is_shared_cannot_be_changed(anna: Study) -> None:
    with pytest.raises(ConflictError, match="blind round"):
        edit_source(anna, "t", document("Another text.", "t"), {})
    with pytest.raises(QdaError, match="blind round"):
        anna.codings.import_rows([coding(1, "a", 0, 5, coder="cleo")], "would say that it is here")
    with pytest.raises(QdaError, match="there is no coding"), another(anna, "bram") as bram:
        bram.codings.remove(next(anna.codings.all(anna.sources.get("t").key)).uid)


def test_undo_works_and_says_nothing_of_others(anna: Study, bram: Study) -> None:
    assert anna.changes.undo().startswith("a on t")
    assert anna.changes.redo().startswith("a on t")
    assert bram.changes.undo().startswith("c on open")
    assert state_from_scratch(anna) == anna.state_hash()


def test_a_blind_round_in_which_others_worked_is_not_undone(anna: Study) -> None:
    lead = another(anna, "lead")
    lead.rounds.make("second", ("bram", "dora"), whole(lead, "open"))
    lead.changes.undo()  # nobody has worked in it
    lead.changes.redo()
    dora = another(anna, "dora")
    dora.codings.apply("open", "c", 3, 7)
    before = anna.state_hash()
    with pytest.raises(QdaError, match="others have worked in the blind round 'second' since"):
        lead.changes.undo()
    assert anna.state_hash() == before
    dora.changes.undo()
    lead.changes.undo()
    assert [one.name for one in anna.rounds.all()] == ["first"]
    lead.close()
    dora.close()


def test_what_an_undo_is_refused_for_is_not_named_where_it_is_hidden(tmp_path: Path) -> None:
    study = make(tmp_path / "study")
    lead, bram = another(study, "lead"), another(study, "bram")
    lead.codebook.add("luck")
    study.rounds.make("first", ("anna", "bram"), whole(study, "t"))
    bram.codings.apply("t", "luck", 2, 7)
    with pytest.raises(QdaError, match="hidden in a blind round") as refused:
        lead.changes.undo()
    assert not {"luck", "bram", "2-7"} & set(str(refused.value).split())
    study.rounds.submit("first")
    bram.rounds.submit("first")
    study.rounds.reveal("first")
    with pytest.raises(QdaError, match="luck on t 2-7, by bram"):
        lead.changes.undo()
    for one in (bram, lead, study):
        one.close()


def test_whether_a_code_is_used_is_not_told_by_removing_it(anna: Study, bram: Study) -> None:
    bram.codings.apply("t", "c", 0, 3)
    with pytest.raises(QdaError, match="frozen"):
        anna.codebook.remove("c")


# --- handing in and revealing -------------------------------------------------------------------------------


def test_handing_in_freezes_what_counts(anna: Study, bram: Study) -> None:
    anna.rounds.submit("first")
    source = anna.sources.get("t").key
    key, number = (
        anna.coders.find("anna"),
        anna.rounds.submitted(anna.rounds.get("first").key)[anna.coders.find("anna")],
    )
    anna.codings.apply("t", "c", 30, 40)
    anna.codings.remove(next(one.uid for one in anna.codings.all(source) if one.start == 1))
    assert [one[:2] for one in anna.rounds.segments(source, key, number)] == [(1, 6)]
    assert [(row[0], row[1], row[3]) for row in anna.progress.all()] == [("t", "anna", "done")]
    with pytest.raises(QdaError, match="has handed in the round 'first' already"):
        anna.rounds.submit("first")
    lead = another(anna, "lead")
    with pytest.raises(QdaError, match="nothing of the round 'first' is assigned to lead"):
        lead.rounds.submit("first")
    lead.close()


def test_a_reveal_shows_everything_and_stays(anna: Study, bram: Study) -> None:
    for study in (anna, bram):
        study.codebook.add("luck")
        study.codings.apply("t", "luck", 10, 20)
    version = anna.codebook.version()
    with pytest.raises(QdaError, match="anna, bram has not handed in"):
        anna.rounds.reveal("first")
    anna.rounds.submit("first")
    bram.rounds.submit("first")
    assert anna.rounds.reveal("first").revealed
    everything = [(0, 5), (0, 9), (1, 6), (2, 7), (2, 7), (10, 20), (10, 20)]
    assert segments(anna) == everything
    assert segments(bram) == everything
    assert [code.path for code in bram.codebook.tree().codes][-2:] == ["luck", "luck (bram)"]
    assert anna.codebook.version() == version + 1
    assert "before" in [line.summary for line in bram.changes.all()]
    with pytest.raises(QdaError, match="cannot be undone"):
        anna.changes.undo()
    with pytest.raises(QdaError, match="revealed already"):
        anna.rounds.reveal("first")
    anna.codebook.rename("a", "b")
    assert problems(anna) == []
    assert state_from_scratch(anna) == anna.state_hash()


def test_a_round_can_be_revealed_without_those_who_never_handed_in(anna: Study, bram: Study) -> None:
    bram.rounds.submit("first")
    anna.rounds.reveal("first", anyway=True)
    assert set(anna.rounds.submitted(anna.rounds.get("first").key)) == {anna.coders.find("bram")}


def test_a_submission_can_be_taken_back_until_the_reveal(anna: Study) -> None:
    before = anna.state_hash()
    anna.rounds.submit("first")
    anna.changes.undo()
    assert anna.state_hash() == before
    assert anna.rounds.submitted(anna.rounds.get("first").key) == {}


def test_an_open_round_hides_nothing(anna: Study, bram: Study) -> None:
    for study in (anna, bram):
        study.rounds.submit("first")
    anna.rounds.reveal("first")
    anna.rounds.make("second", ("anna", "bram"), whole(anna, "open"), Terms(blind=False))
    assert segments(anna) == segments(bram) != []


def test_what_it_is_judged_by_is_kept_with_what_it_was(anna: Study, bram: Study) -> None:
    key = anna.rounds.get("first").key
    planned = Primary("kappa", "char", "", 0.7)
    anna.rounds.judge_by("first", planned)
    for study in (anna, bram):
        study.rounds.submit("first")
    anna.rounds.reveal("first")
    assert anna.rounds.primary_at_start(key) == planned
    anna.rounds.judge_by("first", Primary("percent", "char", "", 0.5))
    assert anna.rounds.primary_at_start(key) == planned
    assert anna.rounds.get("first").primary.stat == "percent"


@pytest.mark.parametrize(
    ("name", "coders", "sources", "said"),
    [
        ("first", ("anna", "bram"), ("t",), "there is a round 'first' already"),
        ("new", ("anna",), ("t",), "two coders at least"),
        ("new", ("anna", "Anna"), ("t",), "two coders at least"),
        ("new", ("anna", "bram"), (), "something to code"),
        ("", ("anna", "bram"), ("t",), "cannot be the name of a round"),
        ("new", ("anna", "a|b"), ("t",), "cannot be a coder's name"),
    ],
)
def test_a_round_that_cannot_be(
    anna: Study, name: str, coders: tuple[str, ...], sources: tuple[str, ...], said: str
) -> None:
    before = anna.state_hash()
    with pytest.raises(QdaError, match=said):
        anna.rounds.make(name, coders, whole(anna, *sources))
    assert anna.state_hash() == before

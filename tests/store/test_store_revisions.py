"""`source edit`: everything follows its words into the new text, or is kept and listed; undo takes all back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import (
    INTERVIEW,
    add,
    coding,
    document,
    make,
    new_folder,
    problems,
    snapshot,
    speakers,
    spoken,
)

from qda.errors import ConflictError, QdaError
from qda.model.anchoring import follow
from qda.store.attributes import AttributeRow
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.revisions import IN_PLACE, LOST, REVIEW, edit_source

if TYPE_CHECKING:
    from qda.model.transcript import Transcript
    from qda.store import Study
    from qda.store.revisions import Edited

TEXT = "The return was voluntary. Nobody asked me about it. We talked for hours about going home."
SEGMENT = (26, 51)


def edit(study: Study, text: str | Transcript, name: str = "u") -> Edited:
    transcript = document(text, name) if isinstance(text, str) else text
    return edit_source(study, name, transcript, speakers(transcript))


@pytest.fixture
def anna(anna: Study) -> Study:
    add(anna, document(TEXT, "u"))
    anna.codings.apply("u", "c", *SEGMENT)
    return anna


def places(study: Study, name: str = "u") -> list[tuple[str, int]]:
    """The words of each coding, and how sure they are."""
    source = study.sources.get(name)
    text = study.sources.text(source.key)
    return [(text[one.start : one.end], one.anchor) for one in study.codings.all(source.key)]


def test_twelve_characters_before_a_coding_move_it_by_twelve(anna: Study) -> None:
    uid = next(anna.codings.all()).uid
    done = edit(anna, "Twelve more." + TEXT)
    (one,) = anna.codings.all()
    assert (one.start, one.end, one.anchor) == (SEGMENT[0] + 12, SEGMENT[1] + 12, IN_PLACE)
    assert (one.uid, one.revision) == (uid, anna.sources.get("u").revision_key)
    assert places(anna) == [("Nobody asked me about it.", IN_PLACE)]
    (followed,) = done.codings
    assert (followed.code, followed.coder, followed.old, followed.new, followed.state, followed.words) == (
        *("c", "anna", SEGMENT, (38, 63), IN_PLACE, "Nobody asked me about it."),
    )
    assert (done.revision, done.memos_lost) == (2, 0)
    assert problems(anna) == []


def test_what_stands_before_an_insertion_stays(anna: Study) -> None:
    edit(anna, TEXT + " And then we went.")
    assert places(anna) == [("Nobody asked me about it.", IN_PLACE)]


def test_an_edit_inside_is_for_review(anna: Study) -> None:
    done = edit(anna, TEXT.replace("asked me", "ever asked us"))
    ((words, state),) = places(anna)
    assert state == REVIEW
    assert words == "Nobody ever asked us about it."
    assert done.codings[0].state == REVIEW
    edit(anna, "Well. " + TEXT.replace("asked me", "ever asked us"))
    assert places(anna) == [("Nobody ever asked us about it.", REVIEW)]
    assert anna.codings.count() == 1


def test_words_that_are_gone_are_kept_listed_and_not_counted(anna: Study) -> None:
    before = next(anna.codings.all())
    done = edit(anna, TEXT.replace("Nobody asked me about it. ", ""))
    assert anna.codings.count() == 0
    assert list(anna.codings.all()) == []
    (lost,) = anna.codings.all(lost=True)
    assert (lost.uid, lost.start, lost.end, lost.revision, lost.anchor) == (before.uid, *SEGMENT, before.revision, LOST)
    assert (done.codings[0].state, done.codings[0].words) == (LOST, "Nobody asked me about it.")
    assert list(anna.codings.all(anna.sources.get("t").key, lost=True)) == []
    assert anna.codings.counts_by_code() == {}
    assert problems(anna) == []
    edit(anna, TEXT)
    assert anna.codings.count() == 0
    assert [one.uid for one in anna.codings.all(lost=True)] == [before.uid]
    anna.codings.remove(before.uid)
    assert list(anna.codings.all(lost=True)) == []


def test_the_place_of_a_lost_coding_is_free(anna: Study) -> None:
    edit(anna, TEXT.replace("Nobody asked me about it. ", ""))
    made = anna.codings.apply("u", "c", *SEGMENT)
    assert [one.uid for one in anna.codings.all()] == [made]
    assert anna.codings.import_rows([coding(1, "c", *SEGMENT, source="u")], "again").skipped == 1
    assert len(list(anna.codings.all(lost=True))) == 1
    assert problems(anna) == []


def test_an_emptied_text_loses_all_and_undo_brings_all_back(anna: Study) -> None:
    before = snapshot(anna)
    edit(anna, "")
    assert len(list(anna.codings.all(lost=True))) == 1
    assert anna.sources.get("u").characters == 0
    anna.changes.undo()
    after = snapshot(anna)
    assert (after.live(), after.state) == (before.live(), before.state)
    assert anna.sources.text(anna.sources.get("u").key) == TEXT


def test_two_codings_that_become_one_lose_one_of_them(anna: Study) -> None:
    anna.codings.apply("u", "c", SEGMENT[0], SEGMENT[1] - 1)
    edit(anna, TEXT.replace("about it.", "about"))
    kept, lost = list(anna.codings.all()), list(anna.codings.all(lost=True))
    assert len(kept) + len(lost) == 2
    assert problems(anna) == []


def test_each_revision_follows_the_one_before(anna: Study) -> None:
    for number in range(2, 7):
        edit(anna, "Well. " * (number - 1) + TEXT)
        assert anna.sources.get("u").revision == number
        assert places(anna) == [("Nobody asked me about it.", IN_PLACE)]
    for number in range(5, 0, -1):
        assert anna.changes.undo() == f"text of u, revision {number + 1}"
        assert anna.sources.get("u").revision == number
        assert places(anna) == [("Nobody asked me about it.", IN_PLACE)]
    assert problems(anna) == []


def test_the_old_text_and_its_bytes_stay(anna: Study) -> None:
    sha = anna.sources.get("u").text_sha256
    edit(anna, "Well. " + TEXT)
    kept = {row[0].hex() for row in anna.database.rows("SELECT sha256 FROM text")}
    assert sha in kept
    source = anna.sources.get("u")
    assert source.sha256 == sha
    assert source.text_sha256 != sha
    assert source.characters == len(TEXT) + 6
    assert anna.sources.text(source.key).startswith("Well. ")
    assert anna.sources.folded(source.key).text.startswith("well. the return")


def test_the_same_text_is_refused(anna: Study) -> None:
    before = snapshot(anna)
    with pytest.raises(QdaError, match="the text is that of 'u' already; nothing was changed"):
        edit(anna, TEXT)
    with pytest.raises(QdaError, match="there is no source named 'x'"):
        edit(anna, TEXT, "x")
    assert snapshot(anna) == before


def test_only_the_edited_source_is_touched(anna: Study) -> None:
    made = anna.codings.apply("t", "c", 0, 3)
    before = next(one for one in anna.codings.all() if one.uid == made)
    edit(anna, "Well. " + TEXT)
    assert next(one for one in anna.codings.all() if one.uid == made) == before


def test_everything_of_a_coding_comes_along(anna: Study) -> None:
    row = coding(1, "a", 4, 10, source="u", weight=0.5, at="2020-01-02T03:04:05Z", origin="rule", layer="consensus")
    anna.codings.import_rows([row], "x")
    anna.memos.add(MemoRow("Why?", "coding", next(one.uid for one in anna.codings.all() if one.weight)))
    edit(anna, "Well. " + TEXT)
    one = next(one for one in anna.codings.all() if one.weight)
    assert (one.weight, one.at, one.origin, one.layer, one.start) == (
        *(0.5, "2020-01-02T03:04:05Z"),
        "rule",
        "consensus",
        10,
    )
    assert [memo.target for memo in anna.memos.all()] == [one.uid]


# --- memos and stretches ------------------------------------------------------------------------------------


def test_memos_on_segments_follow_or_stay_with_the_old_text(anna: Study) -> None:
    for start, end in ((26, 51), (4, 10)):
        anna.memos.add(MemoRow(TEXT[start:end], "segment", "u", start=start, end=end))
    anna.memos.add(MemoRow("On the whole source.", "source", "u"))
    before = snapshot(anna)
    done = edit(anna, "Well. " + TEXT.replace("Nobody asked me about it. ", ""))
    assert done.memos_lost == 1
    memos = {memo.body: (memo.start, memo.end) for memo in anna.memos.all()}
    assert memos == {"return": (10, 16), "Nobody asked me about it.": (26, 51), "On the whole source.": (None, None)}
    assert {memo.target for memo in anna.memos.all()} == {"u"}
    assert problems(anna) == []
    anna.changes.undo()
    assert snapshot(anna).live() == before.live()


def test_stretches_that_are_no_data_follow_or_go(anna: Study) -> None:
    anna.not_data.import_rows([NotDataRow("u", 0, 3, "head"), NotDataRow("u", 26, 51, "chat")], "x")
    before = snapshot(anna)
    edit(anna, "Well. " + TEXT.replace("Nobody asked me about it. ", ""))
    assert anna.not_data.all() == [("u", 6, 9, "head")]
    assert anna.not_data.by_source() == {anna.sources.get("u").key: [(6, 9)]}
    assert problems(anna) == []
    anna.changes.undo()
    assert snapshot(anna).live() == before.live()


# --- persons ------------------------------------------------------------------------------------------------


def people(study: Study, name: str) -> list[tuple[str | None, str | None, str | None]]:
    """Label, person and whom that one speaks for, turn by turn."""
    names = {person.key: person.name for person in study.persons.all()}
    return [
        (turn.label, names.get(turn.person or 0), names.get(turn.speaks_for or 0))
        for turn in study.sources.turns(study.sources.get(name).revision_key)
    ]


def test_persons_behind_labels_stay(anna: Study) -> None:
    interview = INTERVIEW
    add(anna, interview, name="v")
    rows = [
        PersonRow("Sara", "interviewer", "v", "I"),
        PersonRow("Amal", "respondent", "v", "Amal"),
        PersonRow("Interpreter", "interpreter", "v", "Tolk", "Amal"),
    ]
    anna.persons.import_rows(rows, "x")
    anna.attributes.import_rows("person", {"age": ""}, [AttributeRow("Amal", {"age": ("40",)})], "x")
    before = snapshot(anna)
    keys = {person.name: person.key for person in anna.persons.all()}
    edited = spoken(
        "v",
        ("I", "Why did you return?"),
        ("AMAL", "Nobody asked me."),
        ("Tolk", "She says nobody asked."),
        ("Neighbour", "I saw that."),
        ("i", "When?"),
    )
    edit(anna, edited, "v")
    assert people(anna, "v") == [
        ("I", "Sara", None),
        ("AMAL", "Amal", None),
        ("Tolk", "Interpreter", "Amal"),
        ("Neighbour", "Neighbour", None),
        ("i", "Sara", None),
    ]
    assert {person.name: person.key for person in anna.persons.all() if person.name in keys} == keys
    assert len(anna.persons.all()) == len(keys) + 1
    assert anna.attributes.of("person") == {keys["Amal"]: {"age": ("40",)}}
    assert problems(anna) == []
    anna.changes.undo()
    after = snapshot(anna)
    assert (after.live(), after.state) == (before.live(), before.state)


def test_a_person_whose_turns_are_gone_stays(anna: Study) -> None:
    add(anna, INTERVIEW, name="v")
    edit(anna, spoken("v", ("I", "Why did you return?")), "v")
    assert {"Amal", "Tolk"} <= {person.name for person in anna.persons.all()}
    assert problems(anna) == []


# --- undo ---------------------------------------------------------------------------------------------------


def test_an_undo_after_later_work_of_others_is_refused(anna: Study, bram: Study) -> None:
    edit(anna, "Well. " + TEXT)
    bram.codings.apply("u", "a", 0, 4)
    before = snapshot(anna)
    with pytest.raises(ConflictError, match=r"a on u 0-4, by bram"):
        anna.changes.undo()
    assert snapshot(anna) == before
    edit(bram, "Oh well. " + TEXT)
    with pytest.raises(ConflictError, match=r"by bram"):
        anna.changes.undo()
    assert places(anna)[-1] == ("Nobody asked me about it.", IN_PLACE)


def test_the_edit_of_one_is_undone_by_nobody_else(anna: Study, bram: Study) -> None:
    edit(anna, "Well. " + TEXT)
    with pytest.raises(QdaError, match="nothing to undo for bram"):
        bram.changes.undo()


# --- any edit -----------------------------------------------------------------------------------------------

WORDS = ["the", "return", "home", "Nobody", "asked.", "\n", "police", "we", "x"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@given(texts, texts, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_edit_loses_nothing_and_is_undone(old: str, new: str, spans: list[tuple[int, int]]) -> None:
    import shutil

    folder = new_folder()
    with make(folder) as study:
        add(study, document(old, "u"))
        rows = [
            coding(1, "c", start, min(start + size, len(old)), source="u") for start, size in spans if start < len(old)
        ]
        study.codings.import_rows(rows, "x")
        uids = {one.uid for one in study.codings.all()}
        before = snapshot(study)
        if old != new:
            edit(study, new)
            assert problems(study) == []
            wanted = follow(old, new, sorted({(row.start, row.end) for row in rows}))
            kept = [(one.start, one.end, one.anchor) for one in study.codings.all()]
            assert {place[:2] for place in wanted if place.state != LOST} == {one[:2] for one in kept}
            assert {one.uid for one in [*study.codings.all(), *study.codings.all(lost=True)]} == uids
            for one in study.codings.all():
                assert 0 <= one.start < one.end <= len(new)
            study.changes.undo()
            after = snapshot(study)
            assert (after.live(), after.state) == (before.live(), before.state)
    shutil.rmtree(folder)

"""Sources: names, identities, bytes that are here already, texts as they came, turns."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING

import pytest
from store_world import ENGLISH, INTERVIEW, add, another, document, problems, snapshot, speakers, spoken

from qda.errors import QdaError
from qda.model.folding import fold
from qda.model.transcript import Speaker, SpokenTurn, Transcript
from qda.store.arrivals import SPACE, source_uid

if TYPE_CHECKING:
    from qda.store import Study


def names(study: Study) -> list[str]:
    return [source.name for source in study.sources.all()]


def test_what_is_known_of_a_source(anna: Study) -> None:
    original = b"\xef\xbb\xbfThe return.\r\nYes."
    transcript = Transcript("u", "md", original, "The return.\nYes.", "utf-8-sig")
    done = anna.sources.add(transcript, speakers={}, kind="notes", language="nl", date="2024-05")
    assert (done.name, done.new, done.renamed) == ("u", True, False)
    source = anna.sources.get("u")
    assert (source.kind, source.language, source.date, source.format, source.encoding) == (
        *("notes", "nl", "2024-05", "md", "utf-8-sig"),
    )
    assert source.sha256 == hashlib.sha256(original).hexdigest()
    assert source.text_sha256 == hashlib.sha256(b"The return.\nYes.").hexdigest()
    assert (source.characters, source.revision) == (16, 1)
    assert anna.sources.text(source.key) == "The return.\nYes."
    kept = dict(anna.database.rows("SELECT sha256, bytes FROM original"))
    assert kept[bytes.fromhex(source.sha256)] == original
    assert kept[bytes.fromhex(anna.sources.get("t").sha256)] is None  # the text is the bytes
    assert anna.changes.all(last=1)[0].summary == "source u"
    assert problems(anna) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "  kept  \n\n",
        "e\u0301 \u00e9",
        "a\x00b",
        "\ufeffx",
        "عودة",
        "👩\u200d👧",
        "a\u2028b",
        "\t\u00a0\u00ad",
    ],
)
def test_text_is_sacred(anna: Study, text: str) -> None:
    add(anna, document(text, "u", original=b"other bytes"))
    source = anna.sources.get("u")
    assert anna.sources.text(source.key) == text
    assert source.characters == len(text)
    assert anna.sources.folded(source.key) == fold(text)
    assert problems(anna) == []


def test_uids_follow_from_the_bytes(anna: Study) -> None:
    assert anna.sources.get("t").uid == str(uuid.uuid5(uuid.UUID(bytes=SPACE), ENGLISH))
    assert uuid.UUID(bytes=source_uid(b"abc")).version == 5
    assert source_uid(b"abc") == uuid.uuid5(uuid.UUID(bytes=SPACE), "abc").bytes
    assert source_uid(b"abc", "again") != source_uid(b"abc") != source_uid(b"abd")


def test_bytes_that_are_here_are_left_alone(anna: Study) -> None:
    before = snapshot(anna)
    for name in (None, "other"):
        done = add(anna, document(name="elsewhere"), name=name)
        assert (done.name, done.new, done.renamed) == ("t", False, False)
    assert snapshot(anna) == before


def test_bytes_come_again_under_another_name(anna: Study) -> None:
    done = add(anna, document(), again=True, name="t again")
    assert (done.name, done.new) == ("t again", True)
    assert names(anna) == ["t", "t again"]
    one, other = anna.sources.all()
    assert one.uid != other.uid
    assert one.sha256 == other.sha256
    before = snapshot(anna)
    assert not add(anna, document(), again=True, name="t again").new
    assert snapshot(anna) == before
    assert add(anna, document(), again=True, name="third").new
    assert problems(anna) == []


def test_names_that_are_taken_are_changed_and_that_is_said(anna: Study) -> None:
    given = [
        add(anna, document(f"text {number}", "t", ending))
        for number, ending in enumerate(("docx", "docx", "txt", "md", "docx"))
    ]
    assert [one.name for one in given] == ["t.docx", "t (2)", "t.txt", "t.md", "t (3)"]
    assert all(one.new and one.renamed for one in given)
    assert anna.changes.all(last=1)[0].summary == "source t (3)"
    assert anna.changes.undo() == "source t (3)"


def test_a_wanted_name_that_is_taken_is_refused(anna: Study) -> None:
    before = snapshot(anna)
    with pytest.raises(QdaError, match="there is a source named 't' already; choose another --name"):
        add(anna, document("other"), name="t")
    assert snapshot(anna) == before
    assert add(anna, document("other", "t"), name="u").name == "u"
    with pytest.raises(QdaError, match="cannot be the name of a source"):
        add(anna, document("more"), name="two\nlines")
    with pytest.raises(QdaError):
        add(anna, document("more", "  "))


def test_names_tell_capitals_apart_and_lists_are_sorted(anna: Study) -> None:
    for name in ("b", "T", "a"):
        assert add(anna, document(f"text of {name}", name)).name == name
    assert names(anna) == sorted(["t", "b", "T", "a"])
    assert list(anna.sources.names()) == sorted(["t", "b", "T", "a"])


def test_an_undone_import_comes_back_as_the_same_source(anna: Study) -> None:
    add(anna, INTERVIEW)
    source = anna.sources.get("u")
    anna.changes.undo()
    assert names(anna) == ["t"]
    add(anna, INTERVIEW)
    again = anna.sources.get("u")
    assert (again.key, again.uid) == (source.key, source.uid)
    assert problems(anna) == []


def test_what_one_coder_undid_another_can_import(anna: Study, bram: Study) -> None:
    add(anna, INTERVIEW)
    anna.changes.undo()
    add(bram, INTERVIEW)
    with pytest.raises(QdaError):
        anna.changes.redo()
    assert names(anna) == ["t", "u"]
    bram.changes.undo()
    assert anna.changes.redo() == "source u"
    assert problems(anna) == []


def test_an_unknown_source_is_refused_with_the_nearest(anna: Study) -> None:
    add(anna, document("x", "interview one"))
    with pytest.raises(QdaError, match=r"there is no source named 'interview on' \(did you mean 'interview one'\?\)"):
        anna.sources.get("interview on")
    with pytest.raises(QdaError, match=r"^line 7: there is no source named 'q'$"):
        anna.sources.get_or_refuse("q", 7)
    with pytest.raises(QdaError, match=r"^there is no source named 'q'$"):
        anna.sources.get_or_refuse("q", 0)


def test_describing(anna: Study) -> None:
    anna.sources.describe("t", kind="letter", date="2020")
    source = anna.sources.get("t")
    assert (source.kind, source.date, source.language) == ("letter", "2020", "")
    assert anna.changes.all(last=1)[0].summary == "kind, date of t"
    log = len(anna.changes.all())
    anna.sources.describe("t", kind="letter")
    assert len(anna.changes.all()) == log


# --- turns --------------------------------------------------------------------------------------------------


def test_turns_are_kept_as_they_were_read(anna: Study) -> None:
    add(anna, INTERVIEW)
    source = anna.sources.get("u")
    turns = anna.sources.turns(source.revision_key)
    assert [(turn.start, turn.body, turn.end, turn.label) for turn in turns] == [
        (turn.start, turn.body, turn.end, turn.label) for turn in INTERVIEW.turns
    ]
    assert [turn.number for turn in turns] == [1, 2, 3, 4, 5]
    assert anna.sources.turn_counts() == {source.key: 5}
    words = {row[0]: row[1] for row in anna.database.rows("SELECT number, words FROM live_turn")}
    assert words == {1: 7, 2: 8, 3: 6, 4: 3, 5: 6}
    assert anna.sources.turn_numbers(source.revision_key, [0, INTERVIEW.turns[1].start, 10**6]) == [1, 2, None]
    assert anna.sources.turn_numbers(source.revision_key, [INTERVIEW.turns[0].end]) == [None]


def test_labels_of_one_source_are_its_own_persons(anna: Study) -> None:
    for name in ("u", "v"):
        add(anna, spoken(name, ("I", f"Hello {name}?"), ("R1", "Yes."), ("r1", "And no."), ("Amal", "Oh.")))
    people = {person.key: person for person in anna.persons.all()}
    assert sorted(person.name for person in people.values()) == ["Amal", "u/I", "u/R1", "v/Amal", "v/I", "v/R1"]
    turns = anna.sources.turns(anna.sources.get("v").revision_key)
    assert [people[turn.person or 0].name for turn in turns] == ["v/I", "v/R1", "v/R1", "v/Amal"]
    assert {person.role for person in people.values() if person.label == "I"} == {"interviewer"}
    assert {person.home for person in people.values()} == {anna.sources.get(name).key for name in "uv"}


def test_an_interpreter_speaks_for_the_only_respondent(anna: Study) -> None:
    one = spoken("u", ("I", "Why?"), ("Amal", "So."), ("Tolk", "She says so."))
    anna.sources.add(one, speakers=speakers(one, Tolk="interpreter"))
    turns = anna.sources.turns(anna.sources.get("u").revision_key)
    amal = anna.persons.find("Amal")
    assert [turn.speaks_for for turn in turns] == [None, None, amal]
    two = spoken("v", ("Noor", "Why?"), ("Amal", "So."), ("Tolk", "She says so."))
    anna.sources.add(two, speakers=speakers(two, Tolk="interpreter"))
    turns = anna.sources.turns(anna.sources.get("v").revision_key)
    assert [turn.speaks_for for turn in turns] == [None, None, None]


def test_turns_without_a_label_belong_to_nobody(anna: Study) -> None:
    text = "00:01 Hello.\n00:02 Yes."
    turns = (SpokenTurn(0, 6, 12, None, 1000), SpokenTurn(13, 19, 23, None, 2000))
    anna.sources.add(Transcript("u", "vtt", text.encode(), text, "utf-8", turns), speakers={})
    found = anna.sources.turns(anna.sources.get("u").revision_key)
    assert [(turn.label, turn.person, turn.time_ms) for turn in found] == [(None, None, 1000), (None, None, 2000)]
    assert anna.persons.all() == []


def test_a_label_that_nobody_said_anything_about_is_a_respondent(anna: Study) -> None:
    anna.sources.add(spoken("u", ("Amal", "Yes.")), speakers={"Other": Speaker("Other", "interviewer", generic=False)})
    (person,) = anna.persons.all()
    assert (person.name, person.label, person.role) == ("u/Amal", "Amal", "respondent")


def test_current_revisions_are_the_newest(anna: Study) -> None:
    from qda.store.revisions import edit_source

    for number in range(3):
        edit_source(anna, "t", document(f"{ENGLISH} {number}"), {})
    add(anna, document("other", "u"))
    assert anna.sources.current_revisions() == {source.key: source.revision_key for source in anna.sources.all()}
    anna.changes.undo()
    anna.changes.undo()
    assert anna.sources.get("t").revision == 3
    assert anna.sources.current_revisions() == {source.key: source.revision_key for source in anna.sources.all()}


def test_others_see_a_new_source_at_once(anna: Study) -> None:
    with another(anna, "bram") as bram:
        add(anna, INTERVIEW)
        assert names(bram) == ["t", "u"]

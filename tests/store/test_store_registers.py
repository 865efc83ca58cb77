"""What is entered beside codings: attributes, persons, cases, memos, stretches, progress, coverage, settings."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from store_world import ENGLISH, INTERVIEW, add, coding, document, problems, snapshot, spoken

from qda.errors import QdaError
from qda.store import Study
from qda.store.attributes import AttributeRow, check_value
from qda.store.cases import CaseRow
from qda.store.memos import MemoRow
from qda.store.not_data import NotDataRow
from qda.store.persons import PersonRow
from qda.store.progress import CoverageRow, ProgressRow

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def anna(anna: Study) -> Study:
    add(anna, INTERVIEW)
    return anna


def refused(study: Study, act: Callable[[], Any], words: str) -> None:
    before = snapshot(study)
    with pytest.raises(QdaError, match=words):
        act()
    assert snapshot(study) == before


# --- attributes ---------------------------------------------------------------------------------------------


def values(study: Study, target: str, name: str) -> dict[str, tuple[str, ...]]:
    keys = {"source": lambda: study.sources.get(name).key, "person": lambda: study.persons.find(name)}
    key = keys.get(target, lambda: study.cases.find(name))()
    return study.attributes.of(target).get(key, {})


def test_values_are_entered_replaced_and_left(anna: Study) -> None:
    columns = {"country": "", "age": "number", "born": "date"}
    rows = [
        AttributeRow("Amal", {"country": ("Iraq", "Syria", "Iraq"), "age": ("40",), "born": ("1984-02",)}, 2),
        AttributeRow("Tolk", {"country": (), "age": ("31",)}, 3),
    ]
    assert anna.attributes.import_rows("person", columns, rows, "values") == (2, 5)
    assert values(anna, "person", "Amal") == {"country": ("Iraq", "Syria"), "age": ("40",), "born": ("1984-02",)}
    assert values(anna, "person", "Tolk") == {"age": ("31",)}
    assert anna.attributes.all() == [(name, "person", kind or "text") for name, kind in columns.items()]
    again = AttributeRow("Amal", {"country": ("Syria", "Iran"), "age": ()}, 2)
    anna.attributes.import_rows("person", {"country": "", "age": ""}, [again], "values")
    assert values(anna, "person", "Amal")["country"] == ("Iran", "Syria")
    assert values(anna, "person", "Amal")["age"] == ("40",)
    log = len(anna.changes.all())
    anna.attributes.import_rows("person", {"country": "", "age": ""}, [again], "values")
    assert len(anna.changes.all()) == log
    assert problems(anna) == []


def test_the_same_name_on_other_levels_is_another_attribute(anna: Study) -> None:
    anna.cases.import_rows([CaseRow("Shelter")], "case")
    for target, name in (("source", "t"), ("person", "Amal"), ("case", "Shelter")):
        anna.attributes.import_rows(target, {"x": ""}, [AttributeRow(name, {"x": (target,)}, 1)], "values")
    assert anna.attributes.all() == [("x", "case", "text"), ("x", "person", "text"), ("x", "source", "text")]
    assert values(anna, "person", "Amal") == {"x": ("person",)}
    assert values(anna, "case", "Shelter") == {"x": ("case",)}


def test_a_sources_own_fields_are_attributes_too(anna: Study) -> None:
    columns = {"kind": "", "language": "", "date": "", "x": ""}
    row = AttributeRow("t", {"kind": ("letter",), "language": ("nl",), "date": ("2024",), "x": ("1",)}, 1)
    anna.attributes.import_rows("source", columns, [row], "values")
    source = anna.sources.get("t")
    assert (source.kind, source.language, source.date) == ("letter", "nl", "2024")
    assert values(anna, "source", "t") == {"kind": ("letter",), "language": ("nl",), "date": ("2024",), "x": ("1",)}
    assert values(anna, "source", "u") == {"kind": ("transcript",)}
    assert anna.attributes.all() == [("x", "source", "text")]
    two = AttributeRow("t", {"language": ("nl", "en")}, 1)
    refused(
        anna, lambda: anna.attributes.import_rows("source", columns, [two], "v"), "a source has one language, not 2"
    )


def test_wrong_lines_are_refused_whole(anna: Study) -> None:
    right = AttributeRow("Amal", {"age": ("40",)}, 2)

    def enter(row: AttributeRow, target: str = "person", kind: str = "number") -> None:
        anna.attributes.import_rows(target, {"age": kind}, [right, row] if target == "person" else [row], "values")

    refused(
        anna, lambda: enter(AttributeRow("Nobody", {"age": ("1",)}, 3)), "^line 3: there is no person named 'Nobody'"
    )
    refused(anna, lambda: enter(AttributeRow("Tolk", {"age": ("old",)}, 3)), "^line 3: 'old' is no number for 'age'")
    refused(
        anna, lambda: enter(AttributeRow("x", {"age": ("1",)}, 3), "source"), "^line 3: there is no source named 'x'"
    )
    refused(anna, lambda: enter(AttributeRow("x", {"age": ("1",)}, 3), "case"), "^line 3: there is no case named 'x'")
    refused(anna, lambda: enter(right, "planet"), "attributes belong to a source, person, case, not to a 'planet'")
    refused(anna, lambda: enter(right, "person", "colour"), "the type 'colour' of 'age' is not one of")


def test_the_type_is_kept_and_may_change_while_values_fit(anna: Study) -> None:
    anna.attributes.import_rows("person", {"x": "number"}, [AttributeRow("Amal", {"x": ("1",)}, 1)], "v")
    words = AttributeRow("Amal", {"x": ("one",)}, 1)
    refused(anna, lambda: anna.attributes.import_rows("person", {"x": ""}, [words], "v"), "'one' is no number")
    anna.attributes.import_rows("person", {"x": "text"}, [words], "v")
    assert anna.attributes.all() == [("x", "person", "text")]
    refused(anna, lambda: anna.attributes.import_rows("person", {"x": "number"}, [], "v"), "'one' is no number")


@pytest.mark.parametrize("value", ["1", "-1", "+1", "1.5", "1,5", ".5", "007", "123456789012345678901234567890"])
def test_numbers(value: str) -> None:
    check_value("x", "number", value)


@pytest.mark.parametrize("value", ["", "one", "1.5.6", "1e5", "nan", "1 000", "1\n", "--1", "1."])
def test_no_numbers(value: str) -> None:
    with pytest.raises(QdaError, match="is no number"):
        check_value("x", "number", value)


@pytest.mark.parametrize("value", ["2024", "2024-12", "2024-02-29", "0001-01-01"])
@pytest.mark.parametrize(("name", "kind"), [("x", "date"), ("date", "text")])
def test_dates(name: str, kind: str, value: str) -> None:
    check_value(name, kind, value)


@pytest.mark.parametrize(
    "value", ["", "24", "2024-13", "2024-00", "2023-02-29", "2024-1-1", "1-2-2024", "2024-01-01\n"]
)
@pytest.mark.parametrize(("name", "kind"), [("x", "date"), ("date", "text")])
def test_no_dates(name: str, kind: str, value: str) -> None:
    with pytest.raises(QdaError, match="is no date"):
        check_value(name, kind, value)


@pytest.mark.parametrize("value", ["", "NO", "null", "1:30", "two\nlines", "عودة"])
def test_any_text_is_a_text(value: str) -> None:
    check_value("x", "text", value)
    check_value("x", "choice", value)


# --- persons ------------------------------------------------------------------------------------------------


def spoken_by(study: Study, name: str = "u") -> list[tuple[str | None, str | None]]:
    names = {person.key: person.name for person in study.persons.all()}
    turns = study.sources.turns(study.sources.get(name).revision_key)
    return [(names.get(turn.person or 0), names.get(turn.speaks_for or 0)) for turn in turns]


def test_a_register_says_who_is_behind_a_label(anna: Study) -> None:
    rows = [
        PersonRow("Sara", "interviewer", "u", "i", line=2),
        PersonRow("Noor", "interpreter", "u", "Tolk", "Amal", 3),
    ]
    assert anna.persons.import_rows(rows, "register") == 2
    assert spoken_by(anna) == [("Sara", None), ("Amal", None), ("Noor", "Amal"), ("Sara", None), ("Amal", None)]
    people = {person.name: (person.label, person.role) for person in anna.persons.all()}
    assert people == {
        "Amal": ("Amal", "respondent"),
        "Noor": ("Tolk", "interpreter"),
        "Sara": ("i", "interviewer"),
    }
    log = len(anna.changes.all())
    anna.persons.import_rows(rows, "register")
    assert len(anna.changes.all()) == log
    assert problems(anna) == []


def test_what_was_known_of_a_label_goes_to_the_person(anna: Study) -> None:
    anna.cases.import_rows([CaseRow("Shelter", "", ("Amal", "u/I"))], "case")
    anna.attributes.import_rows("person", {"x": ""}, [AttributeRow("u/I", {"x": ("1",)}, 1)], "v")
    anna.memos.add(MemoRow("Oh.", "person", "u/I"))
    anna.persons.import_rows([PersonRow("Sara", "", "u", "I")], "register")
    sara = anna.persons.find("Sara")
    assert values(anna, "person", "Sara") == {"x": ("1",)}
    assert [memo.target for memo in anna.memos.all()] == ["Sara"]
    assert sara in {member for _, member, _ in anna.cases.members()}
    assert "u/I" not in {person.name for person in anna.persons.all()}
    before = snapshot(anna)
    anna.changes.undo()
    anna.changes.redo()
    assert snapshot(anna).live() == before.live()


def test_a_person_named_for_several_sources_is_shared(anna: Study) -> None:
    add(anna, spoken("v", ("R1", "Hello.")))
    anna.persons.import_rows([PersonRow("Amal", "", "v", "R1")], "shared")
    (amal,) = (person for person in anna.persons.all() if person.name == "Amal")
    assert amal.home is None
    assert anna.persons.sources_of()[amal.key] == [anna.sources.get(name).key for name in "uv"]


def test_somebody_takes_part_without_speaking(anna: Study) -> None:
    anna.persons.import_rows([PersonRow("Guard", "other", "t"), PersonRow("Guard", "", "t")], "x")
    guard = anna.persons.find("Guard")
    assert anna.persons.sources_of()[guard] == [anna.sources.get("t").key]
    assert anna.counts.participants() == [(anna.sources.get("t").key, guard)]
    anna.persons.import_rows([PersonRow("Alone")], "x")
    assert anna.persons.find("Alone") not in anna.persons.sources_of()


def test_merging_persons(anna: Study) -> None:
    anna.cases.import_rows([CaseRow("Shelter", "", ("Amal", "Tolk"))], "case")
    for name, given in (("Amal", ("1", "2")), ("Tolk", ("2", "3"))):
        anna.attributes.import_rows("person", {"x": ""}, [AttributeRow(name, {"x": given}, 1)], "v")
    anna.persons.import_rows([PersonRow("Tolk", "", "t"), PersonRow("Amal", "", "t")], "both take part")
    anna.memos.add(MemoRow("Oh.", "person", "Tolk"))
    before = snapshot(anna)
    anna.persons.merge("Tolk", "Amal")
    assert [person.name for person in anna.persons.all()] == ["Amal", "u/I"]
    assert {who for who, _ in spoken_by(anna)} == {"Amal", "u/I"}
    assert values(anna, "person", "Amal") == {"x": ("1", "2", "3")}
    assert len(anna.cases.members()) == 1
    assert len(anna.counts.participants()) == 1
    assert [memo.target for memo in anna.memos.all()] == ["Amal"]
    assert problems(anna) == []
    anna.changes.undo()
    assert snapshot(anna).live() == before.live()
    refused(anna, lambda: anna.persons.merge("Amal", "Amal"), "are the same person already")
    refused(anna, lambda: anna.persons.merge("Amal", "x"), "there is no person named 'x'")


def test_wrong_lines_of_a_register_are_refused_whole(anna: Study) -> None:
    right = PersonRow("Sara", "interviewer", "u", "I", line=2)
    for row, words in (
        (PersonRow("X", "king", line=3), "^line 3: the role 'king' is not one of respondent, interviewer, interpreter"),
        (PersonRow("X", "", "nowhere", line=3), "^line 3: there is no source named 'nowhere'"),
        (PersonRow("X", "", "u", "R9", line=3), "^line 3: nobody is labelled 'R9' in the source 'u'"),
        (PersonRow("X", "", "", "R1", line=3), "^line 3: a label or 'speaks_for' needs the source"),
        (PersonRow("X", "", "", "", "Amal", line=3), "^line 3: a label or 'speaks_for' needs the source"),
        (PersonRow("X", "", "u", "", "Amal", line=3), "^line 3: 'speaks_for' needs the label of the turns"),
        (PersonRow("", line=3), "^line 3: .*cannot be the name of a person"),
    ):
        refused(anna, lambda row=row: anna.persons.import_rows([right, row], "x"), words)  # type: ignore[misc]


def test_nobody_is_made_of_a_mistyped_name_that_is_spoken_for(anna: Study) -> None:
    def kim(whom: str) -> PersonRow:
        return PersonRow("Kim", "interpreter", "u", "Tolk", whom, 3)

    for rows, words in (
        ([kim("Amall")], r"^line 3: there is no person named 'Amall' \(did you mean 'Amal'\?\)$"),
        (
            [kim("Gracee"), PersonRow("Grace", line=4)],
            r"^line 3: there is no person named 'Gracee' \(did you mean 'Grace'\?\)$",
        ),
        ([kim("Zephaniah")], "^line 3: there is no person named 'Zephaniah'$"),
    ):
        refused(anna, lambda rows=rows: anna.persons.import_rows(rows, "x"), words)  # type: ignore[misc]


@pytest.mark.parametrize("later", [False, True])
def test_who_is_spoken_for_may_stand_anywhere_in_the_register(anna: Study, later: bool) -> None:  # noqa: FBT001
    rows = [
        PersonRow("Kim", "interpreter", "u", "Tolk", "grace", 2),
        PersonRow("Grace", "other", "t", "", "", 3),
    ]
    anna.persons.import_rows(rows if later else rows[::-1], "x")
    assert spoken_by(anna)[2] == ("Kim", "Grace")
    (grace,) = (one for one in anna.persons.all() if one.name == "Grace")
    assert (grace.role, grace.label, grace.home) == ("other", "Grace", anna.sources.get("t").key)


def test_who_is_spoken_for_may_be_called_by_a_label_and_by_a_name_that_this_register_replaces(anna: Study) -> None:
    sara = PersonRow("Sara", "", "u", "I")
    anna.persons.import_rows([PersonRow("Kim", "", "u", "Tolk", "I")], "a label")
    assert spoken_by(anna)[2] == ("Kim", "u/I")
    anna.persons.import_rows([sara, PersonRow("Kim", "", "u", "Tolk", "u/I")], "a name from before")
    assert spoken_by(anna)[2] == ("Kim", "Sara")


def test_who_speaks_for_himself_speaks_for_nobody_else(anna: Study) -> None:
    anna.persons.import_rows([PersonRow("Kim", "interpreter", "u", "Tolk", "Amal")], "x")
    anna.persons.import_rows([PersonRow("Kim", "", "u", "Tolk")], "nothing is said")
    assert spoken_by(anna)[2] == ("Kim", "Amal")
    anna.persons.import_rows([PersonRow("Kim", "", "u", "Tolk", "Kim")], "for nobody else")
    assert spoken_by(anna)[2] == ("Kim", None)


def test_lines_that_contradict_each_other_are_refused_whole(anna: Study) -> None:
    first = PersonRow("Sara", "interviewer", "u", "I", line=2)
    tolk = PersonRow("Kim", "interpreter", "u", "Tolk", "Amal", 2)
    for rows, sentence in (
        (
            [first, PersonRow("Bram", "", "u", "i", line=4)],
            "line 4: the label 'i' of 'u' is that of 'Bram' here and that of 'Sara' in line 2; keep one of them",
        ),
        (
            [first, PersonRow("sara", "other", line=5)],
            "line 5: 'sara' has the role other here and the role interviewer in line 2; keep one of them",
        ),
        (
            [tolk, PersonRow("Kim", "", "u", "Tolk", "Kim", 3)],
            "line 3: the label 'Tolk' of 'u' is for 'Kim' here and for 'Amal' in line 2; keep one of them",
        ),
    ):
        refused(anna, lambda rows=rows: anna.persons.import_rows(rows, "x"), f"^{re.escape(sentence)}$")  # type: ignore[misc]


def test_a_register_may_say_the_same_twice(anna: Study) -> None:
    once = [PersonRow("Sara", "interviewer", "u", "I"), PersonRow("Kim", "", "u", "Tolk", "Amal")]
    anna.persons.import_rows([*once, PersonRow("Sara", "", "u", "i"), PersonRow("Kim", "", "u", "Tolk")], "x")
    assert spoken_by(anna)[:3] == [("Sara", None), ("Amal", None), ("Kim", "Amal")]


def test_a_person_is_found_by_a_label_that_is_nobody_elses(anna: Study) -> None:
    assert anna.persons.find("I") == anna.persons.find("u/I")
    add(anna, spoken("v", ("I", "Hello.")))
    with pytest.raises(QdaError, match="several persons are called 'I': 'u/I', 'v/I'; write the name in full"):
        anna.persons.find("I")


# --- cases --------------------------------------------------------------------------------------------------


def test_cases_gather_persons_and_sources(anna: Study) -> None:
    rows = [CaseRow("Shelter", "organisation", ("Amal",), ("t", "u"), 2), CaseRow("Iraq", "country", line=3)]
    assert anna.cases.import_rows(rows, "cases") == 2
    anna.cases.import_rows([CaseRow("Shelter", "", ("Tolk", "Amal"))], "more")
    shelter = anna.cases.find("Shelter")
    assert {(case, kind) for case, _, kind in anna.cases.members()} == {(shelter, "person"), (shelter, "source")}
    assert len(anna.cases.members()) == 4
    assert [(case.name, case.kind) for case in anna.cases.all()] == [("Iraq", "country"), ("Shelter", "organisation")]
    assert anna.cases.kinds() == ["organisation", "country"]
    anna.cases.import_rows([CaseRow("plain")], "plain")
    assert anna.cases.all()[0].kind == "case"
    assert uuid.UUID(anna.cases.all()[0].uid)


def test_wrong_cases_are_refused_whole(anna: Study) -> None:
    anna.cases.import_rows([CaseRow("Shelter", "organisation")], "cases")
    for row, words in (
        (CaseRow("Shelter", "country", line=3), "^line 3: the case 'Shelter' is of the kind 'organisation' already"),
        (CaseRow("New", "", ("Nobody",), line=3), "^line 3: there is no person named 'Nobody'"),
        (CaseRow("New", "", (), ("x",), line=3), "^line 3: there is no source named 'x'"),
        (CaseRow("", line=3), "^line 3: .*cannot be the name of a case"),
    ):
        refused(anna, lambda row=row: anna.cases.import_rows([CaseRow("Other"), row], "x"), words)  # type: ignore[misc]


# --- memos --------------------------------------------------------------------------------------------------


def test_memos_on_everything(anna: Study) -> None:
    made = anna.codings.apply("t", "c", 0, 3)
    anna.cases.import_rows([CaseRow("Shelter")], "case")
    targets = {
        "study": "",
        "source": "t",
        "person": "Amal",
        "case": "Shelter",
        "code": "a/b",
        "coding": made,
        "segment": "u",
    }
    rows = [
        MemoRow(
            f"On {kind}.", kind, target, "method", "Title", *((3, 9) if kind == "segment" else (None, None)), "bram"
        )
        for kind, target in targets.items()
    ]
    assert anna.memos.import_rows(rows, "memos") == 7
    found = {memo.target_kind: memo for memo in anna.memos.all()}
    assert {kind: memo.target for kind, memo in found.items()} == targets
    assert {(memo.coder, memo.kind, memo.title) for memo in found.values()} == {("bram", "method", "Title")}
    assert (found["segment"].start, found["segment"].end) == (3, 9)
    assert anna.memos.import_rows(rows, "again") == 0
    assert problems(anna) == []


def test_wrong_memos_are_refused_whole(anna: Study) -> None:
    length = len(ENGLISH)
    for row, words in (
        (MemoRow("x", kind="odd", line=3), "^line 3: 'odd' is no kind of memo; kinds are analytic, case"),
        (MemoRow(" \n", line=3), "^line 3: the memo has no text"),
        (MemoRow("x", "planet", "t", line=3), "^line 3: a memo is about a study, source"),
        (MemoRow("x", "segment", "t", start=3, end=3, line=3), "^line 3: the segment 3-3 does not lie in 't'"),
        (MemoRow("x", "segment", "t", start=0, end=length + 1, line=3), "does not lie in 't'"),
        (MemoRow("x", "segment", "t", line=3), "the segment None-None does not lie in 't'"),
        (MemoRow("x", "code", "q", line=3), "^line 3: there is no code 'q'"),
        (MemoRow("x", "coding", "q", line=3), "^line 3: there is no coding with the id 'q'"),
        (MemoRow("x", coder="a|b", line=3), "^line 3: .*cannot be a coder's name"),
        (MemoRow("x", id=uuid.UUID(anna.sources.get("t").uid).bytes, line=3), "^line 3: its id belongs to a source"),
    ):
        refused(anna, lambda row=row: anna.memos.import_rows([MemoRow("y"), row], "x"), words)  # type: ignore[misc]
    twice = [MemoRow("x", id=b"1" * 16, line=1), MemoRow("y", id=b"1" * 16, line=2)]
    refused(anna, lambda: anna.memos.import_rows(twice, "x"), "^line 2: its id belongs to another memo already")
    anna.coder = ""
    refused(anna, lambda: anna.memos.add(MemoRow("x")), "say who writes the memo")


def test_memos_keep_their_id_and_time(anna: Study) -> None:
    anna.memos.import_rows([MemoRow("x", id=b"1" * 16, at="2020-01-02T03:04:05Z")], "x")
    (memo,) = anna.memos.all()
    assert (memo.uid, memo.at) == (str(uuid.UUID(bytes=b"1" * 16)), "2020-01-02T03:04:05Z")


# --- stretches that are no data -----------------------------------------------------------------------------


def test_stretches(anna: Study) -> None:
    rows = [NotDataRow("t", 5, 9, "head"), NotDataRow("t", 7, 12), NotDataRow("t", 12, 14), NotDataRow("u", 0, 2)]
    assert anna.not_data.import_rows([*rows, rows[0]], "x") == 4
    assert anna.not_data.import_rows(rows, "x") == 0
    assert anna.not_data.all() == [("t", 5, 9, "head"), ("t", 7, 12, ""), ("t", 12, 14, ""), ("u", 0, 2, "")]
    keys = anna.sources.names()
    assert anna.not_data.by_source() == {keys["t"]: [(5, 14)], keys["u"]: [(0, 2)]}
    assert anna.not_data.remove("t", 9, 12) == 1
    assert anna.not_data.remove("t", 8, 9) == 1
    refused(anna, lambda: anna.not_data.remove("t", 14, 20), "nothing in 14-20 of 't' is marked as no data")
    assert anna.not_data.all() == [("t", 12, 14, ""), ("u", 0, 2, "")]
    for start, end in ((3, 3), (5, 4), (-1, 2), (0, len(ENGLISH) + 1)):
        row = NotDataRow("t", start, end, line=4)
        refused(
            anna, lambda row=row: anna.not_data.import_rows([row], "x"), "^line 4: the stretch .* does not lie in 't'"
        )  # type: ignore[misc]
        refused(anna, lambda s=start, e=end: anna.not_data.remove("t", s, e), "does not lie in 't'")  # type: ignore[misc]
    refused(
        anna, lambda: anna.not_data.import_rows([NotDataRow("q", 0, 1, line=4)], "x"), "^line 4: there is no source"
    )


def test_stretches_that_touch_are_one_and_others_are_not(anna: Study) -> None:
    anna.not_data.import_rows([NotDataRow("t", 0, 9), NotDataRow("t", 2, 4), NotDataRow("t", 10, 12)], "x")
    assert anna.not_data.by_source()[anna.sources.get("t").key] == [(0, 9), (10, 12)]


# --- progress and coverage ----------------------------------------------------------------------------------


def test_progress(anna: Study) -> None:
    newest = anna.codebook.version()
    anna.progress.set("t", "anna", "in progress")
    rows = [
        ProgressRow("u", "zed", "done", "1", line=2),
        ProgressRow("t", "anna", "done", line=3),
        ProgressRow("t", "anna", "assigned", "2", "consensus", 4),
        ProgressRow("u", "zed", "assigned", "0", line=5),
    ]
    assert anna.progress.import_rows(rows, "x") == (3, 0)
    assert anna.progress.all() == [
        ("t", "anna", "independent", "done", newest),
        ("t", "anna", "consensus", "assigned", 2),
        ("u", "zed", "independent", "assigned", 0),
    ]
    for row, words in (
        (
            ProgressRow("t", "anna", "finished", line=3),
            "^line 3: the state 'finished' is not one of assigned, in progr",
        ),
        (ProgressRow("q", "anna", "done", line=3), "^line 3: there is no source named 'q'"),
        (ProgressRow("t", "a|b", "done", line=3), "^line 3: .*cannot be a coder's name"),
        (
            ProgressRow("t", "anna", "done", "9", line=3),
            f"^line 3: there is no codebook version '9' .the newest is {newest}",
        ),
        (ProgressRow("t", "anna", "done", "x", line=3), "no codebook version 'x'"),
        (ProgressRow("t", "anna", "done", "-1", line=3), "no codebook version '-1'"),
        (ProgressRow("t", "anna", "done", "9" * 5000, line=3), "no codebook version"),
        (ProgressRow("t", "anna", "done", "", "other", 3), "^line 3: the layer 'other' is not one of"),
    ):
        refused(anna, lambda row=row: anna.progress.import_rows([ProgressRow("u", "new", "done"), row], "x"), words)  # type: ignore[misc]


def test_progress_keeps_the_version_under_which_it_was_done(anna: Study) -> None:
    anna.progress.set("t", "anna", "done")
    version = anna.codebook.version()
    anna.codebook.add("new")
    assert anna.progress.all()[0][-1] == version
    assert anna.codebook.get("new").key not in anna.codebook.codes_at(version)


def test_coverage(anna: Study) -> None:
    rows = [
        CoverageRow("u", "c", asked=True, line=2),
        CoverageRow("t", "a/b", asked=False, line=3),
        CoverageRow("u", "c", asked=False, line=4),
        CoverageRow("u", "a", asked=True, line=5),
    ]
    assert anna.coverage.import_rows(rows, "x") == 3
    assert anna.coverage.all() == [("t", "a/b", False), ("u", "a", True), ("u", "c", False)]
    for row, words in (
        (CoverageRow("q", "c", asked=True, line=3), "^line 3: there is no source named 'q'"),
        (CoverageRow("t", "q", asked=True, line=3), "^line 3: there is no code 'q'"),
    ):
        refused(anna, lambda row=row: anna.coverage.import_rows([CoverageRow("t", "c", asked=True), row], "x"), words)  # type: ignore[misc]


# --- settings and coders ------------------------------------------------------------------------------------


def test_settings(anna: Study) -> None:
    assert anna.settings.get("x") == ""
    assert anna.settings.get("x", "other") == "other"
    for value in ("1", "NO", "two\nlines"):
        anna.settings.set("x", value)
        assert anna.settings.get("x", "other") == value
    anna.settings.set("a", "1")
    assert anna.settings.all() == {"a": "1", "x": "two\nlines"}
    anna.settings.set("x", "")
    assert anna.settings.all() == {"a": "1"}
    refused(anna, lambda: anna.settings.set("coder", "a|b"), "cannot be a coder's name")


def test_coders_are_listed_in_the_order_in_which_they_came(anna: Study) -> None:
    anna.codings.import_rows([coding(1, "c", 0, 3, coder="zed"), coding(2, "c", 0, 3, coder="bram")], "x")
    assert [coder.name for coder in anna.coders.all()] == ["anna", "zed", "bram"]
    assert anna.coders.find("zed") == anna.coders.key("zed")
    assert anna.coders.key("nobody") is None
    with pytest.raises(QdaError, match=r"there is no coder named 'anne' \(did you mean 'anna'\?\)"):
        anna.coders.find("anne")


# --- names as people write them ---------------------------------------------------------------------------


def test_names_are_found_whatever_their_case_and_accents(anna: Study) -> None:
    apart, whole = "Zoe\u0308", "zo\u00eb"
    add(anna, document("Some words.", apart))
    anna.persons.import_rows([PersonRow(apart, source=apart)], "persons")
    anna.cases.import_rows([CaseRow("Café", "", (whole,), (whole,))], "cases")
    anna.cases.import_rows([CaseRow("CAFE\u0301", "case", ("Zoë",))], "cases")
    assert [case.name for case in anna.cases.all()] == ["Café"]
    assert anna.sources.get(whole).name == apart
    assert anna.persons.find("ZOË") == anna.persons.find(apart)
    anna.progress.import_rows([ProgressRow(whole, "ANNA", "In_Progress")], "progress")
    anna.coverage.import_rows([CoverageRow(whole, "A/B", asked=True)], "coverage")
    assert anna.progress.all() == [(apart, "anna", "independent", "in progress", anna.codebook.version())]
    assert anna.coverage.all() == [(apart, "a/b", True)]
    with Study.open(anna.folder, coder="Anna") as study:
        study.codings.apply(whole, "A/B", 0, 4)
        assert [coder.name for coder in study.coders.all()] == ["anna"]


def test_names_that_differ_in_case_only_are_told_apart_where_they_stand(anna: Study) -> None:
    for name in ("T", "u", "U"):
        add(anna, document(f"text of {name}", name))
    assert [anna.sources.get(name).name for name in "tTuU"] == ["t", "T", "u", "U"]
    anna.sources.describe("u", language="nl")
    add(anna, document("one", "Zoe\u0301"))
    assert add(anna, document("two", "Zo\u00e9")).name == "Zo\u00e9.txt"
    add(anna, document("three", "ab"))
    add(anna, document("four", "AB"))
    refused(anna, lambda: anna.sources.get("Ab"), "several sources are called 'Ab': 'AB', 'ab'; write the name as it")


def test_one_attribute_in_two_spellings_is_one(anna: Study) -> None:
    anna.attributes.import_rows("source", {"Country": ""}, [AttributeRow("t", {"Country": ("NL",)})], "x")
    columns = {"COUNTRY": "choice", "Kind": "", "country ": ""}
    row = AttributeRow("t", {"COUNTRY": ("DE",), "Kind": ("letter",)})
    anna.attributes.import_rows("source", columns, [row], "x")
    assert anna.attributes.all() == [("Country", "source", "choice"), ("country ", "source", "text")]
    assert values(anna, "source", "t")["Country"] == ("DE",)
    assert anna.sources.get("t").kind == "letter"
    both = {"country": "", "COUNTRY": ""}
    words = "the columns 'country' and 'COUNTRY' are one attribute"
    refused(anna, lambda: anna.attributes.import_rows("source", both, [], "x"), words)

"""Single edits of the registers: each is one action, refused in one sentence, and taken back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from store_world import problems, snapshot

from qda.errors import QdaError
from qda.store.memos import MemoRow
from qda.store.register_edits import (
    add_attribute,
    add_case,
    describe_case,
    describe_person,
    describe_sources,
    empty_cells,
    forget_coverage,
    remove_case,
    set_members,
)
from qda.store.speaking import speak_for, voices

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.store import Study


def one_action(study: Study, act: Callable[[], Any]) -> None:
    """Do it, and prove that it is one line of the log that undo takes back and redo brings again."""
    before = snapshot(study)
    act()
    after = snapshot(study)
    assert len(after.log) == len(before.log) + 1
    assert problems(study) == []
    study.changes.undo()
    assert snapshot(study).live() == before.live()
    study.changes.redo()
    assert snapshot(study).live() == after.live()
    assert snapshot(study).state == after.state


def refused(study: Study, act: Callable[[], Any], words: str) -> None:
    before = snapshot(study)
    with pytest.raises(QdaError, match=words):
        act()
    assert snapshot(study) == before


def person(study: Study, name: str) -> Any:
    return next(one for one in study.persons.all() if one.name == name)


def test_sources_are_described(full: Study) -> None:
    one_action(full, lambda: describe_sources(full, ["t", "u"], kind="letter", date="2021"))
    assert {(one.kind, one.language, one.date) for one in full.sources.all()} == {
        ("letter", "", "2021"),
        ("letter", "nl", "2021"),
    }
    refused(full, lambda: describe_sources(full, ["t"], date="soon"), "'soon' is no date")
    refused(full, lambda: describe_sources(full, ["t"], kind=""), "every source has a kind")
    refused(full, lambda: describe_sources(full, ["v"], kind="x"), "there is no source named 'v'")


def test_a_person_gets_another_name_and_role(full: Study) -> None:
    one_action(full, lambda: describe_person(full, "Amal", "Amal K.", "other"))
    assert person(full, "Amal K.").role == "other"
    refused(full, lambda: describe_person(full, "Amal K.", "Sara", "other"), "there is a person named 'Sara' already")
    refused(full, lambda: describe_person(full, "Amal K.", "", "other"), "cannot be the name of a person")
    refused(full, lambda: describe_person(full, "Amal K.", " A", "other"), "spaces around it")
    refused(full, lambda: describe_person(full, "Amal K.", "Amal K.", "boss"), "not one of respondent")
    one_action(full, lambda: describe_person(full, "Amal K.", "AMAL K.", "other"))


def test_cases_are_added_and_renamed(full: Study) -> None:
    one_action(full, lambda: add_case(full, "Iraq to the Netherlands", "country pair"))
    refused(full, lambda: add_case(full, "Shelter", ""), "there is a case named 'Shelter' already")
    one_action(full, lambda: describe_case(full, "Shelter", "House", "shelter"))
    assert [(case.name, case.kind) for case in full.cases.all()] == [
        ("Iraq to the Netherlands", "country pair"),
        ("House", "shelter"),
    ]
    refused(full, lambda: describe_case(full, "House", "Iraq to the Netherlands", ""), "already")
    refused(full, lambda: describe_case(full, "Home", "x", ""), "there is no case named 'Home'")


def test_a_case_gathers_the_members_that_it_is_given(full: Study) -> None:
    one_action(full, lambda: set_members(full, "Shelter", ["Sara", "Tolk"], ["t", "u"]))
    members = {member for _, member, _ in full.cases.members()}
    assert members == {full.persons.find("Sara"), full.persons.find("Tolk"), *full.sources.names().values()}
    one_action(full, lambda: set_members(full, "Shelter", [], []))
    assert full.cases.members() == []
    refused(full, lambda: set_members(full, "Shelter", ["Nobody"], []), "there is no person named 'Nobody'")


def test_a_case_goes_with_its_values_and_memos_and_its_members_stay(full: Study) -> None:
    members = {person.name for person in full.persons.all()}, set(full.sources.names())
    full.memos.import_rows([MemoRow("A note.", "case", "Shelter")], "memo")
    memos = len(full.memos.all())
    one_action(full, lambda: remove_case(full, "Shelter"))
    assert "Shelter" not in {case.name for case in full.cases.all()}
    assert full.cases.members() == []
    assert len(full.memos.all()) == memos - 1
    assert ({person.name for person in full.persons.all()}, set(full.sources.names())) == members
    refused(full, lambda: remove_case(full, "Home"), "there is no case named 'Home'")


def test_an_attribute_is_added_once(full: Study) -> None:
    one_action(full, lambda: add_attribute(full, "case", "beds", "number"))
    assert ("beds", "case", "number") in full.attributes.all()
    refused(full, lambda: add_attribute(full, "case", "Beds", "text"), "cases have an attribute 'Beds' already")
    refused(full, lambda: add_attribute(full, "source", "date", "date"), "sources have an attribute 'date' already")
    refused(full, lambda: add_attribute(full, "case", "x", "size"), "the type 'size' of 'x' is not one of")
    refused(full, lambda: add_attribute(full, "case", "", "text"), "cannot be the name of a")


def test_cells_are_emptied(full: Study) -> None:
    one_action(full, lambda: empty_cells(full, "person", [("Amal", "country"), ("Amal", "year")]))
    assert full.attributes.of("person") == {}
    one_action(full, lambda: empty_cells(full, "source", [("u", "language")]))
    assert full.sources.get("u").language == ""
    refused(full, lambda: empty_cells(full, "source", [("u", "kind")]), "every source has a kind")
    refused(full, lambda: empty_cells(full, "case", [("Shelter", "beds")]), "there is no attribute named 'beds'")


def test_coverage_is_unknown_again(full: Study) -> None:
    one_action(full, lambda: forget_coverage(full, ["u", "t"], "fear"))
    assert full.coverage.all() == []
    refused(full, lambda: forget_coverage(full, ["u"], "joy"), "there is no code 'joy'")


def test_who_speaks_where_and_for_whom(full: Study) -> None:
    u = full.sources.get("u").key
    names = {one.key: one.name for one in full.persons.all()}

    def said() -> list[tuple[Any, ...]]:
        return [
            (one.label, names[one.person or 0], names.get(one.speaks_for or 0), one.turns) for one in voices(full, u)
        ]

    assert said() == [("I", "Sara", None, 2), ("Amal", "Amal", None, 2), ("Tolk", "Tolk", "Amal", 1)]
    assert voices(full) == voices(full, u)
    one_action(full, lambda: speak_for(full, "u", "Tolk", ""))
    assert said()[2] == ("Tolk", "Tolk", None, 1)
    one_action(full, lambda: speak_for(full, "u", "Tolk", "Sara"))
    one_action(full, lambda: speak_for(full, "u", "Tolk", "Somebody unheard"))
    assert person(full, "Somebody unheard").home == u
    refused(full, lambda: speak_for(full, "u", "Tolk", "Tolk"), "speaks for 'Tolk' as it is")
    refused(full, lambda: speak_for(full, "t", "Tolk", "Amal"), "'Tolk' has no turns in 't'")


def test_who_is_heard_in_another_source_is_at_home_in_none(full: Study) -> None:
    from store_world import add, spoken

    add(full, spoken("w", ("Noor", "Yes."), ("Tolk", "He says no.")))
    assert person(full, "Amal").home is not None
    one_action(full, lambda: speak_for(full, "w", "w/Tolk", "Amal"))
    assert person(full, "Amal").home is None


def test_how_much_each_coder_has_coded(full: Study) -> None:
    from qda.store.workload import codings_by_coder

    keys, coders = full.sources.names(), {one.name: one.key for one in full.coders.all()}
    assert codings_by_coder(full) == {
        keys["t"]: {coders["anna"]: 1, coders["bram"]: 1},
        keys["u"]: {coders["anna"]: 1},
    }

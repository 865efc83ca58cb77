"""What stands around the codings of a project: memos, cases, variables, sets and links, as each tool writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from refi_world import CODE, OTHER, SOURCE, USER, back, needs_schemas, out, problems, write, xml

from qda.store import Study

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Anna came home and said nothing"


def guid(number: int) -> str:
    return f"{number:08x}-aaaa-4000-8000-000000000000"


AGE, FEMALE, JOINED, NOTE = map(guid, range(10, 14))
CASE, SET, GROUP = map(guid, range(20, 23))
ABOUT_PROJECT, ABOUT_CODE, ABOUT_CODING, ANNOTATION, LOOSE, TWICE = map(guid, range(30, 36))
FIRST, SECOND, THIRD, BARE = map(guid, range(40, 44))


def value(variable: str, kind: str, words: str) -> str:
    return f'<VariableValue><VariableRef targetGUID="{variable}"/><{kind}Value>{words}</{kind}Value></VariableValue>'


def note(number: str, name: str, words: str) -> str:
    content = f"<PlainTextContent>{words}</PlainTextContent>"
    return f'<Note guid="{number}" name="{name}" creatingUser="{OTHER}">{content}</Note>'


def ref(number: str) -> str:
    return f'<NoteRef targetGUID="{number}"/>'


PROJECT = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="NVivo">
<Users><User guid="{USER}" name="Ada"/><User guid="{OTHER}" name="Bea"/></Users>
<CodeBook><Codes><Code guid="{CODE}" name="trust" isCodable="true"><Description>To rely.</Description>
{ref(ABOUT_CODE)}{ref(TWICE)}</Code></Codes></CodeBook>
<Variables><Variable guid="{AGE}" name="Age" typeOfVariable="Integer"/>
<Variable guid="{FEMALE}" name="Female" typeOfVariable="Boolean"/>
<Variable guid="{JOINED}" name="Joined" typeOfVariable="Date"><Description>When she joined.</Description></Variable>
<Variable guid="{NOTE}" name="Note" typeOfVariable="Text"/></Variables>
<Cases><Case guid="{CASE}" name="Anna"><Description>She came first.</Description><CodeRef targetGUID="{CODE}"/>
{value(AGE, "Integer", "42")}{value(FEMALE, "Boolean", "true")}{value(JOINED, "Date", "2020-05-01Z")}
<SourceRef targetGUID="{SOURCE}"/><SelectionRef targetGUID="{THIRD}"/></Case>
<Case guid="{guid(23)}">{value(NOTE, "Text", "by phone")}<SourceRef targetGUID="{SOURCE}"/></Case></Cases>
<Sources><TextSource guid="{SOURCE}" name="talk" plainTextPath="internal://a.txt" creatingUser="{USER}">
<Description>Recorded at home.</Description>
<PlainTextSelection guid="{FIRST}" startPosition="0" endPosition="4" creatingUser="{USER}">
<Description>Her name.</Description>
<Coding guid="{guid(50)}" creatingUser="{OTHER}"><CodeRef targetGUID="{CODE}"/>{ref(ABOUT_CODING)}</Coding>
</PlainTextSelection>
<PlainTextSelection guid="{SECOND}" startPosition="5" endPosition="9" creatingUser="{USER}"/>
<PlainTextSelection guid="{THIRD}" startPosition="10" endPosition="14" creatingUser="{USER}"/>
<PlainTextSelection guid="{BARE}" startPosition="19" endPosition="23" creatingUser="{USER}"/>
{ref(TWICE)}</TextSource></Sources>
<Notes>{note(ABOUT_PROJECT, "Plan", "All of it.")}{note(ABOUT_CODE, "", "On the code.")}
{note(ABOUT_CODING, "", "On the coding.")}{note(ANNOTATION, "", "An annotation.")}{note(LOOSE, "", "On nothing.")}
{note(TWICE, "", "On two.")}</Notes>
<Links><Link guid="{guid(60)}" originGUID="{ANNOTATION}" targetGUID="{SECOND}"/>
<Link guid="{guid(61)}" name="leads to" direction="OneWay" originGUID="{FIRST}" targetGUID="{THIRD}"/></Links>
<Sets><Set guid="{SET}" name="At home"><MemberSource targetGUID="{SOURCE}"/></Set>
<Set guid="{GROUP}" name="Ties"><MemberCode targetGUID="{CODE}"/></Set></Sets>
{ref(ABOUT_PROJECT)}</Project>"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = Study.create(tmp_path / "one", coder="Lead")
    back(study, write(tmp_path / "p.qdpx", {"project.qde": PROJECT.encode(), "sources/a.txt": TEXT.encode()}))
    return study


def test_memos_are_about_what_leads_to_them(study: Study) -> None:
    coding = next(study.codings.all()).uid
    found = {
        (memo.target_kind, memo.target, memo.title, memo.body, memo.coder, memo.start, memo.end)
        for memo in study.memos.all()
    }
    assert found == {
        ("study", "", "Plan", "All of it.", "Bea", None, None),
        ("study", "", "", "On nothing.", "Bea", None, None),
        ("code", "trust", "", "On the code.", "Bea", None, None),
        ("code", "trust", "", "On two.", "Bea", None, None),
        ("source", "talk", "", "On two.", "Bea", None, None),
        ("source", "talk", "", "Recorded at home.", "Ada", None, None),
        ("case", "Anna", "", "She came first.", "unknown", None, None),
        ("coding", coding, "", "On the coding.", "Bea", None, None),
        ("coding", coding, "", "Her name.", "Ada", None, None),
        ("segment", "talk", "", "An annotation.", "Bea", 5, 9),
        ("segment", "talk", "", "marked without a code", "Ada", 19, 23),
    }
    assert study.codebook.get("trust").entry.definition == "To rely."


def test_cases_variables_and_sets(study: Study) -> None:
    """A case without a name says things of its source, as MAXQDA and Quirkos write it."""
    cases = {case.key: (case.name, case.kind) for case in study.cases.all()}
    assert sorted(cases.values()) == [("Anna", "case"), ("At home", "set")]
    assert sorted(cases[case] for case, _, kind in study.cases.members() if kind == "source") == sorted(cases.values())
    assert {(name, target, kind) for name, target, kind in study.attributes.all()} == {
        ("Age", "case", "number"),
        ("Female", "case", "choice"),
        ("Joined", "case", "date"),
        ("Note", "source", "text"),
    }
    values = {cases[key][0]: given for key, given in study.attributes.of("case").items()}
    assert values == {"Anna": {"Age": ("42",), "Female": ("true",), "Joined": ("2020-05-01",)}}
    assert next(iter(study.attributes.of("source").values()))["Note"] == ("by phone",)


def test_a_case_that_is_a_code_too_is_both(tmp_path: Path) -> None:
    """NVivo writes its cases among its codes as well, with the same GUID."""
    same = PROJECT.replace(CASE, CODE)
    study = Study.create(tmp_path / "one", coder="Lead")
    members = {"project.qde": same.encode(), "sources/a.txt": TEXT.encode()}
    said = back(study, write(tmp_path / "p.qdpx", members)).said
    assert [one for one in said if "1 case that the file has among its codes too" in one]
    file = tmp_path / "q.qdpx"
    out(study, file)
    root = xml(file)
    assert next(root.iter("Case")).get("guid") == next(root.iter("Code")).get("guid") == CODE
    before = study.state_hash()
    back(study, file)
    assert study.state_hash() == before


@needs_schemas
def test_what_is_only_kept_goes_out_again(study: Study, tmp_path: Path) -> None:
    file = tmp_path / "q.qdpx"
    out(study, file)
    assert problems(file) == []
    root = xml(file)
    links = {link.get("guid"): link for link in root.iter("Link")}
    assert (links[guid(61)].get("originGUID"), links[guid(61)].get("targetGUID")) == (FIRST, THIRD)
    selections = {one.get("guid"): one for one in root.iter("PlainTextSelection")}
    assert (selections[FIRST].get("startPosition"), len(list(selections[FIRST].iter("Coding")))) == ("0", 1)
    assert (selections[THIRD].get("startPosition"), selections[THIRD].get("endPosition")) == ("10", "14")
    case = next(root.iter("Case"))
    assert [one.get("targetGUID") for one in (*case.iter("CodeRef"), *case.iter("SelectionRef"))] == [CODE, THIRD]
    assert {one.get("name"): len(one) for one in root.iter("Set")} == {"At home": 1, "Ties": 1}
    joined = next(one for one in root.iter("Variable") if one.get("name") == "Joined")
    assert (joined.get("typeOfVariable"), (joined.findtext("Description") or "").splitlines()[0]) == (
        "Date",
        "When she joined.",
    )
    before = study.state_hash()
    back(study, file)
    assert study.state_hash() == before

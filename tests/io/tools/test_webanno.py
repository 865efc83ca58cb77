"""WebAnno TSV: units of UTF-16, stacked and crossing annotations, and who coded; the lines are written by hand here."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from tools_world import Truth, codings, take

from qda.errors import QdaError
from qda.io.tools.recognising import tool_of

if TYPE_CHECKING:
    from pathlib import Path

    from qda.store import Study

ONE = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n"
    "#Text=I \U0001f6a2 it .\n"
    "1-1\t0-1\tI\t_\t\n1-2\t2-4\t\U0001f6a2\tSHIP\t\n1-3\t5-7\tit\tA[1]|B[2]\t\n1-3.1\t5-6\ti\tpart\t\n1-4\t8-9\t.\tA[1]\t\n\n"
    "#Text=She said\n#Text=so .\n"
    "2-1\t10-13\tShe\tA[1]\t\n2-2\t14-18\tsaid\ta\\_b\\|c\t\n2-3\t19-21\tso\t*\t\n2-3.1\t21-21\t\tzero\t\n2-4\t22-23\t.\t_\t\n"
)
TEXT = "I \U0001f6a2 it .\nShe said\nso ."
TRUTH = [("A", "it .\nShe"), ("B", "it"), ("SHIP", "\U0001f6a2"), ("Span", "so"), ("a_b|c", "said"), ("part", "i")]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def truth(source: str, coder: str) -> list[Truth]:
    return [
        Truth(source, code, coder, TEXT.index(words), TEXT.index(words) + len(words), words) for code, words in TRUTH
    ]


def test_a_single_file(study: Study, tmp_path: Path) -> None:
    outcome = take(study, write(tmp_path / "talk.tsv", ONE), speakers="no")
    assert study.sources.text(study.sources.all()[0].key) == TEXT
    # `i` stands in `it` first; the place of the part is that of its line.
    assert codings(study) == truth("talk", "unknown")
    assert any("1 selection empty" in said for said in outcome.said)


@pytest.mark.parametrize("as_zip", [False, True])
def test_several_coders_of_one_document(study: Study, tmp_path: Path, as_zip: bool) -> None:  # noqa: FBT001
    folder = tmp_path / "annotation" / "talk.txt"
    other = ONE.replace("SHIP", "BOAT")
    if as_zip:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("exportedproject.json", "{}")
            archive.writestr("annotation/talk.txt/ann.tsv", ONE)
            archive.writestr("annotation/talk.txt/bob.tsv", other)
            archive.writestr("annotation/talk.txt/INITIAL_CAS.tsv", ONE)
    else:
        write(folder / "ann.tsv", ONE)
        write(folder / "bob.tsv", other)
        path = folder.parent
    take(study, path, speakers="no")
    second = [one._replace(code="BOAT") if one.code == "SHIP" else one for one in truth("talk.txt", "bob")]
    assert codings(study) == sorted(truth("talk.txt", "ann") + second)
    assert len(study.sources.all()) == 1


def test_files_of_the_same_words_in_one_folder_are_those_of_coders(study: Study, tmp_path: Path) -> None:
    write(tmp_path / "pair" / "user1.tsv", ONE)
    write(tmp_path / "pair" / "user2.tsv", ONE)
    take(study, tmp_path / "pair", speakers="no")
    assert codings(study) == sorted(truth("pair", "user1") + truth("pair", "user2"))


def test_several_layers_stand_below_their_names_and_layers_of_words_stay_out(study: Study, tmp_path: Path) -> None:
    text = (
        "#FORMAT=WebAnno TSV 3.2\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n"
        "#T_SP=webanno.custom.Simple|\n"
        "#T_RL=webanno.custom.Rel|kind|BT_webanno.custom.Simple\n\n\n"
        "#Text=Ann came\n"
        "1-1\t3-6\tAnn\tNE\tNOUN\thttp://x/Q1[1]\tPER[1]\t_\t_\t_\t\n"
        "1-2\t7-11\tcame\tVB\tVERB\t_\t_\t*\tof\t1-1\t\n"
    )
    outcome = take(study, write(tmp_path / "talk.tsv", text), coder="Ada", speakers="no")
    assert codings(study) == [
        Truth("talk", "NamedEntity/PER", "Ada", 3, 6, "Ann"),
        Truth("talk", "Simple", "Ada", 7, 11, "came"),
    ]
    assert [memo.body for memo in study.memos.all()] == ["identifier: http://x/Q1"]
    assert sum("left out" in said for said in outcome.said) == 2


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("1-3\t5-7", "1-3\t6-7", ":8: the word 'it' is not at its place"),
        ("2-1\t10-13", "2-1\t4-7", ":14: this sentence begins within"),
        ("1-4\t8-9\t.\tA[1]\t", "1-4\t8-9", ":10: this is no line"),
        ("1-4\t8-9", "1-4\tx-9", ":10: this is no line"),
    ],
)
def test_damaged_lines_are_refused(study: Study, tmp_path: Path, before: str, after: str, problem: str) -> None:
    assert before in ONE
    state = study.state_hash()
    with pytest.raises(QdaError, match=problem):
        take(study, write(tmp_path / "talk.tsv", ONE.replace(before, after)))
    assert study.state_hash() == state


def test_other_tables_and_archives_are_not_taken_for_it(tmp_path: Path) -> None:
    assert tool_of(write(tmp_path / "a.tsv", "a\tb\n")) is None
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../annotation/x/y.tsv", ONE)
    assert tool_of(tmp_path / "a.zip") is None


def test_an_export_in_another_form_says_which_form_to_choose(study: Study, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
            inner.writestr("ann.ser", b"")
        archive.write(tmp_path / "inner.zip", "annotation/talk.txt/ann.zip")
    with pytest.raises(QdaError, match="export the project with the format WebAnno TSV v3"):
        take(study, tmp_path / "export.zip")


XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"
  xmlns:custom="http:///webanno/custom.ecore" xmlns:seg="http:///dkpro/core/api/segmentation/type.ecore">
<cas:NULL xmi:id="0"/>
<seg:Token xmi:id="11" sofa="1" begin="0" end="1"/>
<custom:Span xmi:id="12" sofa="1" begin="2" end="4" value="SHIP" scale="3"/>
<custom:Span xmi:id="13" sofa="1" begin="5" end="13" value="A" links="12"><more>x</more><more>y</more></custom:Span>
<custom:Rel xmi:id="14" sofa="1" begin="5" end="7" Governor="12" Dependent="13" value="of"/>
<custom:Bare xmi:id="3" sofa="1" begin="19" end="21"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="I \U0001f6a2 it .&#10;She said&#10;so ."/>
<cas:View sofa="1" members="11 12 13 14 3"/>
</xmi:XMI>"""
TYPES = """<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription>
<name>webanno.custom.Span</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>value</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>scale</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>
<featureDescription><name>more</name><rangeTypeName>uima.cas.StringArray</rangeTypeName></featureDescription>
<featureDescription><name>links</name><rangeTypeName>uima.cas.FSArray</rangeTypeName></featureDescription>
</features></typeDescription></types></typeSystemDescription>"""
JSON = json.dumps(
    {
        "%TYPES": {},
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": TEXT},
            {"%ID": 11, "%TYPE": "dkpro.core.api.segmentation.type.Token", "@sofa": 1, "begin": 0, "end": 1},
            {"%ID": 12, "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 2, "end": 4, "value": "SHIP", "scale": 3},
            {
                "%ID": 13,
                "%TYPE": "webanno.custom.Span",
                "@sofa": 1,
                "begin": 5,
                "end": 13,
                "value": "A",
                "more": ["x", "y"],
                "@links": 12,
            },
            {
                "%ID": 14,
                "%TYPE": "webanno.custom.Rel",
                "@sofa": 1,
                "begin": 5,
                "end": 7,
                "@Governor": 12,
                "value": "of",
            },
            {"%ID": 15, "%TYPE": "webanno.custom.Bare", "@sofa": 1, "begin": 19, "end": 21},
        ],
    }
)


@pytest.mark.parametrize("form", ["xmi", "json", "zip", "project"])
def test_a_cas_of_uima_as_xmi_and_json(study: Study, tmp_path: Path, form: str) -> None:
    coder = "unknown"
    if form in ("xmi", "json"):
        path = write(tmp_path / f"talk.{form}", XMI if form == "xmi" else JSON)
        if form == "xmi":
            write(tmp_path / "TypeSystem.xml", TYPES)
    else:
        path = tmp_path / "talk.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("talk.xmi", XMI)
            archive.writestr("TypeSystem.xml", TYPES)
    if form == "project":
        inner, path, coder = path.read_bytes(), tmp_path / "project.zip", "ann"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("annotation/talk/ann.zip", inner)
            archive.writestr("annotation/talk/INITIAL_CAS.zip", inner)
    outcome = take(study, path, speakers="no")
    assert codings(study) == [
        Truth("talk", "Bare", coder, 18, 20, "so"),
        Truth("talk", "Span/A", coder, 4, 12, "it .\nShe"),
        Truth("talk", "Span/SHIP", coder, 2, 3, "\U0001f6a2"),
    ]
    assert sorted(memo.body for memo in study.memos.all()) == ["more: x; y", "scale: 3"]
    assert sum("left out" in said for said in outcome.said) == 3


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xmi", XMI.replace("</custom:Span>", ""), "the XML in it is damaged"),
        ("a.xmi", XMI.replace("<cas:Sofa", "<cas:Other"), "there is no text in it"),
        ("a.xmi", XMI.replace("<xmi:XMI", "<!DOCTYPE x><xmi:XMI"), "document type"),
        ("a.json", JSON[:-9], "or it is damaged"),
        ("a.json", '{"%FEATURE_STRUCTURES": [3]}', "or it is damaged"),
    ],
)
def test_a_damaged_cas_is_refused(study: Study, tmp_path: Path, name: str, text: str, said: str) -> None:
    before = study.state_hash()
    with pytest.raises(QdaError, match=said):
        take(study, write(tmp_path / name, text))
    assert study.state_hash() == before

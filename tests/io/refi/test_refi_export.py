"""REFI-QDA out: valid, the same again when it comes in, right for each reader, and honest about what stays."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_study import RandomStudy, carried
from refi_world import SAMPLES, SCHEMAS, back, needs_schemas, out, problems, write, xml

from qda.io.incoming import known_speakers
from qda.io.refi.codebook_file import read_codebook_file
from qda.io.refi.writing.archive import try_project, write_project
from qda.io.refi.writing.codes import codebook_file
from qda.io.refi.writing.reader import READERS, reader_for
from qda.io.refi.writing.xml import Xml
from qda.io.transcripts import read_transcript
from qda.model.codebook import Codebook, CodeEntry
from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.attributes import AttributeRow
from qda.store.cases import CaseRow
from qda.store.coding_lines import CodingRow
from qda.store.memos import MemoRow
from qda.store.projects import give, take_in

if TYPE_CHECKING:
    from pathlib import Path


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), reader=st.sampled_from(sorted(READERS)))
def test_what_goes_out_is_valid_and_comes_in_again_the_same(tmp_path: Path, seed: int, reader: str) -> None:
    for name in ("one", "two"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    study = RandomStudy(tmp_path / "one", seed).study
    file = tmp_path / "p.qdpx"
    out(study, file, reader)
    if SCHEMAS.exists():
        assert problems(file) == []
    before = study.state_hash()
    back(study, file)
    assert study.state_hash() == before, "a study that takes its own project in stays as it is"
    other = Study.create(tmp_path / "two", coder="Lead")
    back(other, file)
    assert carried(other) == carried(study)
    study.close()
    other.close()


def study_of(folder: Path, text: str, spans: list[tuple[int, int, str, str]]) -> Study:
    """A study with one text; spans are start, end, code and coder."""
    study = Study.create(folder, coder="Lead")
    study.codebook.import_codebook(Codebook(codes=(CodeEntry("trust"), CodeEntry("doubt"))), "codes")
    study.sources.add(Transcript("talk", "txt", text.encode(), text, "utf-8"), speakers={})
    rows = [
        CodingRow(0, "talk", code, coder, start, end, at="2024-05-01T10:00:00Z", memo=f"on {coder}'s {code}")
        for start, end, code, coder in spans
    ]
    study.codings.import_rows(rows, "codings")
    return study


def text_in(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(".txt"))).decode()


TEXT = "🚢 one\ntwo 🙂\nthree"
THREE = TEXT.index("three")


@pytest.mark.parametrize(
    ("reader", "line_ends", "start"),
    [
        ("generic", "", THREE),
        ("qualcoder", "", THREE),
        ("nvivo", "", THREE + 2),
        ("atlas", "", THREE + 2),
        ("maxqda", "", THREE + 2),
        ("nvivo", "crlf", THREE + 4),
        ("atlas", "crlf", THREE + 2),
        ("generic", "crlf", THREE + 2),
    ],
)
def test_places_are_counted_as_the_reader_counts_them(tmp_path: Path, reader: str, line_ends: str, start: int) -> None:
    study = study_of(tmp_path / "one", TEXT, [(THREE, THREE + 5, "trust", "Ada")])
    file = tmp_path / "p.qdpx"
    write_project(give(study, "p"), file, reader_for(reader, line_ends=line_ends))
    selection = next(xml(file).iter("PlainTextSelection"))
    assert (selection.get("startPosition"), selection.get("endPosition")) == (str(start), str(start + 5))
    assert text_in(file) == (TEXT.replace("\n", "\r\n") if line_ends else TEXT)
    other = Study.create(tmp_path / "two", coder="Lead")
    back(other, file)
    assert carried(other) == carried(study)


def test_selections_are_shared_and_commented_as_the_reader_wants_it(tmp_path: Path) -> None:
    spans = [(0, 3, "trust", "Ada"), (0, 3, "doubt", "Ada"), (0, 3, "trust", "Bea")]
    study = study_of(tmp_path / "one", "one two", spans)
    found = {}
    for reader in ("generic", "atlas", "qualcoder"):
        file = tmp_path / f"{reader}.qdpx"
        out(study, file, reader)
        found[reader] = list(xml(file).iter("PlainTextSelection"))
    by = {one.get("guid"): one.get("name") for one in xml(tmp_path / "atlas.qdpx").iter("User")}
    for reader, shared in (("generic", 2), ("atlas", 2), ("qualcoder", 3)):
        assert len(found[reader]) == shared
        for one in found[reader]:
            assert {coding.get("creatingUser") for coding in one.iter("Coding")} == {one.get("creatingUser")}
            assert one.get("creationDateTime") == "2024-05-01T10:00:00Z"
    assert {one.get("name") for one in found["atlas"]} == {"one"}
    said = sorted(f"{by[one.get('creatingUser', '')]}: {one.findtext('Description')}" for one in found["qualcoder"])
    assert said == ["Ada: on Ada's doubt", "Ada: on Ada's trust", "Bea: on Bea's trust"]
    assert not [one for one in found["generic"] if one.find("Description") is not None]


def test_qualcoder_gets_journals_in_files_and_codes_without_notes(tmp_path: Path) -> None:
    study = study_of(tmp_path / "one", "one two", [])
    rows = [MemoRow("All of it.", title="Plan", coder="Ada"), MemoRow("On it.", "code", "trust", coder="Ada")]
    study.memos.import_rows(rows, "memos")
    study.codebook.import_codebook(Codebook(codes=(CodeEntry("doubt", children=(CodeEntry("trust"),)),)), "more")
    file = tmp_path / "p.qdpx"
    wrote = out(study, file, "qualcoder")
    root = xml(file)
    assert not [code for code in root.iter("Code") if code.find("NoteRef") is not None]
    plan = next(note for note in root.iter("Note") if note.get("name") == "Plan")
    with zipfile.ZipFile(file) as archive:
        assert archive.read(plan.get("plainTextPath", "").replace("internal://", "sources/")) == b"All of it."
    assert [one.number for one in wrote.left if one.what == "codes with the name of another code"] == [1]
    other = Study.create(tmp_path / "two", coder="Lead")
    back(other, file)
    assert carried(other) == carried(study)


def test_the_same_study_gives_the_same_bytes(tmp_path: Path) -> None:
    study = RandomStudy(tmp_path / "one", 11).study
    for name in ("p", "q"):
        write_project(give(study, "same"), tmp_path / f"{name}.qdpx", reader_for("generic"))
    assert (tmp_path / "p.qdpx").read_bytes() == (tmp_path / "q.qdpx").read_bytes()


def test_what_stays_behind_is_counted(tmp_path: Path) -> None:
    text = "Ada: I trust you\nBob: so do I\nAda: fine\nBob: yes\nAda: no\nBob: well\n"
    study = study_of(tmp_path / "one", "one two", [(0, 3, "trust", "Ada")])
    transcript = read_text_as(text, tmp_path)
    study.sources.add(transcript, speakers=known_speakers(transcript, {}))
    person = study.persons.all()[0].name
    study.memos.import_rows([MemoRow("shy", "person", person)], "memo")
    study.codings.import_rows([CodingRow(0, "talk", "doubt", "Ada", 4, 7, weight=2.0, layer="consensus")], "more")
    study.codebook.import_codebook(Codebook(codes=(CodeEntry("trust", aliases=("faith",), patterns=("tru*",)),)), "x")
    study.memos.import_rows([MemoRow("a \x0c page", "code", "trust")], "memo")
    left = {one.what: one.number for one in try_project(give(study, "p"), reader_for("generic")).left}
    assert left["persons"] == 2
    assert left["turns"] == 6
    assert left["memos on persons"] == left["codings of the consensus"] == 1
    assert left["codes with aliases"] == left["codes with patterns"] == 1
    assert left["signs that XML cannot hold, in names and memos"] == 1
    consensus = try_project(give(study, "p", layer="consensus"), reader_for("generic"))
    assert consensus.counts["codings"] == 1
    assert {one.what: one.number for one in consensus.left}["weights of codings"] == 1
    assert {one.what: one.number for one in consensus.left}["memos on codings that stay"] == 1
    nobody = try_project(give(study, "p", coders=["Lead"]), reader_for("generic"))
    assert nobody.counts["codings"] == 0
    named = {one.what: one.number for one in nobody.left}
    assert named["codings of coders who are not named"] == named["memos on codings that stay"] == 1


def test_persons_go_as_cases_where_that_is_wanted(tmp_path: Path) -> None:
    study = study_of(tmp_path / "one", "one two", [])
    transcript = read_text_as("Ada: I trust you\nBob: so do I\nAda: fine\nBob: yes\nAda: no\nBob: well\n", tmp_path)
    study.sources.add(transcript, speakers=known_speakers(transcript, {}))
    study.cases.import_rows([CaseRow("Ada", "organisation", (), ("talk",))], "cases")
    study.attributes.import_rows("case", {"age": "number"}, [AttributeRow("Ada", {"age": ("9",)})], "values")
    study.attributes.import_rows("person", {"age": "number"}, [AttributeRow("Bob", {"age": ("42",)})], "values")
    study.memos.import_rows([MemoRow("shy", "person", "Bob")], "memo")
    file = tmp_path / "p.qdpx"
    wrote = write_project(give(study, "p", persons=True), file, reader_for("nvivo"))
    assert [one.becomes for one in wrote.left if "persons" in one.what] == [
        "go as cases of the kind 'person', without their roles"
    ]
    other = Study.create(tmp_path / "two", coder="Lead")
    back(other, file)
    cases = {case.key: (case.name, case.kind) for case in other.cases.all()}
    assert sorted(cases.values()) == [("Ada", "organisation"), ("Ada (2)", "person"), ("Bob", "person")]
    assert {cases[key][0]: given["age"] for key, given in other.attributes.of("case").items()} == {
        "Ada": ("9",),
        "Bob": ("42",),
    }
    assert [(memo.target_kind, memo.target) for memo in other.memos.all()] == [("case", "Bob")]
    assert sum(name == "Bob" for case, _, _ in other.cases.members() for name in cases[case][:1]) == 1
    back(study, file)
    assert [(memo.target_kind, memo.target) for memo in study.memos.all()] == [("person", "Bob"), ("case", "Bob")]


def read_text_as(text: str, folder: Path) -> Transcript:
    file = folder / "t.txt"
    file.write_text(text)
    return read_transcript(file)


def test_a_project_that_was_edited_elsewhere_is_merged_by_guid(tmp_path: Path) -> None:
    study = study_of(tmp_path / "one", "one two three", [(0, 3, "trust", "Ada"), (4, 7, "trust", "Ada")])
    file = tmp_path / "p.qdpx"
    out(study, file)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    edited = members["project.qde"].replace(b'name="trust"', b'name="confidence"')
    edited = edited.replace(b'startPosition="4" endPosition="7"', b'startPosition="4" endPosition="13"')
    members["project.qde"] = edited.replace(b"on Ada's trust", b"on two words", 1)
    outcome = back(study, write(tmp_path / "q.qdpx", members))
    assert (outcome.codes.changed, outcome.codings.changed, outcome.memos.changed) == (1, 1, 1)
    assert [code.path for code in study.codebook.tree().codes] == ["confidence", "doubt"]
    assert sorted((one.start, one.end) for one in study.codings.all()) == [(0, 3), (4, 13)]
    assert sorted(memo.body for memo in study.memos.all()) == ["on Ada's trust", "on two words"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
@pytest.mark.parametrize(("name", "codings"), [("qc_nvivo_project", 0), ("skyloom_TestProject", 14)])
def test_real_projects_go_out_as_they_came(tmp_path: Path, name: str, codings: int) -> None:
    """Of the 16 codings of the second, two stand on an area of a page and again on its words."""
    study = Study.create(tmp_path / "one", coder="Lead")
    came = back(study, SAMPLES / f"{name}.qdpx")
    file = tmp_path / "p.qdpx"
    out(study, file, "atlas")
    assert problems(file) == []
    before = study.state_hash()
    back(study, file)
    assert study.state_hash() == before
    there, here = (Counter(node.tag for node in root.iter()) for root in (xml(file), sample(name)))
    kinds = ("Code", "Set", "Graph", "Vertex", "Edge", "SyncPoint", "PDFSelection", "PictureSelection")
    kinds += ("VideoSelection", "PlainTextSelection", "Link", "Note", "Transcript")
    assert {kind: there[kind] for kind in kinds} == {kind: here[kind] for kind in kinds}
    assert there["Coding"] == codings
    assert len(came.sources) == sum(there[kind] for kind in there if kind.endswith("Source") and kind != "MemberSource")


def sample(name: str) -> ET.Element:
    with zipfile.ZipFile(SAMPLES / f"{name}.qdpx") as archive:
        member = next(one for one in archive.namelist() if one.lower().endswith(".qde"))
        root = ET.fromstring(archive.read(member))
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root


@needs_schemas
def test_a_codebook_file_is_valid_and_comes_in_again(tmp_path: Path) -> None:
    study = RandomStudy(tmp_path / "one", 3).study
    file = tmp_path / "c.qdc"
    file.write_text(codebook_file(give(study, "c"), Xml()), encoding="utf-8", newline="")
    assert problems(file) == []
    other = Study.create(tmp_path / "two", coder="Lead")
    take_in(other, read_codebook_file(file), "codes", {})
    assert carried(other)["code"] == carried(study)["code"]

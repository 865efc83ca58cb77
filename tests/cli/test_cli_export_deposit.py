"""`qda export deposit`: what lies in the package, that it is whole and always the same, and what archives are told."""

from __future__ import annotations

import csv
import errno
import gc
import hashlib
import io
import json
import sys
import xml.etree.ElementTree as ET
import zipfile
from typing import TYPE_CHECKING

import pytest
from cli_world import ALFA, CODINGS, a_docx, check_sentence, copy_study, done, qda

from qda.io.deposit.package import Package

if TYPE_CHECKING:
    from pathlib import Path

METADATA = """title: Coming home
creators: [Ida Strand, "Bram & sons"]
date: 2026-11-21
languages: [nl, no]
abstract: |
  We asked them.
  They told us.
keywords: return
collected: 2024-05-01/2024-06-30
places: [NO, Netherlands]
publisher: An archive
licence: CC BY 4.0
access: On request
"""
DC, DDI = "{http://purl.org/dc/elements/1.1/}", "{ddi:codebook:2_5}"
# The order in which DDI-Codebook wants the children of these elements.
ORDER = {
    "codeBook": "docDscr stdyDscr fileDscr",
    "stdyDscr": "citation stdyInfo method dataAccs",
    "citation": "titlStmt rspStmt prodStmt distStmt verStmt",
    "prodStmt": "producer copyright prodDate prodPlac software fundAg grantNo",
    "stdyInfo": "subject abstract sumDscr notes",
    "sumDscr": "timePrd collDate nation geogCover anlyUnit universe dataKind",
}


@pytest.fixture(scope="module")
def small(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with two sources whose names no file can have, one of them from Word."""
    folder = tmp_path_factory.mktemp("deposit")
    study = copy_study(world / "study", folder / "study")
    (folder / "note.docx").write_bytes(a_docx("A note."))
    done("import", folder / "note.docx", "--name", "a/b: c?", study=study)
    (folder / "note.txt").write_text("Another note.")
    done("import", folder / "note.txt", "--name", "A/B: c?", study=study)
    (study / "meta.yaml").write_text(METADATA, encoding="utf-8")
    return study


@pytest.fixture(scope="module")
def package(small: Path) -> zipfile.ZipFile:
    file = small / "d.zip"
    said = done("export", "deposit", "-o", file, "--metadata", small / "meta.yaml", "--originals", study=small).err
    assert "sources (5)" in said
    assert f"codings ({len(CODINGS)})" in said
    assert "Archives ask for more" not in said
    return zipfile.ZipFile(file)


def test_it_is_whole_and_always_the_same(small: Path, package: zipfile.ZipFile) -> None:
    lines = package.read("manifest-sha256.txt").decode().splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    assert set(listed) == set(package.namelist()) - {"manifest-sha256.txt"}
    for name, sha in listed.items():
        assert hashlib.sha256(package.read(name)).hexdigest() == sha
    again = small / "again.zip"
    done("export", "deposit", "-o", again, "--metadata", small / "meta.yaml", "--originals", study=small)
    assert again.read_bytes() == (small / "d.zip").read_bytes()


def test_texts_codings_and_tables_are_those_of_the_study(package: zipfile.ZipFile) -> None:
    assert package.read("texts/alfa.txt").decode() == ALFA
    names = {name for name in package.namelist() if name.startswith(("texts/a_", "texts/A_", "originals/a_"))}
    assert names == {"texts/A_B_ c_.txt", "texts/a_b_ c_ (2).txt", "originals/a_b_ c_ (2).docx"}
    with zipfile.ZipFile(io.BytesIO(package.read("originals/a_b_ c_ (2).docx"))) as word:
        assert "word/document.xml" in word.namelist()
    codings = [json.loads(line) for line in package.read("codings.jsonl").decode().splitlines()]
    assert sorted((one["source"], one["code"], one["coder"], one["text"]) for one in codings) == sorted(CODINGS)
    rows = list(csv.DictReader(io.StringIO(package.read("tables/codings.csv").decode())))
    assert {row["id"] for row in rows} == {one["id"] for one in codings}
    book = package.read("codebook/codebook.md").decode()
    assert "## trust\n\n**Definition:** Somebody relies on somebody." in book
    assert "### trust / low" in book
    page = package.read("README.md").decode()
    assert page.startswith("# Coming home\n\nWe asked them.\nThey told us.\n")
    assert "CC BY 4.0" in page
    assert "To be filled in" not in page


def test_claims_summaries_facts_and_datasets_go_along_without_what_is_confidential(world: Path, tmp_path: Path) -> None:
    study = copy_study(world / "study", tmp_path / "study")
    with zipfile.ZipFile(deposit(study, tmp_path / "none.zip")) as package:
        page = package.read("README.md").decode()
        assert not any(name.startswith(("claims", "summaries", "facts", "datasets")) for name in package.namelist())
    assert not any(word in page for word in ("claims.md", "facts.csv", "datasets/"))
    start = ALFA.index("My brother")
    done("claims", "add", "=They rely on kin.", "--scope", "source alfa", "--scope", "code trust", study=study)
    for source, span in (("alfa", (start, start + 10)), ("beta", (0, 25))):
        done("claims", "cite", "1", source, *map(str, span), study=study)
    done("facts", "add", "case=Tove", "goal 1", "3.229*", "--origin", "yearbook", study=study)
    for theme, words in (("trust", "On her brother."), ("time", "Nothing yet.")):
        done("summaries", "write", "Tove", theme, words, study=study)
    (tmp_path / "left|right.csv").write_bytes("ort,n\nK\xf6ln,1\n,2\n".encode("cp1252"))
    done("dataset", "import", tmp_path / "left|right.csv", "--origin", "a <register>", study=study)
    done("dataset", "recode", "left|right", "ort", "--from", "K\xf6ln", "--to", "K", "--reason", "short", study=study)
    done("dataset", "check", "left|right", "--rule", "n from 1 to 2", "--keep", study=study)
    with zipfile.ZipFile(deposit(study, tmp_path / "all.zip")) as package:
        found = {name: package.read(name) for name in package.namelist()}
    assert found["datasets/left_right/as-it-came.csv"] == "ort,n\nK\xf6ln,1\n,2\n".encode("cp1252")
    assert found["datasets/left_right/data.csv"] == b"ort,n\nK,1\n,2\n"
    page = found["datasets/left_right/README.md"].decode()
    assert "- n from 1 to 2\n" in page
    assert "short" in page
    claims = found["claims.md"].decode()
    assert "## =They rely on kin." in claims
    assert "> My brother\n" in claims
    assert "scope: source alfa" in claims
    assert b"case=Tove,goal 1,3.229*" in found["facts.csv"]
    assert found["summaries.csv"].decode() == "case,theme,summary\nTove,trust,On her brother.\nTove,time,Nothing yet.\n"
    page = found["README.md"].decode()
    assert all(f"- {what}: 1\n" in page for what in ("claims", "facts", "datasets"))
    assert not any(word in page for word in ("claims (", "summaries of", "facts from", "datasets ("))
    done("sensitive", "add", "alfa", str(start), str(start + 10), study=study)
    with zipfile.ZipFile(deposit(study, tmp_path / "public.zip", "--profile", "public")) as package:
        found = {name: package.read(name) for name in package.namelist()}
    assert "datasets/left_right/as-it-came.csv" not in found
    assert not any(b"Tove" in content for content in found.values())
    claims = found["claims.md"].decode()
    assert "brother" not in claims
    assert "scope: code trust" in claims
    assert "alfa" not in claims
    assert claims.count("\u2014 ") == 1
    assert b"brother" not in found["summaries.csv"]
    assert b"Nothing yet." in found["summaries.csv"]
    page = found["README.md"].decode()
    assert "- citations for and against claims (1): touch what is confidential, and are left out" in page
    assert "- summaries of cases by theme (1): touch what is confidential, and are left out" in page


def deposit(study: Path, file: Path, *more: str) -> Path:
    done("export", "deposit", "-o", file, *more, study=study)
    return file


def test_it_opens_again(small: Path, package: zipfile.ZipFile, tmp_path: Path) -> None:
    package.extractall(tmp_path / "d")
    for name in ("project.qdpx", "annotations.jsonld"):
        study = tmp_path / name.partition(".")[0]
        done("init", study, coder=None)
        done("import", tmp_path / "d" / name, study=study, coder="Lead")
        lines = map(json.loads, done("codings", "export", "-", study=study).out.splitlines())
        found = [(one["source"], one["code"], one["coder"], one["text"]) for one in lines]
        assert sorted(found) == sorted(CODINGS)


def test_archives_are_told_in_their_own_words(package: zipfile.ZipFile) -> None:
    core = ET.fromstring(package.read("metadata/dublin-core.xml"))
    told = [(one.tag.removeprefix(DC), one.text) for one in core]
    assert [value for name, value in told if name == "creator"] == ["Ida Strand", "Bram & sons"]
    assert {"title": "Coming home", "publisher": "An archive", "date": "2026-11-21"}.items() <= dict(told).items()
    assert ("coverage", "2024-05-01/2024-06-30") in told
    assert [value for name, value in told if name == "rights"] == ["CC BY 4.0", "On request"]
    ddi = ET.fromstring(package.read("metadata/ddi-codebook.xml"))
    study = ddi.find(f"{DDI}stdyDscr")
    assert study is not None
    assert [one.text for one in study.iter(f"{DDI}AuthEnty")] == ["Ida Strand", "Bram & sons"]
    assert [one.attrib for one in study.iter(f"{DDI}collDate")] == [
        {"event": "start", "date": "2024-05-01"},
        {"event": "end", "date": "2024-06-30"},
    ]
    assert [one.text for one in study.iter(f"{DDI}abstract")] == ["We asked them.\nThey told us.\n"]
    for node in ddi.iter():
        if order := ORDER.get(node.tag.removeprefix(DDI), "").split():
            places = [order.index(child.tag.removeprefix(DDI)) for child in node]
            assert places == sorted(places), node.tag


def test_a_package_that_cannot_be_written_leaves_nothing_behind(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_package: Package, _name: str, _file: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    ignored: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    monkeypatch.setattr(Package, "add_file", full)
    result = qda("export", "deposit", "-o", tmp_path / "d.zip", study=small)
    gc.collect()
    assert (result.code, ignored, list(tmp_path.iterdir())) == (1, [], [])
    check_sentence(result.err)


def test_what_nobody_said_is_said_to_be_missing(small: Path, tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text("title: NO\ncreators: yes\n")
    said = done("export", "deposit", "-o", tmp_path / "d.zip", "--metadata", tmp_path / "some.yaml", study=small).err
    assert "abstract: what it is about" in said
    assert "title:" not in said
    with zipfile.ZipFile(tmp_path / "d.zip") as package:
        page = package.read("README.md").decode()
        assert not any(name.startswith("originals/") for name in package.namelist())
    assert page.startswith("# NO\n")
    assert "by: yes" in page
    assert "To be filled in: under which licence" in page
    assert "- collected: 2024/2024-06" in page
    assert "- languages: en, no" in page
    done("sensitive", "add", "gamma", "--reason", "off the record", study=small)
    said = done("export", "deposit", "-o", tmp_path / "e.zip", study=small).err
    assert "marks of what is confidential (1): stay in the study; the words that they mark go along, unless" in said
    done("undo", study=small)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("titel: x\n", "unknown key 'titel' in the metadata"),
        ("title: [a]\n", "must be text, not a list"),
        ("- a\n", "metadata are fields"),
        ("title: 'x\n", "is never closed"),
        (None, "there is no such file"),
    ],
)
def test_metadata_that_are_wrong_are_refused(small: Path, tmp_path: Path, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "m.yaml").write_text(content)
    result = qda("export", "deposit", "-o", tmp_path / "d.zip", "--metadata", tmp_path / "m.yaml", study=small)
    assert (result.code, result.out) == (1, "")
    assert said in result.err
    check_sentence(result.err)
    assert not (tmp_path / "d.zip").exists()


def test_cases_of_the_kind_case_go_out_under_a_profile(world: Path, tmp_path: Path) -> None:
    study = copy_study(world / "study", tmp_path / "study")
    cases = b"case,kind,person\nTove of alfa,case,Tove\nIda,case,Ida\n"
    done("cases", "import", "-", study=study, stdin=cases)
    done("source", "set", "alfa", "--kind", "source", study=study)
    named = done("report", "coverage", "--profile", "public", "--format", "json", study=study).out
    assert "Tove" not in named

"""Projects of other tools: every coding at its words, nothing dropped in silence, and harm refused."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
import zipfile
from typing import TYPE_CHECKING

import pytest
from refi_world import CODE, SAMPLES, coded, project, write

from qda.errors import QdaError
from qda.io.refi.codebook_file import read_codebook_file
from qda.io.refi.offsets import ALL, Convention, Raw, Ruler
from qda.io.refi.reading import open_project
from qda.store import Study
from qda.store.projects import Outcome, take_in

if TYPE_CHECKING:
    from pathlib import Path

needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
TEXT = "Anna 🚢 said\r\ntrust me 🙂\r\nand 🚢🚢 then café again\r\nthe end"
WORDS = ("said", "trust me", "then", "café", "again", "the end")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study.create(tmp_path / "study", coder="Lead")


def take(study: Study, path: Path, *, dry_run: bool = False, offsets: Convention | None = None) -> Outcome:
    with open_project(path, offsets=offsets) as found:
        return take_in(study, found, "project", {}, dry_run=dry_run)


def words(study: Study) -> list[tuple[str, str, str]]:
    coders = {one.key: one.name for one in study.coders.all()}
    return [
        (
            study.codebook.tree().by_key[one.code].path,
            coders[one.coder],
            study.sources.text(one.source)[one.start : one.end],
        )
        for one in study.codings.all()
    ]


def units(text: str, unit: str) -> int:
    return {"code points": len(text), "UTF-16 units": len(text.encode("utf-16-le")) // 2, "bytes": len(text.encode())}[
        unit
    ]


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("convention", ALL)
def test_every_way_of_counting_is_read_when_it_is_named(
    study: Study, tmp_path: Path, convention: Convention, *, bom: bool
) -> None:
    counted = TEXT if convention.crlf == 2 else TEXT.replace("\r\n", "\n")
    mark = "\ufeff" if bom and convention.bom else ""
    selections = ""
    for number, one in enumerate(WORDS, 1):
        start = units(mark + counted[: counted.index(one)], convention.unit)
        selections += coded(start, start + units(one, convention.unit), number)
    data = TEXT.encode("utf-8-sig" if bom else "utf-8")
    take(study, write(tmp_path / "p.qdpx", project(selections, data)), offsets=convention)
    assert words(study) == [("trust", "Bea", one) for one in WORDS]


@pytest.mark.parametrize(
    "convention", [Convention(unit, crlf, 0) for unit in ("code points", "UTF-16 units", "bytes") for crlf in (1, 2)]
)
def test_the_way_of_counting_is_found_by_the_words(study: Study, tmp_path: Path, convention: Convention) -> None:
    text = "".join(f"🚢 line {number} is\r\nquite sûr\r\n" for number in range(20))
    counted = text if convention.crlf == 2 else text.replace("\r\n", "\n")
    selections, at = "", 0
    for number in range(1, 20):
        at = counted.index("quite sûr", at + 1)
        start = units(counted[:at], convention.unit)
        selections += coded(start, start + units("quite sûr", convention.unit), number)
    take(study, write(tmp_path / "p.qdpx", project(selections, text.encode("utf-8-sig"))))
    assert [one[2] for one in words(study)] == ["quite sûr"] * 19


def test_a_ruler_goes_there_and_back() -> None:
    raw = Raw(TEXT, bom=True)
    for convention in ALL:
        ruler = Ruler(raw, convention)
        assert [ruler.ours(ruler.theirs(place)) for place in range(len(raw.plain) + 1)] == list(
            range(len(raw.plain) + 1)
        )


def test_an_import_is_one_undo_and_a_dry_run_is_nothing(study: Study, tmp_path: Path) -> None:
    path = write(tmp_path / "p.qdpx", project(coded(0, 4), b"Anna came"))
    before = study.state_hash()
    assert take(study, path, dry_run=True).codings.new == 1
    assert study.state_hash() == before
    take(study, path)
    assert words(study) == [("trust", "Bea", "Anna")]
    study.changes.undo()
    assert not study.sources.all()
    assert not study.codings.count()


def test_a_second_import_merges_by_guid(study: Study, tmp_path: Path) -> None:
    take(study, write(tmp_path / "p.qdpx", project(coded(0, 4) + coded(5, 9, 2), b"Anna came home")))
    outcome = take(
        study, write(tmp_path / "q.qdpx", project(coded(0, 4) + coded(5, 14, 2) + coded(10, 14, 3), b"Anna came home"))
    )
    assert (outcome.codings.new, outcome.codings.changed, outcome.codings.here) == (1, 1, 1)
    assert [one[2] for one in words(study)] == ["Anna", "came home", "home"]
    assert len(study.codebook.tree().codes) == len(study.sources.all()) == 1


def test_selections_outside_the_text_are_said(study: Study, tmp_path: Path) -> None:
    outcome = take(
        study, write(tmp_path / "p.qdpx", project(coded(3, 3) + coded(50, 60, 2) + coded(0, 99, 3), b"Anna"))
    )
    assert [one[2] for one in words(study)] == ["Anna"]
    assert any("2 selections empty or outside" in said for said in outcome.said)


@needs_samples
def test_all_codings_of_a_real_project(study: Study) -> None:
    """The truth is read by a second, simple reader; its text is plain ASCII but for a few signs, so it is sliced."""
    path = SAMPLES / "qc_demo.qdpx"
    outcome = take(study, path)
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
        texts = {name: archive.read(f"sources/{name}").decode() for name in ("board_2017.txt", "admin-1.txt")}
    space = "{urn:QDA-XML:project:1.0}"
    names = {one.get("guid"): one.get("name") for one in root.iter(f"{space}Code")}
    truth = sorted(
        (source.get("plainTextPath", "").removesuffix(".txt"), str(names[ref.get("targetGUID")]), "cp", text[start:end])
        for source in root.iter(f"{space}TextSource")
        for text in [texts[source.get("plainTextPath", "")]]
        for one in source.iter(f"{space}PlainTextSelection")
        for start, end in [(int(one.get("startPosition", "")), int(one.get("endPosition", "")))]
        for ref in one.iter(f"{space}CodeRef")
    )
    sources = {one.key: one.name for one in study.sources.all()}
    found = sorted(
        (
            sources[one.source],
            study.codebook.tree().by_key[one.code].entry.name,
            "cp",
            study.sources.text(one.source)[one.start : one.end],
        )
        for one in study.codings.all()
    )
    assert found == truth
    assert len(found) == 205
    assert outcome.codes.new == 262
    assert sorted(one.characters for one in study.sources.all()) == [31906, 52543]


@needs_samples
def test_a_project_without_its_texts_comes_in_with_warnings(study: Study) -> None:
    outcome = take(study, SAMPLES / "skyloom_TestProject.qdpx")
    assert (outcome.codes.new, outcome.coders.new, outcome.memos.new, len(outcome.sources)) == (14, 3, 2, 12)
    assert any("8 sources without text" in said for said in outcome.said)
    assert any("7 selections with 5 codings" in said for said in outcome.said)


@needs_samples
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("portableQDA_Atlasti", 5),
        ("REFI-QDA-1-5", 6),
        ("portableQDA_test_compare_Diff_destAtlas", 2),
        ("uto_tag_codebook", 3),
    ],
)
def test_codebook_files(study: Study, name: str, codes: int) -> None:
    take_in(study, read_codebook_file(SAMPLES / "qdc" / f"{name}.qdc"), "codebook", {})
    assert len(study.codebook.tree().codes) == codes


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><Project name="&c;"/>'


@pytest.mark.parametrize(
    "members",
    [
        {"project.qde": BOMB},
        {"project.qde": b"<Project/>", "../evil.txt": b"x"},
        {"project.qde": b"<Project/>", "/etc/evil.txt": b"x"},
        {"project.qde": b"<Project/>", "C:\\evil.txt": b"x"},
        {"project.qde": b"<Project/>", "sources/a.txt": b"x", "Sources/A.txt": b"y"},
        {"project.qde": b"<Project/>", "sources/a.txt": bytes(60_000_000)},
        {"project.qde": b"<Code>" * 400},
        {"project.qde": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Project name="&b;"/>'},
        {"project.qde": b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><Project name="p"/>'},
        {"project.qde": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><Project/>'.encode("utf-16")},
        {"project.qde": b'<?xml version="1.0" encoding="utf-7"?><Project/>'},
        {"project.qde": b"<Project/>", "sources\\..\\..\\evil.txt": b"x"},
        {"notes.txt": b"x"},
    ],
)
def test_harm_is_refused_in_a_sentence(study: Study, tmp_path: Path, members: dict[str, bytes]) -> None:
    before = study.state_hash()
    with pytest.raises(QdaError):
        take(study, write(tmp_path / "p.qdpx", members))
    assert study.state_hash() == before


def test_a_link_in_the_archive_is_refused(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "p.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", "<Project/>")
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(QdaError, match="it is a link"):
        take(study, path)


def test_damaged_files_never_crash_nor_come_in_by_half(study: Study, tmp_path: Path) -> None:
    luck = random.Random(6)
    good = write(tmp_path / "good.qdpx", project(coded(0, 4) + coded(5, 9, 2), b"Anna came")).read_bytes()
    xml = project(coded(0, 4), b"Anna came")["project.qde"]
    path = tmp_path / "p.qdpx"
    before = study.state_hash()
    for number in range(150):
        data = bytearray(good if number % 2 else xml)
        if number % 3:
            for _ in range(luck.randint(1, 6)):
                data[luck.randrange(len(data))] = luck.randrange(256)
        else:
            del data[luck.randrange(len(data)) :]
        if number % 2:
            path.write_bytes(data)
        else:
            write(path, {"project.qde": bytes(data), "sources/a.txt": b"Anna came"})
        try:
            take(study, path, dry_run=True)
        except QdaError as error:
            assert "\n" not in str(error)
        assert study.state_hash() == before


def test_formatting_that_stays_behind_is_said(study: Study, tmp_path: Path) -> None:
    members = project(coded(0, 4), b"Anna came")
    members["project.qde"] = members["project.qde"].replace(
        b' plainTextPath="', b' richTextPath="internal://a.docx" plainTextPath="'
    )
    outcome = take(study, write(tmp_path / "p.qdpx", members))
    assert any("1 source with a formatted version beside the plain text" in said for said in outcome.said)
    assert words(study) == [("trust", "Bea", "Anna")]


def test_what_has_no_noun_is_kept(study: Study, tmp_path: Path) -> None:
    extra = f'<Sets><Set guid="{CODE[:-1]}9" name="family"><MemberCode targetGUID="{CODE}"/></Set></Sets>'
    take(study, write(tmp_path / "p.qdpx", project("", b"Anna", extra=extra)))
    assert study.codebook.get("trust").entry.extra == {"color": "#F00082"}
    assert [name for name in study.settings.all() if name.startswith("refi set ")]

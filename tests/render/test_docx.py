"""Reports as Word documents, read back part by part: headings, tables, footnotes, directions, languages."""

from __future__ import annotations

import io
import json
import re
from shutil import copytree
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from qda.cli.main import main
from qda.render.docx import document_text
from qda.render.docx.tables import fitted
from qda.render.docx.words import runs, said
from qda.reports.registry import NEED_BY, REPORTS
from qda.reports.report import Table

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KURDISH = "بڕیارەکە هی هەردووکمان بوو."
ORDER = {
    "pPr": ("pStyle", "keepNext", "pageBreakBefore", "numPr", "bidi", "spacing", "ind", "jc", "outlineLvl", "sectPr"),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "vertAlign", "rtl", "lang"),
    "tblPr": ("tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption"),
    "sectPr": ("footerReference", "type", "pgSz", "pgMar"),
}
"""The order that the schema of WordprocessingML (ECMA-376, part 1, annex A) sets for what is written."""


@pytest.fixture(scope="module")
def study(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a claim: one quotation for it in Kurdish, one against it in Norwegian, edited."""
    folder = tmp_path_factory.mktemp("docx") / "demo"
    copytree(sample, folder)
    before = ("--study", str(folder), "--coder", "Zoe")
    text = told(folder, "source", "text", "iraqi_family_norway")
    start = text.index(KURDISH)
    assert main([*before, "claims", "add", "Zebras decided <together> & soon.", "--scope", "code timing"]) == 0
    place = (str(start), str(start + len(KURDISH)))
    assert main([*before, "claims", "cite", "Zebras", "iraqi_family_norway", *place]) == 0
    assert main([*before, "claims", "cite", "Zebras", "no_official", "887", "1150", "--against"]) == 0
    assert main([*before, "summaries", "write", "NO official", "timing", "They came late;\n\nand said so."]) == 0
    return folder


def told(folder: Path, *words: str) -> str:
    """What a command prints."""
    from contextlib import redirect_stdout

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    with redirect_stdout(out):
        assert main(["--study", str(folder), "--coder", "Anna", *words]) == 0
    out.flush()
    return out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def made(folder: Path, file: Path, *words: str) -> Path:
    assert main(["--study", str(folder), "--coder", "Anna", "report", *words, "-o", str(file)]) == 0
    return file


def parts(file: Path) -> dict[str, etree._Element]:
    """The parts of a document; each is XML that can be read."""
    with ZipFile(file) as packed:
        assert packed.testzip() is None
        return {name: etree.fromstring(packed.read(name)) for name in packed.namelist()}


def words_of(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def check_package(found: dict[str, etree._Element]) -> None:
    """Every part has a type, all that is related is there and inside, and settings stand in the order of the schema."""
    types = found["[Content_Types].xml"]
    typed = {one.get("PartName", "").lstrip("/") for one in types} | {"customXml/item1.xml"}
    assert {name for name in found if not name.endswith(".rels")} - {"[Content_Types].xml"} == typed - {""}
    for name, root in found.items():
        if name.endswith(".rels"):
            folder = name.split("_rels/")[0]
            for one in root:
                target = re.sub(r"\w+/\.\./", "", folder + one.get("Target"))
                assert target in found
                assert one.get("TargetMode") is None
        for kind, order in ORDER.items():
            for settings in root.iter(f"{W}{kind}"):
                given = [
                    order.index(child.tag.removeprefix(W)) for child in settings if child.tag.removeprefix(W) in order
                ]
                assert given == sorted(given)


def test_claims_have_footnotes_of_word(study: Path, tmp_path: Path) -> None:
    found = parts(made(study, tmp_path / "claims.docx", "claims", "--coder", "Zoe"))
    again = made(study, tmp_path / "again.docx", "claims", "--coder", "Zoe")
    assert again.read_bytes() == (tmp_path / "claims.docx").read_bytes()
    check_package(found)
    body, notes = found["word/document.xml"], found["word/footnotes.xml"]
    numbers = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    assert numbers == ["1", "2"]
    kinds = {one.get(f"{W}id"): one.get(f"{W}type") for one in notes}
    assert kinds == {"-1": "separator", "0": "continuationSeparator", "1": None, "2": None}
    told_notes = [
        row["footnote"]
        for row in json.loads(told(study, "report", "claims", "--coder", "Zoe", "--format", "json"))["rows"]
    ]
    shown = [words_of(one).strip() for one in notes if not one.get(f"{W}type")]
    assert [one.rstrip(".") for one in shown] == [one.rstrip(".") for one in told_notes if one]
    quotes = [one for one in body.iter(f"{W}p") if one.find(f".//{W}footnoteReference") is not None]
    assert words_of(quotes[0]) == KURDISH
    assert quotes[0].find(f"{W}pPr/{W}bidi") is not None
    assert {run.find(f"{W}rPr/{W}rtl") is not None for run in quotes[0].iter(f"{W}r") if words_of(run)} == {True}
    assert quotes[1].find(f"{W}pPr/{W}bidi") is None
    assert {one.get(f"{W}val") for one in quotes[1].iter(f"{W}lang")} == {"nb-NO"}
    assert "Zebras decided <together> & soon." in words_of(body)
    assert told_notes[0] in document_text((tmp_path / "claims.docx").read_bytes())


def test_a_book_of_all_reports_is_one_document(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of = ("all", "--code", "timing", "--by", "host_country")
    one = made(study, tmp_path / "one.docx", *of)
    found = parts(one)
    check_package(found)
    with ZipFile(one) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    read = docx.Document(str(one))
    headings = [each.text for each in read.paragraphs if each.style.name == "Heading 1"]
    assert len(headings) >= len(REPORTS)
    entries = [words_of(each) for each in found["word/document.xml"].iter(f"{W}hyperlink")]
    assert entries == headings
    anchors = {each.get(f"{W}anchor") for each in found["word/document.xml"].iter(f"{W}hyperlink")}
    assert anchors <= {each.get(f"{W}name") for each in found["word/document.xml"].iter(f"{W}bookmarkStart")}
    field = "".join(each.text for each in found["word/document.xml"].iter(f"{W}instrText"))
    assert 'TOC \\o "1-1"' in field
    for table in found["word/document.xml"].iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert {len(row.findall(f"{W}tc")) for row in rows} == {len(table.findall(f"{W}tblGrid/{W}gridCol"))}
    assert {each.orientation for each in read.sections} == {0, 1}
    assert (read.core_properties.author, read.core_properties.last_modified_by) == ("", "")
    assert main(["--study", str(study), "--coder", "Anna", "report", "frequency", "--format", "docx"]) == 2
    assert "a terminal cannot show docx; name a file for it with -o FILE.docx" in capsys.readouterr().err


def test_figures_summaries_and_excerpts_are_those_of_the_report(study: Path, tmp_path: Path) -> None:
    read = docx.Document(str(made(study, tmp_path / "f.docx", "frequency", "--code", "timing")))
    rows = json.loads(told(study, "report", "frequency", "--code", "timing", "--format", "json"))["rows"]
    columns = [cell.text for cell in read.tables[0].rows[0].cells]
    passages = {row.cells[0].text: row.cells[columns.index("passages")].text for row in read.tables[0].rows[1:]}
    assert passages == {row["code"]: str(row["passages"]) for row in rows}
    matrix = docx.Document(str(made(study, tmp_path / "m.docx", "framework", "--code", "timing"))).tables[0]
    names = [cell.text for cell in matrix.rows[0].cells]
    cells = {row.cells[0].text: row.cells[names.index("timing")].text for row in matrix.rows[1:]}
    assert re.fullmatch(r"They came late;\n\nand said so\. \(\d+\)", cells["NO official"])
    excerpts = docx.Document(str(made(study, tmp_path / "e.docx", "excerpts", "--code", "timing")))
    quotes = [one.text for one in excerpts.paragraphs if one.style.name == "Quote"]
    found = json.loads(told(study, "report", "excerpts", "--code", "timing", "--format", "json"))["rows"]
    assert quotes == [row["text"] for row in found]


def test_every_report_is_a_document(study: Path, tmp_path: Path) -> None:
    for name in REPORTS:
        by = ("--by", "host_country") if name in NEED_BY else ()
        file = made(study, tmp_path / f"{name}.docx", name, "--code", "timing", *by)
        read = docx.Document(str(file))
        assert read.paragraphs[0].style.name == "Heading 1"
        assert "Made anew by qda report" in document_text(file.read_bytes())
        assert read.tables or "Nothing is selected." in [one.text for one in read.paragraphs]


def test_directions_languages_and_odd_signs() -> None:
    text = "He said سلام، 12 twice\tand\x00 left\nso <b>"
    element = etree.fromstring(f"<w:p {SPACE}>{runs(text)}</w:p>")
    shown = [(one.find(f"{W}rPr/{W}rtl") is not None, words_of(one)) for one in element.iter(f"{W}r")]
    assert shown == [(False, "He said "), (True, "سلام"), (False, "، 12 twiceand\N{REPLACEMENT CHARACTER} leftso <b>")]
    turned = etree.fromstring(said("سلام qda، سلام").replace("<w:p>", f"<w:p {SPACE}>", 1))
    assert turned.find(f"{W}pPr/{W}bidi") is not None
    assert [words_of(one) for one in turned.iter(f"{W}r")] == ["سلام ", "qda", "، سلام"]


def test_a_table_turns_the_page_and_is_parted() -> None:
    narrow = fitted(Table(("code", "n"), (("a", 1),)))
    wide = fitted(Table(("code", *(f"value_{n}" for n in range(12))), (("a", *range(12)),)))
    widest = fitted(Table(("code", *(f"value_number_{n}" for n in range(60))), (("a", *range(60)),)))
    assert (narrow.page[0] < narrow.page[1], wide.page[0] > wide.page[1]) == (True, True)
    assert (len(narrow.parts), len(wide.parts)) == (1, 1)
    assert all(part[0][0] == 0 and sum(width for _, width in part) <= 16838 - 2268 for part in widest.parts)
    assert [at for part in widest.parts for at, _ in part[1:]] == list(range(1, 61))

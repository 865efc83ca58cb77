"""Word documents give their words in reading order, and damaged ones one sentence."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io import documents
from qda.io.transcripts import is_transcript, read_transcript

if TYPE_CHECKING:
    from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)


def read_document(data: bytes, file: str) -> str:
    return documents.read_document(data, "docx", file).text


def package(body: str, *, namespace: str = WORD, root: str = "document", target: str = "word/document.xml") -> bytes:
    """A Word document with this body, as small as can be."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", RELATIONS.format(target))
        document = (
            f'<w:{root} xmlns:w="{namespace}" '
            f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}<w:sectPr/></w:body></w:{root}>'
        )
        archive.writestr(target, document)
    return stream.getvalue()


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


PAGE = '<w:r><w:br w:type="page"/></w:r>'
DELETED = "<w:del><w:r><w:delText>weg</w:delText><w:tab/></w:r></w:del>"
STOPS = "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
UNMARKED = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            paragraph(run("I: "), run(" "), run("Zo?  ")) + paragraph() + paragraph(run("R: X")),
            "I:  Zo?  \n\nR: X",
        ),
        (paragraph(STOPS, run("a"), "<w:r><w:tab/><w:br/><w:cr/></w:r>", run("b")), "a\t\n\nb"),
        (
            paragraph(PAGE, run("a"))
            + paragraph(PAGE)
            + paragraph(run("b"), PAGE)
            + paragraph(run("c"), PAGE, run("d")),
            "a\n\nb\nc\nd",
        ),
        (paragraph(run("a"), "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", run("b")), "a-\u00adb"),
        (paragraph(run("oud"), "<w:ins>" + run(" nieuw") + "</w:ins>", DELETED), "oud nieuw"),
        (paragraph(f"<w:moveFrom>{run('weg')}</w:moveFrom><w:moveTo>{run('hier')}</w:moveTo>"), "hier"),
        (paragraph(UNMARKED, run("een")) + paragraph(run(" zin")), "een zin"),
        (paragraph("<w:hyperlink>" + run("voorbeeld.nl") + "</w:hyperlink>", run(" x")), "voorbeeld.nl x"),
        (paragraph(run("noot"), "<w:r><w:footnoteReference w:id='2'/></w:r>", run(".")), "noot."),
        (
            paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", f"<w:fldSimple>{run('3')}</w:fldSimple>"),
            "3",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('vak'))}</w:sdtContent></w:sdt>", "vak"),
        (paragraph(run("a"), "<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>"), "a\uf0e0"),
        (paragraph(run("e\u0301 \u00a0 &amp; דן <!-- x -->\U0001f642")), "e\u0301 \u00a0 & דן \U0001f642"),
    ],
)
def test_a_paragraph_reads_as_it_is_seen(body: str, text: str) -> None:
    assert read_document(package(body), "t.docx") == text
    assert read_document(package(body, namespace=STRICT), "t.docx") == text


def test_a_text_box_is_read_once_and_behind_its_paragraph() -> None:
    box = "<w:txbxContent>" + paragraph(run("kader")) + "</w:txbxContent>"
    drawing = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    runs = (run("voor"), f"<w:r><mc:AlternateContent>{drawing}</mc:AlternateContent></w:r>", run(" na"))
    body = paragraph(*runs) + paragraph(run("einde"))
    assert read_document(package(body), "t.docx") == "voor na\nkader\neinde"


def test_a_table_has_a_line_a_row_and_a_tab_between_cells() -> None:
    deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph(run("weg")) + "</w:tc></w:tr>"
    cells = ["<w:tc>" + paragraph(run(words)) + "</w:tc>" for words in ("Interviewer", "Hoe?", "Karim", "Zo.")]
    inner = "<w:tc>" + paragraph(run("x")) + "<w:tbl><w:tr>" + cells[1] + "</w:tr></w:tbl>" + paragraph() + "</w:tc>"
    second = f"<w:sdt><w:sdtContent><w:tr>{cells[2]}{inner}</w:tr></w:sdtContent></w:sdt>"
    rows = f"<w:tr>{cells[0]}{cells[1]}</w:tr>{deleted}{second}"
    body = paragraph(run("Gesprek")) + f"<w:tbl><w:tblPr/>{rows}</w:tbl>" + paragraph(run("einde"))
    assert read_document(package(body), "t.docx") == "Gesprek\nInterviewer\tHoe?\nKarim\tx\nHoe?\n\neinde"


def test_a_document_from_word_becomes_turns(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Gesprek 4")
    for label, words in [("Interviewer", "Hoe was het?"), ("Karim", "Goed.")] * 2:
        told = document.add_paragraph()
        told.add_run(f"{label}:").bold = True
        told.add_run(f" {words}")
    document.save(str(tmp_path / "gesprek 4.docx"))
    transcript = read_transcript(tmp_path / "gesprek 4.docx")
    assert transcript.name == "gesprek 4"
    assert (transcript.format, transcript.encoding) == ("docx", None)
    assert transcript.original == (tmp_path / "gesprek 4.docx").read_bytes()
    assert transcript.text.startswith("Gesprek 4\nInterviewer: Hoe was het?\nKarim: Goed.\n")
    assert [turn.label for turn in transcript.turns] == ["Interviewer", "Karim"] * 2
    assert is_transcript(tmp_path / "gesprek 4.docx")


def test_a_table_of_two_columns_becomes_turns(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(0, 2)
    for label, words in [("Interviewer", "Hoe was het?"), ("Karim", "Goed.")] * 2:
        for cell, text in zip(table.add_row().cells, (label, words), strict=True):
            cell.text = text
    document.save(str(tmp_path / "t.docx"))
    transcript = read_transcript(tmp_path / "t.docx")
    assert [(turn.label, transcript.text[turn.body : turn.end]) for turn in transcript.turns] == [
        ("Interviewer", "Hoe was het?"),
        ("Karim", "Goed."),
    ] * 2


def test_the_ending_and_other_names_of_the_main_part_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "t.docm"
    path.write_bytes(package(paragraph(run("Ja.")), target="word/document2.xml"))
    assert read_transcript(path).text == "Ja."
    path.rename(tmp_path / "t.txt")
    assert is_transcript(tmp_path / "t.txt")
    assert read_transcript(tmp_path / "t.txt").format == "docx"


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


BOMB = b" " * 60_000_000
ENTITIES = '<!DOCTYPE x [<!ENTITY a "{}">]>'.format("x" * 1000)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (package(paragraph(run("Ja.")))[:-40], "damaged"),
        (package(paragraph(run("Ja."))) [:60], "damaged"),
        (b"Interviewer: geen zip", "no .docx"),
        (zipped(a=b"b"), "damaged or no .docx"),
        (package("<w:p>").replace(b"PK", b"PX"), "no .docx"),
        (package("<w:p>"), "damaged"),
        (package(""), "it has no text"),
        (package(paragraph(run("   "))), "it has no text"),
        (zipped(bom=BOMB), "60 MB"),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_bad_document_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=r"^t\.docx: ") as caught:
        read_document(data, "t.docx")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_body_that_is_not_there_is_no_document() -> None:
    with pytest.raises(BadFileError, match="no Word document"):
        read_document(package("", namespace="urn:spreadsheet", root="workbook"), "t.docx")


def test_a_protected_member_is_refused() -> None:
    data = bytearray(package(paragraph(run("Ja."))))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 1)
    with pytest.raises(BadFileError, match="password"):
        read_document(bytes(data), "t.docx")


def test_entities_are_refused_and_never_expanded() -> None:
    data = package(paragraph(run("Ja. &a;")))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            prefix = ENTITIES.encode() if name == "word/document.xml" else b""
            new.writestr(name, prefix + old.read(name))
    with pytest.raises(BadFileError, match="entities"):
        read_document(stream.getvalue(), "t.docx")


def test_macros_are_refused_and_hidden_words_stay_out() -> None:
    data = io.BytesIO(package(paragraph(run("Ja."))))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(BadFileError, match="macros"):
        read_document(data.getvalue(), "t.docx")
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>hier</w:t></w:r>"
    assert read_document(package(paragraph(run("a "), hidden, shown)), "t.docx") == "a hier"


@given(st.integers(0, 400), st.integers(0, 255))
def test_any_damage_gives_text_or_one_sentence(place: int, byte: int) -> None:
    data = bytearray(package(paragraph(run("I: Hoe?")) + paragraph(run("R: Zo."))))
    data[place % len(data)] = byte
    try:
        words = read_document(bytes(data), "t.docx")
    except BadFileError as error:
        words = str(error).replace("\n", "|")
    assert words
    assert "|" not in words
    assert documents.kind_of(bytes(data), ".txt") in {"docx", None}

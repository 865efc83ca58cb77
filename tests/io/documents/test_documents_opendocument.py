"""OpenDocument texts give the words that are seen, in reading order; what could do harm is refused."""

from __future__ import annotations

import io

import pytest
from document_files import fodt, odf_content, odt, packed
from odfdo import Document, Header, List, ListItem, Paragraph, Table

from qda.errors import BadFileError
from qda.io.documents import kind_of, read_document

HIDDEN = (
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    '<style:style style:name="T3" style:family="text" style:parent-style-name="T1">'
    '<style:text-properties text:display="true"/></style:style>'
)


def read(data: bytes) -> str:
    kind = kind_of(data, ".txt")
    assert kind in ("odt", "fodt")
    return read_document(data, kind, "t.odt").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:h>Gesprek</text:h><text:p/><text:p>I: Hoe?</text:p>", "Gesprek\n\nI: Hoe?"),
        ("<text:p>  a \n  b<text:s text:c='3'/>c <text:span> d</text:span><text:tab/> e<text:line-break/>f </text:p>",
         "a b   c d\t e\nf "),
        ("<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noot</text:p>"
         "</text:note-body></text:note>b<office:annotation><dc:creator>x</dc:creator><text:p>opmerking</text:p>"
         "</office:annotation>c<office:annotation-end/></text:p>", "abc"),
        ("<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
         "</text:changed-region></text:tracked-changes><text:p>oud<text:change-start/> nieuw"
         "<text:change-end/></text:p>",
         "oud nieuw"),
        ("<text:tracked-changes><text:changed-region text:id='c1'><text:deletion/></text:changed-region>"
         "<text:changed-region text:id='c2'><text:insertion/></text:changed-region></text:tracked-changes>"
         "<text:p>a<text:change-start text:change-id='c1'/>weg<text:tab/></text:p><text:p>weg"
         "<text:change-end text:change-id='c1'/>b<text:change-start text:change-id='c2'/>c"
         "<text:change-end text:change-id='c2'/></text:p>", "abc"),
        ("<text:list><text:list-item><text:number>1.</text:number><text:p>een</text:p><text:list><text:list-item>"
         "<text:p>diep</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>twee</text:p>"
         "</text:list-item></text:list>", "een\ndiep\ntwee"),
        ("<table:table><table:table-column/><table:table-header-rows><table:table-row>"
         "<table:table-cell table:number-columns-spanned='2'><text:p>wijd</text:p></table:table-cell>"
         "<table:covered-table-cell/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
         "</table:table-header-rows><table:table-row><table:covered-table-cell/>"
         "<table:table-cell table:number-columns-repeated='2'><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
         "</table:table-row></table:table><text:p>na</text:p>", "wijd\tx\n\ta\nb\ta\nb\nna"),
        ("<text:p>voor<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box><svg:title>plaatje</svg:title>"
         "</draw:frame> na</text:p><text:section><text:p>deel</text:p></text:section>"
         "<text:section text:display='none'><text:p>weg</text:p></text:section>", "voor na\nkader\ndeel"),
        ("<text:p>a<text:span text:style-name='T2'>weg</text:span><text:span text:style-name='T3'>b</text:span>"
         "<text:hidden-text text:string-value='weg' text:is-hidden='true'/></text:p>"
         "<text:p text:style-name='T1'>weg</text:p><text:p>c</text:p>", "ab\nc"),
        ("<text:p>a <text:span text:style-name='T2'>weg</text:span> b <text:note/> c</text:p>", "a  b  c"),
        ("<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
         "<text:a>x</text:a><text:page-number>3</text:page-number><!-- y -->z\u00a0</text:p>", "漢x3z\u00a0"),
        ("<table:table><table:table-row table:number-rows-repeated='999999999'>"
         "<table:table-cell table:number-columns-repeated='999999999'/></table:table-row></table:table>"
         "<text:p>einde</text:p>", None),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_it_is_seen(body: str, text: str | None) -> None:
    found = read(odt(body, HIDDEN))
    if text is None:
        assert found.strip() == "einde"
        assert len(found) < 20_000
        return
    assert found == text
    if "style-name" not in body:
        assert read(fodt(body)) == text


def test_a_document_that_a_library_writes() -> None:
    document = Document("text")
    document.body.clear()
    table = Table("t", width=2, height=1)
    table.set_value((0, 0), "Karim")
    table.set_value((1, 0), "Zo.")
    two = List([ListItem("een"), ListItem("twee")])
    for element in (Header(1, "Gesprek"), Paragraph("a\tb  c\nd"), two, table):
        document.body.append(element)
    stream = io.BytesIO()
    document.save(stream)
    assert read(stream.getvalue()) == "Gesprek\na\tb  c\nd\neen\ntwee\nKarim\tZo."


BODY = "<text:p>Ja.</text:p>"
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + odf_content("<text:p>&a;</text:p>")
BOMB = (
    "<table:table><table:table-row table:number-rows-repeated='9999'>"
    "<table:table-cell table:number-columns-repeated='9999'><text:p>a</text:p></table:table-cell></table:table-row>"
    "</table:table>"
)
SPACED = "<text:p>" + "<text:s text:c='10000'/>" * 3000 + "x</text:p>"
DEEP = "<text:p>" + "<text:span>" * 3000 + "Ja." + "</text:span>" * 3000 + "</text:p>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (odt("<text:p> </text:p>"), "no text"),
        (odt(BODY)[:-30], "damaged"),
        (odt(BOMB), "larger than any document"),
        (odt(SPACED), "larger than any"),
        (odt("<text:p>"), "damaged"),
        (odt(DEEP), "damaged"),
        (odt(BODY, more={"content.xml": ENTITY}), "entities"),
        (odt(BODY, more={"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
        (odt(BODY, more={"Scripts/python/a.py": "x"}), "macros"),
        (odt(BODY, more={"../a": "x"}), "leads out of"),
        (odt(BODY, more={"/a": "x"}), "leads out of"),
        (odt(BODY, more={"CONTENT.xml": "x"}), "twice"),
        (odt(BODY, more={"a": b" " * 40_000_000}), "40 MB"),
        (odt(BODY, more={"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password"),
        (odt(BODY).replace(b"content.xml", b"contenx.xml"), "damaged"),
        (packed({"mimetype": "x", "content.xml": "<a/>"}), "no text but another"),
    ],
    ids=range(16),
)
def test_a_bad_document_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=r"^t\.odt: ") as caught:
        read_document(data, kind_of(data, ".odt") or "odt", "t.odt")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_list_of_macros_is_no_macro() -> None:
    lists = {"Basic/script-lc.xml": "<x/>", "Basic/Standard/script-lb.xml": "<x/>"}
    assert read(odt(BODY, more=dict(lists))) == "Ja."

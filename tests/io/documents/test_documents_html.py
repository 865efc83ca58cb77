"""Web pages and books give the words that a reader sees, by block, in whatever encoding they are."""

from __future__ import annotations

import pytest
from document_files import epub

from qda.errors import BadFileError
from qda.io.documents import kind_of, read_document

RANDS = "Æ ø å é “zo” €"


def read(page: str | bytes, ending: str = ".html") -> str:
    data = page.encode() if isinstance(page, str) else page
    kind = kind_of(data, ending)
    assert kind == "html"
    return read_document(data, kind, "t.html").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>Gesprek</h1>\n\n<p>I: Hoe\n  was <b>het</b>?</p><p>R: <i> Goed </i> .</p>",
         "Gesprek\nI: Hoe was het?\nR: Goed ."),
        ("a<br>b<br/><br>c<p><br></p>d<div><div>e</div></div>f", "a\nb\n\nc\n\nd\ne\nf"),
        ("<ol><li>een<li><p>twee</p></ol><dl><dt>x<dd>y</dl>", "een\ntwee\nx\ny"),
        ("<script>var a = '<p>';</script><style>p {}</style><p hidden>weg<p>a<!-- weg -->b"
         "<span style='color: red; DISPLAY:none'>weg</span><template>weg</template><noscript>weg</noscript>"
         "<del>weg</del>", "ab"),
        ("<p style='display:none'>weg<p>hier<textarea> ja \nnee</textarea>", "hier ja \nnee"),
        ("&lt;inaudible&gt; &amp; &eacute;&#x1F642;&nbsp;&nbsp;x &bogus;",
         "<inaudible> & é\U0001f642\u00a0\u00a0x &bogus;"),
        ("<pre>\nI:  Hoe?\n\n  R:\tZo.\n</pre>na", "I:  Hoe?\n\n  R:\tZo.\nna"),
        ("voor<table><tr><th>Wie</th><th>Wat</th></tr>\n<tr><td><p>Karim</p></td><td><p>a</p><p>b</p></td></tr>"
         "<tr><td></td><td>c<table><tr><td>d</td><td>e</td></tr></table></td></tr><tr><td></td></tr></table>na",
         "voor\nWie\tWat\nKarim\ta\nb\n\tc\nd\te\n\nna"),
        ("a<ruby>漢<rp>(</rp><rt>kan</rt></ruby><svg><text>weg</text></svg><img alt=weg>b", "a漢b"),
        ("e\u0301 \u0686\u06c6\u0646 \U0001f468\u200d\U0001f469",
         "e\u0301 \u0686\u06c6\u0646 \U0001f468\u200d\U0001f469"),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_page_reads_as_it_is_seen(body: str, text: str) -> None:
    assert read(f"<!DOCTYPE html>\n<html><head><title>weg</title></head><body>{body}</body></html>") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (f"<meta charset=iso-8859-1><p>{RANDS}".encode("cp1252"), RANDS),
        (f"<meta charset=iso-8859-1><p>{RANDS}".encode(), RANDS),  # saved anew, and says still what it was
        (f"<html><p>{RANDS}".encode(), RANDS),
        (f"<html><p>{RANDS}".encode("cp1252"), RANDS),
        (f"\ufeff<html><p>{RANDS}".encode("utf-16-le"), RANDS),
        (f"\ufeff<html><meta charset='windows-1251'><p>{RANDS}".encode(), RANDS),
        ("<html><meta http-equiv=x content='text/html; charset=windows-1256'><p>سلام پ".encode("cp1256"), "سلام پ"),
        ("<?xml version='1.0' encoding='Shift_JIS'?><html><p>漢字</p></html>".encode("cp932"), "漢字"),
        (f"<html><meta charset=nowhere><p>{RANDS}".encode(), RANDS),
    ],
    ids=range(9),
)
def test_the_encoding_of_a_page_is_found(data: bytes, text: str) -> None:
    assert read(data) == text


def test_only_pages_are_pages() -> None:
    assert kind_of(b"<p>I: Hoe?", ".txt") is None
    assert kind_of(b"<p>I: Hoe?", ".html") == "html"
    assert kind_of(b"<HTML><p>I: Hoe?", ".txt") == "html"
    assert kind_of(b"I: <html> is a word", ".txt") is None
    assert kind_of(b'<html><p><a name="ts_0_2160_S00">Hello</a></p></html>', ".html") is None  # noScribe's


def test_a_page_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(BadFileError, match="nested too deeply"):
        read("<html>" + "<div>" * 5000 + "diep" + "</div>" * 5000 + "<p>na")
    assert read('<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>1&a;2').endswith("1&a;2")


PAGES = {"nav": "<nav>Inhoud</nav>", "a": "<h1>Een</h1><p>caf&eacute;</p>", "b": "<script/><p>Twee</p>"}
LOCK = (
    '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
    '<e:EncryptionMethod Algorithm="{}"/></e:EncryptedData></encryption>'
)


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    data = epub(PAGES, ["nav", "b", "a", "b"])
    assert kind_of(data, ".txt") == "epub"
    assert read_document(data, "epub", "t.epub").text == "Twee\n\nEen\ncafé"
    fonts = {"META-INF/encryption.xml": LOCK.format("http://www.idpf.org/2008/embedding")}
    assert read_document(epub(PAGES, ["a"], dict(fonts)), "epub", "t.epub").text == "Een\ncafé"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            epub(PAGES, more={"META-INF/encryption.xml": LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}),
            "DRM",
        ),
        (epub(PAGES, more={"META-INF/rights.xml": "<x/>"}), "DRM"),
        (epub(PAGES, ["a", "gone"]), "damaged"),
        (epub(PAGES, more={"OEBPS/book.opf": "<package"}), "damaged"),
        (epub(PAGES, more={"META-INF/container.xml": "<container/>"}), "damaged"),
        (epub({"nav": "x"}), "no text"),
        (epub(PAGES)[:-40], "damaged"),
    ],
    ids=range(7),
)
def test_a_bad_book_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=r"^t\.epub: ") as caught:
        read_document(data, kind_of(data, ".epub") or "", "t.epub")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)

"""Verbatim text in Markdown: nothing is lost, nothing turns into mark-up, and it stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.model.markup import code_span, harmless, harmless_name, plain, visible

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = (
    *("*", "**", "_", "__", "a_b", "`", "```", "~", "~~~", "^", "[", "]", "[a](b)", "![a](b)", "[a]: b"),
    *("[^1]", "[!NOTE]", "<b>", "</b>", "<!-- a -->", "<?", "<a@b.nl>", "<", "&amp;", "&nbsp;", "&#32;"),
    *("&", "\\", "\\*", "|", "a|b", "-|-", "- ", "-", "---", "- - -", "+ ", "+31", "-5", "=", "===", "# "),
    *("#", "## a ##", ":-", ": ", "1. ", "12) ", "1.", ">", "\n", "\n\n", "\n \n", " ", "  ", "    ", "\t"),
    *("\v", "\f", "\x1c", "\x85", "\xa0", "\u2003", "\u2028", "\u3000", "\ufeff", "\u200f", "\u202e", "\0"),
    *("http://a.nl/b_c", "ftp://a", "www.a.nl", "a@b.nl", "@a", "$", "$$", "!", ".", ",", "·", "—", "1", "a"),
    *("é", "e\u0301", "◦", "’", "…", "عودة", "R1:", "[lacht]", "x\u0301_", "²_a"),
)
nasty = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
texts = st.one_of(nasty, st.text(max_size=40), st.text("*_`~[]<>&#;:-+=|.1 \t\n\\aw/@$)", max_size=40))
# Control characters stand in Markdown as references, and readers show those as this sign.
CONTROLS = dict.fromkeys([*range(9), 0xB, *range(0xE, 0x20), *range(0x7F, 0xA0)], "\ufffd")


@pytest.fixture(scope="module", params=["commonmark", "github"])
def parse(request: pytest.FixtureRequest) -> Callable[[str], list[Any]]:
    """A Markdown reader, strict or with what GitHub adds."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    if request.param == "github":
        reader.enable(["table", "strikethrough"])
    result: Callable[[str], list[Any]] = reader.parse
    return result


def content(token: Any) -> str:
    """The text of an inline token, which must hold nothing but text."""
    kinds = {"text": None, "softbreak": "\n"}
    assert {child.type for child in token.children} <= kinds.keys(), token.children
    return "".join(kinds[child.type] or child.content for child in token.children)


def shown(text: str) -> list[str]:
    return text.translate(CONTROLS).split()


@given(texts | st.text("\r\n\u2028a ", max_size=10))
def test_plain_is_the_inverse(text: str) -> None:
    assert plain(harmless(text)) == text
    assert plain(harmless_name(text)) == text
    assert plain(harmless_name(text, part=True)) == text


@given(text=texts)
def test_a_quotation_shows_its_text_and_is_nothing_else(parse: Callable[[str], list[Any]], text: str) -> None:
    tokens = parse("\n".join(f"> {line}" for line in harmless(text).split("\n")))
    inner = tokens[1:-1]
    assert [token.type for token in (tokens[0], tokens[-1])] == ["blockquote_open", "blockquote_close"]
    assert {token.type for token in inner} <= {"paragraph_open", "inline", "paragraph_close"}
    assert shown("\n".join(content(token) for token in inner if token.type == "inline")) == shown(text)


@given(text=texts)
def test_lines_keep_their_white_space(parse: Callable[[str], list[Any]], text: str) -> None:
    """Not only when white space is collapsed: within a paragraph it is shown as it is."""
    line = text.replace("\n", "")
    tokens = parse(f"> {harmless(line)}")
    assert [content(token) for token in tokens if token.type == "inline"] == (
        [line.translate(CONTROLS)] if line else []
    )


@given(text=texts)
def test_a_heading_shows_a_name(parse: Callable[[str], list[Any]], text: str) -> None:
    tokens = parse(f"## {harmless_name(text)}")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert shown(content(tokens[1])) == shown(text)


@given(texts)
def test_editors_may_trim_lines(text: str) -> None:
    lines = harmless(text).split("\n")
    assert len(lines) == text.count("\n") + 1
    assert plain("\n".join(line.strip(" \t\xa0\u3000") for line in lines)) == text


@given(texts)
def test_a_name_is_on_one_line_and_apart_from_its_neighbours(text: str) -> None:
    assert not {"\n", "·", "\r"} & set(harmless_name(text))
    bare = harmless_name(text, part=True).replace("\\\\", "").replace("\\,", "").replace("\\:", "")
    assert not {",", ":"} & set(bare)


@pytest.mark.parametrize(
    "text",
    [
        "Ik ging terug. Dat was ‘vrijwillig’, zei hij … in 2019 (na 14 maanden) – 50 % van € 1.200, é ö ◦!",
        "nl_officials_group; a_b_c; 3 < 4 > 2; R&D, AT&T, 10:30; +31 6; #hashtag; 1.5; and/or; well-known",
        'Tab\there, "quotes", it\'s; =x; {a}; a^b; 100%; ja]; e\u0301; \u202eabc\u202c; 家族; x\u3000y; f\fg',
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("[lacht] *ja*", r"\[lacht] \*ja\*"),
        ("- ja\n1. nee\n2) och", "\\- ja\n1\\. nee\n2\\) och"),
        ("# a\n> b\n===\n+ c", "\\# a\n\\> b\n\\===\n\\+ c"),
        ("_a_ b_c", r"\_a\_ b_c"),
        ("<b> &amp; a\\b", r"\<b> \&amp; a\\b"),
        ("    code  \n", "&#32;   code &#32;\n"),
        ("\u00a0a\t", "&#160;a&#9;"),
        ("a\r\u2028b", "a&#13;&#8232;b"),
        ("see http://a.nl, www.b.nl, c@d.nl", r"see http\://a.nl, www\.b.nl, c\@d.nl"),
        ("C #", r"C \#"),
    ],
)
def test_what_is_escaped(text: str, markup: str) -> None:
    assert harmless(text) == markup


def test_plain_leaves_other_mark_up_alone() -> None:
    assert plain("&nbsp; &amp; a\\b \\é &#x20; &#1234567;") == "&nbsp; &amp; a\\b \\é &#x20; &#1234567;"


def test_bare_links_stay_text() -> None:
    pytest.importorskip("linkify_it")
    reader = pytest.importorskip("markdown_it").MarkdownIt("gfm-like")
    (inline,) = [t for t in reader.parse(harmless("http://a.nl www.b.nl c@d.nl")) if t.type == "inline"]
    assert "link_open" not in {child.type for child in inline.children}


# --- terminals ---------------------------------------------------------------------------------------------


@given(texts | st.text("\x1b\x07\r\x9b\x7f\0a[31m \t\n", max_size=20))
def test_nothing_moves_the_cursor_of_a_terminal(text: str) -> None:
    moving = {chr(sign) for sign in CONTROLS} | {"\r", "\u2028", "\u2029"}
    assert not moving & set(harmless(text))
    assert not moving & set(visible(text))
    assert len(visible(text)) == len(text)


def test_what_is_no_control_stays_visible() -> None:
    """Persian writes words with U+200C, an emoji is joined by U+200D."""
    text = "\u0645\u06cc\u200c\u0631\u0648\u0645 👩\u200d👧 e\u0301 re\u00adturn\ta\nb"
    assert visible(text) == text
    assert visible("a\x1b[31m\u202eb") == "a\ufffd[31m\ufffdb"


@pytest.mark.parametrize(
    ("text", "code"),
    [("qda report --where 'a=b'", "`qda report --where 'a=b'`"), ("a`b", r"a\`b"), ("a\x1bb", "a&#27;b")],
)
def test_a_line_of_code(text: str, code: str) -> None:
    assert code_span(text) == code

"""Bytes become text by proof, and what is no text is refused in one sentence."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.errors import BadFileError
from qda.io.transcripts.encoding import decode, is_utf16

DUTCH = "Interviewer: Hoe was het café?\nKarim: Één keer – “prima”.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DUTCH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + DUTCH.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + DUTCH.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"), "utf-16-be"),
        (DUTCH.encode("utf-16-le"), "utf-16-le"),
        (DUTCH.encode("utf-16-be"), "utf-16-be"),
        (DUTCH.encode("cp1252"), "windows-1252"),
    ],
)
def test_each_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    assert decode(data, "t.txt") == (DUTCH, encoding)


def test_hebrew_in_utf16_without_bom_shows_by_its_spaces() -> None:
    text = "יגאל: שלום לכולם, זה יום טוב.\nרות: כן, נכון מאוד.\n" * 3
    assert decode(text.encode("utf-16-be"), "t.txt") == (text, "utf-16-be")
    assert is_utf16(text.encode("utf-16-le"))


def test_only_the_bom_and_the_line_ends_change() -> None:
    data = codecs.BOM_UTF8 + "  a\r\nb\rc\n\n \ufeffe\u0301\u00a0\u2028x \r\n".encode()
    assert decode(data, "t.txt")[0] == "  a\nb\nc\n\n \ufeffe\u0301\u00a0\u2028x \n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    data = b"Anna\n" + text.encode()
    assert decode(data, "t.txt")[0] == "Anna\n" + text


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1))
def test_windows_1252_comes_back_where_it_is_no_utf8(text: str) -> None:
    data = ("Zoë é" + text).encode("cp1252")
    decoded, encoding = decode(data, "t.txt")
    assert encoding != "windows-1252" or decoded == "Zoë é" + text


@pytest.mark.parametrize("data", [b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"  \n", codecs.BOM_UTF16_LE])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadFileError, match=r"^leeg\.txt: it has no text$"):
        decode(data, "leeg.txt")


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"een\ntwee \x81\n", 2, "0x81 at offset 9"),
        (codecs.BOM_UTF8 + b"een\r\ntwee \xff\n", 2, "0xff at offset 13"),
        ("één été\nzoë ".encode() + b"\xc3", 2, "0xc3 at offset 17"),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"x", 2, "offset 8"),
        (codecs.BOM_UTF16_LE + b"a\0\n\0\x00\xd8b\0", 2, "offset 6"),
        (b"een\ntw\0ee drie vier vijf zes zeven acht negen tien elf\n", 2, "zero bytes"),
    ],
)
def test_damaged_text_is_refused_with_its_place(data: bytes, line: int, words: str) -> None:
    with pytest.raises(BadFileError) as caught:
        decode(data, "stuk.txt")
    assert caught.value.line == line
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"stuk.txt:{line}:{'3:' if words == 'zero bytes' else ''} ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1 hallo}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx without a password"),
        (b"\xa9" + b"\x01\x02\x03" * 40, "control characters"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=r"^raar\.txt: this is no text") as caught:
        decode(data, "raar.txt")
    assert words in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_one_sentence(data: bytes) -> None:
    try:
        text, _ = decode(data, "f.txt")
    except BadFileError as error:
        text = str(error).replace("\n", "\r")
    assert "\r" not in text
    assert "\0" not in text

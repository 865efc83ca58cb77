"""PDFs give the words of their pages, a mark where each page begins, and their page heads as no data."""

from __future__ import annotations

import re

import pytest
from document_files import pdf, pdf_drawn, pdf_file, pdf_stream
from hypothesis import given, settings
from hypothesis import strategies as st
from test_documents_same_words import TALKS

from qda.errors import BadFileError
from qda.io.documents import kind_of, read_document
from qda.io.documents.page_heads import page_heads

UNDRAWN = re.compile("[\u00ad\u200c-\u200f]")  # signs that printers draw nothing for


def read(data: bytes) -> str:
    assert kind_of(data, ".txt") == "pdf"
    return read_document(data, "pdf", "t.pdf").text


@pytest.mark.parametrize("language", ["English", "Dutch", "Norwegian", "Sorani"])
def test_the_same_words_are_the_same_text(language: str) -> None:
    paragraphs = [paragraph for paragraph in TALKS[language] if paragraph]
    assert UNDRAWN.sub("", read(pdf([paragraphs]))) == UNDRAWN.sub("", "\n".join(paragraphs))


def test_numbers_in_arabic_digits_and_signs_of_two_halves() -> None:
    lines = [
        "لە ١٩٩٨ ساڵ",
        "ساڵی ١٩٩٨",
        "I: דן?",
        "לפני 12 שנה",
        "R1: دوێنێ ١٢,٥ دینار بوو.",
        "e\u0301 🚢 🇳🇴 漢字",
        "۱۲٬۳۴۵",
    ]
    assert read(pdf([lines])) == "\n".join(lines)
    assert read(pdf([["\ufe91\ufeee\u0648 \ufefb"]])) == "بوو لا"  # letters in the shapes that they have in a word


def test_words_that_are_drawn_one_by_one_from_left_to_right() -> None:
    lines = ["I: چۆن بوو؟", "لە 1998 (دوای شەڕ) هیچ کەس نەهات.", "R1: ئێمە ١٢ ساڵ لێرە بووین", "plain words"]
    assert read(pdf([lines], apart=True)) == "\n".join(lines)


# As LibreOffice draws Arabic: piece by piece, the mark of a vowel apart, before the letter on which it stands.
OFFICE = [
    [(150, "المحاور: كيف"), (90, " العمل؟"), (128, "\u0650"), (126, " بدأت")],
    [(300, "فاطمة: في عام "), (270, "١٩٩٨"), (90, "، التعاونية. «كان صعبًا» قالوا")],
    [(110, "50"), (90, "%).")],
    [(90, "I: "), (110, "دن"), (140, "?")],
    [(250, "استعمل "), (180, "Microsoft Word 2016"), (90, " كل يوم.")],
]
READ = [
    "المحاور: كيف بدأت\u0650 العمل؟",
    "فاطمة: في عام ١٩٩٨، التعاونية. «كان صعبًا» قالوا",
    "50%).",
    "I: دن?",
    "استعمل Microsoft Word 2016 كل يوم.",
]


def test_arabic_as_a_word_processor_draws_it() -> None:
    assert read(pdf_drawn(OFFICE)) == "\n".join(READ)


@pytest.mark.parametrize("apart", [False, True])
def test_lines_of_two_directions(*, apart: bool) -> None:
    lines = [
        "בשנת 2020-2021 היו 50% (חצי) מהאנשים.",
        'הוא אמר: "Facebook" ו-Google Maps.',
        "שלום, 12:30! שילמתי 5€ או ₪300, נכון?",
        "قال محمد (أحمد): نعم 2020/2021.",
        "حسنًا، جدًا؛ مُدَرِّسَة؟",
        "ئەو ١٢٣ کەس، ٥٠٪ بوون.",
        "He said שלום to me",
        "12. שאלה",
        "Dr. Cohen אמר לי",
    ]
    assert read(pdf([lines], apart=apart)).split("\n") == lines


WORDS = ("one", "two", "three", "four", "five")
PAGES = [["Interview 7", f"Line {word} of-", f"fice, {word} years.", f"- {11 + at} -"] for at, word in enumerate(WORDS)]


def test_pages_are_marked_and_their_heads_are_no_data() -> None:
    read_in = read_document(pdf(PAGES, first=11), "pdf", "t.pdf")
    text = read_in.text
    assert text.startswith("[page 11]\nInterview 7\nLine one of-\nfice, one years.\n- 11 -\n[page 12]\nInterview 7\n")
    stretches = [(text[one.start : one.end], one.reason) for one in read_in.no_data]
    assert stretches[:4] == [
        ("[page 11]\n", "page mark"),
        ("Interview 7\n", "page head or foot"),
        ("- 11 -\n", "page head or foot"),
        ("[page 12]\n", "page mark"),
    ]
    assert len(stretches) == 15
    assert stretches[-1][0] == "- 15 -"


@pytest.mark.parametrize(
    ("pages", "heads"),
    [
        ([["Kop", f"a{n}"] for n in "abc"], [{0}] * 3),
        ([["I: Mm.", f"a{n}"] for n in "abc"], [set()] * 3),  # somebody's speech
        ([["Kop", "a"], ["Kop", "b"], ["c", "d"]], [set()] * 3),  # on two pages only
        ([[f"00:0{n * n}:12 Karim", f"x{'abc'[n]}"] for n in range(3)], [set()] * 3),  # times, which count no pages
        ([["Boek" if n % 2 else f"{n} Titel", "abcdef"[n]] for n in range(6)], [{0}] * 6),  # left and right pages
        ([["x"], ["x"], ["x"]], [set()] * 3),  # nothing would be left
        ([["abc"[n], "Kop", "def"[n], "ghi"[n], "jkl"[n], f"p. {n}", ""] for n in range(3)], [{5}] * 3),
        ([[], ["a"], []], [set()] * 3),
    ],
    ids=range(8),
)
def test_what_is_a_page_head(pages: list[list[str]], heads: list[set[int]]) -> None:
    assert page_heads(pages) == heads


GOOD = pdf(PAGES)
FLIPPED = bytearray(GOOD)
FLIPPED[GOOD.index(b"stream", GOOD.index(b"11 0 obj")) + 40] ^= 0x10
BARE = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>"}
LOCKED = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (GOOD[:-300], "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (bytes(FLIPPED), "damaged"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (pdf_file({**BARE, 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}), "OCR"),
        (pdf_file({**BARE, 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}, LOCKED), "password"),
        (pdf_file({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[2 0 R]>>"}), "damaged"),
        (pdf_file({**BARE, 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                    4: pdf_stream(b"BT", packed=False)}), "OCR"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_bad_pdf_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=r"^t\.pdf: ") as caught:
        read(data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["Kop", "1", "2", "a b", ""]), max_size=6), max_size=8))
def test_heads_lie_at_the_edges_and_leave_words(pages: list[list[str]]) -> None:
    for lines, heads in zip(pages, page_heads(pages), strict=True):
        filled = [number for number, line in enumerate(lines) if line]
        assert heads <= set(filled)
        inner = [number for number in filled if number not in heads]
        assert inner == filled[filled.index(inner[0]) : filled.index(inner[-1]) + 1] if inner else not filled

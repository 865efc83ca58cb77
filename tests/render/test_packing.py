"""Packed text comes out as it went in, whatever it holds; numbers of quotes are read as they were written."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from qda.render.html.data import DIGITS, as_data, written
from qda.render.html.packing import FIRST, LAST, Packing
from qda.render.html.sources import ENDS, ID, LINE, QUOTE, long_form, packed_words, text_of

WORDS = st.lists(
    st.sampled_from(["<b>", "</p>\n", "naïef ", "ܐܒ", "the ", "the", "\u07ff", "\u1fff", "\u0800", "🙂", "ja?", " "]),
    max_size=40,
)


def unpacked(packing: Packing, text: str) -> str:
    """What a page's script makes of it."""
    signs = f"[{chr(FIRST)}-{chr(LAST)}]"
    return re.sub(signs, lambda sign: packing.entries[ord(sign[0]) - FIRST], text)


@settings(max_examples=20)
@given(st.lists(WORDS, max_size=4))
def test_what_is_packed_comes_out_again(texts: list[list[str]]) -> None:
    packing = Packing(texts)
    assert [unpacked(packing, packing.pack(text)) for text in texts] == ["".join(text) for text in texts]


def test_names_in_a_packed_page_can_be_looked_for() -> None:
    sources = [
        [f"Ólafsdóttir came. Os{QUOTE}as", chr(ENDS), " & all", f"{ID}{'a' * 22}", "</li>\n"],
        ["Ólafsdóttir "] * 9,
    ]
    packing = Packing(sources)
    packed = "".join(f'<script type="text/plain">{packing.pack(one)}</script>' for one in sources)
    page = f'{packed}<script type="application/json" id="packing">{as_data(packing.entries)}</script>'
    assert "Ólafsdóttir" not in packed
    assert packed_words(page).splitlines() == ["Ólafsdóttir came. Osas & all</li>", "", "Ólafsdóttir " * 9]
    assert packed_words("<!doctype html>") == ""


def test_words_that_come_often_take_one_sign() -> None:
    words = ["interview " * 50]
    packing = Packing([words])
    assert len(packing.pack(words)) == 50


def test_signs_of_the_short_form_in_a_text_stay_words() -> None:
    hostile = f"{QUOTE}{LINE}{ID}{'A' * 22}\U000f0001 & <b>"
    assert long_form(text_of(hostile), 1) == "&#57344;&#57345;&#57346;AAAAAAAAAAAAAAAAAAAAAA&#983041; &amp; &lt;b&gt;"


@settings(max_examples=20)
@given(st.lists(st.integers(0, 10**7)))
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    found, number, shift = [], 0, 0
    for sign in written(numbers):
        bits = DIGITS.index(sign)
        number += (bits % 32) << shift
        shift += 5
        if bits < 32:
            found.append(number)
            number = shift = 0
    assert found == numbers

"""Grapheme clusters and what is painted for them."""

import sys
import unicodedata
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from layout_tokens import unhurried
from rich.cells import cell_len

from qda.tui.layout import TextLayout
from qda.tui.layout.classes import letter_of
from qda.tui.layout.clusters import boundaries
from qda.tui.layout.display import CELLS, FORMS
from qda.tui.layout.mirrors import BRACKETS, MIRROR
from qda.tui.layout.pieces import _PLAIN

FAMILY = "👨\u200d👩\u200d👧"
# Cut by hand after the rules of UAX #29 (the numbers of the rules behind).
KNOWN = [
    ["a", "b"],  # GB999
    ["e\u0301\u0323", "x"],  # GB9
    ["\t", "\u0301"],  # GB4
    ["\u200b", "\u0301"],  # GB4: the zero-width space is a control
    ["\u1112\u1161\u11ab", "\u1100\u1161"],  # GB6 to GB8
    ["한\u11a8", "각\u11a8", "가\u1161"][:2],  # GB7, GB8
    ["각", "\u1161"],  # GB8: no vowel after a closed syllable
    ["ก\u0e33", "ก"],  # GB9a: Thai SARA AM
    ["क\u094dष\u093f", "क"],  # GB9c, GB9a
    ["क\u094d\u200dष", "क\u094d\u200c", "ष"],  # GB9c: the non-joiner breaks it
    ["a\u094d", "क"],  # GB9c needs a consonant before
    ["\u0600\u0661", "a"],  # GB9b
    [FAMILY, FAMILY],  # GB11
    ["👍🏽", "👍"],
    ["a\u200d", "👍"],  # GB11 needs a picture before
    ["❤\ufe0f", "1\ufe0f\u20e3"],
    ["🇳🇱", "🇫🇷", "🇧", "a"],  # GB12, GB13
    ["a", "🇳🇱", "🇫🇷"],
    ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "x"],
    ["\u0301", "a"],  # GB1
]


@pytest.mark.parametrize("clusters", KNOWN)
def test_known_clusters(clusters: list[str]) -> None:
    text = "".join(clusters)
    edges = [len("".join(clusters[:count])) for count in range(len(clusters) + 1)]
    assert boundaries(text) == edges
    layout = TextLayout(text, 40)
    for start, end in pairwise(edges):
        assert layout.next_cluster(start) == end
        assert layout.previous_cluster(end) == start
        assert all(layout.snap(offset) == start for offset in range(start, end))


def test_a_line_end_of_two_characters_is_one_cluster() -> None:
    layout = TextLayout("a\r\nb\n", 9)
    assert [layout.next_cluster(offset) for offset in range(6)] == [1, 3, 3, 4, 5, 5]
    assert [layout.previous_cluster(offset) for offset in range(6)] == [0, 0, 1, 1, 3, 4]
    assert [layout.snap(offset) for offset in (-3, 1, 2, 3, 5, 99)] == [0, 1, 1, 3, 5, 5]


SIGNS = [
    "a",
    " ",
    "\t",
    "\u0301",
    "\u200d",
    "\u200c",
    "❤",
    "👍",
    "🏽",
    "👩",
    "🇳",
    "🇱",
    "क",
    "क\u094d",
    "ि",
    "ม",
    "\u0e33",
]
SIGNS += ["\u1112", "\u1161", "\u11ab", "가", "각", "\u0600", "\u200b", "\u200f", "\xad", "中", "\ufe0f", "\u0d4e"]


@unhurried
@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
def test_clusters_equal_those_of_the_regex_package(text: str) -> None:
    # Left out by the choice of signs: a virama without a consonant before, which that package joins.
    assert boundaries(text) == [found.start() for found in regex.finditer(r"\X", text)] + [len(text)]


FORMS_BY_HAND = [
    ("a", "a", 1),
    ("e\u0301", "é", 1),
    ("\x00", "␀", 1),
    ("\x1b", "␛", 1),
    ("\x7f", "␡", 1),
    ("\x9b", "\ufffd", 1),
    ("\u200b", "·", 1),
    ("\u202e", "·", 1),
    ("\u200d", "·", 1),
    ("\ufe0f", "·", 1),
    ("\xad", "¬", 1),
    ("\u0301", "◌\u0301", 1),
    ("\ud800", "\ufffd", 1),
    ("\U0003ffff", "\ufffd", 1),
    ("\u0378", "\ufffd", 1),
    ("中", "中", 2),
    ("\u1112\u1161\u11ab", "한", 2),
    (FAMILY, "👨", 2),
    ("👍🏽", "👍", 2),
    ("🏽", "\ufffd", 1),
    ("a🏽", "a", 1),
    ("❤\ufe0f", "❤", 1),
    ("1\ufe0f\u20e3", "1\u20e3", 1),
    ("🇳🇱", "🇳🇱", 2),
    ("🇳", "N", 1),
    ("ก\u0e33", "ก\u0e33", 2),
    ("ه\u200d", "ه", 1),
    ("م\u200c", "م\u200c", 1),
    ("क\u094d\u200dष", "क\u094dष", 2),
]


@pytest.mark.parametrize(("cluster", "form", "width"), FORMS_BY_HAND)
def test_forms_by_hand(cluster: str, form: str, width: int) -> None:
    assert FORMS[cluster] == form
    assert CELLS[cluster] == cell_len(form) == width


def test_letters_of_every_seventh_code_point_tell_its_width() -> None:
    wide = set("IcowGgX_")
    known = set("a.pq KxCz") | wide
    for code in range(0, sys.maxunicode + 1, 7):
        letter = letter_of(chr(code))
        if letter in known:
            assert CELLS[chr(code)] == 1 + (letter in wide), hex(code)
        assert CELLS[chr(code)] >= 1, hex(code)


def test_plain_characters_are_painted_as_they_are() -> None:
    plain = regex.compile(f"[{_PLAIN}]")
    for code in range(0x10000):
        char = chr(code)
        if plain.match(char):
            assert FORMS[char] == char, hex(code)
            assert cell_len(char) == 1, hex(code)
            assert letter_of(char) in "apq.x ", hex(code)
            assert unicodedata.category(char) != "Zs" or char in " \u00a0", hex(code)


def test_mirrors_are_as_wide_as_what_they_stand_for() -> None:
    assert len(MIRROR) == 428
    assert len(BRACKETS) == 64
    assert all(cell_len(one) == cell_len(other) for one, other in MIRROR.items())
    assert all(MIRROR[other] == one for one, other in MIRROR.items())
    assert all(unicodedata.mirrored(one) for one in MIRROR)


@unhurried
@given(st.text(st.characters(), min_size=1, max_size=8))
def test_forms_stay_as_wide_side_by_side(text: str) -> None:
    edges = boundaries(text)
    forms = [FORMS[text[start:end]] for start, end in pairwise(edges)]
    assert cell_len("".join(forms)) == sum(map(cell_len, forms))

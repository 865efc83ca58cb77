"""UAX #9: examples of the standard, and a comparison with another implementation."""

import random
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_tokens import unhurried

from qda.tui.layout.bidi import paragraph, visual
from qda.tui.layout.bidi_classes import needs_order
from qda.tui.layout.pieces import Pieces

REMOVED = "\u202a\u202b\u202c\u202d\u202e\u200b\u200d"


def text_of(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in codes.split())


# Code points; the paragraph's level given (or None); the level resolved; levels, x for what is taken out.
# Facts of Unicode's conformance data for the algorithm.
STANDARD = [
    ("0061 0028 05D0 005B 05D1 005D 0021 0029 0062", 0, 0, "0 0 1 1 1 1 0 0 0"),
    ("0061 0028 05D0 005B 05D1 005D 0021 0029 0062", 1, 1, "2 1 1 1 1 1 1 1 2"),
    ("05D0 0028 0061 005B 0062 005D 0021 0029 05D1", 1, 1, "1 1 2 2 2 2 1 1 1"),
    ("0627 0628 062C 0020 0062 006F 006F 006B 0028 0073 0029", 1, 1, "1 1 1 1 2 2 2 2 2 2 2"),
    ("202E 0061 202A 0062 202C 2066 0063 2069 202A 0064 202C 0065 202C", None, 0, "x 1 x 2 x 1 2 1 x 2 x 1 x"),
    ("202D 0661 202B 0662 202C 2068 0663 2069 202B 0664 202C 0665 202C", 0, 0, "x 2 x 4 x 2 6 2 x 4 x 2 x"),
    ("202A 05D0 0028 05D1 202C 202D 0029", None, 1, "x 3 3 3 x x 2"),
    ("202D 0028 202C 202A 05D0 0029 05D1", None, 1, "x 2 x x 3 3 3"),
    ("0061 0028 0332 0062 0029 0333", 1, 1, "2 2 2 2 2 2"),
    ("05D0 0028 0332 05D1 0029 0333", 0, 0, "1 1 1 1 1 1"),
    ("0661 0028 0332 0662 0029 0333", 0, 0, "2 1 1 2 1 1"),
    ("0041 200F 005B 200D 20D6 05D0 005D 200D 20D6", 0, 0, "0 1 1 x 1 1 1 x 1"),
    ("061C", 0, 0, "1"),
    ("05D0 2067 202A 0041", 1, 1, "1 1 x 4"),
    ("062A 0031 002F 0032", 0, 0, "1 2 2 2"),
    ("05D0 2066 202A 2069 05D1", 0, 0, "1 1 x 1 1"),
    ("0061 2067 202A 2069 0062", 1, 1, "2 2 x 2 2"),
    ("0661 002D 0031", 0, 0, "2 0 0"),
    ("05D0 0020 0031 002D 0032", 0, 0, "1 1 2 2 2"),
    ("061C 0020 0031 002D 0032", 0, 0, "1 1 2 1 2"),
    ("061C 0020 06F1 0020 06F2 002D 06F3", 0, 0, "1 1 2 1 2 1 2"),
    ("0061 202E 002A 202C 0020 0031 0020 0032 002D 0033", 1, 1, "2 x 3 x 1 2 1 2 2 2"),
    ("05D0 202A 202A 202C 202C 0020 0031 0020 0032", 0, 0, "1 x x x x 1 2 1 2"),
    ("0061 202B 05D1 202C 0020 0031 0020 0032", 0, 0, "0 x 1 x 1 2 1 2"),
    ("0028 05D0 0029 0020 0031 002E 0032", 0, 0, "0 1 0 0 2 2 2"),
    ("0028 05D0 0627 0029 0020 0031 002D 0032", 1, 1, "1 1 1 1 1 2 1 2"),
    ("05D0 0028 0661 0029", 1, 1, "1 1 2 1"),
    ("0661 0028 0061 0029", 1, 1, "2 1 2 1"),
]


@pytest.mark.parametrize(("codes", "given_level", "base", "levels"), STANDARD)
def test_levels_of_the_standard(codes: str, given_level: int | None, base: int, levels: str) -> None:
    text = text_of(codes)
    found = paragraph(text, given_level)
    assert found.base == base
    pairs = zip(found.line(0, len(text)), levels.split(), strict=True)
    assert [str(level) for level, wanted in pairs if wanted != "x"] == [each for each in levels.split() if each != "x"]


@pytest.mark.parametrize(("depth", "level"), [(62, 2), (63, 2), (64, 1)])
def test_brackets_beyond_the_standard_depth_do_not_pair(depth: int, level: int) -> None:
    text = "a" + "(" * depth + "b" + ")" * depth
    found = paragraph(text, 1).line(0, len(text))
    # All brackets stand between letters or, unpaired at the end, take the paragraph's level.
    assert found == bytes([2] * (depth + 2) + [level] * depth)


def test_deepest_embedding() -> None:
    text = "\u202a" * 70 + "א" + "\u202c" * 70
    # Sixty-two embeddings to the right reach level 124; Hebrew in it stands at 125, the highest of all.
    assert paragraph(text, 0).levels[70] == 125


# Levels of a line and the order in which it is seen: the standard's own picture of rule L2.
ORDERS = [
    ("000000", [0, 1, 2, 3, 4, 5]),
    ("001110", [0, 1, 4, 3, 2, 5]),
    ("112211", [5, 4, 2, 3, 1, 0]),
    ("222", [0, 1, 2]),
    ("02331220", [0, 5, 6, 4, 1, 3, 2, 7]),
    ("", []),
]


@pytest.mark.parametrize(("levels", "order"), ORDERS)
def test_visual_order(levels: str, order: list[int]) -> None:
    assert visual(bytes(map(int, levels))) == order


def test_spaces_at_a_line_end_and_tabs_take_the_paragraph_level() -> None:
    found = paragraph("אב  גד \tab  ", 0)
    assert found.line(0, 4) == bytes([1, 1, 0, 0])
    assert found.line(0, 12) == bytes([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0])


def test_what_is_known_to_need_no_order() -> None:
    assert not needs_order("plain text – 中文 ไทย हिन्दी 😀")
    assert all(map(needs_order, ["א", "ب", "ێ", "ߊ", "\u200f", "\u202e", "\u2067", "𞤀", "ﷲ"]))


ALPHABETS = [
    "אבجد ab12 ,.()[]!%+-٣٤",
    "אבکێ\u0641 ab12٣,./()[]{}!%+-\u0301\u064b\u200b$€#٪",
    "אجa1(٣) []\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069,\u0301\u200f\u200e\u061c+%",
]


@pytest.mark.skipif(find_spec("bidi") is None, reason="python-bidi is not installed")
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_order_equals_python_bidi(alphabet: str) -> None:
    from bidi import get_display

    source = random.Random(7)
    for _ in range(4000):
        text = "".join(source.choices(alphabet, k=source.choice([3, 8, 20, 40])))
        base = source.choice([None, 0, 1])
        found = paragraph(text, base)
        if not any(level & 1 for level in found.levels):
            continue  # python-bidi does not apply L1 to such a line
        mine = "".join(text[at] for at in visual(found.line(0, len(text))))
        theirs = get_display(text, base_dir={None: None, 0: "L", 1: "R"}[base])
        taken_out = str.maketrans("", "", REMOVED)
        assert mine.translate(taken_out) == theirs.translate(taken_out), ascii(text)


@unhurried
@given(st.text(st.sampled_from(ALPHABETS[2] + "\t "), max_size=40), st.sampled_from([None, 0, 1]))
def test_order_is_a_permutation_and_levels_are_legal(text: str, base: int | None) -> None:
    found = paragraph(text, base)
    levels = found.line(0, len(text))
    assert len(levels) == len(found.classes) == len(text)
    assert sorted(visual(levels)) == list(range(len(text)))
    assert all(found.base <= level <= 126 for level in levels)


def test_very_long_paragraphs_are_ordered_in_blocks_as_if_whole() -> None:
    from qda.tui.layout.order import WHOLE, Order

    source = random.Random(3)
    words = ["שלום", "house", "12", "(1998)", "ب", "[בית]", "5%", "a-b", "٣٤,", "و"]
    text = " ".join(source.choices(words, k=6000))
    assert len(text) > 2 * WHOLE
    order = Order(Pieces(text))
    for start in range(0, len(text) - 80, 397):
        base, levels = order.line(0, start, start + 80) or (None, b"")
        whole = paragraph(text) if start == 0 else whole  # noqa: F821 - made in the first round
        assert base == whole.base
        assert levels == whole.line(start, start + 80)

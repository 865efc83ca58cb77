"""The map of a line: each code point painted once, and cells and offsets agree in both directions."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_tokens import Token, anything, edges_of, text_of, unhurried
from rich.cells import cell_len

from qda.tui.layout import LineMap, TextLayout

WIDTHS = st.integers(2, 30)
ORDERS = st.sampled_from(["screen", "terminal"])


def maps(text: str, width: int, order: str = "screen", *, flush: bool = False) -> list[LineMap]:
    layout = TextLayout(text, width, order=order, flush=flush)  # type: ignore[arg-type]
    layout.refine(10.0)
    return [layout.map(number) for number in range(layout.line_count)]


def painted_harmlessly(text: str) -> bool:
    return not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in text.replace("\u200c", ""))


def check_glyphs(found: LineMap, width: int) -> None:
    """What holds for the map of any line of any text."""
    glyphs = found.glyphs
    stored = sorted(place for glyph in glyphs for place in range(glyph.start, glyph.end))
    assert stored == list(range(found.line.start, found.line.end))
    assert all(one.x + one.width == other.x for one, other in pairwise(glyphs))
    assert all(cell_len(glyph.text) == glyph.width for glyph in glyphs)
    assert sum(glyph.width for glyph in glyphs) == found.width
    assert found.text == "".join(glyph.text for glyph in glyphs)
    assert cell_len(found.text) == found.width
    wide = [glyph for glyph in glyphs if glyph.width]
    assert found.width <= width or len(wide) == 1
    assert sum(not glyph.width for glyph in glyphs) <= 1
    assert not glyphs or glyphs[0].x == found.x


def check_ways(found: LineMap) -> None:
    """Cells to offsets and back."""
    for glyph in found.glyphs:
        for offset in range(glyph.start, glyph.end):
            x, width = found.x_of(offset)
            assert width == glyph.width
            assert found.at(x) == (glyph.start, glyph.end)
            assert found.left(offset) == found.left(glyph.start)
        for x in range(glyph.x, glyph.x + glyph.width):
            assert found.at(x) == (glyph.start, glyph.end)
    spans = [(glyph.start, glyph.end) for glyph in found.glyphs]
    for one, other in pairwise(spans):
        assert found.right(one[0]) == other
        assert found.left(other[0]) == one
    if spans:
        assert found.left(spans[0][0]) is None
        assert found.right(spans[-1][0]) is None


@unhurried
@given(tokens=anything, width=WIDTHS, order=ORDERS, flush=st.booleans())
def test_maps_of_known_clusters(tokens: list[Token], width: int, order: str, *, flush: bool) -> None:
    edges = edges_of(tokens)
    widths = dict(zip(edges, (token.width for token in tokens), strict=False))
    found = maps(text_of(tokens), width, order, flush=flush)
    for each in found:
        check_glyphs(each, width)
        check_ways(each)
        for glyph in each.glyphs:
            assert glyph.start in edges
            hanging = not glyph.width or (each.width == width and text_of(tokens)[glyph.start] == "\t")
            assert hanging or glyph.width == widths[glyph.start]
            assert hanging or edges[edges.index(glyph.start) + 1] == glyph.end


@unhurried
@given(st.text(st.characters(), max_size=60), WIDTHS, ORDERS)
def test_maps_of_any_text(text: str, width: int, order: str) -> None:
    for found in maps(text, width, order):
        check_glyphs(found, width)
        check_ways(found)
        assert painted_harmlessly(found.text)


@unhurried
@given(anything, WIDTHS, st.lists(st.integers(0, 60), max_size=6, unique=True))
def test_runs_are_the_longest_between_edges(tokens: list[Token], width: int, edges: list[int]) -> None:
    edges.sort()
    for found in maps(text_of(tokens), width):
        stretches = [sum(edge <= glyph.start for edge in edges) for glyph in found.glyphs]
        runs = found.runs(edges)
        assert "".join(text for _, text in runs) == found.text
        begins = {glyph.start: stretch for glyph, stretch in zip(found.glyphs, stretches, strict=True)}
        assert len(runs) <= 1 + sum(one != other for one, other in pairwise(stretches))
        for place, text in runs:
            alike = [glyph.text for glyph in found.glyphs if begins[glyph.start] == begins[place]]
            assert text in "".join(alike)


@unhurried
@given(anything, WIDTHS, st.data())
def test_cells_of_a_span_by_brute_force(tokens: list[Token], width: int, data: st.DataObject) -> None:
    text = text_of(tokens)
    for found in maps(text, width):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        covered = {
            x
            for glyph in found.glyphs
            if any(start <= place < end for place in range(glyph.start, glyph.end))
            for x in range(glyph.x, glyph.x + glyph.width)
        }
        stretches = found.cells(start, end)
        assert [x for x0, x1 in stretches for x in range(x0, x1)] == sorted(covered)
        assert all(one[1] < other[0] for one, other in pairwise(stretches))


@unhurried
@given(anything, WIDTHS)
def test_terminal_order_paints_the_stored_order(tokens: list[Token], width: int) -> None:
    for found in maps(text_of(tokens), width, "terminal"):
        assert [glyph.start for glyph in found.glyphs] == sorted(glyph.start for glyph in found.glyphs)


# Read by eye: what stands on the screen from left to right, from what is stored.
VISUAL = [
    ("abc", "abc"),
    ("שלום", "םולש"),
    ("abc שלום def", "abc םולש def"),
    ("שלום abc עולם", "םלוע abc םולש"),
    ("שלום 123 עולם", "םלוע 123 םולש"),
    ("he said שלום (עולם) now", "he said (םלוע) םולש now"),
    ("אמר hello (עולם)", "(םלוע) hello רמא"),
    ("אבג (abc) דהו", "והד (abc) גבא"),
    ("ילד [1] <ב>", "<ב> [1] דלי"),
    ("سنة 2019-2020", "2020-2019 ةنس"),  # a hyphen does not join numbers after Arabic letters (W2, W4)
    ("שנה 2019-2020", "2019-2020 הנש"),
    ("سنة 2019/5", "2019/5 ةنس"),
    ("٣٤ سنة", "ةنس ٣٤"),
    ("ساڵی ١٩٩٨ (1998) بوو", "ووب (1998) ١٩٩٨ یڵاس"),
    ("price: 15€ שקל", "price: 15€ לקש"),
    ("שקל 15% off", "off 15% לקש"),
    ("א: ב", "ב :א"),
    ("I: שלום.", "I: םולש."),
    ("א'\u05b7ב", "ב'\u05b7א"),
    ("אַב", "באַ"),
    ("א👨\u200d👩\u200d👧ב", "ב👨א"),
    ("א 🇳🇱 ב", "ב 🇳🇱 א"),
    ("א(ב", "ב)א"),
    ("אב  \tcd", "cd      בא"),
]


@pytest.mark.parametrize(("stored", "screen"), VISUAL)
def test_visual_order_as_read_by_eye(stored: str, screen: str) -> None:
    (found,) = maps(stored, 40)
    assert unicodedata.normalize("NFC", found.text) == unicodedata.normalize("NFC", screen)


def test_mixed_line_in_all_details() -> None:
    (found,) = maps("ab שלג c", 20)
    assert [(glyph.x, glyph.start, glyph.text) for glyph in found.glyphs] == [
        (0, 0, "a"),
        (1, 1, "b"),
        (2, 2, " "),
        (3, 5, "ג"),
        (4, 4, "ל"),
        (5, 3, "ש"),
        (6, 6, " "),
        (7, 7, "c"),
    ]
    assert found.x_of(3) == (5, 1)
    assert found.at(3) == (5, 6)
    assert found.cells(1, 4) == [(1, 3), (5, 6)]
    assert found.cells(4, 8) == [(3, 5), (6, 8)]
    assert found.left(3) == (4, 5)
    assert found.right(2) == (5, 6)
    assert found.right(3) == (6, 7)
    assert found.x_of(8) == (8, 0)
    assert found.at(99) == (8, 8)
    assert found.at(-5) == (0, 1)


def test_spaces_hang_beyond_the_edge() -> None:
    first, second = maps("abc   de", 4)
    assert first.text == "abc "
    assert first.glyphs[-1] == (4, 0, 4, 6, "")
    assert first.x_of(4) == first.x_of(5) == (4, 0)
    assert first.at(4) == first.at(50) == (4, 6)
    assert first.cells(4, 6) == []
    assert first.right(3) == (4, 6)
    assert first.left(4) == (3, 4)
    assert second.text == "de"


def test_spaces_hang_on_the_left_of_right_to_left_lines() -> None:
    first, second = maps("אבג  דה", 4, flush=True)
    assert (first.x, first.text, first.right_to_left) == (0, " גבא", True)
    assert first.x_of(4) == (-1, 0)
    assert first.at(-1) == (4, 5)
    assert first.at(9) == (0, 1)
    assert first.left(3) == (4, 5)
    assert (second.x, second.text) == (2, "הד")
    assert second.x_of(7) == (1, 0)
    assert second.at(0) == (7, 7)
    assert second.cells(5, 6) == [(3, 4)]


def test_a_tab_that_does_not_fit_is_cut() -> None:
    first, second = maps("abc\td", 5)
    assert [(glyph.x, glyph.width, glyph.text) for glyph in first.glyphs][-1] == (3, 2, "  ")
    assert second.text == "d"
    assert maps("\tab", 2)[0].glyphs[0] == (0, 2, 0, 1, "  ")


def test_line_by_line_reordering() -> None:
    # The paragraph runs from right to left, so each line does, also the one of Latin words.
    found = maps("שלום hello world עולם", 8)
    assert [each.text.strip() for each in found] == ["םולש", "hello", "world", "םלוע"]
    assert all(each.right_to_left for each in found)

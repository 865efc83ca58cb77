"""Lines: where they begin, that nothing is lost, and that a new width needs no new text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_tokens import Token, anything, edges_of, naive_wrap, plain, text_of, uneven, unhurried

from qda.tui.layout import Line, TextLayout


def all_lines(layout: TextLayout) -> list[Line]:
    while not layout.refine(1.0).done:
        pass
    return [layout.line(number) for number in range(layout.line_count)]


def pieces(text: str, width: int) -> list[str]:
    return [text[line.start : line.end] for line in all_lines(TextLayout(text, width))]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("abc", 3, ["abc"]),
        ("abc def", 3, ["abc ", "def"]),
        ("abc   def", 4, ["abc   ", "def"]),
        ("abc def   ", 7, ["abc def   "]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("ab well-known", 8, ["ab well-", "known"]),
        ("page 10-12 too", 9, ["page ", "10-12 too"]),
        ("one—two", 5, ["one—", "two"]),
        ("we (abc)", 5, ["we ", "(abc)"]),
        ("中文字符", 4, ["中文", "字符"]),
        ("中文字符", 5, ["中文", "字符"]),
        ("这是,中文。", 6, ["这是,", "中文。"]),
        ("中文字。", 6, ["中文", "字。"]),
        ("他说「好」", 6, ["他说", "「好」"]),
        ("中文abc中", 6, ["中文", "abc中"]),
        ("안녕하세요 여러분", 12, ["안녕하세요 ", "여러분"]),
        ("a\tb", 5, ["a\t", "b"]),
        ("👨\u200d👩\u200d👧👨\u200d👩\u200d👧", 3, ["👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("กำกำ", 3, ["กำ", "กำ"]),
        ("a\u00a0b c", 3, ["a\u00a0b ", "c"]),
        ("ab\u200bcd", 3, ["ab\u200b", "cd"]),
        ("שלום עולם", 5, ["שלום ", "עולם"]),
    ],
)
def test_lines_as_read_by_eye(text: str, width: int, expected: list[str]) -> None:
    assert pieces(text, width) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_paragraphs_end_at_every_line_end(ending: str) -> None:
    text = f"ab{ending}中{ending}{ending}"
    lines = all_lines(TextLayout(text, 10))
    size = len(ending)
    assert [(line.start, line.end, line.paragraph) for line in lines] == [
        (0, 2, 0),
        (2 + size, 3 + size, 1),
        (3 + 2 * size, 3 + 2 * size, 2),
        (3 + 3 * size, 3 + 3 * size, 3),
    ]
    assert all(line.first and line.last for line in lines)
    assert TextLayout(text, 10).line_of(2 + size - 1) == 0


def test_first_and_last_lines_of_paragraphs() -> None:
    lines = all_lines(TextLayout("aa bb cc\ndd", 3))
    assert [(line.paragraph, line.first, line.last) for line in lines] == [
        (0, True, False),
        (0, False, False),
        (0, False, True),
        (1, True, True),
    ]


@unhurried
@given(st.one_of(plain, uneven, anything), st.integers(2, 30))
def test_lines_begin_where_a_naive_wrap_says(tokens: list[Token], width: int) -> None:
    found = [line.start for line in all_lines(TextLayout(text_of(tokens), width))]
    assert found == naive_wrap(tokens, width)


@unhurried
@given(st.lists(anything, max_size=5), st.lists(st.integers(2, 40), min_size=1, max_size=4))
def test_resizing_loses_nothing_and_equals_a_new_layout(paragraphs: list[list[Token]], widths: list[int]) -> None:
    text = "\n".join(map(text_of, paragraphs))
    layout = TextLayout(text, 20)
    for width in widths:
        layout.resize(width)
        lines = all_lines(layout)
        assert lines == all_lines(TextLayout(text, width))
        assert "".join(text[line.start : line.end] + "\n" * line.last for line in lines) == text + "\n"
        for number, line in enumerate(lines):
            assert layout.line_of(line.start) == number
            assert layout.line_of(max(line.start, line.end - 1)) == number


@unhurried
@given(st.text(st.characters(), max_size=200), st.integers(2, 20))
def test_any_text_at_any_width(text: str, width: int) -> None:
    layout = TextLayout(text, width)
    lines = all_lines(layout)
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    place = 0
    for line in lines:
        assert text[place : line.start] in {"", "\r\n", *"\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}
        place = line.end


@unhurried
@given(uneven)
def test_clusters_are_never_cut(tokens: list[Token]) -> None:
    edges = set(edges_of(tokens))
    assert all(line.start in edges for line in all_lines(TextLayout(text_of(tokens), 3)))


def test_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        TextLayout("a", 1)
    layout = TextLayout("a", 2)
    with pytest.raises(ValueError, match="at least 2"):
        layout.resize(0)


def test_line_numbers_beyond_the_end() -> None:
    layout = TextLayout("a\nb", 5)
    assert layout.line(-1).start == 2
    with pytest.raises(IndexError):
        layout.line(2)

"""Estimates become exact, and what a reader looks at stays where it is."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_tokens import Token, anything, naive_wrap, text_of, uneven, unhurried

from qda.tui.layout import Line, TextLayout
from qda.tui.layout import pieces as pieces_module

WIDTHS = st.integers(2, 30)


def all_lines(layout: TextLayout) -> list[Line]:
    return [layout.line(number) for number in range(layout.line_count)]


def exact(text: str, width: int) -> list[Line]:
    layout = TextLayout(text, width)
    assert layout.refine(60.0).done
    assert layout.exact
    return all_lines(layout)


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraphs are cut after sixteen code points, so that small texts have many pieces."""
    monkeypatch.setattr(pieces_module, "LONGEST", 16)
    monkeypatch.setattr(pieces_module, "_NEAR", 4)


def test_pieces_do_not_show_in_the_lines(short_pieces: None) -> None:
    source = random.Random(5)
    from layout_tokens import PLAIN, RIGHT_TO_LEFT, UNEVEN

    for _ in range(300):
        # A space every few clusters: only an unbroken stretch longer than a piece may be cut elsewhere.
        tokens = []
        for _ in range(source.randint(0, 40)):
            tokens += source.choices([*PLAIN, *RIGHT_TO_LEFT, *UNEVEN], k=source.randint(1, 2))
            tokens += [token for token in PLAIN if token.kind == "space"][:1]
        width = source.randint(6, 30)
        text = text_of(tokens)
        assert [line.start for line in exact(text, width)] == naive_wrap(tokens, width)


def test_a_paragraph_in_pieces_is_one_paragraph(short_pieces: None) -> None:
    text = "中文字符" * 30 + "\nab\n" + "กำ " * 30
    lines = exact(text, 8)
    assert {line.paragraph for line in lines} == {0, 1, 2}
    assert [line.first for line in lines].count(True) == 3
    assert [line.last for line in lines].count(True) == 3
    assert [text[line.start : line.end] for line in lines if line.paragraph == 0] == ["中文字符"] * 30


@unhurried
@given(st.lists(uneven, max_size=12), WIDTHS, st.data())
def test_refining_in_any_order_gives_the_exact_lines(
    paragraphs: list[list[Token]], width: int, data: st.DataObject
) -> None:
    text = "\n".join(map(text_of, paragraphs))
    layout = TextLayout(text, width)
    for _ in range(data.draw(st.integers(0, 5))):
        offset = data.draw(st.integers(0, len(text)))
        match data.draw(st.integers(0, 3)):
            case 0:
                layout.line_of(offset)
            case 1:
                layout.settle(offset, 2, 2)
            case 2:
                layout.refine(0.0, offset)
            case _:
                layout.line(data.draw(st.integers(0, layout.line_count - 1)))
    while not layout.refine(0.0).done:
        pass
    assert all_lines(layout) == exact(text, width)


@unhurried
@given(st.lists(anything, min_size=1, max_size=12), WIDTHS, st.data())
def test_the_anchor_stays_where_it_is(paragraphs: list[list[Token]], width: int, data: st.DataObject) -> None:
    text = "\n".join(map(text_of, paragraphs))
    anchor = data.draw(st.integers(0, len(text)))
    layout = TextLayout(text, width)
    top = layout.settle(anchor, 0, 10)
    seen = layout.line(top)
    assert seen.start <= anchor <= seen.end
    done = False
    while not done:
        step = layout.refine(0.0, anchor)
        top += step.shift
        done = step.done
        assert layout.line(top) == seen


@unhurried
@given(st.lists(anything, max_size=12), WIDTHS)
def test_lines_read_downwards_fit_together(paragraphs: list[list[Token]], width: int) -> None:
    text = "\n".join(map(text_of, paragraphs))
    layout = TextLayout(text, width)
    found: list[Line] = []
    while len(found) < layout.line_count:
        found.append(layout.line(len(found)))
    assert found == exact(text, width)


@unhurried
@given(st.lists(anything, max_size=12), WIDTHS, st.data())
def test_settled_lines_do_not_move(paragraphs: list[list[Token]], width: int, data: st.DataObject) -> None:
    text = "\n".join(map(text_of, paragraphs))
    offset = data.draw(st.integers(0, len(text)))
    layout = TextLayout(text, width)
    number = layout.settle(offset, 3, 5)
    wanted = exact(text, width)
    middle = next(at for at in reversed(range(len(wanted))) if wanted[at].start <= offset)
    for step in range(-min(3, middle), min(5, len(wanted) - 1 - middle) + 1):
        assert layout.line(number + step) == wanted[middle + step]
    assert layout.line_of(offset) == number


@unhurried
@given(st.lists(anything, max_size=8), WIDTHS, st.data())
def test_vertical_moves(paragraphs: list[list[Token]], width: int, data: st.DataObject) -> None:
    text = "\n".join(map(text_of, paragraphs))
    layout = TextLayout(text, width)
    offset = data.draw(st.integers(0, len(text)))
    steps = data.draw(st.integers(-4, 4))
    goal = data.draw(st.integers(0, width))
    place = layout.vertical(offset, steps, goal)
    layout.refine(10.0)
    wanted = min(max(layout.line_of(offset) + steps, 0), layout.line_count - 1)
    assert layout.line_of(place) == wanted
    assert layout.snap(place) == place
    x, size = layout.map(wanted).x_of(place)
    covered = range(x, x + size)
    visible = layout.map(wanted)
    if visible.x <= goal < visible.x + visible.width:
        assert goal in covered


def test_vertical_keeps_the_column() -> None:
    layout = TextLayout("abcdef\nab\n中文字", 20)
    assert layout.vertical(4, 1, 4) == 9
    assert layout.vertical(9, 1, 4) == 12
    assert layout.vertical(12, -2, 4) == 4
    assert layout.vertical(4, -3, 4) == 4
    assert layout.vertical(4, 9, 4) == 12


def test_a_long_text_is_estimated_first() -> None:
    text = "ภาษาไทย กำ " * 60 + "\n"
    layout = TextLayout(text * 100, 40)
    layout.settle(0, 0, 40)
    assert not layout.exact
    guess = layout.line_count
    layout.refine(60.0)
    assert layout.exact
    assert abs(guess - layout.line_count) < 0.2 * layout.line_count
    layout.resize(60)
    assert layout.exact  # measures are kept

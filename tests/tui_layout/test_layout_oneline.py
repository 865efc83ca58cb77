"""Names and labels on one line, and the widths that Rich and terminals must agree about."""

import pytest
from rich.cells import cell_len

from qda.tui.layout import on_one_line


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("trust", None, "trust"),
        ("trust", 5, "trust"),
        ("trust", 4, "tru…"),
        ("trust", 1, "…"),
        ("trust", 0, ""),
        ("\u05d0\u05d1\u05d2", None, "\u05d2\u05d1\u05d0"),
        ("\u05d0\u05d1\u05d2\u05d3", 3, "…\u05d1\u05d0"),  # its reader comes from the right
        ("ab \u05d0\u05d1", None, "ab \u05d1\u05d0"),
        ("👨\u200d👩\u200d👧 kin", None, "👨 kin"),
        ("👍🏽", 1, "…"),
        ("e\u0301cole", 3, "éc…"),
        ("one\ntwo\tthree", None, "one two three"),
        ("a\x1b[2Jb\u202e", None, "a␛[2Jb·"),
    ],
)
def test_a_name_is_painted_in_order_and_in_its_room(text: str, width: int | None, shown: str) -> None:
    assert on_one_line(text, width) == shown
    assert width is None or cell_len(shown) <= width


def test_a_terminal_that_orders_lines_itself_gets_them_as_they_are_stored() -> None:
    assert on_one_line("\u05d0\u05d1\u05d2", None, "terminal") == "\u05d0\u05d1\u05d2"


@pytest.mark.parametrize(
    ("text", "cells"), [("का", 2), ("क्षि", 3), ("কি", 2), ("தொ", 2), ("မာ", 2), ("कं", 1), ("นำ", 2), ("e\u0301", 1)]
)
def test_spacing_marks_take_the_cell_that_terminals_give_them(text: str, cells: int) -> None:
    assert cell_len(text) == cells


@pytest.mark.parametrize("filler", "\u115f\u1160\u3164\uffa0")
def test_letters_without_a_picture_are_seen(filler: str) -> None:
    assert on_one_line(filler) == "·"

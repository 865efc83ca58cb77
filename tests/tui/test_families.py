"""Families of codes are told apart by hue and mark, also by those who see few hues, and far beyond seven."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from qda.tui.theme import COLOUR_SETS, DARK, LIGHT, MARKS, PAINTS, contrast, family_colours, family_marks


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("colours", COLOUR_SETS)
def test_twenty_eight_families_look_different_and_can_be_seen(colours: str, theme: str) -> None:
    roots = list(range(100, 128))
    hues, marks = family_colours(roots, colours, theme), family_marks(roots)
    assert len({(hues[key], marks[key]) for key in roots}) == 28
    assert len(set(list(hues.values())[:7])) == 7
    assert min(contrast(hue, PAINTS[theme].ground) for hue in hues.values()) >= 4.5
    assert list(hues.values())[7:14] == list(hues.values())[:7]


def test_more_families_are_plain_and_every_mark_takes_one_cell() -> None:
    roots = list(range(40))
    assert family_colours(roots, "standard", DARK)[39] == PAINTS[DARK].plain_family
    assert {cell_len(mark) for mark in MARKS} == {1}
    assert len(set(MARKS)) == len(MARKS)

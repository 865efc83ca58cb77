"""Spacing marks, such as vowel signs of Indic scripts: Rich counts no cell for them, terminals give them one.

`wcwidth` of the C library and with it tmux, xterm, VTE and xterm.js agree on one cell. Rows in which such marks
stand would be pushed out of their columns, so Rich's own table of widths is mended, for whatever asks it.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from rich._unicode_data import load
from rich.cells import cached_cell_len, get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterator

CellRange = tuple[int, int, int]  # first and last code point, cells


def give_spacing_marks_a_cell() -> None:
    """Mend Rich's table in place, once."""
    widths = load("auto").widths
    if isinstance(widths, list):
        widths[:] = [part for given in widths for part in _without_spacing_marks(given)]
        cached_cell_len.cache_clear()
        get_character_cell_size.cache_clear()


def _without_spacing_marks(given: CellRange) -> Iterator[CellRange]:
    """A range of the table; of one of no width only what is no spacing mark (what the table lacks has one cell)."""
    first, last, cells = given
    if cells:
        yield given
        return
    for spacing, group in groupby(range(first, last + 1), key=lambda code: unicodedata.category(chr(code)) == "Mc"):
        if not spacing:
            codes = list(group)
            yield codes[0], codes[-1], cells

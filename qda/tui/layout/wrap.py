"""Where the lines of one piece of text begin, at a width in cells."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qda.tui.layout.measure import BREAK, SPACE

if TYPE_CHECKING:
    from array import array


def wrap_plain(text: str, start: int, end: int, width: int, dashes: str) -> list[int]:
    """Starts of the lines after the first, for text of one cell a code point whose only spaces are U+0020.

    `dashes` are those that occur in the text at all.
    """
    starts: list[int] = []
    place = start
    find = text.rfind
    while end - place > width:
        fits = place + width
        if text[fits] == " ":
            begin = _past_spaces(text, fits, end)
        else:
            begin = find(" ", place, fits) + 1
            if dashes:
                begin = _past_dash(text, max(begin, place), fits, dashes)
            if begin <= place:
                begin = fits
        if begin >= end:
            break
        starts.append(begin)
        place = begin
    return starts


def _past_spaces(text: str, place: int, end: int) -> int:
    while place < end and text[place] == " ":
        place += 1
    return place


def _past_dash(text: str, begin: int, fits: int, dashes: str) -> int:
    """The last place from `begin` to `fits` after a dash between two letters, else `begin`."""
    best = begin
    for dash in dashes:
        at = text.rfind(dash, begin, fits)
        while at >= best and not (text[at - 1 : at].isalpha() and text[at + 1].isalpha()):
            at = text.rfind(dash, begin, at)
        best = max(best, at + 1)
    return best


def wrap_measured(
    after: array[int], flags: bytearray, piece: tuple[int, int], width: int, used: int | None
) -> tuple[list[int], int]:
    """Starts of the lines that begin inside a measured piece, and the cells in use on its last line.

    `used` are the cells that the line in progress has taken before the piece; None at a paragraph's
    beginning, where the first line is not among the starts.
    """
    place, end = piece
    starts: list[int] = []
    low, limit = (place + 1, width) if used is None else (place, width - used)
    begun = used or 0
    while True:
        fits = bisect_right(after, limit, place, end)
        if fits >= end:
            break
        begin = _begin(after, flags, (low, fits, end), fresh=fits == place and low > place)
        if begin >= end:
            break
        starts.append(begin)
        done = after[begin - 1] if begin > piece[0] else 0
        place, low, limit, begun = begin, begin + 1, done + width, -done
    return starts, (after[end - 1] if end > piece[0] else 0) + begun


def _begin(after: array[int], flags: bytearray, span: tuple[int, int, int], *, fresh: bool) -> int:
    """Where the next line begins, when the cluster at `fits` is the first that does not fit.

    `fresh`: that cluster is the line's own first one, so it is wider than the whole line.
    """
    low, fits, end = span
    if flags[fits] == SPACE:
        begin = flags.find(BREAK, fits, end)
        return end if begin < 0 else begin
    if fresh:
        return bisect_right(after, after[fits], fits, end)
    if flags[fits] == BREAK:
        return fits
    begin = flags.rfind(BREAK, low, fits)
    return fits if begin < 0 else begin

"""Bars below a line of text, on the very cells of the words that somebody gave a code to, with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from qda.tui.layout import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qda.tui.layout import Arranged, LineMap

ONE = "▪"
LEFT, RIGHT, ON = "├", "┤", "─"
SHORTEST = 4  # cells of a name at least


class Stroke(NamedTuple):
    """A code on some words, by its name and colour."""

    start: int
    end: int
    name: str
    colour: str


class Lane(NamedTuple):
    """Strokes that do not overlap, all of one person; the label says whose they are."""

    label: str
    strokes: tuple[Stroke, ...]


class Piece(NamedTuple):
    """Something to paint from a cell on."""

    x: int
    text: str
    colour: str


def lanes(label: str, strokes: Iterable[Stroke]) -> list[Lane]:
    """As few lanes as hold all strokes, at least one."""
    found: list[list[Stroke]] = [[]]
    for stroke in sorted(strokes):
        lane = next((lane for lane in found if not lane or lane[-1].end <= stroke.start), None)
        if lane is None:
            found.append(lane := [])
        lane.append(stroke)
    return [Lane(label, tuple(lane)) for lane in found]


def pieces(line_map: LineMap, strokes: Sequence[Stroke], width: int, order: Arranged) -> list[Piece]:
    """What is painted below a line for the strokes of a lane, from left to right, within a width.

    A stroke has an end where it begins or ends in the line, and none where it goes on in another. Its name stands in
    it, or beside it where there is no room within.
    """
    runs = [(stroke, line_map.cells(stroke.start, stroke.end)) for stroke in strokes]
    runs = [(stroke, cells) for stroke, cells in runs if cells]
    taken = [run for _, cells in runs for run in cells]
    found: list[Piece] = []
    for stroke, cells in runs:
        widest = max(cells, key=lambda run: run[1] - run[0])
        named = False
        for run in cells:
            left, right = _ends(line_map, stroke, run == cells[0], run == cells[-1])
            inside = run[1] - run[0] - 2
            name = on_one_line(stroke.name, inside, order) if run == widest and inside >= SHORTEST else ""
            named = named or bool(name)
            found.append(Piece(run[0], _bar(run[1] - run[0], left, right, name), stroke.colour))
        if not named and (beside := _beside(stroke, cells, taken, (width, order))) is not None:
            found.append(beside)
            taken.append((beside.x, beside.x + cell_len(beside.text)))
    return sorted(found)


def _ends(line_map: LineMap, stroke: Stroke, first: bool, last: bool) -> tuple[bool, bool]:  # noqa: FBT001
    """Whether a run of cells has an end on its left and on its right."""
    begins, stops = stroke.start >= line_map.line.start, stroke.end <= line_map.line.end + line_map.line.last
    left, right = (stops, begins) if line_map.right_to_left else (begins, stops)
    return left or not first, right or not last


def _bar(length: int, left: bool, right: bool, name: str) -> str:  # noqa: FBT001
    if length == 1:
        return ONE if left and right else LEFT if left else RIGHT if right else ON
    inner = name + ON * (length - 2 - cell_len(name))
    return f"{LEFT if left else ON}{inner}{RIGHT if right else ON}"


def _beside(
    stroke: Stroke, cells: list[tuple[int, int]], taken: list[tuple[int, int]], look: tuple[int, Arranged]
) -> Piece | None:
    """The name behind a stroke, else before it, where nothing else stands."""
    width, order = look
    after = cells[-1][1] + 1
    room = min((start - 1 for start, _ in taken if start >= after), default=width) - after
    if room >= min(cell_len(stroke.name), SHORTEST):
        return Piece(after, on_one_line(stroke.name, room, order), stroke.colour)
    before = cells[0][0] - 1
    room = before - max((end + 1 for _, end in taken if end <= before), default=0)
    if room < min(cell_len(stroke.name), SHORTEST):
        return None
    name = on_one_line(stroke.name, room, order)
    return Piece(before - cell_len(name), name, stroke.colour)

"""Every cell of the coding screen in many scripts: what is painted there is what mouse, keys and colours mean."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from painted import PAINT, Desk, Document, Painted, at_desk, wrong
from painted_texts import PICTURES, plain_key
from textual import events

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

Size = tuple[int, int]
NARROW, WIDE, ODD = (80, 24), (120, 40), (57, 17)
VIEWS = [(size, order) for size in (NARROW, WIDE, ODD) for order in ("screen", "terminal")]
every_view = pytest.mark.parametrize(("size", "order"), VIEWS, ids=lambda part: str(part).replace(", ", "x"))
two_views = pytest.mark.parametrize(("size", "order"), [(NARROW, "screen"), (ODD, "terminal")])


def pages(desk: Desk) -> Iterator[None]:
    """Scroll through the text, a screen at a time."""
    top = 0
    while top < len(desk.lines):
        desk.scroll(top)
        yield
        top = max(desk.top, top) + len(desk.rows)


def expected(desk: Desk, line: Painted, x: int) -> set[int]:
    """Where a click on a cell may put the cursor: on the cluster that is painted there."""
    if x in line.at:
        return {line.at[x][0]}
    if x in line.unsure:
        return {start for start, _ in line.unsure[x]}
    right = line.paragraph is not None and line.paragraph.right and desk.mirrored
    if line.cells and (x >= line.right if right else x < line.left):  # before the first sign
        return {line.at[line.right - 1 if right else line.left][0]}
    return {line.behind}


@every_view
def test_a_click_puts_the_cursor_on_the_painted_sign(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        for _ in pages(desk):
            top = desk.top
            for y, line in list(desk.shown()):
                for x in range(desk.words.start, desk.words.stop + 1):
                    await desk.click(x, y)
                    tested += 1
                    at = desk.screen.cursor.at
                    if at not in expected(desk, line, x) or desk.top != top:
                        name = line.paragraph.name if line.paragraph else "empty"
                        found.append(f"{name}: cell {x},{y}: {at}, not {expected(desk, line, x)}, top {top} {desk.top}")
                        desk.scroll(top)
        wrong(found, tested)

    at_desk(tmp_path, journey, size, order=order)


def sights(desk: Desk) -> list[tuple[int, Painted, tuple[int, int], range]]:
    """Every painted cluster on the screen: row, line, span, cells; from top to bottom, from left to right."""
    return [(y, line, span, cells) for y, line in desk.shown() for span, cells in line.in_sight()]


@every_view
def test_every_row_fills_the_screen_and_every_sign_is_painted_once(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        for keys in ((), ("C",), ("I",), ("C", "I")):
            await desk.key(*keys)
            await desk.settle()
            for _ in pages(desk):
                for y, row in enumerate(desk.painted()):
                    shown = "".join(sign.text for sign in row)
                    assert row[-1].x + row[-1].width == size[0], f"row {y} with {keys}: {shown}"

    at_desk(tmp_path, journey, size, order=order)


@every_view
def test_signs_stand_in_their_order(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        for line in desk.lines:
            places = [span[0] for span, _ in line.in_sight()]
            if line.paragraph is not None and (line.paragraph.pure or not desk.mirrored):
                turned = line.paragraph.right and desk.mirrored
                assert places == sorted(places, reverse=turned)
                assert not turned or line.right in (desk.words.stop, desk.words.stop + 1)
        if size == WIDE and desk.mirrored:
            rows = [row for _ in pages(desk) for row in desk.painted()]
            shown = ["".join(sign.text for sign in row if sign.x in desk.words).strip() for row in rows]
            assert set(PICTURES.values()) <= set(shown)

    at_desk(tmp_path, journey, size, order=order)


def between(desk: Desk, start: int, end: int) -> str:
    """The painted signs of a stretch of text, in the stored order."""
    found = sorted(
        (span, plain_key(desk.document.text[slice(*span)]))
        for line in desk.lines
        for span in line.cells
        if start <= span[0] < end
    )
    return "".join(sign for _, sign in found)


@every_view
def test_a_drag_selects_what_is_painted_between(tmp_path: Path, size: Size, order: str) -> None:
    chance = random.Random(7)

    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        for _ in pages(desk):
            shown = sights(desk)
            pairs = [(chance.choice(shown), chance.choice(shown)) for _ in range(60)]
            near = [(one, chance.choice([other for other in shown if other[0] == one[0]])) for one in shown[::4]]
            for (y0, _, span0, cells0), (y1, _, span1, cells1) in pairs + near:
                await desk.drag((chance.choice(cells0), y0), (chance.choice(cells1), y1))
                start, end = sorted((span0[0], span1[0]))
                tested += 1
                chosen = desk.screen.cursor.selection
                if chosen != ((start, end) if start < end else None):
                    found.append(f"{cells0[0]},{y0} to {cells1[0]},{y1}: {chosen}, not {start}-{end}")
                    continue
                rows = desk.painted()
                cursor = {(desk.top + y1 - desk.rows.start, x) for x in cells1}
                if desk.cells_with(PAINT.cursor, rows) != cursor:
                    found.append(f"{cells0[0]},{y0} to {cells1[0]},{y1}: the cursor is painted elsewhere")
                visible = {(desk.top + y - desk.rows.start) for y, _ in desk.shown()}
                wanted = {cell for cell in desk.cells_of(start, end) - cursor if cell[0] in visible}
                unsure = {cell for number in visible for cell in desk.unsure_cells(number)}
                if (desk.cells_with(PAINT.selection, rows) ^ wanted) - unsure:
                    found.append(f"{cells0[0]},{y0} to {cells1[0]},{y1}: selected cells are painted elsewhere")
        wrong(found, tested)

    at_desk(tmp_path, journey, size, order=order)


def beside(desk: Desk, number: int, span: tuple[int, int], step: int) -> set[tuple[int, int]] | None:
    """The cells of the painted neighbour of a cluster: in its line, else where the text goes on; None if unsure."""
    line = desk.lines[number]
    edge = line.cells[span].stop if step > 0 else line.cells[span].start - 1
    if edge in line.unsure:
        return None
    if edge in line.at:
        return {(number, x) for x in line.cells[line.at[edge]]}
    forward = (step > 0) != (line.paragraph is not None and line.paragraph.right and desk.mirrored)
    if forward and not line.last and line.behind not in {start for start, _ in line.cells}:
        return {(number, edge)}  # the blank at the end of the line, painted or not
    other = number + (1 if forward else -1)
    if not 0 <= other < len(desk.lines):
        return None
    there = desk.lines[other]
    if not there.cells:
        return {(other, desk.words.start)}
    if not forward and not there.last and there.behind not in {start for start, _ in there.cells}:
        right = there.paragraph is not None and there.paragraph.right and desk.mirrored
        return {(other, there.left - 1 if right else there.right)}
    first, last = min(there.cells), max(there.cells)
    return {(other, x) for x in there.cells[first if forward else last]}


@two_views
def test_left_and_right_go_to_the_painted_neighbour(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        for number, line in enumerate(desk.lines):
            for span, cells in line.in_sight():
                for step, key in ((-1, "left"), (1, "right")):
                    desk.screen.travel(lambda span=span: desk.screen.cursor.go(span[0]))
                    if step < 0 and desk.cursor_cells() != {(number, x) for x in cells}:
                        found.append(f"line {number}, {cells}: the cursor is not there")
                    await desk.key(key)
                    wanted = beside(desk, number, span, step)
                    tested += 1
                    painted = desk.cursor_cells()
                    if wanted is not None and painted != wanted:
                        found.append(
                            f"{line.paragraph and line.paragraph.name} {number}: {key} of {cells}: {painted}, not {wanted}"
                        )
        wrong(found, tested)

    at_desk(tmp_path, journey, size, order=order)


@two_views
def test_up_and_down_keep_the_column(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        for column in [*range(desk.words.start, desk.words.stop, 7), desk.words.stop - 1]:
            await desk.key("g")
            desk.scroll(0)
            line = desk.lines[0]
            await desk.click(min(column, line.right - 1), desk.rows.start)
            goal = line.cells[line.at[min(column, line.right - 1)]].start
            for key, numbers in (("down", range(1, len(desk.lines))), ("up", range(len(desk.lines) - 2, -1, -1))):
                for number in numbers:
                    await desk.key(key)
                    tested += 1
                    there = desk.lines[number]
                    at, cells = desk.screen.cursor.at, desk.cursor_cells()
                    if at not in expected(desk, there, goal) or {line for line, _ in cells} != {number}:
                        found.append(f"{key} to line {number}, column {goal}: {at}, painted {cells}")
                    elif goal in there.at and (number, goal) not in cells:
                        found.append(f"{key} to line {number}: {cells}, not column {goal}")
        wrong(found, tested)

    at_desk(tmp_path, journey, size, order=order)

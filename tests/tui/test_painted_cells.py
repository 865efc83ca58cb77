"""Every cell of the coding screen in many scripts: what is painted there is what mouse, keys and colours mean."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from painted import PAINT, Desk, Document, Memory, Painted, at_desk, wrong
from painted_texts import ARABIC, KURDISH, LOWER, PICTURES, Paragraph, once, plain_key, spaced, told_apart
from textual import events

from qda.model.transcript import SpokenTurn
from qda.store.not_data import NotDataRow
from qda.tui.theme import tint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qda.store import Study

Size = tuple[int, int]
NARROW, WIDE, ODD = (80, 24), (120, 40), (57, 17)
VIEWS = [(NARROW, "screen"), (NARROW, "terminal"), (WIDE, "screen"), (ODD, "terminal")]
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
    turned = desk.turned(line)
    if line.cells and (x >= line.right if turned else x < line.left):  # before the first sign
        return {line.at[line.right - 1 if turned else line.left][0]}
    return {line.behind}


async def click_everywhere(desk: Desk) -> None:
    """Click on every cell of the text: the cursor is where the sign was painted, and nothing slips away."""
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


@every_view
def test_a_click_puts_the_cursor_on_the_painted_sign(tmp_path: Path, size: Size, order: str) -> None:
    at_desk(tmp_path, click_everywhere, size, order=order)


SPOKEN = (
    Paragraph("asked", once("Ik: wat zeg cu dn?")),
    Paragraph("said", told_apart((*"Rz: ", *spaced(list(KURDISH)))), right=True, pure=False),
    Paragraph("said again", told_apart((*"راز: ", *spaced([*LOWER, *"بت"])))),
)


@two_views
def test_the_label_of_a_turn_is_painted_on_its_cells(tmp_path: Path, size: Size, order: str) -> None:
    """Words behind a label run in their own direction, whatever the script of the label."""
    document = Document(SPOKEN, gaps=9)
    turns = []
    for paragraph in SPOKEN:
        start, words = document.place(paragraph.name), paragraph.text
        body = start + words.index(":") + 2
        turns.append(SpokenTurn(start, body, start + len(words), words[: words.index(":")]))

    async def journey(desk: Desk) -> None:
        desk.put(len(document.text))
        labels = set().union(*(desk.cells_of(turn.start, turn.body) for turn in turns))
        unsure = {cell for number in range(len(desk.lines)) for cell in desk.unsure_cells(number)}
        assert (desk.cells_where(lambda sign: sign.colour == PAINT.speaker) ^ labels) <= unsure
        await click_everywhere(desk)

    at_desk(tmp_path, journey, size, order=order, document=document, turns=tuple(turns))


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
                assert places == sorted(places, reverse=desk.turned(line))
                assert not desk.turned(line) or line.right in (desk.words.stop, desk.words.stop + 1)
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
def test_a_drag_selects_what_is_painted_from_cell_to_cell(tmp_path: Path, size: Size, order: str) -> None:
    """Both the sign under which the button went down and the one under which it came up are selected."""
    chance = random.Random(7)

    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        for _ in pages(desk):
            shown = sights(desk)
            pairs = [(chance.choice(shown), chance.choice(shown)) for _ in range(15)]
            near = [(one, chance.choice([other for other in shown if other[0] == one[0]])) for one in shown[::18]]
            for (y0, _, span0, cells0), (y1, _, span1, cells1) in pairs + near:
                pressed, released = (chance.choice(cells0), y0), (chance.choice(cells1), y1)
                await desk.drag(pressed, released)
                start, end = min(span0[0], span1[0]), max(span0[1], span1[1])
                tested += 1
                chosen = desk.screen.cursor.selection
                if chosen != ((start, end) if pressed != released else None):
                    found.append(f"{cells0[0]},{y0} to {cells1[0]},{y1}: {chosen}, not {start}-{end}")
                    continue
                rows = desk.painted()
                cursor = {(desk.top + y1 - desk.rows.start, x) for x in cells1}
                if desk.cells_with(PAINT.cursor, rows) != cursor:
                    found.append(f"{cells0[0]},{y0} to {cells1[0]},{y1}: the cursor is painted elsewhere")
                visible = {(desk.top + y - desk.rows.start) for y, _ in desk.shown()}
                selected = desk.cells_of(start, end) if pressed != released else set()
                wanted = {cell for cell in selected - cursor if cell[0] in visible}
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
    forward = (step > 0) != desk.turned(line)
    if forward and not line.last and line.behind not in {start for start, _ in line.cells}:
        return {(number, edge)}  # the blank at the end of the line, painted or not
    other = number + (1 if forward else -1)
    return _met(desk, other, first=forward) if 0 <= other < len(desk.lines) else None


def _met(desk: Desk, number: int, *, first: bool) -> set[tuple[int, int]]:
    """The cells of the first or the last cluster of a line, as it is stored."""
    line = desk.lines[number]
    if not line.cells:
        return {(number, desk.words.start)}
    if not first and not line.last and line.behind not in {start for start, _ in line.cells}:
        return {(number, line.left - 1 if desk.turned(line) else line.right)}
    return {(number, x) for x in line.cells[min(line.cells) if first else max(line.cells)]}


@two_views
def test_left_and_right_go_to_the_painted_neighbour(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        for number, line in enumerate(desk.lines):
            for span, cells in [*line.in_sight()][number % 2 :: 2]:  # then each border is crossed from one side
                for step, key in ((-1, "left"), (1, "right")):
                    desk.put(span[0])
                    if step < 0 and desk.cursor_cells() != {(number, x) for x in cells}:
                        found.append(f"line {number}, {cells}: the cursor is not there")
                    await desk.key(key)
                    wanted = beside(desk, number, span, step)
                    tested += 1
                    painted = desk.cursor_cells()
                    if wanted is not None and painted != wanted:
                        found.append(f"line {number}: {key} of {cells}: {painted}, not {wanted}")
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


def word_of(clusters: Sequence[str], at: int) -> range | None:
    """The word that a cluster stands in: letters and digits, whatever marks they bear, with hyphens between them."""

    def inside(one: int) -> bool:
        return 0 <= one < len(clusters) and (clusters[one][0].isalnum() or clusters[one] == "\xad")

    def goes_on(one: int) -> bool:
        between = 0 < one < len(clusters) and clusters[one] in "-'’" and inside(one - 1) and inside(one + 1)
        return inside(one) or between

    if not goes_on(at):
        return None
    first, last = at, at
    while goes_on(first - 1):
        first -= 1
    while goes_on(last + 1):
        last += 1
    return range(first, last + 1)


@two_views
def test_a_double_click_selects_the_painted_word(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        found: list[str] = []
        tested = 0
        looked: set[tuple[int, int]] = set()  # each word is looked at once
        for _ in pages(desk):
            for y, line, span, cells in sights(desk)[::3]:
                assert line.paragraph is not None
                spans = desk.document.spans(line.paragraph.name)
                word = word_of(line.paragraph.clusters, spans.index(span))
                await desk.click(cells[-1], y, times=2)
                await desk.mouse(events.MouseMove, cells[-1], y)  # a hand that trembles
                tested += 1
                wanted = (spans[word[0]][0], spans[word[-1]][1]) if word is not None else None
                if desk.screen.cursor.selection != wanted:
                    found.append(f"{line.paragraph.name} {cells}: {desk.screen.cursor.selection}, not {wanted}")
                elif wanted is not None and line.start <= wanted[0] and wanted[1] <= line.end and wanted not in looked:
                    looked.add(wanted)
                    marked = desk.cells_with(PAINT.selection) | desk.cursor_cells()
                    if marked != desk.cells_of(*wanted):
                        found.append(f"{line.paragraph.name} {cells}: painted {marked}")
        wrong(found, tested)

    at_desk(tmp_path, journey, size, order=order)


SENTENCES = (
    Paragraph("dutch", once("Ik ben mo. Wat zcu jy?")),
    Paragraph("arabic", once("ابت ثجح؟ خدذ رزس."), right=True),
    Paragraph("chinese", once("我们看见山。孩子想飞到河上！")),
)


def test_a_third_click_selects_the_painted_sentence(tmp_path: Path) -> None:
    document = Document(SENTENCES, gaps=9)

    async def journey(desk: Desk) -> None:
        for y, line in desk.shown():
            assert line.paragraph is not None
            text = line.paragraph.text
            cut = next(at for at, sign in enumerate(text) if sign in ".؟。") + 1
            for span, cells in line.in_sight():
                at = span[0] - line.start
                if text[at] == " ":
                    continue
                await desk.click(cells[0], y, times=3)
                start, end = desk.screen.cursor.selection or (0, 0)
                words = text[:cut] if at < cut else text[cut:]
                assert desk.document.text[start:end].strip() == words.strip()
                marked = desk.cells_with(PAINT.selection) | desk.cursor_cells()
                assert marked == desk.cells_of(start, end)

    at_desk(tmp_path, journey, NARROW, document=document)


def coded(study: Study, document: Document) -> None:
    """A coding on the inside of every paragraph, of two codes in turn; one goes over two paragraphs and a gap."""
    taken: set[str] = set()
    for at, paragraph in enumerate(document.paragraphs):
        spans = document.spans(paragraph.name)
        last = spans[-3]
        if paragraph.name == "emoji":  # the next one stands behind an empty line
            last = document.spans(document.paragraphs[at + 1].name)[5]
            taken.add(document.paragraphs[at + 1].name)
        if paragraph.name not in taken:
            study.codings.apply("text", ("trust", "fear")[at % 2], spans[2][0], last[1])


@every_view
def test_codings_are_painted_on_the_cells_of_their_words(tmp_path: Path, size: Size, order: str) -> None:
    async def journey(desk: Desk) -> None:
        look, stripes = desk.screen.look, desk.words.stop + 1
        codings = list(desk.screen.opened.spans.all())
        assert len(codings) == len(desk.document.paragraphs) - 1
        signs: dict[int, str] = {}
        for coding in codings:
            first, last = desk.line_of(coding.start), desk.line_of(coding.end - 1)
            signs |= dict.fromkeys(range(first, last + 1), "│")
            signs |= {first: "▪"} if first == last else {first: "┌", last: "└"}
        for coding in codings:
            await desk.key("escape")
            desk.put(coding.start)
            await desk.key("f")
            ground = tint(look.colour_of[coding.code], PAINT.ground)
            alike = [one for one in codings if one.code == coding.code]
            chosen = desk.cells_of(coding.start, coding.end)
            tinted = set().union(*(desk.cells_of(one.start, one.end) for one in alike))
            top = desk.top
            for _ in pages(desk) if coding is codings[0] else (None,):
                rows = desk.painted()
                visible = {desk.top + y - desk.rows.start for y, _ in desk.shown()}
                unsure = {cell for number in visible for cell in desk.unsure_cells(number)} | desk.cursor_cells()
                here = {cell for cell in tinted if cell[0] in visible}
                assert (desk.cells_with(ground, rows) ^ here) <= unsure
                lined = desk.cells_where(lambda sign: sign.style is not None and bool(sign.style.underline), rows)
                assert (lined ^ {cell for cell in chosen if cell[0] in visible}) <= unsure
                for y, _ in desk.shown():
                    number = desk.top + y - desk.rows.start
                    painted = next(sign.text for sign in rows[y] if sign.x == stripes)
                    heavy = desk.line_of(coding.start) <= number <= desk.line_of(coding.end - 1)
                    assert painted == _heavy(signs.get(number, " "), heavy=heavy)
                    names = "".join(sign.text for sign in rows[y] if sign.x > stripes + look.columns.lanes)
                    begun = [one for one in codings if desk.line_of(one.start) == number]
                    if look.columns.names and (here or begun):
                        wanted = look.names[begun[0].code] if begun else ""
                        assert names[: look.columns.names].strip() == wanted
            desk.scroll(top)
            await desk.key("f")

    at_desk(tmp_path, journey, size, order=order, before=coded)


def _heavy(sign: str, *, heavy: bool) -> str:
    return {"│": "┃", "┌": "┏", "└": "┗", "▪": "■"}.get(sign, sign) if heavy else sign


@every_view
def test_hits_and_what_is_no_data_are_painted_on_their_cells(tmp_path: Path, size: Size, order: str) -> None:
    def before(study: Study, document: Document) -> None:
        spans = [document.spans(paragraph.name) for paragraph in document.paragraphs]
        rows = [NotDataRow("text", one[3][0], one[-2][1]) for one in spans[::3]]
        study.not_data.import_rows(rows, "not data")

    async def journey(desk: Desk) -> None:
        not_data = set().union(*(desk.cells_of(*span) for span in desk.screen.opened.not_data))
        for _ in pages(desk):
            visible = {desk.top + y - desk.rows.start for y, _ in desk.shown()}
            unsure = {cell for number in visible for cell in desk.unsure_cells(number)} | desk.cursor_cells()
            slanted = desk.cells_where(lambda sign: sign.style is not None and bool(sign.style.italic))
            assert (slanted ^ {cell for cell in not_data if cell[0] in visible}) <= unsure
        for at, paragraph in enumerate(desk.document.paragraphs):
            words = [
                word for word in paragraph.text.split() if word.isprintable() and word[0].isalpha() and len(word) > 1
            ]
            if not words or at % 3 == 0:  # what is no data is not found
                continue
            query = words[len(words) // 2]
            start = desk.document.place(paragraph.name) + paragraph.text.index(query)
            await desk.key("g", "/", *query, "enter")
            assert (start, start + len(query)) in desk.screen.found
            wanted = set().union(*(desk.cells_of(*hit) for hit in desk.screen.found))
            visible = {desk.top + y - desk.rows.start for y, _ in desk.shown()}
            unsure = {cell for number in visible for cell in desk.unsure_cells(number)} | desk.cursor_cells()
            assert (desk.cells_with(PAINT.hit) ^ {cell for cell in wanted if cell[0] in visible}) <= unsure
            assert desk.cursor_cells() == desk.cells_of(start, start + 1)
            await desk.key("escape")

    at_desk(tmp_path, journey, size, order=order, before=before)


KEYS = [*"wb)(}{][vSTVfoUuUnNgGBx1s", "left", "right", "up", "down", "pageup", "pagedown", "home", "end", "escape"]
KEYS += ["tab", "shift+left", "shift+right", "shift+down"]


@pytest.mark.parametrize("seed", [1])
def test_what_was_written_to_the_terminal_is_what_is_painted_now(tmp_path: Path, seed: int) -> None:
    """No cell keeps an old sign or colour, whatever was done; and clicks still land after every resize."""
    chance = random.Random(seed)

    async def journey(desk: Desk) -> None:
        memory = Memory(desk.app)
        for size in (NARROW, ODD, (131, 33), (61, 20), WIDE):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            desk.read()
            memory.cells.clear()
            desk.screen.refresh(layout=True)
            await desk.pilot.pause(0.05)
            done: list[str] = []
            for number in range(40):
                for _ in range(chance.randint(1, 3)):
                    y, _, span, cells = chance.choice(sights(desk))
                    if number % 2:
                        done.append(chance.choice([*KEYS, "C", "I"] if size[0] > 100 else KEYS))
                        await desk.key(done[-1])
                        if done[-1] in "CI":
                            await desk.settle()
                            desk.read()
                    elif number % 8:
                        await desk.click(chance.choice(cells), y, times=chance.choice((1, 1, 2, 3)))
                        if desk.screen.cursor.selection is None:
                            assert desk.screen.cursor.at == span[0]
                    else:
                        await desk.drag((cells[0], y), (chance.choice(desk.words), chance.choice(desk.rows)))
                assert await memory.differences(desk) == [], f"after {done[-5:]}"

    at_desk(tmp_path, journey, NARROW, before=coded)


def test_the_end_key_stays_in_the_painted_line(tmp_path: Path) -> None:
    async def journey(desk: Desk) -> None:
        for number, line in enumerate(desk.lines):
            if not line.cells:
                continue
            for key, wanted in (("end", line.behind), ("home", line.start)):
                desk.put(max(line.cells)[0])
                await desk.key(key)
                assert desk.screen.cursor.at == wanted
                assert {row for row, _ in desk.cursor_cells()} == {number}
            await desk.key("shift+end")
            assert desk.screen.cursor.selection == (line.start, line.end)
            await desk.key("escape")

    at_desk(tmp_path, journey, ODD)


def test_the_cursor_is_seen_behind_a_full_line_from_right_to_left(tmp_path: Path) -> None:
    letters = list(dict.fromkeys(ARABIC + KURDISH))
    document = Document(
        tuple(
            Paragraph(f"word of {size}", (*letters[:size], " ", *letters[size : size + 3]), right=True)
            for size in range(28, 46)
        )
    )

    async def journey(desk: Desk) -> None:
        full = [
            (number, line)
            for number, line in enumerate(desk.lines)
            if line.cells
            and not line.last
            and line.left == desk.words.start
            and desk.document.text[line.end - 1] == " "
        ]
        assert full
        for number, line in full:
            desk.put(line.behind)
            assert desk.cursor_cells() == {(number, line.left - 1)}
            await desk.key("right")
            assert desk.cursor_cells() == {(number, line.left)}

    at_desk(tmp_path, journey, ODD, document=document)


def test_what_begins_inside_a_cluster_is_painted_on_the_whole_of_it(tmp_path: Path) -> None:
    """A file from another program may have put a code on a mark without its letter."""

    def before(study: Study, document: Document) -> None:
        spans = document.spans("latin")
        study.codings.apply("text", "trust", spans[4][0] + 1, spans[6][0] + 1)

    async def journey(desk: Desk) -> None:
        (coding,) = desk.screen.opened.spans.all()
        desk.put(coding.end - 1)
        await desk.key("f")
        ground = tint(desk.screen.look.colour_of[coding.code], PAINT.ground)
        spans = desk.document.spans("latin")
        assert desk.cells_with(ground) | desk.cursor_cells() == desk.cells_of(spans[4][0], spans[6][1])

    at_desk(tmp_path, journey, NARROW, before=before)

"""What each deed of the coding screen leads to, painted and stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_world import NEXT_TURN, TEXT, at_screen, codings, document, grounds, make_study, paths, rows, status
from screen_world import terminal

from qda.model.codebook import Codebook, CodeEntry
from qda.store import Study
from qda.store.memos import MemoRow
from qda.store.revisions import edit_source
from qda.tui.coding.guided import STEPS
from qda.tui.theme import PAINTS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from qda.tui.coding.screen import CodingScreen

PAPER = "They gave me a paper."
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with one interview and a small codebook."""
    made = make_study(tmp_path / "study")
    monkeypatch.setenv("QDA_CONFIG", str(made))
    return made


# --- the list of codes --------------------------------------------------------------------------------------


def long_study(tmp_path: Path) -> Path:
    """A text of sixty turns and a codebook of thirty codes."""
    text = "\n\n".join(
        f"R: Turn {number} begins here and goes on. Then it goes on for a while and is ended." for number in range(60)
    )
    codes = Codebook(codes=tuple(CodeEntry(f"code_{number:02}") for number in range(30)))
    return make_study(tmp_path / "long", document(text), codes=codes)


@pytest.mark.parametrize("size", [*SIZES, (100, 30)])
@pytest.mark.parametrize("turn", [1, 5, 9, 30, 58, 60])
def test_the_list_of_codes_leaves_the_words_in_sight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], turn: int
) -> None:
    folder = long_study(tmp_path)
    monkeypatch.setenv("QDA_CONFIG", str(folder))

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        for keys in (("S", "c"), ("escape", "escape", "T", "T", "T", "c")):
            await pilot.press(*keys)
            await pilot.pause(0.05)
            shown = rows(screen)
            assert any("code_00" in row for row in shown), shown
            assert sum("▌code_" in row for row in shown) >= 5 + 5 * (size[1] > 24)
            start, end = screen.cursor.selection or (0, 0)
            words = screen.opened.text[start:end].split()
            selected = PAINTS["qda-dark"].selection
            cells = [
                sign
                for number, row in enumerate(shown)
                for sign, ground in zip(row, grounds(screen, number), strict=True)
                if ground in (selected, PAINTS["qda-dark"].cursor)
            ]
            painted = "".join(cells).split()
            assert "".join(words) in "".join(painted)

    at_screen(folder, look, "colon", *str(turn), "enter", size=size)


def test_recent_codes_come_first_then_the_order_of_the_codebook(folder: Path) -> None:
    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press(*"S1S2Sc")
        found = [row[28:].partition("▌")[2].split(" ")[0] for row in rows(screen) if "▌" in row[28:]]
        assert found[:5] == ["coerced", "grade", "agency", "own_decision", "goodwill"]

    at_screen(folder, look, NEXT_TURN, *"Sccoerced", "enter", *"Scgrade", "enter")


def test_while_one_types_the_best_comes_first(folder: Path) -> None:
    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press("c", "g")
        found = [row[28:].partition("▌")[2].split(" ")[0] for row in rows(screen) if "▌" in row[28:]]
        assert found[:2] == ["grade", "goodwill"]  # both begin with it; grade is shorter

    at_screen(folder, look, NEXT_TURN, "S")


# --- one deed, one change -----------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [("c", *"family", "enter"), ("c", *"family/mother", "enter")])
def test_one_u_takes_back_a_new_code_and_its_coding(folder: Path, keys: tuple[str, ...]) -> None:
    before = paths(folder)

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        made = paths(folder)
        assert len(codings(folder)) == 1
        assert len(made) > len(before)
        await pilot.press("u")
        assert status(screen).startswith("taken back: family")
        assert (codings(folder), paths(folder)) == ([], before)
        assert "family" not in "".join(rows(screen)[1:-1])
        await pilot.press("U")
        assert codings(folder) == [(made[-1], PAPER)]
        assert paths(folder) == made

    at_screen(folder, look, NEXT_TURN, "S", *keys)


def test_one_u_takes_back_an_in_vivo_code_and_its_coding(folder: Path) -> None:
    before = paths(folder)

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        assert codings(folder) == [("They gave", "They gave")]
        with Study.open(folder) as study:
            assert study.codebook.get("They gave").entry.origin == "in-vivo"
        await pilot.press("u")
        assert (codings(folder), paths(folder)) == ([], before)
        await pilot.press("i")
        assert status(screen).startswith("select the words first")

    at_screen(folder, look, NEXT_TURN, "v", "w", "w", "i")


def test_one_u_takes_back_several_codes_with_a_new_one_and_a_new_code_by_recoding(folder: Path) -> None:
    before = paths(folder)

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        assert sorted(codings(folder)) == [("family", PAPER), ("goodwill", PAPER)]
        await pilot.press("u")
        assert (codings(folder), paths(folder)) == ([], before)
        await pilot.press("U", NEXT_TURN, NEXT_TURN, "S", "c", *"good", "enter", "r", *"brand new", "enter")
        assert "brand new" in paths(folder)
        assert "goodwill is brand new now" in status(screen)
        await pilot.press("u")
        assert "brand new" not in paths(folder)
        assert ("goodwill", "The agency kept its word.") in codings(folder)

    at_screen(folder, look, NEXT_TURN, "S", "c", *"goodwill", "tab", *"family", "enter")


# --- the same code twice ------------------------------------------------------------------------------------


def test_the_same_code_on_the_same_words_is_said(folder: Path) -> None:
    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press("S", "c")
        assert any("goodwill" in row and "on these words already" in row for row in rows(screen))
        await pilot.press(*"good", "enter")
        assert status(screen) == f"already coded goodwill on “{PAPER}”: nothing changed"
        assert len(codings(folder)) == 1
        await pilot.press("escape", "{", "}", "v", "w", "w", "1")
        assert status(screen).startswith("goodwill on “They gave” ")
        assert "partly already coded goodwill: counts as one passage" in status(screen)
        assert len(codings(folder)) == 2  # it is not hindered

    at_screen(folder, look, NEXT_TURN, "S", "c", *"good", "enter")


def test_the_same_code_of_somebody_else_is_no_reason_to_warn(folder: Path) -> None:
    with Study.open(folder, coder="bram") as bram:
        bram.codings.apply("talk", "goodwill", TEXT.index("They"), TEXT.index("They") + 21)

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press("S", "c")
        assert not any("already" in row for row in rows(screen))
        await pilot.press(*"good", "enter")
        assert "already" not in status(screen)
        assert "1 coding of yours, 1 of others" in rows(screen)[0]
        await pilot.press("o")
        assert "1 coding of yours, others hidden" in rows(screen)[0]

    at_screen(folder, look, NEXT_TURN)


# --- what is said -------------------------------------------------------------------------------------------

SAID = [
    (("r", *"own", "enter"), "goodwill is own_decision now — u takes it back"),
    (("w", "s"), "goodwill is split in two here — u makes it one again"),
    (("a", "right", "enter"), "goodwill is on “They gave me a paper. I” now — u takes it back"),
    (("a", "escape"), "goodwill is as it was"),
    (("W", "2", "enter"), "goodwill weighs 2 — u takes it back"),
    (("x",), "goodwill taken away — u brings it back"),
    (("]",), "no coding begins behind this place"),
    (("[",), "no coding begins before this place"),
    (("B",), "bookmark set; ' goes to the next one"),
    (("B", "B"), "bookmark taken away"),
    (("B", "apostrophe"), "bookmark 1 of 1"),
    (("f",), "goodwill is tinted; f again: none"),
    (("f", "f"), "no code is tinted any more"),
    (("o",), "only your own codings"),
    (("C",), "the codebook at the left is hidden; C shows it"),
    (("tab",), "goodwill is the only coding here"),
    (("slash", *"zebra", "enter"), "“zebra” is not in this text; F8 searches all sources"),
    (("escape", "escape"), "nothing is selected; F2 to F11 go to other places"),
    (("m", *"so it went", "ctrl+s"), "memo on turn 2 saved — u takes it back"),
    (("S", "m", *"so", "ctrl+s"), f"memo on “{PAPER}” saved — u takes it back"),
    (("m", "escape"), "nothing was written"),
    (("e", *"sure", "ctrl+s"), "comment on goodwill saved — u takes it back"),
    (("e", *"sure", "ctrl+s", "u"), "taken back: comment on goodwill"),
]


@pytest.mark.parametrize(("keys", "said"), SAID, ids=[" ".join(keys) for keys, _ in SAID])
def test_every_deed_answers(folder: Path, keys: tuple[str, ...], said: str) -> None:
    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press(*keys)
        await pilot.pause(0.05)
        assert status(screen) == said

    at_screen(folder, look, NEXT_TURN, "S", "c", *"good", "enter")


# --- memos --------------------------------------------------------------------------------------------------


def test_a_memo_and_a_comment_are_seen_beside_their_words(folder: Path) -> None:
    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        with Study.open(folder, coder="bram") as study:  # somebody else, meanwhile
            start = TEXT.index("The agency")
            study.memos.add(MemoRow("look at this", "segment", "talk", start=start, end=start + 5))
        await pilot.pause(0.8)
        noted = [row for row in rows(screen) if "✎" in row]
        assert len(noted) == 1
        assert "The agency kept" in noted[0]
        await pilot.press("S", "c", *"good", "enter", "e", *"sure", "ctrl+s")
        await pilot.pause(0.1)
        row = next(row for row in rows(screen) if PAPER in row)
        assert row.index("✎") < row.index(PAPER) < row.index("goodwill ✎")
        await pilot.press("u")
        row = next(row for row in rows(screen) if PAPER in row)
        assert "✎" not in row

    at_screen(folder, look, NEXT_TURN)


def test_a_comment_is_written_on(folder: Path) -> None:
    def bodies() -> list[str]:
        with Study.open(folder) as study:
            return [memo.body for memo in study.memos.all()]

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        del screen
        await pilot.press("e", *"sure", "ctrl+s", "e", "end", *"ly", "ctrl+s")
        assert bodies() == ["surely"]
        await pilot.press("e", *["backspace", "delete"] * 6, "ctrl+s")
        assert bodies() == []

    at_screen(folder, look, NEXT_TURN, "S", "c", *"good", "enter")


def test_memos_here_stand_before_those_elsewhere(folder: Path) -> None:
    with Study.open(folder, coder="anna") as study:
        for words, at in (("about paper", "They gave"), ("about rent", "They paid")):
            start = TEXT.index(at)
            study.memos.add(MemoRow(words, "segment", "talk", start=start, end=start + 9))
        study.memos.add(MemoRow("about all of it", "source", "talk"))

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.pause(0.2)
        pane = [row[-33:].strip() for row in rows(screen)]
        wanted = ["Memos here", "✎ about paper", "On this source", "✎ about all of it — anna"]
        wanted += ["Elsewhere in this source", "✎ about rent — anna"]
        assert [words for words in pane if words in wanted] == wanted

    at_screen(folder, look, NEXT_TURN, size=(160, 40))


# --- words of any language outside the text -----------------------------------------------------------------

KURDISH = "باوەڕ"
FAMILY = "👨\u200d👩\u200d👧 kin"


def test_names_in_any_script_are_painted_in_their_order_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"R: {KURDISH} {KURDISH}. And {FAMILY} came.\n"
    folder = make_study(
        tmp_path / "study",
        document(text),
        codes=Codebook(codes=(CodeEntry(KURDISH, definition=f"{KURDISH} 12"), CodeEntry(FAMILY))),
    )
    monkeypatch.setenv("QDA_CONFIG", str(folder))
    turned = KURDISH[::-1]

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press("S", "c", "down", "enter", "S", "c", "enter")
        await pilot.pause(0.2)
        for keys in ((), ("x",), ("u",), ("slash", *KURDISH), ("escape", "r"), ("escape", "e"), ("escape", "a")):
            await pilot.press(*keys)
            await pilot.pause(0.15)
            shown = rows(screen)
            assert not any(KURDISH in row for row in shown), (keys, [row for row in shown if KURDISH in row])
            assert any(turned in row for row in shown)
            assert not any("\u200d" in row for row in shown), keys
            assert all(strip.cell_length == 160 for strip in screen.app.screen._compositor.render_strips())

    at_screen(folder, look, size=(160, 40))


# --- back ---------------------------------------------------------------------------------------------------


def test_escape_leads_back_to_where_a_text_was_opened_from(folder: Path) -> None:
    with Study.open(folder, coder="bram") as bram:
        start = TEXT.index("They gave")
        bram.codings.apply("talk", "agency/coerced", start, start + 40)
        bram.codings.apply("talk", "goodwill", start + 5, start + 9)

    async def look(pilot: Pilot[None], screen: CodingScreen) -> None:
        from qda.tui.coding.screen import CodingScreen

        await pilot.press("f8", *"agency kept", "enter", "enter")
        await pilot.pause(0.3)
        opened = screen.app.screen
        assert isinstance(opened, CodingScreen)
        assert TEXT[opened.cursor.at :].startswith("agency kept")
        assert "Esc leads back to the search" in status(screen)
        await pilot.press("l")
        assert "Esc back to search" in status(screen)
        await pilot.press("S", "escape")  # first the selection is given up
        assert screen.app.screen is opened
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert getattr(screen.app.screen, "place", "") == "search"
        await pilot.press("f2")
        await pilot.press("escape")
        assert isinstance(screen.app.screen, CodingScreen)

    at_screen(folder, look)


def test_going_from_coding_to_coding_leaves_out_what_is_hidden(folder: Path) -> None:
    with Study.open(folder, coder="bram") as bram:
        bram.codings.apply("talk", "goodwill", TEXT.index("My mother"), TEXT.index("My mother") + 9)
    with Study.open(folder, coder="anna") as anna:
        anna.codings.apply("talk", "goodwill", TEXT.index("kept"), TEXT.index("kept") + 4)

    async def go(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press("]")
        assert TEXT[screen.cursor.at :].startswith("My mother")
        await pilot.press("o", "g", "]")
        assert TEXT[screen.cursor.at :].startswith("kept")
        await pilot.press("[")
        assert TEXT[screen.cursor.at :].startswith("kept")

    at_screen(folder, go)


@pytest.mark.parametrize("size", SIZES)
def test_the_guide_can_be_read_to_its_end(folder: Path, size: tuple[int, int]) -> None:
    async def read(pilot: Pilot[None], screen: CodingScreen) -> None:
        for step, keys in enumerate((("f12",), ("}",), ("S",), ("c", *"good", "enter"), ("u",), ("S", "1"))):
            await pilot.press(*keys)
            await pilot.pause()
            words = " ".join(" ".join(row.strip() for row in rows(screen)[-4:]).split())
            assert f"{step + 1} of {len(STEPS)} {STEPS[step].words}" in words

    at_screen(folder, read, size=size)


# --- the mouse ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "last"), [(0, 8), (8, 0), (5, 13), (3, 2)])
def test_a_drag_codes_the_signs_under_both_ends(folder: Path, first: int, last: int) -> None:
    async def drag(pilot: Pilot[None], screen: CodingScreen) -> None:
        shown = rows(screen)
        row = next(number for number, row in enumerate(shown) if PAPER in row)
        left = shown[row].index(PAPER)
        await pilot.mouse_down(offset=(left + first, row))
        await pilot.hover(offset=(left + last, row))
        await pilot.mouse_up(offset=(left + last, row))
        low, high = sorted((first, last))
        painted = grounds(screen, row)[left : left + len(PAPER)]
        paint = PAINTS["qda-dark"]
        marked = [at for at, ground in enumerate(painted) if ground in (paint.selection, paint.cursor)]
        assert marked == list(range(low, high + 1))
        await pilot.press("c", *"good", "enter")
        assert codings(folder) == [("goodwill", PAPER[low : high + 1].strip())]

    at_screen(folder, drag)


def test_after_a_drag_the_keys_go_on_from_its_end(folder: Path) -> None:
    async def drag(pilot: Pilot[None], screen: CodingScreen) -> None:
        shown = rows(screen)
        row = next(number for number, row in enumerate(shown) if PAPER in row)
        left = shown[row].index(PAPER)
        for first, last, key, wanted in (
            (0, 3, "shift+right", "They "),
            (8, 5, "shift+left", " gave"),
            (5, 8, "shift+left", "gav"),
        ):
            await pilot.mouse_down(offset=(left + first, row))
            await pilot.hover(offset=(left + last, row))
            await pilot.mouse_up(offset=(left + last, row))
            await pilot.press(key)
            start, end = screen.cursor.selection or (0, 0)
            assert TEXT[start:end] == wanted
            await pilot.press("escape")

    at_screen(folder, drag)


# --- typing ahead -------------------------------------------------------------------------------------------

AHEAD = [
    ("}Scgoodwill\r", [("goodwill", PAPER)], []),
    ("}Scgood\r)S1", [("goodwill", PAPER), ("goodwill", "I had no other way.")], []),
    (
        "}Scgood\re" + "sure of it\x13" + ")S1",
        [("goodwill", PAPER), ("goodwill", "I had no other way.")],
        ["sure of it"],
    ),
    ("}Sma memo of mine\x13" + "cgood\r", [("goodwill", PAPER)], ["a memo of mine"]),
    ("/agency kept\rScgood\r", [("goodwill", "The agency kept its word.")], []),
    ("}Scgood\rW2\r:4\rS1", [("goodwill", PAPER), ("goodwill", "The agency kept its word.")], []),
]


@pytest.mark.parametrize(("keys", "coded", "memos"), AHEAD, ids=[repr(keys) for keys, *_ in AHEAD])
@pytest.mark.parametrize("ready", [True, False])
def test_what_is_typed_in_one_go_is_done_key_by_key(
    folder: Path, keys: str, coded: list[tuple[str, str]], memos: list[str], *, ready: bool
) -> None:
    (folder / "config").mkdir()
    (folder / "config" / "screen.json").write_text('{"guided": true}', encoding="utf-8")
    with terminal(folder, ready=ready) as started:
        if not ready:
            started.wait_for("qda")  # the first that is painted
        started.write(f"{keys}\x11")
        assert started.end(20) == 0
    assert codings(folder) == coded
    with Study.open(folder) as study:
        assert [memo.body for memo in study.memos.all()] == memos


def test_a_click_with_shift_takes_in_the_sign_that_is_clicked(folder: Path) -> None:
    async def click(pilot: Pilot[None], screen: CodingScreen) -> None:
        shown = rows(screen)
        row = next(number for number, row in enumerate(shown) if PAPER in row)
        left = shown[row].index(PAPER)
        for first, last, wanted in ((0, 3, "They"), (8, 5, "gave"), (2, 3, "ey")):
            await pilot.press("escape")
            await pilot.click(offset=(left + first, row))
            await pilot.click(offset=(left + last, row), shift=True)
            start, end = screen.cursor.selection or (0, 0)
            assert TEXT[start:end] == wanted
        await pilot.click(offset=(left + 8, row), shift=True)  # the other end stays
        start, end = screen.cursor.selection or (0, 0)
        assert TEXT[start:end] == "ey gave"

    at_screen(folder, click)


def test_a_drag_beside_the_words_takes_whole_lines(folder: Path) -> None:
    async def drag(pilot: Pilot[None], screen: CodingScreen) -> None:
        shown = rows(screen)
        row = next(number for number, row in enumerate(shown) if PAPER in row)
        left = shown[row].index(PAPER)
        behind = shown[row].index("ill.") + 8
        for start, end, wanted in (
            ((left + 5, row), (behind, row), "gave me a paper. I had no other way. My mother was ill."),
            ((behind, row), (left + 22, row), "I had no other way. My mother was ill."),
            ((left - 5, row), (left + 3, row), "R: They"),
            ((left + 5, row), (left - 5, row), "R: They g"),
        ):
            await pilot.press("escape")
            await pilot.mouse_down(offset=start)
            await pilot.hover(offset=end)
            await pilot.mouse_up(offset=end)
            low, high = screen.cursor.selection or (0, 0)
            assert TEXT[low:high] == wanted

    at_screen(folder, drag, size=(160, 40))


# --- while the list of codes is open ------------------------------------------------------------------------


@pytest.mark.parametrize("drag", [True, False])
def test_the_mouse_does_not_change_the_words_while_a_code_is_picked_for_them(folder: Path, *, drag: bool) -> None:
    async def pick(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press(NEXT_TURN, "c")
        if drag:
            screen.dragged((0, 2))
        else:
            [coding] = screen.opened.spans.all()
            screen.pointed(coding.key)
        await pilot.press(*"goodwill", "enter")
        assert (PAPER, "goodwill") in [(words, code) for code, words in codings(folder)]

    with Study.open(folder, "anna") as study:
        study.codings.apply("talk", "agency", 3, 9)
    at_screen(folder, pick)


def test_a_text_that_is_changed_by_somebody_waits_until_the_code_is_picked(folder: Path) -> None:
    async def pick(pilot: Pilot[None], screen: CodingScreen) -> None:
        await pilot.press(NEXT_TURN, "c")
        with Study.open(folder, "bram") as other:
            edit_source(other, "talk", document(TEXT.replace("paper", "sheet")), {})
        screen.look_around()
        await pilot.pause()
        assert screen.app.screen is screen
        assert screen.picker.is_open
        await pilot.press(*"goodwill", "enter")
        assert "changed" in status(screen)  # as the refusal says, or the look around that may come before it is read
        assert codings(folder) == []
        screen.look_around()
        await pilot.pause()
        assert screen.app.screen is not screen
        assert "sheet" in "".join(rows(screen.app.screen))

    at_screen(folder, pick)

"""The adjudication screen: every place side by side in the text, each way to decide, and what it refuses."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from judging_world import CODINGS, PAINT, THIRD, Judge, make, place_of, shown
from painted import signs
from textual import events

from qda.model.transcript import Transcript
from qda.store import Study
from qda.store.coding_lines import CodingRow
from qda.store.revisions import edit_source

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SIZES = ((80, 24), (120, 40))


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("QDA_TRACEBACK", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("made") / "study")


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def judge(
    folder: Path, journey: Callable[[Judge], Awaitable[None]], size: tuple[int, int] = (80, 24), coder: str = "lead"
) -> None:
    """Go on a journey through the places of the study."""

    async def run() -> None:
        async with shown(folder, size, coder) as hand:
            await journey(hand)

    asyncio.run(run())


# --- what is shown ------------------------------------------------------------------------------------------


def test_all_places_are_listed_with_their_kind_and_progress(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        kinds = ("agreed", "boundary", "missed", "different code", "extra")
        rows = hand.rows()
        assert "pilot   0 of 5 decided" in rows[0]
        for number, kind in enumerate(kinds, start=1):
            assert any(f"○ {number} " in row and kind in row for row in rows)
        await hand.press("down", "1")
        assert "1 of 5 decided" in hand.rows()[0]
        assert any("● 2 " in row and "as anna" in row for row in hand.rows())

    judge(folder, journey)


@pytest.mark.parametrize("size", SIZES)
def test_coders_stand_below_the_very_words_that_they_marked(folder: Path, size: tuple[int, int]) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down")
        assert hand.under("Nobody asked me.", "1 anna") == "├fear──────────┤"
        assert hand.under("Nobody asked me.", "2 bram") == "       ├fear───┤"
        await hand.press("down")
        assert hand.under("We talked", "1 anna") == "├trust──┤"
        assert "2 bram  nothing" in hand.text()
        await hand.press("down", "down")
        assert hand.under("They came at night.", "2 bram") == "├fear─────────────┤"

    judge(folder, journey, size)


def test_bars_have_the_colour_of_their_family_and_say_all_without(folder: Path) -> None:
    """The name of the code stands in each bar, and the label of the coder before it."""

    async def journey(hand: Judge) -> None:
        await hand.press("down", "down", "down")
        strips = hand.screen._compositor.render_strips()
        bars = {}
        for strip in strips[11:]:
            for segment in strip:
                if "├" in segment.text or "─┤" in segment.text:
                    assert segment.style is not None
                    assert segment.style.color is not None
                    bars[segment.text.strip("├─┤")] = segment.style.color.name
        colours = hand.app.colours(hand.app.workspace.tree)
        paths = {code.path: colours.get(code.key) for code in hand.app.workspace.tree.codes}
        assert bars["police"] == paths["trust"]
        assert bars["fear"] == paths["fear"]
        assert bars["police"] != bars["fear"]

    judge(folder, journey)


def test_a_new_span_is_seen_without_colour(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def journey(hand: Judge) -> None:
        await hand.press("down", "v", "left", "left")
        region = hand.screen.stage.region
        strips = hand.screen._compositor.render_strips()[region.y : region.bottom]
        turned = "".join(
            segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse
        )
        assert turned == "Nobody aske", "all but the last sign, which is underlined"
        lined = "".join(
            segment.text for strip in strips for segment in strip if segment.style and segment.style.underline
        )
        assert lined == "d"
        assert hand.under("Nobody asked me.", "new") == "├fear──────┤    "

    judge(folder, journey)


def test_three_coders_stand_side_by_side(tmp_path: Path) -> None:
    folder = make(tmp_path / "study", (*CODINGS, *THIRD))

    async def journey(hand: Judge) -> None:
        await hand.press("down")
        assert hand.under("Nobody asked me.", "1 anna") == "├fear──────────┤"
        assert hand.under("Nobody asked me.", "2 bram") == "       ├fear───┤"
        assert hand.under("Nobody asked me.", "3 cleo") == "             ├─┤"
        await hand.press("3")
        assert hand.under("Nobody asked me.", "= decided") == "             ├─┤"
        assert hand.consensus() == [("fear", "me.")]
        await hand.press("up", "3")
        assert hand.consensus() == [("fear", "me.")], "who gave nothing says that there is nothing"
        assert "2 of 6 decided" in hand.rows()[0]
        await hand.press("4")
        assert "the coders here are 1-3: anna, bram, cleo" in hand.said()

    judge(folder, journey)


def test_two_codes_of_one_coder_have_a_lane_each(tmp_path: Path) -> None:
    more = (*CODINGS, ("anna", "fear", "The return was voluntary."), ("bram", "fear", "The return was voluntary."))
    folder = make(tmp_path / "study", more)

    async def journey(hand: Judge) -> None:
        names = [row for row in hand.rows() if "1 anna" in row or "2 bram" in row]
        assert sum("├trust" in row for row in names) == 2
        await hand.press("*")
        assert hand.consensus() in ([("trust", "The return was voluntary.")], [("fear", "The return was voluntary.")])

    judge(folder, journey)


def test_a_long_place_is_scrolled_to_and_read_on(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    make(folder)
    with Study.open(folder, coder="lead") as study:
        words = "R: " + " ".join(f"word{number}" for number in range(900)) + "\n"
        study.sources.add(Transcript("long", "txt", words.encode(), words, "utf-8"), speakers={})
        start, end = words.index("word400"), words.index("word700")
        for coder in ("dora", "emil"):
            study.coder = coder
            study.codings.import_rows([CodingRow(1, "long", "fear", coder, start, end)], "coded")
            study.progress.set("long", coder, "done")

    async def journey(hand: Judge) -> None:
        await hand.press("tab")
        assert "codings as they are" in hand.rows()[0]
        rows = [row for row in hand.rows() if "word400 " in row]
        assert rows
        assert "word398" in hand.text() or "word390" in hand.text()
        await hand.press(*("J",) * 4)
        assert "word400 " not in "\n".join(hand.stage())
        await hand.press(*("K",) * 4)
        assert "word400 " in "\n".join(hand.stage())

    judge(folder, journey)


@pytest.mark.parametrize(("words", "cells"), [("日本語のことば", 14), ("e\u0301te\u0301", 3), ("👩‍👩‍👧 gut", 6)])
def test_bars_keep_to_the_cells_of_wide_and_joined_signs(tmp_path: Path, words: str, cells: int) -> None:
    folder = tmp_path / "study"
    with Study.create(folder, coder="lead") as study:
        text = f"ab {words} und mehr"
        study.sources.add(Transcript("wide", "txt", text.encode(), text, "utf-8"), speakers={})
        study.codebook.add("x")
        for coder in ("anna", "bram"):
            study.coder = coder
            study.codings.import_rows([CodingRow(1, "wide", "x", coder, 3, 3 + len(words))], "coded")
            study.progress.set("wide", coder, "done")

    async def journey(hand: Judge) -> None:
        lane = next(row for row in hand.stage() if "1 anna" in row)
        place = list(signs(lane))
        at = next(number for number, (sign, _) in enumerate(place) if sign == "├")
        bar = next(number for number, (sign, _) in enumerate(place) if sign == "┤")
        assert bar - at + 1 == cells

    judge(folder, journey)


def test_right_to_left_words_have_their_bar_below_them(tmp_path: Path) -> None:
    """In a line that is read from the right, the first word stands at the right edge, and so does its bar."""
    folder = tmp_path / "study"
    text = "שלום לכולם ותודה"
    with Study.create(folder, coder="lead") as study:
        study.sources.add(Transcript("right", "txt", text.encode(), text, "utf-8"), speakers={})
        study.codebook.add("x")
        for coder in ("anna", "bram"):
            study.coder = coder
            study.codings.import_rows([CodingRow(1, "right", "x", coder, 0, 4)], "coded")
            study.progress.set("right", coder, "done")

    async def journey(hand: Judge) -> None:
        rows = hand.stage()
        lane = next(row for row in rows if "1 anna" in row)
        words = rows[rows.index(lane) - 1]
        assert words.rindex("ש") == lane.index("┤")
        assert words.index("ם", words.index("ו")) >= 0
        assert lane.index("├") == lane.index("┤") - 3

    judge(folder, journey)


# --- each way to decide -------------------------------------------------------------------------------------


# number of the place, keys, what was taken (how, whose, by which rule for ends), the consensus that comes of it
WAYS = (
    (3, ("1",), ("coder", "anna", ""), [("trust", "We talked")]),
    (3, ("2",), ("none", None, ""), []),
    (3, ("x",), ("none", None, ""), []),
    (4, ("2",), ("coder", "bram", ""), [("fear", "for hours about going home.")]),
    (
        4,
        ("*",),
        ("all", None, "union"),
        [("fear", "for hours about going home."), ("trust/police", "for hours about going home.")],
    ),
    (2, ("*",), ("all", None, "union"), [("fear", "Nobody asked me.")]),
    (2, ("=", "*"), ("all", None, "intersection"), [("fear", "asked me.")]),
    (2, ("=", "=", "*"), ("all", "bram", "lead"), [("fear", "asked me.")]),
    (5, ("r",), ("recode", None, ""), []),
)


def test_one_key_decides_and_one_takes_it_back(folder: Path) -> None:
    before = _state(folder)

    async def journey(hand: Judge) -> None:
        for number, keys, taken, expected in WAYS:
            await hand.press("g", *("down",) * (number - 1), *keys)
            assert hand.decision() == (*taken, "discussion", "", "lead")
            assert hand.consensus() == expected
            assert "u takes it back" in hand.said()
            await hand.press("u")
            assert hand.state() == before
            assert "0 of 5 decided" in hand.rows()[0]
        await hand.press("U")
        assert hand.decision()[0] == "recode"

    judge(folder, journey)


def _state(folder: Path) -> str:
    with Study.open(folder) as study:
        return str(study.state_hash())


def test_what_coders_coded_stays(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("1", "z", "2", "z", "x", "z", "*", "z", "r")
        own = hand.read(lambda study: [one for one in study.codings.all() if one.layer == "independent"])
        assert len(own) == len(CODINGS)
        assert "4 of 5 decided" in hand.rows()[0]

    judge(folder, journey)


def test_the_next_open_place_is_one_key_away(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("1", "down", "down", "1", "up", "up", "z")
        assert hand.screen.rows.at == 1
        await hand.press("z", "z")
        assert hand.screen.rows.at == 4
        await hand.press("r", "z", "2", "z", "1", "z")
        assert hand.screen.rows.at == 4, "what waits for the codebook is open"
        await hand.press("x", "z")
        assert "nothing that is here is open; D records the consensus as done" in hand.said()

    judge(folder, journey)


def test_reasons_are_written_before_or_behind(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("e")
        await hand.type("They say so.")
        await hand.press("enter")
        assert "why: They say so." in hand.text()
        await hand.press("t", "1")
        assert hand.decision() == ("coder", "anna", "", "arbiter", "They say so.", "lead")
        await hand.press("e")
        await hand.type(" Both.")
        await hand.press("enter")
        assert hand.decision()[4] == "They say so. Both."
        assert "They say so. Both." in hand.text()
        await hand.press("2")
        assert hand.decision() == ("coder", "bram", "", "arbiter", "They say so. Both.", "lead")
        await hand.press("u", "u")
        assert hand.decision()[4] == "They say so."

    judge(folder, journey)


def test_who_writes_why_stands_for_it(folder: Path) -> None:
    async def decide(hand: Judge) -> None:
        await hand.press("1")

    async def explain(hand: Judge) -> None:
        await hand.press("e")
        await hand.type("Yes.")
        await hand.press("enter")
        assert hand.decision()[4:] == ("Yes.", "anna")

    judge(folder, decide)
    judge(folder, explain, coder="anna")


def test_a_place_is_opened_again(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("o")
        assert "nothing is decided on this place" in hand.said()
        await hand.press("1", "o")
        assert hand.consensus() == []
        assert "the place is open again — u takes it back" in hand.said()
        assert "0 of 5 decided" in hand.rows()[0]
        await hand.press("u")
        assert hand.consensus() == [("trust", "The return was voluntary.")]

    judge(folder, journey)


# --- a new span ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_a_new_span_is_made_on_the_text(folder: Path, size: tuple[int, int]) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "v")
        assert hand.under("Nobody asked me.", "new") == "├fear──────────┤"
        await hand.press("left", "left")
        assert hand.under("Nobody asked me.", "new") == "├fear──────┤    "
        await hand.press("tab", "right", "shift+right")
        assert hand.under("Nobody asked me.", "new") == "        ├──┤ fea"
        chosen = _cells(hand, PAINT.selection) | _cells(hand, PAINT.cursor)
        assert "".join(sign for _, _, sign in sorted(chosen)) == "sked"
        assert [sign for _, _, sign in _cells(hand, PAINT.cursor)] == ["s"]
        await hand.press("enter")
        assert hand.consensus() == [("fear", "sked")]
        assert hand.decision()[0] == "span"

    judge(folder, journey, size)


def _cells(hand: Judge, ground: str) -> set[tuple[int, int, str]]:
    """Where a ground is painted: row, column, sign."""
    found = set()
    for y, strip in enumerate(hand.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            for sign, width in signs(segment.text):
                style = segment.style
                if style is not None and style.bgcolor is not None and style.bgcolor.name == ground:
                    found.add((y, x, sign))
                x += width
    return found


def test_several_spans_are_taken_at_once(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("v", "left", "left", "left", "+")
        assert hand.under("The return was voluntary.", "new") == "├trust───┤ ├─┤ trust     "
        await hand.press("right", "enter")
        assert hand.consensus() == [("trust", "The return"), ("trust", "was voluntary")]
        assert hand.decision()[0] == "span"
        await hand.press("down", "down", "down", "v", "+")
        assert "there are no words behind this span" in hand.said()

    judge(folder, journey)


def test_escape_gives_the_new_span_up(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("v", "left", "escape")
        assert "the place is as it was" in hand.said()
        assert not _cells(hand, PAINT.cursor)
        assert hand.consensus() == []
        await hand.press("1")
        assert hand.consensus() == [("trust", "The return was voluntary.")]

    judge(folder, journey)


def test_ends_begin_with_those_of_a_coder(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "v", "2", "tab", "left", "enter")
        assert hand.consensus() == [("fear", "Nobody asked me.")]
        await hand.press("v", "2", "enter")
        assert hand.consensus() == [("fear", "asked me.")]
        await hand.press("down", "v", "2")
        assert "bram has nothing here whose ends could be taken" in hand.said()

    judge(folder, journey)


def test_where_two_codes_are_at_stake_the_span_asks_for_one(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "down", "down", "v", *("left",) * 3, "enter")
        assert "Which code do the words get?" in hand.text()
        await hand.type("fear")
        await hand.press("enter")
        assert hand.consensus() == [("fear", "for hours about")]

    judge(folder, journey)


def test_another_code_on_the_words(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "down", "c")
        await hand.type("unused")
        await hand.press("enter")
        assert "end of unused" in hand.said()
        await hand.press("enter")
        assert hand.consensus() == [("unused", "We talked")]
        await hand.press("v", "c")
        await hand.type("police")
        await hand.press("enter", "enter")
        assert hand.consensus() == [("trust/police", "We talked")]

    judge(folder, journey)


def test_a_span_must_meet_its_place(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("v", "tab", *("right",) * 4, "tab", *("right",) * 3, "tab", *("right",) * 4, "enter")
        assert "does not meet place 1" in hand.said()
        assert hand.consensus() == []

    judge(folder, journey)


# --- with the mouse -----------------------------------------------------------------------------------------


def test_the_mouse_takes_a_version_and_chooses_words(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down")
        rows = hand.rows()
        y = next(at for at, row in enumerate(rows) if "├fear──────────┤" in row)
        x = rows[y].index("├")
        await hand.pilot.click(offset=(x + 2, y), times=2)
        await hand.pilot.pause()
        assert hand.consensus() == [("fear", "Nobody asked me.")]
        for kind, cell in ((events.MouseDown, x + 7), (events.MouseMove, x + 11), (events.MouseUp, x + 11)):
            await hand.pilot._post_mouse_events([kind], offset=(cell, y - 1), button=1)
        await hand.pilot.pause()
        assert hand.under("Nobody asked me.", "new") == "       ├───┤ fea"
        await hand.press("enter")
        assert hand.consensus() == [("fear", "asked")]
        y = next(at for at, row in enumerate(hand.rows()) if "2 bram  fear" in row)
        await hand.pilot.click(hand.screen.words, offset=(1, y - hand.screen.words.region.y), times=2)
        await hand.pilot.pause()
        assert hand.consensus() == [("fear", "asked me.")]

    judge(folder, journey)


def test_the_line_above_the_list_can_be_clicked(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        row = hand.rows()[1]
        await hand.pilot.click(hand.screen.names, offset=(row.index("discussion"), 0))
        assert "arbiter" in hand.rows()[1]
        await hand.pilot.click(hand.screen.names, offset=(row.index("union"), 0))
        assert "intersection" in hand.rows()[1]

    judge(folder, journey)


# --- many at once -------------------------------------------------------------------------------------------


def test_what_all_agree_on_is_taken_over_by_a_rule(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("t", "y")
        assert "Take over what all agree on. Whose ends?" in hand.text()
        await hand.type("lead:bram")
        await hand.press("enter")
        assert "took over 2 agreed places, with the ends of bram" in hand.said()
        assert hand.consensus() == [("fear", "asked me."), ("trust", "The return was voluntary.")]
        modes = hand.read(lambda study: {one.mode for one in study.decisions.all()})
        assert modes == {"arbiter"}
        await hand.press("u")
        assert hand.consensus() == []

    judge(folder, journey)


def test_the_consensus_is_recorded_as_done(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("D")
        assert "no other source is ready; 5 places of 2 sources still open" in hand.said()
        await hand.press("G", "2", "D")
        assert "the consensus is done in 1 source; 4 places of 1 source still open" in hand.said()
        done = hand.read(lambda study: [(row[0], row[3]) for row in study.progress.by_keys() if row[2] == 1])
        assert done == [(hand.read(lambda study: study.sources.get("visit").key), "done")]
        await hand.press("o")
        reopened = hand.read(lambda study: [row[3] for row in study.progress.by_keys() if row[2] == 1])
        assert reopened == ["in progress"]

    judge(folder, journey)


# --- what is shown of the list ------------------------------------------------------------------------------


def test_decided_places_can_be_hidden_and_the_list_narrowed(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("H", "1")
        assert "ONLY what is open: 4 of 5 places" in hand.text()
        assert hand.screen.rows.count == 4
        assert hand.screen.rows.at == 0
        await hand.press("f")
        await hand.type("missed")
        await hand.press("enter")
        assert hand.screen.rows.count == 1
        await hand.press("escape", "escape")
        assert hand.screen.rows.count == 5

    judge(folder, journey)


def test_the_place_in_the_transcript(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "enter")
        await hand.pilot.pause()
        name, start, _ = place_of("Nobody asked me.")
        assert hand.app.opened == [(name, start)]

    judge(folder, journey)


# --- what it refuses ----------------------------------------------------------------------------------------


def test_a_blind_round_that_is_not_revealed_is_refused(tmp_path: Path) -> None:
    folder = make(tmp_path / "study", reveal=False)
    before = _state(folder)

    async def journey(hand: Judge) -> None:
        assert "the round 'pilot' is blind and not revealed" in hand.text()
        for secret in ("fear", "trust", "Nobody", "night"):
            assert secret not in hand.text()
        for key in ("1", "*", "v", "c", "e", "o", "y", "D", "z", "enter", "=", "H"):
            await hand.press(key)
            assert "Nobody" not in hand.text()
        assert hand.consensus() == []
        assert hand.state() == before
        await hand.press("tab")
        for secret in ("fear", "Nobody", "night"):
            assert secret not in hand.text()

    for coder in ("lead", "anna"):
        judge(folder, journey, coder=coder)


def test_an_open_round_can_be_decided_on_once_two_have_handed_in(tmp_path: Path) -> None:
    folder = make(tmp_path / "study", blind=False, reveal=False)

    async def journey(hand: Judge) -> None:
        await hand.press("1")
        assert "1 of 5 decided" in hand.rows()[0]

    judge(folder, journey)


def test_without_anything_to_decide_it_says_what_to_do(tmp_path: Path) -> None:
    Study.create(tmp_path / "study", coder="lead").close()

    async def journey(hand: Judge) -> None:
        assert "There is nothing to decide on" in hand.text()
        assert "qda round new pilot" in hand.text()
        for key in ("1", "v", "e", "o", "y", "D", "z", "enter", "tab", "=", "t", "H"):
            await hand.press(key)
        assert "there is no place here to decide on" not in hand.rows()[0]

    judge(tmp_path / "study", journey)


def test_who_decides_must_be_named(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("1")
        assert "say who decides first" in hand.said()
        assert hand.consensus() == []

    judge(folder, journey, coder="")


def test_a_text_that_was_changed_meanwhile_is_shown_anew(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("1")
        with Study.open(folder, coder="bram") as other:
            text = "R: They came at noon.\n"
            edit_source(other, "visit", Transcript("visit", "txt", text.encode(), text, "utf-8"), speakers={})
        await hand.press("G", "2")
        assert "the text of this source was changed" in hand.said()
        assert hand.consensus() == [("trust", "The return was voluntary.")]
        hand.screen._look_around()
        await hand.pilot.pause()
        assert "1 of 4 decided" in hand.rows()[0]
        assert "d 1 note" in hand.rows()[0]
        await hand.press("d")
        assert "the text was changed after the round was made: visit" in hand.text()

    judge(folder, journey)


def test_what_somebody_else_decides_meanwhile_appears_and_a_new_span_stays(folder: Path) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "v", "left", "left")
        with Study.open(folder, coder="anna") as other:
            from qda.reports.adjudication.deciding import Wanted, decide
            from qda.reports.adjudication.worklist import work_list

            work = work_list(other, "pilot")
            decide(other, work, [work.items[0]], Wanted("anna"))
        hand.screen._look_around()
        await hand.pilot.pause()
        assert "1 of 5 decided" in hand.rows()[0]
        assert hand.under("Nobody asked me.", "new") == "├fear──────┤    "
        await hand.press("enter")
        assert ("fear", "Nobody asked") in hand.consensus()

    judge(folder, journey)


def test_private_proposals_of_another_round_are_not_offered(folder: Path) -> None:
    from qda.model.rounds import Part, Terms

    with Study.open(folder, coder="lead") as study:
        text = "More words."
        study.sources.add(Transcript("third", "txt", text.encode(), text, "utf-8"), speakers={})
        one = study.sources.get("third")
        part = Part(one.key, one.revision_key, whole=True, start=0, end=0)
        study.rounds.make("second", ["anna", "bram"], [part], Terms(blind=True))
        study.coder = "bram"
        study.codebook.add("secret")

    async def journey(hand: Judge) -> None:
        assert "pilot" in hand.rows()[0]
        await hand.press("c")
        await hand.type("secret")
        assert "secret" not in "\n".join(hand.rows()).replace("type", "").split("secret", 1)[-1]
        await hand.press("enter", "escape", "escape")
        assert hand.consensus() == []
        await hand.press("tab")
        assert "the round 'second' is blind and not revealed" in hand.text()

    judge(folder, journey, coder="anna")


@pytest.mark.parametrize("size", [(40, 12), (200, 60)])
def test_it_can_be_used_at_any_size(folder: Path, size: tuple[int, int]) -> None:
    async def journey(hand: Judge) -> None:
        await hand.press("down", "v", "left", "left", "enter")
        assert hand.consensus() == [("fear", "Nobody asked")]
        assert all(len(row) <= size[0] for row in hand.rows())

    judge(folder, journey, size)

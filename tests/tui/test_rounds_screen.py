"""The screen of rounds: made, coded, handed in, revealed, handed out and compared; and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from places import NARROW, WIDE, copy_of_sample, press, run, seen, settle, use, write

from qda.store import Study
from qda.store.standing import my_part, standing
from qda.tui.adjudication.screen import AdjudicationScreen
from qda.tui.coding.screen import CodingScreen
from qda.tui.report.state import state_of
from qda.tui.reports import ReportsScreen
from qda.tui.rounds import RoundsScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

SOURCES = ("nl_return_counsellor", "no_official")


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_sample(tmp_path)


def command(folder: Path, coder: str, *words: str) -> None:
    status, _, said = run("--study", str(folder), "--coder", coder, *words)
    assert status == 0, said


def make(folder: Path, *more: str) -> None:
    """The round `first` of Anna and Bram on two sources."""
    for coder in ("Anna", "Bram"):
        for source in SOURCES:
            command(folder, coder, "progress", "set", source, "in progress")
    named = [word for source in SOURCES for word in ("--source", source)]
    command(folder, "Lead", "round", "new", "first", "--for", "Anna", "--for", "Bram", *(more or named))


def rounds(folder: Path) -> list[Any]:
    with Study.open(folder) as study:
        return [standing(study, one) for one in study.rounds.all()]


async def field(pilot: Pilot[None], name: str, words: str) -> None:
    """Write into a field of the form."""
    pilot.app.screen.query_one(f"#{name}").focus()
    await press(pilot, "ctrl+e", "ctrl+u")
    named = {" ": "space", ",": "comma", "%": "percent_sign", "_": "underscore"}
    await press(pilot, *(named.get(sign, sign) for sign in words))


def test_without_rounds_it_says_what_to_do(folder: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r")
        assert isinstance(pilot.app.screen, RoundsScreen)
        assert "There are no rounds yet." in seen(pilot)
        assert "a    makes one" in seen(pilot)
        for key in ("enter", "D", "o", "e", "E", "y"):
            await press(pilot, key)
            assert "there is no round here; a makes one" in seen(pilot)

    use(folder, journey)


def test_a_round_is_made_in_a_form_as_by_command(folder: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "a")
        for name, words in (("name", "pilot"), ("coders", "Anna, Dora"), ("draw", "25 %"), ("seed", "7")):
            await field(pilot, name, words)
        screen: Any = pilot.app.screen
        screen.query_one("#by").value = "host_country"
        screen.query_one("#unit").value = "turn"
        await field(pilot, "threshold", "0.7")
        await press(pilot, "ctrl+s")
        assert "the round 'pilot' is made" in seen(pilot)
        assert "of 4 done" in seen(pilot)
        await press(pilot, "u")
        assert "There are no rounds yet." in seen(pilot)
        await press(pilot, "U")

    use(folder, journey, WIDE)
    other = ("--share", "25", "--seed", "7", "--by", "host_country", "--unit", "turn", "--threshold", "0.7")
    command(folder, "Lead", "round", "new", "other", "--for", "Anna", "--for", "Dora", *other)
    made, by_command = rounds(folder)
    assert made.round.primary == by_command.round.primary
    assert (made.round.drawn, made.round.seed, made.round.blind) == (by_command.round.drawn, "7", True)
    assert set(made.coders) == {"Anna", "Dora"}
    with Study.open(folder, "Anna") as study:
        assert [one.part for one in my_part(study, made.round)] == [
            one.part for one in my_part(study, by_command.round)
        ]


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("coders", "Anna", "two coders at least"),
        ("sources", "nowhere", "there is no source named 'nowhere'"),
        ("draw", "many", "how many are drawn is a whole number"),
        ("draw", "101 %", "at most 100 per cent"),
        ("length", "0", "the length of stretches is a whole number"),
        ("threshold", "high", "--threshold is a number"),
    ],
)
def test_what_the_form_refuses_is_said_in_it(folder: Path, name: str, words: str, said: str) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "a")
        await field(pilot, "name", "pilot")
        await field(pilot, name, words)
        await press(pilot, "ctrl+s")
        assert said in " ".join(seen(pilot).split())
        await press(pilot, "escape", "escape")
        assert "There are no rounds yet." in seen(pilot)

    use(folder, journey)
    assert rounds(folder) == []


def test_my_part_opens_where_something_is_left_to_do(folder: Path) -> None:
    make(folder)
    command(folder, "Anna", "progress", "set", SOURCES[0], "done")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r")
        assert "yours: 1 of 2 parts done · Enter goes on in no_official" in seen(pilot)
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.opened.source.name == "no_official"
        await press(pilot, "D", "escape")
        assert isinstance(pilot.app.screen, RoundsScreen)
        assert "2 of 2 parts done · D hands it in" in seen(pilot)

    use(folder, journey)


def test_a_part_of_stretches_opens_at_the_first_that_has_no_coding(folder: Path) -> None:
    make(folder, "--source", SOURCES[1], "--stretches", "1500")
    with Study.open(folder, "Anna") as study:
        parts = my_part(study, study.rounds.get("first"))
        left = parts[2].part
        for coding in study.codings.all(left.source):
            if coding.start < left.end and left.start < coding.end and coding.coder == study.coders.find("Anna"):
                study.codings.remove(coding.uid)
    assert len(parts) > 3
    assert parts[0].codings

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.cursor.at == left.start

    use(folder, journey)


def test_handing_in_and_revealing_say_first_what_they_mean(folder: Path) -> None:
    make(folder)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "D")
        words = " ".join(seen(pilot).split())
        assert "You have not marked as done: nl_return_counsellor, no_official." in words
        assert "What counts for the round is what you have coded by now." in words
        await press(pilot, "escape")
        assert "0 of 2 handed in" in seen(pilot)
        await press(pilot, "D", "enter")
        assert "your part of 'first' is handed in — u takes it back" in seen(pilot)
        assert "handed in: Anna · not yet: Bram" in seen(pilot)
        await press(pilot, "D")
        assert "Anna has handed in the round 'first' already" in seen(pilot)
        await press(pilot, "o")
        words = " ".join(seen(pilot).split())
        assert "Without Bram, who has not handed in and is left out." in words
        assert "This cannot be undone: what was hidden has been seen." in words
        await press(pilot, "escape")
        assert "1 of 2 handed in" in seen(pilot)
        await press(pilot, "o", "enter")
        assert "revealed" in seen(pilot)
        await press(pilot, "o")
        assert "is revealed already" in seen(pilot)
        await press(pilot, "u")
        assert "a reveal cannot be undone" in seen(pilot)

    use(folder, journey)
    (one,) = rounds(folder)
    assert one.round.revealed
    assert one.handed_in == ("Anna",)


def test_it_is_judged_by_something_else(folder: Path) -> None:
    make(folder)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "e")
        screen: Any = pilot.app.screen
        screen.query_one("#stat").value = "kappa"
        await field(pilot, "threshold", "0.6")
        await press(pilot, "ctrl+s")
        assert "'first' is judged by kappa (char), threshold 0.6" in seen(pilot)

    use(folder, journey, WIDE)
    (one,) = rounds(folder)
    assert (one.round.primary.stat, one.round.primary.threshold) == ("kappa", 0.6)


def test_a_hand_out_is_written_to_a_file(folder: Path) -> None:
    make(folder)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "E")
        await write(pilot, "Bram")
        await press(pilot, "enter")
        assert "first-Bram.db" in seen(pilot)
        await press(pilot, "enter")
        assert "and nothing of anybody else's" in " ".join(seen(pilot).split())
        await press(pilot, "E")
        await write(pilot, "Bram")
        await press(pilot, "enter", "enter")
        assert "exists already" in " ".join(seen(pilot).split())

    use(folder, journey)
    with Study.open(folder / "first-Bram.db") as study:
        assert sorted(study.sources.names()) == sorted(SOURCES)
        assert study.coder == "Bram"


def test_a_hand_out_has_its_own_name_above_and_is_not_offered_to_be_revealed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder)
    command(folder, "Lead", "round", "hand-out", "first", "--coder", "Bram", "-o", str(folder / "first-Bram.db"))
    monkeypatch.chdir(folder)

    async def journey(pilot: Pilot[None]) -> None:
        assert "qda first-Bram › " in seen(pilot)
        await press(pilot, "escape", "ctrl+r")
        assert "qda first-Bram › Rounds" in seen(pilot)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, RoundsScreen)  # no question
        assert "is revealed in the study that it came from" in " ".join(seen(pilot).split())

    use(Path("first-Bram.db"), journey, WIDE)
    _, _, said = run("--study", "first-Bram.db", "report", "agreement", "--round", "first")
    assert "is revealed in the study that it came from" in said


def test_the_agreement_of_a_round_is_shown(folder: Path) -> None:
    make(folder)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "y")
        assert "blind and not revealed" in " ".join(seen(pilot).split())
        for coder in ("Anna", "Bram"):
            command(folder, coder, "round", "submit", "first")
        command(folder, "Lead", "round", "reveal", "first")
        await press(pilot, "ctrl+r", "y")
        screen = pilot.app.screen
        assert isinstance(screen, ReportsScreen)
        assert "in the round first" in seen(pilot)
        assert screen.state.report is not None
        assert "--round first" in str(screen.state.report.manifest["command"])

    use(folder, journey, WIDE)


def test_the_places_of_a_round_are_decided_on_by_one_key_from_it(folder: Path) -> None:
    make(folder)
    for coder in ("Anna", "Bram"):
        command(folder, coder, "round", "submit", "first")
    command(folder, "Lead", "round", "reveal", "first")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "z")
        assert "Adjudication   first   0 of " in seen(pilot)
        await press(pilot, "1", "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        await press(pilot, "escape")
        assert "Adjudication   first   1 of " in seen(pilot)

    use(folder, journey)


def test_from_a_disagreement_in_the_report_its_place_is_decided_on(folder: Path) -> None:
    make(folder)
    for coder in ("Anna", "Bram"):
        command(folder, coder, "round", "submit", "first")
    command(folder, "Lead", "round", "reveal", "first")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "f7", "z")
        assert "only the agreement report has places to decide on" in seen(pilot)
        await press(pilot, "ctrl+r", "y")
        state = state_of(pilot.app.workspace)  # type: ignore[attr-defined]
        state.options["agreement"] |= {"disagreements": True}
        await press(pilot, ".", "down", "down", "down")
        screen = pilot.app.screen
        assert isinstance(screen, ReportsScreen)
        assert screen.sheet is not None
        row = dict(zip(screen.sheet.columns, screen.sheet.rows[3], strict=True))
        await press(pilot, "z")
        deciding = pilot.app.screen
        assert isinstance(deciding, AdjudicationScreen)
        item = deciding.item()
        assert item.source.name == row["source"]
        assert item.place.start <= int(str(row["start"])) < item.place.end
        await press(pilot, "f7", "enter", "down")
        one = screen.state.behind
        assert one is not None
        await press(pilot, "z")
        deciding = pilot.app.screen
        assert isinstance(deciding, AdjudicationScreen)
        assert (deciding.item().source.name, deciding.state.round) == (one.excerpts[-1].source, "first")

    use(folder, journey, WIDE)


@pytest.mark.parametrize("size", [NARROW, (60, 16)])
def test_it_fits_small_screens(folder: Path, size: tuple[int, int]) -> None:
    make(folder)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r")
        lines = seen(pilot).splitlines()
        assert all(len(line) <= size[0] for line in lines)
        assert any("first" in line and "blind" in line and "0 of 2 handed in" in line for line in lines)
        assert "Esc back  ? help" in lines[-1]
        await press(pilot, "a")
        assert "Ctrl+S saves all" in seen(pilot)

    use(folder, journey, size)


# --- while one codes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_the_text_says_that_it_is_coded_blindly(folder: Path, size: tuple[int, int]) -> None:
    make(folder)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "enter")
        assert "◐ blind round first" in seen(pilot).splitlines()[0]
        assert "not your part" not in seen(pilot)
        for coder in ("Anna", "Bram"):
            command(folder, coder, "round", "submit", "first")
        command(folder, "Lead", "round", "reveal", "first")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        screen.look_around()
        await press(pilot, "right")
        assert "◐" not in seen(pilot).splitlines()[0]

    use(folder, journey, size)


def test_whoever_is_not_in_a_blind_round_reads_that_it_is_not_theirs(folder: Path) -> None:
    command(folder, "Lead", "round", "new", "theirs", "--for", "Bram", "--for", "Ingrid", "--source", SOURCES[1])

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r")
        assert "nothing of it is assigned to you" in seen(pilot)
        await press(pilot, "enter")
        assert "nothing of the round 'theirs' is assigned to you" in seen(pilot)
        await press(pilot, "f3", "f")
        await write(pilot, "no_official")
        await press(pilot, "enter", "enter")
        assert "◐ blind round theirs, not yours" in seen(pilot).splitlines()[0]

    use(folder, journey, WIDE)


def test_stretches_that_are_assigned_stand_out(folder: Path) -> None:
    make(folder, "--source", SOURCES[1], "--stretches", "1200", "--number", "2", "--seed", "3")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert "◐ blind round first: your 2 stretches" in seen(pilot).splitlines()[0]
        with Study.open(folder, "Anna") as study:
            mine = sorted((one.part.start, one.part.end) for one in my_part(study, study.rounds.get("first")))
        length = len(screen.opened.text)
        inside = set[int]().union(*(range(*span) for span in mine))
        assert {at for span in screen.look.aside for at in range(*span)} == set(range(length)) - inside
        assert screen.cursor.at in inside
        assert "not your part" not in seen(pilot)
        out = next(at for at in range(length) if at not in inside)
        screen.said = None
        screen.travel(lambda: screen.cursor.go(out))
        await press(pilot)
        assert "not your part" in seen(pilot).splitlines()[-1]

    use(folder, journey, WIDE)


def test_a_code_proposed_in_a_blind_round_has_its_name_at_once(folder: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "escape", "ctrl+r", "enter", "S", "c")
        await write(pilot, "zebra")
        await press(pilot, "enter")
        await settle(pilot)
        assert "zebra on" in " ".join(seen(pilot).split())  # what was done
        assert seen(pilot).count("zebra") > 1  # and beside the text

    make(folder)
    use(folder, journey)

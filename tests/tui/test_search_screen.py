"""The screen of searching: hits while one types, the way to the text and back, and coding many of them at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from places import NARROW, WIDE, copy_of_sample, press, run, sample, seen, settle, use, write

from qda.errors import QdaError
from qda.model.nouns import many
from qda.store import Study
from qda.tui.coding.screen import CodingScreen
from qda.tui.hits.passages import Passages
from qda.tui.report.counting import Door
from qda.tui.search import SearchScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


def screen_of(pilot: Pilot[None]) -> SearchScreen:
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    return screen


def found_by_command(folder: Path, *words: str) -> list[tuple[Any, ...]]:
    status, out, _ = run("--study", str(folder), "search", *words, "--format", "json")
    assert status == 0
    return [(hit["source"], hit["start"], hit["end"], hit["text"], hit["turn"]) for hit in json.loads(out)]


def codings_of(folder: Path, path: str) -> set[tuple[str, str]]:
    """The sources and words of a coder's codings of one code."""
    with Study.open(folder) as study:
        names = {source.key: source.name for source in study.sources.all()}
        texts = {source.key: study.sources.text(source.key) for source in study.sources.all()}
        code = study.codebook.get(path).key
        anna = study.coders.find("Anna")
        return {
            (names[one.source], texts[one.source][one.start : one.end])
            for one in study.codings.all()
            if one.code == code and one.coder == anna
        }


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_hits_come_while_one_types_and_stay_on_the_way_back(size: tuple[int, int]) -> None:
    expected = found_by_command(sample(), "embassy")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        assert "Type at least two letters" in seen(pilot)
        await write(pilot, "emba")
        await write(pilot, "ssy")
        screen = screen_of(pilot)
        assert [tuple(hit) for hit in screen.state.hits] == expected
        words = seen(pilot)
        assert expected[0][0] in words
        assert f"{len(expected)} hits" in words
        assert "turn" in words
        await press(pilot, "enter", "down", "down", "space")
        opened: list[tuple[str, int]] = []
        go = pilot.app.open_source  # type: ignore[attr-defined]

        def open_source(name: str, place: int = 0, **more: str) -> None:
            opened.append((name, place))
            go(name, place, **more)

        pilot.app.open_source = open_source  # type: ignore[attr-defined]
        await press(pilot, "up", "enter")
        assert opened[0] == expected[2][:2]
        assert isinstance(pilot.app.screen, CodingScreen)
        await press(pilot, "f8")
        back = screen_of(pilot)
        assert back is not screen
        assert back.state.hits == screen.state.hits
        assert back.state.ticked == {2}
        assert back.listing.at == 2
        assert "embassy" in seen(pilot)
        assert back.focused is None  # so that Enter and Space mean the hits

    use(sample(), journey, size)


@pytest.mark.parametrize(
    ("times", "option", "words"),
    [(1, "--exact", "The embassy"), (2, "--regex", r"emb\w+y\b"), (3, "--lemma", "return")],
)
def test_other_ways_to_search(times: int, option: str, words: str) -> None:
    expected = found_by_command(sample(), words, option)
    assert expected

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await pilot.press(*["ctrl+t"] * times)
        await write(pilot, words)
        await press(pilot, "enter")
        assert [tuple(hit) for hit in screen_of(pilot).state.hits] == expected

    use(sample(), journey)


def test_wrong_patterns_and_words_that_are_not_there_are_said() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8", "ctrl+t", "ctrl+t")
        await write(pilot, "(unclosed")
        assert "the pattern" in seen(pilot)
        await press(pilot, "ctrl+t", "ctrl+t", "ctrl+u")
        await write(pilot, "zzzz")
        assert "was not found" in seen(pilot)
        await press(pilot, "enter", "c")
        assert "nothing is found that could be coded" in seen(pilot)
        await press(pilot, "enter", "space", "*", "down", "pagedown", "end")
        assert isinstance(pilot.app.screen, SearchScreen)

    use(sample(), journey)


def test_one_letter_waits_for_enter() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "q")
        assert not screen_of(pilot).state.hits
        await press(pilot, "enter")
        assert screen_of(pilot).state.hits

    use(sample(), journey)


def test_all_ticked_hits_are_coded_at_once_and_taken_back_at_once(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    path = "strategy/goodwill/framing"
    before, hits = codings_of(folder, path), found_by_command(folder, "embassy")
    changes: list[int] = []

    async def journey(pilot: Pilot[None]) -> None:
        study = pilot.app.study  # type: ignore[attr-defined]
        await press(pilot, "f8")
        await write(pilot, "embassy")
        await press(pilot, "enter", "*")
        assert f"{len(hits)} ticked" in seen(pilot)
        changes.append(len(study.changes.all()))
        await press(pilot, "c")
        await write(pilot, "framing")
        await press(pilot, "enter")
        assert f"Put {path} on {len(hits)} hits?" in seen(pilot)
        await press(pilot, "escape")
        assert len(study.changes.all()) == changes[0]
        await press(pilot, "c")
        await write(pilot, "framing")
        await press(pilot, "enter", "enter")
        assert f"{len(hits)} codings of {path} made" in seen(pilot)
        changes.append(len(study.changes.all()))
        assert not screen_of(pilot).state.ticked
        made = codings_of(folder, path) - before
        assert made == {(hit[0], hit[3]) for hit in hits}
        await press(pilot, "u")
        assert "taken back" in seen(pilot)
        assert codings_of(folder, path) == before
        await press(pilot, "U")
        assert codings_of(folder, path) - before == made
        await press(pilot, "*", "c")
        await write(pilot, "framing")
        await press(pilot, "enter")
        assert "there already" in seen(pilot)
        await press(pilot, "enter")
        assert "nothing was changed" in seen(pilot)

    use(folder, journey, WIDE)
    assert changes[1] == changes[0] + 1


@pytest.mark.parametrize(("times", "how"), [(1, "word"), (2, "sentence"), (3, "turn")])
def test_codings_reach_as_far_as_is_chosen(tmp_path: Path, times: int, how: str) -> None:
    folder = copy_of_sample(tmp_path)
    path = "strategy/whole_of_government"
    before, hits = codings_of(folder, path), found_by_command(folder, "embass")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "embass")
        await press(pilot, "enter", "space", "space", "c")
        await write(pilot, "whole_of")
        await press(pilot, "enter", *["down"] * times, "enter")
        assert "made" in seen(pilot)

    use(folder, journey)
    made = codings_of(folder, path) - before
    sources = [source for source, _ in made]
    assert set(sources) == {hit[0] for hit in hits[:2]}
    for source, words in made:
        assert "embass" in words.casefold()
        if how == "word":
            assert " " not in words
        if how == "sentence":
            assert words == words.strip()
        if how == "turn":
            with Study.open(folder) as study:
                found = study.sources.get(source)
                text = study.sources.text(found.key)
                bodies = {text[turn.body : turn.end] for turn in study.sources.turns(found.revision_key)}
            assert words in bodies


def test_whole_words_keep_hyphens_and_marks(tmp_path: Path) -> None:
    text = "R1: De her-\nindiening, zo’n geval. En naar cafe\u0301s.\n"
    (tmp_path / "een.txt").write_text(text, encoding="utf-8")
    folder = tmp_path / "klein"
    assert run("init", str(folder))[0] == 0
    assert run("--study", str(folder), "import", str(tmp_path / "een.txt"))[0] == 0
    with Study.open(folder) as study:
        from qda.reports.search import search

        passages = Passages(study)
        for words, whole in (("geval", "geval"), ("’n", "zo’n"), ("nding", ""), ("ien", "indiening")):
            for hit in search(study, words):
                start, end = passages.reach(hit, "word")
                assert text[start:end] == whole


def test_without_a_coder_or_a_code_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("I: How?\n\nR1: So it was.\n")
    folder = tmp_path / "bare"
    assert run("init", str(folder))[0] == 0

    async def empty(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        assert "There are no sources yet" in seen(pilot)

    use(folder, empty)
    assert run("--study", str(folder), "import", str(tmp_path / "one.txt"))[0] == 0

    async def no_code(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "so it")
        await press(pilot, "enter")
        pilot.app.study.coder = ""  # type: ignore[attr-defined]
        await press(pilot, "c")
        assert "say who codes first" in seen(pilot)

    use(folder, no_code)


def test_a_new_code_is_made_for_hits_and_goes_with_one_undo(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    hits = found_by_command(folder, "embassy")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "embassy")
        await press(pilot, "enter", "*", "c")
        await write(pilot, "rse")  # letters of many codes in their order, the beginning of none
        lines = seen(pilot).splitlines()
        new = next(at for at, line in enumerate(lines) if "+ new code: rse" in line)
        loose = next((at for at, line in enumerate(lines) if "resources" in line), new + 1)
        assert new < loose
        await press(pilot, "enter")
        assert "the new code rse" in seen(pilot)
        await press(pilot, "enter")
        assert f"{len(hits)} codings of rse made" in seen(pilot)
        assert codings_of(folder, "rse") == {(hit[0], hit[3]) for hit in hits}
        await press(pilot, "u")
        with Study.open(folder) as study:
            assert study.codebook.tree().find("rse") is None

    use(folder, journey, WIDE)


@pytest.mark.parametrize("typed", ["framing", "FRAMING", "fram"])
def test_a_name_or_its_beginning_goes_before_looser_fits(tmp_path: Path, typed: str) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "embassy")
        await press(pilot, "enter", "c")
        await write(pilot, typed)
        offered = "+ new code" in seen(pilot)
        assert offered == (typed == "fram")  # a code of that very name is not made twice
        await press(pilot, "enter")
        assert "Put strategy/goodwill/framing on 1 hit?" in seen(pilot)

    use(copy_of_sample(tmp_path), journey, WIDE)


def test_hits_only_of_some_sources_codes_and_coders() -> None:
    everywhere = found_by_command(sample(), "return")
    source = everywhere[0][0]
    in_one = found_by_command(sample(), "return", "--source", source)
    by_ingrid = found_by_command(sample(), "return", "--source", source, "--coder", "Ingrid")
    assert 0 < len(in_one) < len(everywhere)

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "return")
        await press(pilot, "enter", "f")
        assert "Search: only where" in seen(pilot)
        rows = [line for line in seen(pilot).splitlines() if "Sources" in line or "Coders" in line or "Codes" in line]
        assert len(rows) == 3
        await choose(pilot, "Sources", source)
        await press(pilot, "ctrl+s")
        assert [tuple(hit) for hit in screen_of(pilot).state.hits] == in_one
        assert f"ONLY in {source}: {len(in_one)} hit" in seen(pilot)
        assert "Esc searches all" in seen(pilot)
        await press(pilot, "f")
        await choose(pilot, "Coders", "Ingrid")
        await press(pilot, "ctrl+s")
        assert [tuple(hit) for hit in screen_of(pilot).state.hits] == by_ingrid
        await press(pilot, "escape")
        assert [tuple(hit) for hit in screen_of(pilot).state.hits] == everywhere
        assert "ONLY" not in seen(pilot)
        assert isinstance(pilot.app.screen, SearchScreen)

    use(sample(), journey, WIDE)


async def choose(pilot: Pilot[None], field: str, value: str) -> None:
    """Go to a field of the form, and choose a value of it."""
    for _ in range(6):
        if f"▌{field}" in seen(pilot):
            break
        await press(pilot, "down")
    await press(pilot, "enter")
    await write(pilot, value)
    await press(pilot, "enter")


def test_the_hits_of_each_source_are_counted() -> None:
    expected = found_by_command(sample(), "return")
    counts = {hit[0]: sum(one[0] == hit[0] for one in expected) for hit in expected}
    last = list(counts)[-1]

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "return")
        await press(pilot, "enter", ":")
        words = seen(pilot)
        assert f"{len(expected)} hits in {len(counts)} sources" in words
        assert all(f"{name}  {many(number, 'hit')}" in words for name, number in counts.items())
        await write(pilot, last)
        await press(pilot, "enter")
        assert screen_of(pilot).state.hits[screen_of(pilot).listing.at].source == last

    use(sample(), journey, WIDE)


def test_a_hit_opens_where_it_stands_and_the_way_back_leads_to_it() -> None:
    expected = found_by_command(sample(), "embassy")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "embassy")
        await press(pilot, "enter", "down", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert (screen.opened.source.name, screen.cursor.at) == expected[1][:2]
        assert screen.opened.text[screen.cursor.at :].startswith(expected[1][3])
        assert "Esc leads back to the search" in seen(pilot)
        assert await pilot.app.go_back()  # type: ignore[attr-defined]
        await settle(pilot)
        assert screen_of(pilot).listing.at == 1

    use(sample(), journey)


def test_the_mouse_chooses_ways_and_hits() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "embassy")
        screen = screen_of(pilot)
        await pilot.click("#modes", offset=(11, 0))
        await settle(pilot)
        assert screen.state.mode == "exact"
        await pilot.click("Listing", offset=(10, 4))
        await settle(pilot)
        assert screen.listing.at == 1
        assert screen.focused is None
        await pilot.click("Listing", offset=(10, 4), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)

    use(sample(), journey)


def test_it_reads_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8")
        await write(pilot, "embassy")
        await press(pilot, "enter", "space")
        assert "✓" in seen(pilot)

    use(sample(), journey)


def test_a_pattern_without_end_can_be_given_up() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f8", "ctrl+t", "ctrl+t")
        screen = screen_of(pilot)
        screen.line.value = r"((\w+\s?)+)+$x"
        await pilot.pause(1.5)
        assert "searching for" in seen(pilot)
        screen.line.value = "embassy"
        await settle(pilot)
        assert len(screen.state.hits) == len(found_by_command(sample(), "embassy", "--exact"))

    use(sample(), journey)


def test_the_study_behind_a_door_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QdaError):
        Door(tmp_path / "none" / "study.db", "Anna").open()

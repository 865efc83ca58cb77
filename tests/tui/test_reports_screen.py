"""The screen of the reports: every figure opens its excerpts, every way back leads to it, files equal the command's."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from places import NARROW, WIDE, copy_of_sample, press, run, sample, seen, settle, use, write

from qda.cli.selecting import used_by
from qda.model.selection import Selection
from qda.reports import registry
from qda.reports.registry import NEED_BY, REPORTS
from qda.store import Study
from qda.tui.coding.screen import CodingScreen
from qda.tui.report.charts import Bars, Heat
from qda.tui.report.kinds import KINDS, kind_of, narrowed
from qda.tui.reports import ReportsScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDA_CONFIG", str(tmp_path / "config"))


def screen_of(pilot: Pilot[None]) -> ReportsScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReportsScreen)
    return screen


async def go_to(pilot: Pilot[None], report: str) -> ReportsScreen:
    """Choose a report from the list, so that those before it are not counted."""
    await press(pilot, "f7")
    screen = screen_of(pilot)
    if screen.state.name != report:
        await press(pilot, "t")
        await write(pilot, kind_of(report).title)
        await press(pilot, "enter")
    assert screen.state.name == report
    return screen


async def compare_by(pilot: Pilot[None], attribute: str) -> None:
    await press(pilot, "b")
    await write(pilot, attribute)
    await press(pilot, "enter")


def report_json(folder: Path, *words: str) -> dict[str, Any]:
    status, out, _ = run("--study", str(folder), "report", *words, "--format", "json", "--evidence")
    assert status == 0
    found: dict[str, Any] = json.loads(out)
    return found


def claim(folder: Path) -> Path:
    """The study with a claim for which words are cited; the sample has none."""
    for words in (
        ("add", "Family decides more than policy", "--scope", "code agency_level"),
        ("cite", "1", "nigerian_returnee", "3763", "3831"),
    ):
        assert run("--study", str(folder), "--coder", "Anna", "claims", *words)[0] == 0
    return folder


@pytest.mark.parametrize(
    ("report", "size"),
    [*((report, NARROW) for report in REPORTS), ("cooccurrence", WIDE), ("framework", WIDE), ("agreement", WIDE)],
)
def test_all_reports_open_sort_and_drill(report: str, size: tuple[int, int], tmp_path: Path) -> None:
    folder = claim(copy_of_sample(tmp_path)) if report == "claims" else sample()

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, report)
        if report in NEED_BY:
            assert "Compare the codes by what?" in seen(pilot)
            await compare_by(pilot, "origin_country")
        words = seen(pilot)
        title = screen.state.report.title if screen.state.report else "?"
        assert title[:40] in words
        assert "Unit: " in words
        await press(pilot, "down", "right", "O", "O", "O", "F", "end", "home", "ctrl+end", "pageup", "enter")
        assert screen.state.behind is not None
        assert "Esc back" in seen(pilot)
        await press(pilot, "escape")
        assert screen.state.behind is None

    use(folder, journey, size)


def test_all_reports_come_one_after_the_other() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f7")
        for report in [*REPORTS][1:]:
            await press(pilot, "tab")
            assert screen_of(pilot).state.name == report
        await press(pilot, "tab", "shift+tab")
        assert screen_of(pilot).state.name == [*REPORTS][-1]

    use(sample(), journey)


def test_a_cell_opens_its_evidence_and_the_way_back_leads_to_it() -> None:
    evidence = report_json(sample(), "frequency")["evidence"]
    fullest = max((cell for cell in evidence if cell.endswith("|passages")), key=lambda cell: len(evidence[cell]))

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "frequency")
        await press(pilot, "O")
        await press(pilot, "enter")
        behind = screen.state.behind
        assert behind is not None
        assert {one.id for one in behind.excerpts} == set(evidence[fullest])
        await press(pilot, "down", "down")
        one = behind.excerpts[2]
        assert one.text.split()[0] in seen(pilot)
        opened: list[tuple[str, int]] = []
        go = pilot.app.open_source  # type: ignore[attr-defined]

        def open_source(name: str, place: int = 0, **more: str) -> None:
            opened.append((name, place))
            go(name, place, **more)

        pilot.app.open_source = open_source  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert opened[0] == (one.source, one.start)
        assert isinstance(pilot.app.screen, CodingScreen)
        landed = pilot.app.screen
        assert (landed.opened.source.name, landed.cursor.at) == (one.source, one.start)
        chosen = landed.opened.spans.get(landed.look.chosen or 0)
        assert chosen is not None
        assert (chosen.uid, chosen.start, chosen.end) == (one.id, one.start, one.end)
        assert "Esc leads back to the reports" in seen(pilot)
        await press(pilot, "f7")
        back = screen_of(pilot)
        assert back is not screen
        assert back.state.behind is behind
        assert back.listing.at == 2
        assert back.grid.sheet is not None
        assert back.grid.sheet.label(back.grid.here[0] if back.grid.here else -1) == fullest.rpartition("|")[0]
        assert back.grid.sorted == (1, True)
        await press(pilot, "escape")
        assert back.state.behind is None
        assert pilot.app.screen is back

    use(sample(), journey, WIDE)


def test_a_zero_opens_the_sources_that_were_read() -> None:
    read = report_names(sample())

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "frequency")
        await press(pilot, "O", "O", "home", "right", "enter")
        behind = screen.state.behind
        assert behind is not None
        assert not behind.excerpts
        assert list(behind.read) == read
        assert "no such coding here" in seen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.opened.source.name == read[0]

    use(sample(), journey)


def report_names(folder: Path) -> list[str]:
    with Study.open(folder) as study:
        return [source.name for source in study.sources.all()]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("cooccurrence", ()),
        ("comparison", ("--by", "origin_country")),
        ("excerpts", ()),
    ],
)
def test_every_cell_of_a_table_knows_its_evidence(report: str, words: tuple[str, ...]) -> None:
    found = report_json(sample(), report, *words)
    evidence, known = found["evidence"], set(found["evidence"])

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, report)
        if report in NEED_BY:
            await compare_by(pilot, "origin_country")
        sheet = screen.sheet
        assert sheet is not None
        opened = set()
        for row in range(len(sheet.rows)):
            for column in range(len(sheet.columns)):
                names = set(sheet.names(row, column)) & known
                assert names, (row, column)
                opened |= names
        hidden = {cell for cell in known - opened if evidence[cell]}
        assert not hidden

    use(sample(), journey)


def test_a_cell_of_the_framework_is_written_and_goes_stale(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "framework")
        await press(pilot, "home", "e")
        assert "go to the cell of a theme first" in seen(pilot)
        while screen.state.spot.row != "Grace":
            await press(pilot, "down")
        await press(pilot, *["right"] * 8)
        assert "open (6)" in seen(pilot)
        await press(pilot, "e")
        assert "Grace × actor" in seen(pilot)
        assert "nigerian_returnee" in seen(pilot)  # the passages stand above the words
        await press(pilot, "ctrl+s")
        assert "a summary needs words" in seen(pilot)
        await write(pilot, "Everybody she met.")
        await press(pilot, "ctrl+s")
        assert "written (6)" in seen(pilot)
        assert "Everybody she met." in seen(pilot)
        with Study.open(folder, "Bram") as study:
            study.codebook.describe("actor", definition="Somebody else.")
        await press(pilot, ".")
        assert "stale (6) · a definition changed · Everybody she met." in seen(pilot)
        await press(pilot, "e", "ctrl+s")  # it still holds
        assert "written (6)" in seen(pilot)

    use(folder, journey, WIDE)
    with Study.open(folder, "Anna") as study:
        assert [one.body for one in study.summaries.all()] == ["Everybody she met."]


def test_a_state_is_set_by_hand_in_a_cell_of_the_comparison(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)

    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "comparison")
        await compare_by(pilot, "host_country")
        await press(pilot, "home", "e")
        assert "go to the cell of a value first" in seen(pilot)
        await press(pilot, "right", "e", "ctrl+s")
        assert "a state that is set by hand needs a reason" in seen(pilot)
        await write(pilot, "Only one.")
        await press(pilot, "ctrl+s")
        assert "‡ not firmly established" in seen(pilot)

    use(folder, journey, WIDE)
    with Study.open(folder, "Anna") as study:
        assert [(one.state, one.reason) for one in study.judgements.all()] == [("not firmly established", "Only one.")]


def test_the_matrix_opens_what_both_codes_share() -> None:
    evidence = report_json(sample(), "cooccurrence")["evidence"]

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "cooccurrence")
        sheet = screen.sheet
        assert sheet is not None
        place = next(
            (row, column)
            for row in range(len(sheet.rows))
            for column in range(2, len(sheet.columns))
            if column - 2 != row and sheet.rows[row][column]
        )
        await press(pilot, "home", *["down"] * place[0], *["right"] * place[1])
        await press(pilot, "enter")
        behind = screen.state.behind
        assert behind is not None
        one, other = sheet.codes(*place)
        assert {one.id for one in behind.excerpts} == set(evidence[f"{one}|{other}"])
        assert {one.code for one in behind.excerpts} == {one, other}

    use(sample(), journey, WIDE)


def test_charts_say_their_numbers_and_drill() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "frequency")
        await press(pilot, "right", "F")
        assert isinstance(screen.sheet, Bars)
        assert screen.sheet.measure == "characters"
        words = seen(pilot)
        assert "█" in words
        assert "▒" in words
        await press(pilot, "end", "O")
        assert screen.sheet.order[0] == max(
            range(len(screen.sheet.rows)),
            key=lambda row: float(screen.sheet.value(row, 3) or 0),  # type: ignore[union-attr]
        )
        await press(pilot, "enter")
        assert screen.state.behind is not None
        assert screen.state.behind.excerpts
        await press(pilot, "escape", "F")
        assert not isinstance(screen.sheet, Bars)
        screen = await go_to(pilot, "cooccurrence")
        await press(pilot, "F")
        assert isinstance(screen.sheet, Heat)
        assert "the diagonal" in seen(pilot)
        await press(pilot, "enter")
        assert screen.state.behind is not None
        await press(pilot, "escape")
        screen = await go_to(pilot, "comparison")
        await compare_by(pilot, "origin_country")
        await press(pilot, "F")
        words = seen(pilot)
        assert isinstance(screen.sheet, Heat)
        assert any(shade in words for shade in "░▒▓█")
        assert "not asked" in words  # the legend
        screen = await go_to(pilot, "excerpts")
        await press(pilot, "F")
        assert "this table has no chart" in seen(pilot)

    use(sample(), journey, WIDE)


@pytest.mark.parametrize("report", [*REPORTS])
def test_what_is_written_equals_the_command_line(tmp_path: Path, report: str) -> None:
    folder = claim(copy_of_sample(tmp_path)) if report == "claims" else copy_of_sample(tmp_path)
    one_coder = report != "agreement"  # which takes two
    forms = ("md", "csv", "json", *(("docx",) if report == "claims" else ()))

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, report)
        if report in NEED_BY:
            await compare_by(pilot, "origin_country")
        if one_coder:
            await press(pilot, "f")
            for _ in range(20):
                if "▌Coders" in seen(pilot):
                    break
                await press(pilot, "down")
            await press(pilot, "enter")
            await write(pilot, "Anna")
            await press(pilot, "enter", "ctrl+s")
            assert screen.state.selection.coders == ("Anna",)
        await press(pilot, "O")
        for form in forms:
            await press(pilot, *(("E",) if form == "md" else ("ctrl+e", form[0].replace("d", "w"))))
            if "holds something else" in seen(pilot):
                await press(pilot, "y")
            assert f"{report}.{form}" in seen(pilot).replace("\n", "")

    use(folder, journey, WIDE)
    by = ["--by", "origin_country"] if report in NEED_BY else []
    by += ["--coder", "Anna"] if one_coder else []
    there = tmp_path / "there"
    there.mkdir()
    for form in forms:
        words = ["report", report, *by, "--format", form, "-o", str(there / f"{report}.{form}")]
        assert run("--study", str(folder), *words)[0] == 0
    for file in there.iterdir():
        assert (folder / "exports" / file.name).read_bytes() == file.read_bytes()
    assert len(list(there.iterdir())) == len(forms) + 1  # CSV has one beside it that says what it means


def test_the_excerpts_can_be_written_as_quotations(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    assert run("--study", str(folder), "sensitive", "add", "no_official")[0] == 0

    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "excerpts")
        await press(pilot, "ctrl+e", "q")
        assert "for inside; for others: --profile public" in seen(pilot).replace("\n", " ")

    use(folder, journey)
    there = tmp_path / "there.md"
    assert run("--study", str(folder), "export", "markdown", "-o", str(there))[0] == 0
    assert (folder / "exports" / "quotations.md").read_bytes() == there.read_bytes()


def test_what_somebody_else_wrote_is_not_overwritten_unasked(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    mine = folder / "exports" / "frequency.json"
    mine.write_text("mine\n")

    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "frequency")
        await press(pilot, "ctrl+e", "j")
        assert "holds something else" in seen(pilot)
        await press(pilot, "escape")
        assert mine.read_text() == "mine\n"
        await press(pilot, "ctrl+e", "j", "b")
        assert mine.read_text() == "mine\n"
        assert (folder / "exports" / "frequency_2.json").exists()
        await press(pilot, "ctrl+e", "j", "y")
        assert mine.read_text() != "mine\n"
        await press(pilot, "ctrl+e", "j")  # the same again needs no question
        assert "Written" in seen(pilot)
        await press(pilot, "ctrl+e", "q")
        assert "not written" in seen(pilot)

    use(folder, journey)


def test_the_hints_are_those_of_the_excerpts_and_a_narrowed_count_is_seen() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "frequency")
        assert "O sort" in seen(pilot)
        await press(pilot, "O", "enter")
        assert "Enter text  ↑↓ next  Esc back to the table" in seen(pilot)
        assert "O sort" not in seen(pilot)
        await press(pilot, "escape")
        assert "O sort" in seen(pilot)
        assert "ONLY" not in seen(pilot)
        await press(pilot, "f", "down", "down", "enter")
        await write(pilot, "Ingrid")
        await press(pilot, "enter", "ctrl+s")
        assert "ONLY coders: Ingrid · f changes it" in seen(pilot)

    use(sample(), journey, WIDE)


def test_the_command_that_is_shown_makes_the_same_report() -> None:
    shown: list[str] = []
    made: list[str] = []

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "cooccurrence")
        await press(pilot, "f", "enter", "down", "enter", "down", "enter", "ctrl+s")
        assert dict(screen.state.wanted().options)["within"] == "turn"
        await press(pilot, "!")
        assert "qda report cooccurrence --within turn" in seen(pilot)
        await press(pilot, "escape", "d")
        assert "Two codes meet where" in seen(pilot)
        await press(pilot, "escape")
        assert screen.state.report is not None
        shown.append(str(screen.state.report.manifest["command"]))
        made.append(screen.state.report.title)

    use(sample(), journey)
    status, out, _ = run("--study", str(sample()), *shlex.split(shown[0])[1:])
    assert status == 0
    assert made[0] in out


def test_the_form_offers_what_the_study_has() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "frequency")
        await press(pilot, "f", "enter")
        await write(pilot, "goodwill/framing")
        assert "strategy/goodwill/framing" in seen(pilot)
        await press(pilot, "tab", "enter", "down", "enter")
        assert "left out" in seen(pilot)
        await press(pilot, "down", "down", "down", "down", "enter")
        assert "nl_ngo_adviser" in seen(pilot)
        await press(pilot, "escape", "down", "down", "enter")
        assert "origin_country = Nigeria" in seen(pilot)
        await write(pilot, "nigeria")
        await press(pilot, "enter", "ctrl+s")
        chosen = screen.state.selection
        assert chosen.codes == ("strategy/goodwill/framing",)
        assert not chosen.subcodes
        assert len(chosen.where) == 1
        assert chosen.where[0][1] == "Nigeria"
        assert "codes: strategy/goodwill/framing" in seen(pilot)
        await press(pilot, "f", "delete", "ctrl+s")
        assert screen.state.selection.codes == ()

    use(sample(), journey)


def test_places_and_moments_are_asked_in_the_form(tmp_path: Path) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "agreement")
        await press(pilot, "f", *["down"] * 9, "enter")
        assert "where coders are apart" in seen(pilot)
        await press(pilot, "ctrl+s")
        assert screen.state.report is not None
        assert screen.state.report.manifest["command"] == "qda report agreement --disagreements"
        screen = await go_to(pilot, "timeline")
        await press(pilot, "f", "down", "enter")
        await write(pilot, "timing")
        await press(pilot, "enter", "ctrl+s")
        assert screen.state.report is not None
        assert screen.state.report.manifest["command"] == "qda report timeline --moment timing"

    use(copy_of_sample(tmp_path), journey)


@pytest.mark.long
def test_agreement_is_asked_in_the_form_as_by_command(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    words = ("round", "new", "pilot", "--for", "Anna", "--for", "Bram", "--source", "no_official", "--open")
    assert run("--study", str(folder), *words)[0] == 0
    for coder in ("Anna", "Bram"):
        assert run("--study", str(folder), "--coder", coder, "round", "submit", "pilot")[0] == 0
    found: list[Any] = []

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "agreement")
        await press(pilot, "f")
        lines = seen(pilot).splitlines()
        assert all(any(label in line for line in lines) for label in ("Round", "Units", "Same passage", "Each source"))
        assert "Ctrl+S counts" in seen(pilot)
        await press(pilot, "enter")
        assert "open round, 2 of 2 handed in" in seen(pilot)
        await write(pilot, "pilot")
        await press(pilot, "enter", "down", "enter", "tab", "down", "down", "down", "tab", "enter")
        assert "characters, turns" in seen(pilot)
        await press(pilot, "down", "down", "enter")
        await write(pilot, "most characters")
        await press(pilot, "enter", "down", "enter")
        await press(pilot, "0", ".", "7", "5", "enter")
        assert "from an overlap of 0.75" in seen(pilot)
        await press(pilot, "down", "enter", "down", "enter")
        await write(pilot, "again and again")
        await press(pilot, "enter", "down", "enter", "4", "enter", "ctrl+s")
        assert "in the round pilot" in seen(pilot)
        assert screen.state.report is not None
        found.append(screen.state.report)
        await press(pilot, "f", "delete", "down", "delete", *["down"] * 5, "delete", "ctrl+s")
        wanted = dict(screen.state.wanted().options)
        assert (wanted["unit"], wanted["intervals"]) == ((), "jackknife")
        assert "in the round" not in seen(pilot)

    use(folder, journey)
    given = "--round pilot --unit char --unit turn --rule majority --overlap 0.75 --by-source"
    assert found[0].manifest["command"] == f"qda report agreement {given} --intervals bootstrap --seed 4"
    status, out, _ = run("--study", str(folder), *shlex.split(found[0].manifest["command"])[1:], "--format", "json")
    assert status == 0
    assert json.loads(out)["title"] == found[0].title
    assert len(json.loads(out)["rows"]) == len(found[0].table.rows)


def test_what_goes_against_each_other_is_refused_in_a_sentence() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "cooccurrence")
        screen.state.selection = Selection(layer="consensus", coders=("Anna",))
        await press(pilot, "f", "ctrl+s")
        assert "nobody's own coding" in seen(pilot)
        await press(pilot, "escape")
        screen.state.selection = Selection()
        screen.state.options["cooccurrence"] = {"within": "turn", "measure": "row"}
        await press(pilot, ".")
        assert "This report could not be made" in seen(pilot)
        await press(pilot, "E", "!", "enter", "O", "F")
        assert isinstance(pilot.app.screen, ReportsScreen)

    use(sample(), journey)


def test_a_report_that_is_new_in_the_registry_appears_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REPORTS, "overview", "a report that the screen has never heard of")
    function = registry.report_function
    monkeypatch.setattr(
        "qda.tui.report.counting.report_function", lambda name: function("frequency" if name == "overview" else name)
    )

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f7", "t")
        await write(pilot, "never heard")
        await press(pilot, "enter")
        screen = screen_of(pilot)
        assert screen.state.name == "overview"
        assert "Overview" in seen(pilot)
        assert "passages" in seen(pilot)
        await press(pilot, "enter")
        assert screen.state.behind is not None

    use(sample(), journey)


def test_reports_use_of_a_selection_what_the_commands_take() -> None:
    full = Selection(
        codes=("a",),
        coders=("b",),
        by=("c",),
        by_within="turn",
        roll_up=True,
        cases="d",
        roles=("other",),
        kinds=("e",),
        query="h",
    )
    assert set(KINDS) <= set(REPORTS)
    for name in KINDS:
        for within in ("overlap", "case"):
            for where in ((), (("f", "g"),)):
                selection = Selection(**{**vars_of(full), "where": where})
                options = {"within": within} if name == "cooccurrence" else {}
                mine = narrowed(selection, kind_of(name), options)
                assert mine == used_by(selection, name, within=options.get("within", ""))


def vars_of(selection: Selection) -> dict[str, Any]:
    return {name: getattr(selection, name) for name in Selection.__slots__}


def test_what_was_coded_meanwhile_is_counted_on_the_way_back(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)

    async def journey(pilot: Pilot[None]) -> None:
        screen = await go_to(pilot, "frequency")
        before = screen.state.report
        await press(pilot, "f2")
        code = pilot.app.study.codebook.tree().codes[0].path  # type: ignore[attr-defined]
        pilot.app.study.codings.apply("nl_ngo_adviser", code, 0, 9)  # type: ignore[attr-defined]
        await press(pilot, "f7")
        screen = screen_of(pilot)
        assert before is not None
        assert screen.state.report is not None
        assert screen.state.report.table.rows[0][1] == int(before.table.rows[0][1] or 0) + 1
        await press(pilot, "ctrl+home", "enter")
        assert screen.state.behind is not None
        assert [one.source for one in screen.state.behind.excerpts] == ["nl_ngo_adviser"]

    use(folder, journey)


def test_an_empty_study_says_what_to_do(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "empty"))[0] == 0

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f7")
        for _ in REPORTS:
            assert "There are no sources yet" in seen(pilot)
            await press(pilot, "tab", "enter", "O", "F", "E", "!", "d", "down", "right")

    use(tmp_path / "empty", journey)


def test_without_codings_it_says_so_and_a_selection_without_any_too(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("I: How?\n\nR1: So.\n")
    folder = tmp_path / "bare"
    assert run("init", str(folder))[0] == 0
    assert run("--study", str(folder), "import", str(tmp_path / "one.txt"))[0] == 0

    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f7")
        assert "There are no codes yet" in seen(pilot)

    use(folder, journey)
    assert run("--study", str(folder), "code", "add", "trust")[0] == 0

    async def journey_with_code(pilot: Pilot[None]) -> None:
        await press(pilot, "f7")
        assert "Nothing is coded yet" in seen(pilot)

    use(folder, journey_with_code)


def test_the_mouse_chooses_sorts_and_opens() -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await press(pilot, "f7")
        screen = screen_of(pilot)
        await pilot.click("#bar", offset=(20, 0))
        await settle(pilot)
        assert screen.state.name == "cooccurrence"
        await pilot.click("#bar", offset=(4, 0))
        await settle(pilot)
        column = next(x for at, x, _, _ in screen.grid._placed() if at == 1)
        await pilot.click("Grid", offset=(column + 3, 0))
        await settle(pilot)
        assert screen.grid.sorted == (1, True)
        await pilot.click("Grid", offset=(column + 3, 4), times=2)
        await settle(pilot)
        assert screen.grid.row == 3
        assert screen.state.behind is not None
        await pilot.click("Listing", offset=(10, 4))
        await settle(pilot)
        assert screen.listing.at == 1
        await pilot.click("#chosen")
        await settle(pilot)
        assert "what is counted" in seen(pilot)

    use(sample(), journey, WIDE)


def test_it_reads_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def journey(pilot: Pilot[None]) -> None:
        await go_to(pilot, "cooccurrence")
        await press(pilot, "F", "enter")
        assert "▌" in seen(pilot)

    use(sample(), journey)

"""The documentation names everything there is, its links lead somewhere, and the README does what it shows."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pages
import pytest

from qda.cli.demo import make_sample
from qda.cli.main import COMMANDS, main
from qda.io.codebook import read_codebook
from qda.reports.registry import REPORTS
from qda.tui.actions import ACTIONS, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGES = [*(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")), *sorted(ROOT.glob("docs/*.md"))]

_FENCE = re.compile(r"^```.*?^```\n", re.DOTALL | re.MULTILINE)
_CONSOLE = re.compile(r"^```console\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"""(?:\[[^\]]*\]\(|src(?:set)?=")([^)"\s]+)[)"]""")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LEFT_OUT = "…"
MAKE_ANEW = "python tests/pages.py makes the tables anew"
_REFUSED = re.compile(r"\s+# refused$")  # behind a command that must fail


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The headings of a page, written as links to them are."""
    headings = _HEADING.findall(_FENCE.sub("", text_of(page)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_command_has_its_section() -> None:
    headings = _HEADING.findall(_FENCE.sub("", text_of(ROOT / "docs/commands.md")))
    named = {word for heading in headings for word in re.findall(r"`qda ([a-z-]+)", heading)}
    assert named == set(COMMANDS)


def test_every_report_is_described() -> None:
    commands = text_of(ROOT / "docs/commands.md")
    assert [name for name in REPORTS if f"`qda report {name}`" not in commands] == []


def test_every_option_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    commands = text_of(ROOT / "docs/commands.md")
    for name in COMMANDS:
        with pytest.raises(SystemExit):
            main([name, "--help"])
        offered = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))
        assert [option for option in sorted(offered) if option not in commands] == [], name


def test_every_key_of_the_screen_is_described() -> None:
    text = text_of(pages.SCREEN)
    for action in ACTIONS:
        tables = text.partition(f"<!-- keys: {action.place} -->")[2].partition("<!-- end -->")[0]
        first = f"| {pages.code(shown(action.keys[0]))} "
        rows = [row for row in tables.splitlines() if row.startswith(first)]
        assert any(pages.cell(action.title) in row for row in rows), (MAKE_ANEW, action)


def test_the_architecture_names_every_file() -> None:
    text = text_of(pages.HOUSE)
    rooms = {file.relative_to(ROOT).parts[:2] for file in ROOT.glob("qda/*/**/*.py")}
    for room in sorted("/".join(parts) for parts in rooms):
        table = text.partition(f"<!-- files: {room} -->")[2].partition("<!-- end -->")[0]
        names = [str(file.relative_to(ROOT / room)) for file in ROOT.glob(f"{room}/**/*.py")]
        missing = [name for name in names if f"| `{name}` |" not in table and not name.endswith("__init__.py")]
        assert missing == [], (MAKE_ANEW, room)


@pytest.mark.parametrize("page", [pages.SCREEN, pages.HOUSE], ids=lambda page: page.name)
def test_what_is_made_in_the_pages_is_as_things_are(page: Path) -> None:
    assert text_of(page) == pages.filled(text_of(page)), MAKE_ANEW


def test_pictures_load_nothing_and_are_small() -> None:
    pictures = list(ROOT.glob("docs/pictures/*.svg"))
    assert len(pictures) == 6
    for picture in pictures:
        svg = text_of(picture)
        assert len(svg.encode()) < 200_000
        assert "@font-face" not in svg
        assert re.findall(r"url\((?!#)|(?:href|src)=|@import", svg) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", text_of(page))):
        if "://" in link:
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_machine(page: Path) -> None:
    assert (
        re.findall(r"(?<![\w.])/(?:home|root|tmp|work|usr|opt|Users)/|https?://(?:localhost|127\.)", text_of(page))
        == []
    )


def test_the_architecture_names_files_that_are_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", text_of(ROOT / "docs/architecture.md")))
    modules = {file.name for file in ROOT.glob("qda/**/*.py")}
    assert len(named) > 50
    assert [name for name in sorted(named) if Path(name).name not in modules and "NAME" not in name] == []


def test_codebooks_in_the_documentation_can_be_read() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```\n", text_of(ROOT / "docs/codebook-format.md"), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 4
    for block in blocks:
        whole = block if "codes:" in block else f"codes:\n{block}" if block[0] == "-" else f"codes:\n- name: a\n{block}"
        assert read_codebook(whole, "codebook-format.md").codes


def examples(page: Path) -> list[tuple[str, list[str]]]:
    """The commands of a page's console examples in order, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in _CONSOLE.findall(text_of(page)):
        for line in block.splitlines():
            if found and found[-1][0].endswith("\\"):
                found[-1] = (f"{found[-1][0].removesuffix(chr(92))} {line.strip()}", [])
            elif line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            elif line.strip() not in ("", _LEFT_OUT):
                found[-1][1].append(line)
    return found


@pytest.fixture
def new_folder() -> Iterator[Path]:
    """An empty folder, in memory where the system has such a place: many small transactions wait for a disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="qda-", dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.mark.long
def test_the_readme_does_what_it_shows(
    new_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QDA_CODER", raising=False)
    assert replay(ROOT / "README.md", new_folder, monkeypatch, capsys) > 20


@pytest.mark.parametrize(("page", "least"), [("claims", 15), ("queries", 5), ("confidentiality", 4)])
def test_a_page_does_what_it_shows(
    new_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str, least: int
) -> None:
    monkeypatch.setenv("QDA_CODER", "Anna")
    make_sample(new_folder / "demo")
    capsys.readouterr()
    assert replay(ROOT / f"docs/{page}.md", new_folder / "demo", monkeypatch, capsys) > least


def replay(page: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> int:
    """Do what a page shows, from a folder on, and compare what is printed; returns how many commands were done."""
    monkeypatch.chdir(place)
    shown = examples(page)
    for command, lines in shown:
        program, *words = shlex.split(_REFUSED.sub("", command))
        if program == "cd":
            place = place / words[0]
            monkeypatch.chdir(place)
            continue
        assert program == "qda", command
        status = main(words)
        said = capsys.readouterr()
        assert (status > 0) is bool(_REFUSED.search(command)), f"{command}\n{said.err}"
        printed = (said.out + said.err).splitlines()
        for line in lines:
            pattern = re.compile(".*".join(map(re.escape, line.split(_LEFT_OUT))))
            assert any(map(pattern.fullmatch, printed)), (
                f"'{command}' does not print\n{line}\nbut\n{said.out}{said.err}"
            )
    return sum(command.startswith("qda ") for command, _ in shown)

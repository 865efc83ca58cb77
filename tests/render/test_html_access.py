"""Who reads a page how: contrast from the colours in its CSS, roles and names, keys, scripts from right to left."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from qda.cli.main import main
from qda.render.svg import LIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Browser

CSS = (files("qda.render.html") / "page.css").read_text(encoding="utf-8")
THEMES = {
    theme: {name: found[at] for name, *found in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", CSS)}
    for at, theme in enumerate(("light", "dark"))
}
SHADES = tuple(f"s{step}" for step in range(1, 6))
# What is written in which colour on which ground; WCAG 2.2 AA asks for 4.5 (1.4.3).
WORDS = [(ink, ground) for ink in ("ink", "quiet", "link") for ground in ("ground", "raised")]
WORDS += [("ink", ground) for ground in (*SHADES, "mark")]
# Marks without words: 3 is enough (1.4.11).
MARKS = [("own", "raised"), ("focus", "ground"), ("focus", "raised"), ("quiet", "raised")]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_marks_stand_out(theme: str) -> None:
    colours = THEMES[theme]
    assert {pair: contrast(*map(colours.__getitem__, pair)) for pair in WORDS if weak(colours, pair, 4.5)} == {}
    assert {pair: contrast(*map(colours.__getitem__, pair)) for pair in MARKS if weak(colours, pair, 3)} == {}


def weak(colours: dict[str, str], pair: tuple[str, str], least: float) -> bool:
    return contrast(colours[pair[0]], colours[pair[1]]) < least


@pytest.mark.parametrize("colours", [*THEMES.values(), LIGHT])
def test_shades_go_one_way_whatever_colours_an_eye_tells_apart(colours: dict[str, str]) -> None:
    steps = [luminance(colours[shade]) for shade in SHADES]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert len(set(steps)) == len(steps)


def test_words_stand_out_in_a_picture_that_stands_alone() -> None:
    pairs = [("ink", ground) for ground in ("ground", *SHADES)] + [("quiet", "ground")]
    assert [pair for pair in pairs if weak(LIGHT, pair, 4.5)] == []


@pytest.mark.parametrize("report", ["cooccurrence", "comparison --by host_country", "frequency", "agreement"])
def test_a_picture_is_sound_and_writes_every_figure(
    sample: Path, capsys: pytest.CaptureFixture[str], report: str
) -> None:
    words = ("--study", str(sample), "report", *report.split(), "--code", "timing")
    capsys.readouterr()
    assert main([*words, "--format", "svg"]) == 0
    picture = ET.fromstring(capsys.readouterr().out)
    space = "{http://www.w3.org/2000/svg}"
    assert picture.get("role") == "img"
    assert picture.find(f"{space}title") is not None
    rows = [
        [text.text for text in row.iter(f"{space}text")] for row in picture.iter(f"{space}g") if row.get("data-row")
    ]
    assert rows
    if report == "cooccurrence":
        assert main([*words, "--format", "json"]) == 0
        table = {
            row.pop("code"): [str(figure) for figure in row.values()]
            for row in json.loads(capsys.readouterr().out)["rows"]
        }
        for name, *figures in rows:
            assert figures == table[name][-len(figures) :]


class Outline(HTMLParser):
    """What a page has for whoever hears it or uses keys."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_everything_has_a_role_and_a_name(book: Path) -> None:
    tags = Outline(book.read_text(encoding="utf-8")).tags
    names = [tag for tag, _ in tags]
    assert names.count("h1") == 1
    assert names.count("table") == names.count("caption")
    assert [given for tag, given in tags if tag == "html" and given.get("lang") != "en"] == []
    assert [given for tag, given in tags if tag == "button" and given.get("type") != "button"] == []
    assert [given for tag, given in tags if tag == "th" and given.get("scope") not in ("row", "col")] == []
    scrolled = [given for tag, given in tags if given.get("class") == "scroll"]
    assert scrolled
    assert all(one.get("role") == "region" and one.get("aria-label") and one.get("tabindex") == "0" for one in scrolled)
    ids = {given["id"] for _, given in tags if given.get("id")}
    named = {str(given.get("aria-labelledby")) for tag, given in tags if tag in ("section", "dialog")}
    assert named <= ids
    links = {str(given["href"])[1:] for tag, given in tags if tag == "a"}
    numbers = re.compile(r"c\d+|k\d+")
    assert {link for link in links - ids if not numbers.fullmatch(link)} == set()


def test_a_browser_tells_a_screen_reader_what_is_what(book: Path, browser: Browser) -> None:
    browser.open(book)
    browser.click('#r0 tbody tr:has(th[data-said="actor/iom"]) [data-e]')
    found = {(node["role"], node["name"]) for node in browser.heard()}
    roles = {role for role, _ in found}
    title = browser.run("document.getElementById('panel-title').textContent")
    assert ("dialog", title) in found
    assert {"dialog", "heading", "blockquote", "button"} <= roles
    browser.press("Escape")
    heard = browser.heard()
    assert {"banner", "navigation", "main", "table", "columnheader", "rowheader", "link"} <= {
        one["role"] for one in heard
    }
    assert ("button", "Print") in {(one["role"], one["name"]) for one in heard}
    assert [one for one in heard if one["role"] in ("button", "link", "table", "dialog") and not one["name"]] == []


def test_words_from_right_to_left_stand_so(tmp_path: Path, browser: Browser) -> None:
    words = "אני לא סומכת על המשרד בכלל."
    (tmp_path / "t.txt").write_text(f"I: a?\n\nR: {words}\n", encoding="utf-8")
    start = len("I: a?\n\nR: ")
    line = {"source": "t", "code": "אמון", "coder": "Anna", "start": start, "end": start + len(words)}
    (tmp_path / "c.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    study, page = str(tmp_path / "s"), tmp_path / "p.html"
    assert main(["--coder", "Anna", "init", study]) == 0
    for command in (
        ("import", str(tmp_path / "t.txt"), "--speakers", "yes"),
        ("codings", "import", str(tmp_path / "c.jsonl"), "--create-codes"),
        ("report", "frequency", "-o", str(page)),
    ):
        assert main(["--study", study, "--coder", "Anna", *command]) == 0
    browser.open(page)
    browser.click("tbody [data-e]")
    direction = "getComputedStyle(document.querySelector('#quotes-list blockquote')).direction"
    assert browser.run(direction) == "rtl"
    assert browser.run("document.querySelector('#quotes-list blockquote').textContent") == words
    assert browser.run("getComputedStyle(document.querySelector('#panel')).direction") == "ltr"

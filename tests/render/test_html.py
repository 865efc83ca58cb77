"""The page of a study in a real browser: what a figure opens, sorting, keys, colours; and nothing from outside."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pages_world import BOOK, SELECTED

from qda.cli.main import main
from qda.render.html import numbering

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Browser

ROW = "actor/iom"
ONE = f'#r0 tbody tr:has(th[data-said="{ROW}"]) td:nth-child(2) [data-e]'


def exported(sample: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main(["--study", str(sample), "--coder", "Anna", *words]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.long
def test_a_page_names_no_address_and_is_the_same_again(book: Path, sample: Path, tmp_path: Path) -> None:
    text = book.read_text(encoding="utf-8")
    assert re.findall(r"https?://|url\(|@import|(?:src|srcset|href)=\"(?!#)", text) == []
    assert "default-src 'none'" in text
    again = tmp_path / "again.html"
    assert main(["--study", str(sample), *BOOK, "-o", str(again)]) == 0
    assert again.read_bytes() == book.read_bytes()


def place_of(title: str, row: str, column: str) -> str:
    """A script that gives the figure in a section, by what its row and its column are called."""
    return (
        "(() => { const said = (one) => one.dataset.said || one.textContent.trim();"
        f" const part = [...document.querySelectorAll('section')].find((one) => one.querySelector('h1, h2')"
        f".textContent.startsWith({json.dumps(title)})), table = part.querySelector('table');"
        f" const row = [...table.tBodies[0].rows].find((one) => said(one.cells[0]) === {json.dumps(row)});"
        f" const at = [...table.tHead.rows[0].cells].findIndex((one) => said(one) === {json.dumps(column)});"
        " return row.cells[at].querySelector('[data-e]'); })()"
    )


def shown(browser: Browser) -> dict[str, str]:
    """The words of all excerpts that are open, by id, on all pages of the panel."""
    found: dict[str, str] = {}
    while True:
        part = "[...document.querySelectorAll('#quotes-list > li')]"
        pair = "[one.querySelector('.facts > bdi:last-child').textContent, one.querySelector('blockquote').textContent]"
        found.update(dict(browser.run(f"{part}.map((one) => {pair})")))
        if browser.run("document.getElementById('pages').hidden || document.getElementById('later').disabled"):
            return found
        browser.click("#later")


def test_a_figure_opens_the_codings_that_json_has_behind_it(
    book: Path, sample: Path, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    found = exported(sample, capsys, "report", "frequency", "--format", "json", "--evidence")
    rows = exported(sample, capsys, "report", "excerpts", "--format", "json")["rows"]
    words = {row["id"]: row["text"] for row in rows}
    browser.open(book)
    browser.click(ONE)
    assert shown(browser) == {uid: words[uid] for uid in found["evidence"][f"{ROW}|passages"]}
    assert browser.said == []
    assert browser.asked == [book.as_uri()]


TOLD = (
    *("Blessing", "after_leaving_order"),
    "agency_level|Blessing|timing/after_leaving_order|agency_level/own_decision",
)
FOLLOWED = (ROW, "agency_level/own_decision", f"{ROW}|agency_level/own_decision")
APART = r"extra|afghan_man_oslo|1015|1067|Anna\|Bram||actor/iom 1015-1067"


@pytest.mark.parametrize(
    ("command", "title", "row", "column", "named"),
    [
        ("crosstab --by host_country", "Crosstab", ROW, "NL", f"{ROW}|NL"),
        ("crosstab --by host_country", "Crosstab", "(all)", "NO", "(all)|NO"),
        ("spectrum", "Spectrum", *TOLD),
        ("cooccurrence --within turn --follows", "Co-occurrence of codes (the column", *FOLLOWED),
        ("agreement --disagreements", "Disagreements", "extra", "start", APART),
    ],
)
def test_a_cell_of_each_report_opens_what_json_has_behind_it(  # noqa: PLR0917
    book: Path,
    sample: Path,
    browser: Browser,
    capsys: pytest.CaptureFixture[str],
    command: str,
    title: str,
    row: str,
    column: str,
    named: str,
) -> None:
    words = ("report", *command.split(), *SELECTED, "--format", "json", "--evidence")
    wanted = exported(sample, capsys, *words)["evidence"][named]
    browser.open(book)
    browser.run(f"{place_of(title, row, column)}.click()")
    assert {*shown(browser)} == {*wanted} != set()


def test_keys_alone_lead_to_an_excerpt_and_back(book: Path, browser: Browser) -> None:
    browser.open(book)
    browser.run(f"document.querySelector({json.dumps(ONE)}).focus()")
    browser.press("ArrowDown", "ArrowUp", "Enter")
    assert browser.run("document.getElementById('panel').open")
    assert browser.run("document.getElementById('panel-title').textContent").startswith(ROW)
    browser.press("Escape")
    assert not browser.run("document.getElementById('panel').open")
    assert browser.run(f"document.activeElement === document.querySelector({json.dumps(ONE)})")


def test_a_heading_sorts_and_says_so(book: Path, browser: Browser) -> None:
    browser.open(book)
    browser.click("#r0 thead th:nth-child(2) button")
    cells = "[...document.querySelectorAll('#r0 table.opens tbody tr')].map((row) => Number(row.cells[1].textContent))"
    figures = browser.run(cells)
    assert figures == sorted(figures, reverse=True)
    assert browser.run("document.querySelector('#r0 thead th:nth-child(2)').ariaSort") == "descending"


def test_dark_print_and_reading_without_script(book: Path, browser: Browser) -> None:
    browser.open(book, dark=True)
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    assert browser.print().startswith(b"%PDF")
    browser.open(book, "#c1", script=False)
    assert browser.said == []
    text = book.read_text(encoding="utf-8")
    assert '<b id="c1"></b>' in text


def test_a_hostile_name_and_text_stay_words(tmp_path: Path, browser: Browser) -> None:
    hostile = "</noscript></script><script>window.bad=1</script><img src=x onerror=window.bad=1>"
    (tmp_path / "t.txt").write_text(f"I: a?\n\nR: {hostile} & end.\n", encoding="utf-8")
    code = "<script>window.bad=1<\\/script>"
    quoted = hostile[:40]
    start = len("I: a?\n\nR: ")
    line = {"source": "t", "code": code, "coder": "Anna", "start": start, "end": start + 40, "text": quoted}
    (tmp_path / "c.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    study = str(tmp_path / "s")
    page = tmp_path / "p.html"
    assert main(["--coder", "Anna", "init", study]) == 0
    for words in (
        ("import", str(tmp_path / "t.txt"), "--speakers", "yes"),
        ("codings", "import", str(tmp_path / "c.jsonl"), "--create-codes"),
        ("report", "all", "-o", str(page)),
    ):
        assert main(["--study", study, "--coder", "Anna", *words]) == 0
    browser.open(page)
    browser.click("#r0 tbody [data-e]")
    assert browser.run("document.querySelector('#quotes-list blockquote').textContent") == quoted
    assert browser.run("window.bad === undefined")
    assert browser.said == []


def test_a_packed_page_shows_the_same_words_as_one_that_is_not(
    book: Path, sample: Path, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "MOST", 10)
    packed = tmp_path / "packed.html"
    assert main(["--study", str(sample), "--coder", "Anna", *BOOK, "-o", str(packed)]) == 0
    texts = []
    for page in (book, packed):
        browser.open(page)
        browser.run("for (const one of document.querySelectorAll('details.source')) one.open = true")
        texts.append(browser.run("[...document.querySelectorAll('details.source .text')].map((one) => one.innerHTML)"))
        assert browser.said == []
    assert texts[0] == texts[1]
    assert any('<b id="c1"></b>' in text for text in texts[0])
    assert packed.stat().st_size < book.stat().st_size

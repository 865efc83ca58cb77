"""The page of a study in a real browser: what a figure opens, sorting, keys, colours; and nothing from outside."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from qda.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from browser import Browser

ROW = "actor/iom"
ONE = f'#r0 tbody tr:has(th[data-said="{ROW}"]) td:nth-child(2) [data-e]'


def exported(sample: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main(["--study", str(sample), "--coder", "Anna", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_page_names_no_address_and_is_the_same_again(book: Path, sample: Path, tmp_path: Path) -> None:
    text = book.read_text(encoding="utf-8")
    assert re.findall(r"https?://|url\(|@import|(?:src|srcset|href)=\"(?!#)", text) == []
    assert "default-src 'none'" in text
    again = tmp_path / "again.html"
    assert main(["--study", str(sample), "report", "all", "--by", "host_country", "-o", str(again)]) == 0
    assert again.read_bytes() == book.read_bytes()


def test_a_figure_opens_the_codings_that_json_has_behind_it(
    book: Path, sample: Path, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    found = exported(sample, capsys, "report", "frequency", "--format", "json", "--evidence")
    wanted = found["evidence"][f"{ROW}|passages"]
    rows = exported(sample, capsys, "report", "excerpts", "--code", ROW, "--format", "json")["rows"]
    words = {row["id"]: row["text"] for row in rows}
    browser.open(book)
    browser.click(ONE)
    shown: dict[str, str] = {}
    while True:
        part = "[...document.querySelectorAll('#quotes-list > li')]"
        pair = "[one.querySelector('.facts > bdi:last-child').textContent, one.querySelector('blockquote').textContent]"
        shown.update(dict(browser.run(f"{part}.map((one) => {pair})")))
        if browser.run("document.getElementById('pages').hidden || document.getElementById('later').disabled"):
            break
        browser.click("#later")
    assert shown == {uid: words[uid] for uid in wanted}
    assert browser.said == []
    assert browser.asked == [book.as_uri()]


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

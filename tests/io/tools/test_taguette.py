"""Taguette: places are bytes of UTF-8 between the tags, counted here while the HTML is written."""

from __future__ import annotations

import html
import random
from typing import TYPE_CHECKING

from tools_world import WORDS, Truth, codings, database, take

from qda.io.tools.markup import words_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from qda.store import Study

SCHEMA = """
CREATE TABLE projects (id integer primary key, name text, description text, created datetime);
CREATE TABLE documents (id integer primary key, name text, description text, filename text, created datetime,
  project_id integer, text_direction text, contents text);
CREATE TABLE highlights (id integer primary key, document_id integer, start_offset integer, end_offset integer,
  snippet text);
CREATE TABLE tags (id integer primary key, project_id integer, path text, description text);
CREATE TABLE highlight_tags (highlight_id integer, tag_id integer);
CREATE TABLE commands (id integer primary key, date datetime, user_login text, project_id integer,
  document_id integer, payload text);
"""


class Page:
    """HTML that grows word by word, with the bytes and the characters of its text counted beside it."""

    def __init__(self, seed: int) -> None:
        luck = random.Random(seed)
        self.html, self.text, self.bytes = "", "", 0
        self.places: list[tuple[int, int, int, int, str]] = []
        for number in range(60):
            word = luck.choice((*WORDS, "a < b & c", "\N{NO-BREAK SPACE}"))
            tag = luck.choice(("", "em", "a", "h2", "p"))
            start, first = self.bytes, len(self.text)
            link = ' href="https://x.example/?a=1&amp;b=2" title="&lt;p&gt;"' if tag == "a" else ""
            self._add(word, f"<{tag}{link}>" if tag else "", f"</{tag}>" if tag else "")
            self.places.append((start, self.bytes, first, len(self.text), word))
            self._add(" " if number % 7 else "\n", "<br/>" if number % 5 == 0 else "", "")

    def _add(self, words: str, before: str, behind: str) -> None:
        self.html += before + html.escape(words).replace("\N{NO-BREAK SPACE}", "&nbsp;") + behind
        self.text += words
        self.bytes += sum(1 + (ord(one) > 0x7F) + (ord(one) > 0x7FF) + (ord(one) > 0xFFFF) for one in words)


def project(path: Path) -> tuple[list[Truth], dict[str, str]]:
    pages = {1: Page(1), 2: Page(2)}
    highlights, tagged, truth = [], [], []
    for key, page in pages.items():
        for start, end, first, last, word in page.places[::2]:
            number = len(highlights) + 1
            highlights.append((number, key, start, end, f"<p>{html.escape(word)}</p>"))
            for tag in (1, 2) if number % 3 == 0 else (1 + number % 2,):
                tagged.append((number, tag))
                path_of = {1: "interesting: very", 2: "a.b"}[tag]
                truth.append(Truth(f"Talk {key}", path_of, "unknown", first, last, page.text[first:last]))
    database(
        path,
        SCHEMA,
        {
            "projects": [(1, "Study", "about ships", "2024-01-15 10:00:00.000000")],
            "documents": [
                (key, f"Talk {key}", "", "t.docx", "2024", 1, "LEFT_TO_RIGHT", page.html) for key, page in pages.items()
            ],
            "tags": [(1, 1, "interesting: very", "what strikes"), (2, 1, "a.b", "")],
            "highlights": highlights,
            "highlight_tags": tagged,
        },
    )
    return sorted(truth), {f"Talk {key}": page.text for key, page in pages.items()}


def test_every_highlight_at_its_words(study: Study, tmp_path: Path) -> None:
    truth, texts = project(tmp_path / "study.sqlite3")
    outcome = take(study, tmp_path / "study.sqlite3", speakers="no")
    assert {one.name: study.sources.text(one.key) for one in study.sources.all()} == texts
    assert codings(study) == truth
    assert study.codebook.get("interesting: very").entry.definition == "what strikes"
    assert not [said for said in outcome.said if "words are not those" in said or "left out" in said]


def test_who_coded_can_be_named(study: Study, tmp_path: Path) -> None:
    truth, _ = project(tmp_path / "study.sqlite3")
    take(study, tmp_path / "study.sqlite3", speakers="no", coder="Ada")
    assert codings(study) == [one._replace(coder="Ada") for one in truth]


def test_places_inside_a_character_or_outside_are_said(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {
        "projects": [(1, "Study", "", "2024")],
        "documents": [(1, "Talk", "", "", "", 1, "", "<p>caf\u00e9 \U0001f6a2</p>\n<p>on</p>")],
        "tags": [(1, 1, "t", "")],
        "highlights": [
            (1, 1, 0, 5, None),
            (2, 1, 0, 4, None),
            (3, 1, 90, 99, None),
            (4, 1, 11, 13, None),
            (5, 9, 0, 1, ""),
        ],
        "highlight_tags": [(1, 1), (2, 1), (3, 1), (5, 1), (1, 7)],
    }
    outcome = take(study, database(tmp_path / "x.sqlite3", SCHEMA, rows), speakers="no")
    assert [one.text for one in codings(study)] == ["caf\u00e9"]
    assert [memo.body for memo in study.memos.all()] == ["marked without a code"]
    for part in ("2 selections empty or outside", "highlights of a source", "code that is not in the file"):
        assert any(part in said for said in outcome.said), part


def test_several_projects_in_one_database_stand_below_their_names(study: Study, tmp_path: Path) -> None:
    rows = {
        "projects": [(1, "One", "", "2024"), (2, "Two", "", "2025")],
        "documents": [(1, "Talk", "", "", "", 1, "", "abc"), (2, "Talk", "", "", "", 2, "", "def")],
        "tags": [(1, 1, "t", ""), (2, 2, "t", "")],
        "highlights": [(1, 1, 0, 2, "ab"), (2, 2, 1, 3, "ef")],
        "highlight_tags": [(1, 1), (2, 2)],
    }
    take(study, database(tmp_path / "x.sqlite3", SCHEMA, rows))
    assert sorted((one.code, one.text) for one in codings(study)) == [("One/t", "ab"), ("Two/t", "ef")]


def test_only_tags_are_left_out_of_html() -> None:
    assert words_of("<p>a&amp;b</p><p>c<br>d</p>\r\n<!-- no --><pre>\ne</pre> &lt;f&gt; 1 < 2") == "a&bcd\ne <f> 1 < 2"
